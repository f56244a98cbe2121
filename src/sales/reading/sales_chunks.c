/* A text is cut into chunks that the threads take one after another.  Where a chunk's first row begins can only be
 * guessed, because a line end may stand inside quotes; so each chunk tells where its last row really ended. */
#include "sales/reading/sales_pass.h"

#include <string.h>

/* A text that outlives the row: as it is where it stands in the file, else one copy of it. */
static Str name_kept(Hand *h, Str name, Str *last)
{
    const Str text = h->pass->text;
    if (!name.n || (name.s >= text.s && name.s < text.s + text.n)) return name;
    if (str_eq(name, *last)) return *last;
    if (!map_at(&h->name, name, NULL)) name = str_copy(h->names, name);
    int64_t *at = map_at(&h->name, name, h->names);
    if (!*at) *at = (int64_t)(intptr_t)name.s;
    return *last = (Str){ (const char *)(intptr_t)*at, name.n };
}

void row_hand_in(Hand *h, const Str *field, int n, int64_t at)
{
    SaleRow row;
    if (sales_row(&h->rows, field, n, at, &row) != ROW_USED) return;
    row.client  = name_kept(h, row.client, &h->client);
    row.product = name_kept(h, row.product, &h->product);
    tally_add(h->pass->tally, h->thread, &row, 1);
}

void fault_met(SalesPass *pass, const CsvReader *r)
{
    pass->fault_is = r->fault;
    pass->fault_at = r->fault_at;
    pass->fault    = true;
}

/* All plain rows from here; false at the end of the chunk. */
static bool plain_rows(Hand *h, CsvReader *r, ptrdiff_t limit)
{
    SalesPass *pass = h->pass;
    if (pass->form.delimiter == ' ') return r->at < limit;
    do {
        ptrdiff_t at = r->at;
        csv_plain_rows(r, limit, pass->form.columns, &h->block);
        tally_add(pass->tally, h->thread, h->row, sales_rows_plain(&h->rows, &h->block, at, h->row));
    } while (h->block.rows && r->at < limit);
    return r->at < limit;
}

/* The rows that begin from `from` to `limit`; returns where the next one begins. */
static ptrdiff_t rows_read(Hand *h, ptrdiff_t from, ptrdiff_t limit)
{
    Arena     fields = h->fields;
    CsvReader r      = csv_reader(h->pass->text, &h->pass->form, &fields);
    r.at             = from;
    while (plain_rows(h, &r, limit)) {
        if (!csv_next(&r, &h->quoted)) {
            if (r.fault) fault_met(h->pass, &r);
            break;
        }
        row_hand_in(h, r.field, r.fields, r.begin);
        arena_reset(&h->quoted, 1 << 16);
    }
    return r.at;
}

/* Does a row read from here have as many fields as the table? */
static bool looks_like_row(Hand *h, ptrdiff_t at)
{
    Arena     fields = h->fields;
    CsvReader r      = csv_reader(h->pass->text, &h->pass->form, &fields);
    r.at             = at;
    bool fine        = csv_next(&r, &h->quoted) && r.fields == h->pass->form.columns && r.fault == CSV_FINE;
    arena_reset(&h->quoted, 1 << 16);
    return fine;
}

/* Where the first row at or behind `at` begins, by all appearance. */
static ptrdiff_t row_guess(Hand *h, ptrdiff_t at)
{
    const Str text  = h->pass->text;
    ptrdiff_t first = csv_line_from(text, at), line = first, next = csv_line_from(text, first + 1);
    if (!h->pass->form.quotes || first == text.n || !memchr(text.s + at, '"', (size_t)(next - at))) return first;
    for (int tries = 0; tries < 16 && line < text.n; tries++) {
        if (looks_like_row(h, line)) return line;
        line = csv_line_from(text, line + 1);
    }
    return first;
}

static void chunk_read(Hand *h, ptrdiff_t chunk)
{
    SalesPass      *pass   = h->pass;
    ptrdiff_t from  = pass->start[0] + chunk * SALES_CHUNK, limit = from + SALES_CHUNK;
    if (limit > pass->text.n) limit = pass->text.n;
    if (chunk) pass->start[chunk] = pass->alone ? pass->end[chunk - 1] : row_guess(h, from);
    pass->end[chunk] = rows_read(h, pass->start[chunk], limit);
    pass->done += limit - from;
    const SalesRun *run = pass->run;
    if (h->thread == 0 && run->tick && !run->tick(run->ctx, pass->done, pass->text.n)) pass->stop = true;
}

static bool goes_on(const SalesPass *pass)
{
    return !pass->stop && !pass->fault && !tally_unsure(pass->tally);
}

void *hand_work(void *hand)
{
    Hand *h   = hand;
    SalesPass  *pass = h->pass;
    pthread_mutex_lock(&pass->gate); /* until the tally is there */
    pthread_mutex_unlock(&pass->gate);
    while ((!pass->alone || h->thread == 0) && goes_on(pass)) {
        ptrdiff_t chunk = pass->next++;
        if (chunk >= pass->chunks) break;
        chunk_read(h, chunk);
    }
    tally_done(pass->tally, h->thread);
    return NULL;
}
