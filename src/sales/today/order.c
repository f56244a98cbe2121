/* What is first on Today, and why. */
#include "sales/today/order.h"

#include "core/buf.h"

#include <stdlib.h>

static Str hour_of(Arena *mem, const TodayClock *clock, Moment at)
{
    Buf text = buf_new(mem, 8);
    int minute = zone_second(clock->zone, at) / 60;
    buf_fmt(&text, "%d:%02d", minute / 60, minute % 60);
    return buf_str(&text);
}

static void because(TodayLine *line, TodayBand band, const char *key, const Arg *args, int n)
{
    line->band = band;
    line->reason = key;
    line->arg_count = n;
    for (int i = 0; i < n; i++) line->args[i] = args[i];
}

#define BECAUSE(line, band, key, ...) because((line), (band), (key), ARGS(__VA_ARGS__), ARGS_N(__VA_ARGS__))

/* Minutes begun count: in 61 seconds it is two minutes. */
static int64_t minutes_of(Moment span) { return (span + 59999) / 60000; }

static void hour_judge(Arena *mem, const TodayClock *clock, TodayLine *line)
{
    Moment left = line->due - clock->now;
    Arg    hour = arg_text("hour", hour_of(mem, clock, line->due));
    if (left > TODAY_SOON_MS) BECAUSE(line, TODAY_DUE, "today.later", hour);
    else if (left > 0) BECAUSE(line, TODAY_HOUR, "today.soon", hour, arg_count("n", minutes_of(left)));
    else if (left > -60000) BECAUSE(line, TODAY_HOUR, "today.now", hour);
    else if (left > -3600000) BECAUSE(line, TODAY_HOUR, "today.missed", hour, arg_count("n", -left / 60000));
    else BECAUSE(line, TODAY_HOUR, "today.missed_long", hour, arg_count("n", -left / 3600000));
}

static void due_judge(Arena *mem, const TodayClock *clock, TodayLine *line)
{
    Day today = zone_day(clock->zone, clock->now);
    Day day = line->timed ? zone_day(clock->zone, line->due) : line->day;
    if (day < today) BECAUSE(line, TODAY_OVERDUE, "today.overdue", arg_count("n", today - day));
    else if (line->timed && day == today) hour_judge(mem, clock, line);
    else BECAUSE(line, TODAY_DUE, "today.due");
}

static void offer_judge(const TodayClock *clock, TodayLine *line)
{
    Day today = zone_day(clock->zone, clock->now);
    if (line->bought_due != DAY_NONE && line->bought_due < today)
        BECAUSE(line, TODAY_OFFERED, "today.late", arg_count("n", today - line->bought_due));
    else if (line->last_contact != DAY_NONE && line->last_contact < today)
        BECAUSE(line, TODAY_OFFERED, "today.silent", arg_count("n", today - line->last_contact));
    else BECAUSE(line, TODAY_OFFERED, "today.no_next");
}

static int compared(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int by_place(const void *a, const void *b)
{
    const TodayLine *x = a, *y = b;
    int              c = compared(x->band, y->band);
    if (!c) c = compared(x->priority, y->priority);
    if (!c) c = compared(y->stake, x->stake); /* NONE is less than any */
    if (!c) c = compared(x->due, y->due);
    return c ? c : compared(x->id, y->id);
}

void today_order(Arena *mem, const TodayClock *clock, TodayLine *lines, ptrdiff_t n)
{
    for (ptrdiff_t i = 0; i < n; i++)
        if (lines[i].offered) offer_judge(clock, &lines[i]);
        else due_judge(mem, clock, &lines[i]);
    if (n) qsort(lines, (size_t)n, sizeof *lines, by_place);
}
