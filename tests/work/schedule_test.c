/* Rounds: each occurrence once, with any number of servers, whatever the clock does.  The clock is a file; expected
 * values come from the head: the firm's zone is UTC here, so 17:00 is 17:00Z. */
#include "tests/store/base.h"
#include "work/schedule.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Leaves a row for each run: which occurrence, when by the clock. */
static Err note(Work *w, void *to)
{
    const Job *job = to;
    int64_t    id;
    TRY(ids_take(w, 1, &id));
    return db_run(w->db, S("insert into ran (id, argument, occurrence, at, tries) values ($1, $2, $3, $4, $5)"),
                  VALS(val_int(id), val_text(job->argument), val_int(job->occurrence), val_int(w->now),
                       val_int(job->tries)), NULL);
}

static Err round_run(Work *w, Job *job) { return work_write(w, note, job); }

static Err fails_twice(Work *w, Job *job)
{
    TRY(work_write(w, note, job));
    return job->tries < 2 ? fail(w, CONFLICT, NULL, "store.check") : OK;
}

static Err fails_always(Work *w, Job *job)
{
    (void)job;
    return fail(w, CONFLICT, NULL, "backup.no_folder", arg_text("dir", S("/gone")));
}

static Err goes_on(Work *w, Job *job)
{
    for (int64_t i = 0; i < 100000; i++) {
        TRY(job_step(w, i, 100000));
        usleep(10000);
    }
    (void)job;
    return OK;
}

static Err heard(Work *w, const Event *event)
{
    const Job *job = event->what;
    return note(w, &(Job){ .argument = S("heard"), .occurrence = job->occurrence });
}

static const int again[] = { 60, 300, 0 };

static const JobKind kinds[] = { { .name = "round", .run = round_run, .resume = round_run },
                                 { .name = "brief", .run = round_run, .resume = round_run, .sort = JOB_BRIEF },
                                 { .name = "house", .run = round_run, .resume = round_run, .sort = JOB_HOUSE },
                                 { .name = "twice", .run = fails_twice, .resume = fails_twice, .again = again },
                                 { .name = "never", .run = fails_always, .resume = fails_always, .again = again },
                                 { .name = "long", .run = goes_on, .resume = goes_on },
                                 { 0 } };
static const Handler handlers[] = { { .event = "job.failed", .handle = heard }, { 0 } };

typedef struct {
    Base *base;
    Test *t;
    char  clock[100];
} House;

static void clock_set(House *h, const char *moment)
{
    char part[120];
    snprintf(part, sizeof part, "%s.part", h->clock);
    FILE *f = fopen(part, "w");
    if (f) fputs(moment, f), fclose(f);
    rename(part, h->clock);
}

static House house_of(Base *base, Test *t, const char *moment)
{
    House h = { .base = base, .t = t };
    snprintf(h.clock, sizeof h.clock, "%s/clock", base->folder);
    base_migrate(base, t);
    EQUAL(db_ddl(base->db, S("create table ran (id id primary key, argument text, occurrence int, at int, tries int)")),
          OK);
    clock_set(&h, moment);
    return h;
}

static LanesOptions options_of(const House *h, const ScheduleRound *rounds)
{
    return (LanesOptions){ .address = h->base->address, .clock = { h->clock }, .jobs = kinds, .handlers = handlers,
                           .threads = { 2, 2, 1 }, .lease_ms = 1500, .served = true, .rounds = rounds };
}

static Lanes *server_of(House *h, const ScheduleRound *rounds)
{
    Lanes       *lanes = NULL;
    DbFault      why;
    LanesOptions o = options_of(h, rounds);
    Test        *t = h->t;
    EQUAL(lanes_start(&o, &lanes, &why), OK);
    return lanes;
}

static int64_t count_of(const House *h, const char *sql)
{
    int64_t n = -1;
    db_int(h->base->db, str_of(sql), NO_VALS, &n);
    return n;
}

/* Fifteen seconds at most. */
static bool becomes(const House *h, const char *sql, int64_t n)
{
    for (int i = 0; i < 750 && count_of(h, sql) != n; i++) usleep(20000);
    return count_of(h, sql) == n;
}

/* What has run: "17:00@04 17:00@05", in the order of the runs; by occurrence. */
static Str runs_told(const House *h, const char *argument)
{
    Rows rows;
    Buf  b = buf_new(&h->t->mem, 200);
    if (db_query(h->base->db, S("select occurrence from ran where argument = $1 order by id"),
                 VALS(val_text(str_of(argument))), &rows) != OK)
        return S("?");
    while (rows_next(&rows)) {
        Moment at = row_int(&rows, 0);
        int    s  = zone_second(zone_utc(), at);
        buf_fmt(&b, "%s%02d:%02d@%02d", b.len ? " " : "", s / 3600, s / 60 % 60,
                civil_of(zone_day(zone_utc(), at)).day);
    }
    rows_end(&rows);
    return buf_str(&b);
}

/* Longer than two looks of the keeper: what is due has been taken. */
static void looks_pass(void) { usleep(2600000); }

static const ScheduleRound each[]  = { { "each", "round", "each", "daily 17:00", MISSES_EACH, false }, { 0 } };
static const ScheduleRound three[] = { { "each", "round", "each", "daily 17:00", MISSES_EACH, false },
                                       { "last", "round", "last", "daily 17:00", MISSES_LAST, false },
                                       { "none", "brief", "none", "daily 17:00", MISSES_NONE, false },
                                       { 0 } };

/* ---- servers that are killed ---- */

static pid_t server_forked(House *h, const ScheduleRound *rounds)
{
    pid_t pid = fork();
    if (pid) return pid;
    DbFault      why;
    Lanes       *lanes;
    LanesOptions o = options_of(h, rounds);
    if (lanes_start(&o, &lanes, &why)) _exit(2);
    for (;;) pause();
}

typedef struct {
    const char *text;
    bool        off;
    int64_t     id, job;
    Err         err;
} Change;

static Err change(Work *w, void *to)
{
    Change *c = to;
    TRY(db_int(w->db, S("select id from schedule order by id limit 1"), NO_VALS, &c->id));
    return schedule_change(w, c->id, c->text ? str_of(c->text) : (Str){ 0 }, c->off);
}

static Err run_now(Work *w, void *to)
{
    Change *c = to;
    TRY(db_int(w->db, S("select id from schedule order by id limit 1"), NO_VALS, &c->id));
    return schedule_run_now(w, c->id, &c->job);
}

typedef struct {
    JobWanted wanted;
    int64_t   id;
} Want;

static Err want(Work *w, void *to)
{
    Want *j = to;
    return job_want(w, &j->wanted, &j->id);
}

static Err writer(Lanes *lanes, Err (*run)(Work *, void *), void *to)
{
    return lanes_run(lanes, LANE_WRITER, &(LaneWork){ .run = run, .to = to }, NULL);
}

TESTS(test_schedule)
{
    CASE("a round comes when it is due, with its occurrence, and again the next day") {
        ON_BOTH(base) {
            House  h     = house_of(&base, t, "2026-03-04T16:59:00Z");
            Lanes *lanes = server_of(&h, each);
            looks_pass();
            EQUAL(count_of(&h, "select count(*) from ran"), 0);
            clock_set(&h, "2026-03-04T17:00:20Z");
            CHECK(becomes(&h, "select count(*) from ran", 1));
            looks_pass();
            clock_set(&h, "2026-03-05T17:00:00Z");
            CHECK(becomes(&h, "select count(*) from ran", 2));
            STR(runs_told(&h, "each"), S("17:00@04 17:00@05"));
            EQUAL(count_of(&h, "select count(*) from job where key = 'each/2026-03-04T17:00:00' and state = 2"), 1);
            lanes_stop(lanes);
        }
    }
    CASE("what was missed while no server ran comes each by itself, once for the last, or not at all") {
        ON_BOTH(base) {
            House  h     = house_of(&base, t, "2026-03-04T16:00:00Z");
            Lanes *lanes = server_of(&h, three);
            looks_pass();
            EQUAL(count_of(&h, "select count(*) from ran"), 0); /* what was due before it was there was not missed */
            lanes_stop(lanes);
            clock_set(&h, "2026-03-07T18:00:00Z");
            lanes = server_of(&h, three);
            CHECK(becomes(&h, "select count(*) from ran", 5));
            looks_pass();
            STR(runs_told(&h, "each"), S("17:00@04 17:00@05 17:00@06 17:00@07"));
            STR(runs_told(&h, "last"), S("17:00@07"));
            STR(runs_told(&h, "none"), S(""));
            clock_set(&h, "2026-03-08T17:00:30Z");
            CHECK(becomes(&h, "select count(*) from ran", 8));
            STR(runs_told(&h, "none"), S("17:00@08"));
            lanes_stop(lanes);
        }
    }
    CASE("a clock that goes a day forward and back runs no occurrence twice; one that was months ahead never was") {
        ON_BOTH(base) {
            House  h     = house_of(&base, t, "2026-03-04T12:00:00Z");
            Lanes *lanes = server_of(&h, three);
            CHECK(becomes(&h, "select count(*) from schedule", 3));
            looks_pass();
            clock_set(&h, "2026-03-05T12:00:00Z");
            CHECK(becomes(&h, "select count(*) from ran", 2));
            clock_set(&h, "2026-03-04T12:00:00Z");
            looks_pass();
            clock_set(&h, "2026-03-04T17:00:10Z");
            looks_pass();
            STR(runs_told(&h, "each"), S("17:00@04"));
            STR(runs_told(&h, "last"), S("17:00@04"));
            clock_set(&h, "2026-03-05T17:00:10Z");
            CHECK(becomes(&h, "select count(*) from ran where argument = 'each'", 2));
            CHECK(becomes(&h, "select count(*) from ran where argument = 'none'", 2));
            clock_set(&h, "2026-06-05T12:00:00Z");
            CHECK(becomes(&h, "select count(*) from ran where argument = 'last'", 3));
            clock_set(&h, "2026-03-06T12:00:00Z");
            CHECK(becomes(&h, "select count(*) from ran where argument = 'last'", 4));
            STR(runs_told(&h, "last"), S("17:00@04 17:00@05 17:00@04 17:00@05"));
            clock_set(&h, "2026-03-06T17:00:10Z");
            CHECK(becomes(&h, "select count(*) from ran where argument = 'last'", 5));
            CHECK(becomes(&h, "select count(*) from ran where argument = 'none'", 3));
            lanes_stop(lanes);
        }
    }
    CASE("a job that ends in an error is tried again later and later, and then has failed, which is heard of") {
        ON_BOTH(base) {
            House  h     = house_of(&base, t, "2026-03-04T12:00:00Z");
            Lanes *lanes = server_of(&h, NULL);
            Want   twice = { { .kind = "twice", .argument = S("twice"), .occurrence = NONE }, 0 };
            Want   never = { { .kind = "never", .argument = S("never"), .occurrence = NONE }, 0 };
            EQUAL(writer(lanes, want, &twice), OK);
            CHECK(becomes(&h, "select count(*) from job where tries = 1 and state = 0", 1));
            looks_pass();
            EQUAL(count_of(&h, "select count(*) from ran"), 1);
            clock_set(&h, "2026-03-04T12:01:01Z");
            CHECK(becomes(&h, "select count(*) from job where tries = 2 and state = 0", 1));
            clock_set(&h, "2026-03-04T12:05:00Z");
            looks_pass();
            EQUAL(count_of(&h, "select count(*) from ran"), 2);
            clock_set(&h, "2026-03-04T12:06:02Z");
            CHECK(becomes(&h, "select count(*) from job where kind = 'twice' and state = 2 and tries = 2", 1));
            EQUAL(writer(lanes, want, &never), OK);
            CHECK(becomes(&h, "select count(*) from job where kind = 'never' and tries = 1 and state = 0", 1));
            clock_set(&h, "2026-03-03T12:00:00Z"); /* set back: it does not wait for a day */
            CHECK(becomes(&h, "select count(*) from job where kind = 'never' and tries = 2 and state = 0", 1));
            clock_set(&h, "2026-03-03T12:05:01Z");
            CHECK(becomes(&h, "select count(*) from job where kind = 'never' and state = 3", 1));
            CHECK(becomes(&h, "select count(*) from ran where argument = 'heard'", 1));
            lanes_stop(lanes);
        }
    }
    CASE("a job waits for its moment, and one under a key is wanted once until it is over") {
        ON_BOTH(base) {
            House  h     = house_of(&base, t, "2026-03-04T12:00:00Z");
            Lanes *lanes = server_of(&h, NULL);
            Moment due   = ((Moment)day_of((Civil){ 2026, 3, 4 }) * 86400 + 13 * 3600) * 1000;
            Want   one   = { { "round", S("one"), S("k"), due, NONE }, 0 }, two = one, other = one;
            other.wanted.key = S("other");
            EQUAL(writer(lanes, want, &one), OK);
            EQUAL(writer(lanes, want, &two), OK);
            EQUAL(writer(lanes, want, &other), OK);
            EQUAL(two.id, one.id);
            CHECK(other.id != one.id);
            looks_pass();
            EQUAL(count_of(&h, "select count(*) from ran"), 0);
            clock_set(&h, "2026-03-04T13:00:00Z");
            CHECK(becomes(&h, "select count(*) from job where state = 2", 2));
            EQUAL(writer(lanes, want, &two), OK);
            CHECK(two.id != one.id);
            lanes_stop(lanes);
        }
    }
    CASE("a brief round and the house's own come in time beside a long job that has the only slot for such") {
        ON_BOTH(base) {
            House  h = house_of(&base, t, "2026-03-04T16:00:00Z");
            static const ScheduleRound brief[] = { { "quick", "brief", "brief", "daily 17:00", MISSES_LAST, false },
                                                   { "copy", "house", "house", "daily 17:00", MISSES_LAST, false },
                                                   { "slow", "round", "slow", "daily 17:00", MISSES_EACH, false },
                                                   { 0 } };
            Lanes *lanes = server_of(&h, brief);
            Want   job   = { { .kind = "long", .argument = S(""), .occurrence = NONE }, 0 };
            CHECK(becomes(&h, "select count(*) from schedule", 3));
            EQUAL(writer(lanes, want, &job), OK);
            CHECK(becomes(&h, "select count(*) from job where kind = 'long' and state = 1", 1));
            clock_set(&h, "2026-03-04T17:00:01Z");
            int64_t began = clock_ticks();
            CHECK(becomes(&h, "select count(*) from ran where argument in ('brief', 'house')", 2));
            CHECK(clock_ticks() - began < 3000);
            EQUAL(count_of(&h, "select count(*) from ran where argument = 'slow'"), 0);
            lanes_stop(lanes);
        }
    }
    CASE("a round is switched off and on, gets another rhythm, runs at once; a rhythm that never comes is refused") {
        ON_BOTH(base) {
            House  h     = house_of(&base, t, "2026-03-04T16:00:00Z");
            Lanes *lanes = server_of(&h, each);
            CHECK(becomes(&h, "select count(*) from schedule", 1));
            EQUAL(writer(lanes, change, &(Change){ .off = true }), OK);
            clock_set(&h, "2026-03-05T18:00:00Z");
            looks_pass();
            EQUAL(count_of(&h, "select count(*) from ran"), 0);
            EQUAL(writer(lanes, change, &(Change){ .off = false }), OK);
            looks_pass();
            EQUAL(count_of(&h, "select count(*) from ran"), 0); /* what it missed while it was off is gone */
            EQUAL(writer(lanes, change, &(Change){ .text = "2 a week" }), INVALID);
            EQUAL(writer(lanes, change, &(Change){ .text = "daily" }), INVALID);
            EQUAL(writer(lanes, change, &(Change){ .text = "daily  18:30" }), OK);
            EQUAL(count_of(&h, "select count(*) from schedule where rhythm = 'daily 18:30' and usual <> rhythm"), 1);
            EQUAL(writer(lanes, run_now, &(Change){ 0 }), OK);
            CHECK(becomes(&h, "select count(*) from ran", 1));
            clock_set(&h, "2026-03-05T18:30:00Z");
            CHECK(becomes(&h, "select count(*) from ran", 2));
            lanes_stop(lanes);
            lanes = server_of(&h, each); /* what somebody has changed stays */
            EQUAL(count_of(&h, "select count(*) from schedule where rhythm = 'daily 18:30'"), 1);
            EQUAL(writer(lanes, change, &(Change){ .text = "" }), OK);
            EQUAL(count_of(&h, "select count(*) from schedule where rhythm = 'daily 17:00'"), 1);
            lanes_stop(lanes);
        }
    }
    CASE("a round that failed runs when it is told to, without waiting for its next try; one that runs is left alone") {
        ON_BOTH(base) {
            static const ScheduleRound failing[] = {
                { "failing", "never", "never", "daily 17:00", MISSES_LAST, false }, { 0 }
            };
            static const ScheduleRound running[] = {
                { "running", "long", "long", "daily 17:00", MISSES_LAST, false }, { 0 }
            };
            House  h     = house_of(&base, t, "2026-03-04T16:00:00Z");
            Lanes *lanes = server_of(&h, failing);
            Change now = { 0 }, again_now = { 0 };
            CHECK(becomes(&h, "select count(*) from schedule", 1));
            EQUAL(writer(lanes, run_now, &now), OK);
            CHECK(becomes(&h, "select count(*) from job where tries = 1 and state = 0", 1));
            EQUAL(writer(lanes, run_now, &again_now), OK);
            EQUAL(again_now.job, now.job);
            CHECK(becomes(&h, "select count(*) from job where tries = 2 and state = 0", 1));
            EQUAL(count_of(&h, "select count(*) from job"), 1);
            lanes_stop(lanes);
            EQUAL(db_run(base.db, S("delete from schedule"), NO_VALS, NULL), OK);
            lanes = server_of(&h, running);
            CHECK(becomes(&h, "select count(*) from schedule", 1));
            EQUAL(writer(lanes, run_now, &now), OK);
            CHECK(becomes(&h, "select count(*) from job where kind = 'long' and state = 1", 1));
            EQUAL(writer(lanes, run_now, &now), CONFLICT);
            lanes_stop(lanes);
        }
    }
    CASE("two servers run each occurrence once, though they are killed in the middle of it") {
        ON_BOTH(base) {
            if (base.engine == DB_SQLITE) continue; /* has one server */
            static const ScheduleRound minutes[] = { { "minute", "brief", "minute", "each 1 min", MISSES_EACH, false },
                                                     { 0 } };
            House h       = house_of(&base, t, "2026-03-04T12:00:30Z");
            pid_t life[2] = { server_forked(&h, minutes), server_forked(&h, minutes) };
            CHECK(becomes(&h, "select count(*) from schedule", 1));
            for (int i = 1; i <= 12; i++) {
                char moment[32];
                snprintf(moment, sizeof moment, "2026-03-04T12:%02d:00Z", i);
                clock_set(&h, moment);
                usleep((useconds_t)(rand() % 1500) * 1000);
                kill(life[i % 2], SIGKILL);
                waitpid(life[i % 2], NULL, 0);
                life[i % 2] = server_forked(&h, minutes);
            }
            /* a job that was cut off runs again: of one occurrence there is one job, and each is done */
            CHECK(becomes(&h, "select count(*) from job where kind = 'brief' and state = 2", 12));
            EQUAL(count_of(&h, "select count(distinct occurrence) from ran"), 12);
            EQUAL(count_of(&h, "select count(distinct key) from job where kind = 'brief'"), 12);
            EQUAL(count_of(&h, "select count(*) from job where kind = 'brief'"), 12);
            for (int i = 0; i < 2; i++) kill(life[i], SIGKILL), waitpid(life[i], NULL, 0);
        }
    }
}
