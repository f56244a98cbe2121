/* What stands on a command line, and tables of text. */
#include "app/options.h"
#include "app/text_table.h"
#include "tests/test.h"

static const OptionRow rows[] = { { "columns", false }, { "json", true }, { "as-of", false } };

static Err given(Test *t, Call *call, Options *o, int argc, char **argv)
{
    *call = (Call){ .mem = &t->mem, .problems = { .mem = &t->mem }, .argc = argc, .argv = argv };
    return options_read(call, rows, 3, o);
}

#define GIVEN(...) given(t, &call, &o, (int)COUNT(((char *[]){ __VA_ARGS__ })), (char *[]){ __VA_ARGS__ })

TESTS(test_options)
{
    Call    call;
    Options o;
    CASE("a value stands behind a blank or an equals sign, and the rest keeps its order") {
        EQUAL(GIVEN("a.csv", "--columns", "client=1", "--as-of=2026-01-01", "--json", "b.csv"), OK);
        TEXT(o.value[0], "client=1");
        TEXT(o.value[1], "");
        TEXT(o.value[2], "2026-01-01");
        EQUAL(o.plain_count, 2);
        TEXT(o.plain[1], "b.csv");
    }
    CASE("behind two dashes a file may begin with dashes") {
        EQUAL(GIVEN("--", "--json"), OK);
        CHECK(!o.value[1]);
        TEXT(o.plain[0], "--json");
    }
    CASE("a mistyped option is refused with the nearest one") {
        EQUAL(GIVEN("--colums", "x"), INVALID);
        TEXT(call.problems.first->key, "options.unknown_near");
        STR(call.problems.first->args[1].text, S("columns"));
        EQUAL(GIVEN("--nonsense"), INVALID);
        TEXT(call.problems.first->key, "options.unknown");
    }
    CASE("twice, without its value, or with one it does not take: refused") {
        EQUAL(GIVEN("--json", "--json"), INVALID);
        TEXT(call.problems.first->key, "options.twice");
        EQUAL(GIVEN("--columns"), INVALID);
        TEXT(call.problems.first->key, "options.no_value");
        EQUAL(GIVEN("--json=1"), INVALID);
        TEXT(call.problems.first->key, "options.takes_none");
    }
}

TESTS(test_text_table)
{
    CASE("columns are as wide as their longest cell, in letters and not in bytes; figures stand at the right") {
        TextTable table = text_table(&t->mem, 2, 2);
        table.right[1]  = true;
        text_cell(&table, S("клиент"));
        text_cell(&table, S("руб."));
        text_cell(&table, S("Ё"));
        text_cell(&table, S("5"));
        Buf b = buf_new(&t->mem, 64);
        text_table_put(&table, &b);
        STR(buf_str(&b), S("  клиент  руб.\n  Ё          5\n"));
    }
    CASE("a long name is cut and says so") {
        TextTable table = text_table(&t->mem, 1, 1);
        text_cell(&table, S("12345678901234567890123456789012345678901234567890"));
        STR(table.cell[0], S("1234567890123456789012345678901234567890123…"));
    }
    CASE("a name cannot speak to the terminal") {
        char evil[] = "a\x1b[2J\xC2\x9B" "b\x7F\n";
        text_disarm(evil, (ptrdiff_t)sizeof evil - 1);
        TEXT(evil, "a?[2J??b?\n");
    }
}
