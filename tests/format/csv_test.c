/* Text tables.  Single claims come from RFC 4180 and from the head; random tables are read by libcsv 3.0.3 (Robert
 * Gamble) too. */
#include "format/csv.h"
#include "tests/test.h"

#include <csv.h>
#include <string.h>

static TableForm form(char delimiter)
{
    return (TableForm){ .delimiter = delimiter, .quotes = true };
}

/* Rows as `a|b/c|d/`, fields between |, rows end with /, faults by number in brackets. */
static Str read_all(Test *t, Str text, const TableForm *f)
{
    CsvReader r   = csv_reader(text, f, &t->mem);
    Buf       out = buf_new(&t->mem, 256);
    while (csv_next(&r, &t->mem)) {
        for (int i = 0; i < r.fields; i++) {
            if (i) buf_char(&out, '|');
            buf_put(&out, r.field[i]);
        }
        if (r.fault) buf_fmt(&out, "[%d at %td]", (int)r.fault, r.fault_at);
        buf_char(&out, '/');
    }
    if (r.fault) buf_fmt(&out, "[%d at %td]", (int)r.fault, r.fault_at);
    return buf_str(&out);
}

static Str rows(Test *t, const char *text)
{
    TableForm f = form(',');
    return read_all(t, str_of(text), &f);
}

/* A table that nobody would write: few letters, many quotes and line ends. */
static Str random_table(Test *t, uint64_t *seed, int columns, bool quotes)
{
    static const char *const plain[] = { "a",    "",
                                         "12.5", "x y",
                                         "-3",   "long text without anything special in it at all or nearly nothing" };
    static const char *const wild[]  = { "\"\"", ",", "\n", "\r\n", "word", " ", "\"\"\"\"" };
    Buf b = buf_new(&t->mem, 4096);
    for (int row = 0; row < 300; row++)
        for (int c = 0; c < columns; c++) {
            *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
            uint64_t dice = *seed >> 33;
            if (quotes && dice % 5 == 0) {
                buf_char(&b, '"');
                for (uint64_t i = 0; i < dice / 5 % 4; i++) buf_c(&b, wild[(dice >> (3 * i + 5)) % 7]);
                buf_char(&b, '"');
            } else {
                buf_c(&b, plain[dice / 5 % 6]);
            }
            buf_c(&b, c < columns - 1 ? "," : dice % 3 ? "\n" : "\r\n");
        }
    return buf_str(&b);
}

static void oracle_field(void *s, size_t n, void *to)
{
    Buf *b = to;
    buf_put(b, (Str){ s, (ptrdiff_t)n });
    buf_char(b, '|');
}

static void oracle_row(int end, void *to)
{
    (void)end;
    buf_char(to, '/');
}

static Str oracle(Test *t, Str text)
{
    struct csv_parser p;
    Buf out = buf_new(&t->mem, 4096);
    csv_init(&p, 0);
    csv_parse(&p, text.s, (size_t)text.n, oracle_field, oracle_row, &out);
    csv_fini(&p, oracle_field, oracle_row, &out);
    csv_free(&p);
    return buf_str(&out);
}

static void put_row(Buf *b, const Str *field, int n)
{
    for (int i = 0; i < n; i++) {
        buf_put(b, field[i]);
        buf_char(b, '|');
    }
    buf_char(b, '/');
}

/* Plain rows in blocks, the others one by one, as the reader of sales does. */
static Str ours(Test *t, Str text, CsvWay way, int columns)
{
    TableForm f   = form(',');
    CsvReader r   = csv_reader(text, &f, &t->mem);
    Buf       out = buf_new(&t->mem, 4096);
    CsvBlock *b   = NEW(&t->mem, CsvBlock);
    Str       field[16];
    for (;;) {
        if (!csv_plain_rows_by(way, &r, text.n, columns, b)) return (Str){ 0 };
        for (int row = 0; row < b->rows; row++) {
            const uint32_t *edge = b->edge + row * b->stride;
            for (int c = 0; c < columns; c++) field[c] = csv_block_field(b, edge, c);
            put_row(&out, field, columns);
        }
        if (b->rows == CSV_BLOCK_ROWS) continue;
        if (!csv_next(&r, &t->mem)) break;
        put_row(&out, r.field, r.fields);
    }
    return buf_str(&out);
}

TESTS(test_csv)
{
    CASE("lines end with LF, CR LF or CR, the last one need not") {
        STR(rows(t, "a,b\nc,d\r\ne,f\rg,h"), S("a|b/c|d/e|f/g|h/"));
    }
    CASE("an empty line is no row, an empty field is a field") {
        STR(rows(t, "\n\r\na,\n\n,\n"), S("a|/|/"));
        STR(rows(t, ""), S(""));
        STR(rows(t, "a,"), S("a|/"));
    }
    CASE("the end mark of DOS behind the last row is none, and inside a text it is a character") {
        STR(rows(t, "a,b\r\n1,2\r\n\x1A"), S("a|b/1|2/"));
        STR(rows(t, "a,b\n1,2\n\x1A\x1A\x1A"), S("a|b/1|2/"));
        STR(rows(t, "a,b\n\x1A,2\n"), S("a|b/\x1A|2/"));
    }
    CASE("delimiters, line ends and doubled quotes inside quotes belong to the field") {
        STR(rows(t, "\"a,b\",\"c\nd\"\r\n\"say \"\"no\"\"\",\"\"\n"), S("a,b|c\nd/say \"no\"|/"));
        STR(rows(t, "\"\"\"\""), S("\"/"));
    }
    CASE("a quote inside a plain field is a character") {
        STR(rows(t, "12\" nail,a\"b\"\n"), S("12\" nail|a\"b\"/"));
    }
    CASE("text behind a closing quote is kept and told with its place") {
        STR(rows(t, "x,\"a\"b,c\nd\n"), S("x|ab|c[1 at 5]/d/"));
    }
    CASE("a text that ends inside quotes is refused where they open") {
        STR(rows(t, "a,b\nc,\"d\ne,f\n"), S("a|b/[2 at 6]"));
    }
    CASE("a zero byte is refused with its place, in a plain field and in quotes") {
        TableForm f = form(',');
        STR(read_all(t, S("a,b\nc,d\0e\n"), &f), S("a|b/[3 at 7]"));
        STR(read_all(t, S("\"a\0\"\n"), &f), S("[3 at 2]"));
    }
    CASE("a field of more than a MiB is refused, one of a MiB is not") {
        char *big = NEW_N(&t->mem, char, CSV_FIELD_MAX + 4);
        TableForm f = form(',');
        memset(big, 'x', CSV_FIELD_MAX + 4);
        EQUAL(read_all(t, (Str){ big, CSV_FIELD_MAX }, &f).n, CSV_FIELD_MAX + 1);
        STR(read_all(t, (Str){ big, CSV_FIELD_MAX + 1 }, &f), S("[4 at 0]"));
        big[0] = '"';
        STR(read_all(t, (Str){ big, CSV_FIELD_MAX + 4 }, &f), S("[4 at 0]"));
    }
    CASE("a thousand columns are read, one more is refused") {
        char *line  = NEW_N(&t->mem, char, 1000);
        TableForm f = form(',');
        memset(line, ',', 1000);
        EQUAL(read_all(t, (Str){ line, 999 }, &f).n, 1000);
        STR(read_all(t, (Str){ line, 1000 }, &f), S("[5 at 1000]"));
    }
    CASE("runs of blanks divide, blanks at both ends do not") {
        TableForm f = form(' ');
        STR(read_all(t, S(" 00004 0001 19970101  2   29.33\r\n 1  2 \n   \n3"), &f),
            S("00004|0001|19970101|2|29.33/1|2/3/"));
    }
    CASE("without quotes in the form a quote is a character everywhere") {
        TableForm f = { .delimiter = ';' };
        STR(read_all(t, S("\"a;b\"\n"), &f), S("\"a|b\"/"));
    }
    CASE("the first line behind a place is found, between CR and LF too") {
        Str text = S("ab\r\ncd\ne\r\n");
        EQUAL(csv_line_from(text, 0), 0);
        EQUAL(csv_line_from(text, 1), 4);
        EQUAL(csv_line_from(text, 3), 4);
        EQUAL(csv_line_from(text, 4), 4);
        EQUAL(csv_line_from(text, 5), 7);
        EQUAL(csv_line_from(text, 9), 10);
        EQUAL(csv_line_from(S("a\rb"), 1), 2);
    }
    CASE("random tables have the fields that libcsv finds, in blocks by every way and row by row") {
        uint64_t seed = 20240305;
        for (int i = 0; i < 24; i++) {
            int columns = 1 + i % 7;
            Str table   = random_table(t, &seed, columns, i % 3 > 0), want = oracle(t, table);
            for (CsvWay way = CSV_BEST; way < CSV_WAYS; way++) {
                Str got = ours(t, table, way, columns);
                if (got.s) CHECK(str_eq(got, want));
            }
            CHECK(str_eq(ours(t, table, CSV_BEST, 9), want));
        }
    }
    CASE("a CR that ends a line ends it in a block of LFs, too") {
        Buf table = buf_new(&t->mem, 4096), want = buf_new(&t->mem, 4096);
        for (int i = 0; i < 40; i++) {
            buf_c(&table, i == 20 ? "a,b,c\rd\n" : i == 30 ? "a,b\r\n" : "a,b,c\n");
            buf_c(&want, i == 20 ? "a|b|c|/d|/" : i == 30 ? "a|b|/" : "a|b|c|/");
        }
        for (CsvWay way = CSV_BEST; way < CSV_WAYS; way++) {
            Str got = ours(t, buf_str(&table), way, 3);
            if (got.s) STR(got, buf_str(&want));
        }
    }
    CASE("a fault says its row and byte") {
        Problems list = { .mem = &t->mem };
        EQUAL(csv_problem(&list, CSV_NUL, 7, 41), INVALID);
        EQUAL(list.first->row, 7);
        EQUAL(list.first->args[0].number, 42);
        EQUAL(csv_problem(&list, CSV_FINE, 7, 41), OK);
    }
}
