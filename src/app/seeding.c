/* Seeds after an upgrade. */
#include "app/seeding.h"

#include "access/access.h"
#include "core/log.h"
#include "entity/seed.h"

typedef struct {
    bool       due;
    Lang       lang;
    SeedCounts counts;
} Bringing;

static Err look(Work *w, void *to)
{
    Bringing *b = to;
    return seeds_due(w, &b->due, &b->lang);
}

static Err load(Work *w, void *to)
{
    Bringing *b = to;
    return seeds_load(w, b->lang, &b->counts);
}

static void log_problems(Call *call, const Problems *said)
{
    for (const Problem *p = said->first; p; p = p->next) {
        Buf b = buf_new(call->mem, 256);
        problem_put(&b, call->voice, p);
        log_line("seed", "%.*s", (int)b.len, b.data);
    }
}

Err seeding_bring(Call *call, Program *p)
{
    Bringing b    = { 0 };
    Problems said = { .mem = call->mem, .limit = 20 };
    LaneWork work = { .run = load, .to = &b, .who = &actor_program, .language = lang_names[call->voice.lang] };
    TRY(program_run(call, p, LANE_FAST, look, &b));
    if (!b.due) return OK;
    if (lanes_run(p->lanes, LANE_WRITER, &work, &said) != OK) log_problems(call, &said);
    else if (b.counts.n[SEED_LEFT])
        log_line("seed", "%td that this version brings are offered: what they would change was edited",
                 b.counts.n[SEED_LEFT]);
    return OK;
}
