/* What references point at, in words: one query a reference field, or a link's entity, however many records. */
#include "entity/rows.h"

#include "access/viewing.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "entity/record.h"

#include <string.h>

/* All structs whose references are to be told: the records themselves, or one list of children of all of them. */
typedef struct {
    void    **at;
    ptrdiff_t n;
} Many;

static const Str **titles_place(const Entity *e, void *row)
{
    return e->parent ? &((ChildHead *)row)->titles : &((Record *)row)->titles;
}

/* The record of this entity that a row points at; 0: none. */
static int64_t points_at(const Field *f, const Entity *to, const void *row)
{
    Value v = value_get(f, row);
    return v.empty || (f->type == TYPE_link && !str_eq(v.s, str_of(to->name))) ? 0 : v.n;
}

static Ids pointed_at(Arena *mem, const Field *f, const Entity *to, Many rows)
{
    Ids ids = ids_new(mem, rows.n);
    for (ptrdiff_t i = 0; i < rows.n; i++) {
        int64_t id = points_at(f, to, rows.at[i]);
        if (id) ids_put(&ids, id, ids.n);
    }
    return ids;
}

Str titles_sql(Work *w, Arena *mem, const Entity *to, const int64_t *ids, ptrdiff_t n, Binds *binds)
{
    Buf sql = buf_new(mem, 300);
    buf_fmt(&sql, "select t.id, t.%s from %s t where t.id in {ids $%d}", to->title, entity_table(to),
            bind_val(mem, binds, val_ids(ids, n)));
    if (!to->known && !reach_all(w, to, "view")) {
        buf_c(&sql, " and ");
        reach_write(w, mem, to, "view", "t", &sql, binds);
    }
    return buf_str(&sql);
}

static Err titles_of(Work *w, Arena scratch, const Field *f, const Entity *to, int place, const Entity *e, Many rows)
{
    Ids ids = pointed_at(&scratch, f, to, rows);
    if (ids.n == 0) return OK;
    ptrdiff_t n;
    int64_t  *all   = ids_all(&scratch, &ids, &n);
    Str      *title = NEW_N(&scratch, Str, n);
    Binds     binds = { 0 };
    Rows      found;
    Str       sql = titles_sql(w, &scratch, to, all, n, &binds);
    TRY(db_query(w->db, sql, binds.at, binds.n, &found));
    ptrdiff_t told  = 0;
    int64_t  *shown = NEW_RAW(&scratch, int64_t, n);
    while (rows_next(&found)) {
        shown[told] = row_int(&found, 0);
        title[ids_at(&ids, shown[told++])] = str_copy(w->mem, row_text(&found, 1));
    }
    TRY(rows_end(&found));
    if (!to->known && entity_owned(to)) TRY(viewing_count(w, to->name, VIEWED_BESIDE, shown, told));
    for (ptrdiff_t i = 0; i < rows.n; i++) {
        ptrdiff_t at = ids_at(&ids, points_at(f, to, rows.at[i]));
        if (at >= 0) ((Str *)(uintptr_t)*titles_place(e, rows.at[i]))[place] = title[at];
    }
    return OK;
}

Err record_titles(Work *w, const Entity *e, const int64_t *ids, ptrdiff_t n, Str *out)
{
    Arena scratch = w->scratch;
    Binds binds   = { 0 };
    Ids   place   = ids_new(&scratch, n);
    Rows  rows;
    for (ptrdiff_t i = 0; i < n; i++) {
        out[i] = (Str){ 0 };
        ids_put(&place, ids[i], i);
    }
    Str sql = titles_sql(w, &scratch, e, ids, n, &binds);
    TRY(db_query(w->db, sql, binds.at, binds.n, &rows));
    while (rows_next(&rows)) out[ids_at(&place, row_int(&rows, 0))] = str_copy(w->mem, row_text(&rows, 1));
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < n; i++) out[i] = out[ids_at(&place, ids[i])];
    return OK;
}

static Err field_titles(Work *w, Arena scratch, const Field *f, int place, const Entity *e, Many rows)
{
    const Entity *only = f->type == TYPE_ref ? field_to(f, value_none()) : NULL;
    if (only) return titles_of(w, scratch, f, only, place, e, rows);
    for (ptrdiff_t i = 0; f->type == TYPE_link && entity_at(i); i++)
        if (field_may_point(f, entity_at(i))) TRY(titles_of(w, scratch, f, entity_at(i), place, e, rows));
    return OK;
}

static Err many_titles(Work *w, Arena scratch, const Entity *e, Fields fields, Many rows)
{
    bool any = false;
    for (int f = 0; f < fields.n; f++) any |= field_points(fields.at[f]);
    if (!any || rows.n == 0) return OK;
    Str *room = NEW_N(w->mem, Str, rows.n * fields.n);
    for (ptrdiff_t i = 0; i < rows.n; i++) *titles_place(e, rows.at[i]) = room + i * fields.n;
    for (int f = 0; f < fields.n; f++)
        if (field_points(fields.at[f])) TRY(field_titles(w, scratch, fields.at[f], f, e, rows));
    return OK;
}

static Many all_children(Arena *mem, const Entity *e, const Children *list, void *records, ptrdiff_t n)
{
    Many all = { 0 };
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t here = children_of(list, (char *)records + i * e->size)->n;
        all.n += here > 0 ? here : 0;
    }
    all.at = NEW_RAW(mem, void *, all.n);
    all.n  = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        const ChildRows *rows = children_of(list, (char *)records + i * e->size);
        for (ptrdiff_t k = 0; k < rows->n; k++) all.at[all.n++] = child_at(list, rows, k);
    }
    return all;
}

Err titles_read(Work *w, const Entity *e, Fields fields, void *records, ptrdiff_t n)
{
    Arena scratch = w->scratch;
    Many  own     = { NEW_RAW(&scratch, void *, n), n };
    for (ptrdiff_t i = 0; i < n; i++) own.at[i] = (char *)records + i * e->size;
    TRY(many_titles(w, scratch, e, fields, own));
    for (int c = 0; c < e->child_count; c++) {
        const Children *list = &e->children[c];
        TRY(many_titles(w, scratch, list->entity, entity_fields(w, list->entity),
                        all_children(&scratch, e, list, records, n)));
    }
    return OK;
}

void hidden_empty(Work *w, const Entity *e, Fields fields, const char *verb, void *record)
{
    for (int f = 0; f < fields.n; f++)
        if (access_hides(w->who, e->name, verb, fields.at[f]->mask)) value_set(fields.at[f], record, value_none());
    for (int c = 0; c < e->child_count; c++) {
        const Children  *list = &e->children[c];
        const ChildRows *rows = children_of(list, record);
        for (int f = 0; f < list->entity->field_count; f++) {
            if (!access_hides(w->who, e->name, verb, list->entity->fields[f].mask)) continue;
            for (ptrdiff_t k = 0; k < rows->n; k++)
                value_set(&list->entity->fields[f], child_at(list, rows, k), value_none());
        }
    }
}
