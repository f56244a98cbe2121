/* What about the days of a file is told before they are written. */
#include "sales/reading/days_doubts.h"

#include "format/dates.h"
#include "sales/reading/unfold_inside.h"

enum { HEAD_BYTES = 1 << 16, LEAST = 2, ROWS_LEAST = 6 };

/* Cells of one kind: how many, and the first of them. */
typedef struct {
    int64_t n, row;
    Str     cell;
} Met;

static void met(Met *m, int64_t row, Str cell)
{
    if (!m->n++) m->row = row, m->cell = cell;
}

static ptrdiff_t rows_numbered(const Recognised *r)
{
    ptrdiff_t n = 0;
    while (n < r->rows && (r->form.kind != FILE_CSV || r->report || r->row[n].at < HEAD_BYTES)) n++;
    return n;
}

static int64_t number_of(const Recognised *r, ptrdiff_t i)
{
    return r->report ? r->row[i].at + 1 : row_number(r, i);
}

static void add(SalesDoubt *out, int *n, const char *key, const Met *m, Arg more)
{
    if (*n < SALES_DOUBTS_MAX)
        out[(*n)++] = (SalesDoubt){ .key = key, .args = { arg_count("n", m->n), arg_row("at", m->row),
                                                          arg_text("what", m->cell), more } };
}

/* ---- turned round ---- */

/* Digits up to a sign, and the sign off the text; -1: something else. */
static int part(Str *text, char *sign)
{
    int       v = 0;
    ptrdiff_t i = 0;
    for (; i < text->n && i < 4 && text->s[i] >= '0' && text->s[i] <= '9'; i++) v = v * 10 + (text->s[i] - '0');
    if (!i) return -1;
    *sign = i < text->n ? text->s[i] : 0;
    *text = str_from(*text, i < text->n ? i + 1 : i);
    return v;
}

/* Is the cell a day that a program has understood (2026-05-03, 5/3/2026), or a text that it could not (25.03.2026)?
 * *day: what was the month before, or the day. */
static enum { DAY_OTHER, DAY_KNOWN, DAY_TEXT } day_written(Str cell, int *day)
{
    char one = 0, two = 0, end = 0;
    int  a = part(&cell, &one), b = a < 0 ? -1 : part(&cell, &two), c = b < 0 ? -1 : part(&cell, &end);
    if (c < 0 || one != two) return DAY_OTHER;
    if (one == '-' && a > 1900) return *day = c, DAY_KNOWN;
    if (one == '/' && c > 31) return *day = a > b ? a : b, DAY_KNOWN;
    return one == '.' ? (*day = a, DAY_TEXT) : DAY_OTHER;
}

/* It takes 05.03 for the 3rd of May and leaves 25.03 as a text: of the days that it knows none is over the 12th, of the
 * texts each is. */
static void turned(const Recognised *r, int at, SalesDoubt *out, int *n)
{
    Met known = { 0 }, texts = { 0 };
    for (ptrdiff_t i = 0, rows = rows_numbered(r); i < rows; i++) {
        Str cell = row_cell(&r->row[i], at);
        int day  = 0;
        switch (day_written(cell, &day)) {
        case DAY_KNOWN:
            if (day > 12) return;
            met(&known, number_of(r, i), cell);
            break;
        case DAY_TEXT:
            if (day <= 12) return;
            met(&texts, number_of(r, i), cell);
            break;
        default: break;
        }
    }
    if (known.n < LEAST || texts.n < LEAST || known.n + texts.n < ROWS_LEAST) return;
    add(out, n, "analyze.doubt.days_turned", &known, arg_count("texts", texts.n));
}

/* ---- another zone ---- */

static bool two_digits(Str text, ptrdiff_t at, int *out)
{
    if (at + 2 > text.n || text.s[at] < '0' || text.s[at] > '9' || text.s[at + 1] < '0' || text.s[at + 1] > '9')
        return false;
    *out = (text.s[at] - '0') * 10 + (text.s[at + 1] - '0');
    return true;
}

/* 2026-03-31T21:00:00Z, 2026-03-31 23:30:00+03:00; second: of the day, offset: seconds east of UTC. */
static bool zoned(Str cell, int *second, int *offset)
{
    int h, m, s = 0, zh, zm = 0;
    if (cell.n < 17 || cell.s[4] != '-' || (cell.s[10] != 'T' && cell.s[10] != ' ')) return false;
    if (!two_digits(cell, 11, &h) || cell.s[13] != ':' || !two_digits(cell, 14, &m)) return false;
    ptrdiff_t at = 16;
    if (cell.s[at] == ':' && two_digits(cell, 17, &s)) at = 19;
    if (at < cell.n && cell.s[at] == '.')
        for (at++; at < cell.n && cell.s[at] >= '0' && cell.s[at] <= '9';) at++;
    *second = h * 3600 + m * 60 + s;
    *offset = 0;
    if (at < cell.n && (cell.s[at] | 32) == 'z') return true;
    if (at >= cell.n || (cell.s[at] != '+' && cell.s[at] != '-') || !two_digits(cell, at + 1, &zh)) return false;
    ptrdiff_t minutes = at + 3 < cell.n && cell.s[at + 3] == ':' ? at + 4 : at + 3;
    two_digits(cell, minutes, &zm);
    *offset = (zh * 3600 + zm * 60) * (cell.s[at] == '-' ? -1 : 1);
    return true;
}

static void another_zone(const Recognised *r, int at, const Zone *zone, SalesDoubt *out, int *n)
{
    Met m = { 0 };
    for (ptrdiff_t i = 0, rows = rows_numbered(r); i < rows; i++) {
        Str cell = row_cell(&r->row[i], at);
        Day day;
        int second, offset;
        if (!zoned(cell, &second, &offset) || day_cell_read(cell, r->form.day, &day) != CELL_READ) continue;
        Moment moment = ((int64_t)day * 86400 + second - offset) * 1000;
        if (zone_day(zone, moment) != day) met(&m, number_of(r, i), cell);
    }
    if (m.n) add(out, n, "analyze.doubt.days_zone", &m, arg_text("zone", zone_name(zone)));
}

/* ---- ahead of today ---- */

static void ahead(const Recognised *r, int at, Day today, SalesDoubt *out, int *n)
{
    Met m = { 0 };
    for (ptrdiff_t i = 0, rows = rows_numbered(r); i < rows; i++) {
        Str cell = row_cell(&r->row[i], at);
        Day day;
        if (day_cell_read(cell, r->form.day, &day) == CELL_READ && day > today) met(&m, number_of(r, i), cell);
    }
    if (m.n) add(out, n, "analyze.doubt.days_ahead", &m, (Arg){ 0 });
}

int days_doubts(const Recognised *r, const SalesColumns *c, Day today, const Zone *zone, SalesDoubt *out, int n)
{
    int at = c->at[COL_DATE];
    if (at < 0) return n;
    turned(r, at, out, &n);
    another_zone(r, at, zone, out, &n);
    ahead(r, at, today, out, &n);
    return n;
}
