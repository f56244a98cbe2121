/* The report and what changed, on a base of six clients whose figures are worked out by hand. */
#include "analysis/changes.h"
#include "tests/test.h"

#include <string.h>

enum { CLIENTS = 6, MONTHS = 8 };

/* Whole months from January to August 2026; amounts in kopecks are kept small on purpose. */
static const Money months_of[CLIENTS][MONTHS] = {
    { 500, 500, 500, 500, 500, 500, 500, 500 },  /* Anna: even                                    */
    { 300, 300, 300, 300, 300, 60, 60, 60 },     /* Boris: falls by 80 %                          */
    { 0, 0, 0, 0, 0, 0, 0, 90 },                 /* Clara: new in August                          */
    { 200, 200, 0, 0, 0, 0, 0, 0 },              /* Dina: left in February                        */
    { 0, 0, -50, 0, 0, 0, 0, 0 },                /* Egor: only sent back                          */
    { 0, 40, 0, 0, 0, 0, 0, 0 },                 /* Fedor: once                                   */
};

static void client_months(const Summary *s, ptrdiff_t client, XyzMonths of, Money *out, bool *bought)
{
    for (int m = 0; m < of.count; m++) {
        int at = of.first + m - 2026 * 12;
        out[m] = at >= 0 && at < MONTHS && of.first + m <= month_of(s->to) ? months_of[client][at] : 0;
        if (bought) bought[m] = out[m] > 0;
    }
}

static Day first_of(int month) { return month_first(2026 * 12 + month - 1); }

static Summary base(Test *t)
{
    static const char *const names[CLIENTS] = { "Анна", "Борис", "Клара", "Дина", "Егор", "Фёдор" };
    static const int first_month[CLIENTS] = { 1, 1, 8, 1, 0, 2 }, last_month[CLIENTS] = { 8, 8, 8, 2, 0, 2 };
    Summary                  s = { .from = first_of(1),
                                   .to = month_last(2026 * 12 + 7),
                                   .judged = month_last(2026 * 12 + 7),
                                   .as_of = first_of(8) + 30,
                                   .begins = first_of(1),
                                   .month0 = 2026 * 12,
                                   .months = MONTHS,
                                   .clients = CLIENTS,
                                   .client_months = client_months };
    s.client           = NEW_N(&t->mem, Str, CLIENTS);
    s.in_period        = NEW_N(&t->mem, bool, CLIENTS);
    s.money            = NEW_N(&t->mem, Money, CLIENTS);
    s.client_documents = NEW_N(&t->mem, int32_t, CLIENTS);
    s.days             = NEW_N(&t->mem, int32_t, CLIENTS);
    s.first            = NEW_N(&t->mem, Day, CLIENTS);
    s.last             = NEW_N(&t->mem, Day, CLIENTS);
    s.month_money      = NEW_N(&t->mem, Money, MONTHS);
    for (int i = 0; i < CLIENTS; i++) {
        s.client[i]    = str_of(names[i]);
        s.in_period[i] = true;
        s.first[i]     = first_month[i] ? first_of(first_month[i]) : DAY_NONE;
        s.last[i]      = last_month[i] ? first_of(last_month[i]) : DAY_NONE;
        for (int m = 0; m < MONTHS; m++) {
            s.money[i] += months_of[i][m];
            s.days[i] += months_of[i][m] > 0;
            s.month_money[m] += months_of[i][m];
        }
        s.client_documents[i] = s.days[i];
        s.revenue += s.money[i];
    }
    return s;
}

static Report report_of(Test *t, const Summary *s)
{
    Report r;
    EQUAL(report_make(s, REPORT_USUAL, &t->mem, t->scratch, &r), OK);
    return r;
}

static Str word(Test *t, const char *letters, ptrdiff_t n)
{
    Buf b = buf_new(&t->mem, n);
    for (ptrdiff_t i = 0; i < n; i++) buf_char(&b, letters[i] ? letters[i] : '-');
    return buf_str(&b);
}

TESTS(test_report)
{
    CASE("classes of six clients: 4000 1680 90 400 -50 40 are A A C B C C") {
        /* positive 6210: A below 4968, B below 5899.5 */
        Summary s = base(t);
        Report  r = report_of(t, &s);
        STR(word(t, r.abc_of, CLIENTS), S("AACBCC"));
        EQUAL(r.positive, 6210);
        EQUAL(r.abc[2].amount, 80);
        EQUAL(r.top20, 5680); /* a fifth of six is two */
    }
    CASE("who only sent back has no XYZ class and no score, and is potential") {
        Summary s = base(t);
        Report  r = report_of(t, &s);
        STR(word(t, r.xyz_of, CLIENTS), S("XZZZ-Z"));
        EQUAL(r.rfm_of[4].r, 0);
        EQUAL(r.status_of[4], STATUS_POTENTIAL);
        EQUAL(r.status[STATUS_POTENTIAL].revenue, -50);
    }
    CASE("the cell A-Z holds Boris with his reserve: 300 less 210") {
        Summary s = base(t);
        Report  r = report_of(t, &s);
        EQUAL(r.cell[0][2].clients, 1);
        EQUAL(r.cell[0][2].revenue, 1680);
        EQUAL(r.cell[0][2].reserve, 90);
        EQUAL(r.xyz[2].clients, 4);
    }
    CASE("who left is lost in the month of the last purchase, who came is new in the month of the first") {
        Summary s = base(t);
        Report  r = report_of(t, &s);
        EQUAL(r.status_of[3], STATUS_LOST);
        EQUAL(r.status_of[5], STATUS_LOST); /* once, in February: the usual rhythm is a month */
        EQUAL(r.month_lost[1], 2);
        EQUAL(r.month_lost[7], 0); /* three bought last in August, none of them is lost */
        EQUAL(r.month_new[0], 3);
        EQUAL(r.month_new[1], 1);
        EQUAL(r.month_new[7], 1);
    }
    CASE("a client without a line in the period stands in the statuses alone") {
        Summary s      = base(t);
        s.in_period[3] = false;
        s.money[3]     = 0;
        s.client_documents[3] = 0;
        Report r = report_of(t, &s);
        EQUAL(r.clients, 5);
        EQUAL(r.abc_of[3], 0);
        EQUAL(r.xyz_of[3], 0);
        EQUAL(r.status_of[3], STATUS_LOST);
    }
    CASE("the same in two threads: a base of many clients has many times the sums") {
        enum { TIMES = 2000 };
        Summary one = base(t), s = one;
        s.clients = CLIENTS * TIMES;
        s.money   = NEW_N(&t->mem, Money, s.clients);
        s.client_documents = s.days = NEW_N(&t->mem, int32_t, s.clients);
        s.in_period = NEW_N(&t->mem, bool, s.clients);
        s.first     = NEW_N(&t->mem, Day, s.clients);
        s.last      = NEW_N(&t->mem, Day, s.clients);
        for (ptrdiff_t i = 0; i < s.clients; i++) {
            s.money[i]     = one.money[i % CLIENTS];
            s.days[i]      = one.days[i % CLIENTS];
            s.in_period[i] = true;
            s.first[i]     = one.first[i % CLIENTS];
            s.last[i]      = one.last[i % CLIENTS];
        }
        s.client_months = NULL;
        s.from = s.to = s.begins = first_of(8) + 3; /* no whole month: no XYZ */
        Report r = report_of(t, &s);
        EQUAL(r.positive, 6210 * TIMES);
        EQUAL(r.status[STATUS_LOST].clients, 2 * TIMES);
        EQUAL(r.concentration.items, 5 * TIMES);
        EQUAL(r.xyz[2].clients, 0);
    }
    CASE("cuts out of order are refused") {
        Summary        s   = base(t);
        ReportSettings set = REPORT_USUAL;
        Report         r;
        set.xyz.y = set.xyz.x;
        EQUAL(report_make(&s, set, &t->mem, t->scratch, &r), INVALID);
    }
}

static Changes changes_of(Test *t, const Report *r)
{
    Changes c;
    changes_find(r, FALLING_USUAL, t->scratch, &c);
    return c;
}

TESTS(test_changes)
{
    CASE("Boris falls from 300 to 60 a month, and nobody else does") {
        Summary s = base(t);
        Report  r = report_of(t, &s);
        Changes c = changes_of(t, &r);
        EQUAL(c.falling_clients, 1);
        EQUAL(c.falling_stake, 240);
        EQUAL(c.falling.client[0], 1);
        Falling f;
        CHECK(client_falling(&r, FALLING_USUAL, 1, &f, t->scratch));
        EQUAL(f.change, -800000);
    }
    CASE("March and June fell; Dina made the one, Boris the other") {
        /* 1000 1040 750 800 800 560 560 650: March expected 1020, June 783, July 720 */
        Summary s = base(t);
        Report  r = report_of(t, &s);
        Changes c = changes_of(t, &r);
        EQUAL(c.falls, 3);
        EQUAL(c.fall[0].month, 2026 * 12 + 2);
        EQUAL(c.fall[0].makers.client[0], 3);
        EQUAL(c.fall[0].makers.sum[0], 200);
        EQUAL(c.fall[1].month, 2026 * 12 + 5);
        EQUAL(c.fall[1].makers.client[0], 1);
        EQUAL(c.fall[1].fall.missing, 223);
    }
    CASE("a period that begins in March still sees that June fell and Boris with it: the history before it is known") {
        Summary s = base(t);
        s.from    = first_of(3);
        s.month0  = month_of(s.from);
        s.months  = MONTHS - 2;
        s.month_money += 2;
        Report  r = report_of(t, &s);
        Changes c = changes_of(t, &r);
        EQUAL(r.xyz_months.count, 6);
        EQUAL(c.whole.count, 8);
        EQUAL(c.falls, 3); /* March is the first month of the period and is judged by January and February */
        EQUAL(c.fall[0].month, 2026 * 12 + 2);
        EQUAL(c.fall[0].fall.missing, 270);
        EQUAL(c.fall[0].makers.client[0], 3);
        EQUAL(c.falling_clients, 1);
        EQUAL(c.falling_stake, 240);
    }
    CASE("a base that begins in June is judged from June, whatever period is asked about") {
        Summary s = base(t);
        s.begins  = first_of(6);
        Report r  = report_of(t, &s);
        EQUAL(r.xyz_months.count, 3);
        CHECK(r.xyz_of[1] == 'X'); /* Boris: 60 60 60 */
    }
    CASE("a period with months to come is judged as one that ends with those that are over") {
        Summary s = base(t), longer = s;
        longer.to = month_last(2026 * 12 + 11);
        Report  over = report_of(t, &s), coming = report_of(t, &longer);
        Changes c, later;
        changes_find(&over, FALLING_USUAL, t->mem, &c);
        changes_find(&coming, FALLING_USUAL, t->mem, &later);
        EQUAL(coming.xyz_months.count, over.xyz_months.count);
        EQUAL(coming.past_months.count, over.past_months.count);
        EQUAL(later.falls, c.falls);
        EQUAL(later.falling_clients, c.falling_clients);
        for (int i = 0; i < c.falls; i++) EQUAL(later.fall[i].month, c.fall[i].month);
    }
    CASE("who is lost is not among those who buy less") {
        Summary s = base(t);
        s.as_of   = first_of(8) + 400;
        Report  r = report_of(t, &s);
        Changes c = changes_of(t, &r);
        Falling f;
        EQUAL(r.status_of[1], STATUS_LOST);
        EQUAL(c.falling_clients, 0);
        CHECK(!client_falling(&r, FALLING_USUAL, 1, &f, t->scratch));
    }
    CASE("who bought once and is no longer new is told apart from the new one") {
        Summary s = base(t);
        Report  r = report_of(t, &s);
        Changes c = changes_of(t, &r);
        EQUAL(c.once_clients, 1);
        EQUAL(c.once_money, 40);
    }
    CASE("a client that slips is not late yet") {
        Summary s = base(t);
        s.as_of   = first_of(8) + 60;
        Report  r = report_of(t, &s);
        Changes c = changes_of(t, &r);
        EQUAL(r.status_of[0], STATUS_SLIPPING);
        EQUAL(c.late.count, 0);
    }
    CASE("a late client is due one rhythm after the last purchase") {
        Summary s = base(t);
        s.as_of   = first_of(8) + 65;
        Report  r = report_of(t, &s);
        Changes c = changes_of(t, &r);
        EQUAL(c.late_clients[0], 2);
        EQUAL(c.late.client[0], 0);
        EQUAL(client_late(&r, 0).days_late, 35); /* 212 days in seven gaps: 30.3, and 65 is over twice that */
    }
}
