/* Whom this thread asks whether to go on. */
#include "core/pulse.h"

static _Thread_local Pulse now;

Pulse pulse_begin(Pulse of)
{
    Pulse before = now;
    now          = of;
    return before;
}

Err pulse(Problems *problems)
{
    return now.ask ? now.ask(now.of, problems) : OK;
}
