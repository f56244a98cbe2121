/* A table for the terminal: columns as wide as their longest cell, two blanks between them. */
#ifndef APP_TEXT_TABLE_H
#define APP_TEXT_TABLE_H

#include "core/buf.h"

enum { TEXT_COLUMNS = 16, TEXT_CELL_MAX = 44 };

typedef struct {
    Arena    *mem;
    int       columns;
    bool      right[TEXT_COLUMNS]; /* figures stand at the right edge of their column           */
    Str      *cell;                /* row by row; the first row is the heading                   */
    ptrdiff_t count, room;
} TextTable;

TextTable text_table(Arena *mem, int columns, ptrdiff_t rows);

/* The next cell, row by row; a text longer than TEXT_CELL_MAX characters is cut and ends in an ellipsis. */
void text_cell(TextTable *t, Str cell);

void text_table_put(const TextTable *t, Buf *out);

/* Characters, not bytes. */
int  text_width(Str s);

/* Takes the power over the terminal from a text that holds names out of a stranger's file: control characters other
 * than the end of a line become question marks. */
void text_disarm(char *text, ptrdiff_t n);

#endif
