/* Work on many clients cut in two. */
#include "analysis/halves.h"

#include <pthread.h>

enum { FEW = 4096 }; /* clients that are not worth a thread */

typedef struct {
    HalfWork *run;
    void     *of;
    int       place; /* 0 or 1 */
    Arena     scratch;
    Err       err;
} Half;

static Err part_run(void *of)
{
    const Half *half = of;
    half->run(half->of, half->place, half->scratch);
    return OK;
}

static void *half_run(void *of)
{
    Half *half = of;
    half->err = guarded(part_run, half);
    return NULL;
}

void halves_run(void *of, HalfWork *one, HalfWork *other, ptrdiff_t clients, Arena scratch)
{
    Half      first = { one, of, 0, scratch, OK }, second = { other, of, 1, scratch, OK };
    pthread_t thread;
    arena_halves(scratch, &first.scratch, &second.scratch);
    bool apart = clients > FEW && pthread_create(&thread, NULL, half_run, &second) == 0;
    half_run(&first);
    if (apart) pthread_join(thread, NULL);
    else half_run(&second);
    if (first.err || second.err) memory_over(); /* only now: both have let go of what is ours */
}
