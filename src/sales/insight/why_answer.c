/* Why sales changed between two periods: new, lost, price, quantity, assortment; and whose doing it was. */
#include "analysis/order.h"
#include "facts/series.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

enum { MAKERS = 50 };

/* The period before usually has the same length and ends where this one begins. */
static Err ask_before(Asking *a, TwoPeriods *out)
{
    out->after_from  = a->q.from;
    out->after_to    = a->q.to;
    out->before_to   = a->q.from - 1;
    out->before_from = a->q.from - (a->q.to - a->q.from + 1);
    TRY(asked_day(a->r, "before_from", &out->before_from));
    TRY(asked_day(a->r, "before_to", &out->before_to));
    if (out->before_from > out->before_to) return fail(a->r->w, INVALID, "before_to", "analysis.ends_before_it_begins");
    if (out->before_to >= out->after_from && out->before_from <= out->after_to) return fail(a->r->w, INVALID, "before_to", "analysis.periods_overlap");
    return OK;
}

static void put_parts(Tables *t, const Variance *v)
{
    static const Column columns[] = { { "part", CELL_CLASS }, { "amount", CELL_MONEY }, { "clients", CELL_COUNT } };
    table_begin(t, "parts", columns, COUNT(columns));
    table_row(t, (Datum[]){ d_c("before"), d_wide(v->before), d_none() });
    table_row(t, (Datum[]){ d_c("new_clients"), d_wide(v->new_clients), d_count(v->clients_new) });
    table_row(t, (Datum[]){ d_c("lost_clients"), d_wide(v->lost_clients), d_count(v->clients_lost) });
    table_row(t, (Datum[]){ d_c("price"), d_wide(v->price), d_count(v->clients_both) });
    table_row(t, (Datum[]){ d_c("quantity"), d_wide(v->quantity), d_count(v->clients_both) });
    table_row(t, (Datum[]){ d_c("assortment"), d_wide(v->assortment), d_count(v->clients_both) });
    table_row(t, (Datum[]){ d_c("after"), d_wide(v->after), d_none() });
    table_end(t);
}

/* Pairs of a client stand together. */
typedef struct {
    Money *before, *after, *weight;
    bool  *had, *has;
} Clients;

static Clients clients_of(Arena *mem, const FactsPairs *pairs)
{
    ptrdiff_t n = pairs->clients;
    Clients   c = { NEW_N(mem, Money, n), NEW_N(mem, Money, n), NEW_N(mem, Money, n), NEW_N(mem, bool, n), NEW_N(mem, bool, n) };
    for (ptrdiff_t i = 0; i < pairs->n; i++) {
        const SoldPair *p = &pairs->pair[i];
        c.before[p->client] += p->money_before;
        c.after[p->client] += p->money_after;
        c.had[p->client] |= p->before;
        c.has[p->client] |= p->after;
    }
    for (ptrdiff_t i = 0; i < n; i++) c.weight[i] = c.after[i] > c.before[i] ? c.after[i] - c.before[i] : c.before[i] - c.after[i];
    return c;
}

static Err put_makers(Asking *a, Tables *t, const FactsPairs *pairs, const Clients *c)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "part", CELL_CLASS }, { "before", CELL_MONEY }, { "after", CELL_MONEY }, { "change", CELL_MONEY } };
    uint32_t *order = NEW_RAW(a->r->w->mem, uint32_t, pairs->clients);
    int64_t   ids[MAKERS];
    Str       names[MAKERS];
    int       n = 0;
    order_largest(c->weight, pairs->clients, order, a->r->w->scratch);
    for (; n < MAKERS && n < pairs->clients; n++) ids[n] = pairs->client_id[order[n]];
    TRY(asking_names(a, "client", ids, n, names));
    table_begin(t, "makers", columns, COUNT(columns));
    for (int i = 0; i < n; i++) {
        uint32_t at = order[i];
        table_row(t, (Datum[]){ d_named(ids[i], names[i]), d_c(!c->had[at] ? "new_clients" : !c->has[at] ? "lost_clients" : "stayed"), d_wide(c->before[at]), d_wide(c->after[at]),
                                d_wide((Wide)c->after[at] - c->before[at]) });
    }
    table_end(t);
    return OK;
}

/* The part with the most weight, for the sentence. */
static const char *main_cause(const Variance *v)
{
    const struct { const char *key; Wide v; } parts[] = {
        { "why.new_clients", v->new_clients }, { "why.lost_clients", v->lost_clients }, { "why.price", v->price }, { "why.quantity", v->quantity }, { "why.assortment", v->assortment },
    };
    bool up   = v->after >= v->before;
    int  best = 0;
    for (int i = 1; i < (int)COUNT(parts); i++)
        if (up ? parts[i].v > parts[best].v : parts[i].v < parts[best].v) best = i;
    return parts[best].key;
}

Err answer_why(Request *r)
{
    Asking     a;
    Tables     t;
    TwoPeriods when;
    TRY(asking_begin(r, &a));
    a.q.measure = MEASURE_REVENUE;
    TRY(ask_before(&a, &when));
    FactsPairs pairs = facts_pairs(&a.hold.view, &a.q, when, r->w->mem, r->w->scratch);
    Variance   v     = variance_of(pairs.pair, pairs.n, pairs.clients, r->w->scratch);
    Clients    c     = clients_of(r->w->mem, &pairs);
    Wide       change = v.after - v.before;
    Buf        days   = buf_new(r->w->mem, 64);
    day_put(&days, a.voice, when.before_from);
    buf_c(&days, " – ");
    day_put(&days, a.voice, when.before_to);
    Str sentence = v.before == 0 && v.after == 0 ? asking_say(&a, "analysis.nothing")
                                                 : asking_say(&a, change >= 0 ? "why.rose" : "why.fell", arg_text("money", asking_money(&a, change >= 0 ? change : -change)),
                                                              arg_text("before", buf_str(&days)), arg_word("cause", main_cause(&v)));
    asking_open(&a, sentence, "why.how", &t);
    put_parts(&t, &v);
    TRY(put_makers(&a, &t, &pairs, &c));
    return asking_close(&a, &t);
}
