/* The example firm is good enough to sell from.  The check digits of ИНН are computed here from the published weights
 * once more (FNS order of 2012), on their own. */
#include "sales/example/example.h"
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
}
