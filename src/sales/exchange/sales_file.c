/* A sales file becomes a summary.
 *
 * Threads read a text in chunks whose beginnings are guessed (sales_chunks.c).  When a guess turns out wrong, or a fault is met, everything is
 * read again from the beginning by one thread: the answer never depends on a guess. */
#include "sales/exchange/sales_file.h"
#include "core/utf8.h"
#include "format/charset.h"
#include "format/mapped.h"
#include "format/xlsx.h"
#include "sales/exchange/sales_job.h"
#include "sales/exchange/table_rows.h"

#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { SMALL = 32 << 20 };

Err sales_file_open(SalesFile *f, const char *path, Problems *problems)
{
    *f = (SalesFile){ 0 };
    return mapped_open(path, &f->bytes, problems);
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
static ptrdiff_t body_begin(Job *job, Arena fields)
{
    Arena     quoted = fields;
    CsvReader r      = csv_reader(job->text, &job->form, &quoted);
    if (!job->form.header || csv_next(&r, &quoted)) return r.at;
    if (r.fault) fault_met(job, &r);
    return job->text.n;
}

static void hands_make(Job *job, SalesFile *f, const SalesColumns *columns, Arena *mem)
{
    for (int i = 0; i < job->threads; i++) {
        Hand *h      = NEW(mem, Hand);
        f->names[i]  = arena_new((ptrdiff_t)1 << 34);
        *h           = (Hand){ .job = job, .thread = i, .rows = sales_rows(&job->form, columns), .names = &f->names[i] };
        h->fields    = arena_new(CSV_COLUMNS_MAX * (ptrdiff_t)sizeof(Str) + 4096);
        h->quoted    = arena_new((ptrdiff_t)(CSV_COLUMNS_MAX + 1) * (CSV_FIELD_MAX + 16));
        job->hand[i] = h;
    }
}

static void hands_drop(Job *job)
{
    for (int i = 0; i < job->threads; i++) {
        arena_drop(&job->hand[i]->fields);
        arena_drop(&job->hand[i]->quoted);
    }
}

/* Runs the hands to their end; this thread is the first of them.  With fewer threads than asked for, should the system refuse more. */
static void hands_run(Job *job)
{
    pthread_t thread[SALES_THREADS_MAX];
    int       n = 1;
    pthread_mutex_lock(&job->gate);
    while (n < job->threads && pthread_create(&thread[n], NULL, hand_work, job->hand[n]) == 0) n++;
    job->tally = tally_new(job->settings, n);
    pthread_mutex_unlock(&job->gate);
    hand_work(job->hand[0]);
    for (int i = 1; i < n; i++) pthread_join(thread[i], NULL);
}

static bool guesses_right(const Job *job)
{
    for (ptrdiff_t k = 1; k < job->chunks; k++)
        if (job->start[k] != job->end[k - 1]) return false;
    return true;
}

/* One reading of a text, from beginning to end unless something stops it. */
static void text_read(Job *job, SalesFile *f, const SalesColumns *columns)
{
    ptrdiff_t most = job->text.n / SALES_CHUNK + 1;
    Arena     mem  = arena_new(SALES_THREADS_MAX * (ptrdiff_t)sizeof(Hand) + 2 * most * (ptrdiff_t)sizeof(ptrdiff_t) + 4096);
    hands_make(job, f, columns, &mem);
    job->start    = NEW_N(&mem, ptrdiff_t, most);
    job->end      = NEW_N(&mem, ptrdiff_t, most);
    job->start[0] = job->body = body_begin(job, job->hand[0]->quoted);
    job->chunks   = (job->text.n - job->body + SALES_CHUNK - 1) / SALES_CHUNK;
    hands_run(job);
    f->tally     = job->tally;
    job->guessed = !job->fault && !job->stop && !guesses_right(job);
    for (int i = 0; i < job->threads; i++)
        for (int fate = 0; fate < ROW_FATES; fate++) job->fate[fate] += job->hand[i]->rows.fate[fate];
    hands_drop(job);
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

static Job job_begin(SalesFile *f, Str text, const TableForm *form, const SalesColumns *columns, const SalesRun *run)
{
    Job job = { .text = text, .form = *form, .run = run, .settings = run->tally, .gate = PTHREAD_MUTEX_INITIALIZER };
    job.threads = run->threads ? run->threads : processors();
    job.settings.has_documents = columns->at[COL_DOCUMENT] >= 0;
    job.settings.any_documents |= text.n <= SMALL;
    job.settings.fold_of = (int)form->encoding;
    if (form->kind == FILE_CSV && form->encoding != ENC_UTF8) job.settings.fold = name_fold;
    if (!job.settings.seed && getrandom(&job.settings.seed, sizeof job.settings.seed, 0) < 0) job.settings.seed = (uint64_t)(uintptr_t)f;
    return job;
}

/* The same job once more, from a clean table. */
static Job job_again(SalesFile *f, const Job *job, bool alone, bool any_documents)
{
    Job again = { .text = job->text, .form = job->form, .run = job->run, .settings = job->settings, .threads = job->threads,
                  .gate = PTHREAD_MUTEX_INITIALIZER, .alone = alone };
    again.settings.any_documents |= any_documents;
    reading_drop(f);
    return again;
}

/* Lines above the table: a title. */
static int64_t lines_above(const Job *job)
{
    int64_t n = 0;
    for (ptrdiff_t at = csv_line_from(job->text, 1); at <= job->form.begins && at < job->text.n; at = csv_line_from(job->text, at + 1)) n++;
    return n;
}

/* What the reader met, with its row: this job read alone, so every row before the fault was counted. */
static Err fault_told(const Job *job, Problems *problems)
{
    int64_t row = lines_above(job) + 1 + (job->form.header && job->fault_at >= job->body);
    for (int fate = 0; fate < ROW_FATES; fate++) row += job->fate[fate];
    return csv_problem(problems, job->fault_is, row, job->fault_at);
}

static Err text_tally(SalesFile *f, Job *job, const SalesColumns *columns, Problems *problems)
{
    for (;;) {
        text_read(job, f, columns);
        bool unsure = tally_unsure(job->tally), alone = !job->alone && (job->fault || job->guessed);
        if (job->stop) return PROBLEM(problems, BUSY, NULL, "file.cancelled");
        if (!unsure && !alone) return job->fault ? fault_told(job, problems) : OK;
        *job = job_again(f, job, job->alone || alone, unsure);
    }
}

/* UTF-16 as UTF-8, in a temporary file. */
static Err text_convert(SalesFile *f, TableForm *form, Problems *problems)
{
    if (text_as_utf8(str_from(f->bytes, (ptrdiff_t)form->begins), form->encoding, &f->converted)) return PROBLEM(problems, BROKEN, NULL, "file.no_temporary");
    form->encoding = ENC_UTF8;
    form->begins   = 0;
    return OK;
}

/* Rows of a workbook, by one thread: unpacking takes longer than everything else. */
static Err book_tally(SalesFile *f, Job *job, const SalesColumns *columns, Problems *problems)
{
    Arena   mem = arena_new((ptrdiff_t)1 << 34);
    Xlsx   *book;
    XlsxRow row;
    Err     err  = xlsx_open(f->bytes, &book, problems);
    job->threads = 1;
    job->text    = (Str){ 0 };
    if (err == OK) {
        hands_make(job, f, columns, &mem);
        f->tally = job->tally = tally_new(job->settings, 1);
        err = xlsx_begin(book, job->form.sheet, job->form.number.decimal);
        for (int64_t n = 0; err == OK && (err = xlsx_next(book, &row)) == OK; n++) {
            if (row.number > job->form.begins + job->form.header) row_hand_in(job->hand[0], row.cell, row.count, row.number);
            if (n % 4096 == 0 && job->run->tick && !job->run->tick(job->run->ctx, xlsx_percent(book), 100)) job->stop = true;
            if (job->stop) err = BUSY;
        }
        tally_done(job->tally, 0);
        memcpy(job->fate, job->hand[0]->rows.fate, sizeof job->fate);
        hands_drop(job);
        xlsx_close(book);
    }
    arena_drop(&mem);
    return err == NOT_FOUND ? OK : err;
}

static void read_fill(const Job *job, SalesRead *read)
{
    *read = (SalesRead){ .used = job->fate[ROW_USED] };
    for (int fate = 0; fate < ROW_FATES; fate++) {
        read->rows += job->fate[fate];
        if (fate != ROW_USED && job->fate[fate])
            read->skipped[read->skipped_count++] = (Skipped){ .key = row_fate_keys[fate], .rows = job->fate[fate] };
    }
}

static bool is_ascii(Str s)
{
    unsigned char all = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) all |= (unsigned char)s.s[i];
    return all < 0x80;
}

/* The place of the first broken character of a text that has one. */
static Err broken_utf8(const Job *job, Problems *problems)
{
    Arena     mem  = arena_new((ptrdiff_t)(CSV_COLUMNS_MAX + 1) * (CSV_FIELD_MAX + 16)), row_mem = mem;
    CsvReader r    = csv_reader(job->text, &job->form, &row_mem);
    ptrdiff_t byte = (ptrdiff_t)job->form.begins + utf8_first_bad(str_from(job->text, (ptrdiff_t)job->form.begins));
    int64_t   row  = lines_above(job);
    for (Arena each = row_mem; r.at <= byte && csv_next(&r, &each); each = row_mem) row++;
    arena_drop(&mem);
    return problem_add(problems, (Problem){ .err = INVALID, .key = "file.broken_utf8", .row = row, .arg_count = 1,
                                            .args = { arg_count("byte", (int64_t)byte + 1) } });
}

/* Names as UTF-8: checked, or converted into memory of the file. */
static Err names_utf8(SalesFile *f, const Job *job, Str *name, ptrdiff_t n, Problems *problems)
{
    Buf b = buf_new(&f->names[SALES_THREADS_MAX], 4096);
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t bad;
        if (is_ascii(name[i])) continue;
        if (job->form.encoding == ENC_UTF8) {
            if (job->text.n && !utf8_valid(name[i], &bad)) return broken_utf8(job, problems);
            continue;
        }
        b = buf_new(&f->names[SALES_THREADS_MAX], 3 * name[i].n + 8);
        text_to_utf8(job->form.encoding, name[i], &b);
        name[i] = buf_str(&b);
    }
    return OK;
}

Err sales_file_tally(SalesFile *f, const TableForm *form, const SalesColumns *columns, const SalesRun *run, Problems *problems,
                     SalesRead *read, Summary *out)
{
    TableForm told = *form;
    reading_drop(f);
    mapped_close(f->converted);
    f->converted = (Str){ 0 };
    if (told.encoding == ENC_UTF16LE || told.encoding == ENC_UTF16BE) TRY(text_convert(f, &told, problems));
    Job job = job_begin(f, f->converted.n ? f->converted : f->bytes, &told, columns, run);
    TRY(form->kind == FILE_XLSX ? book_tally(f, &job, columns, problems) : text_tally(f, &job, columns, problems));
    read_fill(&job, read);
    if (tally_summary(f->tally, out) != OK) return PROBLEM(problems, INVALID, NULL, "analyze.too_much_money");
    f->names[SALES_THREADS_MAX] = arena_new((ptrdiff_t)1 << 34);
    TRY(names_utf8(f, &job, out->client, out->clients, problems));
    return names_utf8(f, &job, out->product, out->products, problems);
}
