/* Rows of a text: the fast reader gives what the careful one gives, and what was written comes back. */
#include "format/csv.h"
#include "format/csv_out.h"
#include "fuzz/fuzz.h"

static int careful_row(CsvReader *r, Arena *mem, Str *cells)
{
    if (!csv_next(r, mem)) return -1;
    for (int i = 0; i < r->fields; i++) cells[i] = r->field[i];
    return r->fields;
}

/* Plain rows must be rows of the careful reader, field by field. */
static void compare_plain(CsvWay way, Str text, const TableForm *form, int columns, Arena *mem)
{
    static CsvBlock block;
    CsvReader fast = csv_reader(text, form, mem), careful = fast;
    careful.field = NEW_N(mem, Str, CSV_COLUMNS_MAX);
    if (!csv_plain_rows_by(way, &fast, text.n, columns, &block)) return;
    for (int row = 0; row < block.rows; row++) {
        const uint32_t *edge = block.edge + row * block.stride;
        CLAIM(csv_next(&careful, mem) && careful.fields == columns);
        for (int c = 0; c < columns; c++) CLAIM(str_eq(csv_block_field(&block, edge, c), careful.field[c]));
    }
}

static void write_and_read(CsvDialect dialect, const Str *cells, int n, Arena *mem)
{
    Buf       b    = buf_new(mem, 64);
    CsvOut    out  = csv_out(&b, dialect);
    TableForm form = { .delimiter = dialect == CSV_EXCEL_RU ? ';' : ',', .quotes = true, .begins = b.len };
    for (int i = 0; i < n; i++) csv_put(&out, out_text(cells[i]));
    csv_end_row(&out);
    CsvReader r = csv_reader(buf_str(&b), &form, mem);
    CLAIM(csv_next(&r, mem) && r.fields == n);
    for (int i = 0; i < n; i++) CLAIM(str_eq(formula_unmarked(r.field[i]), cells[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena    *mem       = fuzz_mem();
    Str       text      = { (const char *)data, (ptrdiff_t)size };
    unsigned  choice    = fuzz_byte(&text);
    TableForm form      = { .delimiter = ";,\t| "[choice % 5], .quotes = choice / 5 % 2 };
    Str       cells[CSV_COLUMNS_MAX];
    Problems  problems  = { .mem = mem };
    CsvReader r         = csv_reader(text, &form, mem);
    for (int n, rows = 0; (n = careful_row(&r, mem, cells)) > 0 && rows < 50; rows++) {
        CLAIM(r.begin >= 0 && r.at <= text.n && r.at > r.begin);
        write_and_read(rows & 1 ? CSV_EXCEL_RU : CSV_RFC4180, cells, n, mem);
    }
    csv_problem(&problems, r.fault, 1, r.fault_at);
    CLAIM(csv_line_from(text, text.n / 2) <= text.n);
    for (CsvWay way = CSV_BEST; way < CSV_WAYS && form.delimiter != ' '; way++)
        compare_plain(way, text, &form, 1 + (int)(choice / 10 % 8), mem);
    return 0;
}
