/* Any list as a file: the same filter, order, scope and mask as on the screen, page by page by key, so that no transaction outlives a page.
 *
 *     csv      UTF-8, comma, point, ISO days: for programs; reading it again gives the same
 *     csv_ru   UTF-8 with BOM, semicolon, decimal comma, dd.mm.yyyy: for a Russian Excel
 *     xlsx     one sheet with typed cells
 *
 * The first row holds the labels in the actor's language (csv: names of fields).  A cell that a spreadsheet would take for a formula
 * is neutralised by format/.  References are written by title, with the id in a column beside in csv. */
#ifndef ENTITY_EXPORT_H
#define ENTITY_EXPORT_H

#include "entity/list.h"

typedef enum { EXPORT_CSV, EXPORT_CSV_RU, EXPORT_XLSX } ExportForm;

Err export_list(Work *w, const Entity *e, const Ask *ask, ExportForm form, bool (*sink)(void *to, Str bytes), void *to);

const char *export_mime(ExportForm form);
const char *export_ending(ExportForm form);
bool        export_form_named(Str name, ExportForm *out);

#endif
