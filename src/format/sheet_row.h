/* A row of a sheet while its cells are put together, and how values become the text of a cell: for readers of
 * workbooks. */
#ifndef FORMAT_SHEET_ROW_H
#define FORMAT_SHEET_ROW_H

#include "format/sheets.h"

typedef struct {
    Str       text;  /* that lies elsewhere           */
    ptrdiff_t at, n; /* or a piece of the row's own   */
    CellLook  look;
} CellText;

typedef struct {
    Buf       text;  /* of all cells, one behind another          */
    ptrdiff_t begin; /* of the current one                        */
    CellText *cell;  /* [room]                                    */
    Str      *out;   /* [room]                                    */
    CellLook *looks; /* [room]                                    */
    CellLook  look;  /* of the cell that ends next                */
    int       count, room;
} RowText;

void row_new(RowText *r, Arena *mem, int room);
void row_clear(RowText *r);

/* The cell is what was written to r->text since r->begin, or `text` when nothing was; an empty one is none.  The next
 * one begins here.  column: 0..room-1, in any order. */
void row_cell_ends(RowText *r, int column, Str text);

/* The cell at a column stands in `times` columns beside each other, itself counted: within the room. */
void row_cell_repeats(RowText *r, int column, int times);

/* What row_clear began, as its reader sees it; until the next row. */
SheetRow row_given(const RowText *r, int64_t number);

/* `2024-03-05`, with ` 08:26:00` where the serial has a fraction; false for what is no day of 1900..2199. */
bool put_moment(Buf *b, int64_t nano_days, bool from_1904);

/* A number as text: 7.7E+9 is 7700000000, with as many of nine places as there is room for. */
void put_number(Buf *b, Str value, char decimal);

/* Bytes in an encoding; what is no character of UTF-8 becomes U+FFFD. */
void put_text(Buf *b, Encoding encoding, Str bytes);

/* The shortest decimal that is the number, up to fifteen digits. */
void put_double(Buf *b, double value, char decimal);

/* What a cell with a number shows. */
void put_value(Buf *b, double value, char decimal, bool date, bool from_1904);

#endif
