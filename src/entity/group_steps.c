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

/* ---- which there are ---- */

enum { DAYS_READ = 20000 };
#define DAY_MS (INT64_C(24) * 3600 * 1000)

static bool of_moments(const GroupName *name) { return name->column->field.type == TYPE_moment; }

/* The steps of the days from one to another, from the newest back, behind those that are there. */
static void steps_take(GroupSteps *steps, GroupStep step, Day first, Day last, int most)
{
    for (Day at = group_step_first(step, last); at >= group_step_first(step, first);
         at = group_step_first(step, at - 1)) {
        if (steps->n && steps->first[steps->n - 1] <= at) continue;
        steps->cut = steps->n == most;
        if (steps->cut) return;
        steps->first[steps->n++] = at;
    }
}

/* The days on which there is something, from the newest back; of moments whole days of UTC, each of which may touch
 * three of the firm's where the division leaves the sign aside. */
static Err days_query(Grouping *g, const GroupName *name, Rows *rows)
{
    Buf sql = buf_new(g->mem, 1000);
    group_begin(g, &sql);
    buf_c(&sql, "distinct ");
    path_key_write(g->paths, name->column, &sql);
    if (of_moments(name)) buf_fmt(&sql, " / %lld", (long long)DAY_MS);
    TRY(group_from_write(g, &sql));
    buf_fmt(&sql, " order by 1 desc limit %d", DAYS_READ);
    return db_query(g->w->db, buf_str(&sql), g->binds.at, g->binds.n, rows);
}

static Err steps_read(Grouping *g, GroupName *name, GroupStep step, int most)
{
    GroupSteps *steps = &name->steps;
    const Zone *zone = g->w->zone;
    ptrdiff_t   n = 0;
    Rows        rows;
    *steps = (GroupSteps){ .first = NEW_RAW(g->mem, Day, most) };
    TRY(days_query(g, name, &rows));
    for (; rows_next(&rows); n++) {
        if (row_null(&rows, 0) || steps->cut) continue;
        int64_t at = row_int(&rows, 0);
        if (!of_moments(name)) steps_take(steps, step, (Day)at, (Day)at, most);
        else
            steps_take(steps, step, zone_day(zone, at * DAY_MS - (at <= 0 ? DAY_MS - 1 : 0)),
                       zone_day(zone, at * DAY_MS + DAY_MS - 1), most);
    }
    steps->cut |= n == DAYS_READ;
    for (int i = 0, k = steps->n - 1; i < k; i++, k--) {
        Day first = steps->first[i];
        steps->first[i] = steps->first[k];
        steps->first[k] = first;
    }
    return rows_end(&rows);
}

/* What a statement may hold is shared among the names. */
Err group_steps_find(Grouping *g)
{
    int stepped = 0;
    for (int i = 0; i < g->out->bys; i++) stepped += g->out->by[i].step != GROUP_BY_VALUE;
    for (int i = 0; i < g->out->bys; i++)
        if (g->out->by[i].step != GROUP_BY_VALUE)
            TRY(steps_read(g, &g->name[i], g->out->by[i].step, GROUP_STEPS / stepped));
    return OK;
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
