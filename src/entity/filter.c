/* From a tree of conditions to SQL: names pass the mask, values are bound, and this is the only place that writes
 * it. */
#include "entity/list.h"

#include "core/utf8.h"
#include "entity/columns.h"
#include "entity/figure.h"
#include "entity/search.h"

#include <string.h>

#define IN_MOST      1000
#define DAYS_MOST    100

typedef struct {
    Work         *w;
    Arena        *mem;
    const Entity *e;
    const char   *verb, *alias;
    Buf          *sql;
    Binds        *binds;
    int           leaves;
} Writer;

static int bound(Writer *f, Val v) { return bind_val(f->mem, f->binds, v); }

static Err refuse(Writer *f, Str name, const char *key)
{
    return fail(f->w, INVALID, "filter", key, arg_text("name", name));
}

/* ---- texts to look for ---- */

static void put_part(Writer *f, const char *column, const char *tail, Str folded)
{
    buf_fmt(f->sql, "strpos(%s.%s%s, $%d) > 0", f->alias, column, tail, bound(f, val_text(folded)));
}

/* text% with what `like` would take for a sign of its own disarmed. */
static void put_start(Writer *f, const char *column, Str folded)
{
    Buf b = buf_new(f->mem, folded.n + 8);
    for (ptrdiff_t i = 0; i < folded.n; i++) {
        if (folded.s[i] == '%' || folded.s[i] == '_' || folded.s[i] == '\\') buf_char(&b, '\\');
        buf_char(&b, folded.s[i]);
    }
    buf_char(&b, '%');
    buf_fmt(f->sql, "%s.%s_find like $%d escape '\\'", f->alias, column, bound(f, val_text(buf_str(&b))));
}

/* ---- leaves ---- */

/* A day in the place of a moment means the firm's day: its beginning, or its last millisecond. */
static bool moment_bound(Writer *f, FilterOp op, const Json *json, Value *out)
{
    Day day;
    if (json->kind != JSON_IS_TEXT || !day_read(json->text, &day)) return false;
    *out = value_int(op == OP_to ? zone_moment(f->w->zone, day + 1, 0) - 1 : zone_moment(f->w->zone, day, 0));
    return true;
}

static bool leaf_value(Writer *f, const Field *field, FilterOp op, const Json *json, Value *out)
{
    if (!json) return false;
    const char *key;
    Value       limit;
    if (field->type == TYPE_moment && moment_bound(f, op, json, out)) return true;
    if (!value_of_json(f->mem, field, json, out) || out->empty) return false;
    if (field->type == TYPE_link && !field_to(field, *out)) return false;
    return field->type == TYPE_text || !value_is_text(field) || value_check(field, *out, &key, &limit) == OK;
}

static Str text_of(Arena *mem, const Field *field, Value v)
{
    Buf text = buf_new(mem, 64);
    value_write(&text, field, v);
    return buf_str(&text);
}

/* Found by the id, which an index has; an id alone says which record is meant, so the name only says what is not. */
static void write_links(Writer *f, const Field *field, const int64_t *ids, const Str *texts, ptrdiff_t n)
{
    buf_fmt(f->sql, "(%s.%s_id in {ids $%d} and ", f->alias, field->name, bound(f, val_ids(ids, n)));
    column_read(f->sql, f->alias, field);
    buf_fmt(f->sql, " in {texts $%d})", bound(f, val_texts(texts, n)));
}

static void write_link(Writer *f, const Field *field, FilterOp op, Value v)
{
    const char *form = op == OP_is ? "(%s.%s_id = $%d and %s.%s_of = $%d)"
                                   : "((%s.%s_id = $%d and %s.%s_of = $%d) is not true)";
    int         id   = bound(f, val_int(v.n)), of = bound(f, val_text(v.s));
    buf_fmt(f->sql, form, f->alias, field->name, id, f->alias, field->name, of);
}

/* Any record of one entity. */
static Err write_of(Writer *f, const Field *field, const Json *value)
{
    const Entity *to = value && value->kind == JSON_IS_TEXT ? entity_named(value->text) : NULL;
    if (!to || !field_may_point(field, to)) return refuse(f, str_of(field->name), "filter.wrong_value");
    buf_fmt(f->sql, "%s.%s_of = $%d", f->alias, field->name, bound(f, val_text(value->text)));
    return OK;
}

static Err write_in(Writer *f, const Field *field, const Json *list)
{
    if (!list || list->kind != JSON_IS_ARRAY || list->count > IN_MOST)
        return refuse(f, str_of(field->name), "filter.wrong_value");
    bool     text = value_is_text(field);
    Str     *texts   = NEW_RAW(f->mem, Str, list->count);
    int64_t *numbers = NEW_RAW(f->mem, int64_t, list->count);
    ptrdiff_t n = 0;
    for (const Json *at = list->first; at; at = at->next, n++) {
        Value v;
        if (!leaf_value(f, field, OP_in, at, &v)) return refuse(f, str_of(field->name), "filter.wrong_value");
        numbers[n] = v.n;
        texts[n]   = field->find ? name_find(f->mem, v.s) : text ? text_of(f->mem, field, v) : v.s;
    }
    if (field->type == TYPE_link) {
        write_links(f, field, numbers, texts, n);
        return OK;
    }
    buf_fmt(f->sql, "%s.%s%s in {%s $%d}", f->alias, field->name, text && field->find ? "_find" : "",
            text ? "texts" : "ids", bound(f, text ? val_texts(texts, n) : val_ids(numbers, n)));
    return OK;
}

static void write_compare(Writer *f, const Field *field, FilterOp op, Value v)
{
    bool        folds = field->type == TYPE_text && field->find;
    const char *tail  = folds ? "_find" : "", *column = field->name, *a = f->alias;
    Val         val   = folds ? val_text(name_find(f->mem, v.s)) : value_bind(field, v);
    switch (op) {
    case OP_is:     buf_fmt(f->sql, "%s.%s%s = $%d", a, column, tail, bound(f, val)); break;
    case OP_is_not:
        buf_fmt(f->sql, "(%s.%s%s <> $%d or %s.%s is null)", a, column, tail, bound(f, val), a, column);
        break;
    case OP_from:   buf_fmt(f->sql, "%s.%s >= $%d", a, column, bound(f, val)); break;
    case OP_to:     buf_fmt(f->sql, "%s.%s <= $%d", a, column, bound(f, val)); break;
    case OP_has:    put_part(f, column, tail, val.text); break;
    default:        put_start(f, column, val.text); break;
    }
}

/* `is` of a day in the place of a moment holds all day long. */
static bool write_day(Writer *f, const Field *field, FilterOp op, const Json *json)
{
    Value from, to;
    if (field->type != TYPE_moment || !json || (op != OP_is && op != OP_is_not)) return false;
    if (!moment_bound(f, OP_from, json, &from) || !moment_bound(f, OP_to, json, &to)) return false;
    const char *form = op == OP_is ? "%s.%s between $%d and $%d" : "(%s.%s between $%d and $%d) is not true";
    int         low  = bound(f, value_bind(field, from)), high = bound(f, value_bind(field, to));
    buf_fmt(f->sql, form, f->alias, field->name, low, high);
    return true;
}

static bool is_day(const Json *value)
{
    Day day;
    return value->kind == JSON_IS_TEXT && day_read(value->text, &day);
}

static bool any_day(const Json *list)
{
    const Json *at = list && list->kind == JSON_IS_ARRAY ? list->first : NULL;
    while (at && !is_day(at)) at = at->next;
    return at != NULL;
}

/* Each day of the list lasts all day, each moment is itself. */
static Err write_days(Writer *f, const Field *field, const Json *list)
{
    if (list->count > DAYS_MOST) return refuse(f, str_of(field->name), "filter.too_many_days");
    buf_c(f->sql, "(1 = 0");
    for (const Json *at = list->first; at; at = at->next) {
        Value v;
        buf_c(f->sql, " or ");
        if (write_day(f, field, OP_is, at)) continue;
        if (!leaf_value(f, field, OP_is, at, &v)) return refuse(f, str_of(field->name), "filter.wrong_value");
        write_compare(f, field, OP_is, v);
    }
    buf_c(f->sql, ")");
    return OK;
}

/* The record and those below it.  Who stands under whom is told by the one below, so the way down goes as far as the
 * reader sees: a filter is no way to guess. */
static Err write_under(Writer *f, const Field *field, Value v)
{
    const Entity *to = entity_named(str_of(field->to));
    if (access_hides(f->w->who, to->name, "view", field_of(to, to->tree)->mask))
        return refuse(f, str_of(field->name), "filter.wrong_op");
    buf_fmt(f->sql, "%s.%s in (with recursive below (id) as (select top.id from %s top where top.id = $%d union"
            " select under.id from %s under join below on under.%s = below.id where ",
            f->alias, field->name, entity_table(to), bound(f, val_int(v.n)), entity_table(to), to->tree);
    reach_write(f->w, f->mem, to, "view", "under", f->sql, f->binds);
    buf_c(f->sql, ") select below.id from below)");
    return OK;
}

static Err write_field(Writer *f, const Field *field, FilterOp op, const Json *value)
{
    Value v;
    if (!(field_ops(field) & (unsigned)op)) return refuse(f, str_of(field->name), "filter.wrong_op");
    if (op == OP_empty || op == OP_not_empty) {
        buf_fmt(f->sql, "%s.%s is %snull", f->alias, column_found(f->mem, field), op == OP_empty ? "" : "not ");
        return OK;
    }
    if (op == OP_in && field->type == TYPE_moment && any_day(value)) return write_days(f, field, value);
    if (op == OP_in) return write_in(f, field, value);
    if (op == OP_of) return write_of(f, field, value);
    if (write_day(f, field, op, value)) return OK;
    if (!leaf_value(f, field, op, value, &v)) return refuse(f, str_of(field->name), "filter.wrong_value");
    if (op == OP_under) return write_under(f, field, v);
    if (field->type == TYPE_link) write_link(f, field, op, v);
    else write_compare(f, field, op, v);
    return OK;
}

/* ---- the leaf ---- */

static FilterOp op_named(Str name)
{
    for (int i = 0; i < OP_COUNT; i++)
        if (str_eq(name, str_of(op_names[i]))) return (FilterOp)(1 << i);
    return 0;
}

static Err write_leaf(Writer *f, const Json *leaf)
{
    Str name = { 0 }, op = { 0 };
    if (!json_get_text(leaf, "field", &name) || !json_get_text(leaf, "op", &op))
        return refuse(f, S(""), "filter.not_a_tree");
    if (++f->leaves > FILTER_LEAVES) return refuse(f, name, "filter.too_large");
    const Figure *figure = figure_named(f->e, name);
    const Field  *field  = figure ? NULL : field_named(f->w, f->e, name);
    const char   *mask   = figure ? figure->mask : field ? field->mask : NULL;
    if ((!figure && !field) || access_hides(f->w->who, f->e->name, f->verb, mask) ||
        (figure && !figure_known(f->w->who, figure)))
        return refuse(f, name, "filter.no_such_field");
    if (!op_named(op)) return refuse(f, name, "filter.wrong_op");
    const Json  *value = json_get(leaf, "value");
    FigureWriter to    = { f->w, f->mem, f->alias, f->sql, f->binds };
    return figure ? figure_write(&to, figure, op_named(op), value) : write_field(f, field, op_named(op), value);
}

/* ---- the tree ---- */

static Err write_node(Writer *f, const Json *node, int depth);

static Err write_all(Writer *f, const Json *list, const char *joint, const char *none, int depth)
{
    if (list->kind != JSON_IS_ARRAY) return refuse(f, S(""), "filter.not_a_tree");
    if (!list->first) buf_c(f->sql, none);
    else buf_c(f->sql, "(");
    for (const Json *at = list->first; at; at = at->next) {
        if (at != list->first) buf_c(f->sql, joint);
        TRY(write_node(f, at, depth + 1));
    }
    if (list->first) buf_c(f->sql, ")");
    return OK;
}

/* An empty field is not "Омск": `not` holds wherever the condition does not, also where it is unknown. */
static Err write_not(Writer *f, const Json *inner, int depth)
{
    buf_c(f->sql, "((");
    TRY(write_node(f, inner, depth + 1));
    buf_c(f->sql, ") is not true)");
    return OK;
}

static Err write_node(Writer *f, const Json *node, int depth)
{
    const Json *all = json_get(node, "all"), *any = json_get(node, "any"), *not_ = json_get(node, "not");
    if (node->kind != JSON_IS_OBJECT || (all != NULL) + (any != NULL) + (not_ != NULL) > 1)
        return refuse(f, S(""), "filter.not_a_tree");
    if (depth > FILTER_DEPTH) return refuse(f, S(""), "filter.too_deep");
    if (all) return write_all(f, all, " and ", "(1 = 1)", depth);
    if (any) return write_all(f, any, " or ", "(1 = 0)", depth);
    return not_ ? write_not(f, not_, depth) : write_leaf(f, node);
}

/* ---- the archive ---- */

static bool names_value(const Json *value, const char *key)
{
    if (!value) return false;
    if (value->kind == JSON_IS_TEXT) return str_eq(value->text, str_of(key));
    for (const Json *at = value->kind == JSON_IS_ARRAY ? value->first : NULL; at; at = at->next)
        if (names_value(at, key)) return true;
    return false;
}

/* Does the tree speak of the state "archived"?  Then it says itself whether such records are meant. */
static bool speaks_of_archive(const Entity *e, const Json *node)
{
    Str field = { 0 };
    if (node->kind == JSON_IS_OBJECT && json_get_text(node, "field", &field))
        return str_eq(field, str_of(e->archive_field)) &&
               names_value(json_get(node, "value"), field_of(e, e->archive_field)->options[e->archive_value - 1]);
    if (node->kind != JSON_IS_OBJECT && node->kind != JSON_IS_ARRAY) return false;
    for (const Json *at = node->first; at; at = at->next)
        if (speaks_of_archive(e, at)) return true;
    return false;
}

static void write_archive(const Entity *e, const Ask *ask, const char *alias, Buf *sql)
{
    bool said = e->archive_field && ask->filter && speaks_of_archive(e, ask->filter);
    if (ask->archived) buf_fmt(sql, "%s.archived_at is not null and ", alias);
    else if (!said) buf_fmt(sql, "%s.archived_at is null and ", alias);
}

Err list_where(Work *w, Arena *mem, const Entity *e, const Ask *ask, const char *alias, Buf *sql, Binds *binds)
{
    Writer f = {
        .w = w, .mem = mem, .e = e, .verb = ask->verb ? ask->verb : "view", .alias = alias, .sql = sql, .binds = binds
    };
    write_archive(e, ask, alias, sql);
    reach_write(w, mem, e, f.verb, alias, sql, binds);
    if (ask->filter && ask->filter->kind != JSON_IS_NULL) {
        buf_c(sql, " and ");
        TRY(write_node(&f, ask->filter, 1));
    }
    if (ask->search.n > 200) return fail(w, INVALID, "search", "list.search_too_long");
    if (str_trim(ask->search).n && entity_searched(e)) search_write(w, mem, e, ask->search, alias, sql, binds);
    return OK;
}
