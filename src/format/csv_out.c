/* Tables written as text. */
#include "format/csv_out.h"
#include "core/utf8.h"

#include <string.h>

CsvOut csv_out(Buf *to, CsvDialect dialect)
{
    if (dialect == CSV_EXCEL_RU) buf_c(to, "\xEF\xBB\xBF");
    return (CsvOut){ .to = to, .dialect = dialect };
}

static bool begins_formula(uint32_t r)
{
    return r == '=' || r == '+' || r == '-' || r == '@' || r == 0xFF1D || r == 0xFF0B || r == 0xFF0D || r == 0xFF20;
}

bool formula_like(Str text)
{
    while (text.n && *text.s == '\'') text = str_from(text, 1);
    if (text.n && (unsigned char)*text.s < ' ') return true;
    for (ptrdiff_t at = 0; at < text.n;) {
        uint32_t r = utf8_next(text, &at);
        if (begins_formula(r)) return true;
        if (r > ' ' && r != 0xA0 && r != 0x202F && r != 0x2009 && r != 0xFEFF) return false;
    }
    return false;
}

Str formula_unmarked(Str cell)
{
    return cell.n && *cell.s == '\'' && formula_like(cell) ? str_from(cell, 1) : cell;
}

static bool needs_quotes(const CsvOut *out, Str s)
{
    char delimiter = out->dialect == CSV_EXCEL_RU ? ';' : ',';
    if (s.n == 0) return false;
    if (*s.s == ' ' || s.s[s.n - 1] == ' ') return true;
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.s[i] == delimiter || s.s[i] == '"' || s.s[i] == '\n' || s.s[i] == '\r' || s.s[i] == '\t') return true;
    return false;
}

/* A NUL is no text and would end the reading of the whole file: it goes out as the sign for "no character". */
static void put_quoted(Buf *to, Str s, char quote)
{
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (quote && s.s[i] == quote) buf_char(to, quote);
        if (s.s[i]) buf_char(to, s.s[i]);
        else buf_rune(to, 0xFFFD);
    }
}

/* -5, -1 234,50: digits and what stands between digits name no cell and call nothing. */
static bool is_negative_number(Str s)
{
    bool digit = false;
    if (s.n < 2 || *s.s != '-') return false;
    for (ptrdiff_t at = 1; at < s.n;) {
        uint32_t r       = utf8_next(s, &at);
        bool     between = r == ' ' || r == 0xA0 || r == 0x202F || r == 0x2009 || r == '.' || r == ',';
        if (!(r >= '0' && r <= '9') && !(digit && between)) return false;
        digit = !between;
    }
    return digit;
}

static void put_text(CsvOut *out, Str text)
{
    bool mark = formula_like(text) && !is_negative_number(text), quotes = needs_quotes(out, text);
    if (quotes) buf_char(out->to, '"');
    if (mark) buf_char(out->to, '\'');
    put_quoted(out->to, text, quotes ? '"' : 0);
    if (quotes) buf_char(out->to, '"');
}

static void put_scaled(CsvOut *out, OutCell cell)
{
    char digits[48];
    Buf  b = { .data = digits, .cap = sizeof digits };
    if (cell.kind == OUT_MONEY) buf_money(&b, cell.value);
    else buf_trimmed(&b, cell.value, cell.places);
    char *point = out->dialect == CSV_EXCEL_RU ? memchr(digits, '.', (size_t)b.len) : NULL;
    if (point) *point = ',';
    buf_put(out->to, buf_str(&b));
}

static void put_day(CsvOut *out, Day day)
{
    Civil c = civil_of(day);
    if (out->dialect == CSV_EXCEL_RU) buf_fmt(out->to, "%02d.%02d.%04d", c.day, c.month, c.year);
    else buf_day(out->to, day);
}

void csv_put(CsvOut *out, OutCell cell)
{
    out->alone = out->cells == 0 && (cell.kind == OUT_EMPTY || (cell.kind == OUT_TEXT && cell.text.n == 0));
    if (out->cells++) buf_char(out->to, out->dialect == CSV_EXCEL_RU ? ';' : ',');
    switch (cell.kind) {
    case OUT_EMPTY: break;
    case OUT_TEXT: put_text(out, cell.text); break;
    case OUT_NUMBER:
    case OUT_MONEY: put_scaled(out, cell); break;
    case OUT_DAY: put_day(out, (Day)cell.value); break;
    }
}

void csv_end_row(CsvOut *out)
{
    buf_c(out->to, out->alone ? "\"\"\r\n" : "\r\n"); /* an empty line would be no row */
    out->cells = 0;
    out->alone = false;
}
