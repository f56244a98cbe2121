/* What the routes of importing share. */
#ifndef SALES_EXCHANGE_IMPORT_INSIDE_H
#define SALES_EXCHANGE_IMPORT_INSIDE_H

#include "core/words.h"
#include "sales/exchange/import.h"

Voice import_voice(const Work *w);

/* The bytes of a mapped file are given back when the work ends. */
void import_mapped_hold(Work *w, Str bytes);

/* The names of a file's columns in a row: whoever sends such a file again is asked less. */
Str import_shape(Work *w, const Recognised *rec);

/* Routes that fill a file of their own: a file is sent and recognised; the same with what a person said about it; the rows that were not taken. */
Err import_file_may_send(Request *r); /* is there room for it? */
Err import_file_send(Request *r);
Err import_file_recognise(Request *r);
Err import_bad_rows(Request *r);

/* "left": what taking the import back left as it is, at most 500; a record that the reader may not view is told by its number alone. */
Err import_left_put(Request *r);

/* Is the field of that name ("city", "phones.number"; of a line of a sale "cost") hidden from the actor when he does `verb`? */
bool import_hides(Work *w, const Entity *e, const char *verb, Str path);

/* INVALID at the first column that fills a field which the actor may not write: it is refused, not left out. */
Err import_columns_check(Work *w, const ImportPlan *plan);

#endif
