/* A list of an answer in the order of one of its columns. */
#include "sales/insight/table_order.h"

#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    bool      none;
    Wide      number;
    Str       text;
    ptrdiff_t at;
} Key;

static bool is_named(CellType type) { return type == CELL_CLIENT || type == CELL_PRODUCT; }

bool table_order_begins(TableOrder *o, const char *name, const Column *columns, int count)
{
    o->keeps = false;
    if (!o->column.n || !str_eq(o->table, str_of(name))) return false;
    for (o->at = 0; o->at < count && !str_eq(o->column, str_of(columns[o->at].key));) o->at++;
    if (o->at == count) return false;
    o->n = o->room = 0;
    o->keeps = o->met = true;
    return true;
}

void table_order_row(TableOrder *o, const Datum *data, int count)
{
    if (o->n == o->room) {
        ptrdiff_t room = o->room ? 2 * o->room : 256;
        Datum    *rows = NEW_RAW(o->mem, Datum, room * count);
        if (o->n) memcpy(rows, o->rows, sizeof *rows * (size_t)(o->n * count));
        o->rows = rows;
        o->room = room;
    }
    memcpy(o->rows + o->n++ * count, data, sizeof *data * (size_t)count);
}

static int compare(const Key *a, const Key *b, bool down)
{
    if (a->none || b->none) return a->none - b->none;
    int sign = down ? -1 : 1;
    if (a->number != b->number) return a->number < b->number ? -sign : sign;
    return sign * str_cmp(a->text, b->text);
}

static int upwards(const void *a, const void *b)
{
    int found = compare(a, b, false);
    return found ? found : ((const Key *)a)->at < ((const Key *)b)->at ? -1 : 1;
}

static int downwards(const void *a, const void *b)
{
    int found = compare(a, b, true);
    return found ? found : ((const Key *)a)->at < ((const Key *)b)->at ? -1 : 1;
}

/* A class by its word, as it is read. */
static Str text_key(Tables *t, CellType type, Str text)
{
    Arena      *mem  = t->order->mem;
    const char *word = type == CELL_CLASS ? words_text(t->voice.lang, str_c(mem, str_fmt(mem, "class.%.*s",
                                                                                        (int)text.n, text.s)))
                                          : NULL;
    return name_sort(mem, word ? str_of(word) : text);
}

static Key key_of(Tables *t, CellType type, const Datum *d, ptrdiff_t at)
{
    Key key = { .none = table_is_empty(t, type, d), .at = at };
    if (key.none) return key;
    switch (type) {
    case CELL_SHARE: key.number = table_share(d); break;
    case CELL_TEXT:
    case CELL_CLASS:
    case CELL_LIST:
    case CELL_CLIENT:
    case CELL_PRODUCT: key.text = text_key(t, type, d->text); break;
    default: key.number = d->number;
    }
    return key;
}

/* The names of n rows from this one on, for the order or to be read. */
static Err names_fill(TableOrder *o, CellType type, Datum *first, ptrdiff_t n, int count, bool shown)
{
    int64_t  *ids = NEW_RAW(o->mem, int64_t, n);
    Str      *names = NEW_RAW(o->mem, Str, n);
    ptrdiff_t some = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (!first[i * count].none) ids[some++] = first[i * count].id;
    TRY(o->names(o->to, type == CELL_CLIENT, ids, some, shown, names));
    for (ptrdiff_t i = 0, k = 0; i < n; i++)
        if (!first[i * count].none) first[i * count].text = names[k++];
    return OK;
}

static Err put_in_order(Tables *t, Datum *all, ptrdiff_t n, Datum *page, ptrdiff_t shown)
{
    TableOrder *o    = t->order;
    CellType    type = t->columns[o->at].type;
    Key        *keys = NEW_RAW(o->mem, Key, n);
    if (is_named(type)) TRY(names_fill(o, type, all + o->at, n, t->count, false));
    for (ptrdiff_t i = 0; i < n; i++) keys[i] = key_of(t, type, &all[i * t->count + o->at], i);
    if (n) qsort(keys, (size_t)n, sizeof *keys, o->down ? downwards : upwards);
    for (ptrdiff_t i = 0; i < shown; i++)
        memcpy(page + i * t->count, all + keys[o->skip + i].at * t->count, sizeof *page * (size_t)t->count);
    for (int c = 0; c < t->count; c++)
        if (is_named(t->columns[c].type)) TRY(names_fill(o, t->columns[c].type, page + c, shown, t->count, true));
    return OK;
}

ptrdiff_t table_order_ends(Tables *t, const Datum **out)
{
    TableOrder *o     = t->order;
    ptrdiff_t   left  = o->n > o->skip ? o->n - o->skip : 0, shown = left < o->limit ? left : o->limit;
    Datum      *page  = NEW_RAW(o->mem, Datum, shown * t->count);
    o->keeps = false;
    *out     = page;
    o->err   = put_in_order(t, o->rows, o->n, page, shown);
    return o->err ? 0 : shown;
}
