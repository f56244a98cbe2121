/* Rows of a line of what there was: how each source reads them, and how they are told. */
#ifndef SALES_ACTIVITIES_TIMELINE_ROWS_H
#define SALES_ACTIVITIES_TIMELINE_ROWS_H

#include "api/route.h"
#include "entity/entity.h"

/* In the order in which rows of one moment stand, the last one first. */
enum { FROM_CHANGES, FROM_FILES, FROM_SALES, FROM_REQUESTS, FROM_ACTIVITIES, SOURCES };

typedef struct {
    Moment  at;
    int     source;
    int64_t id;
} LinePlace;

/* Of a row what its source says; what it does not say is empty. */
typedef struct {
    LinePlace   place;
    int64_t     kind_id, other, by, n; /* other: the person, or the client, of an activity */
    Str         kind, title, aim, by_name, result, where;
    const char *channel, *state, *outcome;
    Money       total;
    Day         day;
    bool        timed;
} LineItem;

typedef struct {
    LineItem *at;
    ptrdiff_t n;
} LineItems;

typedef struct {
    const char *what; /* its name on the line, and the entity of its rows */
    const char *needs; /* whose right to view it takes                     */
    void (*read)(Work *w, const Rows *row, LineItem *out);
} LineSource;

extern const LineSource line_sources[SOURCES];

LineItem *line_item_new(LineItems *items); /* with nothing said; there is room for it */
void      line_activity_read(Work *w, const Rows *row, LineItem *out);

/* Those of the source count as looked at. */
Err line_items_shown(Work *w, const LineItems *items, int source);

/* Writes them as an array.  `other` is the entity of what an activity has besides: its title is told as far as it is in
 * sight. */
Err line_items_put(Request *r, const LineItems *items, const Entity *other);

/* The key with the text, or with null where there is none. */
void line_text_put(JsonOut *j, const char *key, Str text);

#endif
