/* From a tree of JSON to a condition whose names are found and whose values fit. */
#include "entity/filter_inside.h"

#include <string.h>

Err filter_refuse(FilterReader *r, Str name, const char *key)
{
    return fail(r->ask->w, INVALID, r->ask->at ? r->ask->at : "filter", key, arg_text("name", name));
}

static bool same_use(const Use *u, UsesWhat what, Str entity, Str name, int64_t id)
{
    return u->what == what && u->to_id == id && str_eq(u->name, name) && str_eq(u->entity, entity);
}

void filter_use(FilterReader *r, UsesWhat what, const Entity *e, Str name, int64_t id)
{
    Str entity = str_of(e->name);
    if (!r->keeps) return;
    for (ptrdiff_t i = 0; i < r->uses.n; i++)
        if (same_use(&r->uses.at[i], what, entity, name, id)) return;
    if (r->uses.n == r->uses_room) {
        ptrdiff_t room = r->uses_room * 2 + 16;
        Use      *at = NEW_RAW(r->ask->mem, Use, room);
        if (r->uses.n) memcpy(at, r->uses.at, sizeof *at * (size_t)r->uses.n);
        r->uses.at = at;
        r->uses_room = room;
    }
    r->uses.at[r->uses.n++] = (Use){ what, entity, name, id };
}

/* ---- leaves ---- */

static FilterOp op_named(Str name)
{
    for (int i = 0; i < OP_COUNT; i++)
        if (str_eq(name, str_of(op_names[i]))) return (FilterOp)(1 << i);
    return 0;
}

static Err leaf_read(FilterReader *r, const Json *leaf, const Entity *outer, FilterNode *node)
{
    Str           name = { 0 }, op = { 0 };
    const Figure *figure;
    if (!json_get_text(leaf, "field", &name) || !json_get_text(leaf, "op", &op))
        return filter_refuse(r, S(""), "filter.not_a_tree");
    if (++r->leaves > FILTER_LEAVES) return filter_refuse(r, name, "filter.too_large");
    TRY(path_read(r, node->e, name, &node->path));
    node->op = op_named(op);
    if (!node->op) return filter_refuse(r, name, "filter.wrong_op");
    figure = node->path.figure;
    node->compared = figure ? figure_field(figure) : *node->path.field;
    unsigned takes = figure ? figure_ops(figure) : field_ops(&node->compared);
    if (!(takes & (unsigned)node->op)) return filter_refuse(r, name, "filter.wrong_op");
    return values_read(r, node, outer);
}

static Err list_read(FilterReader *r, const Json *list, const Entity *outer, int depth, FilterNode *node);

static Err figure_read(FilterReader *r, const Json *json, const Entity *outer, FilterNode *node)
{
    const unsigned takes = OP_is | OP_is_not | OP_from | OP_to;
    Str            op = { 0 };
    if (!json_get_text(json, "op", &op)) return filter_refuse(r, S(""), "filter.not_a_tree");
    node->op = op_named(op);
    if (!((unsigned)node->op & takes)) return filter_refuse(r, node->many.name, "filter.wrong_op");
    node->compared = node->many.sum ? *node->many.sum : (Field){ .name = "count", .type = TYPE_int };
    node->compared.min = node->compared.max = 0;
    return values_read(r, node, outer);
}

static Err rows_read(FilterReader *r, const Json *json, const Json *of, const Entity *outer, int depth,
                     FilterNode *node)
{
    const Json *where = json_get(json, "where");
    if (of->kind != JSON_IS_TEXT) return filter_refuse(r, S(""), "filter.not_a_tree");
    if (++r->leaves > FILTER_LEAVES) return filter_refuse(r, of->text, "filter.too_large");
    if (++r->many > FILTER_MANY) return filter_refuse(r, of->text, "filter.too_many");
    TRY(many_read(r, node->e, of->text, node->kind == FILTER_SUM, &node->many));
    if (node->kind == FILTER_COUNT || node->kind == FILTER_SUM) TRY(figure_read(r, json, outer, node));
    if (!where) return OK;
    FilterNode inner = { .e = node->many.rows };
    TRY(list_read(r, where, node->e, depth, &inner));
    node->first = inner.first;
    return OK;
}

/* ---- the tree ---- */

typedef struct {
    const char *name;
    FilterKind  kind;
} Form;

static const Form forms[] = { { "all", FILTER_ALL },     { "any", FILTER_ANY },   { "not", FILTER_NOT },
                              { "field", FILTER_LEAF },  { "some", FILTER_SOME }, { "none", FILTER_NONE },
                              { "count", FILTER_COUNT }, { "sum", FILTER_SUM } };

/* What kind of node it is: exactly one of the names above is among its members. */
static const Json *form_of(const Json *node, FilterKind *kind)
{
    const Json *found = NULL;
    int         n = 0;
    for (int i = 0; i < COUNT(forms) && node->kind == JSON_IS_OBJECT; i++) {
        const Json *at = json_get(node, forms[i].name);
        if (!at) continue;
        found = at;
        *kind = forms[i].kind;
        n++;
    }
    return n == 1 ? found : NULL;
}

static Err node_read(FilterReader *r, const Json *json, const Entity *e, const Entity *outer, int depth,
                     FilterNode **out)
{
    FilterNode *node = NEW(r->ask->mem, FilterNode);
    const Json *of = form_of(json, &node->kind);
    *out = node;
    node->e = e;
    node->json = json_get(json, "value");
    if (!of) return filter_refuse(r, S(""), "filter.not_a_tree");
    if (++r->nodes > FILTER_NODES) return filter_refuse(r, S(""), "filter.too_many_groups");
    if (depth > FILTER_DEPTH) return filter_refuse(r, S(""), "filter.too_deep");
    switch (node->kind) {
    case FILTER_ALL:
    case FILTER_ANY: return list_read(r, of, outer, depth, node);
    case FILTER_NOT: return node_read(r, of, e, outer, depth + 1, &node->first);
    case FILTER_LEAF: return leaf_read(r, json, outer, node);
    default: return rows_read(r, json, of, outer, depth, node);
    }
}

static Err list_read(FilterReader *r, const Json *list, const Entity *outer, int depth, FilterNode *node)
{
    FilterNode **next = &node->first;
    if (list->kind != JSON_IS_ARRAY) return filter_refuse(r, S(""), "filter.not_a_tree");
    for (const Json *at = list->first; at; at = at->next) {
        TRY(node_read(r, at, node->e, outer, depth + 1, next));
        next = &(*next)->next;
    }
    return OK;
}

Err filter_read(FilterReader *r, const Json *tree, FilterNode **out)
{
    return node_read(r, tree, r->ask->e, NULL, 1, out);
}
