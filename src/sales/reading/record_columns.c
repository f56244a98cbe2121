/* Which columns of a file of clients or products fill which fields. */
#include "sales/reading/columns_inside.h"
#include "sales/reading/record_columns.h"

static const char *const client_name[] = {
    "наименован",
    "контрагент",
    "клиент",
    "покупател",
    "заказчик",
    "партнер",
    "краткое наименован",
    "полное наименован",
    "рабочее наименован",
    "названи",
    "компани",
    "организаци",
    "фирм",
    "фио",
    "имя",
    "дебитор",
    "name",
    "client name",
    "customer name",
    "company name",
    "client",
    "customer",
    "company",
    "account name",
    "account",
    "reseller",
    "business name",
    "billing name",
    "organization",
    "organisation",
    "full name",
};
static const char *const client_name_unlike[] = {
    "код",   "id",      "ид",       "инн",    "кпп",      "тип",     "вид",     "групп",   "город",
    "адрес", "телефон", "менеджер", "статус", "источник", "регион",  "банк",    "контакт", "директор",
    "код",   "key",     "type",     "group",  "city",     "country", "phone",   "region",  "contact",
    "code",  "no",      "number",   "first",  "last",     "user",    "product", "file",    "sheet",
};
static const char *const client_number[] = {
    "код",
    "код клиент",
    "код контрагент",
    "код партнер",
    "код в 1с",
    "код 1с",
    "внешний код",
    "номер",
    "номер клиент",
    "id",
    "ид",
    "id клиент",
    "id контрагент",
    "лицевой счет",
    "номер договор",
    "customer id",
    "customer key",
    "customer no",
    "customer number",
    "customer code",
    "client id",
    "client no",
    "client code",
    "reseller key",
    "reseller id",
    "account id",
    "account number",
    "company id",
    "code",
    "number",
    "external id",
    "key",
};
static const char *const client_number_unlike[] = {
    "телефон", "инн",   "кпп",    "огрн", "окпо",    "страны", "город",    "регион",  "индекс",  "почтов", "счет",
    "карт",    "phone", "postal", "zip",  "country", "tax",    "employee", "product", "address", "parent",
};
static const char *const inn[] = { "инн",    "инн контрагент", "инн клиент", "инн кпп", "иин", "унп",
                                   "tax id", "tax number",     "vat number", "vat id",  "inn", "tin" };
static const char *const kpp[] = { "кпп", "kpp" };
static const char *const keeper[] = {
    "менеджер",
    "ответственн",
    "основной менеджер",
    "ответственный менеджер",
    "торговый представител",
    "куратор",
    "закреплен",
    "manager",
    "account manager",
    "owner",
    "sales rep",
    "salesperson",
    "sales person",
    "responsible",
    "assigned",
};
static const char *const keeper_unlike[] = { "телефон", "код", "отдел", "email", "phone", "дата", "date" };
static const char *const source[] = { "источник", "источник привлечен", "откуда узнал", "канал привлечен",
                                      "source",   "lead source",        "utm source" };
static const char *const city[] = { "город", "населенный пункт", "город доставк", "city",
                                    "town",  "billing city",     "shipping city" };
static const char *const note[] = { "примечан", "комментари", "заметк", "описан",     "дополнительно",
                                    "note",     "comment",    "remark", "description" };
static const char *const address[] = {
    "адрес",           "юридический адрес", "фактический адрес", "адрес доставк", "почтовый адрес",
    "юр адрес",        "факт адрес",        "address",           "street",        "street address",
    "billing address", "legal address",     "shipping address",
};
static const char *const address_unlike[] = { "почт", "email", "e", "mail", "ip", "web", "сайт", "эл" };
static const char *const phone[] = {
    "телефон", "номер телефон", "контактный телефон", "рабочий телефон", "мобильн",    "тел", "моб",
    "phone",   "phone number",  "telephone",          "mobile",          "work phone", "tel"
};
static const char *const person[] = {
    "контактное лицо", "контакт", "директор",       "руководител", "генеральный директор", "лпр", "представител",
    "contact name",    "contact", "contact person", "ceo",
};
static const char *const person_unlike[] = {
    "телефон", "email", "почта", "должност", "phone", "title", "дата", "date"
};
static const char *const parent[] = { "головная организаци",
                                      "головной контрагент",
                                      "холдинг",
                                      "входит в",
                                      "родител",
                                      "parent",
                                      "parent company",
                                      "holding",
                                      "subsidiary of" };
static const char *const email[] = {
    "email", "e mail", "почта", "эл почта", "электронная почта", "адрес электронной почт", "mail"
};
static const char *const no[] = { "факс", "fax" };

static const char *const product_name[] = {
    "наименован",        "номенклатур", "товар",        "наименование товар",
    "названи",           "продукт",     "позици",       "рабочее наименован",
    "полное наименован", "name",        "product name", "product",
    "item name",         "item",        "title",        "description",
};
static const char *const product_name_unlike[] = { "код",       "id",    "артикул",  "групп",       "категори", "вид",
                                                   "тип",       "цена",  "кол",      "бренд",       "единиц",   "ед",
                                                   "поставщик", "group", "category", "subcategory", "code",     "key",
                                                   "price",     "unit",  "type",     "no",          "number",   "sku" };
static const char *const product_number[] = {
    "артикул",    "код",         "код товар",    "код номенклатур", "sku",       "внешний код", "id товар",
    "product id", "product key", "product code", "stock code",      "item code", "item no",     "item id",
    "id",         "code",        "number",       "штрихкод",        "barcode",   "ean",
};
static const char *const product_number_unlike[] = { "тн",    "вэд",      "группы", "категории", "category",
                                                     "group", "supplier", "color",  "colour",    "страны" };
static const char *const group[] = { "групп",          "группа товар",    "категори",    "номенклатурная групп",
                                     "товарная групп", "вид номенклатур", "родител",     "category",
                                     "product group",  "group",           "subcategory", "department",
                                     "category name" };
static const char *const group_unlike[] = { "код", "цен", "id", "ид", "code", "key" };
static const char *const unit[] = { "единица измерен",  "ед изм", "ед",  "единиц",
                                    "базовая единиц",   "unit",   "uom", "unit of measure",
                                    "quantity per unit" };
static const char *const unit_unlike[] = { "цена", "price", "cost", "вес", "stock", "order" };
static const char *const price[] = { "цена",         "цена продаж",  "розничная цена", "цена розничная",
                                     "оптовая цена", "прайс",        "price",          "unit price",
                                     "list price",   "retail price", "sales price" };
static const char *const price_unlike[] = { "закуп", "себестоим", "стара", "тип", "вход", "cost", "purchase", "type" };
static const char *const cost[] = { "себестоимост",  "закупочная цена", "цена закупк",
                                    "входная цена",  "цена поставщик",  "cost",
                                    "standard cost", "unit cost",       "purchase price",
                                    "cost price" };

static const char *const deal_number[] = {
    "номер", "номер сделк", "id", "ид", "id сделк", "opportunity id", "deal id", "record id", "lead id", "number",
};
static const char *const deal_name[] = { "название сделк", "наименование сделк", "сделк",       "названи",
                                         "deal name",      "opportunity name",   "opportunity", "deal" };
static const char *const deal_client[] = { "клиент",          "компани", "контрагент", "заказчик",
                                           "компания клиент", "account", "company",    "account name",
                                           "company name",    "client",  "customer" };
static const char *const deal_keeper[] = { "ответственн", "менеджер", "sales agent", "owner",   "deal owner",
                                           "salesperson", "agent",    "sales rep",   "assigned" };
static const char *const deal_stage[] = { "этап",  "стадия",     "этап сделк",        "стадия сделк",  "статус сделк",
                                          "stage", "deal stage", "opportunity stage", "pipeline stage" };
static const char *const deal_amount[] = { "сумма",  "сумма сделк", "бюджет",     "стоимост", "amount",
                                           "budget", "close value", "deal value", "value",    "deal amount" };
static const char *const deal_opened[] = { "дата создан", "создан",     "создана",     "открыт",   "engage date",
                                           "created",     "created at", "create date", "open date" };
static const char *const deal_closed[] = { "дата закрыт", "закрыт",    "закрыта",     "дата завершен",
                                           "close date",  "closed at", "closed date", "closed" };
static const char *const deal_expected[] = { "ожидаем дата", "предполагаемая дата закрыт", "план дата",
                                             "expected close", "expected close date" };
static const char *const deal_reason[] = { "причина отказ", "причина проигрыш", "причина", "loss reason",
                                           "lost reason" };
static const char *const deal_product[] = { "товар", "продукт", "номенклатур", "product", "product name" };

static const struct {
    Str      target, field;
    NameList list;
} dictionary[] = {
    { S("client"), S("name"), NAMES(client_name, client_name_unlike) },
    { S("client"), S("number"), NAMES(client_number, client_number_unlike) },
    { S("client"), S("inn"), NAMES(inn, no) },
    { S("client"), S("kpp"), NAMES(kpp, no) },
    { S("client"), S("keeper_id"), NAMES(keeper, keeper_unlike) },
    { S("client"), S("source_id"), NAMES(source, no) },
    { S("client"), S("city"), NAMES(city, no) },
    { S("client"), S("note"), NAMES(note, no) },
    { S("client"), S("parent_id"), NAMES(parent, no) },
    { S("client"), S("addresses.text"), NAMES(address, address_unlike) },
    { S("client"), S("phones.number"), NAMES(phone, no) },
    { S("client"), S("persons.person_id"), NAMES(person, person_unlike) },
    { S("client"), S("email"), NAMES(email, no) },
    { S("product"), S("name"), NAMES(product_name, product_name_unlike) },
    { S("product"), S("number"), NAMES(product_number, product_number_unlike) },
    { S("product"), S("group_id"), NAMES(group, group_unlike) },
    { S("product"), S("unit"), NAMES(unit, unit_unlike) },
    { S("product"), S("price"), NAMES(price, price_unlike) },
    { S("product"), S("cost"), NAMES(cost, no) },
    { S("deal"), S("number"), NAMES(deal_number, no) },
    { S("deal"), S("name"), NAMES(deal_name, no) },
    { S("deal"), S("client_id"), NAMES(deal_client, client_name_unlike) },
    { S("deal"), S("keeper_id"), NAMES(deal_keeper, keeper_unlike) },
    { S("deal"), S("stage_id"), NAMES(deal_stage, no) },
    { S("deal"), S("amount"), NAMES(deal_amount, no) },
    { S("deal"), S("opened_on"), NAMES(deal_opened, no) },
    { S("deal"), S("closed_on"), NAMES(deal_closed, no) },
    { S("deal"), S("expected_on"), NAMES(deal_expected, no) },
    { S("deal"), S("reason_id"), NAMES(deal_reason, no) },
    { S("deal"), S("source_id"), NAMES(source, no) },
    { S("deal"), S("lines.product_id"), NAMES(deal_product, no) },
};

static int dictionary_score(Str words, Str target, Str field)
{
    for (ptrdiff_t i = 0; i < COUNT(dictionary); i++)
        if (str_eq(dictionary[i].target, target) && str_eq(dictionary[i].field, field))
            return name_score(words, &dictionary[i].list);
    return 0;
}

/* The very label or name of the field stands above all lists. */
static int field_score(Arena scratch, Str words, Str target, const RecordField *f)
{
    if (words.n == 0) return 0;
    if (str_eq(words, column_words(&scratch, f->label))) return 4000;
    if (str_eq(words, column_words(&scratch, f->name))) return 3900;
    return dictionary_score(words, target, f->name);
}

static bool is_used(const int *at, ptrdiff_t n, int column)
{
    for (ptrdiff_t i = 0; i < n; i++)
        if (at[i] == column) return true;
    return false;
}

static bool take_best(const int *score, int columns, ptrdiff_t n, int *at)
{
    int       best = 0, best_column = 0;
    ptrdiff_t best_field = 0;
    for (ptrdiff_t f = 0; f < n; f++)
        for (int c = 0; c < columns && at[f] < 0; c++)
            if (score[f * columns + c] > best && !is_used(at, n, c))
                best = score[f * columns + c], best_field = f, best_column = c;
    if (best) at[best_field] = best_column;
    return best > 0;
}

static void take_by_cells(const Recognised *r, const RecordField *fields, ptrdiff_t n, Str name, bool (*test)(Str),
                          int *at)
{
    for (ptrdiff_t f = 0; f < n; f++)
        for (int c = 0; c < r->form.columns && at[f] < 0 && str_eq(fields[f].name, name); c++)
            if (!is_used(at, n, c) && column_cells_are(r, c, test)) at[f] = c;
}

void record_columns_find(Arena *mem, const Recognised *r, Str target, const RecordField *fields, ptrdiff_t n, int *at)
{
    int  columns = r->form.columns;
    int *score = NEW_N(mem, int, n * columns);
    for (int c = 0; c < columns; c++) {
        Arena scratch = *mem;
        Str   words = column_words(&scratch, r->names[c]);
        for (ptrdiff_t f = 0; f < n; f++) score[f * columns + c] = field_score(scratch, words, target, &fields[f]);
    }
    for (ptrdiff_t f = 0; f < n; f++) at[f] = -1;
    while (take_best(score, columns, n, at)) continue;
    take_by_cells(r, fields, n, S("inn"), is_inn, at);
    take_by_cells(r, fields, n, S("phones.number"), is_phone, at);
}
