/* The example firm, made from word lists and a small random generator that starts the same each time. */
#include "sales/exchange/example.h"

#include "core/map.h"
#include "sales/exchange/example_dice.h"
#include "sales/exchange/example_names.h"

#include <string.h>

const ExampleUnit example_units[] = {
    { "Торговый дом «Меридиан»", -1, 0 },
    { "Отдел продаж", 0, 2 },
    { "Группа монтажных организаций", 1, 3 },
    { "Группа розницы", 1, 8 },
    { "Группа промышленных предприятий", 1, 13 },
    { "Маркетинг", 0, 17 },
    { "Служба поддержки продаж", 0, 21 },
};
const int example_unit_count = (int)COUNT(example_units);

typedef struct {
    const char *name, *login, *role;
    int         unit;
    bool        sells;
} UserRow;

/* The people of mission list (b), from the owner to the administrator of the base. */
static const UserRow user_rows[EXAMPLE_USERS] = {
    { "Орлова Марина Сергеевна", "orlova", "owner", 0, false },
    { "Демидов Игорь Павлович", "demidov", "director", 0, false },
    { "Кравцов Андрей Викторович", "kravtsov", "head_of_sales", 1, false },
    { "Ларина Ольга Дмитриевна", "larina", "head_of_clients", 2, true },
    { "Савин Павел Олегович", "savin", "sales_manager", 2, true },
    { "Юсупова Алина Ринатовна", "yusupova", "sales_manager", 2, true },
    { "Громов Кирилл Андреевич", "gromov", "client_manager", 2, true },
    { "Белкина Татьяна Игоревна", "belkina", "client_manager", 2, true },
    { "Фомин Денис Александрович", "fomin", "supervisor", 3, true },
    { "Ким Вера Сергеевна", "kim", "sales_manager", 3, true },
    { "Зотов Артём Ильич", "zotov", "rep", 3, true },
    { "Мухина Елена Петровна", "mukhina", "rep", 3, true },
    { "Рябов Сергей Николаевич", "ryabov", "rep", 3, true },
    { "Панова Ирина Валерьевна", "panova", "key_manager", 4, true },
    { "Гусев Михаил Юрьевич", "gusev", "key_manager", 4, true },
    { "Ершова Наталья Борисовна", "ershova", "sales_manager", 4, true },
    { "Тихонов Роман Евгеньевич", "tikhonov", "sales_manager", 4, true },
    { "Соболева Анна Михайловна", "soboleva", "head_of_marketing", 5, false },
    { "Носов Илья Владимирович", "nosov", "marketer", 5, false },
    { "Крылова Дарья Алексеевна", "krylova", "head_of_calls", 5, false },
    { "Быкова Светлана Ивановна", "bykova", "operator", 5, false },
    { "Лебедев Олег Константинович", "lebedev", "logistician", 6, false },
    { "Власова Галина Юрьевна", "vlasova", "financial_controller", 6, false },
    { "Чернов Никита Романович", "chernov", "base_administrator", 6, false },
    { "Уварова Полина Сергеевна", "uvarova", "consultant", 6, false },
};

static Str inn_of(Arena *mem, Dice *d, const char *region, bool entrepreneur)
{
    static const int ten[] = { 2, 4, 10, 3, 5, 9, 4, 6, 8 }, eleven[] = { 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 }, twelve[] = { 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 };
    int   body = entrepreneur ? 10 : 9;
    char *inn  = NEW_N(mem, char, 12);
    memcpy(inn, region, 2);
    for (int i = 2; i < body; i++) inn[i] = (char)('0' + dice_below(d, 10));
    int sum = 0;
    for (int i = 0; i < body; i++) sum += (inn[i] - '0') * (entrepreneur ? eleven : ten)[i];
    inn[body] = (char)('0' + sum % 11 % 10);
    if (!entrepreneur) return (Str){ inn, 10 };
    sum = 0;
    for (int i = 0; i < 11; i++) sum += (inn[i] - '0') * twelve[i];
    inn[11] = (char)('0' + sum % 11 % 10);
    return (Str){ inn, 12 };
}

/* A number behind the code of a town that begins with 0: nobody has one. */
static Str phone_of(Arena *mem, Dice *d, const char *code)
{
    int digits = 10 - (int)strlen(code);
    int tail   = digits == 7 ? dice_below(d, 1000000) : dice_below(d, 100000);
    if (digits == 7) return str_fmt(mem, "+7 (%s) 0%02d-%02d-%02d", code, tail / 10000, tail / 100 % 100, tail % 100);
    return str_fmt(mem, "+7 (%s) 0%d-%02d-%02d", code, tail / 10000, tail / 100 % 100, tail % 100);
}

static Str person_name(Arena *mem, Dice *d)
{
    return str_fmt(mem, "%s %s %s", example_surnames[dice_below(d, example_surname_count)], example_first_names[dice_below(d, example_first_name_count)],
                   example_patronymics[dice_below(d, example_patronymic_count)]);
}

/* «УралМонтаж»: the tail begins with a capital behind a head, as signboards write it. */
static Str firm_word(Arena *mem, Dice *d)
{
    const char *head = example_heads[dice_below(d, example_head_count)], *tail = example_tails[dice_below(d, example_tail_count)];
    Buf b = buf_new(mem, 64);
    buf_c(&b, head);
    ptrdiff_t at = 0;
    Str word = str_of(tail);
    if (dice_below(d, 3)) {
        buf_c(&b, "-");
        unsigned char second = (unsigned char)word.s[1];
        bool low = (unsigned char)word.s[0] == 0xD1; /* р..я lie behind D1, their capitals behind D0 */
        buf_char(&b, (char)0xD0);
        buf_char(&b, (char)(low ? second + 0x20 : second - 0x20));
        at = 2;
    }
    buf_put(&b, str_from(word, at));
    return buf_str(&b);
}

static Str client_name(Arena *mem, Dice *d, bool entrepreneur, Str person)
{
    if (entrepreneur) return str_fmt(mem, "ИП %.*s", (int)person.n, person.s);
    static const char *const forms[] = { "ООО", "ООО", "ООО", "ООО", "ООО", "ООО ТД", "АО", "ООО ПКФ", "МУП" };
    Str word = firm_word(mem, d);
    return str_fmt(mem, "%s «%.*s»", forms[dice_below(d, COUNT(forms))], (int)word.n, word.s);
}

static const ExampleCity *city_of(Dice *d)
{
    int roll = dice_below(d, 100);
    for (int i = 0; i < example_city_count; i++)
        if ((roll -= example_cities[i].weight) < 0) return &example_cities[i];
    return &example_cities[0];
}

static ExampleStory story_of(Dice *d, int client)
{
    static const struct { ExampleStory story; int weight; } shares[] = {
        { STORY_STEADY, 40 }, { STORY_GROWS, 11 }, { STORY_SHRINKS, 9 }, { STORY_SLEEPS, 8 }, { STORY_LEFT, 12 }, { STORY_RARE, 9 }, { STORY_NEVER, 11 },
    };
    if (client == 0) return STORY_DOMINANT;
    int roll = dice_below(d, 100);
    for (ptrdiff_t i = 0; i < COUNT(shares); i++)
        if ((roll -= shares[i].weight) < 0) return shares[i].story;
    return STORY_STEADY;
}

/* Sellers of the group that serves the channel. */
static int keeper_of(Dice *d, int channel)
{
    static const signed char keepers[3][5] = { { 3, 4, 5, 6, 7 }, { 8, 9, 10, 11, 12 }, { 13, 14, 15, 16, 13 } };
    return keepers[channel][dice_below(d, 5)];
}

/* A name nobody else in the base has. */
static Str fresh_name(Arena *mem, Dice *d, Map **names, bool entrepreneur, Str *person)
{
    for (;;) {
        *person  = person_name(mem, d);
        Str name = client_name(mem, d, entrepreneur, *person);
        if (map_at(names, name, NULL)) continue;
        map_at(names, name, mem);
        return name;
    }
}

static void make_client(ExampleFirm *firm, Arena *mem, Dice *d, Map **names, int i)
{
    static const int channel_share[] = { 0, 0, 0, 0, 0, 1, 1, 1, 2, 2 };
    ExampleClient     *c    = &firm->client[i];
    const ExampleCity *city = city_of(d);
    c->channel      = i == 0 ? 2 : channel_share[dice_below(d, 10)];
    c->entrepreneur = i > 0 && c->channel == 1 && dice_below(d, 10) < 6;
    c->name         = fresh_name(mem, d, names, c->entrepreneur, &c->person);
    c->number       = str_fmt(mem, "К-%05d", 101 + i);
    c->inn          = inn_of(mem, d, city->region, c->entrepreneur);
    c->kpp          = c->entrepreneur ? (Str){ 0 } : str_fmt(mem, "%.2s%02d01001", city->region, dice_between(d, 1, 85));
    c->city         = str_of(city->name);
    c->street       = str_fmt(mem, "%s, %d", example_streets[dice_below(d, example_street_count)], dice_between(d, 1, 140));
    c->phone        = phone_of(mem, d, city->code);
    c->person_phone = phone_of(mem, d, city->code);
    c->post         = str_of(c->entrepreneur ? "владелец" : example_posts[dice_below(d, example_post_count)]);
    c->email        = str_fmt(mem, "zakaz%d@client-%d.example", i + 1, 101 + i);
    c->source       = example_sources[dice_below(d, COUNT(example_sources))];
    c->keeper       = keeper_of(d, c->channel);
    c->story        = story_of(d, i);
    c->since        = i % 5 < 3 ? firm->from - dice_below(d, 700) : firm->from + dice_below(d, firm->to - firm->from - 20);
}

static void make_products(ExampleFirm *firm, Arena *mem, Dice *d)
{
    int n = 0;
    for (int group = 0; group < EXAMPLE_GROUPS; group++) {
        for (const ExampleRange *range = example_ranges[group]; range->name; range++) {
            Money price = range->price;
            for (int v = 0; v < COUNT(range->variants) && range->variants[v] && n < EXAMPLE_PRODUCTS; v++, n++) {
                Str head = str_of(range->name), rest = head;
                head = str_cut(&rest, '%');
                firm->product[n] = (ExampleProduct){
                    .name   = str_fmt(mem, "%.*s%s%.*s", (int)head.n, head.s, range->variants[v], (int)rest.n, rest.s),
                    .number = str_fmt(mem, "%02d-%04d", group + 1, 1000 + n * 7),
                    .group  = group,
                    .unit   = range->unit,
                    .price  = price,
                    .cost   = price * dice_between(d, 64, 84) / 100,
                };
                price += price * range->step / 100;
            }
        }
    }
}

/* How much more or less a month brings, in percent: building stops in winter, shops fill up before spring. */
static int season(int channel, int month)
{
    static const int percent[3][12] = {
        { 62, 68, 85, 102, 118, 126, 128, 130, 122, 108, 88, 70 },
        { 70, 88, 112, 120, 116, 104, 98, 100, 102, 104, 98, 92 },
        { 84, 92, 100, 100, 98, 102, 96, 100, 104, 108, 106, 118 },
    };
    return percent[channel][month];
}

/* Strength of the client's story on a day, in percent of his usual; 0: he does not buy. */
static int story_strength(const ExampleFirm *firm, const ExampleClient *c, Day day, int turn)
{
    int span = firm->to - firm->from, at = day - firm->from;
    switch (c->story) {
    case STORY_GROWS: return 60 + 110 * at / span;
    case STORY_SHRINKS: return at < turn ? 110 : 110 - 75 * (at - turn) / (span - turn + 1);
    case STORY_SLEEPS: return at > turn && at < turn + 250 ? 0 : 100;
    case STORY_LEFT: return at > turn ? 0 : 100;
    case STORY_NEVER: return 0;
    default: return 100;
    }
}

typedef struct {
    int32_t client;
    Day     day;
    int16_t strength; /* percent of the client's usual size */
    int16_t lines;
} Visit;

/* How often a client buys, days: the first clients are the large ones and come weekly. */
static int rhythm_of(Dice *d, const ExampleClient *c, int client)
{
    if (c->story == STORY_RARE) return dice_between(d, 120, 260);
    if (client < 60) return dice_between(d, 7, 14);
    if (client < 300) return dice_between(d, 14, 40);
    return dice_between(d, 30, 110);
}

/* Some of the larger clients buy under a contract: every week the same basket, whatever the season. */
static bool has_contract(const ExampleClient *c, int client)
{
    return c->story == STORY_STEADY && client < 400 && client % 3 == 1;
}

static ptrdiff_t make_visits(const ExampleFirm *firm, Dice *d, Visit *visit, ptrdiff_t room)
{
    ptrdiff_t n = 0;
    for (int i = 0; i < EXAMPLE_CLIENTS; i++) {
        const ExampleClient *c = &firm->client[i];
        bool contract = has_contract(c, i);
        int rhythm = contract ? 7 : rhythm_of(d, c, i), turn = (firm->to - firm->from) * dice_between(d, 25, 85) / 100;
        Day day = (c->since > firm->from ? c->since : firm->from) + dice_below(d, rhythm);
        while (day <= firm->to && n < room) {
            while (weekday_of(day) > 4) day++;
            int strength = contract ? 100 : story_strength(firm, c, day, turn) * season(c->channel, civil_of(day).month - 1) / 100;
            if (strength > 0 && day <= firm->to) visit[n++] = (Visit){ .client = i, .day = day, .strength = (int16_t)strength };
            int gap = contract ? rhythm : rhythm * dice_around(d, 350) / 1000;
            day += gap < 1 ? 1 : gap;
        }
    }
    return n;
}

static void sort_visits_by_day(Visit *visit, ptrdiff_t n, Day from, Day to, Arena scratch)
{
    ptrdiff_t *place = NEW_N(&scratch, ptrdiff_t, to - from + 2);
    Visit     *copy  = NEW_RAW(&scratch, Visit, n);
    memcpy(copy, visit, (size_t)n * sizeof *visit);
    for (ptrdiff_t i = 0; i < n; i++) place[visit[i].day - from + 1]++;
    for (Day k = 1; k <= to - from + 1; k++) place[k] += place[k - 1];
    for (ptrdiff_t i = 0; i < n; i++) visit[place[copy[i].day - from]++] = copy[i];
}

/* Gives every visit some lines so that all together there are exactly EXAMPLE_LINES. */
static void share_lines(const ExampleFirm *firm, Dice *d, Visit *visit, ptrdiff_t n)
{
    int64_t total = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        int lines = dice_between(d, 1, 6);
        total += visit[i].lines = (int16_t)(has_contract(&firm->client[visit[i].client], visit[i].client) ? 2 : lines);
    }
    while (total != EXAMPLE_LINES) {
        Visit *v = &visit[dice_below(d, (int)n)];
        if (has_contract(&firm->client[v->client], v->client)) continue;
        int more = total < EXAMPLE_LINES ? 1 : v->lines > 1 ? -1 : 0;
        v->lines = (int16_t)(v->lines + more);
        total += more;
    }
}

/* Each client keeps to a few groups of goods; within them the first products of a range go best. */
static int product_for(Dice *d, int client)
{
    int group = dice_below(d, 10) < 8 ? (client * 7 + dice_below(d, 3) * (1 + client % 4)) % EXAMPLE_GROUPS : dice_below(d, EXAMPLE_GROUPS);
    int a = dice_below(d, EXAMPLE_PRODUCTS), b = dice_below(d, EXAMPLE_PRODUCTS);
    int from = EXAMPLE_PRODUCTS * group / EXAMPLE_GROUPS, width = EXAMPLE_PRODUCTS / EXAMPLE_GROUPS;
    return from + (a < b ? a : b) % width;
}

/* The client's usual number of pieces of a cheap thing; the largest clients buy by pallets. */
static int64_t usual_pieces(int client)
{
    return 3 + 5200 / (client + 14);
}

static ExampleLine make_line(const ExampleFirm *firm, Dice *d, const Visit *v, int k)
{
    const ExampleClient *c = &firm->client[v->client];
    bool                  contract = has_contract(c, v->client);
    int                   product  = contract ? (v->client * 13 + k * 29) % EXAMPLE_PRODUCTS : product_for(d, v->client);
    const ExampleProduct *p       = &firm->product[product];
    Civil   civil = civil_of(v->day), start = civil_of(firm->from);
    int     years = civil.year - start.year;
    Money   price = p->price, cost = p->cost;
    for (int y = 0; y < years; y++) {
        price += price * 7 / 100;
        cost += cost * 8 / 100; /* suppliers raise faster */
    }
    int discount = c->story == STORY_DOMINANT ? 27 : v->client < 60 ? 9 : v->client < 300 ? 4 : 0;
    price = round_div((Wide)price * (100 - discount), 100);
    int64_t pieces = usual_pieces(v->client) * dice_around(d, contract ? v->client % 2 ? 40 : 350 : 450) / 1000 * v->strength / 100;
    if (c->story == STORY_DOMINANT) pieces *= 8;
    pieces = pieces * 60000 / (p->price + 30000); /* of dear things fewer */
    if (pieces < 1) pieces = 1;
    Qty qty = pieces * 1000;
    return (ExampleLine){
        .client = v->client, .seller = c->keeper, .product = product, .day = v->day, .channel = (int16_t)c->channel, .qty = qty,
        .price = price, .amount = round_div((Wide)price * qty, 1000), .cost = round_div((Wide)cost * qty, 1000),
    };
}

/* A return sends back a part of an earlier line at its price: every sixtieth document. */
static ExampleLine make_return(Dice *d, const ExampleLine *sold, Day day)
{
    ExampleLine back = *sold;
    back.is_return = true;
    back.day       = day;
    back.qty       = sold->qty / 1000 > 1 ? 1000 * dice_between(d, 1, (int)(sold->qty / 1000) / 2 + 1) : sold->qty;
    back.amount    = round_div((Wide)sold->price * back.qty, 1000);
    back.cost      = round_div((Wide)sold->cost * back.qty, sold->qty);
    return back;
}

static void make_lines(ExampleFirm *firm, Dice *d, const Visit *visit, ptrdiff_t visits)
{
    int32_t n = 0;
    for (ptrdiff_t i = 0; i < visits; i++) {
        const Visit *v = &visit[i];
        firm->documents++;
        bool returns = n > 200 && dice_below(d, 60) == 0;
        const ExampleLine *sold = returns ? &firm->line[n - dice_between(d, 1, 200)] : NULL;
        for (int k = 0; k < v->lines; k++, n++) {
            bool back = returns && k == 0 && !sold->is_return;
            firm->line[n] = back ? make_return(d, sold, v->day) : make_line(firm, d, v, k);
            if (back && v->lines > 1) firm->documents++; /* a return has a document of its own, before the sale's */
            firm->line[n].document = back && v->lines > 1 ? firm->documents - 1 : firm->documents;
        }
    }
}

ExampleFirm example_make(Arena *mem, Day to, Arena scratch)
{
    Civil       end  = civil_of(to);
    Dice        d    = { 20240229 };
    ExampleFirm firm = {
        .from    = day_of((Civil){ end.year - 3, end.month, end.month == 2 && end.day == 29 ? 28 : end.day }) + 1,
        .to      = to,
        .user    = NEW_N(mem, ExampleUser, EXAMPLE_USERS),
        .product = NEW_N(mem, ExampleProduct, EXAMPLE_PRODUCTS),
        .client  = NEW_N(mem, ExampleClient, EXAMPLE_CLIENTS),
        .line    = NEW_N(mem, ExampleLine, EXAMPLE_LINES),
    };
    for (int i = 0; i < EXAMPLE_USERS; i++) {
        const UserRow *row = &user_rows[i];
        firm.user[i] = (ExampleUser){ str_of(row->name), str_of(row->login), str_fmt(mem, "%s@meridian.example", row->login), row->role, row->unit, row->sells };
    }
    make_products(&firm, mem, &d);
    Map *names = NULL;
    for (int i = 0; i < EXAMPLE_CLIENTS; i++) make_client(&firm, mem, &d, &names, i);

    const ptrdiff_t room  = 40000;
    Visit          *visit = NEW_N(&scratch, Visit, room);
    ptrdiff_t       n     = make_visits(&firm, &d, visit, room);
    sort_visits_by_day(visit, n, firm.from, firm.to, scratch);
    share_lines(&firm, &d, visit, n);
    make_lines(&firm, &d, visit, n);
    return firm;
}
