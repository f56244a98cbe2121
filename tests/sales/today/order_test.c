/* What stands first on Today: bands and reasons worked out by hand, the order asked of lines by lot. */
#include "sales/today/order.h"
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

enum { MINUTE = 60000, HOUR = 60 * MINUTE };

/* Wednesday 4 March 2026, 11:00 in UTC. */
static Moment at(int day, int hour, int minute)
{
    return ((Moment)day_of((Civil){ 2026, 3, day }) * 24 + hour) * HOUR + (Moment)minute * MINUTE;
}

static TodayClock eleven(void) { return (TodayClock){ at(4, 11, 0), zone_utc() }; }

static TodayLine due(Moment when, bool timed)
{
    return (TodayLine){ .id = 1,
                        .due = when,
                        .day = zone_day(zone_utc(), when),
                        .timed = timed,
                        .stake = NONE,
                        .bought_due = DAY_NONE,
                        .last_contact = DAY_NONE };
}

static TodayLine offered(Day bought_due, Day last_contact)
{
    return (TodayLine){
        .id = 1, .offered = true, .due = NONE, .stake = NONE, .bought_due = bought_due, .last_contact = last_contact
    };
}

static TodayLine judged(Test *t, TodayLine line)
{
    TodayClock clock = eleven();
    today_order(&t->mem, &clock, &line, 1);
    return line;
}

/* Does x stand where it may before y?  Written anew from the words of order.h. */
static bool before(const TodayLine *x, const TodayLine *y)
{
    if (x->band != y->band) return x->band < y->band;
    if (x->priority != y->priority) return x->priority < y->priority;
    if (x->stake != y->stake) return y->stake == NONE || (x->stake != NONE && x->stake > y->stake);
    if (x->due != y->due) return x->due == NONE || (y->due != NONE && x->due < y->due);
    return x->id < y->id;
}

static TodayLine by_lot(int64_t id)
{
    TodayLine line = due(at(1 + rand() % 5, rand() % 24, rand() % 60), rand() % 2);
    if (rand() % 4 == 0) line = offered(rand() % 2 ? day_of((Civil){ 2026, 3, 1 + rand() % 8 }) : DAY_NONE, DAY_NONE);
    line.id = id;
    line.at = id * 7;
    line.priority = rand() % 3;
    line.stake = rand() % 3 ? (Money)(rand() % 4) * 1000 : NONE;
    return line;
}

TESTS(test_today_order)
{
    CASE("a meeting at an hour within thirty minutes is said with its minutes, one in thirty-one is said with its hour")
    {
        TodayLine line = judged(t, due(at(4, 11, 12), true));
        EQUAL(line.band, TODAY_HOUR);
        TEXT(line.reason, "today.soon");
        STR(line.args[0].text, S("11:12"));
        EQUAL(line.args[1].number, 12);
        EQUAL(judged(t, due(at(4, 11, 30), true)).band, TODAY_HOUR);
        line = judged(t, due(at(4, 11, 31), true));
        EQUAL(line.band, TODAY_DUE);
        TEXT(line.reason, "today.later");
        EQUAL(judged(t, due(at(4, 11, 0) + 61000, true)).args[1].number, 2); /* a minute begun counts */
    }
    CASE("an hour that was missed today stays first; a day without an hour is not missed before it is over")
    {
        TodayLine line = judged(t, due(at(4, 9, 20), true));
        EQUAL(line.band, TODAY_HOUR);
        TEXT(line.reason, "today.missed_long");
        EQUAL(line.args[1].number, 1); /* an hour and forty minutes */
        line = judged(t, due(at(4, 10, 1), true));
        TEXT(line.reason, "today.missed");
        EQUAL(line.args[1].number, 59);
        TEXT(judged(t, due(at(4, 11, 0), true)).reason, "today.now");
        line = judged(t, due(at(4, 9, 20), false));
        EQUAL(line.band, TODAY_DUE);
        TEXT(line.reason, "today.due");
    }
    CASE("what was due on an earlier day is overdue by whole days, with an hour or without")
    {
        TodayLine line = judged(t, due(at(2, 23, 59), true));
        EQUAL(line.band, TODAY_OVERDUE);
        EQUAL(line.args[0].number, 2);
        EQUAL(judged(t, due(at(3, 0, 0), false)).args[0].number, 1);
        EQUAL(judged(t, due(at(4, 0, 0), false)).band, TODAY_DUE);
    }
    CASE("an hour falls on the day of the reader's zone, a day without an hour is its doer's")
    {
        const Zone *east = zone_load(&t->mem, NULL, S("Asia/Vladivostok")); /* ten hours ahead */
        TodayClock  clock = { at(4, 15, 0), east }; /* there it is the 5th, one at night */
        TodayLine   line = due(at(4, 13, 0), true); /* there the 4th, 23:00 */
        today_order(&t->mem, &clock, &line, 1);
        EQUAL(line.band, TODAY_OVERDUE);
        line = due(at(4, 15, 20), true);
        today_order(&t->mem, &clock, &line, 1);
        STR(line.args[0].text, S("1:20"));
        line = due(at(4, 20, 59), false); /* the end of the 4th in Moscow */
        today_order(&t->mem, &clock, &line, 1);
        EQUAL(line.band, TODAY_OVERDUE);
        line.day = day_of((Civil){ 2026, 3, 5 });
        today_order(&t->mem, &clock, &line, 1);
        EQUAL(line.band, TODAY_DUE);
    }
    CASE("a client is offered by the purchase that has not come, else by how long it has heard nothing")
    {
        Day       second = day_of((Civil){ 2026, 3, 2 }), fifth = day_of((Civil){ 2026, 3, 5 });
        TodayLine line = judged(t, offered(second, second - 10));
        EQUAL(line.band, TODAY_OFFERED);
        TEXT(line.reason, "today.late");
        EQUAL(line.args[0].number, 2);
        line = judged(t, offered(fifth, second));
        TEXT(line.reason, "today.silent");
        EQUAL(line.args[0].number, 2);
        TEXT(judged(t, offered(DAY_NONE, DAY_NONE)).reason, "today.no_next");
        TEXT(judged(t, offered(DAY_NONE, second + 2)).reason, "today.no_next"); /* spoken to today, nothing agreed */
    }
    CASE("the order is that of bands, stakes, terms and ids, of whatever lines in whatever order they came")
    {
        enum { N = 60, ROUNDS = 400 };
        TodayClock clock = eleven();
        srand(4);
        for (int round = 0; round < ROUNDS; round++) {
            TodayLine line[N], again[N];
            bool      met[N + 1] = { false };
            for (int i = 0; i < N; i++) line[i] = by_lot(i + 1);
            for (int i = 0; i < N; i++) again[i] = line[N - 1 - i];
            today_order(&t->mem, &clock, line, N);
            today_order(&t->mem, &clock, again, N);
            bool ordered = true, same = true, whole = true;
            for (int i = 0; i < N; i++) {
                if (i) ordered &= before(&line[i - 1], &line[i]) && !before(&line[i], &line[i - 1]);
                same &= line[i].id == again[i].id && strcmp(line[i].reason, again[i].reason) == 0;
                whole &= !met[line[i].id] && line[i].at == line[i].id * 7;
                met[line[i].id] = true;
            }
            CHECK(ordered);
            CHECK(same);
            CHECK(whole);
        }
    }
    CASE("nothing to do is no line")
    {
        TodayClock clock = eleven();
        today_order(&t->mem, &clock, NULL, 0);
        CHECK(true);
    }
}
