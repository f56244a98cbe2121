/* A file of tables, whatever program wrote it: one door for the workbooks of Excel, old and new, of OpenDocument, and
 * for the tables of dBase and FoxPro, for an archive of several of them.
 *
 * Cells come as text, the way a CSV of the same table would have them (format/xlsx.h).  A kind of file is a row of
 * functions; which one reads a file, its content says (format/kind.h). */
#ifndef FORMAT_SHEETS_H
#define FORMAT_SHEETS_H

#include "format/form.h"

enum { SHEET_COLUMNS_MAX = 16384, SHEET_ROWS_MAX = 1048576, SHEETS_MAX = 1000, CELL_TEXT_MAX = 1 << 20 };

typedef struct Sheets Sheets;

/* How a cell looks, as far as it says something about its row. */
typedef struct {
    bool     bold;
    bool     merged; /* a merged cell whose text stands in a row above               */
    uint8_t  indent; /* of the text from the left                                     */
    uint16_t across; /* columns that the merged cell it begins stands over; 0: it is none */
} CellLook;

typedef struct {
    int64_t number; /* of the row in its sheet, from 1                                  */
    Str    *cell;   /* [count] UTF-8; cells that are not there are empty; until the next row */
    int     count;
    int     outline;      /* how deep the row is folded away, 0: not at all            */
    bool    put_away;     /* by a filter or by hand: who looks at the sheet sees it not */
    const CellLook *look; /* [count] until the next row; null: the kind of file has none */
} SheetRow;

/* How a kind of file is read; what each function does is told below. */
typedef struct {
    FileKind kind;
    Err  (*open)(Str file, Sheets **out, Problems *problems);
    int  (*sheets)(const Sheets *w);
    Str  (*name)(const Sheets *w, int sheet);
    bool (*hidden)(const Sheets *w, int sheet);
    Err  (*begin)(Sheets *w, int sheet, char decimal);
    Err  (*next)(Sheets *w, SheetRow *row);
    int  (*percent)(const Sheets *w);
    void (*close)(Sheets *w);
} SheetsReader;

/* The first member of what each reader keeps. */
struct Sheets {
    const SheetsReader *reader;
    int64_t             unvalued; /* formulas without a kept value, so far in the sheet that was begun last */
    int64_t             put_away; /* the first row in it that is put away, so far; 0: none                  */
};

extern const SheetsReader xlsx_reader, xls_reader, ods_reader, dbf_reader, pack_reader;

/* Opens the workbook whose bytes lie in `file` (they stay there until sheets_close).  INVALID with a problem of its
 * reader or of file_kind; a text is none (import.bad_form).  On an error nothing is left to close. */
Err  sheets_open(Str file, Sheets **out, Problems *problems);
FileKind sheets_kind(const Sheets *w);
int  sheets_count(const Sheets *w);
Str  sheets_name(const Sheets *w, int sheet);
bool sheets_hidden(const Sheets *w, int sheet);

/* Begins (again) with the first row of a sheet.  Numbers are written with `decimal`, '.' or ','. */
Err  sheets_begin(Sheets *w, int sheet, char decimal);

/* OK with a row that has something in it, NOT_FOUND behind the last one, INVALID with a problem. */
Err  sheets_next(Sheets *w, SheetRow *row);

/* How many bytes a packed file of so many may unfold to (core/bounds.h). */
int64_t sheets_unfold(int64_t packed);

/* For readers: more than SHEETS_MAX are refused. */
Err  sheets_too_many(Problems *problems, int64_t sheets);

/* How much of the sheet has been read, 0..100. */
int  sheets_percent(const Sheets *w);
void sheets_close(Sheets *w);

#endif
