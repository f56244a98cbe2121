/* Names of files: what came, made fit to be shown and saved under. */
#include "files/files.h"

#include "core/utf8.h"

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Str file_name_decoded(Arena *mem, Str s)
{
    char     *to = NEW_RAW(mem, char, s.n + 1);
    ptrdiff_t n  = 0;
    for (ptrdiff_t i = 0; i < s.n; i++) {
        bool percent = s.s[i] == '%' && i + 2 < s.n;
        int  high = percent ? hex_digit(s.s[i + 1]) : -1, low = percent ? hex_digit(s.s[i + 2]) : -1;
        if (high >= 0 && low >= 0) to[n++] = (char)(high * 16 + low), i += 2;
        else to[n++] = s.s[i];
    }
    return (Str){ to, n };
}

/* Control signs of both sets, what separates lines, what turns the direction of writing (`photo[U+202E]gpj.exe`), what
 * nobody sees, and what is no character. */
static bool is_unsafe(uint32_t r)
{
    return r < 0x20 || (r >= 0x7F && r < 0xA0) || (r >= 0x200B && r <= 0x200F) || (r >= 0x2028 && r <= 0x202E) ||
           (r >= 0x2060 && r <= 0x206F) || r == 0xFEFF || r == 0xFFFD || r == 0x61C;
}

static Str last_part(Str name)
{
    for (ptrdiff_t i = name.n; i > 0; i--)
        if (name.s[i - 1] == '/' || name.s[i - 1] == '\\') return str_from(name, i);
    return name;
}

static Str without_ends(Str name)
{
    for (Str before = { 0 }; before.n != name.n;) {
        before = name = str_trim(name);
        while (str_starts(name, S("."))) name = str_from(name, 1);
        while (str_ends(name, S("."))) name = str_upto(name, name.n - 1);
    }
    return name;
}

Str file_name_clean(Arena *mem, Str name)
{
    Buf b = buf_new(mem, 256);
    int n = 0;
    name  = last_part(name);
    for (ptrdiff_t at = 0; at < name.n && n < FILE_NAME_MOST;) {
        uint32_t rune = utf8_next(name, &at);
        if (is_unsafe(rune)) continue;
        buf_rune(&b, rune);
        n++;
    }
    return without_ends(buf_str(&b));
}
