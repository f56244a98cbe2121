/* The dictionary of a file of sales. */
#include "sales/exchange/columns_inside.h"

static const char *const client_names[] = {
    "контрагент", "покупател", "клиент", "заказчик", "грузополучател", "партнер", "плательщик", "дебитор", "получател", "торговая точка", "компани",
    "контакт", "фирм", "фио", "customer name", "client name", "company name", "customer", "client", "buyer", "reseller", "bill to", "billing name",
    "company", "account name", "account", "partner", "dealer", "debtor", "consumer", "sold to party name", "sold to", "sold to party", "организаци", "email", "e mail", "почта",
};
static const char *const client_unlike[] = {
    "тип", "вид", "групп", "сегмент", "категори", "регион", "город", "адрес", "инн", "кпп", "телефон", "менеджер", "статус", "код", "id", "ид", "договор",
    "type", "group", "segment", "region", "city", "phone", "country", "address", "code", "key", "no", "number", "comment", "комментари", "дата", "date",
    "доставк", "сумм", "баланс", "долг", "скидк",
};
static const char *const client_key_names[] = {
    "код клиент", "код контрагент", "код покупател", "код партнер", "код заказчик", "id клиент", "ид клиент", "id контрагент", "id покупател", "№ клиент",
    "клиент id", "клиент код", "контрагент код", "контрагент id", "customer id", "customer key", "customer no", "customer number", "customer code", "client id", "client no",
    "client code", "reseller key", "reseller id", "account id", "account no", "buyer id", "user id", "member id", "company id", "card id", "номер карт", "household key",
};
static const char *const date_names[] = {
    "дата", "дата документ", "дата продаж", "дата отгрузк", "дата реализац", "дата накладн", "дата заказ", "дата операц", "дата чек", "дата счет", "дата и время",
    "период", "период день", "день", "дата закрыт", "дата создан", "дата оформлен", "месяц", "период месяц", "date", "invoice date", "order date", "sale date", "sales date",
    "transaction date", "purchase date", "document date", "posting date", "date of sale", "day", "timestamp", "datetime", "close date", "closed at", "created at", "created", "created date",
    "ship date", "shipped date", "date time", "month", "period", "дата оплат", "paid at",
};
static const char *const date_unlike[] = {
    "рожден", "срок", "план", "договор", "изменен", "регистрац", "поставк", "годност", "birth", "due", "required", "update", "updated", "modified", "expiry", "engage", "paperless",
    "settled", "количеств", "дней", "недел", "номер", "контакт",
};
static const char *const amount_names[] = {
    "сумма со скидк", "сумма с учетом скидк", "сумма после скидк", "итого со скидк", "стоимост со скидк", "стоимост с учетом скидк",
    "выручк", "сумма выручк", "сумм продаж", "сумма", "сумма строк", "сумма позици", "продаж сумма", "сумма документ", "сумма заказ", "сумма с ндс", "стоимост продаж", "стоимост", "стоимост с ндс",
    "товарооборот", "оборот", "реализац сумма", "сумма реализац", "итого", "всего", "стоимост без ндс", "сумма без ндс", "продаж", "сумм", "бюджет", "amount after discount", "discounted amount", "revenue", "sales amount", "amount",
    "line total", "order line total", "item total", "line amount", "lines subtotal", "сума", "net amount", "net value", "total amount", "invoice amount", "sale amount", "net sales", "sales", "total price", "extended price", "ext price", "total sales", "total",
    "order total", "subtotal", "turnover", "close value", "value", "sum", "gross sales", "gross", "spent", "purchase amount", "monetary", "sales value",
};
static const char *const amount_unlike[] = {
    "себестоим", "ндс", "скидк", "долг", "оплат", "предоплат", "доставк", "бонус", "наценк", "прибыл", "марж", "рентаб", "план", "цена", "кол", "шт", "вес", "налог", "комисс", "возврат",
    "канал", "менеджер", "дата", "номер", "закуп", "документ", "тип", "вид", "валют", "остат", "tax", "vat", "discount", "shipping", "freight", "cost", "profit", "margin", "unit",
    "due", "paid", "refund", "refunded", "target", "price", "qty", "quantity", "territory", "key", "id", "region", "person", "rep", "order", "channel", "date", "currency", "number",
    "items", "count", "balance", "commission", "agent", "team", "percent",
};
static const char *const quantity_names[] = {
    "отгружено", "количество отгружено", "qty shipped", "quantity shipped", "shipped qty", "количеств", "кол во", "кол", "продаж кол", "объем", "продано", "штук", "шт", "quantity", "qty", "quantity ordered", "order quantity", "lineitem quantity", "units", "units sold",
    "sold", "pieces", "pcs", "items", "item quantity",
};
static const char *const quantity_unlike[] = {
    "сумм", "дней", "строк", "цена", "стоимост", "заказано", "остат", "план", "возврат", "мест", "документ", "заказов", "клиент", "price", "total", "amount", "per", "stock", "reorder", "returned",
    "refunded", "min", "max",
};
static const char *const price_names[] = {
    "цена со скидк", "цена с учетом скидк", "цена", "цена продаж", "цена за ед", "цена ед", "цена реализац", "цена с ндс", "цена без ндс", "расценк", "unit price", "price", "selling price", "sale price", "price each", "lineitem price",
    "item price", "price per unit", "sales price",
};
static const char *const price_unlike[] = {
    "закуп", "себестоим", "стара", "тип", "вид", "номер", "скидк", "вход", "сумм", "total", "ext", "extended", "cost", "list", "type", "compare", "purchase",
};
static const char *const document_names[] = {
    "документ", "регистратор", "номер документ", "документ продаж", "документ отгрузк", "документ реализац", "накладн", "номер накладн", "реализац", "отгрузк", "счет фактур", "№ документ", "№ накладн",
    "№ реализац", "чек", "номер чек", "№ чек", "номер заказ", "№ заказ", "заказ", "заказ клиент", "id заказ", "заказ номер", "документ номер", "номер счет", "№ счет", "счет", "номер", "сделк", "id сделк",
    "номер сделк", "№", "invoice no", "invoice number", "invoice id", "invoice", "order id", "order number", "sales order number", "sales order", "order no", "order key", "transaction id", "transaction no",
    "transaction", "receipt no", "receipt", "bill no", "document no", "document number", "document", "doc no", "basket id", "order", "opportunity id", "deal id", "deal", "check no", "ticket",
};
static const char *const document_unlike[] = {
    "дата", "тип", "вид", "статус", "сумм", "строк", "п", "этап", "состояни", "кол", "стоимост", "источник", "способ", "телефон", "карт", "стади", "договор", "время", "клиент", "менеджер", "цена",
    "основани", "входящ", "комментари", "line", "date", "type", "status", "item", "quantity", "qty", "total", "amount", "value", "source", "method", "priority", "stage", "city", "country",
    "name", "discount", "employee", "customer", "phone", "postal",
};
static const char *const product_names[] = {
    "номенклатур", "товар", "наименование товар", "название товар", "номенклатура наименован", "продукт", "продукци", "товары работы услуги", "позици", "наименован", "услуг", "названи", "product name",
    "product", "item name", "item", "lineitem name", "description", "item description", "product description", "goods", "article",
};
static const char *const product_unlike[] = {
    "групп", "категори", "вид", "тип", "код", "артикул", "цена", "кол", "сумм", "бренд", "марк", "id", "контрагент", "клиент", "покупател", "организац", "склад", "подразделен", "характеристик", "единиц", "ед",
    "стоимост", "компани", "сделк", "документ", "group", "category", "line", "sub", "key", "code", "price", "qty", "quantity", "cost", "status", "total", "brand", "type", "no", "number", "sku", "count",
};
static const char *const product_key_names[] = {
    "артикул", "код товар", "код номенклатур", "номенклатура код", "товар код", "id товар", "внешний код", "sku", "stock code", "product id", "product key", "product code", "product no", "item id", "item code",
    "item no", "item number", "lineitem sku", "article no", "upc", "ean", "barcode", "штрихкод", "штрих код",
};
static const char *const return_names[] = { "возврат", "признак возврат", "это возврат", "return", "is return", "returned", "return flag", "refunded" };
static const char *const return_unlike[] = { "сумм", "кол", "дата", "причин", "номер", "документ", "amount", "qty", "quantity", "date", "reason", "rate", "units" };
static const char *const cost_names[] = {
    "себестоимост", "сумма себестоимост", "себестоимост сумма", "себестоимост продаж", "стоимост закупк", "закупочная стоимост", "сумма закупк", "закупк", "cost", "cogs", "total cost", "cost amount",
    "line cost", "cost of sales", "cost of goods sold",
};
static const char *const cost_unlike[] = { "ед", "единиц", "за", "доставк", "цена", "unit", "standard", "shipping", "freight", "per", "center", "delivery" };
static const char *const seller_names[] = {
    "менеджер", "ответственн", "продавец", "торговый представител", "торговый агент", "сотрудник", "кассир", "представител", "агент", "manager", "sales person", "salesperson", "sales rep",
    "sales representative", "sales agent", "seller", "employee", "employee name", "employee key", "employee id", "rep", "owner", "responsible", "исполнител", "автор",
};
static const char *const seller_unlike[] = { "код", "телефон", "комисс", "email", "phone", "отдел", "руководител", "team", "office" };
static const char *const channel_names[] = {
    "канал", "канал продаж", "канал сбыт", "channel", "sales channel", "тип продаж", "вид продаж", "площадк", "маркетплейс", "marketplace", "источник", "order source", "source",
};
static const char *const channel_unlike[] = { "id", "код" };
static const char *const inn_names[] = { "инн", "инн контрагент", "инн клиент", "инн покупател", "инн кпп", "tax id", "inn", "vat number", "tin" };
static const char *const phone_names[] = { "телефон", "номер телефон", "мобильн", "тел", "phone", "phone number", "mobile", "billing phone" };
static const char *const nothing_unlike[] = { "факс", "fax" };

static const NameList dictionary[COL_COUNT] = {
    [COL_CLIENT]      = NAMES(client_names, client_unlike),
    [COL_DATE]        = NAMES(date_names, date_unlike),
    [COL_AMOUNT]      = { .names = amount_names, .unlike = amount_unlike, .names_count = (int)COUNT(amount_names), .unlike_count = (int)COUNT(amount_unlike), .is_money = true },
    [COL_QUANTITY]    = NAMES(quantity_names, quantity_unlike),
    [COL_PRICE]       = NAMES(price_names, price_unlike),
    [COL_DOCUMENT]    = NAMES(document_names, document_unlike),
    [COL_PRODUCT]     = NAMES(product_names, product_unlike),
    [COL_RETURN]      = NAMES(return_names, return_unlike),
    [COL_COST]        = NAMES(cost_names, cost_unlike),
    [COL_SELLER]      = NAMES(seller_names, seller_unlike),
    [COL_CHANNEL]     = NAMES(channel_names, channel_unlike),
    [COL_CLIENT_KEY]  = NAMES(client_key_names, nothing_unlike),
    [COL_INN]         = NAMES(inn_names, nothing_unlike),
    [COL_PHONE]       = NAMES(phone_names, nothing_unlike),
    [COL_PRODUCT_KEY] = NAMES(product_key_names, nothing_unlike),
};

static const char *const kind_names[] = {
    "вид операц", "тип операц", "хозяйственная операц", "хозяйственн операц", "хоз операц", "операц", "вид документ", "тип документ", "вид движен", "тип движен", "обоснование для оплат",
    "признак расчет", "вид", "тип", "transaction type", "document type", "doc type", "invoice type", "movement type", "operation", "type", "kind",
};
static const char *const kind_unlike[] = { "дата", "номер", "код", "сумм", "клиент", "контрагент", "цен", "no", "number", "date", "amount", "customer", "client", "product", "price" };
static const char *const state_names[] = { "статус", "состояни", "этап", "стади", "status", "order status", "financial status", "state", "stage" };
static const char *const state_unlike[] = { "дата", "клиент", "контрагент", "оплат", "customer", "client", "date", "billing", "shipping", "address", "payment", "fulfillment", "province" };
static const char *const discount_names[] = { "скидк", "процент скидк", "сумма скидк", "discount", "discount amount" };
static const char *const discount_unlike[] = { "со", "с", "без", "учетом", "после", "карт", "код", "price", "code", "after", "before", "name" };

static const char *const back_names[] = { "возврат", "возвращено", "сумма возврат", "возврат сумма", "количество возврат", "возврат кол", "returns", "returned", "refund", "refunded", "refunded amount", "refund amount" };
static const char *const back_unlike[] = { "дата", "причин", "номер", "срок", "date", "reason", "no", "number" };
static const char *const currency_names[] = { "валют", "код валют", "currency", "currency code" };
static const char *const currency_unlike[] = { "сумм", "курс", "amount", "rate" };

static const NameList side_dictionary[SIDE_NAMES] = {
    [NAME_KIND] = NAMES(kind_names, kind_unlike), [NAME_STATE] = NAMES(state_names, state_unlike), [NAME_DISCOUNT] = NAMES(discount_names, discount_unlike),
    [NAME_BACK] = NAMES(back_names, back_unlike), [NAME_CURRENCY] = NAMES(currency_names, currency_unlike),
};

int side_name_score(Str words, SideName name)
{
    return name_score(words, &side_dictionary[name]);
}

int column_name_score(Str words, SalesColumn column)
{
    return name_score(words, &dictionary[column]);
}
