/* A cell of a table as a number, the way people, 1C and spreadsheets write it.
 *
 *   1 000,5 шт     1'234.50     (12,00)     12.00-     −5     ₽ 1 299     1,5E+03     1.234.567,89     1,23,456.50
 *
 * Thousands groups of blanks (U+00A0, U+202F and thin ones too) and apostrophes are understood in every form; `.` and
 * `,` mean what the form says, unless the cell itself leaves no doubt (`1234.5` is read in a column with decimal commas
 * too).  A cell that could mean two numbers and does not follow the form is refused. */
#ifndef FORMAT_NUMBER_H
#define FORMAT_NUMBER_H

#include "format/form.h"

/* The cell times 10^places, digits beyond that rounded half away from zero, exactly.  places 0..9.  *out is left alone
 * unless CELL_READ.  Values of more than 18 digits (after scaling) are CELL_BEYOND. */
CellRead number_read(Str cell, NumberForm form, int places, int64_t *out);

const char *number_problem(CellRead r); /* key of words/; null for CELL_READ and CELL_EMPTY */

/* What the cells of a column or a table say about its form, collected cell by cell; all zero to begin with. */
typedef struct {
    int64_t numbers;            /* cells that are a number in some form                         */
    int64_t point, comma;       /* decimal beyond doubt                                         */
    int64_t three_point, three_comma; /* `1.234`, `1,234`: thousands or thousandths             */
    int64_t group_point, group_comma; /* thousands beyond doubt                                 */
    int64_t group_blank, group_quote;
    int64_t ungrouped;                /* thousands without any separator: 1200                  */
    int64_t negative, whole;    /* below zero; without a fraction beyond doubt                  */
} NumberVotes;

/* Counts the cell; false (and nothing counted) when it is no number. */
bool number_vote(NumberVotes *votes, Str cell);

/* The form most cells follow.  Who parts thousands by blanks or apostrophes (`1 200`) parts nothing else by a comma:
 * `53,189` is a fraction there.  *doubt (may be null) is set when nothing tells thousands from thousandths (all cells
 * are like `1,234`) or cells contradict each other; then `comma_is_decimal` decides what a lone comma is. */
NumberForm number_form(const NumberVotes *votes, bool comma_is_decimal, bool *doubt);

#endif
