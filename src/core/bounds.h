/* How much memory each kind of work may have, in bytes, and how long what is asked may take: the one place where it is
 * written.
 *
 * These are ranges of addresses; what is opened counts, which happens as they fill.  What runs out of them is refused
 * (core/arena.h). */
#ifndef CORE_BOUNDS_H
#define CORE_BOUNDS_H

#include "core/base.h"

#define MIB ((ptrdiff_t)1 << 20)
#define GIB ((ptrdiff_t)1 << 30)

enum {
    BOUND_REQUEST      = 24 << 20, /* a request and its answer, from its head to its last byte            */
    BOUND_REQUEST_BODY = 8 << 20,  /* of a body that stays in memory                                      */
    BOUND_FOLLOWER     = 64 << 20, /* a page of changes on its way to facts, journal and browsers         */
    BOUND_DIFFS        = 8 << 20,  /* of the diffs in such a page                                         */
    BOUND_NEWS         = 256 << 20, /* who listens, and what a page of changes tells them                 */
    BOUND_LISTENERS    = 8 << 20,
    BOUND_RIGHTS       = 8 << 20,  /* the rights of a role, kept: as many as a list may hold               */
    BOUND_RIGHTS_OPEN  = 256 << 10, /* of that, what stays when a role is read again                        */
    BOUND_ROLES        = 32 << 20, /* all rights there are, and those of the roles that the program brings  */
    BOUND_ZONES        = 32 << 20, /* each zone of the tz database once                                   */
    BOUND_JOB_SLOT     = 64 << 20, /* what a job was asked to do                                          */
    BOUND_COPIES       = 4 << 20,  /* the list of copies                                                  */
};

/* A worker's memory, and as much again to borrow. */
#define BOUND_FAST     (256 * MIB)
#define BOUND_SLOW     (8 * GIB)
#define BOUND_WRITER   (1 * GIB)
#define BOUND_SIGN_IN  (64 * MIB)

/* An import: its rows with problems; lines of a history that wait to be written (50,000,000 of at most 100 bytes, and
 * their names). */
#define BOUND_IMPORT   (4 * GIB)
#define BOUND_HISTORY  (64 * GIB)

/* The facts while they are read from the base, and while changes are taken in. */
#define BOUND_FACTS    (4 * GIB)

/* What a packed file may unfold to: so much whatever its size, else so many times its size, and never more than the
 * last.  A row of a table names its own number, so honest tables unfold to 6 to 70 times their size (measured: numbers
 * 6, the same cells in each row 19, rows with nothing but a height 36, one long text in each row 68). */
#define BOUND_UNFOLDED_SMALL (64 * MIB)
#define BOUND_UNFOLDED       (16 * GIB)
enum { BOUND_UNFOLDED_TIMES = 100 };

/* What temporary files leave free of their disk: a file of a gigabyte may unfold to sixteen. */
#define BOUND_ROOM_KEPT (64 * MIB)

/* What all requests together may have on its way, in memory and in files of the spool. */
#define BOUND_SENT_BY_ONE   (16 * MIB)
#define BOUND_SENT_BY_ALL   (256 * MIB)
#define BOUND_UNASKED       (32 * MIB)
#define BOUND_UNREAD_BY_ONE (64 * MIB)
#define BOUND_UNREAD_BY_ALL (512 * MIB)
/* What requests may change within a day (access/changing.h): of a person, of all. */
#define BOUND_CHANGED_BY_ONE (512 * MIB)
#define BOUND_CHANGED_BY_ALL (8 * GIB)
#define BOUND_FILES_OF_ONE  (2 * GIB)
#define BOUND_FILES_OF_ALL  (8 * GIB)

/* Seconds.  What a request asks of the slow lane, in all; a page of an export, of which a million rows have two
 * thousand; what a request changes there (a file of a gigabyte, an undo). */
enum { BOUND_ASKED_S = 300, BOUND_ASKED_PAGE_S = 20, BOUND_CHANGING_S = 1800 };

#endif
