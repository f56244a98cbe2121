/* What an actor may do, in which scope, and what stays hidden: answered from the rights that came with the session. */
#include "access/scope_inside.h"

#include "work/work.h"

#include <string.h>

const Actor actor_program = { .name = { "sbyt", 4 }, .everything = true };

static int pair_cmp(const char *entity, const char *verb, const Right *right)
{
    int order = strcmp(entity, right->entity);
    return order ? order : strcmp(verb, right->verb);
}

static const Right *right_of(const Actor *actor, const char *entity, const char *verb)
{
    int from = 0, to = actor->right_count;
    while (from < to) {
        int middle = (from + to) / 2, order = pair_cmp(entity, verb, &actor->rights[middle]);
        if (order == 0) return &actor->rights[middle];
        if (order < 0) to = middle;
        else from = middle + 1;
    }
    return NULL;
}

Scope scope_right(const Actor *actor, const char *entity, const char *verb)
{
    if (!actor) return SCOPE_NONE;
    if (actor->everything) return SCOPE_ALL;
    const Right *right = right_of(actor, entity, verb);
    return right ? right->scope : SCOPE_NONE;
}

Scope access_scope(const Actor *actor, const char *entity, const char *verb)
{
    Sight sight[4];
    Scope widest = SCOPE_ALL;
    for (int i = sights_of(entity, verb, sight) - 1; i >= 0; i--) {
        Scope scope = scope_right(actor, sight[i].entity, sight[i].verb);
        if (scope < widest) widest = scope;
    }
    return widest;
}

Err access_need(Work *w, const char *entity, const char *verb)
{
    Sight sight[4];
    int   n = sights_of(entity, verb, sight), i = 0;
    while (i < n && scope_right(w->who, sight[i].entity, sight[i].verb) != SCOPE_NONE) i++;
    if (i == n) return OK;
    const char *what = str_c(w->mem, str_fmt(w->mem, "entity.%s", sight[i].entity)),
               *deed = str_c(w->mem, str_fmt(w->mem, "verb.%s", sight[i].verb));
    return fail(w, DENIED, NULL, "access.denied", arg_word("entity", what), arg_word("verb", deed));
}

static bool list_has(const char *list, const char *name)
{
    Str rest = str_of(list), want = str_of(name);
    while (rest.n)
        if (str_eq(str_trim(str_cut(&rest, ',')), want)) return true;
    return false;
}

static bool right_hides(const Right *right, const char *mask)
{
    return !right || list_has(right->mask, mask);
}

bool access_hides(const Actor *actor, const char *entity, const char *verb, const char *mask)
{
    if (!mask || !*mask) return false;
    if (!actor) return true;
    if (actor->everything) return false;
    if (right_hides(right_of(actor, entity, "view"), mask)) return true;
    if (strcmp(verb, "view") != 0 && right_hides(right_of(actor, entity, verb), mask)) return true;
    const ScopeRow *row = scope_counting(entity);
    return row && access_hides(actor, row->counts, "view", mask);
}
