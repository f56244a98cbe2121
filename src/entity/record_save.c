/* The one door: everything that changes a record comes through here, step by step. */
#include "entity/door.h"

#include "access/access.h"
#include "core/map.h"
#include "entity/confirm.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "entity/rows.h"

#include <string.h>

void door_fail(Door *d, ptrdiff_t i, Problem p)
{
    p.row = d->many ? i + 1 : 0;
    problem_add(&d->w->problems, p);
    if (d->err == OK) d->err = p.err;
}

const char *child_field_name(Door *d, const Children *list, ptrdiff_t k, const Field *f)
{
    return str_c(d->w->mem, str_fmt(d->w->mem, "%s.%td.%s", list->name, k, f->name));
}

const void *stored_child(const Children *list, const void *was, int64_t id)
{
    if (!was || !id) return NULL;
    const ChildRows *rows = children_of(list, was);
    ptrdiff_t from = 0, to = rows->n; /* in the order of ids */
    while (from < to) {
        ptrdiff_t        middle = from + (to - from) / 2;
        const ChildHead *at     = child_at(list, rows, middle);
        if (at->id == id) return at;
        if (at->id < id) from = middle + 1;
        else to = middle;
    }
    return NULL;
}

/* ---- what is stored ---- */

static bool made_elsewhere(const Record *r) { return r->id == 0 && r->origin.n && r->key.n; }

static bool same_key(const Record *a, Str origin, Str key)
{
    return made_elsewhere(a) && str_eq(a->origin, origin) && str_eq(a->key, key);
}

static void known_take(Door *d, Map *place, Str origin, const Rows *rows)
{
    int64_t *at = map_at(&place, row_text(rows, 1), NULL);
    Record  *r  = at ? d->now[*at] : NULL;
    if (!r || !same_key(r, origin, row_text(rows, 1))) return;
    r->id        = row_int(rows, 0);
    d->skip[*at] = true;
}

/* Those of one origin; a key that stands twice in the batch is left to the unique index. */
static Err known_of(Door *d, Arena scratch, Str origin)
{
    Map      *place = NULL;
    Str      *keys  = NEW_RAW(&scratch, Str, d->n);
    Buf       sql   = buf_new(&scratch, 200);
    ptrdiff_t n     = 0;
    Rows      rows;
    for (ptrdiff_t i = 0; i < d->n; i++) {
        const Record *r = d->now[i];
        if (!made_elsewhere(r) || !str_eq(r->origin, origin)) continue;
        *map_at(&place, r->key, &scratch) = i;
        keys[n++] = r->key;
    }
    buf_fmt(&sql, "select id, key from %s where origin = $1 and key in {texts $2}", entity_table(d->e));
    TRY(db_query(d->w->db, buf_str(&sql), VALS(val_text(origin), val_texts(keys, n)), &rows));
    while (rows_next(&rows)) known_take(d, place, origin, &rows);
    return rows_end(&rows);
}

/* A batch comes from one place, or from few. */
static Err known_find(Door *d)
{
    Str last = { 0 };
    for (ptrdiff_t i = 0; i < d->n; i++) {
        const Record *r = d->now[i];
        if (!made_elsewhere(r) || d->skip[i] || (last.n && str_eq(r->origin, last))) continue;
        last = r->origin;
        TRY(known_of(d, d->w->scratch, last));
    }
    return OK;
}

/* The ids of stored records, each once.  Twice in one batch is the caller's mistake. */
static Ids stored_ids(Door *d, Arena *mem)
{
    Ids ids = ids_new(mem, d->n);
    for (ptrdiff_t i = 0; i < d->n; i++) {
        int64_t id = ((Record *)d->now[i])->id;
        if (id && !ids_put(&ids, id, i) && !d->skip[i]) DOOR_FAIL(d, i, INVALID, NULL, "record.twice");
    }
    return ids;
}

static void stored_take(Door *d, const Ids *ids, const int64_t *all, const bool *found, void *stored, ptrdiff_t n)
{
    for (ptrdiff_t k = 0; k < n; k++) {
        ptrdiff_t i = ids_at(ids, all[k]);
        if (found[k]) d->was[i] = (char *)stored + k * d->e->size;
        else if (d->how.quiet) d->skip[i] = true;
        else DOOR_FAIL(d, i, NOT_FOUND, NULL, "record.not_found");
    }
}

/* What the actor may not see he is not told of; what he sees and may not change he is refused.  A pair of origin and
 * key that leads to what he may not see is refused in the words of a pair that is nobody's to take (record_patch), so
 * that a guesser learns of neither a record nor its state. */
static Err reach_check(Door *d, Arena scratch, const Ids *ids, const int64_t *all, ptrdiff_t n)
{
    if (d->how.trusted || n == 0) return OK;
    const char *const verbs[] = { "view", d->verb };
    for (int v = 0; v < 2; v++) {
        bool *in = NEW_N(&scratch, bool, n);
        if (reach_all(d->w, d->e, verbs[v])) continue;
        TRY(reach_rows(d->w, scratch, d->e, verbs[v], all, n, in));
        for (ptrdiff_t k = 0; k < n; k++) {
            ptrdiff_t i = ids_at(ids, all[k]);
            bool known = ((Record *)d->now[i])->known;
            if (in[k] || !d->was[i] || (d->skip[i] && !(known && v == 0))) continue;
            if (known) DOOR_FAIL(d, i, CONFLICT, "key", "record.key_unusable");
            else if (v == 0) DOOR_FAIL(d, i, NOT_FOUND, NULL, "record.not_found");
            else DOOR_FAIL(d, i, DENIED, NULL, "record.not_yours");
            d->skip[i] = true;
        }
    }
    return OK;
}

Err door_stored(Door *d)
{
    TRY(known_find(d));
    Arena    *mem = d->w->mem;
    Ids       ids = stored_ids(d, mem);
    ptrdiff_t n;
    int64_t  *all    = ids_all(mem, &ids, &n);
    void     *stored = arena_take_raw(mem, d->e->size, 16, n);
    bool     *found  = NEW_N(mem, bool, n);
    if (n) TRY(record_fetch(d->w, d->e, all, n, true, stored, found));
    stored_take(d, &ids, all, found, stored, n);
    for (ptrdiff_t i = 0; i < d->n; i++) { /* known already: the caller gets the first one */
        if (!d->skip[i] || !d->was[i]) continue;
        memcpy(d->now[i], d->was[i], (size_t)d->e->size);
        ((Record *)d->now[i])->known = true;
    }
    return reach_check(d, d->w->scratch, &ids, all, n);
}

/* ---- passing ---- */

/* Columns that only the door writes are those of the stored record; children that were not read are the stored ones. */
static void take_over_head(Door *d, ptrdiff_t i)
{
    Record *now = d->now[i];
    if (!d->was[i]) {
        for (int c = 0; c < d->e->child_count; c++)
            if (children_of(&d->e->children[c], now)->n < 0) *children_of(&d->e->children[c], now) = (ChildRows){ 0 };
        return;
    }
    const Record *was = d->was[i];
    now->created_at   = was->created_at;
    now->created_by   = was->created_by;
    now->archived_at  = was->archived_at;
    now->origin       = was->origin;
    now->key          = was->key;
    if (now->version == 0) now->version = was->version;
    for (int c = 0; c < d->e->child_count; c++)
        if (children_of(&d->e->children[c], now)->n < 0)
            *children_of(&d->e->children[c], now) = *children_of(&d->e->children[c], was);
}

/* A field the actor may not see keeps what it holds, whatever he sent. */
static void hidden_keep(Door *d, ptrdiff_t i)
{
    for (int f = 0; f < d->fields.n; f++)
        if (d->was[i] ? d->hidden[f] : d->closed[f])
            value_set(d->fields.at[f], d->now[i], d->was[i] ? value_get(d->fields.at[f], d->was[i]) : value_none());
    for (int c = 0; c < d->e->child_count; c++) {
        const Children *list = &d->e->children[c];
        ChildRows      *rows = children_of(list, d->now[i]);
        for (int f = 0; f < list->entity->field_count; f++) {
            const Field *field = &list->entity->fields[f];
            if (d->how.trusted || !access_hides(d->w->who, d->e->name, door_verb(d, i), field->mask)) continue;
            for (ptrdiff_t k = 0; k < rows->n; k++) {
                ChildHead  *row    = child_at(list, rows, k);
                const void *stored = stored_child(list, d->was[i], row->id);
                value_set(field, row, stored ? value_get(field, stored) : value_none());
            }
        }
    }
}

static Err rights_check(Door *d)
{
    bool adds = false, changes = false;
    if (d->how.trusted) return OK;
    for (ptrdiff_t i = 0; i < d->n; i++) {
        adds |= ((Record *)d->now[i])->id == 0;
        changes |= ((Record *)d->now[i])->id != 0;
    }
    if (adds) TRY(access_need(d->w, d->e->name, "add"));
    return changes ? access_need(d->w, d->e->name, d->verb) : OK;
}

/* The records that go on, given to the rule and to whoever listens. */
static Saving *saving_of(Door *d)
{
    Arena  *mem  = d->w->mem;
    Saving *s    = NEW(mem, Saving);
    void  **now  = NEW_N(mem, void *, d->n);
    const void **was = NEW_N(mem, const void *, d->n);
    ptrdiff_t   *at  = NEW_N(mem, ptrdiff_t, d->n);
    for (ptrdiff_t i = 0; i < d->n; i++) {
        if (d->skip[i]) continue;
        at[s->n]    = i;
        now[s->n]   = d->now[i];
        was[s->n++] = d->was[i];
    }
    s->entity = d->e;
    s->now    = now;
    s->was    = was;
    s->place  = at;
    s->work   = d->how.work;
    s->many   = d->many;
    s->archive = d->archive;
    s->trusted = d->how.trusted;
    s->bulk    = d->how.bulk;
    s->back    = d->how.as_it_was;
    return s;
}

/* Null: nothing is asked. */
static Saving *saving_asked(Door *d)
{
    bool    asked = !d->how.as_it_was && (d->e->rule || checks_any(d->e));
    Saving *s     = asked ? saving_of(d) : NULL;
    return s && s->n ? s : NULL;
}

static Err saved_tell(Door *d)
{
    static const char *const deed[] = { "restored", "saved", "archived" };
    Saving *s = saving_of(d);
    if (s->n == 0) return OK;
    s->written = true;
    const char *name = str_c(d->w->mem, str_fmt(d->w->mem, "%s.%s", d->e->name, deed[d->archive + 1]));
    return work_raise(d->w, (Event){ .name = name, .entity = d->e->name, .record = ((Record *)s->now[0])->id, .what = s,
                                     .bulk = d->how.bulk });
}

/* ---- a state that says "archived" and the archive are one thing ---- */

static void archive_put(const Entity *e, void *record, int64_t state, Value before)
{
    value_set(field_of(e, e->archive_field), record, value_int(state));
    value_set(field_of(e, e->archive_before), record, before);
}

/* What a restored record comes back as: what it was, or what a new one begins with. */
static int64_t state_before(const Entity *e, const void *record)
{
    Value before = value_get(field_of(e, e->archive_before), record);
    return before.empty ? field_of(e, e->archive_field)->start : before.n;
}

/* A save by which a record goes into the archive, or comes out of it. */
static void archive_by_state(Door *d, ptrdiff_t i)
{
    const Field *f   = field_of(d->e, d->e->archive_field);
    Record      *now = d->now[i];
    Value        was = d->was[i] ? value_get(f, d->was[i]) : value_int(f->start);
    bool         in  = value_get(f, now).n == d->e->archive_value;
    if (in == (now->archived_at != NONE)) return;
    now->archived_at = in ? d->w->now : NONE;
    value_set(field_of(d->e, d->e->archive_before), now, in ? was : value_none());
}

static void archive_follow(Door *d)
{
    const Entity *e = d->e;
    for (ptrdiff_t i = 0; e->archive_field && i < d->n; i++) {
        void *now = d->now[i];
        if (d->skip[i]) continue;
        if (d->archive > 0) archive_put(e, now, e->archive_value, value_get(field_of(e, e->archive_field), now));
        else if (d->archive < 0) archive_put(e, now, state_before(e, now), value_none());
        else archive_by_state(d, i);
    }
}

/* Those that go into the archive or come out of it by this save, of which some are stored: their places. */
static Ids archive_moved(Door *d, Arena *mem, bool *any)
{
    Ids ids = ids_new(mem, d->n);
    *any    = false;
    for (ptrdiff_t i = 0; i < d->n; i++) {
        const Record *now = d->now[i], *was = d->was[i];
        if (d->skip[i] || (was && was->archived_at != NONE) == (now->archived_at != NONE)) continue;
        *any = true;
        if (was) ids_put(&ids, was->id, i);
    }
    return ids;
}

/* That takes the right to archive, and reaches as far as the deed does. */
static Err archive_need(Door *d)
{
    Arena     scratch = d->w->scratch;
    bool      any;
    ptrdiff_t n;
    Ids       ids = archive_moved(d, &scratch, &any);
    if (!any || d->how.trusted || d->how.as_it_was) return OK;
    TRY(access_need(d->w, d->e->name, "archive"));
    int64_t *all = ids_all(&scratch, &ids, &n);
    bool    *in  = NEW_N(&scratch, bool, n);
    if (n == 0 || reach_all(d->w, d->e, "archive")) return OK;
    TRY(reach_rows(d->w, scratch, d->e, "archive", all, n, in));
    for (ptrdiff_t k = 0; k < n; k++)
        if (!in[k]) DOOR_FAIL(d, ids_at(&ids, all[k]), DENIED, d->e->archive_field, "record.not_yours");
    return d->err;
}

static Err door_checks(Door *d)
{
    TRY(door_stored(d));
    if (d->err) return d->err;
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (!d->skip[i]) take_over_head(d, i);
    TRY(door_merge(d));
    for (ptrdiff_t i = 0; i < d->n; i++)
        if (!d->skip[i]) hidden_keep(d, i);
    TRY(door_filters(d));
    door_values(d);
    TRY(door_refs(d));
    if (d->err) return d->err;
    TRY(door_tree(d));
    archive_follow(d);
    Saving *s = saving_asked(d);
    if (s && d->e->rule) TRY(d->e->rule(d->w, s));
    TRY(archive_need(d));
    TRY(door_unique(d));
    if (d->err) return d->err;
    return s ? checks_ask(d->w, s) : OK;
}

static Err door_pass(Door *d)
{
    TRY(rights_check(d));
    TRY(door_checks(d));
    TRY(door_written(d));
    TRY(door_uses(d));
    TRY(door_kept(d));
    TRY(door_confirmed(d));
    return saved_tell(d);
}

static Door door_open(Work *w, const Entity *e, void *records, ptrdiff_t n, const SaveHow *how)
{
    Door d = { .w = w, .e = e, .n = n, .many = n > 1, .verb = "change", .fields = entity_fields(w, e) };
    if (how) d.how = *how;
    d.now    = NEW_RAW(w->mem, void *, n);
    d.was    = NEW_N(w->mem, void *, n);
    d.skip   = NEW_N(w->mem, bool, n);
    d.hidden = NEW_N(w->mem, bool, d.fields.n);
    d.closed = NEW_N(w->mem, bool, d.fields.n);
    for (ptrdiff_t i = 0; i < n; i++) d.now[i] = (char *)records + i * e->size;
    for (int f = 0; f < d.fields.n && !d.how.trusted; f++) {
        d.hidden[f] = access_hides(w->who, e->name, "change", d.fields.at[f]->mask);
        d.closed[f] = access_hides(w->who, e->name, "add", d.fields.at[f]->mask);
    }
    return d;
}

Err record_save_many(Work *w, const Entity *e, void *records, ptrdiff_t n, const SaveHow *how)
{
    if (n == 0) return OK;
    Door d = door_open(w, e, records, n, how);
    return door_pass(&d);
}

Err record_save(Work *w, const Entity *e, void *record)
{
    return record_save_many(w, e, record, 1, NULL);
}

static Err archive_or_back(Work *w, const Entity *e, int64_t id, int64_t version, int archive)
{
    void *record = arena_take(w->mem, e->size, 16, 1);
    bool  found;
    TRY(access_need(w, e->name, "archive"));
    TRY(reach_need(w, e, "view", id));
    TRY(record_fetch(w, e, &id, 1, true, record, &found));
    if (!found) return fail(w, NOT_FOUND, NULL, "record.not_found");
    Record *r = record;
    if (version && version != r->version) return fail(w, CONFLICT, NULL, "record.changed_since");
    if ((archive > 0) == (r->archived_at != NONE)) return OK; /* it is there already */
    Door d    = door_open(w, e, record, 1, NULL);
    d.archive = archive;
    d.verb    = "archive";
    return door_pass(&d);
}

Err record_archive(Work *w, const Entity *e, int64_t id, int64_t version)
{
    return archive_or_back(w, e, id, version, 1);
}
Err record_restore(Work *w, const Entity *e, int64_t id, int64_t version)
{
    return archive_or_back(w, e, id, version, -1);
}

static Err many_moved(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const SaveHow *how, int archive)
{
    char     *records = arena_take_raw(w->mem, e->size, 16, n);
    bool     *found   = NEW_N(w->mem, bool, n);
    ptrdiff_t moving  = 0;
    TRY(record_fetch(w, e, ids, n, true, records, found));
    for (ptrdiff_t i = 0; i < n; i++) {
        const Record *r = (const void *)(records + i * e->size);
        if (found[i] && (r->archived_at == NONE) == (archive > 0))
            memmove(records + moving++ * e->size, r, (size_t)e->size);
    }
    if (moving == 0) return OK;
    Door d    = door_open(w, e, records, moving, how);
    d.archive = archive;
    d.verb    = "archive";
    return door_pass(&d);
}

Err record_archive_many(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const SaveHow *how)
{
    return many_moved(w, e, ids, n, how, 1);
}

Err record_restore_many(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, const SaveHow *how)
{
    return many_moved(w, e, ids, n, how, -1);
}
