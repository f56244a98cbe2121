/* Reports as tables: what 1C and spreadsheets print to be looked at, read row by row as what was sold.
 *
 *   grouped   client, product and document stand in one another, each in a row of its own: by the outline of the sheet,
 *             by indents, in columns of their own, by bold type, with a day in the rows of details alone, or with
 *             nothing but figures that are what the rows below them add up to
 *   crossed   months, quarters, weeks or products stand in the head, a column each
 *
 * or both at once.  A row of the table is one detail (and one column of the head): the names above it, the cells beside
 * it, its period or product, its figures.  Sums are never rows: they are compared with their details as the rows go by,
 * and what does not add up ends the reading with its place.
 *
 * Memory: a row, and the names and sums of the levels that are open. */
#ifndef SALES_READING_UNFOLD_H
#define SALES_READING_UNFOLD_H

#include "format/recognise.h"
#include "sales/reading/sales_file.h"

enum { ACROSS_MAX = 1000, MEASURES_MAX = 8 };

typedef enum {
    LEVELS_NONE, LEVELS_OUTLINE, LEVELS_INDENT, LEVELS_COLUMN, LEVELS_BOLD, LEVELS_DAY, LEVELS_SUMS
} LevelsBy;

/* What a column of the report is. */
typedef struct {
    enum { PART_NOTHING, PART_KEPT, PART_VALUE, PART_SUM } part; /* SUM: of the values of a measure beside it */
    int  out;    /* KEPT: its column of the table                       */
    int  across; /* VALUE: which of the columns of the head             */
    int  measure;/* VALUE and SUM                                       */
    bool adds;   /* its figures add up, so that sums can be compared    */
    bool sums;   /* it sums others, and is left out                     */
    Str  name;
} ReportColumn;

typedef struct {
    FormReport    says;
    LevelsBy      by;
    int           mark[REPORT_LEVELS_MAX]; /* outline, indent or column of each level              */
    int64_t      *group_at;       /* [groups] LEVELS_SUMS: numbers of the rows looked at that are groups */
    int           groups;
    int           label, day_at;  /* columns: of the names, unless each level has its own; of days (LEVELS_DAY) or -1 */
    int           columns;
    ReportColumn *column;         /* [columns] of the report                                       */
    int           across;
    Str          *across_text;    /* [across] the day its period begins with, 2026-01-01, or the product */
    const char   *across_key;     /* of words/: report.across.months ...; null: nothing is crossed */
    int           measures;
    Str          *measure_name;   /* [measures] as the head has them; empty: it does not say       */
    int          *value_at;       /* [across * measures] column of the report, -1: none            */
    int           day_level, day_out, across_out, measure_out; /* -1: none                         */
    int           out_columns;
    Str          *out_name;       /* [out_columns]                                                 */
} UnfoldPlan;

/* Finds out what the report is, but for what the wish says: the column of the names, what stands across, which columns
 * are sums; wish->levels are taken where as many were found.  NOT_FOUND: it is none.
 * INVALID with a problem: it is one that cannot be read: report.too_deep (row), report.no_year (text), report.too_wide
 * (columns), report.head_missing, report.nothing_across, import.bad_form (columns that it does not have). */
Err unfold_find(Arena *mem, const Recognised *r, const SalesColumns *c, const FormReport *wish, UnfoldPlan *out,
                Problems *problems);

/* A row of the report. */
typedef struct {
    int64_t         number;
    const Str      *cell; /* [count] untrimmed */
    int             count, outline;
    const CellLook *look; /* null: a text */
} ReportRow;

typedef struct Unfold Unfold;

Unfold *unfold_begin(Arena *mem, const UnfoldPlan *plan, NumberForm number);

/* Takes a row, whose cells must stay until unfold_next has said false.  INVALID with a problem: report.total_differs,
 * report.level_changes, report.no_details. */
Err     unfold_take(Unfold *u, const ReportRow *row, Problems *problems);

/* The next row of the table that came of it; its cells stay until the next call. */
bool    unfold_next(Unfold *u, int64_t *number, const Str **cell, int *count);

/* All rows were taken: compares what is still open. */
Err     unfold_end(Unfold *u, Problems *problems);

int64_t unfold_sums(const Unfold *u, int64_t *first); /* rows that were sums, and the first of them */

/* Which level the row is of by its looks; -1: none of them, -2: it has nothing to stand by. */
int     report_level(const UnfoldPlan *plan, const ReportRow *row);
Str     report_label(const UnfoldPlan *plan, const ReportRow *row, int level); /* trimmed */
Str     report_cell(const ReportRow *row, int column); /* trimmed; empty where there is none */
bool    day_inside(Str text, Day *out); /* `Реализация … от 14.01.2026 11:20:05`: the first day that stands in it */
int     report_indent(const ReportRow *row, int column); /* as it looks: blanks in front, or the sheet's indent */

#endif
