/* Cells that are read in a few steps: what they say is what the careful readers say. */
#include "format/dates.h"
#include "format/number.h"
#include "fuzz/fuzz.h"
#include "sales/reading/sales_cell.h"

static void compare_decimal(Str cell, char sign)
{
    Decimal d;
    int64_t careful;
    if (!decimal_plain(cell, sign, &d)) return;
    CLAIM(d.places >= 0 && d.places <= 9);
    CLAIM(number_read(cell, (NumberForm){ .decimal = sign }, d.places, &careful) == CELL_READ && careful == d.digits);
}

static void compare_day(DayTable *table, Str cell, DayOrder order)
{
    Day fast, careful, again;
    if (!day_plain(table, cell, order, &fast)) return;
    CLAIM(day_cell_read(cell, order, &careful) == CELL_READ && careful == fast);
    CLAIM(day_plain(table, cell, order, &again) && again == fast);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static DayTable tables[4]; /* one for each order */
    char     room[2 * CELL_BEHIND];
    Str      input  = { (const char *)data, (ptrdiff_t)size };
    unsigned choice = fuzz_byte(&input);
    DayTable *table = &tables[choice / 2 % 4];
    if (!table->month[1])
        for (int m = 0; m < COUNT(table->month); m++) table->month[m] = month_first(1900 * 12 + m);
    if (input.n > CELL_BEHIND) return 0;
    memset(room, "09.-x "[choice % 6], sizeof room); /* what stands behind a cell must not matter */
    if (input.n) memcpy(room, input.s, (size_t)input.n);
    compare_decimal((Str){ room, input.n }, choice & 1 ? '.' : ',');
    compare_day(table, (Str){ room, input.n }, (DayOrder)(choice / 2 % 4));
    return 0;
}
