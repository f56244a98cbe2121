/* The main part as a file.  Sizes are such that each column ends at another place between multiples of eight bytes. */
#include "facts/file.h"
#include "tests/test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static FactsPart part_of(FactsNames *names, int sales)
{
    FactsPart   part;
    FactsDraft *d = facts_draft_new(sales * 3);
    for (int i = 1; i <= sales; i++) {
        facts_draft_sale(d, (FactSale){ i, 1 + i % 5, 1 + i % 3, 1 + i % 300, (Day)(20000 + i), i % 7 == 0 });
        for (int k = 0; k <= i % 3; k++) facts_draft_line(d, (FactLine){ 1 + k, i * 100, NONE, 1000 });
    }
    facts_part_make(d, names, &part);
    return part;
}

static bool same(const FactsPart *a, const FactsPart *b)
{
    return a->clients == b->clients && a->sales == b->sales && a->lines == b->lines &&
           memcmp(a->sale_channel, b->sale_channel, a->sales * sizeof *a->sale_channel) == 0 &&
           memcmp(a->sale_return, b->sale_return, a->sales * sizeof *a->sale_return) == 0 &&
           memcmp(a->line_amount, b->line_amount, a->lines * sizeof *a->line_amount) == 0;
}

TESTS(test_facts_file)
{
    CASE("a file of any number of sales opens again and holds the same") {
        char path[80];
        snprintf(path, sizeof path, "/tmp/sbyt-facts-file.%d", (int)getpid());
        for (int sales = 0; sales < 70; sales++) {
            FactsNames names = facts_names_new(), again = facts_names_new();
            FactsPart  part = part_of(&names, sales), opened;
            FactsStamp stamp = { 1, 2, part.lines, 3 }, read = { 0 };
            EQUAL(facts_file_write(path, &names, &part, stamp), OK);
            Err err = facts_file_open(path, &again, &opened, &read);
            test_check(t, err == OK && same(&part, &opened) && read.seal == 3, __FILE__, __LINE__,
                       "a file of %d sales is not what it was", sales);
            if (err == OK) facts_part_drop(&opened);
            facts_part_drop(&part);
            facts_names_drop(&names);
            facts_names_drop(&again);
        }
        unlink(path);
    }
}
