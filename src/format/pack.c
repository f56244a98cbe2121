/* An archive of several tables, read as one workbook: each table is a sheet of it, called as its file is, and each
 * sheet of a packed workbook is one.
 *
 * All files are unpacked when the archive is opened, into files without names; a workbook among them is opened when one
 * of its sheets is begun.  What is no table is no sheet; a table that is damaged, or an archive in the archive, ends
 * the opening with its problem. */
#include "format/charset.h"
#include "format/converted.h"
#include "format/csv_out.h"
#include "format/kind.h"
#include "format/mapped.h"
#include "format/recognise.h"
#include "format/zip_files.h"

#include <string.h>
#include <unistd.h>

enum { OWN_MEM = 1 << 30, BLOCK = 1 << 16, ROW_MEM = 1 << 30, LOOK_MEM = 1 << 30 };

/* A file that was packed. */
typedef struct {
    Str       name, bytes;
    TableForm form;    /* of a text, which is UTF-8 by now   */
    bool      is_book;
} Member;

typedef struct {
    Str  name;
    int  member, inner; /* which sheet of which file */
    bool hidden;
} PackSheet;

typedef struct {
    Sheets     as_sheets;
    Arena      own, *mem, cells; /* cells: of a text's row, and what is looked at */
    Problems  *problems;
    Zipped     zip;
    zip_file_t *from;
    int        fd;         /* of the file that is being unpacked; -1: none is */
    Member    *member;     /* [members] */
    int        members;
    PackSheet *sheet;      /* [sheets]  */
    int        sheets;
    int        at;         /* the member that is being read, -1: none yet */
    Sheets    *book;       /* it, where it is a workbook                  */
    CsvReader  csv;        /* it, where it is a text                      */
    int64_t    line;
    Holding    held;
} Pack;

static void pack_close(Sheets *w)
{
    Pack *p = (Pack *)w;
    guard_lets_go(&p->held);
    if (p->book) sheets_close(p->book);
    if (p->from) zip_fclose(p->from);
    if (p->fd >= 0) close(p->fd);
    zipped_close(&p->zip);
    for (int i = 0; i < p->members; i++) mapped_close(p->member[i].bytes);
    arena_drop(&p->cells);
    Arena own = p->own;
    arena_drop(&own);
}

/* Its workbook is held by itself. */
static void given_up(void *pack)
{
    ((Pack *)pack)->book = NULL;
    pack_close(pack);
}

/* ---- unpacking ---- */

static Err file_write(Pack *p, Str name)
{
    char       *block = NEW_RAW(&p->cells, char, BLOCK);
    zip_int64_t n;
    while ((n = zip_fread(p->from, block, BLOCK)) > 0) {
        TRY(zipped_wanted(&p->zip, name, n));
        if (!temporary_write(&p->fd, (Str){ block, n })) return PROBLEM(p->problems, BROKEN, NULL, "file.no_temporary");
    }
    return n < 0 ? zip_file_refused(&p->zip, name) : OK;
}

static Err file_unpack(Pack *p, int64_t part, Str name, Str *out)
{
    p->fd   = temporary_open();
    p->from = zip_fopen_index(p->zip.zip, (zip_uint64_t)part, 0);
    Err err = p->fd < 0 ? PROBLEM(p->problems, BROKEN, NULL, "file.no_temporary") : OK;
    if (err == OK) err = p->from ? file_write(p, name) : zip_file_refused(&p->zip, name);
    if (err == OK && mapped_of(p->fd, out) != OK) err = PROBLEM(p->problems, BROKEN, NULL, "file.no_temporary");
    if (p->from) zip_fclose(p->from);
    if (p->fd >= 0) close(p->fd);
    p->from = NULL;
    p->fd   = -1;
    return err;
}

static Err utf8_make(Pack *p, Str *bytes)
{
    ptrdiff_t mark;
    Str       utf8;
    Encoding  e = encoding_detect(str_upto(*bytes, BLOCK), &mark);
    if (e == ENC_UTF8) return OK;
    if (text_as_utf8(str_from(*bytes, mark), e, &utf8)) return PROBLEM(p->problems, BROKEN, NULL, "file.no_temporary");
    mapped_close(*bytes);
    *bytes = utf8;
    return OK;
}

static bool says(const Problems *problems, const char *key)
{
    return problems->first && strcmp(problems->first->key, key) == 0;
}

/* NOT_FOUND: a text without columns, as a page of notes is. */
static Err text_look(Pack *p, Member *m)
{
    Recognised r;
    Arena      scratch = p->cells;
    Problems   quiet   = { .mem = &scratch, .limit = 1 };
    TRY(utf8_make(p, &m->bytes));
    Err err = table_recognise(&scratch, m->bytes, FORM_WISH, &r, &quiet);
    if (err != OK && (says(&quiet, "file.no_rows") || says(&quiet, "file.empty"))) return NOT_FOUND;
    if (err != OK) return problem_add(p->problems, *quiet.first);
    m->form = r.form;
    return r.form.columns > 1 ? OK : NOT_FOUND;
}

static Err member_look(Pack *p, Member *m)
{
    FileKind kind;
    if (file_pack(m->bytes) != PACK_NONE) return PROBLEM(p->problems, INVALID, NULL, "file.archive_deep");
    if (file_kind(m->bytes, &kind, &(Problems){ 0 }) != OK) return NOT_FOUND;
    m->is_book = kind != FILE_CSV;
    return m->is_book ? OK : text_look(p, m);
}

/* ---- what there is ---- */

/* `март.xlsx` is called `март`. */
static Str stem(Str name)
{
    for (ptrdiff_t i = name.n - 1; i > 0 && name.n - i <= 5; i--)
        if (name.s[i] == '.') return str_upto(name, i);
    return name;
}

static Err sheet_add(Pack *p, PackSheet sheet)
{
    if (p->sheets == SHEETS_MAX) return sheets_too_many(p->problems, p->sheets + 1);
    p->sheet[p->sheets++] = sheet;
    return OK;
}

static Err book_sheets_add(Pack *p, int member)
{
    Sheets *book;
    Str     name = stem(p->member[member].name);
    TRY(sheets_open(p->member[member].bytes, &book, p->problems));
    int n   = sheets_count(book);
    Err err = OK;
    for (int i = 0; i < n && err == OK; i++) {
        Str inner = sheets_name(book, i);
        Str said  = n == 1 ? name
                           : str_fmt(p->mem, "%.*s / %.*s", (int)name.n, name.s, (int)inner.n, inner.s);
        err       = sheet_add(p, (PackSheet){ said, member, i, n > 1 && sheets_hidden(book, i) });
    }
    sheets_close(book);
    return err;
}

static Err member_add(Pack *p, int64_t part)
{
    Member *m = &p->member[p->members];
    m->name   = zip_file_name(p->mem, &p->zip, part);
    if (p->members == SHEETS_MAX) return sheets_too_many(p->problems, p->members + 1);
    TRY(file_unpack(p, part, m->name, &m->bytes));
    p->members++;
    Err err = member_look(p, m);
    if (err == NOT_FOUND) {
        mapped_close(m->bytes);
        *m = (Member){ 0 };
        p->members--;
        return OK;
    }
    TRY(err);
    return m->is_book ? book_sheets_add(p, p->members - 1)
                      : sheet_add(p, (PackSheet){ .name = stem(m->name), .member = p->members - 1 });
}

static int by_name(const void *a, const void *b)
{
    const PackSheet *one = a, *other = b;
    ptrdiff_t        n = one->name.n < other->name.n ? one->name.n : other->name.n;
    int              c = n ? memcmp(one->name.s, other->name.s, (size_t)n) : 0;
    if (one->member == other->member) return one->inner - other->inner;
    return c ? c : (one->name.n > other->name.n) - (one->name.n < other->name.n);
}

static Err members_read(Pack *p)
{
    int64_t parts = zip_get_num_entries(p->zip.zip, 0), files = 0;
    p->member     = NEW_N(p->mem, Member, SHEETS_MAX + 1);
    p->sheet      = NEW_N(p->mem, PackSheet, SHEETS_MAX);
    for (int64_t i = 0; i < parts; i++) {
        Arena before = p->cells;
        if (!zip_is_file(&p->zip, i)) continue;
        files++;
        TRY(member_add(p, i));
        p->cells = before;
    }
    if (p->sheets) qsort(p->sheet, (size_t)p->sheets, sizeof *p->sheet, by_name);
    return p->sheets ? OK : PROBLEM(p->problems, INVALID, NULL, "file.archive_empty", arg_count("files", files));
}

static Err pack_open(Str file, Sheets **out, Problems *problems)
{
    Arena own = arena_new(OWN_MEM);
    Pack *p   = NEW(&own, Pack);
    *p       = (Pack){ .as_sheets.reader = &pack_reader, .own = own, .mem = &p->own, .problems = problems };
    p->cells = arena_new(ROW_MEM);
    p->fd = p->at = -1;
    guard_holds(&p->held, p, given_up);
    Err err = zipped_open(&p->zip, file, problems);
    if (err == OK) err = members_read(p);
    if (err != OK) pack_close(&p->as_sheets);
    *out = err == OK ? &p->as_sheets : NULL;
    return err;
}

static int  pack_sheets(const Sheets *w) { return ((const Pack *)w)->sheets; }
static Str  pack_name(const Sheets *w, int sheet) { return ((const Pack *)w)->sheet[sheet].name; }
static bool pack_hidden(const Sheets *w, int sheet) { return ((const Pack *)w)->sheet[sheet].hidden; }

/* ---- rows ---- */

static void text_begin(Pack *p, const Member *m)
{
    p->cells = (arena_drop(&p->cells), arena_new(ROW_MEM));
    p->csv   = csv_reader(m->bytes, &m->form, &p->cells);
    p->line  = 0;
    for (ptrdiff_t i = 0; i < m->form.begins; i++) p->line += m->bytes.s[i] == '\n';
}

static Err pack_begin(Sheets *w, int sheet, char decimal)
{
    Pack *p = (Pack *)w;
    if (sheet < 0 || sheet >= p->sheets) return PROBLEM(p->problems, INVALID, NULL, "file.no_sheet");
    const PackSheet *s = &p->sheet[sheet];
    const Member    *m = &p->member[s->member];
    if (p->book && p->at != s->member) {
        sheets_close(p->book);
        p->book = NULL;
    }
    p->at = s->member;
    if (!m->is_book) {
        text_begin(p, m);
        return OK;
    }
    if (!p->book) TRY(sheets_open(m->bytes, &p->book, p->problems));
    return sheets_begin(p->book, s->inner, decimal);
}

static Err cells_check(Pack *p)
{
    for (int i = 0; i < p->csv.fields; i++) {
        if (utf8_first_bad(p->csv.field[i]) < 0) continue;
        return problem_add(p->problems, (Problem){ .err = INVALID, .key = "file.broken_utf8", .row = p->line,
                                                   .arg_count = 1, .args = { arg_count("byte", p->csv.begin + 1) } });
    }
    return OK;
}

static Err text_next(Pack *p, SheetRow *row)
{
    Arena mem = p->cells; /* borrowed for this row */
    bool  got = csv_next(&p->csv, &mem);
    p->line++;
    if (!got && p->csv.fault == CSV_FINE) return NOT_FOUND;
    if (!got) return csv_problem(p->problems, p->csv.fault, p->line, p->csv.fault_at);
    TRY(cells_check(p));
    if (p->line > SHEET_ROWS_MAX)
        return PROBLEM(p->problems, INVALID, NULL, "file.archive_long", arg_text("part", p->member[p->at].name),
                       arg_count("limit", SHEET_ROWS_MAX));
    for (int i = 0; i < p->csv.fields; i++) p->csv.field[i] = formula_unmarked(p->csv.field[i]);
    *row = (SheetRow){ .number = p->line, .cell = p->csv.field, .count = p->csv.fields };
    return OK;
}

static Err pack_next(Sheets *w, SheetRow *row)
{
    Pack *p = (Pack *)w;
    if (!p->book) return text_next(p, row);
    Err err     = sheets_next(p->book, row);
    w->unvalued = p->book->unvalued;
    return err;
}

static int pack_percent(const Sheets *w)
{
    const Pack *p = (const Pack *)w;
    if (p->book) return sheets_percent(p->book);
    return p->csv.text.n ? (int)(p->csv.at * 100 / p->csv.text.n) : 100;
}

const SheetsReader pack_reader = {
    .kind = FILE_PACK, .open = pack_open, .sheets = pack_sheets, .name = pack_name, .hidden = pack_hidden,
    .begin = pack_begin, .next = pack_next, .percent = pack_percent, .close = pack_close,
};
