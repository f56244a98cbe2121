/* Encodings of text files. */
#include "format/charset.h"
#include "core/utf8.h"

#include <string.h>

/* The upper halves of the one-byte encodings, as the WHATWG Encoding Standard has them (unassigned bytes are
 * themselves). */
static const uint16_t upper_half[ENC_CP866 + 1][128] = {
    [ENC_CP1251] = {
        0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021,
        0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
        0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x0098, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
        0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7,
        0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
        0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7,
        0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
        0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
        0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F,
        0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
        0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F,
        0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
        0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F,
        0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
        0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
    },
    [ENC_KOI8R] = {
        0x2500, 0x2502, 0x250C, 0x2510, 0x2514, 0x2518, 0x251C, 0x2524,
        0x252C, 0x2534, 0x253C, 0x2580, 0x2584, 0x2588, 0x258C, 0x2590,
        0x2591, 0x2592, 0x2593, 0x2320, 0x25A0, 0x2219, 0x221A, 0x2248,
        0x2264, 0x2265, 0x00A0, 0x2321, 0x00B0, 0x00B2, 0x00B7, 0x00F7,
        0x2550, 0x2551, 0x2552, 0x0451, 0x2553, 0x2554, 0x2555, 0x2556,
        0x2557, 0x2558, 0x2559, 0x255A, 0x255B, 0x255C, 0x255D, 0x255E,
        0x255F, 0x2560, 0x2561, 0x0401, 0x2562, 0x2563, 0x2564, 0x2565,
        0x2566, 0x2567, 0x2568, 0x2569, 0x256A, 0x256B, 0x256C, 0x00A9,
        0x044E, 0x0430, 0x0431, 0x0446, 0x0434, 0x0435, 0x0444, 0x0433,
        0x0445, 0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E,
        0x043F, 0x044F, 0x0440, 0x0441, 0x0442, 0x0443, 0x0436, 0x0432,
        0x044C, 0x044B, 0x0437, 0x0448, 0x044D, 0x0449, 0x0447, 0x044A,
        0x042E, 0x0410, 0x0411, 0x0426, 0x0414, 0x0415, 0x0424, 0x0413,
        0x0425, 0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E,
        0x041F, 0x042F, 0x0420, 0x0421, 0x0422, 0x0423, 0x0416, 0x0412,
        0x042C, 0x042B, 0x0417, 0x0428, 0x042D, 0x0429, 0x0427, 0x042A,
    },
    [ENC_CP1252] = {
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
        0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7,
        0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
        0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7,
        0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF,
        0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x00C4, 0x00C5, 0x00C6, 0x00C7,
        0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF,
        0x00D0, 0x00D1, 0x00D2, 0x00D3, 0x00D4, 0x00D5, 0x00D6, 0x00D7,
        0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x00DD, 0x00DE, 0x00DF,
        0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
        0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF,
        0x00F0, 0x00F1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x00F6, 0x00F7,
        0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x00FD, 0x00FE, 0x00FF,
    },
    [ENC_CP866] = {
        0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417,
        0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F,
        0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427,
        0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F,
        0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437,
        0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F,
        0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556,
        0x2555, 0x2563, 0x2551, 0x2557, 0x255D, 0x255C, 0x255B, 0x2510,
        0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F,
        0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567,
        0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256B,
        0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
        0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447,
        0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
        0x0401, 0x0451, 0x0404, 0x0454, 0x0407, 0x0457, 0x040E, 0x045E,
        0x00B0, 0x2219, 0x00B7, 0x221A, 0x2116, 0x00A4, 0x25A0, 0x00A0,
    },
};

const char *const encoding_names[ENC_CP866 + 1] = {
    [ENC_UTF8] = "UTF-8", [ENC_UTF16LE] = "UTF-16LE", [ENC_UTF16BE] = "UTF-16BE", [ENC_CP1251] = "windows-1251",
    [ENC_KOI8R] = "KOI8-R", [ENC_CP1252] = "windows-1252", [ENC_CP866] = "IBM866",
};

static uint32_t rune_of_byte(Encoding e, unsigned char c)
{
    return c < 0x80 ? c : upper_half[e][c - 0x80];
}

static uint32_t unit_of(Encoding e, const unsigned char *p)
{
    return e == ENC_UTF16LE ? (uint32_t)(p[0] | p[1] << 8) : (uint32_t)(p[0] << 8 | p[1]);
}

static ptrdiff_t utf16_to_utf8(Encoding from, Str bytes, Buf *out)
{
    const unsigned char *p  = (const unsigned char *)bytes.s;
    ptrdiff_t            at = 0;
    for (; at + 2 <= bytes.n; at += 2) {
        uint32_t r = unit_of(from, p + at);
        if (r >= 0xD800 && r < 0xDC00) {
            if (at + 4 > bytes.n) break;
            uint32_t low  = unit_of(from, p + at + 2);
            bool     pair = low >= 0xDC00 && low < 0xE000;
            r             = pair ? 0x10000 + ((r - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
            at += pair ? 2 : 0;
        } else if (r >= 0xDC00 && r < 0xE000) {
            r = 0xFFFD;
        }
        buf_rune(out, r);
    }
    return at;
}

ptrdiff_t text_to_utf8(Encoding from, Str bytes, Buf *out)
{
    if (from == ENC_UTF16LE || from == ENC_UTF16BE) return utf16_to_utf8(from, bytes, out);
    if (from == ENC_UTF8) {
        buf_put(out, bytes);
        return bytes.n;
    }
    for (ptrdiff_t i = 0; i < bytes.n; i++) buf_rune(out, rune_of_byte(from, (unsigned char)bytes.s[i]));
    return bytes.n;
}

static void put_unit(Encoding to, uint32_t unit, Buf *out)
{
    char high = (char)(unit >> 8), low = (char)(unit & 0xFF);
    buf_char(out, to == ENC_UTF16LE ? low : high);
    buf_char(out, to == ENC_UTF16LE ? high : low);
}

static bool put_rune(Encoding to, uint32_t r, Buf *out)
{
    if (to == ENC_UTF16LE || to == ENC_UTF16BE) {
        if (r >= 0x10000) put_unit(to, 0xD800 + ((r - 0x10000) >> 10), out);
        put_unit(to, r >= 0x10000 ? 0xDC00 + ((r - 0x10000) & 0x3FF) : r, out);
        return true;
    }
    for (int i = 0; i < 128 && r >= 0x80; i++)
        if (upper_half[to][i] == r) return buf_char(out, (char)(i + 0x80)), true;
    buf_char(out, r < 0x80 ? (char)r : '?');
    return r < 0x80;
}

int64_t text_from_utf8(Encoding to, Str utf8, Buf *out)
{
    int64_t lost = 0;
    if (to == ENC_UTF8) {
        buf_put(out, utf8);
        return 0;
    }
    for (ptrdiff_t at = 0; at < utf8.n;) lost += !put_rune(to, utf8_next(utf8, &at), out);
    return lost;
}

Str encoding_mark(Encoding e)
{
    return e == ENC_UTF8      ? S("\xEF\xBB\xBF")
           : e == ENC_UTF16LE ? S("\xFF\xFE")
           : e == ENC_UTF16BE ? S("\xFE\xFF")
                              : S("");
}

ptrdiff_t utf8_first_bad(Str s)
{
    for (ptrdiff_t at = 0; at < s.n;) {
        uint64_t words[4];
        while (at + 32 <= s.n) { /* plain ASCII goes by in steps of 32 bytes */
            memcpy(words, s.s + at, 32);
            if ((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080u) break;
            at += 32;
        }
        if (at == s.n) break;
        const unsigned char *p = (const unsigned char *)s.s + at;
        if (p[0] < 0x80) at++;
        else if (p[0] >= 0xC2 && p[0] < 0xE0 && at + 1 < s.n && (p[1] & 0xC0) == 0x80) at += 2;
        else {
            ptrdiff_t from = at;
            if (utf8_next(s, &at) == 0xFFFD && at == from + 1) return from;
        }
    }
    return -1;
}

/* How often each letter from а to я stands in Russian text, per 10,000 (Lyashevskaya, Sharov: frequency dictionary of
 * modern Russian, 2009; ё is counted with е). */
static const int16_t letter_share[32] = { 801, 159, 454, 170,  298, 849, 94,  165, 735, 121, 349,
                                          440, 321, 670, 1097, 281, 473, 547, 626, 262, 26,  97,
                                          48,  144, 73,  36,   4,   190, 174, 32,  64,  201 };

/* What the bytes are worth as Russian text: common letters count for it, capitals inside words and drawing characters
 * against. */
static int64_t russian_score(Encoding e, Str s)
{
    int64_t score  = 0;
    bool    in_low = false;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        uint32_t r = rune_of_byte(e, (unsigned char)s.s[i]), low = rune_lower(r);
        bool     letter = low >= 0x430 && low <= 0x44F;
        if (letter) score += letter_share[low - 0x430] - (r != low && in_low ? 1000 : 0);
        else if (r >= 0x2500 && r < 0x25A1) score -= 1000;
        in_low = letter ? r == low : false;
    }
    return score;
}

static bool is_latin(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Cyrillic words are runs of high bytes; in western words a high byte stands among ASCII letters, a pound sign
 * alone. */
static bool looks_western(Str s)
{
    int64_t in_runs = 0, alone = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.s[i] < 0xC0) continue;
        bool before = i > 0 && (unsigned char)s.s[i - 1] >= 0xC0,
             after = i + 1 < s.n && (unsigned char)s.s[i + 1] >= 0xC0;
        bool latin  = (i > 0 && is_latin(s.s[i - 1])) || (i + 1 < s.n && is_latin(s.s[i + 1]));
        in_runs += before || after;
        alone += !before && !after && latin;
    }
    return alone > in_runs;
}

static bool has_pounds_only(Str s)
{
    bool any = false;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.s[i] < 0x80) continue;
        if (s.s[i] != '\xA3' && s.s[i] != '\xA0' && s.s[i] != '\x80') return false;
        any |= s.s[i] == '\xA3';
    }
    return any;
}

/* Without a mark: half of all bytes are the zero or the four of Latin and Cyrillic units. */
static bool looks_utf16(Str s, int high)
{
    ptrdiff_t units = s.n / 2, fits = 0, zeros = 0;
    for (ptrdiff_t i = 0; i < units; i++) {
        char h = s.s[2 * i + high], l = s.s[2 * i + 1 - high];
        fits += (h == 0 && l != 0) || h == 4 || h == 0x20;
        zeros += h == 0;
    }
    return units >= 2 && fits * 10 >= units * 9 && zeros * 10 >= units;
}

/* Is it UTF-8 with some broken places rather than another encoding?  Whole sequences of several bytes do not come by
 * chance. */
static bool mostly_utf8(Str s)
{
    int64_t good = 0, bad = 0;
    for (ptrdiff_t at = 0; at < s.n;) {
        ptrdiff_t from = at;
        if ((unsigned char)s.s[at] < 0x80) at++;
        else if (utf8_next(s, &at) == 0xFFFD && at == from + 1) bad++;
        else good++;
    }
    return good > 4 * bad;
}

static Encoding encoding_by_bytes(Str s)
{
    if (looks_utf16(s, 1)) return ENC_UTF16LE;
    if (looks_utf16(s, 0)) return ENC_UTF16BE;
    if (utf8_first_bad(s) < 0 || mostly_utf8(s)) return ENC_UTF8;
    if (looks_western(s) || has_pounds_only(s)) return ENC_CP1252;
    Encoding best = ENC_CP1251;
    if (russian_score(ENC_KOI8R, s) > russian_score(best, s)) best = ENC_KOI8R;
    return russian_score(ENC_CP866, s) > russian_score(best, s) ? ENC_CP866 : best;
}

Encoding encoding_detect(Str sample, ptrdiff_t *mark)
{
    for (Encoding e = ENC_UTF8; e <= ENC_UTF16BE; e++)
        if (str_starts(sample, encoding_mark(e))) return *mark = encoding_mark(e).n, e;
    *mark = 0;
    return encoding_by_bytes(sample);
}
