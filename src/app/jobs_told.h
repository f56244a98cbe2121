/* Jobs that were set aside, told to the administrator: by GET /api/job, which the settings of the firm show, and by
 * `sbyt check`. */
#ifndef APP_JOBS_TOLD_H
#define APP_JOBS_TOLD_H

#include "api/route.h"
#include "core/words.h"

extern const Route job_routes[];

/* One line each; nothing where there is none. */
Err jobs_told(Work *w, Buf *out, Voice voice);

#endif
