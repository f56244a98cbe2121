/* Cells become a sale line.  What nearly every cell looks like is read eight characters at a step; any other goes to
 * the readers of format/, which know all the ways people write. */
#include "core/utf8.h"
#include "format/charset.h"
#include "format/csv_out.h"
#include "format/dates.h"
#include "format/number.h"
#include "sales/reading/inn_cell.h"
#include "sales/reading/return_said.h"
#include "sales/reading/sales_left.h"

#include <string.h>

const char *const row_fate_keys[ROW_FATES] = {
    [ROW_NO_CLIENT]   = "analyze.skipped.no_client",   [ROW_NO_DATE]    = "analyze.skipped.no_date",
    [ROW_BAD_DATE]    = "analyze.skipped.bad_date",    [ROW_NO_AMOUNT]  = "analyze.skipped.no_amount",
    [ROW_BAD_AMOUNT]  = "analyze.skipped.bad_amount",  [ROW_ZERO_PRICE] = "analyze.skipped.zero_price",
    [ROW_ZERO_AMOUNT] = "analyze.skipped.zero_amount", [ROW_ZERO_QUANTITY] = "analyze.skipped.zero_quantity",
    [ROW_TOTAL]       = "analyze.skipped.total",       [ROW_HEADER]      = "analyze.skipped.header",
    [ROW_OTHER_TABLE] = "analyze.skipped.other_table", [ROW_NOT_WON] = "analyze.skipped.not_won",
    [ROW_CANCELLED] = "analyze.skipped.cancelled",
};

enum { CELL_ROOM = 512 };

static bool one_byte(Encoding e)
{
    return e == ENC_CP1251 || e == ENC_KOI8R || e == ENC_CP1252 || e == ENC_CP866;
}

/* The readers of format/ want UTF-8.  Nothing that they read is longer than the room. */
static Str decoded(Encoding from, Str cell, char room[CELL_ROOM])
{
    if (!one_byte(from) || cell.n > CELL_ROOM / 3) return cell;
    Buf utf8 = { .data = room, .cap = CELL_ROOM };
    text_to_utf8(from, cell, &utf8);
    return buf_str(&utf8);
}

/* Any cell as a number, with as many places as it can have: nine where the value leaves room for them. */
static CellRead decimal_any(const TableForm *form, Str cell, Decimal *out)
{
    char     room[CELL_ROOM];
    Str      text = decoded(form->encoding, cell, room);
    CellRead got  = CELL_BEYOND;
    for (int places = 9; got == CELL_BEYOND && places >= 0; places -= 3) {
        out->places = places;
        got         = number_read(text, form->number, places, &out->digits);
    }
    return got;
}

CELL_INLINE CellRead decimal_read(const TableForm *form, Str cell, Decimal *out)
{
    return decimal_plain(cell, form->number.decimal, out) ? CELL_READ : decimal_any(form, cell, out);
}

static bool money_within(Wide m)
{
    return m >= -MONEY_MAX && m <= MONEY_MAX;
}

static CellRead money_any(const TableForm *form, Str cell, Money *out)
{
    char     room[CELL_ROOM];
    CellRead got = number_read(decoded(form->encoding, cell, room), form->number, 2, out);
    return got == CELL_READ && !money_within(*out) ? CELL_BEYOND : got;
}

CELL_INLINE bool money_plain(Str cell, char sign, Money *out)
{
    Decimal d;
    if (!decimal_plain(cell, sign, &d) || d.places > 2) return false;
    *out = d.places == 2 ? d.digits : d.digits * (d.places ? 10 : 100); /* at most 15 + 2 digits */
    return true;
}

CELL_INLINE CellRead money_read(const TableForm *form, Str cell, Money *out)
{
    return money_plain(cell, form->number.decimal, out) ? CELL_READ : money_any(form, cell, out);
}

/* Price x quantity; both times 10^places. */
static CellRead product_any(Decimal price, Decimal quantity, Money *out)
{
    Wide money = (Wide)price.digits * quantity.digits, unit = 1;
    int  places = price.places + quantity.places;
    for (; places < 2; places++) money *= 10;
    for (; places > 2; places--) unit *= 10;
    *out = round_div(money, unit);
    return *out == NONE || !money_within(*out) ? CELL_BEYOND : CELL_READ;
}

/* Up to seven digits each. */
CELL_INLINE bool product_plain(Decimal price, Decimal quantity, Money *out)
{
    *out = price.digits * quantity.digits;
    return price.places + quantity.places == 2;
}

static CellRead day_any(const TableForm *form, Str cell, Day *out)
{
    char room[CELL_ROOM];
    return day_cell_read(decoded(form->encoding, cell, room), form->day, out);
}

static void return_letters(SalesRows *s)
{
    s->wide_letters = !one_byte(s->form.encoding);
    for (int i = 0; i < return_initials_count; i++) {
        char held[4];
        Buf  letter = { .data = held, .cap = sizeof held };
        text_from_utf8(s->form.encoding, str_of(return_initials[i]), &letter);
        s->return_letter[(unsigned char)held[letter.len - 1]] = true;
    }
}

SalesRows sales_rows(const TableForm *form, const SalesColumns *columns)
{
    SalesRows s = { .form = *form, .columns = *columns, .priced = columns->at[COL_AMOUNT] < 0 };
    for (int m = 0; m < COUNT(s.days.month); m++) s.days.month[m] = month_first(1900 * 12 + m);
    for (int c = 0; c <= ' '; c++) s.blank[c] = true;
    if (one_byte(form->encoding))
        s.blank[form->encoding == ENC_KOI8R   ? 0x9A
                : form->encoding == ENC_CP866 ? 0xFF
                                              : 0xA0] = true; /* no-break space */
    /* its parts: look closer */
    else s.blank[0xC2] = s.blank[0xE2] = s.blank[0xEF] = s.blank[0xA0] = s.blank[0xAF] = s.blank[0xBF] = true;
    if (columns->names_mark_returns) return_letters(&s);
    return s;
}

static Str trimmed(const SalesRows *s, Str text)
{
    if (!one_byte(s->form.encoding)) return str_trim(text);
    while (text.n && s->blank[(unsigned char)text.s[0]]) text = str_from(text, 1);
    while (text.n && s->blank[(unsigned char)text.s[text.n - 1]]) text.n--;
    return text;
}

/* `17850.0` without its end. */
static Str whole(Str id)
{
    if (id.n < 3 || id.s[id.n - 1] != '0' || id.s[id.n - 2] != '.') return id;
    for (ptrdiff_t i = 0; i < id.n - 2; i++)
        if (id.s[i] < '0' || id.s[i] > '9') return id;
    return str_upto(id, id.n - 2);
}

CELL_INLINE Str text_read(const SalesRows *s, Str cell, SalesColumn column)
{
    if (!cell.n) return cell;
    if (cell.s[0] == '\'' && s->form.kind == FILE_CSV) cell = formula_unmarked(cell);
    if (s->blank[(unsigned char)cell.s[0]] | s->blank[(unsigned char)cell.s[cell.n - 1]]) cell = trimmed(s, cell);
    return s->columns.whole[column] ? whole(cell) : cell;
}

static Str mark_decoded(const SalesRows *s, Str cell, char room[CELL_ROOM])
{
    return str_trim(decoded(s->form.encoding, str_upto(cell, CELL_ROOM / 3), room));
}

static bool marks_return(const SalesRows *s, Str cell)
{
    char    room[CELL_ROOM];
    int64_t number;
    Str     mark = mark_decoded(s, cell, room);
    if (number_read(mark, s->form.number, 2, &number) == CELL_READ) return number != 0;
    return !sale_said(mark);
}

static bool says_won(const SalesRows *s, Str cell)
{
    char room[CELL_ROOM];
    Str  state = mark_decoded(s, cell, room);
    return !state.n || won_said(state);
}

static bool says_cancelled(const SalesRows *s, Str cell)
{
    char room[CELL_ROOM];
    return cancelled_said(mark_decoded(s, cell, room));
}

static bool is_marked(const SalesRows *s, LastMark *last, Str cell, bool (*says)(const SalesRows *s, Str cell))
{
    if (last->cell.n == cell.n && !memcmp(last->text, cell.s, (size_t)cell.n)) return last->is;
    bool is = says(s, cell);
    if (cell.n <= (ptrdiff_t)sizeof last->text) {
        memcpy(last->text, cell.s, (size_t)cell.n);
        last->cell = (Str){ last->text, cell.n };
        last->is   = is;
    }
    return is;
}

/* May the document's name say that it is a return, by its first letter?  In UTF-8 the second byte tells more letters
 * apart than the first. */
CELL_INLINE bool may_return(const SalesRows *s, Str text)
{
    unsigned char first = (unsigned char)text.s[0];
    return first > '9' && s->return_letter[(unsigned char)text.s[s->wide_letters && first >= 0xC0 && text.n > 1]];
}

static bool document_returns(const SalesRows *s, Str document)
{
    char text[CELL_ROOM];
    return document.n && may_return(s, document) &&
           return_said(decoded(s->form.encoding, str_upto(document, CELL_ROOM / 3), text));
}

/* The cells of a row that make a sale line; those without a column are empty. */
typedef struct {
    Str client, key, inn, date, amount, quantity, price, document, product, mark, state, won;
} Cells;

CELL_INLINE RowFate amount_own(const SalesRows *s, const Cells *c, SaleRow *out)
{
    CellRead got = money_read(&s->form, c->amount, &out->amount);
    if (got != CELL_READ) return got == CELL_EMPTY ? ROW_NO_AMOUNT : ROW_BAD_AMOUNT;
    if (out->amount == 0) return ROW_ZERO_AMOUNT;
    Decimal quantity;
    out->is_return = out->amount < 0 || (c->quantity.n && decimal_read(&s->form, c->quantity, &quantity) == CELL_READ &&
                                         quantity.digits < 0);
    return ROW_USED;
}

CELL_INLINE RowFate amount_priced(const SalesRows *s, const Cells *c, SaleRow *out)
{
    Decimal  price, quantity;
    CellRead a = decimal_read(&s->form, c->price, &price), b = decimal_read(&s->form, c->quantity, &quantity);
    if (a == CELL_EMPTY || b == CELL_EMPTY) return ROW_NO_AMOUNT;
    if (a != CELL_READ || b != CELL_READ) return ROW_BAD_AMOUNT;
    if (price.digits == 0) return ROW_ZERO_PRICE;
    if (quantity.digits == 0) return ROW_ZERO_QUANTITY;
    if (product_any(price, quantity, &out->amount) != CELL_READ) return ROW_BAD_AMOUNT;
    out->is_return = price.digits < 0 || quantity.digits < 0;
    return ROW_USED;
}

CELL_INLINE RowFate row_read(SalesRows *s, const Cells *c, SaleRow *out)
{
    out->client     = text_read(s, c->client, COL_CLIENT);
    out->client_key = text_read(s, c->key, COL_CLIENT_KEY);
    if (!out->client.n) out->client = out->client_key;
    if (!out->client.n) return ROW_NO_CLIENT;
    out->client_number = out->client_key.n || !c->inn.n ? 0 : inn_number(s->form.encoding, c->inn);
    if (!day_plain(&s->days, c->date, s->form.day, &out->day)) {
        CellRead got = day_any(&s->form, c->date, &out->day);
        if (got != CELL_READ) return got == CELL_EMPTY ? ROW_NO_DATE : ROW_BAD_DATE;
    }
    RowFate fate = s->priced ? amount_priced(s, c, out) : amount_own(s, c, out);
    if (fate != ROW_USED) return fate;
    out->document = text_read(s, c->document, COL_DOCUMENT);
    out->product  = text_read(s, c->product, COL_PRODUCT);
    if (s->columns.c_marks_return && out->document.n && out->document.s[0] == 'C') out->is_return = true;
    if (document_returns(s, out->document)) out->is_return = true;
    if (c->mark.n && is_marked(s, &s->marks_return, c->mark, marks_return)) out->is_return = true;
    if (out->is_return && out->amount > 0) out->amount = -out->amount;
    return ROW_USED;
}

/* A deal that is not won and an order that was cancelled are no sales, whatever else stands in them or is missing. */
static RowFate fate_by_state(SalesRows *s, const Cells *c, RowFate fate)
{
    if (fate == ROW_TOTAL || fate == ROW_HEADER || fate == ROW_OTHER_TABLE) return fate;
    if (c->won.n && !is_marked(s, &s->won, c->won, says_won)) return ROW_NOT_WON;
    if (c->state.n && is_marked(s, &s->cancelled, c->state, says_cancelled)) return ROW_CANCELLED;
    return fate;
}

/* The cell with room to read behind it. */
static Str cell_at(const SalesRows *s, const Str *field, int n, SalesColumn column, char room[2 * CELL_BEHIND])
{
    int at = s->columns.at[column];
    Str cell = at >= 0 && at < n ? field[at] : S("");
    if (cell.n > CELL_BEHIND || !cell.n) return cell;
    memcpy(room, cell.s, (size_t)cell.n);
    return (Str){ room, cell.n };
}

static Str text_at(const SalesRows *s, const Str *field, int n, SalesColumn column)
{
    int at = s->columns.at[column];
    return at >= 0 && at < n ? field[at] : S("");
}

RowFate sales_row(SalesRows *s, const Str *field, int n, int64_t at, SaleRow *out)
{
    char  date[2 * CELL_BEHIND], amount[2 * CELL_BEHIND], quantity[2 * CELL_BEHIND], price[2 * CELL_BEHIND];
    Cells c = { .client = text_at(s, field, n, COL_CLIENT),
                .key = text_at(s, field, n, COL_CLIENT_KEY),
                .inn = text_at(s, field, n, COL_INN),
                .date = cell_at(s, field, n, COL_DATE, date),
                .amount = cell_at(s, field, n, COL_AMOUNT, amount),
                .quantity = cell_at(s, field, n, COL_QUANTITY, quantity),
                .price = cell_at(s, field, n, COL_PRICE, price),
                .document = text_at(s, field, n, COL_DOCUMENT),
                .product = text_at(s, field, n, COL_PRODUCT),
                .mark = text_at(s, field, n, COL_RETURN),
                .state = text_at(s, field, n, COL_STATE),
                .won = text_at(s, field, n, COL_WON) };
    out->at      = at;
    RowFate fate = row_read(s, &c, out);
    if (fate != ROW_USED) fate = row_left(s, field, n, fate, at);
    else if (s->totals) fate = row_in_order(s, field, n, out);
    fate = fate_by_state(s, &c, fate);
    s->fate[fate]++;
    return fate;
}

static __attribute__((noinline)) RowFate block_row_left(SalesRows *s, const CsvBlock *b, const uint32_t *edge,
                                                        RowFate fate, int64_t at)
{
    Str field[CSV_COLUMNS_MAX];
    int n = s->form.columns < CSV_COLUMNS_MAX ? s->form.columns : CSV_COLUMNS_MAX;
    for (int c = 0; c < n; c++) field[c] = csv_block_field(b, edge, c);
    return row_left(s, field, n, fate, at);
}

/* Any row of a block. */
static __attribute__((noinline)) RowFate block_row(SalesRows *s, const CsvBlock *b, const uint32_t *edge, int64_t at,
                                                   SaleRow *out)
{
    Str field[COL_COUNT];
    for (int c = 0; c < COL_COUNT; c++) {
        int from = s->columns.at[c];
        field[c] = from >= 0 ? csv_block_field(b, edge, from) : (Str){ 0 };
    }
    Cells c = { field[COL_CLIENT], field[COL_CLIENT_KEY], field[COL_INN],   field[COL_DATE],     field[COL_AMOUNT],
                field[COL_QUANTITY], field[COL_PRICE],    field[COL_DOCUMENT], field[COL_PRODUCT],
                field[COL_RETURN], field[COL_STATE], field[COL_WON] };
    out->at      = at;
    RowFate fate = row_read(s, &c, out);
    if (fate != ROW_USED) fate = block_row_left(s, b, edge, fate, at);
    return fate_by_state(s, &c, fate);
}

/* Which edges the cells of a plain row stand between. */
typedef struct {
    int  client, key, inn, date, first, second, document, product; /* first: amount or price; second: quantity */
    char sign;
    DayOrder order;
} Lean;

/* Nothing around the text that does not belong to it. */
CELL_INLINE bool text_plain(const SalesRows *s, Str text)
{
    return !(s->blank[(unsigned char)text.s[0]] | s->blank[(unsigned char)text.s[text.n - 1]]);
}

/* A row as nearly all are; false when it wants block_row. */
CELL_INLINE bool lean_row(SalesRows *s, const Lean *l, bool priced, const CsvBlock *b, const uint32_t *edge,
                          SaleRow *out)
{
    Str     first = csv_block_field(b, edge, l->first);
    Decimal price, quantity;
    out->client = csv_block_field(b, edge, l->client);
    if (!out->client.n || !text_plain(s, out->client)) return false;
    out->client_key = l->key >= 0 ? csv_block_field(b, edge, l->key) : (Str){ 0 };
    if (out->client_key.n && !text_plain(s, out->client_key)) return false;
    out->client_number = 0;
    if (l->inn >= 0 && !out->client_key.n && !inn_plain(csv_block_field(b, edge, l->inn), &out->client_number))
        return false;
    if (!day_plain(&s->days, csv_block_field(b, edge, l->date), l->order, &out->day)) return false;
    if (!priced && !money_plain(first, l->sign, &out->amount)) return false;
    if (priced) {
        Str second = csv_block_field(b, edge, l->second);
        if (first.n > 7 || second.n > 7 || !decimal_plain(first, l->sign, &price) ||
            !decimal_plain(second, l->sign, &quantity))
            return false;
        if (!product_plain(price, quantity, &out->amount) || price.digits < 0) return false;
    }
    out->is_return = out->amount < 0;
    out->document  = l->document >= 0 ? csv_block_field(b, edge, l->document) : (Str){ 0 };
    out->product   = l->product >= 0 ? csv_block_field(b, edge, l->product) : (Str){ 0 };
    if (out->document.n && (!text_plain(s, out->document) || may_return(s, out->document))) return false;
    return out->amount && (!out->product.n || text_plain(s, out->product));
}

CELL_INLINE ptrdiff_t lean_rows(SalesRows *s, bool priced, const CsvBlock *b, int64_t base_at, SaleRow *out)
{
    const int *at = s->columns.at;
    const Lean      l = { at[COL_CLIENT], at[COL_CLIENT_KEY], at[COL_INN], at[COL_DATE],
                          at[priced ? COL_PRICE : COL_AMOUNT], at[COL_QUANTITY], at[COL_DOCUMENT], at[COL_PRODUCT],
                          s->form.number.decimal, s->form.day };
    const uint32_t *edge = b->edge;
    SaleRow        *to   = out;
    for (int row = 0; row < b->rows; row++, edge += b->stride) {
        RowFate fate = ROW_USED;
        to->at = base_at + (uint32_t)(edge[0] + 1);
        if (!lean_row(s, &l, priced, b, edge, to)) fate = block_row(s, b, edge, to->at, to);
        s->fate[fate]++;
        to += fate == ROW_USED;
    }
    return to - out;
}

static ptrdiff_t rows_any(SalesRows *s, const CsvBlock *b, int64_t base_at, SaleRow *out)
{
    SaleRow *to = out;
    for (int row = 0; row < b->rows; row++) {
        const uint32_t *edge = b->edge + row * b->stride;
        RowFate fate = block_row(s, b, edge, base_at + (uint32_t)(edge[0] + 1), to);
        s->fate[fate]++;
        to += fate == ROW_USED;
    }
    return to - out;
}

ptrdiff_t sales_rows_plain(SalesRows *s, const CsvBlock *b, int64_t base_at, SaleRow *out)
{
    const SalesColumns *c = &s->columns;
    bool                whole_ids = c->whole[COL_CLIENT] || c->whole[COL_CLIENT_KEY] || c->whole[COL_DOCUMENT] ||
                     c->whole[COL_PRODUCT];
    bool marked = c->at[COL_RETURN] >= 0 || c->at[COL_STATE] >= 0 || c->at[COL_WON] >= 0;
    if (marked || c->c_marks_return || whole_ids || (!s->priced && c->at[COL_QUANTITY] >= 0))
        return rows_any(s, b, base_at, out);
    return s->priced ? lean_rows(s, true, b, base_at, out) : lean_rows(s, false, b, base_at, out);
}
