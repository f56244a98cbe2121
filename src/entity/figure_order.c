/* The order of a figure begins at the other table, so that a page costs as much as in the order of a field. */
#include "entity/figure_order.h"

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
    order_end(o, f->value, str_c(mem, str_fmt(mem, "k.%s", f->id)), sql);
    return OK;
}

static Err unvalued_write(Work *w, Arena *mem, const Entity *e, const Ask *ask, const FigureOrder *o, Buf *sql,
                          Binds *binds)
{
    const Figure *f = o->figure;
    buf_fmt(sql, "select t.id, cast(null as int) as figured from %s t where (", entity_table(e));
    figure_sight_write(w, mem, f, "t", sql, binds);
    buf_fmt(sql, " and exists (select 1 from %s k where k.%s = t.id and k.%s is not null", f->from, f->id, f->value);
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
    return o->unvalued ? unvalued_write(w, mem, e, ask, o, sql, binds) : valued_write(w, mem, e, ask, o, sql, binds);
}
