/* Status by purchase rhythm, with the dated log of who moved; and today's working base by every class. */
#include "sales/insight/answers.h"
#include "analysis/falling.h"
#include "sales/insight/asking_sql.h"
#include "sales/insight/everybody.h"

#include <string.h>

/* How many stand in a status: potential are also those without any sale. */
static int64_t clients_in(const Asking *a, int status)
{
    return a->report.status[status].clients + (status == STATUS_POTENTIAL ? a->others : 0);
}

static void put_statuses(Asking *a, Tables *t)
{
    static const Column columns[] = {
        { "status", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MEASURE }, { "amount_share", CELL_SHARE }
    };
    table_begin(t, "statuses", columns, COUNT(columns));
    for (int s = 0; s < STATUSES; s++)
        table_row(t, (Datum[]){ d_c(status_names[s]), d_count(clients_in(a, s)), d_wide(a->report.status[s].revenue),
                                d_share(a->report.status[s].revenue, a->report.positive) });
    table_end(t);
}

/* ---- the log ---- */

static Err put_log(Asking *a, Tables *t, int64_t *rows_in_all)
{
    static const Column columns[] = {
        { "day", CELL_DAY }, { "from", CELL_CLASS }, { "to", CELL_CLASS }, { "clients", CELL_COUNT }
    };
    Work       *w      = a->r->w;
    Val         vals[3 + ASKING_SCOPE] = { val_day(a->q.from), val_day(a->q.as_of > a->q.to ? a->q.as_of : a->q.to),
                                           val_text(a->class_.n ? a->class_ : S("")) };
    AskedPage        page     = asking_page(a, "log");
    Rows        rows;
    int         n;
    Str         sql = asking_scope(a, SQL_INSIGHT_STATUS_LOG, 4, vals, &n);
    TRY(db_query(w->db, sql, vals, n, &rows));
    table_begin(t, "log", columns, COUNT(columns));
    for (*rows_in_all = 0; rows_next(&rows); ++*rows_in_all) {
        if (*rows_in_all < page.skip || *rows_in_all >= page.skip + page.limit) continue;
        table_row(t, (Datum[]){ d_day(row_day(&rows, 0)),
                                row_null(&rows, 1) ? d_none() : d_text(str_copy(w->mem, row_text(&rows, 1))),
                                d_text(str_copy(w->mem, row_text(&rows, 2))), d_count(row_int(&rows, 3)) });
    }
    table_end(t);
    return rows_end(&rows);
}

/* A row of the log as a cell: moved-2026-03-05-active>slipping, moved-2026-03-05->new. */
typedef struct {
    Day day;
    Str from, to;
} Move;

static bool is_status(Str name)
{
    for (int s = 0; s < STATUSES; s++)
        if (str_eq(name, str_of(status_names[s]))) return true;
    return false;
}

static bool move_of(Str cell, Move *out)
{
    if (!str_starts(cell, S("moved-")) || cell.n < 17 || cell.s[16] != '-' ||
        !day_read((Str){ cell.s + 6, 10 }, &out->day))
        return false;
    out->to   = str_from(cell, 17);
    out->from = str_cut(&out->to, '>');
    return is_status(out->to) && (!out->from.n || is_status(out->from));
}

/* Who moved then, whatever has become of his sales: places of the summary, UINT32_MAX for one who has none in it. */
typedef struct {
    int64_t  *id;
    Money    *amount;
    uint32_t *place;
    ptrdiff_t n;
} Moved;

static Err find_moved(Asking *a, const Move *move, Moved *out)
{
    Work       *w      = a->r->w;
    Val         vals[4 + ASKING_SCOPE] = { val_day(move->day), val_text(move->from), val_text(move->to),
                                           val_text(a->class_.n ? a->class_ : S("")) };
    Buf         ids      = buf_new(w->mem, 4096);
    Rows        rows;
    int         bound;
    Str         sql = asking_scope(a, SQL_INSIGHT_STATUS_MOVED, 5, vals, &bound);
    TRY(db_query(w->db, sql, vals, bound, &rows));
    while (rows_next(&rows)) {
        int64_t id = row_int(&rows, 0);
        buf_put(&ids, (Str){ (const char *)&id, sizeof id });
    }
    TRY(rows_end(&rows));
    ptrdiff_t n = ids.len / (ptrdiff_t)sizeof(int64_t);
    *out = (Moved){ NEW_RAW(w->mem, int64_t, n), NEW_RAW(w->mem, Money, n), NEW_RAW(w->mem, uint32_t, n), n };
    if (n) memcpy(out->id, ids.data, (size_t)ids.len);
    for (ptrdiff_t i = 0; i < n; i++) {
        out->place[i]  = asking_place(a, out->id[i]);
        out->amount[i] = out->place[i] == UINT32_MAX ? 0 : a->a.summary.money[out->place[i]];
    }
    return OK;
}

/* ---- who they are ---- */

/* Those two findings speak of: a single purchase day and no longer new; at risk and not of class C. */
static bool bought_once(const Asking *a, uint32_t c)
{
    return a->a.summary.in_period[c] && a->a.summary.days[c] == 1 && a->report.status_of[c] != STATUS_NEW;
}

static bool late_and_large(const Asking *a, uint32_t c)
{
    return a->a.summary.in_period[c] && a->report.status_of[c] == STATUS_AT_RISK &&
           (a->report.abc_of[c] == 'A' || a->report.abc_of[c] == 'B');
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

static bool knows(Str cell)
{
    Move move;
    for (int i = 0; i < (int)COUNT(beside_statuses); i++)
        if (str_eq(cell, str_of(beside_statuses[i].cell))) return true;
    return is_status(cell) || move_of(cell, &move);
}

static void put_member(const Asking *a, Tables *t, int64_t id, Str name, uint32_t at)
{
    const Summary *s = &a->a.summary;
    if (at == UINT32_MAX) {
        table_row(t,
                  (Datum[]){ d_named(id, name), d_wide(0), d_none(), d_none(), d_c(status_names[STATUS_POTENTIAL]) });
        return;
    }
    Rhythm rhythm = s->days[at] >= 2 ? rhythm_of(s->days[at], s->first[at], s->last[at]) : a->report.rhythm;
    table_row(t, (Datum[]){ d_named(id, name), d_wide(s->money[at]), d_day(s->last[at]),
                            s->days[at] ? d_count(round_div(rhythm.num, rhythm.den)) : d_none(),
                            d_c(status_names[a->report.status_of[at]]) });
}

/* Those of a cell.  Who has no sale at all is potential and stands in that cell alone. */
static Err find_members(Asking *a, const Everybody *all, Members *out)
{
    bool *is = NEW_RAW(a->r->w->mem, bool, all->n), potential = str_eq(a->cell, str_of(status_names[STATUS_POTENTIAL]));
    for (ptrdiff_t i = 0; i < all->n; i++) is[i] = i < all->sold ? is_member(a, (uint32_t)i) : potential;
    return members_list(a, (Listing){ .list = "items", .id = all->id, .amount = all->amount, .is = is, .n = all->n },
                        out);
}

static Err put_items(Asking *a, Tables *t, const Everybody *all)
{
    static const Column columns[] = { { "client", CELL_CLIENT },
                                      { "amount", CELL_MEASURE },
                                      { "last", CELL_DAY },
                                      { "rhythm", CELL_DAYS },
                                      { "status", CELL_CLASS } };
    Members m;
    Moved   moved = { 0 };
    Move    move;
    bool    by_move = move_of(a->cell, &move);
    if (by_move) TRY(find_moved(a, &move, &moved));
    if (by_move)
        TRY(members_list(a, (Listing){ .list = "items", .id = moved.id, .amount = moved.amount, .n = moved.n }, &m));
    else TRY(find_members(a, all, &m));
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++) {
        uint32_t at = m.at[i];
        if (by_move) put_member(a, t, moved.id[at], m.name[i], moved.place[at]);
        else put_member(a, t, all->id[at], m.name[i], at < all->sold ? at : UINT32_MAX);
    }
    table_end(t);
    members_total(t, &m);
    return OK;
}

static Str status_sentence(Asking *a)
{
    const Group *g = a->report.status;
    int64_t late = 0;
    Wide    money = 0;
    for (int s = 0; s < STATUSES; s++) {
        late += is_late((Status)s) ? g[s].clients : 0;
        money += is_late((Status)s) ? g[s].revenue : 0;
    }
    bool behind = late || g[STATUS_SLIPPING].clients || g[STATUS_LOST].clients;
    return asking_say(a, behind ? "status.sentence" : "status.nobody", arg_count("n", late),
                      arg_text("money", asking_money(a, money)), arg_count("lost", g[STATUS_LOST].clients),
                      arg_count("days", round_div(a->report.rhythm.num, a->report.rhythm.den)));
}

Err answer_status(Request *r)
{
    static const char *const lists[] = { "items", "log", NULL };
    Asking    a;
    Tables    t;
    Everybody all;
    int64_t   log;
    TRY(asking_begin(r, &a));
    TRY(asking_lists(&a, lists));
    TRY(asking_cell(&a, knows(a.cell)));
    a.of_product = false;
    TRY(asking_answer(&a));
    TRY(everybody_find(&a, &all));
    asking_open(&a, status_sentence(&a), "status.how", &t);
    put_statuses(&a, &t);
    TRY(put_log(&a, &t, &log));
    TRY(put_items(&a, &t, &all));
    members_lists(&t, &(ListSize){ "log", log, NONE }, 1);
    return asking_close(&a, &t);
}

/* ---- the working base, any day ---- */

/* It is looked at any day: the month that has not ended counts. */
static void today_too(Asking *a)
{
    a->q.to   = a->latest;
    a->q.from = month_first(month_of(a->latest) - 11);
}

Err answer_working_base(Request *r)
{
    static const Column columns[] = {
        { "kind", CELL_CLASS }, { "value", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MEASURE }
    };
    Asking    a;
    Tables    t;
    Everybody all;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    if (!asked(r, "from") && !asked(r, "to")) today_too(&a);
    TRY(asking_answer(&a));
    TRY(everybody_find(&a, &all));
    const Report *rep     = &a.report;
    int64_t       working = 0;
    for (int s = 0; s < STATUSES; s++)
        working += s == STATUS_LOST || s == STATUS_POTENTIAL ? 0 : rep->status[s].clients;
    asking_open(&a, asking_say(&a, "working.sentence", arg_count("n", working), arg_count("all", all.n)), "working.how",
                &t);
    table_begin(&t, "categories", columns, COUNT(columns));
    for (int c = 0; c < 3; c++)
        table_row(&t, (Datum[]){ d_c("abc"), d_text((Str){ &"ABC"[c], 1 }), d_count(rep->abc[c].items),
                                 d_wide(rep->abc[c].amount) });
    for (int c = 0; c < 3; c++)
        table_row(&t, (Datum[]){ d_c("xyz"), d_text((Str){ &"XYZ"[c], 1 }), d_count(rep->xyz[c].clients),
                                 d_wide(rep->xyz[c].revenue) });
    for (int s = 0; s < STATUSES; s++)
        table_row(&t, (Datum[]){ d_c("status"), d_c(status_names[s]), d_count(clients_in(&a, s)),
                                 d_wide(rep->status[s].revenue) });
    table_end(&t);
    return asking_close(&a, &t);
}
