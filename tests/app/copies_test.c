/* Copies: what gives up their check. */
#include "app/copy_check.h"
#include "tests/app/day.h"

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
    Err      err      = copy_check(&problems, &t->mem, address, path, &stop);
    *key = err && problems.first ? problems.first->key : "";
    return err;
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
}
