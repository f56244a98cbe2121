/* From the text of a file to seeds whose references are all found. */
#include "entity/seed_inside.h"

#include "entity/seed_sql.h"

#include <string.h>

enum { VALUES_MOST = 2000000, DEPTH_MOST = 12, LEVELS_MOST = 64 };

SeedSet seed_set(Work *w, Str origin, Lang lang)
{
    return (SeedSet){ .w = w, .origin = origin, .lang = lang, .mem = w->mem };
}

#define REFUSE(s, key_, ...) fail((s)->w, INVALID, NULL, key_, __VA_ARGS__)

/* ---- an element as it is kept and as it is applied ---- */

typedef struct {
    SeedSet   *s;
    ptrdiff_t  from; /* the seed that is read: references are noted; -1: they are written as ids */
    JsonOut    out;
} Spelling;

static bool both_languages(const Field *f, const Json *v)
{
    return f && f->type == TYPE_text && v->kind == JSON_IS_ARRAY && v->count == LANGS &&
           v->first->kind == JSON_IS_TEXT && v->first->next->kind == JSON_IS_TEXT;
}

static bool refers(const Field *f, const Json *v)
{
    return f && (f->type == TYPE_ref || f->type == TYPE_link) && v->kind == JSON_IS_TEXT && str_starts(v->text, S("@"));
}

static void ref_note(SeedSet *s, ptrdiff_t from, const Field *f, Str key)
{
    if (s->refs == s->ref_room) {
        SeedRef *wider = NEW_RAW(s->mem, SeedRef, s->ref_room * 2 + 64);
        if (s->refs) memcpy(wider, s->ref, sizeof *wider * (size_t)s->refs);
        s->ref      = wider;
        s->ref_room = s->ref_room * 2 + 64;
    }
    s->ref[s->refs++] = (SeedRef){ key, f->name, from };
}

static ptrdiff_t place_in(Map *map, Str key)
{
    int64_t *at = map_at(&map, key, NULL);
    return at ? *at - 1 : -1;
}

int64_t seed_record(SeedSet *s, Str key)
{
    ptrdiff_t target = place_in(s->target_of, key), known = place_in(s->known_of, key);
    if (target >= 0) return s->target[target].id;
    return known >= 0 ? s->known[known].record : 0;
}

static Str entity_behind(SeedSet *s, Str key)
{
    ptrdiff_t target = place_in(s->target_of, key), known = place_in(s->known_of, key);
    return target >= 0 ? str_of(s->target[target].e->name) : known >= 0 ? s->known[known].entity : S("");
}

static void ref_write(Spelling *p, const Field *f, const Json *v)
{
    Str key = str_from(v->text, 1);
    if (p->from >= 0) {
        ref_note(p->s, p->from, f, key);
        js_str(&p->out, v->text);
        return;
    }
    int64_t id     = seed_record(p->s, key);
    Str     entity = entity_behind(p->s, key);
    if (f->type == TYPE_ref) js_i64(&p->out, id);
    else js_str(&p->out, str_fmt(p->s->mem, "%.*s:%lld", (int)entity.n, entity.s, (long long)id));
}

static void value_spell(Spelling *p, const Field *f, const Json *v)
{
    if (both_languages(f, v)) js_str(&p->out, p->s->lang == LANG_RU ? v->first->text : v->first->next->text);
    else if (refers(f, v)) ref_write(p, f, v);
    else js_copy(&p->out, v);
}

static void members_spell(Spelling *p, const Entity *e, const Json *object)
{
    js_object(&p->out);
    for (const Json *v = object->first; v; v = v->next) {
        const Children *list = NULL;
        if (!e->parent && str_eq(v->key, S("key"))) continue;
        for (int c = 0; c < e->child_count; c++)
            if (str_eq(v->key, str_of(e->children[c].name))) list = &e->children[c];
        js_key_str(&p->out, v->key);
        if (!list || v->kind != JSON_IS_ARRAY) {
            value_spell(p, field_named(p->s->w, e, v->key), v);
            continue;
        }
        js_array(&p->out);
        for (const Json *row = v->first; row; row = row->next) {
            if (row->kind == JSON_IS_OBJECT) members_spell(p, list->entity, row);
            else js_copy(&p->out, row);
        }
        js_end(&p->out);
    }
    js_end(&p->out);
}

static Str element_spell(SeedSet *s, const Entity *e, const Json *said, ptrdiff_t from)
{
    Buf      text = buf_new(s->mem, 256);
    Spelling p    = { .s = s, .from = from, .out = js_to(&text) };
    members_spell(&p, e, said);
    return buf_str(&text);
}

static Err text_read(SeedSet *s, Str text, const Json **out)
{
    JsonLimits limits = { .bytes = SEED_BYTES * 2, .values = VALUES_MOST, .depth = DEPTH_MOST };
    return json_read(s->mem, text, limits, &s->w->problems, out);
}

Err seed_patch(SeedSet *s, const Seed *seed, const Json **out)
{
    return text_read(s, element_spell(s, seed->e, seed->said, -1), out);
}

/* ---- reading ---- */

static Seed *seed_new(SeedSet *s)
{
    if (s->n == s->seed_room) {
        ptrdiff_t   room   = s->seed_room * 2 + 64;
        Seed       *wider  = NEW_RAW(s->mem, Seed, room);
        SeedTarget *target = NEW_RAW(s->mem, SeedTarget, room);
        if (s->n) memcpy(wider, s->seed, sizeof *wider * (size_t)s->n);
        if (s->targets) memcpy(target, s->target, sizeof *target * (size_t)s->targets);
        s->seed      = wider;
        s->target    = target;
        s->seed_room = room;
    }
    s->seed[s->n] = (Seed){ .next = -1 };
    return &s->seed[s->n++];
}

/* What stands before the last slash, where the entity has parts; and what stands behind it. */
static Str whole_of(const Entity *e, Str key, Str *part)
{
    const Field *by;
    ptrdiff_t    at = key.n;
    while (at > 0 && key.s[at - 1] != '/') at--;
    *part = (Str){ 0 };
    if (at < 2 || !seed_list(e, &by)) return key;
    *part = str_from(key, at);
    return str_upto(key, at - 1);
}

static ptrdiff_t target_of(SeedSet *s, const Entity *e, Str key)
{
    int64_t *at = map_at(&s->target_of, key, s->mem);
    if (*at == 0) {
        s->target[s->targets++] = (SeedTarget){ .e = e, .key = key, .whole = -1, .parts = -1 };
        *at = s->targets;
    }
    return *at - 1;
}

static void target_join(SeedSet *s, ptrdiff_t place)
{
    Seed       *seed = &s->seed[place];
    SeedTarget *t    = &s->target[seed->target];
    if (!seed->part.s) {
        t->whole = place;
        return;
    }
    seed->next = t->parts;
    t->parts   = place;
}

static Err element_take(SeedSet *s, const Entity *e, const Json *element)
{
    Str key, part;
    if (!json_get_text(element, "key", &key) || !key.n || key.n > SEED_KEY_MOST)
        return REFUSE(s, "seed.no_key", arg_text("entity", str_of(e->name)), arg_count("most", SEED_KEY_MOST));
    int64_t *place = map_at(&s->seed_of, key, s->mem);
    if (*place) return REFUSE(s, "seed.twice", arg_text("seed", key));
    if (s->n == SEEDS_MOST) return REFUSE(s, "seed.too_many", arg_count("most", SEEDS_MOST));
    Seed *seed   = seed_new(s);
    *place       = s->n;
    seed->e      = e;
    seed->key    = key;
    seed->said   = element;
    seed->target = target_of(s, e, whole_of(e, key, &part));
    seed->part   = part;
    if (s->target[seed->target].e != e) return REFUSE(s, "seed.twice", arg_text("seed", s->target[seed->target].key));
    target_join(s, s->n - 1);
    seed->digest = seed_hash(s->mem, element_spell(s, e, element, s->n - 1));
    return OK;
}

/* The elements as the entity wants them written. */
static Err list_spell(SeedSet *s, const Entity *e, const Json *list, const Json **out)
{
    Buf     text = buf_new(s->mem, 4096);
    JsonOut j    = js_to(&text);
    *out         = list;
    if (!e->seeds || !e->seeds->spell) return OK;
    js_array(&j);
    for (const Json *at = list->first; at; at = at->next)
        if (at->kind == JSON_IS_OBJECT) e->seeds->spell(s->mem, &j, at);
        else js_copy(&j, at);
    js_end(&j);
    return text_read(s, buf_str(&text), out);
}

static Err list_take(SeedSet *s, const Json *list)
{
    const Entity *e = entity_named(list->key);
    if (!e || e->parent) return REFUSE(s, "seed.no_entity", arg_text("entity", list->key));
    if (list->kind != JSON_IS_ARRAY) return REFUSE(s, "seed.no_list", arg_text("entity", list->key));
    TRY(list_spell(s, e, list, &list));
    for (const Json *at = list->first; at; at = at->next) TRY(element_take(s, e, at));
    return OK;
}

Err seeds_read(SeedSet *s, Str text)
{
    const Json *file;
    if (text.n > SEED_BYTES) return fail(s->w, INVALID, NULL, "json.too_large");
    TRY(text_read(s, text, &file));
    if (file->kind != JSON_IS_OBJECT) return REFUSE(s, "seed.no_list", arg_text("entity", S("")));
    for (const Json *list = file->first; list; list = list->next) TRY(list_take(s, list));
    return OK;
}

/* ---- finding ---- */

static Err known_read(SeedSet *s)
{
    Str      *keys = NEW_RAW(s->mem, Str, s->n + s->targets + s->refs);
    ptrdiff_t n    = 0, at = 0, room = 2 * (s->n + s->targets + s->refs);
    Rows      rows;
    for (ptrdiff_t i = 0; i < s->n; i++) keys[n++] = s->seed[i].key;
    for (ptrdiff_t i = 0; i < s->targets; i++) keys[n++] = s->target[i].key;
    for (ptrdiff_t i = 0; i < s->refs; i++) keys[n++] = s->ref[i].key;
    s->known = NEW_RAW(s->mem, SeedKnown, room);
    TRY(db_query(s->w->db, SQL_SEEDS_KNOWN, VALS(val_texts(keys, n), val_text(s->origin)), &rows));
    while (rows_next(&rows) && at < room) {
        int64_t *place = map_at(&s->known_of, str_copy(s->mem, row_text(&rows, 0)), s->mem);
        bool     own   = str_eq(row_text(&rows, 5), s->origin);
        /* The program's know of nothing that a firm has brought itself. */
        if (*place || (!own && str_eq(s->origin, S("sbyt")))) continue;
        s->known[at] = (SeedKnown){ .record = row_int(&rows, 2),
                                     .version = row_int(&rows, 4),
                                     .entity = str_copy(s->mem, row_text(&rows, 1)),
                                     .digest = str_copy(s->mem, row_text(&rows, 3)),
                                     .own = own };
        *place       = ++at;
    }
    return rows_end(&rows);
}

static void known_take(SeedSet *s)
{
    for (ptrdiff_t i = 0; i < s->n; i++) {
        ptrdiff_t at = place_in(s->known_of, s->seed[i].key);
        if (at >= 0) s->seed[i].known = s->known[at];
    }
    for (ptrdiff_t i = 0; i < s->targets; i++) {
        ptrdiff_t at = place_in(s->known_of, s->target[i].key);
        if (at >= 0) s->target[i].id = s->known[at].record;
    }
}

static bool found(SeedSet *s, Str key)
{
    ptrdiff_t target = place_in(s->target_of, key);
    return (target >= 0 && s->target[target].whole >= 0) || place_in(s->known_of, key) >= 0;
}

/* All of them are told. */
static Err holes_find(SeedSet *s)
{
    Err worst = OK;
    for (ptrdiff_t i = 0; i < s->refs; i++)
        if (!found(s, s->ref[i].key))
            worst = REFUSE(s, "seed.hole", arg_text("seed", s->seed[s->ref[i].from].key),
                           arg_text("where", str_of(s->ref[i].field)), arg_text("to", s->ref[i].key));
    for (ptrdiff_t i = 0; i < s->targets; i++)
        if (!found(s, s->target[i].key))
            worst = REFUSE(s, "seed.hole", arg_text("seed", s->seed[s->target[i].parts].key),
                           arg_text("where", S("key")), arg_text("to", s->target[i].key));
    return worst;
}

/* Who refers to each target: `first` of it, then `next` of each; -1: nobody more. */
typedef struct {
    ptrdiff_t *first, *next, *waits; /* waits: for how many a target does */
} Refs;

static SeedTarget *from_of(SeedSet *s, ptrdiff_t ref) { return &s->target[s->seed[s->ref[ref].from].target]; }

static Refs refs_turned(SeedSet *s)
{
    Refs r = { NEW_RAW(s->mem, ptrdiff_t, s->targets), NEW_RAW(s->mem, ptrdiff_t, s->refs),
               NEW_N(s->mem, ptrdiff_t, s->targets) };
    for (ptrdiff_t i = 0; i < s->targets; i++) r.first[i] = -1;
    for (ptrdiff_t i = 0; i < s->refs; i++) {
        ptrdiff_t to = place_in(s->target_of, s->ref[i].key);
        if (to < 0) continue;
        r.next[i]   = r.first[to];
        r.first[to] = i;
        r.waits[from_of(s, i) - s->target]++;
    }
    return r;
}

/* Each stands one above the highest that it refers to (A. B. Kahn, 1962); who never comes to stand is in a circle. */
static Err levels_find(SeedSet *s)
{
    Refs       r     = refs_turned(s);
    ptrdiff_t *ready = NEW_RAW(s->mem, ptrdiff_t, s->targets), n = 0;
    for (ptrdiff_t i = 0; i < s->targets; i++)
        if (!r.waits[i]) ready[n++] = i;
    for (ptrdiff_t k = 0; k < n; k++)
        for (ptrdiff_t i = r.first[ready[k]]; i >= 0; i = r.next[i]) {
            SeedTarget *above = from_of(s, i);
            int         level = s->target[ready[k]].level + 1;
            if (above->level < level) above->level = level;
            if (--r.waits[above - s->target] == 0) ready[n++] = above - s->target;
        }
    for (ptrdiff_t i = 0; i < s->targets; i++) {
        if (r.waits[i]) return REFUSE(s, "seed.circle", arg_text("seed", s->target[i].key));
        if (s->target[i].level > LEVELS_MOST)
            return REFUSE(s, "seed.too_deep", arg_text("seed", s->target[i].key), arg_count("most", LEVELS_MOST));
    }
    return OK;
}

Err seeds_find(SeedSet *s)
{
    if (!s->n) return OK;
    TRY(known_read(s));
    known_take(s);
    TRY(holes_find(s));
    return levels_find(s);
}
