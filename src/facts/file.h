/* The main part as a file beside the base, so that a server has its facts again within a second after a start.
 *
 * The file says which change it was made at; whoever opens it goes on from there.  It is written under another name,
 * synced and renamed, and carries a checksum: a file that is cut, stale in form or damaged is refused and the facts are
 * loaded from the base again. */
#ifndef FACTS_FILE_H
#define FACTS_FILE_H

#include "facts/columns.h"

typedef struct {
    int64_t tx, id;     /* the change up to which the file is complete       */
    int64_t lines;
    uint64_t seal;      /* what only the base with that change can tell      */
} FactsStamp;

/* BROKEN when the disk refuses; nothing is left behind then. */
Err facts_file_write(const char *path, const FactsNames *names, const FactsPart *part, FactsStamp stamp);

/* NOT_FOUND: there is none; INVALID: it is not fit to be used.  `names` must be new. The part is the mapped file
 * itself. */
Err facts_file_open(const char *path, FactsNames *names, FactsPart *part, FactsStamp *stamp);

#endif
