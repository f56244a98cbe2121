/* What a watch finds, and what it finds no more: its condition in a statement, asked as the program. */
#include "access/access.h"
#include "entity/filter.h"
#include "sales/watch/watch.h"

typedef struct {
    Work         *w;
    const Watch  *watch;
    const Entity *e;
    Buf           sql;
    Binds         binds;
} Asking;

static int bound(Asking *a, Val v) { return bind_val(a->w->mem, &a->binds, v); }

static Err condition_write(Asking *a)
{
    const Json         *tree;
    const struct Actor *who = a->w->who;
    FilterAsk           ask = { .w = a->w, .mem = a->w->mem, .e = a->e, .published = true };
    bool                archive = false;
    TRY(json_read(a->w->mem, a->watch->filter, (JsonLimits){ .bytes = FILTER_BYTES }, &a->w->problems, &tree));
    a->w->who = &actor_program;
    Err err = filter_write(&ask, tree, "t", &a->sql, &a->binds, &archive);
    a->w->who = who;
    TRY(err);
    if (!archive) buf_fmt(&a->sql, " and t.archived_at is null");
    return OK;
}

static Err ids_read(Asking *a, int64_t *out, ptrdiff_t *n)
{
    Rows rows;
    *n = 0;
    TRY(db_query(a->w->db, buf_str(&a->sql), a->binds.at, a->binds.n, &rows));
    while (*n < WATCH_PIECE && rows_next(&rows)) out[(*n)++] = row_int(&rows, 0);
    return rows_end(&rows);
}

static void asking_begin(Work *w, const Watch *watch, Asking *a)
{
    *a = (Asking){ .w = w, .watch = watch, .e = entity_named(watch->entity), .sql = buf_new(w->mem, 1000) };
}

Err watch_found(Work *w, const Watch *watch, int64_t above, const int64_t *ids, ptrdiff_t n, int64_t *out,
                ptrdiff_t *found)
{
    Asking a;
    asking_begin(w, watch, &a);
    buf_fmt(&a.sql, "select t.id from %s t where t.id > $%d and ", entity_table(a.e), bound(&a, val_int(above)));
    TRY(condition_write(&a));
    if (ids) buf_fmt(&a.sql, " and t.id in {ids $%d}", bound(&a, val_ids(ids, n)));
    if (field_of(a.e, "cause")) buf_fmt(&a.sql, " and coalesce(t.cause_of, '') <> 'finding'");
    buf_fmt(&a.sql,
            " and not exists (select 1 from finding f where f.about_id = t.id and f.watch_id = $%d and f.lasting = 1)"
            " order by t.id limit $%d",
            bound(&a, val_int(watch->base.id)), bound(&a, val_int(WATCH_PIECE)));
    return ids_read(&a, out, found);
}

static bool is_on(const Watch *watch) { return watch->active == 1 && watch->base.archived_at == NONE; }

Err watch_over(Work *w, const Watch *watch, const int64_t *about, ptrdiff_t n, int64_t *out, ptrdiff_t *over)
{
    Asking a;
    asking_begin(w, watch, &a);
    buf_fmt(&a.sql, "select f.id from finding f where f.watch_id = $%d and f.lasting = 1",
            bound(&a, val_int(watch->base.id)));
    if (about) buf_fmt(&a.sql, " and f.about_id in {ids $%d}", bound(&a, val_ids(about, n)));
    if (is_on(watch)) {
        buf_fmt(&a.sql, " and not exists (select 1 from %s t where t.id = f.about_id and ", entity_table(a.e));
        TRY(condition_write(&a));
        buf_fmt(&a.sql, ")");
    }
    buf_fmt(&a.sql, " order by f.id limit $%d", bound(&a, val_int(WATCH_PIECE)));
    return ids_read(&a, out, over);
}
