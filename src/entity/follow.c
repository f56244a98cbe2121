/* A record that hangs on another, of whatever entity, has the reach of that one: who may view it may look at what hangs
 * there, who may change it may hang something, and change what does. */
#include "entity/door.h"

#include "entity/ids.h"
#include "entity/list.h"
#include "entity/reach.h"

#include <string.h>

static const char *verb_there(const char *verb)
{
    return strcmp(verb, "view") == 0 || strcmp(verb, "export") == 0 ? "view" : "change";
}

bool follow_on(const Entity *e, const Entity *to)
{
    return !to->follows && field_may_point(field_of(e, e->follows), to);
}

/* The row is found by its id first, so that nothing is gone through for what hangs on one record: a `+` before the
 * alias (access/access.h) is not needed, and texts take none. */
void follow_write(Work *w, Arena *mem, const Entity *e, const char *verb, const char *alias, Buf *sql, Binds *binds)
{
    const char *there = verb_there(verb);
    if (*alias == '+') alias++;
    buf_c(sql, "(1 = 0");
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *to = entity_at(i);
        if (!follow_on(e, to) || access_scope(w->who, to->name, there) == SCOPE_NONE) continue;
        buf_fmt(sql, " or (%s.%s_of = $%d and exists (select 1 from %s held where held.id = %s.%s_id and ", alias,
                e->follows, bind_val(mem, binds, val_text(str_of(to->name))), entity_table(to), alias, e->follows);
        reach_write(w, mem, to, there, "held", sql, binds);
        buf_c(sql, "))");
    }
    buf_c(sql, ")");
}

/* ---- lists ---- */

/* By its name: what is compared with a field, with who asks, names no record. */
static bool names_one(const Entity *e, const Json *node)
{
    const Json *all = json_get(node, "all");
    Str         field = { 0 }, op = { 0 }, one = { 0 };
    if (json_get_text(node, "field", &field) && json_get_text(node, "op", &op))
        return str_eq(field, str_of(e->follows)) && str_eq(op, S("is")) && json_get_text(node, "value", &one);
    for (const Json *at = all && all->kind == JSON_IS_ARRAY ? all->first : NULL; at; at = at->next)
        if (at->kind == JSON_IS_OBJECT && names_one(e, at)) return true;
    return false;
}

Err follow_asked(Work *w, const Entity *e, const Json *filter)
{
    if (!e->follows || w->who->everything) return OK;
    if (filter && filter->kind == JSON_IS_OBJECT && names_one(e, filter)) return OK;
    return fail(w, INVALID, "filter", "list.only_with", arg_text("name", str_of(e->follows)));
}

/* ---- the door ---- */

typedef struct {
    int64_t  *id;
    bool     *in, *may;
    ptrdiff_t n;
    Ids       place;
} Held;

/* Those of this entity on which something is hung now; what hung there before stays right. */
static Held held_of(Door *d, Arena *mem, const Field *f, const Entity *to)
{
    Held h = { .place = ids_new(mem, d->n) };
    for (ptrdiff_t i = 0; i < d->n; i++) {
        Value now = value_get(f, d->now[i]);
        if (d->skip[i] || now.empty || field_to(f, now) != to) continue;
        if (!d->was[i] || !value_same(f, now, value_get(f, d->was[i]))) ids_put(&h.place, now.n, h.place.n);
    }
    h.id  = ids_all(mem, &h.place, &h.n);
    h.in  = NEW_N(mem, bool, h.n);
    h.may = NEW_N(mem, bool, h.n);
    return h;
}

/* What he does not see is told by whoever asks where links point. */
static Err held_check(Door *d, Arena scratch, const Field *f, const Entity *to)
{
    Held h = held_of(d, &scratch, f, to);
    if (h.n == 0) return OK;
    TRY(reach_rows(d->w, scratch, to, "view", h.id, h.n, h.in));
    TRY(reach_rows(d->w, scratch, to, "change", h.id, h.n, h.may));
    Ids refused = ids_new(&scratch, h.n);
    for (ptrdiff_t k = 0; k < h.n; k++)
        if ((h.in[k] && !h.may[k]) || to->follows) ids_put(&refused, h.id[k], k);
    for (ptrdiff_t i = 0; i < d->n; i++) {
        Value now = value_get(f, d->now[i]);
        if (d->skip[i] || now.empty || ids_at(&h.place, now.n) < 0 || ids_at(&refused, now.n) < 0) continue;
        if (to->follows) DOOR_FAIL(d, i, INVALID, f->name, "field.points_nowhere");
        else DOOR_FAIL(d, i, DENIED, f->name, "record.held_not_yours");
    }
    return OK;
}

Err door_follow(Door *d)
{
    const Field *f = field_of(d->e, d->e->follows);
    if (d->how.trusted) return OK;
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (field_may_point(f, entity_at(i))) TRY(held_check(d, d->w->scratch, f, entity_at(i)));
    return OK;
}
