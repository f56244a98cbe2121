/* What stands on a command line: --name value, --name=value, --flag, and the rest in its order; -- ends the options. */
#ifndef APP_OPTIONS_H
#define APP_OPTIONS_H

#include "app/command.h"

typedef struct {
    const char *name; /* without the dashes          */
    bool        flag; /* takes no value              */
} OptionRow;

enum { OPTIONS_PLAIN_MAX = 8 };

typedef struct {
    const char **value; /* [rows] null: not given; a flag that was given is "" */
    const char  *plain[OPTIONS_PLAIN_MAX];
    int          plain_count;
} Options;

/* INVALID with a problem (options.unknown with the nearest name, options.twice, options.no_value, options.takes_none,
 * options.too_many) for what is none of the rows or stands twice. */
Err options_read(Call *call, const OptionRow *rows, int count, Options *out);

/* The same for a command that takes options only: a word is options.too_many. */
Err options_alone(Call *call, const OptionRow *rows, int count, Options *out);

/* The value of option `at`, or what is usual where it was not given. */
Str option_or(const Options *o, int at, const char *usual);

/* The nearest of n names to a mistyped one, at most two letters away; null when none is near. */
const char *name_nearest(const char *typed, const char *const *names, int n);

#endif
