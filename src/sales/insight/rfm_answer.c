/* RFM: the cube of scores, five groups people can remember, and who moved between them since an earlier day. */
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

enum { SCORES = 5 };

static void put_cells(Asking *a, Tables *t)
{
    static const Column columns[] = { { "r", CELL_COUNT },
                                      { "f", CELL_COUNT },
                                      { "m", CELL_COUNT },
                                      { "clients", CELL_COUNT },
                                      { "amount", CELL_MEASURE } };
    table_begin(t, "cells", columns, COUNT(columns));
    for (int c = 0; c < RFM_CELLS; c++) {
        const Group *g = &a->report.rfm[c];
        Rfm          s = rfm_of_cell(c);
        if (g->clients)
            table_row(t,
                      (Datum[]){ d_count(s.r), d_count(s.f), d_count(s.m), d_count(g->clients), d_wide(g->revenue) });
    }
    table_end(t);
}

static void put_groups(Asking *a, Tables *t, Group sums[RFM_GROUPS])
{
    static const Column columns[] = {
        { "group", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MEASURE }, { "amount_share", CELL_SHARE }
    };
    const Summary *s = &a->a.summary;
    for (ptrdiff_t c = 0; c < s->clients; c++) {
        int g = rfm_group(a->report.rfm_of[c]);
        if (g == RFM_NONE) continue;
        sums[g].clients++;
        sums[g].revenue += s->money[c];
    }
    table_begin(t, "groups", columns, COUNT(columns));
    for (int g = 0; g < RFM_NONE; g++)
        table_row(t, (Datum[]){ d_c(rfm_groups[g]), d_count(sums[g].clients), d_wide(sums[g].revenue),
                                d_share(sums[g].revenue, a->report.positive) });
    table_end(t);
}

/* The scores of the same clients as they were on an earlier day, over a period of the same length. */
static Err scores_before(Asking *a, Day before, Rfm **out)
{
    FactsAnswer    was = asking_again(a, before - (a->q.to - a->q.from), before, a->q.measure);
    const Summary *now = &a->a.summary;
    Report         report;
    Work          *w = a->r->w;
    TRY(report_make(&was.summary, a->set, w->mem, w->scratch, &report));
    *out = NEW_N(w->mem, Rfm, now->clients);
    for (ptrdiff_t c = 0, b = 0; c < now->clients; c++) { 
        while (b < was.summary.clients && was.client_number[b] < a->a.client_number[c]) b++;
        if (b < was.summary.clients && was.client_number[b] == a->a.client_number[c]) (*out)[c] = report.rfm_of[b];
    }
    return OK;
}

static Err put_moves(Asking *a, Tables *t, Day before)
{
    static const Column columns[] = {
        { "from", CELL_CLASS }, { "to", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MEASURE }
    };
    Group flow[RFM_GROUPS][RFM_GROUPS] = { 0 };
    Rfm  *was;
    TRY(scores_before(a, before, &was));
    a->beside = was;
    for (ptrdiff_t c = 0; c < a->a.summary.clients; c++) {
        Group *f = &flow[rfm_group(was[c])][rfm_group(a->report.rfm_of[c])];
        f->clients++;
        f->revenue += a->a.summary.money[c];
    }
    table_begin(t, "moves", columns, COUNT(columns));
    for (int from = 0; from < RFM_GROUPS; from++)
        for (int to = 0; to < RFM_GROUPS; to++)
            if (flow[from][to].clients && (from != RFM_NONE || to != RFM_NONE))
                table_row(t, (Datum[]){ d_c(rfm_groups[from]), d_c(rfm_groups[to]), d_count(flow[from][to].clients),
                                        d_wide(flow[from][to].revenue) });
    table_end(t);
    return OK;
}

/* A cell is the digits of recency and frequency, with or without that of money; the name of a group; or two of them,
 * "good>best": who moved. */
static bool is_member(const Asking *a, uint32_t place)
{
    const Rfm *was = a->beside;
    Rfm        s   = a->report.rfm_of[place];
    Str        to = a->cell, from = str_cut(&to, '>');
    if (to.n)
        return str_eq(from, str_of(rfm_groups[rfm_group(was[place])])) && str_eq(to, str_of(rfm_groups[rfm_group(s)]));
    if (!s.r) return false;
    if (!a->cell.n) return true;
    if (*a->cell.s > '5') return str_eq(a->cell, str_of(rfm_groups[rfm_group(s)]));
    return s.r == a->cell.s[0] - '0' && (a->cell.n < 2 || s.f == a->cell.s[1] - '0') &&
           (a->cell.n < 3 || s.m == a->cell.s[2] - '0');
}

static bool is_group(Str name, int count)
{
    for (int g = 0; g < count; g++)
        if (str_eq(name, str_of(rfm_groups[g]))) return true;
    return false;
}

static bool knows(Str cell)
{
    Str to = cell, from = str_cut(&to, '>');
    if (from.n < cell.n) return is_group(from, RFM_GROUPS) && is_group(to, RFM_GROUPS);
    if (is_group(cell, RFM_NONE)) return true;
    for (ptrdiff_t i = 0; i < cell.n; i++)
        if (cell.s[i] < '1' || cell.s[i] > '5') return false;
    return cell.n <= 3;
}

static Err put_items(Asking *a, Tables *t)
{
    static const Column columns[] = { { "client", CELL_CLIENT },
                                      { "amount", CELL_MEASURE },
                                      { "documents", CELL_COUNT },
                                      { "last", CELL_DAY },
                                      { "class", CELL_CLASS } };
    const Summary *s = &a->a.summary;
    Members        m;
    TRY(members_find(a, is_member, &m));
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++) {
        Rfm score = a->report.rfm_of[m.at[i]];
        table_row(t, (Datum[]){ d_named(a->a.client_id[m.at[i]], m.name[i]), d_wide(s->money[m.at[i]]),
                                d_count(s->client_documents[m.at[i]]), d_day(s->last[m.at[i]]),
                                d_text(str_fmt(a->r->w->mem, "%d%d%d", score.r, score.f, score.m)) });
    }
    table_end(t);
    members_total(t, &m);
    return OK;
}

Err answer_rfm(Request *r)
{
    Asking a;
    Tables t;
    Group  sums[RFM_GROUPS] = { 0 };
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(asking_cell(&a, knows(a.cell)));
    TRY(asking_answer(&a));
    Day before = month_first(month_of(a.q.to)) - 1; /* the end of the month before */
    TRY(asked_day(r, "before", &before));
    if (before >= a.q.to) return fail(r->w, INVALID, "before", "analysis.before_is_late");

    int64_t lowest = 0, scored = 0;
    Wide    best   = 0;
    for (ptrdiff_t c = 0; c < a.a.summary.clients; c++) {
        int g = rfm_group(a.report.rfm_of[c]);
        scored += g != RFM_NONE;
        lowest += g == RFM_WEAK;
        best += g == RFM_BEST ? a.a.summary.money[c] : 0;
    }
    asking_open(&a,
                scored < SCORES
                    ? asking_say(&a, "rfm.few", arg_count("n", scored), arg_count("least", SCORES))
                    : asking_say(&a, "rfm.sentence", arg_text("share", asking_share(&a, best, a.report.positive)),
                                 arg_count("n", lowest)),
                "rfm.how", &t);
    put_cells(&a, &t);
    put_groups(&a, &t, sums);
    TRY(put_moves(&a, &t, before));
    TRY(put_items(&a, &t));
    return asking_close(&a, &t);
}
