/* Whose rows a person sees: the table `sees`, written out from units and heads, and the records lent to him. */
#include "access/access.h"

#include "access/access_sql.h"
#include "work/work.h"

#include <sodium.h>

bool sees(Work *w, int64_t viewer, int64_t owner)
{
    int64_t one = 0;
    return db_int(w->db, SQL_SEES_PAIR, VALS(val_int(viewer), val_int(owner)), &one) == OK;
}

Err access_teams_changed(Work *w)
{
    TRY(db_run(w->db, SQL_SEES_REMOVE, NO_VALS, NULL));
    return db_run(w->db, SQL_SEES_ADD, NO_VALS, NULL);
}

Err access_give(Work *w, const char *entity, int64_t record, int64_t user, Moment until)
{
    if (until <= w->now)
        return db_run(w->db, SQL_GIVEN_REMOVE,
                      VALS(val_int(user), val_text(str_of(entity)), val_int(record)), NULL);
    return db_run(w->db, SQL_GIVEN_PUT,
                  VALS(val_int(user), val_text(str_of(entity)), val_int(record), val_int(until)), NULL);
}

/* A random edition: one that was rolled back never comes again, so nobody can hold rights under it that were never committed. */
Err access_roles_changed(Work *w)
{
    int64_t edition = (int64_t)randombytes_random() << 20 | randombytes_uniform(1 << 20);
    return db_run(w->db, SQL_RIGHTS_EDITION, VALS(val_int(edition)), NULL);
}
