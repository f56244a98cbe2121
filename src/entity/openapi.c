/* The list of fields as schemas of OpenAPI 3.1, for programs. */
#include "entity/meta.h"

#include "entity/figure.h"

#include <stdio.h>

static void text_member(JsonOut *to, const char *key, const char *text)
{
    js_key(to, key);
    js_c(to, text);
}

static void choice_schema(JsonOut *to, const Field *f)
{
    js_object(to);
    js_key(to, "enum");
    js_array(to);
    for (int i = 0; f->options && f->options[i]; i++) js_c(to, f->options[i]);
    js_null(to);
    js_end(to);
    js_end(to);
}

static void linked_schema(JsonOut *to, const Field *f)
{
    js_key(to, "x-entities");
    js_array(to);
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (field_may_point(f, entity_at(i))) js_c(to, entity_at(i)->name);
    js_end(to);
}

/* Every field but a bool can be empty, which is null. */
static void field_schema(JsonOut *to, const Field *f)
{
    if (f->type == TYPE_choice) {
        choice_schema(to, f);
        return;
    }
    js_object(to);
    js_key(to, "anyOf");
    js_array(to);
    js_raw(to, str_of(types[f->type].schema));
    if (f->type != TYPE_bool) js_raw(to, S("{\"type\":\"null\"}"));
    js_end(to);
    if (f->type == TYPE_ref && f->to) text_member(to, "x-entity", f->to);
    if (f->type == TYPE_link) linked_schema(to, f);
    if (f->type == TYPE_text) {
        js_key(to, "maxLength");
        js_i64(to, f->max ? f->max : TEXT_MAX);
    }
    js_end(to);
}

static void list_schema(JsonOut *to, const Children *list)
{
    char where[100];
    snprintf(where, sizeof where, "#/components/schemas/%s", list->entity->name);
    js_object(to);
    text_member(to, "type", "array");
    js_key(to, "items");
    js_object(to);
    text_member(to, "$ref", where);
    js_end(to);
    js_end(to);
}

static void head_schema(JsonOut *to, const Entity *e)
{
    js_key(to, "id");
    js_raw(to, str_of(types[TYPE_ref].schema));
    if (e->parent) return;
    js_key(to, "version");
    js_raw(to, str_of(types[TYPE_int].schema));
    static const char *const moments[] = { "created_at", "changed_at", "archived_at" };
    for (ptrdiff_t i = 0; i < COUNT(moments); i++) {
        js_key(to, moments[i]);
        js_raw(to, S("{\"type\":[\"string\",\"null\"],\"format\":\"date-time\"}"));
    }
}

/* What comes with a save beside the fields (entity/check.h). */
static void asked_schema(JsonOut *to, bool taken)
{
    js_key(to, taken ? "_confirm" : "notes");
    js_raw(to, taken ? S("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}")
                     : S("{\"type\":\"array\",\"items\":{\"type\":\"object\"}}"));
    if (!taken) return;
    js_key(to, "_reason");
    js_raw(to, S("{\"type\":\"string\"}"));
}

/* What the reader may do with it (entity/may.h), of one record. */
static void may_schema(JsonOut *to)
{
    js_key(to, "_may");
    js_raw(to, S("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"));
    js_key(to, "_fixed");
    js_raw(to, S("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}"));
}

/* The figures a list was asked for. */
static void figures_schema(JsonOut *to, const Entity *e)
{
    js_key(to, "_figures");
    js_object(to);
    text_member(to, "type", "object");
    js_key(to, "properties");
    js_object(to);
    for (const Figure *f = e->figures; f && f->name; f++) {
        Field field = figure_field(f);
        if (!figure_kept(f)) continue;
        js_key(to, f->name);
        field_schema(to, &field);
    }
    js_end(to);
    js_end(to);
}

/* What is taken has neither head nor fields that the program keeps itself. */
static void entity_schema(JsonOut *to, const Entity *e, bool taken)
{
    js_object(to);
    text_member(to, "type", "object");
    js_key(to, "properties");
    js_object(to);
    if (!taken) head_schema(to, e);
    for (int i = 0; i < e->field_count; i++) {
        const Field *f = &e->fields[i];
        if (f->inner || (taken && field_by_rule(f))) continue;
        js_key(to, f->name);
        field_schema(to, f);
    }
    for (int c = 0; c < e->child_count; c++) {
        js_key(to, e->children[c].name);
        list_schema(to, &e->children[c]);
    }
    if (!taken && e->figures) figures_schema(to, e);
    if (!e->parent) asked_schema(to, taken);
    if (!e->parent && !taken) may_schema(to);
    js_end(to);
    js_end(to);
}

#define CONDITION  "{\"$ref\":\"#/components/schemas/condition\"}"
#define CONDITIONS "{\"type\":\"array\",\"items\":" CONDITION "}"
#define FORM(name, schema) "{\"type\":\"object\",\"required\":[\"" name "\"],\"properties\":{\"" name "\":" schema "}}"
#define TEXT_LIKE(examples) "{\"type\":\"string\",\"examples\":[" examples "]}"

/* The language of entity/filter.h. */
static void condition_schema(JsonOut *to)
{
    static const char *const forms[]     = { "all", "any", "not", "field", "some", "none", "count", "sum" };
    static const char *const members[][2] = {
        { "all", CONDITIONS },
        { "any", CONDITIONS },
        { "not", CONDITION },
        { "where", CONDITIONS },
        { "field", TEXT_LIKE("\"city\",\"client_id.city\",\"about:client.city\",\"parent.day\"") },
        { "some", TEXT_LIKE("\"phones\",\"<sale.client_id\",\"client_id<sale.client_id\"") },
        { "none", TEXT_LIKE("\"phones\"") },
        { "count", TEXT_LIKE("\"<sale.client_id\"") },
        { "sum", TEXT_LIKE("\"<sale.client_id.total\"") },
        { "value", "{\"anyOf\":[{\"type\":[\"string\",\"number\",\"boolean\",\"array\"]},"
              FORM("me", "{\"const\":1}") ","
              FORM("team", "{\"const\":1}") ","
              FORM("day", TEXT_LIKE("\"-14\",\"month.start\",\"quarter.start-1 d\"")) ","
              FORM("now", TEXT_LIKE("\"-4 h\"")) "," FORM("field", "{\"type\":\"string\"}") ","
              FORM("row", "{\"type\":\"string\"}") "]}" },
    };
    js_object(to);
    text_member(to, "type", "object");
    js_key(to, "properties");
    js_object(to);
    for (int i = 0; i < COUNT(members); i++) {
        js_key(to, members[i][0]);
        js_raw(to, str_of(members[i][1]));
    }
    js_key(to, "op");
    js_object(to);
    js_key(to, "enum");
    js_array(to);
    for (int i = 0; i < OP_COUNT; i++) js_c(to, op_names[i]);
    js_end(to);
    js_end(to);
    js_end(to);
    js_key(to, "oneOf");
    js_array(to);
    for (int i = 0; i < COUNT(forms); i++) {
        js_object(to);
        js_key(to, "required");
        js_array(to);
        js_c(to, forms[i]);
        js_end(to);
        js_end(to);
    }
    js_end(to);
    js_end(to);
}

void openapi_schemas(JsonOut *to)
{
    char name[80];
    js_key(to, "condition");
    condition_schema(to);
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        js_key(to, e->name);
        entity_schema(to, e, false);
        if (e->parent) continue;
        snprintf(name, sizeof name, "%s_patch", e->name);
        js_key(to, name);
        entity_schema(to, e, true);
    }
}
