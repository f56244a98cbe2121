/* A workbook written row by row. */
#include "format/xlsx_out.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { PLACES_MAX = 9, CELL_CHARACTERS = 32767, NAME_CHARACTERS = 31, ROWS_MAX = 1048576 };

struct XlsxOut {
    Arena            *mem;
    lxw_workbook     *book;
    Holding           held;
    lxw_worksheet    *sheet;
    lxw_format       *header, *money, *day, *number[PLACES_MAX + 1];
    Str               name;
    const OutColumn  *columns;
    int               columns_count;
    lxw_row_t         row;
    bool              failed;
};

static lxw_format *format_of(XlsxOut *x, const char *code)
{
    lxw_format *f = workbook_add_format(x->book);
    format_set_num_format(f, code);
    return f;
}

enum { MADE_AT = 315532800 }; /* 1980-01-01, as the parts of the archive say */

/* Nobody will close it any more. */
static void given_up(void *out)
{
    XlsxOut *x = out;
    lxw_workbook_free(x->book);
    x->book = NULL;
}

XlsxOut *xlsx_out_open(Arena *mem, const char *path)
{
    static const char *const codes[PLACES_MAX + 1] = { "#,##0",          "#,##0.0",       "#,##0.00",
                                                       "#,##0.000",      "#,##0.0000",    "#,##0.00000",
                                                       "#,##0.000000",   "#,##0.0000000", "#,##0.00000000",
                                                       "#,##0.000000000" };
    lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = getenv("TMPDIR") };
    XlsxOut *x = NEW(mem, XlsxOut);
    x->mem     = mem;
    x->book    = workbook_new_opt(path, &options);
    x->failed  = !x->book;
    if (x->failed) return x;
    guard_holds(&x->held, x, given_up);
    workbook_set_properties(x->book, &(lxw_doc_properties){ .created = MADE_AT }); /* equal contents, equal bytes */
    x->header = workbook_add_format(x->book);
    format_set_bold(x->header);
    format_set_bottom(x->header, LXW_BORDER_THIN);
    format_set_bg_color(x->header, 0xF1F3F5);
    format_set_text_wrap(x->header);
    format_set_align(x->header, LXW_ALIGN_VERTICAL_TOP);
    x->money = format_of(x, "#,##0.00");
    x->day   = format_of(x, "dd.mm.yyyy");
    for (int i = 0; i <= PLACES_MAX; i++) x->number[i] = format_of(x, codes[i]);
    return x;
}

static bool fits_a_name(uint32_t r)
{
    return r >= ' ' && r != '[' && r != ']' && r != ':' && r != '*' && r != '?' && r != '/' && r != '\\' && r != '\'';
}

/* `number` 1: as it is; from 2 on it stands behind the name. */
static char *sheet_name(Arena *mem, Str name, int number)
{
    char tail[16] = "";
    Buf  b        = buf_new(mem, 4 * NAME_CHARACTERS + 16), t = { .data = tail, .cap = sizeof tail };
    if (number > 1) buf_fmt(&t, " %d", number);
    ptrdiff_t characters = 0;
    for (ptrdiff_t at = 0; at < name.n && characters < NAME_CHARACTERS - t.len;) {
        uint32_t r = utf8_next(name, &at);
        if (!fits_a_name(r)) continue;
        buf_rune(&b, r);
        characters += r >= 0x10000 ? 2 : 1;
    }
    if (b.len == 0) buf_char(&b, '1');
    buf_put(&b, buf_str(&t));
    return str_c(mem, buf_str(&b));
}

static int characters_of(Str s)
{
    int n = 0;
    for (ptrdiff_t at = 0; at < s.n; n++) utf8_next(s, &at);
    return n;
}

static bool is_escape(Str s)
{
    if (s.n < 7 || s.s[0] != '_' || s.s[1] != 'x' || s.s[6] != '_') return false;
    return strspn(s.s + 2, "0123456789abcdefABCDEF") >= 4;
}

/* Cut to what a cell holds; what looks like an escape (18.4.8, ST_Xstring) is escaped itself. */
static char *cell_text(Arena *mem, Str text)
{
    Buf b = buf_new(mem, text.n + 8);
    int n = 0;
    for (ptrdiff_t at = 0; at < text.n && n < CELL_CHARACTERS - 8; n++) {
        if (is_escape(str_from(text, at))) buf_c(&b, "_x005F"), n += 6;
        uint32_t r = utf8_next(text, &at);
        buf_rune(&b, r ? r : 0xFFFD);
    }
    buf_char(&b, 0);
    return b.data;
}

static void write_text(XlsxOut *x, lxw_row_t row, int column, Str text, lxw_format *format)
{
    Arena scratch = *x->mem;
    worksheet_write_string(x->sheet, row, (lxw_col_t)column, cell_text(&scratch, text), format);
}

static void header_write(XlsxOut *x)
{
    for (int i = 0; i < x->columns_count; i++) {
        const OutColumn *c = &x->columns[i];
        int width = c->width ? c->width : characters_of(c->title) + 4;
        worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
        write_text(x, 0, i, c->title, x->header);
    }
    worksheet_freeze_panes(x->sheet, 1, 0);
    x->row = 1;
}

static void sheet_begin(XlsxOut *x)
{
    x->sheet = NULL;
    for (int number = 1; number < 1000 && !x->sheet; number++) {
        char *name = sheet_name(x->mem, x->name, number);
        if (workbook_validate_sheet_name(x->book, name) == LXW_NO_ERROR)
            x->sheet = workbook_add_worksheet(x->book, name);
    }
    x->failed = x->failed || !x->sheet;
    if (x->sheet) header_write(x);
}

void xlsx_out_sheet(XlsxOut *x, Str name, const OutColumn *columns, int count)
{
    OutColumn *kept = NEW_N(x->mem, OutColumn, count);
    for (int i = 0; i < count; i++) kept[i] = (OutColumn){ str_copy(x->mem, columns[i].title), columns[i].width };
    x->name          = str_copy(x->mem, name);
    x->columns       = kept;
    x->columns_count = count;
    if (!x->failed) sheet_begin(x);
}

static double scaled(const OutCell *cell)
{
    double unit = 1;
    for (int i = 0; i < cell->places; i++) unit *= 10;
    return (double)cell->value / unit;
}

/* As many places as the number needs. */
static lxw_format *number_format(const XlsxOut *x, const OutCell *cell)
{
    int     places = cell->places;
    int64_t value  = cell->value;
    for (; places > 0 && value % 10 == 0; places--) value /= 10;
    return x->number[places];
}

static void cell_write(XlsxOut *x, int column, const OutCell *cell)
{
    const int first_of_1900 = 25569; /* 1970-01-01 as a serial */
    switch (cell->kind) {
    case OUT_EMPTY: break;
    case OUT_TEXT: write_text(x, x->row, column, cell->text, NULL); break;
    case OUT_NUMBER:
        worksheet_write_number(x->sheet, x->row, (lxw_col_t)column, scaled(cell), number_format(x, cell));
        break;
    case OUT_MONEY: worksheet_write_number(x->sheet, x->row, (lxw_col_t)column, scaled(cell), x->money); break;
    case OUT_DAY:
        worksheet_write_number(x->sheet, x->row, (lxw_col_t)column, (double)(cell->value + first_of_1900), x->day);
        break;
    }
}

void xlsx_out_row(XlsxOut *x, const OutCell *cells, int count)
{
    if (x->failed) return;
    if (x->row == ROWS_MAX) sheet_begin(x);
    for (int i = 0; i < count && !x->failed; i++) cell_write(x, i, &cells[i]);
    x->row++;
}

Err xlsx_out_close(XlsxOut *x, Problems *problems)
{
    guard_lets_go(&x->held);
    bool written = x->book && workbook_close(x->book) == LXW_NO_ERROR && !x->failed;
    return written ? OK : PROBLEM(problems, BROKEN, NULL, "file.not_written");
}
