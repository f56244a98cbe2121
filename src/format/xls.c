/* Workbooks of the old Excel, row by row. */
#include "format/xls.h"
#include "core/pulse.h"
#include "format/bytes.h"

#include <string.h>

enum { RECORD_MAX = 1 << 16, OWN_MEM = 1 << 30, CELLS_MEM = 1 << 28, ASKS_EVERY = 256 };

enum {
    BEGIN = 0x809, END = 0x0A, FORMULA = 0x06, LABEL = 0x204, POOLED = 0xFD, RICH = 0xD6, NUMBER = 0x203, RK = 0x27E,
    RKS = 0xBD, ROW = 0x208, TRUTH = 0x205, TEXT_OF_FORMULA = 0x207, SHARED = 0x4BC, ARRAY = 0x221, TABLE = 0x236,
    MERGED = 0xE5
};

bool xls_record(Xls *x, int64_t at, XlsRecord *r)
{
    char room[4];
    Str  head = cfb_bytes(&x->stream, at, 4, room);
    if (head.n < 4) return false;
    int n   = le16(head.s + 2);
    r->type = le16(head.s);
    r->at   = at;
    r->data = cfb_bytes(&x->stream, at + 4, n, x->room);
    return r->data.n == n;
}

Err xls_refuse(Xls *x, const char *key, int64_t at)
{
    return PROBLEM(x->problems, INVALID, NULL, key, arg_count("byte", cfb_place(&x->stream, at)));
}

static void xls_close(Sheets *w)
{
    Xls *x = (Xls *)w;
    guard_lets_go(&x->held);
    arena_drop(&x->cells);
    Arena own = x->own;
    arena_drop(&own);
}

static void given_up(void *book) { xls_close(book); }

static Err stream_find(Xls *x, Str file)
{
    static const char *const names[] = { "Workbook", "Book", NULL };
    if (file.n > UINT32_MAX / 2) return xls_refuse(x, "file.broken_xls", 0);
    if (!str_starts(file, CFB_HEAD)) {
        x->stream = cfb_whole(x->mem, file);
        return OK;
    }
    Err err = cfb_stream(x->mem, file, names, &x->stream, x->problems);
    return err == NOT_FOUND ? PROBLEM(x->problems, INVALID, NULL, "file.is_document") : err;
}

static Err xls_open(Str file, Sheets **out, Problems *problems)
{
    Arena own = arena_new(OWN_MEM);
    Xls  *x   = NEW(&own, Xls);
    *x        = (Xls){ .as_sheets.reader = &xls_reader, .own = own, .mem = &x->own, .problems = problems };
    x->cells  = arena_new(CELLS_MEM);
    x->may    = sheets_unfold(file.n);
    x->room   = NEW_RAW(x->mem, char, RECORD_MAX);
    guard_holds(&x->held, x, given_up);
    Err err = stream_find(x, file);
    if (err == OK) err = xls_globals(x);
    if (err == OK) row_new(&x->row, x->mem, XLS_COLUMNS_MAX);
    merged_new(&x->merged, x->mem, file.n);
    if (err != OK) xls_close(&x->as_sheets);
    *out = err == OK ? &x->as_sheets : NULL;
    return err;
}

static int xls_sheets(const Sheets *w)
{
    return ((const Xls *)w)->sheets;
}

static Str xls_name(const Sheets *w, int sheet)
{
    return ((const Xls *)w)->sheet[sheet].name;
}

static bool xls_hidden(const Sheets *w, int sheet)
{
    return ((const Xls *)w)->sheet[sheet].hidden;
}

/* ---- where the cells of a sheet are ---- */

/* How long a record of this type is at least; 0: it holds no cell. */
static int cell_size(int type)
{
    switch (type) {
    case FORMULA:
    case NUMBER: return 14;
    case RK:
    case POOLED: return 10;
    case RKS: return 12;
    case LABEL:
    case RICH:
    case TRUTH: return 8;
    default: return 0;
    }
}

/* Bit 5: not shown; bits 0 to 2: how deep it is folded away. */
static void row_note(Xls *x, const XlsRecord *r)
{
    int flags = le16(r->data.s + 12);
    x->outline[le16(r->data.s)]  = (uint8_t)(flags & 7);
    x->put_away[le16(r->data.s)] = (flags & 0x20) && !(flags & 7);
}

/* How many, then the first and last row and the first and last column of each. */
static Err areas_note(Xls *x, const XlsRecord *r)
{
    int n = r->data.n < 2 ? 0 : le16(r->data.s);
    if (r->data.n < 2 + 8 * (ptrdiff_t)n) return xls_refuse(x, "file.broken_xls", r->at);
    for (const char *at = r->data.s + 2; n-- > 0; at += 8)
        if (!merged_add(&x->merged, le16(at) + 1, le16(at + 2) + 1, le16(at + 4), le16(at + 6)))
            return PROBLEM(x->problems, INVALID, NULL, "file.too_many_merged", arg_text("part", S("MERGEDCELLS")));
    return OK;
}

/* Walks the cells of a sheet from its beginning to its end (charts inside it have beginnings and ends of their own):
 * counts those of each row, or, where row_from is set, writes each at its place. */
static Err cells_walk(Xls *x, int64_t at, uint32_t *of_row)
{
    XlsRecord r;
    int       depth = 0;
    for (int64_t n = 0; xls_record(x, at, &r); at += 4 + r.data.n, n++) {
        if (n == 0 && r.type != BEGIN) return xls_refuse(x, "file.broken_xls", at);
        depth += (r.type == BEGIN) - (r.type == END);
        if (depth == 0) return OK;
        if (n % (ASKS_EVERY << 6) == 0) TRY(pulse(x->problems));
        if (depth == 1 && r.type == ROW && r.data.n >= 14) row_note(x, &r);
        if (depth == 1 && r.type == MERGED && !x->place) TRY(areas_note(x, &r));
        int size = depth == 1 ? cell_size(r.type) : 0;
        if (size == 0) continue;
        if (r.data.n < size) return xls_refuse(x, "file.broken_xls", at);
        int row = le16(r.data.s);
        if (x->place) x->place[of_row[row]++] = (uint32_t)at;
        else of_row[row]++;
    }
    return xls_refuse(x, "file.cut", x->stream.size);
}

/* Some writers put cells down in the order in which they were told them: they are counted by row, then placed. */
static Err cells_find(Xls *x, int64_t at)
{
    uint32_t *of_row = NEW_N(&x->cells, uint32_t, XLS_ROWS_MAX), total = 0;
    x->place         = NULL;
    x->row_from      = NEW_N(&x->cells, uint32_t, XLS_ROWS_MAX + 1);
    x->put_away      = NEW_N(&x->cells, bool, XLS_ROWS_MAX);
    x->outline       = NEW_N(&x->cells, uint8_t, XLS_ROWS_MAX);
    TRY(cells_walk(x, at, of_row));
    for (int row = 0; row < XLS_ROWS_MAX; row++) {
        x->row_from[row] = total;
        total += of_row[row];
        of_row[row] = x->row_from[row];
        if (total > x->row_from[row]) x->rows = row + 1;
    }
    x->row_from[XLS_ROWS_MAX] = total;
    x->place                  = NEW_RAW(&x->cells, uint32_t, total);
    return total ? cells_walk(x, at, of_row) : OK;
}

static Err xls_begin(Sheets *w, int sheet, char decimal)
{
    Xls *x = (Xls *)w;
    if (sheet < 0 || sheet >= x->sheets) return PROBLEM(x->problems, INVALID, NULL, "file.no_sheet");
    arena_reset(&x->cells, 0);
    x->rows    = 0;
    x->at      = 0;
    x->decimal = decimal;
    merged_begin(&x->merged);
    return cells_find(x, x->sheet[sheet].at);
}

static int xls_percent(const Sheets *w)
{
    const Xls *x = (const Xls *)w;
    return x->rows ? (int)(x->at * 100 / x->rows) : 100;
}

/* ---- one cell ---- */

/* A number in 30 bits: whole or the upper part of a double, perhaps in hundredths. */
static double rk_value(uint32_t rk)
{
    uint64_t bits = (uint64_t)(rk & ~3u) << 32;
    double   v;
    memcpy(&v, &bits, sizeof v);
    if (rk & 2) v = (double)((int32_t)rk >> 2);
    return rk & 1 ? v / 100 : v;
}

static void put_cell_value(Xls *x, double v, int style)
{
    bool date = style < x->styles.len && x->styles.data[style];
    put_value(&x->row.text, v, x->decimal, date, x->from_1904);
}

static const char *error_name(int code)
{
    switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    default: return "#N/A";
    }
}

static void put_truth(Xls *x, int value, bool error)
{
    buf_c(&x->row.text, error ? error_name(value) : value ? "TRUE" : "FALSE");
}

/* The text of a formula's value stands behind it; a formula that others share or that fills a range may come first. */
static bool put_text_of_formula(Xls *x, const XlsRecord *formula)
{
    XlsRecord r = *formula;
    do {
        if (!xls_record(x, r.at + 4 + r.data.n, &r)) return false;
    } while (r.type == SHARED || r.type == ARRAY || r.type == TABLE);
    return r.type == TEXT_OF_FORMULA && xls_text(x, &r, 0, 2, &x->row.text);
}

/* The last value: a number, or, behind two bytes of ones, what else it is. */
static bool put_formula(Xls *x, const XlsRecord *r)
{
    const char *value = r->data.s + 6;
    if (le16(value + 6) != 0xFFFF) {
        put_cell_value(x, le_double(value), le16(r->data.s + 4));
        return true;
    }
    if (value[0] == 0) return put_text_of_formula(x, r);
    if (value[0] == 1 || value[0] == 2) put_truth(x, (unsigned char)value[2], value[0] == 2);
    return true;
}

static bool cell_put(Xls *x, const XlsRecord *r)
{
    const char *data = r->data.s;
    switch (r->type) {
    case FORMULA: return put_formula(x, r);
    case NUMBER: put_cell_value(x, le_double(data + 6), le16(data + 4)); return true;
    case RK: put_cell_value(x, rk_value(le32(data + 6)), le16(data + 4)); return true;
    case TRUTH: put_truth(x, (unsigned char)data[6], data[7] != 0); return true;
    case POOLED: return xls_pool_text(x, le32(data + 6), &x->row.text);
    default: return xls_text(x, r, 6, 2, &x->row.text);
    }
}

/* Several numbers beside each other. */
static Err numbers_put(Xls *x, const XlsRecord *r)
{
    int first = le16(r->data.s + 2), n = (int)(r->data.n - 6) / 6;
    if (first + n > XLS_COLUMNS_MAX) return xls_refuse(x, "file.broken_xls", r->at);
    for (int i = 0; i < n; i++) {
        put_cell_value(x, rk_value(le32(r->data.s + 6 + 6 * i)), le16(r->data.s + 4 + 6 * i));
        row_cell_ends(&x->row, first + i, S(""));
    }
    return OK;
}

static Err record_put(Xls *x, int64_t at)
{
    XlsRecord r;
    if (!xls_record(x, at, &r)) return xls_refuse(x, "file.cut", x->stream.size);
    if (r.type == RKS) return numbers_put(x, &r);
    int column = le16(r.data.s + 2);
    if (column >= XLS_COLUMNS_MAX || !cell_put(x, &r)) return xls_refuse(x, "file.broken_xls", at);
    if (x->row.text.len - x->row.begin > CELL_TEXT_MAX) return xls_refuse(x, "file.broken_xls", at);
    row_cell_ends(&x->row, column, S(""));
    return OK;
}

static Err row_put(Xls *x, int64_t row)
{
    row_clear(&x->row);
    for (uint32_t i = x->row_from[row]; i < x->row_from[row + 1]; i++) {
        TRY(record_put(x, x->place[i]));
        int64_t told = x->told + x->row.text.len;
        if (told > 2 * x->may)
            return PROBLEM(x->problems, INVALID, NULL, "file.bomb", arg_count("megabytes", told >> 20),
                           arg_text("part", S("SST")));
    }
    x->told += x->row.text.len;
    return row % ASKS_EVERY ? OK : pulse(x->problems);
}

static Err xls_next(Sheets *w, SheetRow *row)
{
    Xls *x = (Xls *)w;
    while (x->at < x->rows) {
        TRY(row_put(x, x->at++));
        if (x->row.count == 0) continue;
        TRY(merged_fill(&x->merged, x->at, &x->row, x->problems));
        *row          = row_given(&x->row, x->at);
        row->put_away = x->put_away[x->at - 1];
        row->outline  = x->outline[x->at - 1];
        return OK;
    }
    return NOT_FOUND;
}

const SheetsReader xls_reader = {
    .kind = FILE_XLS, .open = xls_open, .sheets = xls_sheets, .name = xls_name, .hidden = xls_hidden,
    .begin = xls_begin, .next = xls_next, .percent = xls_percent, .close = xls_close,
};
