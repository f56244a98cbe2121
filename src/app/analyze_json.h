/* `sbyt analyze --json`: the report as one line of JSON for programs.
 *
 * The order of the keys is part of the promise, so that two answers can be compared byte for byte.  Money is text with two digits
 * behind the point; shares are numbers in percent with six; reasons and statuses are words for programs, the same in every language. */
#ifndef APP_ANALYZE_JSON_H
#define APP_ANALYZE_JSON_H

#include "analysis/report.h"
#include "sales/exchange/sales_file.h"

void analyze_json(const Report *r, const SalesRead *read, Buf *out);

#endif
