/* The options of `sbyt analyze`, read and checked. */
#ifndef APP_ANALYZE_OPTIONS_H
#define APP_ANALYZE_OPTIONS_H

#include "analysis/report.h"
#include "analysis/tally.h"
#include "app/options.h"

typedef struct {
    const char    *path;
    const char    *columns; /* as it was given; null: recognise them      */
    TallySettings  tally;
    ReportSettings report;
    bool           json;
    bool           findings; /* in the JSON too: elsewhere they are always told */
    const char    *xlsx;    /* where to write the workbook; null: nowhere */
} AnalyzeOptions;

/* INVALID with a problem (analyze.no_file, analyze.bad_cuts, analyze.bad_day, analyze.bad_period, analyze.bad_returns,
 * those of options_read). */
Err analyze_options(Call *call, AnalyzeOptions *out);

/* FROM..TO, each a day (2024-03-05 or 05.03.2024), a month (2024-03) or a year (2024), or nothing for an open end; a
 * single month or year is itself.  Both ends belong to it.  False for anything else or an end before the beginning. */
bool period_read(Str text, Day *from, Day *to);

/* `80,95`: two percents with up to four digits behind a point, each a Ratio.  The decimal sign is a point because the
 * comma parts them; a semicolon may part them as well. */
bool cuts_read(Str text, Ratio *one, Ratio *other);

#endif
