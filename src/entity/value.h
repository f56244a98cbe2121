/* What a field can hold: sixteen types, each described once, in one row of a table.
 *
 *     type    C in a record   column  JSON                       empty (stored as NULL)   is
 *     text    Str             text    "…"                        no bytes                 UTF-8, trimmed, without NUL
 *     int     int64_t         int     12                         NONE                     a whole number
 *     bool    bool            bool    true                       - (false is false)       never NULL
 *     money   Money           int     "123.45"                   NONE                     minor units
 *     price   Price           int     "12.5"                     NONE                     millionths
 *     qty     Qty             int     "0.25"                     NONE                     thousandths
 *     ratio   Ratio           int     "0.3"                      NONE                     parts per million; 0.3 is 30
 *                                                                                         %
 *     degree  int64_t         int     "55.751244"                NONE                     millionths of a degree of
 *                                                                                         latitude or longitude
 *     day     Day             int     "2026-03-04"               DAY_NONE                 the firm's day
 *     moment  Moment          int     "2026-03-04T05:06:07.089Z" NONE                     milliseconds UTC
 *     choice  int (enum)      int     "existing"                 0                        1 + place in .options:
 *                                                                                         append, never reorder
 *     ref     int64_t         id      42                         0                        the id of another record
 *     link    Link            text,id "client:42"                .id = 0                  a record of one of several
 *                                                                                         entities, in two columns:
 *                                                                                         NAME_of and NAME_id
 *     rhythm  Str             text    "workdays 08:00"           no bytes                 when something comes round
 *     span    Str             text    "12 wd"                    no bytes                 how long after something;
 *                                                                                         both in the one form of
 *                                                                                         core/calendar.h
 *     filter  Str             text    {"field":…}                no bytes                 which records are meant
 *                                                                                         (entity/list.h); the door
 *                                                                                         asks whether it can be
 *                                                                                         asked (entity/uses.h)
 *
 * A Value is any of them on its way between a record, the base, JSON, a filter and a cell. */
#ifndef ENTITY_VALUE_H
#define ENTITY_VALUE_H

#include "format/json.h"
#include "store/db.h"

#define TYPES(X) X(text) X(int) X(bool) X(money) X(price) X(qty) X(ratio) X(degree) X(day) X(moment) X(choice) X(ref) \
    X(link) X(rhythm) X(span) X(filter)

#define TYPE_ENUM(type) TYPE_##type,
/* bool is a macro: it reaches a row as _Bool */
typedef enum { TYPES(TYPE_ENUM) TYPE_COUNT, TYPE__Bool = TYPE_bool } TypeId;
#undef TYPE_ENUM

typedef struct {
    Str     entity;
    int64_t id;
} Link;

/* The C type of a member by the name of its type. */
typedef Str     C_text;
typedef int64_t C_int;
typedef bool    C_bool;
typedef Money   C_money;
typedef Price   C_price;
typedef Qty     C_qty;
typedef Ratio   C_ratio;
typedef int64_t C_degree;
typedef Day     C_day;
typedef Moment  C_moment;
typedef int     C_choice;
typedef int64_t C_ref;
typedef Link    C_link;
typedef Str     C_rhythm;
typedef Str     C_span;
typedef Str     C_filter;

typedef struct {
    int64_t n; /* number, day, moment, 0 or 1, id, place of a choice from 1            */
    Str     s; /* text; key of a choice; the entity of a link                          */
    bool    empty;
} Value;

typedef enum {
    OP_is       = 1 << 0,
    OP_is_not   = 1 << 1,
    OP_in       = 1 << 2,
    OP_has      = 1 << 3, /* any part, folded: only text with .find */
    OP_starts   = 1 << 4, /* the beginning, folded: the same        */
    OP_from     = 1 << 5, /* >=                                     */
    OP_to       = 1 << 6, /* <=                                     */
    OP_empty    = 1 << 7,
    OP_not_empty = 1 << 8,
    OP_under    = 1 << 9, /* the record or one below it: a reference to an entity with a tree */
    OP_of       = 1 << 10, /* a link to any record of that entity   */
} FilterOp;
#define OP_COUNT 11
extern const char *const op_names[OP_COUNT]; /* by bit */

typedef struct {
    const char *name;       /* "money"                                                          */
    const char *column;     /* of migrations: id int bool text                                  */
    const char *typescript; /* "string"; null: the union of the options                         */
    const char *schema;     /* JSON Schema as text; null: an enum of the options                */
    const char *widget;     /* what the form shows                                              */
    unsigned    ops;        /* FilterOp bits; has and starts only with .find                    */
    int         places;     /* digits behind the point in text; 0 for whole numbers             */
    int64_t     least, most; /* the range of the type itself; text: bytes of the longest        */
    bool        sums;       /* a column of them has a total                                     */
} Type;

extern const Type types[TYPE_COUNT];

TypeId type_named(Str name); /* TYPE_COUNT: there is none */

#define TEXT_MAX 200 /* characters of a text whose field says nothing */

typedef struct Field Field;

Value value_none(void);
Value value_int(int64_t n); /* NONE: empty */
Value value_text(Str s);    /* no bytes: empty */
bool  value_is_text(const Field *f); /* it is in .s, of a link in part, and is read from the base as text */
bool  value_same(const Field *f, Value a, Value b);

/* Between a record's member (own fields: its slot) and a value.  A text is not copied. */
Value value_get(const Field *f, const void *record);
void  value_set(const Field *f, void *record, Value v);

/* Between the base and a value.  A text from a row lives in mem.  A link is read as one text, "client:42"; its two
 * columns are written by entity/columns.h. */
Val   value_bind(const Field *f, Value v);
Value value_row(Arena *mem, const Field *f, const Rows *rows, int column);

/* The one text of a value: in diffs, CSV of the API, filters, addresses: `123.45`, `2026-03-04`, `true`, `42`.  Empty:
 * no bytes. */
void  value_write(Buf *to, const Field *f, Value v);
bool  value_read(Arena *mem, const Field *f, Str text, Value *out); /* exactly that form; no bytes: empty */

/* JSON.  The reader takes what the writer writes, and for decimals also a whole number of units (12 for "12.00").
 * False: not of this type. */
void  value_json(JsonOut *to, const Field *f, Value v);
bool  value_of_json(Arena *mem, const Field *f, const Json *json, Value *out);

/* Is the value within the type's and the field's limits?  OK, or INVALID with *key naming the words (`field.too_long`
 * …) and *limit the bound that was passed; of a rhythm or a span the place, from 1, where it goes wrong.  Empty
 * values pass: `required` is asked by the door. */
Err   value_check(const Field *f, Value v, const char **key, Value *limit);

#endif
