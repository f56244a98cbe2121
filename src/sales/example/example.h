/* The example firm: a Russian distributor of electrical goods and tools, invented whole and always the same.
 *
 * Three years of it up to a given day: a dominant client with a thin margin, seasons, prices that rise each January,
 * clients that grow, shrink, fall asleep, come back or leave, returns, and clients who have never bought.  Nothing in
 * it belongs to anybody: ИНН have right digits, telephone numbers begin with 0 behind the code of the town, where no
 * number is ever given out.
 *
 * Whole numbers only, so that every machine makes the same firm from the same day. */
#ifndef SALES_EXAMPLE_EXAMPLE_H
#define SALES_EXAMPLE_EXAMPLE_H

#include "core/day.h"
#include "core/number.h"

enum {
    EXAMPLE_USERS    = 25,
    EXAMPLE_GROUPS   = 12,
    EXAMPLE_PRODUCTS = 150,
    EXAMPLE_CLIENTS  = 1200,
    EXAMPLE_LINES    = 60000,
};

typedef struct {
    Str         name, login, email;
    const char *role; /* key of a role that comes with the system: sales_manager ... */
    int         unit; /* index in example_units                                      */
    bool        sells;
} ExampleUser;

typedef struct {
    const char *name;
    int         parent, head; /* -1: none; head is an index in users */
} ExampleUnit;

typedef struct {
    Str   name, number; /* article */
    int   group;
    const char *unit;
    Money price, cost;  /* at the start of the three years */
} ExampleProduct;

typedef enum {
    STORY_STEADY,
    STORY_GROWS,
    STORY_SHRINKS,
    STORY_SLEEPS,
    STORY_LEFT,
    STORY_RARE,
    STORY_DOMINANT,
    STORY_NEVER
} ExampleStory;

typedef struct {
    Str          name, number, inn, kpp, city, street, phone, person, post, person_phone, email;
    bool         entrepreneur;
    const char  *source;     /* one of example_sources  */
    int          keeper;     /* index in users          */
    int          channel;    /* index in example_channels */
    ExampleStory story;
    Day          since;      /* entered into the base   */
} ExampleClient;

typedef struct {
    int32_t client, seller, product;
    int32_t document; /* from 1, ascending with the day */
    Day     day;
    int16_t channel;
    bool    is_return;
    Qty     qty;      /* positive, also in a return */
    Money   price, amount, cost;
} ExampleLine;

typedef struct {
    Day             from, to;
    ExampleUser    *user;
    ExampleProduct *product;
    ExampleClient  *client;
    ExampleLine    *line; /* EXAMPLE_LINES, by document */
    int32_t         documents;
} ExampleFirm;

extern const ExampleUnit example_units[];
extern const int         example_unit_count;
extern const char *const example_groups[EXAMPLE_GROUPS];
extern const char *const example_channels[3];
extern const char *const example_sources[6];

/* The firm as it stands at the end of the day `to`. */
ExampleFirm example_make(Arena *mem, Day to, Arena scratch);

/* Its sales as a table, as 1C would hand them over: one row a line, `;`, decimal comma, names in Russian. */
void example_sales_csv(const ExampleFirm *firm, Buf *out);
void example_clients_csv(const ExampleFirm *firm, Buf *out);

#endif
