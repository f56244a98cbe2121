/* Exports that people bring, told by columns that no other program names so. */
#include "sales/reading/known_exports.h"
#include "core/utf8.h"

enum { NAMES = 4 };

/* All of a row must stand in names of columns, as name_find writes them; the first row that does is it. */
static const struct {
    const char *key;
    const char *name[NAMES];
} exports[] = {
    { "resembles.wildberries", { "обоснование для оплаты", "дата продажи", "к перечислению" } },
    { "resembles.ozon_accruals", { "тип начисления", "номер отправления или идентификатор услуги" } },
    { "resembles.ozon_orders", { "номер отправления", "принят в обработку" } },
    { "resembles.amocrm", { "название сделки", "этап сделки", "основной контакт" } },
    { "resembles.megaplan", { "схема сделки", "аудиторы" } },
    { "resembles.bitrix24", { "стадия сделки", "ответственный" } },
    { "resembles.moysklad", { "контрагент", "организация", "отправлено", "напечатано" } },
    { "resembles.1c_turnover", { "сальдо на начало", "обороты за период", "сальдо на конец" } },
    { "resembles.1c_ledger", { "начальный остаток", "приход", "расход", "конечный остаток" } },
    { "resembles.1c_profit", { "валовая прибыль", "себестоимость" } },
    { "resembles.1c_sales", { "документ движения (регистратор)" } },
    { "resembles.1c_sales", { "сумма продажи в руб", "количество" } },
};

static bool any_has(const Str *name, int columns, Str part)
{
    for (int i = 0; i < columns; i++)
        if (str_find(name[i], part) >= 0) return true;
    return false;
}

const char *known_export(Arena scratch, const Recognised *r)
{
    Str *name = NEW_N(&scratch, Str, r->form.columns);
    for (int i = 0; i < r->form.columns; i++) name[i] = name_find(&scratch, r->names[i]);
    for (ptrdiff_t e = 0; e < COUNT(exports); e++) {
        bool all = true;
        for (int i = 0; i < NAMES && exports[e].name[i]; i++)
            all &= any_has(name, r->form.columns, str_of(exports[e].name[i]));
        if (all) return exports[e].key;
    }
    return NULL;
}
