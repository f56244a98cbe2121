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

bool sees_in_team(Work *w, int64_t viewer, int64_t owner)
{
    int64_t one = 0;
    return db_int(w->db, SQL_SEES_IN_TEAM, VALS(val_int(viewer), val_int(owner)), &one) == OK;
}

Err access_sees_count(Work *w, int64_t most, int64_t *n)
{
    return db_int(w->db, SQL_SEES_COUNT, VALS(val_int(w->who->user), val_int(most)), n);
}

Err access_teams_changed(Work *w)
{
    TRY(db_run(w->db, SQL_SEES_REMOVE, VALS(val_int(w->today)), NULL));
    return db_run(w->db, SQL_SEES_ADD, VALS(val_int(w->today)), NULL);
}

/* So long that a clock which ran ahead takes nobody's loan. */
#define LOANS_KEPT_MS (INT64_C(366) * 24 * 3600 * 1000)
enum { STANDS_IN_KEPT = 31 };

Err access_teams_round(Work *w, void *nothing)
{
    (void)nothing;
    TRY(db_run(w->db, SQL_STANDS_IN_OVER, VALS(val_int(w->today - STANDS_IN_KEPT)), NULL));
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
    TRY(db_query(w->db, SQL_SEES_WITHIN,
                 VALS(val_int(w->who->user), val_int(user), val_int(role), val_int(w->today)), &row));
    if (rows_next(&row) && !row_null(&row, 0)) {
        out->own  = (Scope)row_int(&row, 0);
        out->team = (Scope)row_int(&row, 1);
    }
    return rows_end(&row);
}

/* ---- lending ---- */

static Err loans_put(Work *w, const Loan *loans, ptrdiff_t n)
{
    enum { COLUMNS = 9 };
    Arena scratch = w->scratch;
    Val  *vals    = NEW_RAW(&scratch, Val, n * COLUMNS), *v = vals;
    for (ptrdiff_t i = 0; i < n; i++) {
        const Loan *loan = &loans[i];
        if (loan->until <= w->now) continue;
        *v++ = val_int(loan->user);
        *v++ = val_text(str_of(loan->entity));
        *v++ = val_int(loan->record);
        *v++ = val_int(loan->cause);
        *v++ = val_int(loan->until);
        *v++ = val_int(loan->level);
        *v++ = loan->why.n ? val_text(loan->why) : val_null();
        *v++ = w->actor ? val_int(w->actor) : val_null();
        *v++ = val_int(w->now);
    }
    return v == vals ? OK : db_many(w->db, SQL_GIVEN_PUT, vals, COLUMNS, (v - vals) / COLUMNS, NULL);
}

static Err loans_remove(Work *w, const Loan *loans, ptrdiff_t n)
{
    enum { COLUMNS = 4 };
    Arena scratch = w->scratch;
    Val  *vals    = NEW_RAW(&scratch, Val, n * COLUMNS), *v = vals;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (loans[i].until > w->now) continue;
        *v++ = val_int(loans[i].user);
        *v++ = val_text(str_of(loans[i].entity));
        *v++ = val_int(loans[i].record);
        *v++ = val_int(loans[i].cause);
    }
    return v == vals ? OK : db_many(w->db, SQL_GIVEN_REMOVE, vals, COLUMNS, (v - vals) / COLUMNS, NULL);
}

Err access_give(Work *w, const Loan *loans, ptrdiff_t n)
{
    TRY(loans_put(w, loans, n));
    return loans_remove(w, loans, n);
}

Err access_stands_in(Work *w, const StandIn *in)
{
    TRY(db_run(w->db, SQL_STANDS_IN_REMOVE, VALS(val_int(in->said_by)), NULL));
    if (!in->user) return OK;
    return db_run(w->db, SQL_STANDS_IN_PUT,
                  VALS(val_int(in->said_by), val_int(in->user), val_int(in->for_user), val_int(in->from),
                       val_int(in->until)),
                  NULL);
}

/* A random edition: one that was rolled back never comes again, so nobody can hold rights under it that were never
 * committed. */
Err access_roles_changed(Work *w)
{
    int64_t edition = (int64_t)randombytes_random() << 20 | randombytes_uniform(1 << 20);
    return db_run(w->db, SQL_RIGHTS_EDITION, VALS(val_int(edition)), NULL);
}
