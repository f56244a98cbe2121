/* How much a base depends on a few: the largest, the ten largest, the HHI, the Gini coefficient, and what is left
 * without one.
 *
 * Everything is of the sum of the positive totals; what is zero or less is not there.
 * Sources: A. O. Hirschman, "The paternity of an index", American Economic Review 54 (1964), with shares in percent as
 * the horizontal merger guidelines of competition authorities use it; C. Gini, "Variabilità e mutabilità" (1912), in
 * the form G = (2 sum(i x_i) - (n + 1) sum(x_i)) / (n sum(x_i)) over x_1 <= ... <= x_n. */
#ifndef ANALYSIS_CONCENTRATION_H
#define ANALYSIS_CONCENTRATION_H

#include "core/number.h"

typedef struct {
    ptrdiff_t items;    /* with a positive total                                              */
    Wide      positive; /* their sum                                                          */
    ptrdiff_t largest;  /* place of the largest, -1: none                                     */
    Money     top1;
    Wide      top10;    /* sum of the ten largest                                             */
    int64_t   hhi;      /* sum of squared percent shares, millionths: 10000000000 is one item */
    int64_t   gini;     /* millionths: 0 all alike                                            */
} Concentration;

/*   amount     total of each item, minor units
 *   order[n]   places of the items from the largest down (analysis/order.h)
 *   without    a place to leave out as though it never bought; -1: nobody
 *
 * HHI and Gini are rounded half away from zero once, at the end; the HHI is exact below 2^61 minor units in all, beyond
 * that to 17 digits. */
Concentration concentration_of(const Money *amount, const uint32_t *order, ptrdiff_t n, ptrdiff_t without);

/* What an HHI says: up to HHI_SPREAD nobody weighs much, above HHI_DANGER a few hold the whole.
 * Source: Merger Guidelines of the U.S. Department of Justice and the Federal Trade Commission (2023), guideline 1. */
#define HHI_SPREAD INT64_C(1000)
#define HHI_DANGER INT64_C(1800)

typedef enum { BASE_SPREAD, BASE_GATHERED, BASE_IN_DANGER, BASE_LEVELS } BaseLevel;

extern const char *const level_words[BASE_LEVELS]; /* keys of words/ */

BaseLevel hhi_level(const Concentration *c);

/* How much hangs on a few: in danger where one client brings `one_limit` or more (parts per million, usually 300000,
 * row SEG-17), or where the HHI says so of several together. */
BaseLevel concentration_level(const Concentration *c, Ratio one_limit);

/* Does a single one bring so much? */
bool concentration_one(const Concentration *c, Ratio one_limit);

#endif
