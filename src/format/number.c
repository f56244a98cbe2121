/* A cell as a number: first everything around the figure is taken off, then its separators are understood, then its
 * digits are counted exactly. */
#include "format/number.h"
#include "core/utf8.h"

#include <string.h>

enum { PLAIN_MAX = 160 };

/* The cell in few characters: lower case, every blank as ' ', every minus as '-', every apostrophe as '\''. */
typedef struct {
    char      s[PLAIN_MAX + 8];
    ptrdiff_t n;
    bool      cut; /* the cell went on */
} Plain;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static uint32_t plain_rune(uint32_t r)
{
    if (r == '\t' || r == 0xA0 || (r >= 0x2000 && r <= 0x200A) || r == 0x202F || r == 0x205F || r == 0x3000) return ' ';
    if (r == 0x2212 || r == 0x2012 || r == 0x2013 || r == 0x2014 || r == 0x2010 || r == 0x2011) return '-';
    if (r == 0x2019 || r == 0x02BC || r == '`') return '\'';
    return rune_lower(r);
}

static void plain_of(Plain *p, Str cell)
{
    p->n         = 0;
    p->cut       = false;
    ptrdiff_t at = 0;
    while (at < cell.n && (cell.s[at] == ' ' || cell.s[at] == '\t')) at++;
    while (at < cell.n) {
        if (p->n <= PLAIN_MAX &&
            ((is_digit(cell.s[at])) || cell.s[at] == '.' || cell.s[at] == ',' || cell.s[at] == '-')) {
            p->s[p->n++] = cell.s[at++];
            continue;
        }
        uint32_t r = plain_rune(utf8_next(cell, &at));
        if (r == 0xFEFF || r == 0x200B) continue;
        if (r == ' ' && p->n == 0) continue;
        if (p->n > PLAIN_MAX) {
            p->cut = true;
            break;
        }
        Buf b = { .data = p->s + p->n, .cap = 8 };
        buf_rune(&b, r);
        p->n += b.len;
    }
    while (p->n && p->s[p->n - 1] == ' ') p->n--;
}

/* Longer ones before those they end with. */
static const char *const currencies[] = { "рублей", "рубля", "рубль", "руб.",  "руб", "р.", "р",   "₽", "rub",
                                          "rur",    "$",     "usd",   "€",     "eur", "£",  "gbp", "¥",   "cny",
                                          "₹",      "inr",   "₸",     "тенге", "тг.", "тг", "kzt", "byn", "₴",
                                          "грн.",   "грн",   "uah",   "у.е.",  "сом", "сум" };
static const char *const units[] = {
    "штуки", "штука",  "штук",  "шт.",  "шт",     "ед.",    "ед",       "кг.",    "кг",     "гр.",    "гр",
    "г.",    "г",      "тонн",  "тн.",  "тн",     "т.",     "т",        "мл",     "л.",     "л",      "пог.м.",
    "пог.м", "пог. м", "п.м.",  "п.м",  "кв.м.",  "кв.м",   "кв. м",    "куб.м.", "куб.м",  "куб. м", "м2",
    "м3",    "м²",     "м³",    "мм",   "см",     "км",     "м.",       "м",      "упак.",  "упак",   "уп.",
    "уп",    "пачек",  "пач.",  "пач",  "короб",  "кор.",   "кор",      "ящ.",    "ящ",     "бут.",   "бут",
    "банка", "бан",    "пара",  "пар",  "компл.", "компл",  "комплект", "к-т",    "набор",  "наб.",   "наб",
    "рул.",  "рул",    "рулон", "лист", "мешок",  "меш.",   "меш",      "пал.",   "паллет", "час",    "ч.",
    "ч",     "дн.",    "дн",    "усл.", "усл",    "услуга", "раз",      "pieces", "pcs.",   "pcs",    "pc",
    "ea",    "each",   "units", "unit", "boxes",  "box",    "packs",    "pack",   "kg",     "lbs",    "lb",
    "oz",    "g",      "l",     "m",
};

static bool is_letter(char c)
{
    return (c & 0x80) || (c >= 'a' && c <= 'z');
}

static bool word_cut_end(Str *s, const char *const *words, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++) {
        Str word = str_of(words[i]);
        if (s->n <= word.n || !str_ends(*s, word)) continue;
        char before = s->s[s->n - word.n - 1];
        if (is_letter(before) && is_letter(*word.s)) continue;
        s->n -= word.n;
        return true;
    }
    return false;
}

static bool word_cut_start(Str *s, const char *const *words, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++) {
        Str word = str_of(words[i]);
        if (s->n <= word.n || !str_starts(*s, word)) continue;
        if (is_letter(s->s[word.n]) && is_letter(*word.s)) continue;
        *s = str_from(*s, word.n);
        return true;
    }
    return false;
}

typedef struct {
    int  signs; /* how many ways the cell says its sign: more than one is nonsense */
    bool minus;
    bool open, shut;
} Sign;

static bool cut_front(Str *s, Sign *sign)
{
    if (s->n == 0) return false;
    char c = *s->s;
    if (c == '-' || c == '+') sign->signs++, sign->minus |= c == '-';
    else if (c == '(' && !sign->open) sign->open = true;
    else if (is_digit(c)) return false;
    else if (c != ' ') return word_cut_start(s, currencies, COUNT(currencies));
    *s = str_from(*s, 1);
    return true;
}

/* м2 and м3 are the only units that end in a digit. */
static bool ends_in_square(Str s)
{
    return str_ends(s, S("м2")) || str_ends(s, S("м3"));
}

static bool cut_back(Str *s, Sign *sign)
{
    if (s->n == 0) return false;
    char c = s->s[s->n - 1];
    if (c == '-') sign->signs++, sign->minus = true;
    else if (c == ')' && !sign->shut) sign->shut = true;
    else if (is_digit(c) && !ends_in_square(*s)) return false;
    else if (c != ' ') return word_cut_end(s, currencies, COUNT(currencies)) || word_cut_end(s, units, COUNT(units));
    s->n--;
    return true;
}

/* Takes sign, currency and unit off both ends.  False when what they say is nonsense. */
static bool body_of(Str *s, bool *minus)
{
    Sign sign = { 0 };
    if (s->n > 1 && *s->s == '\'') *s = str_from(*s, 1); /* the mark of a text cell */
    while (cut_front(s, &sign)) continue;
    while (cut_back(s, &sign)) continue;
    if (sign.open != sign.shut || sign.signs + sign.open > 1) return false;
    *minus = sign.minus || sign.open;
    return s->n > 0;
}

/* The separators of a figure: how many of each and where the last one stands. */
typedef struct {
    Str  whole;          /* before the exponent */
    int  exponent;
    int  points, commas, blanks, quotes;
    ptrdiff_t last_point, last_comma;
} Shape;

static bool exponent_read(Str s, int *out)
{
    bool minus = s.n && *s.s == '-';
    if (s.n && (*s.s == '-' || *s.s == '+')) s = str_from(s, 1);
    int64_t value;
    if (s.n == 0 || s.n > 4 || !is_digit(*s.s) || !str_i64(s, &value)) return false;
    *out = (int)(minus ? -value : value);
    return true;
}

static bool shape_of(Str s, Shape *shape)
{
    *shape       = (Shape){ .last_point = -1, .last_comma = -1 };
    int   digits = 0;
    shape->whole = s;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if (is_digit(c)) digits++;
        else if (c == '.') shape->points++, shape->last_point = i;
        else if (c == ',') shape->commas++, shape->last_comma = i;
        else if (c == ' ') shape->blanks++;
        else if (c == '\'') shape->quotes++;
        else if (c == 'e' && digits) {
            shape->whole = str_upto(s, i);
            return exponent_read(str_from(s, i + 1), &shape->exponent);
        } else return false;
    }
    return digits > 0;
}

/* Could the one separator at `at` stand before a group of thousands? */
static bool may_be_group(const Shape *f, ptrdiff_t at)
{
    return f->whole.n - at == 4 && at >= 1 && at <= 3 && f->whole.s[0] != '0' && f->exponent == 0;
}

enum { NO_DECIMAL = -1, IN_DOUBT = -2, NONSENSE = -3 };

/* Where the decimal separator stands if the cell itself tells. */
static ptrdiff_t decimal_alone(const Shape *f)
{
    if (f->points && f->commas) {
        bool point_last = f->last_point > f->last_comma;
        if ((point_last ? f->points : f->commas) > 1) return NONSENSE;
        return point_last ? f->last_point : f->last_comma;
    }
    if (f->points + f->commas == 0) return NO_DECIMAL;
    if (f->points + f->commas > 1) return f->blanks + f->quotes ? NONSENSE : NO_DECIMAL;
    ptrdiff_t at = f->points ? f->last_point : f->last_comma;
    return may_be_group(f, at) ? IN_DOUBT : at;
}

static ptrdiff_t decimal_by_form(const Shape *f, NumberForm form)
{
    ptrdiff_t at = decimal_alone(f);
    if (at != IN_DOUBT) return at;
    char c = f->points ? '.' : ',';
    at     = f->points ? f->last_point : f->last_comma;
    return c == form.decimal ? at : c == form.group ? NO_DECIMAL : IN_DOUBT;
}

/* One to three digits, then groups of exactly three, all parted by the same character; or no groups at all.  In India
 * the groups before the last have two: 1,23,45,678. */
static bool groups_good(Str s)
{
    char      group = 0;
    ptrdiff_t run = 0, first = 0, groups = 0, threes = 0, twos = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (is_digit(s.s[i])) {
            run++;
            continue;
        }
        if (run < 1 || run > 3 || (group && s.s[i] != group)) return false;
        if (!groups++) first = run;
        else if (run == 3) threes++;
        else twos += run == 2;
        group = s.s[i];
        run   = 0;
    }
    if (!groups) return true;
    bool by_thousands = threes == groups - 1, by_hundreds = group == ',' && twos == groups - 1 && twos && first < 3;
    return run == 3 && (by_thousands || by_hundreds);
}

static bool all_digits(Str s)
{
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (!is_digit(s.s[i])) return false;
    return true;
}

/* The digits before and behind the point, without separators and leading zeros. */
typedef struct {
    char      s[PLAIN_MAX + 8];
    ptrdiff_t n;
    ptrdiff_t point; /* how many stand before it; the exponent is already in */
} Digits;

static bool digits_of(const Shape *f, ptrdiff_t decimal, Digits *d)
{
    Str whole = decimal >= 0 ? str_upto(f->whole, decimal) : f->whole,
        part = decimal >= 0 ? str_from(f->whole, decimal + 1) : S("");
    if (!groups_good(whole) || !all_digits(part)) return false;
    d->n = 0;
    for (ptrdiff_t i = 0; i < whole.n; i++)
        if (is_digit(whole.s[i]) && (d->n || whole.s[i] != '0')) d->s[d->n++] = whole.s[i];
    d->point = d->n + f->exponent;
    for (ptrdiff_t i = 0; i < part.n; i++) {
        if (d->n == 0 && part.s[i] == '0') d->point--;
        else d->s[d->n++] = part.s[i];
    }
    return true;
}

/* The first dropped digit alone decides a rounding half away from zero. */
static CellRead digits_scaled(const Digits *d, int places, bool minus, int64_t *out)
{
    ptrdiff_t keep  = d->point + places;
    int64_t   value = 0;
    if (d->n == 0) keep = 0;
    if (keep > 18) return CELL_BEYOND;
    for (ptrdiff_t i = 0; i < keep; i++) value = value * 10 + (i < d->n ? d->s[i] - '0' : 0);
    if (keep >= 0 && keep < d->n && d->s[keep] >= '5') value++;
    if (value > MONEY_MAX) return CELL_BEYOND;
    *out = minus ? -value : value;
    return CELL_READ;
}

static bool says_nothing(Str s)
{
    ptrdiff_t dashes = 0;
    while (dashes < s.n && s.s[dashes] == '-') dashes++;
    return dashes == s.n || str_eq(s, S("null")) || str_eq(s, S("\\n"));
}

/* No currency is longer than what may stand before a figure, no unit longer than what may stand behind: most text ends
 * here. */
static bool has_figure(Str s)
{
    ptrdiff_t first = 0, last = s.n - 1;
    while (first < s.n && !is_digit(s.s[first])) first++;
    while (last >= 0 && !is_digit(s.s[last])) last--;
    return first < s.n && first <= 12 && s.n - last <= 24;
}

static bool figure_of(Str cell, Plain *p, Shape *f, bool *minus, CellRead *why)
{
    plain_of(p, cell);
    Str s = { p->s, p->n };
    *why  = says_nothing(s) ? CELL_EMPTY : CELL_WRONG;
    if (*why == CELL_EMPTY || !has_figure(s) || !body_of(&s, minus) || !shape_of(s, f)) return false;
    if (p->cut) *why = CELL_BEYOND;
    return !p->cut;
}

CellRead number_read(Str cell, NumberForm form, int places, int64_t *out)
{
    Plain    p;
    Shape    f;
    Digits   d;
    bool     minus;
    CellRead why;
    if (!figure_of(cell, &p, &f, &minus, &why)) return why;
    ptrdiff_t decimal = decimal_by_form(&f, form);
    if (decimal < NO_DECIMAL || !digits_of(&f, decimal, &d)) return CELL_WRONG;
    return digits_scaled(&d, places, minus, out);
}

const char *number_problem(CellRead r)
{
    static const char *const key[] = { [CELL_WRONG] = "cell.no_number", [CELL_BEYOND] = "cell.number_too_big" };
    return key[r];
}

static bool is_whole(const Digits *d)
{
    for (ptrdiff_t i = d->point < 0 ? 0 : d->point; i < d->n; i++)
        if (d->s[i] != '0') return false;
    return true;
}

static void vote_shape(NumberVotes *v, const Shape *f, ptrdiff_t decimal)
{
    int points = f->points, commas = f->commas;
    if (decimal == IN_DOUBT) {
        v->three_point += points;
        v->three_comma += commas;
        return;
    }
    if (decimal >= 0 && f->whole.s[decimal] == '.') v->point++, points--;
    else if (decimal >= 0) v->comma++, commas--;
    v->group_point += points > 0;
    v->group_comma += commas > 0;
    v->group_blank += f->blanks > 0;
    v->group_quote += f->quotes > 0;
    v->ungrouped += f->points + f->commas + f->blanks + f->quotes == 0 && f->whole.n > 3;
}

bool number_vote(NumberVotes *v, Str cell)
{
    Plain    p;
    Shape    f;
    Digits   d;
    bool     minus;
    CellRead why;
    if (!figure_of(cell, &p, &f, &minus, &why)) return false;
    ptrdiff_t decimal = decimal_alone(&f);
    if (decimal == NONSENSE || !digits_of(&f, decimal >= 0 ? decimal : NO_DECIMAL, &d)) return false;
    v->numbers++;
    v->negative += minus;
    v->whole += decimal != IN_DOUBT && is_whole(&d);
    vote_shape(v, &f, decimal);
    return true;
}

static char group_by_votes(const NumberVotes *v, char decimal)
{
    int64_t other = decimal == '.' ? v->group_comma : v->group_point,
            three = decimal == '.' ? v->three_comma : v->three_point;
    if (other || three) return decimal == '.' ? ',' : '.';
    return v->group_blank >= v->group_quote && v->group_blank ? ' ' : v->group_quote ? '\'' : 0;
}

/* The only sign that stands before three digits, where thousands are parted by blanks or apostrophes; 0: that is not
 * so. */
static char decimal_beside_blanks(const NumberVotes *v)
{
    if (!v->group_blank && !v->group_quote) return 0;
    return v->three_comma && !v->three_point ? ',' : v->three_point && !v->three_comma ? '.' : 0;
}

NumberForm number_form(const NumberVotes *v, bool comma_is_decimal, bool *doubt)
{
    int64_t point = v->point + v->group_comma, comma = v->comma + v->group_point;
    char    decimal = point > comma ? '.' : comma > point ? ',' : point ? 0 : decimal_beside_blanks(v);
    bool    unsure = (point && comma) || (!decimal && v->three_point + v->three_comma);
    if (!decimal) decimal = comma_is_decimal && (v->three_comma || !v->three_point) ? ',' : '.';
    if (doubt) *doubt = unsure;
    return (NumberForm){ .decimal = decimal, .group = group_by_votes(v, decimal) };
}
