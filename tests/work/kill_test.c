/* What was acknowledged survives: a writing program is killed at random moments, with sixteen writers at work.  The
 * list of what it acknowledged comes through a pipe, written after the answer and before the next work. */
#include "tests/store/base.h"
#include "work/lanes.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 16 };

typedef struct {
    Lanes  *lanes;
    int     out;
    int64_t id;
} Writer;

/* A sale and its two lines: all or nothing. */
static Err sell(Work *w, void *to)
{
    int64_t *id = to;
    TRY(ids_take(w, 3, id));
    TRY(db_run(w->db, S("insert into probe (id, line_count) values ($1, 2)"), VALS(val_int(*id)), NULL));
    Val lines[] = { val_int(*id + 1), val_int(*id), val_int(*id + 2), val_int(*id) };
    return db_many(w->db, S("insert into probe_line (id, sale) values ($1, $2)"), lines, 2, 2, NULL);
}

static void *sell_on(void *to)
{
    Writer *writer = to;
    for (;;) {
        if (lanes_run(writer->lanes, LANE_WRITER, &(LaneWork){ .run = sell, .to = &writer->id }, NULL)) continue;
        if (write(writer->out, &writer->id, sizeof writer->id) != sizeof writer->id) _exit(3);
    }
}

static void child(Str address, int out)
{
    DbFault   why;
    Lanes    *lanes;
    Writer    writers[WRITERS];
    pthread_t threads[WRITERS];
    if (lanes_start(&(LanesOptions){ .address = address }, &lanes, &why)) _exit(2);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (Writer){ .lanes = lanes, .out = out };
        pthread_create(&threads[i], NULL, sell_on, &writers[i]);
    }
    pause();
}

/* The ids a killed child has acknowledged. */
static int64_t *acknowledged(Test *t, Str address, int lives_ms, ptrdiff_t *n)
{
    int in[2];
    CHECK(pipe(in) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(in[0]);
        child(address, in[1]);
    }
    close(in[1]);
    int64_t  *ids = NEW_N(&t->mem, int64_t, 1 << 17); /* a pipe holds 8,192, the rest waits in its writers: those
                                                         stand still */
    ptrdiff_t got = read(in[0], ids, 8);              /* it lives from its first answer on */
    CHECK(got == 8);
    usleep((useconds_t)lives_ms * 1000);
    kill(pid, SIGKILL);
    for (ssize_t r; (r = read(in[0], (char *)ids + got, (1 << 20) - (size_t)got)) > 0;) got += r;
    close(in[0]);
    waitpid(pid, NULL, 0);
    *n = got / 8;
    return ids;
}

static int64_t count_of(Db *db, Str sql)
{
    int64_t n = -1;
    db_int(db, sql, NO_VALS, &n);
    return n;
}

TESTS(test_kill)
{
    CASE("every acknowledged sale is there after a kill, whole, and its id is not given again") {
        ON_BOTH(base) {
            int       kills = getenv("SBYT_TEST_KILLS") ? atoi(getenv("SBYT_TEST_KILLS")) : 4;
            ptrdiff_t total = 0;
            base_migrate(&base, t);
            EQUAL(
                db_ddl(
                    base.db,
                    S("create table probe (id id primary key, line_count int not null);"
                      "create table probe_line (id id primary key, sale int not null references probe (id)); create"
                      " index probe_line_probe on probe_line (sale)")),
                OK);
            db_close(base.db);
            for (int i = 0; i < kills; i++) {
                ptrdiff_t n, missing = 0;
                int64_t  *ids = acknowledged(t, base.address, 20 + rand() % 200, &n);
                base.db       = base_more(&base, t, DB_WRITE);
                for (ptrdiff_t k = 0; k < n; k++) {
                    int64_t lines = 0;
                    db_int(base.db, S("select count(*) from probe_line where sale = $1"), VALS(val_int(ids[k])),
                           &lines);
                    missing += lines != 2;
                }
                EQUAL(missing, 0);
                EQUAL(
                    count_of(
                        base.db,
                        S("select count(*) from probe s where (select count(*) from probe_line l where l.sale = s.id)"
                          " <> 2")),
                    0);
                total += n;
                db_close(base.db);
            }
            base.db = base_more(&base, t, DB_WRITE);
            CHECK(total > 100);
            CHECK(count_of(base.db, S("select count(*) from probe")) >= total);
            if (base.engine == DB_SQLITE) {
                Rows rows;
                EQUAL(db_query(base.db, S("pragma integrity_check"), NO_VALS, &rows), OK);
                CHECK(rows_next(&rows));
                STR(row_text(&rows, 0), S("ok"));
                rows_end(&rows);
            }
        }
    }
}
