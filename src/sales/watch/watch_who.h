/* Whose matter a finding is: by the rule of its watch, from who has the record. */
#ifndef SALES_WATCH_WATCH_WHO_H
#define SALES_WATCH_WATCH_WHO_H

#include "sales/watch/watch.h"

typedef struct {
    int64_t client; /* the record's; 0: none                                    */
    int64_t person, role; /* one of both: who hears of it, or the role it waits for */
} WatchWho;

/* out[i] for ids[i], records of the watch's entity, n at most WATCH_PIECE: a few statements for all of them. */
Err watch_who(Work *w, const Watch *watch, const int64_t *ids, ptrdiff_t n, WatchWho *out);

#endif
