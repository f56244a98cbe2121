/* Importing records of any entity: each row makes a record or changes the one its key finds.
 *
 * A column fills a field, or with `phones.number` adds a child row unless one with that value is there.  A blank cell
 * changes nothing.  References are found by title; one that nobody knows is made where a title is all it needs.
 *
 * Rows of one key that stand in one batch are written as one record, in their order; where that is refused, one after
 * the other.  What follows a change and refuses all of it (a handler) refuses rows too: which ones is found by halves.
 *
 * Records are looked for within the importer's reach: to him a stranger's number is a number that nobody has. */
#include "core/bounds.h"
#include "core/utf8.h"
#include "sales/import/import_batch.h"
#include "sales/reading/total_said.h"

#include <string.h>

/* ---- columns ---- */

static Err columns_find(Batch *b)
{
    ImportRun *run = b->run;
    b->key_at      = -1;
    for (int i = 0; i < run->plan.columns; i++) {
        RecordColumn *c = &b->column[b->columns];
        TRY(record_column(run, b->entity, &run->plan.column[i], c));
        if (run->plan.mode != MODE_CREATE && !c->list && str_eq(c->name, run->plan.key)) b->key_at = b->columns;
        b->columns += 1 + record_columns_besides(run, b->entity, c, c + 1);
    }
    return OK;
}

/* ---- rows ---- */

/* `Итого` in the first cell that says something: no record, and told. */
static bool row_sums(Batch *b, const TableRow *row)
{
    for (int c = 0; c < b->columns; c++) {
        Str cell = str_trim(table_cell(row, b->column[c].at));
        if (!cell.n) continue;
        if (total_said(cell, NULL) != TOTAL_SURE) return false;
        row_warning(b->run, row->number, b->column[c].name, "import.total_left_out", cell);
        return true;
    }
    return false;
}

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
        const char *wrong = record_cell(run, col->list ? col->list->entity : b->entity, col, cell, &d->value[c]);
        if (wrong) {
            d->value[c] = value_none();
            d->bad |= !row_odd(run, row->number, col->name, wrong, cell);
        }
    }
    if (b->key_at >= 0) d->key = d->value[b->key_at].s;
    if (b->key_at >= 0 && !d->key.n) { /* with nothing to find it by it would be made anew each time */
        row_problem(run, row->number, run->plan.key, "import.key_is_empty", (Str){ 0 });
        d->bad = true;
    }
    b->n++;
}

/* ---- records ---- */

typedef struct {
    char     *record; /* n structs                                              */
    int      *draft;  /* the first row of each                                  */
    int      *rows;   /* how many it has                                        */
    int      *of;     /* [BATCH] to which of them a row belongs; -1: to none now */
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

/* May the row have this record by its mode?  Says why not. */
static bool key_fits(Batch *b, Draft *d, int64_t id)
{
    const char *no = id < 0                                    ? "import.key_finds_two"
                     : !id && b->run->plan.mode == MODE_UPDATE ? "import.key_finds_none"
                                                               : NULL;
    if (no) row_problem(b->run, d->number, b->run->plan.key, no, d->key);
    d->bad |= no != NULL;
    return !no;
}

/* Another row of a record that is in hand already.  One that goes apart waits. */
static void row_joins(Batch *b, Aggregates *a, int row, int64_t at)
{
    b->draft[row].who = b->draft[a->draft[at]].who;
    if (b->draft[row].apart) return;
    a->of[row] = (int)at;
    a->rows[at]++;
}

/* What is to be made and what is to be changed, by mode and by what the keys found. */
static Err records_choose(Work *w, Batch *b, Aggregates *a)
{
    Map *known = NULL, *in_hand = NULL;
    if (b->key_at >= 0) TRY(batch_keys(w, b, &known));
    *a = (Aggregates){ .draft = NEW_N(w->mem, int, b->n),
                       .rows = NEW_N(w->mem, int, b->n),
                       .of = NEW_N(w->mem, int, BATCH),
                       .id = NEW_N(w->mem, int64_t, b->n),
                       .children = has_children(b) };
    for (int i = b->from; i < b->end; i++) {
        Draft *d = &b->draft[i];
        a->of[i] = -1;
        if (d->bad || d->done) continue;
        Str key = d->key;
        if (b->key_at >= 0 && key.n) batch_key(w->mem, b, &key, d->key);
        int64_t *hand = key.n ? map_at(&in_hand, key, w->mem) : NULL;
        if (hand && *hand) {
            row_joins(b, a, i, *hand - 1);
            continue;
        }
        int64_t *at = key.n ? map_at(&known, key, NULL) : NULL, id = at ? *at : 0;
        d->who = id ? id : foreseen_who(b, d, key);
        if (!key_fits(b, d, id) || foreseen_taken(w->scratch, b, d)) continue;
        a->of[i]       = (int)a->n;
        a->draft[a->n] = i;
        a->rows[a->n]  = 1;
        a->id[a->n++]  = id;
        if (hand) *hand = a->n;
    }
    return OK;
}

/* A row that is imported again after a killed server gives the record it gave before. */
static void made_by_row(Work *w, const Batch *b, const Draft *d, Record *record)
{
    record->origin = str_fmt(w->mem, "import:%lld", (long long)b->run->id);
    record->key    = str_fmt(w->mem, "%lld", (long long)d->number);
}

static char *record_of(const Batch *b, const Aggregates *a, ptrdiff_t i) { return a->record + i * b->entity->size; }

static Err records_fetch(Work *w, Batch *b, Aggregates *a)
{
    bool *found = NEW_N(w->mem, bool, a->n);
    a->record   = arena_take(w->mem, b->entity->size, 16, a->n);
    TRY(record_fetch(w, b->entity, a->id, a->n, a->children, a->record, found));
    for (ptrdiff_t i = 0; i < a->n; i++) {
        if (a->id[i]) continue;
        record_empty(w, b->entity, record_of(b, a, i));
        made_by_row(w, b, &b->draft[a->draft[i]], (Record *)(void *)record_of(b, a, i));
    }
    return OK;
}

static void values_apply(Work *w, Batch *b, Aggregates *a)
{
    Lists **lists = NEW_N(w->mem, Lists *, a->n);
    for (int i = b->from; i < b->end; i++) {
        int at = a->of[i];
        if (at < 0) continue;
        if (!lists[at] && a->children) lists[at] = lists_new(w, (ptrdiff_t)a->rows[at] * b->columns);
        if (!row_fits(w, b, &b->draft[i], lists[at], record_of(b, a, at))) a->of[i] = -1;
        else b->draft[i].moves = row_apply(w, b, &b->draft[i], lists[at], record_of(b, a, at));
    }
}

static void row_refused(Batch *b, Draft *d, const Problem *p)
{
    row_told(b->run, d->number, p, false);
    d->bad = true;
}

/* What the door refuses is taken out and the rest is tried again; of several rows it may be one: they go apart. */
static bool refused_out(Batch *b, Aggregates *a, Problems *problems)
{
    bool any = false;
    for (const Problem *p = problems->first; p; p = p->next) {
        ptrdiff_t at = a->n == 1 ? 0 : (ptrdiff_t)p->row - 1;
        if (at < 0 || at >= a->n) return false;
        any = true;
        if (a->rows[at] == 1) row_refused(b, &b->draft[a->draft[at]], p);
        for (int i = b->from; a->rows[at] > 1 && i < b->end; i++) b->draft[i].apart |= a->of[i] == at;
    }
    return any;
}

/* Each row says what it did; of one alone its record knows better, unless a dry run has taken that back. */
static void rows_count(Work *w, Batch *b, const Aggregates *a, const int64_t *version)
{
    for (int i = b->from; i < b->end; i++) {
        int at = a->of[i];
        if (at < 0) continue;
        const Draft *first = &b->draft[a->draft[at]];
        bool made    = !a->id[at] && b->draft[i].who == -b->draft[i].number;
        bool again   = !a->id[at] && first->who != -first->number;
        bool changed = again            ? foreseen_moves(w->scratch, b, &b->draft[i])
                       : a->rows[at] > 1 ? b->draft[i].moves
                                         : ((Record *)(void *)record_of(b, a, at))->version != version[at];
        b->count.made += made;
        b->count.changed += !made && changed;
        b->count.known += !made && !changed;
        b->draft[i].done = true;
    }
}

static void rows_written(Work *w, Batch *b, const Aggregates *a, const int64_t *version)
{
    int64_t *row = NEW_RAW(w->mem, int64_t, a->n);
    for (ptrdiff_t i = 0; i < a->n; i++) row[i] = b->draft[a->draft[i]].number;
    notes_told(w, b->run, row, a->n);
    rows_count(w, b, a, version);
}

static bool all_written(const Batch *b)
{
    for (int i = b->from; i < b->end; i++)
        if (!b->draft[i].bad && !b->draft[i].done) return false;
    return true;
}

static Err records_save(Work *w, Batch *b)
{
    while (!all_written(b)) {
        Aggregates a;
        SaveHow    how = { .work = b->run->id, .bulk = true };
        TRY(records_choose(w, b, &a));
        if (a.n == 0) continue; /* the rest was refused by its key */
        TRY(records_fetch(w, b, &a));
        values_apply(w, b, &a);
        int64_t *version = NEW_N(w->mem, int64_t, a.n);
        for (ptrdiff_t i = 0; i < a.n; i++) version[i] = ((Record *)(void *)record_of(b, &a, i))->version;
        notes_forget(w);
        Err err = record_save_many(w, b->entity, a.record, a.n, &how);
        if (err && (err == BUSY || err == BROKEN || !refused_out(b, &a, &w->problems))) return err;
        if (err) problems_forget(w);
        else rows_written(w, b, &a, version);
    }
    return OK;
}

static Err batch_write(Work *w, void *to)
{
    Batch *b = to;
    b->count = (ImportCount){ 0 };
    for (int i = b->from; i < b->end; i++) b->draft[i].done = b->draft[i].apart = false;
    TRY(batch_resolve(w, b));
    return records_save(w, b);
}

/* A dry run counts the rows before these anew. */
static void count_take(Batch *b)
{
    ImportCount *sum = &b->run->count;
    sum->made += b->count.made - b->counted.made;
    sum->changed += b->count.changed - b->counted.changed;
    sum->known += b->count.known - b->counted.known;
    if (b->run->plan.dry) b->counted = b->count;
}

/* What follows a change may refuse all of it, and does not say for which row: found by halves.  A dry run has taken
 * back what it tried before, so it tries that with the rest. */
static Err rows_write(Batch *b, int from, int end)
{
    Work *w       = b->run->w;
    bool  refused = false;
    b->from       = b->run->plan.dry ? 0 : from;
    b->end        = end;
    Err err       = import_try(b->run, batch_write, b, &refused);
    if (err == OK) {
        count_take(b);
        return OK;
    }
    if (!refused) return err;
    if (end - from == 1) row_refused(b, &b->draft[from], w->problems.first);
    problems_forget(w);
    if (end - from == 1) return OK;
    TRY(rows_write(b, from, from + (end - from) / 2));
    return rows_write(b, from + (end - from) / 2, end);
}

static Err batch_end(Batch *b)
{
    if (b->n == 0) return OK;
    TRY(rows_write(b, 0, b->n));
    foreseen_keep(b->run->w->scratch, b);
    b->n       = 0;
    b->counted = (ImportCount){ 0 };
    return import_faults(b->run);
}

static Err all_rows(Batch *b)
{
    TRY(columns_find(b));
    for (;;) {
        TableRow row;
        Err      err = import_row(b->run, &row);
        if (err == NOT_FOUND) break;
        TRY(err);
        if (b->n == BATCH) TRY(batch_end(b));
        if (!row_sums(b, &row)) draft_row(b, &row);
    }
    return batch_end(b);
}

Err import_records(ImportRun *run)
{
    Batch *b = NEW(run->w->mem, Batch);
    *b = (Batch){ .run = run, .entity = run->plan.target, .seen.mem = arena_new(BOUND_IMPORT) };
    Err err = all_rows(b);
    arena_drop(&b->seen.mem);
    return err;
}
