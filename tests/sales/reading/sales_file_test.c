/* A sales file becomes a summary.  Figures of Online Retail (UCI, Chen 2015) are those published with the task: 541,909
 * rows, of which 135,080 have no client and 40 a price of 0.  Everything else is small enough for the head. */
#include "sales/reading/sales_file.h"
#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

static const TableForm plain = {
    .delimiter = ',', .quotes = true, .header = true, .columns = 4, .number = { '.', 0 }, .day = DAY_YMD
};

static SalesColumns columns(int client, int date, int document, int amount)
{
    SalesColumns c = { .c_marks_return = false };
    for (int i = 0; i < COL_COUNT; i++) c.at[i] = -1;
    c.at[COL_CLIENT]   = client;
    c.at[COL_DATE]     = date;
    c.at[COL_DOCUMENT] = document;
    c.at[COL_AMOUNT]   = amount;
    return c;
}

static const SalesRun whole = { .tally = { .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE } };

/* A file that holds the text, opened. */
static bool holds(Test *t, SalesFile *f, Str text, Problems *problems)
{
    char path[] = "/tmp/sbyt-sales-XXXXXX";
    int  fd = mkstemp(path);
    bool written = fd >= 0 && write(fd, text.s, (size_t)text.n) == text.n;
    Err  err = written ? sales_file_open(f, path, problems) : BROKEN;
    close(fd);
    unlink(path);
    CHECK(err == OK);
    return err == OK;
}

/* Rows `client,day,document,amount`; with `wild` each document is a quoted text with line ends that look like rows. */
static Str big_table(Arena *mem, int rows, bool wild)
{
    Buf b = buf_new(mem, (ptrdiff_t)rows * 64);
    buf_c(&b, "client,day,document,amount\n");
    for (int i = 0; i < rows; i++) {
        buf_fmt(&b, "c%d,2024-%02d-%02d,", i % 977, 1 + i % 12, 1 + i % 28);
        if (wild) buf_fmt(&b, "\"d%d\nc1,2024-01-01,x,5\nc2,2024-01-01,y,6\n\"", i / 3);
        else buf_fmt(&b, "d%d", i / 3);
        buf_fmt(&b, ",%d.%02d\n", i % 1000 + 1, i % 100);
    }
    return buf_str(&b);
}

static Err retail(Test *t, SalesFile *f, bool ignore_returns, SalesRead *read, Summary *s)
{
    char     path[] = "/tmp/sbyt-retail-XXXXXX", command[600];
    Problems problems = { .mem = &t->mem };
    TableForm form = {
        .delimiter = ',', .quotes = true, .header = true, .columns = 8, .number = { '.', 0 }, .day = DAY_YMD
    };
    SalesColumns c = columns(6, 4, 0, -1);
    c.at[COL_QUANTITY] = 3;
    c.at[COL_PRICE]    = 5;
    c.at[COL_PRODUCT]  = 1;
    c.whole[COL_CLIENT] = true;
    SalesRun run = whole;
    run.tally.ignore_returns = ignore_returns;
    close(mkstemp(path));
    snprintf(command, sizeof command, "xz -dc '%s/online_retail/online_retail.csv.xz' > %s", t->shared, path);
    Err err = system(command) == 0 ? sales_file_open(f, path, &problems) : BROKEN;
    unlink(path);
    return err == OK ? sales_file_tally(f, &form, &c, &run, &problems, read, s) : err;
}

/* A workbook with a title, two empty rows, a header and three sales; the dates are Excel's. */
static void book_write(const char *path)
{
    static const struct {
        const char *client;
        int         day;
        double      amount;
    } row[] = { { "Anna", 5, 1234.5 }, { "Boris & Co", 6, -34.25 }, { "Anna", 31, 0.1 } };
    lxw_workbook  *book  = workbook_new(path);
    lxw_worksheet *sheet = workbook_add_worksheet(book, NULL);
    lxw_format    *date  = workbook_add_format(book);
    format_set_num_format(date, "dd.mm.yyyy");
    worksheet_write_string(sheet, 0, 0, "Sales of January", NULL);
    worksheet_write_string(sheet, 3, 0, "Client", NULL);
    worksheet_write_string(sheet, 3, 1, "Date", NULL);
    worksheet_write_string(sheet, 3, 2, "Amount", NULL);
    for (int i = 0; i < 3; i++) {
        lxw_datetime day = { .year = 2024, .month = 1, .day = row[i].day };
        worksheet_write_string(sheet, (lxw_row_t)(4 + i), 0, row[i].client, NULL);
        worksheet_write_datetime(sheet, (lxw_row_t)(4 + i), 1, &day, date);
        worksheet_write_number(sheet, (lxw_row_t)(4 + i), 2, row[i].amount, NULL);
    }
    workbook_close(book);
}

static ptrdiff_t client_at(const Summary *s, const char *name)
{
    for (ptrdiff_t i = 0; i < s->clients; i++)
        if (str_eq(s->client[i], str_of(name))) return i;
    return -1;
}

static bool stops(void *ctx, int64_t done, int64_t total)
{
    int *asked = ctx;
    return ++*asked < 3 || done > total;
}

TESTS(test_sales_file)
{
    SalesFile f;
    SalesRead read;
    Summary   s;
    CASE("a small file is summed up, and what is left out is told by reason") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, 2, 3);
        if (holds(t, &f,
                  S("client,day,document,amount\nAnna,2024-01-05,1,10\n,2024-01-05,2,10\nAnna,2024-02-05,3,-2.5\r\n"
                    "Boris,soon,4,1\nBoris,2024-03-05,5,0\nBoris,2024-03-05,6\n\"Vera \"\"V\"\"\",2024-03-06,7,1"),
                  &problems)) {
            EQUAL(sales_file_tally(&f, &plain, &c, &whole, &problems, &read, &s), OK);
            EQUAL(read.rows, 7);
            EQUAL(read.used, 3);
            EQUAL(read.skipped_count, 4);
            TEXT(read.skipped[0].key, "analyze.skipped.no_client");
            TEXT(read.skipped[1].key, "analyze.skipped.bad_date");
            TEXT(read.skipped[2].key, "analyze.skipped.no_amount");
            TEXT(read.skipped[3].key, "analyze.skipped.zero_amount");
            EQUAL(s.clients, 2);
            STR(s.client[1], S("Vera \"V\""));
            EQUAL(s.revenue, 850);
            EQUAL(s.documents, 2);
        }
        sales_file_close(&f);
    }
    CASE("many chunks and threads give what one thread gives") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, 2, 3);
        for (int wild = 0; wild < 2; wild++) {
            Summary  one;
            SalesFile g;
            SalesRun run = whole;
            int      rows = 150000;
            Str      table = big_table(&t->mem, rows, wild);
            run.threads = 1;
            if (!holds(t, &f, table, &problems) || !holds(t, &g, table, &problems)) break;
            EQUAL(sales_file_tally(&f, &plain, &c, &run, &problems, &read, &one), OK);
            EQUAL(read.used, rows);
            EQUAL(one.documents, rows / 3);
            run.threads = 4;
            EQUAL(sales_file_tally(&g, &plain, &c, &run, &problems, &read, &s), OK);
            EQUAL(read.used, rows);
            EQUAL(s.clients, 977);
            EQUAL(s.documents, rows / 3);
            EQUAL(s.revenue, one.revenue);
            int wrong = 0;
            for (ptrdiff_t i = 0; i < s.clients; i++)
                wrong += !str_eq(s.client[i], one.client[i]) || s.money[i] != one.money[i];
            EQUAL(wrong, 0);
            sales_file_close(&f);
            sales_file_close(&g);
        }
    }
    CASE("a file that is cut inside quotes is refused with the row where they open") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, 2, 3);
        Str table = big_table(&t->mem, 100000, false), end = S("c5,2024-01-01,\"d,7\n");
        Buf b = buf_new(&t->mem, table.n + 64);
        buf_put(&b, table);
        buf_put(&b, end);
        if (holds(t, &f, buf_str(&b), &problems)) {
            EQUAL(sales_file_tally(&f, &plain, &c, &whole, &problems, &read, &s), INVALID);
            TEXT(problems.first->key, "csv.open_quote");
            EQUAL(problems.first->row, 100002);
        }
        sales_file_close(&f);
    }
    CASE("a fault in the header, and one below a title, tell the row of the file") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, 2, 3);
        if (holds(t, &f, S("client,\"day,document,amount\nAnna,2024-01-05,1,10\n"), &problems)) {
            EQUAL(sales_file_tally(&f, &plain, &c, &whole, &problems, &read, &s), INVALID);
            EQUAL(problems.last->row, 1);
        }
        sales_file_close(&f);
        TableForm below = plain;
        below.begins    = 14;
        if (holds(t, &f,
                  S("Sales\r\nby day\nclient,day,document,amount\nAnna,2024-01-05,1,10\nAnna,\"2024-01-05,1,10\n"),
                  &problems)) {
            EQUAL(sales_file_tally(&f, &below, &c, &whole, &problems, &read, &s), INVALID);
            EQUAL(problems.last->row, 5);
        }
        sales_file_close(&f);
    }
    CASE("a name that is broken UTF-8 is refused with its row and byte") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, 2, 3);
        if (holds(t, &f, S("client,day,document,amount\nAnna,2024-01-05,1,10\n\xCF\xF0,2024-01-05,1,10\n"),
                  &problems)) {
            EQUAL(sales_file_tally(&f, &plain, &c, &whole, &problems, &read, &s), INVALID);
            TEXT(problems.first->key, "file.broken_utf8");
            EQUAL(problems.first->row, 3);
            EQUAL(problems.first->args[0].number, 49);
        }
        sales_file_close(&f);
    }
    CASE("names in cp1251 and UTF-16 come out as UTF-8") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, -1, 2);
        TableForm    form = {
               .encoding = ENC_CP1251, .delimiter = ';', .columns = 3, .number = { ',', ' ' }, .day = DAY_DMY
        };
        if (holds(t, &f, S("\xCF\xB8\xF2\xF0;05.01.2024;1\xA0" "000,50\n"), &problems)) {
            EQUAL(sales_file_tally(&f, &form, &c, &whole, &problems, &read, &s), OK);
            STR(s.client[0], S("Пётр"));
            EQUAL(s.revenue, 100050);
        }
        sales_file_close(&f);
        form.encoding = ENC_UTF16LE;
        form.begins   = 2;
        static const char wide[] = "\xFF\xFE\x1F\x04;\0" "5\0.\0" "1\0.\0" "2\0" "0\0" "2\0" "4\0;\0" "7\0\n\0";
        if (holds(t, &f, (Str){ wide, sizeof wide - 1 }, &problems)) {
            EQUAL(sales_file_tally(&f, &form, &c, &whole, &problems, &read, &s), OK);
            STR(s.client[0], S("П"));
            EQUAL(s.revenue, 700);
            EQUAL(s.documents, 1);
        }
        sales_file_close(&f);
    }
    CASE("a workbook is summed up like a text") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, -1, 2);
        TableForm    form = {
               .kind = FILE_XLSX, .header = true, .begins = 3, .columns = 3, .number = { '.', 0 }, .day = DAY_YMD
        };
        char         path[] = "/tmp/sbyt-book-XXXXXX";
        close(mkstemp(path));
        book_write(path);
        EQUAL(sales_file_open(&f, path, &problems), OK);
        EQUAL(sales_file_tally(&f, &form, &c, &whole, &problems, &read, &s), OK);
        EQUAL(read.rows, 3);
        EQUAL(s.clients, 2);
        STR(s.client[0], S("Anna"));
        STR(s.client[1], S("Boris & Co"));
        EQUAL(s.money[0], 123460);
        EQUAL(s.money[1], -3425);
        EQUAL(s.documents, 2);
        EQUAL(s.last[0], 19753); /* 2024-01-31 */
        sales_file_close(&f);
        unlink(path);
    }
    CASE("a client is known by the code, else by the ИНН however a spreadsheet left it, else by the name") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, -1, 3);
        c.at[COL_INN]  = 2;
        Str text = S("client,day,inn,amount\nЛуч,2024-01-05,7707083893,10\nЛуч,2024-01-05,0278110422,20\n"
                     "ООО Луч,2024-01-06,278110422,30\nЛуч,2024-01-07,,40\nЛУЧ,2024-01-07,,5\n"
                     "Л,2024-01-08,7707083893 / 770701001,1\n");
        if (holds(t, &f, text, &problems)) {
            EQUAL(sales_file_tally(&f, &plain, &c, &whole, &problems, &read, &s), OK);
            EQUAL(s.clients, 3);
            EQUAL(s.money[0], 1100);
            EQUAL(s.money[1], 5000);
            EQUAL(s.money[2], 4500);
            c.at[COL_INN] = -1;
            EQUAL(sales_file_tally(&f, &plain, &c, &whole, &problems, &read, &s), OK);
            EQUAL(s.clients, 3); /* Луч, ООО Луч, Л */
            EQUAL(s.money[0], 7500);
        }
        sales_file_close(&f);
    }
    CASE("a reading that is told to stop stops") {
        Problems     problems = { .mem = &t->mem };
        SalesColumns c = columns(0, 1, 2, 3);
        int          asked = 0;
        SalesRun     run = whole;
        run.threads = 1;
        run.tick    = stops;
        run.ctx     = &asked;
        if (holds(t, &f, big_table(&t->mem, 200000, false), &problems)) {
            EQUAL(sales_file_tally(&f, &plain, &c, &run, &problems, &read, &s), BUSY);
            EQUAL(asked, 3);
        }
        sales_file_close(&f);
    }
    CASE("a file that is not there, a folder and an empty file are told apart") {
        Problems problems = { .mem = &t->mem };
        EQUAL(sales_file_open(&f, "/tmp/no such file", &problems), NOT_FOUND);
        EQUAL(sales_file_open(&f, "/tmp", &problems), INVALID);
        TEXT(problems.last->key, "file.is_folder");
        EQUAL(sales_file_open(&f, "/dev/null", &problems), OK);
        EQUAL(f.bytes.n, 0);
        sales_file_close(&f);
    }
    CASE("Online Retail without returns has the published lines, clients, documents and revenue") {
        NEEDS_SHARED
        EQUAL(retail(t, &f, true, &read, &s), OK);
        EQUAL(read.rows, 541909);
        EQUAL(read.used, 406789);
        EQUAL(read.skipped_count, 2);
        EQUAL(read.skipped[0].rows, 135080);
        EQUAL(read.skipped[1].rows, 40);
        TEXT(read.skipped[1].key, "analyze.skipped.zero_price");
        EQUAL(s.lines, 397884);
        EQUAL(s.clients, 4338);
        EQUAL(s.documents, 18532);
        EQUAL(s.revenue, 891140790);
        EQUAL(s.month_money[0], 57271389);
        EQUAL(s.month_documents[0], 1400);
        EQUAL(s.month_clients[0], 885);
        EQUAL(s.month_money[1], 56944504);
        EQUAL(s.month_clients[1], 741);
        STR(s.client[0], S("17850"));
        CHECK(client_at(&s, "14646") >= 0);
        EQUAL(s.as_of, 15318); /* 2011-12-10 */
        sales_file_close(&f);
    }
    CASE("Online Retail with returns taken off has the published lines, clients and revenue") {
        NEEDS_SHARED
        EQUAL(retail(t, &f, false, &read, &s), OK);
        EQUAL(s.lines, 406789);
        EQUAL(s.clients, 4371);
        EQUAL(s.documents, 18532);
        EQUAL(s.revenue, 830006581);
        EQUAL(s.month_money[1], 47507438);
        int potential = 0;
        for (ptrdiff_t i = 0; i < s.clients; i++) potential += s.days[i] == 0;
        EQUAL(potential, 33);
        sales_file_close(&f);
    }
}
