/* The example firm put into the base: its people, clients, goods and three years of sales. */
#ifndef SALES_EXAMPLE_EXAMPLE_LOAD_H
#define SALES_EXAMPLE_EXAMPLE_LOAD_H

#include "api/route.h"
#include "work/jobs.h"

/* Kind of job.  CONFLICT where clients are already: the example is for an empty base. */
Err example_run(Work *w, Job *job);

/* The same without a job, from a slow work; CONFLICT too where it has been begun before. */
Err example_load(Work *w, Day to);

extern const Route example_routes[];

#endif
