/* Text as people write it. */
#include "core/utf8.h"

uint32_t utf8_next(Str s, ptrdiff_t *at)
{
    const unsigned char *p    = (const unsigned char *)s.s + *at;
    ptrdiff_t            left = s.n - *at;
    uint32_t             lead = p[0];
    int                   more = lead < 0x80                   ? 0
                                 : lead >= 0xC2 && lead < 0xE0 ? 1
                                 : lead >= 0xE0 && lead < 0xF0 ? 2
                                 : lead >= 0xF0 && lead < 0xF5 ? 3
                                                               : -1;
    static const uint32_t mask[] = { 0x7F, 0x1F, 0x0F, 0x07 }, least[] = { 0, 0x80, 0x800, 0x10000 };
    *at += 1;
    if (more < 0 || left <= more) return 0xFFFD;
    uint32_t rune = lead & mask[more];
    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0xFFFD;
        rune = rune << 6 | (p[i] & 0x3F);
    }
    if (rune < least[more] || rune > 0x10FFFF || (rune >= 0xD800 && rune < 0xE000)) return 0xFFFD;
    *at += more;
    return rune;
}

void buf_rune(Buf *b, uint32_t r)
{
    if (r < 0x80) {
        buf_char(b, (char)r);
    } else if (r < 0x800) {
        buf_char(b, (char)(0xC0 | r >> 6));
        buf_char(b, (char)(0x80 | (r & 0x3F)));
    } else if (r < 0x10000) {
        buf_char(b, (char)(0xE0 | r >> 12));
        buf_char(b, (char)(0x80 | (r >> 6 & 0x3F)));
        buf_char(b, (char)(0x80 | (r & 0x3F)));
    } else {
        buf_char(b, (char)(0xF0 | r >> 18));
        buf_char(b, (char)(0x80 | (r >> 12 & 0x3F)));
        buf_char(b, (char)(0x80 | (r >> 6 & 0x3F)));
        buf_char(b, (char)(0x80 | (r & 0x3F)));
    }
}

bool utf8_valid(Str s, ptrdiff_t *bad)
{
    for (ptrdiff_t at = 0; at < s.n;) {
        if ((unsigned char)s.s[at] < 0x80) {
            at++;
            continue;
        }
        ptrdiff_t from = at;
        if (utf8_next(s, &at) == 0xFFFD && at == from + 1) {
            if (bad) *bad = from;
            return false;
        }
    }
    return true;
}

uint32_t rune_lower(uint32_t r)
{
    if (r < 0x80) return r >= 'A' && r <= 'Z' ? r + 32 : r;
    if (r >= 0xC0 && r <= 0xDE) return r == 0xD7 ? r : r + 32;
    if (r >= 0x0100 && r <= 0x0137) return r == 0x0130 ? 'i' : r | 1;
    if (r >= 0x0139 && r <= 0x0148) return r + (r & 1);
    if (r >= 0x014A && r <= 0x0177) return r | 1;
    if (r == 0x0178) return 0xFF;
    if (r >= 0x0179 && r <= 0x017E) return r + (r & 1);
    if (r >= 0x0391 && r <= 0x03A9 && r != 0x03A2) return r + 32;
    if (r >= 0x0410 && r <= 0x042F) return r + 32;
    if (r >= 0x0400 && r <= 0x040F) return r + 80;
    if ((r >= 0x0460 && r <= 0x0481) || (r >= 0x048A && r <= 0x04BF) || (r >= 0x04D0 && r <= 0x052F)) return r | 1;
    return r;
}

bool rune_is_letter_or_digit(uint32_t r)
{
    if (r < 0x80) return (r >= '0' && r <= '9') || ((r | 32) >= 'a' && (r | 32) <= 'z');
    return (r >= 0xC0 && r != 0xD7 && r != 0xF7 && r < 0x2000) || (r >= 0x2C00 && r < 0xD800) ||
           (r >= 0xF900 && r < 0xFE00) || r >= 0x10000;
}

static bool rune_is_blank(uint32_t r)
{
    return r == ' ' || (r >= '\t' && r <= '\r') || r == 0xA0 || (r >= 0x2000 && r <= 0x200A) || r == 0x202F ||
           r == 0x3000;
}

/* Letters that have a place of their own together with the mark that follows them, lower case: the letter, both as one.
 * Source: canonical compositions of the Unicode Character Database, as far as Cyrillic and Latin names need them. */
static const struct {
    uint32_t    mark;
    const char *pairs;
} compositions[] = {
    { 0x300, "aàeèiìoòuùnǹ" },
    { 0x301, "aáeéiíoóuúyýcćlĺnńrŕsśzźгѓкќ" },
    { 0x302, "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷ" },
    { 0x303, "aãnñoõiĩuũ" },
    { 0x304, "aāeēiīoōuūиӣуӯ" },
    { 0x306, "aăeĕgğiĭoŏuŭийуўжӂаӑеӗ" },
    { 0x307, "cċeėgġzż" },
    { 0x308, "aäeëiïoöuüyÿеёіїаӓжӝзӟиӥоӧуӱчӵыӹ" },
    { 0x30A, "aåuů" },
    { 0x30B, "oőuűуӳ" },
    { 0x30C, "cčdďeěnňrřsštťzžlľgǧaǎiǐoǒuǔ" },
    { 0x327, "cçgģkķlļnņrŗsştţ" },
    { 0x328, "aąeęiįuų" },
};

static uint32_t composed(uint32_t letter, uint32_t mark)
{
    for (ptrdiff_t i = 0; i < COUNT(compositions); i++) {
        Str pairs = str_of(compositions[i].pairs);
        for (ptrdiff_t at = 0; compositions[i].mark == mark && at < pairs.n;) {
            uint32_t from = utf8_next(pairs, &at), to = utf8_next(pairs, &at);
            if (from == letter) return to;
        }
    }
    return 0;
}

/* Shown by nobody: soft hyphens, joiners, marks of direction and of byte order. */
static bool rune_is_invisible(uint32_t r)
{
    return r == 0xAD || (r >= 0x200B && r <= 0x200F) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2060 && r <= 0x2064) ||
           r == 0xFEFF;
}

uint32_t rune_with_marks(uint32_t letter, Str s, ptrdiff_t *at)
{
    for (ptrdiff_t next = *at; next < s.n && ((unsigned char)s.s[next] | 1) == 0xCD; *at = next) { /* U+0300..U+037F */
        uint32_t one = composed(letter, utf8_next(s, &next));
        if (!one) break;
        letter = one;
    }
    return letter;
}

/* The next letter as it is compared: lower case, with its marks, never an invisible one.  False at the end. */
static bool letter_next(Str s, ptrdiff_t *at, uint32_t *letter)
{
    do {
        if (*at >= s.n) return false;
        *letter = rune_lower(utf8_next(s, at));
    } while (rune_is_invisible(*letter));
    *letter = rune_with_marks(*letter, s, at);
    return true;
}

Str name_find(Arena *mem, Str name)
{
    Buf  b     = buf_new(mem, name.n + 8);
    bool blank = false;
    uint32_t r;
    for (ptrdiff_t at = 0; letter_next(name, &at, &r);) {
        if (rune_is_blank(r)) {
            blank = b.len > 0;
            continue;
        }
        if (blank) buf_char(&b, ' ');
        blank = false;
        buf_rune(&b, r == 0x451 ? 0x435 : r);
    }
    return buf_str(&b);
}

static const Str legal_forms[] = {
    /* folded as name_find folds */
    { "ооо", 6 }, { "оао", 6 }, { "зао", 6 }, { "пао", 6 }, { "нао", 6 },  { "ао", 4 },   { "ип", 4 },  { "чп", 4 },
    { "тоо", 6 }, { "нко", 6 }, { "гуп", 6 }, { "муп", 6 }, { "фгуп", 8 }, { "гбу", 6 },  { "мбу", 6 }, { "спк", 6 },
    { "кфх", 6 }, { "пк", 4 },  { "llc", 3 }, { "ltd", 3 }, { "inc", 3 },  { "corp", 4 }, { "co", 2 },  { "gmbh", 4 },
    { "ag", 2 },  { "plc", 3 }, { "llp", 3 }, { "sa", 2 },  { "bv", 2 },
};

static bool is_legal_form(Str word)
{
    for (ptrdiff_t i = 0; i < COUNT(legal_forms); i++)
        if (str_eq(word, legal_forms[i])) return true;
    return false;
}

/* Letters, digits and single blanks of an already folded name: what is left to compare when quotes and dots are
 * gone. */
static Str bare_words(Arena *mem, Str name)
{
    Buf  b     = buf_new(mem, name.n + 8);
    bool blank = false;
    uint32_t r;
    for (ptrdiff_t at = 0; letter_next(name, &at, &r);) {
        if (!rune_is_letter_or_digit(r)) {
            blank = b.len > 0;
            continue;
        }
        if (blank) buf_char(&b, ' ');
        blank = false;
        buf_rune(&b, r);
    }
    return buf_str(&b);
}

static Str without_legal_form(Str words)
{
    Str rest = words, head = str_cut(&rest, ' ');
    if (rest.n && is_legal_form(head)) return rest;
    ptrdiff_t last = words.n;
    while (last > 0 && words.s[last - 1] != ' ') last--;
    if (last > 0 && is_legal_form(str_from(words, last))) return str_upto(words, last - 1);
    return words;
}

/* A run of digits sorts by value: its length first, then its digits without leading zeros. */
static ptrdiff_t put_number_key(Buf *b, Str digits)
{
    ptrdiff_t n = 0;
    while (n < digits.n && digits.s[n] >= '0' && digits.s[n] <= '9') n++;
    Str value = str_upto(digits, n);
    while (value.n > 1 && *value.s == '0') value = str_from(value, 1);
    for (ptrdiff_t left = value.n; left >= 0; left -= 9) buf_char(b, (char)('0' + (left > 9 ? 9 : left)));
    buf_put(b, value);
    return n;
}

Str name_sort(Arena *mem, Str name)
{
    Str words = without_legal_form(bare_words(mem, name));
    Buf b     = buf_new(mem, words.n + 16);
    for (ptrdiff_t at = 0; at < words.n;) {
        if (words.s[at] >= '0' && words.s[at] <= '9') {
            at += put_number_key(&b, str_from(words, at));
            continue;
        }
        uint32_t r = utf8_next(words, &at);
        if (r == 0x451) r = 0x436;                        /* ё takes the place after е ...      */
        else if (r >= 0x436 && r <= 0x44F) r += 1;        /* ... and ж to я move up by one      */
        buf_rune(&b, r);
    }
    return buf_str(&b);
}
