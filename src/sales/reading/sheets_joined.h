/* Sheets of one shape read as one table: a month each, a shop each, or the files of an archive (format/sheets.h).
 *
 * A sheet joins the one that was recognised when its table has columns of the same names, in whatever order; of a
 * report, when it unfolds to the same ones.  A sheet in sight that is sales by itself and has other columns is a second
 * shape: the file is refused with its place.  What else has rows (a summary, notes, what is hidden) stays out and is
 * told.  Where no column says the day, the name of the sheet does (`Март 2026`), in a column behind the others. */
#ifndef SALES_READING_SHEETS_JOINED_H
#define SALES_READING_SHEETS_JOINED_H

#include "sales/reading/columns.h"
#include "sales/reading/unfold.h"

typedef struct {
    int               sheet;
    int64_t           begins; /* as of TableForm                                                          */
    bool              header;
    const UnfoldPlan *plan;   /* null: no report                                                          */
    int              *from;   /* [columns] where each column of the table stands here; null: in its place */
    Str               day;    /* 2026-03-01 of its name; n = 0: its columns say it                        */
} SheetPart;

typedef struct {
    SheetPart *part;     /* [parts] in the order of the file        */
    int        parts;
    int        columns;  /* of the table that comes of them         */
    Str       *names;    /* [columns]                               */
    bool       name_day; /* the last column is that of their days   */
    Str        left_out; /* names of sheets that have rows and are no part, parted by commas */
} JoinedSheets;

/* The sheets that join what `first` found in one of them; it alone unless all are asked for.  days: their names say the
 * days.  NOT_FOUND: none joins, and there are no days to say.  INVALID: file.other_shape (sheet, row),
 * file.other_writing (sheet), file.sheet_no_day (sheet), file.sheet_no_year (sheet). */
Err sheets_join(Arena *mem, Sheets *book, const Recognised *first, bool all, bool days, JoinedSheets *out,
                Problems *problems);

/* A file that was recognised (report_recognise) becomes the table of its sheets. */
Err joined_recognise(Arena *mem, Str file, FormWish wish, Recognised *r, Problems *problems);

/* What to read of a file that was recognised so before. */
Err joined_plan(Arena *mem, Str file, const TableForm *form, JoinedSheets *out, Problems *problems);

/* What is told of it, and how much: `12 листов одного вида: январь … декабрь`, what was left out,
 * where the day is from. */
int joined_doubts(const Recognised *r, SalesDoubt *out, int most);

#endif
