/* The addresses of importing: a file is sent and recognised, looked at, tried, imported, followed, cancelled, taken
 * back. */
#include "sales/import/import_inside.h"
#include "sales/import/import_sql.h"
#include "sales/reading/report.h"
#include "sales/reading/table_rows.h"

enum { PREVIEW_ROWS = 12, PREVIEW_UNFOLDED = 30, PROBLEMS_SHOWN = 500 };

Voice import_voice(const Work *w)
{
    return (Voice){ work_lang(w), "" };
}

/* ---- looking at the first rows as they will be read ---- */

static void preview_fields(Work *w, JsonOut *j, const ImportPlan *plan)
{
    TargetField *fields;
    ptrdiff_t    n = import_fields_of(w, plan->target, &fields);
    for (int c = 0; c < plan->columns; c++) {
        for (ptrdiff_t f = 0; f < n; f++) {
            if (!str_eq(fields[f].name, plan->column[c].name)) continue;
            js_object(j);
            js_key(j, "name");
            js_str(j, fields[f].name);
            js_key(j, "label");
            js_str(j, fields[f].label);
            js_end(j);
        }
    }
}

/* number: where each of them stands in the file. */
static Err preview_rows(Work *w, JsonOut *j, const ImportPlan *plan, Str bytes, int64_t *number, int *n)
{
    TableRows rows;
    TableRow  row;
    Err       err  = OK;
    int       most = plan->form.report.shape == SHAPE_REPORT ? PREVIEW_UNFOLDED : PREVIEW_ROWS;
    TRY(table_rows_open(&rows, bytes, &plan->form, &w->problems));
    for (*n = 0; *n < most && (err = table_rows_next(&rows, &row, &w->problems)) == OK; ++*n) {
        number[*n] = row.number;
        js_array(j);
        for (int c = 0; c < plan->columns; c++) {
            const ImportColumn *column = &plan->column[c];
            import_cell_json(w, j, plan, column, table_cell(&row, column->at));
        }
        js_end(j);
    }
    table_rows_close(&rows);
    return err == NOT_FOUND ? OK : err;
}

static Err preview(Request *r)
{
    JsonOut   *j = &r->out;
    ImportPlan plan;
    int64_t    number[PREVIEW_UNFOLDED];
    int        n;
    Str       *bytes = import_mapped_held(r->w), name;
    TRY(import_plan_read(r->w, r->body, &plan));
    TRY(import_columns_check(r->w, &plan));
    TRY(file_bring(r->w, plan.file, r->w->actor, bytes, &name));
    js_object(j);
    js_key(j, "fields");
    js_array(j);
    preview_fields(r->w, j, &plan);
    js_end(j);
    js_key(j, "rows");
    js_array(j);
    TRY(preview_rows(r->w, j, &plan, *bytes, number, &n));
    js_end(j);
    js_key(j, "numbers");
    js_array(j);
    for (int i = 0; i < n; i++) js_i64(j, number[i]);
    js_end(j);
    js_end(j);
    return OK;
}

/* ---- beginning ---- */

typedef struct {
    Request   *r;
    ImportPlan plan;
    Str        name, shape, text;
    int64_t    id;
} Begin;

static Str begun(Arena *mem, int64_t id) { return str_fmt(mem, "{\"id\":%lld}", (long long)id); }

static Err begin_write(Work *w, void *to)
{
    Begin *b = to;
    TRY(import_begin(w, &b->plan, b->name, &b->id));
    TRY(import_shape_keep(w, b->shape, b->text));
    return answer_settle(b->r, w, begun(w->mem, b->id));
}

static Err begin(Request *r)
{
    Work      *w = r->w;
    Begin      b = { .r = r };
    Recognised rec;
    Str       *bytes = import_mapped_held(w);
    TRY(import_plan_read(w, r->body, &b.plan));
    TRY(import_columns_check(w, &b.plan));
    TRY(file_bring(w, b.plan.file, w->actor, bytes, &b.name));
    Problems own  = { .mem = w->mem };
    FormWish wish = FORM_WISH;
    wish.sheet = b.plan.form.kind != FILE_CSV ? b.plan.form.sheet : -1;
    if (table_recognise(w->mem, *bytes, wish, &rec, &own) == OK) b.shape = report_shape(w->mem, &rec);
    TRY(work_pulse(w)); /* a file that could not be looked at to its end has no shape */
    Buf     text = buf_new(w->mem, 1024);
    JsonOut j    = js_to(&text);
    import_plan_json(&j, &b.plan);
    b.text = buf_str(&text);
    TRY(work_write(w, begin_write, &b));
    js_raw(&r->out, begun(w->mem, b.id));
    return OK;
}

/* ---- following ---- */

/* As the screen names them: a dry run and a run are both running. */
static const char *state_shown(int64_t state)
{
    static const char *const shown[] = { "waiting", "running",   "running", "done",
                                         "failed",  "cancelled", "undoing", "undone" };
    return state >= 0 && state < COUNT(shown) ? shown[state] : "failed";
}

/* Columns of SQL_IMPORT_STATE and SQL_IMPORT_NEWEST. */
enum {
    AT_ID, AT_NAME, AT_TARGET, AT_DRY, AT_STATE, AT_ROWS, AT_CREATED, AT_CHANGED, AT_KNOWN, AT_BAD, AT_BEGUN, AT_BY,
    AT_BY_NAME, AT_DONE, AT_TOTAL, AT_RATE, AT_WARNED, AT_JOB_STATE, AT_SIZE, AT_UNTIL, AT_SALES, AT_AMOUNT,
    AT_CLIENTS, AT_NEW_CLIENTS
};

/* How a column is told; a count is 0 where there is none. */
typedef enum { TOLD_NUMBER, TOLD_COUNT, TOLD_TEXT, TOLD_MONEY, TOLD_MOMENT } Told;

typedef struct {
    const char *key;
    int         column;
    Told        told;
} Member;

static void put_members(JsonOut *j, const Rows *rows, const Member *m, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++) {
        js_key(j, m[i].key);
        switch (m[i].told) {
        case TOLD_NUMBER: js_i64(j, row_int(rows, m[i].column)); break;
        case TOLD_COUNT:  js_i64(j, row_null(rows, m[i].column) ? 0 : row_int(rows, m[i].column)); break;
        case TOLD_TEXT:   js_str(j, row_text(rows, m[i].column)); break;
        case TOLD_MONEY:  js_money(j, row_int(rows, m[i].column)); break;
        case TOLD_MOMENT: js_moment(j, row_int(rows, m[i].column)); break;
        }
    }
}

static void put_object(JsonOut *j, const char *key, const Rows *rows, const Member *m, ptrdiff_t n)
{
    js_key(j, key);
    js_object(j);
    put_members(j, rows, m, n);
    js_end(j);
}

/* Of an import of sales: what it brought; sums for whoever may see sales. */
static void put_brought(Work *w, JsonOut *j, const Rows *rows)
{
    static const Member brought[] = { { "sales", AT_SALES, TOLD_NUMBER },
                                      { "clients", AT_CLIENTS, TOLD_NUMBER },
                                      { "new_clients", AT_NEW_CLIENTS, TOLD_NUMBER },
                                      { "amount", AT_AMOUNT, TOLD_MONEY } };
    bool sums = !row_null(rows, AT_AMOUNT) && access_scope(w->who, "sale", "view") != SCOPE_NONE;
    if (!row_null(rows, AT_SALES)) put_members(j, rows, brought, COUNT(brought) - !sums);
}

/* While it runs it is told how far its job is, afterwards how many rows there were. */
static void put_import(Work *w, JsonOut *j, const Rows *rows)
{
    static const Member file[] = { { "size", AT_SIZE, TOLD_NUMBER }, { "until", AT_UNTIL, TOLD_MOMENT } };
    static const Member by[]   = { { "id", AT_BY, TOLD_NUMBER }, { "name", AT_BY_NAME, TOLD_TEXT } };
    int64_t state = row_int(rows, AT_STATE);
    bool    ends  = state != IMPORT_RUNNING && state != IMPORT_CHECKING && state != IMPORT_UNDOING;
    bool    dry   = row_int(rows, AT_DRY) == 1;
    const Member how_far[] = { { "done", ends ? AT_ROWS : AT_DONE, ends ? TOLD_NUMBER : TOLD_COUNT },
                               { "total", ends ? AT_ROWS : AT_TOTAL, ends ? TOLD_NUMBER : TOLD_COUNT },
                               { "rate", AT_RATE, TOLD_NUMBER },
                               { "created", AT_CREATED, TOLD_COUNT },
                               { "changed", AT_CHANGED, TOLD_COUNT },
                               { "known", AT_KNOWN, TOLD_COUNT },
                               { "bad", AT_BAD, TOLD_COUNT },
                               { "warned", AT_WARNED, TOLD_COUNT } };
    static const Member what[] = { { "id", AT_ID, TOLD_NUMBER },
                                   { "name", AT_NAME, TOLD_TEXT },
                                   { "target", AT_TARGET, TOLD_TEXT } };
    put_members(j, rows, what, COUNT(what));
    js_key(j, "dry");
    js_bool(j, dry);
    js_key(j, "state");
    js_c(j, state_shown(state));
    put_members(j, rows, how_far, COUNT(how_far));
    put_brought(w, j, rows);
    js_key(j, "can_undo");
    js_bool(j, import_can_undo((ImportState)state, dry, row_int(rows, AT_JOB_STATE)));
    if (row_null(rows, AT_SIZE)) js_key(j, "file"), js_null(j);
    else put_object(j, "file", rows, file, COUNT(file));
    put_members(j, rows, &(Member){ "at", AT_BEGUN, TOLD_MOMENT }, 1);
    put_object(j, "by", rows, by, COUNT(by));
}

/* What stood in a cell is told like the field that it was for. */
static Err put_problems(Request *r, const Entity *target, int64_t *count)
{
    Rows     rows;
    JsonOut *j = &r->out;
    js_key(j, "problems");
    js_array(j);
    TRY(db_query(r->w->db, SQL_IMPORT_BAD_ROWS,
                 VALS(val_int(r->id), val_int(IMPORT_LEFT_PLACE), val_int(PROBLEMS_SHOWN)), &rows));
    for (; rows_next(&rows); ++*count) {
        js_object(j);
        js_key(j, "row");
        js_i64(j, row_int(&rows, 0));
        js_key(j, "warning");
        js_bool(j, row_int(&rows, 1) == 1);
        Str         field = row_text(&rows, 2);
        bool        hides = field.s && target && import_hides(r->w, target, "view", field);
        KeptProblem p     = { row_text(&rows, 3), row_text(&rows, 5), row_text(&rows, 4), hides };
        js_key(j, "field");
        if (field.s) js_str(j, field);
        else js_null(j);
        js_key(j, "key");
        js_str(j, p.key);
        js_key(j, "cell");
        js_str(j, hides || !p.cell.s ? S("") : p.cell);
        js_key(j, "text");
        js_str(j, import_said(r->w->mem, import_voice(r->w), &p));
        js_end(j);
    }
    js_end(j);
    return rows_end(&rows);
}

/* Whoever may not do it again is offered nothing to do. */
static Err put_kinds(Request *r, const Entity *target)
{
    ImportPlan *plan = NEW(r->w->mem, ImportPlan);
    Problems    told = r->w->problems;
    if (!target) return OK;
    r->w->problems = (Problems){ .mem = r->w->mem, .limit = 1 };
    if (import_plan_of(r->w, r->id, plan)) *plan = (ImportPlan){ .target = target };
    r->w->problems = told;
    TRY(work_pulse(r->w));
    return import_kinds_put(r, plan);
}

static Err one(Request *r)
{
    Import  i;
    Rows    rows;
    int64_t shown = 0, bad = 0;
    TRY(record_load(r->w, &import_entity, r->id, &i)); /* rights and scope */
    TRY(db_query(r->w->db, SQL_IMPORT_STATE, VALS(val_int(r->id)), &rows));
    js_object(&r->out);
    if (rows_next(&rows)) {
        put_import(r->w, &r->out, &rows);
        bad = (row_null(&rows, AT_BAD) ? 0 : row_int(&rows, AT_BAD)) +
              (row_null(&rows, AT_WARNED) ? 0 : row_int(&rows, AT_WARNED));
    }
    TRY(rows_end(&rows));
    TRY(put_problems(r, entity_named(i.target), &shown));
    js_key(&r->out, "problem_count");
    js_i64(&r->out, bad > shown ? bad : shown);
    TRY(put_kinds(r, entity_named(i.target)));
    TRY(import_left_put(r));
    js_end(&r->out);
    return OK;
}

static Err newest(Request *r)
{
    enum { PAGE = 50 };
    int64_t before = INT64_C(1) << 53, last = 0, n = 0;
    Str     after  = asked_text(r, "after");
    Rows    rows;
    if (after.n && !str_i64(after, &before)) return fail(r->w, INVALID, "after", "list.cursor");
    TRY(scope_query(r->w, SQL_IMPORT_NEWEST, VALS(val_int(before), val_int(PAGE)), &rows));
    js_items(&r->out);
    for (; rows_next(&rows); n++) {
        js_object(&r->out);
        put_import(r->w, &r->out, &rows);
        js_end(&r->out);
        last = row_int(&rows, 0);
    }
    js_end(&r->out);
    js_key(&r->out, "next");
    if (n == PAGE) js_str(&r->out, str_fmt(r->w->mem, "%lld", (long long)last));
    else js_null(&r->out);
    js_end(&r->out);
    return rows_end(&rows);
}

static Err cancel(Request *r)
{
    TRY(import_cancel(r->w, r->id));
    js_object(&r->out);
    js_end(&r->out);
    return OK;
}

static Err undo(Request *r)
{
    TRY(import_undo_begin(r->w, r->id));
    js_object(&r->out);
    js_key(&r->out, "id");
    js_i64(&r->out, r->id);
    js_end(&r->out);
    return OK;
}

const Route import_routes[] = {
    { .method = POST,
      .path = "/api/import/file",
      .run = import_file_send,
      .needs = { "import", "add" },
      .writes = true,
      .slow = true,
      .body = BODY_FILE,
      .body_limit = INT64_C(1) << 30,
      .may_send = import_file_may_send,
      .gives =
          "file: int, name: text, form: object, columns: list, doubts: list, target_guess: text, targets: list,"
          " preview: list",
      .says = "route.import.file" },
    { .method = POST,
      .path = "/api/import/recognise",
      .run = import_file_recognise,
      .needs = { "import", "add" },
      .slow = true,
      .body = BODY_JSON,
      .takes = "file: int, form: object?, forget: bool?",
      .gives =
          "file: int, name: text, form: object, columns: list, report: object?, doubts: list, target_guess: text,"
          " remembered: bool, before: object?, targets: list, preview: list",
      .says = "route.import.recognise" },
    { .method = POST,
      .path = "/api/import/preview",
      .run = preview,
      .needs = { "import", "add" },
      .slow = true,
      .body = BODY_JSON,
      .takes = "file: int, form: object, target: text, columns: object",
      .gives = "fields: list, rows: list, numbers: list",
      .says = "route.import.preview" },
    { .method = POST,
      .path = "/api/import",
      .run = begin,
      .needs = { "import", "add" },
      .writes = true,
      .slow = true,
      .later = true,
      .body = BODY_JSON,
      .takes =
          "file: int, form: object, target: text, columns: object, key: text?, mode: create|update|upsert?, source:"
          " text?, c_marks_return: bool?, dry_run: bool?, mends: object?",
      .gives = "id: int",
      .says = "route.import.begin" },
    { .method = GET,
      .path = "/api/import",
      .run = newest,
      .needs = { "import", "view" },
      .takes = "after: text?",
      .gives = "items: list, next: text?",
      .says = "route.import.list" },
    { .method = GET,
      .path = "/api/import/{id}",
      .run = one,
      .needs = { "import", "view" },
      .gives = "state: text, done: int, total: int, problems: list, kinds: list, left: list",
      .says = "route.import.one" },
    { .method = POST,
      .path = "/api/import/{id}/cancel",
      .run = cancel,
      .needs = { "import", "change" },
      .writes = true,
      .says = "route.import.cancel" },
    { .method = POST,
      .path = "/api/import/{id}/undo",
      .run = undo,
      .needs = { "import", "change" },
      .writes = true,
      .later = true,
      .gives = "id: int",
      .says = "route.import.undo" },
    { .method = GET,
      .path = "/api/import/{id}/bad",
      .run = import_bad_rows,
      .needs = { "import", "export" },
      .slow = true,
      .takes = "format: csv|csv_ru|xlsx?",
      .gives = "file",
      .says = "route.import.bad" },
    { 0 },
};
