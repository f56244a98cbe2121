/* How many durable commits a second go through the writer lane: `commits ADDRESS [SECONDS]`, an empty base.
 *
 * Each caller hands in a work that takes an id and inserts one row with one index, waits for its answer and comes
 * again, as a request does.  Printed for 1, 16, 32 and 64 callers: works a second, works a commit, and the longest
 * wait. */
#include "store/migrate.h"
#include "work/lanes.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    Lanes  *lanes;
    int64_t until, works, longest;
} Caller;

static Err insert_one(Work *w, void *to)
{
    int64_t id;
    (void)to;
    TRY(ids_take(w, 1, &id));
    return db_run(w->db, S("insert into bench (id, owner, at, note) values ($1, $2, $3, $4)"),
                  VALS(val_int(id), val_int(id % 1000), val_int(w->now),
                       val_text(S("a note of some forty bytes, as people write"))),
                  NULL);
}

static void *call(void *to)
{
    Caller *c = to;
    for (int64_t now; (now = clock_ticks()) < c->until; c->works++) {
        if (lanes_run(c->lanes, LANE_WRITER, &(LaneWork){ .run = insert_one }, NULL)) exit(1);
        int64_t wait = clock_ticks() - now;
        if (wait > c->longest) c->longest = wait;
    }
    return NULL;
}

static void measure(Lanes *lanes, int callers, int seconds)
{
    static Caller c[64];
    pthread_t     threads[64];
    int64_t       before = lanes_count(lanes).commits, works = 0, longest = 0, began = clock_ticks();
    for (int i = 0; i < callers; i++) {
        c[i] = (Caller){ .lanes = lanes, .until = began + seconds * 1000 };
        pthread_create(&threads[i], NULL, call, &c[i]);
    }
    for (int i = 0; i < callers; i++) {
        pthread_join(threads[i], NULL);
        works += c[i].works;
        if (c[i].longest > longest) longest = c[i].longest;
    }
    double  s       = (double)(clock_ticks() - began) / 1000;
    int64_t commits = lanes_count(lanes).commits - before;
    printf("%2d callers: %8.0f works/s, %5.1f works a commit, longest wait %d ms\n", callers, (double)works / s,
           (double)works / (double)commits, (int)longest);
}

int main(int argc, char **argv)
{
    DbFault why;
    Db     *db;
    Lanes  *lanes;
    int     seconds = argc > 2 ? atoi(argv[2]) : 4;
    if (argc < 2 || db_open(str_of(argv[1]), DB_CREATE, &db, &why) || migrate(db, migrations, 0, NULL, &why)) return 2;
    if (db_ddl(
            db,
            S("create table bench (id id primary key, owner int not null, at int not null, note text); create index"
              " bench_owner on bench (owner)")))
        return 2;
    db_close(db);
    if (lanes_start(&(LanesOptions){ .address = str_of(argv[1]), .threads = { [LANE_WRITER] = 16 } }, &lanes, &why))
        return 2;
    int callers[] = { 1, 16, 32, 64 };
    for (ptrdiff_t i = 0; i < COUNT(callers); i++) measure(lanes, callers[i], seconds);
    lanes_stop(lanes);
    return 0;
}
