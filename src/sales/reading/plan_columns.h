/* Which columns of a file an import takes, and what each says. */
#ifndef SALES_READING_PLAN_COLUMNS_H
#define SALES_READING_PLAN_COLUMNS_H

#include "sales/reading/table_rows.h"

enum { IMPORT_COLUMNS_MAX = 200 };

/* A column of the file and what it says: a field of the target, or for sales a role of sales_file.h. */
typedef struct {
    Str name; /* "inn", "x71", "client" */
    int at;   /* index in the file      */
} ImportColumn;

/* {"name":0,"inn":3,"phone":null} into column[IMPORT_COLUMNS_MAX]; null takes nothing.  INVALID for an index that the
 * form has no column for. */
Err plan_columns_read(const Json *json, const TableForm *form, ImportColumn *column, int *count, Problems *problems);

/* A row may be shorter than its table: the cell is empty then, and for an index below 0 (no such column was named). */
static inline Str table_cell(const TableRow *row, int at)
{
    return at >= 0 && at < row->count ? row->cell[at] : S("");
}

#endif
