/* RFM: how lately, how often and for how much each client bought, as three scores from 1 to 5.
 *
 * Source: A. M. Hughes, "Strategic Database Marketing" (1994), with scores by quantiles of each figure on its own; the
 * quantiles are interpolated linearly (method 7 of R. J. Hyndman and Y. Fan, "Sample quantiles in statistical
 * packages", The American Statistician 50 (1996)). */
#ifndef ANALYSIS_RFM_H
#define ANALYSIS_RFM_H

#include "core/number.h"

/* Scores of values: 1 + the number of the cuts .2 .4 .6 .8 that the value strictly exceeds, so that equals score alike.
 *
 *   value[n]  any whole numbers
 *   out[n]    1..5
 *
 * Exact, nothing is rounded.  Linear time; scratch holds 16 bytes a value. */
void rfm_fifths(const int64_t *value, ptrdiff_t n, uint8_t *out, Arena scratch);

typedef struct {
    uint8_t r, f, m; /* 1..5; 0 0 0: left out */
} Rfm;

/* Scores of n clients, 5 the best in each.
 *
 *   days_ago[n]   days from the last purchase to the day looked from
 *   documents[n]  different documents with a purchase (purchase days where there are no documents); 0: the client is
 *                 left out
 *   money[n]      minor units, may be negative after returns
 *   out[n]        r is 6 less the score of days_ago: the fewer days the better
 *
 * scratch holds 33 bytes a client. */
void rfm_score(const int32_t *days_ago, const int32_t *documents, const Money *money, ptrdiff_t n, Rfm *out,
               Arena scratch);

/* The cell of a score, 0..124, from 5 5 5 down to 1 1 1; and back. */
static inline int rfm_cell(Rfm s)    { return (5 - s.r) * 25 + (5 - s.f) * 5 + (5 - s.m); }
static inline Rfm rfm_of_cell(int c)
{
    return (Rfm){ (uint8_t)(5 - c / 25), (uint8_t)(5 - c / 5 % 5), (uint8_t)(5 - c % 5) };
}

enum { RFM_CELLS = 125 };

/* Groups people can remember, by the sum of the three scores: best from 13, good from 10, middle from 7, weak below;
 * none for who is left out. */
enum { RFM_BEST, RFM_GOOD, RFM_MIDDLE, RFM_WEAK, RFM_NONE, RFM_GROUPS };
extern const char *const rfm_groups[RFM_GROUPS]; /* "best" … "none" */
int                      rfm_group(Rfm s);

/* Who moved between two dates, by the sum of the three scores.
 *
 *   before[n], after[n]  scores of the same clients at the two dates */
typedef struct {
    int64_t up, down, same, came, left; /* came: had no score before; left: has none after */
} RfmMoves;

RfmMoves rfm_moves(const Rfm *before, const Rfm *after, ptrdiff_t n);

#endif
