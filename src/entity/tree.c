/* Nobody stands above himself, neither through others that are stored nor through those that are saved beside him. */
#include "core/map.h"
#include "entity/door.h"

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

static int64_t above_in(const Field *f, const void *record)
{
    Value v = record ? value_get(f, record) : value_none();
    return v.empty ? 0 : v.n;
}

/* Only who gets another one above him can close a circle, and nobody stands under a record that is being made. */
static bool moves(const Door *d, const Field *f, ptrdiff_t i)
{
    int64_t now = above_in(f, d->now[i]);
    return !d->skip[i] && now && ((const Record *)d->now[i])->id && above_in(f, d->was[i]) != now;
}

/* What the batch says goes before what is stored. */
static bool batch_put(Door *d, Tree *t, const Field *f)
{
    bool any = false;
    for (ptrdiff_t i = 0; i < d->n; i++) {
        any |= moves(d, f, i);
        if (!d->skip[i]) put(t, ((const Record *)d->now[i])->id, above_in(f, d->now[i]));
    }
    return any;
}

/* All who stand above the batch at whatever height, in one statement.  Where a circle is stored already, rows that are
 * met again end the way. */
static Err stored_put(Door *d, Tree *t, const Field *f)
{
    const char *table = entity_table(d->e);
    int64_t    *from  = NEW_RAW(t->mem, int64_t, d->n);
    ptrdiff_t   n     = 0;
    Rows        rows;
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (above_in(f, d->now[i])) from[n++] = above_in(f, d->now[i]);
    Str sql = str_fmt(t->mem,
                      "with recursive up (id, above) as (select t.id, t.%s from %s t where t.id in {ids $1}"
                      " union select t.id, t.%s from up join %s t on t.id = up.above) select up.id, up.above from up",
                      f->name, table, f->name, table);
    TRY(db_query(d->w->db, sql, VALS(val_ids(from, n)), &rows));
    while (rows_next(&rows)) put(t, row_int(&rows, 0), row_null(&rows, 1) ? 0 : row_int(&rows, 1));
    return rows_end(&rows);
}

/* A circle that this one only leads to is told of those in it, so the way up ends after as many steps as there are. */
static bool above_itself(Tree *t, int64_t id)
{
    const int64_t *at = above(t, id);
    for (ptrdiff_t step = 0; at && *at && *at != id && step < t->n; step++) at = above(t, *at);
    return at && *at == id;
}

Err door_tree(Door *d)
{
    if (!d->e->tree) return OK;
    Arena        scratch = d->w->scratch;
    Tree         t       = { .mem = &scratch };
    const Field *f       = field_of(d->e, d->e->tree);
    if (!batch_put(d, &t, f)) return OK;
    TRY(stored_put(d, &t, f));
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (moves(d, f, i) && above_itself(&t, ((const Record *)d->now[i])->id))
            DOOR_FAIL(d, i, INVALID, f->name, "record.above_itself");
    return OK;
}
