/* Steps of the calendar: days and moments fall into weeks, months and years alike on both databases, by bounds that are
 * reckoned here, in the firm's zone. */
#include "entity/group_inside.h"

static const char *const step_names[] = { "", "day", "week", "month", "quarter", "year" };

bool group_step_named(Str name, GroupStep *out)
{
    for (int i = GROUP_BY_DAY; i <= GROUP_BY_YEAR; i++) {
        if (!str_eq(name, str_of(step_names[i]))) continue;
        *out = (GroupStep)i;
        return true;
    }
    return false;
}

Day group_step_first(GroupStep step, Day day) { return day_step_first((DayStep)(step - GROUP_BY_DAY), day); }

Day group_step_last(GroupStep step, Day first)
{
    static const int months[] = { 0, 0, 0, 1, 3, 12 };
    if (step <= GROUP_BY_WEEK) return step == GROUP_BY_WEEK ? first + 6 : first;
    return month_last(month_of(first) + months[step] - 1);
}

/* From the newest back. */
static void steps_fill(Arena *mem, GroupStep step, Day first, Day last, GroupSteps *out)
{
    Day *back = NEW_RAW(mem, Day, GROUP_STEPS), at = group_step_first(step, last);
    int  n = 0;
    for (; n < GROUP_STEPS && at >= group_step_first(step, first); at = group_step_first(step, at - 1)) back[n++] = at;
    *out = (GroupSteps){ NEW_RAW(mem, Day, n), n, n == GROUP_STEPS && at >= group_step_first(step, first) };
    for (int i = 0; i < n; i++) out->first[i] = back[n - 1 - i];
}

static Day day_in(Grouping *g, const GroupName *name, int64_t v)
{
    return name->column->field.type == TYPE_moment ? zone_day(g->w->zone, v) : (Day)v;
}

static Err bounds_query(Grouping *g, Rows *rows)
{
    Buf sql = buf_new(g->mem, 1000);
    int told = 0;
    group_begin(g, &sql);
    for (int i = 0; i < g->out->bys; i++) {
        if (g->out->by[i].step == GROUP_BY_VALUE) continue;
        buf_c(&sql, told++ ? ", min(" : "min(");
        path_key_write(g->paths, g->name[i].column, &sql);
        buf_c(&sql, "), max(");
        path_key_write(g->paths, g->name[i].column, &sql);
        buf_c(&sql, ")");
    }
    TRY(group_from_write(g, &sql));
    return db_query(g->w->db, buf_str(&sql), g->binds.at, g->binds.n, rows);
}

Err group_steps_find(Grouping *g)
{
    bool any = false;
    int  column = 0;
    Rows rows;
    for (int i = 0; i < g->out->bys; i++) any |= g->out->by[i].step != GROUP_BY_VALUE;
    if (!any) return OK;
    TRY(bounds_query(g, &rows));
    if (!rows_next(&rows)) return rows_end(&rows);
    for (int i = 0; i < g->out->bys; i++) {
        GroupName *name = &g->name[i];
        if (g->out->by[i].step == GROUP_BY_VALUE) continue;
        if (!row_null(&rows, column))
            steps_fill(g->mem, g->out->by[i].step, day_in(g, name, row_int(&rows, column)),
                       day_in(g, name, row_int(&rows, column + 1)), &name->steps);
        column += 2;
    }
    return rows_end(&rows);
}

/* ---- in the statement ---- */

static int bound_at(Grouping *g, const GroupName *name, int step)
{
    Day day = name->steps.first[step];
    return bind_val(g->mem, &g->binds,
                    val_int(name->column->field.type == TYPE_moment ? zone_moment(g->w->zone, day, 0) : day));
}

/* Halves the steps from `low` to `high`. */
static void halves_write(Grouping *g, const GroupName *name, int low, int high, Buf *sql)
{
    int middle = (low + high + 1) / 2;
    if (low == high) {
        buf_fmt(sql, "%d", low);
        return;
    }
    buf_c(sql, "case when ");
    path_key_write(g->paths, name->column, sql);
    buf_fmt(sql, " < $%d then ", bound_at(g, name, middle));
    halves_write(g, name, low, middle - 1, sql);
    buf_c(sql, " else ");
    halves_write(g, name, middle, high, sql);
    buf_c(sql, " end");
}

void group_step_write(Grouping *g, const GroupName *name, Buf *sql)
{
    if (!name->steps.n) {
        buf_c(sql, "cast(null as int)");
        return;
    }
    buf_c(sql, "case when ");
    path_key_write(g->paths, name->column, sql);
    if (name->steps.cut) { /* what is older is told with none of them: a place before the first */
        buf_fmt(sql, " < $%d then -1 when ", bound_at(g, name, 0));
        path_key_write(g->paths, name->column, sql);
    }
    buf_c(sql, " is not null then ");
    halves_write(g, name, 0, name->steps.n - 1, sql);
    buf_c(sql, " end");
}
