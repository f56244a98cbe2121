/* Workbooks of the old Excel (5 to 2003: BIFF5, BIFF7 and BIFF8), row by row.
 *
 * A cell is an index into a pool of texts that stays where it lies in the file: only places are kept.  The cells of a
 * sheet are sorted by row before the first is given, whatever order their writer chose; a sheet of 65,536 x 20 takes
 * some ten megabytes.  Cells come as format/xlsx.h says.
 *
 * Nothing is believed: every record says how long it is and is held to what is there; a file whose cells would grow to
 * more than a hundred times its size is refused (file.bomb).
 *
 * Source of the format: [MS-XLS], and for BIFF5 "OpenOffice.org's Documentation of the Microsoft Excel File Format". */
#ifndef FORMAT_XLS_H
#define FORMAT_XLS_H

#include "format/cfb.h"
#include "format/sheet_merged.h"

enum { XLS_COLUMNS_MAX = 256, XLS_ROWS_MAX = 65536 };

/* A record of the stream. */
typedef struct {
    int     type;
    int64_t at;   /* of its header */
    Str     data; /* until the next record is read */
} XlsRecord;

typedef struct {
    uint32_t record;
    uint16_t at;  /* in its data */
} XlsText;

typedef struct {
    Str     name;
    int64_t at;
    bool    hidden;
} XlsSheet;

typedef struct {
    Sheets    as_sheets;
    Arena     own, *mem;
    Arena     cells;      /* of the sheet that was begun last */
    Problems *problems;
    CfbStream stream;
    char     *room;       /* for a record that lies in pieces */
    bool      wide;       /* BIFF8: texts are UTF-16          */
    Encoding  encoding;   /* of BIFF5's texts                 */
    bool      from_1904;
    Buf       styles;     /* a byte for each style of a cell: is it a date */
    uint8_t  *formats;    /* by number format: 0 unknown, 1 plain, 2 date  */
    XlsText  *text;
    ptrdiff_t texts;
    XlsSheet *sheet;
    int       sheets;
    int64_t   sheets_told;
    uint32_t *place;      /* of the cells' records, row by row */
    uint32_t *row_from;   /* [rows + 1]: the first of each row */
    bool     *put_away;   /* [rows] */
    uint8_t  *outline;    /* [rows] how deep each is folded away */
    int64_t   rows, at;
    char      decimal;
    RowText   row;
    Merged    merged;
    int64_t   told, may;  /* bytes of cells given; how many there may be */
    Holding   held;
} Xls;

/* The record at a place; false at the end of the stream, or where less is left than the record says. */
bool xls_record(Xls *x, int64_t at, XlsRecord *r);
Err  xls_refuse(Xls *x, const char *key, int64_t at);

/* What stands before the sheets: their names, styles, the pool of texts.  file.is_encrypted, file.is_old_xls, file.cut,
 * file.broken_xls, file.no_sheet, file.too_many_sheets. */
Err  xls_globals(Xls *x);

/* A text that a record holds at an index of its data, into `to` (null: nowhere); it may go on in records behind it.
 * length: bytes of its length, 1 or 2.  False: it is not whole. */
bool xls_text(Xls *x, const XlsRecord *r, ptrdiff_t at, int length, Buf *to);

/* One of the pool; nothing where there is no such. */
bool xls_pool_text(Xls *x, uint32_t index, Buf *to);
Err  xls_pool_read(Xls *x, const XlsRecord *r);

#endif
