/* The statements a connection keeps: prepared once, found by their text, the longest unused one making room. */
#include "store/engine.h"

#include <stdlib.h>
#include <string.h>

void prepared_forget(Db *db, Prepared *p)
{
    db->engine->forget(db, p);
    free((char *)p->many.s);
    free((char *)p->sql.s);
    free(p);
}

void prepared_forget_all(Db *db)
{
    for (int i = 0; i < CACHE_BUCKETS; i++)
        for (Prepared *p; (p = db->cache[i]);) {
            db->cache[i] = p->next;
            prepared_forget(db, p);
        }
    db->cached = 0;
}

static void cache_drop_oldest(Db *db)
{
    Prepared **oldest = NULL;
    for (int i = 0; i < CACHE_BUCKETS; i++)
        for (Prepared **p = &db->cache[i]; *p; p = &(*p)->next)
            if (!(*p)->busy && (!oldest || (*p)->used < (*oldest)->used)) oldest = p;
    if (!oldest) return;
    Prepared *gone = *oldest;
    *oldest        = gone->next;
    db->cached--;
    prepared_forget(db, gone);
}

typedef struct {
    Db       *db;
    Prepared *p;
} Preparing;

static Err engine_prepare(void *to)
{
    const Preparing *on = to;
    return on->db->engine->prepare(on->db, on->p);
}

static Err prepare_new(Db *db, Str sql, uint64_t hash, Prepared **out)
{
    Prepared *p = heap_take(sizeof *p);
    char     *c = heap_take((size_t)sql.n + 1);
    if (sql.n) memcpy(c, sql.s, (size_t)sql.n);
    *p      = (Prepared){ .hash = hash, .sql = { c, sql.n }, .used = ++db->uses };
    Err err = guarded(engine_prepare, &(Preparing){ db, p });
    if (err) prepared_forget(db, p);
    if (err == TOO_LARGE) memory_over();
    else *out = p;
    return err;
}

/* The statement of this text; one that is not in the cache when the kept one is being read. */
Err prepared_find(Db *db, Str sql, Prepared **out, bool *kept_out)
{
    uint64_t   hash   = str_hash(sql, 0);
    Prepared **bucket = &db->cache[hash % CACHE_BUCKETS], *p = *bucket;
    while (p && !(p->hash == hash && str_eq(p->sql, sql))) p = p->next;
    *kept_out = p && p->busy;
    if (p && !p->busy) {
        p->used = ++db->uses;
        *out    = p;
        return OK;
    }
    TRY(prepare_new(db, sql, hash, out));
    if (*kept_out) return OK;
    if (db->cached >= CACHE_MOST) cache_drop_oldest(db);
    (*out)->next = *bucket;
    *bucket      = *out;
    db->cached++;
    return OK;
}

Err db_prepares(Db *db, Str sql)
{
    TRY(db_may(db, NULL, 0));
    Prepared *p;
    TRY(prepare_new(db, sql, 0, &p));
    prepared_forget(db, p);
    return OK;
}
