/* Packed tables: which one is taken, and what is refused. */
#include "format/mapped.h"
#include "format/unpack.h"
#include "tests/format/book.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <zlib.h>

#define TABLE "Клиент;Дата;Сумма\nА;05.03.2024;1\nБ;06.03.2024;2\n"

/* The file as the door has it: mapped. */
static Str mapped(Str bytes)
{
    Str out = { 0 };
    int fd  = temporary_open();
    if (!buf_to_fd(&fd, bytes) || mapped_of(fd, &out) != OK) out = (Str){ 0 };
    close(fd);
    return out;
}

/* What comes out, or the key of the problem with its texts. */
static Str unpacked(Test *t, Str bytes)
{
    Problems problems = { .mem = &t->mem };
    Str      file = mapped(bytes), out;
    if (table_unpack(&file, &problems) == OK) out = str_copy(&t->mem, file);
    else {
        const Problem *p = problems.first;
        out              = str_of(p->key);
        for (int i = 0; i < p->arg_count; i++)
            if (p->args[i].kind == ARG_TEXT)
                out = str_fmt(&t->mem, "%.*s %.*s", (int)out.n, out.s, (int)p->args[i].text.n, p->args[i].text.s);
    }
    mapped_close(file);
    return out;
}

static Str gzip(Test *t, Str text)
{
    z_stream z   = { 0 };
    Buf      out = buf_new(&t->mem, text.n + 1024);
    deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    z.next_in   = (Bytef *)(uintptr_t)text.s;
    z.avail_in  = (uInt)text.n;
    z.next_out  = (Bytef *)out.data;
    z.avail_out = (uInt)out.cap;
    deflate(&z, Z_FINISH);
    out.len = out.cap - (ptrdiff_t)z.avail_out;
    deflateEnd(&z);
    return buf_str(&out);
}

static Str zip_of(Test *t, const char *name, Str text)
{
    return book_zip(t, (BookPart[]){ { name, text } }, 1);
}

TESTS(test_unpack)
{
    CASE("a file that is not packed stays as it is, a workbook too") {
        STR(unpacked(t, S(TABLE)), S(TABLE));
        Str book = made_file(t, "kinds.xlsx"), ods = made_file(t, "kinds.ods");
        STR(unpacked(t, book), book);
        STR(unpacked(t, ods), ods);
    }
    CASE("a table comes out of gzip, whose members may follow each other, and out of a zip") {
        STR(unpacked(t, gzip(t, S(TABLE))), S(TABLE));
        Str one = gzip(t, S(TABLE)), two = gzip(t, S("В;07.03.2024;3\n"));
        STR(unpacked(t, str_fmt(&t->mem, "%s", "")), S(""));
        Buf both = buf_new(&t->mem, 1024);
        buf_put(&both, one);
        buf_put(&both, two);
        STR(unpacked(t, buf_str(&both)), S(TABLE "В;07.03.2024;3\n"));
        STR(unpacked(t, zip_of(t, "продажи.csv", S(TABLE))), S(TABLE));
        STR(unpacked(t, zip_of(t, "a.csv.gz", gzip(t, S(TABLE)))), S(TABLE));
        Str xls = made_file(t, "kinds.xls");
        STR(unpacked(t, zip_of(t, "отчёты\\март.xls", xls)), xls);
    }
    CASE("the one table of a zip is found beside what is none; two are the sheets of one file") {
        Problems problems = { .mem = &t->mem };
        BookPart beside[] = { { "__MACOSX/._a.csv", S("x") }, { ".DS_Store", S("x") }, { "read me.txt", S("Отчёт") },
                              { "empty.csv", S("") },         { "a/sales.csv", S(TABLE) } };
        STR(unpacked(t, book_zip(t, beside, COUNT(beside))), S(TABLE));
        BookPart two[] = { { "a/март.csv", S(TABLE) }, { "b\\апрель.csv", S(TABLE) } };
        Str pack = book_zip(t, two, COUNT(two));
        STR(unpacked(t, pack), pack);
        Sheets  *w;
        SheetRow row;
        EQUAL(sheets_open(pack, &w, &problems), OK);
        EQUAL(sheets_count(w), 2);
        STR(sheets_name(w, 0), S("апрель"));
        STR(sheets_name(w, 1), S("март"));
        EQUAL(sheets_begin(w, 1, '.'), OK);
        for (int i = 1; i <= 3; i++) EQUAL(sheets_next(w, &row), OK);
        EQUAL(row.number, 3);
        STR(row.cell[1], S("06.03.2024"));
        EQUAL(sheets_next(w, &row), NOT_FOUND);
        EQUAL(sheets_begin(w, 2, '.'), INVALID);
        sheets_close(w);
        BookPart none[] = { { "a.txt", S("hello") }, { "b.txt", S("world") } };
        STR(unpacked(t, book_zip(t, none, COUNT(none))), S("file.archive_empty"));
    }
    CASE("a zip in a zip is opened, a third one is not") {
        Str one = zip_of(t, "a.csv", S(TABLE)), two = zip_of(t, "a.zip", one);
        STR(unpacked(t, two), S(TABLE));
        STR(unpacked(t, zip_of(t, "b.zip", two)), S("file.archive_deep"));
        STR(unpacked(t, gzip(t, two)), S("file.archive_deep"));
    }
    CASE("what comes out leaves room on the disk for others, and nothing is written where it would not") {
        struct statvfs disk = { 0 };
        struct stat    file = { 0 };
        int            fd   = temporary_open();
        EQUAL(fstatvfs(fd, &disk), 0);
        CHECK(temporary_write(&fd, S("а")));
        Str all = { "б", (ptrdiff_t)(disk.f_bavail * disk.f_frsize) }; /* its bytes are never looked at */
        CHECK(!temporary_write(&fd, all));
        EQUAL(fstat(fd, &file), 0);
        EQUAL(file.st_size, 2);
        close(fd);
    }
    CASE("a pack that is cut or broken is refused, and so is one of zeros without end") {
        Str whole = gzip(t, S(TABLE));
        STR(unpacked(t, str_upto(whole, whole.n - 20)), S("file.cut"));
        char *bad = (char *)(uintptr_t)str_copy(&t->mem, whole).s;
        memset(bad + 12, 0xFF, 8);
        STR(unpacked(t, (Str){ bad, whole.n }), S("file.archive_broken gzip"));
        Str   zip = zip_of(t, "a.csv", S(TABLE));
        char *hit = (char *)(uintptr_t)str_copy(&t->mem, zip).s;
        hit[40]   = (char)(hit[40] ^ 0x55);
        STR(unpacked(t, (Str){ hit, zip.n }), S("file.archive_broken a.csv"));
        Buf zeros = buf_new(&t->mem, 200 << 20);
        zeros.len = 200 << 20;
        memset(zeros.data, 0, (size_t)zeros.len);
        STR(unpacked(t, gzip(t, buf_str(&zeros))), S("file.bomb gzip"));
        STR(unpacked(t, zip_of(t, "a.csv", buf_str(&zeros))), S("file.bomb a.csv"));
    }
}
