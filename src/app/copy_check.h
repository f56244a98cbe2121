/* Is a file a whole copy of a base of this program?  Asked when a copy has been made, and before anything is restored
 * from one.
 *
 * SQLite: the pages are sound, the migrations are the first of this program's, and each table has the columns that a
 * fresh base of those migrations has (and may have more: the firm's own fields).  PostgreSQL: pg_restore reads the dump
 * to its end, and its list names each of those tables with its rows; the columns are those of its migrations. */
#ifndef APP_COPY_CHECK_H
#define APP_COPY_CHECK_H

#include "core/problem.h"
#include "store/db.h"

/* How the check of a large copy is given up. */
typedef struct {
    bool (*asked)(void);    /* is asked ten times a second while pg_restore reads */
    void (*works)(Db *db);  /* is told which connection reads now, to which db_stop may be said; null when it ended */
} CopyStop;

/* Runs on an open base, which whoever may stop it knows meanwhile (`stop` may be null), and closes it, where memory
 * runs out too. */
Err copy_opened(Db *db, const CopyStop *stop, Err (*run)(void *to), void *to);

/* `told` is what the copy is called in words, where it is looked at under another name.  INVALID in words: not whole, a
 * table is missing (which), of a newer program, of another one.  CONFLICT when it was stopped; `stop` may be null. */
Err copy_check(Problems *problems, Arena *mem, Str address, const char *path, const char *told,
               const CopyStop *stop);

#endif
