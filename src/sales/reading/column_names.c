/* Names of columns against lists of names. */
#include "core/utf8.h"
#include "sales/reading/column_names.h"

static bool is_upper(uint32_t r)
{
    return rune_lower(r) != r;
}

Str column_words(Arena *mem, Str name)
{
    Buf  b     = buf_new(mem, name.n * 2 + 8);
    bool blank = false, was_lower = false;
    for (ptrdiff_t at = 0; at < name.n;) {
        uint32_t r    = utf8_next(name, &at);
        bool     sign = r == 0x2116 || r == '#', word = sign || rune_is_letter_or_digit(r);
        if (blank || (word && ((was_lower && is_upper(r)) || sign))) blank = b.len > 0;
        if (word && blank) buf_char(&b, ' ');
        blank     = !word || sign;
        was_lower = word && !sign && !is_upper(r);
        r         = rune_with_marks(rune_lower(r), name, &at);
        if (word) buf_rune(&b, sign ? 0x2116 : r == 0x451 ? 0x435 : r);
    }
    return buf_str(&b);
}

/* Cyrillic words may go on, Latin ones may have the s of a plural. */
static bool word_fits(Str word, Str listed)
{
    if (!str_starts(word, listed)) return false;
    bool cyrillic = (unsigned char)*listed.s >= 0x80;
    return word.n == listed.n ||
           (cyrillic ? listed.n >= 6 || word.n == listed.n : str_eq(str_from(word, listed.n), S("s")));
}

static bool next_word(Str *rest, Str *word)
{
    *word = str_cut(rest, ' ');
    return word->n > 0;
}

/* Do the words of `name` begin with all of `listed`?  Then *rest is what follows them. */
static bool words_begin(Str name, Str listed, Str *rest)
{
    Str word, wanted;
    while (next_word(&listed, &wanted))
        if (!next_word(&name, &word) || !word_fits(word, wanted)) return false;
    *rest = name;
    return true;
}

static int words_count(Str words)
{
    int n = words.n > 0;
    for (ptrdiff_t i = 0; i < words.n; i++) n += words.s[i] == ' ';
    return n;
}

static bool has_unlike(Str words, const NameList *list)
{
    Str word;
    while (next_word(&words, &word))
        for (int i = 0; i < list->unlike_count; i++)
            if (word_fits(word, str_of(list->unlike[i]))) return true;
    return false;
}

/* Units and remarks that say nothing about what the column is. */
static bool is_remark(Str word)
{
    static const char *const remarks[] = { "руб",   "рублей", "rub", "usd", "eur", "₽",     "в",  "с",  "без",
                                           "ндс",   "на",     "по",  "за",  "вкл", "включая", "т",  "ч",  "том",
                                           "числе", "и",      "коп", "шт",  "the", "of",      "in", "all" };
    for (ptrdiff_t i = 0; i < COUNT(remarks); i++)
        if (str_eq(word, str_of(remarks[i]))) return true;
    return false;
}

static int odd_words(Str words)
{
    int odd = 0;
    Str word;
    while (next_word(&words, &word)) odd += !is_remark(word);
    return odd;
}

/* Where the listed name stands among the words: its score, 0 when it does not or when the other words take it back. */
static int phrase_score(Str words, Str listed, int place, const NameList *list)
{
    for (Str from = words, word; from.n; next_word(&from, &word)) {
        Str behind, before = str_upto(words, from.s - words.s);
        if (!words_begin(from, listed, &behind)) continue;
        int odd = odd_words(before) + odd_words(behind);
        if (before.n + behind.n == 0) return 2000 - place;
        bool vat = list->is_money && str_starts(behind, S("ндс"));
        if (vat || (odd && (has_unlike(before, list) || has_unlike(behind, list)))) return 0;
        /* what the client pays goes first */
        if (odd == 0 && list->is_money && str_starts(behind, S("без ндс"))) return 1400 - place;
        return odd == 0 ? 1500 - place : 500 - place - 20 * odd + 10 * words_count(listed);
    }
    return 0;
}

int name_score(Str words, const NameList *list)
{
    int best = 0;
    for (int i = 0; i < list->names_count; i++) {
        int score = phrase_score(words, str_of(list->names[i]), i, list);
        if (score > best) best = score;
    }
    return best;
}
