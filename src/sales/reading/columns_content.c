/* Cells against what a column of a sales file should hold. */
#include "sales/parties/parties.h"
#include "sales/reading/columns_inside.h"
#include "sales/reading/return_said.h"

enum { ROWS_LOOKED_AT = 400 };

static ptrdiff_t rows_of(const Recognised *r)
{
    return r->rows < ROWS_LOOKED_AT ? r->rows : ROWS_LOOKED_AT;
}

bool is_inn(Str cell)
{
    return inn_verdict(cell) == INN_RIGHT && !str_starts(cell, S("0000000000"));
}

bool is_phone(Str cell)
{
    int digits = 0, signs = 0;
    for (ptrdiff_t i = 0; i < cell.n; i++) {
        char c = cell.s[i];
        if (c >= '0' && c <= '9') digits++;
        else if (c == '+' || c == '-' || c == '(' || c == ')' || c == ' ' || c == '.') signs++;
        else return false;
    }
    bool bare = cell.n == 11 && (*cell.s == '7' || *cell.s == '8') && cell.s[1] != '0';
    return digits >= 10 && digits <= 15 && signs <= digits && (signs >= 2 || *cell.s == '+' || bare);
}

bool column_cells_are(const Recognised *r, int at, bool (*test)(Str))
{
    int64_t filled = 0, passed = 0;
    for (ptrdiff_t i = 0; i < rows_of(r); i++) {
        Str cell = row_cell(&r->row[i], at);
        filled += cell.n > 0;
        passed += cell.n > 0 && test(cell);
    }
    return filled >= 3 && passed * 10 >= filled * 8;
}

/* 1, 2, 3 ...: the number of the row. */
static bool counts_rows(const Recognised *r, int at)
{
    int64_t last = 0, value;
    for (ptrdiff_t i = 0; i < r->rows && i < 30; i++) {
        if (!str_i64(row_cell(&r->row[i], at), &value) || (i ? value != last + 1 : value > 1)) return false;
        last = value;
    }
    return r->rows > 2;
}

static bool is_serials(const ColumnSeen *seen)
{
    return seen->days.dates == 0 && seen->filled && seen->days.serials * 10 >= seen->filled * 9;
}

static bool whole_numbers(const ColumnSeen *seen)
{
    return seen->numbers.whole == seen->numbers.numbers;
}

/* `Реализация 0000-000017 от 05.03.2024 12:00:00`: nobody is called so. */
static bool is_document_text(Str cell)
{
    Day       day;
    ptrdiff_t at = str_find(cell, S(" от "));
    return at >= 0 && day_cell_read(str_from(cell, at + S(" от ").n), DAY_DMY, &day) == CELL_READ;
}

/* A report with groups has documents below each client, in the same column. */
static bool names_documents(const Recognised *r, int at)
{
    int64_t filled = 0, documents = 0;
    for (ptrdiff_t i = 0; i < rows_of(r); i++) {
        Str cell = row_cell(&r->row[i], at);
        filled += cell.n > 0;
        documents += cell.n > 0 && is_document_text(cell);
    }
    return documents * 3 > filled;
}

static bool names_somebody(const Recognised *r, int at)
{
    SeenKind kind = column_kind(&r->seen[at]);
    if (kind == SEEN_TEXT && names_documents(r, at)) return false;
    return kind == SEEN_TEXT || (kind == SEEN_NUMBER && whole_numbers(&r->seen[at]));
}

/* Numbers that mark; sums and pieces that came back are no marks of the row. */
static bool only_noughts_and_ones(const Recognised *r, int at)
{
    for (ptrdiff_t i = 0; i < r->rows; i++) {
        Str cell = row_cell(&r->row[i], at);
        if (cell.n && !str_eq(cell, S("0")) && !str_eq(cell, S("1"))) return false;
    }
    return true;
}

bool column_may_be(const Recognised *r, int at, SalesColumn column)
{
    const ColumnSeen *seen = &r->seen[at];
    SeenKind          kind = column_kind(seen);
    switch (column) {
    case COL_DATE: return kind == SEEN_DAY || is_serials(seen);
    case COL_AMOUNT:
    case COL_QUANTITY:
    case COL_PRICE: return kind == SEEN_NUMBER;
    case COL_COST: return kind == SEEN_NUMBER || kind == SEEN_NOTHING;
    case COL_CLIENT:
    case COL_CLIENT_KEY: return names_somebody(r, at);
    case COL_DOCUMENT: return kind != SEEN_DAY && kind != SEEN_NOTHING && !counts_rows(r, at);
    case COL_RETURN: return kind != SEEN_DAY && (kind != SEEN_NUMBER || only_noughts_and_ones(r, at));
    default: return kind != SEEN_DAY;
    }
}

bool column_reads_at_all(const Recognised *r, int at, SalesColumn column)
{
    const ColumnSeen *seen = &r->seen[at];
    if (column == COL_DATE) return seen->days.dates + seen->days.serials > 0;
    bool figures = column == COL_AMOUNT || column == COL_QUANTITY || column == COL_PRICE;
    return figures && seen->numbers.numbers > 0;
}

static bool is_taken(const SalesColumns *out, int at)
{
    for (int c = 0; c < COL_COUNT; c++)
        if (out->at[c] == at) return true;
    return false;
}

static void take_by_test(const Recognised *r, SalesColumns *out, SalesColumn column, bool (*test)(Str))
{
    for (int at = 0; at < r->form.columns && out->at[column] < 0; at++)
        if (!is_taken(out, at) && column_cells_are(r, at, test)) out->at[column] = at;
}

/* The only free column of dates; of several the first, when no name can tell more. */
static void take_date(const Recognised *r, bool nameless, SalesColumns *out)
{
    int found = -1, count = 0;
    for (int at = r->form.columns - 1; at >= 0; at--)
        if (!is_taken(out, at) && column_kind(&r->seen[at]) == SEEN_DAY) found = at, count++;
    if (out->at[COL_DATE] < 0 && (count == 1 || nameless)) out->at[COL_DATE] = found;
}

/* The last free column of numbers with fractions, else the last of numbers. */
static int last_number(const Recognised *r, const SalesColumns *out, bool with_fractions)
{
    for (int at = r->form.columns - 1; at >= 0; at--)
        if (!is_taken(out, at) && column_kind(&r->seen[at]) == SEEN_NUMBER &&
            (!with_fractions || !whole_numbers(&r->seen[at])))
            return at;
    return -1;
}

static int first_of(const Recognised *r, const SalesColumns *out, SeenKind kind)
{
    for (int at = 0; at < r->form.columns; at++)
        if (!is_taken(out, at) && column_kind(&r->seen[at]) == kind && names_somebody(r, at) && !counts_rows(r, at))
            return at;
    return -1;
}

static void take_first(SalesColumns *out, SalesColumn column, int first, int second)
{
    if (out->at[column] < 0) out->at[column] = first >= 0 ? first : second;
}

/* A number of a document or an article: more digits than anything else, and no blanks. */
static bool is_code(Str cell)
{
    int digits = 0;
    for (ptrdiff_t i = 0; i < cell.n; i++) {
        if (cell.s[i] == ' ') return false;
        digits += cell.s[i] >= '0' && cell.s[i] <= '9';
    }
    return digits * 2 > cell.n;
}

static void take_document(const Recognised *r, SalesColumns *out)
{
    for (int at = 0; at < r->form.columns && out->at[COL_DOCUMENT] < 0; at++)
        if (!is_taken(out, at) && column_kind(&r->seen[at]) == SEEN_TEXT && column_cells_are(r, at, is_code))
            out->at[COL_DOCUMENT] = at;
}

/* Words of sales and of returns, and nothing else. */
static bool names_kinds(const Recognised *r, int at)
{
    int64_t filled = 0;
    for (ptrdiff_t i = 0; i < r->rows; i++) {
        Str cell = row_cell(&r->row[i], at);
        if (cell.n && !return_said(cell) && !sale_said(cell)) return false;
        filled += cell.n > 0;
    }
    return filled * 2 > r->rows;
}

static void take_kinds(Arena scratch, const Recognised *r, SalesColumns *out)
{
    for (int at = 0; at < r->form.columns && out->at[COL_RETURN] < 0; at++) {
        Arena mem = scratch;
        if (is_taken(out, at) || side_name_score(column_words(&mem, r->names[at]), NAME_KIND) == 0) continue;
        if (names_kinds(r, at)) out->at[COL_RETURN] = at;
    }
}

/* #1001, as shops number their orders. */
static bool is_order_mark(Str cell)
{
    int64_t number;
    return cell.n > 1 && *cell.s == '#' && str_i64(str_from(cell, 1), &number);
}

void columns_by_signs(Arena scratch, const Recognised *r, SalesColumns *out)
{
    take_kinds(scratch, r, out);
    take_by_test(r, out, COL_DOCUMENT, is_order_mark);
}

typedef struct {
    int64_t won, cancelled, other;
} States;

static States states_of(const Recognised *r, int at)
{
    States s = { 0 };
    for (ptrdiff_t i = 0; i < r->rows; i++) {
        Str cell = row_cell(&r->row[i], at);
        if (!cell.n) continue;
        if (cancelled_said(cell)) s.cancelled++;
        else if (won_said(cell)) s.won++;
        else s.other++;
    }
    return s;
}

void columns_of_states(Arena scratch, const Recognised *r, SalesColumns *out)
{
    for (int at = 0; at < r->form.columns && out->at[COL_STATE] < 0 && out->at[COL_WON] < 0; at++) {
        Arena mem = scratch;
        if (is_taken(out, at) || side_name_score(column_words(&mem, r->names[at]), NAME_STATE) == 0) continue;
        States s = states_of(r, at);
        if (s.won && s.cancelled + s.other) out->at[COL_WON] = at;
        else if (s.cancelled && s.other) out->at[COL_STATE] = at;
    }
}

void columns_by_content(const Recognised *r, bool nameless, SalesColumns *out)
{
    take_by_test(r, out, COL_INN, is_inn);
    take_by_test(r, out, COL_PHONE, is_phone);
    take_date(r, nameless, out);
    if (!nameless) return;
    take_first(out, COL_AMOUNT, last_number(r, out, true), last_number(r, out, false));
    int before = out->at[COL_AMOUNT] - 1;
    if (before > 0 && !is_taken(out, before) && column_kind(&r->seen[before]) == SEEN_NUMBER &&
        whole_numbers(&r->seen[before]))
        take_first(out, COL_QUANTITY, before, -1);
    take_document(r, out);
    take_first(out, COL_CLIENT, first_of(r, out, SEEN_TEXT), first_of(r, out, SEEN_NUMBER));
    take_first(out, COL_PRODUCT, first_of(r, out, SEEN_TEXT), -1);
}
