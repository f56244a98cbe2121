/* Records of one entity that refer to none of each other are read and saved at once. */
#include "entity/seed_inside.h"

#include "core/utf8.h"
#include "entity/record.h"
#include "entity/rows.h"

#include <string.h>

typedef struct {
    const Entity *e;
    SeedTarget  **at;
    ptrdiff_t     n;
} Wave;

/* Of those that are there, in one statement.  One that is gone for good stays gone. */
static Err wave_read(SeedSet *s, Wave *v)
{
    Ids       place = ids_new(s->mem, v->n);
    ptrdiff_t n;
    for (ptrdiff_t i = 0; i < v->n; i++)
        if (v->at[i]->id && !ids_put(&place, v->at[i]->id, i)) seed_target_pass(s, v->at[i]);
    int64_t *ids     = ids_all(s->mem, &place, &n);
    char    *records = arena_take_raw(s->mem, v->e->size, 16, n);
    bool    *found   = NEW_N(s->mem, bool, n);
    if (n) TRY(record_fetch(s->w, v->e, ids, n, true, records, found));
    for (ptrdiff_t k = 0; k < n; k++) {
        SeedTarget *t = v->at[ids_at(&place, ids[k])];
        t->record     = records + k * v->e->size;
        if (!found[k]) seed_target_pass(s, t);
    }
    return OK;
}

static Err wave_settle(SeedSet *s, Wave *v)
{
    for (ptrdiff_t i = 0; i < v->n; i++) {
        SeedTarget *t = v->at[i];
        if (t->passes) continue;
        if (t->id) {
            TRY(seed_target_settle(s, t));
            continue;
        }
        t->record = arena_take(s->mem, v->e->size, 16, 1);
        TRY(seed_target_make(s, t));
    }
    return OK;
}

static Str unique_text(Arena *mem, const Field *f, const void *record)
{
    Str text = value_get(f, record).s;
    return f->find ? name_find(mem, text) : text;
}

static bool is_made(const SeedTarget *t) { return t->changes && !t->id; }

/* A firm may have given the name to a record of its own: that one keeps it, and the program's is not made. */
static Err names_free(SeedSet *s, Wave *v, const Field *f)
{
    Str      *texts = NEW_RAW(s->mem, Str, v->n);
    Map      *place = NULL;
    Buf       sql   = buf_new(s->mem, 200);
    ptrdiff_t n     = 0;
    Rows      rows;
    for (ptrdiff_t i = 0; i < v->n; i++) {
        if (!is_made(v->at[i]) || value_get(f, v->at[i]->record).empty) continue;
        texts[n] = unique_text(s->mem, f, v->at[i]->record);
        *map_at(&place, texts[n++], s->mem) = i;
    }
    if (!n) return OK;
    const char *more = f->find ? "_find" : "";
    buf_fmt(&sql, "select %s%s from %s where %s%s in {texts $1} and archived_at is null", f->name, more,
            entity_table(v->e), f->name, more);
    TRY(db_query(s->w->db, buf_str(&sql), VALS(val_texts(texts, n)), &rows));
    while (rows_next(&rows)) {
        int64_t *at = map_at(&place, row_text(&rows, 0), NULL);
        if (at) seed_target_pass(s, v->at[*at]);
    }
    return rows_end(&rows);
}

static Err wave_names(SeedSet *s, Wave *v)
{
    for (int f = 0; f < v->e->field_count && str_eq(s->origin, S("sbyt")); f++)
        if (v->e->fields[f].unique && v->e->fields[f].type == TYPE_text) TRY(names_free(s, v, &v->e->fields[f]));
    return OK;
}

typedef struct {
    const Entity *e;
    char         *records;
    ptrdiff_t     n;
} Batch;

static Err batch_save(Work *w, void *to)
{
    Batch *b = to;
    return record_save_many(w, b->e, b->records, b->n, &(SaveHow){ .trusted = true, .bulk = true, .verb = "seeded" });
}

static Err wave_save(SeedSet *s, Wave *v)
{
    Batch b    = { .e = v->e, .records = arena_take_raw(s->mem, v->e->size, 16, v->n) };
    Str  *keys = NEW_RAW(s->mem, Str, v->n);
    for (ptrdiff_t i = 0; i < v->n; i++) {
        if (!v->at[i]->changes) continue;
        void *place = b.records + b.n * v->e->size;
        memcpy(place, v->at[i]->record, (size_t)v->e->size);
        v->at[i]->record = place;
        keys[b.n++]      = v->at[i]->key;
    }
    if (b.n) TRY(seed_said(s->w, keys, batch_save, &b));
    for (ptrdiff_t i = 0; i < v->n; i++)
        if (v->at[i]->changes) v->at[i]->id = ((const Record *)v->at[i]->record)->id;
    return OK;
}

static Err wave_pass(SeedSet *s, Wave *v)
{
    if (!v->n) return OK;
    TRY(wave_read(s, v));
    TRY(wave_settle(s, v));
    TRY(wave_names(s, v));
    return wave_save(s, v);
}

/* What leads to a record that was passed over is passed over. */
static void refs_pass(SeedSet *s, int level)
{
    for (ptrdiff_t i = 0; i < s->refs; i++) {
        SeedTarget *t = &s->target[s->seed[s->ref[i].from].target];
        if (t->level == level && !t->passes && !seed_record(s, s->ref[i].key)) seed_target_pass(s, t);
    }
}

Err seeds_level_pass(SeedSet *s, int level)
{
    refs_pass(s, level);
    for (ptrdiff_t k = 0; entity_at(k); k++) {
        Wave v = { .e = entity_at(k), .at = NEW_RAW(s->mem, SeedTarget *, s->targets) };
        for (ptrdiff_t i = 0; i < s->targets; i++)
            if (s->target[i].e == v.e && s->target[i].level == level && !s->target[i].passes)
                v.at[v.n++] = &s->target[i];
        TRY(wave_pass(s, &v));
    }
    return OK;
}
