/* Groups of a report that only their figures tell from details: each is what the rows below it add up to. */
#include "sales/reading/unfold_inside.h"

#include <string.h>

enum { GROUPS_LEAST = 2 };

static bool counts(const UnfoldFind *f, ptrdiff_t i)
{
    return !sums_others(&f->r->row[i]);
}

static bool figures_of(const UnfoldFind *f, ptrdiff_t i, int64_t *figure)
{
    bool any = false;
    memset(figure, 0, (size_t)f->plan->columns * sizeof *figure);
    for (int c = 0; c < f->plan->columns; c++) {
        if (!f->plan->column[c].adds) continue;
        number_read(row_cell(&f->r->row[i], c), f->r->form.number, 3, &figure[c]);
        any |= figure[c] != 0;
    }
    return any;
}

static bool is_full(const UnfoldFind *f, const int64_t *left)
{
    for (int c = 0; c < f->plan->columns; c++)
        if (left[c]) return false;
    return true;
}

/* Takes the details of the group at row i off its figures; the row behind them, or -1: they do not give the group.
 * left, figure: [columns] */
static ptrdiff_t behind_group(const UnfoldFind *f, ptrdiff_t i, int64_t *left, int64_t *figure, int *details)
{
    figures_of(f, i, left);
    for (*details = 0, i++; i < f->rows && (!*details || !is_full(f, left)); i++, ++*details) {
        if (!counts(f, i) || !row_cell(&f->r->row[i], f->plan->label).n || !figures_of(f, i, figure)) return -1;
        for (int c = 0; c < f->plan->columns; c++) left[c] -= figure[c];
    }
    return *details && is_full(f, left) ? i : -1;
}

void levels_by_sums(UnfoldFind *f)
{
    UnfoldPlan *p       = f->plan;
    int         several = 0, details = 0, groups = 0;
    int64_t    *at      = NEW_N(f->mem, int64_t, f->rows), *left = NEW_N(f->mem, int64_t, p->columns);
    int64_t    *figure  = NEW_N(f->mem, int64_t, p->columns);
    for (ptrdiff_t i = 0, next; i < f->rows; i = next) {
        next = i + 1;
        if (!counts(f, i)) continue;
        next = behind_group(f, i, left, figure, &details);
        if (next < 0 && groups >= GROUPS_LEAST && f->rows < f->r->rows) break; /* it may go on further down */
        if (next < 0) return;
        at[groups++] = f->r->row[i].at + 1;
        several += details > 1;
    }
    if (groups < GROUPS_LEAST || several < GROUPS_LEAST) return;
    p->by          = LEVELS_SUMS;
    p->group_at    = at;
    p->groups      = groups;
    p->says.levels = 2;
}
