/* Rows of one document side by side. */
#include "format/number.h"
#include "sales/reading/columns_documents.h"

enum { DOCUMENTS_LEAST = 3, DOCUMENTS_LEAST_BARE = 5, ROWS_LOOKED = 2000 /* of the sample: they are as good as all */ };

typedef struct {
    const Recognised *r;
    int  document, at;
    int  price, quantity; /* -1: none                                         */
    int  many;            /* documents of several rows that are not all equal */
    int  same, once;      /* of these: one value in all rows; only in the first */
    int  rows, priced;    /* of these documents; with price x quantity as value */
    Str  value;           /* of the first of them                             */
    bool values_differ;
} Look;

static Str cell(const Look *l, ptrdiff_t row, int at)
{
    return row_cell(&l->r->row[row], at);
}

static bool rows_equal(const SampleRow *a, const SampleRow *b)
{
    for (int c = 0; c < a->count || c < b->count; c++)
        if (!str_eq(row_cell(a, c), row_cell(b, c))) return false;
    return true;
}

static bool number_at(const Look *l, ptrdiff_t row, int at, int places, int64_t *out)
{
    return at >= 0 && number_read(cell(l, row, at), l->r->form.number, places, out) == CELL_READ;
}

/* Is the value price x quantity, a kopeck aside? */
static bool is_priced(const Look *l, ptrdiff_t row)
{
    int64_t value, price, quantity;
    if (!number_at(l, row, l->at, 2, &value) || !number_at(l, row, l->price, 4, &price) ||
        !number_at(l, row, l->quantity, 3, &quantity))
        return false;
    Wide off = (Wide)price * quantity - (Wide)value * 100000;
    return (off < 0 ? -off : off) <= 100000;
}

static void document_see(Look *l, ptrdiff_t from, ptrdiff_t to)
{
    Str  first = cell(l, from, l->at);
    bool differ = false, same = true, once = true;
    for (ptrdiff_t i = from + 1; i < to; i++) {
        differ |= !rows_equal(&l->r->row[from], &l->r->row[i]);
        same &= str_eq(cell(l, i, l->at), first);
        once &= cell(l, i, l->at).n == 0;
    }
    if (!differ || !first.n) return;
    l->many++;
    l->same += same;
    l->once += once;
    for (ptrdiff_t i = from; i < to; i++) l->rows++, l->priced += is_priced(l, i);
    l->values_differ |= l->many > 1 && !str_eq(first, l->value);
    l->value = first;
}

ValueOf column_value_of(const Recognised *r, const SalesColumns *out, int at)
{
    Look      l = { .r = r,
                    .document = out->at[COL_DOCUMENT],
                    .at = at,
                    .price = out->at[COL_PRICE],
                    .quantity = out->at[COL_QUANTITY] };
    ptrdiff_t from = 0, rows = r->rows < ROWS_LOOKED ? r->rows : ROWS_LOOKED;
    if (l.document < 0 || l.document == at) return OF_ROW;
    for (ptrdiff_t i = 1; i <= rows; i++) {
        if (i < rows && cell(&l, from, l.document).n && str_eq(cell(&l, i, l.document), cell(&l, from, l.document)))
            continue;
        if (i - from > 1) document_see(&l, from, i);
        from = i;
    }
    bool bare = l.price < 0 || l.quantity < 0;
    if (l.many < (bare ? DOCUMENTS_LEAST_BARE : DOCUMENTS_LEAST) || !l.values_differ || l.priced * 2 > l.rows)
        return OF_ROW;
    return l.same == l.many ? OF_DOCUMENT : l.once == l.many ? OF_DOCUMENT_ONCE : OF_ROW;
}
