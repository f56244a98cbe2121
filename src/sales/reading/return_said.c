/* Words of sales and of returns, as 1C, shops and accounting programs name their documents and operations. */
#include "core/utf8.h"
#include "sales/reading/return_said.h"

enum { TEXT_LOOKED_AT = 120, FOLD_ROOM = 4 * TEXT_LOOKED_AT };

const char *const return_initials[]     = { "В", "в", "С", "с", "R", "r", "C", "c" };
const int         return_initials_count = (int)COUNT(return_initials);

static const char *const returns[] = {
    "возврат", "возвращ", "сторно", "return", "refund", "credit memo", "credit note"
};

static const char *const nothing[] = { "", "-", "no", "n", "false", "f", "нет", "н", "ложь" };

static const char *const sales[] = {
    "не ",       "без ",    "нет ",    "продаж", "продано", "реализац", "отгруз", "покупк",   "заказ",
    "корректир", "оплат",   "чек",     "счет",   "накладн", "акт",      "услуг",  "приход",   "расход",
    "доставл",   "выполн",  "поступ",  "розни",  "опт",     "not ",     "sale",   "sold",     "order",
    "invoice",   "receipt", "payment", "ship",   "deliver", "complet",  "paid",   "purchase", "standard",
    "fulfil",    "closed",  "cash",    "bill",   "debit",
};

static bool begins_like(Str text, const char *const *words, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (str_starts(text, str_of(words[i]))) return true;
    return false;
}

bool return_said(Str text)
{
    char  room[FOLD_ROOM];
    Arena mem = ARENA_ON(room);
    return begins_like(name_find(&mem, str_upto(text, TEXT_LOOKED_AT)), returns, COUNT(returns));
}

bool sale_said(Str text)
{
    char  room[FOLD_ROOM];
    Arena mem  = ARENA_ON(room);
    Str   said = name_find(&mem, str_upto(text, TEXT_LOOKED_AT));
    for (ptrdiff_t i = 0; i < COUNT(nothing); i++)
        if (str_eq(said, str_of(nothing[i]))) return true;
    return begins_like(said, sales, COUNT(sales));
}
