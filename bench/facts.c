/* Analysis screens over ten million sale lines: `facts FILE [LINES]` prints, beside its limits, bytes a
 * line, the first answer after FILE has been opened, and each question with filters that were never asked before, best
 * and slowest of its rounds.  No database: the lines are drafted directly. */
#include "analysis/findings.h"
#include "analysis/order.h"
#include "analysis/report.h"
#include "facts/file.h"
#include "facts/series.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CLIENTS = 100000, PRODUCTS = 2000, DAYS = 1095, ROUNDS = 7, DAY0 = 18628 /* 2021-01-01 */ };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static uint64_t mixed(uint64_t x, uint64_t salt)
{
    x = (x ^ salt) * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    return x ^ (x >> 29);
}

/* The clients of make_sales.c: rank k buys in proportion to 1/k. */
static int64_t client_of(int64_t sale)
{
    int64_t rank = sale / 25 % CLIENTS;
    if (sale % 25) rank = (int64_t)exp((double)(mixed((uint64_t)sale, 1) >> 11) * 0x1p-53 * log(CLIENTS)) - 1;
    return rank * 61681 % CLIENTS + 1;
}

/* Sales of 1, 3 and 5 lines in turn: three on average. */
static FactsDraft *drafted(int64_t lines)
{
    FactsDraft *d = facts_draft_new(lines + 8);
    for (int64_t sale = 1, made = 0; made < lines; sale++) {
        bool back = mixed((uint64_t)sale, 2) % 100 == 0;
        int  sign = back ? -1 : 1;
        facts_draft_sale(d, (FactSale){ sale, client_of(sale), 1 + (int64_t)(mixed((uint64_t)sale, 3) % 25),
                                        1 + (int64_t)(mixed((uint64_t)sale, 4) % 4),
                                        (Day)(DAY0 + mixed((uint64_t)sale, 5) % DAYS), back });
        for (int64_t k = 0; k <= sale % 3 * 2; k++, made++) {
            uint64_t any = mixed((uint64_t)made, 6);
            Money amount = sign * (Money)(100 + any % 1000000);
            facts_draft_line(d, (FactLine){ 1 + (int64_t)(any / 7 % PRODUCTS), amount,
                                            any % 10 ? amount * 7 / 10 : NONE, sign * 1000 * (Qty)(1 + any % 9) });
        }
    }
    return d;
}

/* A question of round `n` of this kind: another period, half of the sellers, three of four channels and two of three
 * clients, drawn anew. */
static FactsQuestion filtered(const FactsView *view, uint64_t n, Arena *mem)
{
    FactsQuestion q = { .reach = &facts_everything,
                        .from = (Day)(DAY0 + 300 + n * 11),
                        .to = (Day)(DAY0 + 700 + n * 13),
                        .as_of = DAY_NONE };
    bool     *sellers = NEW_N(mem, bool, FACTS_SELLERS_MAX + 1), *channels = NEW_N(mem, bool, FACTS_CHANNELS_MAX + 1);
    uint64_t *clients = NEW_N(mem, uint64_t, (ptrdiff_t)view->clients / 64 + 1);
    for (uint64_t i = 0; i < 26; i++) sellers[i] = mixed(i, n) & 1;
    for (uint64_t i = 0; i < 6; i++) channels[i] = i % 4 != n % 4;
    for (uint64_t i = 0; i <= view->clients / 64; i++) clients[i] = mixed(i, n + 50) | mixed(i, n + 99);
    q.sellers  = sellers;
    q.channels = channels;
    q.clients  = clients;
    return q;
}

static FactsAnswer *reported(const FactsView *view, const FactsQuestion *q, Arena *mem, Report *report)
{
    FactsAnswer *a       = NEW(mem, FactsAnswer);
    Arena        scratch = arena_new((ptrdiff_t)1 << 28);
    *a = facts_ask(view, q, mem);
    if (report_make(&a->summary, REPORT_USUAL, mem, scratch, report) != OK) exit(1);
    arena_drop(&scratch);
    return a;
}

typedef enum { REPORT, BEFORE_TOO, MARGIN_TOO, FINDINGS, SERIES, WHY, BEHIND, KINDS } Kind;

static const char *const kinds[KINDS] = { "abc, xyz, matrix, status",
                                          "rfm with an earlier day",
                                          "misleads: revenue, margin, growth",
                                          "findings",
                                          "dynamics",
                                          "why",
                                          "why, and who is behind its price" };

/* The share of each client and product in the part by price, and the clients from the largest down. */
static void behind_price(const FactsPairs *pairs, uint32_t all_products, Arena *mem)
{
    uint8_t  *seen    = NEW_N(mem, uint8_t, pairs->clients);
    Money    *clients = NEW_N(mem, Money, pairs->clients), *products = NEW_N(mem, Money, all_products);
    uint32_t *order   = NEW_RAW(mem, uint32_t, pairs->clients);
    Wide      share;
    variance_seen(pairs->pair, pairs->n, seen);
    for (ptrdiff_t i = 0; i < pairs->n; i++) {
        const SoldPair *p = &pairs->pair[i];
        if (!variance_share(p, seen[p->client], PART_PRICE, &share)) continue;
        clients[p->client] += (Money)share;
        products[p->product] += (Money)share;
    }
    order_largest(clients, pairs->clients, order, *mem);
}

/* What the screen of findings asks beside the report: what changed, and the past of every client. */
static void found(const FactsAnswer *a, const Report *report, Arena *mem, Arena scratch)
{
    Findings findings;
    Changes  changes;
    changes_find(report, FALLING_USUAL, scratch, &changes);
    findings_find((FindingsOf){ report, &changes, true, a->margin, a->costed }, mem, scratch, &findings);
}

static void asked(Kind kind, const FactsView *view, FactsQuestion q, Arena *mem)
{
    Arena  scratch = arena_new((ptrdiff_t)1 << 30);
    Report report;
    q.margins = kind == MARGIN_TOO || kind == FINDINGS;
    FactsAnswer *a = kind <= FINDINGS ? reported(view, &q, mem, &report) : NULL;
    if (kind == FINDINGS) found(a, &report, mem, scratch);
    if (kind == WHY || kind == BEHIND) {
        TwoPeriods when = { q.from == DAY_NONE ? DAY0 : q.from - 250, q.from == DAY_NONE ? DAY0 + 500 : q.from - 1,
                            q.from == DAY_NONE ? DAY0 + 501 : q.from, q.to == DAY_NONE ? DAY0 + DAYS : q.to };
        FactsPairs pairs = facts_pairs(view, &q, when, mem, scratch);
        variance_of(pairs.pair, pairs.n, pairs.clients, scratch);
        if (kind == BEHIND) behind_price(&pairs, view->products, mem);
    }
    if (kind == SERIES) {
        if (q.from == DAY_NONE) q.from = DAY0, q.to = DAY0 + DAYS - 1;
        facts_days(view, &q, NEW_N(mem, Money, q.to - q.from + 1), NEW_N(mem, int32_t, q.to - q.from + 1));
    }
    if (kind == BEFORE_TOO || kind == MARGIN_TOO) q.to = (q.to == DAY_NONE ? DAY0 + DAYS : q.to) - 30;
    if (kind == BEFORE_TOO) reported(view, &q, mem, &report);
    q.margins = false;
    q.sums    = true;
    if (kind == MARGIN_TOO) facts_ask(view, &q, mem);
    arena_drop(&scratch);
}

typedef struct {
    double best, worst;
} Took;

static Took rounds_of(Kind kind, const FactsView *view, bool filters)
{
    Took all = { 1e9, 0 };
    for (uint64_t n = 1; n <= ROUNDS; n++) {
        Arena         mem   = arena_new((ptrdiff_t)1 << 33);
        FactsQuestion open  = { .reach = &facts_everything, .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE };
        FactsQuestion q     = filters ? filtered(view, n + (uint64_t)kind * 20, &mem) : open;
        double        begun = seconds();
        asked(kind, view, q, &mem);
        double took = seconds() - begun;
        all.worst = took > all.worst ? took : all.worst;
        all.best  = took < all.best ? took : all.best;
        arena_drop(&mem);
    }
    return all;
}

static void said(const char *what, double got, double limit, const char *unit)
{
    printf("%-48s %9.1f %s, %.2f of the limit of %.0f\n", what, got, unit, got / limit, limit);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc < 2) return fprintf(stderr, "facts FILE [LINES]\n"), 2;
    int64_t    lines = argc > 2 ? atoll(argv[2]) : 10000000;
    FactsNames names = facts_names_new();
    FactsPart  part;
    FactsStamp stamp = { 0, 0, lines, 1 };
    if (facts_part_make(drafted(lines), &names, &part) != OK || facts_file_write(argv[1], &names, &part, stamp) != OK)
        return 1;
    printf("%u lines, %u sales, %u clients\n", part.lines, part.sales, part.clients);
    said("bytes a line", (double)facts_part_bytes(&part) / part.lines, 40, "bytes");
    facts_part_drop(&part);
    facts_names_drop(&names);

    double begun = seconds();
    Arena  mem   = arena_new((ptrdiff_t)1 << 33);
    names        = facts_names_new();
    if (facts_file_open(argv[1], &names, &part, &stamp) != OK) return 1;
    FactsView view = { &names, &part, NULL, NULL, names.client.count, names.product.count };
    asked(REPORT, &view, filtered(&view, 7777, &mem), &mem);
    said("the first answer after the file is opened", (seconds() - begun) * 1000, 1000, "ms");
    for (int kind = 0; kind < KINDS; kind++) {
        for (int filters = 1; filters >= 0; filters--) {
            char name[80];
            Took took = rounds_of((Kind)kind, &view, filters);
            snprintf(name, sizeof name, "%s%s", kinds[kind], filters ? "" : ", everything");
            printf("%-48s best %6.1f, slowest %6.1f ms of %d: %.2f and %.2f of the limit of 200\n", name,
                   took.best * 1000, took.worst * 1000, ROUNDS, took.best * 5, took.worst * 5);
            fflush(stdout);
        }
    }
    return 0;
}
