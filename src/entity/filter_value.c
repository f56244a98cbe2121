/* What a condition compares with: literals, whoever asks, days by the clock, other fields. */
#include "entity/filter_inside.h"

#include <string.h>

enum { IN_MOST = 1000, DAYS_MOST = 100 };

static Err wrong(FilterReader *r, const FilterNode *node)
{
    return filter_refuse(r, node->many.name.n ? node->many.name : node->path.name, "filter.wrong_value");
}

static bool of_people(const Field *f)
{
    const Entity *user = entity_named(S("user"));
    return field_points(f) && (!user ? f->to && strcmp(f->to, "user") == 0 : field_may_point(f, user));
}

/* ---- literals ---- */

/* A day in the place of a moment means the firm's day. */
static bool date_read(const Field *f, const Json *json, FilterValue *out)
{
    Day day;
    if (f->type != TYPE_moment || json->kind != JSON_IS_TEXT || !day_read(json->text, &day)) return false;
    *out = (FilterValue){ .kind = FILTER_DATE, .literal = value_int(day) };
    return true;
}

static Err literal_read(FilterReader *r, const FilterNode *node, const Json *json, FilterValue *out)
{
    const Field *f = &node->compared;
    const char  *key;
    Value        limit, *v = &out->literal;
    if (date_read(f, json, out)) return OK;
    *out = (FilterValue){ .kind = FILTER_LITERAL };
    if (!value_of_json(r->ask->mem, f, json, v) || v->empty) return wrong(r, node);
    if (f->type == TYPE_link && !field_to(f, *v)) return wrong(r, node);
    if (f->type != TYPE_text && value_is_text(f) && value_check(f, *v, &key, &limit) != OK) return wrong(r, node);
    if (field_points(f) && field_to(f, *v)) filter_use(r, USES_RECORD, field_to(f, *v), S(""), v->n);
    return OK;
}

/* ---- other fields ---- */

/* Two that can be compared: of one type, of one choice, pointing at one entity. */
static bool comparable(const Field *a, const Field *b)
{
    if (field_points(a) && field_points(b))
        return a->type != TYPE_ref || b->type != TYPE_ref || strcmp(a->to ? a->to : "", b->to ? b->to : "") == 0;
    return a->type == b->type && (a->type != TYPE_choice || a->options == b->options);
}

/* What is no one value is compared with none. */
static bool plural(const FilterNode *node) { return node->path.figure && !figure_kept(node->path.figure); }

static Err other_read(FilterReader *r, const FilterNode *node, const Json *json, const Entity *of, FilterValue *out)
{
    const unsigned takes = OP_is | OP_is_not | OP_from | OP_to;
    out->kind = json_get(json, "row") ? FILTER_OUTER_ROW : FILTER_SAME_ROW;
    if (!of) return filter_refuse(r, json->first->text, "filter.no_row");
    TRY(path_read(r, of, json->first->text, &out->path));
    if (!((unsigned)node->op & takes) || plural(node) || !out->path.field) return wrong(r, node);
    return comparable(&node->compared, out->path.field) ? OK : wrong(r, node);
}

/* ---- forms ---- */

static Err person_read(FilterReader *r, const FilterNode *node, const Json *json, FilterValue *out)
{
    out->kind = json_get(json, "team") ? FILTER_TEAM : FILTER_ME;
    if (json->first->kind != JSON_IS_INT || json->first->number != 1) return wrong(r, node);
    return of_people(&node->compared) && node->op != OP_under && !plural(node) ? OK : wrong(r, node);
}

static Err day_value_read(FilterReader *r, const FilterNode *node, const Json *json, FilterValue *out)
{
    bool takes = node->compared.type == TYPE_day || node->compared.type == TYPE_moment;
    out->kind = FILTER_DAY_OF;
    if (!takes || json->first->kind != JSON_IS_TEXT || plural(node)) return wrong(r, node);
    return filter_day_read(json->first->text, &out->day) ? OK : wrong(r, node);
}

static Err now_value_read(FilterReader *r, const FilterNode *node, const Json *json, FilterValue *out)
{
    out->kind = FILTER_NOW;
    if (node->compared.type != TYPE_moment || json->first->kind != JSON_IS_TEXT || plural(node))
        return wrong(r, node);
    if (node->op != OP_from && node->op != OP_to) return wrong(r, node);
    return filter_now_read(json->first->text, &out->now) ? OK : wrong(r, node);
}

static Err form_read(FilterReader *r, const FilterNode *node, const Json *json, const Entity *outer, FilterValue *out)
{
    *out = (FilterValue){ .kind = FILTER_LITERAL };
    if (json->count != 1) return wrong(r, node);
    Str form = json->first->key;
    if (str_eq(form, S("arg"))) return filter_refuse(r, json->first->text, "filter.no_args");
    if (str_eq(form, S("me")) || str_eq(form, S("team"))) return person_read(r, node, json, out);
    if (str_eq(form, S("day"))) return day_value_read(r, node, json, out);
    if (str_eq(form, S("now"))) return now_value_read(r, node, json, out);
    if (json->first->kind != JSON_IS_TEXT) return wrong(r, node);
    if (str_eq(form, S("field"))) return other_read(r, node, json, node->e, out);
    if (str_eq(form, S("row"))) return other_read(r, node, json, outer, out);
    return wrong(r, node);
}

static Err value_read_one(FilterReader *r, const FilterNode *node, const Json *json, const Entity *outer,
                          FilterValue *out)
{
    if (json && json->kind == JSON_IS_OBJECT) return form_read(r, node, json, outer, out);
    return json ? literal_read(r, node, json, out) : wrong(r, node);
}

static Err list_of_values(FilterReader *r, FilterNode *node, const Entity *outer)
{
    const Json *list = node->json;
    int         dates = 0;
    if (!list || list->kind != JSON_IS_ARRAY || list->count > IN_MOST) return wrong(r, node);
    node->value = NEW_RAW(r->ask->mem, FilterValue, list->count);
    for (const Json *at = list->first; at; at = at->next) {
        FilterValue *v = &node->value[node->values++];
        TRY(value_read_one(r, node, at, outer, v));
        if (v->kind == FILTER_SAME_ROW || v->kind == FILTER_OUTER_ROW) return wrong(r, node);
        dates += node->compared.type == TYPE_moment && v->kind != FILTER_LITERAL;
    }
    return dates > DAYS_MOST ? filter_refuse(r, node->path.name, "filter.too_many_days") : OK;
}

/* Any record of one entity. */
static Err entity_of_link(FilterReader *r, FilterNode *node)
{
    const Json   *json = node->json;
    const Entity *to = json && json->kind == JSON_IS_TEXT ? entity_named(json->text) : NULL;
    if (!to || !field_may_point(&node->compared, to)) return wrong(r, node);
    node->value[0] = (FilterValue){ .kind = FILTER_LITERAL, .literal = { .s = json->text } };
    return OK;
}

Err values_read(FilterReader *r, FilterNode *node, const Entity *outer)
{
    if (node->op == OP_empty || node->op == OP_not_empty) return OK;
    if (node->op == OP_in) return list_of_values(r, node, outer);
    node->value = NEW(r->ask->mem, FilterValue);
    node->values = 1;
    if (node->op == OP_of) return entity_of_link(r, node);
    return value_read_one(r, node, node->json, outer, node->value);
}
