/* What is wrong, in a form that can be said in any language and shown at its place.
 *
 * A problem names a key of words/ (`import.no_such_day`), the field and the row it is about, and the values its
 * sentence needs. Whoever checks adds problems and returns the Err; whoever shows them picks the language. */
#ifndef CORE_PROBLEM_H
#define CORE_PROBLEM_H

#include "core/day.h"
#include "core/number.h"

typedef enum {
    ARG_TEXT, ARG_COUNT, ARG_MONEY, ARG_DAY,
    ARG_WORD,  /* a key of words/ itself                      */
    ARG_ABOUT, /* money, shown without its minor units        */
    ARG_SHARE, /* a Ratio, shown in percent                   */
    ARG_MONTH, /* a Month                                     */
    ARG_ROW,   /* of a file, with its sheet: row_of_sheet     */
    ARG_TITLE, /* what a record is called: the record `number` of the entity `of` */
} ArgKind;

typedef struct {
    const char *name; /* as in "{name}" of the sentence */
    ArgKind     kind;
    Str         text;
    int64_t     number;
    const char *of;
} Arg;

/* The arguments of a sentence, as an array and how many: there may be none, and at most as many as its reader takes. */
#define ARGS(...)   ((Arg[]){ { 0 }, ##__VA_ARGS__ } + 1)
#define ARGS_N(...) ((int)(sizeof((Arg[]){ { 0 }, ##__VA_ARGS__ }) / sizeof(Arg)) - 1)

typedef struct Problem Problem;

struct Problem {
    Problem    *next;
    Err         err;
    const char *field; /* null: about the whole */
    const char *key;
    int64_t     row;   /* of a file or a list, from 1; 0: none; of several sheets as row_of_sheet numbers them */
    Arg         args[4];
    int         arg_count;
    bool        confirmable, needs_reason; /* it passes when it is said that it is meant, and why (entity/check.h) */
};

typedef struct {
    Arena    *mem;   /* null: nobody wants to hear them        */
    Problem  *first, *last;
    ptrdiff_t count; /* of all, kept or not                    */
    ptrdiff_t limit; /* how many are kept; 0 keeps all         */
} Problems;

Arg arg_text(const char *name, Str text);
Arg arg_count(const char *name, int64_t n);
Arg arg_money(const char *name, Money m);
Arg arg_day(const char *name, Day d);
Arg arg_word(const char *name, const char *key);
Arg arg_about(const char *name, Money m);
Arg arg_share(const char *name, Ratio r);
Arg arg_month(const char *name, Month m);
Arg arg_row(const char *name, int64_t row);
Arg arg_title(const char *name, const char *of, int64_t id, Str title);

/* Rows of several sheets (from 0) that are read as one file are told apart, and stay in their order. */
enum { ROW_BITS = 32 };

static inline int64_t row_of_sheet(int sheet, int64_t row)
{
    return (int64_t)(sheet + 1) << ROW_BITS | row;
}

/* Adds a problem and returns its err.  Texts of arguments are copied (the first 200 bytes).  Up to four arguments. */
Err problem_add(Problems *list, Problem p);

#define PROBLEM(list, err_, field_, key_, ...)                                                                         \
    problem_add(list, (Problem){ .err = (err_),                                                                        \
                                 .field = (field_),                                                                    \
                                 .key = (key_),                                                                        \
                                 .args = { __VA_ARGS__ },                                                              \
                                 .arg_count = ARGS_N(__VA_ARGS__) })

#endif
