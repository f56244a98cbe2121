/* What every file may lean on: sizes, the one list of errors, and leaving early. */
#ifndef CORE_BASE_H
#define CORE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNT(array) ((ptrdiff_t)(sizeof(array) / sizeof(*(array))))

/* Every function that can be refused returns one of these.  The words for a person travel beside it in a list of
 * problems (core/problem.h); app/ maps an Err to an exit code, api/ to an HTTP status. */
typedef enum {
    OK = 0,
    NOT_FOUND, /* there is no such thing, or the actor may not know that there is            */
    DENIED,    /* the actor may not do this                                                  */
    INVALID,   /* the input cannot be right                                                  */
    CONFLICT,  /* the input was right once: somebody or something else came first            */
    BUSY,      /* nothing happened, the same again may succeed                               */
    TOO_LARGE, /* it takes more memory than one work may have: less at a time may succeed    */
    BROKEN,    /* the program, the disk or the database failed                               */
} Err;

#define TRY(call)                                                                                                      \
    do {                                                                                                               \
        Err try_err_ = (call);                                                                                         \
        if (try_err_ != OK) return try_err_;                                                                           \
    } while (0)

#endif
