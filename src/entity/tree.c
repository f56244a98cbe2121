/* Nobody stands above himself. */
#include "entity/tree.h"

#include "core/map.h"

/* Who stands above whom, by id; 0: nobody. */
typedef struct {
    Map      *above;
    ptrdiff_t n;
    Arena    *mem;
} Tree;

static const int64_t *above(Tree *t, int64_t id)
{
    return map_at(&t->above, (Str){ (const char *)&id, sizeof id }, NULL);
}

static void put(Tree *t, int64_t id, int64_t above_it)
{
    if (id == 0 || above(t, id)) return;
    int64_t *key = NEW(t->mem, int64_t); /* lies as long as the map */
    *key         = id;
    *map_at(&t->above, (Str){ (const char *)key, sizeof *key }, t->mem) = above_it;
    t->n++;
}

/* Those above whom nobody has looked yet, each once. */
static ptrdiff_t unknown(Tree *t, const int64_t *ids, ptrdiff_t n, int64_t *out)
{
    Arena     scratch = *t->mem;
    Tree      seen    = { .mem = &scratch };
    ptrdiff_t found   = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (ids[i] == 0 || above(t, ids[i]) || above(&seen, ids[i])) continue;
        put(&seen, ids[i], 0);
        out[found++] = ids[i];
    }
    return found;
}

/* One statement a level, for all of the batch together. */
static Err levels_read(Work *w, Tree *t, const Saving *s, const Field *f, int64_t *ids, ptrdiff_t n)
{
    Str      sql  = str_fmt(t->mem, "select t.id, t.%s from %s t where t.id in {ids $1}", f->name,
                            entity_table(s->entity));
    int64_t *from = NEW_N(t->mem, int64_t, n + 1);
    while ((n = unknown(t, ids, n, from)) > 0) {
        Rows      rows;
        ptrdiff_t count = 0;
        TRY(db_query(w->db, sql, VALS(val_ids(from, n)), &rows));
        for (; rows_next(&rows); count++) {
            ids[count] = row_null(&rows, 1) ? 0 : row_int(&rows, 1);
            put(t, row_int(&rows, 0), ids[count]);
        }
        TRY(rows_end(&rows));
        for (ptrdiff_t i = 0; i < n; i++) put(t, from[i], 0); /* one that is gone has nobody above */
        n = count;
    }
    return OK;
}

/* A circle that this one only leads to is told of those in it, so the way up ends after as many steps as there are. */
static bool above_itself(Tree *t, int64_t id)
{
    int64_t at = *above(t, id);
    for (ptrdiff_t step = 0; at && at != id && step < t->n; step++) at = *above(t, at);
    return at == id;
}

static int64_t above_in(const Field *f, const void *record)
{
    Value v = value_get(f, record);
    return v.empty ? 0 : v.n;
}

static bool moves(const Saving *s, const Field *f, ptrdiff_t i)
{
    int64_t now = above_in(f, s->now[i]);
    return now && ((const Record *)s->now[i])->id && !(s->was[i] && above_in(f, s->was[i]) == now);
}

Err tree_check(Work *w, Saving *s, const char *field, const char *key)
{
    Arena        scratch = w->scratch;
    Tree         t       = { .mem = &scratch };
    const Field *f       = field_of(s->entity, field);
    int64_t     *ids     = NEW_N(&scratch, int64_t, s->n + 1);
    bool         any     = false;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        ids[i] = above_in(f, s->now[i]);
        any |= moves(s, f, i);
        put(&t, ((const Record *)s->now[i])->id, ids[i]);
    }
    if (!any) return OK;
    TRY(levels_read(w, &t, s, f, ids, s->n));
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (moves(s, f, i) && above_itself(&t, ((const Record *)s->now[i])->id))
            saving_fail(w, s, i, INVALID, field, key);
    return OK;
}
