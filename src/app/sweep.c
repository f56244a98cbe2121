/* Trying out how the server bears the want of memory. */
#include "app/sweep.h"

#include "api/route.h"
#include "app/program.h"

#include <stdlib.h>

static bool is_route(const void *name)
{
    for (const Route *const *list = all_routes; *list; list++)
        for (const Route *r = *list; r->path; r++)
            if (r == name) return true;
    return false;
}

static bool is_no_route(const void *name) { return !is_route(name); }

void sweep_as_told(void)
{
    const char *told = getenv("SBYT_TEST_MEMORY");
    Str         rest = str_of(told ? told : ""), what = str_cut(&rest, ' '), from = str_cut(&rest, ' ');
    int64_t     first, step;
    if (!str_i64(from, &first) || first < 1 || first > 1000000) return;
    if (!str_i64(rest, &step) || step < 1 || step > 1000000) return;
    if (str_eq(what, S("routes"))) memory_sweep((int)first, (int)step, is_route);
    if (str_eq(what, S("jobs"))) memory_sweep((int)first, (int)step, is_no_route);
}
