/* Which rows of an entity are within the actor's reach: access/'s scope, expanded for the way the entity is owned. */
#ifndef ENTITY_REACH_H
#define ENTITY_REACH_H

#include "access/access.h"
#include "entity/entity.h"

/* Values of a statement, in the order of their parameters. */
typedef struct {
    Val *at;
    int  n, cap;
} Binds;

int bind_val(Arena *mem, Binds *b, Val v); /* the number of the parameter: 1, 2 … */

/* Appends a condition in parentheses on the rows of e under `alias`. */
void reach_write(Work *w, Arena *mem, const Entity *e, const char *verb, const char *alias, Buf *sql, Binds *binds);

/* The parts of that condition, joined by `or`, of which a list may be made one by one: 0 where there are none.  A list
 * of several ways is one select a way, for the database goes through each in the order of the list and stops early. */
int  reach_parts(Work *w, const Entity *e, const char *verb);
void reach_part_write(Work *w, Arena *mem, const Entity *e, const char *verb, int part, const char *alias, Buf *sql,
                      Binds *binds);

/* The fence of the entity alone, as ` and (…)`; nothing where there is none. */
void reach_fence_write(Work *w, Arena *mem, const Entity *e, const char *alias, Buf *sql, Binds *binds);

/* The column whose owner must be one of those that the actor sees, where the part says nothing else; null: it does. */
const char *reach_part_people(Work *w, const Entity *e, const char *verb, int part);

/* The same of what hangs on other records (Entity.follows), and whether it may hang on those of this entity. */
void follow_write(Work *w, Arena *mem, const Entity *e, const char *verb, const char *alias, Buf *sql, Binds *binds);
bool follow_on(const Entity *e, const Entity *to);

/* Does the scope let everything through? */
bool reach_all(Work *w, const Entity *e, const char *verb);

/* Which of these rows exist (any state) and are within reach: in[i]. */
Err reach_rows(Work *w, Arena scratch, const Entity *e, const char *verb, const int64_t *ids, ptrdiff_t n, bool *in);

/* The same without what is lent to him, and with him standing in for nobody. */
Err reach_rows_himself(Work *w, Arena scratch, const Entity *e, const char *verb, const int64_t *ids, ptrdiff_t n,
                       bool *in);

/* NOT_FOUND with words unless this row exists and is within reach: nobody learns of a record that he may not see. */
Err reach_need(Work *w, const Entity *e, const char *verb, int64_t id);

/* Whose rows these are, for whoever asks about many viewers at once: a row is within the reach of a viewer when his
 * scope holds an owner of it, or a holder is lent to him, and it stands within his fence.  A row has a line a way in
 * which it is somebody's (in a queue one for each who holds its role), and one for itself; a row that is gone has
 * none.  An owner without a holder has it for himself: nobody sees it for being in
 * one team with him. */
typedef struct {
    int64_t record, owner, holder; /* owner 0: nobody; holder 0: the owner's alone */
} RowOwner;

Err reach_owners(Db *db, Arena *mem, const Entity *e, const int64_t *ids, ptrdiff_t n, RowOwner **out,
                 ptrdiff_t *count);

/* Of an entity with a fence: within whose of these people's each of these rows stands, and with user 0 that it is
 * there. */
typedef struct {
    int64_t user, record;
} Within;

Err reach_within(Db *db, Arena *mem, const Entity *e, const int64_t *users, ptrdiff_t people, const int64_t *ids,
                 ptrdiff_t n, Within **out, ptrdiff_t *count);

#endif
