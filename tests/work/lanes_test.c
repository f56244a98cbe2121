/* Works, their lanes, their ids and what they raise.  Expected values come from the head. */
#include "core/pulse.h"
#include "tests/store/base.h"
#include "work/lanes.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Err note(Work *w, const Event *e)
{
    return db_run(w->db, S("insert into probe_seen (id, what) values ($1, $2)"),
                  VALS(val_int(e->record), val_text(S("seen"))), NULL);
}

static Err refuse(Work *w, const Event *e)
{
    (void)e;
    return fail(w, DENIED, NULL, "work.failed");
}

static Err raise_again(Work *w, const Event *e)
{
    TRY(note(w, e));
    return work_raise(w, (Event){ .name = "deep", .record = e->record + 1 });
}

static Err go_round(Work *w, const Event *e)
{
    return work_raise(w, (Event){ .name = "client.saved", .entity = "client", .record = e->record });
}

static Err note_all(Work *w, const Event *e)
{
    return db_run(w->db, S("insert into probe_heard (event, entity) values ($1, $2)"),
                  VALS(val_text(str_of(e->name)), val_text(str_of(e->entity))), NULL);
}

static Err note_settled(Work *w, const Event *e)
{
    int64_t before;
    TRY(db_int(w->db, S("select count(*) from probe_heard where event = 'work.settled'"), NO_VALS, &before));
    TRY(note_all(w, e));
    return before ? OK : work_raise(w, (Event){ .name = "sale.removed", .entity = "sale", .record = 7 });
}

static const Handler live[] = {
    { .event = "seen", .handle = note },
    { .event = "refused", .handle = refuse },
    { .event = "deep", .handle = raise_again },
    { .event = "round.made", .handle = go_round },
    { .event = "client.saved", .handle = go_round },
    { .event = "*.removed", .handle = note_all },
    { .event = "sale.removed", .handle = note_all },
    { .event = "*.archived", .handle = note_all, .bulk = true },
    { .event = "work.settled", .handle = note_settled },
    { 0 },
};

static Lanes *lanes_on(Base *base, Test *t, LanesOptions o)
{
    Lanes  *lanes;
    DbFault why;
    base_migrate(base, t);
    EQUAL(
        db_ddl(
            base->db,
            S("create table probe (id id primary key, name text not null unique); create table probe_seen (id id"
              " primary key, what text); create table probe_heard (event text, entity text)")),
        OK);
    o.address  = base->address;
    o.handlers = live;
    EQUAL(lanes_start(&o, &lanes, &why), OK);
    return lanes;
}

typedef struct {
    const char *name;
    const char *raise;
    int64_t     id, count;
    int         runs;
    bool        bulk;
    Err         fake;
    bool        freed;
} Wish;

static Err create(Work *w, void *to)
{
    Wish *wish = to;
    wish->runs++;
    TRY(ids_take(w, 1, &wish->id));
    TRY(db_run(w->db, S("insert into probe (id, name) values ($1, $2)"),
               VALS(val_int(wish->id), val_text(str_of(wish->name))), NULL));
    if (wish->raise)
        TRY(work_raise(w, (Event){ .name = wish->raise, .entity = "probe", .record = wish->id, .bulk = wish->bulk }));
    return wish->fake;
}

static Err count(Work *w, void *to)
{
    return db_int(w->db, S("select count(*) from probe"), NO_VALS, &((Wish *)to)->count);
}

static int64_t heard_of(Base *base, const char *event, const char *entity)
{
    int64_t n = -1;
    db_int(base->db, S("select count(*) from probe_heard where event = $1 and entity = $2"),
           VALS(val_text(str_of(event)), val_text(str_of(entity))), &n);
    return n;
}

static Err count_twice(Work *w, void *to)
{
    Wish   *wish = to;
    int64_t first, again;
    TRY(db_int(w->db, S("select count(*) from probe"), NO_VALS, &first));
    Wish other = { .name = "between" };
    TRY(work_write(w, create, &other));
    TRY(db_int(w->db, S("select count(*) from probe"), NO_VALS, &again));
    wish->count = again - first;
    return OK;
}

static Err forever(Work *w, void *to)
{
    (void)to;
    int64_t n;
    return db_int(
        w->db,
        S("with recursive s(i) as (select 1 union all select i + 1 from s where i < 2000000000) select count(*) from"
          " s"),
        NO_VALS, &n);
}

/* Somebody who may go away, and what his work came to. */
typedef struct {
    atomic_int begun, left, over;
    Err        err;
} Caller;

static bool caller_left(void *caller) { return atomic_load(&((Caller *)caller)->left); }

static void caller_told(void *to, Err err, Work *w)
{
    (void)w;
    Caller *caller = to;
    caller->err    = err;
    atomic_store(&caller->over, 1);
}

static Err begun_forever(Work *w, void *caller)
{
    TRY(work_pulse(w));
    atomic_store(&((Caller *)caller)->begun, 1);
    return forever(w, NULL);
}

/* Four short ones under a bound, a longer one without, and one that has no end. */
static Err steps(Work *w, void *caller)
{
    for (int i = 0; i < 5; i++) {
        work_step(w, i < 4 ? 400 : 0);
        usleep(i < 4 ? 150000 : 800000);
        TRY(work_pulse(w));
        atomic_fetch_add(&((Caller *)caller)->begun, 1);
    }
    work_step(w, 200);
    return forever(w, NULL);
}

static Err forever_writing(Work *w, void *to)
{
    (void)to;
    return db_run(
        w->db,
        S("insert into probe_seen (id) with recursive s(i) as (select 1 union all select i + 1 from s where i <"
          " 2000000000) select count(*) from s"),
        NO_VALS, NULL);
}

static Err beat(Work *w, void *to)
{
    _Atomic int64_t *beats = to;
    for (; work_pulse(w) == OK; atomic_fetch_add(beats, 1)) usleep(1000);
    return work_pulse(w);
}

/* As format/ does, which knows no work: whether it is wanted it asks its thread. */
static Err beat_of_thread(Work *w, void *to)
{
    _Atomic int64_t *beats = to;
    Err              err;
    for (; (err = pulse(&w->problems)) == OK; atomic_fetch_add(beats, 1)) usleep(1000);
    return err;
}

static Err too_large(Work *w, void *to)
{
    (void)to;
    memset(NEW_N(w->mem, char, (ptrdiff_t)1 << 40), 1, 1);
    return OK;
}

static void set_free(void *flag)
{
    *(bool *)flag = true;
}

static Err owning(Work *w, void *to)
{
    Wish *wish = to;
    work_own(w, &wish->freed, set_free);
    return INVALID;
}

static Err busy_twice(Work *w, void *to)
{
    Wish *wish = to;
    TRY(create(w, to));
    return wish->runs < 3 ? BUSY : OK;
}

typedef struct {
    Db *other; /* somebody else's connection */
    int runs;
    Err fake;
} Meeting;

/* Adds what it has not found, and meanwhile somebody else adds it. */
static Err find_or_add(Work *w, void *to)
{
    Meeting *m = to;
    int64_t  n;
    m->runs++;
    TRY(db_int(w->db, S("select count(*) from probe where name = 'x'"), NO_VALS, &n));
    if (n) return m->fake;
    if (m->runs == 1) TRY(db_run(m->other, S("insert into probe (id, name) values (-1, 'x')"), NO_VALS, NULL));
    return db_run(w->db, S("insert into probe (id, name) values (-2, 'x')"), NO_VALS, NULL);
}

static Err run(Lanes *lanes, Lane lane, Err (*what)(Work *, void *), void *to, Problems *problems)
{
    LaneWork lw = { .run = what, .to = to, .actor = 7, .language = "ru" };
    return lanes_run(lanes, lane, &lw, problems);
}

/* Who was served, in which order; with a gate nobody is done before it opens. */
typedef struct {
    atomic_bool gate;
    atomic_int  n, running;
    int64_t     who[64];
} Order;

typedef struct {
    Order  *order;
    int64_t who;
} Turn;

static Err take_turn(Work *w, void *to)
{
    (void)w;
    Turn *turn = to;
    atomic_fetch_add(&turn->order->running, 1);
    while (atomic_load(&turn->order->gate)) usleep(1000);
    turn->order->who[atomic_fetch_add(&turn->order->n, 1)] = turn->who;
    return OK;
}

/* Until so many are being served, for five seconds at most. */
static void served_wait(Order *order, int n)
{
    for (int i = 0; i < 5000 && atomic_load(&order->running) < n; i++) usleep(1000);
}

static Err context(Work *w, void *to)
{
    Str *seen = to;
    *seen = str_fmt(w->problems.mem, "%d %.*s %d %d", (int)w->actor, (int)w->language.n, w->language.s, (int)w->today,
                    (int)w->writes);
    static char kept[64];
    memcpy(kept, seen->s, (size_t)seen->n);
    seen->s = kept;
    return OK;
}

static Err take_many(Work *w, void *to)
{
    int64_t first, *at = to;
    for (int i = 0; i < 300; i++) {
        TRY(ids_take(w, 5, &first));
        for (int k = 0; k < 5; k++) at[i * 5 + k] = first + k;
    }
    return OK;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

TESTS(test_lanes)
{
    CASE("a work knows its actor, language, lane and the firm's day of its one moment") {
        ON_BOTH(base) {
            char path[] = "/tmp/sbyt-clock.XXXXXX";
            int  fd     = mkstemp(path);
            CHECK(write(fd, "2026-03-04T22:30:00Z", 20) == 20);
            Lanes *lanes = lanes_on(
                &base, t, (LanesOptions){ .clock = { path }, .zone = zone_load(&t->mem, NULL, S("Europe/Moscow")) });
            Str    seen;
            EQUAL(run(lanes, LANE_FAST, context, &seen, NULL), OK);
            STR(seen, S("7 ru 20517 0")); /* 2026-03-05 is day 20,517 */
            lanes_zone(lanes, zone_utc());
            EQUAL(run(lanes, LANE_WRITER, context, &seen, NULL), OK);
            STR(seen, S("7 ru 20516 1"));
            lanes_stop(lanes);
            close(fd);
            unlink(path);
        }
    }
    CASE("what a work writes is there when it is answered, and a refused one leaves nothing but words") {
        ON_BOTH(base) {
            Lanes   *lanes    = lanes_on(&base, t, (LanesOptions){ 0 });
            Problems problems = { .mem = &t->mem };
            Wish wish = { .name = "Завод" }, second = { .name = "Завод" }, none = { .name = "Рога", .fake = DENIED },
                 all = { 0 };
            EQUAL(run(lanes, LANE_WRITER, create, &wish, &problems), OK);
            EQUAL(run(lanes, LANE_FAST, count, &all, NULL), OK);
            EQUAL(all.count, 1);
            EQUAL(run(lanes, LANE_WRITER, create, &second, &problems), CONFLICT);
            EQUAL(problems.count, 1);
            TEXT(problems.first->key, "store.taken");
            STR(problems.first->args[0].text, S("name"));
            EQUAL(run(lanes, LANE_WRITER, create, &none, NULL), DENIED);
            EQUAL(run(lanes, LANE_FAST, count, &all, NULL), OK);
            EQUAL(all.count, 1);
            EQUAL(run(lanes, LANE_FAST, create, &(Wish){ .name = "no" }, NULL), BROKEN); /* a reader cannot write */
            lanes_stop(lanes);
        }
    }
    CASE("BUSY runs the work again from the start, with the ids and rows of the first try gone") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t, (LanesOptions){ 0 });
            Wish   wish = { .name = "Завод" }, always = { .name = "Рога", .fake = BUSY }, all = { 0 };
            EQUAL(run(lanes, LANE_WRITER, busy_twice, &wish, NULL), OK);
            EQUAL(wish.runs, 3);
            Problems problems = { .mem = &t->mem };
            EQUAL(run(lanes, LANE_WRITER, create, &always, &problems), BUSY);
            EQUAL(always.runs, 6);
            TEXT(problems.first->key, "store.busy");
            run(lanes, LANE_FAST, count, &all, NULL);
            EQUAL(all.count, 1);
            lanes_stop(lanes);
        }
    }
    CASE("on PostgreSQL a work that adds what another writer has just added runs once more, and finds it") {
        ON_BOTH(base) {
            if (base.engine == DB_SQLITE) continue; /* has one writer */
            Lanes  *lanes = lanes_on(&base, t, (LanesOptions){ 0 });
            Meeting met = { .other = base_more(&base, t, DB_WRITE) }, refused = { .fake = CONFLICT, .runs = 1 };
            EQUAL(run(lanes, LANE_WRITER, find_or_add, &met, NULL), OK);
            EQUAL(met.runs, 2);
            EQUAL(run(lanes, LANE_WRITER, find_or_add, &refused, NULL), CONFLICT); /* a clash of another kind is none */
            EQUAL(refused.runs, 2);
            db_close(met.other);
            lanes_stop(lanes);
        }
    }
    CASE("in a group a failing work falls alone") {
        ON_BOTH(base) {
            enum { N = 400 };
            Lanes *lanes  = lanes_on(&base, t, (LanesOptions){ 0 });
            Wish  *wishes = NEW_N(&t->mem, Wish, N), all = { 0 };
            for (int i = 0; i < N; i++) { /* every tenth wants the name of the one before */
                wishes[i] = (Wish){ .name = str_fmt(&t->mem, "%d", i % 10 == 9 ? i - 1 : i).s };
                EQUAL(lanes_submit(lanes, LANE_WRITER, &(LaneWork){ .run = create, .to = &wishes[i] }), OK);
            }
            EQUAL(run(lanes, LANE_WRITER, count, &all, NULL), OK);
            while (lanes_count(lanes).works[LANE_WRITER] < N) usleep(1000);
            EQUAL(run(lanes, LANE_FAST, count, &all, NULL), OK);
            EQUAL(all.count, N - N / 10);
            if (base.engine == DB_SQLITE) CHECK(lanes_count(lanes).commits < N / 4);
            lanes_stop(lanes);
        }
    }
    CASE("a statement stopped in its middle takes the group's transaction along, and those before it run again") {
        ON_BOTH(base) {
            Lanes   *lanes    = lanes_on(&base, t, (LanesOptions){ .group_ms = 5000 });
            Problems problems = { .mem = &t->mem };
            Wish     first = { .name = "А" }, all = { 0 };
            LaneWork before = { .run = create, .to = &first }, late = { .run = forever_writing, .limit_ms = 300 };
            lanes_submit(lanes, LANE_WRITER,
                         &(LaneWork){ .run = beat,
                                      .to = &(_Atomic int64_t){ 0 },
                                      .limit_ms = 100 }); /* so that the next two meet in a group */
            EQUAL(lanes_submit(lanes, LANE_WRITER, &before), OK);
            EQUAL(lanes_run(lanes, LANE_WRITER, &late, &problems), CONFLICT);
            TEXT(problems.first->key, "work.too_long");
            EQUAL(run(lanes, LANE_WRITER, count, &all, NULL), OK);
            EQUAL(all.count, 1);
            EQUAL(first.runs, base.engine == DB_SQLITE ? 2 : 1);
            lanes_stop(lanes);
        }
    }
    CASE("a slow work reads one state of the base when it asks for it, while it writes through the writer") {
        ON_BOTH(base) {
            Lanes   *lanes = lanes_on(&base, t, (LanesOptions){ 0 });
            Wish     wish  = { 0 };
            LaneWork lw    = { .run = count_twice, .to = &wish, .snapshot = true };
            EQUAL(lanes_run(lanes, LANE_SLOW, &lw, NULL), OK);
            EQUAL(wish.count, 0);
            db_ddl(base.db, S("delete from probe"));
            lw.snapshot = false;
            EQUAL(lanes_run(lanes, LANE_SLOW, &lw, NULL), OK);
            EQUAL(wish.count, 1);
            lanes_stop(lanes);
        }
    }
    CASE("a work over its time is stopped in the middle of a statement, between two or deep in what knows no work, and"
         " the next one runs") {
        ON_BOTH(base) {
            Lanes   *lanes    = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1 } });
            Problems problems = { .mem = &t->mem };
            _Atomic int64_t beats = 0;
            Wish     all      = { 0 };
            EQUAL(lanes_run(lanes, LANE_SLOW, &(LaneWork){ .run = forever, .limit_ms = 200 }, &problems), CONFLICT);
            TEXT(problems.last->key, "work.too_long");
            EQUAL(lanes_run(lanes, LANE_SLOW, &(LaneWork){ .run = beat, .to = &beats, .limit_ms = 200 }, &problems),
                  CONFLICT);
            TEXT(problems.last->key, "work.too_long");
            CHECK(beats > 10 && beats < 400);
            LaneWork deep = { .run = beat_of_thread, .to = &beats, .limit_ms = 200 };
            EQUAL(lanes_run(lanes, LANE_SLOW, &deep, &problems), CONFLICT);
            TEXT(problems.last->key, "work.too_long");
            EQUAL(pulse(&problems), OK);
            EQUAL(run(lanes, LANE_FAST, count, &all, NULL), OK);
            lanes_stop(lanes);
        }
    }
    CASE("a work that wants more memory than there is fails alone, and what a work owns is let go") {
        ON_BOTH(base) {
            Lanes   *lanes    = lanes_on(&base, t, (LanesOptions){ 0 });
            Problems problems = { .mem = &t->mem };
            Wish     wish     = { .name = "А" };
            for (int lane = LANE_FAST; lane < LANE_COUNT; lane++) {
                EQUAL(run(lanes, lane, too_large, NULL, &problems), TOO_LARGE);
                TEXT(problems.last->key, "work.too_large");
            }
            EQUAL(run(lanes, LANE_SLOW, owning, &wish, NULL), INVALID);
            EQUAL(run(lanes, LANE_WRITER, create, &wish, NULL), OK);
            lanes_stop(lanes);
            CHECK(wish.freed);
        }
    }
    CASE("handlers run in the raiser's transaction, may refuse it, and stop five deep") {
        ON_BOTH(base) {
            Lanes   *lanes    = lanes_on(&base, t, (LanesOptions){ 0 });
            Problems problems = { .mem = &t->mem };
            Wish     seen = { .name = "А", .raise = "seen" }, refused = { .name = "Б", .raise = "refused" },
                 deep = { .name = "В", .raise = "deep" }, all = { 0 };
            EQUAL(run(lanes, LANE_WRITER, create, &seen, NULL), OK);
            EQUAL(run(lanes, LANE_WRITER, create, &refused, NULL), DENIED);
            EQUAL(run(lanes, LANE_WRITER, create, &deep, &problems), BROKEN);
            TEXT(problems.last->key, "work.events_too_deep");
            run(lanes, LANE_FAST, count, &all, NULL);
            EQUAL(all.count, 1);
            EQUAL(db_int(base.db, S("select id from probe_seen"), NO_VALS, &all.id), OK);
            EQUAL(all.id, seen.id);
            lanes_stop(lanes);
        }
    }
    CASE("a handler meets one record twice at the most, however its circle is closed") {
        ON_BOTH(base) {
            Lanes   *lanes    = lanes_on(&base, t, (LanesOptions){ 0 });
            Problems problems = { .mem = &t->mem };
            Wish     circle = { .name = "А", .raise = "round.made" }, all = { 0 };
            EQUAL(run(lanes, LANE_WRITER, create, &circle, &problems), BROKEN);
            TEXT(problems.last->key, "work.events_in_a_circle");
            run(lanes, LANE_FAST, count, &all, NULL);
            EQUAL(all.count, 0);
            lanes_stop(lanes);
        }
    }
    CASE("a handler of every entity hears each once, and of an import only where it says so") {
        ON_BOTH(base) {
            Lanes *lanes   = lanes_on(&base, t, (LanesOptions){ 0 });
            Wish   one     = { .name = "А", .raise = "probe.removed" };
            Wish   many    = { .name = "Б", .raise = "probe.removed", .bulk = true };
            Wish   away    = { .name = "В", .raise = "probe.archived", .bulk = true };
            Wish   unheard = { .name = "Г", .raise = "probe.saved" };
            EQUAL(run(lanes, LANE_WRITER, create, &one, NULL), OK);
            EQUAL(run(lanes, LANE_WRITER, create, &many, NULL), OK);
            EQUAL(run(lanes, LANE_WRITER, create, &away, NULL), OK);
            EQUAL(run(lanes, LANE_WRITER, create, &unheard, NULL), OK);
            EQUAL(heard_of(&base, "probe.removed", "probe"), 1);
            EQUAL(heard_of(&base, "probe.archived", "probe"), 1);
            lanes_stop(lanes);
        }
    }
    CASE("what settles comes behind all that was raised, and again behind what it raises itself") {
        ON_BOTH(base) {
            Lanes *lanes  = lanes_on(&base, t, (LanesOptions){ 0 });
            Wish   silent = { .name = "А" }, heard = { .name = "Б", .raise = "probe.saved" };
            EQUAL(run(lanes, LANE_WRITER, create, &silent, NULL), OK);
            EQUAL(heard_of(&base, "work.settled", "work"), 0);
            EQUAL(run(lanes, LANE_WRITER, create, &heard, NULL), OK);
            EQUAL(heard_of(&base, "work.settled", "work"), 2);
            EQUAL(heard_of(&base, "sale.removed", "sale"), 2); /* by name, and as one of every entity */
            lanes_stop(lanes);
        }
    }
    CASE("a connection that was cut is made again, and nobody but the log notices") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t, (LanesOptions){ .threads = { 2, 2, 2 } });
            Wish   wish = { .name = "А" }, second = { .name = "Б" }, all = { 0 };
            EQUAL(run(lanes, LANE_WRITER, create, &wish, NULL), OK);
            EQUAL(run(lanes, LANE_FAST, count, &all, NULL), OK);
            if (base.engine == DB_POSTGRES)
                db_int(
                    base.db,
                    S("select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and"
                      " usename = current_user"),
                    NO_VALS, &all.count);
            for (int i = 0; i < 4; i++) EQUAL(run(lanes, LANE_FAST, count, &all, NULL), OK);
            EQUAL(run(lanes, LANE_WRITER, create, &second, NULL), OK);
            EQUAL(run(lanes, LANE_SLOW, count, &all, NULL), OK);
            EQUAL(all.count, 2);
            lanes_stop(lanes);
        }
    }
    CASE("a command that writes beside the server makes it wait, not fail") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t, (LanesOptions){ 0 });
            Wish   wish  = { .name = "А" }, all = { 0 };
            EQUAL(db_begin(base.db, DB_WRITE), OK);
            EQUAL(db_run(base.db, S("insert into probe (id, name) values (-1, 'Б')"), NO_VALS, NULL), OK);
            EQUAL(lanes_submit(lanes, LANE_WRITER, &(LaneWork){ .run = create, .to = &wish }), OK);
            usleep(300000);
            EQUAL(db_commit(base.db), OK);
            EQUAL(run(lanes, LANE_WRITER, count, &all, NULL), OK);
            lanes_stop(lanes);
            EQUAL(db_int(base.db, S("select count(*) from probe"), NO_VALS, &all.count), OK);
            EQUAL(all.count, 2);
        }
    }
    CASE("whoever asks much waits behind himself: lines are served in turn, each in its own order") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1 } });
            Order  order = { .gate = true };
            Turn   turn[12];
            for (int i = 0; i < 12; i++) {
                turn[i] = (Turn){ &order, i < 10 ? 1 : i - 8 }; /* ten of one person, then one each of two others */
                EQUAL(lanes_submit(lanes, LANE_FAST,
                                   &(LaneWork){ .run = take_turn, .to = &turn[i], .line = turn[i].who }),
                      OK);
            }
            atomic_store(&order.gate, false);
            lanes_stop(lanes);
            EQUAL(order.n, 12);
            EQUAL(order.who[0], 1);
            EQUAL(order.who[1], 2);
            EQUAL(order.who[2], 3);
            for (int i = 3; i < 12; i++) EQUAL(order.who[i], 1);
        }
    }
    CASE("nobody has more than half of the workers, or more places than he leaves to others") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t, (LanesOptions){ .threads = { 4, 2, 1 }, .queue = { 16, 4, 0 } });
            Order  order = { .gate = true };
            Turn   one = { &order, 1 }, two = { &order, 2 }, three = { &order, 3 };
            int    taken[4] = { 0 };
            for (int i = 0; i < 40; i++) {
                taken[1] += lanes_submit(lanes, LANE_FAST, &(LaneWork){ .run = take_turn, .to = &one, .line = 1 }) ==
                            OK;
                if (i == 3) served_wait(&order, 2);
            }
            EQUAL(atomic_load(&order.running), 2);
            EQUAL(taken[1], 2 + 8);
            for (int i = 0; i < 40; i++) {
                taken[2] += lanes_submit(lanes, LANE_FAST, &(LaneWork){ .run = take_turn, .to = &two, .line = 2 }) ==
                            OK;
                if (i == 3) served_wait(&order, 4);
            }
            EQUAL(atomic_load(&order.running), 4);
            EQUAL(taken[2], 2 + 4);
            EQUAL(lanes_submit(lanes, LANE_FAST, &(LaneWork){ .run = take_turn, .to = &three, .line = 3 }), OK);
            atomic_store(&order.gate, false);
            while (atomic_load(&order.n) < taken[1] + taken[2] + 1) usleep(1000);
            lanes_stop(lanes);
        }
    }
    CASE("reports keep nobody from signing in") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1 } });
            Order  order = { .gate = true }, door = { 0 };
            Turn   report[9], sign_in = { &door, 5 };
            for (int i = 0; i < 9; i++) {
                report[i] = (Turn){ &order, i + 1 };
                EQUAL(lanes_submit(lanes, LANE_SLOW, &(LaneWork){ .run = take_turn, .to = &report[i], .line = i + 1 }),
                      OK);
            }
            EQUAL(lanes_run(lanes, LANE_SIGN_IN,
                            &(LaneWork){ .run = take_turn, .to = &sign_in, .line = LINE_STRANGERS }, NULL),
                  OK);
            EQUAL(atomic_load(&order.n), 0);
            atomic_store(&order.gate, false);
            while (atomic_load(&order.n) < 9) usleep(1000);
            lanes_stop(lanes);
        }
    }
    CASE("a question too hard for the lane of quick answers is stopped after three seconds, and told so") {
        ON_BOTH(base) {
            Lanes   *lanes    = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1 } });
            Problems problems = { .mem = &t->mem };
            int64_t  began    = clock_ticks();
            EQUAL(run(lanes, LANE_FAST, forever, NULL, &problems), INVALID);
            TEXT(problems.last->key, "work.question_too_hard");
            CHECK(clock_ticks() - began >= 3000 && clock_ticks() - began < 6000);
            lanes_stop(lanes);
        }
    }
    CASE("what nobody waits for any more is stopped in the middle of a statement, and what still waits never begins") {
        ON_BOTH(base) {
            Lanes   *lanes = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1 } });
            Caller   caller[4] = { 0 };
            Wish     all = { 0 };
            for (int i = 0; i < 4; i++)
                EQUAL(lanes_submit(lanes, LANE_SLOW, &(LaneWork){ .run = begun_forever, .to = &caller[i],
                                                                  .left = caller_left, .done = caller_told }), OK);
            while (atomic_load(&caller[0].begun) + atomic_load(&caller[1].begun) < 2) usleep(1000);
            usleep(200000);
            EQUAL(atomic_load(&caller[0].over), 0);
            for (int i = 0; i < 4; i++) atomic_store(&caller[i].left, 1);
            EQUAL(lanes_run(lanes, LANE_SLOW, &(LaneWork){ .run = count, .to = &all }, NULL), OK);
            for (int i = 0; i < 4; i++) {
                while (!atomic_load(&caller[i].over)) usleep(1000);
                EQUAL(caller[i].err, CONFLICT);
                EQUAL(atomic_load(&caller[i].begun), i < 2);
            }
            lanes_stop(lanes);
        }
    }
    CASE("a step that takes too long ends a work whose lane sets no limit; with an end to it the work goes on") {
        ON_BOTH(base) {
            Lanes   *lanes    = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1 } });
            Problems problems = { .mem = &t->mem };
            Caller   caller   = { 0 };
            EQUAL(lanes_run(lanes, LANE_SLOW, &(LaneWork){ .run = steps, .to = &caller }, &problems), CONFLICT);
            TEXT(problems.last->key, "work.too_long");
            EQUAL(atomic_load(&caller.begun), 5);
            lanes_stop(lanes);
        }
    }
    CASE("a full queue says BUSY at once, and stopping answers everybody") {
        ON_BOTH(base) {
            Lanes     *lanes = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1 }, .queue = { 1, 4, 0 } });
            _Atomic int64_t beats = 0;
            LaneWork   slow = { .run = beat, .to = &beats };
            int        taken = 0;
            while (lanes_submit(lanes, LANE_SLOW, &slow) == OK) taken++;
            CHECK(taken >= 4 && taken <= 6);
            EQUAL(lanes_count(lanes).refused[LANE_SLOW], 1);
            Wish wish = { .name = "А" };
            EQUAL(run(lanes, LANE_WRITER, create, &wish, NULL), OK);
            while (atomic_load(&beats) == 0) usleep(1000);
            lanes_stop(lanes);
        }
    }
    CASE("when slow works are told to end, those that run and wait end, none begins, and the other lanes go on") {
        ON_BOTH(base) {
            Lanes *lanes = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1 } });
            _Atomic int64_t beats = 0;
            Wish     wish = { .name = "А" }, all = { 0 };
            LaneWork slow = { .run = beat, .to = &beats };
            for (int i = 0; i < 3; i++) EQUAL(lanes_submit(lanes, LANE_SLOW, &slow), OK);
            while (!beats) usleep(1000);
            lanes_slow_ends(lanes);
            EQUAL(lanes_submit(lanes, LANE_SLOW, &slow), BUSY);
            EQUAL(run(lanes, LANE_WRITER, create, &wish, NULL), OK);
            EQUAL(run(lanes, LANE_FAST, count, &all, NULL), OK);
            EQUAL(all.count, 1);
            int64_t ended = clock_ticks();
            lanes_stop(lanes);
            CHECK(clock_ticks() - ended < 2000);
        }
    }
    CASE("a stop has a bound: whoever still works or waits behind it, in any lane, is told so and ends") {
        ON_BOTH(base) {
            static const Lane lane[] = { LANE_FAST, LANE_WRITER, LANE_SIGN_IN };
            for (int i = 0; i < 3; i++) {
                for (int in_memory = 0; in_memory <= 1; in_memory++) {
                    Lanes *lanes = lanes_on(&base, t, (LanesOptions){ .threads = { 1, 2, 1, 2 }, .stop_ms = 300 });
                    _Atomic int64_t beats = 0;
                    LaneWork long_one = { .run = in_memory ? beat : forever, .to = &beats, .limit_ms = 600000 };
                    for (int k = 0; k < 20; k++) EQUAL(lanes_submit(lanes, lane[i], &long_one), OK);
                    int64_t began = clock_ticks();
                    lanes_stop(lanes);
                    CHECK(clock_ticks() - began < 5000);
                    EQUAL(db_ddl(base.db, S("drop table probe; drop table probe_seen; drop table probe_heard")), OK);
                }
            }
        }
    }
    CASE("ids are never given twice: to eight works at once, in two programs, after refused works and after a"
         " restart") {
        ON_BOTH(base) {
            enum { WORKS = 8, EACH = 1500 };
            int64_t *ids   = NEW_N(&t->mem, int64_t, WORKS * EACH * 2);
            Lanes   *lanes = lanes_on(&base, t, (LanesOptions){ 0 }), *twin = NULL;
            DbFault  why;
            for (int round = 0; round < 2; round++) {
                LanesOptions o = { .address = base.address };
                if (base.engine == DB_POSTGRES) EQUAL(lanes_start(&o, &twin, &why), OK);
                for (int i = 0; i < WORKS; i++) {
                    Lane lane = i % 2 ? LANE_WRITER : LANE_SLOW;
                    EQUAL(lanes_submit(twin && i > 3 ? twin : lanes, lane,
                                       &(LaneWork){ .run = take_many, .to = ids + (round * WORKS + i) * EACH }),
                          OK);
                    Wish refused = { .name = "Н", .fake = DENIED };
                    EQUAL(run(lanes, LANE_WRITER, create, &refused, NULL), DENIED);
                }
                while (lanes_count(lanes).works[LANE_SLOW] + (twin ? lanes_count(twin).works[LANE_SLOW] : 0) <
                       WORKS / 2)
                    usleep(1000);
                lanes_stop(lanes);
                lanes_stop(twin);
                twin = NULL;
                EQUAL(lanes_start(&o, &lanes, &why), OK);
            }
            lanes_stop(lanes);
            qsort(ids, WORKS * EACH * 2, sizeof *ids, by_number);
            int64_t twice = 0;
            for (int i = 1; i < WORKS * EACH * 2; i++) twice += ids[i] == ids[i - 1];
            EQUAL(twice, 0);
            CHECK(ids[0] >= 1);
        }
    }
}
