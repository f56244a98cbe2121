/* The columns of a field: one of its name; of a link NAME_of and NAME_id, by which it is joined and found; of a text to
 * find or to sort by NAME_find and NAME_sort besides, made in C.  Used inside entity/ only. */
#ifndef ENTITY_COLUMNS_H
#define ENTITY_COLUMNS_H

#include "entity/entity.h"

enum { FIELD_COLUMNS = 3 }; /* a field has no more */

typedef enum { AS_IT_IS, LINK_OF, LINK_ID, FOLDED, SORTED } ColumnForm;

typedef struct {
    const Field *field; /* null: the column `find` */
    ColumnForm   form;
} FieldColumn;

typedef struct {
    FieldColumn *at;
    int          n;
} FieldColumns;

/* Those that hold the value, and with `made` those made from it, behind the others. */
void field_columns_add(FieldColumns *columns, const Field *f, bool made);

void column_name(Buf *sql, FieldColumn c);
Val  column_val(Arena *mem, FieldColumn c, Value v);

/* The value as one that is read with a statement: value_row takes it. */
void column_read(Buf *sql, const char *alias, const Field *f);

/* The column that an index of what points at a record begins with; of another field the field's. */
const char *column_found(Arena *mem, const Field *f);

#endif
