/* The addresses of importing: a file is sent and recognised, looked at, tried, imported, followed, cancelled, taken back. */
#include "core/words.h"
#include "format/csv_out.h"
#include "format/mapped.h"
#include "sales/exchange/columns.h"
#include "sales/exchange/import.h"
#include "sales/exchange/import_sql.h"
#include "sales/exchange/table_rows.h"

#include <unistd.h>

enum { PREVIEW_ROWS = 12, SAMPLES = 3, PROBLEMS_SHOWN = 500 };

static Voice voice_of(const Work *w)
{
    return (Voice){ str_eq(w->language, S("ru")) ? LANG_RU : LANG_EN, "" };
}

/* A mapped file is given back when the work ends. */
static void mapped_release(void *bytes)
{
    mapped_close(*(Str *)bytes);
}

static void mapped_hold(Work *w, Str bytes)
{
    Str *held = NEW(w->mem, Str);
    *held     = bytes;
    work_own(w, held, mapped_release);
}

/* ---- recognising ---- */

/* %D0%A1… of the header as text. */
static Str percent_decoded(Arena *mem, Str s)
{
    char     *to = NEW_RAW(mem, char, s.n + 1);
    ptrdiff_t n  = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        int high = i + 2 < s.n && s.s[i] == '%' ? s.s[i + 1] : -1, low = high >= 0 ? s.s[i + 2] : -1;
        int a = high >= '0' && high <= '9' ? high - '0' : (high | 32) >= 'a' && (high | 32) <= 'f' ? (high | 32) - 'a' + 10 : -1;
        int b = low >= '0' && low <= '9' ? low - '0' : (low | 32) >= 'a' && (low | 32) <= 'f' ? (low | 32) - 'a' + 10 : -1;
        if (a >= 0 && b >= 0) to[n++] = (char)(a * 16 + b), i += 2;
        else to[n++] = s.s[i];
    }
    return (Str){ to, n };
}

typedef struct {
    Recognised   rec;
    SalesColumns sales;
    bool         is_sales;
    Str          names[IMPORT_COLUMNS_MAX]; /* guess by column */
} Seen;

static void guess_records(Work *w, Seen *s, const Entity *target)
{
    ImportPlan *plan = NEW(w->mem, ImportPlan);
    import_columns_guess(w, &s->rec, target, plan);
    for (int i = 0; i < plan->columns; i++)
        if (plan->column[i].at < IMPORT_COLUMNS_MAX) s->names[plan->column[i].at] = plan->column[i].name;
}

/* A file with a client, a day and money is sales; anything else is clients. */
static Err see_file(Work *w, Str bytes, FormWish wish, Seen *s)
{
    Problems own = { .mem = w->mem };
    Err      err = sales_recognise(w->mem, bytes, wish, S(""), &s->rec, &s->sales, &own);
    if (err && s->rec.form.columns == 0) {
        w->problems = own;
        return err;
    }
    s->is_sales = err == OK;
    for (int c = 0; s->is_sales && c < COL_COUNT; c++)
        if (s->sales.at[c] >= 0 && s->sales.at[c] < IMPORT_COLUMNS_MAX) s->names[s->sales.at[c]] = str_of(sales_column_names[c]);
    if (!s->is_sales) guess_records(w, s, entity_named(S("client")));
    return OK;
}

static Str shape_of(Work *w, const Recognised *rec)
{
    Buf b = buf_new(w->mem, 256);
    for (int i = 0; i < rec->form.columns; i++) {
        buf_put(&b, rec->names[i]);
        buf_char(&b, '\x1f');
    }
    return buf_str(&b);
}

/* What a person said about a file of this shape last time: target and columns. */
static Err shape_remembered(Work *w, Seen *s, Str *target)
{
    Rows        rows;
    Str         text = { 0 };
    const Json *plan;
    TRY(db_query(w->db, SQL_IMPORT_SHAPE_ONE, VALS(val_text(shape_of(w, &s->rec))), &rows));
    if (rows_next(&rows)) text = str_copy(w->mem, row_text(&rows, 0));
    TRY(rows_end(&rows));
    if (!text.n || json_read(w->mem, text, (JsonLimits){ 0 }, &(Problems){ .mem = w->mem }, &plan)) return OK;
    if (!json_get_text(plan, "target", target)) return OK;
    for (int i = 0; i < IMPORT_COLUMNS_MAX; i++) s->names[i] = (Str){ 0 };
    const Json *columns = json_get(plan, "columns");
    for (const Json *c = columns ? columns->first : NULL; c; c = c->next)
        if (c->kind == JSON_IS_INT && c->number >= 0 && c->number < IMPORT_COLUMNS_MAX) s->names[c->number] = c->key;
    return OK;
}

static void put_columns(JsonOut *j, const Seen *s)
{
    js_key(j, "columns");
    js_array(j);
    for (int i = 0; i < s->rec.form.columns && i < IMPORT_COLUMNS_MAX; i++) {
        js_object(j);
        js_key(j, "index");
        js_i64(j, i);
        js_key(j, "name");
        js_str(j, s->rec.names[i]);
        js_key(j, "samples");
        js_array(j);
        for (ptrdiff_t r = 0; r < s->rec.rows && r < SAMPLES; r++) js_str(j, i < s->rec.row[r].count ? s->rec.row[r].cell[i] : S(""));
        js_end(j);
        js_key(j, "guess");
        if (s->names[i].n) {
            js_object(j);
            js_key(j, "field");
            js_str(j, s->names[i]);
            js_key(j, "confidence");
            js_i64(j, 1);
            js_end(j);
        } else {
            js_null(j);
        }
        js_end(j);
    }
    js_end(j);
}

static void put_fields(JsonOut *j, const TargetField *fields, ptrdiff_t n)
{
    js_array(j);
    for (ptrdiff_t i = 0; i < n; i++) {
        js_object(j);
        js_key(j, "name");
        js_str(j, fields[i].name);
        js_key(j, "label");
        js_str(j, fields[i].label);
        js_key(j, "required");
        js_bool(j, fields[i].required);
        js_end(j);
    }
    js_end(j);
}

/* Texts a stored record can be found by. */
static void put_keys(Work *w, JsonOut *j, const Entity *e)
{
    Fields fields = entity_fields(w, e);
    js_array(j);
    for (int i = 0; i < fields.n && !str_eq(str_of(e->name), S("sale")); i++)
        if (fields.at[i]->type == TYPE_text && fields.at[i]->find && !fields.at[i]->own) js_c(j, fields.at[i]->name);
    js_end(j);
}

static void put_targets(Work *w, JsonOut *j)
{
    js_key(j, "targets");
    js_array(j);
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        TargetField  *fields;
        if (e->parent || e == &import_entity || access_scope(w->who, e->name, "import") == SCOPE_NONE) continue;
        ptrdiff_t   n     = import_fields_of(w, e, &fields);
        const char *label = words_text(voice_of(w).lang, str_c(w->mem, str_fmt(w->mem, "entity.%s", e->name)));
        js_object(j);
        js_key(j, "entity");
        js_c(j, e->name);
        js_key(j, "label");
        js_c(j, label ? label : e->name);
        js_key(j, "fields");
        put_fields(j, fields, n);
        js_key(j, "keys");
        put_keys(w, j, e);
        js_end(j);
    }
    js_end(j);
}

static void put_preview_raw(JsonOut *j, const Recognised *rec)
{
    js_key(j, "preview");
    js_array(j);
    for (ptrdiff_t r = 0; r < rec->rows && r < PREVIEW_ROWS; r++) {
        js_array(j);
        for (int i = 0; i < rec->row[r].count; i++) js_str(j, rec->row[r].cell[i]);
        js_end(j);
    }
    js_end(j);
}

/* What was found out about a kept file: its form, its columns, what they may fill. */
static Err answer_seen(Request *r, Seen *s, int64_t id, Str name)
{
    JsonOut *j      = &r->out;
    Str      target = { 0 };
    TRY(shape_remembered(r->w, s, &target));
    js_object(j);
    js_key(j, "file");
    js_i64(j, id);
    js_key(j, "name");
    js_str(j, name);
    js_key(j, "form");
    form_json(j, &s->rec.form, s->rec.sheet_names, s->rec.sheets);
    put_columns(j, s);
    js_key(j, "c_marks_return");
    js_bool(j, s->is_sales && s->sales.c_marks_return);
    js_key(j, "number_doubt");
    js_bool(j, s->rec.number_doubt);
    js_key(j, "day_doubt");
    js_bool(j, s->rec.day_doubt);
    js_key(j, "target_guess");
    js_str(j, target.n ? target : s->is_sales ? S("sale") : S("client"));
    js_key(j, "remembered");
    js_bool(j, target.n > 0);
    put_targets(r->w, j);
    put_preview_raw(j, &s->rec);
    js_end(j);
    return OK;
}

static Err send_file(Request *r)
{
    Work *w = r->w;
    Seen  s = { 0 };
    Str   bytes, name = str_upto(percent_decoded(w->mem, asked_header(r, "X-File-Name")), 300);
    if (!name.n) name = S("file");
    if (r->file_size == 0) return fail(w, INVALID, "file", "file.empty");
    if (mapped_of(r->file, &bytes)) return fail(w, BROKEN, "file", "file.no_temporary");
    mapped_hold(w, bytes);
    int64_t id;
    TRY(see_file(w, bytes, FORM_WISH, &s));
    if (lseek(r->file, 0, SEEK_SET) < 0) return fail(w, BROKEN, "file", "file.not_readable", arg_text("path", name));
    TRY(file_keep(w, r->file, r->file_size, name, &id));
    return answer_seen(r, &s, id, name);
}

/* The same file with what a person said about it: its encoding, its delimiter, its sheet, whether it has a header. */
static Err recognise_again(Request *r)
{
    Work     *w = r->w;
    Seen      s = { 0 };
    TableForm form;
    int64_t   id = 0;
    Str       bytes, name;
    TRY(body_i64(r, "file", 1, INT64_C(1) << 53, &id));
    TRY(form_read(w, json_get(r->body, "form"), &form));
    TRY(file_bring(w, id, &bytes, &name));
    mapped_hold(w, bytes);
    FormWish wish = { .has_encoding = form.kind == FILE_CSV, .encoding = form.encoding, .delimiter = form.delimiter, .header = form.header,
                      .sheet = form.kind == FILE_XLSX ? form.sheet : -1 };
    TRY(see_file(w, bytes, wish, &s));
    return answer_seen(r, &s, id, name);
}

/* ---- looking at the first rows as they will be read ---- */

static Err preview(Request *r)
{
    Work      *w = r->w;
    ImportPlan plan;
    Str        bytes, name;
    TableRows  rows;
    JsonOut   *j = &r->out;
    TRY(import_plan_read(w, r->body, &plan));
    TRY(file_bring(w, plan.file, &bytes, &name));
    mapped_hold(w, bytes);
    TargetField *fields;
    ptrdiff_t    n = import_fields_of(w, plan.target, &fields);
    TRY(table_rows_open(&rows, bytes, &plan.form, &w->problems));
    js_object(j);
    js_key(j, "fields");
    js_array(j);
    for (int c = 0; c < plan.columns; c++) {
        for (ptrdiff_t f = 0; f < n; f++) {
            if (!str_eq(fields[f].name, plan.column[c].name)) continue;
            js_object(j);
            js_key(j, "name");
            js_str(j, fields[f].name);
            js_key(j, "label");
            js_str(j, fields[f].label);
            js_end(j);
        }
    }
    js_end(j);
    js_key(j, "rows");
    js_array(j);
    TableRow row;
    Err      err = OK;
    for (int i = 0; i < PREVIEW_ROWS && (err = table_rows_next(&rows, &row, &w->problems)) == OK; i++) {
        js_array(j);
        for (int c = 0; c < plan.columns; c++) import_cell_json(w, j, &plan, &plan.column[c], plan.column[c].at < row.count ? row.cell[plan.column[c].at] : S(""));
        js_end(j);
    }
    js_end(j);
    table_rows_close(&rows);
    js_key(j, "problems");
    js_array(j);
    js_end(j);
    js_end(j);
    return err == NOT_FOUND ? OK : err;
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
    TRY(file_bring(w, b.plan.file, &bytes, &b.name));
    mapped_hold(w, bytes);
    Problems own  = { .mem = w->mem };
    FormWish wish = FORM_WISH;
    wish.sheet = b.plan.form.kind == FILE_XLSX ? b.plan.form.sheet : -1;
    if (table_recognise(w->mem, bytes, wish, &rec, &own) == OK) b.shape = shape_of(w, &rec);
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

/* The words of a kept problem: its sentence takes one text under whatever name it has. */
static Str said(Work *w, Str key, Str text)
{
    static const char *const names[] = { "text", "field", "column", "path", "value", "title", "most" };
    Buf b = buf_new(w->mem, 200);
    Arg args[COUNT(names)];
    for (ptrdiff_t i = 0; i < COUNT(names); i++) args[i] = arg_text(names[i], text);
    words_put(&b, voice_of(w), str_c(w->mem, key), args, COUNT(names));
    return buf_str(&b);
}

static Err put_problems(Request *r, int64_t *count)
{
    Rows     rows;
    JsonOut *j = &r->out;
    js_key(j, "problems");
    js_array(j);
    TRY(db_query(r->w->db, SQL_IMPORT_BAD_PAGE, VALS(val_int(r->id), val_int(-1), val_int(-1), val_int(PROBLEMS_SHOWN)), &rows));
    for (; rows_next(&rows); ++*count) {
        js_object(j);
        js_key(j, "row");
        js_i64(j, row_int(&rows, 0));
        js_key(j, "warning");
        js_bool(j, row_int(&rows, 2) == 1);
        js_key(j, "field");
        if (row_null(&rows, 3)) js_null(j);
        else js_str(j, row_text(&rows, 3));
        js_key(j, "key");
        js_str(j, row_text(&rows, 4));
        js_key(j, "cell");
        js_str(j, row_null(&rows, 5) ? S("") : row_text(&rows, 5));
        js_key(j, "text");
        js_str(j, said(r->w, row_text(&rows, 4), row_null(&rows, 5) ? S("") : row_text(&rows, 5)));
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
    TRY(put_problems(r, &shown));
    js_key(&r->out, "problem_count");
    js_i64(&r->out, bad > shown ? bad : shown);
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
    TRY(db_query(r->w->db, SQL_IMPORT_NEWEST, VALS(val_int(before), val_int(PAGE)), &rows));
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

/* ---- rows that were not taken, to be corrected and sent again ---- */

typedef struct {
    int64_t  *row;
    Str      *why;
    ptrdiff_t n;
} BadRows;

static Err bad_read(Work *w, int64_t import, BadRows *out)
{
    enum { PAGE = 100000 };
    Rows rows;
    *out = (BadRows){ NEW_RAW(w->mem, int64_t, PAGE), NEW_RAW(w->mem, Str, PAGE), 0 };
    TRY(db_query(w->db, SQL_IMPORT_BAD_REASONS, VALS(val_int(import), val_int(PAGE)), &rows));
    while (rows_next(&rows)) {
        out->row[out->n]   = row_int(&rows, 0);
        out->why[out->n++] = said(w, str_copy(w->mem, row_text(&rows, 1)), row_null(&rows, 2) ? S("") : str_copy(w->mem, row_text(&rows, 2)));
    }
    return rows_end(&rows);
}

static void put_csv_row(CsvOut *out, const Str *cell, int count, Str why)
{
    for (int i = 0; i < count; i++) csv_put(out, out_text(cell[i]));
    csv_put(out, out_text(why));
    csv_end_row(out);
}

static Err bad_rows(Request *r)
{
    Work      *w = r->w;
    Import     i;
    ImportPlan plan;
    BadRows    bad;
    Str        bytes, name;
    TableRows  rows;
    TableRow   row;
    TRY(record_load(w, &import_entity, r->id, &i));
    TRY(import_plan_of(w, r->id, &plan));
    TRY(bad_read(w, r->id, &bad));
    TRY(file_bring(w, plan.file, &bytes, &name));
    mapped_hold(w, bytes);
    TableForm form = plan.form;
    form.header    = false; /* the header goes out as it is */
    TRY(table_rows_open(&rows, bytes, &form, &w->problems));
    Download to  = answer_file(r, "text/csv; charset=utf-8", str_fmt(w->mem, "bad-rows-%lld.csv", (long long)r->id));
    Buf      buf = buf_sink(w->mem, 1 << 16, to.sink, to.to);
    CsvOut   out = csv_out(&buf, CSV_EXCEL_RU);
    Buf      head = buf_new(w->mem, 32);
    SAY(&head, voice_of(w), "import.reason");
    int64_t   first = 0;
    ptrdiff_t k     = 0;
    while (table_rows_next(&rows, &row, &w->problems) == OK && (k < bad.n || !first)) {
        if (!first) first = row.number;
        if (row.number == first && plan.form.header) put_csv_row(&out, row.cell, row.count, buf_str(&head));
        while (k < bad.n && bad.row[k] < row.number) k++;
        if (k < bad.n && bad.row[k] == row.number) put_csv_row(&out, row.cell, row.count, bad.why[k]);
    }
    table_rows_close(&rows);
    buf_flush(&buf);
    return OK;
}

const Route import_routes[] = {
    { .method = POST, .path = "/api/import/file", .run = send_file, .needs = { "import", "add" }, .writes = true, .slow = true, .body = BODY_FILE, .body_limit = INT64_C(1) << 30,
      .gives = "file: int, name: text, form: object, columns: list, target_guess: text, targets: list, preview: list", .says = "route.import.file" },
    { .method = POST, .path = "/api/import/recognise", .run = recognise_again, .needs = { "import", "add" }, .slow = true, .body = BODY_JSON, .takes = "file: int, form: object",
      .gives = "file: int, name: text, form: object, columns: list, target_guess: text, targets: list, preview: list", .says = "route.import.recognise" },
    { .method = POST, .path = "/api/import/preview", .run = preview, .needs = { "import", "add" }, .slow = true, .body = BODY_JSON, .takes = "file: int, form: object, target: text, columns: object",
      .gives = "fields: list, rows: list, problems: list", .says = "route.import.preview" },
    { .method = POST, .path = "/api/import", .run = begin, .needs = { "import", "add" }, .writes = true, .slow = true, .later = true, .body = BODY_JSON,
      .takes = "file: int, form: object, target: text, columns: object, key: text?, mode: create|update|upsert?, source: text?, dry_run: bool?", .gives = "id: int", .says = "route.import.begin" },
    { .method = GET, .path = "/api/import", .run = newest, .needs = { "import", "view" }, .takes = "after: text?", .gives = "items: list, next: text?", .says = "route.import.list" },
    { .method = GET, .path = "/api/import/{id}", .run = one, .needs = { "import", "view" }, .gives = "state: text, done: int, total: int, problems: list", .says = "route.import.one" },
    { .method = POST, .path = "/api/import/{id}/cancel", .run = cancel, .needs = { "import", "change" }, .writes = true, .says = "route.import.cancel" },
    { .method = POST, .path = "/api/import/{id}/undo", .run = undo, .needs = { "import", "change" }, .writes = true, .later = true, .gives = "id: int", .says = "route.import.undo" },
    { .method = GET, .path = "/api/import/{id}/bad", .run = bad_rows, .needs = { "import", "export" }, .slow = true, .says = "route.import.bad" },
    { 0 },
};
