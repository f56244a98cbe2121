/* One comparison as SQL: a column of a row against values. */
#include "access/calendar.h"
#include "core/utf8.h"
#include "entity/columns.h"
#include "entity/filter_inside.h"

#include <string.h>

int filter_bound(FilterWriter *f, Val v) { return bind_val(f->mem, f->binds, v); }

static Err wrong(FilterWriter *f, const FilterNode *node)
{
    return filter_refuse(f->reader, node->many.name.n ? node->many.name : node->path.name, "filter.wrong_value");
}

static bool folds(const Field *field) { return field->type == TYPE_text && field->find; }

/* ---- by the clock ---- */

static Err calendar_need(FilterWriter *f)
{
    if (f->calendar) return OK;
    Calendar *c = NEW(f->mem, Calendar);
    f->calendar = c;
    const Actor *who = f->w->who;
    if (!f->ask->published && who && who->user) return user_calendar(f->w, who->user, c);
    return firm_calendar(f->w, c, NULL);
}

/* Whoever asks has his own day; what is published has the firm's. */
static Day today(FilterWriter *f)
{
    const Actor *who = f->w->who;
    if (f->today != DAY_NONE) return f->today;
    f->today = f->w->today;
    bool        own = !f->ask->published && who && who->zone.n && !str_eq(who->zone, zone_name(f->w->zone));
    const Zone *zone = own ? zone_load(f->mem, NULL, who->zone) : NULL;
    if (zone) f->today = zone_day(zone, f->w->now);
    return f->today;
}

static Err day_settle(FilterWriter *f, const FilterNode *node, FilterValue *v)
{
    if (v->day.span.kind == SPAN_WORKDAY) TRY(calendar_need(f));
    Day day = filter_day_of(f->calendar ? f->calendar : &calendar_usual, today(f), v->day);
    if (day == DAY_NONE) return wrong(f, node);
    v->kind = node->compared.type == TYPE_moment ? FILTER_DATE : FILTER_LITERAL;
    v->literal = value_int(day);
    return OK;
}

static Err now_settle(FilterWriter *f, const FilterNode *node, FilterValue *v)
{
    if (v->now.kind == SPAN_WORK_HOUR || v->now.kind == SPAN_WORKDAY) TRY(calendar_need(f));
    Moment at = calendar_plus(f->calendar ? f->calendar : &calendar_usual, f->w->zone, f->w->now, v->now);
    if (at == NONE) return wrong(f, node);
    v->kind = FILTER_LITERAL;
    v->literal = value_int(at);
    return OK;
}

/* What can be said before the base is asked. */
static Err settle(FilterWriter *f, const FilterNode *node, const FilterValue *from, FilterValue *v)
{
    *v = *from;
    if (v->kind == FILTER_DAY_OF) return day_settle(f, node, v);
    if (v->kind == FILTER_NOW) return now_settle(f, node, v);
    if (v->kind != FILTER_ME) return OK;
    v->kind = FILTER_LITERAL;
    v->literal = (Value){ .n = f->w->actor, .s = S("user") };
    return OK;
}

static Moment day_begins(FilterWriter *f, int64_t day) { return zone_moment(f->w->zone, (Day)day, 0); }
static Moment day_ends(FilterWriter *f, int64_t day) { return day_begins(f, day + 1) - 1; }

/* ---- one value ---- */

/* text% with what `like` would take for a sign of its own disarmed. */
static void start_write(FilterWriter *f, const Field *field, const char *at, Str folded)
{
    Buf b = buf_new(f->mem, folded.n * 2 + 8);
    for (ptrdiff_t i = 0; i < folded.n; i++) {
        if (folded.s[i] == '%' || folded.s[i] == '_' || folded.s[i] == '\\') buf_char(&b, '\\');
        buf_char(&b, folded.s[i]);
    }
    buf_char(&b, '%');
    buf_fmt(f->sql, "%s.%s_find like $%d escape '\\'", at, field->name, filter_bound(f, val_text(buf_str(&b))));
}

static Val literal_val(FilterWriter *f, const Field *field, Value v)
{
    return folds(field) ? val_text(name_find(f->mem, v.s)) : value_bind(field, v);
}

static void is_write(FilterWriter *f, const Field *field, const char *at, const FilterValue *v)
{
    if (v->kind == FILTER_DATE) {
        int from = filter_bound(f, val_int(day_begins(f, v->literal.n)));
        int to = filter_bound(f, val_int(day_ends(f, v->literal.n)));
        buf_fmt(f->sql, "%s.%s between $%d and $%d", at, field->name, from, to);
    } else if (field->type == TYPE_link) {
        int id = filter_bound(f, val_int(v->literal.n)), of = filter_bound(f, val_text(v->literal.s));
        buf_fmt(f->sql, "(%s.%s_id = $%d and %s.%s_of = $%d)", at, field->name, id, at, field->name, of);
    } else {
        int value = filter_bound(f, literal_val(f, field, v->literal));
        buf_fmt(f->sql, "%s.%s%s = $%d", at, field->name, folds(field) ? "_find" : "", value);
    }
}

static void range_write(FilterWriter *f, const Field *field, const char *at, FilterOp op, const FilterValue *v)
{
    Val val = value_bind(field, v->literal);
    if (v->kind == FILTER_DATE) val = val_int(op == OP_to ? day_ends(f, v->literal.n) : day_begins(f, v->literal.n));
    buf_fmt(f->sql, "%s.%s %s $%d", at, field->name, op == OP_to ? "<=" : ">=", filter_bound(f, val));
}

static void team_write(FilterWriter *f, const Field *field, const char *at)
{
    bool link = field->type == TYPE_link;
    if (link) buf_fmt(f->sql, "(%s.%s_of = 'user' and ", at, field->name);
    buf_fmt(f->sql, "%s.%s in (select owner_id from sees where viewer_id = $%d)", at, column_found(f->mem, field),
            filter_bound(f, val_int(f->w->actor)));
    if (link) buf_c(f->sql, ")");
}

/* The record and those below it.  Who stands under whom is told by the one below, so the way down goes as far as the
 * reader sees: a filter is no way to guess. */
static Err under_write(FilterWriter *f, const FilterNode *node, const char *at, Value v)
{
    const Field  *field = &node->compared;
    const Entity *to = entity_named(str_of(field->to));
    if (access_hides(f->w->who, to->name, "view", field_of(to, to->tree)->mask))
        return filter_refuse(f->reader, node->path.name, "filter.wrong_op");
    buf_fmt(f->sql,
            "%s.%s in (with recursive below (id) as (select top.id from %s top where top.id = $%d union"
            " select under.id from %s under join below on under.%s = below.id where ",
            at, field->name, entity_table(to), filter_bound(f, val_int(v.n)), entity_table(to), to->tree);
    reach_write(f->w, f->mem, to, "view", "under", f->sql, f->binds);
    buf_c(f->sql, ") select below.id from below)");
    return OK;
}

/* ---- several ---- */

static Str text_of(FilterWriter *f, const Field *field, Value v)
{
    Buf text = buf_new(f->mem, 64);
    value_write(&text, field, v);
    return buf_str(&text);
}

typedef struct {
    int64_t  *id;
    Str      *text;
    ptrdiff_t n;
} Literals;

/* Found by the id, which an index has; an id alone says which record is meant, so the name only says what is not. */
static void literals_write(FilterWriter *f, const Field *field, const char *at, const Literals *l)
{
    bool text = value_is_text(field);
    if (field->type == TYPE_link) {
        buf_fmt(f->sql, "(%s.%s_id in {ids $%d} and ", at, field->name, filter_bound(f, val_ids(l->id, l->n)));
        column_read(f->sql, at, field);
        buf_fmt(f->sql, " in {texts $%d})", filter_bound(f, val_texts(l->text, l->n)));
        return;
    }
    buf_fmt(f->sql, "%s.%s%s in {%s $%d}", at, field->name, folds(field) ? "_find" : "", text ? "texts" : "ids",
            filter_bound(f, text ? val_texts(l->text, l->n) : val_ids(l->id, l->n)));
}

static Err in_write(FilterWriter *f, const FilterNode *node, const char *at)
{
    const Field *field = &node->compared;
    Literals     l = { NEW_RAW(f->mem, int64_t, node->values), NEW_RAW(f->mem, Str, node->values), 0 };
    bool         team = false;
    buf_c(f->sql, "(");
    for (ptrdiff_t i = 0; i < node->values; i++) {
        FilterValue v;
        TRY(settle(f, node, &node->value[i], &v));
        if (v.kind == FILTER_TEAM) team = true;
        if (v.kind == FILTER_LITERAL) {
            l.id[l.n] = v.literal.n;
            l.text[l.n++] = folds(field) ? name_find(f->mem, v.literal.s) : text_of(f, field, v.literal);
        }
        if (v.kind != FILTER_DATE) continue;
        is_write(f, field, at, &v);
        buf_c(f->sql, " or ");
    }
    if (team) {
        team_write(f, field, at);
        buf_c(f->sql, " or ");
    }
    literals_write(f, field, at, &l);
    buf_c(f->sql, ")");
    return OK;
}

/* ---- two fields ---- */

static const char *sign_of(FilterOp op) { return op == OP_from ? ">=" : op == OP_to ? "<=" : "="; }

static void other_write(FilterWriter *f, const FilterValue *v, const char *tail, const FilterRow *row)
{
    path_value(f, &v->path, v->kind == FILTER_OUTER_ROW ? row->outer->alias : row->alias, tail);
}

static void fields_write(FilterWriter *f, const FilterNode *node, const char *at, const FilterRow *row)
{
    const Field       *field = &node->compared;
    const FilterValue *v = node->value;
    const char        *tail = folds(field) && folds(v->path.field) ? "_find" : "";
    buf_fmt(f->sql, "%s.%s%s %s ", at, column_found(f->mem, field), tail, sign_of(node->op));
    other_write(f, v, tail, row);
}

Err compare_write(FilterWriter *f, const FilterNode *node, const char *at, const FilterRow *row)
{
    const Field *field = &node->compared;
    FilterValue  v;
    if (node->op == OP_empty || node->op == OP_not_empty) {
        buf_fmt(f->sql, "%s.%s is not null", at, column_found(f->mem, field));
        return OK;
    }
    if (node->op == OP_in) return in_write(f, node, at);
    TRY(settle(f, node, node->value, &v));
    if (v.kind == FILTER_TEAM) team_write(f, field, at);
    else if (v.kind == FILTER_SAME_ROW || v.kind == FILTER_OUTER_ROW) fields_write(f, node, at, row);
    else if (node->op == OP_under) return under_write(f, node, at, v.literal);
    else if (node->op == OP_of)
        buf_fmt(f->sql, "%s.%s_of = $%d", at, field->name, filter_bound(f, val_text(v.literal.s)));
    else if (node->op == OP_has)
        buf_fmt(f->sql, "strpos(%s.%s_find, $%d) > 0", at, field->name,
                filter_bound(f, literal_val(f, field, v.literal)));
    else if (node->op == OP_starts) start_write(f, field, at, name_find(f->mem, v.literal.s));
    else if (node->op == OP_from || node->op == OP_to) range_write(f, field, at, node->op, &v);
    else is_write(f, field, at, &v);
    return OK;
}

Err figure_compare(FilterWriter *f, const FilterNode *node, const FilterRow *row)
{
    const FilterValue *v = node->value;
    buf_fmt(f->sql, " %s ", sign_of(node->op));
    if (v->kind == FILTER_LITERAL) buf_fmt(f->sql, "$%d", filter_bound(f, value_bind(&node->compared, v->literal)));
    else other_write(f, v, "", row);
    return OK;
}
