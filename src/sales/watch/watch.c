/* Watches and findings as entities. */
#include "sales/watch/watch.h"

#include "access/access.h"
#include "core/calendar.h"
#include "sales/watch/watch_sql.h"

CHOICE_KEYS(WATCH_PERFORMERS, watch_performers);
CHOICE_KEYS(FINDING_STATES, finding_states);

static const Field watch_fields[] = {
#define FIELD(...) AS_ROW(Watch, __VA_ARGS__)
#include "sales/watch/watch.def"
};

static const Field finding_fields[] = {
#define FIELD(...) AS_ROW(Found, __VA_ARGS__)
#include "sales/watch/finding.def"
};

static bool is_watched(Str entity)
{
    const Entity *e = entity_named(entity);
    return e && field_may_point(field_of(&finding_entity, "about"), e);
}

/* No more than the round looks after. */
static Err kept_check(Work *w, Saving *s)
{
    int64_t kept;
    bool    more = false;
    for (ptrdiff_t i = 0; i < s->n; i++) more |= !s->was[i] || s->archive < 0;
    if (!more || s->archive > 0) return OK;
    TRY(db_int(w->db, SQL_WATCHES_KEPT, NO_VALS, &kept));
    for (ptrdiff_t i = 0; i < s->n; i++) kept += !s->was[i] || s->archive < 0;
    return kept <= WATCHES_MOST
               ? OK
               : saving_fail(w, s, 0, INVALID, "name", "watch.keeps_most", arg_count("limit", WATCHES_MOST));
}

/* It is asked as the program and its tasks lend what they are about, so it tells nobody but who sees all of that. */
static bool sees_all(const Work *w, Str entity)
{
    const Entity *e = entity_named(entity);
    return e && access_scope(w->who, e->name, "view") == SCOPE_ALL &&
           access_scope(w->who, "client", "view") == SCOPE_ALL;
}

/* It names what it looks at, which of those, who hears of it, and by when. */
Err watch_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Watch  *now = s->now[i];
        CalendarSpan  due;
        CalendarFault fault;
        if (!is_watched(now->entity)) saving_fail(w, s, i, INVALID, "entity", "watch.not_watched");
        else if (!s->trusted && s->archive <= 0 && !sees_all(w, now->entity))
            saving_fail(w, s, i, DENIED, "entity", "watch.not_all_seen");
        if (!now->filter.n) saving_fail(w, s, i, INVALID, "filter", "watch.no_condition");
        if (now->performer == WATCH_PERSON && !now->person_id) saving_fail(w, s, i, INVALID, "person_id", "watch.who");
        if (now->performer == WATCH_ROLE && !now->role_id) saving_fail(w, s, i, INVALID, "role_id", "watch.who");
        if (now->task.n && !now->due.n) saving_fail(w, s, i, INVALID, "due", "watch.by_when");
        if (now->due.n && span_read(now->due, &due, &fault) && due.n < 1)
            saving_fail(w, s, i, INVALID, "due", "watch.no_time");
    }
    TRY(kept_check(w, s));
    return w->problems.count > before ? w->problems.last->err : OK;
}

/* Only a watch finds. */
Err finding_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (!s->was[i] && !((const Found *)s->now[i])->watch_id)
            saving_fail(w, s, i, INVALID, NULL, "finding.of_no_watch");
    return w->problems.count > before ? INVALID : OK;
}

static const char *const watch_verbs[] = { "switch", NULL };
static const char *const finding_verbs[] = { "excuse", NULL };

const Entity watch_entity = {
    .name = "watch",
    .title = "name",
    .order = "name",
    .known = true,
    .verbs = watch_verbs,
    .rule = watch_rule,
    ENTITY_FIELDS(Watch, watch_fields),
};

/* It is his whose matter it is, or theirs who hold the role; whose the record is looks at it. */
const Entity finding_entity = {
    .name = "finding",
    .title = "name",
    .owners = { { "owner_id" },
                { "queue_id" },
                { "about", "about_keeper" },
    },
    .doers = "owner_id queue_id",
    .order = "-opened_at",
    .verbs = finding_verbs,
    .rule = finding_rule,
    ENTITY_FIELDS(Found, finding_fields),
};
