/* Whether what this thread does is still wanted.
 *
 * Whoever begins a work says whom to ask about it; what takes long and knows nothing of works asks from time to time,
 * and leaves with the answer.  On a thread of which nobody has said anything everything is wanted. */
#ifndef CORE_PULSE_H
#define CORE_PULSE_H

#include "core/problem.h"

typedef struct {
    Err  (*ask)(void *of, Problems *problems); /* OK, or why it is to end, with words; null: nobody asks */
    void  *of;
} Pulse;

Pulse pulse_begin(Pulse of); /* returns the one before, which is begun again behind it */
Err   pulse(Problems *problems);

#endif
