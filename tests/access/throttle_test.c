/* Guessing passwords: the waits follow from the sentence at the top of access/throttle.h. */
#include "tests/test.h"

#include "access/changing.h"
#include "access/throttle.h"
#include "core/bounds.h"
#include "core/clock.h"

#include <stdlib.h>
#include <unistd.h>

TESTS(test_throttle)
{
    CASE("five wrong passwords are free, the sixth attempt waits a second, the seventh two") {
        Throttle *th = throttle_new(&t->mem, 7);
        for (int i = 0; i < 5; i++) {
            EQUAL(throttle_wait(th, S("anna"), S("10.0.0.1"), 1000), 0);
            throttle_failed(th, S("anna"), S("10.0.0.1"), 1000);
        }
        EQUAL(throttle_wait(th, S("anna"), S("10.0.0.1"), 1000), 1000);
        EQUAL(throttle_wait(th, S("anna"), S("10.0.0.1"), 2000), 0);
        throttle_failed(th, S("anna"), S("10.0.0.1"), 2000);
        EQUAL(throttle_wait(th, S("anna"), S("10.0.0.1"), 2000), 2000);
    }
    CASE("the same login from elsewhere, and another login from there, do not wait") {
        Throttle *th = throttle_new(&t->mem, 7);
        for (int i = 0; i < 8; i++) throttle_failed(th, S("anna"), S("10.0.0.1"), 1000);
        CHECK(throttle_wait(th, S("anna"), S("10.0.0.1"), 1000) > 0);
        EQUAL(throttle_wait(th, S("anna"), S("10.0.0.2"), 1000), 0);
        EQUAL(throttle_wait(th, S("oleg"), S("10.0.0.1"), 1000), 0);
    }
    CASE("a wait never passes fifteen minutes, and an hour later all is forgotten") {
        Throttle *th = throttle_new(&t->mem, 7);
        for (int i = 0; i < 60; i++) throttle_failed(th, S("anna"), S("10.0.0.1"), 1000);
        CHECK(throttle_wait(th, S("anna"), S("10.0.0.1"), 1000) <= 15 * 60 * 1000);
        EQUAL(throttle_wait(th, S("anna"), S("10.0.0.1"), 1000 + 3600 * 1000 + 1), 0);
    }
    CASE("an address that tries thirty logins waits, who signed in before does not") {
        Throttle *th = throttle_new(&t->mem, 7);
        throttle_passed(th, S("oleg"), S("10.0.0.1"), 1000);
        for (int i = 0; i < 30; i++) throttle_failed(th, str_fmt(&t->mem, "user%d", i), S("10.0.0.1"), 1000);
        EQUAL(throttle_wait(th, S("anna"), S("10.0.0.1"), 1000), 500);
        EQUAL(throttle_wait(th, S("oleg"), S("10.0.0.1"), 1000), 0);
        EQUAL(throttle_wait(th, S("anna"), S("10.0.0.1"), 1500), 0);
    }
    CASE("ten thousand guesses from a thousand addresses are slowed to five a second") {
        Throttle *th = throttle_new(&t->mem, 7);
        throttle_passed(th, S("oleg"), S("10.1.1.1"), 0);
        int let_through = 0;
        for (int i = 0; i < 10000; i++) {
            Str address = str_fmt(&t->mem, "10.0.%d.%d", i % 1000 / 250, i % 250);
            if (throttle_wait(th, str_fmt(&t->mem, "u%d", i), address, i) > 0) continue;
            let_through++;
            throttle_failed(th, str_fmt(&t->mem, "u%d", i), address, i);
        }
        EQUAL(let_through, 300 + 10000 / 200 - 1); /* the bucket of 300 and what refills in ten seconds; the last 200
                                                      ms are not over */
        EQUAL(throttle_wait(th, S("oleg"), S("10.1.1.1"), 10000), 0);
    }
    CASE("a test's clock moves waits forward only, and the machine's clock not at all") {
        char file[] = "/tmp/sbyt-clock.XXXXXX";
        int  fd     = mkstemp(file);
        Clock clock = { .file = file };
        CHECK(fd >= 0 && pwrite(fd, "2026-03-04T12:00:00Z", 20, 0) == 20);
        int64_t began = clock_steady(&clock);
        CHECK(pwrite(fd, "2026-03-04T09:00:00Z", 20, 0) == 20);
        EQUAL(clock_steady(&clock), began);
        CHECK(pwrite(fd, "2026-03-04T09:00:07Z", 20, 0) == 20);
        EQUAL(clock_steady(&clock), began + 7000);
        int64_t ticks = clock_ticks();
        CHECK(clock_steady(&(Clock){ 0 }) - ticks < 5000);
        close(fd);
        unlink(file);
    }
    CASE("wrong passwords of an hour, at the pace that is let through, make nobody wait who has signed in before") {
        Throttle *th = throttle_new(&t->mem, 7);
        Arena     mem = t->mem;
        int       waiting = 0, tries = 0;
        for (int i = 0; i < 60; i++)
            throttle_passed(th, str_fmt(&mem, "u%d", i), str_fmt(&mem, "10.0.0.%d", i), 1000);
        for (Moment now = 1000; now < 3600000; now += 100, tries++) {
            Arena scratch = mem;
            Str   login = str_fmt(&scratch, "nobody%d", tries), address = str_fmt(&scratch, "66.6.6.%d", tries % 16);
            if (!throttle_wait(th, login, address, now)) throttle_failed(th, login, address, now);
        }
        for (int i = 0; i < 60; i++) {
            Arena scratch = mem;
            waiting += throttle_wait(th, str_fmt(&scratch, "u%d", i), str_fmt(&scratch, "10.0.0.%d", i), 3600000) > 0;
        }
        EQUAL(waiting, 0);
    }
    CASE("one person who signs in from a thousand addresses takes no place of others") {
        Throttle *th = throttle_new(&t->mem, 7);
        Arena     mem = t->mem;
        throttle_passed(th, S("anna"), S("10.0.0.1"), 1000);
        for (int i = 0; i < 1000; i++) throttle_passed(th, S("oleg"), str_fmt(&mem, "10.1.%d", i), 2000);
        for (int i = 0; i < 400; i++) throttle_failed(th, S("nobody"), S("10.0.0.1"), 3000);
        EQUAL(throttle_wait(th, S("anna"), S("10.0.0.1"), 3000), 0);
        CHECK(throttle_wait(th, S("new"), S("10.0.0.1"), 3000) > 0);
    }
    CASE("what a person changes is his own and empties evenly within a day; the firm has a bound of its own") {
        const int64_t hour = 3600000, half = BOUND_CHANGED_BY_ONE / 2;
        changing_add(7001, BOUND_CHANGED_BY_ONE, hour);
        changing_add(7002, 1000, hour);
        EQUAL(changing_level(7001, hour), BOUND_CHANGED_BY_ONE);
        EQUAL(changing_level(7002, hour), 1000);
        EQUAL(changing_level(7003, hour), 0);
        EQUAL(changing_level(7001, 13 * hour), half);
        EQUAL(changing_level(7001, 0), BOUND_CHANGED_BY_ONE);
        changing_add(7001, 1000, 13 * hour);
        EQUAL(changing_level(7001, 13 * hour), half + 1000);
        EQUAL(changing_level(7001, 37 * hour), 0);
        changing_add(0, BOUND_CHANGED_BY_ALL, hour);
        EQUAL(changing_level(0, 13 * hour), BOUND_CHANGED_BY_ALL / 2);
    }
}
