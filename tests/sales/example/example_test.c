/* The example firm is good enough to sell from.  The check digits of ИНН are computed here from the published weights
 * once more (FNS order of 2012), on their own. */
#include "sales/example/example.h"
#include "sales/example/example_deals.h"
#include "sales/example/example_work.h"
#include "tests/test.h"

#include <string.h>

static bool inn_right(Str inn)
{
    static const int w10[] = { 2, 4, 10, 3, 5, 9, 4, 6, 8 }, w11[] = { 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 },
                     w12[] = { 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 };
    int a = 0, b = 0, n = (int)inn.n;
    if (n != 10 && n != 12) return false;
    for (int i = 0; i < n - (n == 10 ? 1 : 2); i++) a += (inn.s[i] - '0') * (n == 10 ? w10 : w11)[i];
    if (n == 10) return inn.s[9] - '0' == a % 11 % 10;
    for (int i = 0; i < 11; i++) b += (inn.s[i] - '0') * w12[i];
    return inn.s[10] - '0' == a % 11 % 10 && inn.s[11] - '0' == b % 11 % 10;
}

TESTS(test_example)
{
    const Day friday = day_of((Civil){ 2026, 11, 20 });

    CASE("the same day gives the same firm, to the byte") {
        Buf a = buf_new(&t->mem, 1 << 20), b = buf_new(&t->scratch, 1 << 20);
        ExampleFirm one = example_make(&t->mem, friday, t->scratch);
        example_sales_csv(&one, &a);
        ExampleFirm two = example_make(&t->mem, friday, t->scratch);
        example_sales_csv(&two, &b);
        CHECK(str_eq(buf_str(&a), buf_str(&b)));
        CHECK(a.len > 5000000);
    }
    CASE("every ИНН has right digits and nobody can be called") {
        ExampleFirm firm = example_make(&t->mem, friday, t->scratch);
        bool digits = true, nobody = true;
        for (int i = 0; i < EXAMPLE_CLIENTS; i++) {
            digits &= inn_right(firm.client[i].inn);
            nobody &= str_find(firm.client[i].phone, S(") 0")) > 0 &&
                      str_find(firm.client[i].person_phone, S(") 0")) > 0;
        }
        CHECK(digits);
        CHECK(nobody);
    }
    CASE("lines lie in the three years, documents follow the days, money is price times quantity") {
        ExampleFirm firm = example_make(&t->mem, friday, t->scratch);
        bool in = true, ascending = true, money = true, priced = true;
        int returns = 0;
        for (int i = 0; i < EXAMPLE_LINES; i++) {
            const ExampleLine *l = &firm.line[i], *before = &firm.line[i ? i - 1 : 0];
            in &= l->day >= firm.from && l->day <= firm.to && weekday_of(l->day) < 5;
            ascending &= l->document >= before->document && l->day >= before->day;
            money &= l->amount == l->price * (l->qty / 1000) && l->qty > 0 && l->qty % 1000 == 0;
            priced &= l->price > 0 && l->cost > 0;
            returns += l->is_return;
        }
        CHECK(in);
        CHECK(ascending);
        CHECK(money);
        CHECK(priced);
        CHECK(returns > 200 && returns < 600);
        EQUAL(civil_of(firm.from).year, 2023);
    }
    CASE("one client dominates, a tenth has never bought, and no two have one name") {
        ExampleFirm firm = example_make(&t->mem, friday, t->scratch);
        Wide *money = NEW_N(&t->mem, Wide, EXAMPLE_CLIENTS), total = 0;
        for (int i = 0; i < EXAMPLE_LINES; i++) {
            Money m = firm.line[i].is_return ? -firm.line[i].amount : firm.line[i].amount;
            money[firm.line[i].client] += m;
            total += m;
        }
        int never = 0, twins = 0;
        bool first = true;
        for (int i = 0; i < EXAMPLE_CLIENTS; i++) {
            never += money[i] == 0;
            first &= money[i] <= money[0];
            for (int k = 0; k < i; k++) twins += str_eq(firm.client[i].name, firm.client[k].name);
        }
        CHECK(first);
        CHECK(money[0] * 100 > total * 12 && money[0] * 100 < total * 30);
        CHECK(never >= 90 && never <= 240);
        EQUAL(twins, 0);
    }
    CASE("all hundred and fifty products have names of their own") {
        ExampleFirm firm = example_make(&t->mem, friday, t->scratch);
        int twins = 0, nameless = 0;
        for (int i = 0; i < EXAMPLE_PRODUCTS; i++) {
            nameless += firm.product[i].name.n == 0 || str_find(firm.product[i].name, S("%")) >= 0;
            for (int k = 0; k < i; k++) twins += str_eq(firm.product[i].name, firm.product[k].name);
        }
        EQUAL(nameless, 0);
        EQUAL(twins, 0);
    }
    CASE("what was won was sold that day to that client, and all of it is the deal's") {
        ExampleFirm  firm = example_make(&t->mem, friday, t->scratch);
        ExampleDeals deals = example_deals(&t->mem, &firm);
        int          won = 0, sold = 0, primary = 0;
        for (int k = 0; k < deals.n; k++) {
            const ExampleDeal *d = &deals.at[k];
            if (!strstr(d->stage, "won")) continue;
            bool  found = false;
            Money sum = 0;
            for (int i = 0, document = 0; i < EXAMPLE_LINES; i++) {
                const ExampleLine *l = &firm.line[i];
                if (l->document != document) found |= sum && sum == d->shipped, sum = 0, document = l->document;
                if (l->client == d->client && l->day == d->closed && !l->is_return) sum += l->amount;
            }
            won++;
            sold += found;
            primary += strcmp(d->stage, "won") == 0;
        }
        EQUAL(sold, won);
        CHECK(won >= 150 && won <= 300);
        CHECK(primary >= 30);
    }
    CASE("sixty deals are open, over nine stages; some large ones stand for weeks, some are late") {
        ExampleFirm  firm = example_make(&t->mem, friday, t->scratch);
        ExampleDeals deals = example_deals(&t->mem, &firm);
        const char  *stages[16];
        int          open = 0, standing = 0, late = 0, seen = 0, lost = 0, to_whom = 0;
        for (int k = 0; k < deals.n; k++) {
            const ExampleDeal *d = &deals.at[k];
            lost += d->reason != NULL;
            to_whom += d->rival != NULL;
            if (d->closed != DAY_NONE) continue;
            open++;
            standing += d->amount >= 100000000 && friday + 1 - d->since >= 14;
            late += d->expected <= friday;
            int at = 0;
            while (at < seen && strcmp(stages[at], d->stage)) at++;
            if (at == seen) stages[seen++] = d->stage;
        }
        EQUAL(open, EXAMPLE_DEALS_OPEN);
        EQUAL(seen, 9);
        EQUAL(lost, 70);
        CHECK(standing >= 3);
        CHECK(late >= 5);
        CHECK(to_whom >= 5);
    }
    CASE("a deal is made of its lines, its days follow each other, and no more is paid or shipped than was agreed") {
        ExampleFirm  firm = example_make(&t->mem, friday, t->scratch);
        ExampleDeals deals = example_deals(&t->mem, &firm);
        bool         sums = true, days = true, agreed = true;
        int          to_pay = 0, to_ship = 0;
        for (int k = 0; k < deals.n; k++) {
            const ExampleDeal *d = &deals.at[k];
            Money              sum = 0;
            for (int i = 0; i < d->lines; i++) sum += d->line[i].amount;
            sums &= sum == d->amount && sum > 0;
            days &= d->opened <= d->since && d->since <= friday && (d->closed == DAY_NONE || d->closed == d->since);
            days &= d->paid_on <= friday && d->shipped_on <= friday && d->contract_on <= friday;
            agreed &= d->paid <= d->contract && d->shipped <= d->contract;
            to_pay += d->paid < d->contract;
            to_ship += d->shipped < d->contract;
        }
        CHECK(sums);
        CHECK(days);
        CHECK(agreed);
        CHECK(to_pay >= 10);
        CHECK(to_ship >= 5);
    }
    CASE("what is said with a client while a deal goes is about it") {
        ExampleFirm       firm = example_make(&t->mem, friday, t->scratch);
        ExampleDeals      deals = example_deals(&t->mem, &firm);
        ExampleActivities all = example_activities(&t->mem, &firm, &deals);
        int               about = 0, wrong = 0, planned = 0;
        for (int i = 0; i < all.n; i++) {
            if (all.at[i].deal < 0) continue;
            const ExampleDeal *d = &deals.at[all.at[i].deal];
            about++;
            planned += !all.at[i].done && d->closed == DAY_NONE;
            wrong += d->client != all.at[i].client || all.at[i].day < d->opened;
        }
        EQUAL(wrong, 0);
        CHECK(about >= 200);
        CHECK(planned >= 30);
    }
}
