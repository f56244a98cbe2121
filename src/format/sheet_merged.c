/* Merged cells of a sheet, as its rows go by. */
#include "format/sheet_merged.h"

#include "format/dates.h"
#include "format/number.h"

#include <stdlib.h>
#include <string.h>

/* What goes down in a column. */
struct MergedName {
    int32_t  from, to; /* rows */
    int      n;
    bool     open;
    CellLook look;
    char     text[MERGED_NAME_MAX];
};

void merged_new(Merged *m, Arena *mem, int64_t packed)
{
    *m = (Merged){ .mem = mem, .may = 2 * sheets_unfold(packed) };
}

void merged_again(Merged *m)
{
    for (int i = 0; i < m->opens; i++) m->name[m->open[i]]->open = false;
    m->opens = 0;
    m->next  = 0;
}

void merged_begin(Merged *m)
{
    merged_again(m);
    m->n      = 0;
    m->sorted = true;
}

static void room_for_more(Merged *m)
{
    MergedArea *old = m->area;
    if (m->n < m->room) return;
    m->room = m->room ? 2 * m->room : 256;
    m->area = NEW_RAW(m->mem, MergedArea, m->room);
    if (m->n) memcpy(m->area, old, (size_t)m->n * sizeof *old);
}

bool merged_add(Merged *m, int64_t first, int64_t last, int64_t column, int64_t last_column)
{
    bool within = first >= 1 && first <= last && last <= SHEET_ROWS_MAX && column >= 0 && column <= last_column &&
                  last_column < SHEET_COLUMNS_MAX;
    if (!within || (first == last && (first > MERGED_HEAD_ROWS || column == last_column))) return true;
    if (m->n == MERGED_MAX) return false;
    room_for_more(m);
    m->sorted &= !m->n || m->area[m->n - 1].first <= first;
    m->area[m->n++] = (MergedArea){ (int32_t)first, (int32_t)last, (int)column, (int)(last_column - column + 1) };
    return true;
}

static int by_row(const void *a, const void *b)
{
    const MergedArea *one = a, *other = b;
    return one->first != other->first ? (one->first > other->first) - (one->first < other->first)
                                      : (one->column > other->column) - (one->column < other->column);
}

/* A number that is no day. */
static bool is_figure(Str text)
{
    NumberVotes numbers = { 0 };
    DayVotes    days    = { 0 };
    if (text.n > 64 || !number_vote(&numbers, text)) return false;
    day_vote(&days, text);
    return days.dates == 0;
}

static Str text_of(const RowText *row, int column)
{
    if (column >= row->count) return S("");
    const CellText *cell = &row->cell[column];
    return cell->text.n ? cell->text : (Str){ row->text.data + cell->at, cell->n };
}

static MergedName *name_at(Merged *m, int column)
{
    if (!m->name) {
        m->name = NEW_N(m->mem, MergedName *, SHEET_COLUMNS_MAX);
        m->open = NEW_N(m->mem, int, SHEET_COLUMNS_MAX);
    }
    if (!m->name[column]) m->name[column] = NEW(m->mem, MergedName);
    return m->name[column];
}

static void name_begins(Merged *m, const MergedArea *a, const RowText *row)
{
    Str text = text_of(row, a->column), said = str_trim(text);
    if (!said.n || text.n > MERGED_NAME_MAX || is_figure(said)) return;
    MergedName *name = name_at(m, a->column);
    if (!name->open) m->open[m->opens++] = a->column;
    name->open = true;
    name->from = a->first;
    name->to   = a->last;
    name->n    = (int)text.n;
    name->look = row->cell[a->column].look;
    memcpy(name->text, text.s, (size_t)text.n);
}

/* Areas whose first row has gone by without having been there begin with nothing. */
static void areas_begin(Merged *m, int64_t number, RowText *row)
{
    for (; m->next < m->n && m->area[m->next].first <= number; m->next++) {
        const MergedArea *a = &m->area[m->next];
        if (a->first < number || a->column >= row->count) continue;
        row->cell[a->column].look.across = (uint16_t)a->across;
        if (a->last > a->first) name_begins(m, a, row);
    }
}

static bool goes_down(const MergedName *name, int64_t number)
{
    return number > name->from && number <= name->to;
}

static void cell_fill(RowText *row, int column, MergedName *name)
{
    for (; row->count <= column; row->count++) row->cell[row->count] = (CellText){ 0 };
    row->cell[column] = (CellText){ .text = { name->text, name->n }, .look = name->look };
    row->cell[column].look.merged = true;
}

Err merged_fill(Merged *m, int64_t number, RowText *row, Problems *problems)
{
    int kept = 0;
    if (!m->n) return OK;
    if (!m->sorted) qsort(m->area, (size_t)m->n, sizeof *m->area, by_row);
    m->sorted = true;
    for (int i = 0; i < m->opens; i++) {
        MergedName *name = m->name[m->open[i]];
        name->open       = number <= name->to;
        if (!name->open) continue;
        m->open[kept++] = m->open[i];
        if (!goes_down(name, number) || text_of(row, m->open[i]).n) continue;
        cell_fill(row, m->open[i], name);
        m->told += MERGED_CELL_COSTS + name->n;
    }
    m->opens = kept;
    areas_begin(m, number, row);
    return m->told <= m->may ? OK
                             : PROBLEM(problems, INVALID, NULL, "file.bomb", arg_count("megabytes", m->told >> 20),
                                       arg_text("part", S("mergeCells")));
}
