/* Workbooks: an input that begins with PK is one; any other is cut at each byte 0xFF into the parts of one, so that the fuzzer need not
 * learn to pack. */
#include "format/xlsx.h"
#include "fuzz/fuzz.h"

#include <zip.h>

static const char *const names[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels" };

static const Str usual[] = {
    S(""), S(""), S(""),
    S("<workbook xmlns:r='r'><sheets><sheet name='a' r:id='s'/></sheets></workbook>"),
    S("<Relationships><Relationship Id='s' Type='x/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='t' Type='x/styles' Target='styles.xml'/>"
      "<Relationship Id='u' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>"),
    S(""),
};

static Str zipped(Arena *mem, Str parts)
{
    zip_error_t   error;
    zip_source_t *to  = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t        *zip = zip_open_from_source(to, ZIP_TRUNCATE, &error);
    zip_source_keep(to);
    for (ptrdiff_t i = 0; i < COUNT(names); i++) {
        Str part = str_cut(&parts, '\xFF');
        if (part.n == 0) part = usual[i];
        if (part.n) zip_file_add(zip, names[i], zip_source_buffer(zip, part.s, (zip_uint64_t)part.n, 0), 0);
    }
    zip_close(zip);
    zip_source_open(to);
    zip_source_seek(to, 0, SEEK_END);
    ptrdiff_t size  = (ptrdiff_t)zip_source_tell(to);
    char     *bytes = NEW_RAW(mem, char, size);
    zip_source_seek(to, 0, SEEK_SET);
    zip_source_read(to, bytes, (zip_uint64_t)size);
    zip_source_close(to);
    zip_source_free(to);
    return (Str){ bytes, size };
}

static void read_sheet(Xlsx *x, int sheet, const Problems *problems)
{
    XlsxRow row;
    Err     err = xlsx_begin(x, sheet, sheet & 1 ? ',' : '.');
    while (err == OK && (err = xlsx_next(x, &row)) == OK) {
        CLAIM(row.count > 0 && row.count <= XLSX_COLUMNS_MAX && xlsx_percent(x) <= 100);
        for (int i = 0; i < row.count; i++) CLAIM(row.cell[i].n >= 0 && row.cell[i].n < 4 << 20);
    }
    CLAIM(err == NOT_FOUND || problems->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena   *mem      = fuzz_mem();
    Str      input    = { (const char *)data, (ptrdiff_t)size };
    Problems problems = { .mem = mem };
    Xlsx    *x;
    if (!str_starts(input, S("PK"))) input = zipped(mem, input);
    if (xlsx_open(input, &x, &problems) != OK) {
        CLAIM(problems.count);
        return 0;
    }
    for (int sheet = 0; sheet < xlsx_sheets(x) && sheet < 3; sheet++) read_sheet(x, sheet, &problems);
    xlsx_close(x);
    return 0;
}
