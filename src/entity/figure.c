/* Figures as conditions: what was counted of a record, or is tied to it. */
#include "entity/figure.h"

enum { IN_MOST = 20 };

static int bound(const FigureWriter *to, Val v) { return bind_val(to->mem, to->binds, v); }

static Err refuse(const FigureWriter *to, const Figure *f, const char *key)
{
    return fail(to->w, INVALID, "filter", key, arg_text("name", str_of(f->name)));
}

/* ---- what it is ---- */

const Figure *figure_named(const Entity *e, Str name)
{
    for (const Figure *f = e->figures; f && f->name; f++)
        if (str_eq(name, str_of(f->name))) return f;
    return NULL;
}

bool figure_kept(const Figure *f) { return f->value != NULL; }

Field figure_field(const Figure *f)
{
    return (Field){ .name = f->name,
                    .type = f->type,
                    .options = f->options,
                    .to = f->to,
                    .mask = f->mask,
                    .sort = f->sort,
                    .total = f->total };
}

unsigned figure_ops(const Figure *f)
{
    Field field = figure_field(f);
    return figure_kept(f) ? field_ops(&field) : OP_is | OP_in;
}

/* What the rows hide that it is counted from, it hides as well; so does a place that counts them. */
static bool counted_hides(const Actor *actor, const Figure *f)
{
    const char *place = entity_named(str_of(f->counts))->counted;
    if (access_hides(actor, f->counts, "view", f->mask)) return true;
    return place && access_scope(actor, place, "view") != SCOPE_NONE && access_hides(actor, place, "view", f->mask);
}

bool figure_known(const Actor *actor, const Entity *e, const Figure *f, const char *verb)
{
    if (access_hides(actor, e->name, verb, f->mask)) return false;
    return !f->counts || (access_scope(actor, f->counts, "view") != SCOPE_NONE && !counted_hides(actor, f));
}

/* ---- plural ones ---- */

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
    Field field = figure_field(f);
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
    if (!f->counts) return value_holds(to, f, json);
    buf_c(to->sql, "(");
    figure_sight_write(to->w, to->mem, f, to->alias, to->sql, to->binds);
    buf_c(to->sql, " and ");
    TRY(value_holds(to, f, json));
    buf_c(to->sql, ")");
    return OK;
}

static Err plural_write(const FigureWriter *to, const Figure *f, FilterOp op, const Json *value)
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

/* ---- kept ones ---- */

static bool is_none(const FigureWriter *to, const Figure *f, const Json *json)
{
    Field field = figure_field(f);
    Value v;
    return value_of_json(to->mem, &field, json, &v) && v.n == f->none;
}

/* Does it hold for a record without a row? */
static bool none_holds(const FigureWriter *to, const Figure *f, FilterOp op, const Json *value)
{
    if (!f->none || op == OP_not_empty || op == OP_empty) return f->none != 0;
    if (op == OP_is || op == OP_is_not) return is_none(to, f, value);
    for (const Json *at = op == OP_in ? value->first : NULL; at; at = at->next)
        if (is_none(to, f, at)) return true;
    return false;
}

/* The rows of a record, the value under the figure's own name: so whatever is said of the column names the figure. */
static void rows_write(const FigureWriter *to, const Figure *f)
{
    buf_fmt(to->sql, "exists (select 1 from (select k.%s as of_id, k.%s as %s from %s k", f->id, f->value, f->name,
            f->from);
    figure_when_write(f, " where ", "k", to->sql);
    buf_fmt(to->sql, ") counted where counted.of_id = %s.id", to->alias);
}

Err figure_write(const FigureWriter *to, const Figure *f, FilterOp op, const Json *value)
{
    if (!figure_kept(f)) return plural_write(to, f, op, value);
    buf_c(to->sql, "(");
    figure_sight_write(to->w, to->mem, f, to->alias, to->sql, to->binds);
    buf_c(to->sql, " and (");
    rows_write(to, f);
    buf_c(to->sql, " and ");
    TRY(to->leaf(to->of, "counted"));
    buf_c(to->sql, ")");
    if (none_holds(to, f, op, value)) {
        buf_c(to->sql, " or not ");
        rows_write(to, f);
        buf_c(to->sql, ")");
    }
    buf_c(to->sql, "))");
    return OK;
}

/* ---- parts of statements ---- */

void figure_sight_write(Work *w, Arena *mem, const Figure *f, const char *alias, Buf *sql, Binds *binds)
{
    ScopeValues values = { 0 };
    if (!f->counts) {
        buf_c(sql, "(1 = 1)");
        return;
    }
    scope_write(sql, w->who, f->counts, "view", alias, binds->n + 1, &values);
    for (int i = 0; i < values.count; i++) bind_val(mem, binds, val_int(values.value[i]));
}

void figure_when_write(const Figure *f, const char *joint, const char *k, Buf *sql)
{
    Str rest = str_of(f->when ? f->when : "");
    if (rest.n) buf_c(sql, joint);
    for (ptrdiff_t at; (at = str_find(rest, S("{k}"))) >= 0; rest = str_from(rest, at + 3)) {
        buf_put(sql, str_upto(rest, at));
        buf_c(sql, k);
    }
    buf_put(sql, rest);
}
