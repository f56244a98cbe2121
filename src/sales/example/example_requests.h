/* A year of the example firm's requests, which fit its sales: where a delivery is, when it can be, invoices to be
 * checked, documents, complaints about what came back.  One of nine was answered late and had come before a head; of
 * the last days some are open still. */
#ifndef SALES_EXAMPLE_EXAMPLE_REQUESTS_H
#define SALES_EXAMPLE_EXAMPLE_REQUESTS_H

#include "sales/example/example.h"
#include "work/work.h"

typedef struct {
    const char *kind; /* key of a kind: service complaint logistics ... */
    int32_t     client, author, performer; /* indexes; performer -1: nobody has taken it */
    Day         day;
    int         minute; /* of the day */
    int         hours; /* until it was answered; -1: it is open */
    bool        escalated;
    const char *what[LANGS], *answer[LANGS];
} ExampleRequest;

typedef struct {
    ExampleRequest *at;
    int             n;
} ExampleRequests;

/* `today` is the day after the last day of the firm's sales. */
ExampleRequests example_requests(Arena *mem, const ExampleFirm *firm);

/* What has been written down of the firm, by index. */
typedef struct {
    ExampleRequests    list;
    const int64_t     *user, *client;
    const ExampleUser *people;
} ExampleAsking;

/* Writes the requests; from a writing work. */
Err example_requests_write(Work *w, void *example_asking);

#endif
