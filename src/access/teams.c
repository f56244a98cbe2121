/* Whose rows a person sees: the table `sees`, written out from units and heads, and the records lent to him. */
#include "access/access.h"

#include "access/access_sql.h"
#include "work/work.h"

#include <sodium.h>
#include <string.h>

bool sees(Work *w, int64_t viewer, int64_t owner)
{
    int64_t one = 0;
    return db_int(w->db, SQL_SEES_PAIR, VALS(val_int(viewer), val_int(owner)), &one) == OK;
}

Err access_sees_count(Work *w, int64_t most, int64_t *n)
{
    return db_int(w->db, SQL_SEES_COUNT, VALS(val_int(w->who->user), val_int(most)), n);
}

Err access_teams_changed(Work *w)
{
    TRY(db_run(w->db, SQL_SEES_REMOVE, NO_VALS, NULL));
    return db_run(w->db, SQL_SEES_ADD, NO_VALS, NULL);
}

/* So long that a clock which ran ahead takes nobody's loan. */
#define LOANS_KEPT_MS (INT64_C(366) * 24 * 3600 * 1000)

Err access_teams_round(Work *w, void *nothing)
{
    (void)nothing;
    TRY(db_run(w->db, SQL_GIVEN_OVER, VALS(val_int(w->now - LOANS_KEPT_MS)), NULL));
    return access_teams_changed(w);
}

Err access_teams_coming(Work *w, TeamSight **out, ptrdiff_t *n)
{
    ptrdiff_t room = 0;
    Rows      row;
    *n = 0;
    TRY(db_query(w->db, SQL_SEES_COMING, VALS(val_int(w->who->user)), &row));
    while (rows_next(&row)) {
        if (*n == room) {
            TeamSight *wider = NEW_RAW(w->mem, TeamSight, room * 2 + 16);
            if (*n) memcpy(wider, *out, sizeof(TeamSight) * (size_t)*n);
            *out = wider;
            room = room * 2 + 16;
        }
        (*out)[(*n)++] = (TeamSight){ .role = row_int(&row, 0), .team = (Scope)row_int(&row, 1) };
    }
    return rows_end(&row);
}

Err access_sight(Work *w, int64_t user, int64_t role, TeamSight *out)
{
    Rows row;
    *out = (TeamSight){ .role = role };
    TRY(db_query(w->db, SQL_SEES_WITHIN, VALS(val_int(w->who->user), val_int(user), val_int(role)), &row));
    if (rows_next(&row) && !row_null(&row, 0)) {
        out->own  = (Scope)row_int(&row, 0);
        out->team = (Scope)row_int(&row, 1);
    }
    return rows_end(&row);
}

Err access_give(Work *w, const char *entity, int64_t record, int64_t user, Moment until)
{
    if (until <= w->now)
        return db_run(w->db, SQL_GIVEN_REMOVE,
                      VALS(val_int(user), val_text(str_of(entity)), val_int(record)), NULL);
    return db_run(w->db, SQL_GIVEN_PUT,
                  VALS(val_int(user), val_text(str_of(entity)), val_int(record), val_int(until)), NULL);
}

/* A random edition: one that was rolled back never comes again, so nobody can hold rights under it that were never
 * committed. */
Err access_roles_changed(Work *w)
{
    int64_t edition = (int64_t)randombytes_random() << 20 | randombytes_uniform(1 << 20);
    return db_run(w->db, SQL_RIGHTS_EDITION, VALS(val_int(edition)), NULL);
}
