/* A cell as a day: the cell is cut into numbers, words and signs, their sequence gives the three parts, the order names
 * them. */
/* Finds in a cell the parts of a date as it was written: numbers, names of months in two languages, and what may stand
 * around them. */
#include "format/dates_written.h"

#include "core/day.h"
#include "core/utf8.h"

enum { MARKS_MAX = 20, CELL_MAX = 64, WORD_MAX = 24 };

typedef enum { MARK_END, MARK_NUMBER, MARK_WORD, MARK_SIGN } MarkKind;

typedef struct {
    MarkKind kind;
    int      digits;         /* of a number                                             */
    int64_t  value;          /* of a number, the month of a word (0: another), the sign */
    char     text[WORD_MAX]; /* of a word, lower case                                   */
    int      length;
} Mark;

typedef struct {
    Mark at[MARKS_MAX + 1];  /* the last one is MARK_END */
    int  n;
} Marks;

static const char *const month_names[][3] = {
    { "январь", "января", "january" },
    { "февраль", "февраля", "february" },
    { "март", "марта", "march" },
    { "апрель", "апреля", "april" },
    { "май", "мая", "may" },
    { "июнь", "июня", "june" },
    { "июль", "июля", "july" },
    { "август", "августа", "august" },
    { "сентябрь", "сентября", "september" },
    { "октябрь", "октября", "october" },
    { "ноябрь", "ноября", "november" },
    { "декабрь", "декабря", "december" },
};

/* Names may be cut after three letters: `янв`, `Sept`. */
static int month_of_word(Str word)
{
    ptrdiff_t least = (unsigned char)*word.s >= 0x80 ? 6 : 3;
    for (int month = 0; month < 12 && word.n >= least; month++)
        for (int i = 0; i < 3; i++)
            if (str_starts(str_of(month_names[month][i]), word)) return month + 1;
    return 0;
}

static bool rune_in_word(uint32_t r)
{
    return (r >= 'a' && r <= 'z') || (r >= 0x430 && r <= 0x45F);
}

static bool mark_word(Mark *m, Str cell, ptrdiff_t *at)
{
    Buf b = { .data = m->text, .cap = WORD_MAX };
    while (*at < cell.n) {
        ptrdiff_t next = *at;
        uint32_t  r    = rune_lower(utf8_next(cell, &next));
        if (!rune_in_word(r)) break;
        if (b.len + 4 > WORD_MAX) return false;
        buf_rune(&b, r);
        *at = next;
    }
    m->kind   = MARK_WORD;
    m->length = (int)b.len;
    m->value  = month_of_word((Str){ m->text, m->length });
    return true;
}

static bool mark_number(Mark *m, Str cell, ptrdiff_t *at)
{
    m->kind = MARK_NUMBER;
    for (; *at < cell.n && cell.s[*at] >= '0' && cell.s[*at] <= '9'; ++*at) {
        if (++m->digits > 18) return false;
        m->value = m->value * 10 + (cell.s[*at] - '0');
    }
    return true;
}

static bool rune_is_nothing(uint32_t r)
{
    return r == ' ' || r == '\t' || r == 0xA0 || r == 0x202F || r == 0x2009 || r == 0xFEFF || r == '"' || r == '\'' ||
           r == 0xAB || r == 0xBB;
}

static bool marks_of(Str cell, Marks *out)
{
    out->n = 0;
    cell   = str_trim(cell);
    if (cell.n > 2 * CELL_MAX) return false;
    for (ptrdiff_t at = 0; at < cell.n;) {
        ptrdiff_t next = at;
        uint32_t  r    = rune_lower(utf8_next(cell, &next));
        Mark     *m    = &out->at[out->n];
        *m             = (Mark){ 0 };
        if (rune_is_nothing(r)) at = next;
        else if (out->n == MARKS_MAX) return false;
        else if (r >= '0' && r <= '9') out->n += mark_number(m, cell, &at) ? 1 : MARKS_MAX + 1;
        else if (rune_in_word(r)) out->n += mark_word(m, cell, &at) ? 1 : MARKS_MAX + 1;
        else *m = (Mark){ .kind = MARK_SIGN, .value = r }, out->n++, at = next;
        if (out->n > MARKS_MAX) return false;
    }
    out->at[out->n] = (Mark){ 0 };
    return true;
}

static bool is_sign(const Mark *m, char c)
{
    return m->kind == MARK_SIGN && m->value == c;
}

static bool is_word(const Mark *m, const char *word)
{
    return m->kind == MARK_WORD && str_eq((Str){ m->text, m->length }, str_of(word));
}

static bool is_one_of(const Mark *m, const char *const *words, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (is_word(m, words[i])) return true;
    return false;
}

static void part_set(Written *w, int i, const Mark *m)
{
    w->part[i]   = m->value > 99999999 ? 99999999 : (int)m->value;
    w->digits[i] = m->digits;
}

/* Each reader of a date gets the marks from its first one on and returns how many it took; 0: this is not its date. */

static int read_numbers(const Mark *m, Written *w)
{
    if (m[0].kind != MARK_NUMBER || m[1].kind != MARK_SIGN || m[2].kind != MARK_NUMBER) return 0;
    char sign = m[1].value == '.' || m[1].value == '-' || m[1].value == '/' ? (char)m[1].value : 0;
    if (!sign || !is_sign(&m[3], sign) || m[4].kind != MARK_NUMBER) return 0;
    for (int i = 0; i < 3; i++) part_set(w, i, &m[2 * i]);
    w->sign = sign;
    return 5;
}

/* 03.2024, 3/2024: a month and its year. */
static int read_month_year(const Mark *m, Written *w)
{
    if (m[0].kind != MARK_NUMBER || m[0].digits > 2 || m[2].kind != MARK_NUMBER || m[2].digits != 4) return 0;
    if (!is_sign(&m[1], '.') && !is_sign(&m[1], '/') && !is_sign(&m[1], '-')) return 0;
    *w = (Written){ .part = { (int)m[2].value, (int)m[0].value, 1 }, .digits = { 4, 2, 1 }, .sign = 'w' };
    return 3;
}

static int read_year_month(const Mark *m, Written *w)
{
    if (m[0].kind != MARK_NUMBER || m[0].digits != 4 || !is_sign(&m[1], '-') || m[2].kind != MARK_NUMBER ||
        m[2].digits != 2)
        return 0;
    *w = (Written){ .part = { (int)m[0].value, (int)m[2].value, 1 }, .digits = { 4, 2, 1 }, .sign = 'w' };
    return 3;
}

static int read_digits(const Mark *m, Written *w)
{
    if (m->kind != MARK_NUMBER || (m->digits != 8 && m->digits != 12 && m->digits != 14)) return 0;
    int64_t value = m->value;
    for (int i = m->digits; i > 8; i--) value /= 10;
    w->part[0] = (int)value;
    w->sign    = m->digits == 8 ? '8' : 'w';
    if (w->sign == 'w')
        *w = (Written){ .part = { (int)(value / 10000), (int)(value / 100 % 100), (int)(value % 100) },
                        .digits = { 4, 2, 2 },
                        .sign = 'w' };
    return 1;
}

static int skip_signs(const Mark *m, int at)
{
    while (is_sign(&m[at], '.') || is_sign(&m[at], '-') || is_sign(&m[at], '/') || is_sign(&m[at], ',')) at++;
    return at;
}

static int skip_ordinal(const Mark *m, int at)
{
    static const char *const endings[] = { "st", "nd", "rd", "th", "го", "of" };
    while (is_one_of(&m[at], endings, COUNT(endings)) || (is_sign(&m[at], '-') && is_word(&m[at + 1], "го"))) at++;
    return at;
}

/* 5 марта 2024, 05-Mar-24, 5th of March, 2024; 2024-Mar-05. */
static int read_day_word(const Mark *m, Written *w)
{
    if (m[0].kind != MARK_NUMBER) return 0;
    int at = skip_signs(m, skip_ordinal(m, 1));
    if (m[at].kind != MARK_WORD || !m[at].value) return 0;
    int month = (int)m[at].value;
    at        = skip_signs(m, at + 1);
    if (m[at].kind != MARK_NUMBER) return 0;
    bool year_first = m[0].digits == 4;
    part_set(w, year_first ? 0 : 2, &m[0]);
    part_set(w, year_first ? 2 : 0, &m[at]);
    w->part[1]   = month;
    w->digits[1] = 2;
    w->sign      = 'w';
    return at + 1;
}

/* Mar 5, 2024; март 2024; Mar-24. */
static int read_word_first(const Mark *m, Written *w)
{
    if (m[0].kind != MARK_WORD || !m[0].value) return 0;
    int at = skip_signs(m, 1);
    if (m[at].kind != MARK_NUMBER) return 0;
    *w = (Written){ .part = { 0, (int)m[0].value, 1 }, .digits = { 0, 2, 1 }, .sign = 'w' };
    if (m[at].digits == 4 || (is_sign(&m[1], '-') && m[at].digits == 2)) {
        part_set(w, 0, &m[at]);
        return at + 1;
    }
    part_set(w, 2, &m[at]);
    at = skip_signs(m, skip_ordinal(m, at + 1));
    if (m[at].kind != MARK_NUMBER) return 0;
    part_set(w, 0, &m[at]);
    return at + 1;
}

/* Mar 05 10:00:00 2024, as C writes it. */
static int read_c_time(const Mark *m, Written *w)
{
    if (m[0].kind != MARK_WORD || !m[0].value || m[1].kind != MARK_NUMBER || !is_sign(&m[3], ':') ||
        !is_sign(&m[5], ':'))
        return 0;
    if (m[7].kind != MARK_NUMBER || m[7].digits != 4) return 0;
    *w = (Written){ .part = { (int)m[7].value, (int)m[0].value }, .digits = { 4, 2 }, .sign = 'w' };
    part_set(w, 2, &m[1]);
    return 8;
}

/* ---- quarters, half-years and weeks are their first day ---- */

static const char *const quarter_words[] = { "квартал", "кв", "q", "quarter", "qtr" };
static const char *const half_words[]    = { "полугодие", "пол", "h", "half" };
static const char *const week_words[]    = { "w", "неделя", "нед", "week" };

/* The place of a part in its year, as a figure or a Roman one; 0: neither. */
static int place_of(const Mark *m)
{
    static const char *const romans[] = { "i", "ii", "iii", "iv" };
    if (m->kind == MARK_NUMBER) return m->digits <= 2 ? (int)m->value : 0;
    for (int i = 0; i < COUNT(romans); i++)
        if (is_word(m, romans[i])) return i + 1;
    return 0;
}

/* 1-й, 2-ое: what makes a figure an ordinal. */
static int skip_russian_ordinal(const Mark *m, int at)
{
    static const char *const endings[] = { "й", "ый", "ой", "е", "ое", "я", "ая" };
    return is_sign(&m[at], '-') && is_one_of(&m[at + 1], endings, COUNT(endings)) ? at + 2 : at;
}

/* Weeks by ISO 8601: they begin on Monday, and the first is the one with the fourth of January. */
static bool week_set(Written *w, int year, int week)
{
    if (year < 1900 || year > 2199) return false;
    Day   fourth = day_of((Civil){ year, 1, 4 }), monday = fourth - weekday_of(fourth) + (week - 1) * 7;
    Civil first  = civil_of(monday);
    if (civil_of(monday + 3).year != year) return false;
    *w = (Written){ .part = { first.year, first.month, first.day }, .digits = { 4, 2, 2 }, .sign = 'w' };
    return true;
}

static bool period_set(Written *w, const Mark *year, const Mark *word, const Mark *place)
{
    int  n       = place_of(place);
    bool quarter = is_one_of(word, quarter_words, COUNT(quarter_words)),
         half    = is_one_of(word, half_words, COUNT(half_words));
    if (year->kind != MARK_NUMBER || year->digits != 4 || n < 1) return false;
    if (is_one_of(word, week_words, COUNT(week_words))) return week_set(w, (int)year->value, n);
    if (n > (quarter ? 4 : half ? 2 : 0)) return false;
    int month = quarter ? 3 * n - 2 : 6 * n - 5;
    *w = (Written){ .part = { (int)year->value, month, 1 }, .digits = { 4, 2, 1 }, .sign = 'w' };
    return true;
}

/* 1 квартал 2026, II кв. 2026, 1-е полугодие 2026, 32 неделя 2026. */
static int read_place_first(const Mark *m, Written *w)
{
    int word = skip_russian_ordinal(m, 1), year = skip_signs(m, word + 1);
    return period_set(w, &m[year], &m[word], &m[0]) ? year + 1 : 0;
}

/* 2026-Q3, 2026 Q3, 2026-W32. */
static int read_year_first(const Mark *m, Written *w)
{
    int word = skip_signs(m, 1);
    return period_set(w, &m[0], &m[word], &m[word + 1]) ? word + 2 : 0;
}

/* Q3 2026, H1/2026, кв. 3 2026. */
static int read_period_word_first(const Mark *m, Written *w)
{
    int place = skip_signs(m, 1), year = skip_signs(m, place + 1);
    return period_set(w, &m[year], &m[0], &m[place]) ? year + 1 : 0;
}

static int (*const readers[])(const Mark *, Written *) = {
    read_numbers, read_day_word,    read_c_time,     read_word_first,        read_year_month, read_month_year,
    read_digits,  read_place_first, read_year_first, read_period_word_first,
};

static bool is_weekday(const Mark *m)
{
    static const char *const days[] = { "пн",  "вт",  "ср",  "чт",  "пт",  "сб",  "вс",
                                        "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
    return is_one_of(m, days, COUNT(days));
}

static int weekday_skipped(const Mark *m)
{
    if (m[0].kind != MARK_WORD || m[0].value) return 0;
    return is_sign(&m[1], ',') ? 2 : is_sign(&m[1], '.') && is_sign(&m[2], ',') ? 3 : is_weekday(m);
}

static int year_word_skipped(const Mark *m)
{
    static const char *const years[] = { "г", "год", "года", "гг" };
    if (!is_one_of(m, years, COUNT(years))) return 0;
    return is_sign(&m[1], '.') ? 2 : 1;
}

static int zone_read(const Mark *m)
{
    static const char *const zones[] = { "z",   "utc", "gmt", "msk", "мск", "est", "edt",  "cst", "cdt",
                                         "mst", "mdt", "pst", "pdt", "bst", "cet", "cest", "eet", "eest" };
    int at = is_one_of(m, zones, COUNT(zones));
    if (!is_sign(&m[at], '+') && !is_sign(&m[at], '-')) return at;
    if (m[at + 1].kind != MARK_NUMBER) return at;
    return is_sign(&m[at + 2], ':') && m[at + 3].kind == MARK_NUMBER ? at + 4 : at + 2;
}

/* am, PM, p.m.: how many marks. */
static int half_read(const Mark *m)
{
    if (is_word(m, "am") || is_word(m, "pm")) return 1;
    return (is_word(m, "a") || is_word(m, "p")) && is_sign(&m[1], '.') && is_word(&m[2], "m") ? 3 + is_sign(&m[3], '.')
                                                                                              : 0;
}

/* A time of day and its zone, if they are well formed: how many marks, or -1. */
static int time_read(const Mark *m)
{
    static const char *const heads[] = { "t", "в", "at" };
    int at = is_one_of(m, heads, COUNT(heads)) || is_sign(m, ',');
    if (is_word(m, "t") && m[1].kind == MARK_NUMBER && m[1].digits == 6 && m[1].value < 240000)
        return 2 + zone_read(&m[2]);
    if (m[at].kind != MARK_NUMBER || m[at].value > 24 || !is_sign(&m[at + 1], ':') || m[at + 2].kind != MARK_NUMBER ||
        m[at + 2].value > 59)
        return -1;
    at += 3;
    if (is_sign(&m[at], ':')) {
        if (m[at + 1].kind != MARK_NUMBER || m[at + 1].value > 60) return -1;
        at += 2;
        if ((is_sign(&m[at], '.') || is_sign(&m[at], ',')) && m[at + 1].kind == MARK_NUMBER) at += 2;
    }
    at += half_read(&m[at]);
    return at + zone_read(&m[at]);
}

bool written_of(Str cell, Written *w)
{
    Marks marks;
    if (!marks_of(cell, &marks)) return false;
    const Mark *m = marks.at + weekday_skipped(marks.at);
    int         took = 0;
    for (int i = 0; i < COUNT(readers) && !took; i++) {
        *w   = (Written){ 0 };
        took = readers[i](m, w);
    }
    if (!took) return false;
    m += took;
    m += year_word_skipped(m);
    if (m->kind == MARK_END) return true;
    int time = time_read(m);
    return time > 0 && m[time].kind == MARK_END;
}
