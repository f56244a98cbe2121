/* The plan of an import: how the file is read and what its columns are; as it comes from a person, as it is kept. */
#include "format/charset.h"
#include "sales/exchange/columns.h"
#include "sales/exchange/import.h"

CHOICE_KEYS(IMPORT_STATES, import_states);

static const Field import_fields[] = {
#define FIELD(...) AS_ROW(Import, __VA_ARGS__)
#include "sales/exchange/import.def"
};

const Entity import_entity = {
    .name = "import", .title = "name", .owner = "created_by", .fields = import_fields, .field_count = COUNT(import_fields), .size = sizeof(Import),
};

/* ---- the form of the file ---- */

static const char *const kind_names[]     = { "csv", "xlsx", NULL };
static const char *const encoding_keys[]  = { "utf-8", "utf-16le", "utf-16be", "cp1251", "koi8-r", "cp1252", "cp866", NULL };
static const char *const day_order_keys[] = { "ymd", "dmy", "mdy", "serial", NULL };

static int place_of(Str text, const char *const *keys)
{
    for (int i = 0; keys[i]; i++)
        if (str_eq(text, str_of(keys[i]))) return i;
    return -1;
}

void form_json(JsonOut *j, const TableForm *f, const Str *sheets, int sheet_count)
{
    js_object(j);
    js_key(j, "kind");
    js_c(j, kind_names[f->kind]);
    js_key(j, "encoding");
    js_c(j, encoding_keys[f->encoding]);
    js_key(j, "delimiter");
    js_str(j, (Str){ &f->delimiter, f->delimiter ? 1 : 0 });
    js_key(j, "quotes");
    js_bool(j, f->quotes);
    js_key(j, "header");
    js_bool(j, f->header);
    js_key(j, "begins");
    js_i64(j, f->begins);
    js_key(j, "sheet");
    js_i64(j, f->sheet);
    js_key(j, "columns");
    js_i64(j, f->columns);
    js_key(j, "day");
    js_c(j, day_order_keys[f->day]);
    js_key(j, "number");
    js_object(j);
    js_key(j, "decimal");
    js_str(j, (Str){ &f->number.decimal, 1 });
    js_key(j, "group");
    js_str(j, (Str){ &f->number.group, f->number.group ? 1 : 0 });
    js_end(j);
    if (sheets) {
        js_key(j, "sheets");
        js_array(j);
        for (int i = 0; i < sheet_count; i++) js_str(j, sheets[i]);
        js_end(j);
    }
    js_end(j);
}

static Err bad_form(Work *w, const char *field)
{
    return fail(w, INVALID, field, "import.bad_form");
}

static char one_of(Str text, const char *allowed)
{
    for (; *allowed; allowed++)
        if (text.n == 1 && *text.s == *allowed) return *allowed;
    return 0;
}

Err form_read(Work *w, const Json *json, TableForm *out)
{
    Str     kind = { 0 }, encoding = { 0 }, delimiter = { 0 }, day = { 0 }, decimal = { 0 }, group = { 0 };
    int64_t begins = 0, sheet = 0, columns = 0;
    json_get_text(json, "kind", &kind);
    json_get_text(json, "encoding", &encoding);
    json_get_text(json, "delimiter", &delimiter);
    json_get_text(json, "day", &day);
    json_get_text(json_get(json, "number"), "decimal", &decimal);
    json_get_text(json_get(json, "number"), "group", &group);
    json_get_i64(json, "begins", &begins);
    json_get_i64(json, "sheet", &sheet);
    json_get_i64(json, "columns", &columns);
    int kind_at = place_of(kind, kind_names), encoding_at = place_of(encoding, encoding_keys), day_at = place_of(day, day_order_keys);
    if (kind_at < 0) return bad_form(w, "kind");
    if (encoding_at < 0) return bad_form(w, "encoding");
    if (day_at < 0) return bad_form(w, "day");
    if (begins < 0) return bad_form(w, "begins");
    if (sheet < 0 || sheet > 10000) return bad_form(w, "sheet");
    if (columns < 1 || columns > XLSX_COLUMNS_MAX) return bad_form(w, "columns");
    *out = (TableForm){ .kind = (FileKind)kind_at, .encoding = (Encoding)encoding_at, .begins = begins, .sheet = (int)sheet, .columns = (int)columns, .day = (DayOrder)day_at };
    out->delimiter      = one_of(delimiter, ",;\t| ");
    out->number.decimal = one_of(decimal, ".,");
    out->number.group   = one_of(group, " .,'");
    json_get_bool(json, "quotes", &out->quotes);
    json_get_bool(json, "header", &out->header);
    if (out->kind == FILE_CSV && !out->delimiter) return bad_form(w, "delimiter");
    if (!out->number.decimal || out->number.decimal == out->number.group) return bad_form(w, "decimal");
    return OK;
}

/* ---- the plan ---- */

static const char *const mode_names[] = { "upsert", "create", "update", NULL };

bool import_mode_named(Str name, ImportMode *mode)
{
    int at = 0;
    while (mode_names[at] && !str_eq(name, str_of(mode_names[at]))) at++;
    *mode = (ImportMode)at;
    return mode_names[at] != NULL;
}

int import_column(const ImportPlan *p, const char *name)
{
    for (int i = 0; i < p->columns; i++)
        if (str_eq(p->column[i].name, str_of(name))) return p->column[i].at;
    return -1;
}

static Err columns_read(Work *w, const Json *json, ImportPlan *p)
{
    for (const Json *c = json ? json->first : NULL; c; c = c->next) {
        if (c->kind == JSON_IS_NULL) continue;
        if (c->kind != JSON_IS_INT || c->number < 0 || c->number >= p->form.columns) return fail(w, INVALID, "columns", "import.no_such_column", arg_text("column", c->key));
        if (p->columns == IMPORT_COLUMNS_MAX) return fail(w, INVALID, "columns", "import.too_many_columns");
        p->column[p->columns++] = (ImportColumn){ c->key, (int)c->number };
    }
    return OK;
}

static bool is_sale(const Entity *e)
{
    return str_eq(str_of(e->name), S("sale"));
}

/* Sales need a client, a day and money; records need their key. */
static Err needs_check(Work *w, const ImportPlan *p)
{
    if (!is_sale(p->target)) {
        const Field *key = p->key.n ? field_named(w, p->target, p->key) : NULL;
        if (p->mode != MODE_CREATE && (!key || key->type != TYPE_text)) return fail(w, INVALID, "key", "import.no_key");
        if (p->mode != MODE_CREATE && import_column(p, str_c(w->mem, p->key)) < 0) return fail(w, INVALID, "key", "import.key_has_no_column");
        return OK;
    }
    if (import_column(p, "client") < 0 && import_column(p, "client_key") < 0 && import_column(p, "inn") < 0) return fail(w, INVALID, "columns", "import.no_client_column");
    if (import_column(p, "date") < 0) return fail(w, INVALID, "columns", "import.no_date_column");
    if (import_column(p, "amount") < 0 && (import_column(p, "quantity") < 0 || import_column(p, "price") < 0)) return fail(w, INVALID, "columns", "import.no_amount_column");
    return OK;
}

Err import_plan_read(Work *w, const Json *json, ImportPlan *out)
{
    Str         target = { 0 }, mode = S("upsert");
    const Json *form   = json_get(json, "form");
    *out               = (ImportPlan){ .source = S("file") };
    json_get_i64(json, "file", &out->file);
    json_get_text(json, "target", &target);
    json_get_text(json, "mode", &mode);
    json_get_text(json, "key", &out->key);
    json_get_text(json, "source", &out->source);
    json_get_bool(json, "dry_run", &out->dry);
    json_get_bool(json, "c_marks_return", &out->c_marks_return);
    out->source = str_trim(out->source);
    out->target = entity_named(target);
    if (!out->target || out->target->parent || out->target == &import_entity) return fail(w, INVALID, "target", "import.no_such_target");
    if (!import_mode_named(mode, &out->mode)) return fail(w, INVALID, "mode", "import.no_such_mode");
    if (out->source.n == 0 || out->source.n > 120) return fail(w, INVALID, "source", "import.no_source");
    TRY(access_need(w, out->target->name, "import"));
    TRY(form_read(w, form, &out->form));
    TRY(columns_read(w, json_get(json, "columns"), out));
    return needs_check(w, out);
}

void import_plan_json(JsonOut *j, const ImportPlan *p)
{
    js_object(j);
    js_key(j, "file");
    js_i64(j, p->file);
    js_key(j, "target");
    js_c(j, p->target->name);
    js_key(j, "mode");
    js_c(j, mode_names[p->mode]);
    js_key(j, "key");
    js_str(j, p->key);
    js_key(j, "source");
    js_str(j, p->source);
    js_key(j, "dry_run");
    js_bool(j, p->dry);
    js_key(j, "c_marks_return");
    js_bool(j, p->c_marks_return);
    js_key(j, "form");
    form_json(j, &p->form, NULL, 0);
    js_key(j, "columns");
    js_object(j);
    for (int i = 0; i < p->columns; i++) {
        js_key_str(j, p->column[i].name);
        js_i64(j, p->column[i].at);
    }
    js_end(j);
    js_end(j);
}
