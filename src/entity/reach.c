/* Which rows of an entity are within the actor's reach. */
#include "entity/reach.h"

#include "entity/ids.h"

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

/* access/ numbers the parameters itself, from the next free one. */
static void scope_bound(Work *w, Arena *mem, const Entity *e, const char *verb, const char *alias, Buf *sql,
                        Binds *binds)
{
    ScopeValues values = { 0 };
    scope_write(sql, w->who, e->name, verb, alias, binds->n + 1, &values);
    for (int i = 0; i < values.count; i++) bind_val(mem, binds, val_int(values.value[i]));
}

/* `seen` with {scope c} and {me} filled in. */
static void seen_write(Work *w, Arena *mem, const Entity *e, const char *verb, Buf *sql, Binds *binds)
{
    Str rest = str_of(e->seen);
    for (ptrdiff_t at; (at = str_find(rest, S("{"))) >= 0;) {
        buf_put(sql, str_upto(rest, at));
        rest = str_from(rest, at);
        if (str_starts(rest, S("{me}"))) buf_fmt(sql, "$%d", bind_val(mem, binds, val_int(w->actor)));
        else scope_bound(w, mem, e, verb, "c", sql, binds);
        rest = str_from(rest, str_find(rest, S("}")) + 1);
    }
    buf_put(sql, rest);
}

bool reach_all(Work *w, const Entity *e, const char *verb)
{
    Scope scope = access_scope(w->who, e->name, verb);
    return scope == SCOPE_ALL || (scope != SCOPE_NONE && !e->owner && !e->seen);
}

void reach_write(Work *w, Arena *mem, const Entity *e, const char *verb, const char *alias, Buf *sql, Binds *binds)
{
    OwnerPath path = entity_owner(e);
    if (reach_all(w, e, verb)) buf_c(sql, "(1 = 1)");
    else if (access_scope(w->who, e->name, verb) == SCOPE_NONE) buf_c(sql, "(1 = 0)");
    else if (e->seen) {
        buf_fmt(sql, "(%s.id in (", alias);
        seen_write(w, mem, e, verb, sql, binds);
        buf_c(sql, "))");
    } else if (path.through) {
        buf_fmt(sql, "(%s.%s in (select c.id from %s c where ", alias, path.through, entity_table(path.holder));
        scope_bound(w, mem, e, verb, "c", sql, binds);
        buf_c(sql, "))");
    } else {
        scope_bound(w, mem, e, verb, alias, sql, binds);
    }
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

Err reach_need(Work *w, const Entity *e, const char *verb, int64_t id)
{
    bool in;
    TRY(reach_rows(w, w->scratch, e, verb, &id, 1, &in));
    return in ? OK : fail(w, NOT_FOUND, NULL, "record.not_found");
}

static Str owners_sql(Arena *mem, const Entity *e)
{
    OwnerPath path = entity_owner(e);
    if (e->seen) return str_of(e->owners);
    if (!path.through)
        return str_fmt(mem, "select t.id, t.%s, t.id from %s t where t.id in {ids $1}", path.column, entity_table(e));
    return str_fmt(mem, "select t.id, c.%s, c.id from %s t join %s c on c.id = t.%s where t.id in {ids $1}",
                   path.column, entity_table(e), entity_table(path.holder), path.through);
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
