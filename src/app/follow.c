/* Changes become news for the browsers: {"topic": "client", "id": 7}, or without an id when many records of an entity changed at once. */
#include "app/follow.h"

#include <string.h>

enum { ENTITIES = 100, TOLD_SINGLY = 50 };

typedef struct {
    Str       entity;
    ptrdiff_t changes;
} Counted;

static Counted *counted_of(Counted *list, int *n, Str entity)
{
    int i = 0;
    while (i < *n && !str_eq(list[i].entity, entity)) i++;
    if (i == ENTITIES) return NULL;
    if (i == *n) list[(*n)++] = (Counted){ .entity = entity };
    return &list[i];
}

static const char *name_of(Str entity)
{
    const Entity *e = entity_named(entity);
    return e ? e->name : NULL;
}

/* Many at once are told at their first change only. */
static void tell(Server *server, Counted *all, const Change *change)
{
    const char *name = name_of(change->entity);
    if (!all || !name || all->changes < 0) return;
    bool many = all->changes > TOLD_SINGLY;
    api_tell(server, name, name, many ? 0 : change->record);
    if (many) all->changes = -1;
}

static Err take(void *to, Db *db, const Change *changes, ptrdiff_t n)
{
    Counted list[ENTITIES];
    int     entities = 0;
    (void)db;
    for (ptrdiff_t i = 0; i < n; i++) {
        Counted *all = counted_of(list, &entities, changes[i].entity);
        if (all) all->changes++;
    }
    for (ptrdiff_t i = 0; i < n; i++) tell(to, counted_of(list, &entities, changes[i].entity), &changes[i]);
    return OK;
}

Err follow_start(Program *p, Server *server, Follower **follower)
{
    Subscriber browsers = { .name = "browsers", .take = take, .to = server };
    return follower_start(p->lanes, &browsers, 1, true, follower);
}
