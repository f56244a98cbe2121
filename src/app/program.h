/* The program on a data directory: what serve and the commands that look into the base have in common.
 *
 *     DIR/lock, DIR/socket   who owns the directory (work/owner.h)
 *     DIR/sbyt.db            the base, unless --db names a PostgreSQL
 *     DIR/spool              bodies of large requests, gone when used
 *     DIR/backup             the daily copies
 *
 * A command either opens the base itself, or, when a server has it open, is run inside that server. */
#ifndef APP_PROGRAM_H
#define APP_PROGRAM_H

#include "app/options.h"
#include "engine/metric/grain.h"
#include "entity/check.h"
#include "files/files.h"
#include "work/jobs.h"
#include "work/owner.h"

#include <stdatomic.h>

struct Program {
    Arena       mem;
    Str         dir;      /* absolute                              */
    Str         address;  /* of the base                           */
    const char *spool, *backup; /* folders                         */
    Clock       clock;
    const Zone *zone;     /* the firm's                            */
    Owner      *owner;
    Lanes      *lanes;
    bool        serves;   /* there is a server: commands come from its socket */
    atomic_bool stops;    /* it is being stopped: nobody waits for anything any more */
};

/* The options that every such command has, for its table of options; values by the same places. */
#define PROGRAM_OPTIONS { "data", false }, { "db", false }, { "clock", false }
enum { OPTION_DATA, OPTION_DB, OPTION_CLOCK, OPTION_OWN /* the first of the command's own */ };

/* Runs `run` with the base open: here, or at the server that owns the directory (then the exit code comes from there
 * and `run` is not called in this process).  The base is migrated first. */
Err program_do(Call *call, const Options *options, Err (*run)(Call *call, Program *p, const Options *options));

/* The same for a command that makes no base: NOT_FOUND where there is none, and nothing is made. */
Err program_there(Call *call, const Options *options, Err (*run)(Call *call, Program *p, const Options *options));

/* For serve: takes the directory, migrates, starts the lanes. */
typedef struct {
    bool                 big;     /* the lanes of a server instead of one thread each */
    const ScheduleRound *rounds;  /* null: nothing comes by itself                    */
    const char          *without; /* a kind of job that is not taken up; null: none   */
} Entering;

Err program_enter(Call *call, const Options *options, Entering way, Program **out);
void program_leave(Program *p);

/* Without migrating and without lanes: the directory is ours and the base is closed.  For restore. */
Err program_take(Call *call, const Options *options, Program **out);

/* Says which settings of PostgreSQL let a loss of power lose or ruin what was acknowledged; nothing where there is
 * none. */
Err risks_say(Call *call, Program *p, Buf *to);

/* One work in a lane as the program itself. */
Err program_run(Call *call, Program *p, Lane lane, Err (*run)(Work *w, void *to), void *to);

/* A path on the command line, as seen from the folder where the command was typed. */
Str path_from(Call *call, const char *path);

/* Reads a line without showing it, from the command's own input; the text without its end. */
Err secret_read(Call *call, const char *prompt_key, Str *out);

/* Turns a fault of the database into a problem. */
Err fault_problem(Call *call, const DbFault *why);

/* ---- the tables of contents, written by hand (tables.c) ---- */

extern const struct Entity *const all_entities[];
extern const struct Route *const  all_routes[];
extern const Handler *const       all_handlers[]; /* lists of areas */
extern const MetricGrain *const   all_grains[];   /* the same       */
extern const Check *const         all_checks[];   /* the same       */
extern const FileUse *const       all_file_uses[];
extern const JobKind              all_jobs[];

#endif
