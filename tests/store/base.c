/* A fresh, empty base of each engine. */
#include "tests/store/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void folder_remove(const char *folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (folder[0] && system(command) != 0) perror(command);
}

static bool sqlite_fresh(Base *b, Test *t)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(b->folder, sizeof b->folder, "%s/sbyt-base.XXXXXX", tmp && strlen(tmp) < 30 ? tmp : "/tmp");
    if (!mkdtemp(b->folder)) return false;
    b->engine  = DB_SQLITE;
    b->address = str_fmt(&t->mem, "%s/base", b->folder);
    b->db      = base_more(b, t, DB_CREATE);
    return b->db;
}

static bool postgres_fresh(Base *b, Test *t)
{
    const char *address = getenv("SBYT_TEST_PG");
    if (!address) return false;
    b->engine  = DB_POSTGRES;
    b->address = str_of(address);
    b->db      = base_more(b, t, DB_WRITE);
    if (b->db) CHECK(db_ddl(b->db, S("drop schema public cascade; create schema public")) == OK);
    return b->db;
}

bool base_next(Base *b, Test *t)
{
    db_close(b->db);
    b->db = NULL;
    folder_remove(b->folder);
    b->folder[0] = 0;
    b->step++;
    return b->step == 1 ? sqlite_fresh(b, t) : b->step == 2 && postgres_fresh(b, t);
}

Db *base_more(Base *b, Test *t, DbMode mode)
{
    Db     *db;
    DbFault why;
    db_open(b->address, mode, &db, &why);
    CHECK(db != NULL);
    return db;
}

void base_migrate(Base *b, Test *t)
{
    DbFault why;
    CHECK(migrate(b->db, migrations, 0, NULL, &why) == OK);
}
