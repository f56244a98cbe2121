/* Text tables, row by row: every rule of the format, at the pace of one search a field.  The fast rows are in
 * csv_plain.c. */
#include "format/csv.h"

#include <string.h>

CsvReader csv_reader(Str text, const TableForm *form, Arena *mem)
{
    return (CsvReader){ .text = text,
                        .at = (ptrdiff_t)form->begins,
                        .delimiter = form->delimiter,
                        .quotes = form->quotes,
                        .field = NEW_N(mem, Str, CSV_COLUMNS_MAX) };
}

static bool line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Behind the line end at `at`. */
static ptrdiff_t line_skip(Str text, ptrdiff_t at)
{
    bool two = text.s[at] == '\r' && at + 1 < text.n && text.s[at + 1] == '\n';
    return at + 1 + two;
}

ptrdiff_t csv_line_from(Str text, ptrdiff_t at)
{
    if (at <= 0) return 0;
    for (ptrdiff_t i = at - 1; i < text.n; i++)
        if (line_end(text.s[i])) {
            ptrdiff_t next = line_skip(text, i);
            if (next >= at) return next;
        }
    return text.n;
}

static bool csv_stop(CsvReader *r, CsvFault fault, ptrdiff_t at)
{
    r->fault    = fault;
    r->fault_at = at;
    return fault <= CSV_AFTER_QUOTE;
}

/* A byte 0x01 in each place where `word` holds a byte that is zero; places behind the first one may be wrong. */
static uint64_t zero_bytes(uint64_t word)
{
    return (word - UINT64_C(0x0101010101010101)) & ~word & UINT64_C(0x8080808080808080);
}

static uint64_t eight_of(char c)
{
    return UINT64_C(0x0101010101010101) * (unsigned char)c;
}

/* The first place at or behind `at` with the byte a, b, c or 0, or the end of the text. */
static ptrdiff_t find_any(Str text, ptrdiff_t at, char a, char b, char c)
{
    for (; at + 8 <= text.n; at += 8) {
        uint64_t word;
        memcpy(&word, text.s + at, 8);
        if (zero_bytes(word ^ eight_of(a)) | zero_bytes(word ^ eight_of(b)) | zero_bytes(word ^ eight_of(c)) |
            zero_bytes(word))
            break;
    }
    for (; at < text.n; at++)
        if (text.s[at] == a || text.s[at] == b || text.s[at] == c || text.s[at] == 0) break;
    return at;
}

/* Checks what no field may be; `from`..`to` are its bytes in the text. */
static bool field_allowed(CsvReader *r, ptrdiff_t from, ptrdiff_t to)
{
    if (to - from > CSV_FIELD_MAX) return csv_stop(r, CSV_LONG_FIELD, from);
    if (to < r->text.n && r->text.s[to] == 0) return csv_stop(r, CSV_NUL, to);
    if (r->fields == CSV_COLUMNS_MAX) return csv_stop(r, CSV_MANY_COLUMNS, from);
    return true;
}

static bool field_plain(CsvReader *r)
{
    ptrdiff_t from = r->at, to = find_any(r->text, from, r->delimiter, '\n', '\r');
    if (!field_allowed(r, from, to)) return false;
    r->field[r->fields++] = (Str){ r->text.s + from, to - from };
    r->at = to;
    return true;
}

/* The closing quote of the field whose content begins at `at`; *doubled counts the doubled ones before it. */
static ptrdiff_t quote_close(const CsvReader *r, ptrdiff_t at, ptrdiff_t *doubled)
{
    const Str text = r->text;
    for (;;) {
        ptrdiff_t limit = at + CSV_FIELD_MAX + 2 < text.n ? at + CSV_FIELD_MAX + 2 : text.n;
        at = find_any((Str){ text.s, limit }, at, '"', '"', '"');
        if (at + 1 >= text.n || text.s[at] != '"' || text.s[at + 1] != '"') return at;
        at += 2;
        ++*doubled;
    }
}

/* The content with each doubled quote as one, and what stands behind the closing quote. */
static Str unquoted(Str content, Str behind, ptrdiff_t doubled, Arena *mem)
{
    if (!doubled && !behind.n) return content;
    char *to = NEW_RAW(mem, char, content.n - doubled + behind.n), *w = to;
    for (ptrdiff_t i = 0; i < content.n; i++) {
        *w++ = content.s[i];
        i += content.s[i] == '"';
    }
    if (behind.n) memcpy(w, behind.s, (size_t)behind.n);
    return (Str){ to, w - to + behind.n };
}

static bool field_quoted(CsvReader *r, Arena *mem)
{
    ptrdiff_t open = r->at, doubled = 0, close = quote_close(r, open + 1, &doubled);
    if (close - open - 1 > CSV_FIELD_MAX) return csv_stop(r, CSV_LONG_FIELD, open);
    if (close >= r->text.n) return csv_stop(r, CSV_OPEN_QUOTE, open);
    if (!field_allowed(r, open + 1, close)) return false;
    ptrdiff_t end = find_any(r->text, close + 1, r->delimiter, '\n', '\r');
    if (!field_allowed(r, open, end)) return false;
    if (end > close + 1) csv_stop(r, CSV_AFTER_QUOTE, close + 1);
    r->field[r->fields++] = unquoted((Str){ r->text.s + open + 1, close - open - 1 },
                                     (Str){ r->text.s + close + 1, end - close - 1 }, doubled, mem);
    r->at = end;
    return true;
}

static void blanks_skip(CsvReader *r)
{
    while (r->at < r->text.n && r->text.s[r->at] == ' ') r->at++;
}

/* DOS and CP/M mark the end of a text with 0x1A, and fill up the last sector with it. */
static bool only_end_marks(Str text)
{
    while (text.n && *text.s == 0x1A) text = str_from(text, 1);
    return text.n == 0;
}

/* To the beginning of the next row; false when there is none. */
static bool row_begin(CsvReader *r)
{
    r->fields = 0;
    r->fault  = CSV_FINE;
    while (r->at < r->text.n) {
        r->begin = r->at;
        if (r->delimiter == ' ') blanks_skip(r);
        if (r->at == r->text.n || (r->text.s[r->at] == 0x1A && only_end_marks(str_from(r->text, r->at)))) break;
        if (!line_end(r->text.s[r->at])) return true;
        r->at = line_skip(r->text, r->at);
    }
    return false;
}

bool csv_next(CsvReader *r, Arena *mem)
{
    if (!row_begin(r)) return false;
    for (;;) {
        bool quoted = r->quotes && r->at < r->text.n && r->text.s[r->at] == '"';
        if (!(quoted ? field_quoted(r, mem) : field_plain(r))) return false;
        if (r->delimiter == ' ') blanks_skip(r);
        if (r->at >= r->text.n) return true;
        if (line_end(r->text.s[r->at])) break;
        if (r->delimiter != ' ') r->at++;
    }
    r->at = line_skip(r->text, r->at);
    return true;
}

Err csv_problem(Problems *list, CsvFault fault, int64_t row, ptrdiff_t byte)
{
    static const char *const keys[] = {
        [CSV_AFTER_QUOTE] = "csv.after_quote", [CSV_OPEN_QUOTE] = "csv.open_quote",     [CSV_NUL] = "csv.nul",
        [CSV_LONG_FIELD]  = "csv.long_field",  [CSV_MANY_COLUMNS] = "csv.many_columns",
    };
    if (fault == CSV_FINE) return OK;
    return problem_add(list, (Problem){ .err = INVALID, .key = keys[fault], .row = row, .arg_count = 1,
                                        .args = { arg_count("byte", (int64_t)byte + 1) } });
}
