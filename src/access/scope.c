/* Whose rows an actor reaches, as conditions in SQL: the one place that knows how reach is written. */
#include "access/scope_inside.h"

#include "access/access_sql.h"
#include "store/dialect.h"
#include "work/work.h"

#include <string.h>

static const ScopeRow *scope_rows;

void access_scopes(const ScopeRow *rows) { scope_rows = rows; }

static ScopeRow scope_row(const char *entity)
{
    for (const ScopeRow *row = scope_rows; row && row->entity; row++)
        if (strcmp(row->entity, entity) == 0) return *row;
    return (ScopeRow){ .entity = entity };
}

/* ---- what is counted must be in sight where it is told, as itself, and as what it is told of ---- */

const ScopeRow *scope_counting(const char *place)
{
    for (const ScopeRow *row = scope_rows; row && row->entity; row++)
        if (row->counts && strcmp(row->entity, place) == 0) return row;
    return NULL;
}

int sights_of(const char *entity, const char *verb, Sight out[4])
{
    const ScopeRow *row = scope_counting(entity);
    int             n   = 0;
    out[n++] = (Sight){ entity, verb };
    if (!row) return n;
    if (strcmp(verb, "view") != 0) out[n++] = (Sight){ entity, "view" };
    out[n++] = (Sight){ row->counts, "view" };
    out[n++] = (Sight){ row->through, "view" };
    return n;
}

/* ---- what is had for a time ---- */

Actor access_himself(const Actor *actor)
{
    Actor himself     = *actor;
    himself.given     = false;
    himself.stands_in = false;
    himself.himself   = true;
    return himself;
}

/* ---- one scope ---- */

/* A condition under way: whom it is for, and the numbers of what is bound already, each once (0: not yet). */
typedef struct {
    Buf         *sql;
    const Actor *actor;
    ScopeRow     row;
    const char  *verb, *alias;
    Scope        scope;
    int          next, me, role, now;
    ScopeValues *values;
} Writing;

static Writing writing(Buf *sql, const Actor *actor, Sight at, const char *alias, int next, ScopeValues *values)
{
    return (Writing){ .sql = sql, .actor = actor, .row = scope_row(at.entity), .verb = at.verb, .alias = alias,
                      .scope = scope_right(actor, at.entity, at.verb), .next = next, .values = values };
}

static int bound(Writing *to, int *number, int64_t v)
{
    if (!*number) {
        *number = to->next + to->values->count;
        to->values->value[to->values->count++] = v;
    }
    return *number;
}

static void people_write(Writing *to)
{
    int me = bound(to, &to->me, to->actor->user);
    if (to->scope == SCOPE_TEAM)
        buf_fmt(to->sql, "in (select owner_id from sees where viewer_id = $%d%s)", me,
                to->actor->himself || to->row.alone ? " and how <> 2" : "");
    else if (to->actor->stands_in && !to->row.alone)
        buf_fmt(to->sql, "in (select owner_id from sees where viewer_id = $%d and how <= 2)", me);
    else buf_fmt(to->sql, "= $%d", me);
}

/* Whoever has left holds no role any more. */
static void queue_write(Writing *to, ScopeWay way)
{
    buf_fmt(to->sql, "(%s.%s is null and %s.%s ", to->alias, way.unless, to->alias, way.owner);
    if (to->scope != SCOPE_TEAM && !to->actor->stands_in) {
        buf_fmt(to->sql, "= $%d)", bound(to, &to->role, to->actor->role));
        return;
    }
    buf_c(to->sql, "in (select q.role_id from users q where q.archived_at is null and q.id ");
    people_write(to);
    buf_c(to->sql, "))");
}

static void way_write(Writing *to, ScopeWay way)
{
    if (way.unless) {
        queue_write(to, way);
    } else if (way.table) {
        buf_fmt(to->sql, "%s.%s in (select h.id from %s h where h.%s ", to->alias, way.follows, way.table, way.owner);
        people_write(to);
        buf_c(to->sql, ")");
    } else {
        buf_fmt(to->sql, "%s.%s ", to->alias, way.owner);
        people_write(to);
    }
}

/* What a loan is good for: looking, also at what follows; of one to work with, the row itself; nothing is added,
 * lent or archived by it. */
static bool is_view(const char *verb) { return strcmp(verb, "view") == 0; }
static bool by_loan(const char *verb)
{
    return strcmp(verb, "add") != 0 && strcmp(verb, "give") != 0 && strcmp(verb, "archive") != 0;
}

/* `column` holds the id of what is lent. */
static void lent_write(Writing *to, const char *column)
{
    int me = bound(to, &to->me, to->actor->user), now = bound(to, &to->now, to->actor->at);
    buf_fmt(to->sql, "%s.%s in (select record_id from given where user_id = $%d and until > $%d%s)", to->alias, column,
            me, now, is_view(to->verb) ? "" : " and level = 2");
}

/* ---- its parts: the ways, and what is lent ---- */

/* Those by which this may be done.  Who only looks may also make a row that will be his to look at. */
static int ways_of(const ScopeRow *row, const char *verb, ScopeWay out[6])
{
    bool looks = is_view(verb) || strcmp(verb, "export") == 0 || strcmp(verb, "add") == 0;
    int  n     = 0;
    for (const ScopeWay *way = row->way; way->owner; way++)
        if (looks || !way->looks) out[n++] = *way;
    return n;
}

bool scope_alike(const Actor *actor, const char *entity, const char *verb, const char *other)
{
    ScopeRow row = scope_row(entity);
    ScopeWay way[6];
    bool     lent_alike = by_loan(verb) == by_loan(other) && is_view(verb) == is_view(other);
    return scope_right(actor, entity, verb) == scope_right(actor, entity, other) && (lent_alike || !actor->given) &&
           ways_of(&row, verb, way) == ways_of(&row, other, way);
}

static bool limited(const Writing *to)
{
    return (to->scope == SCOPE_OWN || to->scope == SCOPE_TEAM) && to->row.way[0].owner;
}

/* The columns whose record may be lent: the row itself, and what it follows. */
static int lendable(const Writing *to, const char *column[7])
{
    int n = 0;
    if (!to->actor->given || !by_loan(to->verb)) return 0;
    column[n++] = "id";
    for (int k = 0; is_view(to->verb) && to->row.way[k].owner; k++) {
        int seen = 0;
        while (to->row.way[k].follows && seen < n && strcmp(column[seen], to->row.way[k].follows) != 0) seen++;
        if (to->row.way[k].follows && seen == n) column[n++] = to->row.way[k].follows;
    }
    return n;
}

static int parts_of(const Writing *to)
{
    const char *column[7];
    ScopeWay    way[6];
    return limited(to) ? ways_of(&to->row, to->verb, way) + lendable(to, column) : 0;
}

static void part_write(Writing *to, int part)
{
    const char *column[7];
    ScopeWay    way[6];
    int         ways = ways_of(&to->row, to->verb, way);
    if (part < ways) {
        way_write(to, way[part]);
        return;
    }
    lendable(to, column);
    lent_write(to, column[part - ways]);
}

static bool is_fenced(const Writing *to) { return to->row.fence && !to->actor->everything; }

static void fence_write(Writing *to)
{
    if (!is_fenced(to)) return;
    buf_c(to->sql, " and (");
    for (Str rest = str_of(to->row.fence); rest.n;) {
        ptrdiff_t at = str_find(rest, S("{")), end = str_find(rest, S("}"));
        buf_put(to->sql, at < 0 ? rest : str_upto(rest, at));
        if (at < 0) break;
        Str name = str_from(str_upto(rest, end), at + 1);
        if (str_eq(name, S("row"))) buf_c(to->sql, to->alias + (*to->alias == '+')); /* which a text does not take */
        else if (str_eq(name, S("me"))) buf_fmt(to->sql, "$%d", bound(to, &to->me, to->actor->user));
        else buf_fmt(to->sql, "$%d", bound(to, &to->role, to->actor->role));
        rest = str_from(rest, end + 1);
    }
    buf_c(to->sql, ")");
}

static void row_write(Writing *to)
{
    int n = parts_of(to);
    if (is_fenced(to)) buf_c(to->sql, "(");
    if (!n) buf_c(to->sql, to->scope == SCOPE_NONE ? "(1 = 0)" : "(1 = 1)");
    for (int part = 0; part < n; part++) {
        buf_c(to->sql, part ? " or " : "(");
        part_write(to, part);
    }
    if (n) buf_c(to->sql, ")");
    fence_write(to);
    if (is_fenced(to)) buf_c(to->sql, ")");
}

/* Rows that only follow: the alias is that of what they follow, which is theirs who stand in its column. */
static void through_write(Writing *to)
{
    if (!to->row.through || !limited(to)) {
        row_write(to);
        return;
    }
    buf_fmt(to->sql, "(%s.%s ", to->alias, to->row.way[0].owner);
    people_write(to);
    if (to->actor->given && is_view(to->verb)) {
        buf_c(to->sql, " or ");
        lent_write(to, "id");
    }
    buf_c(to->sql, ")");
}

void scope_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, const char *alias, int next,
                 ScopeValues *values)
{
    Sight sight[4];
    int   n = sights_of(entity, verb, sight);
    if (n > 1) buf_c(sql, "(");
    for (int i = 0; i < n; i++) {
        Writing to = writing(sql, actor, sight[i], alias, next, values);
        if (i) buf_c(sql, " and ");
        through_write(&to);
    }
    if (n > 1) buf_c(sql, ")");
}

void scope_row_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, const char *alias, int next,
                     ScopeValues *values)
{
    Writing to = writing(sql, actor, (Sight){ entity, verb }, alias, next, values);
    row_write(&to);
}

int scope_parts(const Actor *actor, const char *entity, const char *verb)
{
    Writing to = writing(NULL, actor, (Sight){ entity, verb }, NULL, 0, NULL);
    return parts_of(&to);
}

const char *scope_part_people(const Actor *actor, const char *entity, const char *verb, int part)
{
    ScopeRow row = scope_row(entity);
    ScopeWay way[6];
    bool     all = scope_right(actor, entity, verb) == SCOPE_TEAM && !row.alone && !actor->himself;
    return !all || part >= ways_of(&row, verb, way) || way[part].table || way[part].unless ? NULL : way[part].owner;
}

void scope_part_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, int part, const char *alias,
                      int next, ScopeValues *values)
{
    Writing to = writing(sql, actor, (Sight){ entity, verb }, alias, next, values);
    if (is_fenced(&to)) buf_c(sql, "(");
    part_write(&to, part);
    fence_write(&to);
    if (is_fenced(&to)) buf_c(sql, ")");
}

void scope_fence_write(Buf *sql, const Actor *actor, const char *entity, const char *alias, int next,
                       ScopeValues *values)
{
    Writing to = writing(sql, actor, (Sight){ entity, "view" }, alias, next, values);
    fence_write(&to);
}

void scope_people_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, const char *column,
                        int next, ScopeValues *values)
{
    Writing to = writing(sql, actor, (Sight){ entity, verb }, NULL, next, values);
    if (!limited(&to)) {
        row_write(&to);
        return;
    }
    buf_fmt(sql, "(%s ", column);
    people_write(&to);
    buf_c(sql, ")");
}

/* ---- marks in statements ---- */

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

/* ---- one row ---- */

static bool lent(Work *w, const ScopeRow *row, const char *verb, int64_t record)
{
    int64_t   until = 0;
    LoanLevel level = is_view(verb) ? LENT_TO_LOOK : LENT_TO_WORK;
    if (!w->who->given || !record || !by_loan(verb) || (row->through && !is_view(verb))) return false;
    return db_int(w->db, SQL_GIVEN_UNTIL, VALS(val_int(w->who->user), val_int(record), val_int(level)), &until) == OK &&
           until > w->now;
}

/* As what the actor sees the owner's rows counts: as his own, or as his team's. */
static bool how_counts(const Actor *who, Scope scope, int64_t how)
{
    return scope == SCOPE_TEAM ? !who->himself || how != 2 : how <= (who->stands_in ? 2 : 1);
}

static bool owner_seen(Work *w, const ScopeRow *row, Scope scope, int64_t owner)
{
    int64_t how = 0;
    if (owner <= 0 || owner == w->who->user) return owner > 0;
    if (scope != SCOPE_TEAM && (!w->who->stands_in || row->alone)) return false;
    return db_int(w->db, SQL_SEES_PAIR, VALS(val_int(w->who->user), val_int(owner)), &how) == OK &&
           how_counts(w->who, scope, how) && !(row->alone && how == 2);
}

Err access_row(Work *w, const char *entity, const char *verb, int64_t owner, int64_t record)
{
    ScopeRow row   = scope_row(entity);
    Scope    scope = access_scope(w->who, entity, verb);
    if (scope == SCOPE_NONE) return DENIED;
    if (scope == SCOPE_ALL || !row.way[0].owner) return OK;
    return owner_seen(w, &row, scope, owner) || lent(w, &row, verb, record) ? OK : DENIED;
}

Err access_queue(Work *w, const char *entity, const char *verb, int64_t role)
{
    Scope scope = access_scope(w->who, entity, verb);
    bool  in    = scope == SCOPE_ALL || (role && role == w->who->role);
    Rows  rows;
    if (scope == SCOPE_NONE) return DENIED;
    if (in || !role || (scope != SCOPE_TEAM && !w->who->stands_in)) return in ? OK : DENIED;
    TRY(db_query(w->db, SQL_SEES_HOLDERS, VALS(val_int(w->who->user), val_int(role)), &rows));
    while (rows_next(&rows)) in |= how_counts(w->who, scope, row_int(&rows, 0));
    TRY(rows_end(&rows));
    return in ? OK : DENIED;
}
