/* What groups tell of single records, for whoever may look at so many only: a group of one shows that record, and a
 * name whose path ends at one record in the whole group shows that one. */
#include "entity/group_inside.h"

#include "access/viewing.h"
#include "entity/ids.h"

#include <string.h>

typedef struct {
    const Entity *e;
    const char   *id; /* "g1.id" */
    int64_t      *at;
    ptrdiff_t     n;
} SeenOf;

struct GroupSeen {
    SeenOf of[GROUP_BYS + 1]; /* the row itself first */
    int    n;
};

static void seen_of(Grouping *g, const Entity *e, const char *alias)
{
    SeenOf *of = &g->seen->of[g->seen->n++];
    *of = (SeenOf){ .e = e, .id = str_c(g->mem, str_fmt(g->mem, "%s.id", alias)) };
    of->at = NEW_RAW(g->mem, int64_t, GROUPS_MOST);
}

/* A child is told as its record is. */
void group_seen_begin(Grouping *g)
{
    if (g->w->who->everything || g->w->who->view_limit <= 0) return;
    g->seen = NEW(g->mem, struct GroupSeen);
    seen_of(g, entity_above(g->e), g->e->parent ? "up" : "t");
    for (int i = 0; i < g->out->bys; i++) {
        const PathColumn *c = g->name[i].column;
        const Entity     *end = way_end(&c->path.way);
        if (strcmp(c->alias, "t") != 0 && strcmp(c->alias, "up") != 0 && !end->known && entity_owned(end))
            seen_of(g, end, c->alias);
    }
}

void group_seen_inner(const Grouping *g, Buf *sql)
{
    for (int i = 0; g->seen && i < g->seen->n; i++) buf_fmt(sql, ", %s as v%d", g->seen->of[i].id, i);
}

void group_seen_outer(const Grouping *g, Buf *sql)
{
    for (int i = 0; g->seen && i < g->seen->n; i++)
        buf_fmt(sql, ", case when min(v%d) = max(v%d) then min(v%d) end", i, i, i);
}

void group_seen_row(Grouping *g, const Rows *rows, int column)
{
    for (int i = 0; g->seen && i < g->seen->n; i++, column++)
        if (!row_null(rows, column)) g->seen->of[i].at[g->seen->of[i].n++] = row_int(rows, column);
}

Err group_seen_count(Grouping *g)
{
    for (int i = 0; g->seen && i < g->seen->n; i++) {
        const SeenOf *of = &g->seen->of[i];
        Ids           once = ids_new(g->mem, of->n);
        ptrdiff_t     n;
        for (ptrdiff_t k = 0; k < of->n; k++) ids_put(&once, of->at[k], k);
        const int64_t *ids = ids_all(g->mem, &once, &n);
        if (n) TRY(viewing_count(g->w, of->e->name, VIEWED_BESIDE, ids, n));
    }
    return OK;
}
