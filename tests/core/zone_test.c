/* The firm's clock on the wall.  Expected values are those of `TZ=… date -d @…` of GNU coreutils, an independent reader
 * of the same files. */
#include "core/clock.h"
#include "core/zone.h"
#include "tests/test.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Day day(int y, int m, int d)
{
    return day_of((Civil){ y, m, d });
}

static Moment at(int y, int m, int d, int h, int min)
{
    return ((Moment)day(y, m, d) * 86400 + h * 3600 + min * 60) * 1000;
}

static void text_to(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (f) fputs(text, f), fclose(f);
}

static Zones every;
static int   zones_met;

/* Twice: what was met before takes no more room. */
static int zone_meet(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)at;
    Str name = str_from(str_of(path), (ptrdiff_t)strlen("/usr/share/zoneinfo/"));
    if (kind == FTW_F && zones_get(&every, name)) zones_met++;
    return 0;
}

TESTS(test_zone)
{
    CASE("a firm that moves through every zone there is, again and again, takes no more room than there are zones") {
        EQUAL(nftw("/usr/share/zoneinfo", zone_meet, 16, 0), 0);
        int         met  = zones_met;
        const char *room = every.mem.beg;
        CHECK(met > 300);
        const Zone *moscow = zones_get(&every, S("Europe/Moscow"));
        for (int i = 0; i < 100; i++) EQUAL(nftw("/usr/share/zoneinfo", zone_meet, 16, 0), 0);
        EQUAL(zones_met, 101 * met);
        CHECK(every.mem.beg == room);
        CHECK(zones_get(&every, S("Europe/Moscow")) == moscow);
        CHECK(!zones_get(&every, S("Europe//Moscow")));
        CHECK(!zones_get(&every, S("Europe/Atlantis")));
    }
    CASE("Moscow is three hours ahead since October 2014, was four before and had summer time until 2010") {
        const Zone *z = zone_load(&t->mem, NULL, S("Europe/Moscow"));
        EQUAL(zone_offset(z, at(2026, 7, 1, 0, 0)), 10800);
        EQUAL(zone_offset(z, at(2014, 10, 25, 21, 59)), 14400);
        EQUAL(zone_offset(z, at(2014, 10, 25, 22, 0)), 10800);
        EQUAL(zone_offset(z, at(2010, 1, 1, 0, 0)), 10800);
        EQUAL(zone_offset(z, at(2010, 7, 1, 0, 0)), 14400);
        EQUAL(zone_offset(z, at(2090, 7, 1, 0, 0)), 10800);
        EQUAL(zone_day(z, at(2026, 3, 4, 20, 59)), day(2026, 3, 4));
        EQUAL(zone_day(z, at(2026, 3, 4, 21, 0)), day(2026, 3, 5));
        STR(zone_name(z), S("Europe/Moscow"));
    }
    CASE("Yekaterinburg and Kaliningrad have their own midnight") {
        const Zone *e = zone_load(&t->mem, NULL, S("Asia/Yekaterinburg")),
                   *k = zone_load(&t->mem, NULL, S("Europe/Kaliningrad"));
        EQUAL(zone_day(e, at(2026, 1, 31, 18, 59)), day(2026, 1, 31));
        EQUAL(zone_day(e, at(2026, 1, 31, 19, 0)), day(2026, 2, 1));
        EQUAL(zone_day(k, at(2026, 1, 31, 21, 59)), day(2026, 1, 31));
        EQUAL(zone_day(k, at(2026, 1, 31, 22, 0)), day(2026, 2, 1));
        EQUAL(zone_second(e, at(2026, 1, 31, 19, 1)), 60);
    }
    CASE("Berlin changes at one o'clock UTC, today and in 2090 when only the rule knows") {
        const Zone *z = zone_load(&t->mem, NULL, S("Europe/Berlin"));
        EQUAL(zone_offset(z, at(2026, 3, 29, 0, 59)), 3600);
        EQUAL(zone_offset(z, at(2026, 3, 29, 1, 0)), 7200);
        EQUAL(zone_offset(z, at(2026, 10, 25, 0, 59)), 7200);
        EQUAL(zone_offset(z, at(2026, 10, 25, 1, 0)), 3600);
        EQUAL(zone_offset(z, at(2090, 3, 26, 0, 59)), 3600);
        EQUAL(zone_offset(z, at(2090, 3, 26, 1, 0)), 7200);
        EQUAL(zone_offset(z, at(2090, 10, 29, 0, 59)), 7200);
        EQUAL(zone_offset(z, at(2090, 10, 29, 1, 0)), 3600);
    }
    CASE("in the southern half summer begins in one year and ends in the next") {
        const Zone *z = zone_load(&t->mem, NULL, S("Australia/Sydney"));
        EQUAL(zone_offset(z, at(2090, 1, 1, 0, 0)), 39600);
        EQUAL(zone_offset(z, at(2090, 7, 1, 0, 0)), 36000);
        EQUAL(zone_offset(z, at(2090, 12, 31, 23, 0)), 39600);
    }
    CASE("a time on the wall leads back to its moment; one that is left out or shown twice has a rule") {
        const Zone *z = zone_load(&t->mem, NULL, S("Europe/Berlin")), *m = zone_load(&t->mem, NULL, S("Europe/Moscow"));
        EQUAL(zone_moment(m, day(2026, 3, 5), 0), at(2026, 3, 4, 21, 0));
        EQUAL(zone_moment(z, day(2026, 3, 29), 9000), at(2026, 3, 29, 1, 30));
        EQUAL(zone_moment(z, day(2026, 10, 25), 9000), at(2026, 10, 25, 0, 30));
        EQUAL(zone_moment(z, day(2026, 10, 25), 4 * 3600), at(2026, 10, 25, 3, 0));
        EQUAL(zone_day(zone_utc(), -1), day(1969, 12, 31));
    }
    CASE("a name that is no zone, leads out of the folder, or whose file is damaged gives none") {
        CHECK(!zone_load(&t->mem, NULL, S("Europe/Nowhere")));
        CHECK(!zone_load(&t->mem, NULL, S("../../etc/passwd")));
        CHECK(!zone_load(&t->mem, NULL, S("Europe")));
        CHECK(!zone_load(&t->mem, NULL, S("")));
        char folder[] = "/tmp/sbyt-zone.XXXXXX";
        CHECK(mkdtemp(folder) != NULL);
        const char *path = str_fmt(&t->mem, "%s/Cut", folder).s;
        text_to(path, "TZif2 cut off");
        CHECK(!zone_load(&t->mem, folder, S("Cut")));
        unlink(path);
        rmdir(folder);
    }
    CASE("every damaged byte of a real file gives a zone or none, never a fault") {
        char  bytes[4096];
        FILE *f = fopen("/usr/share/zoneinfo/Europe/Moscow", "rb");
        CHECK(f != NULL);
        size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
        if (f) fclose(f);
        char folder[] = "/tmp/sbyt-zone.XXXXXX";
        CHECK(mkdtemp(folder) != NULL);
        const char *path = str_fmt(&t->mem, "%s/Odd", folder).s;
        int  fd = open(path, O_RDWR | O_CREAT, 0600), loaded = 0;
        for (size_t i = 0; i < n; i++) {
            Arena scratch = t->scratch;
            bytes[i] ^= 0x55;
            if (pwrite(fd, bytes, n, 0) != (ssize_t)n) break;
            bytes[i] ^= 0x55;
            const Zone *z = zone_load(&scratch, folder, S("Odd"));
            if (z) loaded += zone_day(z, at(2090, 1, 1, 0, 0)) != 0;
        }
        CHECK(loaded > 0);
        close(fd);
        unlink(path);
        rmdir(folder);
    }
    CASE("a clock told by a file stands at its moment, and a file that says nothing is not believed") {
        char path[] = "/tmp/sbyt-clock.XXXXXX";
        close(mkstemp(path));
        Clock told = { path };
        text_to(path, "2026-03-04T05:06:07Z\n");
        EQUAL(clock_now(&told), at(2026, 3, 4, 5, 6) + 7000);
        text_to(path, "2026-03-05T00:00:00Z");
        EQUAL(clock_now(&told), at(2026, 3, 5, 0, 0));
        unlink(path);
        Clock own = { NULL };
        CHECK(clock_now(&own) > at(2025, 1, 1, 0, 0));
        int64_t before = clock_ticks();
        usleep(3000);
        CHECK(clock_ticks() > before);
    }
}
