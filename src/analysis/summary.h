/* What a history of sales says about each client, product and month: the arrays that every method of analysis/ reads.
 *
 * A tally fills it from a file (analysis/tally.h), the server from its facts.  All arrays are in the order of first
 * appearance.
 *
 *   purchase   a line that is not a return
 *   period     from..to, both included; money and counts belong to it
 *   ever       everything up to and including `seen`, before the period too
 *
 * A return lowers money on its own day and counts as nothing else: no document, no purchase day, no first or last
 * purchase. */
#ifndef ANALYSIS_SUMMARY_H
#define ANALYSIS_SUMMARY_H

#include "analysis/xyz.h"
#include "core/day.h"
#include "core/number.h"

typedef struct Summary Summary;

/* A calendar month of a client, whatever the period. */
typedef struct {
    Month    month;
    uint32_t days;  /* of purchases, as bits 0 .. 30 */
    Money    money; /* after returns                 */
} MonthBought;

struct Summary {
    Day       from, to;      /* as asked, or the first and the last day of the lines                            */
    Day       as_of;         /* as asked, or the day after the last line                                        */
    Day       seen;          /* `to`, or later: purchases since a period has ended tell where one stands        */
    Day       judged;        /* no month that ends behind it is judged (months_judged of analysis/xyz.h)        */
    Day begins; /* the first sale of all there are, before the period and whoever is asked about too; DAY_NONE: none */
    Month     month0;        /* of `from`                                                                       */
    int       months;        /* calendar months touched by from..to                                             */
    bool      has_documents; /* a document column exists; otherwise a document is a client's purchase day       */

    int64_t   lines;         /* in the period, returns included                                                 */
    int64_t   documents;     /* different ones with a purchase in the period                                    */
    Wide      revenue;       /* of the period, after returns                                                    */

    ptrdiff_t clients;       /* with a line ever                                                                */
    Str      *client;        /* [clients] as the file names them, UTF-8                                         */
    bool     *in_period;     /* has a line in the period                                                        */
    Money    *money;         /* of the period                                                                   */
    int32_t  *client_documents; /* different documents with a purchase in the period                            */
    int32_t  *days;          /* different purchase days, ever                                                   */
    Day      *first, *last;  /* purchase, ever; DAY_NONE: returns only                                          */

    ptrdiff_t products;      /* with a line in the period; 0 without a product column                           */
    Str      *product;
    Money    *product_money;
    Wide      nameless;      /* of lines of the period without a product; 0 without a product column            */

    Money    *month_money;     /* [months] of the period                                                        */
    int32_t  *month_documents; /* different documents with a purchase in the month                              */
    int32_t  *month_clients;   /* different clients with a purchase in the month                                */

    /* A client's money of each of these months, before the period too but never behind its end, and whether a purchase
     * (not only a return) lies in it: fills out[of.count] and bought[of.count], which may be null.  Of the month in
     * which the period begins everything counts.  Safe from several threads. */
    void (*client_months)(const Summary *s, ptrdiff_t client, XyzMonths of, Money *out, bool *bought);

    /* A client's months with a line ever, in order of time: fills out[] and returns how many; at most those from
     * `begins` to `seen`.  Safe from several threads. */
    ptrdiff_t (*client_history)(const Summary *s, ptrdiff_t client, MonthBought *out);
    const void *cells;         /* what client_months reads                                                      */
};

#endif
