/* The order of a figure begins at the other table, so that a page costs as much as in the order of a field. */
#include "entity/figure_order.h"

FigurePart figure_part(const Figure *f, bool down, const Cursor *after)
{
    if (after && after->empty) return FIGURE_EMPTY;
    if (!f->none) return FIGURE_VALUED;
    if (after && after->number == f->none) return FIGURE_NONE;
    return !after || (after->number > f->none) == down ? FIGURE_BEFORE_NONE : FIGURE_VALUED;
}

static void order_end(const FigureOrder *o, const char *value, const char *id, Buf *sql)
{
    const char *way = o->down ? " desc" : "";
    buf_c(sql, " order by ");
    if (value) buf_fmt(sql, "k.%s%s, ", value, way);
    buf_fmt(sql, "%s%s limit $%d", id, way, o->limit);
}

/* Whoever sees all has the walk along the index; of others' few records the database finds them and sorts. */
static Err valued_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, const FigureOrder *o, Buf *sql,
                        Binds *binds)
{
    const Figure *f = o->figure;
    const char   *verb = ask->verb ? ask->verb : "view", *sign = o->down ? "<" : ">";
    buf_fmt(sql, "select t.id, k.%s as figured from %s k %s join %s t%s where ", f->value, f->from,
            reach_all(w, e, verb) ? "cross" : "inner", entity_table(e), reach_all(w, e, verb) ? "" : " on (1 = 1)");
    buf_fmt(sql, "t.id = k.%s and k.%s is not null and ", f->id, f->value);
    figure_when_write(f, "", "k", sql);
    if (f->when) buf_c(sql, " and ");
    figure_sight_write(w, mem, f, "t", sql, binds);
    buf_c(sql, " and ");
    TRY(list_where(w, mem, e, ask, "t", sql, binds));
    if (o->after)
        buf_fmt(sql, " and (k.%s, k.%s) %s ($%d, $%d)", f->value, f->id, sign,
                bind_val(mem, binds, val_int(o->after->number)), bind_val(mem, binds, val_int(o->after->id)));
    if (f->none)
        buf_fmt(sql, " and k.%s %s %d", f->value, (o->part == FIGURE_BEFORE_NONE) == o->down ? ">" : "<", f->none);
    order_end(o, f->value, str_c(mem, str_fmt(mem, "k.%s", f->id)), sql);
    return OK;
}

/* Those without a row and those that are counted as such, in one walk by id. */
static Err none_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, const FigureOrder *o, Buf *sql,
                      Binds *binds)
{
    const Figure *f = o->figure;
    buf_fmt(sql, "select t.id, cast(%d as int) as figured from %s t left join %s k on k.%s = t.id", f->none,
            entity_table(e), f->from, f->id);
    figure_when_write(f, " and ", "k", sql);
    buf_fmt(sql, " where (k.%s is null or k.%s = %d) and ", f->id, f->value, f->none);
    figure_sight_write(w, mem, f, "t", sql, binds);
    buf_c(sql, " and ");
    TRY(list_where(w, mem, e, ask, "t", sql, binds));
    if (o->after) buf_fmt(sql, " and t.id %s $%d", o->down ? "<" : ">", bind_val(mem, binds, val_int(o->after->id)));
    order_end(o, NULL, "t.id", sql);
    return OK;
}

/* Those without a value, or without one in sight. */
static Err empty_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, const FigureOrder *o, Buf *sql,
                       Binds *binds)
{
    const Figure *f = o->figure;
    buf_fmt(sql, "select t.id, cast(null as int) as figured from %s t where (", entity_table(e));
    figure_sight_write(w, mem, f, "t", sql, binds);
    buf_fmt(sql, " and %sexists (select 1 from %s k where k.%s = t.id", f->none ? "not " : "", f->from, f->id);
    buf_fmt(sql, " and k.%s is %snull", f->value, f->none ? "" : "not ");
    figure_when_write(f, " and ", "k", sql);
    buf_c(sql, ")) is not true and ");
    TRY(list_where(w, mem, e, ask, "t", sql, binds));
    if (o->after) buf_fmt(sql, " and t.id %s $%d", o->down ? "<" : ">", bind_val(mem, binds, val_int(o->after->id)));
    order_end(o, NULL, "t.id", sql);
    return OK;
}

Err figure_order_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, const FigureOrder *o, Buf *sql,
                       Binds *binds)
{
    if (o->part == FIGURE_NONE) return none_write(w, mem, e, ask, o, sql, binds);
    if (o->part == FIGURE_EMPTY) return empty_write(w, mem, e, ask, o, sql, binds);
    return valued_write(w, mem, e, ask, o, sql, binds);
}
