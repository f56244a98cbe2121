/* Taking an import back: sales that another import brought too lose only the lines that nobody else brought; all else
 * goes by the change rows.
 *
 * What stays because another import stands on it is made over to that one: its lines become lines of the other, and the
 * other is an heir of the work, so that taking the other back looks at what stayed of this one as well. */
#include "entity/ids.h"
#include "entity/undo.h"
#include "sales/catalog/catalog.h"
#include "sales/import/import_run.h"
#include "sales/import/import_undo_sql.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"

enum { UNDO_CHUNK = 150, SALES_CHUNK = 50, LINES_CHUNK = 1000 };

typedef struct {
    ImportRun *run;
    int64_t    work;  /* whose change rows are taken back: the import's own, or one that it inherited */
    int64_t    after; /* sale */
    int64_t    sale[SALES_CHUNK];
    ptrdiff_t  sales;
    int64_t    gone;  /* lines of the last step */
    bool       kept;
    ChangeMark below;
    UndoDone   done;
} Undoing;

/* ---- what stays ---- */

static Err mark_ids(Work *w, Str sql, const Val *vals, int n, const int64_t *ids, ptrdiff_t count, bool *keep)
{
    Rows rows;
    Ids  place = ids_new(w->mem, count);
    for (ptrdiff_t i = 0; i < count; i++) ids_put(&place, ids[i], i);
    TRY(db_query(w->db, sql, vals, n, &rows));
    while (rows_next(&rows)) keep[ids_at(&place, row_int(&rows, 0))] = true;
    return rows_end(&rows);
}

/* What another import, which stands, brought too stays as it is; so do the clients, products and channels that this one
 * made and the other needs. */
static Err keep_shared(Work *w, void *to, const Entity *e, const int64_t *ids, ptrdiff_t n, bool *keep)
{
    Undoing *u   = to;
    Str      sql = e == &sale_entity      ? SQL_IMPORT_SALES_STAYING
                   : e == &client_entity  ? SQL_IMPORT_USED_CLIENTS
                   : e == &product_entity ? SQL_IMPORT_USED_PRODUCTS
                   : e == &channel_entity ? SQL_IMPORT_USED_CHANNELS
                                          : (Str){ 0 };
    if (!sql.n) return OK;
    TRY(mark_ids(w, sql, VALS(val_ids(ids, n), val_int(e == &sale_entity ? u->run->id : u->work)), ids, n, keep));
    for (ptrdiff_t i = 0; i < n; i++) u->kept = u->kept || keep[i];
    return OK;
}

/* ---- sales that stay in part ---- */

typedef struct {
    Ids       gone; /* lines that go */
    ptrdiff_t n;
} LinesGone;

static Err lines_read(Work *w, Str sql, const Undoing *u, const int64_t *sale, ptrdiff_t n, LinesGone *out)
{
    Rows rows;
    int64_t count = 0;
    *out = (LinesGone){ 0 };
    TRY(db_int(w->db, SQL_IMPORT_LINES_COUNT, VALS(val_int(u->run->id), val_ids(sale, n)), &count));
    out->gone = ids_new(w->mem, count + 1);
    TRY(db_query(w->db, sql, VALS(val_int(u->run->id), val_ids(sale, n)), &rows));
    while (rows_next(&rows)) ids_put(&out->gone, row_int(&rows, 0), out->n++);
    return rows_end(&rows);
}

/* Read beside the writer: looking through all lines of a large import takes longer than it may be held. */
static Err sales_next(Work *w, Str sql, Undoing *u)
{
    Rows rows;
    u->sales = 0;
    TRY(db_query(w->db, sql, VALS(val_int(u->run->id), val_int(u->after), val_int(SALES_CHUNK)), &rows));
    while (rows_next(&rows)) u->sale[u->sales++] = row_int(&rows, 0);
    if (u->sales) u->after = u->sale[u->sales - 1];
    return rows_end(&rows);
}

/* Takes these lines out of the sales; those that keep none go. */
static Err lines_take_out(Work *w, const int64_t *ids, ptrdiff_t n, const LinesGone *lines)
{
    Sale     *sales = NEW_N(w->mem, Sale, n);
    int64_t  *empty = NEW_RAW(w->mem, int64_t, n);
    bool     *found = NEW_N(w->mem, bool, n);
    SaveHow   how   = { .trusted = true, .verb = "undone", .quiet = true, .bulk = true };
    ptrdiff_t stay = 0, gone = 0;
    TRY(record_fetch(w, &sale_entity, ids, n, true, sales, found));
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t kept = 0;
        if (!found[i]) continue;
        for (ptrdiff_t l = 0; l < sales[i].lines.n; l++)
            if (ids_at(&lines->gone, sales[i].lines.at[l].base.id) < 0)
                sales[i].lines.at[kept++] = sales[i].lines.at[l];
        sales[i].lines.n = kept;
        if (kept) sales[stay++] = sales[i];
        else empty[gone++] = ids[i];
    }
    if (stay) TRY(record_save_many(w, &sale_entity, sales, stay, &how));
    return record_remove_many(w, &sale_entity, empty, gone, &how);
}

static Err sales_chunk(Work *w, void *to)
{
    Undoing  *u = to;
    LinesGone lines;
    TRY(lines_read(w, SQL_IMPORT_LINES_ALONE, u, u->sale, u->sales, &lines));
    return lines.n ? lines_take_out(w, u->sale, u->sales, &lines) : OK;
}

/* Sales that the statement finds lose the lines that only this import brought. */
static Err sales_back(Undoing *u, Str sql)
{
    Work *w  = u->run->w;
    u->after = 0;
    do {
        TRY(sales_next(w, sql, u));
        if (u->sales) TRY(work_write(w, sales_chunk, u));
        TRY(work_pulse(w));
    } while (u->sales == SALES_CHUNK);
    return OK;
}

/* ---- by the change rows ---- */

static Err undo_write(Work *w, void *to)
{
    Undoing *u = to;
    u->done    = (UndoDone){ .mem = &u->run->memory };
    return undo_chunk(w, u->work, u->below, UNDO_CHUNK, keep_shared, u, &u->done);
}

/* What could not be taken back is listed with both values; a place is told as the entity and its field: client.city,
 * client.phones.number. */
static void list_left(ImportRun *run, const UndoDone *done)
{
    run->taking_back = true;
    for (ptrdiff_t i = 0; i < done->left_count; i++) {
        const UndoLeft *l = &done->left[i];
        Str field = str_fmt(&run->memory, "%.*s%s%.*s", (int)l->entity.n, l->entity.s, l->field.n ? "." : "",
                            (int)l->field.n, l->field.s);
        row_warning(run, l->record, field, l->why, import_left_text(&run->memory, l->title, l->ours, l->theirs));
    }
}

static Err work_back(Undoing *u, int64_t work)
{
    u->work  = work;
    u->below = (ChangeMark){ 0 };
    do {
        TRY(work_write(u->run->w, undo_write, u));
        u->below = u->done.below;
        list_left(u->run, &u->done);
        TRY(import_faults(u->run));
        TRY(work_pulse(u->run->w));
    } while (u->below.id);
    return OK;
}

/* What stayed of imports that were taken back before, for the sake of this one. */
static Err inherited_back(Undoing *u)
{
    enum { MOST = 1000 };
    Work     *w = u->run->w;
    int64_t   work[MOST];
    ptrdiff_t n = 0;
    Rows      rows;
    TRY(db_query(w->db, SQL_IMPORT_INHERITED, VALS(val_int(u->run->id), val_int(MOST)), &rows));
    while (rows_next(&rows)) work[n++] = row_int(&rows, 0);
    TRY(rows_end(&rows));
    if (n) TRY(sales_back(u, SQL_IMPORT_SALES_INHERITED)); /* lines that came to this one with them */
    for (ptrdiff_t i = 0; i < n; i++) TRY(work_back(u, work[i]));
    return OK;
}

/* ---- known lines ---- */

static Err heirs_write(Work *w, void *to)
{
    const Undoing *u = to;
    if (u->kept) TRY(db_run(w->db, SQL_IMPORT_HEIRS, VALS(val_int(u->run->id)), NULL));
    return db_run(w->db, SQL_IMPORT_HEIR_CLEAR, VALS(val_int(u->run->id)), NULL);
}

typedef struct {
    Undoing  *u;
    Str      *key;
    ptrdiff_t n;
} Passing;

static Err pass_write(Work *w, void *to)
{
    const Passing *p = to;
    TRY(db_run(w->db, SQL_IMPORT_LINES_PASS, VALS(val_int(p->u->run->id), val_texts(p->key, p->n)), NULL));
    return db_run(w->db, SQL_IMPORT_AGAIN_OWNED, VALS(val_texts(p->key, p->n)), NULL);
}

/* Shared lines pass to the other import; they are looked for beside the writer. */
static Err lines_pass(Undoing *u)
{
    Work   *w     = u->run->w;
    Passing p     = { .u = u, .key = NEW_RAW(w->mem, Str, LINES_CHUNK) };
    Str     after = S("");
    do {
        Rows rows;
        p.n = 0;
        TRY(db_query(w->db, SQL_IMPORT_LINES_SHARED, VALS(val_int(u->run->id), val_text(after), val_int(LINES_CHUNK)),
                     &rows));
        while (rows_next(&rows)) p.key[p.n++] = str_copy(w->mem, row_text(&rows, 0));
        TRY(rows_end(&rows));
        if (p.n) after = p.key[p.n - 1];
        if (p.n) TRY(work_write(w, pass_write, &p));
    } while (p.n == LINES_CHUNK);
    return OK;
}

/* The rest is forgotten. */
static Err lines_forget(Work *w, void *to)
{
    Undoing *u = to;
    int64_t  again = 0, lines = 0;
    TRY(db_run(w->db, SQL_IMPORT_AGAIN_CLEAR, VALS(val_int(u->run->id), val_int(LINES_CHUNK)), &again));
    TRY(db_run(w->db, SQL_IMPORT_LINES_CLEAR, VALS(val_int(u->run->id), val_int(LINES_CHUNK)), &lines));
    u->gone = again + lines;
    return OK;
}

static Err lines_back(Undoing *u)
{
    Work *w = u->run->w;
    TRY(work_write(w, heirs_write, u));
    TRY(lines_pass(u));
    do {
        TRY(work_write(w, lines_forget, u));
    } while (u->gone);
    return OK;
}

Err import_take_back(ImportRun *run)
{
    Undoing u = { .run = run };
    bool    sales = run->plan.target == &sale_entity;
    problems_forget(run->w); /* said already: what follows is another matter */
    if (sales) TRY(sales_back(&u, SQL_IMPORT_SALES_SHARED));
    TRY(work_back(&u, run->id));
    if (sales) TRY(inherited_back(&u));
    return sales ? lines_back(&u) : OK;
}
