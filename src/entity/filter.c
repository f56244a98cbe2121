/* From a condition to SQL: the tree, its paths and the rows it counts; a comparison is written by filter_compare.c, a
 * figure by figure.c.  Names have passed the mask, values are bound, and each record that a path comes to and each row
 * that is counted is within reach. */
#include "access/access.h"
#include "entity/columns.h"
#include "entity/filter_inside.h"

#include <string.h>

static Err node_write(FilterWriter *f, const FilterNode *node, const FilterRow *row);

static const char *alias_new(FilterWriter *f) { return str_c(f->mem, str_fmt(f->mem, "f%d", ++f->aliases)); }

/* ---- the archive ---- */

static bool names_archive(const Entity *e, const FilterNode *leaf)
{
    if (leaf->path.way.n || !leaf->path.field || strcmp(leaf->path.field->name, e->archive_field) != 0) return false;
    const Field *field = leaf->path.field;
    for (ptrdiff_t i = 0; i < leaf->values; i++)
        if (leaf->value[i].kind == FILTER_LITERAL &&
            str_eq(leaf->value[i].literal.s, str_of(field->options[e->archive_value - 1])))
            return true;
    return false;
}

/* Of a node and those behind it. */
static bool speaks_of_archive(const Entity *e, const FilterNode *node)
{
    if (!e->archive_field) return false;
    for (; node; node = node->next) {
        if (node->kind == FILTER_LEAF && names_archive(e, node)) return true;
        if (node->kind <= FILTER_NOT && speaks_of_archive(e, node->first)) return true;
    }
    return false;
}

/* ---- rows in sight ---- */

/* A child is in sight where its record is, and `living` as that is.  The rows are found by what they point at, not by
 * whose they are. */
static void sight_write(FilterWriter *f, const Entity *e, const char *alias, bool living)
{
    const Entity *above = entity_above(e);
    if (!e->parent) {
        if (living) buf_fmt(f->sql, "%s.archived_at is null and ", alias);
        reach_write(f->w, f->mem, e, "view", str_c(f->mem, str_fmt(f->mem, "+%s", alias)), f->sql, f->binds);
        return;
    }
    const char *p = alias_new(f);
    buf_fmt(f->sql, "exists (select 1 from %s %s where %s.id = %s.%s and ", entity_table(above), p, p, alias,
            e->parent);
    if (living) buf_fmt(f->sql, "%s.archived_at is null and ", p);
    reach_write(f->w, f->mem, above, "view", p, f->sql, f->binds);
    buf_c(f->sql, ")");
}

/* ---- ways ---- */

/* The id of the record that a step comes to, as it stands in the row before it. */
static void step_id(FilterWriter *f, const Entity *from, FilterStep step, const char *alias)
{
    buf_fmt(f->sql, "%s.%s", alias, step.by ? column_found(f->mem, step.by) : from->parent);
}

static void step_join(FilterWriter *f, const Entity *from, FilterStep step, const char *alias, const char *to)
{
    buf_fmt(f->sql, "%s.id = ", to);
    step_id(f, from, step, alias);
    if (step.by && step.by->type == TYPE_link)
        buf_fmt(f->sql, " and %s.%s_of = '%s'", alias, step.by->name, step.to->name);
    buf_c(f->sql, " and ");
    reach_write(f->w, f->mem, step.to, "view", to, f->sql, f->binds);
}

/* ` from client f1, unit f2 where …` for the first n steps and, where there is one, a table more behind them; gives
 * the alias of their end. */
static const char *way_write(FilterWriter *f, const FilterWay *way, int n, const char *alias, const Entity *rows,
                             const char *row)
{
    const char *name[FILTER_STEPS + 1] = { alias };
    for (int i = 0; i < n; i++) {
        name[i + 1] = alias_new(f);
        buf_fmt(f->sql, "%s%s %s", i ? ", " : " from ", entity_table(way->step[i].to), name[i + 1]);
    }
    if (rows) buf_fmt(f->sql, "%s%s %s", n ? ", " : " from ", entity_table(rows), row);
    buf_c(f->sql, " where ");
    for (int i = 0; i < n; i++) {
        if (i) buf_c(f->sql, " and ");
        step_join(f, i ? way->step[i - 1].to : way->from, way->step[i], name[i], name[i + 1]);
    }
    return name[n];
}

void path_value(FilterWriter *f, const FilterPath *path, const char *alias, const char *tail)
{
    const char *column = column_found(f->mem, path->field);
    if (!path->way.n) {
        buf_fmt(f->sql, "%s.%s%s", alias, column, tail);
        return;
    }
    buf_fmt(f->sql, "(select f%d.%s%s", f->aliases + path->way.n, column, tail); /* the last that way_write takes */
    way_write(f, &path->way, path->way.n, alias, NULL, NULL);
    buf_c(f->sql, ")");
}

/* ---- leaves ---- */

typedef struct {
    FilterWriter     *f;
    const FilterNode *node;
    const FilterRow  *row;
} FigureLeaf;

static Err figured_write(void *of, const char *at)
{
    const FigureLeaf *leaf = of;
    return compare_write(leaf->f, leaf->node, at, leaf->row);
}

static Err end_write(FilterWriter *f, const FilterNode *node, const char *at, const FilterRow *row)
{
    FigureLeaf   leaf = { f, node, row };
    FigureWriter to = { f->w, f->mem, at, f->sql, f->binds, figured_write, &leaf };
    if (!node->path.figure) return compare_write(f, node, at, row);
    return figure_write(&to, node->path.figure, node->op, node->json);
}

/* What no path comes to is empty, so what says no of it holds. */
static Err leaf_write(FilterWriter *f, const FilterNode *node, const FilterRow *row)
{
    const FilterWay *way = &node->path.way;
    bool             no = node->op == OP_is_not || node->op == OP_empty;
    const char      *at = row->alias;
    buf_c(f->sql, no ? "((" : "(");
    if (way->n) {
        buf_c(f->sql, "exists (select 1");
        at = way_write(f, way, way->n, at, NULL, NULL);
        buf_c(f->sql, " and ");
    }
    TRY(end_write(f, node, at, row));
    if (way->n) buf_c(f->sql, ")");
    buf_c(f->sql, no ? ") is not true)" : ")");
    return OK;
}

/* ---- rows that point here ---- */

static Err list_write(FilterWriter *f, const FilterNode *list, const char *joint, const FilterRow *row)
{
    for (const FilterNode *at = list->first; at; at = at->next) {
        if (at != list->first) buf_c(f->sql, joint);
        TRY(node_write(f, at, row));
    }
    return OK;
}

/* Whose rows: of what the last step refers to the id is enough, a link must also be one to that entity. */
static int steps_joined(const FilterWay *way)
{
    if (!way->n) return 0;
    const Field *by = way->step[way->n - 1].by;
    return by && by->type == TYPE_link ? way->n : way->n - 1;
}

static void rows_join(FilterWriter *f, const FilterMany *many, int joined, const char *end, const char *rows)
{
    const FilterWay *way = &many->way;
    const Entity    *from = joined ? way->step[joined - 1].to : way->from;
    buf_fmt(f->sql, "%s.%s = ", rows, many->list ? many->rows->parent : column_found(f->mem, many->back));
    if (joined < way->n) step_id(f, from, way->step[joined], end);
    else buf_fmt(f->sql, "%s.id", end);
    if (!many->list && many->back->type == TYPE_link)
        buf_fmt(f->sql, " and %s.%s_of = '%s'", rows, many->back->name, way_end(way)->name);
}

/* What must hold of the rows beside that they point there: they are living, in sight, and as `where` says.  Those of a
 * list whose record is in sight are so themselves. */
static Err rows_where(FilterWriter *f, const FilterNode *node, const FilterRow *row, const char *alias, bool in_sight)
{
    const FilterMany *many   = &node->many;
    bool              living = !many->list && !speaks_of_archive(many->rows, node->first);
    FilterRow         inner  = { alias, row };
    if (!in_sight) {
        buf_c(f->sql, " and ");
        sight_write(f, many->rows, alias, living);
    }
    if (node->first) buf_c(f->sql, " and ");
    return list_write(f, node, " and ", &inner);
}

/* from … where … */
static Err rows_write(FilterWriter *f, const FilterNode *node, const FilterRow *row, const char *alias)
{
    const FilterMany *many   = &node->many;
    int               joined = steps_joined(&many->way);
    const char       *end    = way_write(f, &many->way, joined, row->alias, many->rows, alias);
    if (joined) buf_c(f->sql, " and ");
    rows_join(f, many, joined, end, alias);
    return rows_where(f, node, row, alias, many->list && joined == many->way.n);
}

/* Of few records that many rows point at, by columns without an index (people, channels; the firm's own fields), the
 * rows are read once instead of once a record. */
static bool read_once(const FilterMany *many)
{
    const Entity *to = many->list ? NULL : way_end(&many->way);
    return to && many->back->type == TYPE_ref && !many->way.n && (to->known || many->back->own);
}

static Err once_write(FilterWriter *f, const FilterNode *node, const FilterRow *row)
{
    const char *a = alias_new(f), *back = node->many.back->name;
    buf_fmt(f->sql, "(%s.id in (select %s.%s from %s %s where %s.%s is not null", row->alias, a, back,
            entity_table(node->many.rows), a, a, back);
    TRY(rows_where(f, node, row, a, false));
    buf_c(f->sql, node->kind == FILTER_NONE ? ") is not true)" : "))");
    return OK;
}

static Err some_write(FilterWriter *f, const FilterNode *node, const FilterRow *row)
{
    if (read_once(&node->many)) return once_write(f, node, row);
    buf_fmt(f->sql, "%sexists (select 1", node->kind == FILTER_NONE ? "not " : "");
    TRY(rows_write(f, node, row, alias_new(f)));
    buf_c(f->sql, ")");
    return OK;
}

static Err count_write(FilterWriter *f, const FilterNode *node, const FilterRow *row)
{
    bool        no = node->op == OP_is_not;
    const char *a = alias_new(f);
    buf_c(f->sql, no ? "((" : "(");
    if (node->kind == FILTER_COUNT) buf_c(f->sql, "(select count(*)");
    else buf_fmt(f->sql, "(select coalesce(sum(%s.%s), 0)", a, node->many.sum->name);
    TRY(rows_write(f, node, row, a));
    buf_c(f->sql, ")");
    TRY(figure_compare(f, node, row));
    buf_c(f->sql, no ? ") is not true)" : ")");
    return OK;
}

/* ---- the tree ---- */

static Err all_write(FilterWriter *f, const FilterNode *node, const char *joint, const char *none, const FilterRow *row)
{
    if (!node->first) {
        buf_c(f->sql, none);
        return OK;
    }
    buf_c(f->sql, "(");
    TRY(list_write(f, node, joint, row));
    buf_c(f->sql, ")");
    return OK;
}

/* An empty field is not "Омск": `not` holds wherever the condition does not, also where it is unknown. */
static Err not_write(FilterWriter *f, const FilterNode *node, const FilterRow *row)
{
    buf_c(f->sql, "(");
    TRY(node_write(f, node->first, row));
    buf_c(f->sql, " is not true)");
    return OK;
}

static Err node_write(FilterWriter *f, const FilterNode *node, const FilterRow *row)
{
    switch (node->kind) {
    case FILTER_ALL: return all_write(f, node, " and ", "(1 = 1)", row);
    case FILTER_ANY: return all_write(f, node, " or ", "(1 = 0)", row);
    case FILTER_NOT: return not_write(f, node, row);
    case FILTER_LEAF: return leaf_write(f, node, row);
    case FILTER_SOME:
    case FILTER_NONE: return some_write(f, node, row);
    default: return count_write(f, node, row);
    }
}

/* ---- the whole ---- */

static Err tree_write(FilterReader *r, const Json *tree, const char *alias, Buf *sql, Binds *binds, bool *archive)
{
    FilterNode  *node;
    FilterRow    row = { .alias = alias };
    FilterWriter f = {
        .ask = r->ask, .reader = r, .w = r->ask->w, .mem = r->ask->mem, .sql = sql, .binds = binds, .today = DAY_NONE
    };
    TRY(filter_read(r, tree, &node));
    if (archive) *archive = speaks_of_archive(r->ask->e, node);
    return node_write(&f, node, &row);
}

/* What is published is asked by the program itself, but for who it is that asks. */
Err filter_write(const FilterAsk *ask, const Json *tree, const char *alias, Buf *sql, Binds *binds, bool *archive)
{
    const Actor *who = ask->w->who;
    FilterReader r = { .ask = ask };
    if (archive) *archive = false;
    if (!tree || tree->kind == JSON_IS_NULL) {
        buf_c(sql, "(1 = 1)");
        return OK;
    }
    if (ask->published) ask->w->who = &actor_program;
    Err err = tree_write(&r, tree, alias, sql, binds, archive);
    ask->w->who = who;
    return err;
}
