/* Workbooks for fuzz targets: an input that begins with PK is one; any other is cut at each byte 0xFF into the parts of
 * one, so that the fuzzer need not learn to pack. */
#ifndef FUZZ_BOOK_H
#define FUZZ_BOOK_H

#include "fuzz/fuzz.h"

#include <zip.h>

static const char *const book_parts[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",       "xl/styles.xml",
                                          "xl/workbook.xml",          "xl/_rels/workbook.xml.rels", "_rels/.rels" };

static const Str book_usual[] = {
    S(""),
    S(""),
    S(""),
    S("<workbook xmlns:r='r'><sheets><sheet name='a' r:id='s'/></sheets></workbook>"),
    S("<Relationships><Relationship Id='s' Type='x/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='t'"
      " Type='x/styles' Target='styles.xml'/><Relationship Id='u' Type='x/sharedStrings'"
      " Target='sharedStrings.xml'/></Relationships>"),
    S(""),
};

static inline Str parts_zipped(Arena *mem, Str parts, const char *const *name, const Str *usual, int count)
{
    zip_error_t   error;
    zip_source_t *to  = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t        *zip = zip_open_from_source(to, ZIP_TRUNCATE, &error);
    zip_source_keep(to);
    for (int i = 0; i < count; i++) {
        Str part = str_cut(&parts, '\xFF');
        if (part.n == 0) part = usual[i];
        if (part.n) zip_file_add(zip, name[i], zip_source_buffer(zip, part.s, (zip_uint64_t)part.n, 0), 0);
    }
    zip_close(zip);
    zip_source_open(to);
    zip_source_seek(to, 0, SEEK_END);
    ptrdiff_t size = (ptrdiff_t)zip_source_tell(to);
    if (size < 0) size = 0; /* of no parts nothing is made */
    char     *bytes = NEW_RAW(mem, char, size);
    zip_source_seek(to, 0, SEEK_SET);
    zip_source_read(to, bytes, (zip_uint64_t)size);
    zip_source_close(to);
    zip_source_free(to);
    return (Str){ bytes, size };
}

static inline Str fuzz_book(Arena *mem, Str input)
{
    if (str_starts(input, S("PK"))) return input;
    return parts_zipped(mem, input, book_parts, book_usual, COUNT(book_parts));
}

#endif
