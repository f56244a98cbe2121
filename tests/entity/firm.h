/* A small firm on both databases: migrated, with the entities of sales, and works that a test holds in its hand.
 *
 *     ON_BOTH(base) {
 *         Firm  firm = firm_open(&base, t);
 *         Work *w    = deed(&firm);
 *         EQUAL(record_save(w, &client_entity, &client), OK);
 *         EQUAL(deed_end(&firm, OK), OK);
 *         firm_close(&firm);
 *     }
 *
 * A deed is a work of the writer lane that waits for the test: everything between deed and deed_end is one
 * transaction. */
#ifndef TESTS_ENTITY_FIRM_H
#define TESTS_ENTITY_FIRM_H

#include "access/access.h"
#include "entity/record.h"
#include "tests/store/base.h"
#include "work/lanes.h"

typedef struct Held Held;

typedef struct {
    Base        *base;
    Test        *t;
    Lanes       *lanes;
    Held        *held;     /* the deed in hand             */
    const Actor *who;      /* of the next deeds            */
} Firm;

Firm  firm_open(Base *base, Test *t);
void  firm_close(Firm *firm);

Work *deed(Firm *firm);
Err   deed_end(Firm *firm, Err err); /* OK commits, anything else rolls back; gives what became of it */

/* Somebody with these rights: "client:view:own client:change:team sale:view:all:finance". */
const Actor *somebody(Test *t, int64_t user, const char *rights);

/* The words of the first problem: "inn field.too_long"; empty when there is none. */
Str first_problem(Work *w);

extern const Entity *const firm_entities[];

extern const JobKind *firm_jobs; /* of the firms opened from now on; null: none are run */
extern Err (*firm_client_saved)(Work *w, const Event *event); /* what hears of saved clients besides; null: nothing */

#endif
