/* The Pareto check and the Lorenz curve: what share of the money the largest part of the clients brings.
 *
 * Sources: V. Pareto, "Cours d'économie politique" (1897); M. O. Lorenz, "Methods of measuring the concentration of
 * wealth", Publications of the American Statistical Association 9 (1905), drawn here from the largest down, as salesmen
 * read it. */
#ifndef ANALYSIS_LORENZ_H
#define ANALYSIS_LORENZ_H

#include "core/number.h"

/* The money of the ceil(n x percent / 100) largest of n items: the sum of the positive totals among them.
 *
 *   amount, order[n]   as in analysis/abc.h;  percent   0..100 */
Wide lorenz_top(const Money *amount, const uint32_t *order, ptrdiff_t n, int percent);

/* The curve at the percents 0, 100 / steps, ..., 100 of the items: fills out[steps + 1] with shares of the positive
 * sum, parts per million; all zero when nothing is positive.  steps >= 1. */
void lorenz_curve(const Money *amount, const uint32_t *order, ptrdiff_t n, int steps, Ratio *out);

#endif
