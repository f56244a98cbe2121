/* What was said of a file is remembered for the next one with the same columns: of the same person before the firm. */
#include "sales/import/import_inside.h"
#include "sales/import/import_sql.h"
#include "sales/reading/report.h"

enum { FIRM = 0 };

/* Whose it is stands before the shape, which whoever names the columns of a file makes up. */
static Str shape_of(Work *w, int64_t person, Str shape)
{
    return str_fmt(w->mem, "%lld\x1d%.*s", (long long)person, (int)shape.n, shape.s);
}

Err import_shape_keep(Work *w, Str shape, Str plan)
{
    if (!shape.n) return OK;
    const Val vals[] = { val_text(shape_of(w, w->actor, shape)), val_text(plan),
                         val_text(shape_of(w, FIRM, shape)), val_text(plan) };
    return db_many(w->db, SQL_IMPORT_SHAPE_KEEP, vals, 2, w->actor == FIRM ? 1 : 2, NULL);
}

static bool may_import(Work *w, const Json *plan)
{
    Str target = { 0 };
    json_get_text(plan, "target", &target);
    const Entity *e = entity_named(target);
    return e && access_scope(w->who, e->name, "import") != SCOPE_NONE;
}

Err import_shape_find(Work *w, const Recognised *rec, const Json **plan, TableForm *form)
{
    Rows     rows;
    Problems quiet = { .mem = w->mem };
    Str      text = { 0 }, shape = report_shape(w->mem, rec);
    *plan         = NULL;
    if (!shape.n) return OK;
    TRY(db_query(w->db, SQL_IMPORT_SHAPE_ONE,
                 VALS(val_text(shape_of(w, w->actor, shape)), val_text(shape_of(w, FIRM, shape))), &rows));
    if (rows_next(&rows)) text = str_copy(w->mem, row_text(&rows, 0));
    TRY(rows_end(&rows));
    if (!text.n || json_read(w->mem, text, (JsonLimits){ 0 }, &quiet, plan)) return OK;
    bool fits = may_import(w, *plan) && form_read(json_get(*plan, "form"), form, &quiet) == OK;
    if (!fits) *plan = NULL;
    return OK;
}

void import_shape_json(JsonOut *j, const Json *plan)
{
    static const char *const texts[] = { "target", "key", "mode", "source" };
    bool                     c_marks_return = false;
    js_object(j);
    for (ptrdiff_t i = 0; i < COUNT(texts); i++) {
        Str text = { 0 };
        if (!json_get_text(plan, texts[i], &text)) continue;
        js_key(j, texts[i]);
        js_str(j, text);
    }
    json_get_bool(plan, "c_marks_return", &c_marks_return);
    js_key(j, "c_marks_return");
    js_bool(j, c_marks_return);
    js_end(j);
}
