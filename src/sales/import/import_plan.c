/* The plan of an import: how the file is read and what its columns are; as it comes from a person, as it is kept. */
#include "sales/import/import.h"
#include "sales/reading/columns.h"

CHOICE_KEYS(IMPORT_STATES, import_states);

static const Field import_fields[] = {
#define FIELD(...) AS_ROW(Import, __VA_ARGS__)
#include "sales/import/import.def"
};

const Entity import_entity = {
    .name = "import",
    .title = "name",
    .owners = { { "created_by" } },
    .fields = import_fields,
    .field_count = COUNT(import_fields),
    .size = sizeof(Import),
};

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
        if (p->mode != MODE_CREATE && import_column(p, str_c(w->mem, p->key)) < 0)
            return fail(w, INVALID, "key", "import.key_has_no_column");
        return OK;
    }
    if (import_column(p, "client") < 0 && import_column(p, "client_key") < 0 && import_column(p, "inn") < 0)
        return fail(w, INVALID, "columns", "import.no_client_column");
    if (import_column(p, "date") < 0) return fail(w, INVALID, "columns", "import.no_date_column");
    if (import_column(p, "amount") < 0 && (import_column(p, "quantity") < 0 || import_column(p, "price") < 0))
        return fail(w, INVALID, "columns", "import.no_amount_column");
    return OK;
}

bool import_stays_blank(const ImportPlan *p, Str field)
{
    for (int i = 0; i < p->blanks; i++)
        if (str_eq(p->blank[i], field)) return true;
    return false;
}

/* What is to be done about all problems of a kind; whoever makes people must be able to add them. */
static Err mends_read(Work *w, const Json *mends, ImportPlan *out)
{
    const Json *blank = json_get(mends, "blank");
    json_get_i64(mends, "people", &out->people_role);
    if (out->people_role) TRY(access_need(w, "user", "add"));
    for (const Json *f = blank ? blank->first : NULL; f; f = f->next) {
        bool known = f->kind == JSON_IS_TEXT && import_column(out, str_c(w->mem, f->text)) >= 0;
        if (!known || out->blanks == IMPORT_BLANK_MAX || str_eq(f->text, out->key))
            return fail(w, INVALID, "mends", "import.bad_form");
        out->blank[out->blanks++] = f->text;
    }
    return OK;
}

static void mends_json(JsonOut *j, const ImportPlan *p)
{
    js_key(j, "mends");
    js_object(j);
    if (p->people_role) {
        js_key(j, "people");
        js_i64(j, p->people_role);
    }
    js_key(j, "blank");
    js_array(j);
    for (int i = 0; i < p->blanks; i++) js_str(j, p->blank[i]);
    js_end(j);
    js_end(j);
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
    if (!out->target || out->target->parent || out->target == &import_entity)
        return fail(w, INVALID, "target", "import.no_such_target");
    if (!import_mode_named(mode, &out->mode)) return fail(w, INVALID, "mode", "import.no_such_mode");
    if (out->source.n == 0 || out->source.n > 120) return fail(w, INVALID, "source", "import.no_source");
    TRY(access_need(w, out->target->name, "import"));
    TRY(form_read(form, &out->form, &w->problems));
    TRY(plan_columns_read(json_get(json, "columns"), &out->form, out->column, &out->columns, &w->problems));
    TRY(mends_read(w, json_get(json, "mends"), out));
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
    mends_json(j, p);
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
