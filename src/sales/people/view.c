/* What a view is, and who may keep it for whom. */
#include "sales/people/view.h"

#include "access/access.h"
#include "entity/list.h"
#include "sales/people/view_sql.h"

CHOICE_KEYS(VIEW_SHARES, view_shares);
CHOICE_KEYS(VIEW_SHAPES, view_shapes);

/* Names between blanks: letters, digits, what a path is made of. */
static bool names_plain(Str names)
{
    for (ptrdiff_t i = 0; i < names.n; i++) {
        char c = names.s[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_' && c != '.' && c != ':' && c != ' ' &&
            c != '-')
            return false;
    }
    return true;
}

/* ---- sharing ---- */

static Err unit_rule(Work *w, Saving *s, ptrdiff_t i, Scope far)
{
    View   *now = s->now[i];
    int64_t mine;
    TRY(db_int(w->db, SQL_UNIT_OF, VALS(val_int(w->actor)), &mine));
    if (!now->unit_id) now->unit_id = mine;
    if (!now->unit_id) return saving_fail(w, s, i, INVALID, "unit_id", "view.no_unit");
    return far == SCOPE_ALL || now->unit_id == mine ? OK : saving_fail(w, s, i, DENIED, "unit_id", "view.share_narrow");
}

static Err share_rule(Work *w, Saving *s, ptrdiff_t i)
{
    View *now = s->now[i];
    Scope far = access_scope(w->who, "view", "share");
    if (now->shared != VIEW_UNIT) now->unit_id = 0;
    if (now->shared != VIEW_ROLE) now->role_id = 0;
    if (now->shared == VIEW_MINE || s->trusted) return OK;
    if (far == SCOPE_NONE) return saving_fail(w, s, i, DENIED, "shared", "view.no_share");
    if (now->shared == VIEW_UNIT) return unit_rule(w, s, i, far);
    if (far != SCOPE_ALL) return saving_fail(w, s, i, DENIED, "shared", "view.share_narrow");
    if (now->shared == VIEW_ROLE && !now->role_id) return saving_fail(w, s, i, INVALID, "role_id", "view.no_role");
    return OK;
}

/* ---- the whole ---- */

/* Of what there is no list to see there is none to keep. */
static Err entity_rule(Work *w, Saving *s, ptrdiff_t i)
{
    const View   *now = s->now[i];
    const Entity *e   = entity_named(now->entity);
    bool seen = e && !e->parent && (s->trusted || access_scope(w->who, e->name, "view") != SCOPE_NONE);
    if (!seen && !s->was[i]) return saving_fail(w, s, i, INVALID, "entity", "filter.no_such_entity");
    if (!names_plain(now->columns)) return saving_fail(w, s, i, INVALID, "columns", "view.no_columns");
    if (!names_plain(now->sort)) return saving_fail(w, s, i, INVALID, "sort", "view.no_columns");
    if (!names_plain(now->shape_by)) return saving_fail(w, s, i, INVALID, "shape_by", "view.no_columns");
    return OK;
}

static Err room_rule(Work *w, Saving *s)
{
    int64_t kept, more = 0;
    for (ptrdiff_t i = 0; i < s->n; i++)
        more += (!s->was[i] || s->archive < 0) && ((View *)s->now[i])->owner_id == w->actor;
    if (!more || s->trusted) return OK;
    TRY(db_int(w->db, SQL_VIEWS_OF, VALS(val_int(w->actor)), &kept));
    return kept + more <= VIEWS_MOST ? OK
                                     : saving_fail(w, s, 0, INVALID, "name", "view.keeps_most",
                                                   arg_count("limit", VIEWS_MOST));
}

static Err view_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        View *now = s->now[i];
        if (!s->was[i]) now->owner_id = w->actor;
        entity_rule(w, s, i);
        if (s->archive <= 0) share_rule(w, s, i);
    }
    if (w->problems.count > before) return w->problems.last ? w->problems.last->err : INVALID;
    return room_rule(w, s);
}

static const Field view_fields[] = {
#define FIELD(...) AS_ROW(View, __VA_ARGS__)
#include "sales/people/view.def"
};

static const char *const view_verbs[] = { "share", NULL };

const Entity view_entity = {
    .name  = "view",
    .table = "saved_view",
    .title = "name",
    .owners = { { "owner_id" } },
    .alone = true,
    .order = "name",
    .verbs = view_verbs,
    .rule  = view_rule,
    ENTITY_FIELDS(View, view_fields),
};
