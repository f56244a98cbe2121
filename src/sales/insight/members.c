/* Who stands behind a figure: the members of a cell by amount, and what clients and products are called. */
#include "access/viewing.h"
#include "analysis/order.h"
#include "sales/insight/asking.h"
#include "sales/insight/asking_sql.h"

#include <stdlib.h>

/* ---- names ---- */

enum { NAMES_AT_ONCE = 1000 };

typedef struct {
    int64_t   id;
    ptrdiff_t at;
} Wanted;

static int by_id(const void *a, const void *b)
{
    const Wanted *x = a, *y = b;
    return x->id == y->id ? (x->at > y->at) - (x->at < y->at) : x->id < y->id ? -1 : 1;
}

static ptrdiff_t first_wanted(const Wanted *wanted, ptrdiff_t n, int64_t id)
{
    ptrdiff_t low = 0;
    for (ptrdiff_t high = n; low < high;) {
        ptrdiff_t middle = (low + high) / 2;
        if (wanted[middle].id < id) low = middle + 1;
        else high = middle;
    }
    return low;
}

static Err names_portion(Work *w, Str sql, const int64_t *ids, ptrdiff_t n, Str *out)
{
    Rows    rows;
    Wanted *wanted = NEW_RAW(w->mem, Wanted, n);
    for (ptrdiff_t i = 0; i < n; i++) wanted[i] = (Wanted){ ids[i], i };
    qsort(wanted, (size_t)n, sizeof *wanted, by_id);
    sql = scope_expand(w->mem, sql, w->who, 2, &(ScopeValues){ 0 }); /* products are nobody's: nothing is bound */
    TRY(db_query(w->db, sql, VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) {
        int64_t id   = row_int(&rows, 0);
        Str     name = str_copy(w->mem, row_text(&rows, 1));
        for (ptrdiff_t k = first_wanted(wanted, n, id); k < n && wanted[k].id == id; k++) out[wanted[k].at] = name;
    }
    return rows_end(&rows);
}

Err asking_order_names(void *asking, bool of_clients, const int64_t *ids, ptrdiff_t n, bool shown, Str *out)
{
    Asking *a = asking;
    for (ptrdiff_t i = 0; i < n; i++) out[i] = S("");
    if (of_clients && shown) TRY(viewing_count(a->r->w, "client", VIEWED_ROW, ids, n));
    Str sql = of_clients ? SQL_INSIGHT_CLIENT_NAMES : SQL_INSIGHT_PRODUCT_NAMES;
    for (ptrdiff_t at = 0; at < n; at += NAMES_AT_ONCE)
        TRY(names_portion(a->r->w, sql, ids + at, n - at < NAMES_AT_ONCE ? n - at : NAMES_AT_ONCE, out + at));
    return OK;
}

Err asking_names(Asking *a, const char *entity, const int64_t *ids, ptrdiff_t n, Str *out)
{
    return asking_order_names(a, str_eq(str_of(entity), S("client")), ids, n, true, out);
}

/* ---- members of a cell ---- */

/* Who is on the page is not known before the list is in order. */
static bool in_order(const Asking *a, const char *list)
{
    return a->order.column.n && str_eq(a->order.table, str_of(list));
}

static Err names_later(Members *out)
{
    for (ptrdiff_t i = 0; i < out->n; i++) out->name[i] = S("");
    return OK;
}

static Err members_page(Asking *a, const Listing *l, const uint32_t *place, const uint32_t *order, Members *out)
{
    Work    *w    = a->r->w;
    AskedPage     page = asking_page(a, l->list);
    if (page.skip < out->all) out->n = out->all - page.skip < page.limit ? out->all - page.skip : page.limit;
    int64_t *ids  = NEW_RAW(w->mem, int64_t, out->n);
    out->at   = NEW_RAW(w->mem, uint32_t, out->n);
    out->name = NEW_RAW(w->mem, Str, out->n);
    for (ptrdiff_t i = 0; i < out->n; i++) {
        out->at[i] = place[order[page.skip + i]];
        ids[i]     = l->id[out->at[i]];
    }
    if (in_order(a, l->list)) return out->all > ORDER_ROWS_MAX ? fail(w, INVALID, "sort", "analysis.too_long_to_sort")
                                                               : names_later(out);
    return asking_names(a, l->of_product ? "product" : "client", ids, out->n, out->name);
}

Err members_list(Asking *a, Listing l, Members *out)
{
    Arena    *mem    = a->r->w->mem;
    uint32_t *place  = NEW_RAW(mem, uint32_t, l.n), *order = NEW_RAW(mem, uint32_t, l.n);
    Money    *weight = NEW_RAW(mem, Money, l.n);
    *out = (Members){ 0 };
    for (ptrdiff_t i = 0; i < l.n; i++) {
        if (l.is && !l.is[i]) continue;
        weight[out->all]  = (l.weight ? l.weight : l.amount)[i];
        place[out->all++] = (uint32_t)i;
        out->amount += l.amount[i];
    }
    order_largest(weight, out->all, order, a->r->w->scratch);
    return members_page(a, &l, place, order, out);
}

Err members_find(Asking *a, IsMember is, Members *out)
{
    const Summary *s = &a->a.summary;
    ptrdiff_t      n = a->of_product ? s->products : s->clients;
    bool          *members = is ? NEW_RAW(a->r->w->mem, bool, n) : NULL;
    for (ptrdiff_t i = 0; is && i < n; i++) members[i] = is(a, (uint32_t)i);
    return members_list(a,
                        (Listing){ "items", a->of_product, a->of_product ? a->a.product_id : a->a.client_id,
                                   a->of_product ? s->product_money : s->money, NULL,
                                   is              ? members
                                   : a->of_product ? NULL
                                                   : s->in_period,
                                   n },
                        out);
}

void members_total(Tables *t, const Members *m)
{
    static const Column columns[] = { { "items", CELL_COUNT }, { "amount", CELL_MEASURE } };
    table_begin(t, "total", columns, COUNT(columns));
    table_row(t, (Datum[]){ d_count(m->all), d_wide(m->amount) });
    table_end(t);
}

void members_lists(Tables *t, const ListSize *lists, int n)
{
    static const Column columns[] = { { "list", CELL_LIST }, { "items", CELL_COUNT }, { "amount", CELL_MEASURE } };
    table_begin(t, "lists", columns, COUNT(columns));
    for (int i = 0; i < n; i++)
        table_row(t, (Datum[]){ d_c(lists[i].list), d_count(lists[i].items), d_wide(lists[i].amount) });
    table_end(t);
}
