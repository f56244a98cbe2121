/* A year of the example firm's work: calls before orders, meetings and visits that follow their clients' stories, what
 * is planned next, and what everybody has to do today.
 *
 * The last year before the day `to`, and what comes after it: clients that have left and one of twelve others have no
 * next contact, some are overdue.  Days are working days of a usual week. */
#ifndef SALES_EXAMPLE_EXAMPLE_WORK_H
#define SALES_EXAMPLE_EXAMPLE_WORK_H

#include "sales/example/example_deals.h"
#include "work/work.h"

typedef struct {
    int32_t     client; /* index in clients; -1: none             */
    int32_t     performer; /* index in users                         */
    int32_t     deal; /* index in deals that it is about; -1: none */
    const char *kind; /* key of a kind: call meeting visit ...  */
    const char *aim; /* key of an aim; null: none              */
    Day         day;
    int         minute; /* of the day; -1: some time that day     */
    bool        done;
    const char *outcome; /* letters; else null                     */
    const char *says[LANGS]; /* the result, or what is to be done; null: nothing */
} ExampleActivity;

typedef struct {
    ExampleActivity *at;
    int              n;
} ExampleActivities;

/* `today` is the day after the last day of the firm's sales.  What is said with a client while a deal goes is about it.
 */
ExampleActivities example_activities(Arena *mem, const ExampleFirm *firm, const ExampleDeals *deals);

/* What has been written down of the firm, by index. */
typedef struct {
    ExampleActivities list;
    const int64_t    *user, *client, *person, *deal;
    int               from, to; /* of this piece */
} ExampleWork;

/* Writes the activities from .from to .to; from a writing work. */
Err example_work_write(Work *w, void *example_work);

#endif
