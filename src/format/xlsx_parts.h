/* Inside of format/xlsx: what the book says about its sheets, styles and strings. */
#ifndef FORMAT_XLSX_PARTS_H
#define FORMAT_XLSX_PARTS_H

#include "format/sheet_merged.h"
#include "format/xlsx.h"
#include "format/zipped.h"

typedef struct {
    Str  name, path;
    char *rel;              /* id of its relation */
    bool  hidden;
} Sheet;

/* Texts one behind another; in memory or in a mapped file. */
typedef struct {
    Str     bytes, ends; /* ends: where each text ends, int64_t, not aligned */
    int64_t count;
    bool    mapped;
} Strings;

typedef enum { STYLE_PLAIN, STYLE_DATE } StyleKind;

struct Xlsx {
    Sheets    as_sheets;
    Arena     own, *mem;    /* mem points to own */
    Problems *problems;
    Zipped    zip;
    Sheet    *sheet;
    int       sheets;
    int64_t   sheets_told;  /* in workbook.xml */
    bool      from_1904;
    Str       styles;       /* a StyleKind a byte, by the style number of a cell */
    Str       looks;        /* a CellLook each, beside the styles                */
    Strings   strings;
    Str       strings_path; /* empty: the book has none, or they are read */
    struct SheetReader *reader;
    Merged       merged;    /* cells of the sheet that was begun last */
    Holding      held;
};

Err  book_read(Xlsx *x);      /* sheets, 1904, styles */
Err  strings_read(Xlsx *x);   /* the first time it is called */
Err  merged_read(Xlsx *x, const char *part); /* behind the rows of a sheet, so that all of it is unpacked */
void strings_drop(Strings *s);
Str  string_at(const Strings *s, int64_t index);

/* Does a number format show a date?  Built-in ids and codes of ECMA-376 part 1, 18.8.30 and 18.8.31. */
StyleKind style_of_id(int64_t id);
StyleKind style_of_code(Str code);

#endif
