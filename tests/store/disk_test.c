/* The disk that forgets forgets, and what was acknowledged through store/ is synced. */
#include "core/durable.h"
#include "store/db.h"
#include "tests/store/disk.h"
#include "tests/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
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
    Str  sql   = S("select count(*) from probe where id <= $1");
    if (good && due) good = db_int(db, sql, VALS(val_int(due)), &found) == OK;
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

/* ---- files of our own ---- */

enum { LONG = 5000 };

static void file_write(const char *path, char letter)
{
    char bytes[LONG];
    int  fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (int i = 0; i < LONG; i++) bytes[i] = letter;
    if (fd < 0 || write(fd, bytes, LONG) != LONG) abort();
    close(fd);
}

/* 0: there is none; else the letter of which it consists, or 1 for one that is not whole. */
static char file_letter(const char *place, const char *name)
{
    char    path[DISK_PLACE + 16], bytes[LONG + 1];
    snprintf(path, sizeof path, "%s/%s", place, name);
    int     fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n  = fd < 0 ? 0 : read(fd, bytes, LONG + 1);
    if (fd < 0) return 0;
    close(fd);
    for (ssize_t i = 1; i < n; i++)
        if (bytes[i] != bytes[0]) return 1;
    return n == LONG ? bytes[0] : 1;
}

/* A file was written anew from note `begun` on, b for a, and has its name since `named`: how often is it neither? */
static int moments_half(int64_t begun, int64_t named, const char *name)
{
    DiskPast *past = disk_past();
    int       bad  = 0;
    for (int64_t note = begun; note <= disk_now(); note++) {
        disk_past_to(past, note);
        for (uint64_t seed = 0; seed < 20; seed++) {
            char place[DISK_PLACE], letter;
            disk_place_new(place);
            disk_image(past, seed, place);
            letter = file_letter(place, name);
            bad += note >= named ? letter != 'b' : letter != 'b' && letter != 'a';
            disk_place_gone(place);
        }
    }
    disk_past_free(past);
    return bad;
}

TESTS(test_disk)
{
    CASE("a file written anew is the whole old one or the whole new one whenever the power goes") {
        char folder[DISK_PLACE], path[DISK_PLACE + 8], part[DISK_PLACE + 8];
        int  bad[2];
        for (int durable = 0; durable < 2; durable++) {
            disk_place_new(folder);
            snprintf(path, sizeof path, "%s/whole", folder);
            snprintf(part, sizeof part, "%s/part", folder);
            file_write(path, 'a');
            disk_begin(folder);
            int64_t begun = disk_now();
            file_write(part, 'b');
            CHECK((durable ? durable_rename(part, path) : rename(part, path) == 0));
            int64_t named = disk_now();
            disk_end();
            bad[durable] = moments_half(begun, named, "whole");
            disk_forget();
            disk_place_gone(folder);
        }
        CHECK(bad[0] > 0); /* a mere rename */
        EQUAL(bad[1], 0);
    }
    CASE("a folder that was made is there whenever the power goes from then on") {
        char folder[DISK_PLACE], path[DISK_PLACE + 8], place[DISK_PLACE], there[DISK_PLACE + 8];
        disk_place_new(folder);
        snprintf(path, sizeof path, "%s/new", folder);
        disk_begin(folder);
        CHECK(durable_folder(path, 0700));
        CHECK(durable_folder(path, 0700)); /* it is there already */
        disk_end();
        DiskPast *past = disk_past();
        disk_past_to(past, disk_now());
        disk_place_new(place);
        disk_image(past, 0, place);
        snprintf(there, sizeof there, "%s/new", place);
        CHECK(access(there, F_OK) == 0);
        CHECK(!durable_folder("/nowhere/at/all", 0700));
        disk_past_free(past);
        disk_forget();
        disk_place_gone(place);
        disk_place_gone(folder);
    }
    CASE("every row that was acknowledged is found after a loss of power at any write") {
        EQUAL(moments_of_loss(t, "select 1"), 0);
    }
    CASE("nor is a row lost while the log is taken into the base and begun anew") {
        EQUAL(moments_of_loss(t, "pragma wal_autocheckpoint = 3"), 0);
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
