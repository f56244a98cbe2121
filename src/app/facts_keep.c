/* The facts of a server. */
#include "app/facts_keep.h"

#include "app/facts_keep_sql.h"
#include "core/log.h"
#include "sales/exchange/import.h"
#include "sales/insight/asking.h"
#include "sales/insight/classes.h"
#include "sales/orders/sale_facts.h"

#include <unistd.h>

enum { NIGHT_HOUR = 2, TIDY_EACH_S = 30 };

static bool goes_on(void *work)
{
    return work_pulse(work) == OK;
}

static Err load(Work *w, void *facts)
{
    return facts_load(facts, w->db, goes_on, w);
}

static void loaded(void *facts, Err err, Work *w)
{
    (void)facts;
    (void)w;
    if (err) log_line("facts", "could not be loaded (%d): analyses wait until the next start", (int)err);
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

Facts *facts_keep_begin(Program *p)
{
    Facts   *facts = facts_of(&p->mem, p);
    LaneWork work  = { .run = load, .done = loaded, .to = facts };
    insight_facts(facts);
    if (lanes_submit(p->lanes, LANE_SLOW, &work) != OK) log_line("facts", "the slow lane is full: analyses wait until the next start");
    return facts;
}

/* ---- the night's count ---- */

static Err count_if_due(Work *w, void *to)
{
    (void)to;
    int64_t made = 0;
    Err     err  = db_int(w->db, SQL_CLASSES_COUNTED, VALS(val_int(w->now)), &made);
    if (err && err != NOT_FOUND) return err;
    if (!err && made != NONE && zone_day(w->zone, made) >= w->today) return OK;
    return classes_wanted(w, NULL);
}

static Err tidy(Work *w, void *facts)
{
    return facts_tidy(facts, w->db);
}

void facts_keep_round(Call *call, Program *p, Facts *facts)
{
    static Day     counted_day = DAY_NONE;
    static int64_t rounds;
    Moment         now = clock_now(&p->clock);
    Day            day = zone_day(p->zone, now);
    if (facts_progress(facts).ready && day != counted_day && zone_second(p->zone, now) >= NIGHT_HOUR * 3600 && program_run(call, p, LANE_WRITER, count_if_due, NULL) == OK)
        counted_day = day;
    if (++rounds % TIDY_EACH_S == 0) {
        LaneWork work = { .run = tidy, .to = facts };
        lanes_submit(p->lanes, LANE_SLOW, &work);
    }
}

void facts_keep_end(Facts *facts)
{
    insight_facts(NULL);
    facts_free(facts);
}
