/* Takes back what one work did, from its change rows, newest first. */
#include "entity/undo.h"

#include "entity/ids.h"
#include "entity/record.h"
#include "entity/rows.h"
#include "entity/touch.h"
#include "entity/undo_fields.h"
#include "entity/used.h"

#include <string.h>

typedef struct {
    int64_t record;
    Deeds   deeds;
    bool    made;
} Item;

typedef struct {
    Work         *w;
    int64_t       work;
    const Entity *e;      /* of the run of rows at hand */
    Item         *item;
    ptrdiff_t     n;
    Ids           place;  /* record -> item             */
    UndoKeep      keep;
    void         *keep_to;
    UndoDone     *done;
    const void   *record; /* whose fields are being told */
} Undo;

/* ---- what is left ---- */

static Str kept_text(Undo *u, Str text) { return str_copy(u->done->mem, text); }

static void tell_left(Undo *u, UndoLeft left)
{
    UndoDone *d = u->done;
    if ((d->left_count & (d->left_count - 1)) == 0) { /* room doubles: 1, 2, 4 … */
        UndoLeft *wider = NEW_RAW(d->mem, UndoLeft, d->left_count ? d->left_count * 2 : 1);
        if (d->left_count) memcpy(wider, d->left, sizeof *wider * (size_t)d->left_count);
        d->left = wider;
    }
    left.entity              = str_of(u->e->name);
    d->left[d->left_count++] = left;
}

static Str said(Undo *u, const Field *f, Value v)
{
    Buf text = buf_new(u->done->mem, 32);
    value_write(&text, f, v);
    return buf_str(&text);
}

static void field_left(void *to, const Deed *deed, Value theirs)
{
    Undo    *u    = to;
    UndoLeft left = { .record = ((const Record *)u->record)->id,
                      .title = kept_text(u, record_title(u->w, u->e, u->record)),
                      .why = "undo.changed_since" };
    if (deed->kind == '=') {
        left.ours   = said(u, deed->field, deed->ours);
        left.theirs = said(u, deed->field, theirs);
    }
    if (deed->list)
        left.field = deed->field ? str_fmt(u->done->mem, "%s.%s", deed->list->name, deed->field->name)
                                 : str_of(deed->list->name);
    else left.field = str_of(deed->field->name);
    tell_left(u, left);
    u->done->kept++;
}

static void record_left(Undo *u, const void *record, const char *why)
{
    tell_left(u, (UndoLeft){ .record = ((const Record *)record)->id,
                             .title = kept_text(u, record_title(u->w, u->e, record)),
                             .why = why });
}

/* ---- which records another one also brought ---- */

static Err keep_ask(Undo *u, const int64_t *ids, ptrdiff_t n, bool *keep)
{
    return u->keep && n ? u->keep(u->w, u->keep_to, u->e, ids, n, keep) : OK;
}

/* ---- changed records ---- */

static const SaveHow undone = {
    .trusted = true, .verb = "undone", .quiet = true, .as_it_was = true, .bulk = true,
    .list_most = DOCUMENT_LINES_MOST
};

/* What the door refuses (a name that somebody else has taken since) stays and is listed; the rest goes through. */
static Err save_what_passes(Undo *u, char *records, ptrdiff_t n)
{
    Work    *w    = u->w;
    Problems said_before = w->problems;
    for (ptrdiff_t rounds = n; n && rounds >= 0; rounds--) {
        TRY(work_pulse(w));
        w->problems = (Problems){ .mem = w->mem };
        Err err     = record_save_many(w, u->e, records, n, &undone);
        if (err == OK || err == BUSY || err == BROKEN) {
            u->done->given_back += err ? 0 : n;
            if (!err) w->problems = said_before;
            return err;
        }
        ptrdiff_t bad = w->problems.first && w->problems.first->row ? (ptrdiff_t)w->problems.first->row - 1 : 0;
        record_left(u, records + bad * u->e->size, w->problems.first ? w->problems.first->key : "undo.refused");
        u->done->kept++;
        memmove(records + bad * u->e->size, records + (bad + 1) * u->e->size, (size_t)((n - bad - 1) * u->e->size));
        n--;
    }
    w->problems = said_before;
    return OK;
}

static Err changed_back(Undo *u)
{
    Arena    *mem = u->w->mem;
    int64_t  *ids = NEW_RAW(mem, int64_t, u->n);
    bool     *found = NEW_N(mem, bool, u->n), *keep = NEW_N(mem, bool, u->n);
    ptrdiff_t n = 0, go = 0;
    for (ptrdiff_t i = 0; i < u->n; i++)
        if (u->item[i].deeds.first) ids[n++] = u->item[i].record;
    if (n == 0) return OK;
    char *records = arena_take_raw(mem, u->e->size, 16, n);
    TRY(keep_ask(u, ids, n, keep));
    TRY(record_fetch(u->w, u->e, ids, n, true, records, found));
    for (ptrdiff_t k = 0; k < n; k++) {
        char *record = records + k * u->e->size;
        u->record    = record;
        if (!found[k] || keep[k]) continue;
        if (deeds_take_back(u->w, u->e, &u->item[ids_at(&u->place, ids[k])].deeds, record, field_left, u))
            memmove(records + go++ * u->e->size, record, (size_t)u->e->size);
    }
    return save_what_passes(u, records, go);
}

/* ---- made records ---- */

/* Has what this touch did been left as it is? */
static bool still_differs(Undo *u, const Touches *all, const Touch *t, const Ids *place, const void *record)
{
    const void *row = record;
    if (t->list) {
        ptrdiff_t k = ids_at(&place[t->list - u->e->children], t->child);
        row         = k < 0 ? NULL : child_at(t->list, children_of(t->list, record), k);
    }
    bool added = t->list && touch_child(all, t->list, t->child, TOUCH_ADDED);
    if (t->kind == TOUCH_FIELD) return row && !added && !value_same(t->field, t->base, value_get(t->field, row));
    return added ? row != NULL : row == NULL;
}

/* Is anything different now from what it was when it was made?  Changes that were taken back since do not count.  Where
 * more happened than is looked at (touch.h), something is. */
static Err mark_changed(Undo *u, const int64_t *ids, ptrdiff_t n, const char *records, bool *changed)
{
    Work    *w    = u->w;
    int64_t *from = NEW_RAW(w->mem, int64_t, n);
    Touches *touches = NEW_N(w->mem, Touches, n);
    for (ptrdiff_t i = 0; i < n; i++)
        from[i] = ((const Record *)(const void *)(records + i * u->e->size))->version > 1;
    TRY(touches_read(w, u->e, ids, from, n, touches));
    for (ptrdiff_t i = 0; i < n; i++) {
        const void *record = records + i * u->e->size;
        changed[i]         = touches[i].too_many;
        TRY(work_pulse(w));
        if (!touches[i].first || changed[i]) continue;
        Ids *place = NEW_N(w->mem, Ids, u->e->child_count);
        for (int c = 0; c < u->e->child_count; c++)
            place[c] = children_place(w->mem, &u->e->children[c], children_of(&u->e->children[c], record));
        for (const Touch *t = touches[i].first; t && !changed[i]; t = t->next)
            changed[i] = still_differs(u, &touches[i], t, place, record);
    }
    return OK;
}

static Err made_back(Undo *u)
{
    Arena    *mem = u->w->mem;
    int64_t  *ids = NEW_RAW(mem, int64_t, u->n), *going = NEW_RAW(mem, int64_t, u->n),
            *staying = NEW_RAW(mem, int64_t, u->n);
    ptrdiff_t n = 0, go = 0, stay = 0;
    for (ptrdiff_t i = 0; i < u->n; i++)
        if (u->item[i].made) ids[n++] = u->item[i].record;
    if (n == 0) return OK;
    bool *found = NEW_N(mem, bool, n), *keep = NEW_N(mem, bool, n), *changed = NEW_N(mem, bool, n),
         *used = NEW_N(mem, bool, n);
    char *records = arena_take_raw(mem, u->e->size, 16, n);
    TRY(keep_ask(u, ids, n, keep));
    TRY(record_fetch(u->w, u->e, ids, n, true, records, found));
    TRY(mark_changed(u, ids, n, records, changed));
    for (ptrdiff_t i = 0; i < n; i++) changed[i] |= keep[i] || !found[i];
    TRY(records_used(u->w, u->e, ids, n, changed, used));
    for (ptrdiff_t i = 0; i < n; i++) {
        if (!found[i]) continue;
        if (keep[i]) u->done->kept++;
        else if (!changed[i] && !used[i]) going[go++] = ids[i];
        else {
            staying[stay++] = ids[i];
            record_left(u, records + i * u->e->size, used[i] ? "undo.in_use" : "undo.changed_since");
        }
    }
    u->done->removed += go;
    u->done->archived += stay;
    TRY(record_remove_many(u->w, u->e, going, go, &undone));
    return stay ? record_archive_many(u->w, u->e, staying, stay, &undone) : OK;
}

/* ---- rows ---- */

static Item *item_of(Undo *u, int64_t record)
{
    ptrdiff_t at = ids_at(&u->place, record);
    if (at < 0) {
        at = u->n++;
        ids_put(&u->place, record, at);
        u->item[at] = (Item){ .record = record };
    }
    return &u->item[at];
}

/* Rows of one entity that stand together: what was changed goes back first, then what was made goes. */
static Err run_back(Undo *u)
{
    if (!u->e || u->n == 0) return OK;
    TRY(changed_back(u));
    return made_back(u);
}

static void run_begin(Undo *u, const Entity *e, ptrdiff_t most)
{
    u->e     = e;
    u->n     = 0;
    u->item  = NEW_RAW(u->w->mem, Item, most);
    u->place = ids_new(u->w->mem, most);
}

static Err rows_read(Work *w, int64_t work, int64_t below, ptrdiff_t limit, Change *out, ptrdiff_t *n)
{
    ptrdiff_t bytes = CHANGE_DIFFS;
    Rows      rows;
    TRY(db_query(w->db, S(CHANGE_PAGE_OPEN("id desc") "select id, entity, record, version, verb, diff from change"
                         " where work = $1 and id < $2 order by id desc limit $3" CHANGE_PAGE_CLOSE("id desc")),
                 VALS(val_int(work), val_int(below ? below : INT64_MAX), val_int(limit)), &rows));
    for (*n = 0; bytes > 0 && rows_next(&rows); bytes -= out[(*n)++].diff.n)
        out[*n] = (Change){ .mark.id = row_int(&rows, 0),
                            .entity = str_copy(w->mem, row_text(&rows, 1)),
                            .record = row_int(&rows, 2),
                            .version = row_int(&rows, 3),
                            .verb = str_copy(w->mem, row_text(&rows, 4)),
                            .diff = str_copy(w->mem, row_text(&rows, 5)) };
    return rows_end(&rows);
}

Err undo_chunk(Work *w, int64_t work, ChangeMark below, ptrdiff_t limit, UndoKeep keep, void *to, UndoDone *done)
{
    Change   *rows = NEW_RAW(w->mem, Change, limit);
    ptrdiff_t n;
    Arena    *mem = done->mem;
    *done         = (UndoDone){ .mem = mem ? mem : w->mem };
    Undo u        = { .w = w, .work = work, .keep = keep, .keep_to = to, .done = done };
    TRY(rows_read(w, work, below.id, limit, rows, &n));
    for (ptrdiff_t i = 0; i < n; i++) {
        const Entity *e = entity_named(rows[i].entity);
        if (e != u.e) {
            TRY(run_back(&u));
            run_begin(&u, e, n);
        }
        if (!e) continue;
        Item *item = item_of(&u, rows[i].record);
        item->made |= rows[i].version == 1;
        deeds_add(w, e, &item->deeds, rows[i].diff);
    }
    TRY(run_back(&u));
    done->mem = mem;
    if (change_page_full(rows, n, limit)) done->below = rows[n - 1].mark;
    return OK;
}
