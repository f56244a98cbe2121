/* Words of totals, as 1C, spreadsheets and people write them. */
#include "sales/reading/total_said.h"

#include "core/utf8.h"
#include "format/dates.h"

enum { TEXT_LOOKED_AT = 160, WORDS_MAX = 24 };

/* The words of a text, folded, with where each stands in it. */
typedef struct {
    Str       word[WORDS_MAX];
    ptrdiff_t from[WORDS_MAX];
    int       n;
} Words;

static const char *const totals[] = { "итог",  "итого",  "итоги",    "всего", "подытог", "подитог",
                                      "total", "totals", "subtotal", "subtotals" };
static const char *const of_all[] = { "общий",  "общая",  "общие", "промежуточный", "промежуточные",
                                      "сумма",  "grand",  "sub",   "sum",           "overall" };
static const char *const follow[] = { "по", "за", "на", "в", "к", "для", "с", "of", "for", "by", "per", "in", "to" };

static bool is_of(Str word, const char *const *list, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (str_eq(word, str_of(list[i]))) return true;
    return false;
}

static void words_of(Arena *mem, Str text, Words *out)
{
    for (ptrdiff_t at = 0; at < text.n;) {
        ptrdiff_t from = at;
        uint32_t  r    = utf8_next(text, &at);
        if (!rune_is_letter_or_digit(r)) continue;
        Buf b = buf_new(mem, 64);
        for (ptrdiff_t next = at; rune_is_letter_or_digit(r); at = next) {
            buf_rune(&b, rune_lower(r) == 0x451 ? 0x435 : rune_lower(r));
            if (next == text.n) break;
            r = utf8_next(text, &next);
            if (!rune_is_letter_or_digit(r)) break;
        }
        if (out->n == WORDS_MAX) return;
        out->word[out->n]   = buf_str(&b);
        out->from[out->n++] = from;
    }
}

bool total_likely(Str text)
{
    for (ptrdiff_t i = 0; i + 3 <= text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if ((c | 32) == 'o' && (text.s[i + 1] | 32) == 't' && (text.s[i + 2] | 32) == 'a') return true;
        if ((c != 0xD0 && c != 0xD1) || i + 6 > text.n) continue;
        unsigned char d = (unsigned char)text.s[i + 1], e = (unsigned char)text.s[i + 3];
        unsigned char f = (unsigned char)text.s[i + 5];
        if (f != 0xB3 && f != 0x93) continue;
        if ((d == 0x82 || d == 0xA2) && (e == 0xBE || e == 0x9E)) return true; /* тог */
        if ((d == 0x81 || d == 0xA1) && (e == 0xB5 || e == 0x95)) return true; /* сег */
    }
    return false;
}

/* `июнь`, `2026`, `1 квартал 2026`, `02.06.2026`. */
static bool is_period(Str text, const Words *w, int words)
{
    Day     day;
    int64_t year;
    char    room[128];
    Buf     dated = { .data = room, .cap = sizeof room };
    if (words == 1 && str_i64(w->word[0], &year) && year > 1990 && year < 2100) return true;
    if (day_cell_read(text, DAY_DMY, &day) == CELL_READ) return true;
    if (text.n > 60) return false;
    buf_put(&dated, str_trim(text));
    buf_c(&dated, " 2000");
    return day_cell_read(buf_str(&dated), DAY_DMY, &day) == CELL_READ;
}

/* `Total` may be a firm's name, `Total for June` and `Итого` are none. */
static TotalSaid said_first(const Words *w, Str text)
{
    int  at  = is_of(w->word[0], of_all, COUNT(of_all)) && w->n > 1;
    bool sum = is_of(w->word[at], totals, COUNT(totals));
    if (!sum) return TOTAL_NOT;
    if (w->n == at + 1) return TOTAL_SURE;
    if (str_eq(w->word[at], S("итого")) || str_find(text, S(":")) > 0) return TOTAL_SURE;
    if (is_of(w->word[at + 1], follow, COUNT(follow)) || is_of(w->word[at + 1], of_all, COUNT(of_all)))
        return TOTAL_SURE;
    Words     rest = { .n = w->n - at - 1, .word = { w->word[at + 1] } };
    return is_period(str_from(text, w->from[at + 1]), &rest, rest.n) ? TOTAL_SURE : TOTAL_NOT;
}

static TotalSaid said_last(const Words *w, Str text, Str *of)
{
    int last = w->n - 1;
    if (last < 1 || !is_of(w->word[last], totals, COUNT(totals))) return TOTAL_NOT;
    if (last > 1 && is_of(w->word[last - 1], of_all, COUNT(of_all))) last--;
    *of = str_trim(str_upto(text, w->from[last]));
    return is_period(*of, w, last) ? TOTAL_SURE : TOTAL_PERHAPS;
}

static TotalSaid likely_said(Str text, Str *of)
{
    char  room[4096];
    Arena mem = ARENA_ON(room);
    Words w   = { 0 };
    Str   before;
    words_of(&mem, text, &w);
    if (!w.n) return TOTAL_NOT;
    TotalSaid said = said_first(&w, text);
    if (said == TOTAL_NOT) said = said_last(&w, text, of ? of : &before);
    return said;
}

TotalSaid total_said(Str text, Str *of)
{
    text = str_trim(text);
    if (of) *of = S("");
    if (text.n < 5 || text.n > TEXT_LOOKED_AT || !total_likely(text)) return TOTAL_NOT;
    return likely_said(text, of);
}
