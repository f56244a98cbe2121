/* Leases of jobs, watched. */
#include "work/job_leases.h"

#include "work/inside.h"
#include "work/job_sql.h"

enum { LEASE_MS = 30000 };

Moment lease_until(void) { return clock_now(&(Clock){ 0 }) + LEASE_MS; }

/* How long the lease has been seen to stay as it is. */
static int64_t lease_still(const Leases *leases, int64_t id, int64_t until, int64_t ticks)
{
    for (int i = 0; i < leases->count; i++)
        if (leases->at[i].id == id && leases->at[i].until == until) return ticks - leases->at[i].since;
    return 0;
}

Err leases_over(Work *w, Leases *leases, int64_t *over, ptrdiff_t *n)
{
    Leases  seen  = { .count = 0 };
    int64_t ticks = clock_ticks(), most = w->lanes->options.lease_ms ? w->lanes->options.lease_ms : LEASE_MS;
    Rows    rows;
    *n = 0;
    TRY(db_query(w->db, SQL_JOB_RUNNING, NO_VALS, &rows));
    while (seen.count < LEASES_MOST && rows_next(&rows)) {
        int64_t id = row_int(&rows, 0), until = row_int(&rows, 1), still = lease_still(leases, id, until, ticks);
        seen.at[seen.count++] = (Lease){ id, until, ticks - still };
        if (until == 0 || still >= most) over[(*n)++] = id;
    }
    *leases = seen;
    return rows_end(&rows);
}
