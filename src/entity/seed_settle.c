/* What becomes of each seed: made, saved, offered, or nothing. */
#include "entity/seed_inside.h"

#include "access/access.h"
#include "entity/record.h"
#include "entity/rows.h"

#include <string.h>

/* ---- words ---- */

Err seed_said(Work *w, const Str *keys, Err (*run)(Work *w, void *to), void *to)
{
    Problems before = w->problems, inner;
    Voice    voice  = { 0 };
    w->problems     = (Problems){ .mem = w->mem, .limit = before.limit };
    Err err         = run(w, to);
    inner           = w->problems;
    w->problems     = before;
    lang_read(w->language, &voice.lang);
    for (const Problem *p = inner.first; p; p = p->next) {
        Buf why = buf_new(w->mem, 128);
        problem_put(&why, voice, p);
        PROBLEM(&w->problems, p->err, NULL, "seed.wrong", arg_text("seed", keys[p->row ? p->row - 1 : 0]),
                arg_text("where", str_of(p->field ? p->field : "")), arg_text("why", buf_str(&why)));
    }
    return err;
}

/* ---- what a seed comes to ---- */

typedef struct {
    SeedSet *s;
    Seed    *seed;
    void    *record;
    bool     fresh;
} Applying;

static Err apply(Work *w, void *to)
{
    Applying   *a = to;
    const Json *patch;
    TRY(seed_patch(a->s, a->seed, &patch));
    return record_apply(w, a->seed->e, patch, a->fresh, a->record);
}

/* A part is taken from a record in which there is nothing else. */
static Err part_read(SeedSet *s, Seed *seed)
{
    Applying a = { s, seed, arena_take(s->mem, seed->e->size, 16, 1), true };
    record_empty(s->w, seed->e, a.record);
    TRY(seed_said(s->w, &seed->key, apply, &a));
    seed->alone  = a.record;
    seed->digest = seed_part_digest(s->mem, seed->e, seed->alone, seed->part);
    return OK;
}

static Err apply_to(SeedSet *s, Seed *seed, void *record, bool fresh)
{
    if (!seed->part.s) return seed_said(s->w, &seed->key, apply, &(Applying){ s, seed, record, fresh });
    seed_part_put(s->mem, seed->e, record, seed->alone, seed->part);
    return OK;
}

static Err put(SeedSet *s, SeedTarget *t, Seed *seed, SeedFate fate)
{
    seed->fate = fate;
    t->changes = true;
    return apply_to(s, seed, t->record, fate == SEED_MADE && !seed->part.s);
}

/* What it would change; where that is nothing, it says what stands there already. */
static Err offer(SeedSet *s, SeedTarget *t, Seed *seed)
{
    void       *other = arena_take_raw(s->mem, t->e->size, 16, 1);
    Buf         text  = buf_new(s->mem, 256);
    JsonOut     j     = js_to(&text);
    const Json *patch;
    memcpy(other, t->record, (size_t)t->e->size);
    TRY(apply_to(s, seed, other, false));
    if (seed_records_same(s->w, t->e, t->record, other)) return OK;
    TRY(seed_patch(s, seed, &patch));
    js_copy(&j, patch);
    seed->fate    = SEED_LEFT;
    seed->offered = buf_str(&text);
    return OK;
}

static bool archived(const SeedTarget *t) { return ((const Record *)t->record)->archived_at != NONE; }

/* The base had it before there were seeds. */
static bool older(const Seed *seed) { return seed->known.record && seed->known.digest.n == 0; }

static Err whole_settle(SeedSet *s, SeedTarget *t, Seed *seed)
{
    if (older(seed) || str_eq(seed->known.digest, seed->digest)) return OK;
    bool touched = archived(t) || seed->known.version != t->version;
    return touched ? offer(s, t, seed) : put(s, t, seed, SEED_CHANGED);
}

static bool had_before(SeedSet *s, const SeedTarget *t, const Seed *seed)
{
    const SeedWay *way = t->e->seeds;
    return t->whole >= 0 && older(&s->seed[t->whole]) && way && way->had && way->had(seed->part);
}

static Err part_settle(SeedSet *s, SeedTarget *t, Seed *seed)
{
    const SeedWay *way = t->e->seeds;
    TRY(part_read(s, seed));
    Str now = seed_part_digest(s->mem, t->e, t->record, seed->part), was = seed->known.digest;
    if (had_before(s, t, seed) || str_eq(was, seed->digest) || str_eq(now, seed->digest)) return OK;
    bool untouched = seed->known.record ? str_eq(now, was) : seed_part_empty(t->e, t->record, seed->part);
    bool grows     = !way || !way->grows || !str_eq(s->origin, S("sbyt")) || way->grows(t->record);
    return untouched && grows && !archived(t) ? put(s, t, seed, SEED_CHANGED) : offer(s, t, seed);
}

static Err part_make(SeedSet *s, SeedTarget *t, Seed *seed)
{
    TRY(part_read(s, seed));
    return put(s, t, seed, SEED_MADE);
}

static Err parts_each(SeedSet *s, SeedTarget *t, Err (*one)(SeedSet *, SeedTarget *, Seed *))
{
    for (ptrdiff_t i = t->parts; i >= 0; i = s->seed[i].next) TRY(one(s, t, &s->seed[i]));
    return OK;
}

Err seed_target_make(SeedSet *s, SeedTarget *t)
{
    Record *r = t->record;
    record_empty(s->w, t->e, r);
    TRY(put(s, t, &s->seed[t->whole], SEED_MADE));
    r->origin = str_fmt(s->mem, "seed:%.*s", (int)s->origin.n, s->origin.s);
    r->key    = t->key;
    return parts_each(s, t, part_make);
}

Err seed_target_settle(SeedSet *s, SeedTarget *t)
{
    t->version = ((const Record *)t->record)->version;
    if (t->whole >= 0) TRY(whole_settle(s, t, &s->seed[t->whole]));
    return parts_each(s, t, part_settle);
}

static Err pass_one(SeedSet *s, SeedTarget *t, Seed *seed)
{
    (void)s;
    (void)t;
    seed->fate = SEED_PASSED;
    return OK;
}

void seed_target_pass(SeedSet *s, SeedTarget *t)
{
    t->changes = false;
    t->passes  = true;
    if (t->whole >= 0) s->seed[t->whole].fate = SEED_PASSED;
    parts_each(s, t, pass_one);
}
