/* Everything a summary says at once: classes, scores, statuses, concentration and months, by one set of settings.
 *
 * What `sbyt analyze` prints and the Analysis screens show.  Deterministic: ties keep the order of first appearance. */
#ifndef ANALYSIS_REPORT_H
#define ANALYSIS_REPORT_H

#include "analysis/abc.h"
#include "analysis/concentration.h"
#include "analysis/rfm.h"
#include "analysis/status.h"
#include "analysis/summary.h"
#include "analysis/xyz.h"

typedef struct {
    AbcCuts        abc;
    XyzCuts        xyz;
    StatusSettings status;
    Ratio          one_limit; /* a client with this share of the revenue is a danger (row SEG-17) */
} ReportSettings;

#define REPORT_USUAL ((ReportSettings){ ABC_USUAL, XYZ_USUAL, STATUS_USUAL, 300000 })

typedef struct {
    int64_t clients;
    Wide    revenue; /* of the period, after returns */
} Group;

typedef struct {
    int64_t clients;
    Wide    revenue, reserve; /* reserve a month: best month less the average one, summed over the clients */
} Cell;

typedef struct {
    const Summary *of;
    ReportSettings set;

    ptrdiff_t      clients;  /* with a line in the period: those the ABC counts                        */
    Wide           positive; /* sum of their positive totals: what shares are of                       */
    AbcClass       abc[3];
    unsigned       abc_deviations;
    Wide           top20;    /* of the fifth of the clients that brings most                           */
    AbcClass       products_abc[3];
    Wide           products_positive;

    XyzMonths      xyz_months;  /* the whole ones of the period, from the first sale of all                */
    XyzMonths      past_months; /* the whole ones of all the history up to the end of the period           */
    Group          xyz[3];
    Cell           cell[3][3]; /* [A B C][X Y Z]                                                       */
    Group          rfm[RFM_CELLS];
    Group          status[STATUSES]; /* of all clients with a line up to `to`                          */
    Rhythm         rhythm;     /* the usual one                                                        */
    Concentration  concentration;
    int32_t       *month_new;  /* [of->months] first purchase ever in that month                       */
    int32_t       *month_lost; /* [of->months] last purchase ever in that month, status lost           */

    /* By client, in the order of the summary.  Out of the period: 0 in abc, xyz and rfm. */
    uint32_t      *order;      /* [clients] places from the largest down                               */
    char          *abc_of;     /* 'A' 'B' 'C'                                                          */
    char          *xyz_of;     /* 'X' 'Y' 'Z', 0: no purchase in the whole months                      */
    Rfm           *rfm_of;
    uint8_t       *status_of;  /* a Status                                                             */
    char          *products_abc_of;
} Report;

/* Fills *out, which points into mem and into the summary.
 *
 * INVALID   cuts out of order
 * 10 bytes a client and 9 a month stay in mem.  Works in two threads, each with half of scratch, where it holds 28
 * bytes a client (or product, where these are more) and 16 KiB. */
Err report_make(const Summary *s, ReportSettings set, Arena *mem, Arena scratch, Report *out);

#endif
