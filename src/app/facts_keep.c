/* The facts of a server. */
#include "app/facts_keep.h"

#include "app/facts_keep_sql.h"
#include "core/log.h"
#include "sales/import/import.h"
#include "sales/insight/asking.h"
#include "sales/orders/sale_facts.h"

#include <stdatomic.h>
#include <unistd.h>

enum { TIDY_EACH_MS = 30000, LOAD_AGAIN_MS = 60000 };

static bool goes_on(void *work)
{
    return work_pulse(work) == OK;
}

struct FactsKeep {
    Program        *p;
    Facts          *facts;
    atomic_bool     loading;
    _Atomic int64_t load_at; /* ticks; 0: it is there */
    int64_t         tidy_at; /* ticks                 */
};

static Err load(Work *w, void *to)
{
    FactsKeep *k = to;
    return facts_load(k->facts, w->db, goes_on, w);
}

/* What did not load is tried again: the base may have been away, or memory short. */
static void loaded(void *to, Err err, Work *w)
{
    FactsKeep *k = to;
    (void)w;
    atomic_store(&k->load_at, err ? clock_ticks() + LOAD_AGAIN_MS : 0);
    atomic_store(&k->loading, false);
    if (err) log_line("facts", "could not be loaded (%d): tried again in a minute", (int)err);
}

static void load_begin(FactsKeep *k)
{
    LaneWork work = { .run = load, .done = loaded, .to = k };
    atomic_store(&k->loading, true);
    if (lanes_submit(k->p->lanes, LANE_SLOW, &work) == OK) return;
    atomic_store(&k->loading, false);
    atomic_store(&k->load_at, clock_ticks() + LOAD_AGAIN_MS);
}

static const char *file_of(Arena *mem, const Program *p)
{
    return str_c(mem, str_fmt(mem, "%.*s/facts.bin", (int)p->dir.n, p->dir.s));
}

static Facts *facts_of(Arena *mem, const Program *p)
{
    FactsSource source = sale_facts();
    import_facts_source(&source);
    return facts_new(source, file_of(mem, p));
}

Err facts_keep_check(Work *w, const Program *p)
{
    int64_t under_way = 0;
    if (access(file_of(w->mem, p), F_OK) != 0) return NOT_FOUND;
    TRY(db_int(w->db, SQL_IMPORTS_UNDER_WAY, NO_VALS, &under_way));
    if (under_way) return NOT_FOUND;
    Facts *facts = facts_of(w->mem, p);
    Err    err   = facts_load(facts, w->db, goes_on, w);
    if (!err) err = facts_check(facts, w->db);
    facts_free(facts);
    return err;
}

FactsKeep *facts_keep_begin(Program *p)
{
    FactsKeep *k = NEW(&p->mem, FactsKeep);
    k->p         = p;
    k->facts     = facts_of(&p->mem, p);
    k->tidy_at   = clock_ticks() + TIDY_EACH_MS;
    insight_facts(k->facts);
    load_begin(k);
    return k;
}

static Err tidy(Work *w, void *facts)
{
    return facts_tidy(facts, w->db);
}

void facts_keep_beat(FactsKeep *k)
{
    int64_t again = atomic_load(&k->load_at), ticks = clock_ticks();
    if (again && ticks >= again && !atomic_load(&k->loading)) load_begin(k);
    if (ticks < k->tidy_at) return;
    k->tidy_at    = ticks + TIDY_EACH_MS;
    LaneWork work = { .run = tidy, .to = k->facts };
    lanes_submit(k->p->lanes, LANE_SLOW, &work);
}

Facts *facts_keep_lasts(const FactsKeep *k) { return k->facts; }

void facts_keep_end(Facts *facts)
{
    insight_facts(NULL);
    facts_free(facts);
}
