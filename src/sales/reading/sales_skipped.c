/* The first row that was left out for each reason, looked up where somebody will read it: the rows are read once more,
 * as far as needed. */
#include "core/utf8.h"
#include "format/number.h"
#include "sales/reading/plan_columns.h"
#include "sales/reading/sales_left.h"

enum { CELL_SHOWN = 120 };

/* The cells that may be the reason, the likelier one first; of price and quantity the one that does not read. */
static SalesColumn column_of(SalesRows *s, RowFate fate, const TableRow *row)
{
    if (fate == ROW_NO_CLIENT) return COL_CLIENT;
    if (fate == ROW_NO_DATE || fate == ROW_BAD_DATE) return COL_DATE;
    if (fate == ROW_NOT_WON || fate == ROW_CANCELLED) return fate == ROW_NOT_WON ? COL_WON : COL_STATE;
    if (!s->priced) return COL_AMOUNT;
    if (fate == ROW_ZERO_PRICE || fate == ROW_ZERO_QUANTITY) return fate == ROW_ZERO_PRICE ? COL_PRICE : COL_QUANTITY;
    int64_t number;
    int     price = s->columns.at[COL_PRICE];
    bool    reads = number_read(table_cell(row, price), s->form.number, 2, &number) == CELL_READ;
    return reads ? COL_QUANTITY : COL_PRICE;
}

static Str reason_of(SalesRows *s, RowFate fate, const TableRow *row)
{
    if (fate == ROW_TOTAL) return row_total_cell(s, row->cell, row->count);
    return table_cell(row, s->columns.at[column_of(s, fate, row)]);
}

static void keep(SalesRows *s, RowFate fate, const TableRow *row, Arena *mem, Skipped *out)
{
    Str cell  = reason_of(s, fate, row);
    Buf shown = buf_new(mem, CELL_SHOWN + 8);
    for (ptrdiff_t i = 0; i < cell.n && shown.len < CELL_SHOWN;) buf_rune(&shown, utf8_next(cell, &i));
    out->row  = row->number;
    out->cell = buf_str(&shown);
}

static Skipped *wanted(SalesRead *read, RowFate fate)
{
    for (int i = 0; i < read->skipped_count; i++)
        if (read->skipped[i].key == row_fate_keys[fate] && !read->skipped[i].row) return &read->skipped[i];
    return NULL;
}

/* What was known when the rows had been read: headers, and sums of a report, are no rows of the table.  How many of the
 * reasons are left. */
static int known_ones(SalesRead *read)
{
    int left = read->skipped_count;
    for (int i = 0; i < read->skipped_count; i++) {
        Skipped *s = &read->skipped[i];
        if (s->key == row_fate_keys[ROW_HEADER] && read->told.header_row) s->row = read->told.header_row;
        if (s->key == row_fate_keys[ROW_TOTAL] && read->told.sum_row) s->row = read->told.sum_row;
        left -= s->row > 0;
    }
    return left;
}

void sales_file_first_skipped(const SalesFile *f, const TableForm *form, const SalesColumns *columns, Arena *mem,
                              SalesRead *read)
{
    Problems  quiet = { .mem = mem, .limit = 1 };
    TableRows rows;
    TableRow  row;
    SaleRow   line;
    TableForm utf8 = *form;
    utf8.encoding  = ENC_UTF8;
    SalesRows s    = sales_rows(&utf8, columns);
    int       left = known_ones(read);
    s.totals       = NEW(mem, TotalsSeen);
    if (!left || table_rows_open(&rows, f->bytes, form, &quiet) != OK) return;
    while (left && table_rows_next(&rows, &row, &quiet) == OK) {
        s.marked      = row.marked;
        RowFate  fate = sales_row(&s, row.cell, row.count, row.number, &line);
        Skipped *skip = fate == ROW_USED ? NULL : wanted(read, fate);
        if (!skip) continue;
        keep(&s, fate, &row, mem, skip);
        left--;
    }
    table_rows_close(&rows);
}
