/* Items from the largest down: what ABC, the Lorenz curve and concentration all begin with. */
#ifndef ANALYSIS_ORDER_H
#define ANALYSIS_ORDER_H

#include "core/number.h"

/* Fills order[n] with the places of the items from the largest amount down, equal amounts in input order.
 *
 *   amount[n]  anything comparable: minor units, days, pieces; any sign
 *   n          below 2^32
 *
 * Linear time (a radix sort that passes over only the bytes that differ); scratch holds 24 bytes an item. */
void order_largest(const int64_t *amount, ptrdiff_t n, uint32_t *order, Arena scratch);

/* Sorts value[n] from the smallest up, in place.  Linear time; scratch holds 8 bytes an item. */
void order_values(int64_t *value, ptrdiff_t n, Arena scratch);

#endif
