/* How the numbers and days of a table are written, by what its columns have shown. */
#include "core/utf8.h"
#include "format/csv.h"
#include "format/recognise.h"
#include "format/xlsx.h"

static void add_numbers(NumberVotes *to, const NumberVotes *v)
{
    to->numbers += v->numbers;
    to->point += v->point;
    to->comma += v->comma;
    to->three_point += v->three_point;
    to->three_comma += v->three_comma;
    to->group_point += v->group_point;
    to->group_comma += v->group_comma;
    to->group_blank += v->group_blank;
    to->group_quote += v->group_quote;
    to->ungrouped += v->three_comma ? v->ungrouped : 0;
    to->negative += v->negative;
    to->whole += v->whole;
}

static void add_days(DayVotes *to, const DayVotes *v)
{
    to->dates += v->dates;
    to->ymd += v->ymd;
    to->dmy += v->dmy;
    to->mdy += v->mdy;
    to->either += v->either;
    to->dotted += v->dotted;
    to->first_seen |= v->first_seen;
    to->second_seen |= v->second_seen;
    to->year_first |= v->year_first;
    to->year_last |= v->year_last;
}

static bool any_cyrillic(const Str *names, int n)
{
    for (int i = 0; i < n; i++)
        for (ptrdiff_t at = 0; at < names[i].n;) {
            uint32_t rune = utf8_next(names[i], &at);
            if (rune >= 0x400 && rune < 0x530) return true;
        }
    return false;
}

/* Does a comma that could be either part a fraction here?  So it does in the countries of Cyrillic headings and of days
 * with dots, in texts that leave the comma free by another delimiter, and beside bare thousands in the same column:
 * `1200` and `53,189`. */
static bool comma_likely(const Recognised *r, const NumberVotes *numbers, const DayVotes *days)
{
    bool free_comma = r->form.kind == FILE_CSV && r->form.delimiter != ',';
    return free_comma || numbers->ungrouped || days->dotted * 2 > days->dates ||
           any_cyrillic(r->names, r->form.columns);
}

void forms_decide(Recognised *r, const bool *counts)
{
    NumberVotes numbers = { 0 };
    DayVotes    days    = { 0 };
    for (int c = 0; c < r->form.columns; c++) {
        SeenKind kind = column_kind(&r->seen[c]);
        if (counts && !counts[c]) continue;
        bool mixed = counts && kind == SEEN_TEXT; /* named as what it mostly is not: what it has of both counts */
        if (kind == SEEN_NUMBER || mixed) add_numbers(&numbers, &r->seen[c].numbers);
        if (kind == SEEN_DAY || mixed) add_days(&days, &r->seen[c].days);
    }
    r->form.number = number_form(&numbers, comma_likely(r, &numbers, &days), &r->number_doubt);
    /* a workbook's own numbers are sure, and come with points */
    r->number_doubt &= r->form.kind == FILE_CSV || numbers.three_comma;
    r->form.day    = days.dates ? day_order(&days, &r->day_doubt) : DAY_DMY;
    r->day_doubt   = r->day_doubt && days.dates;
}
