/* Who buys less than he used to, and whose next purchase is overdue. */
#include "analysis/changes.h"
#include "analysis/order.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

/* The habit needs more than the period shown: the months are those of the two years before its end. */
static Err look_back(Asking *a)
{
    Civil c      = civil_of(a->q.to);
    Day   from   = day_of((Civil){ c.year - 2, c.month, 1 });
    Day   shown  = a->q.from;
    a->q.from    = from > a->earliest || from > shown ? (from < shown ? from : shown) : a->earliest < shown ? a->earliest : shown;
    return asking_answer(a);
}

Err falling_count(const Asking *a, int64_t *clients, Wide *stake)
{
    Asking back = *a;
    TRY(look_back(&back));
    *clients = 0;
    *stake   = 0;
    for (ptrdiff_t c = 0; c < back.a.summary.clients; c++) {
        Falling f;
        if (c % 4096 == 0) TRY(work_pulse(a->r->w));
        if (!client_falling(&back.report, FALLING_USUAL, c, &f, a->r->w->scratch) || f.stake <= 0) continue;
        ++*clients;
        *stake += f.stake;
    }
    return OK;
}

static void take_names(Asking *a, const uint32_t *place, ptrdiff_t n, Str *name, Err *err)
{
    int64_t ids[ASKING_LIMIT];
    for (ptrdiff_t i = 0; i < n; i++) ids[i] = a->a.client_id[place[i]];
    *err = asking_names(a, "client", ids, n, name);
}

/* The clients with the largest stakes, at most a page of them: places and how many there are in all. */
typedef struct {
    uint32_t place[ASKING_LIMIT];
    Str      name[ASKING_LIMIT];
    ptrdiff_t n, all;
    Wide      sum;
} Worst;

static Err worst_of(Asking *a, const Money *stake, Worst *out)
{
    ptrdiff_t clients = a->a.summary.clients;
    uint32_t *order   = NEW_RAW(a->r->w->mem, uint32_t, clients);
    Err       err;
    order_largest(stake, clients, order, a->r->w->scratch);
    for (ptrdiff_t i = 0; i < clients && stake[order[i]] > 0; i++) {
        out->sum += stake[order[i]];
        if (out->all++ < ASKING_LIMIT) out->place[out->n++] = order[i];
    }
    take_names(a, out->place, out->n, out->name, &err);
    return err;
}

static Err put_falling(Asking *a, Tables *t, const Worst *worst)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "was", CELL_MEASURE }, { "now", CELL_MEASURE }, { "stake", CELL_MEASURE },
                                      { "change", CELL_SHARE }, { "last", CELL_DAY } };
    table_begin(t, "falling", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < worst->n; i++) {
        Falling f;
        client_falling(&a->report, FALLING_USUAL, worst->place[i], &f, a->r->w->scratch);
        table_row(t, (Datum[]){ d_named(a->a.client_id[worst->place[i]], worst->name[i]), d_wide(f.was), d_wide(f.now), d_wide(f.stake), d_share(f.change, RATIO_ONE),
                                d_day(a->a.summary.last[worst->place[i]]) });
    }
    table_end(t);
    return OK;
}

static void put_late(Asking *a, Tables *t, const Worst *worst)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "last", CELL_DAY }, { "rhythm", CELL_DAYS }, { "due", CELL_DAY }, { "days_late", CELL_DAYS },
                                      { "amount", CELL_MEASURE }, { "class", CELL_CLASS }, { "status", CELL_CLASS } };
    const Summary *s = &a->a.summary;
    table_begin(t, "late", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < worst->n; i++) {
        uint32_t at     = worst->place[i];
        Late     late   = client_late(&a->report, at);
        Rhythm   rhythm = rhythm_of(s->days[at], s->first[at], s->last[at]);
        char     abc    = a->report.abc_of[at];
        table_row(t, (Datum[]){ d_named(a->a.client_id[at], worst->name[i]), d_day(s->last[at]), d_count(round_div(rhythm.num, rhythm.den)), d_day(late.due),
                                d_count(late.days_late), d_wide(s->money[at]), abc ? d_text(str_fmt(a->r->w->mem, "%c", abc)) : d_none(),
                                d_c(status_names[a->report.status_of[at]]) });
    }
    table_end(t);
}

Err answer_falling(Request *r)
{
    Asking a;
    Tables t;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(look_back(&a));
    const Summary *s     = &a.a.summary;
    Money         *stake = NEW_N(r->w->mem, Money, s->clients), *overdue = NEW_N(r->w->mem, Money, s->clients);
    for (ptrdiff_t c = 0; c < s->clients; c++) {
        Falling f;
        if (c % 4096 == 0) TRY(work_pulse(r->w));
        if (client_falling(&a.report, FALLING_USUAL, c, &f, r->w->scratch)) stake[c] = f.stake;
        uint8_t status = a.report.status_of[c];
        if ((status == STATUS_SLIPPING || status == STATUS_AT_RISK) && s->days[c] >= 2) overdue[c] = s->money[c] > 0 ? s->money[c] : 1;
    }
    Worst *fall = NEW(r->w->mem, Worst), *late = NEW(r->w->mem, Worst);
    TRY(worst_of(&a, stake, fall));
    TRY(worst_of(&a, overdue, late));
    asking_open(&a, asking_say(&a, "falling.sentence", arg_count("n", fall->all), arg_text("money", asking_money(&a, fall->sum)), arg_count("late", late->all)), "falling.how", &t);
    TRY(put_falling(&a, &t, fall));
    put_late(&a, &t, late);
    return asking_close(&a, &t);
}
