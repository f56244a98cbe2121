/* Everybody in the base, those who have never bought among them. */
#include "sales/insight/everybody.h"

#include "sales/insight/asking_sql.h"

#include <string.h>

typedef struct {
    int64_t id, source;
    Day     entered;
} Entry;

/* The place of each client of the summary by its number; UINT32_MAX: none. */
static uint32_t *places_of(const Asking *a)
{
    uint32_t *place = NEW_RAW(a->r->w->mem, uint32_t, a->hold.view.clients);
    memset(place, 0xFF, (size_t)a->hold.view.clients * sizeof *place);
    for (ptrdiff_t c = 0; c < a->a.summary.clients; c++) place[a->a.client_number[c]] = (uint32_t)c;
    return place;
}

static void room_for(Arena *mem, Everybody *e, ptrdiff_t n)
{
    *e = (Everybody){
        e->n, e->sold, NEW_RAW(mem, int64_t, n), NEW_N(mem, Money, n), NEW_RAW(mem, Day, n), NEW_N(mem, int64_t, n)
    };
}

/* Reads them: what is known of those with sales goes to their places in `sold`, the others one after another into
 * `others`. */
static Err read_entries(Asking *a, Everybody *sold, Buf *others)
{
    Work     *w     = a->r->w;
    uint32_t *place = places_of(a);
    Val       vals[ASKING_SCOPE];
    Rows      rows;
    int       n;
    Str       sql = asking_scope(a, SQL_INSIGHT_EVERYBODY, 1, vals, &n);
    TRY(db_stream(w->db, sql, vals, n, &rows));
    while (rows_next(&rows)) {
        Entry    e = { row_int(&rows, 0), row_null(&rows, 1) ? 0 : row_int(&rows, 1),
                       zone_day(w->zone, row_int(&rows, 2)) };
        uint32_t number = asking_number(a, e.id), at = number ? place[number] : UINT32_MAX;
        if (at != UINT32_MAX) {
            sold->entered[at] = e.entered;
            sold->source[at]  = e.source;
        } else if (!row_int(&rows, 3) && !asking_narrowed(a)) {
            buf_put(others, (Str){ (const char *)&e, sizeof e });
        }
    }
    return rows_end(&rows);
}

Err everybody_find(Asking *a, Everybody *out)
{
    Arena    *mem    = a->r->w->mem;
    Everybody sold   = { 0 };
    Buf       others = buf_new(mem, 4096);
    ptrdiff_t n      = a->a.summary.clients;
    room_for(mem, &sold, n);
    for (ptrdiff_t i = 0; i < n; i++) sold.entered[i] = DAY_NONE;
    TRY(read_entries(a, &sold, &others));
    a->others = others.len / (ptrdiff_t)sizeof(Entry);
    *out      = (Everybody){ .n = n + a->others, .sold = n };
    room_for(mem, out, out->n);
    if (n) {
        memcpy(out->id, a->a.client_id, (size_t)n * sizeof *out->id);
        memcpy(out->amount, a->a.summary.money, (size_t)n * sizeof *out->amount);
        memcpy(out->entered, sold.entered, (size_t)n * sizeof *out->entered);
        memcpy(out->source, sold.source, (size_t)n * sizeof *out->source);
    }
    for (ptrdiff_t i = 0; i < a->others; i++) {
        Entry e;
        memcpy(&e, others.data + i * (ptrdiff_t)sizeof e, sizeof e);
        out->id[n + i]      = e.id;
        out->entered[n + i] = e.entered;
        out->source[n + i]  = e.source;
    }
    return OK;
}
