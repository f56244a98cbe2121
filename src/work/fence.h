/* A fence around a program that reads what strangers sent.
 *
 * Whatever a file makes of such a program, it comes to little: it reads its standard input, writes its standard output,
 * and besides sees only where libraries and fonts lie; it reaches no network, begins no other program that would be
 * free of this, touches no other process, and has so much memory, time and disk.  Its environment is empty but for
 * PATH, so that it does not hold what the server was told.  What the kernel must have for it any user may ask for, in a
 * container too: Landlock (Linux 5.13, landlock(7)) for files, seccomp(2) for the rest, setrlimit(2). */
#ifndef WORK_FENCE_H
#define WORK_FENCE_H

#include "core/str.h"

typedef struct {
    int     in, out;   /* descriptors of files: its standard input and output      */
    int64_t memory;    /* bytes of addresses                                       */
    int64_t out_bytes; /* of its output                                            */
    int     cpu_s, wall_s;
    bool  (*unwanted)(void *of); /* asked some fifty times a second: it is killed then */
    void   *of;
} Fence;

/* Runs words[0], found in PATH, within the fence; its complaints are nobody's business.  OK when it ended with 0,
 * NOT_FOUND when there is no such program, CONFLICT when it was not wanted any more, else BROKEN. */
Err fence_run(Arena *mem, const Fence *fence, const char *const *words);

/* What of the fence this kernel does not have, as keys of words/: files (`fence.no_files`), network and processes
 * (`fence.no_calls`); null where it has it. */
const char *fence_no_files(void);
const char *fence_no_calls(void);

/* fence_calls.c: the calls that a program inside has no use for are refused from now on, to this thread and what it
 * becomes.  false: the kernel cannot.  Takes no memory. */
bool fence_calls(void);

#endif
