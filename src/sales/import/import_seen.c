/* A file has come: what it is, what its columns may fill, and what a person said about such a file before. */
#include "entity/link.h"
#include "format/mapped.h"
#include "format/unpack.h"
#include "sales/import/file_room.h"
#include "sales/import/import_inside.h"
#include "sales/import/import_sql.h"
#include "sales/reading/columns.h"
#include "sales/reading/days_doubts.h"
#include "sales/reading/record_columns.h"
#include "sales/reading/report.h"
#include "sales/reading/sheets_joined.h"

#include <unistd.h>
#include <string.h>

enum { PREVIEW_ROWS = 12, SAMPLES = 3 };

/* A mapped file is given back when the work ends. */
static void mapped_release(void *bytes)
{
    mapped_close(*(Str *)bytes);
}

Str *import_mapped_held(Work *w)
{
    return work_own(w, NEW(w->mem, Str), mapped_release);
}

typedef struct {
    Recognised   rec;
    SalesColumns sales;
    bool         is_sales;
    Str          names[IMPORT_COLUMNS_MAX]; /* guess by column */
    const Json  *before; /* what was said of such a file; null: nothing */
} Seen;

static Err guess_records(Work *w, Seen *s, const Entity *target)
{
    ImportPlan *plan = NEW(w->mem, ImportPlan);
    TRY(import_columns_guess(w, &s->rec, target, S(""), plan));
    for (int i = 0; i < plan->columns; i++)
        if (plan->column[i].at < IMPORT_COLUMNS_MAX) s->names[plan->column[i].at] = plan->column[i].name;
    return OK;
}

/* A file with a client, a day and money is sales; anything else is clients. */
static Err see_file(Work *w, Str bytes, FormWish wish, Seen *s)
{
    Problems own = { .mem = w->mem };
    TRY(sales_table_recognise(w->mem, bytes, wish, &s->rec, &w->problems));
    s->is_sales = sales_columns_find(w->mem, &s->rec, S(""), &s->sales, &own) == OK;
    for (int c = 0; s->is_sales && c < COL_COUNT; c++)
        if (s->sales.at[c] >= 0 && s->sales.at[c] < IMPORT_COLUMNS_MAX)
            s->names[s->sales.at[c]] = str_of(sales_column_names[c]);
    return s->is_sales ? OK : guess_records(w, s, entity_named(S("client")));
}

/* The columns as they were confirmed. */
static void columns_remembered(Seen *s)
{
    for (int i = 0; i < IMPORT_COLUMNS_MAX; i++) s->names[i] = (Str){ 0 };
    const Json *columns = json_get(s->before, "columns");
    for (const Json *c = columns ? columns->first : NULL; c; c = c->next)
        if (c->kind == JSON_IS_INT && c->number >= 0 && c->number < IMPORT_COLUMNS_MAX) s->names[c->number] = c->key;
}

/* What cannot be told from the file is as it was. */
static void form_remembered(Recognised *rec, const TableForm *was)
{
    if (rec->day_doubt) rec->form.day = was->day;
    if (rec->number_doubt) rec->form.number = was->number;
    rec->day_doubt = rec->number_doubt = false;
}

/* What was said of the last file with such columns, where this one is read as the same table.  `fresh`: nothing was
 * said of this one yet, so that it is read as that one was. */
static Err see_again(Work *w, Str bytes, bool fresh, Seen *s)
{
    TableForm   was;
    const Json *plan;
    Problems    quiet = { .mem = w->mem, .limit = 1 }, told = w->problems;
    TRY(import_shape_find(w, &s->rec, &plan, &was));
    if (!plan) return OK;
    if (fresh && !report_same(&s->rec.form, &was)) {
        Seen     again = { 0 };
        FormWish wish  = { .sheet = s->rec.form.sheet, .header = -1, .report = was.report };
        w->problems    = quiet;
        Err err        = see_file(w, bytes, wish, &again);
        w->problems    = told;
        TRY(work_pulse(w));
        if (!err) *s = again;
    }
    if (!report_same(&s->rec.form, &was)) return OK;
    s->before = plan;
    if (fresh) form_remembered(&s->rec, &was);
    columns_remembered(s);
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
        for (ptrdiff_t r = 0; r < s->rec.rows && r < SAMPLES; r++)
            js_str(j, i < s->rec.row[r].count ? s->rec.row[r].cell[i] : S(""));
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

/* Which columns would fill its fields: for whoever chooses another target than the one that was recognised. */
static void put_guesses(Work *w, JsonOut *j, const Recognised *rec, const Entity *e, const TargetField *fields,
                        ptrdiff_t n)
{
    RecordField *names = NEW_N(w->mem, RecordField, n);
    int         *at    = NEW_N(w->mem, int, n);
    for (ptrdiff_t i = 0; i < n; i++) names[i] = (RecordField){ fields[i].name, fields[i].label };
    record_columns_find(w->mem, rec, str_of(e->name), names, n, at);
    js_key(j, "columns");
    js_object(j);
    for (ptrdiff_t i = 0; i < n; i++) {
        if (at[i] < 0) continue;
        js_key_str(j, fields[i].name);
        js_i64(j, at[i]);
    }
    js_end(j);
}

static void put_targets(Work *w, JsonOut *j, const Recognised *rec)
{
    js_key(j, "targets");
    js_array(j);
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        TargetField  *fields;
        bool          may = access_scope(w->who, e->name, "import") != SCOPE_NONE;
        if (!may || e->parent || e->follows || e == &import_entity) continue;
        ptrdiff_t n = import_fields_of(w, e, &fields);
        js_object(j);
        js_key(j, "entity");
        js_c(j, e->name);
        js_key(j, "label");
        js_str(j, entity_label(w->mem, work_lang(w), e));
        js_key(j, "fields");
        put_fields(j, fields, n);
        put_guesses(w, j, rec, e, fields, n);
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

/* What about the columns and cells of sales could be meant in another way; the form's own doubts stand beside its
 * choices. */
static void put_doubts(Work *w, JsonOut *j, const Seen *s)
{
    SalesDoubt doubt[SALES_DOUBTS_MAX];
    int        n = s->is_sales ? sales_doubts(w->mem, &s->rec, &s->sales, S(""), doubt)
                                 : joined_doubts(&s->rec, doubt, SALES_DOUBTS_MAX);
    if (s->is_sales) n = days_doubts(&s->rec, &s->sales, w->today, w->zone, doubt, n);
    Str        report = report_said(w->mem, &s->rec, import_voice(w).lang);
    js_key(j, "doubts");
    js_array(j);
    if (report.n) {
        Buf said = buf_new(w->mem, 256);
        SAY(&said, import_voice(w), "import.doubt.report", arg_text("said", report));
        js_str(j, buf_str(&said));
    }
    for (int i = 0; i < n; i++) {
        const char *key = str_c(w->mem, str_fmt(w->mem, "import.%s", doubt[i].key + strlen("analyze.")));
        Buf         said = buf_new(w->mem, 256);
        if (!words_text(import_voice(w).lang, key)) continue;
        words_put(&said, import_voice(w), key, doubt[i].args, COUNT(doubt[i].args));
        js_str(j, buf_str(&said));
    }
    js_end(j);
}

/* What was found out about a kept file: its form, its columns, what they may fill. */
static Err answer_seen(Request *r, Seen *s, int64_t id, Str name)
{
    JsonOut *j      = &r->out;
    Str      target = { 0 };
    if (s->before) json_get_text(s->before, "target", &target);
    js_object(j);
    js_key(j, "file");
    js_i64(j, id);
    js_key(j, "name");
    js_str(j, name);
    js_key(j, "form");
    form_json(j, &s->rec.form, s->rec.sheet_names, s->rec.sheets);
    put_columns(j, s);
    import_report_put(r->w, j, &s->rec);
    js_key(j, "c_marks_return");
    js_bool(j, s->is_sales && s->sales.c_marks_return);
    js_key(j, "number_doubt");
    js_bool(j, s->rec.number_doubt);
    js_key(j, "day_doubt");
    js_bool(j, s->rec.day_doubt);
    put_doubts(r->w, j, s);
    js_key(j, "target_guess");
    js_str(j, target.n ? target : s->is_sales ? S("sale") : S("client"));
    js_key(j, "remembered");
    js_bool(j, s->before != NULL);
    js_key(j, "before");
    if (s->before) import_shape_json(j, s->before);
    else js_null(j);
    put_targets(r->w, j, &s->rec);
    put_preview_raw(j, &s->rec);
    js_end(j);
    return OK;
}

Err import_file_may_send(Request *r)
{
    return file_room_need(r->w, r->file_size > 0 ? r->file_size : 0);
}

/* ?as=table: a report that cannot be read as one is wanted as it stands. */
Err import_file_send(Request *r)
{
    Work    *w     = r->w;
    Seen     s     = { 0 };
    FormWish wish  = FORM_WISH;
    bool     fresh = !str_eq(asked_text(r, "as"), S("table"));
    Str     *bytes = import_mapped_held(w);
    Str   name  = file_name_clean(w->mem, file_name_decoded(w->mem, asked_header(r, "X-File-Name")));
    if (!name.n) name = S("file");
    if (r->file_size == 0) return fail(w, INVALID, "file", "file.empty");
    if (mapped_of(r->file, bytes)) return fail(w, BROKEN, "file", "file.no_temporary");
    int64_t id;
    TRY(table_unpack(bytes, &w->problems));
    if (!fresh) wish.report.shape = SHAPE_TABLE;
    TRY(see_file(w, *bytes, wish, &s));
    TRY(see_again(w, *bytes, fresh, &s));
    TRY(file_keep(w, r->file, r->file_size, name, &id));
    Err err = answer_seen(r, &s, id, name);
    if (err) file_forget_all(w, id);
    return err;
}

/* The same file with what a person said about it: its encoding, its delimiter, its sheet, whether it has a header, how
 * it is a report; without a form as it came.  `forget`: whatever was said of another such file. */
Err import_file_recognise(Request *r)
{
    Work     *w = r->w;
    Seen      s = { 0 };
    TableForm form;
    int64_t   id = 0;
    bool      forget = false;
    Str      *bytes = import_mapped_held(w), name;
    TRY(body_i64(r, "file", 1, INT64_C(1) << 53, &id));
    TRY(body_bool(r, "forget", &forget));
    const Json *said = json_get(r->body, "form");
    if (said) TRY(form_read(said, &form, &w->problems));
    TRY(file_bring(w, id, w->actor, bytes, &name));
    TRY(see_file(w, *bytes, said ? form_wish(&form) : FORM_WISH, &s));
    if (!forget) TRY(see_again(w, *bytes, !said, &s));
    return answer_seen(r, &s, id, name);
}
