/* Money and rounding; every expected value is worked out by hand. */
#include "tests/test.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static Str shown(Test *t, void (*put)(Buf *, int64_t), int64_t v)
{
    Buf b = buf_new(&t->mem, 32);
    put(&b, v);
    return buf_str(&b);
}

TESTS(test_number)
{
    CASE("a half is rounded away from zero on both sides") {
        EQUAL(round_div(5, 10), 1);
        EQUAL(round_div(-5, 10), -1);
        EQUAL(round_div(4, 10), 0);
        EQUAL(round_div(-4, 10), 0);
        EQUAL(round_div(7, 3), 2);
        EQUAL(round_div(8, 3), 3);
        EQUAL(round_div(-8, 3), -3);
        EQUAL(round_div(3, 7), 0);
        EQUAL(round_div(4, 7), 1);
    }
    CASE("a result that does not fit is empty, not wrapped") {
        EQUAL(round_div((Wide)INT64_MAX * 4, 2), NONE);
    }
    CASE("price times quantity is rounded to the kopeck once") {
        EQUAL(money_of(2550000, 6000), 1530);      /* 2.55 x 6 = 15.30             */
        EQUAL(money_of(1005000, 1000), 101);       /* 1.005 -> 1.01, not 1.00      */
        EQUAL(money_of(1005000, -1000), -101);
        EQUAL(money_of(333333, 3000), 100);        /* 0.999999 -> 1.00             */
        EQUAL(money_of(NONE, 1000), NONE);
    }
    CASE("money is shown with its sign and two digits however small") {
        STR(shown(t, buf_money, 891140790), S("8911407.90"));
        STR(shown(t, buf_money, -5), S("-0.05"));
        STR(shown(t, buf_money, 0), S("0.00"));
    }
    CASE("a share has six decimals and a share of nothing is nothing") {
        Buf b = buf_new(&t->mem, 32);
        buf_share(&b, 1, 3);
        buf_char(&b, ' ');
        buf_share(&b, 2, 3);
        buf_char(&b, ' ');
        buf_share(&b, 1, 0);
        buf_char(&b, ' ');
        buf_share(&b, -1, 8);
        STR(buf_str(&b), S("33.333333 66.666667 0.000000 -12.500000"));
    }
    CASE("zeros behind the point are left out where the unit has more digits than the figure") {
        Buf b = buf_new(&t->mem, 32);
        buf_trimmed(&b, 12500, 3);
        buf_char(&b, ' ');
        buf_trimmed(&b, 12000, 3);
        STR(buf_str(&b), S("12.5 12"));
    }
#ifdef TESTS_HALT
    CASE("in a build with sanitizers a sum that leaves its type ends the program at once") {
        int   status = 0;
        pid_t pid    = fork();
        if (pid == 0) {
            volatile int64_t most = INT64_MAX, more = 1;
            if (!freopen("/dev/null", "w", stderr)) _exit(9);
            most = most + more;
            _exit(0);
        }
        CHECK(waitpid(pid, &status, 0) == pid);
        CHECK(!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 9));
    }
#endif
}
