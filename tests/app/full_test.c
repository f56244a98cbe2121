/* The disk runs full at each write of a copy, a migration, an import: each is refused with words, what was there stays
 * whole, and all goes on when there is room again. */
#include "app/backup.h"
#include "app/copy_check.h"
#include "files/files.h"
#include "format/mapped.h"
#include "sales/import/import.h"
#include "store/migrate.h"
#include "tests/app/day.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* With SBYT_TEST_POWER at every single write. */
static int64_t next_write(int64_t n)
{
    return getenv("SBYT_TEST_POWER") ? n + 1 : n + 1 + n / 4;
}

static int64_t count_of(Day24 *d, Str sql)
{
    Db     *db;
    DbFault why;
    int64_t n = -1;
    if (db_open(str_fmt(&d->t->mem, "%.*s/sbyt.db", (int)d->data.n, d->data.s), DB_READ, &db, &why) != OK) return -1;
    db_int(db, sql, NO_VALS, &n);
    db_close(db);
    return n;
}

/* Nothing else writes: the journal is sealed and nobody asks for more. */
static void quiet(Day24 *d)
{
    Test *t = d->t;
    CHECK(running_rests(&d->run));
    follower_stop(d->run.follower);
    d->run.follower = NULL;
}

/* ---- copies ---- */

/* How many copies there are; -1: one of them is not whole, or half a one is left beside them. */
static ptrdiff_t copies_whole(Day24 *d, Arena *mem)
{
    Copy       *copies;
    ptrdiff_t   n;
    const char *folder = d->run.program->backup;
    if (backup_list(mem, folder, &copies, &n) != OK) return -1;
    for (ptrdiff_t i = 0; i < n; i++) {
        char *path = str_c(mem, str_fmt(mem, "%s/%.*s", folder, (int)copies[i].name.n, copies[i].name.s));
        if (copy_check(&d->run.call.problems, mem, d->run.program->address, path, path, NULL) != OK) return -1;
        if (access(str_c(mem, str_fmt(mem, "%s.part", path)), F_OK) == 0) return -1;
    }
    return n;
}

/* One copy with room for n writes: false when that was enough. */
static bool copy_refused(Day24 *d, int64_t n)
{
    Test *t   = d->t;
    Arena mem = arena_new(1 << 26);
    Str   said;
    disk_room(n);
    int  code    = COMMAND(&d->run, &mem, &said, S(""), "backup", "--lang", "en");
    bool refused = disk_refused() > 0;
    disk_room(-1);
    EQUAL(code != 0, refused);
    if (refused) CHECK(str_find(said, S("disk is full")) > 0);
    CHECK(copies_whole(d, &mem) >= 1);
    arena_drop(&mem);
    return refused;
}

/* ---- a restore ---- */

/* With room for n writes: false when that was enough. */
static bool restore_refused(Day24 *d, int64_t n)
{
    Test *t = d->t;
    Str   said;
    disk_room(n);
    int  code    = day_restore(d, &said);
    bool refused = disk_refused() > 0;
    disk_room(-1);
    EQUAL(code != 0, refused);
    if (refused) CHECK(said.n > 0);
    EQUAL(running_begin(&d->run, d->data), OK);
    EQUAL(count_of(d, S("select count(*) from client where name like 'Клиент %'")), refused ? 8 : 4);
    EQUAL(COMMAND(&d->run, &t->mem, &said, S(""), "check"), 0);
    running_end(&d->run);
    return refused;
}

/* ---- migrations ---- */

static Str shape_of(Db *db, Arena *mem)
{
    Rows rows;
    Buf  b = buf_new(mem, 1 << 16);
    if (db_query(db, S("select sql from sqlite_master order by type, name"), NO_VALS, &rows) != OK) return S("?");
    while (rows_next(&rows)) buf_put(&b, row_text(&rows, 0));
    return rows_end(&rows) ? S("?") : buf_str(&b);
}

static Str shape_wanted(Test *t, Arena *mem)
{
    Db     *db;
    DbFault why;
    EQUAL(db_open(S(":memory:"), DB_CREATE, &db, &why), OK);
    EQUAL(migrate(db, migrations, 0, NULL, &why), OK);
    Str shape = shape_of(db, mem);
    db_close(db);
    return shape;
}

/* An old base is migrated with room for n writes, then with room enough. */
static bool migration_refused(Test *t, int64_t n, Str wanted)
{
    Day24  *d   = NEW(&t->mem, Day24);
    Db     *db;
    DbFault why = { 0 };
    int64_t units = 0;
    day_begin(d, t);
    day_make_old(d);
    disk_begin(d->place);
    EQUAL(db_open(str_fmt(&t->mem, "%.*s/sbyt.db", (int)d->data.n, d->data.s), DB_WRITE, &db, &why), OK);
    disk_room(n);
    Err  err     = migrate(db, migrations, 0, NULL, &why);
    bool refused = disk_refused() > 0;
    disk_room(-1);
    EQUAL(err != OK, refused);
    if (err) TEXT(why.key, "store.disk_full");
    EQUAL(migrate(db, migrations, 0, NULL, &why), OK);
    EQUAL(db_int(db, S("select count(*) from unit where name = 'Отдел'"), NO_VALS, &units), OK);
    EQUAL(units, 3);
    CHECK(str_eq(shape_of(db, &t->mem), wanted));
    db_close(db);
    disk_end();
    day_end(d);
    return refused;
}

/* ---- imports ---- */

enum { LINES = 60 };

typedef struct {
    Day24      *d;
    Arena       mem;
    const char *path, *source;
    Str         said;
    int         code;
    atomic_bool over;
} Bringing;

static void *bring(void *to)
{
    Bringing *b = to;
    b->code     = COMMAND(&b->d->run, &b->mem, &b->said, S(""), "import", b->path, "--source", b->source, "--target",
                          "sale");
    atomic_store(&b->over, true);
    return NULL;
}

static bool over_within(Bringing *b, int ms)
{
    for (; ms > 0 && !atomic_load(&b->over); ms -= 5) usleep(5000);
    return atomic_load(&b->over);
}

/* There is no room for a while from its n-th write on. */
static bool import_refused(Day24 *d, const char *path, int64_t n)
{
    Test     *t = d->t;
    Bringing  b = { .d = d, .mem = arena_new(1 << 26), .path = path };
    pthread_t thread;
    b.source = str_c(&b.mem, str_fmt(&b.mem, "И%lld", (long long)n));
    disk_room(n);
    pthread_create(&thread, NULL, bring, &b);
    while (!disk_refused() && !over_within(&b, 5)) continue;
    bool refused = disk_refused() > 0;
    if (refused) over_within(&b, 150);
    disk_room(-1);
    bool ended = over_within(&b, 20000);
    CHECK(ended);
    if (!ended) d->run.program->stops = true; /* nobody waits any more */
    pthread_join(thread, NULL);
    CHECK(ended && running_rests(&d->run));
    Str sales = str_fmt(&b.mem, "select count(*) from sale where source = '%s'", b.source);
    EQUAL(count_of(d, sales), b.code == 0 ? LINES : 0);
    EQUAL(count_of(d, S("select count(*) from import where state not in (3, 4, 5, 7)")), 0);
    if (b.code) CHECK(b.said.n > 0);
    arena_drop(&b.mem);
    return refused && ended;
}

typedef struct {
    int64_t file;
    int     from;
    Str     bytes, name;
} Kept;

static Err keep(Work *w, void *to)
{
    Kept *k = to;
    lseek(k->from, 0, SEEK_SET);
    return file_keep(w, k->from, 9 << 18, S("long.csv"), &k->file);
}

static Err bring_back(Work *w, void *to)
{
    Kept *k = to;
    return file_bring(w, k->file, 0, &k->bytes, &k->name);
}

/* Two parts of 1 MiB and a bit. */
static int long_file(void)
{
    int fd = memfd_create("long", 0);
    for (int i = 0; i < 9; i++) {
        static const char bytes[1 << 18];
        if (write(fd, bytes, sizeof bytes) != sizeof bytes) abort();
    }
    return fd;
}

TESTS(test_full)
{
    CASE("a file that finds no room on its way out of the base is refused, not read by halves") {
        Day24 *d    = NEW(&t->mem, Day24);
        Kept   kept = { .from = long_file() };
        char  *was  = getenv("TMPDIR");
        day_begin(d, t);
        day_open(d);
        quiet(d);
        setenv("TMPDIR", d->place, true);
        EQUAL(program_run(&d->run.call, d->run.program, LANE_SLOW, keep, &kept), OK);
        for (int parts = 0; parts < 3; parts++) {
            disk_room(parts);
            EQUAL(program_run(&d->run.call, d->run.program, LANE_SLOW, bring_back, &kept), BROKEN);
            TEXT(d->run.call.problems.last->key, "file.no_temporary");
        }
        disk_room(-1);
        EQUAL(program_run(&d->run.call, d->run.program, LANE_SLOW, bring_back, &kept), OK);
        EQUAL(kept.bytes.n, 9 << 18);
        mapped_close(kept.bytes);
        if (was) setenv("TMPDIR", was, true);
        else unsetenv("TMPDIR");
        close(kept.from);
        running_end(&d->run);
        disk_end();
        day_end(d);
    }
    CASE("a copy on a full disk is refused at each of its writes, those that are there stay, half a one is not left") {
        Day24  *d = NEW(&t->mem, Day24);
        int64_t n = 0;
        Str     said;
        day_begin(d, t);
        day_open(d);
        day_fill(d);
        quiet(d);
        EQUAL(COMMAND(&d->run, &t->mem, &said, S(""), "backup"), 0);
        while (copy_refused(d, n)) n = next_write(n);
        CHECK(n > 100);
        running_end(&d->run);
        disk_end();
        day_end(d);
    }
    CASE("a restore on a full disk is refused at each of its writes and leaves the base as it was") {
        Day24  *d = NEW(&t->mem, Day24);
        int64_t n = 0;
        day_begin(d, t);
        day_open(d);
        day_copy(d);
        while (restore_refused(d, n)) n++;
        CHECK(n > 0);
        disk_end();
        day_end(d);
    }
    CASE("a migration on a full disk is refused at each of its writes and done when there is room again") {
        int64_t n      = 0;
        Str     wanted = shape_wanted(t, &t->mem);
        while (migration_refused(t, n, wanted)) n = next_write(n);
        CHECK(n > 20);
    }
    CASE("a start on a full disk is refused with words or goes on, and what it leaves is sound") {
        Day24  *d = NEW(&t->mem, Day24);
        Str     said;
        bool    refused = true;
        int64_t n       = 0;
        day_begin(d, t);
        day_open(d);
        day_fill(d);
        running_end(&d->run);
        for (; refused; n++) {
            unlink(str_c(&t->mem, str_fmt(&t->mem, "%.*s/facts.bin", (int)d->data.n, d->data.s)));
            disk_room(n);
            Err err = running_begin(&d->run, d->data);
            if (!err) CHECK(running_rests(&d->run));
            else TEXT(d->run.call.problems.first->key, "store.disk_full");
            refused = disk_refused() > 0;
            disk_room(-1);
            if (!err) EQUAL(COMMAND(&d->run, &t->mem, &said, S(""), "check"), 0);
            running_end(&d->run);
        }
        CHECK(n > 5); /* the file of facts among them */
        disk_end();
        day_end(d);
    }
    CASE("an import goes on or takes itself back when there is room again, at whichever write the disk was full") {
        Day24      *d = NEW(&t->mem, Day24);
        int64_t     n = 0;
        day_begin(d, t);
        day_open(d);
        day_fill(d);
        quiet(d);
        const char *path = day_sales_file(d, "sales.csv", LINES);
        while (import_refused(d, path, n)) n = next_write(n);
        CHECK(n > 20);
        EQUAL(COMMAND(&d->run, &t->mem, &(Str){ 0 }, S(""), "check"), 0);
        running_end(&d->run);
        disk_end();
        day_end(d);
    }
}
