/* Adding a field of the firm's own: a row that describes it and a column that holds it, in one transaction. */
#include "access/access.h"
#include "entity/change_row.h"
#include "entity/own.h"
#include "entity/uses.h"

#include <string.h>

static const Entity field_entity = { .name = "field" }; /* its deeds stand in the journal like any other's */

static Err refuse(Work *w, const char *field, const char *key) { return fail(w, INVALID, field, key); }

static int options_of_firm(Work *w)
{
    int n = 0;
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        OwnList list = own_fields(w, entity_at(i));
        for (int k = 0; k < list.n; k++)
            for (const char *const *at = list.at[k].field.options; at && *at; at++) n++;
    }
    return n;
}

static Err options_check(Work *w, const OwnAsk *ask)
{
    if (ask->type != TYPE_choice) return OK;
    if (ask->option_count < 1 || ask->option_count > OWN_OPTIONS)
        return fail(w, INVALID, "options", "own.options", arg_count("limit", OWN_OPTIONS));
    if (options_of_firm(w) + ask->option_count <= OWN_OPTIONS_MOST) return OK;
    return fail(w, INVALID, "options", "own.too_many_options", arg_count("limit", OWN_OPTIONS_MOST));
}

static Err ask_check(Work *w, const OwnAsk *ask, const Entity *e)
{
    if (!e || e->parent) return refuse(w, "entity", "own.no_such_entity");
    if (ask->type >= TYPE_link) return refuse(w, "type", "own.no_such_type");
    if (ask->label_ru.n == 0 || ask->label_ru.n > 200) return refuse(w, "label_ru", "own.label");
    if (ask->label_en.n > 200) return refuse(w, "label_en", "own.label");
    if (ask->type == TYPE_ref && (!entity_named(ask->to) || entity_named(ask->to)->parent))
        return refuse(w, "to", "own.no_such_entity");
    if (ask->find && (ask->type != TYPE_text || !entity_finds(e))) return refuse(w, "find", "own.not_found_by");
    if (own_fields(w, e).n >= OWN_MOST) return refuse(w, "entity", "own.too_many");
    return options_check(w, ask);
}

/* On PostgreSQL a change of a table waits for all who read it, and all who come later wait behind it: not for longer
 * than a person waits. */
static Err lock_briefly(Work *w)
{
    return db_engine(w->db) == DB_POSTGRES ? db_run(w->db, S("set local lock_timeout = 3000"), NO_VALS, NULL) : OK;
}

/* The column, and those that texts are sorted and found by. */
static Err columns_add(Work *w, const OwnAsk *ask, const Entity *e, int64_t id)
{
    Buf         ddl   = buf_new(w->mem, 200);
    const char *table = entity_table(e);
    bool        text  = ask->type == TYPE_text;
    buf_fmt(&ddl, "alter table %s add column x%lld %s%s;", table, (long long)id, types[ask->type].column,
            ask->type == TYPE_bool ? " not null default 0" : "");
    if (text && ask->find) buf_fmt(&ddl, "alter table %s add column x%lld_find text;", table, (long long)id);
    if (text && ask->sort) buf_fmt(&ddl, "alter table %s add column x%lld_sort text;", table, (long long)id);
    return db_ddl(w->db, buf_str(&ddl));
}

static Val options_val(Work *w, const OwnAsk *ask)
{
    if (ask->type != TYPE_choice) return val_null();
    Buf     text = buf_new(w->mem, 200);
    JsonOut j    = js_to(&text);
    js_array(&j);
    for (int i = 0; i < ask->option_count; i++) {
        js_array(&j);
        js_str(&j, ask->options[i * 2]);
        js_str(&j, ask->options[i * 2 + 1]);
        js_end(&j);
    }
    js_end(&j);
    return val_text(buf_str(&text));
}

Err own_add(Work *w, const OwnAsk *ask, int64_t *id)
{
    const Entity *e  = entity_named(ask->entity);
    Str           en = ask->label_en.n ? ask->label_en : ask->label_ru;
    TRY(access_need(w, "field", "add"));
    TRY(ask_check(w, ask, e));
    TRY(ids_take(w, 1, id));
    TRY(lock_briefly(w));
    TRY(columns_add(w, ask, e, *id));
    TRY(db_run(
        w->db,
        S("insert into own_field (id, entity, type, label_ru, label_en, to_entity, options, required, find, sort,"
          " made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
        VALS(val_int(*id), val_text(str_of(e->name)), val_text(str_of(types[ask->type].name)), val_text(ask->label_ru),
             val_text(en), ask->type == TYPE_ref ? val_text(ask->to) : val_null(), options_val(w, ask),
             val_int(ask->required), val_int(ask->find), val_int(ask->sort), val_int(w->now),
             w->actor ? val_int(w->actor) : val_null()),
        NULL));
    w->own = NULL;
    return change_rows(w, &field_entity, 0, &(ChangeRow){ .record = *id, .version = 1, .verb = "made" }, 1);
}

Err own_archive(Work *w, int64_t id)
{
    int64_t changed;
    TRY(access_need(w, "field", "archive"));
    TRY(db_run(w->db, S("update own_field set archived_at = $2 where id = $1 and archived_at is null"),
               VALS(val_int(id), val_int(w->now)), &changed));
    if (changed == 0) return fail(w, NOT_FOUND, NULL, "record.not_found");
    w->own = NULL;
    return change_rows(w, &field_entity, 0, &(ChangeRow){ .record = id, .version = 2, .verb = "archived" }, 1);
}

/* ---- JSON ---- */

static bool options_take(Work *w, const Json *list, OwnAsk *ask)
{
    if (!list || list->kind != JSON_IS_ARRAY) return false;
    Str *labels = NEW_N(w->mem, Str, list->count * 2);
    int  n      = 0;
    for (const Json *pair = list->first; pair; pair = pair->next, n++) {
        if (pair->kind != JSON_IS_ARRAY || pair->count != 2 || pair->first->kind != JSON_IS_TEXT ||
            pair->first->next->kind != JSON_IS_TEXT)
            return false;
        labels[n * 2]     = pair->first->text;
        labels[n * 2 + 1] = pair->first->next->text.n ? pair->first->next->text : pair->first->text;
        if (labels[n * 2].n == 0 || labels[n * 2].n > 200 || labels[n * 2 + 1].n > 200) return false;
    }
    ask->options      = labels;
    ask->option_count = n;
    return true;
}

static void take_text(Work *w, const Json *body, const char *name, Str *out)
{
    const Json *member = json_get(body, name);
    if (member && member->kind != JSON_IS_NULL && !json_get_text(body, name, out))
        fail(w, INVALID, name, "field.wrong_type");
}

static void take_bool(Work *w, const Json *body, const char *name, bool *out)
{
    const Json *member = json_get(body, name);
    if (member && member->kind != JSON_IS_NULL && !json_get_bool(body, name, out))
        fail(w, INVALID, name, "field.wrong_type");
}

Err own_add_json(Work *w, const Json *body, int64_t *id)
{
    OwnAsk    ask    = { 0 };
    Str       type   = { 0 };
    ptrdiff_t before = w->problems.count;
    take_text(w, body, "entity", &ask.entity);
    take_text(w, body, "type", &type);
    take_text(w, body, "label_ru", &ask.label_ru);
    take_text(w, body, "label_en", &ask.label_en);
    take_text(w, body, "to", &ask.to);
    take_bool(w, body, "required", &ask.required);
    take_bool(w, body, "find", &ask.find);
    take_bool(w, body, "sort", &ask.sort);
    if (w->problems.count > before) return INVALID;
    ask.label_ru = str_trim(ask.label_ru);
    ask.label_en = str_trim(ask.label_en);
    ask.type     = type_named(type);
    if (ask.type != TYPE_choice && json_get(body, "options")) return refuse(w, "options", "own.options_of_a_choice");
    if (ask.type != TYPE_ref && ask.to.n) return refuse(w, "to", "own.points_of_a_reference");
    if (ask.type == TYPE_choice && !options_take(w, json_get(body, "options"), &ask))
        return fail(w, INVALID, "options", "own.options", arg_count("limit", OWN_OPTIONS));
    return own_add(w, &ask, id);
}

static void field_json(Work *w, JsonOut *to, const Entity *e, const OwnField *own, Map *count)
{
    const Field   *f    = &own->field;
    const int64_t *used = map_at(&count, str_fmt(w->mem, "%s.%s", e->name, f->name), NULL);
    js_object(to);
    js_key(to, "id");
    js_i64(to, f->own);
    js_key(to, "entity");
    js_c(to, e->name);
    js_key(to, "name");
    js_c(to, f->name);
    js_key(to, "type");
    js_c(to, types[f->type].name);
    js_key(to, "label_ru");
    js_str(to, f->label_ru);
    js_key(to, "label_en");
    js_str(to, f->label_en);
    js_key(to, "to");
    js_c(to, f->to);
    js_key(to, "required");
    js_bool(to, f->required);
    js_key(to, "find");
    js_bool(to, f->find);
    js_key(to, "sort");
    js_bool(to, f->sort);
    js_key(to, "archived");
    js_bool(to, own->archived);
    js_key(to, "used");
    js_i64(to, used ? *used : 0);
    js_end(to);
}

Err own_list_json(Work *w, JsonOut *to)
{
    Map *count;
    TRY(access_need(w, "field", "view"));
    TRY(uses_of_fields(w, &count));
    js_items(to);
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        OwnList list = own_fields(w, entity_at(i));
        for (int k = 0; k < list.n; k++) field_json(w, to, entity_at(i), &list.at[k], count);
    }
    js_end(to);
    js_end(to);
    return OK;
}
