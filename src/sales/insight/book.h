/* The tables of an answer as a workbook: a sheet a table, and before them one with the sentence and how it was
 * computed. */
#ifndef SALES_INSIGHT_BOOK_H
#define SALES_INSIGHT_BOOK_H

#include "api/route.h"
#include "format/xlsx_out.h"

typedef struct {
    XlsxOut    *out;  /* null once it has been sent */
    const char *path; /* until the work ends        */
    int         file;
} Book;

/* A book that is gone when the work ends, sent or not.  BROKEN when the disk refuses. */
Err book_begin(Work *w, Book **book);

/* The answer is the book, under this name. */
Err book_send(Request *r, Book *book, Str name);

#endif
