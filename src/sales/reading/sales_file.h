/* A file of sales: which column says what, and its rows as sale lines.  The import and `sbyt analyze` read files
 * through here, so that a file means the same in both.
 *
 * Columns are matched by name (Russian and English, as 1C, spreadsheets and shops name them) and by content. */
#ifndef SALES_READING_SALES_FILE_H
#define SALES_READING_SALES_FILE_H

#include "analysis/tally.h"
#include "format/form.h"

typedef enum {
    COL_CLIENT, COL_DATE, COL_AMOUNT, COL_QUANTITY, COL_PRICE, COL_DOCUMENT, COL_PRODUCT, COL_RETURN,
    COL_COST, COL_SELLER, COL_CHANNEL, COL_CLIENT_KEY, COL_INN, COL_PHONE, COL_PRODUCT_KEY, COL_STATE, COL_WON,
    COL_COUNT
} SalesColumn;

extern const char *const sales_column_names[COL_COUNT]; /* "client", "date", ... as in --columns */

typedef struct {
    int  at[COL_COUNT]; /* index of the column in the file, -1: none */
    bool c_marks_return;/* documents that begin with C are returns, all of which are negative */
    bool names_mark_returns; /* documents called returns (return_said.h) are: nobody told their column, and no column
                                marks returns */
    const Str *names;   /* [name_count] of all columns, UTF-8: what a header that comes again holds */
    int  name_count;
    bool whole[COL_COUNT];/* the column's cells are whole numbers written as 17850.0: they are read as 17850 */
} SalesColumns;

typedef struct {
    const char *key;    /* of words/: analyze.skipped.no_client ... */
    int64_t     rows;
    int64_t     row;    /* the first of them, as people count; 0: not looked up */
    Str         cell;   /* in that row: the one that is the reason, UTF-8       */
} Skipped;

enum { SKIPPED_MAX = 12 };

/* What was seen of a file that was read in its order. */
typedef struct {
    int64_t   header_row;    /* the first header that came again; 0: none                                      */
    int64_t   sums, sum_row; /* rows of a report that sum others, and the first of them                        */
    int64_t   left, left_row;/* rows with a day and money that sum others, and the first of them               */
    char      left_said[200];/* its words                                                                      */
    ptrdiff_t left_said_n;
    int64_t   differs;       /* the first row that sums others and is not what they give; 0: none              */
    Money     stated, added; /* what it says; what the rows since the sum before it give                       */
    char      said[200];     /* its words                                                                      */
    ptrdiff_t said_n;
} SalesTold;

typedef struct {
    int64_t rows, used; /* rows below the header; those that became sale lines */
    Skipped skipped[SKIPPED_MAX];
    int     skipped_count;
    SalesTold told;
} SalesRead;

enum { SALES_THREADS_MAX = 8 };

typedef struct {
    Str    bytes;     /* of the file, unpacked                             */
    Str    converted; /* the same as UTF-8, where it was UTF-16            */
    Tally *tally;     /* what the summary lives on                         */
    Arena  names[SALES_THREADS_MAX + 1]; /* texts that do not stand in the file as they are */
} SalesFile;

/* How a file is to be summed up. */
typedef struct {
    TallySettings tally;   /* from, to, as_of, ignore_returns; the rest is known from the file */
    int           threads; /* 0: one for each processor, at most 8                             */
    bool        (*tick)(void *ctx, int64_t done, int64_t total); /* asked often, in the calling thread; false:
                                                                    enough; null: never */
    void         *ctx;
} SalesRun;

/* Opens the file as mapped_open does, and unpacks it (format/unpack.h).  Closing takes the summaries of the file with
 * it. */
Err  sales_file_open(SalesFile *f, const char *path, Problems *problems);
void sales_file_close(SalesFile *f);

/* Reads all rows into a summary.  The columns client, date, and amount or both quantity and price must be there.  Names
 * come out as UTF-8 whatever the file is written in.  The same result with any number of threads.
 *
 * INVALID: the file is no table at some place (keys of csv_problem, file.broken_utf8), or the money in it leaves 63
 * bits (analyze.too_much_money).  BUSY: `tick` said that it is enough. */
Err sales_file_tally(SalesFile *f, const TableForm *form, const SalesColumns *columns, const SalesRun *run,
                     Problems *problems, SalesRead *read, Summary *out);

/* Fills row and cell of each reason for which rows were skipped; the cells are kept in `mem`. */
void sales_file_first_skipped(const SalesFile *f, const TableForm *form, const SalesColumns *columns, Arena *mem,
                              SalesRead *read);

#endif
