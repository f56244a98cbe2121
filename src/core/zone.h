/* The firm's clock on the wall: what day it is at a moment in a zone of the tz database.
 *
 * Reads TZif files (RFC 8536) itself, because libc knows one zone a process and changing it is not safe between
 * threads.  Moments after the last transition of the file follow the rule in its footer (POSIX TZ), so a zone with
 * summer time is right in 2090 too.  A Zone is never changed after loading and may be read by any number of threads. */
#ifndef CORE_ZONE_H
#define CORE_ZONE_H

#include "core/day.h"

typedef struct Zone Zone;

/* `name` as in "Europe/Moscow"; `dir` null means /usr/share/zoneinfo.  Null when there is no such zone or the file is
 * damaged. */
const Zone *zone_load(Arena *mem, const char *dir, Str name);
const Zone *zone_utc(void);

/* The zones that a program has been told of, each loaded once and kept to its end, for those that go on reading one
 * after another has taken its place: as much as there are zones (BOUND_ZONES), however often they change.  For one
 * thread. */
typedef struct {
    Arena       mem;
    struct Map *known;
} Zones;

const Zone *zones_get(Zones *zones, Str name); /* null as zone_load */
Str         zone_name(const Zone *zone);

int    zone_offset(const Zone *zone, Moment at);      /* seconds east of UTC                                    */
Day    zone_day(const Zone *zone, Moment at);         /* the day on the wall                                    */
int    zone_second(const Zone *zone, Moment at);      /* seconds since midnight on the wall                     */

/* The moment when the wall shows this day and second.  A time that a jump leaves out is read with the offset before the
 * jump; of a time shown twice the first. */
Moment zone_moment(const Zone *zone, Day day, int second);

#endif
