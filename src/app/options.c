/* What stands on a command line. */
#include "app/options.h"

#include <string.h>

enum { NAME_MAX_LETTERS = 30 };

/* How many letters must be put in, left out or changed (V. I. Levenshtein, 1965); long names are far from
 * everything. */
static int letters_apart(const char *a, const char *b)
{
    int row[NAME_MAX_LETTERS + 1], na = (int)strlen(a), nb = (int)strlen(b);
    if (na > NAME_MAX_LETTERS || nb > NAME_MAX_LETTERS) return NAME_MAX_LETTERS;
    for (int j = 0; j <= nb; j++) row[j] = j;
    for (int i = 1; i <= na; i++) {
        int slant = row[0]; /* what stood above and to the left */
        row[0]    = i;
        for (int j = 1; j <= nb; j++) {
            int above = row[j], best = slant + (a[i - 1] != b[j - 1]);
            if (above + 1 < best) best = above + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            slant  = above;
            row[j] = best;
        }
    }
    return row[nb];
}

const char *name_nearest(const char *typed, const char *const *names, int n)
{
    const char *nearest = NULL;
    int         least   = 3;
    for (int i = 0; i < n; i++) {
        int apart = letters_apart(typed, names[i]);
        if (apart >= least) continue;
        least   = apart;
        nearest = names[i];
    }
    return nearest;
}

static Err unknown(Call *call, const OptionRow *rows, int count, Str name)
{
    const char **names = NEW_N(call->mem, const char *, count);
    for (int i = 0; i < count; i++) names[i] = rows[i].name;
    const char *nearest = name_nearest(str_c(call->mem, name), names, count);
    if (!nearest) return PROBLEM(&call->problems, INVALID, NULL, "options.unknown", arg_text("option", name));
    return PROBLEM(&call->problems, INVALID, NULL, "options.unknown_near", arg_text("option", name),
                   arg_text("near", str_of(nearest)));
}

static int row_named(const OptionRow *rows, int count, Str name)
{
    for (int i = 0; i < count; i++)
        if (str_eq(str_of(rows[i].name), name)) return i;
    return -1;
}

/* One option at argv[*at]; *at moves on to its value when that stands apart. */
static Err option_take(Call *call, const OptionRow *rows, int count, int *at, Options *out)
{
    Str  name  = str_from(str_of(call->argv[*at]), 2);
    bool joint = memchr(name.s, '=', (size_t)name.n) != NULL;
    Str  value = name;
    name       = str_cut(&value, '=');
    int row    = row_named(rows, count, name);
    if (row < 0) return unknown(call, rows, count, name);
    if (out->value[row]) return PROBLEM(&call->problems, INVALID, NULL, "options.twice", arg_text("option", name));
    if (rows[row].flag && joint)
        return PROBLEM(&call->problems, INVALID, NULL, "options.takes_none", arg_text("option", name));
    if (rows[row].flag) out->value[row] = "";
    else if (joint) out->value[row] = value.s;
    else if (*at + 1 < call->argc) out->value[row] = call->argv[++*at];
    else return PROBLEM(&call->problems, INVALID, NULL, "options.no_value", arg_text("option", name));
    return OK;
}

Err options_alone(Call *call, const OptionRow *rows, int count, Options *out)
{
    TRY(options_read(call, rows, count, out));
    return out->plain_count
               ? PROBLEM(&call->problems, INVALID, NULL, "options.too_many", arg_text("word", str_of(out->plain[0])))
               : OK;
}

Str option_or(const Options *o, int at, const char *usual)
{
    return str_of(o->value[at] ? o->value[at] : usual);
}

Err options_read(Call *call, const OptionRow *rows, int count, Options *out)
{
    bool over = false;
    *out      = (Options){ .value = NEW_N(call->mem, const char *, count) };
    for (int i = 0; i < call->argc; i++) {
        const char *word = call->argv[i];
        if (!over && strcmp(word, "--") == 0) {
            over = true;
        } else if (!over && strncmp(word, "--", 2) == 0) {
            TRY(option_take(call, rows, count, &i, out));
        } else if (out->plain_count < OPTIONS_PLAIN_MAX) {
            out->plain[out->plain_count++] = word;
        } else {
            return PROBLEM(&call->problems, INVALID, NULL, "options.too_many", arg_text("word", str_of(word)));
        }
    }
    return OK;
}
