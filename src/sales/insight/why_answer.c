/* Why sales changed between two periods: new, lost, price, quantity, assortment; and whose doing each of them was. */
#include "facts/series.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"
#include "sales/insight/classes.h"

/* The period before usually is as long and ends where this one begins. */
static Err ask_before(Asking *a, TwoPeriods *out)
{
    out->after_from  = a->q.from;
    out->after_to    = a->q.to;
    out->before_to   = a->q.from - 1;
    out->before_from = usual_before(a->q.from, a->q.to);
    TRY(asked_day(a->r, "before_from", &out->before_from));
    TRY(asked_day(a->r, "before_to", &out->before_to));
    if (out->before_from > out->before_to) return fail(a->r->w, INVALID, "before_to", "analysis.ends_before_it_begins");
    if (out->before_to >= out->after_from && out->before_from <= out->after_to)
        return fail(a->r->w, INVALID, "before_to", "analysis.periods_overlap");
    return OK;
}

static const char *const part_names[VARIANCE_PARTS] = {
    [PART_BEFORE] = "before", [PART_NEW_CLIENTS] = "new_clients", [PART_LOST_CLIENTS] = "lost_clients",
    [PART_PRICE] = "price",   [PART_QUANTITY] = "quantity",       [PART_ASSORTMENT] = "assortment",
    [PART_AFTER] = "after",
};

static void put_parts(Tables *t, const Variance *v)
{
    static const Column columns[] = { { "part", CELL_CLASS }, { "amount", CELL_MONEY }, { "clients", CELL_COUNT } };
    const Wide          amount[VARIANCE_PARTS] = { v->before,   v->new_clients, v->lost_clients, v->price,
                                                   v->quantity, v->assortment,  v->after };
    const int64_t       clients[VARIANCE_PARTS] = { v->clients_before, v->clients_new,      v->clients_lost,
                                                    v->clients_price,  v->clients_quantity, v->clients_assortment,
                                                    v->clients_after };
    table_begin(t, "parts", columns, COUNT(columns));
    for (int part = 0; part < VARIANCE_PARTS; part++)
        table_row(t, (Datum[]){ d_c(part_names[part]), d_wide(amount[part]), d_count(clients[part]) });
    table_end(t);
}

static void put_periods(Tables *t, TwoPeriods when)
{
    static const Column columns[] = { { "period", CELL_CLASS }, { "from", CELL_DAY }, { "to", CELL_DAY } };
    table_begin(t, "periods", columns, COUNT(columns));
    table_row(t, (Datum[]){ d_c("before"), d_day(when.before_from), d_day(when.before_to) });
    table_row(t, (Datum[]){ d_c("after"), d_day(when.after_from), d_day(when.after_to) });
    table_end(t);
}

/* ---- what is behind a figure ---- */

/* A cell is a part; client-17: what he did, product by product; product-5: who did it to the product.  Without one the
 * whole change is asked about. */
typedef struct {
    int     part;            /* -1: the whole change */
    int64_t client, product; /* 0: any               */
} Behind;

static bool id_after(Str cell, Str what, int64_t *id)
{
    return str_starts(cell, what) && str_i64(str_from(cell, what.n), id) && *id > 0;
}

static bool behind_of(Str cell, Behind *out)
{
    *out = (Behind){ .part = -1 };
    for (int part = 0; part < VARIANCE_PARTS; part++)
        if (str_eq(cell, str_of(part_names[part]))) out->part = part;
    return out->part >= 0 || id_after(cell, S("client-"), &out->client) || id_after(cell, S("product-"), &out->product);
}

/* What the pairs behind the figure come to by one of the two: by client, or by product. */
typedef struct {
    Money *amount, *before, *after, *weight; /* amount: the share in the figure */
    bool  *is;
    ptrdiff_t n;
} Sums;

static Sums sums_new(Arena *mem, ptrdiff_t n)
{
    return (Sums){ NEW_N(mem, Money, n),   NEW_N(mem, Money, n), NEW_N(mem, Money, n),
                   NEW_RAW(mem, Money, n), NEW_N(mem, bool, n),  n };
}

static void sums_add(Sums *s, uint32_t at, const SoldPair *p, Money amount)
{
    s->is[at] = true;
    s->amount[at] += amount;
    s->before[at] += p->money_before;
    s->after[at] += p->money_after;
}

static void sums_weigh(Sums *s)
{
    for (ptrdiff_t i = 0; i < s->n; i++) s->weight[i] = s->amount[i] < 0 ? -s->amount[i] : s->amount[i];
}

static bool share_of(const Asking *a, const FactsPairs *pairs, const Behind *b, const uint8_t *seen, const SoldPair *p,
                     Wide *share)
{
    if (b->part >= 0) return variance_share(p, seen[p->client], (VariancePart)b->part, share);
    *share = (Wide)p->money_after - p->money_before;
    return (!b->client || pairs->client_id[p->client] == b->client) &&
           (!b->product || a->hold.view.names->product.id[p->product] == b->product);
}

static void add_up(Asking *a, const FactsPairs *pairs, const Behind *b, const uint8_t *seen, Sums *clients,
                   Sums *products)
{
    Arena *mem = a->r->w->mem;
    *clients   = sums_new(mem, pairs->clients);
    *products  = sums_new(mem, a->hold.view.products);
    for (ptrdiff_t i = 0; i < pairs->n; i++) {
        const SoldPair *p = &pairs->pair[i];
        Wide            share;
        if (!share_of(a, pairs, b, seen, p, &share)) continue;
        sums_add(clients, p->client, p, (Money)share);
        sums_add(products, p->product, p, (Money)share);
    }
    sums_weigh(clients);
    sums_weigh(products);
}

/* ---- the lists ---- */

static Listing listing_of(const char *list, bool of_product, const int64_t *id, const Sums *s)
{
    return (Listing){ list, of_product, id, s->amount, s->weight, s->is, s->n };
}

static void put_clients(Tables *t, const FactsPairs *pairs, const Behind *b, const uint8_t *seen, const Sums *s,
                        const Members *m)
{
    static const Column shares[] = {
        { "client", CELL_CLIENT }, { "amount", CELL_MONEY }, { "before", CELL_MONEY }, { "after", CELL_MONEY }
    };
    static const Column      changes[] = { { "client", CELL_CLIENT },
                                           { "part", CELL_CLASS },
                                           { "before", CELL_MONEY },
                                           { "after", CELL_MONEY },
                                           { "change", CELL_MONEY } };
    static const char *const came[] = {
        [BOUGHT_BEFORE] = "lost_clients", [BOUGHT_AFTER] = "new_clients", [BOUGHT_BEFORE | BOUGHT_AFTER] = "stayed"
    };
    bool whole = b->part < 0;
    table_begin(t, "items", whole ? changes : shares, whole ? COUNT(changes) : COUNT(shares));
    for (ptrdiff_t i = 0; i < m->n; i++) {
        uint32_t at     = m->at[i];
        Datum    client = d_named(pairs->client_id[at], m->name[i]), before = d_wide(s->before[at]),
              after = d_wide(s->after[at]), amount = d_wide(s->amount[at]);
        if (whole) table_row(t, (Datum[]){ client, d_c(came[seen[at]]), before, after, amount });
        else table_row(t, (Datum[]){ client, amount, before, after });
    }
    table_end(t);
    members_total(t, m);
}

/* Lines without a product are one row without a name. */
static void put_products(const Asking *a, Tables *t, const Behind *b, const Sums *s, const Members *m)
{
    static const Column shares[] = {
        { "product", CELL_PRODUCT }, { "amount", CELL_MONEY }, { "before", CELL_MONEY }, { "after", CELL_MONEY }
    };
    static const Column changes[] = {
        { "product", CELL_PRODUCT }, { "before", CELL_MONEY }, { "after", CELL_MONEY }, { "change", CELL_MONEY }
    };
    table_begin(t, "products", b->part < 0 ? changes : shares, COUNT(shares));
    for (ptrdiff_t i = 0; i < m->n; i++) {
        uint32_t at      = m->at[i];
        Datum    product = at ? d_named(a->hold.view.names->product.id[at], m->name[i]) : d_none(),
              amount = d_wide(s->amount[at]);
        if (b->part < 0) table_row(t, (Datum[]){ product, d_wide(s->before[at]), d_wide(s->after[at]), amount });
        else table_row(t, (Datum[]){ product, amount, d_wide(s->before[at]), d_wide(s->after[at]) });
    }
    table_end(t);
}

static Err put_lists(Asking *a, Tables *t, const FactsPairs *pairs, const Behind *b)
{
    uint8_t *seen = NEW_N(a->r->w->mem, uint8_t, pairs->clients);
    Sums     clients, products;
    Members  who, what;
    variance_seen(pairs->pair, pairs->n, seen);
    add_up(a, pairs, b, seen, &clients, &products);
    TRY(members_list(a, listing_of("items", false, pairs->client_id, &clients), &who));
    TRY(members_list(a, listing_of("products", true, a->hold.view.names->product.id, &products), &what));
    put_clients(t, pairs, b, seen, &clients, &who);
    put_products(a, t, b, &products, &what);
    members_lists(t, &(ListSize){ "products", what.all, what.amount }, 1);
    return OK;
}

/* The part with the most weight, for the sentence. */
static const char *main_cause(const Variance *v)
{
    const struct { const char *key; Wide v;
    } parts[] = {
        { "why.new_clients", v->new_clients }, { "why.lost_clients", v->lost_clients }, { "why.price", v->price },
        { "why.quantity", v->quantity },       { "why.assortment", v->assortment },
    };
    bool up   = v->after >= v->before;
    int  best = 0;
    for (int i = 1; i < (int)COUNT(parts); i++)
        if (up ? parts[i].v > parts[best].v : parts[i].v < parts[best].v) best = i;
    return parts[best].key;
}

Err answer_why(Request *r)
{
    static const char *const lists[] = { "items", "products", NULL };
    Asking     a;
    Tables     t;
    TwoPeriods when;
    Behind     behind;
    TRY(asking_begin(r, &a));
    TRY(asking_lists(&a, lists));
    TRY(asking_cell(&a, behind_of(a.cell, &behind)));
    a.q.measure = MEASURE_REVENUE;
    TRY(ask_before(&a, &when));
    FactsPairs pairs = facts_pairs(&a.hold.view, &a.q, when, r->w->mem, r->w->scratch);
    Variance   v     = variance_of(pairs.pair, pairs.n, pairs.clients, r->w->scratch);
    Wide       change = v.after - v.before;
    Buf        days   = buf_new(r->w->mem, 64);
    day_put(&days, a.voice, when.before_from);
    buf_c(&days, " – ");
    day_put(&days, a.voice, when.before_to);
    Str sentence = v.before == 0 && v.after == 0
                       ? asking_say(&a, "analysis.nothing")
                       : asking_say(&a, change >= 0 ? "why.rose" : "why.fell",
                                    arg_text("money", asking_money(&a, change >= 0 ? change : -change)),
                                    arg_text("before", buf_str(&days)), arg_word("cause", main_cause(&v)));
    asking_open(&a, sentence, "why.how", &t);
    put_parts(&t, &v);
    put_periods(&t, when);
    TRY(put_lists(&a, &t, &pairs, &behind));
    return asking_close(&a, &t);
}
