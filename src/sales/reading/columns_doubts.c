/* What in a file of sales could be taken in another way: told, because a figure must not be silently another one. */
#include "core/utf8.h"
#include "sales/reading/columns_documents.h"
#include "sales/reading/columns_inside.h"
#include "sales/reading/known_exports.h"
#include "sales/reading/return_said.h"
#include "sales/reading/sheets_joined.h"
#include "sales/reading/sums_below.h"

typedef struct {
    Arena            *mem;
    const Recognised *r;
    const SalesColumns *c;
    SalesDoubt       *out;
    int               n;
} Doubts;

static void doubt(Doubts *d, const char *key, Arg one, Arg other)
{
    if (d->n < SALES_DOUBTS_MAX) d->out[d->n++] = (SalesDoubt){ .key = key, .args = { one, other } };
}

static bool is_mapped(const SalesColumns *c, int at)
{
    for (int i = 0; i < COL_COUNT; i++)
        if (c->at[i] == at) return true;
    return false;
}

/* Do two columns say the same wherever both say something? */
static bool columns_agree(const Recognised *r, int a, int b)
{
    for (ptrdiff_t i = 0; i < r->rows; i++) {
        Str one = row_cell(&r->row[i], a), other = row_cell(&r->row[i], b);
        if (one.n && other.n && !str_eq(one, other)) return false;
    }
    return true;
}

enum { SURE = 1000 };

/* The free columns whose whole name and cells say `column` as well, though they say something else. */
static Str rivals(const Doubts *d, SalesColumn column)
{
    int least = column == COL_PRICE || column == COL_QUANTITY ? 1 : SURE; /* of several prices each may be meant */
    Buf names = buf_new(d->mem, 256);
    for (int at = 0; at < d->r->form.columns; at++) {
        Arena scratch = *d->mem;
        if (is_mapped(d->c, at) || column_name_score(column_words(&scratch, d->r->names[at]), column) < least) continue;
        /* it was looked at, and is none */
        if (column == COL_AMOUNT && column_value_of(d->r, d->c, at) == OF_DOCUMENT) continue;
        if (!column_may_be(d->r, at, column) || columns_agree(d->r, at, d->c->at[column])) continue;
        if (names.len) buf_c(&names, ", ");
        buf_put(&names, d->r->names[at]);
    }
    return buf_str(&names);
}

static void other_column(Doubts *d, const bool *told, SalesColumn column, const char *key)
{
    if (told[column] || d->c->at[column] < 0) return;
    Str others = rivals(d, column);
    if (others.n) doubt(d, key, arg_text("column", d->r->names[d->c->at[column]]), arg_text("others", others));
}

/* 5, 0.15, 10 %; not 0,00 and not a dash. */
static bool is_some(Str cell)
{
    for (ptrdiff_t i = 0; i < cell.n; i++)
        if (cell.s[i] >= '1' && cell.s[i] <= '9') return true;
    return false;
}

/* The first cell that passes the test in the free columns of a name. */
static void other_cell(Doubts *d, SideName name, bool (*test)(Str), const char *key)
{
    for (int at = 0; at < d->r->form.columns; at++) {
        Arena scratch = *d->mem;
        if (is_mapped(d->c, at) || side_name_score(column_words(&scratch, d->r->names[at]), name) == 0) continue;
        for (ptrdiff_t i = 0; i < d->r->rows; i++) {
            Str cell = row_cell(&d->r->row[i], at);
            if (!cell.n || !test(cell)) continue;
            doubt(d, key, arg_text("column", d->r->names[at]), arg_text("what", cell));
            return;
        }
    }
}

/* What came back may stand there again, below nought, or not. */
static void came_back(Doubts *d)
{
    int at = d->c->at[COL_STATE];
    for (ptrdiff_t i = 0; at >= 0 && i < d->r->rows; i++) {
        Str cell = row_cell(&d->r->row[i], at);
        if (!return_said(cell)) continue;
        doubt(d, "analyze.doubt.cancelled", arg_text("column", d->r->names[at]), arg_text("what", cell));
        return;
    }
    if (at < 0) other_cell(d, NAME_STATE, return_said, "analyze.doubt.cancelled");
}

static const char *number_doubt(NumberForm form)
{
    return form.decimal == ',' ? "analyze.doubt.comma_fraction"
           : form.group == ',' ? "analyze.doubt.comma_thousands"
                               : "analyze.doubt.point_fraction";
}

static bool has_word(Str words, const char *const *listed, ptrdiff_t count)
{
    for (Str word; (word = str_cut(&words, ' ')).n;)
        for (ptrdiff_t i = 0; i < count; i++)
            if (str_starts(word, str_of(listed[i]))) return true;
    return false;
}

/* `Сумма, тыс. руб.`, `Выручка, млн`, `Сумма, коп.` (but not `в руб. и коп.`). */
static void other_unit(Doubts *d, int at)
{
    static const char *const large[] = { "тыс", "млн", "миллион", "млрд", "thousand", "million" },
                             *const small[] = { "коп", "cents" }, *const usual[] = { "руб" };
    if (at < 0) return;
    Str  words = column_words(d->mem, d->r->names[at]);
    bool cents = has_word(words, small, COUNT(small)) && !has_word(words, usual, COUNT(usual));
    if (cents || has_word(words, large, COUNT(large)))
        doubt(d, "analyze.doubt.unit", arg_text("column", d->r->names[at]), (Arg){ 0 });
}

/* The sign or the code of a currency in a cell. */
static Str currency_of(Str cell)
{
    static const char *const signs[] = { "₽", "$",   "€",   "£",   "¥",   "₸",   "₴",
                                         "RUB", "USD", "EUR", "GBP", "CNY", "KZT", "BYN" };
    for (ptrdiff_t i = 0; i < COUNT(signs); i++)
        if (str_find(cell, str_of(signs[i])) >= 0) return str_of(signs[i]);
    return str_find(cell, S("руб")) >= 0 ? S("₽") : S("");
}

static Str as_it_is(Str cell)
{
    return cell;
}

/* Two different currencies in a column, each cell as `read` sees it. */
static bool two_currencies(Doubts *d, int at, Str (*read)(Str))
{
    Str first = S("");
    for (ptrdiff_t i = 0; at >= 0 && i < d->r->rows; i++) {
        Str cell = read(row_cell(&d->r->row[i], at));
        if (!first.n) first = cell;
        if (!cell.n || str_eq(cell, first)) continue;
        doubt(d, "analyze.doubt.currencies", arg_text("one", first), arg_text("other", cell));
        return true;
    }
    return false;
}

static void currencies(Doubts *d, int money)
{
    if (two_currencies(d, money, currency_of)) return;
    for (int at = 0; at < d->r->form.columns; at++) {
        Arena scratch = *d->mem;
        if (side_name_score(column_words(&scratch, d->r->names[at]), NAME_CURRENCY) >= SURE &&
            two_currencies(d, at, as_it_is))
            return;
    }
}

/* A row of a text with more cells than the others: a delimiter inside a text or a number without quotes moves all that
 * stands behind it. */
static void wide_row(Doubts *d)
{
    for (ptrdiff_t i = 0; i < d->r->rows && d->r->form.kind == FILE_CSV; i++) {
        const SampleRow *row = &d->r->row[i];
        for (int c = d->r->form.columns; c < row->count; c++) {
            if (!row_cell(row, c).n) continue;
            doubt(d, "analyze.doubt.wide_row", arg_count("n", row->count), arg_text("what", row_cell(row, 0)));
            return;
        }
    }
}

/* Nothing tells them from sales but what they add up to. */
static void sums_unsaid(Doubts *d)
{
    int64_t first, n = d->r->report || d->r->form.report.below ? 0 : sums_unmarked(*d->mem, d->r, d->c, &first);
    if (n) doubt(d, "analyze.doubt.sums_unsaid", arg_count("n", n), arg_row("at", first));
}

int sales_doubts(Arena *mem, const Recognised *r, const SalesColumns *c, Str told, SalesDoubt out[SALES_DOUBTS_MAX])
{
    Doubts d     = { .mem = mem, .r = r, .c = c, .out = out };
    bool   priced = c->at[COL_AMOUNT] < 0, is_told[COL_COUNT];
    columns_which_told(told, is_told);
    const char *known = known_export(*mem, r);
    d.n = joined_doubts(r, out, SALES_DOUBTS_MAX);
    if (known) doubt(&d, "analyze.doubt.resembles", arg_word("export", known), (Arg){ 0 });
    if (r->unvalued) doubt(&d, "analyze.doubt.formulas", arg_count("n", r->unvalued), (Arg){ 0 });
    if (r->put_away) doubt(&d, "analyze.doubt.put_away", arg_row("first", r->put_away), (Arg){ 0 });
    if (r->number_doubt) doubt(&d, number_doubt(r->form.number), (Arg){ 0 }, (Arg){ 0 });
    if (r->day_doubt)
        doubt(&d, r->form.day == DAY_MDY ? "analyze.doubt.month_first" : "analyze.doubt.day_first", (Arg){ 0 },
              (Arg){ 0 });
    other_column(&d, is_told, COL_AMOUNT, "analyze.doubt.other_amount");
    other_column(&d, is_told, COL_DATE, "analyze.doubt.other_date");
    if (priced) other_column(&d, is_told, COL_PRICE, "analyze.doubt.other_price");
    if (priced) other_column(&d, is_told, COL_QUANTITY, "analyze.doubt.other_quantity");
    if (priced && !is_told[COL_PRICE]) other_cell(&d, NAME_DISCOUNT, is_some, "analyze.doubt.discount");
    if (!is_told[COL_AMOUNT]) other_cell(&d, NAME_BACK, is_some, "analyze.doubt.back");
    other_cell(&d, NAME_STATE, cancelled_said, "analyze.doubt.cancelled");
    came_back(&d);
    other_unit(&d, priced ? c->at[COL_PRICE] : c->at[COL_AMOUNT]);
    currencies(&d, priced ? c->at[COL_PRICE] : c->at[COL_AMOUNT]);
    wide_row(&d);
    sums_unsaid(&d);
    if (r->other_sheets.n)
        doubt(&d, "analyze.doubt.other_sheets", arg_text("sheet", r->sheet_names[r->form.sheet]),
              arg_text("others", r->other_sheets));
    return d.n;
}
