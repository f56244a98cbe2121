/* A table that is written as a file, and how values stand in its cells. */
#ifndef ENTITY_EXPORT_SHEET_H
#define ENTITY_EXPORT_SHEET_H

#include "core/words.h"
#include "entity/export.h"
#include "format/csv_out.h"
#include "format/xlsx_out.h"

typedef struct {
    Work      *w;
    ExportForm form;
    Voice      voice;
    int        n; /* columns */
    CsvOut     csv;
    XlsxOut   *book;
    Buf        out;
} ExportSheet;

/* For who works; its file is not begun. */
ExportSheet export_sheet(Work *w, ExportForm form);

/* The file at `path`: the heads, what `rows` puts into it with export_row, the end.  The first Err there was. */
Err export_file(ExportSheet *x, const char *path, Str title, const Str *heads, int n,
                Err (*rows)(void *of, ExportSheet *x), void *of);

/* The next row, of x->n cells. */
void export_row(ExportSheet *x, const OutCell *cells);

/* What a field of an entity is called in a head. */
Str export_label(ExportSheet *x, const Entity *e, const Field *f);

/* A value of it in a cell. */
OutCell export_cell(ExportSheet *x, const Entity *e, const Field *f, Value v);

#endif
