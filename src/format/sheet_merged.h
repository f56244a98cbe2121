/* Merged cells of a sheet as its rows go by: for readers of workbooks.
 *
 * A text or a day in the first row of a merged cell stands for all of its rows, in its first column: a client beside
 * ten sales is the client of ten.  A figure stays where it is: merged over ten rows it is of all of them together.
 * Nothing is said of the other columns but how many they are, which heads are put together by (format/header.c).
 *
 * Nothing is believed: names that go down further than the file may unfold to are a bomb, whatever the areas say. */
#ifndef FORMAT_SHEET_MERGED_H
#define FORMAT_SHEET_MERGED_H

#include "format/sheet_row.h"

enum { MERGED_MAX = 1 << 20, MERGED_NAME_MAX = 1000, MERGED_HEAD_ROWS = 100, MERGED_CELL_COSTS = 32 };

/* Rows from 1, columns from 0. */
typedef struct {
    int32_t first, last;
    int     column, across;
} MergedArea;

typedef struct MergedName MergedName;

typedef struct {
    Arena       *mem;
    MergedArea  *area;     /* [n]                                             */
    ptrdiff_t    n, room, next;
    bool         sorted;
    MergedName **name;     /* by column: what goes down in it                 */
    int         *open;     /* [opens] columns in which something goes down    */
    int          opens;
    int64_t      told, may;/* bytes of cells filled; how many there may be    */
} Merged;

/* packed: bytes of the file. */
void merged_new(Merged *m, Arena *mem, int64_t packed);
void merged_begin(Merged *m); /* with a sheet, of which nothing is known yet */
void merged_again(Merged *m); /* with the first row of the same sheet        */

/* Both ends are of the area; what lies outside of any sheet is none.  False: there are more than MERGED_MAX
 * (file.too_many_merged, part). */
bool merged_add(Merged *m, int64_t first, int64_t last, int64_t column, int64_t last_column);

/* Rows come in their order.  INVALID: file.bomb. */
Err  merged_fill(Merged *m, int64_t number, RowText *row, Problems *problems);

#endif
