/* Checking a copy before it counts, and before anything is touched for it. */
#include "app/copy_check.h"

#include "app/child.h"
#include "core/map.h"
#include "store/migrate.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    Problems       *problems;
    Arena          *mem;
    const char     *path;
    const CopyStop *stop;
} Check;

static Err refuse(const Check *c, const char *key, Str what)
{
    return PROBLEM(c->problems, INVALID, NULL, key, arg_text("file", str_of(c->path)), arg_text("what", what));
}

/* Or it was not read to its end. */
static Err not_whole(const Check *c)
{
    if (c->stop && c->stop->asked()) return PROBLEM(c->problems, CONFLICT, NULL, "backup.stopped");
    return refuse(c, "backup.not_whole", S(""));
}

/* ---- what a base of so many migrations has ---- */

static int migrations_known(void)
{
    int n = 0;
    while (migrations[n].number) n++;
    return n;
}

/* A base in memory as the first n migrations make it. */
static Err fresh_base(Arena *mem, int n, Db **db)
{
    DbFault    why;
    Migration *first = NEW_N(mem, Migration, n + 1);
    memcpy(first, migrations, sizeof *first * (size_t)n);
    TRY(db_open(S(":memory:"), DB_CREATE, db, &why));
    Err err = migrate(*db, first, 0, NULL, &why);
    if (err) db_close(*db);
    return err;
}

#define COLUMNS_OF_BASE "select m.name, i.name from sqlite_schema m join pragma_table_info(m.name) i where m.type = 'table' order by m.name"

/* Calls `take` for each table and column of a fresh base until one is refused. */
static Err each_column(const Check *c, int n, Err (*take)(const Check *c, void *to, Str table, Str column), void *to)
{
    Db  *fresh;
    Rows rows;
    if (fresh_base(c->mem, n, &fresh) != OK) return not_whole(c);
    Err err = db_query(fresh, S(COLUMNS_OF_BASE), NO_VALS, &rows);
    while (!err && rows_next(&rows)) err = take(c, to, str_copy(c->mem, row_text(&rows, 0)), str_copy(c->mem, row_text(&rows, 1)));
    if (!err) err = rows_end(&rows);
    db_close(fresh);
    return err;
}

/* ---- SQLite ---- */

static bool is_sound(Db *db)
{
    Rows row;
    if (db_query(db, S("pragma integrity_check"), NO_VALS, &row) != OK) return false;
    bool good = rows_next(&row) && str_eq(row_text(&row, 0), S("ok"));
    return rows_end(&row) == OK && good;
}

static Str column_key(Arena *mem, Str table, Str column) { return str_fmt(mem, "%.*s.%.*s", (int)table.n, table.s, (int)column.n, column.s); }

static Err columns_read(const Check *c, Db *db, Map **has)
{
    Rows rows;
    TRY(db_query(db, S(COLUMNS_OF_BASE), NO_VALS, &rows));
    while (rows_next(&rows)) *map_at(has, column_key(c->mem, row_text(&rows, 0), row_text(&rows, 1)), c->mem) = 1;
    return rows_end(&rows);
}

static Err column_there(const Check *c, void *has, Str table, Str column)
{
    if (map_at(has, column_key(c->mem, table, column), NULL)) return OK;
    return refuse(c, "backup.table_missing", table);
}

/* How many migrations it has; INVALID when they are not the first of ours. */
static Err known_version(const Check *c, Db *db, int64_t *done)
{
    DbFault why;
    Err     err = migrate_check(db, migrations, &why);
    if (err == INVALID) return refuse(c, why.key, S(""));
    if (db_int(db, S("select count(*) from migration"), NO_VALS, done) != OK || *done < 1) return not_whole(c);
    return OK;
}

static Err base_check(const Check *c, Db *db)
{
    int64_t done;
    Map    *has = NULL;
    if (!is_sound(db)) return not_whole(c);
    TRY(known_version(c, db, &done));
    if (columns_read(c, db, &has) != OK) return not_whole(c);
    return each_column(c, (int)done, column_there, &has);
}

static Err sqlite_check(const Check *c)
{
    Db     *db;
    DbFault why;
    if (db_open(str_of(c->path), DB_READ, &db, &why) != OK) return not_whole(c);
    if (c->stop) c->stop->works(db);
    Err err = base_check(c, db);
    if (c->stop) c->stop->works(NULL);
    db_close(db);
    return err;
}

/* ---- PostgreSQL ---- */

static Err restore_call(const Check *c, const char *const *words)
{
    return child_run(c->mem, (Str){ 0 }, words, c->stop ? c->stop->asked : NULL);
}

/* What pg_restore writes, called with these words before --file and the dump. */
static bool restore_says(const Check *c, const char *word, const char *more, Str *out)
{
    int         fd = memfd_create("sbyt-list", 0); /* left open for the child, which writes to it by this name */
    struct stat s  = { 0 };
    const char *to = str_c(c->mem, str_fmt(c->mem, "--file=/dev/fd/%d", fd)), *words[] = { "pg_restore", word, to, c->path, more, NULL };
    bool        good = fd >= 0 && restore_call(c, words) == OK && fstat(fd, &s) == 0;
    char       *text = NEW_RAW(c->mem, char, s.st_size + 1);
    good = good && pread(fd, text, (size_t)s.st_size, 0) == s.st_size;
    if (fd >= 0) close(fd);
    *out = (Str){ text, good ? s.st_size : 0 };
    return good;
}

/* The rows of `migration` stand between `COPY … FROM stdin;` and `\.`, with tabs between their values. */
static Err dump_version(const Check *c, int *done)
{
    Str all;
    *done = 0;
    if (!restore_says(c, "--data-only", "--table=migration", &all)) return not_whole(c);
    ptrdiff_t from = str_find(all, S("COPY public.migration "));
    if (from < 0) return refuse(c, "backup.table_missing", S("migration"));
    all = str_from(all, from);
    str_cut(&all, '\n');
    for (Str line = str_cut(&all, '\n'); line.n && line.s[0] != '\\'; line = str_cut(&all, '\n')) {
        if (*done >= migrations_known()) return refuse(c, "store.newer_base", S(""));
        if (str_find(line, str_of(migrations[*done].checksum)) < 0) return refuse(c, "store.migration_changed", S(""));
        ++*done;
    }
    return *done ? OK : not_whole(c);
}

static Err dump_has(const Check *c, void *list, Str table, Str column)
{
    (void)column;
    if (str_starts(table, S("sqlite_"))) return OK;
    Str shape = str_fmt(c->mem, " TABLE public %.*s ", (int)table.n, table.s), rows = str_fmt(c->mem, " TABLE DATA public %.*s ", (int)table.n, table.s);
    if (str_find(*(const Str *)list, shape) >= 0 && str_find(*(const Str *)list, rows) >= 0) return OK;
    return refuse(c, "backup.table_missing", table);
}

static Err dump_check(const Check *c)
{
    Str         list;
    int         done;
    const char *whole[] = { "pg_restore", "--file=/dev/null", c->path, NULL };
    if (!restore_says(c, "--list", NULL, &list)) return not_whole(c);
    TRY(dump_version(c, &done));
    TRY(each_column(c, done, dump_has, &list));
    return restore_call(c, whole) == OK ? OK : not_whole(c);
}

Err copy_check(Problems *problems, Arena *mem, Str address, const char *path, const CopyStop *stop)
{
    const Check c = { problems, mem, path, stop };
    return db_engine_of(address) == DB_SQLITE ? sqlite_check(&c) : dump_check(&c);
}
