/* Words of sales and of returns, as 1C, shops and accounting programs name their documents and operations, and of the
 * state of orders and deals, as shops and sales funnels do. */
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

static const char *const cancelled[] = {
    "отмен",    "аннулир", "удален", "отказ",   "не выкуп", "невыкуп", "проигр",      "провал", "закрыто и не реал",
    "черновик", "cancel",  "void",   "deleted", "reject",   "declin",  "closed lost", "lost",   "draft",
};

static const char *const won[] = {
    "успешно реализ", "успешно закрыт", "успешная сделка", "сделка успешн", "сделка заключен",
    "сделка выигр",   "выигран",        "закрыто успешн",  "closed won",    "won",
};

static bool begins_like(Str text, const char *const *words, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (str_starts(text, str_of(words[i]))) return true;
    return false;
}

static bool folded_begins_like(Str text, const char *const *words, ptrdiff_t count)
{
    char  room[FOLD_ROOM];
    Arena mem = ARENA_ON(room);
    return begins_like(name_find(&mem, str_upto(text, TEXT_LOOKED_AT)), words, count);
}

bool return_said(Str text)
{
    return folded_begins_like(text, returns, COUNT(returns));
}

bool cancelled_said(Str text)
{
    return folded_begins_like(text, cancelled, COUNT(cancelled));
}

bool won_said(Str text)
{
    return folded_begins_like(text, won, COUNT(won));
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
