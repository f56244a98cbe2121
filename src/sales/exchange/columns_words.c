/* The dictionary of column names.  Within a list the surer name stands first.  Cyrillic words are beginnings (`контрагент` fits
 * `контрагента`), Latin ones are whole. */
#include "core/utf8.h"
#include "sales/exchange/columns_inside.h"

static const char *const client_names[] = {
    "контрагент", "покупател", "клиент", "заказчик", "грузополучател", "партнер", "плательщик", "дебитор", "получател", "торговая точка", "компани",
    "контакт", "фирм", "фио", "customer name", "client name", "company name", "customer", "client", "buyer", "reseller", "bill to", "billing name",
    "company", "account name", "account", "partner", "dealer", "debtor", "consumer", "организаци", "email", "e mail", "почта",
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
    "transaction date", "purchase date", "document date", "posting date", "date of sale", "day", "timestamp", "datetime", "created at", "created", "created date", "close date",
    "ship date", "shipped date", "date time", "month", "period", "дата оплат", "paid at",
};
static const char *const date_unlike[] = {
    "рожден", "срок", "план", "договор", "изменен", "регистрац", "поставк", "годност", "birth", "due", "required", "update", "updated", "modified", "expiry", "engage", "paperless",
    "settled", "количеств", "дней", "недел", "номер", "контакт",
};
static const char *const amount_names[] = {
    "выручк", "сумм продаж", "сумма", "продаж сумма", "сумма документ", "сумма заказ", "сумма с ндс", "стоимост продаж", "стоимост", "стоимост с ндс", "стоимост без ндс",
    "сумма без ндс", "товарооборот", "оборот", "реализац сумма", "сумма реализац", "итого", "всего", "продаж", "сумм", "revenue", "sales amount", "amount",
    "line total", "net amount", "total amount", "invoice amount", "sale amount", "net sales", "sales", "total price", "extended price", "ext price", "total sales", "total",
    "order total", "subtotal", "turnover", "close value", "value", "sum", "gross sales", "gross", "spent", "purchase amount", "monetary", "sales value", "item total", "line amount",
};
static const char *const amount_unlike[] = {
    "себестоим", "ндс", "скидк", "долг", "оплат", "предоплат", "доставк", "бонус", "наценк", "прибыл", "марж", "рентаб", "план", "цена", "кол", "шт", "вес", "налог", "комисс", "возврат",
    "канал", "менеджер", "дата", "номер", "закуп", "документ", "тип", "вид", "валют", "остат", "tax", "vat", "discount", "shipping", "freight", "cost", "profit", "margin", "unit",
    "due", "paid", "refund", "refunded", "target", "price", "qty", "quantity", "territory", "key", "id", "region", "person", "rep", "order", "channel", "date", "currency", "number",
    "items", "count", "balance", "commission", "agent", "team", "percent",
};
static const char *const quantity_names[] = {
    "количеств", "кол во", "кол", "продаж кол", "объем", "отгружено", "продано", "штук", "шт", "quantity", "qty", "quantity ordered", "order quantity", "lineitem quantity", "units", "units sold",
    "sold", "pieces", "pcs", "items", "item quantity",
};
static const char *const quantity_unlike[] = {
    "сумм", "дней", "строк", "цена", "стоимост", "заказано", "остат", "план", "возврат", "мест", "документ", "заказов", "клиент", "price", "total", "amount", "per", "stock", "reorder", "returned",
    "refunded", "min", "max",
};
static const char *const price_names[] = {
    "цена", "цена продаж", "цена за ед", "цена ед", "цена реализац", "цена с ндс", "цена без ндс", "расценк", "unit price", "price", "selling price", "sale price", "price each", "lineitem price",
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

#define NAMES(yes, no) { yes, no, (int)COUNT(yes), (int)COUNT(no) }

static const struct {
    const char *const *names, *const *unlike; /* a word of `unlike` beside the name takes it back */
    int names_count, unlike_count;
} dictionary[COL_COUNT] = {
    [COL_CLIENT]      = NAMES(client_names, client_unlike),
    [COL_DATE]        = NAMES(date_names, date_unlike),
    [COL_AMOUNT]      = NAMES(amount_names, amount_unlike),
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

static bool is_upper(uint32_t r)
{
    return rune_lower(r) != r;
}

Str column_words(Arena *mem, Str name)
{
    Buf  b     = buf_new(mem, name.n * 2 + 8);
    bool blank = false, was_lower = false;
    for (ptrdiff_t at = 0; at < name.n;) {
        uint32_t r    = utf8_next(name, &at);
        bool     sign = r == 0x2116 || r == '#', word = sign || rune_is_letter_or_digit(r);
        if (blank || (word && ((was_lower && is_upper(r)) || sign))) blank = b.len > 0;
        if (word && blank) buf_char(&b, ' ');
        blank     = !word || sign;
        was_lower = word && !sign && !is_upper(r);
        r         = rune_lower(r);
        if (word) buf_rune(&b, sign ? 0x2116 : r == 0x451 ? 0x435 : r);
    }
    return buf_str(&b);
}

/* Cyrillic words may go on, Latin ones may have the s of a plural. */
static bool word_fits(Str word, Str listed)
{
    if (!str_starts(word, listed)) return false;
    bool cyrillic = (unsigned char)*listed.s >= 0x80;
    return word.n == listed.n || (cyrillic ? listed.n >= 6 || word.n == listed.n : str_eq(str_from(word, listed.n), S("s")));
}

static bool next_word(Str *rest, Str *word)
{
    *word = str_cut(rest, ' ');
    return word->n > 0;
}

/* Do the words of `name` begin with all of `listed`?  Then *rest is what follows them. */
static bool words_begin(Str name, Str listed, Str *rest)
{
    Str word, wanted;
    while (next_word(&listed, &wanted))
        if (!next_word(&name, &word) || !word_fits(word, wanted)) return false;
    *rest = name;
    return true;
}

static int words_count(Str words)
{
    int n = words.n > 0;
    for (ptrdiff_t i = 0; i < words.n; i++) n += words.s[i] == ' ';
    return n;
}

static bool has_unlike(Str words, SalesColumn column)
{
    Str word;
    while (next_word(&words, &word))
        for (int i = 0; i < dictionary[column].unlike_count; i++)
            if (word_fits(word, str_of(dictionary[column].unlike[i]))) return true;
    return false;
}

/* Units and remarks that say nothing about what the column is. */
static bool is_remark(Str word)
{
    static const char *const remarks[] = { "руб", "рублей", "rub", "usd", "eur", "₽", "в", "с", "без", "ндс", "на", "по", "за", "the", "of", "in", "all" };
    for (ptrdiff_t i = 0; i < COUNT(remarks); i++)
        if (str_eq(word, str_of(remarks[i]))) return true;
    return false;
}

static int odd_words(Str words)
{
    int odd = 0;
    Str word;
    while (next_word(&words, &word)) odd += !is_remark(word);
    return odd;
}

/* Where the listed name stands among the words: its score, 0 when it does not or when the other words take it back. */
static int phrase_score(Str words, Str listed, int place, SalesColumn column)
{
    for (Str from = words, word; from.n; next_word(&from, &word)) {
        Str behind, before = str_upto(words, from.s - words.s);
        if (!words_begin(from, listed, &behind)) continue;
        int odd = odd_words(before) + odd_words(behind);
        if (before.n + behind.n == 0) return 2000 - place;
        bool vat = column == COL_AMOUNT && str_starts(behind, S("ндс"));
        if (vat || (odd && (has_unlike(before, column) || has_unlike(behind, column)))) return 0;
        return odd == 0 ? 1500 - place : 500 - place - 20 * odd + 10 * words_count(listed);
    }
    return 0;
}

int column_name_score(Str words, SalesColumn column)
{
    int best = 0;
    for (int i = 0; i < dictionary[column].names_count; i++) {
        int score = phrase_score(words, str_of(dictionary[column].names[i]), i, column);
        if (score > best) best = score;
    }
    return best;
}
