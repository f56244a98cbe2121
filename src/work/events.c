/* What a work raises, who hears of it, and how far that may go. */
#include "work/inside.h"

#include "core/map.h"

enum { DEEPEST = 5, SAME_RECORD = 2 };

/* ---- who hears of what: names become lists of handlers once, at the start ---- */

static Str deed_of(Str name)
{
    str_cut(&name, '.');
    return name;
}

static bool of_all(const Handler *h) { return h->event[0] == '*'; }

static bool hears(const Handler *h, Str name)
{
    Str event = str_of(h->event);
    return str_eq(event, name) || (of_all(h) && str_eq(deed_of(event), deed_of(name)));
}

static void hearers_list(Lanes *lanes, Str name)
{
    int64_t *slot = map_at(&lanes->hearers, name, &lanes->mem);
    int      n    = 0;
    if (*slot) return;
    for (const Handler *h = lanes->options.handlers; h->event; h++) n += hears(h, name);
    const Handler **list = NEW_N(&lanes->mem, const Handler *, n + 1);
    *slot                = (intptr_t)list;
    for (const Handler *h = lanes->options.handlers; h->event; h++)
        if (hears(h, name)) *list++ = h;
}

void work_events_open(Lanes *lanes)
{
    for (const Handler *h = lanes->options.handlers; h && h->event; h++) hearers_list(lanes, str_of(h->event));
}

static const Handler *const *hearers_of(Work *w, Str name)
{
    Map     *hearers = w->lanes ? w->lanes->hearers : NULL;
    Arena    scratch = w->scratch;
    int64_t *slot    = map_at(&hearers, name, NULL);
    Str      deed    = deed_of(name);
    if (!slot && deed.n) slot = map_at(&hearers, str_fmt(&scratch, "*.%.*s", (int)deed.n, deed.s), NULL);
    return slot ? (const Handler *const *)(intptr_t)*slot : NULL;
}

/* ---- raising ---- */

static Err too_far(Work *w, const char *key, const char *name)
{
    return fail(w, BROKEN, NULL, key, arg_text("event", str_of(name)));
}

Err work_raise(Work *w, Event event)
{
    event.hearers = hearers_of(w, str_of(event.name));
    event.cause   = w->event;
    event.by      = w->handler;
    event.depth   = w->event ? w->event->depth + 1 : 1;
    w->unsettled  = true;
    if (!event.hearers) return OK;
    if (event.depth > DEEPEST) return too_far(w, "work.events_too_deep", event.name);
    Event *e = NEW(w->mem, Event);
    *e       = event;
    if (w->event_last) w->event_last->next = e;
    else w->event_first = e;
    w->event_last = e;
    return OK;
}

/* ---- handling ---- */

/* How often this handler has been at this record already, in the row of causes that leads to the event. */
static int been_there(const Event *e, const Handler *h)
{
    int n = 0;
    for (const Event *at = e; at->cause; at = at->cause) n += at->by == h && at->cause->record == e->record;
    return n;
}

static Err handle(Work *w, const Event *e)
{
    const Event   *event = w->event;
    const Handler *handler = w->handler;
    for (const Handler *const *h = e->hearers; *h; h++) {
        if (e->bulk && of_all(*h) && !(*h)->bulk) continue;
        if (been_there(e, *h) >= SAME_RECORD) return too_far(w, "work.events_in_a_circle", e->name);
        w->event = e;
        w->handler = *h;
        w->handled++;
        TRY((*h)->handle(w, e));
    }
    w->event = event;
    w->handler = handler;
    return OK;
}

static Err follow(Work *w)
{
    for (Event *e; (e = w->event_first);) {
        w->event_first = e->next;
        if (!e->next) w->event_last = NULL;
        TRY(handle(w, e));
    }
    return OK;
}

Err work_settle(Work *w)
{
    for (int round = 0; w->unsettled; round++) {
        if (round == DEEPEST) return too_far(w, "work.events_too_deep", "work.settled");
        TRY(follow(w));
        TRY(work_raise(w, (Event){ .name = "work.settled", .entity = "work" }));
        w->unsettled = false;
        TRY(follow(w));
    }
    return OK;
}

void work_events_clear(Work *w)
{
    w->event_first = w->event_last = NULL;
    w->event = NULL;
    w->handler = NULL;
    w->handled = 0;
    w->unsettled = false;
}
