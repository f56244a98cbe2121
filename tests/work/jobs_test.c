/* Jobs and who owns the data directory.  Expected values come from the head. */
#include "tests/store/base.h"
#include "work/jobs.h"
#include "work/owner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Steps until it has done what its argument says, a hundredth of a second each; a resumed one says so. */
static Err step_on(Work *w, Job *job, const char *how)
{
    int64_t steps;
    if (!str_i64(job->argument, &steps)) return fail(w, INVALID, NULL, "store.check");
    for (int64_t i = 0; i < steps; i++) {
        TRY(job_step(w, i, steps));
        usleep(10000);
    }
    job->result = str_fmt(w->mem, "%s %d %.*s", how, (int)w->actor, (int)w->language.n, w->language.s);
    return job_step(w, steps, steps) == OK ? OK : CONFLICT;
}

static Err walk(Work *w, Job *job)
{
    return step_on(w, job, "walked");
}

static Err walk_again(Work *w, Job *job)
{
    return step_on(w, job, "resumed");
}

static Err query_forever(Work *w, Job *job)
{
    (void)job;
    int64_t n;
    job_step(w, 1, 2);
    return db_int(
        w->db,
        S("with recursive s(i) as (select 1 union all select i + 1 from s where i < 2000000000) select count(*) from"
          " s"),
        NO_VALS, &n);
}

/* Leaves a job behind, so that one sees when, how often and for whom it was called. */
static Err mourn(Work *w, Job *job)
{
    int64_t id;
    return job_add(w, "walk", str_fmt(w->mem, "%d", (int)job->id < 0 ? 1 : 2), &id);
}

/* Breaks its transaction, as a handler with a fault in it would. */
static Err mourn_badly(Work *w, Job *job)
{
    return db_run(w->db, S("update job set kind = null where id = $1"), VALS(val_int(job->id)), NULL);
}

typedef struct {
    const char *kind, *argument;
    int64_t     id;
} Wanted;

static Err want(Work *w, void *to)
{
    Wanted *j = to;
    return job_add(w, j->kind, str_of(j->argument), &j->id);
}

static Err taken_over(Work *w, void *job)
{
    return db_run(w->db, S("update job set leased_by = 78, leased_until = 0, attempt = 2 where id = $1"),
                  VALS(val_int(((Job *)job)->id)), NULL);
}

/* Another server takes it over between two of its writes. */
static Err robbed(Work *w, Job *job)
{
    Wanted left = { "walk", "3", 0 };
    if (job->attempt > 1) return OK;
    TRY(work_write(w, want, &left));
    TRY(work_write(w, taken_over, job));
    return work_write(w, want, &left);
}

static const JobKind kinds[] = { { .name = "walk", .run = walk, .resume = walk_again },
                                 { .name = "query", .run = query_forever },
                                 { .name = "short", .run = walk, .resume = walk_again, .limit_s = 1 },
                                 { .name = "mourned", .run = walk, .resume = walk_again, .given_up = mourn },
                                 { .name = "robbed", .run = robbed },
                                 { .name = "ill", .run = walk, .resume = walk_again, .given_up = mourn_badly },
                                 { 0 } };

static Lanes *lanes_of(Base *base, Test *t, bool served)
{
    Lanes  *lanes = NULL;
    DbFault why;
    base_migrate(base, t);
    EQUAL(lanes_start(
              &(LanesOptions){ .address = base->address,
                               .jobs = kinds,
                               .threads = { 1, 2, 1 },
                               .lease_ms = 1500,
                               .served = served },
              &lanes, &why),
          OK);
    return lanes;
}

static Lanes *lanes_on(Base *base, Test *t)
{
    return lanes_of(base, t, true);
}

static Err cancel(Work *w, void *to)
{
    return job_cancel(w, *(int64_t *)to);
}

static Err write_work(Lanes *lanes, Err (*run)(Work *, void *), void *to)
{
    return lanes_run(lanes, LANE_WRITER, &(LaneWork){ .run = run, .to = to, .actor = 9, .language = "ru" }, NULL);
}

static int64_t number_of(Db *db, const char *column, int64_t id)
{
    char    sql[128];
    int64_t n = -1;
    snprintf(sql, sizeof sql, "select %s from job where id = $1", column);
    db_int(db, str_of(sql), VALS(val_int(id)), &n);
    return n;
}

static Str text_of(Test *t, Db *db, const char *column, int64_t id)
{
    Rows rows;
    Str  text = { 0 };
    if (db_query(db, str_fmt(&t->mem, "select %s from job where id = $1", column), VALS(val_int(id)), &rows) == OK &&
        rows_next(&rows))
        text = str_copy(&t->mem, row_text(&rows, 0));
    rows_end(&rows);
    return text;
}

/* Waits until the job is in a state, ten seconds at most. */
static bool becomes(Db *db, int64_t id, int64_t state)
{
    for (int i = 0; i < 1000; i++, usleep(10000))
        if (number_of(db, "state", id) == state) return true;
    return false;
}

static int say(void *to, OwnerCall *call)
{
    (void)to;
    char line[256];
    int  n = snprintf(line, sizeof line, "%s %s in %s\n", call->argv[0], call->argv[call->argc - 1], call->folder);
    return write(call->out, line, (size_t)n) == n ? call->argc : 1;
}

TESTS(test_jobs)
{
    CASE("a job runs by itself, with its asker's name and language, and keeps its result") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t);
            Wanted job   = { "walk", "3", 0 };
            EQUAL(write_work(lanes, want, &job), OK);
            CHECK(becomes(base.db, job.id, JOB_DONE));
            EQUAL(number_of(base.db, "done", job.id), 3);
            EQUAL(number_of(base.db, "total", job.id), 3);
            EQUAL(number_of(base.db, "attempt", job.id), 1);
            STR(text_of(t, base.db, "result", job.id), S("walked 9 ru"));
            Wanted bad = { "walk", "many", 0 }, none = { "no such kind", "", 0 };
            EQUAL(write_work(lanes, want, &bad), OK);
            CHECK(becomes(base.db, bad.id, JOB_FAILED));
            STR(text_of(t, base.db, "problem", bad.id), S("store.check"));
            EQUAL(write_work(lanes, want, &none), BROKEN);
            EQUAL(write_work(lanes, cancel, &job.id), CONFLICT);
            EQUAL(write_work(lanes, cancel, &(int64_t){ 123456 }), NOT_FOUND);
            lanes_stop(lanes);
        }
    }
    CASE("a running job tells how far it is and stops when asked, also in the middle of a statement") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t);
            Wanted job = { "walk", "100000", 0 }, query = { "query", "", 0 }, waiting = { "walk", "1", 0 };
            EQUAL(write_work(lanes, want, &job), OK);
            EQUAL(write_work(lanes, want, &waiting), OK);
            CHECK(becomes(base.db, job.id, JOB_RUNNING));
            for (int i = 0; i < 300 && number_of(base.db, "done", job.id) == 0; i++) usleep(10000);
            CHECK(number_of(base.db, "done", job.id) > 10);
            CHECK(number_of(base.db, "rate", job.id) > 10);
            EQUAL(number_of(base.db, "total", job.id), 100000);
            EQUAL(write_work(lanes, cancel, &waiting.id), OK); /* there is one slot: it had not begun */
            EQUAL(number_of(base.db, "state", waiting.id), JOB_STOPPED);
            EQUAL(write_work(lanes, cancel, &job.id), OK);
            CHECK(becomes(base.db, job.id, JOB_STOPPED));
            STR(text_of(t, base.db, "problem", job.id), S("work.cancelled"));
            EQUAL(write_work(lanes, want, &query), OK);
            CHECK(becomes(base.db, query.id, JOB_RUNNING));
            usleep(200000);
            EQUAL(write_work(lanes, cancel, &query.id), OK);
            CHECK(becomes(base.db, query.id, JOB_STOPPED));
            lanes_stop(lanes);
        }
    }
    CASE("people's jobs take turns, however many one of them has asked for") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t);
            Wanted his[6], hers[2];
            for (int i = 0; i < 6; i++) {
                his[i] = (Wanted){ "walk", "5", 0 };
                EQUAL(write_work(lanes, want, &his[i]), OK);
            }
            for (int i = 0; i < 2; i++) {
                hers[i] = (Wanted){ "walk", "5", 0 };
                LaneWork work = { .run = want, .to = &hers[i], .actor = 10, .language = "ru" };
                EQUAL(lanes_run(lanes, LANE_WRITER, &work, NULL), OK);
            }
            CHECK(becomes(base.db, his[5].id, JOB_DONE));
            /* His first has begun before she came, and perhaps the second was taken then; hers go between the rest. */
            CHECK(number_of(base.db, "started_at", hers[0].id) <= number_of(base.db, "started_at", his[2].id));
            CHECK(number_of(base.db, "started_at", hers[1].id) <= number_of(base.db, "started_at", his[3].id));
            CHECK(number_of(base.db, "started_at", his[3].id) < number_of(base.db, "started_at", his[4].id));
            lanes_stop(lanes);
        }
    }
    CASE("a job over its time fails and says so") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t);
            Wanted job   = { "short", "100000", 0 };
            EQUAL(write_work(lanes, want, &job), OK);
            CHECK(becomes(base.db, job.id, JOB_FAILED));
            STR(text_of(t, base.db, "problem", job.id), S("work.too_long"));
            lanes_stop(lanes);
        }
    }
    CASE("a server that stops gives its job back, and the next one goes on with it") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t);
            Wanted job   = { "walk", "100", 0 };
            EQUAL(write_work(lanes, want, &job), OK);
            CHECK(becomes(base.db, job.id, JOB_RUNNING));
            lanes_stop(lanes);
            EQUAL(number_of(base.db, "state", job.id), JOB_WAITING);
            lanes = lanes_on(&base, t);
            CHECK(becomes(base.db, job.id, JOB_DONE));
            STR(text_of(t, base.db, "result", job.id), S("resumed 9 ru"));
            lanes_stop(lanes);
        }
    }
    CASE("a job of a dead server is taken over, and one that killed two servers is set aside") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            Str dead = S(
                "insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt,"
                " leased_by, leased_until, cancel) values ($1, 'walk', '2', 1, 9, 'ru', 0, 0, 0, 0, $2, 77, $3, 0)");
            EQUAL(db_run(base.db, dead, VALS(val_int(-1), val_int(1), val_int(5)), NULL), OK);
            EQUAL(db_run(base.db, dead, VALS(val_int(-2), val_int(2), val_int(0)), NULL), OK);
            EQUAL(db_run(base.db, dead, VALS(val_int(-3), val_int(1), val_int(INT64_C(1) << 50)), NULL), OK);
            Lanes *lanes = lanes_on(&base, t);
            CHECK(becomes(base.db, -1, JOB_DONE));
            STR(text_of(t, base.db, "result", -1), S("resumed 9 ru"));
            CHECK(becomes(base.db, -2, JOB_FAILED));
            STR(text_of(t, base.db, "problem", -2), S("job.too_many_attempts"));
            CHECK(becomes(base.db, -3, JOB_DONE)); /* its server's clock ran a century ahead */
            lanes_stop(lanes);
        }
    }
    CASE("a command leaves what others have left to the next server, and runs what it has added itself") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t);
            Wanted left  = { "walk", "100", 0 }, own = { "walk", "2", 0 };
            EQUAL(write_work(lanes, want, &left), OK);
            CHECK(becomes(base.db, left.id, JOB_RUNNING));
            lanes_stop(lanes);
            lanes = lanes_of(&base, t, false);
            usleep(1500000);
            EQUAL(number_of(base.db, "state", left.id), JOB_WAITING);
            EQUAL(write_work(lanes, want, &own), OK);
            CHECK(becomes(base.db, own.id, JOB_DONE));
            lanes_stop(lanes);
        }
    }
    CASE("what a server writes for a job is refused once another has taken the job over") {
        ON_BOTH(base) {
            Lanes  *lanes = lanes_on(&base, t);
            Wanted  job   = { "robbed", "", 0 };
            int64_t left  = 0;
            EQUAL(write_work(lanes, want, &job), OK);
            for (int i = 0; i < 500 && number_of(base.db, "leased_by", job.id) != 78; i++) usleep(10000);
            usleep(300000);
            EQUAL(db_int(base.db, S("select count(*) from job where kind = 'walk'"), NO_VALS, &left), OK);
            EQUAL(left, 1);
            lanes_stop(lanes);
        }
    }
    CASE("a lease that is renewed stays with its server, however wrong the clock of that server is") {
        ON_BOTH(base) {
            if (base.engine == DB_SQLITE) continue; /* has one server */
            base_migrate(&base, t);
            Str other = S(
                "insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt,"
                " leased_by, leased_until, cancel) values (-1, 'walk', '2', 1, 9, 'ru', 0, 0, 0, 0, 1, 77, 5, 0)");
            EQUAL(db_run(base.db, other, NO_VALS, NULL), OK);
            Lanes *lanes = lanes_on(&base, t);
            for (int i = 0; i < 40; i++, usleep(100000))
                EQUAL(db_run(base.db, S("update job set leased_until = leased_until + 1 where id = -1"), NO_VALS, NULL),
                      OK);
            EQUAL(number_of(base.db, "state", -1), JOB_RUNNING);
            CHECK(becomes(base.db, -1, JOB_DONE));
            lanes_stop(lanes);
        }
    }
    CASE("attempts are counted from the last one that got further, and what was done never falls") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            Str dead = S(
                "insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt,"
                " leased_by, leased_until, cancel) values ($1, 'walk', '100000', 1, 9, 'ru', 0, $2, 0, 0, 1, 77, 5,"
                " 0)");
            EQUAL(db_run(base.db, dead, VALS(val_int(-1), val_int(0)), NULL), OK);
            Lanes *lanes = lanes_on(&base, t);
            for (int i = 0; i < 500 && number_of(base.db, "done", -1) == 0; i++) usleep(10000);
            EQUAL(number_of(base.db, "attempt", -1), 1);
            lanes_stop(lanes);
            EQUAL(db_run(base.db, S("delete from job"), NO_VALS, NULL), OK);
            EQUAL(db_run(base.db, dead, VALS(val_int(-2), val_int(5000)), NULL), OK);
            lanes = lanes_on(&base, t);
            for (int i = 0; i < 500 && number_of(base.db, "rate", -2) == 0; i++) usleep(10000);
            EQUAL(number_of(base.db, "attempt", -2), 2);
            EQUAL(number_of(base.db, "done", -2), 5000);
            lanes_stop(lanes);
        }
    }
    CASE("whatever a given-up job worked on is told, once, in its asker's name: after two deaths, an error or a stop") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            Str dead = S(
                "insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt,"
                " leased_by, leased_until, cancel) values (-1, 'mourned', '2', 1, 9, 'ru', 0, 0, 0, 0, 2, 77, 5, 0)");
            EQUAL(db_run(base.db, dead, NO_VALS, NULL), OK);
            Lanes *lanes = lanes_on(&base, t);
            Wanted bad = { "mourned", "many", 0 }, good = { "mourned", "1", 0 }, stopped = { "mourned", "100000", 0 };
            CHECK(becomes(base.db, -1, JOB_FAILED));
            EQUAL(write_work(lanes, want, &bad), OK);
            EQUAL(write_work(lanes, want, &good), OK);
            EQUAL(write_work(lanes, want, &stopped), OK);
            CHECK(becomes(base.db, bad.id, JOB_FAILED));
            CHECK(becomes(base.db, good.id, JOB_DONE));
            CHECK(becomes(base.db, stopped.id, JOB_RUNNING));
            EQUAL(write_work(lanes, cancel, &stopped.id), OK);
            CHECK(becomes(base.db, stopped.id, JOB_STOPPED));
            int64_t deaths = 0, others = 0;
            EQUAL(
                db_int(
                    base.db,
                    S("select count(*) from job where kind = 'walk' and argument = '1' and actor = 9 and language ="
                      " 'ru'"),
                    NO_VALS, &deaths),
                OK);
            EQUAL(
                db_int(
                    base.db,
                    S("select count(*) from job where kind = 'walk' and argument = '2' and actor = 9 and language ="
                      " 'ru'"),
                    NO_VALS, &others),
                OK);
            EQUAL(deaths, 1);
            EQUAL(others, 2);
            lanes_stop(lanes);
        }
    }
    CASE("a job whose given_up fails ends all the same, after two deaths or an error, and those behind it run") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            Str dead = S(
                "insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt,"
                " leased_by, leased_until, cancel) values (-2, 'ill', '2', 1, 9, 'ru', 0, 40, 50, 0, 2, 77, 0, 0)");
            Str next = S(
                "insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt,"
                " cancel) values (-1, 'walk', '2', 0, 9, 'ru', 0, 0, 0, 0, 0, 0)");
            EQUAL(db_run(base.db, dead, NO_VALS, NULL), OK);
            EQUAL(db_run(base.db, next, NO_VALS, NULL), OK);
            Lanes *lanes = lanes_on(&base, t);
            CHECK(becomes(base.db, -1, JOB_DONE));
            EQUAL(number_of(base.db, "state", -2), JOB_FAILED);
            STR(text_of(t, base.db, "problem", -2), S("job.too_many_attempts"));
            EQUAL(number_of(base.db, "done", -2), 40);
            EQUAL(number_of(base.db, "total", -2), 50);
            Wanted bad = { "ill", "many", 0 };
            EQUAL(write_work(lanes, want, &bad), OK);
            CHECK(becomes(base.db, bad.id, JOB_FAILED));
            STR(text_of(t, base.db, "problem", bad.id), S("store.check"));
            lanes_stop(lanes);
        }
    }
    CASE("a job whose end the base refuses is taken up again without a restart, and set aside in the end") {
        ON_BOTH(base) {
            base_migrate(&base, t);
            Str refuse =
                base.engine == DB_SQLITE
                    ? S("create trigger refuse before update on job when new.state = 2 and new.id < 0 begin select"
                        " raise(abort, 'no'); end")
                    : S("alter table job add constraint refuse check (state <> 2 or id >= 0)");
            Str wanted = S(
                "insert into job (id, kind, argument, state, actor, language, made_at, done, total, rate, attempt,"
                " cancel) values (-1, 'walk', '2', 0, 9, 'ru', 0, 0, 0, 0, 0, 0)");
            EQUAL(db_run(base.db, refuse, NO_VALS, NULL), OK);
            EQUAL(db_run(base.db, wanted, NO_VALS, NULL), OK);
            Lanes *lanes = lanes_on(&base, t);
            Wanted next  = { "walk", "1", 0 };
            EQUAL(write_work(lanes, want, &next), OK);
            CHECK(becomes(base.db, -1, JOB_FAILED));
            STR(text_of(t, base.db, "problem", -1), S("job.too_many_attempts"));
            CHECK(becomes(base.db, next.id, JOB_DONE));
            lanes_stop(lanes);
        }
    }
    CASE("two servers on one base run each job once") {
        ON_BOTH(base) {
            if (base.engine != DB_POSTGRES) {
                CHECK(base.engine == DB_SQLITE); /* its directory has one owner */
                continue;
            }
            Lanes *a = lanes_on(&base, t), *b = lanes_on(&base, t);
            Wanted jobs[20];
            for (int i = 0; i < 20; i++) {
                jobs[i] = (Wanted){ "walk", "1", 0 };
                EQUAL(write_work(i % 2 ? a : b, want, &jobs[i]), OK);
            }
            for (int i = 0; i < 20; i++) CHECK(becomes(base.db, jobs[i].id, JOB_DONE));
            int64_t attempts = 0;
            db_int(base.db, S("select sum(attempt) from job"), NO_VALS, &attempts);
            EQUAL(attempts, 20);
            lanes_stop(a);
            lanes_stop(b);
        }
    }
    CASE("a data directory has one owner, and a command sends itself there with its streams") {
        char dir[] = "/tmp/sbyt-owner.XXXXXX";
        CHECK(mkdtemp(dir) != NULL);
        Str    inner = str_fmt(&t->mem, "%s/%0120d", dir, 1); /* longer than the path of a socket may be */
        Owner *owner = NULL, *second = NULL;
        int    code  = 0, out[2];
        char  *words[] = { "sbyt", "import", "файл.csv", NULL };
        EQUAL(owner_ask(inner, 3, words, &code), NOT_FOUND);
        EQUAL(owner_take(inner, &owner), OK);
        EQUAL(owner_take(inner, &second), CONFLICT);
        EQUAL(owner_ask(inner, 3, words, &code), NOT_FOUND);
        EQUAL(owner_listen(owner, say, NULL), OK);
        CHECK(pipe(out) == 0);
        pid_t child = fork();
        if (child == 0) {
            dup2(out[1], 1);
            if (chdir("/usr") != 0) _exit(99);
            _exit(owner_ask(inner, 3, words, &code) == OK ? code : 98);
        }
        int status = 0;
        waitpid(child, &status, 0);
        EQUAL(WEXITSTATUS(status), 3);
        char    line[256] = { 0 };
        ssize_t n         = read(out[0], line, sizeof line - 1);
        STR(((Str){ line, n }), S("sbyt файл.csv in /usr\n"));
        close(out[0]);
        close(out[1]);
        owner_leave(owner);
        EQUAL(owner_ask(inner, 3, words, &code), NOT_FOUND);
        EQUAL(owner_take(inner, &owner), OK);
        owner_leave(owner);
        CHECK(system(str_fmt(&t->mem, "rm -rf %s", dir).s) == 0);
    }
}
