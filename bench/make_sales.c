/* Ten million lines of a sales history that nobody had: `make_sales [LINES] [shuffled] > FILE`.
 *
 * 100,000 clients in a heavy tail (rank k buys in proportion to 1/k, everybody at least once), 36 months from
 * 2021-01-01, 200 products, four lines a document on average, one document in a hundred is a return.  Every line is a
 * function of its number alone, so the file is the same on every machine; `shuffled` writes the same lines in an order
 * without sense. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CLIENTS = 100000, PRODUCTS = 200, DAYS = 1095 };

static uint64_t mixed(uint64_t x, uint64_t salt)
{
    x = (x ^ salt) * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    x = (x ^ (x >> 29)) * UINT64_C(0xBF58476D1CE4E5B9);
    return x ^ (x >> 32);
}

/* Sixteen lines make four documents of 1, 3, 5 and 7 lines. */
static int64_t document_of(int64_t line)
{
    static const int of16[] = { 0, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3 };
    return line / 16 * 4 + of16[line % 16];
}

/* Rank by P(k) ~ log(1 + 1/k); ranks are spread over the numbers by a multiplication. */
static int64_t client_of(int64_t document)
{
    int64_t rank = document / 25 % CLIENTS;
    if (document % 25) rank = (int64_t)exp((double)(mixed(document, 1) >> 11) * 0x1p-53 * log(CLIENTS)) - 1;
    return rank * 61681 % CLIENTS + 1;
}

static void day_put(char *out, int64_t day)
{
    static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int year = 2021 + (int)(day / 365), left = (int)(day % 365), month = 0;
    for (; left >= length[month]; month++) left -= length[month];
    snprintf(out, 24, "%04d-%02d-%02d", year, month + 1, left + 1);
}

static void line_put(int64_t line, int64_t documents)
{
    int64_t  document = document_of(line), product = (int64_t)(mixed(line, 2) % PRODUCTS);
    int64_t  price = 95 + (int64_t)(mixed(product, 3) % 9900), pieces = 1 + (int64_t)(mixed(line, 4) % 4);
    const char *sign = mixed(document, 5) % 100 ? "" : "-";
    char     day[24];
    day_put(day, document * DAYS / documents);
    printf("%s,%" PRId64 ",%" PRId64 ",%" PRId64 ",%s%" PRId64 ".%02d\n", day, document + 1, client_of(document),
           product + 1, sign, price * pieces / 100, (int)(price * pieces % 100));
}

int main(int argc, char **argv)
{
    int64_t lines = argc > 1 ? atoll(argv[1]) : 10000000;
    int     mix   = argc > 2 && !strcmp(argv[2], "shuffled");
    static char out[1 << 20];
    setvbuf(stdout, out, _IOFBF, sizeof out);
    puts("date,document,client,product,amount");
    for (int64_t i = 0; i < lines; i++)
        line_put(mix ? (int64_t)((__int128)i * 6700417 % lines) : i, document_of(lines - 1) + 1);
    return fflush(stdout) || ferror(stdout);
}
