/* A record has moved: its way lets it, or takes the save back with all that is missing.  Whoever may override is asked
 * whether he means it, and why. */
#include "access/access.h"
#include "engine/process/way.h"
#include "entity/reach.h"

typedef struct {
    Work         *w;
    const Saving *s;
    const Field  *mirror;
    ptrdiff_t    *place; /* by way: of the batch                */
    int64_t      *to; /* by way: the stage come to           */
    bool         *may; /* by way: the actor may pass over it  */
    Ways          ways;
    Going         going;
} Following;

static bool asks(const Saving *s) { return !s->bulk && !s->trusted; }

static int64_t stage_of(const Following *f, const void *record) { return value_get(f->mirror, record).n; }

static bool has_moved(const Following *f, ptrdiff_t i)
{
    const void *was = f->s->was[i];
    if (!was) return asks(f->s);
    return stage_of(f, was) != stage_of(f, f->s->now[i]);
}

/* A new record comes from where new ones begin. */
static Err begins_set(Following *f, int64_t *from, ptrdiff_t n)
{
    Stages all;
    TRY(stages_read(f->w, str_of(f->s->entity->name), &all));
    for (ptrdiff_t k = 0; k < n; k++) {
        const StageRow *to = stage_found(&all, f->to[k]);
        for (ptrdiff_t i = 0; to && !from[k] && i < all.n; i++)
            if (all.at[i].process == to->process && all.at[i].living && all.at[i].kind == STAGE_OPEN)
                from[k] = all.at[i].id;
    }
    return OK;
}

static Err following_read(Following *f)
{
    Arena    *mem = f->w->mem;
    int64_t  *ids = NEW_RAW(mem, int64_t, f->s->n), *from = NEW_N(mem, int64_t, f->s->n);
    ptrdiff_t n = 0;
    bool      anew = false;
    f->place = NEW_RAW(mem, ptrdiff_t, f->s->n);
    f->to = NEW_RAW(mem, int64_t, f->s->n);
    f->may = NEW_N(mem, bool, f->s->n);
    for (ptrdiff_t i = 0; i < f->s->n; i++) {
        if (!has_moved(f, i)) continue;
        ids[n] = ((const Record *)f->s->now[i])->id;
        f->to[n] = stage_of(f, f->s->now[i]);
        from[n] = f->s->was[i] ? stage_of(f, f->s->was[i]) : 0;
        anew |= !from[n];
        f->place[n++] = i;
    }
    f->ways = (Ways){ 0 };
    if (!n) return OK;
    if (anew) TRY(begins_set(f, from, n));
    TRY(ways_read(f->w, f->s->entity, ids, from, n, &f->ways));
    if (!f->ways.version_n || !asks(f->s)) return OK;
    TRY(ways_ask(&f->ways));
    if (access_scope(f->w->who, f->s->entity->name, "override") == SCOPE_NONE) return OK;
    return reach_rows(f->w, f->w->scratch, f->s->entity, "override", ids, n, f->may);
}

/* Whoever may, says why; the others are refused. */
static Err refused_or_meant(Following *f, ptrdiff_t k, Problem p)
{
    const Saving *s = f->s;
    ptrdiff_t     i = f->place[k];
    p.field = f->mirror->name;
    p.err = CONFLICT;
    p.needs_reason = true;
    if (f->may[k]) return check_confirm(f->w, s, i, p);
    p.needs_reason = false;
    p.row = s->many ? s->place[i] + 1 : 0;
    return problem_add(&f->w->problems, p);
}

static Err meant(Following *f, ptrdiff_t k, Problem p)
{
    p.field = f->mirror->name;
    return check_confirm(f->w, f->s, f->place[k], p);
}

/* OK: it goes. */
static Err way_ask_to_go(Following *f, ptrdiff_t k, const StageRow *to)
{
    const Way *way = &f->ways.at[k];
    Missing    m;
    Problem    p;
    Err        err = OK, one = OK;
    way_missing(f->w, way, to, &m);
    if (missing_steps_say(f->w, way, &m, &p)) err = refused_or_meant(f, k, p);
    if (missing_gates_say(f->w, way, &m, false, &p)) one = refused_or_meant(f, k, p);
    if (err == OK) err = one;
    if (missing_gates_say(f->w, way, &m, true, &p)) one = meant(f, k, p);
    f->going.override_by = m.steps || m.gates ? f->w->actor : 0;
    f->going.why = confirmed_reason(f->w);
    return err == OK ? one : err;
}

static Err way_follow(Following *f, ptrdiff_t k)
{
    Way            *way = &f->ways.at[k];
    const StageRow *to = stage_found(&f->ways.stages, f->to[k]);
    if (!way->version || !to || !way->at || to->process != way->at->process) return OK;
    if (!asks(f->s) && !way->run) {
        way->version = NULL; /* history comes in; it is led when somebody moves it */
        return OK;
    }
    f->going.override_by = 0;
    if (asks(f->s)) TRY(way_ask_to_go(f, k, to));
    for (ptrdiff_t i = 0; !way->run && i < way->n; i++)
        if (way->steps[i].state == PASSAGE_OPEN) way_step_open(&f->going, way, i);
    way_go(&f->going, way, to);
    return OK;
}

Err ways_follow(Work *w, const Saving *s, const char *mirror)
{
    Following f = { .w = w, .s = s, .mirror = field_of(s->entity, mirror) };
    Err       err = OK;
    TRY(following_read(&f));
    if (!f.ways.version_n) return OK;
    TRY(going_begin(w, &f.going));
    for (ptrdiff_t k = 0; k < f.ways.n; k++) {
        Err one = way_follow(&f, k);
        if (one != OK && one != CONFLICT) return one;
        if (err == OK) err = one;
    }
    return err ? err : ways_write(&f.ways);
}
