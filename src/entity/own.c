/* The firm's own fields, as rows of `own_field`. */
#include "entity/own.h"

#include "entity/record.h"

#include <stdio.h>
#include <string.h>

struct OwnFields {
    const Entity *entity;
    OwnField     *field;
    int           n;
    const struct OwnFields *next;
};

/* `[["Да","Yes"],["Нет","No"]]`: keys are 1, 2 …, so that a label can be changed. */
static void options_take(Work *w, Field *f, Str json)
{
    const Json *list = NULL;
    Problems    none = { .mem = w->mem, .limit = 1 };
    if (!json.n || json_read(w->mem, json, (JsonLimits){ 0 }, &none, &list) != OK) return;
    const char **keys   = NEW_N(w->mem, const char *, list->count + 1);
    Str         *labels = NEW_N(w->mem, Str, list->count * 2);
    int          n      = 0;
    for (const Json *pair = list->first; pair; pair = pair->next, n++) {
        keys[n]           = str_c(w->mem, str_fmt(w->mem, "%d", n + 1));
        labels[n * 2]     = pair->first ? pair->first->text : (Str){ 0 };
        labels[n * 2 + 1] = pair->first && pair->first->next ? pair->first->next->text : (Str){ 0 };
    }
    f->options       = keys;
    f->option_labels = labels;
}

static OwnField own_row(Work *w, const Rows *row, int slot)
{
    Field f = { .own = row_int(row, 0), .offset = slot, .type = type_named(row_text(row, 2)) };
    f.name     = str_c(w->mem, str_fmt(w->mem, "x%lld", (long long)f.own));
    f.label_ru = str_copy(w->mem, row_text(row, 3));
    f.label_en = str_copy(w->mem, row_text(row, 4));
    f.to       = row_null(row, 5) ? NULL : str_c(w->mem, row_text(row, 5));
    f.required = row_int(row, 7);
    f.find     = row_int(row, 8);
    f.sort     = row_int(row, 9);
    if (f.type == TYPE_choice) options_take(w, &f, str_copy(w->mem, row_text(row, 6)));
    return (OwnField){ .field = f, .archived = !row_null(row, 10) };
}

/* The list of the entity, made when it is first met. */
static struct OwnFields *list_of(Work *w, const Entity *e, struct OwnFields **all)
{
    for (struct OwnFields *at = *all; at; at = (struct OwnFields *)at->next)
        if (at->entity == e) return at;
    struct OwnFields *list = NEW(w->mem, struct OwnFields);
    *list = (struct OwnFields){ .entity = e, .field = NEW_N(w->mem, OwnField, OWN_MOST), .next = *all };
    *all  = list;
    return list;
}

static Err own_read(Work *w)
{
    struct OwnFields *all = NEW(w->mem, struct OwnFields);
    Rows              rows;
    TRY(db_query(
        w->db,
        S("select id, entity, type, label_ru, label_en, to_entity, options, required, find, sort, archived_at from"
          " own_field order by id"),
        NO_VALS, &rows));
    while (rows_next(&rows)) {
        const Entity *e = entity_named(row_text(&rows, 1));
        if (!e) continue;
        struct OwnFields *list = list_of(w, e, &all);
        if (list->n < OWN_MOST) list->field[list->n] = own_row(w, &rows, list->n);
        list->n += list->n < OWN_MOST;
    }
    TRY(rows_end(&rows));
    w->own = all;
    return OK;
}

OwnList own_fields(Work *w, const Entity *e)
{
    if (!w->own && own_read(w) != OK) return (OwnList){ 0 };
    for (const struct OwnFields *at = w->own; at; at = at->next)
        if (at->entity == e) return (OwnList){ at->field, at->n };
    return (OwnList){ 0 };
}
