/* Loading seeds: read, found, passed level by level, and noted. */
#include "entity/seed_inside.h"

#include "access/access.h"
#include "entity/record.h"
#include "entity/seed_sql.h"

#include <string.h>

static const Str by_program = { "sbyt", 4 }, by_firm = { "firm", 4 };

/* ---- what is noted ---- */

static bool is_noted(const Seed *seed)
{
    if (seed->fate == SEED_PASSED) return false;
    return seed->fate != SEED_SAME || !seed->known.own || !str_eq(seed->known.digest, seed->digest);
}

static int64_t version_of(const Seed *seed, const SeedTarget *t)
{
    if (seed->fate == SEED_MADE || seed->fate == SEED_CHANGED) return ((const Record *)t->record)->version;
    return seed->fate == SEED_LEFT && seed->known.record ? seed->known.version : t->version;
}

static Err seeds_note(SeedSet *s)
{
    enum { WIDTH = 8 };
    Val      *vals = NEW_RAW(s->mem, Val, s->n * WIDTH), *v = vals;
    ptrdiff_t n    = 0;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Seed       *seed = &s->seed[i];
        const SeedTarget *t    = &s->target[seed->target];
        if (!is_noted(seed)) continue;
        const Val row[WIDTH] = { val_text(s->origin), val_text(seed->key), val_text(str_of(seed->e->name)),
                                 val_int(t->id), val_text(seed->digest), val_int(version_of(seed, t)),
                                 val_int(s->w->now), seed->offered.n ? val_text(seed->offered) : val_null() };
        memcpy(v, row, sizeof row);
        v += WIDTH;
        n++;
    }
    return n ? db_many(s->w->db, SQL_SEED_PUT, vals, WIDTH, n, NULL) : OK;
}

/* A record that nobody had touched counts as untouched after its seeds have saved it. */
static Err seeds_follow(SeedSet *s)
{
    enum { WIDTH = 4 };
    Val      *vals = NEW_RAW(s->mem, Val, s->targets * WIDTH), *v = vals;
    ptrdiff_t n    = 0;
    for (ptrdiff_t i = 0; i < s->targets; i++) {
        const SeedTarget *t = &s->target[i];
        if (!t->changes || !t->version) continue;
        *v++ = val_int(t->id);
        *v++ = val_int(t->version);
        *v++ = val_int(((const Record *)t->record)->version);
        *v++ = val_text(s->origin);
        n++;
    }
    return n ? db_many(s->w->db, SQL_SEED_FOLLOWED, vals, WIDTH, n, NULL) : OK;
}

static Err seeds_settle(SeedSet *s, SeedCounts *out)
{
    int top = 0;
    for (ptrdiff_t i = 0; i < s->targets; i++)
        if (s->target[i].level > top) top = s->target[i].level;
    for (int level = 0; level <= top; level++) TRY(seeds_level_pass(s, level));
    TRY(seeds_note(s));
    TRY(seeds_follow(s));
    for (ptrdiff_t i = 0; out && i < s->n; i++) out->n[s->seed[i].fate]++;
    return OK;
}

/* As the program, whoever asked for it. */
static Err seeds_pass(SeedSet *s, SeedCounts *out)
{
    const struct Actor *who = s->w->who;
    s->w->who = &actor_program;
    Err err   = seeds_find(s);
    if (err == OK) err = seeds_settle(s, out);
    s->w->who = who;
    return err;
}

/* ---- the doors ---- */

/* Of everything that the program brings, in a language. */
static Str digest_of_all(Arena *mem, Lang lang)
{
    Buf b = buf_new(mem, 4096);
    for (const SeedFile *f = seed_files; f->name; f++) {
        buf_put(&b, seed_hash(mem, f->text));
        buf_char(&b, '\n');
    }
    buf_c(&b, lang_names[lang]);
    for (ptrdiff_t i = 0; entity_at(i); i++) buf_fmt(&b, "\n%s", entity_at(i)->name);
    return seed_hash(mem, buf_str(&b));
}

Err seeds_due(Work *w, bool *due, Lang *lang)
{
    Rows row;
    *lang = LANG_RU;
    *due  = false;
    TRY(db_query(w->db, SQL_SEEDS_LOADED, NO_VALS, &row));
    if (rows_next(&row)) {
        lang_read(row_text(&row, 1), lang);
        *due = !str_eq(row_text(&row, 0), digest_of_all(w->mem, *lang));
    }
    return rows_end(&row);
}

static Err loaded_as(Work *w, Str digest, bool *is)
{
    Rows row;
    TRY(db_query(w->db, SQL_SEEDS_LOADED, NO_VALS, &row));
    *is = rows_next(&row) && str_eq(row_text(&row, 0), digest);
    return rows_end(&row);
}

Err seeds_load(Work *w, Lang lang, SeedCounts *out)
{
    SeedSet s = seed_set(w, by_program, lang);
    Str     digest = digest_of_all(w->mem, lang);
    bool    loaded;
    if (out) *out = (SeedCounts){ 0 };
    TRY(loaded_as(w, digest, &loaded));
    if (loaded) return OK;
    for (const SeedFile *f = seed_files; f->name; f++) TRY(seeds_read(&s, f->text));
    TRY(seeds_pass(&s, out));
    TRY(db_run(w->db, SQL_SEEDS_UNSAID, NO_VALS, NULL));
    return db_run(w->db, SQL_SEEDS_LOADED_PUT, VALS(val_text(digest), val_int(w->now)), NULL);
}

Err seeds_load_text(Work *w, Str json, Lang lang, SeedCounts *out)
{
    SeedSet s = seed_set(w, by_firm, lang);
    *out      = (SeedCounts){ 0 };
    TRY(seeds_read(&s, json));
    return seeds_pass(&s, out);
}
