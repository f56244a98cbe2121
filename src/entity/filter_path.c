/* Names of a condition: over which references a path goes, which rows a `some` is about, and whether whoever asks may
 * name them. */
#include "entity/filter_inside.h"
#include "entity/own.h"

#include <string.h>

const Entity *way_end(const FilterWay *way) { return way->n ? way->step[way->n - 1].to : way->from; }

static const char *verb_of(const FilterReader *r, const Entity *e)
{
    return e == r->ask->e && r->ask->verb ? r->ask->verb : "view";
}

/* Rights on a child are those on the record that has it. */
static bool hides(FilterReader *r, const Entity *e, const char *mask)
{
    return access_hides(r->ask->w->who, entity_above(e)->name, verb_of(r, e), mask);
}

static bool unseen(FilterReader *r, const Entity *e)
{
    return access_scope(r->ask->w->who, entity_above(e)->name, "view") == SCOPE_NONE;
}

static bool is_archived(FilterReader *r, const Entity *e, Str name)
{
    OwnList own = e->parent ? (OwnList){ 0 } : own_fields(r->ask->w, e);
    for (int i = 0; i < own.n; i++)
        if (own.at[i].archived && str_eq(name, str_of(own.at[i].field.name))) return true;
    return false;
}

/* What is hidden and what there is not have the same words. */
static Err field_read(FilterReader *r, const Entity *e, Str part, Str path, const Field **out)
{
    *out = field_named(r->ask->w, e, part);
    if (!*out && is_archived(r, e, part)) return filter_refuse(r, path, "filter.archived_field");
    if (!*out || hides(r, e, (*out)->mask)) return filter_refuse(r, path, "filter.no_such_field");
    filter_use(r, USES_FIELD, e, part, 0);
    return OK;
}

/* ---- steps ---- */

static Err step_add(FilterReader *r, FilterWay *way, FilterStep step, Str path)
{
    if (!step.to || unseen(r, step.to)) return filter_refuse(r, path, "filter.no_such_field");
    if (way->n == FILTER_STEPS) return filter_refuse(r, path, "filter.too_far");
    way->step[way->n++] = step;
    return OK;
}

/* `about:client`: of a link it must be said which of its entities is meant. */
static Err step_read(FilterReader *r, FilterWay *way, Str part, Str path)
{
    const Entity *e = way_end(way), *to;
    const Field  *by;
    Str           kind = part, name = str_cut(&kind, ':');
    bool          said = name.n < part.n;
    if (e->parent && str_eq(part, S("parent"))) return step_add(r, way, (FilterStep){ NULL, entity_above(e) }, path);
    TRY(field_read(r, e, name, path, &by));
    if (!field_points(by) || said != (by->type == TYPE_link)) return filter_refuse(r, path, "filter.no_step");
    to = entity_named(said ? kind : str_of(by->to));
    if (!to || !field_may_point(by, to)) return filter_refuse(r, path, "filter.no_step");
    return step_add(r, way, (FilterStep){ by, to }, path);
}

static ptrdiff_t dot_last(Str s) /* where it is, or -1 */
{
    while (s.n && s.s[s.n - 1] != '.') s.n--;
    return s.n - 1;
}

static Err way_read(FilterReader *r, const Entity *e, Str steps, Str path, FilterWay *out)
{
    *out = (FilterWay){ .from = e };
    while (steps.n) TRY(step_read(r, out, str_cut(&steps, '.'), path));
    return OK;
}

/* An id is one of its entity.  What a reference points at has the id that the reference says itself, and nothing is
 * looked up for it. */
static void id_said(FilterReader *r, FilterPath *path)
{
    FilterWay *way = &path->way;
    if (strcmp(path->field->name, "id") != 0) return;
    const Field *by = way->n ? way->step[way->n - 1].by : NULL;
    if (!by || by->type != TYPE_ref) {
        Field *id   = NEW(r->ask->mem, Field);
        *id         = *path->field;
        id->to      = way_end(way)->name;
        path->field = id;
        return;
    }
    path->field = by;
    path->name = str_upto(path->name, dot_last(path->name));
    way->n--;
}

Err path_read(FilterReader *r, const Entity *e, Str text, FilterPath *out)
{
    ptrdiff_t dot = dot_last(text);
    Str       last = str_from(text, dot + 1);
    *out = (FilterPath){ .name = text };
    TRY(way_read(r, e, str_upto(text, dot < 0 ? 0 : dot), text, &out->way));
    const Entity *end = way_end(&out->way);
    out->figure = figure_named(end, last);
    if (!out->figure) {
        TRY(field_read(r, end, last, text, &out->field));
        id_said(r, out);
        return OK;
    }
    if (!figure_known(r->ask->w->who, end, out->figure, verb_of(r, end)))
        return filter_refuse(r, text, "filter.no_such_field");
    filter_use(r, USES_FIGURE, end, last, 0);
    return OK;
}

/* ---- rows of another entity, and children ---- */

static Err sum_read(FilterReader *r, FilterMany *many, Str name)
{
    TRY(field_read(r, many->rows, name, many->name, &many->sum));
    if (!types[many->sum->type].sums && many->sum->type != TYPE_int)
        return filter_refuse(r, many->name, "filter.no_sum");
    return OK;
}

/* <sale.client_id: they point here by a reference, or by a link. */
static Err back_read(FilterReader *r, Str rest, bool sums, FilterMany *out)
{
    Str entity = str_cut(&rest, '.'), back = str_cut(&rest, '.');
    out->rows = entity_named(entity);
    if (!out->rows || unseen(r, out->rows)) return filter_refuse(r, out->name, "filter.no_such_list");
    TRY(field_read(r, out->rows, back, out->name, &out->back));
    if (!field_may_point(out->back, way_end(&out->way))) return filter_refuse(r, out->name, "filter.points_elsewhere");
    if (!sums) return rest.n ? filter_refuse(r, out->name, "filter.no_such_list") : OK;
    return sum_read(r, out, rest);
}

static const Children *list_named(const Entity *e, Str name)
{
    for (int i = 0; i < e->child_count; i++)
        if (str_eq(name, str_of(e->children[i].name))) return &e->children[i];
    return NULL;
}

/* persons, and of a sum lines.amount */
static Err list_read(FilterReader *r, const Entity *e, Str text, bool sums, FilterMany *out)
{
    Str       summed = { 0 };
    ptrdiff_t dot = dot_last(text);
    if (sums) {
        summed = str_from(text, dot + 1);
        text = str_upto(text, dot < 0 ? 0 : dot);
        dot = dot_last(text);
    }
    TRY(way_read(r, e, str_upto(text, dot < 0 ? 0 : dot), out->name, &out->way));
    const Entity   *end = way_end(&out->way);
    const Children *list = list_named(end, str_from(text, dot + 1));
    if (!list || unseen(r, end)) return filter_refuse(r, out->name, "filter.no_such_list");
    out->list = list->name;
    out->rows = list->entity;
    filter_use(r, USES_LIST, end, str_of(list->name), 0);
    return sums ? sum_read(r, out, summed) : OK;
}

Err many_read(FilterReader *r, const Entity *e, Str text, bool sums, FilterMany *out)
{
    ptrdiff_t from = str_find(text, S("<"));
    *out = (FilterMany){ .name = text };
    if (from < 0) return list_read(r, e, text, sums, out);
    TRY(way_read(r, e, str_upto(text, from), text, &out->way));
    return back_read(r, str_from(text, from + 1), sums, out);
}
