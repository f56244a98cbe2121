/* RFM: scores by quantiles that need no fractions. */
#include "analysis/rfm.h"

#include "analysis/order.h"

#include <string.h>

void rfm_fifths(const int64_t *value, ptrdiff_t n, uint8_t *out, Arena scratch)
{
    if (n == 0) return;
    int64_t *sorted = NEW_RAW(&scratch, int64_t, n);
    memcpy(sorted, value, (size_t)n * sizeof *value);
    order_values(sorted, n, scratch);
    /* A cut lies at or above the value before it and under the next one, and whoever is scored is one of the values: he
     * exceeds the cut when he exceeds the value before it. */
    int64_t cut[4];
    for (int k = 0; k < 4; k++) cut[k] = sorted[(n - 1) * (k + 1) / 5];
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t v = value[i];
        out[i]    = (uint8_t)(1 + (v > cut[0]) + (v > cut[1]) + (v > cut[2]) + (v > cut[3]));
    }
}

void rfm_score(const int32_t *days_ago, const int32_t *documents, const Money *money, ptrdiff_t n, Rfm *out,
               Arena scratch)
{
    int64_t  *value = NEW_RAW(&scratch, int64_t, n);
    uint8_t  *score = NEW_RAW(&scratch, uint8_t, n);
    for (int part = 0; part < 3; part++) {
        ptrdiff_t count = 0;
        for (ptrdiff_t i = 0; i < n; i++)
            if (documents[i] > 0) value[count++] = part == 0 ? days_ago[i] : part == 1 ? documents[i] : money[i];
        rfm_fifths(value, count, score, scratch);
        count = 0;
        for (ptrdiff_t i = 0; i < n; i++) {
            uint8_t s = documents[i] > 0 ? score[count++] : 0;
            if (part == 0) out[i].r = (uint8_t)(s ? 6 - s : 0);
            else if (part == 1) out[i].f = s;
            else out[i].m = s;
        }
    }
}

RfmMoves rfm_moves(const Rfm *before, const Rfm *after, ptrdiff_t n)
{
    RfmMoves moves = { 0 };
    for (ptrdiff_t i = 0; i < n; i++) {
        int was = before[i].r + before[i].f + before[i].m, is = after[i].r + after[i].f + after[i].m;
        if (!was && !is) continue;
        int64_t *to = !was       ? &moves.came
                      : !is      ? &moves.left
                      : is > was ? &moves.up
                      : is < was ? &moves.down
                                 : &moves.same;
        ++*to;
    }
    return moves;
}

/* ---- groups ---- */

const char *const rfm_groups[RFM_GROUPS] = { "best", "good", "middle", "weak", "none" };

int rfm_group(Rfm s)
{
    static const int least[RFM_GROUPS] = { 13, 10, 7, 3, 0 };
    int              g                 = 0;
    while (s.r + s.f + s.m < least[g]) g++;
    return g;
}
