/* A year of the example firm's deals, which fit its sales: what was won was sold, on that day, to that client, by who
 * sells to him, for that money.
 *
 * What newcomers bought first, and one document of seventy of the others, was a deal that was won; some clients and
 * some who have never bought said no; sixty are open, on every stage of both pipelines, some of them large, some
 * standing for weeks, some past the day on which they were expected.  What was lost says at which stage. */
#ifndef SALES_EXAMPLE_EXAMPLE_DEALS_H
#define SALES_EXAMPLE_EXAMPLE_DEALS_H

#include "sales/example/example.h"
#include "work/work.h"

enum { EXAMPLE_DEAL_LINES_MOST = 4, EXAMPLE_DEALS_OPEN = 60 };

typedef struct {
    int32_t product; /* index in products */
    Qty     qty;
    Money   amount;
} ExampleDealLine;

typedef struct {
    int32_t         client, keeper;                             /* indexes in clients, in users             */
    const char     *stage;                                      /* key: lead ... again_won                  */
    const char     *lost_at;                                    /* key: where it stood when it was lost     */
    const char     *reason, *rival;                             /* of what is lost; null: to nobody known   */
    const char     *inbound;                                    /* key: cold inbound visit                  */
    const char     *name[LANGS];                                /* % stands for what is bought              */
    Day             opened, qualified, since, closed, expected; /* DAY_NONE: not yet                        */
    int             weight;                                     /* how likely, in percent; -1: not said     */
    ExampleDealLine line[EXAMPLE_DEAL_LINES_MOST];
    int             lines;
    Money           amount, cost;
    Money           contract, paid, shipped;                    /* 0: none                                  */
    Day             contract_on, paid_on, shipped_on;
    bool            needed;                                     /* it stands as a need of the client's, too */
} ExampleDeal;

typedef struct {
    ExampleDeal *at; /* by the day on which they were opened */
    int          n;
} ExampleDeals;

ExampleDeals example_deals(Arena *mem, const ExampleFirm *firm);

/* What has been written down of the firm, by index. */
typedef struct {
    ExampleDeals       list;
    const ExampleFirm *firm;
    const int64_t     *user, *client, *person, *product, *channel;
    const int64_t     *source; /* by client */
    int64_t           *id; /* of the deals, as they are written; 0: not */
} ExampleDealing;

/* Writes the deals and the needs; from a writing work. */
Err example_deals_write(Work *w, void *example_dealing);

#endif
