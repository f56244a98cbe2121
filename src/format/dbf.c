/* Tables of dBase and FoxPro, record by record. */
#include "format/dbf.h"
#include "core/pulse.h"
#include "core/utf8.h"
#include "format/bytes.h"
#include "format/charset.h"
#include "format/sheet_row.h"

#include <string.h>

enum { HEADER = 32, FIELD = 32, NAME = 11, HEADER_ENDS = 0x0D, FILE_ENDS = 0x1A, DELETED = '*', ASKS_EVERY = 4096,
       OWN_MEM = 1 << 28, SAMPLE = 1 << 16 };

typedef struct {
    Str  name;
    char type;
    int  at, n, places; /* in a record */
} Field;

typedef struct {
    Sheets    as_sheets;
    Arena     own, *mem;
    Problems *problems;
    Str       file;
    Encoding  encoding;
    int64_t   begins, records, at; /* at: 0 the names, else the record that comes next, from 1 */
    int       record;              /* bytes of one */
    Field    *field;
    int       fields;
    char      decimal;
    RowText   row;
    Holding   held;
} Dbf;

/* What the first byte of these programs' files is: dBase III and IV, FoxPro, Visual FoxPro, with memo files and
 * without. */
static bool is_version(unsigned char byte)
{
    return byte && strchr("\x02\x03\x30\x31\x32\x43\x63\x83\x8B\xCB\xF5\xFB", byte);
}

/* C text, N F numbers, D day, L truth, I whole, B Y numbers, T moment; M G P W memos; 0 hidden marks. */
static bool is_type(char type)
{
    return type && strchr("CNFDLIBYTMGPW0", type);
}

/* The version, a day with a month, and a first field: no text has bytes like these. */
bool dbf_begins(Str file)
{
    const unsigned char *p = (const unsigned char *)file.s;
    if (file.n < HEADER + FIELD || !is_version(p[0])) return false;
    return p[2] <= 12 && p[3] <= 31 && p[HEADER] > ' ' && p[HEADER + NAME - 1] == 0 && is_type(file.s[HEADER + NAME]) &&
           memchr(p + 12, 0, 16);
}

/* ---- the header ---- */

static Err refuse(const Dbf *d, const char *key, int64_t byte)
{
    return PROBLEM(d->problems, INVALID, NULL, key, arg_count("byte", byte + 1));
}

/* B is a number of eight bytes to FoxPro, and a memo of ten digits to dBase. */
static bool is_memo(const Field *f)
{
    return strchr("MGPW", f->type) != NULL || (f->type == 'B' && f->n == 10);
}

/* A text longer than 255 has the upper half of its length where others have their places. */
static Field field_at(const Dbf *d, const char *p, int at)
{
    Str name = { p, (ptrdiff_t)strnlen(p, NAME) };
    Field f  = { .type = p[NAME], .at = at, .n = (unsigned char)p[16], .places = (unsigned char)p[17] };
    if (f.type == 'C') f.n |= f.places << 8;
    Buf utf8 = buf_new(d->mem, 3 * NAME);
    put_text(&utf8, encoding_detect(name, &(ptrdiff_t){ 0 }) == ENC_UTF8 ? ENC_UTF8 : ENC_CP866, name);
    f.name = buf_str(&utf8);
    return f;
}

static Err fields_read(Dbf *d)
{
    int at = 1; /* behind the mark of deleted ones */
    d->field = NEW_N(d->mem, Field, DBF_FIELDS_MAX);
    for (int64_t from = HEADER;; from += FIELD) {
        if (from >= d->begins) return refuse(d, "file.dbf_header", 8);
        if (d->file.s[from] == HEADER_ENDS) break;
        if (from + FIELD > d->begins || !is_type(d->file.s[from + NAME])) return refuse(d, "file.dbf_header", from);
        if (d->fields == DBF_FIELDS_MAX) return refuse(d, "file.dbf_header", from);
        Field f = field_at(d, d->file.s + from, at);
        at += f.n;
        if (at > d->record || f.n == 0) return refuse(d, "file.dbf_header", from + 16);
        if (f.type != '0') d->field[d->fields++] = f;
    }
    return d->fields && at == d->record ? OK : refuse(d, "file.dbf_header", 10);
}

/* Behind the records stands a mark, or nothing. */
static Err length_holds(const Dbf *d)
{
    int64_t end = d->begins + d->records * d->record;
    if (end > d->file.n)
        return PROBLEM(d->problems, INVALID, NULL, "file.dbf_fewer", arg_count("told", d->records),
                       arg_count("there", (d->file.n - d->begins) / d->record), arg_count("byte", d->file.n + 1));
    if (d->file.n - end < d->record || d->file.s[end] == FILE_ENDS || d->file.s[end] == 0) return OK;
    return PROBLEM(d->problems, INVALID, NULL, "file.dbf_more", arg_count("told", d->records),
                   arg_count("there", (d->file.n - d->begins) / d->record), arg_count("byte", end + 1));
}

/* A pointer to a memo is blank, or zero. */
static bool memo_filled(const Dbf *d, const Field *f, int64_t record)
{
    const char *cell = d->file.s + d->begins + record * d->record + f->at;
    for (int i = 0; i < f->n; i++)
        if (cell[i] != ' ' && cell[i] != '0' && cell[i] != 0) return true;
    return false;
}

static Err memos_empty(const Dbf *d)
{
    for (int i = 0; i < d->fields; i++) {
        if (!is_memo(&d->field[i])) continue;
        for (int64_t r = 0; r < d->records; r++) {
            if (r % ASKS_EVERY == 0) TRY(pulse(d->problems));
            if (!memo_filled(d, &d->field[i], r)) continue;
            return problem_add(d->problems, (Problem){ .err = INVALID, .key = "file.dbf_memo", .row = r + 2,
                                                       .args = { arg_text("column", d->field[i].name) },
                                                       .arg_count = 1 });
        }
    }
    return OK;
}

/* ---- in which letters ---- */

/* Some thousand bytes of its texts. */
static Str texts_of(const Dbf *d)
{
    Buf b = buf_new(d->mem, SAMPLE);
    for (int64_t r = 0; r < d->records && b.len < SAMPLE; r++)
        for (int i = 0; i < d->fields; i++) {
            const Field *f = &d->field[i];
            if (f->type == 'C') buf_put(&b, str_trim((Str){ d->file.s + d->begins + r * d->record + f->at, f->n }));
            buf_char(&b, ' ');
        }
    return buf_str(&b);
}

/* 0x26, 0x65: DOS, 0xC9: Windows, both Russian.  Others tell the language of the machine, not that of the table. */
static Encoding encoding_of(const Dbf *d)
{
    ptrdiff_t mark;
    switch ((unsigned char)d->file.s[29]) {
    case 0x26:
    case 0x65: return ENC_CP866;
    case 0xC9: return ENC_CP1251;
    default: break;
    }
    Encoding e = encoding_detect(texts_of(d), &mark);
    return e == ENC_UTF16LE || e == ENC_UTF16BE ? ENC_CP866 : e;
}

static Err header_read(Dbf *d)
{
    d->records = le32(d->file.s + 4);
    d->begins  = le16(d->file.s + 8);
    d->record  = le16(d->file.s + 10);
    if (d->begins < HEADER + FIELD + 1 || d->begins > d->file.n) return refuse(d, "file.dbf_header", 8);
    if (d->record < 2) return refuse(d, "file.dbf_header", 10);
    TRY(fields_read(d));
    TRY(length_holds(d));
    d->encoding = encoding_of(d);
    return memos_empty(d);
}

static void dbf_close(Sheets *w)
{
    Dbf *d = (Dbf *)w;
    guard_lets_go(&d->held);
    Arena own = d->own;
    arena_drop(&own);
}

static void given_up(void *table) { dbf_close(table); }

static Err dbf_open(Str file, Sheets **out, Problems *problems)
{
    Arena own = arena_new(OWN_MEM);
    Dbf  *d   = NEW(&own, Dbf);
    *d        = (Dbf){ .as_sheets.reader = &dbf_reader, .own = own, .mem = &d->own, .problems = problems };
    d->file   = file;
    guard_holds(&d->held, d, given_up);
    Err err = header_read(d);
    if (err == OK) row_new(&d->row, d->mem, DBF_FIELDS_MAX);
    if (err != OK) dbf_close(&d->as_sheets);
    *out = err == OK ? &d->as_sheets : NULL;
    return err;
}

static int dbf_sheets(const Sheets *w)
{
    (void)w;
    return 1;
}

static Str dbf_name(const Sheets *w, int sheet)
{
    (void)w, (void)sheet;
    return S("DBF");
}

static bool dbf_hidden(const Sheets *w, int sheet)
{
    (void)w, (void)sheet;
    return false;
}

static Err dbf_begin(Sheets *w, int sheet, char decimal)
{
    Dbf *d = (Dbf *)w;
    if (sheet != 0) return PROBLEM(d->problems, INVALID, NULL, "file.no_sheet");
    d->at      = 0;
    d->decimal = decimal;
    return OK;
}

static int dbf_percent(const Sheets *w)
{
    const Dbf *d = (const Dbf *)w;
    return d->records ? (int)(d->at * 100 / (d->records + 1)) : 100;
}

/* ---- one cell ---- */

/* 20240305 */
static void put_day(Buf *b, Str cell)
{
    for (ptrdiff_t i = 0; i < cell.n; i++)
        if (cell.s[i] < '0' || cell.s[i] > '9') return;
    if (cell.n != 8 || str_eq(cell, S("00000000"))) return;
    buf_put(b, str_upto(cell, 4));
    buf_char(b, '-');
    buf_put(b, str_upto(str_from(cell, 4), 2));
    buf_char(b, '-');
    buf_put(b, str_from(cell, 6));
}

/* A day of the Julian calendar's count and thousandths of a second; serial 1 of Excel is day 2415021. */
static void put_when(Buf *b, const char *at)
{
    int64_t day = le32(at), ms = le32(at + 4);
    if (day > 2415020) put_moment(b, (day - 2415019) * 1000000000 + ms / 1000 * 1000000000 / 86400, false);
}

/* In ten-thousandths. */
static void put_currency(Buf *b, int64_t v, char decimal)
{
    ptrdiff_t from = b->len;
    buf_trimmed(b, v, 4);
    char *point = memchr(b->data + from, '.', (size_t)(b->len - from));
    if (point) *point = decimal;
}

static void put_binary(Dbf *d, const Field *f, const char *at)
{
    Buf *b = &d->row.text;
    if (f->type == 'I' && f->n == 4) buf_i64(b, (int32_t)le32(at));
    else if (f->type == 'Y' && f->n == 8) put_currency(b, (int64_t)le64(at), d->decimal);
    else if (f->type == 'B' && f->n == 8) put_double(b, le_double(at), d->decimal);
    else if (f->type == 'T' && f->n == 8) put_when(b, at);
}

static void put_truth(Buf *b, char c)
{
    if (memchr("TtYy", c, 4)) buf_c(b, "TRUE");
    if (memchr("FfNn", c, 4)) buf_c(b, "FALSE");
}

/* Digits, or whatever a broken file has in their place. */
static void put_ascii(Dbf *d, Str cell)
{
    if (utf8_valid(cell, &(ptrdiff_t){ 0 })) put_number(&d->row.text, cell, d->decimal);
    else put_text(&d->row.text, d->encoding, cell);
}

static void cell_put(Dbf *d, const Field *f, const char *at)
{
    Str cell = { at, f->n };
    for (; cell.n && (cell.s[cell.n - 1] == ' ' || cell.s[cell.n - 1] == 0); cell.n--) continue;
    switch (f->type) {
    case 'C': put_text(&d->row.text, d->encoding, cell); return;
    case 'N':
    case 'F': put_ascii(d, str_trim(cell)); return;
    case 'D': put_day(&d->row.text, cell); return;
    case 'L': put_truth(&d->row.text, *at); return;
    default: put_binary(d, f, at); return;
    }
}

static void names_give(Dbf *d)
{
    row_clear(&d->row);
    for (int i = 0; i < d->fields; i++) row_cell_ends(&d->row, i, d->field[i].name);
}

static Err dbf_next(Sheets *w, SheetRow *row)
{
    Dbf *d = (Dbf *)w;
    for (; d->at <= d->records; d->at++) {
        const char *record = d->file.s + d->begins + (d->at - 1) * d->record;
        if (d->at % ASKS_EVERY == 0) TRY(pulse(d->problems));
        if (d->at && *record == DELETED) continue;
        if (d->at == 0) names_give(d);
        else row_clear(&d->row);
        for (int i = 0; d->at && i < d->fields; i++) {
            cell_put(d, &d->field[i], record + d->field[i].at);
            row_cell_ends(&d->row, i, S(""));
        }
        if (d->row.count == 0) continue;
        *row = row_given(&d->row, ++d->at);
        return OK;
    }
    return NOT_FOUND;
}

const SheetsReader dbf_reader = {
    .kind = FILE_DBF, .open = dbf_open, .sheets = dbf_sheets, .name = dbf_name, .hidden = dbf_hidden,
    .begin = dbf_begin, .next = dbf_next, .percent = dbf_percent, .close = dbf_close,
};
