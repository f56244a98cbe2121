/* What others did to a record since a version, read from its change rows. */
#include "entity/touch.h"

#include "entity/change.h"
#include "entity/diff.h"
#include "entity/record.h"
#include "entity/roster.h"

#include <string.h>

typedef struct {
    Work         *w;
    const Entity *e;
    Touches      *all;
} Reader;

const Touch *touches_of(const Touches *all, const Children *list, int64_t child)
{
    Map     *map  = all->by_child;
    int64_t *held = child_slot(&map, list, child, NULL);
    return held ? (const Touch *)(intptr_t)*held : NULL;
}

static bool touched(const Touches *all, const Children *list, int64_t child, const Field *f)
{
    const Touch *t = touches_of(all, list, child);
    while (t && t->field != f) t = t->peer;
    return t != NULL;
}

const Touch *touch_child(const Touches *all, const Children *list, int64_t child, TouchKind kind)
{
    const Touch *t = touches_of(all, list, child);
    while (t && t->kind != kind) t = t->peer;
    return t;
}

static void touch_add(Reader *r, Touch t)
{
    Touch   *kept = NEW(r->w->mem, Touch);
    int64_t *peer = child_slot(&r->all->by_child, t.list, t.child, r->w->mem);
    *kept         = t;
    kept->next    = r->all->first;
    kept->peer    = (Touch *)(intptr_t)*peer;
    *peer         = (intptr_t)kept;
    r->all->first = kept;
}

/* Only the first change after the version tells what stood in a field. */
static void part_touch(Reader *r, const DiffPart *part)
{
    Touch t = { .list = part->list, .child = part->child, .field = part->field, .base = value_none() };
    if (part->kind == DIFF_FIELD) {
        if (!t.field || touched(r->all, t.list, t.child, t.field)) return;
        if (part->old && part->old->kind == JSON_IS_TEXT) value_read(r->w->mem, t.field, part->old->text, &t.base);
    } else {
        t.kind   = part->kind == DIFF_ADDED ? TOUCH_ADDED : TOUCH_REMOVED;
        t.values = part->values;
    }
    touch_add(r, t);
}

static void diff_touches(Reader *r, Str diff)
{
    DiffReader reader = diff_read(r->w, r->e, str_copy(r->w->mem, diff));
    for (DiffPart part; diff_next(&reader, &part);) part_touch(r, &part);
}

/* On PostgreSQL, which sends all it has been asked for, the rows behind the bounds are cut off there (their sizes are
 * known without reading them); SQLite reads what is taken from a row. */
static Err rows_since(Work *w, const int64_t *ids, ptrdiff_t n, int64_t least, Rows *rows)
{
    return db_query(
        w->db,
        S("-- postgres\n"
          "select record, version, diff from (select p.*,"
          " sum(octet_length(diff)) over (partition by record order by version"
          " rows between unbounded preceding and 1 preceding) as of_record,"
          " sum(octet_length(diff)) over (order by record, version"
          " rows between unbounded preceding and 1 preceding) as of_all from (\n"
          "-- both\n"
          "select record, version, diff from change where record in {ids $1} and version > $2 and diff is not null"
          " order by record, version\n"
          "-- postgres\n"
          ") p) p where coalesce(of_record, 0) < " CHANGE_DIGITS(TOUCHES_MOST) " and coalesce(of_all, 0)"
          " < " CHANGE_DIGITS(TOUCHES_ALL_MOST) " order by record, version\n"),
        VALS(val_ids(ids, n), val_int(least)), rows);
}

/* Rows come in the order of records, so those behind the one at hand have not been seen. */
static void too_many_from(Touches *out, const Ids *place, const int64_t *asked, int64_t record)
{
    for (ptrdiff_t k = 0; k < place->n; k++)
        if (asked[k] >= record) out[ids_at(place, asked[k])].too_many = true;
}

/* One row; false: nothing more is looked at.  Those of other versions than a record was asked from count as well, as
 * they do where the database cuts. */
static bool row_touches(Reader *r, const Rows *rows, int64_t from, int64_t *of_record, int64_t *of_all)
{
    if (r->all->too_many) return true;
    Str diff = row_text(rows, 2);
    *of_record += diff.n;
    *of_all += diff.n;
    if (*of_record >= TOUCHES_MOST || *of_all >= TOUCHES_ALL_MOST) r->all->too_many = true;
    else if (row_int(rows, 1) > from) diff_touches(r, diff);
    return *of_all < TOUCHES_ALL_MOST;
}

Err touches_read(Work *w, const Entity *e, const int64_t *ids, const int64_t *from, ptrdiff_t n,
                 Touches *out)
{
    Arena    scratch = w->scratch;
    Ids      place   = ids_new(&scratch, n);
    int64_t *asked   = NEW_RAW(&scratch, int64_t, n), least = INT64_MAX;
    Rows     rows;
    for (ptrdiff_t i = 0; i < n; i++) {
        out[i] = (Touches){ 0 };
        if (!from[i]) continue;
        asked[place.n] = ids[i];
        ids_put(&place, ids[i], i);
        if (from[i] < least) least = from[i];
    }
    if (place.n == 0) return OK;
    TRY(rows_since(w, asked, place.n, least, &rows));
    int64_t of_record = 0, of_all = 0, last = 0;
    while (rows_next(&rows)) {
        int64_t   record = row_int(&rows, 0);
        ptrdiff_t i      = ids_at(&place, record);
        Reader    r      = { w, e, &out[i] };
        TRY(work_pulse(w));
        if (record != last) of_record = 0;
        last = record;
        if (row_touches(&r, &rows, from[i], &of_record, &of_all)) continue;
        too_many_from(out, &place, asked, record);
        break;
    }
    return rows_end(&rows);
}

/* ---- back to the version ---- */

static void child_values(Work *w, const Entity *child, const Json *values, void *row)
{
    for (const Json *at = values ? values->first : NULL; at; at = at->next) {
        const Field *f = field_in(entity_fields(w, child), at->key);
        Value        v;
        if (f && value_read(w->mem, f, at->text, &v)) value_set(f, row, v);
    }
}

static void child_comes_back(Work *w, Roster *roster, const Touch *t)
{
    if (roster_at(roster, t->child)) return;
    child_values(w, roster->list->entity, t->values, roster_add(roster, t->child));
}

/* Those that were added go, those that went come back, and then each field holds what it held. */
static void list_take_back(Work *w, const Touches *all, const Children *list, ChildRows *rows)
{
    ptrdiff_t any = 0, removed = 0;
    for (const Touch *t = all->first; t; t = t->next) {
        any += t->list == list;
        removed += t->list == list && t->kind == TOUCH_REMOVED;
    }
    if (!any) return;
    Roster roster = roster_open(w->mem, list, rows, removed);
    for (const Touch *t = all->first; t; t = t->next) {
        if (t->list != list) continue;
        if (t->kind == TOUCH_ADDED) roster_drop(&roster, t->child);
        if (t->kind == TOUCH_REMOVED && !touch_child(all, list, t->child, TOUCH_ADDED)) child_comes_back(w, &roster, t);
    }
    for (const Touch *t = all->first; t; t = t->next) {
        void *row = t->list == list && t->kind == TOUCH_FIELD ? roster_at(&roster, t->child) : NULL;
        if (row) value_set(t->field, row, t->base);
    }
    *rows = roster_close(&roster);
}

void touches_take_back(Work *w, const Entity *e, const Touches *all, void *record)
{
    for (const Touch *t = touches_of(all, NULL, 0); t; t = t->peer) value_set(t->field, record, t->base);
    for (int c = 0; c < e->child_count; c++)
        list_take_back(w, all, &e->children[c], children_of(&e->children[c], record));
}
