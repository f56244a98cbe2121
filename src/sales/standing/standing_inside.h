/* Between the parts of standing.  Used inside standing/ only. */
#ifndef SALES_STANDING_STANDING_INSIDE_H
#define SALES_STANDING_STANDING_INSIDE_H

#include "entity/export.h"
#include "sales/standing/standing.h"

/* All that `ask` finds, page by page, into a file at `path`, by the rights to export. */
Err standing_export(Work *w, const Ask *ask, ExportForm form, const char *path);

#endif
