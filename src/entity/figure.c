/* Figures as conditions: what is tied to a record, or was counted of it. */
#include "entity/figure.h"

enum { IN_MOST = 20 };

static int bound(const FigureWriter *to, Val v) { return bind_val(to->mem, to->binds, v); }

static Err refuse(const FigureWriter *to, const Figure *f, const char *key)
{
    return fail(to->w, INVALID, "filter", key, arg_text("name", str_of(f->name)));
}

bool figure_known(const Actor *actor, const Figure *f)
{
    return !f->counts || access_scope(actor, f->counts, "view") != SCOPE_NONE;
}

const Figure *figure_named(const Entity *e, Str name)
{
    for (const Figure *f = e->figures; f && f->name; f++)
        if (str_eq(name, str_of(f->name))) return f;
    return NULL;
}

/* What is tied to a record that the reader does not see is as hidden as that record. */
static void in_sight_write(const FigureWriter *to, const Figure *f, Value v)
{
    const Entity *tied = f->to ? entity_named(str_of(f->to)) : NULL;
    if (!tied || tied->known || reach_all(to->w, tied, "view")) return;
    buf_fmt(to->sql, " and exists (select 1 from %s tied where tied.id = $%d and ", entity_table(tied),
            bound(to, val_int(v.n)));
    reach_write(to->w, to->mem, tied, "view", "tied", to->sql, to->binds);
    buf_c(to->sql, ")");
}

static Err value_holds(const FigureWriter *to, const Figure *f, const Json *json)
{
    Field field = { .name = f->name, .type = f->type, .options = f->options, .to = f->to };
    Value v;
    Str   rest = str_of(f->where);
    if (!json || !value_of_json(to->mem, &field, json, &v) || v.empty) return refuse(to, f, "filter.wrong_value");
    buf_c(to->sql, "(");
    for (ptrdiff_t at; (at = str_find(rest, S("{"))) >= 0;) {
        buf_put(to->sql, str_upto(rest, at));
        rest = str_from(rest, at);
        if (str_starts(rest, S("{row}"))) buf_c(to->sql, to->alias);
        else
            buf_fmt(to->sql, "$%d",
                    bound(to, f->type == TYPE_choice || value_is_text(&field) ? val_text(v.s) : val_int(v.n)));
        rest = str_from(rest, str_find(rest, S("}")) + 1);
    }
    buf_put(to->sql, rest);
    in_sight_write(to, f, v);
    buf_c(to->sql, ")");
    return OK;
}

/* A figure of rows that the reader does not see is not his to find records by. */
static Err value_seen(const FigureWriter *to, const Figure *f, const Json *json)
{
    ScopeValues values = { 0 };
    if (!f->counts) return value_holds(to, f, json);
    buf_c(to->sql, "(");
    scope_write(to->sql, to->w->who, f->counts, "view", to->alias, to->binds->n + 1, &values);
    for (int i = 0; i < values.count; i++) bound(to, val_int(values.value[i]));
    buf_c(to->sql, " and ");
    TRY(value_holds(to, f, json));
    buf_c(to->sql, ")");
    return OK;
}

Err figure_write(const FigureWriter *to, const Figure *f, FilterOp op, const Json *value)
{
    if (op == OP_is) return value_seen(to, f, value);
    if (op != OP_in || !value || value->kind != JSON_IS_ARRAY || value->count > IN_MOST)
        return refuse(to, f, "filter.wrong_op");
    buf_c(to->sql, "(1 = 0");
    for (const Json *at = value->first; at; at = at->next) {
        buf_c(to->sql, " or ");
        TRY(value_seen(to, f, at));
    }
    buf_c(to->sql, ")");
    return OK;
}
