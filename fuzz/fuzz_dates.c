/* A cell as a day: what was read lies in the years of business, and its ISO form is the same day in every order. */
#include "format/dates.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str      cell  = { (const char *)data, (ptrdiff_t)size };
    DayVotes votes = { 0 };
    for (DayOrder order = DAY_YMD; order <= DAY_SERIAL; order++) {
        Day      day = DAY_NONE, again;
        CellRead r   = day_cell_read(cell, order, &day);
        CLAIM((r == CELL_READ) == (day != DAY_NONE) && (r <= CELL_EMPTY) == !day_problem(r));
        if (r != CELL_READ) continue;
        char text[16];
        Buf  b = { .data = text, .cap = sizeof text };
        buf_day(&b, day);
        CLAIM(day >= DAY_MIN && day <= DAY_MAX);
        CLAIM(day_cell_read(buf_str(&b), order, &again) == CELL_READ && again == day);
    }
    bool doubt;
    day_vote(&votes, cell);
    CLAIM(day_order(&votes, &doubt) <= DAY_SERIAL);
    return 0;
}
