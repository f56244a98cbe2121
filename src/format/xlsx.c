/* Workbooks of Excel, row by row: a sheet is parsed up to the end of a row and goes on when the next one is asked for. */
#include "core/utf8.h"
#include "format/dates.h"
#include "format/number.h"
#include "format/xlsx_parts.h"

#include <string.h>

enum { CELL_TEXT_MAX = 1 << 20, OWN_MEM = 1 << 30 };

typedef struct {
    Str       text;    /* of the pool of shared strings       */
    ptrdiff_t at, n;   /* or a piece of the row's own text    */
} CellText;

typedef struct SheetReader SheetReader;

struct SheetReader {
    Part      part;
    Xlsx     *x;
    char      decimal;
    int64_t   number;  /* of the current row                  */
    bool      in_row;
    int       column, count;
    CellText *cell;    /* [XLSX_COLUMNS_MAX]                  */
    Str      *out;     /* [XLSX_COLUMNS_MAX]                  */
    Buf       text;    /* of the row                          */
    ptrdiff_t begin;   /* of the current value in it          */
    Str       type;    /* t of the current cell, in type_mem  */
    char      type_mem[16];
    int64_t   style;
    bool      in_value;
    int       skip;    /* depth inside a phonetic hint        */
    bool      row_ready;
};

/* The directory tells sizes before anything is unpacked; what really comes out is counted in part_feed. */
static Err limits_hold(Xlsx *x)
{
    zip_int64_t parts = zip_get_num_entries(x->zip, 0);
    int64_t     bytes = 0;
    if (parts > XLSX_PARTS_MAX) return PROBLEM(x->problems, INVALID, NULL, "file.too_many_parts", arg_count("parts", parts));
    for (zip_int64_t i = 0; i < parts; i++) {
        zip_stat_t stat;
        if (zip_stat_index(x->zip, (zip_uint64_t)i, 0, &stat) != 0) continue;
        int64_t size = stat.size > (zip_uint64_t)XLSX_UNPACKED_MAX ? XLSX_UNPACKED_MAX + 1 : (int64_t)stat.size;
        bytes += size;
    }
    bool bomb = bytes > XLSX_UNPACKED_MAX || (bytes > INT64_C(64) << 20 && bytes / XLSX_RATIO_MAX > x->packed);
    return bomb ? PROBLEM(x->problems, INVALID, NULL, "file.bomb", arg_count("megabytes", bytes >> 20)) : OK;
}

/* The end record counts the parts; libzip would make room for all of them before anybody can ask. */
static bool counts_too_many(Str file)
{
    ptrdiff_t last = file.n > 65557 ? file.n - 65557 : 0;
    for (ptrdiff_t at = file.n - 22; at >= last; at--)
        if (memcmp(file.s + at, "PK\5\6", 4) == 0) return ((unsigned char)file.s[at + 10] | (unsigned char)file.s[at + 11] << 8) > XLSX_PARTS_MAX;
    return false;
}

static Err zip_begin(Xlsx *x, Str file)
{
    zip_error_t error;
    zip_error_init(&error);
    if (counts_too_many(file)) return PROBLEM(x->problems, INVALID, NULL, "file.too_many_parts", arg_count("parts", XLSX_PARTS_MAX));
    zip_source_t *source = zip_source_buffer_create(file.s, (zip_uint64_t)file.n, 0, &error);
    x->zip               = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (source && !x->zip) zip_source_free(source);
    zip_error_fini(&error);
    return x->zip ? limits_hold(x) : PROBLEM(x->problems, INVALID, NULL, "file.cut", arg_count("byte", file.n));
}

static void given_up(void *book) { xlsx_close(book); }

Err xlsx_open(Str file, Xlsx **out, Problems *problems)
{
    Arena own = arena_new(OWN_MEM);
    Xlsx *x   = NEW(&own, Xlsx);
    *x        = (Xlsx){ .own = own, .mem = &x->own, .problems = problems, .packed = file.n };
    guard_holds(&x->held, x, given_up);
    Err err   = zip_begin(x, file);
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
    if (x->zip) zip_discard(x->zip);
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

static void row_start(SheetReader *r, const char **attrs)
{
    int64_t number = r->number + 1;
    str_i64(attr_of(attrs, "r"), &number);
    r->number   = number;
    r->in_row   = true;
    r->column   = -1;
    r->count    = 0;
    r->text.len = 0;
}

static void cell_start(SheetReader *r, const char **attrs)
{
    Str type  = str_upto(attr_of(attrs, "t"), (ptrdiff_t)sizeof r->type_mem);
    r->column = column_of_ref(attr_of(attrs, "r"), r->column + 1);
    r->style  = 0;
    r->begin  = r->text.len;
    r->type   = (Str){ r->type_mem, type.n };
    if (type.n) memcpy(r->type_mem, type.s, (size_t)type.n);
    str_i64(attr_of(attrs, "s"), &r->style);
    if (r->column >= XLSX_COLUMNS_MAX) part_refuse(&r->part, "file.broken_xlsx");
}

static void sheet_start(void *user, Str name, const char **attrs)
{
    SheetReader *r = user;
    if (str_eq(name, S("row"))) row_start(r, attrs);
    else if (str_eq(name, S("c")) && r->in_row) cell_start(r, attrs);
    else if (str_eq(name, S("rPh"))) r->skip++;
    else r->in_value = r->in_row && r->column >= 0 && !r->skip && (str_eq(name, S("v")) || str_eq(name, S("t")));
}

static void sheet_text(void *user, Str text)
{
    SheetReader *r = user;
    if (!r->in_value) return;
    buf_put(&r->text, text);
    if (r->text.len - r->begin > CELL_TEXT_MAX) part_refuse(&r->part, "file.long_cell");
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
    Str s = { r->text.data + r->begin, r->text.len - r->begin };
    Buf b = { .data = r->text.data + r->begin, .cap = s.n };
    if (str_find(s, S("_x")) < 0) return;
    for (ptrdiff_t at = 0; at < s.n;) {
        uint32_t rune = s.s[at] == '_' ? escaped_rune(str_from(s, at)) : 0;
        if (rune) buf_rune(&b, rune);
        else buf_char(&b, s.s[at]);
        at += rune ? 7 : 1;
    }
    r->text.len = r->begin + b.len;
}

/* `2024-03-05`, with ` 08:26:00` where the serial has a fraction. */
static bool put_moment(Buf *b, Str value, bool from_1904)
{
    int64_t nano;
    Day     day;
    if (number_read(value, (NumberForm){ .decimal = '.' }, 9, &nano) != CELL_READ || nano < 0) return false;
    int64_t whole = nano / 1000000000, second = round_div((Wide)(nano % 1000000000) * 86400, 1000000000);
    if (second == 86400) whole++, second = 0;
    if (!day_of_serial(whole, from_1904, &day)) return false;
    buf_day(b, day);
    if (second) buf_fmt(b, " %02d:%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    return true;
}

/* 7.7E+9 is 7700000000, with as many of nine places as there is room for. */
static bool put_without_exponent(Buf *b, Str value)
{
    int64_t v;
    if (!memchr(value.s, 'E', (size_t)value.n) && !memchr(value.s, 'e', (size_t)value.n)) return false;
    for (int places = 9; places >= 0; places -= 3)
        if (number_read(value, (NumberForm){ .decimal = '.' }, places, &v) == CELL_READ) return buf_trimmed(b, v, places), true;
    return false;
}

static void put_number(Buf *b, Str value, char decimal)
{
    ptrdiff_t from = b->len;
    if (!put_without_exponent(b, value)) buf_put(b, value);
    char *point = decimal == '.' ? NULL : memchr(b->data + from, '.', (size_t)(b->len - from));
    if (point) *point = decimal;
}

static bool is_date(const SheetReader *r)
{
    return r->style >= 0 && r->style < r->x->styles.n && r->x->styles.s[r->style] == STYLE_DATE;
}

/* The value stands at the end of the row's text; what the cell shows is written behind it. */
static void cell_typed(SheetReader *r, Str type)
{
    Str value = str_trim((Str){ r->text.data + r->begin, r->text.len - r->begin });
    char copy[64];
    if (value.n == 0) return;
    if (str_eq(type, S("b"))) {
        bool yes    = str_eq(value, S("1"));
        r->text.len = r->begin;
        buf_c(&r->text, yes ? "TRUE" : "FALSE");
    } else if ((type.n == 0 || str_eq(type, S("n"))) && value.n < COUNT(copy)) {
        memcpy(copy, value.s, (size_t)value.n);
        value.s     = copy;
        r->text.len = r->begin;
        if (!is_date(r) || !put_moment(&r->text, value, r->x->from_1904)) put_number(&r->text, value, r->decimal);
    }
}

/* The text of the pool is shown where it lies, unless it has to be changed. */
static Str cell_shared(SheetReader *r)
{
    Str     value = str_trim((Str){ r->text.data + r->begin, r->text.len - r->begin });
    int64_t index;
    Str     text = str_i64(value, &index) ? string_at(&r->x->strings, index) : S("");
    r->text.len  = r->begin;
    if (str_find(text, S("_x")) < 0) return text;
    buf_put(&r->text, text);
    cell_unescape(r);
    return S("");
}

static void cell_end(SheetReader *r)
{
    CellText cell = { .at = r->begin };
    if (str_eq(r->type, S("s"))) cell.text = cell_shared(r);
    else if (str_eq(r->type, S("inlineStr")) || str_eq(r->type, S("str"))) cell_unescape(r);
    else cell_typed(r, r->type);
    cell.n = r->text.len - r->begin;
    if (r->column < 0 || r->column >= XLSX_COLUMNS_MAX || cell.n + cell.text.n == 0) return;
    for (; r->count <= r->column; r->count++) r->cell[r->count] = (CellText){ 0 };
    r->cell[r->column] = cell;
}

static void sheet_end(void *user, Str name)
{
    SheetReader *r = user;
    r->in_value    = false;
    if (str_eq(name, S("rPh"))) r->skip--;
    else if (str_eq(name, S("c")) && r->in_row) cell_end(r);
    if (!str_eq(name, S("row"))) return;
    r->in_row    = false;
    r->row_ready = r->count > 0;
    if (r->row_ready) part_pause(&r->part);
}

/* ---- rows ---- */

static SheetReader *reader_of(Xlsx *x)
{
    if (!x->reader) {
        x->reader       = NEW(x->mem, SheetReader);
        x->reader->cell = NEW_N(x->mem, CellText, XLSX_COLUMNS_MAX);
        x->reader->out  = NEW_N(x->mem, Str, XLSX_COLUMNS_MAX);
        x->reader->text = buf_new(x->mem, 1 << 16);
    }
    return x->reader;
}

Err xlsx_begin(Xlsx *x, int sheet, char decimal)
{
    SheetReader *r = reader_of(x);
    if (sheet < 0 || sheet >= x->sheets) return PROBLEM(x->problems, INVALID, NULL, "file.no_sheet");
    TRY(strings_read(x));
    part_close(&r->part);
    r->x       = x;
    r->decimal = decimal;
    r->number  = 0;
    r->in_row  = r->in_value = r->row_ready = false;
    r->skip    = 0;
    r->part    = (Part){ .start = sheet_start, .end = sheet_end, .text = sheet_text, .user = r };
    Err err    = part_open(&r->part, x, str_c(x->mem, x->sheet[sheet].path));
    return err == NOT_FOUND ? PROBLEM(x->problems, INVALID, NULL, "file.broken_xlsx", arg_text("part", x->sheet[sheet].path)) : err;
}

Err xlsx_next(Xlsx *x, XlsxRow *row)
{
    SheetReader *r = x->reader;
    bool         more;
    if (!r->part.parser) return NOT_FOUND;
    r->row_ready = false;
    Err err      = part_read(&r->part, &more);
    if (!more) part_close(&r->part);
    if (err == TOO_LARGE) memory_over();
    if (err != OK || !r->row_ready) return err == OK ? NOT_FOUND : err;
    for (int i = 0; i < r->count; i++) {
        const CellText *cell = &r->cell[i];
        r->out[i]            = cell->text.n ? cell->text : (Str){ r->text.data + cell->at, cell->n };
    }
    *row = (XlsxRow){ .number = r->number, .cell = r->out, .count = r->count };
    return OK;
}
