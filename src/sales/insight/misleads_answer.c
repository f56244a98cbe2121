/* Where volume misleads: rank by revenue beside rank by margin and by growth. */
#include "analysis/misleads.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"
#include "sales/insight/classes.h"

typedef struct {
    Money *revenue, *growth; /* by place of the summary                                                */
    const Money *margin;     /* of the part with a cost                                                */
    Money *known;            /* the same where at least half of the revenue has a cost; NONE elsewhere */
    Ranks *by_margin, *by_growth;
    bool   margin_seen;
} Sides;

static void margins_of(Asking *a, Sides *s)
{
    a->tells_coverage = true;
    s->margin         = a->a.margin;
    for (ptrdiff_t c = 0; c < a->a.summary.clients; c++)
        s->known[c] = a->a.costed[c] && 2 * (Wide)a->a.costed[c] >= s->revenue[c] ? s->margin[c] : NONE;
    ranks_compare(s->revenue, s->known, a->a.summary.in_period, a->a.summary.clients, s->by_margin, a->r->w->scratch);
}

static void sides_of(Asking *a, Sides *s)
{
    Arena    *mem = a->r->w->mem;
    ptrdiff_t n   = a->a.summary.clients;
    *s = (Sides){ a->a.summary.money,   NEW_N(mem, Money, n), NEW_N(mem, Money, n), NEW_N(mem, Money, n),
                  NEW_N(mem, Ranks, n), NEW_N(mem, Ranks, n), a->reach.cost };
    FactsAnswer before = asking_again(a, usual_before(a->q.from, a->q.to), a->q.from - 1, MEASURE_REVENUE);
    asking_line_up(&before, &a->a, s->growth);
    for (ptrdiff_t c = 0; c < n; c++) s->growth[c] = s->revenue[c] - s->growth[c];
    ranks_compare(s->revenue, s->growth, a->a.summary.in_period, n, s->by_growth, a->r->w->scratch);
    if (s->margin_seen) margins_of(a, s);
}

static Str flag_of(Asking *a, const Sides *s, uint32_t c)
{
    if (s->margin_seen && s->by_margin[c].misleads)
        return asking_say(a, s->known[c] < 0 ? "misleads.loss" : "misleads.margin",
                          arg_count("rank", s->by_margin[c].by_volume), arg_count("other", s->by_margin[c].by_other));
    if (s->by_growth[c].misleads)
        return asking_say(a, "misleads.growth", arg_count("rank", s->by_growth[c].by_volume),
                          arg_count("other", s->by_growth[c].by_other));
    return S("");
}

static bool is_flagged(const Sides *s, uint32_t c)
{
    return (s->margin_seen && s->by_margin[c].misleads) || s->by_growth[c].misleads;
}

static Str sentence_of(Asking *a, int64_t flagged, Wide money)
{
    int64_t buyers = 0;
    for (ptrdiff_t c = 0; c < a->a.summary.clients; c++) buyers += a->a.summary.in_period[c];
    if (!flagged)
        return asking_say(a, buyers < RANKS_LEAST ? "misleads.few" : "misleads.nobody", arg_count("least", RANKS_LEAST),
                          arg_count("n", buyers));
    return asking_say(a, "misleads.sentence", arg_count("n", flagged), arg_text("money", asking_money(a, money)));
}

/* A cell is "flagged" or "loss". */
static bool is_member(const Asking *a, uint32_t c)
{
    const Sides *s = a->beside;
    if (str_eq(a->cell, S("flagged"))) return is_flagged(s, c);
    if (str_eq(a->cell, S("loss"))) return s->margin_seen && s->margin[c] < 0;
    return !a->cell.n && a->a.summary.in_period[c];
}

Err answer_misleads(Request *r)
{
    static const Column columns[] = { { "client", CELL_CLIENT },     { "amount", CELL_MONEY },
                                      { "margin", CELL_COST_MONEY }, { "growth", CELL_MONEY },
                                      { "rank_amount", CELL_COUNT }, { "rank_margin", CELL_COST_COUNT },
                                      { "rank_growth", CELL_COUNT }, { "flag", CELL_TEXT } };
    Asking  a;
    Tables  t;
    Members m;
    Sides   s;
    int64_t flagged = 0;
    Wide    money   = 0;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    a.q.measure  = MEASURE_REVENUE;
    TRY(asking_cell(&a, str_eq(a.cell, S("flagged")) || str_eq(a.cell, S("loss"))));
    if (str_eq(a.cell, S("loss")) && !a.reach.cost) return fail(r->w, DENIED, "cell", "analysis.margin_hidden");
    a.q.margins = a.reach.cost;
    TRY(asking_answer(&a));
    sides_of(&a, &s);
    for (ptrdiff_t c = 0; c < a.a.summary.clients; c++) {
        bool misleads = is_flagged(&s, (uint32_t)c);
        flagged += misleads;
        money += misleads ? s.revenue[c] : 0;
    }
    a.beside = &s;
    TRY(members_find(&a, is_member, &m));
    asking_open(&a, sentence_of(&a, flagged, money), "misleads.how", &t);
    table_begin(&t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++) {
        uint32_t c    = m.at[i];
        Str      flag = flag_of(&a, &s, c);
        table_row(&t, (Datum[]){ d_named(a.a.client_id[c], m.name[i]), d_wide(s.revenue[c]),
                                 s.margin_seen && (s.margin[c] || s.known[c] != NONE) ? d_wide(s.margin[c]) : d_none(),
                                 d_wide(s.growth[c]), d_count(s.by_growth[c].by_volume),
                                 s.margin_seen && s.known[c] != NONE ? d_count(s.by_margin[c].by_other) : d_none(),
                                 d_count(s.by_growth[c].by_other), flag.n ? d_text(flag) : d_none() });
    }
    table_end(&t);
    members_total(&t, &m);
    return asking_close(&a, &t);
}
