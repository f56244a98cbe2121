/* Which rows of an entity are within the actor's reach. */
#include "entity/reach.h"

#include "entity/ids.h"
#include "entity/owners.h"

#include <string.h>

int bind_val(Arena *mem, Binds *b, Val v)
{
    if (b->n == b->cap) {
        Val *wider = NEW_RAW(mem, Val, b->cap * 2 + 16);
        if (b->n) memcpy(wider, b->at, sizeof(Val) * (size_t)b->n);
        b->at  = wider;
        b->cap = b->cap * 2 + 16;
    }
    b->at[b->n++] = v;
    return b->n;
}

static void bind_scope(Arena *mem, Binds *binds, const ScopeValues *values)
{
    for (int i = 0; i < values->count; i++) bind_val(mem, binds, val_int(values->value[i]));
}

/* `seen` with {scope c} and {me} filled in. */
static void seen_write(Work *w, Arena *mem, const Entity *e, const char *verb, Buf *sql, Binds *binds)
{
    Str rest = str_of(e->seen);
    for (ptrdiff_t at; (at = str_find(rest, S("{"))) >= 0;) {
        ScopeValues values = { 0 };
        buf_put(sql, str_upto(rest, at));
        rest = str_from(rest, at);
        if (str_starts(rest, S("{me}"))) buf_fmt(sql, "$%d", bind_val(mem, binds, val_int(w->actor)));
        else scope_write(sql, w->who, e->name, verb, "c", binds->n + 1, &values);
        bind_scope(mem, binds, &values);
        rest = str_from(rest, str_find(rest, S("}")) + 1);
    }
    buf_put(sql, rest);
}

bool reach_all(Work *w, const Entity *e, const char *verb)
{
    Scope scope = access_scope(w->who, e->name, verb);
    if (e->follows || e->fence) return w->who && w->who->everything;
    return scope == SCOPE_ALL || (scope != SCOPE_NONE && !entity_owned(e));
}

void reach_write(Work *w, Arena *mem, const Entity *e, const char *verb, const char *alias, Buf *sql, Binds *binds)
{
    ScopeValues values = { 0 };
    int         parts  = scope_parts(w->who, e->name, verb);
    if (e->follows && !reach_all(w, e, verb) && access_scope(w->who, e->name, verb) != SCOPE_NONE) {
        if (e->fence) buf_c(sql, "(");
        follow_write(w, mem, e, verb, alias, sql, binds);
        reach_fence_write(w, mem, e, alias, sql, binds);
        if (e->fence) buf_c(sql, ")");
        return;
    }
    if (!e->seen || !parts) {
        scope_row_write(sql, w->who, e->name, verb, alias, binds->n + 1, &values);
        bind_scope(mem, binds, &values);
        return;
    }
    buf_fmt(sql, "(%s.id in (", alias);
    seen_write(w, mem, e, verb, sql, binds);
    buf_c(sql, ")");
    for (int part = 1; part < parts; part++) { /* the row itself is lent */
        buf_c(sql, " or ");
        reach_part_write(w, mem, e, verb, part, alias, sql, binds);
    }
    buf_c(sql, ")");
}

int reach_parts(Work *w, const Entity *e, const char *verb)
{
    return e->seen || e->follows ? 0 : scope_parts(w->who, e->name, verb);
}

void reach_part_write(Work *w, Arena *mem, const Entity *e, const char *verb, int part, const char *alias, Buf *sql,
                      Binds *binds)
{
    ScopeValues values = { 0 };
    scope_part_write(sql, w->who, e->name, verb, part, alias, binds->n + 1, &values);
    bind_scope(mem, binds, &values);
}

void reach_fence_write(Work *w, Arena *mem, const Entity *e, const char *alias, Buf *sql, Binds *binds)
{
    ScopeValues values = { 0 };
    scope_fence_write(sql, w->who, e->name, alias, binds->n + 1, &values);
    bind_scope(mem, binds, &values);
}

const char *reach_part_people(Work *w, const Entity *e, const char *verb, int part)
{
    return scope_part_people(w->who, e->name, verb, part);
}

Err reach_rows(Work *w, Arena scratch, const Entity *e, const char *verb, const int64_t *ids, ptrdiff_t n, bool *in)
{
    Binds binds = { 0 };
    Ids   place = ids_new(&scratch, n);
    Buf   sql   = buf_new(&scratch, 400);
    for (ptrdiff_t i = 0; i < n; i++) {
        in[i] = false;
        ids_put(&place, ids[i], i);
    }
    buf_fmt(&sql, "select t.id from %s t where t.id in {ids $%d} and ", entity_table(e),
            bind_val(&scratch, &binds, val_ids(ids, n)));
    reach_write(w, &scratch, e, verb, "t", &sql, &binds);
    Rows rows;
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    while (rows_next(&rows)) in[ids_at(&place, row_int(&rows, 0))] = true;
    for (ptrdiff_t i = 0; i < n; i++) in[i] = in[i] || (ids_at(&place, ids[i]) >= 0 && in[ids_at(&place, ids[i])]);
    return rows_end(&rows);
}

Err reach_rows_himself(Work *w, Arena scratch, const Entity *e, const char *verb, const int64_t *ids, ptrdiff_t n,
                       bool *in)
{
    const Actor *who     = w->who;
    Actor        himself = access_himself(who);
    w->who  = &himself;
    Err err = reach_rows(w, scratch, e, verb, ids, n, in);
    w->who  = who;
    return err;
}

Err reach_need(Work *w, const Entity *e, const char *verb, int64_t id)
{
    bool in;
    TRY(reach_rows(w, w->scratch, e, verb, &id, 1, &in));
    return in ? OK : fail(w, NOT_FOUND, NULL, "record.not_found");
}

/* A line a way, and one for the row itself where nobody is its owner but by what it follows. */
static Str owners_sql(Arena *mem, const Entity *e)
{
    Way  way[OWNER_WAYS];
    int  n = owner_ways(mem, e, way), own = 0;
    Buf  sql = buf_new(mem, 600);
    if (e->seen) buf_c(&sql, e->seen_owners);
    for (int k = 0; k < n; k++) {
        const char *holder = way[k].follows ? way[k].follows : "id";
        if (k) buf_c(&sql, " union all ");
        own += !way[k].follows;
        if (way[k].unless)
            buf_fmt(&sql,
                    "select t.id, q.id, t.id from %s t join users q on q.role_id = t.%s where t.id in {ids $1}"
                    " and t.%s is null and q.archived_at is null",
                    entity_table(e), way[k].owner, way[k].unless);
        else if (way[k].follows && !way[k].kept)
            buf_fmt(&sql, "select t.id, h.%s, h.id from %s t join %s h on h.id = t.%s where t.id in {ids $1}",
                    way[k].owner, entity_table(e), entity_table(way[k].to), way[k].follows);
        else
            buf_fmt(&sql, "select t.id, t.%s, t.%s from %s t where t.id in {ids $1}", way[k].owner, holder,
                    entity_table(e));
    }
    if (!own) buf_fmt(&sql, " union all select t.id, null, t.id from %s t where t.id in {ids $1}", entity_table(e));
    return buf_str(&sql);
}

Err reach_owners(Db *db, Arena *mem, const Entity *e, const int64_t *ids, ptrdiff_t n, RowOwner **out, ptrdiff_t *count)
{
    ptrdiff_t room = n + 16;
    Rows      rows;
    *out   = NEW_RAW(mem, RowOwner, room);
    *count = 0;
    TRY(db_query(db, owners_sql(mem, e), VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) {
        if (*count == room) {
            RowOwner *wider = NEW_RAW(mem, RowOwner, room * 2);
            memcpy(wider, *out, sizeof **out * (size_t)room);
            *out = wider;
            room *= 2;
        }
        (*out)[(*count)++] = (RowOwner){ row_int(&rows, 0), row_null(&rows, 1) ? 0 : row_int(&rows, 1),
                                         row_null(&rows, 2) ? 0 : row_int(&rows, 2) };
    }
    return rows_end(&rows);
}

/* The fence of many at once: he who asks is the row u of users. */
static void fence_of_each(Buf *sql, Str fence)
{
    while (fence.n) {
        ptrdiff_t at = str_find(fence, S("{")), end = str_find(fence, S("}"));
        buf_put(sql, at < 0 ? fence : str_upto(fence, at));
        if (at < 0) return;
        Str name = str_from(str_upto(fence, end), at + 1);
        buf_c(sql, str_eq(name, S("row")) ? "t" : str_eq(name, S("me")) ? "u.id" : "u.role_id");
        fence = str_from(fence, end + 1);
    }
}

Err reach_within(Db *db, Arena *mem, const Entity *e, const int64_t *users, ptrdiff_t people, const int64_t *ids,
                 ptrdiff_t n, Within **out, ptrdiff_t *count)
{
    Buf  sql = buf_new(mem, 400);
    Rows rows;
    ptrdiff_t room = n + 16;
    *out   = NEW_RAW(mem, Within, room);
    *count = 0;
    buf_fmt(&sql, "select u.id, t.id from users u cross join %s t where u.id in {ids $1} and t.id in {ids $2} and (",
            entity_table(e));
    fence_of_each(&sql, str_of(e->fence));
    buf_fmt(&sql, ") union all select 0, t.id from %s t where t.id in {ids $2}", entity_table(e));
    TRY(db_query(db, buf_str(&sql), VALS(val_ids(users, people), val_ids(ids, n)), &rows));
    while (rows_next(&rows)) {
        if (*count == room) {
            Within *wider = NEW_RAW(mem, Within, room * 2);
            memcpy(wider, *out, sizeof **out * (size_t)room);
            *out = wider;
            room *= 2;
        }
        (*out)[(*count)++] = (Within){ row_int(&rows, 0), row_int(&rows, 1) };
    }
    return rows_end(&rows);
}
