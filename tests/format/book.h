/* Workbooks for tests, part by part. */
#ifndef TESTS_FORMAT_BOOK_H
#define TESTS_FORMAT_BOOK_H

#include "format/xlsx.h"
#include "tests/test.h"

typedef struct {
    const char *name; /* null: left out */
    Str         text;
} BookPart;

/* The bytes of a zip with these parts. */
Str book_zip(Test *t, const BookPart *parts, ptrdiff_t count);

/* A book of one small sheet whose directory claims that the sheet unpacks to so many bytes. */
Str book_with_claimed_size(Test *t, int64_t bytes);

/* All rows of a sheet of any kind of file, `1: a | b` a line, and what ended the reading if it was not the last row:
 * the problem's key and its numbers. */
Str sheet_rows(Test *t, Str file, int sheet, char decimal);

/* The bytes of a file in tests/format/made. */
Str made_file(Test *t, const char *name);

#endif
