/* Which columns of a file of clients or products fill which fields: by the labels a person sees, by the names that 1C,
 * CRM systems and spreadsheets give such columns, and, for taxpayer numbers and telephones, by what stands in the
 * cells. */
#ifndef SALES_READING_RECORD_COLUMNS_H
#define SALES_READING_RECORD_COLUMNS_H

#include "format/recognise.h"

typedef struct {
    Str name;  /* `inn`, `phones.number`, `x71`            */
    Str label; /* as the person's language has it          */
} RecordField;

/* at[n]: for each field its column, or -1.  No column fills two fields.  `target`: "client", "product", "deal", or an
 * entity for which only the labels and names of the fields themselves count. */
void record_columns_find(Arena *mem, const Recognised *r, Str target, const RecordField *fields, ptrdiff_t n, int *at);

#endif
