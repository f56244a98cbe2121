/* Is a file a report, and how is it a table? */
#ifndef SALES_READING_REPORT_H
#define SALES_READING_REPORT_H

#include "core/words.h"
#include "sales/reading/unfold.h"

/* A report as it stood before it became a table. */
typedef struct ReportSeen {
    Recognised as;
    UnfoldPlan plan;
} ReportSeen;

/* What a row of it is. */
typedef struct {
    int64_t number; /* as people count */
    int     level;  /* from 0, -1: none */
    bool    sums;   /* it sums others and is no row of the table */
} ReportLine;

ReportLine report_line(const ReportSeen *seen, ptrdiff_t row);

/* The names of the columns as the next file of this kind will have them: whichever periods stand across it.  Empty
 * where no column has a name. */
Str report_shape(Arena *mem, const Recognised *r);

/* Are the rows read as the same table? */
bool report_same(const TableForm *one, const TableForm *other);

/* A file that was recognised as a table and is a report becomes the table that it unfolds to: names, rows seen, columns
 * and r->form.report; r->report is what it was.  `wish` is what a person said of it.  INVALID as unfold_find, and as
 * unfold_take for the rows that are looked at; report.none_found: he said that it is one, and it is none. */
Err report_recognise(Arena *mem, Str file, const FormReport *wish, Recognised *r, Problems *problems);

/* The plan of a file that was recognised so before. */
Err report_plan(Arena *mem, Str file, const TableForm *form, UnfoldPlan *out, Problems *problems);

/* The first rows again, as r->form reads them, and what their columns look like; file.no_rows. */
Err rows_see(Arena *mem, Str file, Recognised *r, Problems *problems);

/* `клиент → документ → товар, месяцы по столбцам`; empty for a table. */
Str report_said(Arena *mem, const Recognised *r, Lang lang);

#endif
