/* Who is away, and who stands in for him: for those days the absent one's rows are the other's own as well.
 *
 * A person says so of himself, a head of his team.  It goes no further: whoever stands in for somebody has the rows of
 * that one alone, not of those whom that one stands in for, so two may stand in for each other. */
#include "sales/people/handed.h"

#include "entity/record.h"
#include "sales/people/people_sql.h"

CHOICE_KEYS(ABSENCE_WHYS, absence_whys);

enum { DAYS_MOST = 366 };

static const Field absence_fields[] = {
#define FIELD(...) AS_ROW(Absence, __VA_ARGS__)
#include "sales/people/absence.def"
};

/* ---- what must hold ---- */

/* Nothing comes into sight by it that was not in sight by what is stored. */
static bool shows_no_more(const Saving *s, const Absence *now, const Absence *was)
{
    return was && s->archive >= 0 && was->stand_in_id == now->stand_in_id && was->user_id == now->user_id &&
           now->from_day >= was->from_day && now->until_day <= was->until_day;
}

static Err stand_in_rule(Work *w, Saving *s, ptrdiff_t i, const Absence *now, const Absence *was)
{
    int64_t here;
    if (!now->stand_in_id || shows_no_more(s, now, was)) return OK;
    if (now->stand_in_id == now->user_id) return saving_fail(w, s, i, INVALID, "stand_in_id", "absence.himself");
    TRY(db_int(w->db, SQL_PERSON_WORKS, VALS(val_int(now->stand_in_id)), &here));
    if (!here) return saving_fail(w, s, i, INVALID, "stand_in_id", "absence.gone");
    return stand_in_handed(w, now->user_id, now->stand_in_id);
}

static Err absence_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Absence       *now = s->now[i];
        const Absence *was = s->was[i];
        if (!now->user_id) now->user_id = w->actor; /* who names nobody speaks of himself */
        if (!now->user_id) saving_fail(w, s, i, INVALID, "user_id", "field.required");
        if (now->until_day < now->from_day) saving_fail(w, s, i, INVALID, "until_day", "absence.ends_before");
        else if (now->until_day - now->from_day >= DAYS_MOST)
            saving_fail(w, s, i, INVALID, "until_day", "absence.too_long", arg_count("limit", DAYS_MOST));
        if (!s->trusted) TRY(stand_in_rule(w, s, i, now, was));
    }
    return w->problems.count > before ? w->problems.last->err : OK;
}

const Entity absence_entity = {
    .name   = "absence",
    .title  = "from_day",
    .owners = { { "user_id" } },
    .order  = "-from_day",
    .rule   = absence_rule,
    ENTITY_FIELDS(Absence, absence_fields),
};

/* ---- what follows ---- */

static Err absences_saved(Work *w, const Event *event)
{
    const Saving *s = event->what;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Absence *now = s->now[i];
        StandIn        in  = { .said_by = now->base.id };
        bool           on  = now->base.archived_at == NONE && now->stand_in_id && now->until_day >= w->today;
        if (on) in = (StandIn){ in.said_by, now->stand_in_id, now->user_id, now->from_day, now->until_day };
        TRY(access_stands_in(w, &in));
    }
    return access_teams_changed(w);
}

static Err absences_removed(Work *w, const Event *event)
{
    const Removed *gone = event->what;
    for (ptrdiff_t i = 0; i < gone->n; i++) TRY(access_stands_in(w, &(StandIn){ .said_by = gone->ids[i] }));
    return access_teams_changed(w);
}

const Handler absence_handlers[] = {
    { .event = "absence.saved", .handle = absences_saved },
    { .event = "absence.archived", .handle = absences_saved },
    { .event = "absence.restored", .handle = absences_saved },
    { .event = "absence.removed", .handle = absences_removed },
    { 0 },
};
