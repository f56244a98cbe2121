/* Where a table begins: the first row whose cells are what their columns hold further down is the body; above it stand the names,
 * and above them titles. */
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

static ptrdiff_t body_find(const Top *top)
{
    for (ptrdiff_t r = 0; r < top->s->rows && r < TOP_ROWS; r++)
        if (is_body(top, &top->s->row[r])) return r;
    return -1;
}

static int row_words(const SampleRow *row, int columns)
{
    int words = 0;
    for (int c = 0; c < columns; c++) {
        Str cell = row_cell(row, c);
        words += cell.n && !cell_fits(cell, SEEN_NUMBER);
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

/* Without numbers and dates only the first row itself can tell: names are there for each column and come back nowhere. */
static bool first_row_names(const Top *top)
{
    const SampleRow *first = &top->s->row[0];
    if (row_words(first, top->columns) < top->columns) return false;
    for (int c = 0; c < top->columns; c++)
        for (ptrdiff_t r = 1; r < top->s->rows; r++)
            if (str_eq(row_cell(first, c), row_cell(&top->s->row[r], c))) return false;
    return true;
}

/* Does the row above name groups of columns (merged cells), rather than being a title?  One that does names a column, with something in it,
 * that has no name of its own. */
static bool names_groups(const Top *top, ptrdiff_t above, ptrdiff_t names)
{
    if (above < 0) return false;
    const SampleRow *up = &top->s->row[above], *low = &top->s->row[names];
    if (row_filled(up) < 2 || row_words(up, top->columns) < row_filled(up)) return false;
    for (int c = 0; c < top->columns; c++)
        if (row_cell(up, c).n && row_cell(low, c).n == 0 && top->kind[c] != SEEN_NOTHING) return true;
    return false;
}

/* A merged cell keeps its text in its first column only; the ones it covers have names of their own below. */
static Str merged_from_left(const SampleRow *up, int column)
{
    const SampleRow *low = up + 1;
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
    for (ptrdiff_t r = names; r < body; r++)
        if (top->s->row[r].count > out.width) out.width = top->s->row[r].count;
    for (int c = 0; c < top->columns; c++) out.names[c] = name_of(mem, top, names, body, c);
    return out;
}

TableTop table_top(Arena *mem, const Sample *s, int columns, int header)
{
    Top       top   = { .s = s, .columns = columns, .kind = NEW_N(mem, SeenKind, columns) };
    kinds_find(mem, &top);
    ptrdiff_t body  = top.typed ? body_find(&top) : first_row_names(&top);
    if (body < 0) body = first_row_names(&top);
    ptrdiff_t names = body > 0 ? names_find(&top, body) : -1;
    if (header == 1 && names < 0) names = body > 0 ? body - 1 : 0, body = names + 1;
    if (header && names >= 0) return with_names(mem, &top, names, body);
    if (header == 0 && names >= 0 && s->row[names].count == columns) body = names;
    return (TableTop){ .first = body, .body = body, .width = columns, .names = NEW_N(mem, Str, columns) };
}
