/* Which servers that run jobs have gone.
 *
 * A server that runs a job writes into its row, each second, until when it will be heard of.  That is for people to
 * read: clocks of two servers may differ, and be set back.  Whether a lease is over is found by watching it: one that
 * has not changed for its time here is over. */
#ifndef WORK_JOB_LEASES_H
#define WORK_JOB_LEASES_H

#include "work/work.h"

enum { LEASES_MOST = 64 };

/* A job that some server runs, as it was last seen here. */
typedef struct {
    int64_t id, until, since; /* since: ticks */
} Lease;

typedef struct {
    Lease at[LEASES_MOST];
    int   count;
} Leases;

/* What the row of a job says from now on. */
Moment lease_until(void);

/* The running jobs whose server has not been heard of, at most LEASES_MOST; 0 until when: their server is known to be
 * dead. */
Err leases_over(Work *w, Leases *leases, int64_t *over, ptrdiff_t *n);

#endif
