/* The addresses of importing: a file is sent and recognised, looked at, tried, imported, followed, cancelled, taken back. */
#include "sales/exchange/import_inside.h"
#include "sales/exchange/import_sql.h"
#include "sales/exchange/table_rows.h"

enum { PREVIEW_ROWS = 12, PROBLEMS_SHOWN = 500 };

Voice import_voice(const Work *w)
{
    return (Voice){ str_eq(w->language, S("ru")) ? LANG_RU : LANG_EN, "" };
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

static Err preview_rows(Work *w, JsonOut *j, const ImportPlan *plan, Str bytes)
{
    TableRows rows;
    TableRow  row;
    Err       err = OK;
    TRY(table_rows_open(&rows, bytes, &plan->form, &w->problems));
    for (int i = 0; i < PREVIEW_ROWS && (err = table_rows_next(&rows, &row, &w->problems)) == OK; i++) {
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
    Str        bytes, name;
    TRY(import_plan_read(r->w, r->body, &plan));
    TRY(import_columns_check(r->w, &plan));
    TRY(file_bring(r->w, plan.file, r->w->actor, &bytes, &name));
    import_mapped_hold(r->w, bytes);
    js_object(j);
    js_key(j, "fields");
    js_array(j);
    preview_fields(r->w, j, &plan);
    js_end(j);
    js_key(j, "rows");
    js_array(j);
    TRY(preview_rows(r->w, j, &plan, bytes));
    js_end(j);
    js_end(j);
    return OK;
}

/* ---- beginning ---- */

typedef struct {
    ImportPlan plan;
    Str        name, shape, text;
    int64_t    id;
} Begin;

static Err begin_write(Work *w, void *to)
{
    Begin *b = to;
    TRY(import_begin(w, &b->plan, b->name, &b->id));
    return db_run(w->db, SQL_IMPORT_SHAPE_KEEP, VALS(val_text(b->shape), val_text(b->text)), NULL);
}

static Err begin(Request *r)
{
    Work      *w = r->w;
    Begin      b = { 0 };
    Recognised rec;
    Str        bytes;
    TRY(import_plan_read(w, r->body, &b.plan));
    TRY(import_columns_check(w, &b.plan));
    TRY(file_bring(w, b.plan.file, w->actor, &bytes, &b.name));
    import_mapped_hold(w, bytes);
    Problems own  = { .mem = w->mem };
    FormWish wish = FORM_WISH;
    wish.sheet = b.plan.form.kind == FILE_XLSX ? b.plan.form.sheet : -1;
    if (table_recognise(w->mem, bytes, wish, &rec, &own) == OK) b.shape = import_shape(w, &rec);
    else b.shape = b.name;
    Buf     text = buf_new(w->mem, 1024);
    JsonOut j    = js_to(&text);
    import_plan_json(&j, &b.plan);
    b.text = buf_str(&text);
    TRY(work_write(w, begin_write, &b));
    js_object(&r->out);
    js_key(&r->out, "id");
    js_i64(&r->out, b.id);
    js_end(&r->out);
    return OK;
}

/* ---- following ---- */

/* As the screen names them: a dry run and a run are both running. */
static const char *state_shown(int64_t state)
{
    static const char *const shown[] = { "waiting", "running", "running", "done", "failed", "cancelled", "undoing", "undone" };
    return state >= 0 && state < COUNT(shown) ? shown[state] : "failed";
}

/* How large the file is, and until when it is kept. */
static void put_file(JsonOut *j, const Rows *rows)
{
    js_object(j);
    js_key(j, "size");
    js_i64(j, row_int(rows, 18));
    js_key(j, "until");
    js_moment(j, row_int(rows, 19));
    js_end(j);
}

static void put_import(JsonOut *j, const Rows *rows)
{
    int64_t state = row_int(rows, 4);
    bool    ends  = state != IMPORT_RUNNING && state != IMPORT_CHECKING && state != IMPORT_UNDOING;
    js_key(j, "id");
    js_i64(j, row_int(rows, 0));
    js_key(j, "name");
    js_str(j, row_text(rows, 1));
    js_key(j, "target");
    js_str(j, row_text(rows, 2));
    js_key(j, "dry");
    js_bool(j, row_int(rows, 3) == 1);
    js_key(j, "state");
    js_c(j, state_shown(state));
    js_key(j, "done");
    js_i64(j, ends ? row_int(rows, 5) : row_null(rows, 13) ? 0 : row_int(rows, 13));
    js_key(j, "total");
    js_i64(j, ends ? row_int(rows, 5) : row_null(rows, 14) ? 0 : row_int(rows, 14));
    js_key(j, "rate");
    js_i64(j, row_int(rows, 15));
    static const struct { const char *key; int column; } counts[] = { { "created", 6 }, { "changed", 7 }, { "known", 8 }, { "bad", 9 }, { "warned", 16 } };
    for (ptrdiff_t i = 0; i < COUNT(counts); i++) {
        js_key(j, counts[i].key);
        js_i64(j, row_null(rows, counts[i].column) ? 0 : row_int(rows, counts[i].column));
    }
    js_key(j, "can_undo");
    js_bool(j, import_can_undo((ImportState)state, row_int(rows, 3) == 1, row_int(rows, 17)));
    js_key(j, "file");
    if (row_null(rows, 18)) js_null(j);
    else put_file(j, rows);
    js_key(j, "at");
    js_moment(j, row_int(rows, 10));
    js_key(j, "by");
    js_object(j);
    js_key(j, "id");
    js_i64(j, row_int(rows, 11));
    js_key(j, "name");
    js_str(j, row_text(rows, 12));
    js_end(j);
}

/* What stood in a cell is told like the field that it was for. */
static Err put_problems(Request *r, const Entity *target, int64_t *count)
{
    Rows     rows;
    JsonOut *j = &r->out;
    js_key(j, "problems");
    js_array(j);
    TRY(db_query(r->w->db, SQL_IMPORT_BAD_ROWS, VALS(val_int(r->id), val_int(IMPORT_LEFT_PLACE), val_int(PROBLEMS_SHOWN)), &rows));
    for (; rows_next(&rows); ++*count) {
        js_object(j);
        js_key(j, "row");
        js_i64(j, row_int(&rows, 0));
        js_key(j, "warning");
        js_bool(j, row_int(&rows, 1) == 1);
        Str field = row_text(&rows, 2), cell = row_text(&rows, 4);
        if (!cell.s || (field.s && target && import_hides(r->w, target, "view", field))) cell = S("");
        js_key(j, "field");
        if (field.s) js_str(j, field);
        else js_null(j);
        js_key(j, "key");
        js_str(j, row_text(&rows, 3));
        js_key(j, "cell");
        js_str(j, cell);
        js_key(j, "text");
        js_str(j, import_said(r->w->mem, import_voice(r->w), row_text(&rows, 3), cell));
        js_end(j);
    }
    js_end(j);
    return rows_end(&rows);
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
        put_import(&r->out, &rows);
        bad = row_null(&rows, 9) ? 0 : row_int(&rows, 9) + (row_null(&rows, 16) ? 0 : row_int(&rows, 16));
    }
    TRY(rows_end(&rows));
    TRY(put_problems(r, entity_named(i.target), &shown));
    js_key(&r->out, "problem_count");
    js_i64(&r->out, bad > shown ? bad : shown);
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
    js_object(&r->out);
    js_key(&r->out, "items");
    js_array(&r->out);
    for (; rows_next(&rows); n++) {
        js_object(&r->out);
        put_import(&r->out, &rows);
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
    { .method = POST, .path = "/api/import/file", .run = import_file_send, .needs = { "import", "add" }, .writes = true, .slow = true, .body = BODY_FILE, .body_limit = INT64_C(1) << 30,
      .may_send = import_file_may_send,
      .gives = "file: int, name: text, form: object, columns: list, doubts: list, target_guess: text, targets: list, preview: list", .says = "route.import.file" },
    { .method = POST, .path = "/api/import/recognise", .run = import_file_recognise, .needs = { "import", "add" }, .slow = true, .body = BODY_JSON, .takes = "file: int, form: object",
      .gives = "file: int, name: text, form: object, columns: list, doubts: list, target_guess: text, targets: list, preview: list", .says = "route.import.recognise" },
    { .method = POST, .path = "/api/import/preview", .run = preview, .needs = { "import", "add" }, .slow = true, .body = BODY_JSON, .takes = "file: int, form: object, target: text, columns: object",
      .gives = "fields: list, rows: list", .says = "route.import.preview" },
    { .method = POST, .path = "/api/import", .run = begin, .needs = { "import", "add" }, .writes = true, .slow = true, .later = true, .body = BODY_JSON,
      .takes = "file: int, form: object, target: text, columns: object, key: text?, mode: create|update|upsert?, source: text?, c_marks_return: bool?, dry_run: bool?", .gives = "id: int", .says = "route.import.begin" },
    { .method = GET, .path = "/api/import", .run = newest, .needs = { "import", "view" }, .takes = "after: text?", .gives = "items: list, next: text?", .says = "route.import.list" },
    { .method = GET, .path = "/api/import/{id}", .run = one, .needs = { "import", "view" }, .gives = "state: text, done: int, total: int, problems: list, left: list", .says = "route.import.one" },
    { .method = POST, .path = "/api/import/{id}/cancel", .run = cancel, .needs = { "import", "change" }, .writes = true, .says = "route.import.cancel" },
    { .method = POST, .path = "/api/import/{id}/undo", .run = undo, .needs = { "import", "change" }, .writes = true, .later = true, .gives = "id: int", .says = "route.import.undo" },
    { .method = GET, .path = "/api/import/{id}/bad", .run = import_bad_rows, .needs = { "import", "export" }, .slow = true, .takes = "format: csv|csv_ru|xlsx?", .gives = "file", .says = "route.import.bad" },
    { 0 },
};
