/* Workbooks of Excel, row by row: a sheet is parsed up to the end of a row and goes on when the next one is asked
 * for. */
#include "core/utf8.h"
#include "format/number.h"
#include "format/sheet_row.h"
#include "format/xlsx_parts.h"

#include <string.h>

enum { OWN_MEM = 1 << 30 };

typedef struct SheetReader SheetReader;

struct SheetReader {
    Part      part;
    Xlsx     *x;
    char      decimal;
    int64_t   number;  /* of the current row                  */
    bool      in_row;
    int       column;
    int       outline; /* of the current row                  */
    bool      put_away;
    RowText   row;     /* its texts lie in the pool of shared strings or in itself */
    Str       type;    /* t of the current cell, in type_mem  */
    char      type_mem[16];
    int64_t   style;
    bool      in_value;
    bool      is_formula;
    int       skip;    /* depth inside a phonetic hint        */
    bool      row_ready;
    int       sheet, wide; /* columns of it, as far as known  */
    int       filled;  /* cells of the row that hold something*/
    int64_t   rows;    /* that were ready so far              */
    bool      merged_known;
};

static void given_up(void *book) { xlsx_close(book); }

Err xlsx_open(Str file, Xlsx **out, Problems *problems)
{
    Arena own = arena_new(OWN_MEM);
    Xlsx *x   = NEW(&own, Xlsx);
    *x        = (Xlsx){ .as_sheets.reader = &xlsx_reader, .own = own, .mem = &x->own };
    x->problems = problems;
    guard_holds(&x->held, x, given_up);
    merged_new(&x->merged, x->mem, file.n);
    Err err   = zipped_open(&x->zip, file, problems);
    if (err == OK) err = book_read(x);
    if (err != OK) xlsx_close(x);
    *out = err == OK ? x : NULL;
    return err;
}

int xlsx_sheets(const Xlsx *x)
{
    return x->sheets;
}

Str xlsx_sheet_name(const Xlsx *x, int sheet)
{
    return x->sheet[sheet].name;
}

bool xlsx_sheet_hidden(const Xlsx *x, int sheet)
{
    return x->sheet[sheet].hidden;
}

void xlsx_close(Xlsx *x)
{
    guard_lets_go(&x->held);
    if (x->reader) part_close(&x->reader->part);
    zipped_close(&x->zip);
    strings_drop(&x->strings);
    Arena own = x->own;
    arena_drop(&own);
}

int xlsx_percent(const Xlsx *x)
{
    const Part *p = &x->reader->part;
    return p->size ? (int)(p->done * 100 / p->size) : 100;
}

/* C5 is column 2; anything odd stays in the next column. */
static int column_of_ref(Str ref, int next)
{
    int column = 0;
    for (ptrdiff_t i = 0; i < ref.n && i < 4; i++) {
        char c = (char)(ref.s[i] | 32);
        if (c < 'a' || c > 'z') break;
        column = column * 26 + (c - 'a' + 1);
    }
    return column ? column - 1 : next;
}

static bool is_true(Str value) { return str_eq(value, S("1")) || str_eq(value, S("true")); }

static void row_start(SheetReader *r, const char **attrs)
{
    int64_t number = r->number + 1;
    str_i64(attr_of(attrs, "r"), &number);
    if (number < 1 || number > SHEET_ROWS_MAX) number = r->number + 1; /* no sheet has such a row */
    r->number   = number;
    int64_t outline = 0;
    str_i64(attr_of(attrs, "outlineLevel"), &outline);
    r->outline  = outline < 0 || outline > 100 ? 0 : (int)outline;
    r->put_away = !r->outline && is_true(attr_of(attrs, "hidden"));
    r->in_row   = true;
    r->column   = -1;
    r->filled   = 0;
    row_clear(&r->row);
}

static void columns_note(SheetReader *r, int columns)
{
    if (columns > r->wide && columns <= XLSX_COLUMNS_MAX) r->wide = columns;
}

/* A1:E12, as far as it is true. */
static void dimension_note(SheetReader *r, const char **attrs)
{
    Str to = attr_of(attrs, "ref");
    str_cut(&to, ':');
    columns_note(r, column_of_ref(to, -1) + 1);
}

static void cell_start(SheetReader *r, const char **attrs)
{
    Str type      = str_upto(attr_of(attrs, "t"), (ptrdiff_t)sizeof r->type_mem);
    r->column     = column_of_ref(attr_of(attrs, "r"), r->column + 1);
    r->style      = 0;
    r->is_formula = false;
    r->row.begin  = r->row.text.len;
    r->type       = (Str){ r->type_mem, type.n };
    if (type.n) memcpy(r->type_mem, type.s, (size_t)type.n);
    str_i64(attr_of(attrs, "s"), &r->style);
    if (r->column >= XLSX_COLUMNS_MAX) part_refuse(&r->part, "file.broken_xlsx");
    columns_note(r, r->column + 1);
}

static void sheet_start(void *user, Str name, const char **attrs)
{
    SheetReader *r = user;
    if (str_eq(name, S("row"))) row_start(r, attrs);
    else if (str_eq(name, S("c")) && r->in_row) cell_start(r, attrs);
    else if (str_eq(name, S("rPh"))) r->skip++;
    else if (str_eq(name, S("dimension"))) dimension_note(r, attrs);
    else if (str_eq(name, S("f"))) r->is_formula = true;
    else r->in_value = r->in_row && r->column >= 0 && !r->skip && (str_eq(name, S("v")) || str_eq(name, S("t")));
}

static void sheet_text(void *user, Str text)
{
    SheetReader *r = user;
    if (!r->in_value) return;
    buf_put(&r->row.text, text);
    if (r->row.text.len - r->row.begin > CELL_TEXT_MAX) part_refuse(&r->part, "file.long_cell");
}

/* ---- one cell ---- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* _x000D_ stands for a character that XML cannot hold (18.4.8, ST_Xstring). */
static uint32_t escaped_rune(Str s)
{
    uint32_t rune = 0;
    if (s.n < 7 || s.s[0] != '_' || s.s[1] != 'x' || s.s[6] != '_') return 0;
    for (int i = 2; i < 6; i++) {
        if (hex_digit(s.s[i]) < 0) return 0;
        rune = rune << 4 | (uint32_t)hex_digit(s.s[i]);
    }
    return rune >= 0xD800 && rune < 0xE000 ? 0 : rune;
}

/* In place: what an escape stands for is never longer than the escape. */
static void cell_unescape(SheetReader *r)
{
    Str s = { r->row.text.data + r->row.begin, r->row.text.len - r->row.begin };
    Buf b = { .data = r->row.text.data + r->row.begin, .cap = s.n };
    if (str_find(s, S("_x")) < 0) return;
    for (ptrdiff_t at = 0; at < s.n;) {
        uint32_t rune = s.s[at] == '_' ? escaped_rune(str_from(s, at)) : 0;
        if (rune) buf_rune(&b, rune);
        else buf_char(&b, s.s[at]);
        at += rune ? 7 : 1;
    }
    r->row.text.len = r->row.begin + b.len;
}

static CellLook look_of(const SheetReader *r)
{
    CellLook look = { 0 };
    if (r->style >= 0 && r->style < r->x->styles.n)
        memcpy(&look, r->x->looks.s + r->style * (int64_t)sizeof look, sizeof look);
    return look;
}

static bool is_date(const SheetReader *r)
{
    return r->style >= 0 && r->style < r->x->styles.n && r->x->styles.s[r->style] == STYLE_DATE;
}

static bool put_serial(SheetReader *r, Str value)
{
    int64_t nano;
    return number_read(value, (NumberForm){ .decimal = '.' }, 9, &nano) == CELL_READ &&
           put_moment(&r->row.text, nano, r->x->from_1904);
}

/* The value stands at the end of the row's text; what the cell shows is written behind it. */
static void cell_typed(SheetReader *r, Str type)
{
    Str value = str_trim((Str){ r->row.text.data + r->row.begin, r->row.text.len - r->row.begin });
    char copy[64];
    if (value.n == 0) return;
    if (str_eq(type, S("b"))) {
        bool yes    = str_eq(value, S("1"));
        r->row.text.len = r->row.begin;
        buf_c(&r->row.text, yes ? "TRUE" : "FALSE");
    } else if ((type.n == 0 || str_eq(type, S("n"))) && value.n < COUNT(copy)) {
        memcpy(copy, value.s, (size_t)value.n);
        value.s     = copy;
        r->row.text.len = r->row.begin;
            if (!is_date(r) || !put_serial(r, value)) put_number(&r->row.text, value, r->decimal);
    }
}

/* The text of the pool is shown where it lies, unless it has to be changed. */
static Str cell_shared(SheetReader *r)
{
    Str     value = str_trim((Str){ r->row.text.data + r->row.begin, r->row.text.len - r->row.begin });
    int64_t index;
    Str     text = str_i64(value, &index) ? string_at(&r->x->strings, index) : S("");
    r->row.text.len  = r->row.begin;
    if (str_find(text, S("_x")) < 0) return text;
    buf_put(&r->row.text, text);
    cell_unescape(r);
    return S("");
}

static void cell_end(SheetReader *r)
{
    Str shared  = { 0 };
    r->row.look = look_of(r);
    if (str_eq(r->type, S("s"))) shared = cell_shared(r);
    else if (str_eq(r->type, S("inlineStr")) || str_eq(r->type, S("str"))) cell_unescape(r);
    else cell_typed(r, r->type);
    if (r->is_formula && shared.n == 0 && r->row.text.len == r->row.begin) r->x->as_sheets.unvalued++;
    r->filled += shared.n || r->row.text.len > r->row.begin;
    if (r->column >= 0 && r->column < XLSX_COLUMNS_MAX) row_cell_ends(&r->row, r->column, shared);
}

static void sheet_end(void *user, Str name)
{
    SheetReader *r = user;
    r->in_value    = false;
    if (str_eq(name, S("rPh"))) r->skip--;
    else if (str_eq(name, S("c")) && r->in_row) cell_end(r);
    if (!str_eq(name, S("row"))) return;
    r->in_row    = false;
    r->row_ready = r->row.count > 0;
    if (r->row_ready) part_pause(&r->part);
}

/* ---- rows ---- */

static SheetReader *reader_of(Xlsx *x)
{
    if (!x->reader) {
        x->reader = NEW(x->mem, SheetReader);
        row_new(&x->reader->row, x->mem, XLSX_COLUMNS_MAX);
    }
    return x->reader;
}

static Err sheet_open(Xlsx *x, SheetReader *r)
{
    part_close(&r->part);
    r->number = r->rows = 0;
    r->in_row = r->in_value = r->row_ready = false;
    r->skip   = 0;
    r->part   = (Part){ .start = sheet_start, .end = sheet_end, .text = sheet_text, .user = r };
    Err err   = part_open(&r->part, &x->zip, str_c(x->mem, x->sheet[r->sheet].path));
    return err == NOT_FOUND
               ? PROBLEM(x->problems, INVALID, NULL, "file.broken_xlsx", arg_text("part", x->sheet[r->sheet].path))
               : err;
}

Err xlsx_begin(Xlsx *x, int sheet, char decimal)
{
    SheetReader *r = reader_of(x);
    if (sheet < 0 || sheet >= x->sheets) return PROBLEM(x->problems, INVALID, NULL, "file.no_sheet");
    TRY(strings_read(x));
    r->x            = x;
    r->decimal      = decimal;
    r->sheet        = sheet;
    r->wide         = 0;
    r->merged_known = false;
    merged_begin(&x->merged);
    return sheet_open(x, r);
}

static Err row_read(SheetReader *r)
{
    bool more;
    if (!r->part.parser) return NOT_FOUND;
    r->row_ready = false;
    Err err      = part_read(&r->part, &more);
    if (!more) part_close(&r->part);
    if (err == TOO_LARGE) memory_over();
    r->rows += r->row_ready;
    return err == OK && !r->row_ready ? NOT_FOUND : err;
}

/* A row with less than all of its cells may lie in merged ones, of which a sheet tells behind its rows.  They are
 * looked for once, since it takes a sixth of the reading, and what has gone by is read again for what goes down. */
static Err merged_find(Xlsx *x, SheetReader *r)
{
    int64_t here    = r->rows;
    r->merged_known = true;
    TRY(merged_read(x, str_c(x->mem, x->sheet[r->sheet].path)));
    if (!x->merged.n || here == 1) return OK;
    x->as_sheets.unvalued = 0;
    TRY(sheet_open(x, r));
    for (;;) {
        TRY(row_read(r));
        if (r->rows == here) return OK;
        TRY(merged_fill(&x->merged, r->number, &r->row, x->problems));
    }
}

Err xlsx_next(Xlsx *x, SheetRow *row)
{
    SheetReader *r = x->reader;
    TRY(row_read(r));
    if (!r->merged_known && r->filled < r->wide) TRY(merged_find(x, r));
    TRY(merged_fill(&x->merged, r->number, &r->row, x->problems));
    *row = row_given(&r->row, r->number);
    row->outline  = r->outline;
    row->put_away = r->put_away;
    return OK;
}

/* ---- as one of the kinds of workbooks ---- */

static Err open_any(Str file, Sheets **out, Problems *problems)
{
    Xlsx *x;
    Err   err = xlsx_open(file, &x, problems);
    *out      = err == OK ? &x->as_sheets : NULL;
    return err;
}

static int  sheets_of(const Sheets *w) { return xlsx_sheets((const Xlsx *)w); }
static Str  name_of(const Sheets *w, int sheet) { return xlsx_sheet_name((const Xlsx *)w, sheet); }
static bool hidden_of(const Sheets *w, int sheet) { return xlsx_sheet_hidden((const Xlsx *)w, sheet); }
static Err  begin_any(Sheets *w, int sheet, char decimal) { return xlsx_begin((Xlsx *)w, sheet, decimal); }
static Err  next_any(Sheets *w, SheetRow *row) { return xlsx_next((Xlsx *)w, row); }
static int  percent_of(const Sheets *w) { return xlsx_percent((const Xlsx *)w); }
static void close_any(Sheets *w) { xlsx_close((Xlsx *)w); }

const SheetsReader xlsx_reader = {
    .kind = FILE_XLSX, .open = open_any, .sheets = sheets_of, .name = name_of,
    .hidden = hidden_of, .begin = begin_any, .next = next_any, .percent = percent_of, .close = close_any,
};
