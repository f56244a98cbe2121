/* A file of rows: whatever the bytes are, either a problem says why not, or the form reads them.
 *
 * The first byte asks for a person's wishes; 'R' repeats the rest until it is a big file. */
#include "format/recognise.h"
#include "format/charset.h"
#include "fuzz/fuzz.h"

#include <string.h>

enum { BIG = 150000 };

static Str repeated(Arena *mem, Str part)
{
    char *to = NEW_RAW(mem, char, BIG);
    for (ptrdiff_t i = 0; i < BIG; i++) to[i] = part.s[i % part.n];
    return (Str){ to, BIG };
}

static FormWish wish_of(unsigned choice)
{
    FormWish wish = FORM_WISH;
    if (choice & 1) wish.delimiter = ";,|"[choice / 2 % 3];
    if (choice & 8) wish.header = (int)(choice / 16 % 2);
    if (choice & 128) wish.has_encoding = true, wish.encoding = (Encoding)(choice / 32 % 4);
    return wish;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena     *mem      = fuzz_mem();
    Str        file     = { (const char *)data, (ptrdiff_t)size };
    unsigned   choice   = fuzz_byte(&file);
    Problems   problems = { .mem = mem };
    Recognised r;
    if (choice == 'R' && file.n) file = repeated(mem, file);
    Err err = table_recognise(mem, file, choice == 'R' ? FORM_WISH : wish_of(choice), &r, &problems);
    CLAIM((err == OK) == (problems.count == 0));
    if (err != OK) return 0;
    CLAIM(r.rows > 0 && r.form.columns > 0 && r.form.begins >= 0 &&
          r.form.begins < (r.form.kind != FILE_CSV ? 2000000 : file.n));
    for (int i = 0; i < r.form.columns; i++) CLAIM(r.names[i].n == 0 || r.form.header);
    if (r.form.kind != FILE_CSV) return 0;
    TableForm form   = r.form;
    Str       text   = table_text(mem, file, &form);
    form.begins      = 0;
    CsvReader reader = csv_reader(text, &form, mem);
    for (int rows = 0; rows < 100 && csv_next(&reader, mem);) rows++;
    return 0;
}
