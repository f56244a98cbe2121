/* Power lost at every sync of a working day. */
#include "tests/app/day.h"

#include <stdlib.h>

TESTS(test_power)
{
    CASE("whenever the power goes in a working day, all that was acknowledged is found and nothing by halves") {
        const char *more = getenv("SBYT_TEST_POWER"); /* so many seeds at each note */
        Day24      *d    = NEW(&t->mem, Day24);
        day_begin(d, t);
        day_play(d);
        day_cut(d, 0, 0, 1, false);
        if (more) day_cut(d, 0, 2, 1 + atoi(more), true);
        day_end(d);
    }
    CASE("whenever the power goes while an older base is migrated, nothing of it is lost or half changed") {
        Day24 *d = NEW(&t->mem, Day24);
        day_begin(d, t);
        day_play_migration(d);
        day_cut(d, 0, 0, 2, false);
        day_end(d);
    }
    CASE("whenever the power goes during a restore, there is the base as it was or the restored one, and never none") {
        Day24  *d = NEW(&t->mem, Day24);
        int64_t from;
        day_begin(d, t);
        day_play_restore(d, &from, false);
        day_cut(d, from, 0, 2, true);
        day_end(d);
    }
    CASE("whenever the power goes during a restore, a base with something in its log keeps it, and is kept with it") {
        Day24  *d = NEW(&t->mem, Day24);
        int64_t from;
        day_begin(d, t);
        day_play_restore(d, &from, true);
        day_cut(d, from, 0, 2, true);
        day_end(d);
    }
}
