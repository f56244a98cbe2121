/* A fresh, empty base of each engine for a case:
 *
 *     CASE("a name is taken once") {
 *         ON_BOTH(base) {
 *             EQUAL(db_run(base.db, …), OK);
 *         }
 *     }
 *
 * SQLite in a temporary folder always; PostgreSQL where SBYT_TEST_PG names a database that may be emptied
 * (tests/with_postgres). */
#ifndef TESTS_STORE_BASE_H
#define TESTS_STORE_BASE_H

#include "store/db.h"
#include "store/migrate.h"
#include "tests/test.h"

typedef struct {
    Db      *db;
    DbEngine engine;
    Str      address;   /* for more connections to the same base */
    char     folder[64];
    int      step;
} Base;

bool base_next(Base *base, Test *t);
#define ON_BOTH(base) for (Base base = { 0 }; base_next(&base, t);)

/* Another connection to the same base; the case fails when there is none. */
Db *base_more(Base *base, Test *t, DbMode mode);

void base_migrate(Base *base, Test *t);

#endif
