/* What the door refuses: values out of their limits, references to nothing, what there can be only once. */
#include "entity/door.h"

#include "access/access.h"
#include "core/map.h"
#include "core/utf8.h"
#include "entity/columns.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "entity/rows.h"

#include <string.h>

/* ---- values ---- */

static Arg limit_arg(const Field *f, Value limit)
{
    if (f->type == TYPE_money) return arg_money("limit", limit.n);
    if (f->type == TYPE_day) return arg_day("limit", (Day)limit.n);
    return arg_count("limit", limit.n);
}

static void value_refuse(Door *d, ptrdiff_t i, const char *name, const Field *f, Value v)
{
    const char *key;
    Value       limit;
    if (f->required && v.empty && f->type != TYPE_bool) DOOR_FAIL(d, i, INVALID, name, "field.required");
    else if (value_check(f, v, &key, &limit) != OK) DOOR_FAIL(d, i, INVALID, name, key, limit_arg(f, limit));
}

static void record_values(Door *d, ptrdiff_t i)
{
    for (int k = 0; k < d->fields.n; k++) {
        const Field *f = d->fields.at[k];
        Value        v = value_get(f, d->now[i]);
        if ((d->was[i] ? d->hidden[k] : d->closed[k]) || (d->was[i] && value_same(f, v, value_get(f, d->was[i]))))
            continue;
        if (d->was[i] && f->set_by == AT_START) DOOR_FAIL(d, i, INVALID, f->name, "field.fixed");
        else if (f->set_by != BY_RULE) value_refuse(d, i, f->name, f, v);
    }
}

static void child_values(Door *d, ptrdiff_t i, const Children *list, ptrdiff_t k)
{
    const Entity    *child  = list->entity;
    const ChildHead *row    = child_at(list, children_of(list, d->now[i]), k);
    const void      *stored = stored_child(list, d->was[i], row->id);
    if (row->id && !stored && !d->how.as_it_was) {
        DOOR_FAIL(d, i, INVALID, list->name, "record.no_such_child");
        return;
    }
    for (int c = 0; c < child->field_count; c++) {
        const Field *f = &child->fields[c];
        Value        v = value_get(f, row);
        if (f->set_by == BY_RULE || (stored && value_same(f, v, value_get(f, stored)))) continue;
        if (!d->how.trusted && access_hides(d->w->who, d->e->name, door_verb(d, i), f->mask)) continue;
        value_refuse(d, i, child_field_name(d, list, k, f), f, v);
    }
}

/* Each stored child stands in a list once, or one of the two would be lost and the change could not be told. */
static void child_once(Door *d, ptrdiff_t i, const Children *list, const Ids *place, ptrdiff_t k)
{
    int64_t id = ((const ChildHead *)child_at(list, children_of(list, d->now[i]), k))->id;
    if (!id || ids_at(place, id) == k) return;
    DOOR_FAIL(d, i, INVALID, str_c(d->w->mem, str_fmt(d->w->mem, "%s.%td.id", list->name, k)), "record.child_twice");
}

/* A list that has been longer since before may stay so, and become shorter. */
static bool list_too_long(Door *d, ptrdiff_t i, const Children *list)
{
    ptrdiff_t n    = children_of(list, d->now[i])->n, before = d->was[i] ? children_of(list, d->was[i])->n : 0;
    ptrdiff_t most = d->how.list_most ? d->how.list_most : CHILDREN_MOST;
    if (n <= most || n <= before) return false;
    DOOR_FAIL(d, i, INVALID, list->name, "record.too_many_children", arg_count("limit", most));
    return true;
}

static void list_values(Door *d, Arena scratch, ptrdiff_t i, const Children *list)
{
    if (list_too_long(d, i, list)) return;
    const ChildRows *rows  = children_of(list, d->now[i]);
    Ids              place = children_place(&scratch, list, rows);
    for (ptrdiff_t k = 0; k < rows->n; k++) {
        child_once(d, i, list, &place, k);
        child_values(d, i, list, k);
    }
}

void door_values(Door *d)
{
    for (ptrdiff_t i = 0; i < d->n; i++) {
        if (d->skip[i]) continue;
        record_values(d, i);
        for (int c = 0; c < d->e->child_count; c++) list_values(d, d->w->scratch, i, &d->e->children[c]);
    }
}

/* ---- references ---- */

typedef struct {
    ptrdiff_t     record; /* of the batch                        */
    ptrdiff_t     child;  /* its child; -1: itself               */
    const Entity *to;     /* what is pointed at; null: no entity */
    int64_t       id;
} Pointer;

typedef struct {
    Pointer  *at;
    ptrdiff_t n, room;
} Pointers;

static void point(Arena *mem, Pointers *all, Pointer p)
{
    if (all->n == all->room) {
        Pointer *wider = NEW_RAW(mem, Pointer, all->room * 2 + 64);
        if (all->n) memcpy(wider, all->at, sizeof(Pointer) * (size_t)all->n);
        all->at   = wider;
        all->room = all->room * 2 + 64;
    }
    all->at[all->n++] = p;
}

/* Only what is new or different is asked for: what was right stays right. */
static void point_if_new(Arena *mem, Pointers *all, const Field *f, const void *now, const void *was, ptrdiff_t record,
                         ptrdiff_t child)
{
    Value v = value_get(f, now);
    if (v.empty || (was && value_same(f, v, value_get(f, was)))) return;
    point(mem, all, (Pointer){ record, child, field_to(f, v), v.n });
}

static Pointers pointers_of(Door *d, Arena *mem, const Children *list, const Field *f)
{
    Pointers all = { 0 };
    for (ptrdiff_t i = 0; i < d->n; i++) {
        if (d->skip[i]) continue;
        if (!list) {
            point_if_new(mem, &all, f, d->now[i], d->was[i], i, -1);
            continue;
        }
        const ChildRows *rows = children_of(list, d->now[i]);
        for (ptrdiff_t k = 0; k < rows->n; k++) {
            const ChildHead *row = child_at(list, rows, k);
            point_if_new(mem, &all, f, row, stored_child(list, d->was[i], row->id), i, k);
        }
    }
    return all;
}

/* Whoever knows a record by its title alone may point at it, but hang nothing on it (Entity.follows). */
static Err existing(Door *d, Arena scratch, const Field *f, const Entity *to, const int64_t *ids, ptrdiff_t n, bool *in)
{
    bool known = to->known && !(d->e->follows && strcmp(f->name, d->e->follows) == 0);
    if (!d->how.trusted && !known && !reach_all(d->w, to, "view"))
        return reach_rows(d->w, scratch, to, "view", ids, n, in);
    Ids  place = ids_new(&scratch, n);
    Buf  sql   = buf_new(&scratch, 100);
    Rows rows;
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&place, ids[i], i);
    buf_fmt(&sql, "select t.id from %s t where t.id in {ids $1}", entity_table(to));
    TRY(db_query(d->w->db, buf_str(&sql), VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) in[ids_at(&place, row_int(&rows, 0))] = true;
    return rows_end(&rows);
}

static void points_nowhere(Door *d, const Children *list, const Field *f, Pointer p)
{
    DOOR_FAIL(d, p.record, INVALID, list ? child_field_name(d, list, p.child, f) : f->name, "field.points_nowhere");
}

/* Those that point at records of this entity, in one statement; they are done with. */
static Err group_exists(Door *d, Arena scratch, const Children *list, const Field *f, Pointers all, const Entity *to)
{
    Ids ids = ids_new(&scratch, all.n);
    for (ptrdiff_t i = 0; i < all.n; i++)
        if (all.at[i].to == to) ids_put(&ids, all.at[i].id, ids.n);
    int64_t *want = NEW_N(&scratch, int64_t, ids.n);
    bool    *in   = NEW_N(&scratch, bool, ids.n);
    for (ptrdiff_t i = 0; i < all.n; i++)
        if (all.at[i].to == to) want[ids_at(&ids, all.at[i].id)] = all.at[i].id;
    TRY(existing(d, scratch, f, to, want, ids.n, in));
    for (ptrdiff_t i = 0; i < all.n; i++) {
        if (all.at[i].to != to) continue;
        if (!in[ids_at(&ids, all.at[i].id)]) points_nowhere(d, list, f, all.at[i]);
        all.at[i].to = NULL;
    }
    return OK;
}

static Err refs_exist(Door *d, Arena scratch, const Children *list, const Field *f)
{
    Pointers all = pointers_of(d, &scratch, list, f);
    for (ptrdiff_t i = 0; i < all.n && f->type == TYPE_link; i++)
        if (!all.at[i].to) points_nowhere(d, list, f, all.at[i]);
    for (ptrdiff_t i = 0; i < all.n; i++)
        if (all.at[i].to) TRY(group_exists(d, scratch, list, f, all, all.at[i].to));
    return OK;
}

Err door_refs(Door *d)
{
    TRY(d->e->follows ? door_follow(d) : door_owners(d));
    for (int k = 0; k < d->fields.n; k++)
        if (field_points(d->fields.at[k])) TRY(refs_exist(d, d->w->scratch, NULL, d->fields.at[k]));
    for (int c = 0; c < d->e->child_count; c++) {
        const Children *list = &d->e->children[c];
        for (int k = 0; k < list->entity->field_count; k++)
            if (field_points(&list->entity->fields[k]))
                TRY(refs_exist(d, d->w->scratch, list, &list->entity->fields[k]));
    }
    return OK;
}

/* ---- what there can be only once ---- */

static Str unique_text(Arena *mem, const Field *f, Value v)
{
    Buf text = buf_new(mem, 64);
    value_write(&text, f, v);
    return f->find ? name_find(mem, buf_str(&text)) : buf_str(&text);
}

static bool asked_anew(Door *d, ptrdiff_t i, const Field *f)
{
    Value v = value_get(f, d->now[i]);
    if (d->skip[i] || v.empty || d->archive > 0) return false;
    if (d->archive < 0 || !d->was[i]) return true;
    return ((Record *)d->now[i])->archived_at == NONE && !value_same(f, v, value_get(f, d->was[i]));
}

/* The living rows that hold one of these values. */
static Err holders_query(Door *d, Arena *mem, const Field *f, const Str *texts, const int64_t *numbers, ptrdiff_t n,
                         Rows *rows)
{
    Buf         sql  = buf_new(mem, 200);
    bool        text = value_is_text(f) && f->type != TYPE_link;
    const char *tail = text && f->find ? "_find" : "";
    buf_c(&sql, "select t.id, ");
    if (f->type == TYPE_link) column_read(&sql, "t", f);
    else buf_fmt(&sql, "t.%s%s", f->name, tail);
    buf_fmt(&sql, " from %s t where t.%s%s in {%s $1} and t.archived_at is null", entity_table(d->e),
            column_found(mem, f), tail, text ? "texts" : "ids");
    return db_query(d->w->db, buf_str(&sql), VALS(text ? val_texts(texts, n) : val_ids(numbers, n)), rows);
}

static Err unique_field(Door *d, Arena scratch, const Field *f)
{
    Map      *taken   = NULL;
    Str      *texts   = NEW_N(&scratch, Str, d->n);
    int64_t  *numbers = NEW_N(&scratch, int64_t, d->n), *place;
    ptrdiff_t n       = 0;
    for (ptrdiff_t i = 0; i < d->n; i++) {
        if (!asked_anew(d, i, f)) continue;
        numbers[n] = value_get(f, d->now[i]).n;
        texts[n]   = unique_text(&scratch, f, value_get(f, d->now[i]));
        place      = map_at(&taken, texts[n++], &scratch);
        if (*place) DOOR_FAIL(d, i, CONFLICT, f->name, "field.taken");
        *place = i + 1;
    }
    if (n == 0) return OK;
    Rows rows;
    TRY(holders_query(d, &scratch, f, texts, numbers, n, &rows));
    while (rows_next(&rows)) {
        bool  text = value_is_text(f);
        Value held = text ? value_text(row_text(&rows, 1)) : value_int(row_int(&rows, 1));
        place      = map_at(&taken, text ? held.s : unique_text(&scratch, f, held), NULL);
        if (place && ((Record *)d->now[*place - 1])->id != row_int(&rows, 0))
            DOOR_FAIL(d, *place - 1, CONFLICT, f->name, "field.taken");
    }
    return rows_end(&rows);
}

Err door_unique(Door *d)
{
    for (int k = 0; k < d->fields.n; k++)
        if (d->fields.at[k]->unique) TRY(unique_field(d, d->w->scratch, d->fields.at[k]));
    return OK;
}
