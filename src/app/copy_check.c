/* Checking a copy before it counts, and before anything is touched for it. */
#include "app/copy_check.h"

#include "core/map.h"
#include "store/migrate.h"
#include "work/child.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    Problems       *problems;
    Arena          *mem;
    const char     *path, *told;
    const CopyStop *stop;
} Check;

static Err refuse(const Check *c, const char *key, Str what)
{
    return PROBLEM(c->problems, INVALID, NULL, key, arg_text("file", str_of(c->told)), arg_text("what", what));
}

/* Or it was not read to its end. */
static Err not_whole(const Check *c)
{
    if (c->stop && c->stop->asked()) return PROBLEM(c->problems, CONFLICT, NULL, "backup.stopped");
    return refuse(c, "backup.not_whole", S(""));
}

Err copy_opened(Db *db, const CopyStop *stop, Err (*run)(void *to), void *to)
{
    if (stop) stop->works(db);
    Err err = guarded(run, to);
    if (stop) stop->works(NULL);
    db_close(db);
    if (err == TOO_LARGE) memory_over();
    return err;
}

/* ---- what a base of so many migrations has ---- */

static int migrations_known(void)
{
    int n = 0;
    while (migrations[n].number) n++;
    return n;
}

#define COLUMNS_OF_BASE                                                                                                \
    "select m.name, i.name from sqlite_schema m join pragma_table_info(m.name) i where m.type = 'table' order by m.name"

typedef struct {
    const Check *c;
    Db          *fresh; /* in memory */
    int          n;     /* migrations make it */
    Err        (*take)(const Check *c, void *to, Str table, Str column);
    void        *to;
} Columns;

static Err columns_walk(void *to)
{
    const Columns *x     = to;
    Arena         *mem   = x->c->mem;
    Migration     *first = NEW_N(mem, Migration, x->n + 1);
    DbFault        why;
    Rows           rows;
    Err            err;
    memcpy(first, migrations, sizeof *first * (size_t)x->n);
    if (migrate(x->fresh, first, 0, NULL, &why) != OK) return not_whole(x->c);
    err = db_query(x->fresh, S(COLUMNS_OF_BASE), NO_VALS, &rows);
    while (!err && rows_next(&rows))
        err = x->take(x->c, x->to, str_copy(mem, row_text(&rows, 0)), str_copy(mem, row_text(&rows, 1)));
    return err ? err : rows_end(&rows);
}

/* Calls `take` for each table and column of a fresh base of the first n migrations until one is refused. */
static Err each_column(const Check *c, int n, Err (*take)(const Check *c, void *to, Str table, Str column), void *to)
{
    Columns x = { .c = c, .n = n, .take = take, .to = to };
    DbFault why;
    if (db_open(S(":memory:"), DB_CREATE, &x.fresh, &why) != OK) return not_whole(c);
    return copy_opened(x.fresh, NULL, columns_walk, &x);
}

/* ---- SQLite ---- */

static bool is_sound(Db *db)
{
    Rows row;
    if (db_query(db, S("pragma integrity_check"), NO_VALS, &row) != OK) return false;
    bool good = rows_next(&row) && str_eq(row_text(&row, 0), S("ok"));
    return rows_end(&row) == OK && good;
}

static Str column_key(Arena *mem, Str table, Str column)
{
    return str_fmt(mem, "%.*s.%.*s", (int)table.n, table.s, (int)column.n, column.s);
}

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

typedef struct {
    const Check *c;
    Db          *db;
} OpenCopy;

static Err base_check(void *to)
{
    const OpenCopy *o   = to;
    const Check    *c   = o->c;
    Map            *has = NULL;
    int64_t         done;
    if (!is_sound(o->db)) return not_whole(c);
    TRY(known_version(c, o->db, &done));
    if (columns_read(c, o->db, &has) != OK) return not_whole(c);
    return each_column(c, (int)done, column_there, &has);
}

static Err sqlite_check(const Check *c)
{
    OpenCopy o = { .c = c };
    DbFault  why;
    if (db_open(str_of(c->path), DB_READ, &o.db, &why) != OK) return not_whole(c);
    return copy_opened(o.db, c->stop, base_check, &o);
}

/* ---- PostgreSQL ---- */

static Err restore_call(const Check *c, const char *const *words)
{
    return child_run(c->mem, (Str){ 0 }, words, c->stop ? c->stop->asked : NULL);
}

typedef struct {
    const Check *c;
    const char  *word, *more;
    int          fd; /* left open for the child, which writes to it by its number */
    Str          out;
} Saying;

static Err restore_speaks(void *to)
{
    Saying     *x    = to;
    Arena      *mem  = x->c->mem;
    struct stat s    = { 0 };
    const char *file = str_c(mem, str_fmt(mem, "--file=/dev/fd/%d", x->fd)),
               *words[] = { "pg_restore", x->word, file, x->c->path, x->more, NULL };
    TRY(restore_call(x->c, words));
    if (fstat(x->fd, &s) != 0) return BROKEN;
    char *text = NEW_RAW(mem, char, s.st_size + 1);
    x->out     = (Str){ text, s.st_size };
    return pread(x->fd, text, (size_t)s.st_size, 0) == s.st_size ? OK : BROKEN;
}

/* What pg_restore writes, called with these words before --file and the dump. */
static bool restore_says(const Check *c, const char *word, const char *more, Str *out)
{
    Saying x   = { .c = c, .word = word, .more = more, .fd = memfd_create("sbyt-list", 0) };
    Err    err = x.fd < 0 ? BROKEN : guarded(restore_speaks, &x);
    if (x.fd >= 0) close(x.fd);
    if (err == TOO_LARGE) memory_over();
    *out = err == OK ? x.out : (Str){ 0 };
    return err == OK;
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
    Str shape = str_fmt(c->mem, " TABLE public %.*s ", (int)table.n, table.s),
        rows = str_fmt(c->mem, " TABLE DATA public %.*s ", (int)table.n, table.s);
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

Err copy_check(Problems *problems, Arena *mem, Str address, const char *path, const char *told,
               const CopyStop *stop)
{
    const Check c = { problems, mem, path, told, stop };
    return db_engine_of(address) == DB_SQLITE ? sqlite_check(&c) : dump_check(&c);
}
