/* The ways in which rows of an entity are somebody's (Entity.owners), made out.
 *
 *     client    { { "keeper_id" } }                       his who keeps it
 *     sale      { { "client_id" } }                       looked up: whose the client is
 *     activity  { { "doer_id" }, { "client_id", "client_keeper" }, { "about", "about_owner" } }
 *     call      { { "doer_id" }, { "queue_id" } }         his who makes it; theirs who hold the role, while nobody does
 *
 * Ways are joined by `or`.  A row as it will stand must be in reach of whoever saves it by one of them (door_owners); a
 * new one that names nobody is its maker's by the first.  What a record is followed for is its *first owner*, one
 * column of its own table: that of its first way, which is a user's, or kept from another record.  So chains are made
 * of single steps, at most OWNER_STEPS of them; owners_wrong refuses longer ones, circles, and a record followed whose
 * first way is only looked up.  Where what a link points at has no first owner (a product, a person of several clients)
 * its column is empty.  A queue needs an index of its column and the list's order, `where doer_id is null`.  Of those
 * ways that are not among Entity.doers a row is theirs to look at. */
#ifndef ENTITY_OWNERS_H
#define ENTITY_OWNERS_H

#include "access/access.h"
#include "entity/entity.h"

enum { OWNER_STEPS = 3 };

typedef struct {
    const Field  *field;   /* the reference or link; null: a column of the head, a user's   */
    const char   *owner;   /* the column with the owner: of the row, or of `to` when looked up */
    const char   *follows; /* the column with the id of the record followed; null: it is a user's */
    const char   *of;      /* of a link: the column with its entity                         */
    const Entity *to;      /* of a reference that follows; null of a link                   */
    const char   *kept;    /* null: looked up                                               */
    const char   *unless;  /* of a queue: the column of the first way; `owner` holds the role */
    bool          looks;   /* who has it by this way may not change it                      */
} Way;

/* Gives how many; names of columns that a link makes stand in `mem`. */
int owner_ways(Arena *mem, const Entity *e, Way out[OWNER_WAYS]);

/* The column with the first owner of its rows; null: none that could be followed. */
const char *owner_first(const Entity *e);

/* The first owners of these records: owner[i], 0: nobody, or there is no such record.  `e` has a first owner. */
Err owners_first(Db *db, Arena scratch, const Entity *e, const int64_t *ids, ptrdiff_t n, int64_t *owner);

/* Whom each of these rows has in its first way, and in whose queue it is by `way`; 0: nobody, or no such row. */
typedef struct {
    int64_t user, role;
} Waiting;

Err owners_waiting(Db *db, Arena scratch, const Entity *e, const Way *way, const int64_t *ids, ptrdiff_t n,
                   Waiting *out);

/* What access/ is told of it. */
ScopeRow owners_scope(Arena *mem, const Entity *e);

/* What is wrong with the ways of the list that was set, in words for whoever wrote them; null: nothing. */
const char *owners_wrong(Arena *mem);

#endif
