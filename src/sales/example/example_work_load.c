/* The example firm's year of work put into the base. */
#include "sales/example/example_work.h"

#include "entity/record.h"
#include "sales/activities/activities.h"
#include "sales/example/example_told.h"

static void activity_fill(Work *w, const ExampleWork *x, ExampleTold *t, int i, Activity *a)
{
    const ExampleActivity *from = &x->list.at[i];
    Moment                 at = zone_moment(t->zone, from->day, (from->minute < 0 ? 12 * 60 : from->minute) * 60);
    record_empty(w, &activity_entity, a);
    a->base.origin = S("example");
    a->base.key = str_fmt(w->mem, "activity %d", i);
    a->kind_id = example_told_id(w, t, "activity_kind", from->kind);
    a->aim_id = example_told_id(w, t, "aim", from->aim);
    a->performer_id = x->user[from->performer];
    a->timed = from->minute >= 0;
    a->due_at = at;
    if (from->client >= 0) {
        a->client_id = x->client[from->client];
        a->person_id = x->person[from->client];
    }
    if (from->deal >= 0 && x->deal[from->deal]) a->about = (Link){ S("deal"), x->deal[from->deal] };
    if (!from->done) {
        a->subject = str_of(from->says[t->lang]);
        return;
    }
    a->state = ACTIVITY_DONE;
    a->done_at = at < w->now ? at : w->now;
    a->result = str_of(from->says[t->lang]);
    a->outcome = example_told_choice(activity_outcomes, from->outcome);
}

Err example_work_write(Work *w, void *example_work)
{
    const ExampleWork *x = example_work;
    Activity          *list = NEW_N(w->mem, Activity, x->to - x->from);
    SaveHow            how = { .trusted = true, .bulk = true };
    ExampleTold        t;
    ptrdiff_t          n = 0;
    TRY(example_told(w, &t));
    for (int i = x->from; i < x->to; i++) {
        if (!example_told_id(w, &t, "activity_kind", x->list.at[i].kind)) continue;
        if (x->list.at[i].aim && !example_told_id(w, &t, "aim", x->list.at[i].aim)) continue;
        activity_fill(w, x, &t, i, &list[n++]);
    }
    return record_save_many(w, &activity_entity, list, n, &how);
}
