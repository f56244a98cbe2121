/* ABC of clients and products: classes, the Lorenz curve, where the shape of the base is not the usual one, and who is
 * in a class. */
#include "analysis/lorenz.h"
#include "analysis/order.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

enum { CURVE_STEPS = 50 };

typedef struct {
    const Money    *money;
    const AbcClass *classes;
    const char     *of;       /* class by place */
    uint32_t       *order;
    ptrdiff_t       items;
    Wide            positive;
    Wide            nameless; /* of lines without a product: no product, and in no class; 0 among clients */
} Ranked;

/* The cell of what has no product: a row of its own, so that products come to what clients come to. */
#define NO_PRODUCT "no_product"

static Ranked ranked_of(Asking *a)
{
    const Report  *rep = &a->report;
    const Summary *s   = &a->a.summary;
    Ranked k = { s->money, rep->abc, rep->abc_of, rep->order, rep->clients, rep->positive, 0 };
    if (!a->of_product) return k;
    k = (Ranked){ s->product_money,
                  rep->products_abc,
                  rep->products_abc_of,
                  NEW_RAW(a->r->w->mem, uint32_t, s->products),
                  s->products,
                  rep->products_positive,
                  s->nameless };
    order_largest(k.money, k.items, k.order, a->r->w->scratch);
    return k;
}

static void put_classes(Tables *t, const Ranked *k)
{
    static const Column columns[] = { { "class", CELL_CLASS },
                                      { "items", CELL_COUNT },
                                      { "items_share", CELL_SHARE },
                                      { "amount", CELL_MEASURE },
                                      { "amount_share", CELL_SHARE } };
    table_begin(t, "classes", columns, COUNT(columns));
    for (int c = 0; c < 3; c++) {
        const AbcClass *sum = &k->classes[c];
        table_row(t, (Datum[]){ d_text((Str){ &"ABC"[c], 1 }), d_count(sum->items), d_share(sum->items, k->items),
                                d_wide(sum->amount), d_share(sum->amount, k->positive) });
    }
    if (k->nameless) table_row(t, (Datum[]){ d_c(NO_PRODUCT), d_none(), d_none(), d_wide(k->nameless), d_none() });
    table_end(t);
}

static void put_curve(Tables *t, const Ranked *k)
{
    static const Column columns[] = { { "items_share", CELL_SHARE }, { "amount_share", CELL_SHARE } };
    Ratio at[CURVE_STEPS + 1];
    lorenz_curve(k->money, k->order, k->items, CURVE_STEPS, at);
    table_begin(t, "curve", columns, COUNT(columns));
    for (int i = 0; i <= CURVE_STEPS; i++)
        table_row(t, (Datum[]){ d_share(i, CURVE_STEPS), d_share(at[i], RATIO_ONE) });
    table_end(t);
}

static void put_deviations(Asking *a, Tables *t)
{
    static const Column      columns[]            = { { "text", CELL_TEXT } };
    static const char *const keys[ABC_DEVIATIONS] = { "abc.a_narrow", "abc.a_wide", "abc.b_narrow", "abc.b_wide",
                                                      "abc.c_short",  "abc.c_long", "abc.one" };
    /* on whom a part depends the firm need not */
    int found = a->report.abc_deviations & ~(a->whole ? 0 : ABC_A_NARROW | ABC_ONE);
    table_begin(t, "deviations", columns, COUNT(columns));
    for (int i = 0; i < ABC_DEVIATIONS; i++)
        if (!a->of_product && found >> i & 1) table_row(t, (Datum[]){ d_text(asking_say(a, keys[i])) });
    table_end(t);
}

static bool is_in_class(const Asking *a, uint32_t place)
{
    char class_ = a->of_product ? a->report.products_abc_of[place] : a->report.abc_of[place];
    return class_ && a->cell.n == 1 && *a->cell.s == class_;
}

/* The products, and behind them what has none. */
static Err find_products(Asking *a, const Ranked *k, Members *out)
{
    Arena    *mem = a->r->w->mem;
    ptrdiff_t n   = k->items;
    bool      nameless = str_eq(a->cell, S(NO_PRODUCT));
    Listing   l   = { .list = "items", .of_product = true, .n = n + (k->nameless != 0) };
    int64_t  *id  = NEW_N(mem, int64_t, n + 1);
    Money    *amount = NEW_RAW(mem, Money, n + 1), *weight = NEW_RAW(mem, Money, n + 1);
    bool     *is  = NEW_RAW(mem, bool, n + 1);
    for (ptrdiff_t i = 0; i < n; i++) {
        id[i]     = a->a.product_id[i];
        amount[i] = weight[i] = k->money[i];
        is[i]     = !a->cell.n || is_in_class(a, (uint32_t)i);
    }
    amount[n] = (Money)k->nameless;
    weight[n] = INT64_MIN;
    is[n]     = !a->cell.n || nameless;
    l.id = id, l.amount = amount, l.weight = weight, l.is = is;
    return members_list(a, l, out);
}

static Err put_items(Asking *a, Tables *t, const Ranked *k)
{
    const Column columns[] = { a->of_product ? (Column){ "product", CELL_PRODUCT } : (Column){ "client", CELL_CLIENT },
                               { "amount", CELL_MEASURE },
                               { "share", CELL_SHARE },
                               { "cumulative", CELL_SHARE },
                               { "class", CELL_CLASS } };
    Members m;
    if (a->of_product) TRY(find_products(a, k, &m));
    else TRY(members_find(a, a->cell.n ? is_in_class : NULL, &m));
    Wide before = 0;
    if (m.n)
        for (ptrdiff_t i = 0; i < k->items && k->order[i] != m.at[0]; i++)
            before += k->money[k->order[i]] > 0 ? k->money[k->order[i]] : 0;
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++) {
        uint32_t at    = m.at[i];
        if (a->of_product && at == k->items) {
            table_row(t, (Datum[]){ d_none(), d_wide(k->nameless), d_none(), d_none(), d_none() });
            continue;
        }
        int64_t  id    = (a->of_product ? a->a.product_id : a->a.client_id)[at];
        Money    money = k->money[at];
        before += money > 0 ? money : 0;
        table_row(t, (Datum[]){ d_named(id, m.name[i]), d_wide(money), d_share(money, k->positive),
                                d_share(before, k->positive), d_text((Str){ &k->of[at], 1 }) });
    }
    table_end(t);
    members_total(t, &m);
    return OK;
}

static Str sentence_of(Asking *a, const Ranked *k)
{
    if (k->items == 0 || k->positive <= 0) return asking_say(a, "analysis.nothing");
    Wide top = lorenz_top(k->money, k->order, k->items, 20);
    return asking_say(a, a->of_product ? "abc.sentence_products" : "abc.sentence", arg_count("n", k->classes[0].items),
                      arg_text("money", asking_money(a, k->classes[0].amount)),
                      arg_text("share", asking_share(a, k->classes[0].amount, k->positive)),
                      arg_text("top", asking_share(a, top, k->positive)));
}

Err answer_abc(Request *r)
{
    Asking a;
    Tables t;
    TRY(asking_begin(r, &a));
    TRY(asking_cell(&a, (a.cell.n == 1 && str_find(S("ABC"), a.cell) >= 0) ||
                            (a.of_product && str_eq(a.cell, S(NO_PRODUCT)))));
    TRY(asking_answer(&a));
    Ranked k = ranked_of(&a);
    asking_open(&a, sentence_of(&a, &k), "abc.how", &t);
    put_classes(&t, &k);
    put_curve(&t, &k);
    put_deviations(&a, &t);
    TRY(put_items(&a, &t, &k));
    return asking_close(&a, &t);
}
