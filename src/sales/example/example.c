/* The example firm, made from word lists and a small random generator that starts the same each time. */
#include "sales/example/example.h"

#include "core/map.h"
#include "sales/example/example_dice.h"
#include "sales/example/example_names.h"
#include "sales/example/example_sales.h"

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
    static const int ten[] = { 2, 4, 10, 3, 5, 9, 4, 6, 8 }, eleven[] = { 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 },
                     twelve[] = { 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 };
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
    return str_fmt(mem, "%s %s %s", example_surnames[dice_below(d, example_surname_count)],
                   example_first_names[dice_below(d, example_first_name_count)],
                   example_patronymics[dice_below(d, example_patronymic_count)]);
}

/* «УралМонтаж»: the tail begins with a capital behind a head, as signboards write it. */
static Str firm_word(Arena *mem, Dice *d)
{
    const char *head = example_heads[dice_below(d, example_head_count)],
               *tail = example_tails[dice_below(d, example_tail_count)];
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
    static const struct { ExampleStory story; int weight;
    } shares[] = {
        { STORY_STEADY, 40 }, { STORY_GROWS, 11 }, { STORY_SHRINKS, 9 }, { STORY_SLEEPS, 8 },
        { STORY_LEFT, 12 },   { STORY_RARE, 9 },   { STORY_NEVER, 11 },
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
    c->kpp = c->entrepreneur ? (Str){ 0 } : str_fmt(mem, "%.2s%02d01001", city->region, dice_between(d, 1, 85));
    c->city         = str_of(city->name);
    c->street = str_fmt(mem, "%s, %d", example_streets[dice_below(d, example_street_count)], dice_between(d, 1, 140));
    c->phone        = phone_of(mem, d, city->code);
    c->person_phone = phone_of(mem, d, city->code);
    c->post         = str_of(c->entrepreneur ? "владелец" : example_posts[dice_below(d, example_post_count)]);
    c->email        = str_fmt(mem, "zakaz%d@client-%d.example", i + 1, 101 + i);
    c->source       = example_sources[dice_below(d, COUNT(example_sources))];
    c->keeper       = keeper_of(d, c->channel);
    c->story        = story_of(d, i);
    c->since = i % 5 < 3 ? firm->from - dice_below(d, 700) : firm->from + dice_below(d, firm->to - firm->from - 20);
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
        firm.user[i] = (ExampleUser){
            str_of(row->name), str_of(row->login), str_fmt(mem, "%s@meridian.example", row->login),
            row->role,         row->unit,          row->sells
        };
    }
    make_products(&firm, mem, &d);
    Map *names = NULL;
    for (int i = 0; i < EXAMPLE_CLIENTS; i++) make_client(&firm, mem, &d, &names, i);
    example_sales(&firm, &d, scratch);
    return firm;
}
