/* Which character parts the cells of a text: the one that cuts most rows into equally many, and most, pieces. */
#include "format/sample.h"

#include <string.h>

enum { LOOK_ROWS = 200, LOOK_BYTES = 1 << 16 };

typedef struct {
    int columns;   /* what most rows have, at least 2; 1: nothing parts them */
    int percent;   /* of the rows that have so many                          */
} Cut;

static int most_common_count(const Sample *s)
{
    int best = 1, best_rows = 0;
    for (ptrdiff_t i = 0; i < s->rows; i++) {
        int rows = 0;
        for (ptrdiff_t k = 0; k < s->rows; k++) rows += s->row[k].count == s->row[i].count;
        if (s->row[i].count > 1 && rows > best_rows) best = s->row[i].count, best_rows = rows;
    }
    return best;
}

/* Rows of a title above the table have one cell whatever parts the others, so the first rows count only from the first
 * cut one. */
static Cut cut_by(Arena scratch, Str head, char delimiter, bool quotes)
{
    Sample s = sample_new(&scratch, LOOK_ROWS);
    sample_text(&s, &scratch, head, delimiter, quotes, LOOK_ROWS, 0);
    int       columns = most_common_count(&s);
    ptrdiff_t from = 0, same = 0;
    while (from < s.rows && from < 20 && s.row[from].count == 1) from++;
    for (ptrdiff_t i = from; i < s.rows; i++) same += s.row[i].count == columns;
    if (s.rows == from || columns == 1) return (Cut){ .columns = 1 };
    return (Cut){ .columns = columns, .percent = (int)(same * 100 / (s.rows - from)) };
}

static bool digit_at(Str s, ptrdiff_t i)
{
    return i >= 0 && i < s.n && s.s[i] >= '0' && s.s[i] <= '9';
}

/* Are most commas decimal ones: a digit before, one to three digits and no more behind? */
static bool commas_are_decimal(Str head)
{
    int64_t decimal = 0, all = 0;
    for (ptrdiff_t i = 0; i < head.n; i++) {
        if (head.s[i] != ',') continue;
        ptrdiff_t end = i + 1;
        while (digit_at(head, end)) end++;
        all++;
        decimal += digit_at(head, i - 1) && end > i + 1 && end <= i + 4 && !(end < head.n && head.s[end] == ',');
    }
    return decimal * 2 > all;
}

/* More rows of one length (in steps of five percent) first, then more columns, then the earlier one of the list. */
static bool better(Cut a, Cut b)
{
    int steps = a.percent / 5 - b.percent / 5;
    return steps ? steps > 0 : a.columns > b.columns;
}

static char best_delimiter(Arena scratch, Str head, bool quotes, Cut *out)
{
    static const char listed[] = { '\t', '|', ';', ',' };
    char best = 0;
    *out      = (Cut){ .columns = 1 };
    for (ptrdiff_t i = 0; i < COUNT(listed); i++) {
        Cut  cut   = cut_by(scratch, head, listed[i], quotes);
        bool comma = listed[i] == ',' && best && out->percent >= 90 && commas_are_decimal(head);
        if (cut.columns < 2 || cut.percent < 50 || comma || (best && !better(cut, *out))) continue;
        *out = cut;
        best = listed[i];
    }
    if (best && out->percent >= 80) return best;
    Cut blanks = cut_by(scratch, head, ' ', quotes);
    if (blanks.columns > 1 && blanks.percent >= 95 && blanks.percent > out->percent) return *out = blanks, ' ';
    return best;
}

/* Quotes are characters like others where reading them as quotes spoils the rows. */
static bool quotes_embrace(Arena scratch, Str head, char delimiter)
{
    if (!memchr(head.s, '"', (size_t)head.n)) return true;
    Cut with = cut_by(scratch, head, delimiter, true), without = cut_by(scratch, head, delimiter, false);
    return with.percent >= without.percent || with.percent >= 90;
}

void delimiter_find(Arena scratch, Str head, TableForm *form)
{
    Cut cut;
    head = str_upto(head, LOOK_BYTES);
    if (!form->delimiter) {
        char found      = best_delimiter(scratch, head, true, &cut);
        Cut  plain;
        char found_bare = cut.percent < 90 ? best_delimiter(scratch, head, false, &plain) : 0;
        form->delimiter = found_bare && plain.percent > cut.percent ? found_bare : found ? found : ';';
    }
    form->quotes  = quotes_embrace(scratch, head, form->delimiter);
    form->columns = cut_by(scratch, head, form->delimiter, form->quotes).columns;
}
