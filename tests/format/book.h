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

#endif
