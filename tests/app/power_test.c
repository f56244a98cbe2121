/* Power lost at every sync of a working day. */
#include "tests/app/day.h"

#include <stdlib.h>

TESTS(test_power)
{
    CASE("whenever the power goes in a working day, all that was acknowledged is found and nothing by halves") {
        const char *seeds = getenv("SBYT_TEST_POWER");
        Day24      *d     = NEW(&t->mem, Day24);
        day_begin(d, t);
        day_play(d);
        day_cut(d, seeds ? atoi(seeds) : 3, seeds != NULL);
        day_end(d);
    }
    CASE("whenever the power goes while an older base is migrated, nothing of it is lost or half changed") {
        Day24 *d = NEW(&t->mem, Day24);
        day_begin(d, t);
        day_play_migration(d);
        day_cut(d, 3, false);
        day_end(d);
    }
}
