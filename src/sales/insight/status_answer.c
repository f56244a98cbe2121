/* Status by purchase rhythm, with the dated log of who moved; and today's working base by every class. */
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"
#include "sales/insight/asking_sql.h"

static void put_statuses(Asking *a, Tables *t)
{
    static const Column columns[] = { { "status", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MEASURE }, { "amount_share", CELL_SHARE } };
    table_begin(t, "statuses", columns, COUNT(columns));
    for (int s = 0; s < STATUSES; s++)
        table_row(t, (Datum[]){ d_c(status_names[s]), d_count(a->report.status[s].clients), d_wide(a->report.status[s].revenue),
                                d_share(a->report.status[s].revenue, a->report.positive) });
    table_end(t);
}

static Err put_log(Asking *a, Tables *t)
{
    static const Column columns[] = { { "day", CELL_DAY }, { "from", CELL_CLASS }, { "to", CELL_CLASS }, { "clients", CELL_COUNT } };
    Work       *w      = a->r->w;
    ScopeValues values = { 0 };
    Str         sql    = scope_expand(w->mem, SQL_INSIGHT_STATUS_LOG, w->who, 3, &values);
    Val         vals[10] = { val_day(a->q.from), val_day(a->q.as_of > a->q.to ? a->q.as_of : a->q.to) }; /* moves go on after the last sale */
    Rows        rows;
    for (int i = 0; i < values.count; i++) vals[2 + i] = val_int(values.value[i]);
    TRY(db_query(w->db, sql, vals, 2 + values.count, &rows));
    table_begin(t, "log", columns, COUNT(columns));
    while (rows_next(&rows))
        table_row(t, (Datum[]){ d_day(row_day(&rows, 0)), row_null(&rows, 1) ? d_none() : d_text(row_text(&rows, 1)), d_text(str_copy(w->mem, row_text(&rows, 2))), d_count(row_int(&rows, 3)) });
    table_end(t);
    return rows_end(&rows);
}

/* Those two findings speak of: a single purchase day and no longer new; at risk and not of class C. */
static bool bought_once(const Asking *a, uint32_t c)
{
    return a->a.summary.in_period[c] && a->a.summary.days[c] == 1 && a->report.status_of[c] != STATUS_NEW;
}

static bool late_and_large(const Asking *a, uint32_t c)
{
    return a->a.summary.in_period[c] && a->report.status_of[c] == STATUS_AT_RISK && (a->report.abc_of[c] == 'A' || a->report.abc_of[c] == 'B');
}

static const struct {
    const char *cell;
    IsMember    is;
} beside_statuses[] = { { "once", bought_once }, { "late", late_and_large } };

/* A cell is a status or one of the two. */
static bool is_member(const Asking *a, uint32_t place)
{
    for (int i = 0; i < (int)COUNT(beside_statuses); i++)
        if (str_eq(a->cell, str_of(beside_statuses[i].cell))) return beside_statuses[i].is(a, place);
    return !a->cell.n || str_eq(a->cell, str_of(status_names[a->report.status_of[place]]));
}

static Err put_items(Asking *a, Tables *t)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "amount", CELL_MEASURE }, { "last", CELL_DAY }, { "rhythm", CELL_DAYS }, { "status", CELL_CLASS } };
    const Summary *s = &a->a.summary;
    Members        m;
    TRY(members_find(a, is_member, &m));
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++) {
        uint32_t at     = m.at[i];
        Rhythm   rhythm = s->days[at] >= 2 ? rhythm_of(s->days[at], s->first[at], s->last[at]) : a->report.rhythm;
        table_row(t, (Datum[]){ d_named(a->a.client_id[at], m.name[i]), d_wide(s->money[at]), d_day(s->last[at]),
                                s->days[at] ? d_count(round_div(rhythm.num, rhythm.den)) : d_none(), d_c(status_names[a->report.status_of[at]]) });
    }
    table_end(t);
    members_total(t, &m);
    return OK;
}

Err answer_status(Request *r)
{
    Asking a;
    Tables t;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(asking_answer(&a));
    const Group *g = a.report.status;
    asking_open(&a, asking_say(&a, "status.sentence", arg_count("n", g[STATUS_AT_RISK].clients + g[STATUS_SLIPPING].clients),
                               arg_text("money", asking_money(&a, g[STATUS_AT_RISK].revenue + g[STATUS_SLIPPING].revenue)), arg_count("lost", g[STATUS_LOST].clients),
                               arg_count("days", round_div(a.report.rhythm.num, a.report.rhythm.den))),
                "status.how", &t);
    put_statuses(&a, &t);
    TRY(put_log(&a, &t));
    TRY(put_items(&a, &t));
    return asking_close(&a, &t);
}

/* ---- the working base, any day ---- */

Err answer_working_base(Request *r)
{
    static const Column columns[] = { { "kind", CELL_CLASS }, { "value", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MEASURE } };
    Asking a;
    Tables t;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(asking_answer(&a));
    const Report *rep     = &a.report;
    int64_t       working = 0;
    for (int s = 0; s < STATUSES; s++) working += s == STATUS_LOST || s == STATUS_POTENTIAL ? 0 : rep->status[s].clients;
    asking_open(&a, asking_say(&a, "working.sentence", arg_count("n", working), arg_count("all", a.a.summary.clients)), "working.how", &t);
    table_begin(&t, "categories", columns, COUNT(columns));
    for (int c = 0; c < 3; c++) table_row(&t, (Datum[]){ d_c("abc"), d_text((Str){ &"ABC"[c], 1 }), d_count(rep->abc[c].items), d_wide(rep->abc[c].amount) });
    for (int c = 0; c < 3; c++) table_row(&t, (Datum[]){ d_c("xyz"), d_text((Str){ &"XYZ"[c], 1 }), d_count(rep->xyz[c].clients), d_wide(rep->xyz[c].revenue) });
    for (int s = 0; s < STATUSES; s++) table_row(&t, (Datum[]){ d_c("status"), d_c(status_names[s]), d_count(rep->status[s].clients), d_wide(rep->status[s].revenue) });
    table_end(&t);
    return asking_close(&a, &t);
}
