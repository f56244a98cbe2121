/* Copies: what gives up their check, and a restore that could not be ended. */
#include "app/copy_check.h"
#include "tests/app/day.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool stopping;

static bool asked(void) { return stopping; }

/* As another thread does it when the program stops. */
static void works(Db *db)
{
    if (db && stopping) db_stop(db);
}

static Err checked(Test *t, Str address, const char *path, const char **key)
{
    static const CopyStop stop = { asked, works };
    Problems problems = { .mem = &t->mem };
    Err      err      = copy_check(&problems, &t->mem, address, path, path, &stop);
    *key = err && problems.first ? problems.first->key : "";
    return err;
}

static char *in_folder(Day24 *d, const char *name)
{
    return str_c(&d->t->mem, str_fmt(&d->t->mem, "%.*s/%s", (int)d->data.n, d->data.s, name));
}

static int64_t clients_named(Day24 *d, const char *name, const char *like)
{
    Db     *db;
    DbFault why;
    int64_t n = -1;
    if (db_open(str_of(in_folder(d, name)), DB_READ, &db, &why) != OK) return -1;
    db_int(db, S("select count(*) from client where name like $1"), VALS(val_text(str_of(like))), &n);
    db_close(db);
    return n;
}

static int64_t clients(Day24 *d, const char *name) { return clients_named(d, name, "Клиент %"); }

/* Who begins to write into the copy as soon as its bytes have been read, and has it still open. */
static struct {
    const char *copy;
    Db         *db;
    bool        closes;
} writer;

static void written_into(int fd)
{
    char    name[200] = "", link[40];
    DbFault why;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (readlink(link, name, sizeof name - 1) < 0 || !str_ends(str_of(name), S("sbyt.db.part")) || writer.db) return;
    if (db_open(str_of(writer.copy), DB_WRITE, &writer.db, &why) != OK) return;
    db_run(writer.db, S("update client set name = 'Клиент после' where name = 'Клиент 0'"), NO_VALS, NULL);
    if (writer.closes) db_close(writer.db); /* its log is taken in and goes */
}

TESTS(test_copies)
{
    CASE("a check of a copy ends when the program stops, and does not call the copy bad") {
        Day24      *d = NEW(&t->mem, Day24);
        const char *key;
        day_begin(d, t);
        day_open(d);
        day_copy(d);
        const char *copy = str_c(&t->mem, str_fmt(&t->mem, "%s%.*s", d->place, (int)d->copy.n, d->copy.s));
        stopping = false;
        EQUAL(checked(t, S("sbyt.db"), copy, &key), OK);
        stopping = true;
        EQUAL(checked(t, S("sbyt.db"), copy, &key), CONFLICT);
        TEXT(key, "backup.stopped");
        disk_end();
        day_end(d);
    }
    CASE("so does one that pg_restore reads, however long it takes") {
        Day24      *d = NEW(&t->mem, Day24);
        const char *key;
        day_begin(d, t);
        char *never = str_c(&t->mem, str_fmt(&t->mem, "%s/never.dump", d->files));
        EQUAL(mkfifo(never, 0600), 0); /* nobody ever writes to it */
        stopping = true;
        EQUAL(checked(t, S("postgresql:///"), never, &key), CONFLICT);
        TEXT(key, "backup.stopped");
        day_end(d);
    }
    CASE("what is written into a copy while its bytes are read comes along, in a log or taken in") {
        for (int closes = 0; closes <= 1; closes++) {
            Day24 *d = NEW(&t->mem, Day24);
            Str    said;
            day_begin(d, t);
            day_open(d);
            day_copy(d);
            disk_end();
            writer.copy   = str_c(&t->mem, str_fmt(&t->mem, "%s%.*s", d->place, (int)d->copy.n, d->copy.s));
            writer.db     = NULL;
            writer.closes = closes;
            disk_synced   = written_into;
            EQUAL(day_restore(d, &said), 0);
            disk_synced = NULL;
            CHECK(writer.db != NULL);
            if (!closes) db_close(writer.db);
            EQUAL(clients_named(d, "sbyt.db", "Клиент после"), 1);
            EQUAL(clients(d, "sbyt.db"), 4);
            CHECK(access(in_folder(d, "sbyt.db.part"), F_OK) != 0);
            CHECK(access(in_folder(d, "sbyt.db.part-wal"), F_OK) != 0);
            day_end(d);
        }
    }
    CASE("a restore that cannot be ended is told at the start, which touches nothing, and ended by the next that can") {
        Day24 *d = NEW(&t->mem, Day24);
        day_begin(d, t);
        day_open(d);
        day_copy(d);
        disk_end();
        const char *copy = str_c(&t->mem, str_fmt(&t->mem, "%s%.*s", d->place, (int)d->copy.n, d->copy.s));
        char       *kept = in_folder(d, "sbyt.db.before-restore-20260304t050607");
        EQUAL(rename(copy, str_c(&t->mem, str_fmt(&t->mem, "%s.next", kept))), 0);
        EQUAL(mkdir(kept, 0700), 0); /* in the way */
        EQUAL(running_begin(&d->run, d->data), BROKEN);
        if (d->run.call.problems.first) TEXT(d->run.call.problems.first->key, "restore.unfinished");
        running_end(&d->run);
        EQUAL(clients(d, "sbyt.db"), 8);
        EQUAL(rmdir(kept), 0);
        EQUAL(running_begin(&d->run, d->data), OK);
        running_end(&d->run);
        EQUAL(clients(d, "sbyt.db"), 4);
        EQUAL(clients(d, "sbyt.db.before-restore-20260304t050607"), 8);
        day_end(d);
    }
}
