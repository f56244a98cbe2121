/* The tables of an answer. */
#include "sales/insight/table.h"

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
    [CELL_TEXT] = "text",   [CELL_CLASS] = "class",   [CELL_COUNT] = "count", [CELL_DAYS] = "days",   [CELL_MEASURE] = "money",   [CELL_MONEY] = "money",
    [CELL_SHARE] = "share", [CELL_FACTOR] = "factor", [CELL_DAY] = "day",     [CELL_MONTH] = "month", [CELL_CLIENT] = "client", [CELL_PRODUCT] = "product",
};

static void put_word(Tables *t, const char *kind, const char *key)
{
    Arena scratch = t->scratch;
    Buf   word    = buf_new(&scratch, 128);
    SAY(&word, t->voice, str_fmt(&scratch, "%s%s", kind, key).s);
    js_str(t->json, buf_str(&word));
}

void tables_begin(Tables *t, JsonOut *json, Voice voice, Measure measure, Arena scratch)
{
    *t = (Tables){ .json = json, .voice = voice, .measure = measure, .scratch = scratch };
    js_key(json, "tables");
    js_object(json);
}

void tables_end(Tables *t)
{
    js_end(t->json);
}

void table_begin(Tables *t, const char *name, const Column *columns, int count)
{
    t->columns = columns;
    t->count   = count;
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
    if (cell->none) {
        js_null(j);
        return;
    }
    switch (type) {
    case CELL_TEXT:
    case CELL_CLASS: js_str(j, cell->text); break;
    case CELL_COUNT:
    case CELL_DAYS: js_i64(j, (int64_t)cell->number); break;
    case CELL_MEASURE:
        if (t->measure == MEASURE_QUANTITY) js_qty(j, (Qty)cell->number);
        else js_wide_money(j, cell->number);
        break;
    case CELL_MONEY: js_wide_money(j, cell->number); break;
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
    js_object(t->json);
    for (int i = 0; i < t->count; i++) {
        js_key(t->json, t->columns[i].key);
        put_cell(t, t->columns[i].type, &data[i]);
    }
    js_end(t->json);
}

void table_end(Tables *t)
{
    js_end(t->json);
    js_end(t->json);
}
