/* Money, prices, quantities, shares: whole numbers with a unit in their type, and the one place where anything is
 * rounded.
 *
 * Each type has one empty value outside its range, NONE; the base keeps it as NULL. */
#ifndef CORE_NUMBER_H
#define CORE_NUMBER_H

#include "core/buf.h"

typedef int64_t Money; /* minor units of the firm's currency: kopecks, cents   */
typedef int64_t Price; /* millionths of the major unit                         */
typedef int64_t Ratio; /* parts per million                                    */
typedef int64_t Qty;   /* thousandths                                          */

typedef __int128 Wide; /* sums and products on the way to one of the above     */

#define NONE      INT64_MIN
#define MONEY_MAX INT64_C(999999999999999999)  /* just under 10^16 roubles     */
#define MONEY_SUM_MAX (INT64_MAX / 4)          /* what things counted without their signs come to at most where sums
                                                  are kept in 64 bits */
#define QTY_MAX   INT64_C(999999999999999)     /* just under 10^12 pieces      */
#define PRICE_MAX INT64_C(999999999999999999)
#define RATIO_ONE INT64_C(1000000)

/* num / den, half away from zero.  den > 0.  A result outside int64 gives NONE. */
int64_t round_div(Wide num, Wide den);

Money money_of(Price price, Qty qty);                /* price x quantity, rounded to the minor unit */
Ratio ratio_of(Wide part, Wide whole);               /* 0 when whole is 0                           */

/* Text: `8911407.90`, `-0.05`.  `places` digits after the point, as many as the unit has or fewer zeros cut by
 * buf_trimmed. */
void  buf_scaled(Buf *b, Wide v, int places);        /* 12345, 2 -> 123.45                          */
void  buf_trimmed(Buf *b, Wide v, int places);       /* 12500, 3 -> 12.5                            */
void  buf_money(Buf *b, Money m);
void  buf_wide_money(Buf *b, Wide m);
void  buf_share(Buf *b, Wide part, Wide whole);      /* percent with six decimals, half away from zero; 0.000000 for
                                                        0/0 */

#endif
