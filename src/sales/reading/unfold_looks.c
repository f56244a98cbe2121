/* Which level a row of a report is of, by how it looks. */
#include "sales/reading/unfold_inside.h"

#include "core/utf8.h"
#include "format/dates.h"

Str report_cell(const ReportRow *row, int column)
{
    return column >= 0 && column < row->count ? str_trim(row->cell[column]) : S("");
}

int report_indent(const ReportRow *row, int column)
{
    Str       cell   = column < row->count ? row->cell[column] : S("");
    int       indent = row->look && column < row->count ? row->look[column].indent : 0, blanks = 0;
    for (ptrdiff_t at = 0; at < cell.n; blanks++) {
        uint32_t r = utf8_next(cell, &at);
        if (r != ' ' && r != '\t' && r != 0xA0 && r != 0x2007 && r != 0x202F) break;
    }
    return indent * 100 + blanks;
}

static int marked(const UnfoldPlan *p, int mark)
{
    for (int i = 0; i < p->says.levels; i++)
        if (p->mark[i] == mark) return i;
    return -1;
}

bool day_inside(Str text, Day *out)
{
    for (Str word; (word = str_cut(&text, ' ')).n || text.n;)
        if (word.n >= 8 && word.n <= 12 && day_cell_read(word, DAY_DMY, out) == CELL_READ) return true;
    return false;
}

bool holds_day(Str text)
{
    Day day;
    return day_inside(text, &day);
}

/* Only of the rows that were looked at: further on a group begins where the one before is full. */
static int summed(const UnfoldPlan *p, const ReportRow *row)
{
    for (int i = 0; i < p->groups; i++)
        if (p->group_at[i] == row->number) return 0;
    return 1;
}

static bool has_day(const UnfoldPlan *p, const ReportRow *row)
{
    return p->day_at >= 0 ? report_cell(row, p->day_at).n > 0 : holds_day(report_cell(row, p->label));
}

int report_level(const UnfoldPlan *p, const ReportRow *row)
{
    if (p->by == LEVELS_COLUMN) {
        for (int i = 0; i < p->says.levels; i++)
            if (report_cell(row, p->mark[i]).n) return i;
        return -2;
    }
    if (!report_cell(row, p->label).n) return -2;
    if (p->by == LEVELS_OUTLINE) return marked(p, row->outline);
    if (p->by == LEVELS_INDENT) return marked(p, report_indent(row, p->label));
    if (p->by == LEVELS_BOLD) return row->look && p->label < row->count && row->look[p->label].bold ? 0 : 1;
    if (p->by == LEVELS_SUMS) return summed(p, row);
    return has_day(p, row) ? p->says.levels - 1 : 0;
}

Str report_label(const UnfoldPlan *p, const ReportRow *row, int level)
{
    return report_cell(row, p->by == LEVELS_COLUMN && level >= 0 ? p->mark[level] : p->label);
}
