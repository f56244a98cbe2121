/* Who owns the data directory.
 *
 * One process at a time: it holds a lock on DIR/lock for as long as it lives, however it dies, and listens on
 * DIR/socket.  A command that finds the directory owned sends itself there: its arguments, its working directory and
 * its three standard streams (the descriptors themselves), and ends with the exit code that comes back.  Only the same
 * user, or root, is listened to. */
#ifndef WORK_OWNER_H
#define WORK_OWNER_H

#include "core/str.h"

typedef struct Owner Owner;

typedef struct {
    int    argc;
    char **argv;   /* ends with a null        */
    char  *folder; /* where the command stands: relative paths mean this folder */
    int    in, out, err;
} OwnerCall;

/* Takes the directory, making it (0700) when it is missing.  CONFLICT when somebody else owns it, BROKEN when the
 * system refuses. */
Err owner_take(Str dir, Owner **owner);

/* Listens from now on; `run` is called on a thread for each call, up to 16 at once, and returns the exit code. */
Err owner_listen(Owner *owner, int (*run)(void *to, OwnerCall *call), void *to);

/* Stops listening and waits for the calls that run; the directory stays ours. */
void owner_hush(Owner *owner);

/* Stops listening and gives the directory back; waits for the calls that run. */
void owner_leave(Owner *owner);

/* From a command: runs it at the owner.  NOT_FOUND when nobody listens there, INVALID when the call is larger than 128
 * KiB; BROKEN when the owner went away and what became of the call is not known. */
Err owner_ask(Str dir, int argc, char *const *argv, int *exit_code);

#endif
