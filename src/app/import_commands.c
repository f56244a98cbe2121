/* `sbyt import` and `sbyt undo`: a file comes in, and goes back. */
#include "app/options.h"
#include "app/program.h"
#include "files/files.h"
#include "format/mapped.h"
#include "format/unpack.h"
#include "sales/import/import.h"
#include "sales/import/import_sql.h"
#include "sales/reading/columns.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static Err say(Call *call, Buf *b) { return buf_to_fd(&call->out, buf_str(b)) ? OK : BROKEN; }

static void sleep_ms(int ms)
{
    struct timespec t = { ms / 1000, ms % 1000 * 1000000L };
    nanosleep(&t, NULL);
}

/* ---- following an import to its end ---- */

typedef struct {
    int64_t     id;
    Import      import;
    bool        found;
    int64_t     job;
} Watch;

static Err watch(Work *w, void *to)
{
    Watch *x   = to;
    Err    err = db_int(w->db, SQL_IMPORT_JOB_STATE, VALS(val_int(x->id)), &x->job);
    if (err && err != NOT_FOUND) return err;
    return record_fetch(w, &import_entity, &x->id, 1, false, &x->import, &x->found);
}

static bool ended(const Import *i)
{
    return i->state != IMPORT_RUNNING && i->state != IMPORT_CHECKING && i->state != IMPORT_UNDOING &&
           i->ended_at != NONE;
}

static int64_t plain_count(int64_t n) { return n == NONE ? 0 : n; }

/* ---- what was wrong with its rows ---- */

typedef struct {
    Call   *call;
    Buf    *out;
    int64_t id, row, place; /* behind which problem the next page begins */
    int64_t kept;           /* problems told                             */
    bool    more;
} Telling;

/* Its key, cell and arguments stand in these columns. */
static Str said(Telling *x, const Rows *rows, int key, int cell, int args)
{
    KeptProblem p = { .key = row_text(rows, key), .cell = row_text(rows, cell), .args = row_text(rows, args) };
    return import_said(x->call->mem, x->call->voice, &p);
}

/* 135,080 rows, the first is row 623: the client is missing.  What is about no row, row 0, is told by itself. */
static void tell_sum(Telling *x, const Rows *rows)
{
    Str why = said(x, rows, 0, 4, 5);
    if (row_int(rows, 3) == 0) buf_put(x->out, why);
    else
        SAY(x->out, x->call->voice, "import.said_sum", arg_count("n", row_int(rows, 2)),
            arg_row("at", row_int(rows, 3)), arg_text("why", why));
    buf_c(x->out, "\n");
}

static Err tell_sums(Work *w, void *to)
{
    Telling *x = to;
    Rows     rows;
    TRY(db_query(w->db, SQL_IMPORT_BAD_SUMS, VALS(val_int(x->id)), &rows));
    while (rows_next(&rows)) {
        x->kept += row_int(&rows, 2);
        tell_sum(x, &rows);
    }
    return rows_end(&rows);
}

/* row 623, client: The client is missing */
static Err tell_page(Work *w, void *to)
{
    enum { PAGE = 1000 };
    Telling *x = to;
    int      n = 0;
    Rows     rows;
    TRY(db_query(w->db, SQL_IMPORT_BAD_PAGE, VALS(val_int(x->id), val_int(x->row), val_int(x->place), val_int(PAGE)),
                 &rows));
    for (; rows_next(&rows); n++) {
        x->row = row_int(&rows, 0), x->place = row_int(&rows, 1), x->kept++;
        bool placed = !row_null(&rows, 3) && row_text(&rows, 3).n;
        SAY(x->out, x->call->voice, placed ? "import.said_place" : "import.said_row", arg_row("at", x->row),
            arg_text("name", placed ? row_text(&rows, 3) : S("")), arg_text("why", said(x, &rows, 4, 5, 6)));
        buf_c(x->out, "\n");
    }
    x->more = n == PAGE;
    return rows_end(&rows);
}

/* A dry run is asked for to see every problem; after an import the reasons say what is left to do. */
static Err tell_problems(Call *call, Program *p, int64_t id, bool each, int64_t bad)
{
    Buf     out = buf_sink(call->mem, 1 << 16, buf_to_fd, &call->out);
    Telling x   = { .call = call, .out = &out, .id = id, .row = -1, .place = -1, .more = each };
    if (!each) TRY(program_run(call, p, LANE_FAST, tell_sums, &x));
    while (x.more) TRY(program_run(call, p, LANE_FAST, tell_page, &x));
    if (bad > x.kept) {
        SAY(&out, call->voice, "import.said_rest", arg_count("n", bad - x.kept));
        buf_c(&out, "\n");
    }
    return buf_flush(&out) ? OK : BROKEN;
}

/* It is well when it ends as it was wanted to. */
static Err follow(Call *call, Program *p, int64_t id, ImportState wanted)
{
    Watch x = { .id = id };
    do {
        sleep_ms(100);
        if (p->stops) return PROBLEM(&call->problems, BUSY, NULL, "import.goes_on_later");
        TRY(program_run(call, p, LANE_FAST, watch, &x));
    } while (x.found && x.job < JOB_DONE && !(ended(&x.import) || (x.import.dry && x.import.state == IMPORT_DONE)));
    if (!x.found) return PROBLEM(&call->problems, NOT_FOUND, NULL, "import.no_such_import");
    const Import *i = &x.import;
    Buf           b = buf_new(call->mem, 400);
    const char   *key = i->state == IMPORT_DONE     ? (i->dry ? "import.said_dry" : "import.said_done")
                        : i->state == IMPORT_UNDONE ? "import.said_undone"
                                                    : "import.said_failed";
    SAY(&b, call->voice, key, arg_text("id", str_fmt(call->mem, "%lld", (long long)id)),
        arg_count("rows", plain_count(i->rows_read)), arg_count("made", plain_count(i->made)));
    buf_c(&b, "\n");
    SAY(&b, call->voice, "import.said_counts", arg_count("changed", plain_count(i->changed)),
        arg_count("known", plain_count(i->known)), arg_count("bad", plain_count(i->bad)),
        arg_count("warned", plain_count(i->warned)));
    buf_c(&b, "\n");
    TRY(say(call, &b));
    TRY(tell_problems(call, p, id, i->dry, plain_count(i->bad)));
    if (i->state != (C_choice)wanted) return PROBLEM(&call->problems, INVALID, NULL, "import.ended_early");
    bool nothing = i->rows_read > 0 && i->bad == i->rows_read;
    return nothing && wanted == IMPORT_DONE ? PROBLEM(&call->problems, INVALID, NULL, "import.nothing_taken") : OK;
}

/* ---- import ---- */

enum { IMPORT_TARGET = OPTION_OWN, IMPORT_COLUMNS, IMPORT_SOURCE, IMPORT_KEY, IMPORT_MODE, IMPORT_DRY };
static const OptionRow import_rows[] = { PROGRAM_OPTIONS,     { "target", false }, { "columns", false },
                                         { "source", false }, { "key", false },    { "mode", false },
                                         { "dry-run", true } };

typedef struct {
    Call          *call;
    const Options *options;
    Str            path, bytes; /* unpacked */
    int64_t        size;        /* of the file */
    Str            text;        /* of the plan  */
    int64_t        file, id;
    ImportPlan     plan;
} Importing;

/* Of sales the recognised columns; of records those that were told or whose names say a field. */
static Err plan_columns(Work *w, Importing *x, Recognised *rec, const SalesColumns *sales, Str told)
{
    ImportPlan *p = &x->plan;
    bool        is_sale = str_eq(str_of(p->target->name), S("sale"));
    for (int c = 0; is_sale && c < COL_COUNT; c++)
        if (sales->at[c] >= 0) p->column[p->columns++] = (ImportColumn){ str_of(sales_column_names[c]), sales->at[c] };
    if (is_sale) return OK;
    return import_columns_guess(w, rec, p->target, told, p);
}

/* The first of number, ИНН and name that has a column. */
static Str usual_key(const ImportPlan *p)
{
    static const char *const keys[] = { "number", "inn", "name" };
    for (int i = 0; i < (int)COUNT(keys); i++)
        if (import_column(p, keys[i]) >= 0) return str_of(keys[i]);
    return S("");
}

/* What in a file of sales could be taken in another way goes to the error output, as with sbyt analyze. */
static void doubts_told(Work *w, Importing *x, const Recognised *rec, const SalesColumns *sales, Str told)
{
    SalesDoubt doubt[SALES_DOUBTS_MAX];
    int        n = sales_doubts(w->mem, rec, sales, told, doubt);
    for (int i = 0; i < n; i++)
        PROBLEM(&x->call->problems, INVALID, NULL, doubt[i].key, doubt[i].args[0], doubt[i].args[1]);
}

/* What was put together is read again as a person's would be: the same checks.  It outlives the work that made it. */
static void plan_told(Importing *x)
{
    Buf     text = buf_new(x->call->mem, 1024);
    JsonOut j    = js_to(&text);
    import_plan_json(&j, &x->plan);
    x->text = buf_str(&text);
}

static Err plan_make(Work *w, void *to)
{
    Importing   *x = to;
    Recognised   rec;
    SalesColumns sales;
    Problems     own = { .mem = w->mem };
    Str          told = option_or(x->options, IMPORT_COLUMNS, "");
    TRY(sales_table_recognise(w->mem, x->bytes, FORM_WISH, &rec, &w->problems));
    Str  target  = option_or(x->options, IMPORT_TARGET, told.n ? "sale" : "");
    bool is_sale = str_eq(target, S("sale"));
    Err  err     = sales_columns_find(w->mem, &rec, is_sale ? told : S(""), &sales, &own);
    if (!target.n) target = err ? S("client") : S("sale");
    is_sale = str_eq(target, S("sale"));
    if (err && is_sale) {
        w->problems = own;
        return err;
    }
    x->plan = (ImportPlan){ .target = entity_named(target),
                            .form = rec.form,
                            .c_marks_return = is_sale && sales.c_marks_return,
                            .source = option_or(x->options, IMPORT_SOURCE, "file"),
                            .dry = x->options->value[IMPORT_DRY] != NULL };
    if (!x->plan.target) return fail(w, INVALID, "target", "import.no_such_target");
    TRY(plan_columns(w, x, &rec, &sales, told));
    if (is_sale) doubts_told(w, x, &rec, &sales, told);
    x->plan.key = is_sale                         ? S("")
                  : x->options->value[IMPORT_KEY] ? option_or(x->options, IMPORT_KEY, "")
                                                  : usual_key(&x->plan);
    if (!import_mode_named(option_or(x->options, IMPORT_MODE, x->plan.key.n || is_sale ? "upsert" : "create"),
                           &x->plan.mode))
        return fail(w, INVALID, "mode", "import.no_such_mode");
    int fd = open(str_c(w->mem, x->path), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return fail(w, NOT_FOUND, NULL, "file.not_found", arg_text("path", x->path));
    err = file_keep(w, fd, x->size, x->path, &x->plan.file);
    close(fd);
    plan_told(x);
    return err;
}

static Err plan_begin(Work *w, void *to)
{
    Importing *x = to;
    Str        name = x->path;
    for (ptrdiff_t i = 0; i < x->path.n; i++)
        if (x->path.s[i] == '/') name = str_from(x->path, i + 1);
    const Json *json;
    ImportPlan  plan;
    TRY(json_read(w->mem, x->text, (JsonLimits){ 0 }, &w->problems, &json));
    TRY(import_plan_read(w, json, &plan));
    return import_begin(w, &plan, name, &x->id);
}

static Err imported(Call *call, Program *p, const Options *options)
{
    Importing x = { .call = call, .options = options };
    x.path      = path_from(call, options->plain[0]);
    TRY(mapped_open(str_c(call->mem, x.path), &x.bytes, &call->problems));
    x.size  = x.bytes.n;
    Err err = table_unpack(&x.bytes, &call->problems);
    if (!err) err = program_run(call, p, LANE_SLOW, plan_make, &x);
    if (!err) err = program_run(call, p, LANE_WRITER, plan_begin, &x);
    mapped_close(x.bytes);
    return err ? err : follow(call, p, x.id, IMPORT_DONE);
}

Err import_command_run(Call *call)
{
    Options options;
    TRY(options_read(call, import_rows, (int)COUNT(import_rows), &options));
    if (options.plain_count != 1) return PROBLEM(&call->problems, INVALID, NULL, "import.one_file");
    return program_do(call, &options, imported);
}

/* ---- undo ---- */

static const OptionRow base_rows[] = { PROGRAM_OPTIONS };

static Err undo_begin(Work *w, void *id)
{
    return import_undo_begin(w, *(int64_t *)id);
}

static Err undone(Call *call, Program *p, const Options *options)
{
    int64_t id;
    if (!str_i64(str_of(options->plain[0]), &id)) return PROBLEM(&call->problems, INVALID, NULL, "import.which_import");
    TRY(program_run(call, p, LANE_WRITER, undo_begin, &id));
    return follow(call, p, id, IMPORT_UNDONE);
}

Err undo_command_run(Call *call)
{
    Options options;
    TRY(options_read(call, base_rows, (int)COUNT(base_rows), &options));
    if (options.plain_count != 1) return PROBLEM(&call->problems, INVALID, NULL, "import.which_import");
    return program_there(call, &options, undone);
}
