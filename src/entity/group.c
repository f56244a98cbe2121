/* Groups of a list: one statement counts and sums. */
#include "entity/group_inside.h"

#include "access/viewing.h"
#include "entity/ids.h"
#include "entity/rows.h"

#include <stdlib.h>
#include <string.h>

static const char *verb_of(const Grouping *g) { return g->ask->verb ? g->ask->verb : "view"; }

static bool has_step(const Grouping *g, int i) { return g->out->by[i].step != GROUP_BY_VALUE; }

/* ---- by what ---- */

static Err by_refuse(Grouping *g, Str name)
{
    return fail(g->w, INVALID, "by", "list.no_such_group", arg_text("name", name));
}

static bool groups(const Field *f)
{
    enum { SHORT = 400 };
    if (f->type == TYPE_text) return f->max <= SHORT;
    return f->type == TYPE_choice || f->type == TYPE_bool || f->type == TYPE_int || field_points(f);
}

static bool stepped(const Field *f) { return f->type == TYPE_day || f->type == TYPE_moment; }

static Err by_read(Grouping *g, Str name)
{
    GroupBy   *by = &g->out->by[g->out->bys];
    GroupName *here = &g->name[g->out->bys];
    ptrdiff_t  colon = name.n;
    while (colon > 0 && name.s[colon - 1] != ':' && name.s[colon - 1] != '.') colon--;
    if (colon > 0 && name.s[colon - 1] == ':' && group_step_named(str_from(name, colon), &by->step))
        by->path = str_upto(name, colon - 1);
    else by->path = name;
    g->how.at = "by";
    TRY(path_column(g->paths, by->path, &here->column));
    by->path = here->column->path.name;
    by->field = here->column->field;
    if (has_step(g, g->out->bys) ? !stepped(&by->field) : !groups(&by->field)) return by_refuse(g, name);
    if (stepped(&by->field)) by->field.type = TYPE_day;
    g->out->bys++;
    return OK;
}

/* ---- sums ---- */

static Err sum_refuse(Grouping *g, Str name)
{
    return fail(g->w, INVALID, "sums", "list.no_such_sum", arg_text("name", name));
}

static bool counted_up(const Field *f) { return types[f->type].sums || f->type == TYPE_int; }

static bool numbered(const Field *f) { return counted_up(f) || f->type == TYPE_price || f->type == TYPE_ratio; }

static bool sum_takes(GroupHow how, const Field *f)
{
    switch (how) {
    case GROUP_SUM: return counted_up(f);
    case GROUP_MEAN: return numbered(f);
    case GROUP_LEAST:
    case GROUP_MOST: return numbered(f) || stepped(f);
    default: return f->type != TYPE_filter && f->type != TYPE_rhythm && f->type != TYPE_span;
    }
}

/* What the cell of a sum holds: a mean of whole numbers has thousandths. */
static Field sum_field(GroupHow how, const Field *f)
{
    Field out = how == GROUP_COUNT || how == GROUP_DISTINCT ? (Field){ .type = TYPE_int } : *f;
    if (how == GROUP_MEAN && f->type == TYPE_int) out.type = TYPE_qty;
    return out;
}

static Err sum_read(Grouping *g, const GroupSum *sum, int i)
{
    GroupPart *part = &g->part[i];
    g->how.at = "sums";
    if (!sum->path.n && sum->how != GROUP_COUNT) return sum_refuse(g, sum->path);
    if (sum->path.n) TRY(path_column(g->paths, sum->path, &part->column));
    if (part->column && !sum_takes(sum->how, &part->column->field)) return sum_refuse(g, sum->path);
    g->out->sum[i] = sum_field(sum->how, part->column ? &part->column->field : NULL);
    return OK;
}

static Err question_read(Grouping *g)
{
    const GroupQuestion *q = g->question;
    for (int i = 0; i < q->bys; i++) TRY(by_read(g, q->by[i]));
    for (int i = 0; i < q->sums; i++) TRY(sum_read(g, &q->sum[i], i));
    g->out->sums = q->sums;
    g->how.at = NULL;
    return totals_asked(g->w, g->e, verb_of(g), g->ask->figures, &g->totals);
}

/* ---- the statement ---- */

void group_begin(Grouping *g, Buf *sql)
{
    g->binds.n = g->joined;
    buf_c(sql, "select ");
}

Err group_from_write(Grouping *g, Buf *sql)
{
    rows_from(g->e, sql);
    figures_join(g->w, g->mem, g->totals.figures, "t", "counted", sql, &g->binds);
    buf_put(sql, buf_str(&g->paths->joins));
    buf_c(sql, " where ");
    return list_where(g->w, g->mem, g->e, g->ask, "t", sql, &g->binds);
}

static bool folds(const PathColumn *c) { return !c->figured && c->field.type == TYPE_text && c->field.find; }

static void names_write(Grouping *g, Buf *sql)
{
    for (int i = 0; i < g->out->bys; i++) {
        const GroupName *name = &g->name[i];
        if (has_step(g, i)) group_step_write(g, name, sql);
        else path_key_write(g->paths, name->column, sql);
        buf_fmt(sql, " as k%d, ", i);
        if (!folds(name->column)) continue;
        path_column_write(g->paths, name->column, sql);
        buf_fmt(sql, " as l%d, ", i);
    }
}

static Err part_write(Grouping *g, int i, Buf *sql)
{
    const GroupSum  *sum = &g->question->sum[i];
    const GroupPart *part = &g->part[i];
    bool             all = !sum->filter || sum->filter->kind == JSON_IS_NULL;
    buf_c(sql, ", ");
    if (!all) {
        g->how.at = "sums";
        buf_c(sql, "case when ");
        TRY(filter_write(&g->how, sum->filter, "t", sql, &g->binds, NULL));
        buf_c(sql, " then ");
    }
    if (!part->column) buf_c(sql, "1");
    else if (sum->how == GROUP_DISTINCT) path_key_write(g->paths, part->column, sql);
    else path_column_write(g->paths, part->column, sql);
    buf_fmt(sql, "%s as s%d", all ? "" : " end", i);
    return OK;
}

/* A row a record: what it is grouped by and what of it is summed. */
static Err inner_write(Grouping *g, bool named, Buf *sql)
{
    buf_c(sql, " from (select ");
    if (named) names_write(g, sql);
    buf_c(sql, "t.id");
    for (int i = 0; i < g->totals.n; i++) {
        buf_c(sql, ", ");
        totals_column(&g->totals, i, sql);
        buf_fmt(sql, " as t%d", i);
    }
    for (int i = 0; i < g->question->sums; i++) TRY(part_write(g, i, sql));
    if (named) group_seen_inner(g, sql);
    TRY(group_from_write(g, sql));
    buf_c(sql, ") q");
    return OK;
}

static void sums_write(Grouping *g, Buf *sql)
{
    static const char *const how[] = {
        [GROUP_COUNT] = "count(s%d)", [GROUP_SUM] = "sum(s%d)",  [GROUP_MEAN] = "sum(s%d)",
        [GROUP_LEAST] = "min(s%d)",   [GROUP_MOST] = "max(s%d)", [GROUP_DISTINCT] = "count(distinct s%d)",
    };
    buf_c(sql, "count(*)");
    for (int i = 0; i < g->totals.n; i++) buf_fmt(sql, ", sum(t%d)", i);
    for (int i = 0; i < g->question->sums; i++) {
        buf_c(sql, ", ");
        buf_put(sql, str_fmt(g->mem, how[g->question->sum[i].how], i));
        if (g->question->sum[i].how == GROUP_MEAN) buf_fmt(sql, ", count(s%d)", i);
    }
}

/* Whoever has no value comes first, then the newest steps or the most records: so neither is what is left out. */
static void order_write(Grouping *g, Buf *sql)
{
    buf_c(sql, " group by k0");
    for (int i = 1; i < g->out->bys; i++) buf_fmt(sql, ", k%d", i);
    buf_c(sql, " order by ");
    if (g->out->bys == 1) buf_c(sql, "(k0 is null) desc, ");
    if (has_step(g, 0)) buf_c(sql, "k0 desc nulls last, ");
    buf_c(sql, "count(*) desc");
    for (int i = 0; i < g->out->bys; i++) buf_fmt(sql, ", k%d", i);
    buf_fmt(sql, " limit $%d", bind_val(g->mem, &g->binds, val_int(GROUPS_MOST + 1)));
}

/* ---- rows ---- */

static GroupCell cell_row(const Grouping *g, const Rows *rows, int i, int *column)
{
    GroupHow  how = g->question->sum[i].how;
    GroupCell cell = { .empty = row_null(rows, *column), .n = row_wide(rows, *column) };
    int64_t   of = how == GROUP_MEAN ? row_int(rows, *column + 1) : 0;
    *column += how == GROUP_MEAN ? 2 : 1;
    if (how == GROUP_SUM && cell.empty) cell = (GroupCell){ 0 };
    if (how == GROUP_MEAN && of)
        cell.n = round_div(cell.n * (g->part[i].column->field.type == TYPE_int ? 1000 : 1), of);
    return cell;
}

/* Count, totals and cells from `column` on; gives the column behind them. */
static int sums_row(Grouping *g, const Rows *rows, int column, GroupRow *row)
{
    row->count = row_int(rows, column++);
    row->totals = totals_row(g->w->mem, &g->totals, rows, column);
    column += g->totals.n;
    row->cell = NEW_N(g->w->mem, GroupCell, g->question->sums);
    for (int i = 0; i < g->question->sums; i++) row->cell[i] = cell_row(g, rows, i, &column);
    return column;
}

static GroupKey key_row(Grouping *g, const Rows *rows, int i, int *column)
{
    const GroupName *name = &g->name[i];
    GroupKey         key = { .value = value_none() };
    if (!has_step(g, i)) {
        *column += folds(name->column);
        if (!row_null(rows, *column)) key.value = value_row(g->w->mem, &g->out->by[i].field, rows, *column);
    } else if (!row_null(rows, *column)) {
        Day first = name->steps.first[row_int(rows, *column)];
        key = (GroupKey){ .value = value_int(first), .last = group_step_last(g->out->by[i].step, first) };
    }
    *column += 1;
    return key;
}

/* Older than the steps that are told. */
static bool before_steps(Grouping *g, const Rows *rows)
{
    for (int i = 0, column = 0; i < g->out->bys; column += 1 + folds(g->name[i++].column))
        if (has_step(g, i) && !row_null(rows, column) && row_int(rows, column) < 0) return true;
    return false;
}

static void row_take(Grouping *g, const Rows *rows)
{
    GroupRows *out = g->out;
    GroupRow  *row = &out->at[out->n];
    int        column = 0;
    if (out->n == GROUPS_MOST || before_steps(g, rows)) {
        out->more = true;
        return;
    }
    for (int i = 0; i < out->bys; i++) row->key[i] = key_row(g, rows, i, &column);
    column = sums_row(g, rows, column, row);
    out->groups = row_int(rows, column++);
    group_seen_row(g, rows, column);
    out->n++;
}

/* Whoever has no value is the last, and steps go in the order of time: rows came with the most records first. */
static int row_cmp(const GroupRow *a, const GroupRow *b, bool steps)
{
    const Value *x = &a->key[0].value, *y = &b->key[0].value;
    if (x->empty != y->empty) return x->empty ? 1 : -1;
    if (!steps || x->empty || x->n == y->n) return 0;
    return x->n < y->n ? -1 : 1;
}

static void rows_order(GroupRows *out)
{
    bool steps = out->by[0].step != GROUP_BY_VALUE;
    for (int i = 1; i < out->n; i++) {
        GroupRow row = out->at[i];
        int      k = i;
        for (; k > 0 && row_cmp(&out->at[k - 1], &row, steps) > 0; k--) out->at[k] = out->at[k - 1];
        out->at[k] = row;
    }
}

static Err rows_read(Grouping *g)
{
    Buf  sql = buf_new(g->mem, 2000);
    Rows rows;
    group_begin(g, &sql);
    for (int i = 0; i < g->out->bys; i++) {
        buf_fmt(&sql, "k%d, ", i);
        if (folds(g->name[i].column)) buf_fmt(&sql, "min(l%d), ", i);
    }
    sums_write(g, &sql);
    buf_c(&sql, ", count(*) over ()");
    group_seen_outer(g, &sql);
    TRY(inner_write(g, true, &sql));
    order_write(g, &sql);
    TRY(db_query(g->w->db, buf_str(&sql), g->binds.at, g->binds.n, &rows));
    while (rows_next(&rows)) row_take(g, &rows);
    rows_order(g->out);
    return rows_end(&rows);
}

/* ---- all of them ---- */

/* Counts and sums of groups that are all told add up to those of the whole. */
static bool adds_up(const Grouping *g)
{
    bool up = !g->out->more;
    for (int i = 0; i < g->question->sums; i++) up &= g->question->sum[i].how <= GROUP_SUM;
    return up;
}

static void all_add(Grouping *g)
{
    GroupRow *all = &g->out->all;
    *all = (GroupRow){ .totals = NEW_N(g->w->mem, Wide, g->totals.n),
                       .cell = NEW_N(g->w->mem, GroupCell, g->question->sums) };
    for (int r = 0; r < g->out->n; r++) {
        const GroupRow *row = &g->out->at[r];
        all->count += row->count;
        for (int i = 0; i < g->totals.n; i++) all->totals[i] += row->totals[i];
        for (int i = 0; i < g->question->sums; i++) all->cell[i].n += row->cell[i].n;
    }
}

static Err all_read(Grouping *g)
{
    Buf  sql = buf_new(g->mem, 2000);
    Rows rows;
    group_begin(g, &sql);
    sums_write(g, &sql);
    TRY(inner_write(g, false, &sql));
    TRY(db_query(g->w->db, buf_str(&sql), g->binds.at, g->binds.n, &rows));
    if (rows_next(&rows)) sums_row(g, &rows, 0, &g->out->all);
    return rows_end(&rows);
}

/* ---- titles ---- */

static bool points_at(const GroupBy *by, const Entity *to, const GroupKey *key)
{
    return !key->value.empty && (by->field.type == TYPE_ref || str_eq(key->value.s, str_of(to->name)));
}

/* Names of those that the reader may see, which counts as looking at them. */
static Err titles_of(Grouping *g, int k, const Entity *to)
{
    Arena      scratch = g->w->scratch;
    Binds      binds = { 0 };
    GroupRows *out = g->out;
    Ids        place = ids_new(&scratch, out->n);
    Rows       rows;
    ptrdiff_t  n;
    for (int i = 0; i < out->n; i++)
        if (points_at(&out->by[k], to, &out->at[i].key[k])) ids_put(&place, out->at[i].key[k].value.n, place.n);
    int64_t *ids = ids_all(&scratch, &place, &n), *shown = NEW_RAW(&scratch, int64_t, n);
    Str     *title = NEW_N(&scratch, Str, n);
    if (!n) return OK;
    Str sql = titles_sql(g->w, &scratch, to, ids, n, &binds);
    TRY(db_query(g->w->db, sql, binds.at, binds.n, &rows));
    for (n = 0; rows_next(&rows); n++) {
        shown[n] = row_int(&rows, 0);
        title[ids_at(&place, shown[n])] = str_copy(g->w->mem, row_text(&rows, 1));
    }
    TRY(rows_end(&rows));
    for (int i = 0; i < out->n; i++) {
        GroupKey *key = &out->at[i].key[k];
        if (points_at(&out->by[k], to, key)) key->title = title[ids_at(&place, key->value.n)];
    }
    return to->known || !entity_owned(to) ? OK : viewing_count(g->w, to->name, VIEWED_BESIDE, shown, n);
}

static Err titles_find(Grouping *g)
{
    for (int k = 0; k < g->out->bys; k++) {
        const Field *f = &g->out->by[k].field;
        for (ptrdiff_t i = 0; field_points(f) && entity_at(i); i++)
            if (field_may_point(f, entity_at(i))) TRY(titles_of(g, k, entity_at(i)));
    }
    return OK;
}

/* ---- the whole ---- */

Err group_find(Grouping *g)
{
    *g->out = (GroupRows){ .at = NEW_N(g->w->mem, GroupRow, GROUPS_MOST) };
    g->how = (FilterAsk){ .w = g->w, .mem = g->mem, .e = g->e, .verb = verb_of(g) };
    g->paths = paths_new(&g->how, &g->binds);
    TRY(access_need(g->w, entity_above(g->e)->name, verb_of(g)));
    TRY(question_read(g));
    g->joined = g->binds.n;
    if (!g->out->bys) return all_read(g);
    TRY(group_steps_find(g));
    group_seen_begin(g);
    TRY(rows_read(g));
    TRY(group_seen_count(g));
    if (adds_up(g)) all_add(g);
    else TRY(all_read(g));
    return titles_find(g);
}

Err group_rows(Work *w, const Entity *e, const Ask *ask, const GroupQuestion *question, GroupRows *out)
{
    return group_find(&(Grouping){ .w = w, .mem = w->mem, .e = e, .ask = ask, .question = question, .out = out });
}
