/* Where volume misleads: rank by revenue beside rank by margin and by growth. */
#include "analysis/misleads.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

typedef struct {
    Money *revenue, *margin, *growth; /* by place of the summary */
    Ranks *by_margin, *by_growth;
    bool   margin_seen;
} Sides;

/* Both summaries list the clients by their number. */
static void line_up(const FactsAnswer *from, const FactsAnswer *onto, Money *out)
{
    for (ptrdiff_t a = 0, b = 0; a < onto->summary.clients; a++) {
        while (b < from->summary.clients && from->client_number[b] < onto->client_number[a]) b++;
        out[a] = b < from->summary.clients && from->client_number[b] == onto->client_number[a] ? from->summary.money[b] : 0;
    }
}

static void sides_of(Asking *a, Sides *s)
{
    Arena    *mem = a->r->w->mem;
    ptrdiff_t n   = a->a.summary.clients;
    Day       length = a->q.to - a->q.from + 1;
    *s = (Sides){ a->a.summary.money, NEW_N(mem, Money, n), NEW_N(mem, Money, n), NEW_N(mem, Ranks, n), NEW_N(mem, Ranks, n),
                  !access_hides(a->r->w->who, "sale", "view", "finance") };
    FactsAnswer before = asking_again(a, a->q.from - length, a->q.from - 1, MEASURE_REVENUE);
    line_up(&before, &a->a, s->growth);
    for (ptrdiff_t c = 0; c < n; c++) s->growth[c] = s->revenue[c] - s->growth[c];
    ranks_compare(s->revenue, s->growth, n, s->by_growth, a->r->w->scratch);
    if (!s->margin_seen) return;
    FactsAnswer margin = asking_again(a, a->q.from, a->q.to, MEASURE_MARGIN);
    a->a.costed       = margin.costed;
    a->tells_coverage = true;
    line_up(&margin, &a->a, s->margin);
    ranks_compare(s->revenue, s->margin, n, s->by_margin, a->r->w->scratch);
}

static Str flag_of(Asking *a, const Sides *s, uint32_t c)
{
    if (s->margin_seen && s->by_margin[c].misleads)
        return asking_say(a, s->margin[c] <= 0 ? "misleads.loss" : "misleads.margin", arg_count("rank", s->by_margin[c].by_volume), arg_count("other", s->by_margin[c].by_other));
    if (s->by_growth[c].misleads) return asking_say(a, "misleads.growth", arg_count("rank", s->by_growth[c].by_volume), arg_count("other", s->by_growth[c].by_other));
    return S("");
}

static bool is_flagged(const Sides *s, uint32_t c)
{
    return (s->margin_seen && s->by_margin[c].misleads) || s->by_growth[c].misleads;
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
    static const Column columns[] = { { "client", CELL_CLIENT }, { "amount", CELL_MONEY }, { "margin", CELL_MONEY }, { "growth", CELL_MONEY }, { "rank_amount", CELL_COUNT },
                                      { "rank_margin", CELL_COUNT }, { "rank_growth", CELL_COUNT }, { "flag", CELL_TEXT } };
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
    if (str_eq(a.cell, S("loss")) && access_hides(r->w->who, "sale", "view", "finance")) return fail(r->w, DENIED, "cell", "analysis.margin_hidden");
    TRY(asking_answer(&a));
    sides_of(&a, &s);
    for (ptrdiff_t c = 0; c < a.a.summary.clients; c++) {
        bool misleads = is_flagged(&s, (uint32_t)c);
        flagged += misleads;
        money += misleads ? s.revenue[c] : 0;
    }
    a.beside = &s;
    TRY(members_find(&a, is_member, &m));
    asking_open(&a, asking_say(&a, "misleads.sentence", arg_count("n", flagged), arg_text("money", asking_money(&a, money))), "misleads.how", &t);
    table_begin(&t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++) {
        uint32_t c    = m.at[i];
        Str      flag = flag_of(&a, &s, c);
        table_row(&t, (Datum[]){ d_named(a.a.client_id[c], m.name[i]), d_wide(s.revenue[c]), s.margin_seen ? d_wide(s.margin[c]) : d_none(), d_wide(s.growth[c]),
                                 d_count(s.by_growth[c].by_volume), s.margin_seen ? d_count(s.by_margin[c].by_other) : d_none(), d_count(s.by_growth[c].by_other),
                                 flag.n ? d_text(flag) : d_none() });
    }
    table_end(&t);
    members_total(&t, &m);
    return asking_close(&a, &t);
}
