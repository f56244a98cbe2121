/* What an actor may do, in which scope, and what stays hidden: answered from the rights that came with the session. */
#include "access/access.h"

#include "access/access_sql.h"
#include "store/dialect.h"
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

static Scope scope_right(const Actor *actor, const char *entity, const char *verb)
{
    if (!actor) return SCOPE_NONE;
    if (actor->everything) return SCOPE_ALL;
    const Right *right = right_of(actor, entity, verb);
    return right ? right->scope : SCOPE_NONE;
}

/* ---- what is counted must be in sight where it is told, as itself, and as what it is told of ---- */

static const ScopeRow *scope_rows;

void access_scopes(const ScopeRow *rows) { scope_rows = rows; }

/* Null: nothing is counted there. */
static const ScopeRow *counting(const char *place)
{
    for (const ScopeRow *row = scope_rows; row && row->entity; row++)
        if (row->counts && strcmp(row->entity, place) == 0) return row;
    return NULL;
}

typedef struct {
    const char *entity, *verb;
} Sight;

static int sights_of(const char *entity, const char *verb, Sight out[4])
{
    const ScopeRow *row = counting(entity);
    int             n   = 0;
    out[n++] = (Sight){ entity, verb };
    if (!row) return n;
    if (strcmp(verb, "view") != 0) out[n++] = (Sight){ entity, "view" };
    out[n++] = (Sight){ row->counts, "view" };
    out[n++] = (Sight){ row->through, "view" };
    return n;
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
    const ScopeRow *row = counting(entity);
    return row && access_hides(actor, row->counts, "view", mask);
}

/* ---- scope ---- */

static ScopeRow scope_row(const char *entity)
{
    for (const ScopeRow *row = scope_rows; row && row->entity; row++)
        if (strcmp(row->entity, entity) == 0) return *row;
    return (ScopeRow){ .entity = entity };
}

static void bind(Buf *sql, int next, ScopeValues *values, int64_t v)
{
    buf_fmt(sql, "$%d", next + values->count);
    values->value[values->count++] = v;
}

static void lent_write(Buf *sql, const Actor *actor, ScopeRow row, const char *alias, Moment now, int next,
                       ScopeValues *values)
{
    buf_fmt(sql, " or %s.id in (select record_id from given where entity = '%s' and user_id = ", alias, row.through);
    bind(sql, next, values, actor->user);
    buf_c(sql, " and until > ");
    bind(sql, next, values, now);
    buf_c(sql, ")");
}

static void scope_one(Buf *sql, const Actor *actor, ScopeRow row, const char *verb, const char *alias, int next,
                      ScopeValues *values)
{
    Scope scope = scope_right(actor, row.entity, verb);
    if (scope == SCOPE_NONE) {
        buf_c(sql, "(1 = 0)");
        return;
    }
    if (scope == SCOPE_ALL || !row.owner) {
        buf_c(sql, "(1 = 1)");
        return;
    }
    bool team = scope == SCOPE_TEAM;
    buf_fmt(sql, "(%s.%s %s", alias, row.owner, team ? "in (select owner_id from sees where viewer_id = " : "= ");
    bind(sql, next, values, actor->user);
    if (team) buf_c(sql, ")");
    if (actor->given) lent_write(sql, actor, row, alias, actor->at, next, values);
    buf_c(sql, ")");
}

void scope_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, const char *alias, int next,
                 ScopeValues *values)
{
    Sight sight[4];
    int   n = sights_of(entity, verb, sight);
    if (n > 1) buf_c(sql, "(");
    for (int i = 0; i < n; i++) {
        if (i) buf_c(sql, " and ");
        scope_one(sql, actor, scope_row(sight[i].entity), sight[i].verb, alias, next, values);
    }
    if (n > 1) buf_c(sql, ")");
}

/* Reads `{scope client c}` at *at; false when something else stands there. */
static bool mark_read(Str sql, ptrdiff_t *at, Str *entity, Str *alias)
{
    Str rest = str_from(sql, *at);
    if (!str_starts(rest, S("{scope "))) return false;
    ptrdiff_t end = str_find(rest, S("}"));
    if (end < 0) return false;
    Str inside = str_trim(str_upto(str_from(rest, 7), end - 7));
    *entity    = str_cut(&inside, ' ');
    *alias     = str_trim(inside);
    *at += end + 1;
    return entity->n > 0 && alias->n > 0;
}

Str scope_expand_verb(Arena *mem, Str sql, const Actor *actor, const char *verb, int next, ScopeValues *values)
{
    Buf out = buf_new(mem, sql.n + 256);
    for (ptrdiff_t at = 0; at < sql.n;) {
        Str entity, alias;
        if (sql.s[at] == '{' && mark_read(sql, &at, &entity, &alias)) {
            scope_write(&out, actor, str_c(mem, entity), verb, str_c(mem, alias), next, values);
            continue;
        }
        ptrdiff_t end = sql_token_end(sql, at);
        buf_put(&out, (Str){ sql.s + at, end - at });
        at = end;
    }
    return buf_str(&out);
}

Str scope_expand(Arena *mem, Str sql, const Actor *actor, int next, ScopeValues *values)
{
    return scope_expand_verb(mem, sql, actor, "view", next, values);
}

Err scope_query(Work *w, Str sql, const Val *vals, int n, Rows *rows)
{
    ScopeValues scope = { 0 };
    Str         whole = scope_expand(w->mem, sql, w->who, n + 1, &scope);
    Val        *all   = NEW_RAW(w->mem, Val, n + scope.count);
    for (int i = 0; i < n; i++) all[i] = vals[i];
    for (int i = 0; i < scope.count; i++) all[n + i] = val_int(scope.value[i]);
    return db_query(w->db, whole, all, n + scope.count, rows);
}

static bool lent(Work *w, const char *through, int64_t record)
{
    int64_t until = 0;
    if (!w->who->given || !record || !through) return false;
    Err err = db_int(w->db, SQL_GIVEN_UNTIL, VALS(val_int(w->who->user), val_text(str_of(through)), val_int(record)),
                     &until);
    return err == OK && until > w->now;
}

Err access_row(Work *w, const char *entity, const char *verb, int64_t owner, int64_t record)
{
    ScopeRow row   = scope_row(entity);
    Scope    scope = access_scope(w->who, entity, verb);
    if (scope == SCOPE_NONE) return DENIED;
    if (scope == SCOPE_ALL || !row.owner) return OK;
    if (owner > 0 && owner == w->who->user) return OK;
    if (scope == SCOPE_TEAM && owner > 0 && sees(w, w->who->user, owner)) return OK;
    return lent(w, row.through, record) ? OK : DENIED;
}
