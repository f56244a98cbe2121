/* Documents whose names end in a number, as nearly all do: each has four bytes in a block of 1,024 numbers that follow
 * each other, and in them a hash of its holder (client and month).  Shared by all threads; a thread asks for each
 * document it reads.
 *
 * A number that is far from all others costs a whole block.  When the blocks are mostly empty, the numbers are
 * `scattered`: the tally must begin again with every document in a list (tally_documents.c). */
#ifndef ANALYSIS_TALLY_NUMBERS_H
#define ANALYSIS_TALLY_NUMBERS_H

#include "core/arena.h"

#include <pthread.h>

enum { NUMBERS_BLOCK = 1024 };

typedef struct {
    uint64_t  key;
    uint32_t *holder; /* [NUMBERS_BLOCK], 0: no such document yet; null: the place in the directory is free */
} NumberBlock;

/* From the key of a block to its memory, by linear probing. */
typedef struct {
    Arena        mem;
    NumberBlock *block;
    uint32_t     mask, used;
} NumberDirectory;

typedef struct {
    pthread_mutex_t lock;
    Arena           mem;        /* of the blocks                          */
    NumberDirectory all;
    _Atomic int64_t documents;  /* known when the last block was made     */
    _Atomic bool    scattered;
} Numbers;

/* What one thread knows of them. */
typedef struct {
    Numbers        *of;
    NumberDirectory known;
    uint64_t        last_key;
    uint32_t       *last;       /* block of last_key                      */
    int64_t         documents;  /* that this thread met first             */
    int64_t         told;       /* of them added to of->documents         */
} NumberReader;

typedef enum { NUMBER_NEW, NUMBER_KNOWN, NUMBER_SHARED } NumberSeen;

void numbers_begin(Numbers *n);
void numbers_drop(Numbers *n);
NumberReader number_reader(Numbers *n);
void number_reader_drop(NumberReader *r);

/* Where the holder of number `at` of the block stands. */
uint32_t *number_place(NumberReader *r, uint64_t key, uint32_t at);

/* holder != 0. */
NumberSeen number_seen(NumberReader *r, uint32_t *place, uint32_t holder);

#endif
