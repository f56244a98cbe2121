/* A row of a sheet, cell by cell. */
#include "format/sheet_row.h"
#include "core/utf8.h"
#include "format/charset.h"
#include "format/dates.h"
#include "format/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void row_new(RowText *r, Arena *mem, int room)
{
    *r = (RowText){ .cell = NEW_N(mem, CellText, room), .out = NEW_N(mem, Str, room), .room = room };
    r->looks = NEW_N(mem, CellLook, room);
    r->text = buf_new(mem, 1 << 16);
}

void row_clear(RowText *r)
{
    r->count    = 0;
    r->begin    = 0;
    r->text.len = 0;
}

void row_cell_ends(RowText *r, int column, Str text)
{
    CellText cell = { .at = r->begin, .n = r->text.len - r->begin, .look = r->look };
    if (cell.n == 0) cell.text = text;
    r->begin = r->text.len;
    if (cell.n + cell.text.n == 0) return;
    for (; r->count <= column; r->count++) r->cell[r->count] = (CellText){ 0 };
    r->cell[column] = cell;
}

void row_cell_repeats(RowText *r, int column, int times)
{
    for (int i = 1; i < times; i++) r->cell[column + i] = r->cell[column];
    if (times > 1 && r->count < column + times) r->count = column + times;
}

SheetRow row_given(const RowText *r, int64_t number)
{
    for (int i = 0; i < r->count; i++) {
        const CellText *cell = &r->cell[i];
        r->out[i]            = cell->text.n ? cell->text : (Str){ r->text.data + cell->at, cell->n };
        r->looks[i]          = cell->look;
    }
    return (SheetRow){ .number = number, .cell = r->out, .count = r->count, .look = r->looks };
}

bool put_moment(Buf *b, int64_t nano, bool from_1904)
{
    Day     day;
    int64_t whole = nano / 1000000000, second = round_div((Wide)(nano % 1000000000) * 86400, 1000000000);
    if (nano < 0) return false;
    if (second == 86400) whole++, second = 0;
    if (!day_of_serial(whole, from_1904, &day)) return false;
    buf_day(b, day);
    if (second) buf_fmt(b, " %02d:%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
    return true;
}

static bool put_without_exponent(Buf *b, Str value)
{
    int64_t v;
    if (value.n == 0) return true;
    if (!memchr(value.s, 'E', (size_t)value.n) && !memchr(value.s, 'e', (size_t)value.n)) return false;
    for (int places = 9; places >= 0; places -= 3)
        if (number_read(value, (NumberForm){ .decimal = '.' }, places, &v) == CELL_READ)
            return buf_trimmed(b, v, places), true;
    return false;
}

static void point_as(Buf *b, ptrdiff_t from, char decimal)
{
    char *point = decimal == '.' ? NULL : memchr(b->data + from, '.', (size_t)(b->len - from));
    if (point) *point = decimal;
}

void put_number(Buf *b, Str value, char decimal)
{
    ptrdiff_t from = b->len;
    if (!put_without_exponent(b, value)) buf_put(b, value);
    point_as(b, from, decimal);
}

void put_text(Buf *b, Encoding encoding, Str bytes)
{
    if (encoding != ENC_UTF8 || utf8_first_bad(bytes) < 0) text_to_utf8(encoding, bytes, b);
    else
        for (ptrdiff_t at = 0; at < bytes.n;) buf_rune(b, utf8_next(bytes, &at));
}

/* Nearly every number of a table is a whole one, or one of two, four or six places. */
static bool put_exact(Buf *b, double value)
{
    static const double scale[] = { 1, 1e2, 1e4, 1e6 };
    for (int i = 0; i < COUNT(scale); i++) {
        double scaled = value * scale[i];
        if (!(fabs(scaled) < 9e15)) return false;
        double whole = nearbyint(scaled);
        if (whole / scale[i] != value) continue;
        buf_trimmed(b, (int64_t)whole, 2 * i);
        return true;
    }
    return false;
}

void put_double(Buf *b, double value, char decimal)
{
    char      text[32];
    ptrdiff_t from = b->len;
    if (put_exact(b, value)) {
        point_as(b, from, decimal);
        return;
    }
    int n = isfinite(value) ? snprintf(text, sizeof text, "%.15g", value) : 0;
    put_number(b, (Str){ text, n }, decimal);
}

void put_value(Buf *b, double value, char decimal, bool date, bool from_1904)
{
    if (date && value >= 0 && value < 1e7 && put_moment(b, (int64_t)nearbyint(value * 1e9), from_1904)) return;
    put_double(b, value, decimal);
}
