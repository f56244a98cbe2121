/* How a list of cells is kept sorted by client and month: what was added is sorted by its digits, then merged in from
 * the back. */
#include "analysis/tally_share.h"

enum { DIGIT = 11, DIGITS = 1 << DIGIT };

static uint64_t key_of(const TallyCell *c)
{
    return (uint64_t)c->client << 12 | (uint64_t)cell_month(c);
}

/* One step from `a` to `b`, by the digit that begins at bit `shift`. */
static void digit_sort(const TallyCell *a, TallyCell *b, uint32_t n, int shift)
{
    uint32_t from[DIGITS + 1] = { 0 };
    for (uint32_t i = 0; i < n; i++) from[(key_of(&a[i]) >> shift & (DIGITS - 1)) + 1]++;
    for (int d = 0; d < DIGITS; d++) from[d + 1] += from[d];
    for (uint32_t i = 0; i < n; i++) b[from[key_of(&a[i]) >> shift & (DIGITS - 1)]++] = a[i];
}

/* Sorts a[n] with b[n] to work in; the result is one of the two.  Bits in which all keys agree are passed over. */
static TallyCell *cells_sorted(TallyCell *a, TallyCell *b, uint32_t n)
{
    uint64_t differ = 0;
    for (uint32_t i = 0; i < n; i++) differ |= key_of(&a[i]) ^ key_of(&a[0]);
    for (int shift = 0; shift < 40 && differ >> shift;) {
        shift += __builtin_ctzll(differ >> shift);
        digit_sort(a, b, n, shift);
        TallyCell *swap = a;
        a = b;
        b = swap;
        shift += DIGIT;
    }
    return a;
}

/* Adds `more` to `to` if both are one client's month.  Where the sum does not fit, both stay and `more` has all the
 * days. */
static bool cell_joined(TallyCell *to, TallyCell *more)
{
    Money    money = cell_money(to) + cell_money(more);
    uint32_t days  = to->days | more->days;
    if (key_of(to) != key_of(more)) return false;
    if (money > CELL_MONEY_MAX || money < -CELL_MONEY_MAX) {
        to->days   = 0;
        more->days = days;
        return false;
    }
    *to = cell_of(to->client, days, money, cell_month(to));
    return true;
}

void cells_condense(TallyShare *s)
{
    uint32_t   n = s->cells - s->sorted, old = s->sorted;
    Arena      mem = s->spare;
    TallyCell *added = NEW_RAW(&mem, TallyCell, n), *spare = NEW_RAW(&mem, TallyCell, n);
    memcpy(added, s->cell + old, n * sizeof *added);
    added = cells_sorted(added, spare, n);
    TallyCell *to = s->cell + s->cells; /* the last one written; those before it are still to come */
    while (n) {
        TallyCell next = old && key_of(&s->cell[old - 1]) > key_of(&added[n - 1]) ? s->cell[--old] : added[--n];
        if (to == s->cell + s->cells || !cell_joined(to, &next)) *--to = next;
    }
    if (old && to < s->cell + s->cells && cell_joined(&s->cell[old - 1], to)) to++;
    s->sorted = old + (uint32_t)(s->cell + s->cells - to);
    memmove(s->cell + old, to, (size_t)((char *)(s->cell + s->cells) - (char *)to));
    s->cells         = s->sorted;
    s->cells_mem.beg = (char *)(s->cell + s->cells);
}
