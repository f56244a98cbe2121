/* What the routes of importing share. */
#ifndef SALES_IMPORT_IMPORT_INSIDE_H
#define SALES_IMPORT_IMPORT_INSIDE_H

#include "core/words.h"
#include "sales/import/import.h"

Voice import_voice(const Work *w);

/* A place for a mapped file: what is put there is given back when the work ends, however it ends. */
Str *import_mapped_held(Work *w);

/* Keeps what was said of a file with these columns (report_shape), as import_plan_json wrote it. */
Err import_shape_keep(Work *w, Str shape, Str plan);

/* *plan: what was said of the last such file, by this person or else by anybody, and its form; null: nothing, or what
 * the actor may not import. */
Err  import_shape_find(Work *w, const Recognised *rec, const Json **plan, TableForm *form);
void import_shape_json(JsonOut *to, const Json *plan); /* {target, key, mode, source, c_marks_return} */

/* "report": what a report stands like in the file, and what it was taken for; null: a table. */
void import_report_put(Work *w, JsonOut *to, const Recognised *rec);

/* Routes that fill a file of their own: a file is sent and recognised; the same with what a person said about it; the
 * rows that were not taken. */
Err import_file_may_send(Request *r); /* is there room for it? */
Err import_file_send(Request *r);
Err import_file_recognise(Request *r);
Err import_bad_rows(Request *r);

/* "kinds": what is wrong with the rows, by kind: how many rows, the first of them, and what could be done about all of
 * them by the plan ("mends") as far as the actor may. */
Err import_kinds_put(Request *r, const ImportPlan *plan);

/* "left": what taking the import back left as it is, at most 500; a record that the reader may not view is told by its
 * number alone. */
Err import_left_put(Request *r);

/* Is the field of that name ("city", "phones.number"; of a line of a sale "cost") hidden from the actor when he does
 * `verb`? */
bool import_hides(Work *w, const Entity *e, const char *verb, Str path);

/* INVALID at the first column that fills a field which the actor may not write: it is refused, not left out. */
Err import_columns_check(Work *w, const ImportPlan *plan);

#endif
