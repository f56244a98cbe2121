/* From paths to joins and columns. */
#include "entity/paths.h"

#include "entity/columns.h"

#include <string.h>

Paths *paths_new(const FilterAsk *ask, Binds *binds)
{
    Paths *p = NEW(ask->mem, Paths);
    p->ask = ask;
    p->reader = (FilterReader){ .ask = ask };
    p->binds = binds;
    p->joins = buf_new(ask->mem, 400);
    return p;
}

static Err too_many(Paths *p, Str name) { return filter_refuse(&p->reader, name, "list.too_many_paths"); }

/* ---- steps ---- */

static void step_write(Paths *p, const Entity *from, const struct PathJoin *join)
{
    Work       *w = p->ask->w;
    const char *column = join->by ? column_found(p->ask->mem, join->by) : from->parent;
    buf_fmt(&p->joins, " left join %s %s on %s.id = %s.%s", entity_table(join->entity), join->to, join->to, join->from,
            column);
    if (join->by && join->by->type == TYPE_link)
        buf_fmt(&p->joins, " and %s.%s_of = '%s'", join->from, join->by->name, join->entity->name);
    buf_c(&p->joins, " and ");
    reach_write(w, p->ask->mem, join->entity, "view", join->to, &p->joins, p->binds);
}

/* The alias of the record that a step comes to. */
static Err step_join(Paths *p, const Entity *from, const char *alias, FilterStep step, Str path, const char **out)
{
    if (!step.by && strcmp(alias, "t") == 0) {
        *out = "up";
        return OK;
    }
    for (int i = 0; i < p->joined; i++) {
        const struct PathJoin *join = &p->join[i];
        if (strcmp(join->from, alias) != 0 || join->by != step.by || join->entity != step.to) continue;
        *out = join->to;
        return OK;
    }
    if (p->joined == PATH_JOINS) return too_many(p, path);
    *out = str_c(p->ask->mem, str_fmt(p->ask->mem, "g%d", p->joined + 1));
    p->join[p->joined] = (struct PathJoin){ alias, *out, step.by, step.to };
    step_write(p, from, &p->join[p->joined++]);
    return OK;
}

static Err way_join(Paths *p, PathColumn *c)
{
    const FilterWay *way = &c->path.way;
    const Entity    *from = way->from;
    c->alias = "t";
    for (int i = 0; i < way->n; from = way->step[i++].to)
        TRY(step_join(p, from, c->alias, way->step[i], c->path.name, &c->alias));
    return OK;
}

/* ---- columns ---- */

static Err figure_join(Paths *p, PathColumn *c)
{
    const Figure *f = c->path.figure, **one = NEW(p->ask->mem, const Figure *);
    const char   *prefix = str_c(p->ask->mem, str_fmt(p->ask->mem, "h%d_", p->n));
    if (!figure_kept(f)) return filter_refuse(&p->reader, c->path.name, "filter.no_such_field");
    *one = f;
    c->field = figure_field(f);
    c->figured = str_c(p->ask->mem, str_fmt(p->ask->mem, "%s0", prefix));
    figures_join(p->ask->w, p->ask->mem, (Figures){ one, 1 }, c->alias, prefix, &p->joins, p->binds);
    return OK;
}

Err path_column(Paths *p, Str name, PathColumn **out)
{
    PathColumn c = { .alias = "t" };
    for (int i = 0; i < p->n; i++) {
        *out = &p->column[i];
        if (str_eq(p->column[i].path.name, name)) return OK;
    }
    if (p->n == PATH_COLUMNS) return too_many(p, name);
    TRY(path_read(&p->reader, p->ask->e, name, &c.path));
    TRY(way_join(p, &c));
    if (c.path.figure) TRY(figure_join(p, &c));
    else c.field = *c.path.field;
    *out = &p->column[p->n];
    p->column[p->n++] = c;
    return OK;
}

/* A record without a row is something where the figure says so, and where its rows are in sight. */
static void figured_write(Paths *p, const PathColumn *c, Buf *sql)
{
    const Figure *f = c->path.figure;
    if (!f->none) {
        buf_fmt(sql, "%s.%s", c->figured, f->value);
        return;
    }
    buf_fmt(sql, "case when %s.%s is not null then %s.%s when %s.id is not null and ", c->figured, f->id, c->figured,
            f->value, c->alias);
    figure_sight_write(p->ask->w, p->ask->mem, f, c->alias, sql, p->binds);
    buf_fmt(sql, " then %d end", f->none);
}

void path_column_write(Paths *p, const PathColumn *c, Buf *sql)
{
    if (c->figured) figured_write(p, c, sql);
    else column_read(sql, c->alias, &c->field);
}

void path_key_write(Paths *p, const PathColumn *c, Buf *sql)
{
    path_column_write(p, c, sql);
    if (!c->figured && c->field.type == TYPE_text && c->field.find) buf_c(sql, "_find");
}

void rows_from(const Entity *e, Buf *sql)
{
    buf_fmt(sql, " from %s t", entity_table(e));
    if (e->parent) buf_fmt(sql, " join %s up on up.id = t.%s", entity_table(entity_above(e)), e->parent);
}
