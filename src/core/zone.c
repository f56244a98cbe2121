/* Reading TZif files (RFC 8536) and the POSIX rule in their footer. */
#include "core/zone.h"

#include "core/bounds.h"
#include "core/map.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* When a half of the year begins: Mm.w.d (RULE_WEEKDAY), Jn (RULE_JULIAN, 29 February is never counted) or n (RULE_DAY,
 * from 0). */
typedef enum { RULE_WEEKDAY, RULE_JULIAN, RULE_DAY } RuleKind;

typedef struct {
    RuleKind kind;
    int      month, week, day; /* day: 0 Sunday .. 6, or the number */
    int      second;           /* of the wall clock before the change; may be negative or above a day */
} Rule;

struct Zone {
    Str      name;
    int      count;     /* of transitions; before the first `first` holds, after the last the rule */
    int64_t *at;        /* seconds since 1970, ascending                      */
    int32_t *offset;    /* from that transition on                            */
    int32_t  first;
    bool     has_rule, has_summer;
    int32_t  standard, summer;
    Rule     begin, end; /* of summer time */
};

const Zone *zone_utc(void)
{
    static const Zone utc = { .name = { "UTC", 3 } };
    return &utc;
}

Str zone_name(const Zone *zone)
{
    return zone->name;
}

/* ---- the footer, `MSK-3` or `CET-1CEST,M3.5.0,M10.5.0/3` ---- */

static bool take_char(Str *s, char c)
{
    if (!s->n || *s->s != c) return false;
    *s = str_from(*s, 1);
    return true;
}

static bool take_number(Str *s, int *out)
{
    int v = 0, digits = 0;
    for (; s->n && *s->s >= '0' && *s->s <= '9' && digits < 6; digits++, *s = str_from(*s, 1))
        v = v * 10 + (*s->s - '0');
    *out = v;
    return digits > 0;
}

static bool take_name(Str *s)
{
    ptrdiff_t n = 0;
    if (take_char(s, '<')) {
        while (n < s->n && s->s[n] != '>') n++;
        *s = str_from(*s, n);
        return take_char(s, '>');
    }
    while (n < s->n && ((s->s[n] | 32) >= 'a' && (s->s[n] | 32) <= 'z')) n++;
    *s = str_from(*s, n);
    return n >= 3;
}

/* [+-]h[h][:mm[:ss]] in seconds. */
static bool take_time(Str *s, int *out)
{
    int  part, total = 0;
    bool minus = take_char(s, '-');
    if (!minus) take_char(s, '+');
    for (int unit = 3600; unit; unit /= 60) {
        if (!take_number(s, &part)) return false;
        total += part * unit;
        if (unit == 1 || !take_char(s, ':')) break;
    }
    *out = minus ? -total : total;
    return true;
}

static bool take_rule(Str *s, Rule *r)
{
    if (!take_char(s, ',')) return false;
    if (take_char(s, 'M')) {
        r->kind = RULE_WEEKDAY;
        if (!take_number(s, &r->month) || !take_char(s, '.') || !take_number(s, &r->week) || !take_char(s, '.'))
            return false;
        if (r->month < 1 || r->month > 12 || r->week < 1 || r->week > 5) return false;
    } else {
        r->kind = take_char(s, 'J') ? RULE_JULIAN : RULE_DAY;
    }
    if (!take_number(s, &r->day) || r->day > (r->kind == RULE_WEEKDAY ? 6 : 366)) return false;
    r->second = 7200;
    return !take_char(s, '/') || take_time(s, &r->second);
}

static bool zone_footer(Zone *z, Str s)
{
    int west;
    if (!take_name(&s) || !take_time(&s, &west)) return false;
    z->standard = -west;
    z->has_rule = true;
    if (!s.n) return true;
    if (!take_name(&s)) return false;
    z->summer = z->standard + 3600;
    if (s.n && *s.s != ',') {
        if (!take_time(&s, &west)) return false;
        z->summer = -west;
    }
    z->has_summer = true;
    return take_rule(&s, &z->begin) && take_rule(&s, &z->end) && !s.n;
}

/* ---- the file ---- */

static int64_t big_endian(const unsigned char *p, int bytes)
{
    uint64_t v = p[0] & 0x80 ? ~UINT64_C(0) : 0;
    for (int i = 0; i < bytes; i++) v = v << 8 | p[i];
    return (int64_t)v;
}

enum { TZIF_HEAD = 44 };

typedef struct {
    int64_t utc, wall, leap, times, types, chars; /* counts, in the order of the head */
} TzifCounts;

static bool tzif_head(Str s, TzifCounts *c)
{
    if (s.n < TZIF_HEAD || memcmp(s.s, "TZif", 4) != 0) return false;
    int64_t *count[] = { &c->utc, &c->wall, &c->leap, &c->times, &c->types, &c->chars };
    for (int i = 0; i < 6; i++) {
        *count[i] = big_endian((const unsigned char *)s.s + 20 + 4 * i, 4);
        if (*count[i] < 0 || *count[i] > 100000) return false;
    }
    return c->types > 0;
}

static int64_t tzif_size(const TzifCounts *c, int time_bytes)
{
    return TZIF_HEAD + c->times * (time_bytes + 1) + c->types * 6 + c->chars + c->leap * (time_bytes + 4) + c->wall +
           c->utc;
}

static bool tzif_read(Arena *mem, Zone *z, Str s)
{
    TzifCounts c;
    if (!tzif_head(s, &c) || s.s[4] < '2' || s.n < tzif_size(&c, 4)) return false;
    s = str_from(s, tzif_size(&c, 4)); /* the second block has times of 8 bytes */
    if (!tzif_head(s, &c) || s.n < tzif_size(&c, 8)) return false;
    const unsigned char *times = (const unsigned char *)s.s + TZIF_HEAD, *index = times + c.times * 8,
                        *types = index + c.times;
    z->count  = (int)c.times;
    z->at     = NEW_N(mem, int64_t, c.times);
    z->offset = NEW_N(mem, int32_t, c.times);
    z->first  = (int32_t)big_endian(types, 4);
    for (int i = 0; i < z->count; i++) {
        if (index[i] >= c.types) return false;
        z->at[i]     = big_endian(times + 8 * i, 8);
        z->offset[i] = (int32_t)big_endian(types + 6 * index[i], 4);
        if (i && z->at[i] <= z->at[i - 1]) return false;
    }
    Str footer = str_from(s, tzif_size(&c, 8));
    if (footer.n < 2 || footer.s[0] != '\n' || footer.s[footer.n - 1] != '\n') return false;
    footer = (Str){ footer.s + 1, footer.n - 2 };
    return !footer.n || zone_footer(z, footer);
}

static bool zone_name_fits(Str name)
{
    for (ptrdiff_t i = 0; i < name.n; i++) {
        char c = name.s[i], l = (char)(c | 32);
        if (!((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || strchr("_-+/", c)) || c == 0) return false;
    }
    return name.n > 0 && name.n < 64 && name.s[0] != '/' && str_find(name, S("//")) < 0; /* a file has one name */
}

const Zone *zone_load(Arena *mem, const char *dir, Str name)
{
    static const ptrdiff_t most = 1 << 18;
    if (!zone_name_fits(name)) return NULL;
    char path[512];
    snprintf(path, sizeof path, "%s/%.*s", dir ? dir : "/usr/share/zoneinfo", (int)name.n, name.s);
    int         fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0) return NULL;
    bool    plain = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= most;
    char   *bytes = plain ? NEW_RAW(mem, char, st.st_size) : NULL;
    ssize_t n     = plain ? read(fd, bytes, (size_t)st.st_size) : -1;
    close(fd);
    Zone *z = NEW(mem, Zone);
    z->name = str_copy(mem, name);
    return n >= 0 && tzif_read(mem, z, (Str){ bytes, n }) ? z : NULL;
}

const Zone *zones_get(Zones *zones, Str name)
{
    if (!zones->mem.beg) {
        zones->mem = arena_new(BOUND_ZONES);
        arena_lasts(&zones->mem);
    }
    int64_t *known = map_at(&zones->known, name, NULL);
    if (!known) {
        Str own = str_copy(&zones->mem, name);
        known   = map_at(&zones->known, own, &zones->mem);
        *known  = (int64_t)(intptr_t)zone_load(&zones->mem, NULL, own);
    }
    return (const Zone *)(intptr_t)*known;
}

/* ---- asking ---- */

static int floor_div64(int64_t a, int64_t b, int64_t *rest)
{
    int64_t q = a / b - (a % b < 0);
    *rest     = a - q * b;
    return (int)q;
}

/* Seconds since 1970 of the wall clock when the rule strikes in a year. */
static int64_t rule_wall(const Rule *r, int year)
{
    Day first = day_of((Civil){ year, 1, 1 });
    Day d     = first + r->day;
    if (r->kind == RULE_JULIAN) {
        bool leap = day_of((Civil){ year, 3, 1 }) - first == 60;
        d         = first + r->day - 1 + (leap && r->day >= 60);
    } else if (r->kind == RULE_WEEKDAY) {
        Month m    = year * 12 + r->month - 1;
        Day   from = month_first(m);
        d          = from + (r->day - (weekday_of(from) + 1) % 7 + 7) % 7 + 7 * (r->week - 1);
        if (d > month_last(m)) d -= 7;
    }
    return (int64_t)d * 86400 + r->second;
}

static int rule_offset(const Zone *z, int64_t at)
{
    if (!z->has_summer) return z->standard;
    int64_t rest;
    int     year  = civil_of((Day)floor_div64(at + z->standard, 86400, &rest)).year;
    int64_t begin = rule_wall(&z->begin, year) - z->standard, end = rule_wall(&z->end, year) - z->summer;
    bool    summer = begin < end ? at >= begin && at < end : at >= begin || at < end;
    return summer ? z->summer : z->standard;
}

static int offset_at(const Zone *z, int64_t at)
{
    if (!z->count || at < z->at[0]) return z->count || !z->has_rule ? z->first : rule_offset(z, at);
    int low = 0, high = z->count; /* at[low] <= at < at[high] */
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (z->at[middle] <= at) low = middle;
        else high = middle;
    }
    return high == z->count && z->has_rule ? rule_offset(z, at) : z->offset[low];
}

static int64_t seconds_of(Moment at)
{
    return at / 1000 - (at % 1000 < 0);
}

int zone_offset(const Zone *zone, Moment at)
{
    return offset_at(zone, seconds_of(at));
}

Day zone_day(const Zone *zone, Moment at)
{
    int64_t s = seconds_of(at), rest;
    return (Day)floor_div64(s + offset_at(zone, s), 86400, &rest);
}

int zone_second(const Zone *zone, Moment at)
{
    int64_t s = seconds_of(at), rest;
    floor_div64(s + offset_at(zone, s), 86400, &rest);
    return (int)rest;
}

/* The offsets a day before and a day after frame the change, if there is one; the earlier offset is tried first. */
Moment zone_moment(const Zone *zone, Day day, int second)
{
    int64_t wall   = (int64_t)day * 86400 + second;
    int     before = offset_at(zone, wall - 86400 - 54000), after = offset_at(zone, wall + 86400 + 54000);
    if (offset_at(zone, wall - before) == before) return (wall - before) * 1000;
    if (offset_at(zone, wall - after) == after) return (wall - after) * 1000;
    return (wall - before) * 1000;
}
