/* The tables of an answer. */
#include "sales/insight/table_order.h"

Datum d_none(void)                   { return (Datum){ .none = true }; }
Datum d_text(Str s)                  { return (Datum){ .text = s }; }
Datum d_c(const char *s)             { return (Datum){ .text = str_of(s) }; }
Datum d_count(int64_t n)             { return (Datum){ .number = n }; }
Datum d_wide(Wide v)                 { return (Datum){ .number = v, .none = v == NONE }; }
Datum d_share(Wide part, Wide whole) { return (Datum){ .number = part, .of = whole, .none = whole == 0 }; }
Datum d_day(Day d)                   { return (Datum){ .number = d, .none = d == DAY_NONE }; }
Datum d_month(Month m)               { return (Datum){ .number = m }; }
Datum d_named(int64_t id, Str name)  { return (Datum){ .id = id, .text = name }; }

static const char *const type_names[CELL_TYPES] = {
    [CELL_TEXT] = "text",     [CELL_CLASS] = "class",     [CELL_COUNT] = "count",      [CELL_DAYS] = "days",
    [CELL_MEASURE] = "money", [CELL_MONEY] = "money",     [CELL_COST_MONEY] = "money", [CELL_COST_COUNT] = "count",
    [CELL_SHARE] = "share",   [CELL_FACTOR] = "factor",   [CELL_DAY] = "day",          [CELL_MONTH] = "month",
    [CELL_CLIENT] = "client", [CELL_PRODUCT] = "product", [CELL_LIST] = "list",
};

static Str word_of(Tables *t, Arena *mem, const char *kind, const char *key)
{
    Buf word = buf_new(mem, 128);
    SAY(&word, t->voice, str_c(mem, str_fmt(mem, "%s%s", kind, key)));
    return buf_str(&word);
}

static void put_word(Tables *t, const char *kind, const char *key)
{
    Arena scratch = t->scratch;
    js_str(t->json, word_of(t, &scratch, kind, key));
}

void tables_begin(Tables *t, JsonOut *json, XlsxOut *book, Voice voice, Measure measure, bool no_cost, Arena scratch)
{
    *t = (Tables){
        .json = json, .book = book, .voice = voice, .measure = measure, .no_cost = no_cost, .scratch = scratch
    };
    if (book) return;
    js_key(json, "tables");
    js_object(json);
}

void tables_end(Tables *t)
{
    if (!t->book) js_end(t->json);
}

/* ---- a sheet ---- */

enum { COLUMNS_MAX = 16, SHARE_PLACES = 6 };

static void sheet_begin(Tables *t, const char *name)
{
    static const int widths[CELL_TYPES] = {
        [CELL_TEXT] = 60, [CELL_CLASS] = 20, [CELL_CLIENT] = 40, [CELL_PRODUCT] = 40, [CELL_LIST] = 40
    };
    Arena     scratch = t->scratch;
    OutColumn columns[COLUMNS_MAX];
    for (int i = 0; i < t->count; i++)
        columns[i] = (OutColumn){ word_of(t, &scratch, "head.", t->columns[i].key), widths[t->columns[i].type] };
    xlsx_out_sheet(t->book, word_of(t, &scratch, "table.", name), columns, t->count);
}

static int64_t narrow(Wide v)
{
    return v > INT64_MAX || v <= INT64_MIN ? NONE : (int64_t)v;
}

/* A class as a person reads it: `at_risk` in words, A as A. */
static OutCell class_cell(Tables *t, Str class_)
{
    Arena       scratch = t->scratch;
    const char *word = words_text(t->voice.lang,
                                  str_c(&scratch, str_fmt(&scratch, "class.%.*s", (int)class_.n, class_.s)));
    return out_text(word ? str_of(word) : class_);
}

static OutCell list_cell(Tables *t, Str list)
{
    Arena scratch = t->scratch;
    return out_text(word_of(t, &scratch, "table.", str_c(&scratch, list)));
}

static OutCell month_cell(Tables *t, Month month)
{
    Buf b = buf_new(&t->scratch, 16);
    buf_month(&b, month);
    return out_text(buf_str(&b));
}

/* Percent with as many places as the screen gets. */
Wide table_share(const Datum *d)
{
    Wide millionths = d->number * 100 * RATIO_ONE;
    return d->of < 0 ? round_div(-millionths, -d->of) : round_div(millionths, d->of);
}

bool table_is_empty(const Tables *t, CellType type, const Datum *d)
{
    bool of_cost = type == CELL_COST_MONEY || type == CELL_COST_COUNT ||
                   (type == CELL_MEASURE && t->measure == MEASURE_MARGIN);
    return d->none || (t->no_cost && of_cost);
}

static OutCell cell_of(Tables *t, CellType type, const Datum *d)
{
    if (table_is_empty(t, type, d)) return (OutCell){ .kind = OUT_EMPTY };
    switch (type) {
    case CELL_CLASS: return class_cell(t, d->text);
    case CELL_COUNT:
    case CELL_COST_COUNT:
    case CELL_DAYS: return out_number((int64_t)d->number, 0);
    case CELL_MEASURE:
        return t->measure == MEASURE_QUANTITY ? out_number(narrow(d->number), 3) : out_money(narrow(d->number));
    case CELL_MONEY:
    case CELL_COST_MONEY: return out_money(narrow(d->number));
    case CELL_SHARE: return out_number((int64_t)table_share(d), SHARE_PLACES);
    case CELL_FACTOR: return out_number(narrow(d->number), 6);
    case CELL_DAY: return out_day((Day)d->number);
    case CELL_LIST: return list_cell(t, d->text);
    case CELL_MONTH: return month_cell(t, (Month)d->number);
    default: return out_text(d->text);
    }
}

static void sheet_row(Tables *t, const Datum *data)
{
    Arena   kept = t->scratch;
    OutCell cells[COLUMNS_MAX];
    for (int i = 0; i < t->count; i++) cells[i] = cell_of(t, t->columns[i].type, &data[i]);
    xlsx_out_row(t->book, cells, t->count);
    t->scratch = kept;
}

/* ---- an object of JSON, or a sheet ---- */

void table_begin(Tables *t, const char *name, const Column *columns, int count)
{
    t->columns = columns;
    t->count   = count;
    if (t->order) table_order_begins(t->order, name, columns, count);
    if (t->book) {
        sheet_begin(t, name);
        return;
    }
    js_key(t->json, name);
    js_object(t->json);
    js_key(t->json, "title");
    put_word(t, "table.", name);
    js_key(t->json, "columns");
    js_array(t->json);
    for (int i = 0; i < count; i++) {
        bool quantity = columns[i].type == CELL_MEASURE && t->measure == MEASURE_QUANTITY;
        js_object(t->json);
        js_key(t->json, "key");
        js_c(t->json, columns[i].key);
        js_key(t->json, "label");
        put_word(t, "head.", columns[i].key);
        js_key(t->json, "type");
        js_c(t->json, quantity ? "qty" : type_names[columns[i].type]);
        js_end(t->json);
    }
    js_end(t->json);
    js_key(t->json, "rows");
    js_array(t->json);
}

static void put_named(JsonOut *j, const Datum *cell)
{
    js_object(j);
    js_key(j, "id");
    js_i64(j, cell->id);
    js_key(j, "name");
    js_str(j, cell->text);
    js_end(j);
}

static void put_cell(Tables *t, CellType type, const Datum *cell)
{
    JsonOut *j = t->json;
    if (table_is_empty(t, type, cell)) {
        js_null(j);
        return;
    }
    switch (type) {
    case CELL_TEXT:
    case CELL_LIST:
    case CELL_CLASS: js_str(j, cell->text); break;
    case CELL_COUNT:
    case CELL_COST_COUNT:
    case CELL_DAYS: js_i64(j, (int64_t)cell->number); break;
    case CELL_MEASURE:
        if (t->measure == MEASURE_QUANTITY) js_qty(j, (Qty)cell->number);
        else js_wide_money(j, cell->number);
        break;
    case CELL_MONEY:
    case CELL_COST_MONEY: js_wide_money(j, cell->number); break;
    case CELL_SHARE: js_share(j, cell->number, cell->of); break;
    case CELL_FACTOR: js_share(j, cell->number, RATIO_ONE * 100); break;
    case CELL_DAY: js_day(j, (Day)cell->number); break;
    case CELL_MONTH: js_month(j, (Month)cell->number); break;
    case CELL_CLIENT:
    case CELL_PRODUCT: put_named(j, cell); break;
    case CELL_TYPES: break;
    }
}

void table_row(Tables *t, const Datum *data)
{
    if (t->order && t->order->keeps) {
        table_order_row(t->order, data, t->count);
        return;
    }
    if (t->book) {
        sheet_row(t, data);
        return;
    }
    js_object(t->json);
    for (int i = 0; i < t->count; i++) {
        js_key(t->json, t->columns[i].key);
        put_cell(t, t->columns[i].type, &data[i]);
    }
    js_end(t->json);
}

static void put_in_order(Tables *t)
{
    const Datum *row;
    ptrdiff_t    n = table_order_ends(t, &row);
    for (ptrdiff_t i = 0; i < n; i++) table_row(t, row + i * t->count);
}

void table_end(Tables *t)
{
    if (t->order && t->order->keeps) put_in_order(t);
    if (t->book) return;
    js_end(t->json);
    js_end(t->json);
}
