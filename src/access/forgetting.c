/* What was over at one look goes at the next. */
#include "access/forgetting.h"

#include "access/access_sql.h"
#include "access/idempotency.h"
#include "access/session.h"
#include "work/work.h"

/* The round looks at the beginning of each day: two looks are a day apart, but for what the round was late. */
#define APART_MS (INT64_C(20) * 3600 * 1000)

Err forget_what_is_over(Work *w, Err (*also)(Work *w, Moment looked))
{
    Moment looked;
    TRY(db_int(w->db, SQL_FORGETTING_LOOKED, NO_VALS, &looked));
    if (looked <= w->now && w->now - looked < APART_MS) return OK;
    if (looked <= w->now) {
        TRY(sessions_clear(w, looked));
        TRY(idempotency_clear(w, looked));
        TRY(also(w, looked));
    }
    return db_run(w->db, SQL_FORGETTING_LOOK, VALS(val_int(w->now)), NULL);
}
