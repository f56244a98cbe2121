/* The rows of a history of sales, each read into a few whole numbers; texts that repeat are kept once. */
#include "core/utf8.h"
#include "format/number.h"
#include "sales/import/history.h"
#include "sales/parties/from_cell.h"

enum { KINDS_ROOM = KINDS_MAX + 2 };

Kinds kinds_new(Arena *mem, ptrdiff_t size)
{
    return (Kinds){ .keys = texts_new(mem, KINDS_ROOM),
                    .texts = arena_take_raw(mem, size, 8, KINDS_ROOM),
                    .id = NEW_RAW(mem, int64_t, KINDS_ROOM),
                    .said = NEW_RAW(mem, bool, KINDS_ROOM) };
}

/* The number of a text; *fresh when it was not there before. */
static uint32_t kind_of(Kinds *k, Arena *mem, Str key, bool *fresh)
{
    uint32_t n = text_number(&k->keys, key, mem, fresh);
    if (!*fresh) return n;
    k->id[n]   = 0;
    k->said[n] = false;
    return n;
}

static Str cell_at(const History *h, const TableRow *row, SalesColumn c)
{
    return str_trim(table_cell(row, h->at[c]));
}

/* Some libraries write whole numbers as 17850.0. */
static Str code_of(Str s)
{
    Str head = s;
    if (!str_ends(s, S(".0"))) return s;
    head.n -= 2;
    for (ptrdiff_t i = 0; i < head.n; i++)
        if (head.s[i] < '0' || head.s[i] > '9') return s;
    return head.n ? head : s;
}

/* A name among keys that may be numbers. */
static Str named(Arena *mem, Str name)
{
    Str folded = name_find(mem, name);
    return str_fmt(mem, "n%.*s", (int)folded.n, folded.s);
}

static uint32_t client_of(History *h, const TableRow *row)
{
    Arena     borrowed = h->run->memory;
    PartyText p = { .name = code_of(cell_at(h, row, COL_CLIENT)), .number = code_of(cell_at(h, row, COL_CLIENT_KEY)),
                    .phone = cell_at(h, row, COL_PHONE) };
    Str         inn   = cell_at(h, row, COL_INN);
    const char *wrong = inn_from_cell(&borrowed, inn, 0, &p.inn);
    bool        fresh;
    /* whoever has a number is known by it, or by ИНН, or by name */
    Str      key = p.number.n ? str_fmt(&borrowed, "#%.*s", (int)p.number.n, p.number.s)
                   : p.inn.n  ? str_fmt(&borrowed, "i%.*s", (int)p.inn.n, p.inn.s)
                              : named(&borrowed, p.name);
    uint32_t n   = kind_of(&h->clients, &h->mem, key, &fresh);
    if (!fresh) return n;
    inn_from_cell(&h->mem, inn, 1, &p.kpp);
    ((PartyText *)h->clients.texts)[n] = (PartyText){ str_copy(&h->mem, p.name), str_copy(&h->mem, p.number),
                                                      str_copy(&h->mem, p.inn), p.kpp, str_copy(&h->mem, p.phone) };
    if (wrong) row_warning(h->run, row->number, S("inn"), wrong, inn);
    return n;
}

static uint32_t product_of(History *h, const TableRow *row)
{
    ProductText p = { cell_at(h, row, COL_PRODUCT), code_of(cell_at(h, row, COL_PRODUCT_KEY)) };
    Arena       borrowed = h->run->memory;
    bool        fresh;
    if (!p.name.n && !p.number.n) return 0;
    Str      key = p.number.n ? str_fmt(&borrowed, "#%.*s", (int)p.number.n, p.number.s) : named(&borrowed, p.name);
    uint32_t n   = kind_of(&h->products, &h->mem, key, &fresh);
    if (fresh)
        ((ProductText *)h->products.texts)[n] = (ProductText){ str_copy(&h->mem, p.name), str_copy(&h->mem, p.number) };
    return n;
}

static uint32_t name_of(History *h, Kinds *k, Str text)
{
    Arena borrowed = h->run->memory;
    bool  fresh;
    if (!text.n) return 0;
    uint32_t n = kind_of(k, &h->mem, name_find(&borrowed, text), &fresh);
    if (fresh) ((Str *)k->texts)[n] = str_copy(&h->mem, text);
    return n;
}

static uint32_t document_of(History *h, const TableRow *row)
{
    Str  text = cell_at(h, row, COL_DOCUMENT);
    bool fresh;
    return text.n ? text_number(&h->documents, text, &h->mem, &fresh) : 0;
}

/* A figure beside the amount; a cell that cannot be read is a doubt, not a reason to leave the row out. */
static int64_t figure_of(History *h, const TableRow *row, SalesColumn c, int places)
{
    int64_t  v    = NONE;
    Str      cell = cell_at(h, row, c);
    CellRead got  = cell.n ? number_read(cell, h->run->plan.form.number, places, &v) : CELL_EMPTY;
    if (got == CELL_READ || got == CELL_EMPTY) return got == CELL_READ ? v : NONE;
    row_warning(h->run, row->number, str_of(sales_column_names[c]), number_problem(got), cell);
    return NONE;
}

static int64_t with_sign(int64_t v, bool negative)
{
    if (v == NONE) return NONE;
    return (v < 0) == negative ? v : -v;
}

static Str field_of_fate(RowFate fate)
{
    static const Str names[ROW_FATES] = {
        [ROW_NO_CLIENT] = { "client", 6 },   [ROW_NO_DATE] = { "date", 4 },           [ROW_BAD_DATE] = { "date", 4 },
        [ROW_NO_AMOUNT] = { "amount", 6 },   [ROW_BAD_AMOUNT] = { "amount", 6 },      [ROW_ZERO_PRICE] = { "price", 5 },
        [ROW_ZERO_AMOUNT] = { "amount", 6 }, [ROW_ZERO_QUANTITY] = { "quantity", 8 },
    };
    return names[fate];
}

static Str text_of_fate(const History *h, const TableRow *row, RowFate fate)
{
    if (fate == ROW_BAD_DATE) return cell_at(h, row, COL_DATE);
    if (fate == ROW_BAD_AMOUNT) return cell_at(h, row, h->at[COL_AMOUNT] >= 0 ? COL_AMOUNT : COL_PRICE);
    return (Str){ 0 };
}

/* A row that sums others is left out, and told; so is what it says when the rows above it do not give that. */
static void total_told(History *h, const TableRow *row)
{
    const TotalsSeen *t    = h->rules.totals;
    Str               said = row_total_cell(&h->rules, row->cell, row->count);
    row_warning(h->run, row->number, S("client"), "import.total_left_out", said);
    if (t->differs == row->number) row_warning(h->run, row->number, S("amount"), "import.total_differs", said);
}

static void state_told(History *h, const TableRow *row, SalesColumn state, const char *key)
{
    row_warning(h->run, row->number, str_of(sales_column_names[state]), key, cell_at(h, row, state));
}

static void take_row(History *h, const TableRow *row)
{
    SaleRow sale;
    h->rules.marked = row->marked;
    RowFate fate    = sales_row(&h->rules, row->cell, row->count, row->number, &sale);
    if (fate == ROW_TOTAL) {
        total_told(h, row);
        return;
    }
    if (fate == ROW_NOT_WON) return state_told(h, row, COL_WON, "import.not_won_left_out");
    if (fate == ROW_CANCELLED) return state_told(h, row, COL_STATE, "import.cancelled_left_out");
    if (fate != ROW_USED) {
        row_problem(h->run, row->number, field_of_fate(fate), row_fate_keys[fate], text_of_fate(h, row, fate));
        return;
    }
    if (sale.day > h->run->w->today)
        row_warning(h->run, row->number, S("date"), "import.day_ahead", cell_at(h, row, COL_DATE));
    Line l = { .client = client_of(h, row),
               .product = product_of(h, row),
               .document = document_of(h, row),
               .seller = name_of(h, &h->sellers, cell_at(h, row, COL_SELLER)),
               .channel = name_of(h, &h->channels, cell_at(h, row, COL_CHANNEL)),
               .row = row->number,
               .day = sale.day,
               .is_return = sale.is_return,
               .amount = sale.amount };
    l.qty   = with_sign(figure_of(h, row, COL_QUANTITY, 3), sale.is_return);
    l.cost  = with_sign(figure_of(h, row, COL_COST, 2), sale.is_return);
    l.price = with_sign(figure_of(h, row, COL_PRICE, 6), false);
    line_put(&h->line, &l);
}

/* A column of names in which each row has another one is no such column. */
static Err kinds_check(const History *h)
{
    const struct {
        const Kinds *kinds;
        const char  *column;
    } all[] = { { &h->products, "product" }, { &h->sellers, "seller" }, { &h->channels, "channel" } };
    if (h->clients.keys.count >= KINDS_MAX)
        return fail(h->run->w, INVALID, "client", "import.too_many_clients", arg_count("most", KINDS_MAX));
    for (ptrdiff_t i = 0; i < COUNT(all); i++)
        if (all[i].kinds->keys.count >= KINDS_MAX)
            return fail(h->run->w, INVALID, all[i].column, "import.too_many_names",
                        arg_text("column", str_of(all[i].column)));
    return OK;
}

Err history_read(History *h)
{
    ImportRun *run = h->run;
    for (;;) {
        TableRow row;
        Err      err = import_row(run, &row);
        if (err == NOT_FOUND) return OK;
        TRY(err);
        if (h->line.count == ROWS_MAX)
            return fail(run->w, INVALID, NULL, "import.too_many_rows", arg_count("most", ROWS_MAX));
        TRY(kinds_check(h));
        take_row(h, &row);
        if (h->rules.fate[ROW_OTHER_TABLE]) {
            Problem p = { .err = INVALID, .key = "file.other_table", .row = row.number };
            return problem_add(&run->w->problems, p);
        }
        if (run->fault_first && run->count.rows % 2048 == 0) TRY(import_faults(run));
    }
}
