/* Inside of sales/reading/unfold: what is found out about a report, part by part. */
#ifndef SALES_READING_UNFOLD_INSIDE_H
#define SALES_READING_UNFOLD_INSIDE_H

#include "sales/reading/columns_inside.h"
#include "sales/reading/unfold.h"

typedef struct {
    Arena              *mem;
    const Recognised   *r;
    const SalesColumns *c;     /* what its columns would be if it were a table */
    const FormReport   *wish;  /* what a person said           */
    UnfoldPlan         *plan;
    Problems           *problems;
    ptrdiff_t           rows;  /* of the sample that stand together            */
} UnfoldFind;

/* A period that heads a column. */
typedef struct {
    Day  day;     /* its first                                                     */
    int  rank;    /* 0: a day, a week or a month; 1: a quarter; 2: a half; 3: a year */
    Str  rest;    /* of the name: what is measured                                 */
    bool no_year; /* only the month stands there: the day is of the year 2000      */
} HeadPeriod;

bool       head_period(Arena *mem, Str name, HeadPeriod *out);

/* The name of a column of days that the table does not have. */
Str        column_of_days(const Recognised *r);

/* The first and the last year that stand over the table; 0: none does. */
void       years_over(const Recognised *r, int64_t *first, int64_t *last);

/* Is the column one that sums others: by what a person said of it, or, where nothing was said, as it was found? */
bool       column_sums(const UnfoldFind *f, int column, bool found);

/* Sets what stands across the columns: part, across, measure of each.  OK where nothing does.  INVALID
 * (report.nothing_across) where a person said that something does. */
Err        across_find(UnfoldFind *f);

/* Sets by, mark, label, day_at and the levels.  OK where rows do not stand in one another. */
Err        levels_find(UnfoldFind *f);
void       levels_by_sums(UnfoldFind *f); /* groups that only their figures tell */
void       levels_say(UnfoldFind *f); /* who or what each level is */

ReportRow  report_row(const SampleRow *row);
int64_t    row_number(const Recognised *r, ptrdiff_t i); /* as people count */
bool       sums_others(const SampleRow *row);
bool       name_sums(Str name); /* of a column: `Итого`, `Всего, руб.` */
bool       holds_day(Str text); /* `… от 14.01.2026` */

#endif
