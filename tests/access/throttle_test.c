/* Guessing passwords: the waits follow from the sentence at the top of access/throttle.h. */
#include "tests/test.h"

#include "access/throttle.h"
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
        EQUAL(let_through, 300 + 10000 / 200 - 1); /* the bucket of 300 and what refills in ten seconds; the last 200 ms are not over */
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
}
