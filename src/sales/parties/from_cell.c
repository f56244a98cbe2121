/* Telling numbers from what spreadsheets made of them. */
#include "sales/parties/from_cell.h"

#include "core/utf8.h"
#include "sales/parties/parties.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static int digits_in(Str s)
{
    int n = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) n += is_digit(s.s[i]);
    return n;
}

/* 7,70708E+09: the figures behind the sixth are gone. */
static bool is_rounded(Str s)
{
    ptrdiff_t i = 0;
    while (i < s.n && (is_digit(s.s[i]) || s.s[i] == '.' || s.s[i] == ',')) i++;
    if (i == 0 || i + 2 >= s.n || (s.s[i] != 'E' && s.s[i] != 'e') || s.s[i + 1] != '+') return false;
    for (i += 2; i < s.n && is_digit(s.s[i]);) i++;
    return i == s.n;
}

/* Without the mark of a text, and without the ,0 of a number that is none. */
static Str bared(Str s)
{
    s = str_trim(s);
    if (s.n && *s.s == '\'') s = str_trim(str_from(s, 1));
    bool whole = s.n > 2 && s.s[s.n - 1] == '0' && (s.s[s.n - 2] == '.' || s.s[s.n - 2] == ',');
    if (whole && digits_in(s) == s.n - 1) s.n -= 2;
    return s;
}

static bool is_sign_of_number(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }

/* The next piece of digits and capitals, whatever stands around it; blanks within digits are none of it. */
static Str next_number(Str *rest, Arena *mem)
{
    Buf b = buf_new(mem, rest->n + 1);
    while (rest->n && !is_digit(*rest->s)) *rest = str_from(*rest, 1);
    while (rest->n && is_sign_of_number(*rest->s)) {
        buf_char(&b, *rest->s);
        *rest = str_from(*rest, 1);
    }
    return buf_str(&b);
}

static Str with_zero(Arena *mem, Str number) { return str_fmt(mem, "0%.*s", (int)number.n, number.s); }

const char *kpp_from_cell(Arena *mem, Str cell, int part, Str *out)
{
    Str s = bared(cell);
    *out  = (Str){ 0 };
    if (is_rounded(s)) return "import.rounded_number";
    if (part == 0) *out = s.n == 8 && digits_in(s) == 8 ? with_zero(mem, s) : str_copy(mem, s);
    return NULL;
}

/* A cell of several numbers begins with one that is long enough and goes on with one of eight or nine signs. */
const char *inn_from_cell(Arena *mem, Str cell, int part, Str *out)
{
    Str s = bared(cell), rest = s;
    *out  = (Str){ 0 };
    if (is_rounded(s)) return "import.rounded_number";
    Str  first = next_number(&rest, mem), second = next_number(&rest, mem);
    bool two   = first.n >= 9 && first.n <= 12 && digits_in(first) == first.n && (second.n == 8 || second.n == 9);
    if (part == 1) return two ? kpp_from_cell(mem, second, 0, out) : NULL;
    Str inn = two || (first.n >= 9 && digits_in(s) == first.n) ? first : str_copy(mem, s);
    if ((inn.n == 9 || inn.n == 11) && inn_verdict(with_zero(mem, inn)) == INN_RIGHT) inn = with_zero(mem, inn);
    *out = inn;
    return NULL;
}

/* Where one phone ends and another may begin. */
static ptrdiff_t phone_ends(Str s)
{
    ptrdiff_t i = 0;
    while (i < s.n && s.s[i] != ',' && s.s[i] != ';' && s.s[i] != '/' && s.s[i] != '\n') i++;
    return i;
}

/* What stands behind a sign that parts phones is one of its own where it has the digits of one. */
static Str next_phone(Str *rest)
{
    enum { DIGITS_LEAST = 6 };
    Str       all = *rest;
    ptrdiff_t end = phone_ends(all);
    while (end < all.n && digits_in(str_from(all, end + 1)) < DIGITS_LEAST) end = all.n;
    *rest = end < all.n ? str_from(all, end + 1) : (Str){ 0 };
    return str_trim(str_upto(all, end));
}

const char *phone_from_cell(Arena *mem, Str cell, int part, Str *out)
{
    Str rest = bared(cell), phone = { 0 };
    *out     = (Str){ 0 };
    if (is_rounded(rest)) return "import.rounded_number";
    for (int i = 0; i <= part; i++) phone = next_phone(&rest);
    *out = str_copy(mem, phone);
    return NULL;
}
