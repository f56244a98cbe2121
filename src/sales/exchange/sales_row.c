/* Cells become a sale line.  What nearly every cell looks like is read eight characters at a step; any other goes to the readers of
 * format/, which know all the ways people write. */
#include "sales/exchange/sales_row.h"
#include "core/utf8.h"
#include "format/charset.h"
#include "format/csv_out.h"
#include "format/dates.h"
#include "format/number.h"

#include <string.h>

const char *const row_fate_keys[ROW_FATES] = {
    [ROW_NO_CLIENT]   = "analyze.skipped.no_client",   [ROW_NO_DATE]    = "analyze.skipped.no_date",
    [ROW_BAD_DATE]    = "analyze.skipped.bad_date",    [ROW_NO_AMOUNT]  = "analyze.skipped.no_amount",
    [ROW_BAD_AMOUNT]  = "analyze.skipped.bad_amount",  [ROW_ZERO_PRICE] = "analyze.skipped.zero_price",
    [ROW_ZERO_AMOUNT] = "analyze.skipped.zero_amount", [ROW_ZERO_QUANTITY] = "analyze.skipped.zero_quantity",
};

#define ALWAYS static inline __attribute__((always_inline))

enum { CELL_ROOM = 512 };

static const uint64_t ones = UINT64_C(0x0101010101010101), zeros = UINT64_C(0x3030303030303030), upper = UINT64_C(0xF0F0F0F0F0F0F0F0);

ALWAYS uint64_t word_of(const char *p, int n)
{
    uint64_t w = 0;
    memcpy(&w, p, (size_t)n);
    return w;
}

/* A text of one to eight characters as a word, the last one in the highest byte, '0' in the bytes before the first. */
ALWAYS uint64_t word_right(const char *p, ptrdiff_t n)
{
    if (n == 8) return word_of(p, 8);
    uint64_t pad = zeros >> (8 * n);
    if (n >= 4) return word_of(p + n - 4, 4) << 32 | (uint32_t)(word_of(p, 4) << (8 * (8 - n))) | pad;
    uint64_t w = pad;
    for (ptrdiff_t i = 0; i < n; i++) w |= (uint64_t)(unsigned char)p[i] << (8 * (8 - n + i));
    return w;
}

ALWAYS bool all_digits(uint64_t w)
{
    return ((w & upper) | ((w + 6 * ones) & upper) >> 4) == (zeros | zeros >> 4);
}

/* Eight digits, the first in the lowest byte (Johnny Lee, Daniel Lemire: "Quickly parsing eight digits", 2018). */
ALWAYS uint32_t digits_value(uint64_t w)
{
    w -= zeros;
    w = w * 10 + (w >> 8);
    return (uint32_t)(((w & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
                       (w >> 16 & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001)) >> 32);
}

typedef struct {
    int64_t digits; /* value times 10^places */
    int     places;
} Decimal;

static const int64_t power10[] = { 1,         10,         100,         1000,         10000,         100000,         1000000,         10000000,         100000000,
                                   1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000, 100000000000000 };

/* Digits with at most one decimal sign among them, eight characters altogether. */
ALWAYS bool decimal_word(const char *p, ptrdiff_t n, char sign, Decimal *out)
{
    uint64_t w = word_right(p, n), x = w ^ ones * (unsigned char)sign, dot = (x - ones) & ~x & 0x80 * ones;
    out->places = 0;
    if (dot) {
        int at = __builtin_ctzll(dot) >> 3;
        if (at == 7 || at == 8 - n) return false;
        uint64_t before = w & ((UINT64_C(1) << 8 * at) - 1), behind = w >> (8 * at + 8) << (8 * at + 8);
        w = behind | before << 8 | '0';
        out->places = 7 - at;
    }
    out->digits = digits_value(w);
    return all_digits(w);
}

/* The same up to 15 characters. */
static bool decimal_long(const char *p, ptrdiff_t n, char sign, Decimal *out)
{
    ptrdiff_t dot = -1;
    *out = (Decimal){ 0 };
    for (ptrdiff_t i = 0; i < n; i++) {
        if (p[i] == sign && dot < 0 && i > 0 && i < n - 1) dot = i;
        else if (p[i] >= '0' && p[i] <= '9') out->digits = out->digits * 10 + (p[i] - '0');
        else return false;
    }
    out->places = dot < 0 ? 0 : (int)(n - 1 - dot);
    return out->places <= 8;
}

ALWAYS bool decimal_plain(Str s, char sign, Decimal *out)
{
    bool        minus = s.n > 1 && s.s[0] == '-';
    const char *p     = s.s + minus;
    ptrdiff_t   n     = s.n - minus;
    if (n < 1 || n > 15 || !(n <= 8 ? decimal_word(p, n, sign, out) : decimal_long(p, n, sign, out))) return false;
    if (minus) out->digits = -out->digits;
    return true;
}

static bool one_byte(Encoding e)
{
    return e == ENC_CP1251 || e == ENC_KOI8R || e == ENC_CP1252;
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

ALWAYS CellRead decimal_read(const TableForm *form, Str cell, Decimal *out)
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

ALWAYS CellRead money_read(const TableForm *form, Str cell, Money *out)
{
    Decimal d;
    if (!decimal_plain(cell, form->number.decimal, &d) || d.places > 2) return money_any(form, cell, out);
    *out = d.digits * power10[2 - d.places]; /* at most 15 + 2 digits */
    return CELL_READ;
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

ALWAYS CellRead product_money(Decimal price, Decimal quantity, Money *out)
{
    Money money;
    if (price.places + quantity.places != 2 || __builtin_mul_overflow(price.digits, quantity.digits, &money) || !money_within(money))
        return product_any(price, quantity, out);
    *out = money;
    return CELL_READ;
}

/* `08:26` or `08:26:00` behind a blank or a T. */
static bool time_plain(const char *p, ptrdiff_t n)
{
    if ((n != 6 && n != 9) || (p[0] != ' ' && p[0] != 'T') || p[3] != ':' || (n == 9 && p[6] != ':')) return false;
    uint64_t w = word_of(p + 1, 2) << 16 | word_of(p + 4, 2) << 32 | (n == 9 ? word_of(p + 7, 2) : word_of("00", 2)) << 48 | word_of("00", 2);
    uint32_t v = all_digits(w) ? digits_value(w) : 999999;
    return v / 10000 < 24 && v / 100 % 100 < 60 && v % 100 < 60;
}

/* Four digits of the year, two of month and day, in the order of a word. */
ALWAYS bool civil_plain(const Day *month_begins, uint64_t w, Day *out)
{
    if (!all_digits(w)) return false;
    uint32_t v = digits_value(w), month = v / 100 % 100 - 1, day = v % 100 - 1, m = (v / 10000 - 1900) * 12 + month;
    if (v < 19000000 || v > 21991231 || month > 11 || day >= (uint32_t)(month_begins[m + 1] - month_begins[m])) return false;
    *out = month_begins[m] + (Day)day;
    return true;
}

ALWAYS bool separates(char c, DayOrder order)
{
    return c == '-' || c == '/' || (c == '.' && order != DAY_MDY);
}

ALWAYS bool day_plain(const Day *months, Str s, DayOrder order, Day *out)
{
    if (s.n < 10 || order == DAY_SERIAL) return s.n == 8 && order == DAY_YMD && civil_plain(months, word_of(s.s, 8), out);
    if (s.n > 10 && !time_plain(s.s + 10, s.n - 10)) return false;
    uint64_t a = word_of(s.s, 8), b = word_of(s.s + 8, 2);
    if (s.s[4] == s.s[7] && separates(s.s[4], DAY_YMD))
        return civil_plain(months, (uint32_t)a | (a >> 40 & 0xFFFF) << 32 | b << 48, out);
    if (s.s[2] != s.s[5] || !separates(s.s[2], order) || order == DAY_YMD) return false;
    uint64_t first = a & 0xFFFF, second = a >> 24 & 0xFFFF, year = a >> 48 | b << 16;
    return civil_plain(months, year | (order == DAY_DMY ? second : first) << 32 | (order == DAY_DMY ? first : second) << 48, out);
}

static CellRead day_any(const TableForm *form, Str cell, Day *out)
{
    char room[CELL_ROOM];
    return day_cell_read(decoded(form->encoding, cell, room), form->day, out);
}

SalesRows sales_rows(const TableForm *form, const SalesColumns *columns)
{
    SalesRows s = { .form = *form, .columns = *columns, .priced = columns->at[COL_AMOUNT] < 0 };
    for (int m = 0; m < COUNT(s.month_begins); m++) s.month_begins[m] = month_first(1900 * 12 + m);
    for (int c = 0; c <= ' '; c++) s.blank[c] = true;
    if (one_byte(form->encoding)) s.blank[form->encoding == ENC_KOI8R ? 0x9A : 0xA0] = true; /* no-break space */
    else s.blank[0xC2] = s.blank[0xE2] = s.blank[0xEF] = s.blank[0xA0] = s.blank[0xAF] = s.blank[0xBF] = true; /* its parts: look closer */
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

ALWAYS Str text_read(const SalesRows *s, Str cell, SalesColumn column)
{
    if (!cell.n) return cell;
    if (cell.s[0] == '\'' && s->form.kind == FILE_CSV) cell = formula_unmarked(cell);
    if (s->blank[(unsigned char)cell.s[0]] | s->blank[(unsigned char)cell.s[cell.n - 1]]) cell = trimmed(s, cell);
    return s->columns.whole[column] ? whole(cell) : cell;
}

/* What stands in the column `return` beside a row that is none. */
static const char *const no_marks[] = { "",      "-",       "no",         "n",        "false", "f",    "sale",  "sold",     "order",
                                        "нет",   "н",       "ложь",       "продажа",  "реализация", "отгрузка", "покупка" };

static bool marks_return(SalesRows *s, Str cell)
{
    char    text[CELL_ROOM], folded[4 * CELL_ROOM];
    int64_t number;
    Arena   mem  = { .beg = folded, .end = folded + sizeof folded, .floor = folded };
    Str     mark = name_find(&mem, decoded(s->form.encoding, str_upto(cell, CELL_ROOM / 3), text));
    if (number_read(mark, s->form.number, 2, &number) == CELL_READ) return number != 0;
    for (int i = 0; i < COUNT(no_marks); i++)
        if (str_eq(mark, str_of(no_marks[i]))) return false;
    return true;
}

/* Remembers the last mark: there are two or three in a file. */
static bool is_marked(SalesRows *s, Str cell)
{
    if (!cell.n) return false;
    if (s->mark.n == cell.n && !memcmp(s->mark_text, cell.s, (size_t)cell.n)) return s->is_mark;
    bool marked = marks_return(s, cell);
    if (cell.n <= (ptrdiff_t)sizeof s->mark_text) {
        memcpy(s->mark_text, cell.s, (size_t)cell.n);
        s->mark    = (Str){ s->mark_text, cell.n };
        s->is_mark = marked;
    }
    return marked;
}

/* The cells of a row that make a sale line; those without a column are empty. */
typedef struct {
    Str client, date, amount, quantity, price, document, product, mark;
} Cells;

ALWAYS RowFate amount_own(const SalesRows *s, const Cells *c, SaleRow *out)
{
    CellRead got = money_read(&s->form, c->amount, &out->amount);
    if (got != CELL_READ) return got == CELL_EMPTY ? ROW_NO_AMOUNT : ROW_BAD_AMOUNT;
    if (out->amount == 0) return ROW_ZERO_AMOUNT;
    Decimal quantity;
    out->is_return = out->amount < 0 ||
                     (c->quantity.n && decimal_read(&s->form, c->quantity, &quantity) == CELL_READ && quantity.digits < 0);
    return ROW_USED;
}

ALWAYS RowFate amount_priced(const SalesRows *s, const Cells *c, SaleRow *out)
{
    Decimal  price, quantity;
    CellRead a = decimal_read(&s->form, c->price, &price), b = decimal_read(&s->form, c->quantity, &quantity);
    if (a == CELL_EMPTY || b == CELL_EMPTY) return ROW_NO_AMOUNT;
    if (a != CELL_READ || b != CELL_READ) return ROW_BAD_AMOUNT;
    if (price.digits == 0) return ROW_ZERO_PRICE;
    if (quantity.digits == 0) return ROW_ZERO_QUANTITY;
    if (product_money(price, quantity, &out->amount) != CELL_READ) return ROW_BAD_AMOUNT;
    out->is_return = price.digits < 0 || quantity.digits < 0;
    return ROW_USED;
}

ALWAYS RowFate row_read(SalesRows *s, const Cells *c, SaleRow *out)
{
    out->client = text_read(s, c->client, COL_CLIENT);
    if (!out->client.n) return ROW_NO_CLIENT;
    if (!day_plain(s->month_begins, c->date, s->form.day, &out->day)) {
        CellRead got = day_any(&s->form, c->date, &out->day);
        if (got != CELL_READ) return got == CELL_EMPTY ? ROW_NO_DATE : ROW_BAD_DATE;
    }
    RowFate fate = s->priced ? amount_priced(s, c, out) : amount_own(s, c, out);
    if (fate != ROW_USED) return fate;
    out->document = text_read(s, c->document, COL_DOCUMENT);
    out->product  = text_read(s, c->product, COL_PRODUCT);
    if (s->columns.c_marks_return && out->document.n && out->document.s[0] == 'C') out->is_return = true;
    if (is_marked(s, c->mark)) out->is_return = true;
    if (out->is_return && out->amount > 0) out->amount = -out->amount;
    return ROW_USED;
}

static Str cell_at(const SalesRows *s, const Str *field, int n, SalesColumn column)
{
    int at = s->columns.at[column];
    return at >= 0 && at < n ? field[at] : (Str){ 0 };
}

RowFate sales_row(SalesRows *s, const Str *field, int n, int64_t at, SaleRow *out)
{
    Cells c = { cell_at(s, field, n, COL_CLIENT),   cell_at(s, field, n, COL_DATE),  cell_at(s, field, n, COL_AMOUNT),
                cell_at(s, field, n, COL_QUANTITY), cell_at(s, field, n, COL_PRICE), cell_at(s, field, n, COL_DOCUMENT),
                cell_at(s, field, n, COL_PRODUCT),  cell_at(s, field, n, COL_RETURN) };
    out->at      = at;
    RowFate fate = row_read(s, &c, out);
    s->fate[fate]++;
    return fate;
}

ALWAYS Str cell_of(const SalesRows *s, const CsvBlock *b, int row, SalesColumn column)
{
    int at = s->columns.at[column];
    if (at < 0) return (Str){ 0 };
    const uint32_t *stop = b->stop + row * s->form.columns;
    uint32_t        from = at ? stop[at - 1] + 1 : b->begin[row];
    return (Str){ b->base + from, stop[at] - from };
}

ptrdiff_t sales_rows_plain(SalesRows *s, const CsvBlock *b, int64_t base_at, SaleRow *out)
{
    SaleRow *to = out;
    for (int row = 0; row < b->rows; row++) {
        Cells c = { cell_of(s, b, row, COL_CLIENT),   cell_of(s, b, row, COL_DATE),  cell_of(s, b, row, COL_AMOUNT),
                    cell_of(s, b, row, COL_QUANTITY), cell_of(s, b, row, COL_PRICE), cell_of(s, b, row, COL_DOCUMENT),
                    cell_of(s, b, row, COL_PRODUCT),  cell_of(s, b, row, COL_RETURN) };
        to->at = base_at + b->begin[row];
        RowFate fate = row_read(s, &c, to);
        s->fate[fate]++;
        to += fate == ROW_USED;
    }
    return to - out;
}
