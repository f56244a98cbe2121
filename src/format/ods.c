/* Tables of OpenDocument, row by row: all sheets stand one behind another in one part of the zip.
 *
 * It is read once for their names; a sheet that stands behind the one that was begun last is come to from there, any
 * other one from the beginning.  A cell or a row that says it repeats is given as often as it says, within what the
 * file may unfold to: equal rows that follow each other are written so.
 *
 * Source of the format: OpenDocument 1.2, part 1, chapters 9 and 19. */
#include "format/sheet_merged.h"
#include "format/zipped.h"

#include <string.h>

enum { OWN_MEM = 1 << 30, CELL_COSTS = 32 /* bytes at least, written by itself */ };

typedef struct {
    Str  name, style;
    bool hidden;
} Table;

typedef struct {
    Sheets    as_sheets;
    Arena     own, *mem;
    Problems *problems;
    Zipped    zip;
    Part      part;
    Table    *table;
    int64_t   tables;
    Str      *hidden;      /* styles of tables that are not displayed */
    int       hiddens;
    Str       style;       /* the current one, while styles are read */
    bool      is_sheets, is_locked;
    /* a sheet that is being read */
    int64_t   wanted, seen; /* which, and how many have begun; from 1 */
    int       depth;        /* of tables inside each other            */
    bool      ended;
    char      decimal;
    int64_t   number, repeats; /* of the row that is ready, which is given so often more */
    bool      in_row, in_cell, in_text, ready, put_away;
    int64_t   row_repeats, cell_repeats;
    int       groups, outline; /* of rows that are open; of the row that is ready */
    int       column, paragraphs, skip;
    bool      has_value;    /* the text of the cell is not asked for */
    bool      is_formula;
    int64_t   told;
    RowText   row;
    Merged    merged;
    Holding   held;
} Ods;

static int64_t number_of(const char **attrs, const char *name, int64_t usual)
{
    int64_t v = usual;
    str_i64(attr_of(attrs, name), &v);
    return v < 1 ? 1 : v;
}

/* ---- what there is ---- */

static void styles_start(Ods *o, Str name, const char **attrs)
{
    if (str_eq(name, S("style"))) o->style = str_copy(o->mem, attr_of(attrs, "name"));
    if (!str_eq(name, S("table-properties")) || !str_eq(attr_of(attrs, "display"), S("false"))) return;
    if (o->hiddens < SHEETS_MAX) o->hidden[o->hiddens++] = o->style;
}

static bool is_hidden(const Ods *o, Str style)
{
    for (int i = 0; i < o->hiddens; i++)
        if (str_eq(o->hidden[i], style)) return true;
    return false;
}

static void table_add(Ods *o, const char **attrs)
{
    if (o->tables++ >= SHEETS_MAX) return;
    o->table[o->tables - 1] = (Table){ .name = str_copy(o->mem, attr_of(attrs, "name")),
                                       .hidden = is_hidden(o, attr_of(attrs, "style-name")) };
}

static void names_start(void *user, Str name, const char **attrs)
{
    Ods *o = user;
    if (str_eq(name, S("spreadsheet"))) o->is_sheets = true;
    else if (!o->is_sheets) styles_start(o, name, attrs);
    else if (str_eq(name, S("table")) && o->depth++ == 0) table_add(o, attrs);
}

static void names_end(void *user, Str name)
{
    Ods *o = user;
    if (o->is_sheets && str_eq(name, S("table"))) o->depth--;
}

static void manifest_start(void *user, Str name, const char **attrs)
{
    (void)attrs;
    if (str_eq(name, S("encryption-data"))) ((Ods *)user)->is_locked = true;
}

static Err names_read(Ods *o)
{
    o->table  = NEW_N(o->mem, Table, SHEETS_MAX);
    o->hidden = NEW_N(o->mem, Str, SHEETS_MAX);
    Err err   = part_run(&(Part){ .start = manifest_start, .user = o }, &o->zip, "META-INF/manifest.xml");
    if (err != OK && err != NOT_FOUND) return err;
    if (o->is_locked) return PROBLEM(o->problems, INVALID, NULL, "file.is_encrypted");
    err = part_run(&(Part){ .start = names_start, .end = names_end, .user = o }, &o->zip, "content.xml");
    if (err == NOT_FOUND)
        return PROBLEM(o->problems, INVALID, NULL, "file.broken_xlsx", arg_text("part", S("content.xml")));
    TRY(err);
    if (!o->is_sheets) return PROBLEM(o->problems, INVALID, NULL, "file.is_document");
    if (o->tables > SHEETS_MAX) return sheets_too_many(o->problems, o->tables);
    return o->tables ? OK : PROBLEM(o->problems, INVALID, NULL, "file.no_sheet");
}

static void ods_close(Sheets *w)
{
    Ods *o = (Ods *)w;
    guard_lets_go(&o->held);
    part_close(&o->part);
    zipped_close(&o->zip);
    Arena own = o->own;
    arena_drop(&own);
}

static void given_up(void *book) { ods_close(book); }

static Err ods_open(Str file, Sheets **out, Problems *problems)
{
    Arena own = arena_new(OWN_MEM);
    Ods  *o   = NEW(&own, Ods);
    *o        = (Ods){ .as_sheets.reader = &ods_reader, .own = own, .mem = &o->own, .problems = problems };
    guard_holds(&o->held, o, given_up);
    Err err = zipped_open(&o->zip, file, problems);
    if (err == OK) err = names_read(o);
    if (err == OK) row_new(&o->row, o->mem, SHEET_COLUMNS_MAX);
    merged_new(&o->merged, o->mem, file.n);
    if (err != OK) ods_close(&o->as_sheets);
    *out = err == OK ? &o->as_sheets : NULL;
    return err;
}

static int ods_sheets(const Sheets *w)
{
    return (int)((const Ods *)w)->tables;
}

static Str ods_name(const Sheets *w, int sheet)
{
    return ((const Ods *)w)->table[sheet].name;
}

static bool ods_is_hidden(const Sheets *w, int sheet)
{
    return ((const Ods *)w)->table[sheet].hidden;
}

/* ---- one cell ---- */

/* `2024-03-05`, or `2024-03-05T08:26:00.5` as `2024-03-05 08:26:00`; midnight is a day. */
static void put_date(Buf *b, Str value)
{
    Str day = str_upto(value, 10), clock = str_upto(str_from(value, value.n > 11 ? 11 : value.n), 8);
    buf_put(b, day);
    if (clock.n == 0 || str_eq(clock, S("00:00:00"))) return;
    buf_char(b, ' ');
    buf_put(b, clock);
}

/* What the cell holds, where it says so; else its text is what it holds (a span of time, too). */
static bool put_told(Ods *o, const char **attrs)
{
    Str  type = attr_of(attrs, "value-type"), value = attr_of(attrs, "value");
    Buf *b    = &o->row.text;
    if (str_eq(type, S("float")) || str_eq(type, S("currency")) || str_eq(type, S("percentage")))
        put_number(b, str_trim(value), o->decimal);
    else if (str_eq(type, S("date"))) put_date(b, attr_of(attrs, "date-value"));
    else if (str_eq(type, S("boolean")))
        buf_c(b, str_eq(attr_of(attrs, "boolean-value"), S("true")) ? "TRUE" : "FALSE");
    else if (str_eq(type, S("string"))) buf_put(b, attr_of(attrs, "string-value"));
    return b->len > o->row.begin;
}

/* A row that is said to repeat has no cells that go down. */
static void area_note(Ods *o, const char **attrs)
{
    int64_t down = number_of(attrs, "number-rows-spanned", 1), across = number_of(attrs, "number-columns-spanned", 1);
    if ((down == 1 && across == 1) || o->row_repeats > 1 || down > SHEET_ROWS_MAX || across > SHEET_COLUMNS_MAX) return;
    if (!merged_add(&o->merged, o->number + 1, o->number + down, o->column, o->column + across - 1))
        part_refuse(&o->part, "file.too_many_merged");
}

static void cell_start(Ods *o, const char **attrs)
{
    area_note(o, attrs);
    o->in_cell      = true;
    o->paragraphs   = 0;
    o->cell_repeats = number_of(attrs, "number-columns-repeated", 1);
    o->has_value    = put_told(o, attrs);
    o->is_formula   = attr_of(attrs, "formula").n > 0;
}

/* Blanks beyond the first are written as elements. */
static void blank_put(Ods *o, Str name, const char **attrs)
{
    int64_t n = str_eq(name, S("s")) ? number_of(attrs, "c", 1) : 0;
    for (int64_t i = 0; i < n && i < CELL_TEXT_MAX; i++) buf_char(&o->row.text, ' ');
    if (str_eq(name, S("tab"))) buf_char(&o->row.text, '\t');
    if (str_eq(name, S("line-break"))) buf_char(&o->row.text, '\n');
}

/* Notes and drawings stand in cells without being of their text. */
static bool is_beside(Str name)
{
    return str_eq(name, S("annotation")) || str_eq(name, S("frame")) || str_eq(name, S("custom-shape")) ||
           str_eq(name, S("shapes"));
}

static void long_refuse(Ods *o)
{
    if (o->row.text.len - o->row.begin > CELL_TEXT_MAX) part_refuse(&o->part, "file.long_cell");
}

static void text_start(Ods *o, Str name, const char **attrs)
{
    if (is_beside(name)) o->skip++;
    else if (o->skip || o->has_value) return;
    else if (!str_eq(name, S("p"))) blank_put(o, name, attrs);
    else {
        if (o->paragraphs++) buf_char(&o->row.text, '\n');
        o->in_text = true;
    }
    long_refuse(o);
}

/* A cell that holds something stands in each of its columns; one without anything may go on as far as it likes. */
static void cell_end(Ods *o)
{
    bool filled = o->row.text.len > o->row.begin;
    o->in_cell  = false;
    o->as_sheets.unvalued += !filled && o->is_formula;
    if (filled && o->cell_repeats > SHEET_COLUMNS_MAX - o->column) {
        part_refuse(&o->part, "file.broken_xlsx");
        return;
    }
    if (filled) {
        row_cell_ends(&o->row, o->column, S(""));
        row_cell_repeats(&o->row, o->column, (int)o->cell_repeats);
    }
    o->column = o->cell_repeats > SHEET_COLUMNS_MAX - o->column ? SHEET_COLUMNS_MAX : o->column + (int)o->cell_repeats;
}

/* ---- rows ---- */

static void row_start(Ods *o, const char **attrs)
{
    row_clear(&o->row);
    o->in_row      = true;
    o->column      = 0;
    o->row_repeats = number_of(attrs, "number-rows-repeated", 1);
    o->put_away    = str_eq(attr_of(attrs, "visibility"), S("filter"));
    o->outline     = o->groups;
}

static void row_end(Ods *o)
{
    o->in_row = false;
    if (o->row_repeats > SHEET_ROWS_MAX) o->row_repeats = SHEET_ROWS_MAX;
    o->ready   = o->row.count > 0;
    o->repeats = o->ready ? o->row_repeats : 0;
    if (!o->ready) o->number += o->row_repeats;
    else if (o->number + o->row_repeats > SHEET_ROWS_MAX) part_refuse(&o->part, "file.broken_xlsx");
    else part_pause(&o->part);
}

static void sheet_start(void *user, Str name, const char **attrs)
{
    Ods *o = user;
    if (str_eq(name, S("table")) && o->depth++ == 0) o->seen++;
    if (o->depth != 1 || o->seen != o->wanted) return;
    if (o->in_cell) text_start(o, name, attrs);
    else if (str_eq(name, S("table-row"))) row_start(o, attrs);
    else if (str_eq(name, S("table-row-group"))) o->groups++;
    else if (o->in_row && (str_eq(name, S("table-cell")) || str_eq(name, S("covered-table-cell"))))
        cell_start(o, attrs);
}

static void sheet_end(void *user, Str name)
{
    Ods *o = user;
    if (str_eq(name, S("table")) && --o->depth == 0 && o->seen == o->wanted) {
        o->ended = true;
        part_pause(&o->part);
    }
    if (o->depth != 1 || o->seen != o->wanted) return;
    if (o->in_cell && str_eq(name, S("p"))) o->in_text = false;
    else if (o->in_cell && is_beside(name)) o->skip--;
    else if (o->in_cell && (str_eq(name, S("table-cell")) || str_eq(name, S("covered-table-cell")))) cell_end(o);
    else if (o->in_row && str_eq(name, S("table-row"))) row_end(o);
    else if (str_eq(name, S("table-row-group"))) o->groups--;
}

static void sheet_text(void *user, Str text)
{
    Ods *o = user;
    if (!o->in_text || o->skip) return;
    buf_put(&o->row.text, text);
    long_refuse(o);
}

static Err ods_begin(Sheets *w, int sheet, char decimal)
{
    Ods *o = (Ods *)w;
    if (sheet < 0 || sheet >= o->tables) return PROBLEM(o->problems, INVALID, NULL, "file.no_sheet");
    bool goes_on = o->part.parser && o->wanted <= sheet;
    o->wanted    = sheet + 1;
    o->decimal   = decimal;
    o->number = o->repeats = 0;
    o->ended = o->in_row = o->in_cell = o->in_text = o->ready = false;
    o->skip = o->groups = 0;
    merged_begin(&o->merged);
    if (goes_on) return OK;
    part_close(&o->part);
    o->seen  = 0;
    o->depth = 0;
    o->part  = (Part){ .start = sheet_start, .end = sheet_end, .text = sheet_text, .user = o };
    return part_open(&o->part, &o->zip, "content.xml");
}

static Err row_read(Ods *o)
{
    bool more;
    o->ready = false;
    if (o->ended || !o->part.parser) return NOT_FOUND;
    Err err = part_read(&o->part, &more);
    if (!more) part_close(&o->part);
    if (err == TOO_LARGE) memory_over();
    return err == OK && !o->ready ? NOT_FOUND : err;
}

static Err ods_next(Sheets *w, SheetRow *row)
{
    Ods *o = (Ods *)w;
    if (o->repeats == 0) TRY(row_read(o));
    o->repeats--;
    o->told += (int64_t)o->row.count * CELL_COSTS + o->row.text.len;
    if (o->told > 2 * sheets_unfold(o->zip.packed))
        return PROBLEM(o->problems, INVALID, NULL, "file.bomb", arg_count("megabytes", o->told >> 20),
                       arg_text("part", S("content.xml")));
    TRY(merged_fill(&o->merged, ++o->number, &o->row, o->problems));
    *row          = row_given(&o->row, o->number);
    row->put_away = o->put_away;
    row->outline  = o->outline;
    return OK;
}

static int ods_percent(const Sheets *w)
{
    const Part *p = &((const Ods *)w)->part;
    return p->size ? (int)(p->done * 100 / p->size) : 100;
}

const SheetsReader ods_reader = {
    .kind = FILE_ODS, .open = ods_open, .sheets = ods_sheets, .name = ods_name, .hidden = ods_is_hidden,
    .begin = ods_begin, .next = ods_next, .percent = ods_percent, .close = ods_close,
};
