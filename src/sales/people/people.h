/* The people of the firm: who signs in, in which unit he stands, and what his role lets him do.
 *
 * Whoever may change roles changes each but the owner's and his own, and gains nothing by it.  He takes from a role
 * what he likes, and gives it what he has himself, what it has already, and what the program gave it at the start.
 * People are put into a role, moved out of it, and given a password there only by whoever has each right that the role
 * has, or had at the start, himself; nobody moves himself.  So whatever he makes of a role, he stands in none that can
 * more than his, and nothing comes into sight by it that he does not see (sales/people/handed.h).  The owner reads what
 * became of roles in one list, the actor at each change, and hears of it at once.
 *
 * One person at least can always change roles and people.  A changed role, unit or blocking counts at the next request
 * on every server. */
#ifndef SALES_PEOPLE_PEOPLE_H
#define SALES_PEOPLE_PEOPLE_H

#include "api/route.h"
#include "core/words.h"
#include "entity/entity.h"

#define USER_LANGUAGES(X) X(USER_RU, ru) X(USER_EN, en)
CHOICE(UserLanguage, USER_LANGUAGE_NONE, USER_LANGUAGES, user_languages);

#define ABSENCE_WHYS(X)                                                                            \
    X(ABSENCE_LEAVE, leave) X(ABSENCE_ILLNESS, illness) X(ABSENCE_TRIP, trip) X(ABSENCE_OTHER, other)
CHOICE(AbsenceWhy, ABSENCE_WHY_NONE, ABSENCE_WHYS, absence_whys);

extern const char *const right_scopes[]; /* own team all: the places are those of Scope */

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/people/user.def"
} User;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/people/unit.def"
} Unit;

typedef struct {
    ChildHead base;
#define FIELD AS_MEMBER
#include "sales/people/role_right.def"
} RoleRight;

typedef struct {
    Record base;
#define FIELD    AS_MEMBER
#define CHILDREN AS_MEMBERS
#include "sales/people/role.def"
} Role;

typedef struct {
    Record base;
#define FIELD AS_MEMBER
#include "sales/people/absence.def"
} Absence;

extern const Entity absence_entity;
extern const Entity user_entity, unit_entity, role_entity, role_right_entity;

extern const Route   people_routes[];
extern const Handler absence_handlers[];
extern const Handler people_handlers[]; /* for the list in app/: ends with an empty row */

/* Rights that are about no entity with rows. */
typedef struct {
    const char *name;
    const char *verbs[6]; /* up to the first null */
} Place;

extern const Place places[]; /* analysis journal backup firm field …; ends with an empty row */

/* ---- roles that come with the program ---- */

/* At the start, when the entities are known: each right there is becomes the owner's, and seeds say what roles come
 * with. */
void rights_gather(void);

int rights_most(void); /* how many there are: no role can have more */

extern const struct SeedWay role_seeds;

/* What the seeds of this version give the role, by its key; none for a role of the firm's own, or that it has named
 * anew. */
void role_at_start(Work *w, Str name_key, Role *out);

/* The role that came under this key ("role.owner"); NOT_FOUND. */
Err role_by_key(Work *w, const char *name_key, int64_t *id);

/* ---- deeds ---- */

/* A new person with a password whose hash has been computed; from a writing work.  Returns his id. */
Err user_make(Work *w, const User *user, Str hash, int64_t *id);

#endif
