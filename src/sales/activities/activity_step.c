/* The work of a step is done: the step of its deal is closed with what the work came to. */
#include "sales/activities/activities_inside.h"

#include "engine/process/way.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "sales/deals/deals.h"

static bool is_work_done(const Saving *s, ptrdiff_t i)
{
    const Activity *now = s->now[i], *was = s->was[i];
    if (now->state != ACTIVITY_DONE || (was && was->state == ACTIVITY_DONE)) return false;
    return now->step.n && now->about.id && str_eq(now->about.entity, S("deal"));
}

static StepDone step_of(const Activity *a, const Deal *deal)
{
    return (StepDone){ .record = deal->base.id,
                       .stage = deal->stage_id,
                       .step = a->step,
                       .outcome = a->outcome ? str_of(activity_outcomes[a->outcome - 1]) : (Str){ 0 } };
}

/* Only of deals that whoever closes the work may change. */
static Err steps_close(Work *w, const Saving *s, const Ids *of)
{
    ptrdiff_t n, done = 0;
    int64_t  *ids = ids_all(w->mem, of, &n);
    Deal     *deal = NEW_RAW(w->mem, Deal, n);
    bool     *found = NEW_N(w->mem, bool, n), *in = NEW_N(w->mem, bool, n);
    StepDone *steps = NEW_N(w->mem, StepDone, s->n);
    Ids       place = ids_new(w->mem, n);
    TRY(record_fetch(w, &deal_entity, ids, n, false, deal, found));
    TRY(reach_rows(w, w->scratch, &deal_entity, "change", ids, n, in));
    for (ptrdiff_t k = 0; k < n; k++) ids_put(&place, ids[k], k);
    for (ptrdiff_t i = 0; i < s->n; i++) {
        ptrdiff_t k = is_work_done(s, i) ? ids_at(&place, ((const Activity *)s->now[i])->about.id) : -1;
        if (k >= 0 && found[k] && in[k]) steps[done++] = step_of(s->now[i], &deal[k]);
    }
    return done ? way_steps_done(w, &deal_entity, steps, done) : OK;
}

Err activities_close_steps(Work *w, const Event *event)
{
    const Saving *s = event->what;
    Ids           of = ids_new(w->mem, s->n);
    if (s->bulk) return OK;
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (is_work_done(s, i)) ids_put(&of, ((const Activity *)s->now[i])->about.id, i);
    return of.n ? steps_close(w, s, &of) : OK;
}
