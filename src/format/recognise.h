/* How a file of rows is written, found out from its bytes: never from its name, never from what somebody hoped.
 *
 * A text is looked at in its beginning and in fifteen places through to its end (300 KiB in all), a workbook in the
 * first rows of a sheet.  The answer is a form every reader obeys, the names of the columns, what their cells look
 * like, and the rows seen. */
#ifndef FORMAT_RECOGNISE_H
#define FORMAT_RECOGNISE_H

#include "format/sample.h"
#include "format/sheets.h"

/* What a person has said already; the rest is found out.  All zero but sheet and header: nothing was said
 * (FORM_WISH). */
typedef struct {
    bool     has_encoding;
    Encoding encoding;
    char     delimiter; /* 0: find out                               */
    int      sheet;     /* -1: the first one with rows, hidden ones last */
    int      header;    /* -1: find out; 0: there is none; 1: there is */
    FormReport report;  /* for sales/reading/unfold.h                   */
} FormWish;

#define FORM_WISH ((FormWish){ .sheet = -1, .header = -1 })

/* What a form says that somebody sent back with changes; its numbers, days and columns are found out again. */
FormWish form_wish(const TableForm *form);

typedef struct {
    TableForm   form;
    Str        *names;        /* [form.columns] trimmed; empty texts without a header            */
    ColumnSeen *seen;         /* [form.columns]                                                  */
    SampleRow  *row;          /* of the body, in the order of the file                           */
    ptrdiff_t   rows;
    SampleRow  *above;        /* what stands over the body: titles, then the header                  */
    ptrdiff_t   above_rows, header_at; /* of these the first one of the header                       */
    bool        number_doubt; /* thousands and decimals cannot be told apart: form.number is a guess */
    bool        day_doubt;    /* day and month cannot be told apart: form.day is a guess         */
    int64_t     unvalued;     /* formulas without a kept value among the rows that were looked at        */
    int64_t     put_away;     /* the first of these rows that is put away in its sheet; 0: none          */
    Str        *sheet_names;  /* [sheets] of a workbook                                          */
    int         sheets;
    const char *across_key;   /* of words/: what stands across a report that was unfolded       */
    const struct ReportSeen *report; /* sales/reading/report.h: what was unfolded; null: a table as it stands */
    int         joined;       /* sheets that are read as one table; 0: only this one             */
    Str         joined_names; /* of them, and of those with rows that are none of them           */
    Str         left_out;
    Str         other_sheets; /* names of those that whoever chose the sheet could have chosen as well, parted by
                                 commas */
} Recognised;

/* `file` is all of its bytes and stays where it is while `out` is used.  INVALID with a problem when it is no table
 * (keys of format/kind.h and of the readers of workbooks), is broken (file.broken_utf8, file.nul, file.binary,
 * file.cut, file.no_line_end, with row and byte) or has nothing below its header (file.no_rows), or its rows have more
 * cells than its header has names (file.header_short: names, cells). */
Err table_recognise(Arena *mem, Str file, FormWish wish, Recognised *out, Problems *problems);

/* The same for a workbook that is open already; what it says outlives sheets_close. */
Err book_recognise(Arena *mem, Sheets *w, FormWish wish, Recognised *out, Problems *problems);

/* What the cells of the rows look like, again. */
void columns_see(Arena *mem, Recognised *r);

/* Decides form.number and form.day and their doubts again, by the columns that count (counts[form.columns]; null:
 * all). */
void forms_decide(Recognised *r, const bool *counts);

/* The bytes of a file as UTF-8 text behind form->begins, for small files; big ones are converted block by block
 * (format/charset.h). */
Str table_text(Arena *mem, Str file, const TableForm *form);

#endif
