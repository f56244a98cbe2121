/* Rows of a file for looking at, and what their columns look like. */
#include "format/sample.h"

#include <string.h>

Sample sample_new(Arena *mem, ptrdiff_t room)
{
    return (Sample){ .row = NEW_N(mem, SampleRow, room), .room = room };
}

int row_filled(const SampleRow *row)
{
    int filled = 0;
    for (int i = 0; i < row->count; i++) filled += str_trim(row->cell[i]).n > 0;
    return filled;
}

Str row_cell(const SampleRow *row, int column)
{
    return column < row->count ? str_trim(row->cell[column]) : S("");
}

void sample_row(Sample *s, SampleRow row)
{
    if (s->rows < s->room && row_filled(&row)) s->row[s->rows++] = row;
}

void sample_text(Sample *s, Arena *mem, Str text, char delimiter, bool quotes, ptrdiff_t limit, int columns)
{
    TableForm form   = { .delimiter = delimiter, .quotes = quotes };
    CsvReader reader = csv_reader(text, &form, mem);
    while (limit-- > 0 && csv_next(&reader, mem)) {
        if (columns && reader.fields != columns) continue;
        Str *cells = NEW_RAW(mem, Str, reader.fields);
        memcpy(cells, reader.field, (size_t)reader.fields * sizeof *cells);
        sample_row(s, (SampleRow){ .cell = cells, .count = reader.fields, .at = reader.begin });
    }
    s->fault    = reader.fault;
    s->fault_at = reader.fault_at;
}

static bool has_digit(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.s[i] >= '0' && s.s[i] <= '9') return true;
    return false;
}

void column_see(ColumnSeen *seen, Str cell)
{
    cell = str_trim(cell);
    if (cell.n == 0) return;
    seen->filled++;
    bool short_one = cell.n <= 64 && has_digit(cell);
    bool day       = short_one && day_vote(&seen->days, cell);
    bool number    = short_one && number_vote(&seen->numbers, cell);
    seen->texts += !day && !number;
}

SeenKind column_kind(const ColumnSeen *seen)
{
    if (seen->filled == 0) return SEEN_NOTHING;
    if (seen->days.dates * 10 >= seen->filled * 7) return SEEN_DAY;
    return seen->numbers.numbers * 10 >= seen->filled * 7 ? SEEN_NUMBER : SEEN_TEXT;
}

bool cell_fits(Str cell, SeenKind kind)
{
    ColumnSeen seen = { 0 };
    column_see(&seen, cell);
    return kind == SEEN_DAY ? seen.days.dates > 0 : kind == SEEN_NUMBER ? seen.numbers.numbers > 0 : seen.texts > 0;
}
