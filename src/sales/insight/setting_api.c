/* Settings of an analysis kept under a name. */
#include "sales/insight/setting.h"

#include "entity/record.h"
#include "sales/insight/answers.h"
#include "sales/insight/setting_sql.h"

#include <string.h>

static bool is_analysis(Str name)
{
    const Str before = S("/api/analysis/");
    for (const Route *route = insight_routes; route->path; route++)
        if (str_eq(str_from(str_of(route->path), before.n), name)) return true;
    return false;
}

static bool is_object(Work *w, Str text)
{
    Problems    unheard = { 0 };
    const Json *json;
    return json_read(w->mem, text, (JsonLimits){ 0 }, &unheard, &json) == OK && json->kind == JSON_IS_OBJECT;
}

static Err setting_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        AnalysisSetting *now = s->now[i];
        if (!now->owner_id) now->owner_id = w->actor;
        if (!is_analysis(now->analysis)) saving_fail(w, s, i, INVALID, "analysis", "analysis_setting.no_analysis");
        if (!is_object(w, now->settings)) saving_fail(w, s, i, INVALID, "settings", "analysis_setting.no_settings");
    }
    return w->problems.count > before ? INVALID : OK;
}

static const Field setting_fields[] = {
#define FIELD(...) AS_ROW(AnalysisSetting, __VA_ARGS__)
#include "sales/insight/analysis_setting.def"
};

const Entity analysis_setting_entity = {
    .name = "analysis_setting",
    .title = "name",
    .owners = { { "owner_id" } },
    .alone = true,
    .order = "name",
    .rule = setting_rule,
    ENTITY_FIELDS(AnalysisSetting, setting_fields),
};

/* ---- as the screens of the analyses ask for them ---- */

static void put_setting(JsonOut *j, int64_t id, Str name, Str analysis, Str settings, bool shared, bool mine)
{
    js_object(j);
    js_key(j, "id");
    js_i64(j, id);
    js_key(j, "name");
    js_str(j, name);
    js_key(j, "analysis");
    js_str(j, analysis);
    js_key(j, "settings");
    js_raw(j, settings);
    js_key(j, "shared");
    js_bool(j, shared);
    js_key(j, "mine");
    js_bool(j, mine);
    js_end(j);
}

static Err offered(Request *r)
{
    Str  analysis = asked_text(r, "analysis");
    Rows rows;
    TRY(db_query(r->w->db, SQL_SETTINGS_OFFERED, VALS(val_int(r->w->actor), val_text(analysis.s ? analysis : S(""))),
                 &rows));
    js_items(&r->out);
    while (rows_next(&rows))
        put_setting(&r->out, row_int(&rows, 0), row_text(&rows, 1), row_text(&rows, 2), row_text(&rows, 3),
                    row_int(&rows, 4) == 1, row_int(&rows, 5) == r->w->actor);
    js_end(&r->out);
    js_end(&r->out);
    return rows_end(&rows);
}

static Err keep(Request *r)
{
    AnalysisSetting setting;
    const Json     *settings = json_get(r->body, "settings");
    record_empty(r->w, &analysis_setting_entity, &setting);
    TRY(body_text(r, "name", 120, &setting.name));
    TRY(body_text(r, "analysis", 40, &setting.analysis));
    TRY(body_bool(r, "shared", &setting.shared));
    if (!settings || settings->kind != JSON_IS_OBJECT)
        return fail(r->w, INVALID, "settings", "analysis_setting.no_settings");
    Buf     text = buf_new(r->w->mem, 512);
    JsonOut copy = js_to(&text);
    js_copy(&copy, settings);
    setting.settings = buf_str(&text);
    setting.owner_id = r->w->actor;
    TRY(record_save(r->w, &analysis_setting_entity, &setting));
    put_setting(&r->out, setting.base.id, setting.name, setting.analysis, setting.settings, setting.shared, true);
    return OK;
}

static Err drop(Request *r)
{
    TRY(record_archive(r->w, &analysis_setting_entity, r->id, 0));
    js_object(&r->out);
    js_end(&r->out);
    return OK;
}

const Route setting_routes[] = {
    { .method = GET,
      .path = "/api/analysis_setting",
      .run = offered,
      .needs = { "analysis_setting", "view" },
      .takes = "analysis: text?",
      .gives = "items: list",
      .says = "route.analysis_setting.offered" },
    { .method = POST,
      .path = "/api/analysis_setting",
      .run = keep,
      .needs = { "analysis_setting", "add" },
      .writes = true,
      .makes = true,
      .body = BODY_JSON,
      .takes = "name: text, analysis: text, settings: object, shared: bool?",
      .gives = "id: int, name: text, analysis: text, settings: object, shared: bool, mine: bool",
      .says = "route.analysis_setting.keep" },
    { .method = DELETE,
      .path = "/api/analysis_setting/{id}",
      .run = drop,
      .needs = { "analysis_setting", "archive" },
      .writes = true,
      .says = "route.analysis_setting.drop" },
    { 0 },
};
