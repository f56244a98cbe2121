/* Files that people send: where their bytes are, whose they are, and how long they are kept.
 *
 * A file is what somebody sent under a name; its bytes stand in a body, in parts of 1 MiB, so that any server of the
 * base can read them.  Equal content (SHA-256) stands once, whoever sent it: a second file names the same body, and one
 * that goes leaves the other.  What a file is is told by its content (format/content.h).
 *
 * A file is its sender's: he alone can use it, and a guessed number reads nobody's.  What it serves says how long it is
 * kept (FileUse): what serves nothing goes after a day.
 *
 * Each person and the firm have a bound.  It is asked for before the body is read, and again where its row is written,
 * so that two who send at once do not pass it together.  What a command of the machine's administrator brings (actor 0)
 * counts for the firm and is not refused. */
#ifndef FILES_FILES_H
#define FILES_FILES_H

#include "format/content.h"
#include "work/lanes.h"

enum { FILES_PERSON_MOST = 1000, FILE_DAYS_MOST = 3650, FILE_MB_MOST = 1000000, FILE_NAME_MOST = 200 };

/* What one file may have. */
#define FILE_MOST (INT64_C(1) << 30)

typedef struct {
    int64_t id, body, size, sender;
    Moment  made_at;
    Str     name;
    Content content; /* type "": sent before files were looked at */
} File;

/* A name that is safe to show and to save under, whatever came: the last part of a path, without control signs, signs
 * that turn the direction of writing, and dots or blanks at its ends; at most FILE_NAME_MOST characters.  Empty when
 * nothing is left. */
Str file_name_clean(Arena *mem, Str name);

/* %D0%A1… of a header as text. */
Str file_name_decoded(Arena *mem, Str name);

/* From a slow work: keeps the bytes of the open file, from its beginning, a part a writing work; equal content is not
 * written again.  CONFLICT with words where there is no room. */
Err file_keep(Work *w, int fd, int64_t size, Str name, int64_t *id);

/* A whole file of this sender (0: anybody's).  NOT_FOUND without words. */
Err file_find(Work *w, int64_t id, int64_t sender, File *out);

/* Several of them in one statement: out[i] where found[i]. */
Err files_find(Work *w, const int64_t *ids, ptrdiff_t n, int64_t sender, File *out, bool *found);

/* Its bytes into the sink, in order.  With words: NOT_FOUND where some are missing, BROKEN where the sink takes no
 * more. */
Err file_pour(Work *w, const File *f, bool (*sink)(void *to, Str bytes), void *to);

/* Of its bytes the `n` from `from` on (from >= 0, n > 0, both within its size); no other parts are read. */
Err file_pour_some(Work *w, const File *f, int64_t from, int64_t n, bool (*sink)(void *to, Str bytes), void *to);

/* ---- room ---- */

typedef struct {
    int64_t days, person_mb, firm_mb; /* the rule; MB are 1,000,000 bytes */
    int64_t person, firm, files;      /* bytes of the actor's files and of all bodies; files he sent within a day */
    int64_t leaving;                  /* bytes of files whose term is over: they go within a day             */
} FileRoom;

Err file_room(Work *w, FileRoom *out);

/* Is there room for so many bytes more of the actor?  CONFLICT with words otherwise. */
Err file_room_need(Work *w, int64_t size);

/* From a writing work. */
Err file_rule_put(Work *w, const FileRoom *rule);

/* ---- going ---- */

/* What files may serve: conditions on the row {f} of `file`.  A row an area, handed down by app/. */
typedef struct {
    const char *kept;   /* it is kept; $1 is the moment before which what is younger than the term began; null: never */
    const char *served; /* it is kept for the term                                                            */
    const char *busy;   /* something works with it just now; null: never                                      */
    Err (*forget)(Work *w, int64_t file, bool *gone); /* from a writing work: a stretch of what goes with it; null:
                                                         nothing does */
} FileUse;

void files_uses_set(const FileUse *const *uses); /* ends with null */

/* Does it serve something for good? */
Err file_is_kept(Work *w, int64_t id, bool *kept);

/* From a slow work: the file goes, and its bytes where they serve no other, stretch by stretch. */
Err file_forget_all(Work *w, int64_t id);

/* Once a day, from a writing work: those whose term is over are marked.  They go a day later, unless it turns out that
 * the clock had run ahead. */
Err files_mark(Work *w);

/* From a slow work: the next stretch of what is to go. */
Err files_clear(Work *w, bool *more);

/* ---- the command `sbyt check` ---- */

/* Of every body: are all its bytes there, and are they what they were?  `bad` hears of each that is not: its name, and
 * the key of what is wrong. */
Err files_check(Work *w, int64_t *bodies, void (*bad)(void *to, Str name, const char *key), void *to);

#endif
