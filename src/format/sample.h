/* Rows of a file for looking at: from its beginning, its middle and its end.  What recognising a table leans on. */
#ifndef FORMAT_SAMPLE_H
#define FORMAT_SAMPLE_H

#include "format/csv.h"
#include "format/dates.h"
#include "format/number.h"
#include "format/sheets.h"

typedef struct {
    Str      *cell; /* [count] UTF-8                                                              */
    int       count;
    int64_t   at;   /* where the row begins: byte of the text it was cut from, or rows above it in a sheet */
    int       outline;    /* of a sheet: how deep the row is folded away                              */
    const CellLook *look; /* [count] of a sheet; null: a text                                         */
} SampleRow;

typedef struct {
    SampleRow *row;
    ptrdiff_t  rows, room;
    CsvFault   fault;    /* what ended the reading */
    ptrdiff_t  fault_at;
} Sample;

Sample sample_new(Arena *mem, ptrdiff_t room);

/* Adds at most `limit` rows of the text; rows without anything in them are left out.  columns > 0: only rows that have
 * so many. */
void   sample_text(Sample *s, Arena *mem, Str text, char delimiter, bool quotes, ptrdiff_t limit, int columns);

/* Adds a row whose cells are kept by reference. */
void   sample_row(Sample *s, SampleRow row);

int    row_filled(const SampleRow *row); /* cells with something in them */
Str    row_cell(const SampleRow *row, int column); /* trimmed; empty where the row is shorter */

/* What the cells of one column look like. */
typedef struct {
    int64_t     filled, texts;  /* cells with something in them; of these neither number nor date */
    NumberVotes numbers;
    DayVotes    days;
} ColumnSeen;

typedef enum { SEEN_NOTHING, SEEN_TEXT, SEEN_NUMBER, SEEN_DAY } SeenKind;

void     column_see(ColumnSeen *seen, Str cell);
SeenKind column_kind(const ColumnSeen *seen); /* what seven of ten filled cells are; a date before a number */
bool     cell_fits(Str cell, SeenKind kind);

/* Which character parts the cells, and whether quotes embrace them.  Sets delimiter, quotes and columns of the form;
 * what is not 0 in delimiter was told and stays. */
void delimiter_find(Arena scratch, Str head, TableForm *form);

/* Where the table begins: titles above it, a header of one or several rows (merged cells, units, column numbers), or
 * none. */
typedef struct {
    bool      header;
    ptrdiff_t names_at;/* row of the sample: the first one of the header                         */
    ptrdiff_t first;  /* row of the sample: the last one of the header, or the first of the body */
    ptrdiff_t body;   /* the first row of the body                                              */
    int       width;  /* cells of the widest row of the header; without one: columns            */
    Str      *names;  /* [columns] joined over the rows of the header; empty without one        */
} TableTop;

/* header: -1 find out, 0 there is none, 1 there is one. */
TableTop table_top(Arena *mem, const Sample *s, int columns, int header);

#endif
