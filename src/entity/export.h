/* Any list as a file: the same filter, order, scope and mask as on the screen, page by page by key, so that no
 * transaction outlives a page.
 *
 *     csv      UTF-8, comma, point, ISO days, keys of choices: for programs; importing it again gives the same
 *     csv_ru   UTF-8 with its mark, semicolon, decimal comma, dd.mm.yyyy: for a Russian Excel
 *     xlsx     one sheet with typed cells
 *
 * The first row holds the labels in the actor's language (csv: names of fields).  References are written by title, in
 * csv by id with the title in a column beside.  An entity with `export_list` gives a row for each line of that list (a
 * sale for each of its lines); other lists stand in one cell each, by what names a line.  Texts that a spreadsheet
 * would calculate are neutralised by format/.  Nothing but the fields is written, no versions and no times of change:
 * two exports of the same content are the same bytes. */
#ifndef ENTITY_EXPORT_H
#define ENTITY_EXPORT_H

#include "entity/list.h"

typedef enum { EXPORT_CSV, EXPORT_CSV_RU, EXPORT_XLSX } ExportForm;

/* Writes the file at `path`; asks for the right `export`.  *rows counts what was written. */
Err export_list(Work *w, const Entity *e, const Ask *ask, ExportForm form, const char *path, int64_t *rows);

const char *export_mime(ExportForm form);
const char *export_ending(ExportForm form);                /* "csv", "xlsx" */
bool        export_form_named(Str name, ExportForm *out);  /* csv, csv_ru, xlsx */

#endif
