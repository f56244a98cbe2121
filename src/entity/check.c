/* Asking what stands between a record that is right and its being written. */
#include "entity/check.h"

#include "entity/confirm.h"

#include <string.h>

static const Check *const *lists;

void checks_set(const Check *const *all) { lists = all; }

static bool is_about(const Check *c, const Entity *e) { return !c->entity || strcmp(c->entity, e->name) == 0; }

bool checks_any(const Entity *e)
{
    for (const Check *const *list = lists; list && *list; list++)
        for (const Check *c = *list; c->ask; c++)
            if (is_about(c, e)) return true;
    return false;
}

/* A check may say what is wrong and go on. */
static Err check_ask(Work *w, const Check *c, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    Err       err    = c->ask(w, s);
    return err == OK && w->problems.count > before ? w->problems.last->err : err;
}

/* What people can do something about is told together. */
static bool goes_on(Err err) { return err == OK || err == INVALID || err == CONFLICT || err == DENIED; }

Err checks_ask(Work *w, Saving *s)
{
    Err err = OK;
    for (const Check *const *list = lists; list && *list; list++)
        for (const Check *c = *list; c->ask; c++) {
            Err one = is_about(c, s->entity) ? check_ask(w, c, s) : OK;
            if (!goes_on(one)) return one;
            if (err == OK) err = one;
        }
    return err;
}

static Problem placed(const Saving *s, ptrdiff_t i, Problem p)
{
    p.row = s->many ? s->place[i] + 1 : 0;
    return p;
}

Err check_note(Work *w, const Saving *s, ptrdiff_t i, Problem p)
{
    p.needs_reason = false;
    problem_add(&w->notes, placed(s, i, p));
    return OK;
}

Err check_confirm(Work *w, const Saving *s, ptrdiff_t i, Problem p)
{
    if (s->bulk || s->trusted) return check_note(w, s, i, p);
    p.confirmable = confirm_can(w, s, i);
    if (p.confirmable && confirm_has(w, &p)) return confirm_pass(w, s, i, &p);
    p.err = CONFLICT;
    return problem_add(&w->problems, placed(s, i, p));
}
