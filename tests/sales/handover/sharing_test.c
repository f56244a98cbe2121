/* Who gets which client by each rule: small portfolios worked out by hand, and lots against the bound of Graham (Bounds
 * for Certain Multiprocessing Anomalies, 1966): the most that one gets is no more than the mean and (1 - 1/n) of the
 * largest client. */
#include "sales/handover/sharing.h"
#include "tests/test.h"

#include <stdlib.h>

TESTS(test_hand_over_sharing)
{
    CASE("all go to one")
    {
        ShareItem item[] = { { 1, 500, 0, -1, 9 }, { 2, 300, 4, -1, 9 } };
        ShareTo   to[1] = { { .load = 2 } };
        share_out(SHARE_ONE, item, 2, to, 1, NULL);
        EQUAL(item[0].to + item[1].to, 0);
        EQUAL(to[0].clients, 2);
        EQUAL(to[0].revenue, 800);
        EQUAL(to[0].load, 6);
    }
    CASE("revenue is shared out evenly")
    {
        /* 700 | 500, 300 to the other, 300 to the first, 200 to the second: 1000 and 1000 */
        ShareItem item[] = {
            { 1, 300, 0, -1, 9 }, { 2, 700, 0, -1, 9 }, { 3, 200, 0, -1, 9 }, { 4, 500, 0, -1, 9 }, { 5, 300, 0, -1, 9 }
        };
        ShareTo to[2] = { { 0 }, { 0 } };
        share_out(SHARE_REVENUE, item, 5, to, 2, NULL);
        EQUAL(to[0].revenue, 1000);
        EQUAL(to[1].revenue, 1000);
        EQUAL(item[0].client, 2);
        EQUAL(item[0].to, 0);
    }
    CASE("clients without revenue are shared out by number")
    {
        ShareItem item[6] = { { 0 } };
        ShareTo   to[3] = { { 0 } };
        for (int i = 0; i < 6; i++) item[i] = (ShareItem){ .client = i + 1, .city = -1 };
        share_out(SHARE_REVENUE, item, 6, to, 3, NULL);
        for (int i = 0; i < 3; i++) EQUAL(to[i].clients, 2);
    }
    CASE("work goes to who has the least")
    {
        ShareItem item[] = { { 1, 0, 1, -1, 9 }, { 2, 0, 5, -1, 9 }, { 3, 0, 2, -1, 9 } };
        ShareTo   to[2] = { { .load = 4 }, { .load = 0 } };
        /* five to the second (4, 5), two to the first (6, 5), one to the second (6, 6) */
        share_out(SHARE_LOAD, item, 3, to, 2, NULL);
        EQUAL(to[0].load, 6);
        EQUAL(to[1].load, 6);
        EQUAL(to[1].clients, 2);
    }
    CASE("a city goes whole to whose it is")
    {
        ShareItem item[] = { { 1, 10, 0, 0, 9 }, { 2, 20, 0, 1, 9 }, { 3, 30, 0, 1, 9 }, { 4, 40, 0, -1, 9 } };
        ShareTo   to[2] = { { 0 }, { 0 } };
        int       home[] = { 1, -1 };
        /* the one of no city to the first, then the city that nobody has to who has none, whole */
        share_out(SHARE_TERRITORY, item, 4, to, 2, home);
        for (int i = 0; i < 4; i++) {
            if (item[i].client == 1) EQUAL(item[i].to, 1);
            if (item[i].client == 2 || item[i].client == 3) EQUAL(item[i].to, home[1]);
        }
        EQUAL(home[1], 1);
        EQUAL(to[0].clients, 1);
    }
    CASE("nobody gets a third more than the best division")
    {
        enum { LOTS = 200, MOST = 60 };
        srand(7);
        for (int lot = 0; lot < LOTS; lot++) {
            ShareItem item[MOST] = { { 0 } };
            ShareTo   to[5] = { { 0 } };
            int       n = 1 + rand() % MOST, people = 1 + rand() % 5;
            Money     sum = 0, largest = 0, given = 0, most = 0;
            for (int i = 0; i < n; i++) {
                item[i] = (ShareItem){ .client = i + 1, .revenue = rand() % 100000, .city = -1 };
                sum += item[i].revenue;
                if (item[i].revenue > largest) largest = item[i].revenue;
            }
            share_out(SHARE_REVENUE, item, n, to, people, NULL);
            for (int i = 0; i < people; i++) {
                given += to[i].revenue;
                if (to[i].revenue > most) most = to[i].revenue;
            }
            EQUAL(given, sum);
            CHECK(most * people <= sum + largest * (people - 1));
        }
    }
}
