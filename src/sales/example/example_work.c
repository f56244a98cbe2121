/* What the people of the example firm do all year. */
#include "sales/example/example_work.h"

#include "sales/example/example_dice.h"

enum { YEAR = 365, ACTIVITIES_MOST = 16000 };

typedef struct {
    const ExampleFirm *firm;
    ExampleActivities *out;
    Dice               dice;
    Day                today;
} Making;

typedef struct {
    const char *kind, *aim, *outcome, *says[LANGS];
} Saying;

/* What comes before an order. */
static const Saying before_order[] = {
    { "call", "offer", NULL, { "Согласовали заказ, отгрузка на этой неделе", "Agreed the order, delivery this week" } },
    { "call",
      "offer",
      NULL,
      { "Подтвердили наличие и цены, ждём заявку", "Confirmed stock and prices, order to come" } },
    { "call", "delivery", NULL, { "Попросили счёт, выставили", "Asked for an invoice, sent it" } },
    { "call", "delivery", NULL, { "Уточнили адрес и время доставки", "Cleared up place and time of delivery" } },
    { "letter", "offer", "sent", { "Отправлено предложение с новыми ценами", "Sent an offer with the new prices" } },
    { "message", "delivery", "agreed", { "Договорились о самовывозе", "They will collect the goods" } },
};

/* What leads to no order at once. */
static const Saying between[] = {
    { "call",
      "development",
      NULL,
      { "Закупку пока не планируют, вернуться через месяц", "Not buying now, back in a month" } },
    { "call",
      "needs",
      NULL,
      { "Сравнивают с другим поставщиком, просят скидку", "Comparing suppliers, asked for a discount" } },
    { "call", "verification", NULL, { "Сверили телефоны и адрес", "Checked phones and address" } },
    { "meeting",
      "terms",
      NULL,
      { "Обсудили отсрочку и объёмы на квартал", "Discussed terms and volumes for the quarter" } },
    { "meeting",
      "presentation",
      NULL,
      { "Показали новинки, заинтересовались автоматами", "Showed new goods, keen on breakers" } },
    { "visit", "development", NULL, { "Выкладка в порядке, остатки записаны", "Shelves in order, stock noted" } },
    { "visit", "needs", NULL, { "Не хватает ходовых позиций, собрали заявку", "Fast movers missing, took an order" } },
    { "letter",
      "presentation",
      "interested",
      { "Отправлен каталог, просят образцы", "Sent the catalogue, samples asked for" } },
};

/* With those who have never bought. */
static const Saying with_leads[] = {
    { "call",
      "acquaintance",
      NULL,
      { "Работают с другим поставщиком, готовы посмотреть цены", "Have a supplier, would look at prices" } },
    { "call", "acquaintance", NULL, { "Секретарь просит написать на почту", "The front desk asks for an e-mail" } },
    { "call",
      "needs",
      NULL,
      { "Нужен кабель раз в квартал, решает главный инженер", "Need cable quarterly, chief engineer decides" } },
    { "letter",
      "offer",
      "later",
      { "Получили предложение, ответят после бюджета", "Got the offer, answer after the budget" } },
};

/* What is planned. */
static const Saying planned[] = {
    { "call", "development", NULL, { "Спросить о следующей закупке", "Ask about the next purchase" } },
    { "call", "offer", NULL, { "Узнать решение по предложению", "Ask what they decided on the offer" } },
    { "call", "delivery", NULL, { "Проверить, всё ли дошло", "Check that everything arrived" } },
    { "meeting", "terms", NULL, { "Обсудить условия на год", "Discuss the year’s terms" } },
    { "visit", "development", NULL, { "Посмотреть выкладку и остатки", "Look at shelves and stock" } },
};

/* What somebody who sells nothing does. */
static const Saying own_work[] = {
    { "task", NULL, NULL, { "Разобрать отчёт за неделю", "Go through the week’s report" } },
    { "task", NULL, NULL, { "Подготовить письмо клиентам о новых ценах", "Draft the letter on new prices" } },
    { "session", NULL, NULL, { "Планёрка отдела", "Department meeting" } },
};

/* ---- days ---- */

static Day on_workday(Day day, int towards)
{
    while (weekday_of(day) > 4) day += towards;
    return day;
}

static void add(Making *m, int client, int performer, const Saying *says, Day day, bool timed, bool done)
{
    int minute = 9 * 60 + 15 * dice_below(&m->dice, 32);
    if (m->out->n == ACTIVITIES_MOST) return;
    m->out->at[m->out->n++] = (ExampleActivity){ .client = client,
                                                 .performer = performer,
                                                 .deal = -1,
                                                 .kind = says->kind,
                                                 .aim = says->aim,
                                                 .day = day,
                                                 .minute = timed ? minute : -1,
                                                 .done = done,
                                                 .outcome = says->outcome,
                                                 .says = { says->says[LANG_RU], says->says[LANG_EN] } };
}

#define ANY_OF(m, list) (&(list)[dice_below(&(m)->dice, (int)COUNT(list))])

/* ---- what was done ---- */

/* Two orders of three were talked about a few days ahead. */
static void orders_make(Making *m)
{
    const ExampleFirm *firm = m->firm;
    for (int i = 0, seen = 0; i < EXAMPLE_LINES; i++) {
        const ExampleLine *line = &firm->line[i];
        if (line->document == seen || line->is_return || line->day < m->today - YEAR) continue;
        seen = line->document;
        if (dice_below(&m->dice, 3) == 0) continue;
        Day day = on_workday(line->day - dice_between(&m->dice, 1, 4), -1);
        add(m, line->client, line->seller, ANY_OF(m, before_order), day, true, true);
    }
}

static int talks_a_year(ExampleStory story)
{
    switch (story) {
    case STORY_DOMINANT: return 12;
    case STORY_GROWS: return 5;
    case STORY_STEADY: return 3;
    case STORY_NEVER: return 2;
    default: return 1;
    }
}

static void talks_make(Making *m, int client)
{
    const ExampleClient *c = &m->firm->client[client];
    for (int k = talks_a_year(c->story); k > 0; k--) {
        Day day = on_workday(m->today - dice_between(&m->dice, 2, YEAR - 1), -1);
        if (day < c->since) continue;
        const Saying *says = c->story == STORY_NEVER ? ANY_OF(m, with_leads) : ANY_OF(m, between);
        add(m, client, c->keeper, says, day, true, true);
    }
}

/* ---- what is to be done ---- */

/* One of twelve has none; most come within a month, some should have been had already. */
static void next_make(Making *m, int client)
{
    const ExampleClient *c = &m->firm->client[client];
    if (c->story == STORY_LEFT || dice_below(&m->dice, 12) == 0) return;
    int           ahead = dice_below(&m->dice, 10) ? dice_between(&m->dice, 0, 30) : -dice_between(&m->dice, 1, 6);
    const Saying *says = ANY_OF(m, planned);
    add(m, client, c->keeper, says, on_workday(m->today + ahead, 1), dice_below(&m->dice, 2) || says->kind[0] != 'c',
        false);
}

static void own_work_make(Making *m, int user)
{
    add(m, -1, user, &own_work[user % 2], on_workday(m->today, 1), false, false);
    add(m, -1, user, &own_work[2], on_workday(m->today + user % 5, 1), true, false);
    for (int week = 1; week < YEAR / 7; week++)
        if (dice_below(&m->dice, 3) == 0)
            add(m, -1, user, &own_work[user % 2], on_workday(m->today - 7 * week, -1), true, true);
}

/* ---- what it is about ---- */

static bool goes(const ExampleDeal *d, Day day)
{
    return day >= d->opened && (d->closed == DAY_NONE || day <= d->closed);
}

static void deals_name(ExampleActivities *all, const ExampleDeals *deals)
{
    for (int i = 0; i < all->n; i++) {
        ExampleActivity *a = &all->at[i];
        for (int k = 0; a->client >= 0 && a->deal < 0 && k < deals->n; k++)
            if (deals->at[k].client == a->client && goes(&deals->at[k], a->day)) a->deal = k;
    }
}

ExampleActivities example_activities(Arena *mem, const ExampleFirm *firm, const ExampleDeals *deals)
{
    ExampleActivities out = { .at = NEW_RAW(mem, ExampleActivity, ACTIVITIES_MOST) };
    Making            m = { .firm = firm, .out = &out, .dice = { 20 }, .today = firm->to + 1 };
    for (int i = 0; i < EXAMPLE_USERS; i++) own_work_make(&m, i);
    for (int i = 0; i < EXAMPLE_CLIENTS; i++) next_make(&m, i);
    for (int i = 0; i < EXAMPLE_CLIENTS; i++) talks_make(&m, i);
    orders_make(&m);
    deals_name(&out, deals);
    return out;
}
