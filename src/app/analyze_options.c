/* The options of `sbyt analyze`, read and checked. */
#include "app/analyze_options.h"

#include "format/dates.h"
#include "format/number.h"

#include <string.h>

enum { COLUMNS, RETURNS, AS_OF, ABC, XYZ, PERIOD, JSON, FINDINGS, XLSX, OPTIONS };

static const OptionRow rows[OPTIONS] = {
    [COLUMNS] = { "columns", false }, [RETURNS] = { "returns", false }, [AS_OF] = { "as-of", false },
    [ABC] = { "abc", false },         [XYZ] = { "xyz", false },         [PERIOD] = { "period", false },
    [JSON] = { "json", true }, [FINDINGS] = { "findings", true },        [XLSX] = { "xlsx", false },
};

static bool digits_only(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.s[i] < '0' || s.s[i] > '9') return false;
    return s.n > 0;
}

/* 2024-03 or 2024: the months it spans. */
static bool months_read(Str text, Month *first, Month *last)
{
    int64_t year, month = 0;
    Str     rest = text, y = str_cut(&rest, '-');
    bool    has_month = text.n == 7;
    if (y.n != 4 || !digits_only(y) || !str_i64(y, &year) || year < 1900 || year > 2199) return false;
    if (has_month && (!digits_only(rest) || !str_i64(rest, &month) || month < 1 || month > 12)) return false;
    if (!has_month && text.n != 4) return false;
    *first = (Month)(year * 12 + (has_month ? month - 1 : 0));
    *last  = has_month ? *first : *first + 11;
    return true;
}

static bool end_read(Str text, bool last, Day *out)
{
    Month from, to;
    if (text.n == 0) {
        *out = DAY_NONE;
        return true;
    }
    if (months_read(text, &from, &to)) {
        *out = last ? month_last(to) : month_first(from);
        return true;
    }
    return day_cell_read(text, DAY_DMY, out) == CELL_READ;
}

bool period_read(Str text, Day *from, Day *to)
{
    ptrdiff_t dots = str_find(text, S(".."));
    Str       left = dots < 0 ? text : str_upto(text, dots), right = dots < 0 ? text : str_from(text, dots + 2);
    if (left.n == 0 && right.n == 0) return false;
    if (!end_read(left, false, from) || !end_read(right, true, to)) return false;
    return *from == DAY_NONE || *to == DAY_NONE || *from <= *to;
}

static bool percent_read(Str text, Ratio *out)
{
    Str rest = text = str_trim(text), whole = str_cut(&rest, '.');
    if (!digits_only(whole) || (whole.n < text.n && !digits_only(rest))) return false;
    return number_read(text, (NumberForm){ .decimal = '.' }, 4, out) == CELL_READ;
}

bool cuts_read(Str text, Ratio *one, Ratio *other)
{
    Str first = str_cut(&text, str_find(text, S(";")) >= 0 ? ';' : ',');
    return percent_read(first, one) && percent_read(text, other);
}

static Err bad(Call *call, const char *field, const char *key, const char *value)
{
    return PROBLEM(&call->problems, INVALID, field, key, arg_text("option", str_of(field)),
                   arg_text("value", str_of(value)));
}

static Err cuts_take(Call *call, const Options *given, AnalyzeOptions *out)
{
    const char *abc = given->value[ABC], *xyz = given->value[XYZ];
    AbcCuts    *a   = &out->report.abc;
    XyzCuts    *x   = &out->report.xyz;
    if (abc && (!cuts_read(str_of(abc), &a->a, &a->b) || a->a >= a->b || a->b > RATIO_ONE))
        return bad(call, "abc", "analyze.bad_abc", abc);
    if (xyz && (!cuts_read(str_of(xyz), &x->x, &x->y) || !xyz_cuts_valid(*x)))
        return bad(call, "xyz", "analyze.bad_xyz", xyz);
    return OK;
}

static Err days_take(Call *call, const Options *given, AnalyzeOptions *out)
{
    const char *period = given->value[PERIOD], *as_of = given->value[AS_OF];
    if (period && !period_read(str_of(period), &out->tally.from, &out->tally.to))
        return bad(call, "period", "analyze.bad_period", period);
    if (as_of && day_cell_read(str_of(as_of), DAY_DMY, &out->tally.as_of) != CELL_READ)
        return bad(call, "as-of", "analyze.bad_day", as_of);
    return OK;
}

static Err returns_take(Call *call, const Options *given, AnalyzeOptions *out)
{
    const char *returns = given->value[RETURNS];
    if (!returns || strcmp(returns, "net") == 0) return OK;
    if (strcmp(returns, "ignore") != 0) return bad(call, "returns", "analyze.bad_returns", returns);
    out->tally.ignore_returns = true;
    return OK;
}

Err analyze_options(Call *call, AnalyzeOptions *out)
{
    Options given;
    *out = (AnalyzeOptions){ .tally = { .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE }, .report = REPORT_USUAL };
    TRY(options_read(call, rows, OPTIONS, &given));
    if (given.plain_count == 0) return PROBLEM(&call->problems, INVALID, NULL, "analyze.no_file");
    if (given.plain_count > 1)
        return PROBLEM(&call->problems, INVALID, NULL, "options.too_many", arg_text("word", str_of(given.plain[1])));
    out->path    = given.plain[0];
    out->columns = given.value[COLUMNS];
    out->json    = given.value[JSON] != NULL;
    out->findings = given.value[FINDINGS] != NULL;
    out->xlsx    = given.value[XLSX];
    TRY(cuts_take(call, &given, out));
    TRY(days_take(call, &given, out));
    return returns_take(call, &given, out);
}
