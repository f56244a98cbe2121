/* What the words of a row say about it: sold, taken back, or come to nothing. */
#ifndef SALES_READING_RETURN_SAID_H
#define SALES_READING_RETURN_SAID_H

#include "core/str.h"

/* Does the text (UTF-8) begin like the name of a return: `Возврат товаров от покупателя 0000-000017`, `Сторно`, `Credit
 * memo`?  Capitals and blanks make no difference; what stands further in does not count. */
bool return_said(Str text);

/* Is the text none, a no, or does it begin like the name of a sale, a delivery, a payment: `Реализация (акт,
 * накладная)`, `Invoice`? */
bool sale_said(Str text);

/* Does it begin like the state of an order that came to nothing (`Отменён`, `Draft`, `Closed Lost`), like that of a
 * deal that became a sale (`Успешно реализовано`, `Closed Won`)?  Of what came back
 * neither is said: it may stand again below nought, or not. */
bool cancelled_said(Str text);
bool won_said(Str text);

/* The letters a return may begin with, small and capital, in UTF-8. */
extern const char *const return_initials[];
extern const int         return_initials_count;

#endif
