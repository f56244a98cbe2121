/* Whose a record was before a change, as the change tells it: whom a field held, and whose role it waited for. */
#include "api/live_inside.h"

#include "entity/ids.h"
#include "format/json.h"

static Before before_read(const Way *way, Str held)
{
    Before was = { .to = way->to };
    if (way->of) was.to = entity_named(str_cut(&held, ':')); /* a link is written "client:42" */
    if (!str_i64(held, &was.id)) was = (Before){ 0 };
    return was;
}

static const Json *diff_read(Arena *mem, Str diff)
{
    const Json *json = NULL;
    Problems    none = { .mem = mem, .limit = 1 };
    Err         err  = json_read(mem, diff, (JsonLimits){ .bytes = 4 << 20, .values = 1000000 }, &none, &json);
    return err == OK ? json : NULL;
}

Before held_before(Arena scratch, Str diff, const Way *way)
{
    const char *field = way->field ? way->field->name : way->owner;
    Str         mark  = str_fmt(&scratch, "\"%s\":", field);
    const Json *json  = str_find(diff, mark) >= 0 ? diff_read(&scratch, diff) : NULL;
    const Json *pair  = json ? json_get(json, field) : NULL;
    bool        told  = pair && pair->first && pair->first->kind == JSON_IS_TEXT;
    return told ? before_read(way, pair->first->text) : (Before){ 0 };
}

/* ---- queues ---- */

/* What a change says that a field held; `told`: it changed. */
typedef struct {
    bool    told;
    int64_t id; /* 0: nobody */
} Was;

static Was was_read(const Json *diff, const char *field)
{
    const Json *pair = diff ? json_get(diff, field) : NULL;
    Was         was  = { .told = pair && pair->first };
    if (!was.told || pair->first->kind != JSON_IS_TEXT || !str_i64(pair->first->text, &was.id)) was.id = 0;
    return was;
}

/* It waited in that queue when nobody stood in its first way; where neither changed, it has left none. */
static int64_t left_by(Arena scratch, const Way *way, Str diff, Waiting now)
{
    const Json *json = diff_read(&scratch, diff);
    Was         user = was_read(json, way->unless), role = was_read(json, way->owner);
    if (!user.told && !role.told) return 0;
    return (user.told ? user.id : now.user) ? 0 : role.told ? role.id : now.role;
}

Err queue_left(Telling *t, const Entity *e, const Way *way, const Change *const *change, ptrdiff_t n, int64_t *role)
{
    Ids       place = ids_new(t->mem, n);
    ptrdiff_t records;
    for (ptrdiff_t i = 0; i < n; i++) ids_put(&place, change[i]->record, i);
    int64_t *ids = ids_all(t->mem, &place, &records);
    Waiting *now = NEW_N(t->mem, Waiting, records);
    TRY(owners_waiting(t->db, *t->mem, e, way, ids, records, now));
    place = ids_new(t->mem, records);
    for (ptrdiff_t k = 0; k < records; k++) ids_put(&place, ids[k], k);
    for (ptrdiff_t i = 0; i < n; i++)
        role[i] = left_by(*t->mem, way, change[i]->diff, now[ids_at(&place, change[i]->record)]);
    return OK;
}
