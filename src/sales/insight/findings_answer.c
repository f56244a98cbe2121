/* What the base says: the findings worth most money, in words, each with its door and its verb. */
#include "analysis/changes.h"
#include "analysis/order.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

enum { FINDINGS_MAX = 16, FINDINGS_SHOWN = 9 };

typedef struct {
    Str         text;
    Money       worth;  /* what is at stake or to be won in a year, for the order */
    const char *to, *verb;
} Finding;

typedef struct {
    Finding at[FINDINGS_MAX];
    int     n;
} Findings;

static void found(Findings *f, Str text, Wide worth, const char *to, const char *verb)
{
    if (worth > 0 && f->n < FINDINGS_MAX) f->at[f->n++] = (Finding){ text, worth > MONEY_MAX ? MONEY_MAX : (Money)worth, to, verb };
}

static const char *fall_door(Asking *a, Month month)
{
    Buf b = buf_new(a->r->w->mem, 64);
    buf_c(&b, "/analysis/dynamics?cell=fall-");
    buf_month(&b, month);
    return str_c(a->r->w->mem, buf_str(&b));
}

/* The very months of which the finding speaks. */
static const char *year_door(Asking *a, const Changes *c)
{
    Month      last = c->whole.first + c->whole.count - 1;
    const struct { const char *name; Day day; } ends[] = {
        { "?from=", month_first(last - 11) },        { "&to=", month_last(last) },
        { "&before_from=", month_first(last - 23) }, { "&before_to=", month_last(last - 12) },
    };
    Buf b = buf_new(a->r->w->mem, 128);
    buf_c(&b, "/analysis/why");
    for (int i = 0; i < (int)COUNT(ends); i++) {
        buf_c(&b, ends[i].name);
        buf_day(&b, ends[i].day);
    }
    return str_c(a->r->w->mem, buf_str(&b));
}

static void look_at_changes(Asking *a, Findings *f, const Changes *c)
{
    if (c->late_clients[0] + c->late_clients[1])
        found(f, asking_say(a, "says.late", arg_count("n", c->late_clients[0] + c->late_clients[1]), arg_text("money", asking_money(a, c->late_money[0] + c->late_money[1]))),
              c->late_money[0] + c->late_money[1], "/analysis/status?cell=late", "verb.call_them");
    if (c->once_clients)
        found(f, asking_say(a, "says.once", arg_count("n", c->once_clients), arg_text("money", asking_money(a, c->once_money))), c->once_money, "/analysis/status?cell=once", "verb.offer_again");
    if (c->falls) {
        const MarkedFall *last  = &c->fall[c->falls - 1];
        Buf               month = buf_new(a->r->w->mem, 32);
        month_put(&month, a->voice, last->month);
        found(f, asking_say(a, "says.fall", arg_text("month", buf_str(&month)), arg_text("money", asking_money(a, last->fall.missing))), last->fall.missing, fall_door(a, last->month), "verb.see_who");
    }
    if (c->compares && c->year < c->year_before)
        found(f, asking_say(a, "says.year_down", arg_text("money", asking_money(a, c->year_before - c->year))), c->year_before - c->year, year_door(a, c), "verb.see_why");
    if (c->compares && c->year > c->year_before)
        found(f, asking_say(a, "says.year_up", arg_text("money", asking_money(a, c->year - c->year_before))), c->year - c->year_before, year_door(a, c), "verb.see_why");
}

static Err look_at_falling(Asking *a, Findings *f)
{
    int64_t clients;
    Wide    stake;
    TRY(falling_count(a, &clients, &stake));
    found(f, asking_say(a, "says.falling", arg_count("n", clients), arg_text("money", asking_money(a, stake))), stake * 12, "/analysis/falling", "verb.call_them");
    return OK;
}

static Err look_at_shape(Asking *a, Findings *f)
{
    const Report        *rep = &a->report;
    const Concentration *c   = &rep->concentration;
    Str                  name;
    if (a->whole && c->largest >= 0 && (Wide)c->top1 * 100 >= c->positive * 10) {
        TRY(asking_names(a, "client", &a->a.client_id[c->largest], 1, &name));
        found(f, asking_say(a, "says.one", arg_text("client", name), arg_text("share", asking_share(a, c->top1, c->positive))), c->top1, "/analysis/concentration", "verb.see_without");
    }
    if (rep->cell[0][2].clients)
        found(f, asking_say(a, "says.reserve", arg_count("n", rep->cell[0][2].clients), arg_text("money", asking_money(a, rep->cell[0][2].reserve))), rep->cell[0][2].reserve * 12,
              "/analysis/matrix?cell=AZ", "verb.plan_with_them");
    if (rep->status[STATUS_LOST].revenue > 0)
        found(f, asking_say(a, "says.lost", arg_count("n", rep->status[STATUS_LOST].clients), arg_text("money", asking_money(a, rep->status[STATUS_LOST].revenue))),
              rep->status[STATUS_LOST].revenue, "/analysis/status?cell=lost", "verb.win_back");
    Wide tail = rep->abc[2].amount > 0 ? rep->abc[2].amount : 0;
    if (rep->abc_deviations & ABC_C_LONG)
        found(f, asking_say(a, "says.tail", arg_count("n", rep->abc[2].items), arg_text("share", asking_share(a, tail, rep->positive))), tail, "/analysis/abc?cell=C", "verb.free_time");
    if (rep->abc_deviations & ABC_A_WIDE)
        found(f, asking_say(a, "says.all_alike", arg_count("n", rep->abc[0].items)), rep->abc[0].amount, "/analysis/abc", "verb.set_priorities");
    return OK;
}

/* Clients that bring a loss, where costs are known and may be seen. */
static void look_at_losses(Asking *a, Findings *f)
{
    if (!a->reach.cost) return;
    FactsAnswer margin = asking_again(a, a->q.from, a->q.to, MEASURE_MARGIN);
    Wide        loss   = 0;
    int64_t     n      = 0;
    for (ptrdiff_t c = 0; c < margin.summary.clients; c++) {
        if (margin.summary.money[c] >= 0) continue;
        loss -= margin.summary.money[c];
        n++;
    }
    if (n) found(f, asking_say(a, "says.loss", arg_count("n", n), arg_text("money", asking_money(a, loss))), loss, "/analysis/misleads?cell=loss", "verb.review_prices");
}

static void put_findings(Asking *a, Tables *t, Findings *f)
{
    static const Column columns[] = { { "text", CELL_TEXT }, { "amount", CELL_MONEY }, { "to", CELL_TEXT }, { "verb", CELL_TEXT } };
    Money    worth[FINDINGS_MAX];
    uint32_t order[FINDINGS_MAX];
    for (int i = 0; i < f->n; i++) worth[i] = f->at[i].worth;
    order_largest(worth, f->n, order, a->r->w->scratch);
    table_begin(t, "items", columns, COUNT(columns));
    for (int i = 0; i < f->n && i < FINDINGS_SHOWN; i++) {
        const Finding *item = &f->at[order[i]];
        table_row(t, (Datum[]){ d_text(item->text), d_wide(item->worth), d_c(item->to), d_text(asking_say(a, item->verb)) });
    }
    table_end(t);
}

Err answer_findings(Request *r)
{
    Asking   a;
    Tables   t;
    Findings f = { 0 };
    Changes  changes;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    a.q.measure  = MEASURE_REVENUE;
    TRY(asking_answer(&a));
    changes_find(&a.report, FALLING_USUAL, r->w->scratch, &changes);
    look_at_changes(&a, &f, &changes);
    TRY(look_at_falling(&a, &f));
    TRY(look_at_shape(&a, &f));
    look_at_losses(&a, &f);
    asking_open(&a, f.n ? asking_say(&a, "findings.sentence", arg_text("money", asking_money(&a, a.a.revenue)), arg_count("n", a.report.clients)) : asking_say(&a, "analysis.nothing"), "findings.how", &t);
    put_findings(&a, &t, &f);
    return asking_close(&a, &t);
}
