/* Indexes of columns, from a person or a stored plan to the cells of a row. */
#include "sales/reading/plan_columns.h"

Err plan_columns_read(const Json *json, const TableForm *form, ImportColumn *column, int *count, Problems *problems)
{
    *count = 0;
    for (const Json *c = json ? json->first : NULL; c; c = c->next) {
        if (c->kind == JSON_IS_NULL) continue;
        if (c->kind != JSON_IS_INT || c->number < 0 || c->number >= form->columns)
            return PROBLEM(problems, INVALID, "columns", "import.no_such_column", arg_text("column", c->key));
        if (*count == IMPORT_COLUMNS_MAX) return PROBLEM(problems, INVALID, "columns", "import.too_many_columns");
        column[(*count)++] = (ImportColumn){ c->key, (int)c->number };
    }
    return OK;
}
