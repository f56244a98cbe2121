/* How a file of rows is written, found out from its bytes. */
#include "format/recognise.h"
#include "format/charset.h"
#include "format/kind.h"

#include <string.h>

enum {
    HEAD_BYTES = 1 << 16,
    WIDE_HEAD = 1 << 23,
    PIECE_BYTES = 1 << 14,
    PIECES = 15,
    TAIL_BYTES = 1 << 14,
    SAMPLE_ROWS = 20000,
    BOOK_ROWS = 2000,
    BOOK_CELLS = 1 << 19
};

/* One place of the file, line-aligned but for the beginning of the first and the end of the last. */
typedef struct {
    int64_t from, to; /* bytes of the file */
    Str     all, text;/* UTF-8: from `from` on; its whole lines */
    bool    last;
} Piece;

typedef struct {
    Str     file;
    int64_t head; /* bytes of the first piece */
    Piece   piece[PIECES + 1];
    int     pieces;
} Pieces;

/* Where the pieces stand, not yet aligned: all of a small file, else its head and PIECES places, the last of which is
 * its end. */
static void pieces_place(Pieces *p, int64_t begin)
{
    int64_t size = p->file.n, step = (size - p->head) / PIECES & ~1, length = step < PIECE_BYTES ? step : PIECE_BYTES;
    if (size <= 2 * p->head) {
        p->piece[p->pieces++] = (Piece){ .from = begin, .to = size, .last = true };
        return;
    }
    p->piece[p->pieces++] = (Piece){ .from = begin, .to = p->head };
    for (int i = 0; i < PIECES; i++) {
        bool    last = i == PIECES - 1;
        int64_t from = last ? (size - length) & ~1 : p->head + i * step;
        p->piece[p->pieces++] = (Piece){ .from = from, .to = last ? size : from + length, .last = last };
    }
}

/* Off the text goes what stands before its first line and behind its last: a character may be cut there.  A text
 * without a line end has no whole line, unless it stands at the beginning of the file. */
static Str whole_lines(Str text, bool first, bool last)
{
    if (text.n == 0) return text;
    char        ends = memchr(text.s, '\n', (size_t)text.n) ? '\n' : '\r';
    const char *end  = last ? NULL : memrchr(text.s, ends, (size_t)text.n);
    if (end) text.n = end + 1 - text.s;
    if (first) return text;
    const char *begin = memchr(text.s, ends, (size_t)text.n);
    return begin ? str_from(text, begin + 1 - text.s) : S("");
}

static void pieces_read(Pieces *p, Arena *mem, Encoding encoding)
{
    for (int i = 0; i < p->pieces; i++) {
        Piece *at    = &p->piece[i];
        Str    bytes = { p->file.s + at->from, (ptrdiff_t)(at->to - at->from) }, text = bytes;
        if (encoding != ENC_UTF8) {
            Buf b = buf_new(mem, bytes.n * 2);
            text_to_utf8(encoding, bytes, &b);
            text = buf_str(&b);
        }
        at->all  = text;
        at->text = whole_lines(text, i == 0, at->last);
    }
}

static bool is_ascii(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] >= 0x80) return false;
    return true;
}

/* The head decides unless it is plain ASCII: then the first place that is not. */
static Encoding encoding_find(Str file, ptrdiff_t *mark)
{
    Encoding e      = encoding_detect(str_upto(file, HEAD_BYTES), mark);
    Pieces   places = { .file = file, .head = HEAD_BYTES };
    if (*mark || e != ENC_UTF8) return e;
    pieces_place(&places, 0);
    for (int i = 0; i < places.pieces; i++) {
        Piece    *p = &places.piece[i];
        Str       bytes = whole_lines((Str){ file.s + p->from, (ptrdiff_t)(p->to - p->from) }, i == 0, p->last);
        ptrdiff_t none;
        if (!is_ascii(bytes)) return encoding_detect(bytes, &none);
    }
    return e;
}

/* How many bytes of the file a piece of its text stands for. */
static int64_t bytes_of(Arena scratch, Encoding encoding, Str text)
{
    if (encoding == ENC_UTF8) return text.n;
    Buf b = buf_new(&scratch, text.n * 2);
    text_from_utf8(encoding, text, &b);
    return b.len;
}

/* The line (from 1) in which a byte of the file stands. */
static int64_t line_of(Str file, Encoding encoding, int64_t byte)
{
    bool    wide = encoding == ENC_UTF16LE || encoding == ENC_UTF16BE;
    int64_t line = 1;
    if (byte > file.n) byte = file.n;
    for (const char *at = file.s, *end = file.s + byte; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        line += !wide || file.s[(at - file.s) ^ 1] == 0; /* the other byte of its unit */
    return line;
}

/* `byte` counts from 1. */
static Err problem_at(Problems *problems, const char *key, const Pieces *p, Encoding encoding, int64_t byte)
{
    return problem_add(problems, (Problem){ .err = INVALID, .key = key, .row = line_of(p->file, encoding, byte),
                                            .args = { arg_count("byte", byte) }, .arg_count = 1 });
}

static int64_t byte_at(Arena scratch, const Piece *piece, Encoding encoding, const char *at)
{
    return piece->from + bytes_of(scratch, encoding, (Str){ piece->all.s, at - piece->all.s });
}

/* More than one control byte in a hundred is no text at all; a single zero in a text is a place to name. */
static Err zeros_refused(Arena scratch, const Pieces *p, Encoding encoding, Problems *problems)
{
    for (int i = 0; i < p->pieces; i++) {
        Str         text = p->piece[i].text;
        const char *zero = text.n ? memchr(text.s, 0, (size_t)text.n) : NULL;
        int64_t     control = 0;
        for (ptrdiff_t k = 0; zero && k < text.n; k++) control += (unsigned char)text.s[k] < 9;
        if (control * 100 > text.n) return PROBLEM(problems, INVALID, NULL, "file.binary");
        if (zero)
            return problem_at(problems, "file.nul", p, encoding, byte_at(scratch, &p->piece[i], encoding, zero) + 1);
    }
    return OK;
}

static Err text_refused(Arena scratch, const Pieces *p, Encoding encoding, Problems *problems)
{
    TRY(zeros_refused(scratch, p, encoding, problems));
    for (int i = 0; i < p->pieces && encoding == ENC_UTF8; i++) {
        ptrdiff_t bad = utf8_first_bad(p->piece[i].text);
        if (bad >= 0)
            return problem_at(problems, "file.broken_utf8", p, encoding, p->piece[i].text.s + bad + 1 - p->file.s);
    }
    if ((encoding == ENC_UTF16LE || encoding == ENC_UTF16BE) && p->file.n % 2)
        return PROBLEM(problems, INVALID, NULL, "file.cut", arg_count("byte", p->file.n));
    return OK;
}

/* `sep=;`, the line by which Excel is told what parts the cells. */
static ptrdiff_t told_delimiter(Str head, TableForm *form)
{
    Str line = str_trim(str_upto(head, 8));
    if (!str_starts(line, S("sep=")) || head.n < 5) return 0;
    if (!form->delimiter) form->delimiter = head.s[4];
    const char *end = memchr(head.s, '\n', (size_t)head.n);
    return end ? end + 1 - head.s : 0;
}

static bool is_total(Str cell)
{
    static const char *const words[] = { "Итог", "итог", "ИТОГ", "Всего", "всего", "ВСЕГО", "Total", "total", "TOTAL" };
    for (ptrdiff_t i = 0; i < COUNT(words); i++)
        if (str_starts(cell, str_of(words[i]))) return true;
    return false;
}

/* A file that was cut ends inside quotes, or in a row that is shorter than all others and has no line end. */
static Err cut_refused(Arena scratch, const Pieces *p, const TableForm *form, Problems *problems)
{
    Str whole = p->piece[p->pieces - 1].text, text = str_from(whole, whole.n > TAIL_BYTES ? whole.n - TAIL_BYTES : 0);
    Sample tail  = sample_new(&scratch, TAIL_BYTES);
    text = whole_lines(text, text.n == whole.n, true);
    sample_text(&tail, &scratch, text, form->delimiter, form->quotes, TAIL_BYTES, 0);
    ptrdiff_t regular = 0;
    for (ptrdiff_t i = 0; i < tail.rows; i++) regular += tail.row[i].count == form->columns;
    if (tail.rows < 2 || text.s[text.n - 1] == '\n' || text.s[text.n - 1] == '\r') return OK;
    const SampleRow *last = &tail.row[tail.rows - 1];
    bool too_short = last->count < form->columns && regular == tail.rows - 1 && !is_total(row_cell(last, 0));
    bool in_quotes = tail.fault == CSV_OPEN_QUOTE && regular * 10 >= tail.rows * 9;
    return too_short || in_quotes ? problem_at(problems, "file.cut", p, form->encoding, p->file.n) : OK;
}

/* ---- from the sample to the answer ---- */

void columns_see(Arena *mem, Recognised *out)
{
    out->seen = NEW_N(mem, ColumnSeen, out->form.columns);
    for (ptrdiff_t r = 0; r < out->rows; r++)
        for (int c = 0; c < out->form.columns; c++) column_see(&out->seen[c], row_cell(&out->row[r], c));
}

/* A text like `05.03.2024,Ромашка,1200,50` below three names: nobody can know which cells the sign between kopecks cut
 * apart. */
static bool rows_outgrow(const Recognised *out, int width)
{
    ptrdiff_t wider = 0;
    for (ptrdiff_t i = 0; i < out->rows; i++) {
        bool filled = false;
        for (int c = width; c < out->row[i].count; c++) filled |= row_cell(&out->row[i], c).n > 0;
        wider += filled;
    }
    return wider * 2 > out->rows;
}

/* *at: where the table begins. */
static void top_apply(Arena *mem, const Sample *s, FormWish wish, Recognised *out, TableTop *at)
{
    TableTop top     = *at = table_top(mem, s, out->form.columns, wish.header);
    out->form.header = top.header;
    out->names       = top.names;
    out->row         = s->row + top.body;
    out->rows        = s->rows - top.body;
    out->above       = s->row;
    out->above_rows  = top.body;
    out->header_at   = top.header ? top.names_at : top.body;
    if (out->rows < 0) out->rows = 0;
    columns_see(mem, out);
    forms_decide(out, NULL);
}

/* s->fault is that of the head: further on rows may begin anywhere. */
static void pieces_sample(Arena *mem, const Pieces *p, Str head, const TableForm *form, Sample *s)
{
    sample_text(s, mem, head, form->delimiter, form->quotes, s->room, 0);
    CsvFault  fault = s->fault;
    ptrdiff_t at    = s->fault_at;
    for (int i = 1; i < p->pieces; i++)
        sample_text(s, mem, p->piece[i].text, form->delimiter, form->quotes, s->room, form->columns);
    s->fault    = fault;
    s->fault_at = at;
}

/* A field that is longer than the whole head leaves no line to look at. */
static Err head_refused(const Pieces *p, Encoding encoding, Problems *problems)
{
    Str head = p->piece[0].text;
    if (p->pieces == 1 || memchr(head.s, '\n', (size_t)head.n) || memchr(head.s, '\r', (size_t)head.n)) return OK;
    return problem_at(problems, "file.no_line_end", p, encoding, p->piece[0].from + 1);
}

/* Why there is nothing to look at below the names, or nothing at all: `head` stands in the first piece. */
static Err nothing_seen(Arena scratch, const Pieces *p, Encoding encoding, Str head, const Sample *s,
                        Problems *problems)
{
    if (s->fault <= CSV_AFTER_QUOTE) return PROBLEM(problems, INVALID, NULL, s->rows ? "file.no_rows" : "file.empty");
    int64_t byte = byte_at(scratch, &p->piece[0], encoding, head.s + s->fault_at);
    return csv_problem(problems, s->fault, line_of(p->file, encoding, byte), (ptrdiff_t)byte);
}

/* Looks at the file with so many bytes as its head. */
static Err text_look(Arena *mem, Str file, FormWish wish, int64_t head_bytes, Recognised *out, Problems *problems)
{
    TableForm *form   = &out->form;
    Pieces     pieces = { .file = file, .head = head_bytes };
    ptrdiff_t  mark   = 0;
    form->encoding    = encoding_find(file, &mark);
    if (wish.has_encoding && wish.encoding != form->encoding) form->encoding = wish.encoding, mark = 0;
    form->delimiter   = wish.delimiter;
    pieces_place(&pieces, mark);
    pieces_read(&pieces, mem, form->encoding);
    TRY(text_refused(*mem, &pieces, form->encoding, problems));
    TRY(head_refused(&pieces, form->encoding, problems));
    Str       text = pieces.piece[0].text;
    ptrdiff_t told = told_delimiter(text, form);
    Str       head = str_from(text, told);
    delimiter_find(*mem, head, form);
    TRY(cut_refused(*mem, &pieces, form, problems));
    Sample s = sample_new(mem, SAMPLE_ROWS);
    pieces_sample(mem, &pieces, head, form, &s);
    TableTop top = { 0 };
    if (s.rows) top_apply(mem, &s, wish, out, &top);
    if (out->rows == 0 || (s.rows == 1 && s.fault > CSV_AFTER_QUOTE))
        return nothing_seen(*mem, &pieces, form->encoding, head, &s, problems);
    if (rows_outgrow(out, top.width))
        return PROBLEM(problems, INVALID, NULL, "file.header_short", arg_count("names", top.width),
                       arg_count("cells", form->columns));
    form->begins = mark + bytes_of(*mem, form->encoding, str_upto(text, told + (ptrdiff_t)s.row[top.first].at));
    return OK;
}

/* Where a row is longer than the usual head, a wider one is looked at before the file is refused. */
static Err text_recognise(Arena *mem, Str file, FormWish wish, Recognised *out, Problems *problems)
{
    Arena    before = *mem;
    Problems quiet  = { .mem = mem };
    if (text_look(mem, file, wish, HEAD_BYTES, out, &quiet) == OK) return OK;
    *mem = before;
    *out = (Recognised){ .form.kind = FILE_CSV };
    return text_look(mem, file, wish, WIDE_HEAD, out, problems);
}

/* ---- workbooks ---- */

static void sheet_names(Arena *mem, const Sheets *w, Recognised *out)
{
    out->sheets      = sheets_count(w);
    out->sheet_names = NEW_N(mem, Str, out->sheets);
    for (int i = 0; i < out->sheets; i++) out->sheet_names[i] = str_copy(mem, sheets_name(w, i));
}

static Err sheet_sample(Arena *mem, Sheets *w, int sheet, Sample *s)
{
    SheetRow row;
    int      wide = 1;
    Err      err  = sheets_begin(w, sheet, '.');
    while (err == OK && s->rows < s->room && (err = sheets_next(w, &row)) == OK) {
        if (row.count > wide) wide = row.count;
        if ((s->rows + 1) * wide > BOOK_CELLS && s->rows) break; /* of a very wide table fewer rows say enough */
        Str *cells = NEW_N(mem, Str, row.count);
        for (int i = 0; i < row.count; i++) cells[i] = str_copy(mem, row.cell[i]);
        CellLook *look = NEW_N(mem, CellLook, row.count);
        if (row.look) memcpy(look, row.look, (size_t)row.count * sizeof *look);
        sample_row(s, (SampleRow){ .cell = cells, .count = row.count, .at = row.number - 1, .outline = row.outline,
                                   .look = look });
    }
    return err == NOT_FOUND ? OK : err;
}

static int widest(const Sample *s)
{
    int columns = 0;
    for (ptrdiff_t i = 0; i < s->rows; i++)
        if (s->row[i].count > columns) columns = s->row[i].count;
    return columns;
}

static Err book_sample(Arena *mem, Sheets *w, FormWish wish, Recognised *out, Sample *s, Problems *problems)
{
    for (int hidden = 0; hidden <= 1; hidden++) /* what people put away counts only where they left nothing in sight */
        for (int sheet = 0; sheet < out->sheets && s->rows == 0; sheet++) {
            if (wish.sheet >= 0 ? sheet != wish.sheet : sheets_hidden(w, sheet) != hidden) continue;
            out->form.sheet = sheet;
            TRY(sheet_sample(mem, w, sheet, s));
        }
    if (wish.sheet >= out->sheets) TRY(sheet_sample(mem, w, wish.sheet, s)); /* says that there is none */
    return s->rows ? OK : PROBLEM(problems, INVALID, NULL, "file.empty");
}

Err book_recognise(Arena *mem, Sheets *w, FormWish wish, Recognised *out, Problems *problems)
{
    Sample s = sample_new(mem, BOOK_ROWS);
    *out = (Recognised){ .form.kind = sheets_kind(w) };
    sheet_names(mem, w, out);
    TRY(book_sample(mem, w, wish, out, &s, problems));
    out->unvalued = w->unvalued;
    out->put_away = w->put_away;
    out->form.columns = widest(&s);
    TableTop top;
    top_apply(mem, &s, wish, out, &top);
    if (out->rows == 0) return PROBLEM(problems, INVALID, NULL, "file.no_rows");
    out->form.begins = s.row[top.first].at;
    return OK;
}

static Err file_of_book(Arena *mem, Str file, FormWish wish, Recognised *out, Problems *problems)
{
    Sheets *w;
    TRY(sheets_open(file, &w, problems));
    Err err = book_recognise(mem, w, wish, out, problems);
    sheets_close(w);
    return err;
}

Err table_recognise(Arena *mem, Str file, FormWish wish, Recognised *out, Problems *problems)
{
    *out = (Recognised){ 0 };
    TRY(file_kind(file, &out->form.kind, problems));
    return out->form.kind != FILE_CSV ? file_of_book(mem, file, wish, out, problems)
                                       : text_recognise(mem, file, wish, out, problems);
}

FormWish form_wish(const TableForm *form)
{
    return (FormWish){ .has_encoding = form->kind == FILE_CSV,
                       .encoding = form->encoding,
                       .delimiter = form->delimiter,
                       .header = form->header,
                       .report = form->report,
                       .sheet = form->kind != FILE_CSV ? form->sheet : -1 };
}

Str table_text(Arena *mem, Str file, const TableForm *form)
{
    Str bytes = str_from(file, (ptrdiff_t)form->begins);
    if (form->encoding == ENC_UTF8) return bytes;
    Buf b = buf_new(mem, bytes.n * 2);
    text_to_utf8(form->encoding, bytes, &b);
    return buf_str(&b);
}
