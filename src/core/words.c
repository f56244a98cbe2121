/* What the program says to people, in their language. */
#include "core/words.h"

#include <string.h>

#define NARROW "\xE2\x80\xAF"
#define MINUS  "\xE2\x88\x92"

const char *const lang_names[LANGS] = { [LANG_RU] = "ru", [LANG_EN] = "en" };

bool lang_read(Str name, Lang *out)
{
    for (Lang l = 0; l < LANGS; l++) {
        Str known = str_of(lang_names[l]);
        bool ends = name.n == known.n ||
                    (name.n > known.n && (name.s[known.n] == '_' || name.s[known.n] == '-' || name.s[known.n] == '.'));
        if (!str_starts(name, known) || !ends) continue;
        *out = l;
        return true;
    }
    return false;
}

static const char *text_of(Lang lang, Str key)
{
    ptrdiff_t low = 0, high = words_count;
    while (low < high) {
        ptrdiff_t middle = (low + high) / 2;
        int       c      = str_cmp(key, str_of(words_table[middle].key));
        if (c == 0) return words_table[middle].text[lang];
        if (c < 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

const char *words_text(Lang lang, const char *key)
{
    return text_of(lang, str_of(key));
}

int plural_form(Lang lang, int64_t n)
{
    uint64_t count = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    if (lang == LANG_EN) return count == 1 ? 0 : 2;
    if (count % 10 == 1 && count % 100 != 11) return 0;
    return count % 10 >= 2 && count % 10 <= 4 && (count % 100 < 12 || count % 100 > 14) ? 1 : 2;
}

/* Digits with the signs of the language: groups of three, the last `places` behind the decimal sign. */
static void figure_put(Buf *b, Lang lang, Wide v, int places)
{
    char held[80];
    Buf  plain = { .data = held, .cap = sizeof held };
    unsigned __int128 rest = v < 0 ? -(unsigned __int128)v : (unsigned __int128)v;
    if (v < 0) buf_c(b, MINUS);
    do buf_char(&plain, (char)('0' + (int)(rest % 10)));
    while ((rest /= 10) || plain.len <= places);
    for (ptrdiff_t i = plain.len; i-- > 0;) {
        buf_char(b, held[i]);
        ptrdiff_t whole = i - places; /* digits of the whole part that still come */
        if (whole == 0 && places) buf_char(b, lang == LANG_RU ? ',' : '.');
        else if (whole > 0 && whole % 3 == 0) buf_c(b, lang == LANG_RU ? NARROW : ",");
    }
}

static void amount_put(Buf *b, Voice v, Wide m, int places)
{
    const char *sign = v.currency ? v.currency : "";
    if (v.lang == LANG_RU) {
        figure_put(b, v.lang, m, places);
        if (*sign) buf_c(b, NARROW);
        buf_c(b, sign);
        return;
    }
    if (m < 0) buf_c(b, MINUS);
    buf_c(b, sign);
    figure_put(b, v.lang, m < 0 ? -m : m, places);
}

void count_put(Buf *b, Voice v, int64_t n) { figure_put(b, v.lang, n, 0); }
void money_put(Buf *b, Voice v, Wide m)    { amount_put(b, v, m, 2); }
void about_put(Buf *b, Voice v, Wide m)    { amount_put(b, v, round_div(m, 100), 0); }

void share_put(Buf *b, Voice v, Ratio r, int places)
{
    static const int64_t beyond[] = { 10000, 1000, 100, 10, 1 };
    figure_put(b, v.lang, round_div(r, beyond[places]), places);
    buf_c(b, v.lang == LANG_RU ? NARROW "%" : "%");
}

static void month_name_put(Buf *b, Voice v, int month, const char *kind)
{
    char key[32];
    Buf  k = { .data = key, .cap = sizeof key };
    buf_c(&k, kind);
    buf_i64(&k, month);
    const char *name = text_of(v.lang, buf_str(&k));
    buf_c(b, name ? name : "");
}

void day_put(Buf *b, Voice v, Day d)
{
    if (d == DAY_NONE) return;
    Civil c = civil_of(d);
    if (v.lang == LANG_RU) {
        buf_fmt(b, "%02d.%02d.%04d", c.day, c.month, c.year);
        return;
    }
    buf_fmt(b, "%d ", c.day);
    month_name_put(b, v, c.month, "month.short.");
    buf_fmt(b, " %d", c.year);
}

void month_put(Buf *b, Voice v, Month m)
{
    month_name_put(b, v, m % 12 + 1, "month.");
    buf_fmt(b, " %d", m / 12);
}

void row_at_put(Buf *b, Voice v, int64_t row)
{
    count_put(b, v, row & ((INT64_C(1) << ROW_BITS) - 1));
    if (row >> ROW_BITS) SAY(b, v, "row.of_sheet", arg_count("sheet", row >> ROW_BITS));
}

static void arg_put(Buf *b, Voice v, const Arg *a)
{
    switch (a->kind) {
    case ARG_TITLE:
    case ARG_TEXT:  buf_put(b, a->text); break;
    case ARG_COUNT: count_put(b, v, a->number); break;
    case ARG_MONEY: money_put(b, v, a->number); break;
    case ARG_DAY:   day_put(b, v, (Day)a->number); break;
    case ARG_ABOUT: about_put(b, v, a->number); break;
    case ARG_SHARE: share_put(b, v, a->number, a->number % 10000 ? 1 : 0); break;
    case ARG_MONTH: month_put(b, v, (Month)a->number); break;
    case ARG_ROW:   row_at_put(b, v, a->number); break;
    case ARG_WORD: {
        const char *text = text_of(v.lang, a->text);
        buf_put(b, text ? str_of(text) : a->text);
    }
    }
}

static const Arg *arg_named(const Arg *args, int count, Str name)
{
    for (int i = 0; i < count; i++)
        if (str_eq(str_of(args[i].name), name)) return &args[i];
    return NULL;
}

/* The piece of `one|few|many` that the number asks for; the last where there are fewer. */
static Str form_of(Lang lang, Str forms, int64_t n)
{
    int form = plural_form(lang, n);
    if (lang == LANG_EN && form == 2) form = 1;
    Str piece = str_cut(&forms, '|');
    for (int i = 0; i < form && forms.n; i++) piece = str_cut(&forms, '|');
    return piece;
}

/* What stands in braces: `name` or `name|one|few|many`; false when there is no such argument. */
static bool brace_put(Buf *b, Voice v, Str inside, const Arg *args, int count)
{
    Str        name = str_cut(&inside, '|');
    const Arg *a    = arg_named(args, count, name);
    if (!a) return false;
    if (inside.n) buf_put(b, form_of(v.lang, inside, a->number));
    else arg_put(b, v, a);
    return true;
}

static const char *text_with_ending(Lang lang, const char *key, const char *ending)
{
    char full[200];
    Buf  b = { .data = full, .cap = sizeof full };
    if (strlen(key) + strlen(ending) > sizeof full) return NULL;
    buf_c(&b, key);
    buf_c(&b, ending);
    return text_of(lang, buf_str(&b));
}

/* The text of key.one, key.few, key.many or else key.other, by the argument n. */
static const char *text_by_number(Lang lang, const char *key, const Arg *args, int count)
{
    static const char *const endings[] = { ".one", ".few", ".many" };
    const Arg *n = arg_named(args, count, S("n"));
    if (!n) return NULL;
    const char *text = text_with_ending(lang, key, endings[plural_form(lang, n->number)]);
    return text ? text : text_with_ending(lang, key, ".other");
}

void words_put(Buf *b, Voice v, const char *key, const Arg *args, int count)
{
    const char *text = words_text(v.lang, key);
    if (!text) text = text_by_number(v.lang, key, args, count);
    Str rest = str_of(text ? text : key);
    while (rest.n) {
        ptrdiff_t open = str_find(rest, S("{")), close = str_find(rest, S("}"));
        if (open < 0 || close < open) break;
        buf_put(b, str_upto(rest, open));
        Str inside = str_upto(str_from(rest, open + 1), close - open - 1);
        if (!brace_put(b, v, inside, args, count)) buf_put(b, str_upto(str_from(rest, open), close - open + 1));
        rest = str_from(rest, close + 1);
    }
    buf_put(b, rest);
}

void problem_put(Buf *b, Voice v, const Problem *p)
{
    words_put(b, v, p->key, p->args, p->arg_count);
}
