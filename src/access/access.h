/* Who may do what with whose rows.
 *
 * A right is entity x verb x scope x mask: "may view clients of the team, figures of group `finance` hidden".  A role
 * is a set of rights that an administrator edits as rows (`role_right`); a person has one role.  Whatever is not
 * granted is refused.
 *
 *   entity  the name of an entity or of a place without rows of its own (`analysis`, `journal`, `backup`, `firm`)
 *   verb    view add change archive export import, and what an area adds (`order` x `ship`)
 *   scope   whose rows: own, the team's, all.  The owner of a row stands in a column (`client.keeper_id`); a sale and a
 *           person follow their client; a row may be of several, each in a way of its own.  An entity without owners is
 *           seen whole by any scope.
 *   mask    groups of fields that stay hidden (`finance`): absent from answers, lists, exports and history, refused in
 *           filters and sorts as though there were no such field
 *
 * The actor stands in the work (`w->who`) and is read anew for each request, so a right taken away is gone with the
 * next request, on every server of the base.  `given` lends single records until a moment, to look at or to work with:
 * what a person's role lets him do with rows in scope he may do with a row that is lent to work with; what follows a
 * lent row he may look at.  Nothing is added, lent or handed over by a loan.  Whoever stands in for somebody has that
 * one's rows as his own for those days, and hands none of them over. */
#ifndef ACCESS_ACCESS_H
#define ACCESS_ACCESS_H

#include "core/problem.h"
#include "store/db.h"

typedef struct Work Work;

typedef enum { SCOPE_NONE, SCOPE_OWN, SCOPE_TEAM, SCOPE_ALL } Scope;

typedef struct {
    const char *entity, *verb;
    Scope       scope;
    const char *mask;          /* hidden groups, comma between; "" none */
} Right;

typedef struct Actor Actor;

struct Actor {
    int64_t      user;       /* 0: the program itself (a command on the data directory, a nightly job) */
    int64_t      role, session;
    int64_t      edition;    /* of all rights, under which his were read                    */
    Str          name, login, role_name;
    Str          language;   /* ru, en                                                  */
    Str          zone;       /* Europe/Moscow; empty: the firm's                        */
    Moment       at;         /* when he was read                                        */
    int64_t      view_limit; /* cards in ten minutes; NONE: as many as he likes         */
    const Right *rights;     /* by entity, then verb, each pair once                    */
    int          right_count;
    bool         everything; /* the program itself: each right on each row              */
    bool         owner;      /* his role is the owner's: each right there is, whatever its rows say */
    bool         given;      /* holds single records at this moment                     */
    bool         stands_in;  /* for somebody who is away, or is to be: his own are those rows too */
    bool         himself;    /* without what is lent to him, and standing in for nobody: see access_himself */
};

/* The program itself as an actor, for commands and jobs.  Its changes carry no user. */
extern const Actor actor_program;

/* The actor as he is by his role alone: what is had for a time makes nobody an owner. */
Actor access_himself(const Actor *actor);

/* ---- rights ---- */

/* Every right there is, by entity, then verb: handed over once by the list of entities.  Whoever has the role with the
 * key `role.owner` has them all, so an entity that a new version brings is his at once. */
void access_rights(const Right *all, int count);

/* The widest scope in which the actor may do this; SCOPE_NONE: not at all.  Where others' rows are counted, no wider
 * than he sees those. */
Scope access_scope(const Actor *actor, const char *entity, const char *verb);

/* DENIED with a sentence for a person when the actor may not do this in any scope. */
Err access_need(Work *w, const char *entity, const char *verb);

/* Is a field of this mask group hidden from the actor doing `verb`?  What is hidden from viewing is hidden from every
 * verb. `mask` null or empty: a field anybody sees.  Ask it for each field named in a filter, sort, list, import,
 * export, history. */
bool access_hides(const Actor *actor, const char *entity, const char *verb, const char *mask);

/* ---- scope ---- */

/* One way in which a row is somebody's:
 *     { "keeper_id" }                          his who stands in this column of the row
 *     { "client_keeper", "client_id" }         the same, the column being kept from the record in `client_id`
 *     { "keeper_id", "client_id", "client" }   his who stands in `keeper_id` of the row of table `client`
 *     { "queue_id", .unless = "doer_id" }      a queue: theirs who hold the role in `queue_id`, while nobody stands in
 *                                              `doer_id`
 * What is lent opens the row lent, and those that follow it. */
typedef struct {
    const char *owner, *follows, *table, *unless;
    bool        looks; /* by this way one views, exports and adds, and changes nothing */
} ScopeWay;

/* Whose rows they are, handed over once by the list of entities.  Ends with an empty row.
 *     { "client", {{ "keeper_id" }} }
 *     { "sale", {{ "keeper_id", "client_id", "client" }}, "client" }
 *     { "product" }                          no owner
 *     { "analysis", {{ "keeper_id", "client_id", "client" }}, "client", "sale" }
 *                                            a place whose figures are counted from sales and told of clients: within
 *                                            the scopes of all three, and what the mask of sales hides is hidden
 *                                            there */
typedef struct {
    const char *entity;
    ScopeWay    way[6];   /* joined by `or`; ends with an empty one */
    bool        alone;    /* whoever stands in for somebody does not have these of him */
    const char *fence;    /* what must hold of the row besides, whatever the scope: SQL with {row}, {me} and {role} */
    const char *through;  /* the entity that all its rows follow, and nobody else's they are; null: none */
    const char *counts;
} ScopeRow;

void access_scopes(const ScopeRow *rows);

/* Values to bind, in order, from the first number given. */
typedef struct {
    int64_t value[16];
    int     count;
} ScopeValues;

/* Appends a condition in parentheses that holds for the rows within the actor's scope.
 *
 *   alias   of the table; where its rows only follow another entity (`through`), of that one's
 *   next    number of the first free parameter: 3 writes $3, $4, ...; values are added to *values
 *
 * own     (c.keeper_id = $3)
 * team    (c.keeper_id in (select owner_id from sees where viewer_id = $3))
 * all     (1 = 1)
 * none    (1 = 0)
 * several (v.doer_id = $3 or v.client_keeper = $3)
 * queue   (v.doer_id is null and v.queue_id = $4), or `in` the roles of those whom the actor sees
 * With lent records: `or c.id in (select record_id from given where ...)`; behind a fence: `and (…)`, for everybody but
 * the program.  At most three values a call, twelve for what counts others' rows. */
void scope_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, const char *alias, int next,
                 ScopeValues *values);

/* The same with the alias of the row itself, whatever it follows. */
void scope_row_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, const char *alias, int next,
                     ScopeValues *values);

/* Is the condition on rows of the entity the same for both verbs: whom one lets at a row, lets the other? */
bool scope_alike(const Actor *actor, const char *entity, const char *verb, const char *other);

/* The parts of that `or`, of which a list may be made one by one: how many (0: the scope is no such thing), and each.
 * `people`: the column whose owner must be one that the actor sees, where it says nothing else; else null. */
int         scope_parts(const Actor *actor, const char *entity, const char *verb);
const char *scope_part_people(const Actor *actor, const char *entity, const char *verb, int part);

/* Appends the fence alone, as ` and (…)`; nothing where there is none for this actor. */
void scope_fence_write(Buf *sql, const Actor *actor, const char *entity, const char *alias, int next,
                       ScopeValues *values);
void        scope_part_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, int part,
                             const char *alias, int next, ScopeValues *values);

/* A condition on a column that holds users: it is one whose rows are within the actor's scope.  No loan counts. */
void scope_people_write(Buf *sql, const Actor *actor, const char *entity, const char *verb, const char *column,
                        int next, ScopeValues *values);

/* Replaces each `{scope ENTITY ALIAS}` of a statement by the condition above with verb `view`, or with `verb`.  An
 * alias `+c` keeps the index of the owners out of it: the rows are found by something better, like an ИНН, which SQLite
 * cannot know of and so goes through all that one owner has. */
Str scope_expand(Arena *mem, Str sql, const Actor *actor, int next, ScopeValues *values);
Str scope_expand_verb(Arena *mem, Str sql, const Actor *actor, const char *verb, int next, ScopeValues *values);

/* db_query of a statement with such marks, by the rights of w->who; `vals` are those of its own parameters. */
Err scope_query(Work *w, Str sql, const Val *vals, int n, Rows *rows);

/* May the actor do this with a row of this owner (0: nobody's, which only scope all reaches)?  `record` is the id of
 * the row, or of the one that `through` names (0: not yet written).  OK or DENIED, no sentence added. */
Err access_row(Work *w, const char *entity, const char *verb, int64_t owner, int64_t record);

/* The same of a row that waits in the queue of this role (0: in none). */
Err access_queue(Work *w, const char *entity, const char *verb, int64_t role);

/* Is `owner` the viewer, somebody he stands in for today, or of his team: the viewer's own unit, a unit he heads, or a
 * unit below one of these?  Kept as the table `sees`, written anew by access_teams_changed in the transaction that
 * changes a unit, a person's unit or an absence, and at midnight. */
bool sees(Work *w, int64_t viewer, int64_t owner);
bool sees_in_team(Work *w, int64_t viewer, int64_t owner); /* by the units alone, whomever the viewer stands in for */
Err  access_sees_count(Work *w, int64_t most, int64_t *n); /* whom the actor sees, up to so many */
Err  access_teams_changed(Work *w);

/* The round of the night: `sees` is written anew for the day, and loans that have been over for a year go. */
Err  access_teams_round(Work *w, void *nothing);

/* How far the actor must reach to have in sight what somebody has: only himself (OWN), some of his team (TEAM), anybody
 * else (ALL). */
typedef struct {
    int64_t role;      /* whose people they are           */
    Scope   own, team; /* for their own rows, their teams' */
} TeamSight;

/* What access_teams_changed is about to bring into sight of people who have not seen it: a row a role, `own` NONE.  Ask
 * before it, in the same transaction. */
Err access_teams_coming(Work *w, TeamSight **out, ptrdiff_t *n);

/* What this person and everybody of this role have in sight, and will have by standing in on a day to come; 0: nobody.
 * NONE: there is nobody. */
Err access_sight(Work *w, int64_t user, int64_t role, TeamSight *out);

typedef enum { LENT_TO_LOOK = 1, LENT_TO_WORK } LoanLevel;

/* A loan made for a piece of work lasts while that is open: until then it has this moment, the end of year 9999. */
#define LENT_WHILE_OPEN INT64_C(253402300799000)

typedef struct {
    const char *entity;
    int64_t     record, user;
    Moment      until; /* ms UTC; one that has passed takes it back */
    LoanLevel   level;
    Str         why;
    int64_t     cause; /* the piece of work it is lent for; 0: somebody says so.  Each is a loan by itself */
} Loan;

/* Lends records, in the name of the work's actor, in a statement, and takes back in another; lending again for the same
 * cause is another loan in its place.  No loan is named twice.  The caller has asked for the right. */
Err access_give(Work *w, const Loan *loans, ptrdiff_t n);

/* Somebody stands in for another from a day to a day, as the record `said_by` says; user 0: nobody does any more. */
typedef struct {
    int64_t said_by, user, for_user;
    Day     from, until;
} StandIn;

Err access_stands_in(Work *w, const StandIn *in);

/* Call in the transaction that changes a role or its rights: every server reads them anew at its next request. */
Err access_roles_changed(Work *w);

#endif
