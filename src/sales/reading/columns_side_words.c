/* Names of columns that are none of a sale line, but say something about it. */
#include "sales/reading/columns_inside.h"

static const char *const kind_names[] = {
    "вид операц", "тип операц",   "хозяйственная операц",  "хозяйственн операц",
    "хоз операц", "операц",       "вид документ",          "тип документ",
    "вид движен", "тип движен",   "обоснование для оплат", "признак расчет",
    "вид",        "тип",          "transaction type",      "document type",
    "doc type",   "invoice type", "movement type",         "operation",
    "type",       "kind",
};
static const char *const kind_unlike[] = { "дата",       "номер",    "код",    "сумм",    "клиент",
                                           "контрагент", "цен",      "no",     "number",  "date",
                                           "amount",     "customer", "client", "product", "price" };
static const char *const state_names[] = { "статус",       "состояни",         "этап",  "стади", "status",
                                           "order status", "financial status", "state", "stage" };
static const char *const state_unlike[] = { "дата",    "клиент",      "контрагент", "оплат",    "customer",
                                            "client",  "date",        "billing",    "shipping", "address",
                                            "payment", "fulfillment", "province" };
static const char *const discount_names[] = { "скидк", "процент скидк", "сумма скидк", "discount", "discount amount" };
static const char *const discount_unlike[] = { "со",  "с",     "без",  "учетом", "после",  "карт",
                                               "код", "price", "code", "after",  "before", "name" };

static const char *const back_names[] = { "возврат",       "возвращено",         "сумма возврат",
                                          "возврат сумма", "количество возврат", "возврат кол",
                                          "returns",       "returned",           "refund",
                                          "refunded",      "refunded amount",    "refund amount" };
static const char *const back_unlike[] = { "дата", "причин", "номер", "срок", "date", "reason", "no", "number" };
static const char *const currency_names[] = { "валют", "код валют", "currency", "currency code" };
static const char *const currency_unlike[] = { "сумм", "курс", "amount", "rate" };

static const NameList side_dictionary[SIDE_NAMES] = {
    [NAME_KIND] = NAMES(kind_names, kind_unlike),
    [NAME_STATE] = NAMES(state_names, state_unlike),
    [NAME_DISCOUNT] = NAMES(discount_names, discount_unlike),
    [NAME_BACK] = NAMES(back_names, back_unlike),
    [NAME_CURRENCY] = NAMES(currency_names, currency_unlike),
};

int side_name_score(Str words, SideName name)
{
    return name_score(words, &side_dictionary[name]);
}
