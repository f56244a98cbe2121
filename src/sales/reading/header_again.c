/* A header that comes again amid the rows. */
#include "sales/reading/header_again.h"

HeaderAgain header_of(Arena *mem, const Str *cell, int count)
{
    HeaderAgain h = { .name = NEW_N(mem, Str, count), .names = count, .key = -1 };
    h.from        = NEW_N(mem, int, count);
    h.cell        = NEW_N(mem, Str, count);
    for (int i = 0; i < count; i++) {
        h.name[i] = str_copy(mem, str_trim(cell[i]));
        h.from[i] = i;
        h.filled += h.name[i].n > 0;
        if (h.key < 0 && h.name[i].n) h.key = i;
    }
    if (h.filled < 2) h.names = 0;
    return h;
}

static bool is_name(const HeaderAgain *h, Str text)
{
    for (int i = 0; i < h->names && text.n; i++)
        if (h->name[i].n == text.n && str_eq(h->name[i], text)) return true;
    return false;
}

/* The place of a name in the row, the first that no column before has; -1: it is not there. */
static int place_in(const HeaderAgain *h, int column, const Str *cell, int count)
{
    int twins = 0;
    for (int i = 0; i < column; i++) twins += str_eq(h->name[i], h->name[column]);
    for (int i = 0; i < count; i++)
        if (str_eq(str_trim(cell[i]), h->name[column]) && twins-- == 0) return i;
    return -1;
}

bool header_met(HeaderAgain *h, const Str *cell, int count)
{
    int filled = 0;
    if (!h->names || h->key >= count || !is_name(h, str_trim(cell[h->key]))) return false;
    for (int i = 0; i < count; i++) filled += str_trim(cell[i]).n > 0;
    if (filled != h->filled) return false;
    for (int i = 0; i < h->names; i++)
        if (h->name[i].n && place_in(h, i, cell, count) < 0) return false;
    h->moved = false;
    for (int i = 0; i < h->names; i++) {
        h->from[i] = h->name[i].n ? place_in(h, i, cell, count) : i;
        h->moved |= h->from[i] != i;
    }
    h->again++;
    return true;
}

const Str *header_order(HeaderAgain *h, const Str *cell, int *count)
{
    if (!h->moved) return cell;
    for (int i = 0; i < h->names; i++) h->cell[i] = h->from[i] < *count ? cell[h->from[i]] : S("");
    *count = h->names;
    return h->cell;
}
