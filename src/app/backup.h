/* Copies of the base: made whole or not at all, checked before they count, and restored on request.
 *
 * A copy is made under a temporary name (SQLite: `vacuum into`; PostgreSQL: pg_dump in its custom format), opened and checked (integrity, number of
 * migrations; pg_restore --list), synced, and only then given its name `sbyt-2026-03-04T050607.db` or `.dump`.  So whatever has that name is good.
 * The server makes one a day by itself and keeps the last 14; it warns when the last good one is older than a day. */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "api/route.h"
#include "app/program.h"

#define BACKUPS_KEPT 14
#define BACKUP_DAY_MS (INT64_C(24) * 3600 * 1000)

typedef struct {
    Str     name;
    Moment  at;
    int64_t size;
} Copy;

/* The copies in a folder, the newest first. */
Err backup_list(Arena *mem, const char *folder, Copy **out, ptrdiff_t *n);

/* Makes one in the folder now.  *name is what it is called. */
Err backup_make(Problems *problems, Arena *mem, Str address, const char *folder, Moment now, Str *name);

/* Is the file a whole copy of a base? */
Err backup_check(Problems *problems, Arena *mem, Str address, const char *path);

/* Once a day, from the server's own thread: makes one when the newest is a day old, in the slow lane, and removes what is too old. */
void backup_daily(Call *call, Program *p, Moment now);

/* The server stops: whatever copy is being made is given up. */
void backup_stop(void);

extern const Route backup_routes[];

Err backup_run(Call *call);
Err restore_run(Call *call);

/* From serve: whose copies the routes show. */
void backup_serves(Program *p);

#endif
