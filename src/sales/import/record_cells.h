/* What the columns of a file of records fill, and what a cell of one says. */
#ifndef SALES_IMPORT_RECORD_CELLS_H
#define SALES_IMPORT_RECORD_CELLS_H

#include "sales/import/import_run.h"

enum { PARTS_MOST = 4 }; /* of a cell that stands for several values */

typedef struct {
    Str             name;  /* as in the plan                       */
    int             at;    /* in the file                          */
    const Field    *field;
    const Children *list;  /* null: a field of the record itself   */
    const Field    *reads; /* whose from_cell reads it, and        */
    int             part;  /* which part of the cell it is         */
} RecordColumn;

/* INVALID with words unless the entity has such a field, or a list with it, that a file may fill and the actor may
 * see. */
Err record_column(ImportRun *run, const Entity *e, const ImportColumn *from, RecordColumn *out);

/* What stands in the cells of a column besides what it is for, in places of its own: the КПП behind an ИНН, a second
 * phone.  A field that a column of the file fills is filled by that. */
int record_columns_besides(ImportRun *run, const Entity *e, const RecordColumn *from, RecordColumn *out);

/* The value of a cell that is not blank, empty where the part of it is; a reference or a link is its text still.  Gives
 * the key of what is wrong with it; null: nothing. */
const char *record_cell(ImportRun *run, const Entity *e, const RecordColumn *column, Str cell, Value *out);

/* As a record holds it: a link, whose record has been found, is no text any more. */
Value record_value(Arena scratch, const Field *f, Value v);

#endif
