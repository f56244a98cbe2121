/* A sales file becomes a summary.
 *
 * Threads read a text in chunks whose beginnings are guessed (sales_chunks.c).  When a guess turns out wrong, or a
 * fault is met, everything is read again from the beginning by one thread: the answer never depends on a guess. */
#include "core/utf8.h"
#include "format/charset.h"
#include "format/converted.h"
#include "format/mapped.h"
#include "format/unpack.h"
#include "sales/reading/sales_file.h"
#include "sales/reading/sales_left.h"
#include "sales/reading/sales_pass.h"
#include "sales/reading/table_rows.h"

#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { SMALL = 32 << 20 };

Err sales_file_open(SalesFile *f, const char *path, Problems *problems)
{
    *f = (SalesFile){ 0 };
    TRY(mapped_open(path, &f->bytes, problems));
    Err err = table_unpack(&f->bytes, problems);
    if (err) sales_file_close(f);
    return err;
}

static void reading_drop(SalesFile *f)
{
    if (f->tally) tally_drop(f->tally);
    f->tally = NULL;
    for (int i = 0; i <= SALES_THREADS_MAX; i++) arena_drop(&f->names[i]);
}

void sales_file_close(SalesFile *f)
{
    reading_drop(f);
    mapped_close(f->converted);
    mapped_close(f->bytes);
    *f = (SalesFile){ 0 };
}

/* Where the rows below the header begin; behind the text when the header cannot be read. */
static ptrdiff_t body_begin(SalesPass *pass, Arena fields)
{
    Arena     quoted = fields;
    CsvReader r      = csv_reader(pass->text, &pass->form, &quoted);
    if (!pass->form.header || csv_next(&r, &quoted)) return r.at;
    if (r.fault) fault_met(pass, &r);
    return pass->text.n;
}

static void hands_make(SalesPass *pass, SalesFile *f, const SalesColumns *columns, Arena *mem)
{
    for (int i = 0; i < pass->threads; i++) {
        Hand *h      = NEW(mem, Hand);
        f->names[i]  = arena_new((ptrdiff_t)1 << 34);
        *h = (Hand){ .pass = pass, .thread = i, .rows = sales_rows(&pass->form, columns), .names = &f->names[i] };
        h->fields    = arena_new(CSV_COLUMNS_MAX * (ptrdiff_t)sizeof(Str) + 4096);
        h->quoted    = arena_new((ptrdiff_t)(CSV_COLUMNS_MAX + 1) * (CSV_FIELD_MAX + 16));
        pass->hand[i] = h;
    }
}

static void hands_drop(SalesPass *pass)
{
    for (int i = 0; i < pass->threads; i++) {
        arena_drop(&pass->hand[i]->fields);
        arena_drop(&pass->hand[i]->quoted);
    }
}

/* Runs the hands to their end; this thread is the first of them.  With fewer threads than asked for, should the system
 * refuse more. */
static void hands_run(SalesPass *pass)
{
    pthread_t thread[SALES_THREADS_MAX];
    int       n = 1;
    pthread_mutex_lock(&pass->gate);
    while (n < pass->threads && pthread_create(&thread[n], NULL, hand_work, pass->hand[n]) == 0) n++;
    pass->tally = tally_new(pass->settings, n);
    pthread_mutex_unlock(&pass->gate);
    hand_work(pass->hand[0]);
    for (int i = 1; i < n; i++) pthread_join(thread[i], NULL);
}

static bool guesses_right(const SalesPass *pass)
{
    for (ptrdiff_t k = 1; k < pass->chunks; k++)
        if (pass->start[k] != pass->end[k - 1]) return false;
    return true;
}

/* One reading of a text, from beginning to end unless something stops it. */
static void text_read(SalesPass *pass, SalesFile *f, const SalesColumns *columns)
{
    ptrdiff_t most = pass->text.n / SALES_CHUNK + 1;
    Arena mem = arena_new(SALES_THREADS_MAX * (ptrdiff_t)sizeof(Hand) + 2 * most * (ptrdiff_t)sizeof(ptrdiff_t) + 4096);
    hands_make(pass, f, columns, &mem);
    pass->start    = NEW_N(&mem, ptrdiff_t, most);
    pass->end      = NEW_N(&mem, ptrdiff_t, most);
    pass->start[0] = pass->body = body_begin(pass, pass->hand[0]->quoted);
    pass->chunks   = (pass->text.n - pass->body + SALES_CHUNK - 1) / SALES_CHUNK;
    hands_run(pass);
    f->tally     = pass->tally;
    pass->guessed = !pass->fault && !pass->stop && !guesses_right(pass);
    for (int i = 0; i < pass->threads; i++)
        for (int fate = 0; fate < ROW_FATES; fate++) pass->fate[fate] += pass->hand[i]->rows.fate[fate];
    for (int i = 0; i < pass->threads; i++) pass->exchanged |= pass->hand[i]->rows.exchanged;
    hands_drop(pass);
    arena_drop(&mem);
}

static int processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > SALES_THREADS_MAX ? SALES_THREADS_MAX : (int)n;
}

/* A name of a file that is no UTF-8, as people compare it. */
static Str name_fold(Arena *mem, int encoding, Str name)
{
    Buf utf8 = buf_new(mem, 3 * name.n + 8);
    text_to_utf8((Encoding)encoding, name, &utf8);
    return name_find(mem, buf_str(&utf8));
}

static SalesPass pass_begin(SalesFile *f, Str text, const TableForm *form, const SalesColumns *columns,
                            const SalesRun *run)
{
    SalesPass pass = {
        .text = text, .form = *form, .run = run, .settings = run->tally, .gate = PTHREAD_MUTEX_INITIALIZER
    };
    pass.threads = run->threads ? run->threads : processors();
    pass.settings.has_documents = columns->at[COL_DOCUMENT] >= 0;
    pass.settings.any_documents |= text.n <= SMALL;
    pass.settings.fold_of = (int)form->encoding;
    if (form->kind == FILE_CSV && form->encoding != ENC_UTF8) pass.settings.fold = name_fold;
    if (!pass.settings.seed && getrandom(&pass.settings.seed, sizeof pass.settings.seed, 0) < 0)
        pass.settings.seed = (uint64_t)(uintptr_t)f;
    return pass;
}

/* The same pass once more, from a clean table. */
static SalesPass pass_again(SalesFile *f, const SalesPass *pass, bool alone, bool any_documents)
{
    SalesPass again = { .text = pass->text,
                  .form = pass->form,
                  .run = pass->run,
                  .settings = pass->settings,
                  .threads = pass->threads,
                  .gate = PTHREAD_MUTEX_INITIALIZER,
                  .alone = alone };
    again.settings.any_documents |= any_documents;
    reading_drop(f);
    return again;
}

/* Lines above the table: a title. */
static int64_t lines_above(const SalesPass *pass)
{
    int64_t n = 0;
    for (ptrdiff_t at = csv_line_from(pass->text, 1); at <= pass->form.begins && at < pass->text.n;
         at = csv_line_from(pass->text, at + 1))
        n++;
    return n;
}

/* What the reader met, with its row: this pass read alone, so every row before the fault was counted. */
static Err fault_told(const SalesPass *pass, Problems *problems)
{
    int64_t row = lines_above(pass) + 1 + (pass->form.header && pass->fault_at >= pass->body);
    for (int fate = 0; fate < ROW_FATES; fate++) row += pass->fate[fate];
    return csv_problem(problems, pass->fault_is, row, pass->fault_at);
}

static Err text_tally(SalesFile *f, SalesPass *pass, const SalesColumns *columns, Problems *problems)
{
    for (;;) {
        text_read(pass, f, columns);
        bool unsure = tally_unsure(pass->tally), alone = !pass->alone && (pass->fault || pass->guessed);
        if (pass->stop) return PROBLEM(problems, BUSY, NULL, "file.cancelled");
        if (!unsure && !alone) return pass->fault ? fault_told(pass, problems) : OK;
        *pass = pass_again(f, pass, pass->alone || alone, unsure);
    }
}

/* UTF-16 as UTF-8, in a temporary file. */
static Err text_convert(SalesFile *f, TableForm *form, Problems *problems)
{
    if (text_as_utf8(str_from(f->bytes, (ptrdiff_t)form->begins), form->encoding, &f->converted))
        return PROBLEM(problems, BROKEN, NULL, "file.no_temporary");
    form->encoding = ENC_UTF8;
    form->begins   = 0;
    return OK;
}

/* ---- in the order of the file ---- */

/* A row may stand in the text of the file, or in memory that the next row takes.  It is read once: numbers of documents
 * may be whatever they are. */
static void rows_hand(SalesPass *pass, SalesFile *f, const SalesColumns *columns, Arena *mem)
{
    pass->threads       = 1;
    pass->form.kind     = FILE_XLSX; /* plain cells, without the marks of texts in a CSV, */
    pass->form.encoding = ENC_UTF8;  /* and UTF-8 whatever the file is                    */
    pass->settings.fold = NULL;
    pass->settings.any_documents = true;
    hands_make(pass, f, columns, mem);
    pass->hand[0]->rows.totals = NEW(mem, TotalsSeen);
    f->tally = pass->tally = tally_new(pass->settings, 1);
}

static bool goes_on(SalesPass *pass, const TableRows *rows)
{
    const SalesRun *run = pass->run;
    return !run->tick || run->tick(run->ctx, table_rows_permille(rows), 1000);
}

static Err rows_tallied(SalesPass *pass, TableRows *rows, Problems *problems)
{
    TableRow row;
    Err      err;
    for (int64_t n = 0; (err = table_rows_next(rows, &row, problems)) == OK; n++) {
        pass->hand[0]->rows.marked = row.marked;
        row_hand_in(pass->hand[0], row.cell, row.count, row.number);
        if (n % 4096 == 0 && !goes_on(pass, rows)) return PROBLEM(problems, BUSY, NULL, "file.cancelled");
        if (pass->hand[0]->rows.fate[ROW_OTHER_TABLE])
            return problem_add(problems, (Problem){ .err = INVALID, .key = "file.other_table", .row = row.number });
    }
    return err == NOT_FOUND ? OK : err;
}

static void told_of_rows(const SalesPass *pass, const TableRows *rows, SalesTold *told)
{
    const TotalsSeen *t = pass->hand[0]->rows.totals;
    told->header_row    = rows->header_row;
    told->sums          = table_rows_sums(rows, &told->sum_row);
    if (!t) return;
    told->left        = t->left;
    told->left_row    = t->left_row;
    told->left_said_n = t->left_said.n;
    memcpy(told->left_said, t->left_said.text, (size_t)t->left_said.n);
    if (!t->differs) return;
    told->differs = t->differs;
    told->stated  = t->stated;
    told->added   = t->added;
    told->said_n  = t->said.n;
    memcpy(told->said, t->said.text, (size_t)t->said.n);
}

/* Rows of a workbook, of a report, or of a text whose totals and headers can only be told by what stands before them:
 * by one thread. */
static Err rows_tally(SalesFile *f, const TableForm *form, SalesPass *pass, const SalesColumns *columns,
                      Problems *problems, SalesTold *told)
{
    Arena     mem = arena_new((ptrdiff_t)1 << 34);
    TableRows rows;
    Err       err = table_rows_open(&rows, f->bytes, form, problems);
    if (err == OK) {
        rows_hand(pass, f, columns, &mem);
        if (rows.unfold) pass->hand[0]->rows.totals = NULL; /* it has judged its sums itself */
        if (rows.book || rows.unfold || form->encoding != ENC_UTF8) pass->text = (Str){ 0 };
        err = rows_tallied(pass, &rows, problems);
        tally_done(pass->tally, 0);
        memcpy(pass->fate, pass->hand[0]->rows.fate, sizeof pass->fate);
        pass->fate[ROW_HEADER] += rows.header.again;
        told_of_rows(pass, &rows, told);
        if (rows.unfold) pass->fate[ROW_TOTAL] += told->sums;
        hands_drop(pass);
        table_rows_close(&rows);
    }
    arena_drop(&mem);
    return err;
}

/* What many threads have read may hold rows that only one can judge, by what stands before them: columns that were
 * exchanged, another table, sums to be compared, */
static bool rows_need_order(const SalesPass *pass)
{
    return pass->exchanged || pass->fate[ROW_OTHER_TABLE] || (pass->fate[ROW_TOTAL] && pass->text.n <= SMALL);
}

/* and sums that could be sales. */
static bool names_need_order(const SalesPass *pass, const Summary *s)
{
    return names_say_totals(s->client, s->clients, pass->form.encoding) ||
           names_say_totals(s->product, s->products, pass->form.encoding);
}

static void read_fill(const SalesPass *pass, const SalesTold *told, SalesRead *read)
{
    *read = (SalesRead){ .used = pass->fate[ROW_USED], .told = *told };
    for (int fate = 0; fate < ROW_FATES; fate++) {
        read->rows += pass->fate[fate];
        if (fate != ROW_USED && pass->fate[fate])
            read->skipped[read->skipped_count++] = (Skipped){ .key = row_fate_keys[fate], .rows = pass->fate[fate] };
    }
}

static bool is_ascii(Str s)
{
    unsigned char all = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) all |= (unsigned char)s.s[i];
    return all < 0x80;
}

/* The place of the first broken character of a text that has one. */
static Err broken_utf8(const SalesPass *pass, Problems *problems)
{
    Arena     mem  = arena_new((ptrdiff_t)(CSV_COLUMNS_MAX + 1) * (CSV_FIELD_MAX + 16)), row_mem = mem;
    CsvReader r    = csv_reader(pass->text, &pass->form, &row_mem);
    ptrdiff_t byte = (ptrdiff_t)pass->form.begins + utf8_first_bad(str_from(pass->text, (ptrdiff_t)pass->form.begins));
    int64_t   row  = lines_above(pass);
    for (Arena each = row_mem; r.at <= byte && csv_next(&r, &each); each = row_mem) row++;
    arena_drop(&mem);
    return problem_add(problems, (Problem){ .err = INVALID, .key = "file.broken_utf8", .row = row, .arg_count = 1,
                                            .args = { arg_count("byte", (int64_t)byte + 1) } });
}

/* Names as UTF-8: checked, or converted into memory of the file. */
static Err names_utf8(SalesFile *f, const SalesPass *pass, Str *name, ptrdiff_t n, Problems *problems)
{
    Buf b = buf_new(&f->names[SALES_THREADS_MAX], 4096);
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t bad;
        if (is_ascii(name[i])) continue;
        if (pass->form.encoding == ENC_UTF8) {
            if (pass->text.n && !utf8_valid(name[i], &bad)) return broken_utf8(pass, problems);
            continue;
        }
        b = buf_new(&f->names[SALES_THREADS_MAX], 3 * name[i].n + 8);
        text_to_utf8(pass->form.encoding, name[i], &b);
        name[i] = buf_str(&b);
    }
    return OK;
}

static Err summed(SalesFile *f, Problems *problems, Summary *out)
{
    return tally_summary(f->tally, out) == OK ? OK : PROBLEM(problems, INVALID, NULL, "analyze.too_much_money");
}

Err sales_file_tally(SalesFile *f, const TableForm *form, const SalesColumns *columns, const SalesRun *run,
                     Problems *problems, SalesRead *read, Summary *out)
{
    TableForm told = *form;
    reading_drop(f);
    mapped_close(f->converted);
    f->converted = (Str){ 0 };
    if (told.encoding == ENC_UTF16LE || told.encoding == ENC_UTF16BE) TRY(text_convert(f, &told, problems));
    SalesPass pass  = pass_begin(f, f->converted.n ? f->converted : f->bytes, &told, columns, run);
    SalesTold heard = { 0 };
    if (form->kind == FILE_CSV && !form->report.shape) {
        TRY(text_tally(f, &pass, columns, problems));
        bool again = rows_need_order(&pass);
        if (!again) TRY(summed(f, problems, out));
        if (again || names_need_order(&pass, out)) {
            pass = pass_again(f, &pass, false, true);
            TRY(rows_tally(f, form, &pass, columns, problems, &heard));
            TRY(summed(f, problems, out));
        }
    } else {
        TRY(rows_tally(f, form, &pass, columns, problems, &heard));
        TRY(summed(f, problems, out));
    }
    read_fill(&pass, &heard, read);
    f->names[SALES_THREADS_MAX] = arena_new((ptrdiff_t)1 << 34);
    TRY(names_utf8(f, &pass, out->client, out->clients, problems));
    return names_utf8(f, &pass, out->product, out->products, problems);
}
