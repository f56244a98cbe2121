/* `sbyt analyze --json`: the report as one line of JSON for programs.
 *
 * The order of the keys is part of the promise, so that two answers can be compared byte for byte.  Money is text with
 * two digits behind the point; shares are numbers in percent with six; reasons and statuses are words for programs, the
 * same in every language. */
#ifndef APP_ANALYZE_JSON_H
#define APP_ANALYZE_JSON_H

#include "analysis/findings.h"
#include "sales/reading/sales_file.h"

/* `found` null: the findings were not asked for, and are not there. */
void analyze_json(const Report *r, const Findings *found, const SalesRead *read, Buf *out);

#endif
