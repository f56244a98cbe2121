/* Copies of the base: made whole or not at all, checked before they count, and restored on request.
 *
 * A copy is made under a temporary name (SQLite: `vacuum into`; PostgreSQL: pg_dump in its custom format), checked
 * (app/copy_check.h), synced, and only then given its name `sbyt-2026-03-04T050607.db` or `.dump`.  So whatever has
 * that name is good. A round makes one a day (app/rounds.c); the list of copies says when the last is older than a
 * day. */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "api/route.h"
#include "app/program.h"

/* What a restore found stands under this name and its moment: a schema on PostgreSQL, a file `sbyt.db.before-restore-…`
 * on SQLite (app/restore.c). */
#define RESTORE_KEPT "sbyt_before_restore_"
#define RESTORE_KEPT_MOST 10

#define BACKUPS_KEPT 14
#define BACKUP_DAY_MS (INT64_C(24) * 3600 * 1000)

typedef struct {
    Str     name;
    Moment  at;
    int64_t size;
} Copy;

/* When the newest copy was made that is not of a time to come (the clock ran ahead then); 0: there is none. */
Moment backup_newest(const Copy *copies, ptrdiff_t n, Moment now);

/* The copies in a folder, the newest first. */
Err backup_list(Arena *mem, const char *folder, Copy **out, ptrdiff_t *n);

/* Makes one in the folder now.  *name is what it is called.  CONFLICT in words while another is being made. */
Err backup_make(Problems *problems, Arena *mem, Str address, const char *folder, Moment now, Str *name);

/* The same in the program's own folder, from which what is too old goes: the first copy of each of the last 14 days
 * stays, and the 14 newest of the others. */
Err backup_make_own(Problems *problems, Arena *mem, const Program *p, Moment now, Str *name);

/* The round of each day: the same, told in the log. */
Err backup_round(Work *w, const Program *p);

/* The server stops: whatever copy is being made is given up. */
void backup_stop(void);

extern const Route backup_routes[];

Err backup_run(Call *call);
Err restore_run(Call *call);

/* Whoever takes the program goes on with a restore that was decided and cut off, before the base is looked at. */
Err restore_finish(Call *call, Program *p);

/* From serve: whose copies the routes show and the round makes. */
void backup_serves(Program *p);

/* Kind of job: the daily copy, in the folder of the server that takes it up. */
Err backup_run_round(Work *w, Job *job);

#endif
