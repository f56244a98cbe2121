/* What the columns of a file of records fill, and what a cell of one says. */
#ifndef SALES_EXCHANGE_RECORD_CELLS_H
#define SALES_EXCHANGE_RECORD_CELLS_H

#include "sales/exchange/import_run.h"

typedef struct {
    Str             name;  /* as in the plan                       */
    int             at;    /* in the file                          */
    const Field    *field;
    const Children *list;  /* null: a field of the record itself   */
} RecordColumn;

/* INVALID with words unless the entity has such a field, or a list with it, that a file may fill and the actor may see. */
Err record_column(ImportRun *run, const Entity *e, const ImportColumn *from, RecordColumn *out);

/* The value of a cell that is not blank; a reference is its text still.  Gives the key of what is wrong with it; null: nothing. */
const char *record_cell(ImportRun *run, const Entity *e, const Field *f, Str cell, Value *out);

#endif
