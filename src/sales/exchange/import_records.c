/* Importing records of any entity: each row makes a record or changes the one its key finds.
 *
 * A column fills a field, or with `phones.number` adds a child row unless one with that value is there.  A blank cell changes nothing.  References are
 * found by title; one that nobody knows is made where a title is all it needs.
 *
 * Records are looked for within the importer's reach: to him a stranger's number is a number that nobody has. */
#include "core/map.h"
#include "core/utf8.h"
#include "entity/reach.h"
#include "sales/exchange/record_cells.h"

#include <string.h>

enum { BATCH = 200 };

typedef struct {
    int64_t number;
    Str     key;
    Value  *value; /* [columns]; a reference still as text  */
    bool    bad;
} Draft;

typedef struct {
    ImportRun    *run;
    const Entity *entity;
    RecordColumn  column[IMPORT_COLUMNS_MAX];
    int           columns, key_at; /* key_at: place in column; -1: every row is new */
    Draft         draft[BATCH];
    int           n;
    ImportCount   count; /* of this batch */
} Batch;

/* ---- columns ---- */

static Err columns_find(Batch *b)
{
    ImportRun *run = b->run;
    b->key_at      = -1;
    for (; b->columns < run->plan.columns; b->columns++) {
        RecordColumn *c = &b->column[b->columns];
        TRY(record_column(run, b->entity, &run->plan.column[b->columns], c));
        if (run->plan.mode != MODE_CREATE && !c->list && str_eq(c->name, run->plan.key)) b->key_at = b->columns;
    }
    return OK;
}

/* ---- rows ---- */

static void draft_row(Batch *b, const TableRow *row)
{
    ImportRun *run = b->run;
    Draft     *d   = &b->draft[b->n];
    *d = (Draft){ .number = row->number, .value = NEW_N(&run->memory, Value, b->columns) };
    for (int c = 0; c < b->columns; c++) {
        const RecordColumn *col  = &b->column[c];
        Str           cell = str_trim(table_cell(row, col->at));
        d->value[c]        = value_none();
        if (!cell.n) continue;
        const char *wrong = record_cell(run, col->list ? col->list->entity : b->entity, col->field, cell, &d->value[c]);
        if (wrong) {
            row_problem(run, row->number, col->name, wrong, cell);
            d->value[c] = value_none();
            d->bad      = true;
        }
    }
    if (b->key_at >= 0) d->key = d->value[b->key_at].s;
    if (b->key_at >= 0 && !d->key.n) { /* with nothing to find it by it would be made anew each time */
        row_problem(run, row->number, run->plan.key, "import.key_is_empty", (Str){ 0 });
        d->bad = true;
    }
    b->n++;
}

/* ---- references by title ---- */

/* An entity that a title alone makes: a source, a group, a channel. */
static bool title_is_enough(const Entity *e)
{
    for (int i = 0; i < e->field_count; i++)
        if (e->fields[i].required && !e->fields[i].start && !str_eq(str_of(e->fields[i].name), str_of(e->title))) return false;
    return true;
}

static Err titles_make(Work *w, ImportRun *run, const Entity *to, Map **known, const Str *missing, ptrdiff_t n)
{
    char    *records = arena_take(w->mem, to->size, 16, n);
    SaveHow  how     = { .work = run->id };
    for (ptrdiff_t i = 0; i < n; i++) {
        record_empty(w, to, records + i * to->size);
        value_set(field_of(to, to->title), records + i * to->size, value_text(missing[i]));
    }
    TRY(record_save_many(w, to, records, n, &how));
    for (ptrdiff_t i = 0; i < n; i++) *map_at(known, name_find(w->mem, missing[i]), w->mem) = ((Record *)(void *)(records + i * to->size))->id;
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
    buf_fmt(&sql, "select t.id, t.%s_find from %s t where t.%s_find in {texts $%d} and t.archived_at is null", to->title,
            entity_table(to), to->title, bind_val(w->mem, &binds, val_texts(texts, n)));
    TRY(found_in_reach(w, to, &sql, &binds, &rows));
    while (rows_next(&rows)) {
        int64_t *id = map_at(known, str_copy(w->mem, row_text(&rows, 1)), w->mem);
        *id = *id ? -1 : row_int(&rows, 0);
    }
    return rows_end(&rows);
}

static Err column_resolve(Work *w, Batch *b, int c)
{
    const RecordColumn *col   = &b->column[c];
    const Entity *to    = entity_named(str_of(col->field->to));
    Str          *texts = NEW_N(w->mem, Str, b->n), *missing = NEW_N(w->mem, Str, b->n);
    ptrdiff_t     n = 0, gone = 0;
    Map          *known = NULL;
    for (int i = 0; i < b->n; i++)
        if (!b->draft[i].value[c].empty && !b->draft[i].value[c].n) texts[n++] = name_find(w->mem, b->draft[i].value[c].s);
    if (n == 0) return OK;
    TRY(titles_known(w, to, texts, n, &known));
    for (int i = 0; i < b->n; i++) {
        Value *v = &b->draft[i].value[c];
        if (v->empty || v->n || map_at(&known, name_find(w->mem, v->s), NULL)) continue;
        *map_at(&known, name_find(w->mem, v->s), w->mem) = 0;
        missing[gone++] = v->s;
    }
    if (gone && title_is_enough(to) && access_scope(w->who, to->name, "add") != SCOPE_NONE) TRY(titles_make(w, b->run, to, &known, missing, gone));
    for (int i = 0; i < b->n; i++) {
        Draft *d = &b->draft[i];
        if (d->value[c].empty) continue;
        int64_t id = *map_at(&known, name_find(w->mem, d->value[c].s), NULL);
        if (id > 0) {
            d->value[c].n = id;
            continue;
        }
        row_problem(b->run, d->number, col->name, id < 0 ? "import.two_of_them" : "import.nobody_like_that", d->value[c].s);
        d->bad = true;
    }
    return OK;
}

/* ---- records ---- */

static Str key_column(Work *w, const Batch *b, Str *folded_key, Str key)
{
    const Field *f = b->column[b->key_at].field;
    bool name = str_eq(str_of(f->name), str_of(b->entity->title)) && f->find; /* names are compared folded */
    *folded_key = name ? name_find(w->mem, key) : key;
    return str_fmt(w->mem, name ? "%s_find" : "%s", f->name);
}

/* Ids under the keys of the batch; -1: two records have it. */
static Err keys_known(Work *w, Batch *b, Map **known)
{
    Str      *texts = NEW_N(w->mem, Str, b->n), *found = NEW_N(w->mem, Str, b->n), column = { 0 };
    ptrdiff_t n = 0;
    Rows      rows;
    for (int i = 0; i < b->n; i++) {
        if (b->draft[i].bad || !b->draft[i].key.n) continue;
        column     = key_column(w, b, &texts[n], b->draft[i].key);
        found[n++] = name_find(w->mem, b->draft[i].key);
    }
    if (n == 0) return OK;
    const Field *f     = b->column[b->key_at].field;
    Binds        binds = { 0 };
    Buf          sql   = buf_new(w->mem, 400);
    buf_fmt(&sql, "select t.id, t.%.*s from %s t where t.%.*s in {texts $%d} and t.archived_at is null", (int)column.n, column.s,
            entity_table(b->entity), (int)column.n, column.s, bind_val(w->mem, &binds, val_texts(texts, n)));
    if (f->find && !f->own) /* what there is an index of */
        buf_fmt(&sql, " and t.%s_find in {texts $%d}", f->name, bind_val(w->mem, &binds, val_texts(found, n)));
    TRY(found_in_reach(w, b->entity, &sql, &binds, &rows));
    while (rows_next(&rows)) {
        int64_t *id = map_at(known, str_copy(w->mem, row_text(&rows, 1)), w->mem);
        *id = *id ? -1 : row_int(&rows, 0);
    }
    return rows_end(&rows);
}

typedef struct {
    char     *record; /* n structs                     */
    int      *draft;  /* which row each belongs to     */
    int64_t  *id;
    ptrdiff_t n;
    bool      children;
} Aggregates;

static bool has_children(const Batch *b)
{
    for (int c = 0; c < b->columns; c++)
        if (b->column[c].list) return true;
    return false;
}

/* What is to be made and what is to be changed, by mode and by what the keys found. */
static Err records_choose(Work *w, Batch *b, Aggregates *a)
{
    Map *known = NULL;
    if (b->key_at >= 0) TRY(keys_known(w, b, &known));
    *a = (Aggregates){ .draft = NEW_N(w->mem, int, b->n), .id = NEW_N(w->mem, int64_t, b->n), .children = has_children(b) };
    for (int i = 0; i < b->n; i++) {
        Draft *d = &b->draft[i];
        if (d->bad) continue;
        Str key = d->key;
        if (b->key_at >= 0 && key.n) key_column(w, b, &key, d->key);
        int64_t    *at  = key.n ? map_at(&known, key, NULL) : NULL;
        int64_t     id  = at ? *at : 0;
        const char *no  = id < 0 ? "import.key_finds_two" : !id && b->run->plan.mode == MODE_UPDATE ? "import.key_finds_none" : NULL;
        if (no) {
            row_problem(b->run, d->number, b->run->plan.key, no, d->key);
            d->bad = true;
            continue;
        }
        a->draft[a->n] = i;
        a->id[a->n++]  = id;
    }
    return OK;
}

/* A row that is imported again after a killed server gives the record it gave before. */
static void made_by_row(Work *w, const Batch *b, const Draft *d, Record *record)
{
    record->origin = str_fmt(w->mem, "import:%lld", (long long)b->run->id);
    record->key    = str_fmt(w->mem, "%lld", (long long)d->number);
}

static Err records_fetch(Work *w, Batch *b, Aggregates *a)
{
    bool *found = NEW_N(w->mem, bool, a->n);
    a->record   = arena_take(w->mem, b->entity->size, 16, a->n);
    TRY(record_fetch(w, b->entity, a->id, a->n, a->children, a->record, found));
    for (ptrdiff_t i = 0; i < a->n; i++) {
        if (a->id[i]) continue;
        char *record = a->record + i * b->entity->size;
        record_empty(w, b->entity, record);
        made_by_row(w, b, &b->draft[a->draft[i]], (Record *)(void *)record);
    }
    return OK;
}

/* The child that has the value already, or a new one. */
static void child_add(Work *w, const RecordColumn *col, void *record, Value v)
{
    const Entity *e    = col->list->entity;
    ChildRows    *rows = (ChildRows *)(void *)((char *)record + col->list->offset);
    if (rows->n < 0) rows->n = 0;
    for (ptrdiff_t i = 0; i < rows->n; i++)
        if (value_same(col->field, value_get(col->field, (char *)rows->at + i * e->size), v)) return;
    char *more = arena_take(w->mem, e->size, 16, rows->n + 1);
    if (rows->n) memcpy(more, rows->at, (size_t)(rows->n * e->size));
    char *child = more + rows->n * e->size;
    for (int f = 0; f < e->field_count; f++) {
        const Field *field = &e->fields[f];
        value_set(field, child, field->required && field->type == TYPE_choice ? (Value){ .n = field->start ? field->start : 1 } : value_none());
    }
    value_set(col->field, child, v);
    rows->at = more;
    rows->n++;
}

static void values_apply(Work *w, Batch *b, Aggregates *a)
{
    for (ptrdiff_t i = 0; i < a->n; i++) {
        char *record = a->record + i * b->entity->size;
        for (int c = 0; c < b->columns; c++) {
            Value v = b->draft[a->draft[i]].value[c];
            if (v.empty) continue;
            if (b->column[c].list) child_add(w, &b->column[c], record, v);
            else value_set(b->column[c].field, record, v);
        }
    }
}

/* What the door refuses is taken out and the rest is tried again. */
static bool refused_out(Batch *b, Aggregates *a, Problems *problems)
{
    bool any = false;
    for (const Problem *p = problems->first; p; p = p->next) {
        ptrdiff_t i = a->n == 1 ? 0 : (ptrdiff_t)p->row - 1;
        if (i < 0 || i >= a->n) return false;
        Draft *d = &b->draft[a->draft[i]];
        row_problem(b->run, d->number, str_of(p->field), p->key, p->arg_count && p->args[0].kind == ARG_TEXT ? p->args[0].text : (Str){ 0 });
        d->bad = any = true;
    }
    return any;
}

static Err records_save(Work *w, Batch *b)
{
    for (;;) {
        Aggregates a;
        SaveHow    how = { .work = b->run->id };
        TRY(records_choose(w, b, &a));
        if (a.n == 0) return OK;
        TRY(records_fetch(w, b, &a));
        values_apply(w, b, &a);
        int64_t *version = NEW_N(w->mem, int64_t, a.n);
        for (ptrdiff_t i = 0; i < a.n; i++) version[i] = ((Record *)(void *)(a.record + i * b->entity->size))->version;
        Err err = record_save_many(w, b->entity, a.record, a.n, &how);
        if (err && (err == BUSY || err == BROKEN || !refused_out(b, &a, &w->problems))) return err;
        if (err) {
            problems_forget(w);
            continue;
        }
        for (ptrdiff_t i = 0; i < a.n; i++) {
            int64_t now = ((Record *)(void *)(a.record + i * b->entity->size))->version;
            b->count.made += !a.id[i];
            b->count.changed += a.id[i] && now != version[i];
            b->count.known += a.id[i] && now == version[i];
        }
        return OK;
    }
}

static Err batch_write(Work *w, void *to)
{
    Batch *b = to;
    b->count = (ImportCount){ 0 };
    for (int c = 0; c < b->columns; c++)
        if (b->column[c].field->type == TYPE_ref) TRY(column_resolve(w, b, c));
    return records_save(w, b);
}

static Err batch_end(Batch *b)
{
    if (b->n == 0) return OK;
    TRY(import_chunk(b->run, batch_write, b));
    b->run->count.made += b->count.made;
    b->run->count.changed += b->count.changed;
    b->run->count.known += b->count.known;
    b->n = 0;
    return OK;
}

/* Two rows with one key in a batch would not know of each other. */
static bool meets(const Batch *b, const TableRow *row)
{
    const RecordColumn *key = b->key_at >= 0 ? &b->column[b->key_at] : NULL;
    Arena         borrowed = b->run->memory;
    Str           cell = key ? name_find(&borrowed, str_trim(table_cell(row, key->at))) : (Str){ 0 };
    for (int i = 0; cell.n && i < b->n; i++)
        if (str_eq(name_find(&borrowed, b->draft[i].key), cell)) return true;
    return false;
}

Err import_records(ImportRun *run)
{
    Batch *b = NEW(run->w->mem, Batch);
    *b = (Batch){ .run = run, .entity = run->plan.target };
    TRY(columns_find(b));
    for (;;) {
        TableRow row;
        Err      err = import_row(run, &row);
        if (err == NOT_FOUND) break;
        TRY(err);
        if (b->n == BATCH || meets(b, &row)) TRY(batch_end(b));
        draft_row(b, &row);
    }
    return batch_end(b);
}
