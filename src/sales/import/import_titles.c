/* What imported rows name: records by their key, references by title; a reference that nobody knows is made where a
 * title is all it needs. */
#include "core/utf8.h"
#include "entity/link.h"
#include "sales/import/import_batch.h"
#include "sales/people/people.h"

#include <string.h>

/* An entity that a title alone makes: a source, a group, a channel. */
static bool title_is_enough(const Entity *e)
{
    for (int i = 0; i < e->field_count; i++)
        if (e->fields[i].required && !e->fields[i].start && !str_eq(str_of(e->fields[i].name), str_of(e->title)))
            return false;
    return true;
}

static Err titles_make(Work *w, ImportRun *run, const Entity *to, Map **known, const Str *missing, ptrdiff_t n)
{
    char    *records = arena_take(w->mem, to->size, 16, n);
    SaveHow  how     = { .work = run->id, .bulk = true };
    for (ptrdiff_t i = 0; i < n; i++) {
        record_empty(w, to, records + i * to->size);
        value_set(field_of(to, to->title), records + i * to->size, value_text(missing[i]));
    }
    TRY(record_save_many(w, to, records, n, &how));
    for (ptrdiff_t i = 0; i < n; i++)
        *map_at(known, name_find(w->mem, missing[i]), w->mem) = ((Record *)(void *)(records + i * to->size))->id;
    return OK;
}

static Err people_known(Work *w, ImportRun *run, Map **known, const Str *names, ptrdiff_t n)
{
    int64_t *id = NEW_N(w->mem, int64_t, n);
    TRY(import_people_make(w, run, names, n, id));
    for (ptrdiff_t i = 0; i < n; i++) *map_at(known, name_find(w->mem, names[i]), w->mem) = id[i];
    return OK;
}

/* The statement, narrowed to what the importer sees of the entity. */
static Err found_in_reach(Work *w, const Entity *e, Buf *sql, Binds *binds, Rows *rows)
{
    if (!e->known && !reach_all(w, e, "view")) {
        buf_c(sql, " and ");
        reach_write(w, w->mem, e, "view", "t", sql, binds);
    }
    return db_query(w->db, buf_str(sql), binds->at, binds->n, rows);
}

/* Ids of titles; -1 for a title that two records have. */
static Err titles_known(Work *w, const Entity *to, const Str *texts, ptrdiff_t n, Map **known)
{
    Rows  rows;
    Binds binds = { 0 };
    Buf   sql   = buf_new(w->mem, 400);
    buf_fmt(&sql, "select t.id, t.%s_find from %s t where t.%s_find in {texts $%d} and t.archived_at is null",
            to->title, entity_table(to), to->title, bind_val(w->mem, &binds, val_texts(texts, n)));
    TRY(found_in_reach(w, to, &sql, &binds, &rows));
    while (rows_next(&rows)) {
        int64_t *id = map_at(known, str_copy(w->mem, row_text(&rows, 1)), w->mem);
        *id = *id ? -1 : row_int(&rows, 0);
    }
    return rows_end(&rows);
}

/* What a try before this one found may have been made by it, and have gone with it. */
static void column_forget(Batch *b, int c)
{
    for (int i = b->from; i < b->end; i++)
        if (!b->draft[i].value[c].empty) b->draft[i].value[c].n = 0;
}

/* By a title that nobody has, or that two have (-1). */
static void not_found(Batch *b, Draft *d, int c, int64_t id)
{
    const char *wrong = id < 0 ? "import.two_of_them" : "import.nobody_like_that";
    bool        stays = row_odd(b->run, d->number, b->column[c].name, wrong, d->value[c].s);
    if (stays) d->value[c] = value_none();
    d->bad |= !stays;
}

static Err column_resolve(Work *w, Batch *b, int c)
{
    const RecordColumn *col   = &b->column[c];
    const Entity *to    = entity_named(str_of(col->field->to));
    Str          *texts = NEW_N(w->mem, Str, b->n), *missing = NEW_N(w->mem, Str, b->n);
    ptrdiff_t     n = 0, gone = 0;
    Map          *known = NULL;
    for (int i = b->from; i < b->end; i++)
        if (!b->draft[i].value[c].empty && !b->draft[i].value[c].n)
            texts[n++] = name_find(w->mem, b->draft[i].value[c].s);
    if (n == 0) return OK;
    TRY(titles_known(w, to, texts, n, &known));
    for (int i = b->from; i < b->end; i++) {
        Value *v = &b->draft[i].value[c];
        if (v->empty || v->n || map_at(&known, name_find(w->mem, v->s), NULL)) continue;
        *map_at(&known, name_find(w->mem, v->s), w->mem) = 0;
        missing[gone++] = v->s;
    }
    if (gone && to == &user_entity && b->run->plan.people_role) TRY(people_known(w, b->run, &known, missing, gone));
    else if (gone && title_is_enough(to) && access_scope(w->who, to->name, "add") != SCOPE_NONE)
        TRY(titles_make(w, b->run, to, &known, missing, gone));
    for (int i = b->from; i < b->end; i++) {
        Draft *d = &b->draft[i];
        if (d->value[c].empty) continue;
        int64_t id = *map_at(&known, name_find(w->mem, d->value[c].s), NULL);
        if (id > 0) {
            d->value[c].n = id;
            continue;
        }
        not_found(b, d, c, id);
    }
    return OK;
}

/* ---- links ---- */

/* Links to records of one entity, by their ids or titles; what a link points at is not made for it. */
static Err links_resolve(Work *w, Batch *b, int c, const Entity *to)
{
    LinkHeard *heard = NEW_N(w->mem, LinkHeard, b->n);
    Str       *texts = NEW_N(w->mem, Str, b->n);
    Map       *known = NULL;
    ptrdiff_t  n     = 0;
    for (int i = b->from; i < b->end; i++) {
        Value *v = &b->draft[i].value[c];
        if (v->empty || !link_hear(w->scratch, b->column[c].field, v->s, &heard[i]) || heard[i].to != to) continue;
        v->n = heard[i].id;
        if (!v->n) texts[n++] = name_find(w->mem, heard[i].title);
    }
    if (n == 0) return OK;
    if (field_of(to, to->title)->find) TRY(titles_known(w, to, texts, n, &known));
    for (int i = b->from; i < b->end; i++) {
        Draft *d = &b->draft[i];
        if (d->value[c].empty || heard[i].to != to || d->value[c].n) continue;
        int64_t *id   = map_at(&known, name_find(w->mem, heard[i].title), NULL);
        d->value[c].n = id ? *id : 0;
        if (d->value[c].n <= 0) not_found(b, d, c, d->value[c].n);
    }
    return OK;
}

Err batch_resolve(Work *w, Batch *b)
{
    for (int c = 0; c < b->columns; c++) {
        const Field *f = b->column[c].field;
        if (!field_points(f)) continue;
        column_forget(b, c);
        if (f->type == TYPE_ref) TRY(column_resolve(w, b, c));
        for (ptrdiff_t i = 0; f->type == TYPE_link && entity_at(i); i++)
            if (field_may_point(f, entity_at(i))) TRY(links_resolve(w, b, c, entity_at(i)));
    }
    return OK;
}

/* ---- records ---- */

Str batch_key(Arena *mem, const Batch *b, Str *folded_key, Str key)
{
    const Field *f = b->column[b->key_at].field;
    bool name = str_eq(str_of(f->name), str_of(b->entity->title)) && f->find; /* names are compared folded */
    *folded_key = name ? name_find(mem, key) : key;
    return str_fmt(mem, name ? "%s_find" : "%s", f->name);
}

Err batch_keys(Work *w, Batch *b, Map **known)
{
    Str      *texts = NEW_N(w->mem, Str, b->n), *found = NEW_N(w->mem, Str, b->n), column = { 0 };
    ptrdiff_t n = 0;
    Rows      rows;
    for (int i = b->from; i < b->end; i++) {
        if (b->draft[i].bad || b->draft[i].done || !b->draft[i].key.n) continue;
        column     = batch_key(w->mem, b, &texts[n], b->draft[i].key);
        found[n++] = name_find(w->mem, b->draft[i].key);
    }
    if (n == 0) return OK;
    const Field *f     = b->column[b->key_at].field;
    Binds        binds = { 0 };
    Buf          sql   = buf_new(w->mem, 400);
    buf_fmt(&sql, "select t.id, t.%.*s from %s t where t.%.*s in {texts $%d} and t.archived_at is null", (int)column.n,
            column.s, entity_table(b->entity), (int)column.n, column.s, bind_val(w->mem, &binds, val_texts(texts, n)));
    if (f->find && !f->own) /* what there is an index of */
        buf_fmt(&sql, " and t.%s_find in {texts $%d}", f->name, bind_val(w->mem, &binds, val_texts(found, n)));
    TRY(found_in_reach(w, b->entity, &sql, &binds, &rows));
    while (rows_next(&rows)) {
        int64_t *id = map_at(known, str_copy(w->mem, row_text(&rows, 1)), w->mem);
        *id = *id ? -1 : row_int(&rows, 0);
    }
    return rows_end(&rows);
}
