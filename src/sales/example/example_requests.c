/* What clients of the example firm ask for, and what its people ask of other services. */
#include "sales/example/example_requests.h"

#include "entity/record.h"
#include "sales/example/example_dice.h"
#include "sales/example/example_told.h"
#include "sales/requests/requests.h"

enum { YEAR = 365, REQUESTS_MOST = 1200, ONE_SALE_OF = 16, ONE_LATE_OF = 9, OPEN_DAYS = 3 };

typedef struct {
    const char *kind;
    int         performer[2]; /* who may answer it */
    bool        back; /* about what came back, not about what was sold */
    const char *what[LANGS], *answer[LANGS];
} Asks;

/* In the order of user_rows (example.c): the client managers, the logistics coordinator, the financial controller. */
enum { GROMOV = 6, BELKINA = 7, LEBEDEV = 21, VLASOVA = 22 };

static const Asks asks[] = {
    { "logistics",
      { LEBEDEV, LEBEDEV },
      false,
      { "Когда сможем доставить заказ на склад клиента?", "When can the order be at the client’s store?" },
      { "Доставим послезавтра до обеда", "The day after tomorrow, before noon" } },
    { "where",
      { LEBEDEV, LEBEDEV },
      false,
      { "Клиент спрашивает, где машина и когда ждать разгрузку", "The client asks where the van is" },
      { "Машина в пути, будет через два часа", "It is on its way, two hours to go" } },
    { "finance",
      { VLASOVA, VLASOVA },
      false,
      { "Проверьте, пришла ли оплата по счёту", "Please check whether the invoice is paid" },
      { "Оплата пришла вчера полностью", "It was paid in full yesterday" } },
    { "documents",
      { GROMOV, BELKINA },
      false,
      { "Нужен акт сверки за квартал на почту бухгалтера", "A statement for the quarter, to their accountant" },
      { "Акт отправлен, подтвердили получение", "Sent, and they have confirmed it" } },
    { "service",
      { GROMOV, BELKINA },
      false,
      { "Не хватает двух позиций в поставке, просят довезти", "Two items are missing, they want them brought" },
      { "Довезли со следующим рейсом", "Brought with the next van" } },
    { "complaint",
      { GROMOV, BELKINA },
      true,
      { "Вернули товар: повреждена упаковка, просят замену", "Goods came back: the packing is damaged" },
      { "Заменили, извинились, перевозчику выставлена претензия", "Replaced; the carrier has been told" } },
};

static Day on_workday(Day day)
{
    while (weekday_of(day) > 4) day--;
    return day;
}

static void add(ExampleRequests *out, Dice *dice, const ExampleLine *line, const Asks *of, Day today)
{
    Day  day = on_workday(line->day);
    bool open = day >= today - OPEN_DAYS && dice_below(dice, 3) > 0, late = dice_below(dice, ONE_LATE_OF) == 0;
    bool taken = !open || dice_below(dice, 2) == 0;
    if (out->n == REQUESTS_MOST) return;
    out->at[out->n++] = (ExampleRequest){ .kind = of->kind,
                                          .client = line->client,
                                          .author = line->seller,
                                          .performer = taken ? of->performer[dice_below(dice, 2)] : -1,
                                          .day = day,
                                          .minute = 9 * 60 + 15 * dice_below(dice, 20),
                                          .hours = open   ? -1
                                                   : late ? 74
                                                          : dice_between(dice, 1, 3),
                                          .escalated = !open && late,
                                          .what = { of->what[LANG_RU], of->what[LANG_EN] },
                                          .answer = { of->answer[LANG_RU], of->answer[LANG_EN] } };
}

ExampleRequests example_requests(Arena *mem, const ExampleFirm *firm)
{
    ExampleRequests out = { .at = NEW_RAW(mem, ExampleRequest, REQUESTS_MOST) };
    Dice            dice = { 23 };
    Day             today = firm->to + 1;
    for (int i = 0, seen = 0; i < EXAMPLE_LINES; i++) {
        const ExampleLine *line = &firm->line[i];
        if (line->document == seen || line->day < today - YEAR) continue;
        seen = line->document;
        bool recent = line->day >= today - OPEN_DAYS;
        if (dice_below(&dice, recent || line->is_return ? ONE_SALE_OF / 4 : ONE_SALE_OF)) continue;
        add(&out, &dice, line, &asks[line->is_return ? COUNT(asks) - 1 : dice_below(&dice, COUNT(asks) - 1)], today);
    }
    return out;
}

/* ---- written ---- */

/* The first head above who has it, in the example's units. */
static int head_of(const ExampleAsking *x, int performer)
{
    int unit = x->people[performer].unit;
    while (unit >= 0 && (example_units[unit].head < 0 || example_units[unit].head == performer))
        unit = example_units[unit].parent;
    return unit < 0 ? -1 : example_units[unit].head;
}

static void answered(const ExampleAsking *x, const ExampleRequest *from, Lang lang, Moment now, Asked *r)
{
    Moment hour = INT64_C(3600) * 1000, at = r->asked_at + from->hours * hour;
    int    head = from->escalated ? head_of(x, from->performer) : -1;
    r->state = REQUEST_ACCEPTED;
    r->answer = str_of(from->answer[lang]);
    r->taken_at = r->asked_at + hour / 4 < now ? r->asked_at + hour / 4 : now;
    r->answered_at = at < now ? at : now;
    r->closed_at = at + hour < now ? at + hour : now;
    if (head < 0) return;
    r->level = 1;
    r->escalated_id = x->user[head];
}

static void request_fill(Work *w, const ExampleAsking *x, ExampleTold *t, int i, Asked *r)
{
    const ExampleRequest *from = &x->list.at[i];
    Moment                at = zone_moment(t->zone, from->day, from->minute * 60);
    record_empty(w, &request_entity, r);
    r->base.origin = S("example");
    r->base.key = str_fmt(w->mem, "request %d", i);
    r->kind_id = example_told_id(w, t, "request_kind", from->kind);
    r->client_id = x->client[from->client];
    r->author_id = x->user[from->author];
    r->asked_at = at < w->now ? at : w->now;
    r->what = str_of(from->what[t->lang]);
    r->state = from->performer < 0 ? REQUEST_WAITING : REQUEST_TAKEN;
    if (from->performer >= 0) r->performer_id = x->user[from->performer];
    if (from->hours >= 0) answered(x, from, t->lang, w->now, r);
}

Err example_requests_write(Work *w, void *example_asking)
{
    const ExampleAsking *x = example_asking;
    Asked               *list = NEW_N(w->mem, Asked, x->list.n);
    SaveHow              how = { .trusted = true, .bulk = true };
    ExampleTold          t;
    ptrdiff_t            n = 0;
    TRY(example_told(w, &t));
    for (int i = 0; i < x->list.n; i++) {
        if (!example_told_id(w, &t, "request_kind", x->list.at[i].kind)) continue; /* put away by the firm */
        request_fill(w, x, &t, i, &list[n++]);
    }
    return record_save_many(w, &request_entity, list, n, &how);
}
