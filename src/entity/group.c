/* Groups of a list: one statement counts and sums, and days become steps of the calendar here, alike on both
 * databases. */
#include "entity/group.h"

#include "access/viewing.h"
#include "entity/ids.h"
#include "entity/rows.h"
#include "entity/totals.h"

#include <string.h>

enum { DAYS_MOST = GROUPS_MOST * 366 + 2 }; /* of as many years, of one more, and of whoever has none */

typedef struct {
    Work         *w;
    const Entity *e;
    const Ask    *ask;
    Totals        totals;
    GroupRows    *out;
} Grouping;

/* ---- by what ---- */

static bool step_named(Str name, GroupStep *out)
{
    static const char *const names[] = { "", "month", "quarter", "year" };
    for (int i = GROUP_BY_MONTH; i <= GROUP_BY_YEAR; i++) {
        if (!str_eq(name, str_of(names[i]))) continue;
        *out = (GroupStep)i;
        return true;
    }
    return false;
}

static Err by_read(Grouping *g, Str by)
{
    Str          step = by, name = str_cut(&step, ':');
    const Field *f = field_named(g->w, g->e, name);
    const char  *verb = g->ask->verb ? g->ask->verb : "view";
    bool         day = f && f->type == TYPE_day;
    bool         good = day ? step_named(step, &g->out->step)
                            : f && !step.n && (f->type == TYPE_choice || f->type == TYPE_bool || f->type == TYPE_ref);
    if (!good || f->inner || access_hides(g->w->who, g->e->name, verb, f->mask))
        return fail(g->w, INVALID, "by", "list.no_such_group", arg_text("name", by));
    g->out->by = f;
    return OK;
}

/* ---- steps ---- */

static Day step_first(GroupStep step, Day day)
{
    Civil c = civil_of(day);
    int   m = step == GROUP_BY_MONTH ? c.month : step == GROUP_BY_QUARTER ? (c.month - 1) / 3 * 3 + 1 : 1;
    return day_of((Civil){ .year = c.year, .month = m, .day = 1 });
}

static Day step_last(GroupStep step, Day first)
{
    static const int months[] = { 0, 1, 3, 12 };
    return month_last(month_of(first) + months[step] - 1);
}

/* ---- rows ---- */

static void row_add(Grouping *g, GroupRow row)
{
    GroupRows *out = g->out;
    out->more = out->n == GROUPS_MOST;
    if (!out->more) out->at[out->n++] = row;
}

/* Days come in their order, so those of a step are beside each other. */
static void row_take(Grouping *g, const Rows *rows)
{
    GroupRows *out = g->out;
    GroupRow   row = { .value = value_row(g->w->mem, out->by, rows, 0), .count = row_int(rows, 1) };
    GroupRow  *last = out->n ? &out->at[out->n - 1] : NULL;
    row.sums = totals_row(g->w->mem, &g->totals, rows, 2);
    if (out->step != GROUP_BY_VALUE && !row.value.empty) {
        row.value.n = step_first(out->step, (Day)row.value.n);
        row.last = step_last(out->step, (Day)row.value.n);
    }
    if (out->more) return;
    if (out->step == GROUP_BY_VALUE || !last || last->value.empty || row.value.empty || last->value.n != row.value.n) {
        row_add(g, row);
        return;
    }
    last->count += row.count;
    for (int i = 0; i < g->totals.n; i++) last->sums[i] += row.sums[i];
}

static void turn(GroupRow *at, int n)
{
    for (int i = 0; i < n / 2; i++) {
        GroupRow row = at[i];
        at[i] = at[n - 1 - i];
        at[n - 1 - i] = row;
    }
}

/* As they were read, whoever has no value stands first and then the newest: so neither is what is left out. */
static void rows_turn(GroupRows *out)
{
    bool empty = out->n && out->at[0].value.empty;
    turn(out->at, out->n);
    if (out->step == GROUP_BY_VALUE) turn(out->at, out->n - empty);
}

static Err rows_read(Grouping *g)
{
    Arena       scratch = g->w->scratch;
    Binds       binds = { 0 };
    Buf         sql = buf_new(&scratch, 1000);
    bool        days = g->out->step != GROUP_BY_VALUE;
    const char *by = g->out->by->name;
    Rows        rows;
    buf_fmt(&sql, "select t.%s, count(*)", by);
    totals_write(g->w, &scratch, g->e, &g->totals, &sql, &binds);
    buf_c(&sql, " where ");
    TRY(list_where(g->w, &scratch, g->e, g->ask, "t", &sql, &binds));
    buf_fmt(&sql, " group by t.%s order by (t.%s is null) desc, %st.%s%s limit $%d", by, by,
            days ? "" : "count(*) desc, ", by, days ? " desc" : "",
            bind_val(&scratch, &binds, val_int(days ? DAYS_MOST : GROUPS_MOST + 1)));
    TRY(db_query(g->w->db, buf_str(&sql), binds.at, binds.n, &rows));
    while (rows_next(&rows)) row_take(g, &rows);
    rows_turn(g->out);
    return rows_end(&rows);
}

/* Names of those that the reader may see, which counts as looking at them. */
static Err titles_find(Grouping *g)
{
    Arena         scratch = g->w->scratch;
    Binds         binds = { 0 };
    GroupRows    *out = g->out;
    const Entity *to = out->by->type == TYPE_ref ? entity_named(str_of(out->by->to)) : NULL;
    Ids           place = ids_new(&scratch, out->n);
    Rows          rows;
    ptrdiff_t     n;
    for (int i = 0; to && i < out->n; i++)
        if (!out->at[i].value.empty) ids_put(&place, out->at[i].value.n, i);
    int64_t *ids = ids_all(&scratch, &place, &n), *shown = NEW_RAW(&scratch, int64_t, n);
    if (!n) return OK;
    Str sql = titles_sql(g->w, &scratch, to, ids, n, &binds);
    TRY(db_query(g->w->db, sql, binds.at, binds.n, &rows));
    for (n = 0; rows_next(&rows); n++) {
        shown[n] = row_int(&rows, 0);
        out->at[ids_at(&place, shown[n])].title = str_copy(g->w->mem, row_text(&rows, 1));
    }
    TRY(rows_end(&rows));
    return to->known || !entity_owned(to) ? OK : viewing_count(g->w, to->name, VIEWED_BESIDE, shown, n);
}

static Err group_find(Grouping *g, Str by)
{
    const char *verb = g->ask->verb ? g->ask->verb : "view";
    *g->out = (GroupRows){ .at = NEW_N(g->w->mem, GroupRow, GROUPS_MOST) };
    TRY(access_need(g->w, g->e->name, verb));
    TRY(by_read(g, by));
    TRY(totals_asked(g->w, g->e, verb, g->ask->figures, &g->totals));
    TRY(rows_read(g));
    return titles_find(g);
}

Err group_rows(Work *w, const Entity *e, const Ask *ask, Str by, GroupRows *out)
{
    return group_find(&(Grouping){ .w = w, .e = e, .ask = ask, .out = out }, by);
}

/* ---- as JSON ---- */

static void leaf_json(JsonOut *to, const Field *f, const char *op, const Value *v)
{
    js_object(to);
    js_key(to, "field");
    js_c(to, f->name);
    js_key(to, "op");
    js_c(to, op);
    if (v) js_key(to, "value");
    if (v) value_json(to, f, *v);
    js_end(to);
}

static void filter_json(JsonOut *to, const GroupRows *g, const GroupRow *row)
{
    Value last = value_int(row->last);
    js_key(to, "filter");
    if (row->value.empty) leaf_json(to, g->by, "empty", NULL);
    else if (g->step == GROUP_BY_VALUE) leaf_json(to, g->by, "is", &row->value);
    else {
        js_object(to);
        js_key(to, "all");
        js_array(to);
        leaf_json(to, g->by, "from", &row->value);
        leaf_json(to, g->by, "to", &last);
        js_end(to);
        js_end(to);
    }
}

static void row_json(JsonOut *to, const GroupRows *g, const Totals *totals, const GroupRow *row)
{
    js_object(to);
    js_key(to, "value");
    value_json(to, g->by, row->value);
    if (row->title.n) js_key(to, "title"), js_str(to, row->title);
    js_key(to, "count");
    js_i64(to, row->count);
    totals_json(to, totals, row->sums);
    filter_json(to, g, row);
    js_end(to);
}

Err group_json(Work *w, JsonOut *to, const Entity *e, const Ask *ask, Str by)
{
    GroupRows out;
    Grouping  g = { .w = w, .e = e, .ask = ask, .out = &out };
    TRY(group_find(&g, by));
    js_items(to);
    for (int i = 0; i < out.n; i++) row_json(to, &out, &g.totals, &out.at[i]);
    js_end(to);
    js_key(to, "more");
    js_bool(to, out.more);
    js_end(to);
    return OK;
}
