/* What the files of the living facts share; nobody else includes it. */
#ifndef FACTS_INSIDE_H
#define FACTS_INSIDE_H

#include "facts/facts.h"

#include <pthread.h>

/* A state is immutable; whoever holds it keeps it alive.  Parts are shared between states, each with its own count. */
typedef struct {
    FactsPart part;
    int       holders;
} SharedPart;

struct FactsState {
    SharedPart *main, *recent;
    uint64_t   *gone;      /* of main */
    Arena       mem;       /* holds gone */
    uint32_t    clients, products;
    ChangeMark  mark;
    int         holders;
};

/* A change of an import that is still running: looked at again when it is done. */
typedef struct {
    int64_t work, sale;
} Waiting;

struct Facts {
    FactsSource     source;
    char           *file;
    FactsNames      names;
    pthread_mutex_t refresh; /* one at a time takes in changes; also guards names and waiting */
    pthread_mutex_t hold;    /* guards state, its holders and progress                        */
    FactsState     *state;
    Waiting        *waiting;
    ptrdiff_t       waiting_count, waiting_room;
    FactsProgress   progress;
};

/* facts.c: with `refresh` locked, and unlocked again when memory runs out. */
typedef struct FactsCall FactsCall;

struct FactsCall {
    Facts *f;
    Db    *db;
    Err  (*run)(const FactsCall *call);
    void  *to;
};

Err facts_refreshing(FactsCall *call);

/* facts.c: a state is made with its parts given to it, and published; left with `hold` locked. */
SharedPart *facts_part_share(FactsPart part);
FactsState *facts_state_new(const Facts *f, SharedPart *main, SharedPart *recent, ChangeMark mark);
void        facts_state_leave(FactsState *s);
void        facts_state_publish(Facts *f, FactsState *s);

/* load.c: rows of FactsSource into a draft (`r` null: nobody is told how far it is); the file that the next start
 * opens. */
typedef struct {
    Facts  *f;
    bool  (*tick)(void *);
    void   *to;
} Reading;

Err facts_draft_rows(Rows *rows, FactsDraft *d, const Reading *r);
Err facts_file_keep(const Facts *f, Db *db, const FactsPart *part, ChangeMark mark);

/* follow.c: what waits for its import; sales taken out of a part, whose ids are ascending and each once; the changes
 * since. */
void      facts_wait_for(Facts *f, Waiting w);
ptrdiff_t facts_sorted_once(int64_t *ids, ptrdiff_t n);
void      facts_mark_gone(const FactsPart *p, uint64_t *gone, const int64_t *ids, ptrdiff_t n);
Err       facts_catch_up(Facts *f, Db *db); /* call with `refresh` locked */

#endif
