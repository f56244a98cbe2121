/* `sbyt analyze FILE`: from a file of sales to what it says, without a server. */
#include "app/analyze_book.h"
#include "app/analyze_json.h"
#include "app/analyze_options.h"
#include "app/analyze_text.h"
#include "app/text_table.h"

#include "core/utf8.h"
#include "sales/reading/columns.h"
#include "sales/reading/days_doubts.h"
#include "sales/reading/report.h"
#include "sales/reading/total_said.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    SalesFile    file;
    Recognised   table;
    SalesColumns columns;
    SalesRead    read;
    Summary      summary;
} Source;

static Err nothing_used(Call *call, const AnalyzeOptions *o, const SalesRead *read)
{
    const char *key = !read->used               ? "analyze.nothing_used"
                      : o->tally.to != DAY_NONE ? "analyze.nothing_in_period"
                                                : "analyze.only_returns";
    for (int i = 0; i < read->skipped_count; i++)
        PROBLEM(&call->problems, INVALID, NULL, "analyze.skipped_rows", arg_count("n", read->skipped[i].rows),
                arg_word("reason", read->skipped[i].key));
    return PROBLEM(&call->problems, INVALID, NULL, key, arg_count("n", read->rows));
}

/* A client without a name is called by his ИНН.  Names change, codes and ИНН stay: where both are there, and
 * nobody named the column, clients and products are told apart by them. */
static void things_by_code(SalesColumns *c, Str told)
{
    if (str_find(told, S("client=")) >= 0) {
        c->at[COL_CLIENT_KEY] = -1;
        if (str_find(told, S("inn=")) < 0) c->at[COL_INN] = -1;
    }
    if (c->at[COL_CLIENT] < 0) c->at[COL_CLIENT] = c->at[COL_INN], c->whole[COL_CLIENT] = c->whole[COL_INN];
    if (c->at[COL_PRODUCT_KEY] < 0 || str_find(told, S("product=")) >= 0) return;
    c->at[COL_PRODUCT]    = c->at[COL_PRODUCT_KEY];
    c->whole[COL_PRODUCT] = c->whole[COL_PRODUCT_KEY];
}

static Err source_read(Call *call, const AnalyzeOptions *o, Source *s)
{
    TRY(sales_file_open(&s->file, o->path, &call->problems));
    TRY(sales_recognise(call->mem, s->file.bytes, FORM_WISH, str_of(o->columns), &s->table, &s->columns,
                        &call->problems));
    things_by_code(&s->columns, str_of(o->columns));
    SalesRun run = { .tally = o->tally };
    TRY(sales_file_tally(&s->file, &s->table.form, &s->columns, &run, &call->problems, &s->read, &s->summary));
    return s->summary.clients ? OK : nothing_used(call, o, &s->read);
}

/* Does somebody buy who is called a total, though nothing in front of him says that he is one? */
static void total_doubt(const Summary *s, SalesDoubt out[SALES_DOUBTS_MAX], int *n)
{
    for (ptrdiff_t i = 0; i < s->clients && *n < SALES_DOUBTS_MAX; i++) {
        if (!total_likely(s->client[i]) || total_said(s->client[i], NULL) == TOTAL_NOT) continue;
        out[(*n)++] = (SalesDoubt){ .key = "analyze.doubt.total_client", .args = { arg_text("what", s->client[i]) } };
        return;
    }
}

/* Totals that could have been taken for sales. */
static void left_doubt(const SalesTold *t, SalesDoubt out[SALES_DOUBTS_MAX], int *n)
{
    if (!t->left || *n == SALES_DOUBTS_MAX) return;
    out[(*n)++] = (SalesDoubt){ .key = "analyze.doubt.totals_left",
                                .args = { arg_count("n", t->left), arg_row("at", t->left_row),
                                          arg_text("what", (Str){ t->left_said, t->left_said_n }) } };
}

/* A total that is not what the rows above it give. */
static void differs_doubt(const SalesTold *t, SalesDoubt out[SALES_DOUBTS_MAX], int *n)
{
    if (!t->differs || *n == SALES_DOUBTS_MAX) return;
    out[(*n)++] = (SalesDoubt){ .key = "analyze.doubt.total_differs",
                                .args = { arg_text("what", (Str){ t->said, t->said_n }), arg_row("at", t->differs),
                                          arg_money("stated", t->stated), arg_money("added", t->added) } };
}

/* How the file was understood, where it is no plain table. */
static void report_doubt(Call *call, const Recognised *r, SalesDoubt out[SALES_DOUBTS_MAX], int *n)
{
    Str said = report_said(call->mem, r, call->voice.lang);
    if (said.n && *n < SALES_DOUBTS_MAX)
        out[(*n)++] = (SalesDoubt){ .key = "analyze.doubt.report", .args = { arg_text("said", said) } };
}

/* By the clock that most firms live by: a file knows of none. */
static const Zone *usual_zone(Arena *mem)
{
    const Zone *zone = zone_load(mem, NULL, S("Europe/Moscow"));
    return zone ? zone : zone_utc();
}

static Day today_in(const Zone *zone)
{
    return zone_day(zone, (Moment)time(NULL) * 1000);
}

/* Days ahead that stand further down than what was looked at. */
static void ahead_doubt(const Summary *s, Day today, SalesDoubt out[SALES_DOUBTS_MAX], int *n)
{
    for (int i = 0; i < *n; i++)
        if (str_eq(str_of(out[i].key), S("analyze.doubt.days_ahead"))) return;
    Day last = today;
    for (ptrdiff_t i = 0; i < s->clients; i++)
        if (s->last[i] != DAY_NONE && s->last[i] > last) last = s->last[i];
    if (last > today && *n < SALES_DOUBTS_MAX)
        out[(*n)++] = (SalesDoubt){ .key = "analyze.doubt.last_ahead", .args = { arg_day("day", last) } };
}

static int doubts_find(Call *call, const AnalyzeOptions *o, const Source *s, SalesDoubt out[SALES_DOUBTS_MAX])
{
    const Zone *zone = usual_zone(call->mem);
    Day         today = today_in(zone);
    int n = sales_doubts(call->mem, &s->table, &s->columns, str_of(o->columns), out);
    n     = days_doubts(&s->table, &s->columns, today, zone, out, n);
    ahead_doubt(&s->summary, today, out, &n);
    report_doubt(call, &s->table, out, &n);
    total_doubt(&s->summary, out, &n);
    left_doubt(&s->read.told, out, &n);
    differs_doubt(&s->read.told, out, &n);
    return n;
}

static Err out_write(Call *call, Buf *b)
{
    return buf_flush(b) ? OK : PROBLEM(&call->problems, BROKEN, NULL, "output.failed");
}

/* The answer has no place for a doubt: it goes to the error output. */
static Err json_write(Call *call, const AnalyzeOptions *o, const Report *r, const Findings *found, const Source *s)
{
    int         fd = STDOUT_FILENO;
    Buf         b  = buf_sink(call->mem, 1 << 16, buf_to_fd, &fd);
    SalesDoubt  doubt[SALES_DOUBTS_MAX];
    analyze_json(r, found, &s->read, &b);
    TRY(out_write(call, &b));
    int doubts = doubts_find(call, o, s, doubt);
    for (int i = 0; i < doubts; i++)
        PROBLEM(&call->problems, INVALID, NULL, doubt[i].key, doubt[i].args[0], doubt[i].args[1],
                doubt[i].args[2], doubt[i].args[3]);
    return OK;
}

static Err text_write(Call *call, const Analysis *a)
{
    int fd   = STDOUT_FILENO;
    Buf text = buf_new(call->mem, 1 << 16), b = buf_sink(call->mem, 1 << 16, buf_to_fd, &fd);
    analyze_text(a, call->voice, &text, call->mem);
    text_disarm(text.data, text.len);
    buf_put(&b, buf_str(&text));
    return out_write(call, &b);
}

static Str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

/* What changed, and what the base says: all that the report does not hold. */
typedef struct {
    Arena    scratch;
    Changes  changes;
    Findings found;
} Seen;

static Seen *look(Call *call, const Report *r)
{
    Seen *seen = NEW(call->mem, Seen);
    seen->scratch = arena_new((ptrdiff_t)1 << 33);
    changes_find(r, FALLING_USUAL, seen->scratch, &seen->changes);
    findings_find((FindingsOf){ .report = r, .changes = &seen->changes, .whole = true }, call->mem, seen->scratch,
                  &seen->found);
    return seen;
}

static Err told(Call *call, const AnalyzeOptions *o, Source *s, const Report *r, Seen *seen)
{
    Analysis a = { .report = r, .changes = &seen->changes, .findings = &seen->found, .read = &s->read,
                   .ignores_returns = o->tally.ignore_returns, .file = name_of(o->path),
                   .scratch = &seen->scratch };
    a.doubts = doubts_find(call, o, s, a.doubt);
    sales_file_first_skipped(&s->file, &s->table.form, &s->columns, call->mem, &s->read);
    if (o->xlsx) TRY(analyze_book(&a, call->voice, o->xlsx, call->mem, &call->problems));
    return o->json ? OK : text_write(call, &a);
}

/* A workbook written over the file it is made from would leave neither. */
static bool same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/* Could the workbook be written there?  Asked before the work, which may be long. */
static bool writable(Call *call, const char *path)
{
    struct stat is;
    if (stat(path, &is) == 0) return !S_ISDIR(is.st_mode) && access(path, W_OK) == 0;
    const char *slash  = strrchr(path, '/');
    const char *folder = slash ? str_c(call->mem, (Str){ path, slash + 1 - path }) : ".";
    return *path && access(folder, W_OK | X_OK) == 0;
}

static Err target_check(Call *call, const AnalyzeOptions *o)
{
    if (!o->xlsx) return OK;
    if (same_file(o->path, o->xlsx))
        return PROBLEM(&call->problems, INVALID, "xlsx", "analyze.same_file", arg_text("path", str_of(o->xlsx)));
    return writable(call, o->xlsx)
               ? OK
               : PROBLEM(&call->problems, INVALID, "xlsx", "analyze.not_writable", arg_text("path", str_of(o->xlsx)));
}

Err analyze_run(Call *call)
{
    AnalyzeOptions o;
    Source         s = { 0 };
    Report         r;
    TRY(analyze_options(call, &o));
    TRY(target_check(call, &o));
    TRY(source_read(call, &o, &s));
    Arena scratch = arena_new((ptrdiff_t)1 << 33);
    TRY(report_make(&s.summary, o.report, call->mem, scratch, &r));
    Seen *seen = !o.json || o.xlsx || o.findings ? look(call, &r) : NULL;
    if (o.json) TRY(json_write(call, &o, &r, o.findings ? &seen->found : NULL, &s));
    if (!o.json || o.xlsx) TRY(told(call, &o, &s, &r, seen));
    sales_file_close(&s.file);
    return OK;
}
