/* How much the firm depends on a few, and what is left without one of them. */
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

#include <string.h>

static void put_figure(Tables *t, const char *key, Str value, Str note)
{
    table_row(t, (Datum[]){ d_c(key), d_text(value), note.n ? d_text(note) : d_none() });
}

static Str plain(Asking *a, int64_t millionths, int places)
{
    Buf b = buf_new(a->r->w->mem, 32);
    for (int i = 6; i > places; i--) millionths = round_div(millionths, 10);
    buf_scaled(&b, millionths, places);
    Str  text = buf_str(&b);
    char *dot = a->voice.lang == LANG_RU ? memchr(b.data, '.', (size_t)text.n) : NULL;
    if (dot) *dot = ',';
    return text;
}

static void put_figures(Asking *a, Tables *t)
{
    static const Column columns[] = { { "figure", CELL_CLASS }, { "value", CELL_TEXT }, { "note", CELL_TEXT } };
    const Concentration *c = &a->report.concentration;
    Str hhi  = asking_say(a, "concentration.hhi_note", arg_word("level", level_words[hhi_level(c)]),
                          arg_count("spread", HHI_SPREAD), arg_count("danger", HHI_DANGER));
    Str gini = asking_say(a, "concentration.gini_note");
    table_begin(t, "figures", columns, COUNT(columns));
    put_figure(t, "top1", asking_share(a, c->top1, c->positive), S(""));
    put_figure(t, "top10", asking_share(a, c->top10, c->positive), S(""));
    put_figure(t, "hhi", plain(a, c->hhi, 2), hhi);
    put_figure(t, "gini", plain(a, c->gini, 3), gini);
    put_figure(t, "limit", asking_share(a, a->set.one_limit, RATIO_ONE), S(""));
    table_end(t);
}

static Err put_items(Asking *a, Tables *t)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "amount", CELL_MEASURE }, { "share", CELL_SHARE } };
    Members m;
    TRY(members_find(a, NULL, &m));
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++)
        table_row(t, (Datum[]){ d_named(a->a.client_id[m.at[i]], m.name[i]), d_wide(a->a.summary.money[m.at[i]]),
                                d_share(a->a.summary.money[m.at[i]], a->report.positive) });
    table_end(t);
    members_total(t, &m);
    return OK;
}

/* The place of the client asked about, usually the largest; -1: there is none. */
static ptrdiff_t place_without(Asking *a, int64_t id)
{
    if (!id) return a->report.concentration.largest;
    for (ptrdiff_t c = 0; c < a->a.summary.clients; c++)
        if (a->a.client_id[c] == id) return c;
    return -1;
}

static Err put_without(Asking *a, Tables *t, int64_t id)
{
    static const Column columns[] = { { "client", CELL_CLIENT },
                                      { "amount", CELL_MEASURE },
                                      { "amount_left", CELL_MEASURE },
                                      { "share_left", CELL_SHARE },
                                      { "hhi", CELL_TEXT } };
    const Summary *s     = &a->a.summary;
    ptrdiff_t      place = place_without(a, id);
    table_begin(t, "without", columns, COUNT(columns));
    if (place >= 0) {
        Concentration rest = concentration_of(s->money, a->report.order, a->report.clients, place);
        Str           name;
        TRY(asking_names(a, "client", &a->a.client_id[place], 1, &name));
        table_row(t, (Datum[]){ d_named(a->a.client_id[place], name), d_wide(s->money[place]),
                                d_wide(s->revenue - s->money[place]), d_share(rest.positive, a->report.positive),
                                d_text(plain(a, rest.hhi, 2)) });
    }
    table_end(t);
    return OK;
}

/* ---- with what the firm costs whether it sells or not ---- */

/* What is left of a period's revenue, with the client and without. */
typedef struct {
    bool  told, costed; /* told: fixed costs are known, and may be; costed: so is what some of the goods cost */
    Wide  revenue[2], margin[2], result[2];
    Money fixed;
} Results;

static Results results_of(Asking *a, ptrdiff_t place)
{
    const Summary *s   = &a->a.summary;
    Results        out = { .fixed = fixed_costs(&a->rule, a->q.from, a->q.to) };
    if (place < 0 || !a->q.margins) return out;
    out.told   = true;
    out.costed = a->tells_coverage = a->a.covered != 0;
    for (ptrdiff_t c = 0; c < s->clients; c++) out.margin[0] += a->a.margin[c];
    out.margin[1]  = out.margin[0] - a->a.margin[place];
    out.revenue[0] = s->revenue;
    out.revenue[1] = s->revenue - s->money[place];
    for (int i = 0; i < 2; i++) out.result[i] = (out.costed ? out.margin[i] : out.revenue[i]) - out.fixed;
    return out;
}

static void put_results(Tables *t, const Results *r)
{
    static const Column columns[] = {
        { "figure", CELL_CLASS }, { "with_client", CELL_COST_MONEY }, { "without_client", CELL_COST_MONEY }
    };
    if (!r->told) return;
    table_begin(t, "results", columns, COUNT(columns));
    table_row(t, (Datum[]){ d_c("revenue"), d_wide(r->revenue[0]), d_wide(r->revenue[1]) });
    if (r->costed) table_row(t, (Datum[]){ d_c("margin"), d_wide(r->margin[0]), d_wide(r->margin[1]) });
    table_row(t, (Datum[]){ d_c("fixed_costs"), d_wide(-r->fixed), d_wide(-r->fixed) });
    table_row(t, (Datum[]){ d_c("result"), d_wide(r->result[0]), d_wide(r->result[1]) });
    table_end(t);
}

/* "Without Alpha 450,000 is left after fixed costs of 120,000." */
static Str with_results(Asking *a, Str sentence, const Results *r)
{
    Buf b = buf_new(a->r->w->mem, 512);
    if (!r->told) return sentence;
    buf_put(&b, sentence);
    buf_char(&b, ' ');
    buf_put(&b, asking_say(a, r->result[1] < 0 ? "concentration.short" : "concentration.covers",
                           arg_text("fixed", asking_money(a, r->fixed)),
                           arg_text("result", asking_money(a, r->result[1] < 0 ? -r->result[1] : r->result[1]))));
    return buf_str(&b);
}

/* A part of the sales depends on somebody without the firm being in danger. */
static const char *sentence_key(const Asking *a)
{
    const Concentration *c = &a->report.concentration;
    if (c->largest < 0) return "analysis.nothing";
    if (!a->whole) return "concentration.of_part";
    if (concentration_level(c, a->set.one_limit) != BASE_IN_DANGER) return "concentration.sentence";
    return concentration_one(c, a->set.one_limit) ? "concentration.danger" : "concentration.danger_of_few";
}

static Str sentence_of(Asking *a, Str largest)
{
    const Concentration *c = &a->report.concentration;
    return asking_say(a, sentence_key(a), arg_text("client", largest),
                      arg_text("share", asking_share(a, c->top1, c->positive)),
                      arg_text("ten", asking_share(a, c->top10, c->positive)), arg_text("hhi", plain(a, c->hhi, 0)),
                      arg_text("left", asking_money(a, a->a.summary.revenue - c->top1)));
}

Err answer_concentration(Request *r)
{
    Asking  a;
    Tables  t;
    int64_t without = 0;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(asked_i64(r, "without", 1, INT64_C(1) << 53, &without));
    a.q.margins = a.rule.fixed_month != NONE && a.whole && a.reach.cost && a.q.measure == MEASURE_REVENUE;
    TRY(asking_answer(&a));
    const Concentration *c = &a.report.concentration;
    Str name = S("");
    if (c->largest >= 0) TRY(asking_names(&a, "client", &a.a.client_id[c->largest], 1, &name));
    Results results = results_of(&a, place_without(&a, without));
    asking_open(&a, with_results(&a, sentence_of(&a, name), &results), "concentration.how", &t);
    put_figures(&a, &t);
    TRY(put_items(&a, &t));
    TRY(put_without(&a, &t, without));
    put_results(&t, &results);
    return asking_close(&a, &t);
}
