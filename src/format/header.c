/* Where a table begins: the first row whose cells are what their columns hold further down is the body; above it stand
 * the names, and above them titles. */
#include "format/sample.h"

enum { TOP_ROWS = 60 };

typedef struct {
    const Sample *s;
    int           columns;
    SeenKind     *kind;   /* [columns] in the lower half of the sample */
    int           typed;  /* columns of numbers or dates               */
} Top;

static void kinds_find(Arena *mem, Top *top)
{
    ColumnSeen *seen = NEW_N(mem, ColumnSeen, top->columns);
    ptrdiff_t   from = top->s->rows < 2 * TOP_ROWS ? top->s->rows / 2 : TOP_ROWS;
    for (ptrdiff_t r = from; r < top->s->rows && r < from + 500; r++)
        for (int c = 0; c < top->columns; c++) column_see(&seen[c], row_cell(&top->s->row[r], c));
    for (int c = 0; c < top->columns; c++) {
        top->kind[c] = column_kind(&seen[c]);
        top->typed += top->kind[c] >= SEEN_NUMBER;
    }
}

/* 1 2 3 4: the row of column numbers that printed forms have below their names. */
static bool numbers_the_columns(const SampleRow *row)
{
    int64_t next = 1, value;
    for (int c = 0; c < row->count; c++) {
        Str cell = row_cell(row, c);
        if (cell.n && (!str_i64(cell, &value) || value != next++)) return false;
    }
    return next > 3;
}

/* 03.2024: a month, though a number could be read into it. */
static bool is_month(Str cell)
{
    int64_t month, year;
    Str     rest = cell, first = str_cut(&rest, '.');
    return first.n <= 2 && rest.n == 4 && str_i64(first, &month) && str_i64(rest, &year) && month >= 1 && month <= 12 &&
           year >= 1990 && year <= 2100;
}

static bool is_body(const Top *top, const SampleRow *row)
{
    int fits = 0, against = 0;
    for (int c = 0; c < top->columns; c++) {
        Str cell = row_cell(row, c);
        if (top->kind[c] < SEEN_NUMBER || cell.n == 0) continue;
        bool fit = cell_fits(cell, top->kind[c]);
        fits += fit;
        against += !fit;
    }
    return fits && fits >= against && fits * 2 >= (top->typed < 4 ? top->typed : 4) && !numbers_the_columns(row);
}

/* Months in all columns of numbers, two at least: they are names. */
static bool months_head(const Top *top, const SampleRow *row)
{
    int months = 0;
    for (int c = 0; c < top->columns; c++) {
        Str cell = row_cell(row, c);
        if (top->kind[c] != SEEN_NUMBER || cell.n == 0 || !cell_fits(cell, SEEN_NUMBER)) continue;
        if (!is_month(cell)) return false;
        months++;
    }
    return months >= 2;
}

static ptrdiff_t body_find(const Top *top)
{
    for (ptrdiff_t r = 0; r < top->s->rows && r < TOP_ROWS; r++)
        if (is_body(top, &top->s->row[r]) && !months_head(top, &top->s->row[r])) return r;
    return -1;
}

/* Names have letters, or are a day or a month: 7707083893/770701001 and 8 (343) 200-00-00 are none. */
static bool may_name(Str cell)
{
    int digits = 0;
    for (ptrdiff_t i = 0; i < cell.n; i++) {
        unsigned char c = (unsigned char)cell.s[i];
        if (c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z')) return true;
        digits += c >= '0' && c <= '9';
    }
    return cell.n && digits <= 8;
}

/* Does the row hold nothing that its columns do not hold below, and a number at least? */
static bool begins_thin(const Top *top, const SampleRow *row)
{
    int fits = 0;
    for (int c = 0; c < top->columns; c++) {
        Str cell = row_cell(row, c);
        if (top->kind[c] < SEEN_NUMBER || cell.n == 0) continue;
        if (!cell_fits(cell, top->kind[c]) && may_name(cell)) return false;
        fits++;
    }
    return fits && !numbers_the_columns(row) && !months_head(top, row);
}

/* Does the row fill what the first one with numbers fills, but for its numbers: somebody without ИНН and phone? */
static bool begins_unnumbered(const Top *top, const SampleRow *row, const SampleRow *body)
{
    int said = 0;
    for (int c = 0; c < top->columns; c++) {
        bool numbers = top->kind[c] >= SEEN_NUMBER;
        if (numbers && row_cell(row, c).n) return false;
        if (numbers || row_cell(body, c).n == 0) continue;
        if (row_cell(row, c).n == 0) return false;
        said++;
    }
    return said > 0;
}

/* Does the row say only what the first one with numbers leaves empty: a client above his sales? */
static bool begins_group(const Top *top, const SampleRow *row, const SampleRow *body)
{
    int said = 0;
    for (int c = 0; c < top->columns; c++) {
        if (row_cell(row, c).n == 0) continue;
        if (row_cell(body, c).n || top->kind[c] >= SEEN_NUMBER) return false;
        said++;
    }
    return said > 0;
}

/* Between the names and the first row that is surely one of the body may stand rows with little in them. */
static ptrdiff_t body_begins(const Top *top, ptrdiff_t names, ptrdiff_t body)
{
    const SampleRow *row = top->s->row;
    for (ptrdiff_t r = names + 1; r < body; r++)
        if (begins_thin(top, &row[r]) || begins_group(top, &row[r], &row[body]) ||
            begins_unnumbered(top, &row[r], &row[body]))
            return r;
    return body;
}

static int row_words(const SampleRow *row, int columns)
{
    int words = 0;
    for (int c = 0; c < columns; c++) {
        Str cell = row_cell(row, c);
        words += is_month(cell) || (may_name(cell) && !cell_fits(cell, SEEN_NUMBER));
    }
    return words;
}

/* The row with most words above the body, the nearest of equals; -1: only titles stand there. */
static ptrdiff_t names_find(const Top *top, ptrdiff_t body)
{
    ptrdiff_t best = -1;
    int       most = top->columns > 2 ? top->columns / 3 : top->columns - 1;
    for (ptrdiff_t r = body - 1; r >= 0 && r >= body - TOP_ROWS; r--) {
        int words = row_words(&top->s->row[r], top->columns);
        if (words > most) most = words, best = r;
    }
    return best;
}

/* Without numbers and dates only the first row itself can tell: names are there for each column and come back
 * nowhere. */
static bool first_row_names(const Top *top)
{
    const SampleRow *first = &top->s->row[0];
    if (row_words(first, top->columns) < top->columns) return false;
    for (int c = 0; c < top->columns; c++)
        for (ptrdiff_t r = 1; r < top->s->rows; r++)
            if (str_eq(row_cell(first, c), row_cell(&top->s->row[r], c))) return false;
    return true;
}

/* Does a merged cell say it, whose text comes down from the row above? */
static bool comes_down(const SampleRow *row, int column)
{
    return row->look && column < row->count && row->look[column].merged;
}

static bool any_comes_down(const SampleRow *row)
{
    for (int c = 0; c < row->count; c++)
        if (comes_down(row, c)) return true;
    return false;
}

/* Does the row above name groups of columns (merged cells), rather than being a title?  One that does names a column,
 * with something in it, that has no name of its own. */
static bool names_groups(const Top *top, ptrdiff_t above, ptrdiff_t names)
{
    if (above < 0) return false;
    const SampleRow *up = &top->s->row[above], *low = &top->s->row[names];
    if (any_comes_down(low)) return true;
    if (row_filled(up) < 2 || row_words(up, top->columns) < row_filled(up)) return false;
    for (int c = 0; c < top->columns; c++)
        if (row_cell(up, c).n && row_cell(low, c).n == 0 && top->kind[c] != SEEN_NOTHING) return true;
    return false;
}

/* A merged cell keeps its text in its first column only; the ones it covers have names of their own below. */
static Str merged_from_left(const SampleRow *up, int column)
{
    const SampleRow *low = up + 1;
    for (int c = column; c >= 0 && up->look; c--)
        if (c < up->count && row_cell(up, c).n)
            if (up->look[c].across > column - c) return row_cell(up, c);
    for (int c = column; c >= 0 && row_cell(low, c).n && !numbers_the_columns(low); c--)
        if (row_cell(up, c).n) return row_cell(up, c);
    return S("");
}

static Str join(Arena *mem, Str a, Str b)
{
    if (a.n == 0 || b.n == 0 || str_eq(a, b)) return a.n ? a : b;
    return str_fmt(mem, "%.*s %.*s", (int)a.n, a.s, (int)b.n, b.s);
}

static Str name_of(Arena *mem, const Top *top, ptrdiff_t first, ptrdiff_t body, int column)
{
    Str name = S("");
    for (ptrdiff_t r = first; r < body; r++) {
        const SampleRow *row  = &top->s->row[r];
        Str              cell = row_cell(row, column);
        if (cell.n == 0 && r + 1 < body) cell = merged_from_left(row, column);
        if (!numbers_the_columns(row)) name = join(mem, name, cell);
    }
    return name;
}

static TableTop with_names(Arena *mem, const Top *top, ptrdiff_t names, ptrdiff_t body)
{
    TableTop out = { .header = true, .first = body - 1, .body = body, .names = NEW_N(mem, Str, top->columns) };
    if (names_groups(top, names - 1, names)) names--;
    while (names && any_comes_down(&top->s->row[names])) names--;
    out.names_at = names;
    for (ptrdiff_t r = names; r < body; r++)
        if (top->s->row[r].count > out.width) out.width = top->s->row[r].count;
    for (int c = 0; c < top->columns; c++) out.names[c] = name_of(mem, top, names, body, c);
    return out;
}

static bool holds(const SampleRow *row, Str name, int columns)
{
    for (int c = 0; c < columns; c++)
        if (str_eq(row_cell(row, c), name)) return true;
    return false;
}

/* The same names further up, perhaps in another order: what was found is a header that comes again.  -1: none. */
static ptrdiff_t names_before(const Top *top, ptrdiff_t names)
{
    const SampleRow *found = &top->s->row[names];
    for (ptrdiff_t r = 0; r < names; r++) {
        const SampleRow *row = &top->s->row[r];
        bool             all = row_filled(row) == row_filled(found) && row_filled(row) > 1;
        for (int c = 0; c < top->columns && all; c++)
            all = row_cell(found, c).n == 0 || holds(row, row_cell(found, c), top->columns);
        if (all) return r;
    }
    return -1;
}

TableTop table_top(Arena *mem, const Sample *s, int columns, int header)
{
    Top       top   = { .s = s, .columns = columns, .kind = NEW_N(mem, SeenKind, columns) };
    kinds_find(mem, &top);
    ptrdiff_t body  = top.typed ? body_find(&top) : first_row_names(&top);
    if (body < 0) body = first_row_names(&top);
    ptrdiff_t names = body > 0 ? names_find(&top, body) : -1;
    ptrdiff_t first = names >= 0 ? names_before(&top, names) : -1;
    if (first >= 0) names = first, body = first + 1;
    else if (names >= 0) body = body_begins(&top, names, body);
    if (header == 1 && names < 0) names = body > 0 ? body - 1 : 0, body = names + 1;
    if (header && names >= 0) return with_names(mem, &top, names, body);
    if (header == 0 && names >= 0 && s->row[names].count == columns) body = names;
    return (TableTop){ .first = body, .body = body, .width = columns, .names = NEW_N(mem, Str, columns) };
}
