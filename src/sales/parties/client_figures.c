/* What is counted of a client: where it stands by its purchases, and what it has bought, which insight writes down with
 * every count of classes (sales/insight/classes.h); and when it was last spoken with and will be next, which activities
 * write down with each of them.  A figure here is a column of what stands there. */
#include "sales/parties/client_figures.h"

#include "sales/parties/parties.h"

static const char *const abc_values[] = { "A", "B", "C", NULL };
static const char *const xyz_values[] = { "X", "Y", "Z", NULL };
static const char *const rfm_values[] = { "best", "good", "middle", "weak", NULL };
static const char *const status_values[] = { "new", "active", "slipping", "at_risk", "lost", "potential", NULL };

int client_class_place(Str kind, Str value)
{
    for (const Figure *f = client_figures; f->name; f++)
        for (int i = 0; str_eq(kind, str_of(f->name)) && f->options && f->options[i]; i++)
            if (str_eq(value, str_of(f->options[i]))) return i + 1;
    return 0;
}

#define COUNTED .counts = "sale", .count = "classes", .sort = true
#define CLASS(kind_)                                                                                                   \
    .type = TYPE_choice, .options = kind_##_values, COUNTED, .from = "client_class", .id = "client_id",                \
    .when = "{k}.kind = '" #kind_ "'", .value = "place"
#define BOUGHT(type_, column)                                                                                          \
    .type = TYPE_##type_, COUNTED, .from = "client_bought", .id = "client_id", .value = #column
#define CONTACT(column)                                                                                                \
    .type = TYPE_moment, .sort = true, .from = "client_contact", .id = "client_id", .value = #column
#define OF_THE_YEAR .total = true, .by = "client_id", .day = "day"

enum { POTENTIAL = 6 }; /* whom no count has seen yet has not bought */

const Figure client_figures[] = {
    { .name = "abc", CLASS(abc) },
    { .name = "xyz", CLASS(xyz) },
    { .name = "rfm", CLASS(rfm) },
    { .name = "status", CLASS(status), .none = POTENTIAL },
    { .name = "revenue", BOUGHT(money, revenue), OF_THE_YEAR },
    { .name = "margin", BOUGHT(money, margin), OF_THE_YEAR, .mask = "finance" },
    { .name = "last_bought", BOUGHT(day, last_day) },
    { .name = "next_due", BOUGHT(day, next_day) },
    { .name = "days_late", BOUGHT(int, days_late) },
    { .name = "rhythm", BOUGHT(qty, rhythm) },
    { .name = "last_contact", CONTACT(last_at) },
    { .name = "next_contact", CONTACT(next_at) },
    { .name = "person_id",
      .type = TYPE_ref,
      .to = "person",
      .where = "exists (select 1 from client_person k where k.client_id = {row}.id and k.person_id = {value})" },
    { 0 },
};
