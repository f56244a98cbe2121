/* The disk that forgets forgets, and what was acknowledged through store/ is synced. */
#include "tests/store/disk.h"
#include "store/db.h"
#include "tests/test.h"

#include <stdio.h>
#include <unistd.h>

enum { ROWS = 20, SEEDS = 4 };

typedef struct {
    char    folder[DISK_PLACE];
    int64_t acknowledged[ROWS]; /* the note at which a row was */
} Rows20;

static Db *base_of(Test *t, const char *folder, DbMode mode)
{
    Db     *db;
    DbFault why;
    if (db_open(str_fmt(&t->mem, "%s/base", folder), mode, &db, &why) != OK) return NULL;
    return db;
}

/* Rows 1 to 20, each in a transaction of its own. */
static void rows_write(Test *t, Rows20 *r, const char *first)
{
    Db *db = base_of(t, r->folder, DB_CREATE);
    EQUAL(db_ddl(db, S("create table probe (id id primary key)")), OK);
    EQUAL(db_ddl(db, str_of(first)), OK);
    for (int i = 0; i < ROWS; i++) {
        EQUAL(db_run(db, S("insert into probe (id) values ($1)"), VALS(val_int(i + 1)), NULL), OK);
        r->acknowledged[i] = disk_now();
    }
    db_close(db);
}

static bool whole(Db *db)
{
    Rows row;
    if (!db || db_query(db, S("pragma integrity_check"), NO_VALS, &row) != OK) return false;
    bool good = rows_next(&row) && str_eq(row_text(&row, 0), S("ok"));
    return rows_end(&row) == OK && good;
}

/* Is everything that was acknowledged found, and the base whole, when the power goes before note n? */
static bool found_again(Test *t, const Rows20 *r, const DiskPast *past, int64_t n, uint64_t seed)
{
    char    folder[DISK_PLACE], path[80];
    int64_t found = 0, due = 0;
    disk_place_new(folder);
    disk_image(past, seed, folder);
    snprintf(path, sizeof path, "%s/base", folder);
    while (due < ROWS && r->acknowledged[due] <= n) due++;
    bool there = access(path, F_OK) == 0;
    Db  *db    = there ? base_of(t, folder, DB_WRITE) : NULL;
    bool good  = there ? whole(db) : !due;
    if (good && due) good = db_int(db, S("select count(*) from probe where id <= $1"), VALS(val_int(due)), &found) == OK;
    good = good && found == due;
    db_close(db);
    disk_place_gone(folder);
    return good;
}

/* At how many moments, of all seeds, something acknowledged was lost. */
static int moments_of_loss(Test *t, const char *first)
{
    Rows20 r;
    int    bad = 0, looked = 0;
    disk_place_new(r.folder);
    disk_begin(r.folder);
    rows_write(t, &r, first);
    disk_end();
    DiskPast *past = disk_past();
    for (int64_t n = 0; n <= disk_now(); n++) {
        disk_past_to(past, n);
        for (uint64_t seed = 0; seed < SEEDS; seed++, looked++) bad += !found_again(t, &r, past, n, seed);
    }
    CHECK(looked > ROWS * SEEDS);
    disk_past_free(past);
    disk_forget();
    disk_place_gone(r.folder);
    return bad;
}

TESTS(test_disk)
{
    CASE("every row that was acknowledged is found after a loss of power at any write") {
        EQUAL(moments_of_loss(t, "select 1"), 0);
    }
    CASE("the disk forgets: acknowledged without a sync, rows are lost") {
        CHECK(moments_of_loss(t, "pragma synchronous = normal") > ROWS);
        CHECK(moments_of_loss(t, "pragma synchronous = off") > ROWS);
    }
    CASE("a full disk refuses a write and gives it when there is room again") {
        char folder[DISK_PLACE];
        disk_place_new(folder);
        disk_begin(folder);
        Db *db = base_of(t, folder, DB_CREATE);
        EQUAL(db_ddl(db, S("create table probe (id id primary key)")), OK);
        disk_room(1);
        EQUAL(db_run(db, S("insert into probe (id) values (1)"), NO_VALS, NULL), BROKEN);
        EQUAL(db_fault(db)->kind, FAULT_FULL);
        CHECK(disk_refused() > 0);
        disk_room(-1);
        EQUAL(db_run(db, S("insert into probe (id) values (1)"), NO_VALS, NULL), OK);
        db_close(db);
        disk_end();
        disk_forget();
        disk_place_gone(folder);
    }
}
