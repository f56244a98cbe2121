/* What one work did to one record, and taking it back field by field. */
#include "entity/undo_fields.h"

#include "entity/diff.h"
#include "entity/record.h"
#include "entity/roster.h"

#include <string.h>

static Value text_value(Work *w, const Field *f, const Json *text)
{
    Value v = value_none();
    if (text && text->kind == JSON_IS_TEXT) value_read(w->mem, f, text->text, &v);
    return v;
}

static Deed *put_last(Work *w, Deeds *all, Deed deed)
{
    Deed *kept = NEW(w->mem, Deed);
    *kept      = deed;
    if (all->last) all->last->next = kept;
    else all->first = kept;
    return all->last = kept;
}

/* A field that the work changed twice goes back to what stood there before the first time. */
static void field_deed(Work *w, Deeds *all, const DiffPart *part)
{
    const Field *f = part->field;
    if (!f || !part->old || !part->now) return;
    Value    old = text_value(w, f, part->old), ours = text_value(w, f, part->now);
    int64_t *peers = child_slot(&all->fields, part->list, part->child, w->mem);
    for (Deed *d = (Deed *)(intptr_t)*peers; d; d = d->peer) {
        if (d->field != f) continue;
        if (value_same(f, d->old, ours)) d->old = old;
        return;
    }
    Deed deed = { .kind = '=', .list = part->list, .child = part->child, .field = f, .old = old, .ours = ours };
    deed.peer = (Deed *)(intptr_t)*peers;
    *peers    = (intptr_t)put_last(w, all, deed);
}

void deeds_add(Work *w, const Entity *e, Deeds *all, Str diff)
{
    DiffReader reader = diff_read(w, e, diff);
    for (DiffPart part; diff_next(&reader, &part);) {
        char kind = part.kind == DIFF_ADDED ? '+' : '-';
        if (part.kind == DIFF_FIELD) field_deed(w, all, &part);
        else put_last(w, all, (Deed){ .kind = kind, .list = part.list, .child = part.child, .values = part.values });
    }
}

/* ---- taking back ---- */

typedef struct {
    Work         *w;
    const Entity *e;
    void         *record;
    Roster       *rosters; /* by list */
    void        (*left)(void *to, const Deed *deed, Value theirs);
    void         *to;
    bool          any;
} Taker;

static Roster *roster_of(Taker *t, const Deed *d) { return &t->rosters[d->list - t->e->children]; }

/* Lists are copied before they are changed: the door compares them with those that were read. */
static void rosters_open(Taker *t, const Deeds *all)
{
    t->rosters = NEW_N(t->w->mem, Roster, t->e->child_count);
    for (int c = 0; c < t->e->child_count; c++) {
        const Children *list    = &t->e->children[c];
        ptrdiff_t       touched = 0, removed = 0;
        for (const Deed *d = all->first; d; d = d->next) {
            touched += d->list == list;
            removed += d->list == list && d->kind == '-';
        }
        if (touched) t->rosters[c] = roster_open(t->w->mem, list, children_of(list, t->record), removed);
    }
}

static void take_field(Taker *t, const Deed *d)
{
    void *row = d->list ? roster_at(roster_of(t, d), d->child) : t->record;
    if (!row) return;
    Value theirs = value_get(d->field, row);
    if (value_same(d->field, theirs, d->old)) return;
    if (!value_same(d->field, theirs, d->ours)) {
        t->left(t->to, d, theirs);
        return;
    }
    value_set(d->field, row, d->old);
    t->any = true;
}

static bool as_it_was_added(Work *w, const Deed *d, const void *row)
{
    const Entity *child = d->list->entity;
    for (int f = 0; f < child->field_count; f++)
        if (!value_same(&child->fields[f], text_value(w, &child->fields[f], json_get(d->values, child->fields[f].name)),
                        value_get(&child->fields[f], row)))
            return false;
    return true;
}

static void take_added(Taker *t, const Deed *d)
{
    const void *row = roster_at(roster_of(t, d), d->child);
    if (!row) return;
    if (!as_it_was_added(t->w, d, row)) {
        t->left(t->to, d, value_none());
        return;
    }
    roster_drop(roster_of(t, d), d->child);
    t->any = true;
}

static void take_removed(Taker *t, const Deed *d)
{
    const Entity *child = d->list->entity;
    if (roster_at(roster_of(t, d), d->child)) return;
    void *row = roster_add(roster_of(t, d), d->child);
    for (int f = 0; f < child->field_count; f++)
        value_set(&child->fields[f], row,
                  text_value(t->w, &child->fields[f], json_get(d->values, child->fields[f].name)));
    t->any = true;
}

bool deeds_take_back(Work *w, const Entity *e, const Deeds *all, void *record,
                     void (*left)(void *to, const Deed *deed, Value theirs), void *to)
{
    Taker t = { .w = w, .e = e, .record = record, .left = left, .to = to };
    rosters_open(&t, all);
    for (const Deed *d = all->first; d; d = d->next) {
        if (d->kind == '=') take_field(&t, d);
        else if (d->kind == '+') take_added(&t, d);
        else take_removed(&t, d);
    }
    for (int c = 0; c < e->child_count; c++)
        if (t.rosters[c].list) *children_of(&e->children[c], record) = roster_close(&t.rosters[c]);
    return t.any;
}
