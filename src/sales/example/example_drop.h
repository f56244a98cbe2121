/* The example firm taken out of the base again. */
#ifndef SALES_EXAMPLE_EXAMPLE_DROP_H
#define SALES_EXAMPLE_EXAMPLE_DROP_H

#include "api/route.h"
#include "work/jobs.h"

/* Kind of job: the records of the example go, and the sales to its clients; what people's own records need stays. */
Err example_drop_run(Work *w, Job *job);

extern const Route example_drop_routes[];

#endif
