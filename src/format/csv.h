/* Text tables: rows of fields between delimiters, read where they lie in memory.
 *
 * The rules are those of RFC 4180 and of what spreadsheets write beyond it:
 *   - a line ends with LF, CR LF or CR; an empty line is no row; the last line need not end; what DOS puts behind the
 *     last one (0x1A) is none;
 *   - a field that begins with a double quote ends with the next single one; delimiters and line ends inside belong to
 *     it, a doubled quote is one quote; what stands between the closing quote and the delimiter is kept and told
 *     (CSV_AFTER_QUOTE);
 *   - a quote anywhere else is a character like others (`12" nail`), and so are all of them when the form has no
 *     quotes;
 *   - with the delimiter ' ' a run of blanks divides, and blanks at both ends of a line do not.
 *
 * A reader may be set to any start of a line, so that several can share one text. */
#ifndef FORMAT_CSV_H
#define FORMAT_CSV_H

#include "format/form.h"

enum { CSV_BEHIND = 64, CSV_COLUMNS_MAX = 1000, CSV_FIELD_MAX = 1 << 20 };

/* What is wrong with a row.  With the first the row is read all the same; the others end the reading. */
typedef enum {
    CSV_FINE,
    CSV_AFTER_QUOTE, /* text behind a closing quote                 */
    CSV_OPEN_QUOTE,  /* the text ends inside quotes: it is cut off  */
    CSV_NUL,         /* a byte of value 0: no text                  */
    CSV_LONG_FIELD,  /* more than CSV_FIELD_MAX bytes               */
    CSV_MANY_COLUMNS,
} CsvFault;

typedef struct {
    Str       text;      /* of the whole file; only what lies behind `at` is read                    */
    ptrdiff_t at;        /* where the next row begins                                                */
    char      delimiter;
    bool      quotes;
    Str      *field;     /* [CSV_COLUMNS_MAX] of the row read last; pieces of the text, or of `mem`  */
    int       fields;
    ptrdiff_t begin;     /* of the row read last                                                     */
    CsvFault  fault;     /* of the row read last                                                     */
    ptrdiff_t fault_at;  /* byte of the text                                                         */
} CsvReader;

/* The array of fields is taken from `mem`.  The reader stands at form->begins. */
CsvReader csv_reader(Str text, const TableForm *form, Arena *mem);

/* Reads the next row; false at the end of the text or with a fault that ends the reading.  Only fields that hold
 * doubled quotes take memory from `mem`. */
bool csv_next(CsvReader *r, Arena *mem);

/* Adds what the fault means to the list, with its row (from 1) and byte; returns its Err (OK for CSV_FINE). */
Err csv_problem(Problems *list, CsvFault fault, int64_t row, ptrdiff_t byte);

/* Where the first line begins at or behind `at`, as if `at` did not stand inside quotes. */
ptrdiff_t csv_line_from(Str text, ptrdiff_t at);

/* Rows without anything special, many at a step. */
enum { CSV_BLOCK_ROWS = 256, CSV_BLOCK_EDGES = 8192 };

/* Field c of row r begins one behind edge[r * stride + c] and ends before the next edge.  (The edge before the first
 * row is UINT32_MAX: one behind it is 0.) */
typedef struct {
    const char *base;                       /* edges count from here */
    int         rows, stride;
    bool        quoted;                     /* some fields stand in quotes, without doubled ones inside */
    uint32_t    edge[CSV_BLOCK_EDGES + 128];/* room to write at large */
} CsvBlock;

/* A field without its quotes; `edge` is where the edges of its row begin. */
static inline __attribute__((always_inline)) Str csv_block_field(const CsvBlock *b, const uint32_t *edge, int column)
{
    uint32_t from = edge[column] + 1, to = edge[column + 1], quotes = b->quoted && to > from && b->base[from] == '"';
    return (Str){ b->base + from + quotes, (ptrdiff_t)(to - from) - 2 * (ptrdiff_t)quotes };
}

/* Takes rows that begin before `limit` as long as each has exactly `columns` fields, no doubled or misplaced quote, and
 * no NUL; stops at the first other one (csv_next reads it) and so early that CSV_BEHIND bytes of the text lie behind
 * each row taken.  Not for the delimiter ' '. */
void csv_plain_rows(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out);

/* The same in a chosen way, for tests; false where the processor does not know it. */
typedef enum { CSV_BEST, CSV_PORTABLE, CSV_SSE2, CSV_AVX2, CSV_AVX512, CSV_WAYS } CsvWay;
bool csv_plain_rows_by(CsvWay way, CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out);

#endif
