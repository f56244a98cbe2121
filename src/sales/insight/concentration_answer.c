/* How much the firm depends on a few, and what is left without one of them. */
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

#include <string.h>

static void put_figure(Tables *t, const char *key, Str value)
{
    table_row(t, (Datum[]){ d_c(key), d_text(value) });
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
    static const Column  columns[] = { { "figure", CELL_CLASS }, { "value", CELL_TEXT } };
    const Concentration *c         = &a->report.concentration;
    table_begin(t, "figures", columns, COUNT(columns));
    put_figure(t, "top1", asking_share(a, c->top1, c->positive));
    put_figure(t, "top10", asking_share(a, c->top10, c->positive));
    put_figure(t, "hhi", plain(a, c->hhi, 2));
    put_figure(t, "gini", plain(a, c->gini, 3));
    put_figure(t, "limit", asking_share(a, a->set.one_limit, RATIO_ONE));
    table_end(t);
}

static Err put_items(Asking *a, Tables *t)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "amount", CELL_MEASURE }, { "share", CELL_SHARE } };
    Members m;
    TRY(members_find(a, NULL, &m));
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++)
        table_row(t, (Datum[]){ d_named(a->a.client_id[m.at[i]], m.name[i]), d_wide(a->a.summary.money[m.at[i]]), d_share(a->a.summary.money[m.at[i]], a->report.positive) });
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
    static const Column columns[] = { { "client", CELL_CLIENT }, { "amount", CELL_MEASURE }, { "amount_left", CELL_MEASURE }, { "share_left", CELL_SHARE }, { "hhi", CELL_TEXT } };
    const Summary *s     = &a->a.summary;
    ptrdiff_t      place = place_without(a, id);
    table_begin(t, "without", columns, COUNT(columns));
    if (place >= 0) {
        Concentration rest = concentration_of(s->money, a->report.order, a->report.clients, place);
        Str           name;
        TRY(asking_names(a, "client", &a->a.client_id[place], 1, &name));
        table_row(t, (Datum[]){ d_named(a->a.client_id[place], name), d_wide(s->money[place]), d_wide(s->revenue - s->money[place]),
                                d_share(rest.positive, a->report.positive), d_text(plain(a, rest.hhi, 2)) });
    }
    table_end(t);
    return OK;
}

Err answer_concentration(Request *r)
{
    Asking  a;
    Tables  t;
    int64_t without = 0;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(asked_i64(r, "without", 1, INT64_C(1) << 53, &without));
    TRY(asking_answer(&a));
    const Concentration *c = &a.report.concentration;
    Str name = S("");
    if (c->largest >= 0) TRY(asking_names(&a, "client", &a.a.client_id[c->largest], 1, &name));
    bool danger = (Wide)c->top1 * RATIO_ONE >= c->positive * a.set.one_limit;
    Str sentence = c->largest < 0 ? asking_say(&a, "analysis.nothing")
                                  : asking_say(&a, !a.whole ? "concentration.of_part" : danger ? "concentration.danger" : "concentration.sentence", arg_text("client", name),
                                               arg_text("share", asking_share(&a, c->top1, c->positive)), arg_text("ten", asking_share(&a, c->top10, c->positive)),
                                               arg_text("left", asking_money(&a, a.a.summary.revenue - c->top1)));
    asking_open(&a, sentence, "concentration.how", &t);
    put_figures(&a, &t);
    TRY(put_items(&a, &t));
    TRY(put_without(&a, &t, without));
    return asking_close(&a, &t);
}
