/* A working day of the whole program on a disk that forgets (tests/store/disk.h), and what must be found of it after
 * the power went at any moment.
 *
 * Whatever is acknowledged becomes a promise: a question to the base and its answer, which holds from the note at which
 * it was acknowledged to the one at which somebody began to change it again. */
#ifndef TESTS_APP_DAY_H
#define TESTS_APP_DAY_H

#include "app/program.h"
#include "entity/change.h"
#include "facts/facts.h"
#include "tests/store/disk.h"
#include "tests/test.h"

#include <pthread.h>

enum { PROMISES_MOST = 400 };

typedef struct {
    int64_t from, until;
    Str     sql; /* null: a copy in the folder of copies */
    Str     copy;
    int64_t want;
} Promise;

/* The program as a server has it: with lanes, jobs, facts and the sealing of the journal, without a network. */
typedef struct {
    Arena     mem;
    Call      call;
    Program  *program;
    Facts    *facts;
    Follower *follower;
} Running;

Err  running_begin(Running *r, Str data); /* its problems are in r->call */
void running_end(Running *r);

/* A whole command line inside it; what it said is in *said. */
int  running_command(Running *r, Arena *mem, Str *said, Str input, int argc, const char *const *argv);
#define COMMAND(r, mem, said, input, ...)                                                                              \
    running_command(r, mem, said, input, (int)COUNT(((const char *[]){ __VA_ARGS__ })), (const char *[]){ __VA_ARGS__ })

/* Waits until no job is waiting or running; false after half a minute. */
bool running_rests(Running *r);

typedef struct {
    Test           *t;
    char            place[DISK_PLACE], files[DISK_PLACE]; /* files: beside the disk, what people bring */
    Str             data;                                 /* the data directory, below place */
    Running         run;
    pthread_mutex_t mutex;
    Promise         promise[PROMISES_MOST];
    Str             copy;             /* that was made, below place */
    int             promises, undone; /* undone: the promise that the undo takes back */
} Day24;

void day_begin(Day24 *d, Test *t);
void day_end(Day24 *d);

/* `format` makes the question, behind "select count(*) from "; the answer is `want` from now on.  Gives its number. */
int  day_promise(Day24 *d, int64_t want, const char *format, ...) __attribute__((format(printf, 3, 4)));
void day_promise_over(Day24 *d, int promise);

/* Its parts, for other days: opens the program and notes from then on; adds clients and sales; makes the file of sales
 * that people bring, which holds IMPORTED of them from a source. */
enum { IMPORTED = 300 };
void        day_open(Day24 *d);
void        day_fill(Day24 *d);
const char *day_sales_file(Day24 *d, const char *name, int rows);

/* The open program adds four clients, makes a copy, adds four more and ends; the copy takes the base's place: the exit
 * code, and what was said; both from the beginning, `from` is the note at which the restore begins, `held`: while
 * somebody else holds the base open, and a note of a client stands in its log only. */
void day_copy(Day24 *d);
int  day_restore(Day24 *d, Str *said);
void day_play_restore(Day24 *d, int64_t *from, bool held);

/* Plays the day, noting everything. */
void day_play(Day24 *d);

/* A base of an earlier version, with three units, is made; or brought to this one as well, noting everything. */
void day_make_old(Day24 *d);
void day_play_migration(Day24 *d);

/* A folder as the power left it at this note, opened by the program: empty, or what is wrong, in mem. */
Str  day_found(Day24 *d, Arena *mem, const char *place, int64_t note);

/* The same from a note on for every sync, or for each note, with seeds first to last; a wrong one is a failed check. */
void day_cut(Day24 *d, int64_t from, int first, int last, bool each);

#endif
