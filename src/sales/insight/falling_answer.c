/* Who buys less than he used to, and whose next purchase is overdue: by the history up to the end of the period,
 * whatever is shown of it. */
#include "analysis/changes.h"
#include "analysis/order.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

/* Those of the clients who have a stake, most first. */
static Err worst_of(Asking *a, const char *list, const Money *stake, const Money *amount, Members *out)
{
    ptrdiff_t n  = a->a.summary.clients;
    bool     *is = NEW_RAW(a->r->w->mem, bool, n);
    for (ptrdiff_t i = 0; i < n; i++) is[i] = stake[i] > 0;
    return members_list(
        a, (Listing){ .list = list, .id = a->a.client_id, .amount = amount, .weight = stake, .is = is, .n = n }, out);
}

static void put_falling(Asking *a, Tables *t, const Members *worst)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "was", CELL_MEASURE },  { "now", CELL_MEASURE },
                                      { "stake", CELL_MEASURE }, { "change", CELL_SHARE }, { "last", CELL_DAY } };
    table_begin(t, "falling", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < worst->n; i++) {
        Falling f;
        client_falling(&a->report, FALLING_USUAL, worst->at[i], &f, a->r->w->scratch);
        table_row(t,
                  (Datum[]){ d_named(a->a.client_id[worst->at[i]], worst->name[i]), d_wide(f.was), d_wide(f.now),
                             d_wide(f.stake), d_share(f.change, RATIO_ONE), d_day(a->a.summary.last[worst->at[i]]) });
    }
    table_end(t);
}

static void put_late(Asking *a, Tables *t, const Members *worst)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "last", CELL_DAY },       { "rhythm", CELL_DAYS },
                                      { "due", CELL_DAY },       { "days_late", CELL_DAYS }, { "amount", CELL_MEASURE },
                                      { "class", CELL_CLASS },   { "status", CELL_CLASS } };
    const Summary *s = &a->a.summary;
    table_begin(t, "late", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < worst->n; i++) {
        uint32_t at     = worst->at[i];
        Late     late   = client_late(&a->report, at);
        Rhythm   rhythm = s->days[at] >= 2 ? rhythm_of(s->days[at], s->first[at], s->last[at]) : a->report.rhythm;
        char     abc    = a->report.abc_of[at];
        table_row(t, (Datum[]){ d_named(a->a.client_id[at], worst->name[i]), d_day(s->last[at]),
                                d_count(round_div(rhythm.num, rhythm.den)), d_day(late.due), d_count(late.days_late),
                                d_wide(s->money[at]), abc ? d_text(str_fmt(a->r->w->mem, "%c", abc)) : d_none(),
                                d_c(status_names[a->report.status_of[at]]) });
    }
    table_end(t);
}

Err answer_falling(Request *r)
{
    static const char *const lists[] = { "falling", "late", NULL };
    Asking  a;
    Tables  t;
    Members fall, late;
    TRY(asking_begin(r, &a));
    TRY(asking_lists(&a, lists));
    a.of_product = false;
    TRY(asking_answer(&a));
    const Summary *s     = &a.a.summary;
    Money         *stake = NEW_N(r->w->mem, Money, s->clients), *overdue = NEW_N(r->w->mem, Money, s->clients);
    for (ptrdiff_t c = 0; c < s->clients; c++) {
        Falling f;
        if (c % 4096 == 0) TRY(work_pulse(r->w));
        if (client_falling(&a.report, FALLING_USUAL, c, &f, r->w->scratch)) stake[c] = f.stake;
        if (is_late(a.report.status_of[c])) overdue[c] = s->money[c] > 0 ? s->money[c] : 1;
    }
    TRY(worst_of(&a, "falling", stake, stake, &fall));
    TRY(worst_of(&a, "late", overdue, s->money, &late));
    asking_open(&a,
                asking_say(&a, fall.all || late.all ? "falling.sentence" : "falling.nobody", arg_count("n", fall.all),
                           arg_text("money", asking_money(&a, fall.amount)), arg_count("late", late.all)),
                "falling.how", &t);
    put_falling(&a, &t, &fall);
    put_late(&a, &t, &late);
    members_lists(&t, (ListSize[]){ { "falling", fall.all, fall.amount }, { "late", late.all, late.amount } }, 2);
    return asking_close(&a, &t);
}
