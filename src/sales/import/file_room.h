/* How much of what people send is kept, and for how long.
 *
 * A file serves its import: rows that were not taken leave from it, and the same file is imported after a dry run. What
 * an import brought does not need it, so a file goes after the term that the firm has set, one that was never imported
 * after a day, and whoever wants room may let his own go before.  With the file goes the list of its rows that were not
 * taken; their counts stay with the import.
 *
 * Each person and the firm have a bound; it is asked for before the body of the file is read, and again where its row
 * is written, so that two who send at once do not pass it together. What a command of the machine's administrator
 * brings (actor 0) counts for the firm and is not refused. */
#ifndef SALES_IMPORT_FILE_ROOM_H
#define SALES_IMPORT_FILE_ROOM_H

#include "api/route.h"

enum { FILES_PERSON_MOST = 1000, FILE_DAYS_MOST = 3650, FILE_MB_MOST = 1000000 };

typedef struct {
    int64_t days, person_mb, firm_mb; /* the rule; MB are 1,000,000 bytes */
    int64_t person, firm, files;      /* bytes kept of the actor and of all; how many files the actor has */
    int64_t leaving;                  /* bytes of all whose term is over: they go within a day             */
} FileRoom;

Err file_room(Work *w, FileRoom *out);

/* Is there room for so many bytes more of the actor?  CONFLICT with words otherwise. */
Err file_room_need(Work *w, int64_t size);

/* From a writing work: the next stretch of a file goes, some 16 MiB of it or 2,000 problems of its rows; *gone when
 * nothing is left. */
Err file_forget(Work *w, int64_t id, bool *gone);

/* From a slow work: the whole file goes, stretch by stretch. */
Err file_forget_all(Work *w, int64_t id);

/* Once a day, from a writing work: those whose term is over are marked.  They go a day later, unless it turns out that
 * the clock had run ahead. */
Err files_mark(Work *w);

/* From any lane: the next that is to go (int64_t), 0 when there is none. */
Err files_over(Work *w, void *id);

/* From a writing work: a stretch of that file (int64_t) goes. */
Err files_clear(Work *w, void *id);

extern const Route file_room_routes[];

#endif
