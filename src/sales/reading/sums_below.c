/* Rows that sum those above them without a word of it. */
#include "sales/reading/sums_below.h"

#include "format/dates.h"
#include "sales/reading/unfold_inside.h"

enum { ROWS_LOOKED = 500, HEAD_BYTES = 1 << 16, CLIENTS_LEAST = 3 };

/* The rows of the sample that are sales by what stands in them. */
typedef struct {
    const Recognised *r;
    int               at[ROWS_LOOKED]; /* in the sample */
    Money             amount[ROWS_LOOKED];
    Str               client[ROWS_LOOKED];
    int               n;
} Sold;

static void sold_find(const Recognised *r, const SalesColumns *c, Sold *out)
{
    int client = c->at[COL_CLIENT] >= 0 ? c->at[COL_CLIENT] : c->at[COL_INN];
    *out       = (Sold){ .r = r };
    if (client < 0 || c->at[COL_AMOUNT] < 0 || c->at[COL_DATE] < 0) return;
    for (ptrdiff_t i = 0; i < r->rows && out->n < ROWS_LOOKED; i++) {
        const SampleRow *row = &r->row[i];
        Day              day;
        Money            amount;
        if (r->form.kind == FILE_CSV && row->at >= HEAD_BYTES) return;
        if (!row_cell(row, client).n || sums_others(row)) continue;
        if (day_cell_read(row_cell(row, c->at[COL_DATE]), r->form.day, &day) != CELL_READ) continue;
        if (number_read(row_cell(row, c->at[COL_AMOUNT]), r->form.number, 2, &amount) != CELL_READ) continue;
        out->at[out->n]       = (int)i;
        out->amount[out->n]   = amount;
        out->client[out->n++] = row_cell(row, client);
    }
}

/* ---- rows that look apart ---- */

bool row_marked(const FormReport *says, const ReportRow *row)
{
    if (says->below == BELOW_NOTHING) return false;
    if (says->below == BELOW_OUTLINE) return row->outline < says->below_at;
    if (says->below == BELOW_EMPTY) return says->below_at >= row->count || !str_trim(row->cell[says->below_at]).n;
    for (int c = 0; row->look && c < row->count; c++)
        if (str_trim(row->cell[c]).n) return row->look[c].bold;
    return false;
}

typedef struct {
    Wide sum, before[ROWS_LOOKED + 1];
    int  sums;
} Added;

static bool adds_up(const Added *a, Money stated)
{
    for (int i = 0; i <= a->sums; i++)
        if (a->sum - a->before[i] == stated) return true;
    return false;
}

/* Are the rows that look so what rows above them add up to, several of them sums of several?  One of four may lie,
 * which is told when the rows are read. */
static bool they_add_up(Arena scratch, const Sold *s, const FormReport *says)
{
    Added *a       = NEW(&scratch, Added);
    int    several = 0, most = 0, since = 0, wrong = 0;
    for (int i = 0; i < s->n; i++) {
        ReportRow row = report_row(&s->r->row[s->at[i]]);
        if (!row_marked(says, &row)) {
            a->sum += s->amount[i];
            since++;
            continue;
        }
        bool right = adds_up(a, s->amount[i]) && (since || a->sums);
        wrong += !right;
        several += right && since > 1;
        if (right && since > most) most = since;
        a->before[++a->sums] = a->sum;
        since                = 0;
    }
    return a->sums * 2 <= s->n && wrong * 4 <= a->sums && (several > 1 || (most > 2 && !wrong));
}

static int deepest(const Sold *s)
{
    int most = 0;
    for (int i = 0; i < s->n; i++)
        if (s->r->row[s->at[i]].outline > most) most = s->r->row[s->at[i]].outline;
    return most;
}

void sums_below_find(Arena scratch, const Recognised *r, const SalesColumns *c, FormReport *out)
{
    Sold *s = NEW(&scratch, Sold);
    sold_find(r, c, s);
    FormReport looks[] = { { .below = BELOW_BOLD }, { .below = BELOW_OUTLINE, .below_at = deepest(s) } };
    FormReport empty   = { .below = BELOW_EMPTY }, *found = NULL;
    for (ptrdiff_t i = 0; i < COUNT(looks) && !found; i++)
        if (they_add_up(scratch, s, &looks[i])) found = &looks[i];
    for (int at = 0; at < r->form.columns && !found; at++) {
        empty.below_at = at;
        if (at != c->at[COL_DATE] && they_add_up(scratch, s, &empty)) found = &empty;
    }
    if (!found) return;
    out->shape    = SHAPE_TABLE;
    out->below    = found->below;
    out->below_at = found->below_at;
}

/* ---- rows that look like all others ---- */

int64_t sums_unmarked(Arena scratch, const Recognised *r, const SalesColumns *c, int64_t *first)
{
    Sold   *s    = NEW(&scratch, Sold);
    int64_t runs = 0, sums = 0;
    sold_find(r, c, s);
    *first = 0;
    for (int i = 0, from = 0; i < s->n; i++) {
        Wide above = 0;
        if (i + 1 < s->n && str_eq(s->client[i + 1], s->client[i])) continue;
        for (int k = from; k < i; k++) above += s->amount[k];
        runs += i - from > 1;
        if (i - from > 1 && above == s->amount[i] && !sums++) *first = row_number(r, s->at[i]);
        from = i + 1;
    }
    return sums >= CLIENTS_LEAST && sums * 5 >= runs * 4 ? sums : 0;
}
