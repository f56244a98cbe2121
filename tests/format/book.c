/* Workbooks for tests, part by part. */
#include "tests/format/book.h"

#include <string.h>
#include <zip.h>

Str book_zip(Test *t, const BookPart *parts, ptrdiff_t count)
{
    zip_error_t   error;
    zip_source_t *to  = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t        *zip = zip_open_from_source(to, ZIP_TRUNCATE, &error);
    zip_source_keep(to);
    for (ptrdiff_t i = 0; i < count; i++)
        if (parts[i].name)
            zip_file_add(zip, parts[i].name, zip_source_buffer(zip, parts[i].text.s, (zip_uint64_t)parts[i].text.n, 0),
                         0);
    test_check(t, zip_close(zip) == 0, __FILE__, __LINE__, "the zip cannot be written");
    zip_source_open(to);
    zip_source_seek(to, 0, SEEK_END);
    ptrdiff_t size  = (ptrdiff_t)zip_source_tell(to);
    char     *bytes = NEW_N(&t->mem, char, size);
    zip_source_seek(to, 0, SEEK_SET);
    zip_source_read(to, bytes, (zip_uint64_t)size);
    zip_source_close(to);
    zip_source_free(to);
    return (Str){ bytes, size };
}

Str book_with_claimed_size(Test *t, int64_t bytes)
{
    BookPart parts[] = {
        { "[Content_Types].xml", S("<Types/>") },
        { "xl/workbook.xml", S("<workbook><sheets><sheet name='S' r:id='a' xmlns:r='r'/></sheets></workbook>") },
        { "xl/_rels/workbook.xml.rels",
          S("<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
            "</Relationships>") },
        { "xl/worksheets/sheet1.xml", S("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>") },
    };
    Str      file = book_zip(t, parts, COUNT(parts));
    uint32_t size = (uint32_t)bytes;
    for (ptrdiff_t at = 0; at + 60 < file.n; at++) {
        const char *p = file.s + at;
        bool entry = memcmp(p, "PK\1\2", 4) == 0 && str_starts(str_from(file, at + 46), S("xl/worksheets"));
        bool local = memcmp(p, "PK\3\4", 4) == 0 && str_starts(str_from(file, at + 30), S("xl/worksheets"));
        if (entry || local) memcpy((char *)p + (entry ? 24 : 22), &size, 4);
    }
    return file;
}
