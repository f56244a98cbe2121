/* Encodings: whatever the bytes are, their text is UTF-8; a one-byte encoding gives the same bytes back. */
#include "core/utf8.h"
#include "format/charset.h"
#include "fuzz/fuzz.h"

static Str text_of(Arena *mem, Encoding e, Str bytes)
{
    Buf b = buf_new(mem, 64);
    CLAIM(bytes.n - text_to_utf8(e, bytes, &b) < 4);
    return buf_str(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena    *mem   = fuzz_mem();
    Str       bytes = { (const char *)data, (ptrdiff_t)size };
    ptrdiff_t mark, bad = -1;
    Encoding  found = encoding_detect(bytes, &mark);
    CLAIM(mark == 0 || mark == encoding_mark(found).n);
    CLAIM(utf8_valid(bytes, &bad) == (utf8_first_bad(bytes) < 0) && bad == utf8_first_bad(bytes));
    for (Encoding e = ENC_UTF8; e <= ENC_CP866; e++) {
        Str  text = text_of(mem, e, bytes);
        Buf  back = buf_new(mem, 64);
        bool one  = e >= ENC_CP1251;
        CLAIM(e == ENC_UTF8 || utf8_first_bad(text) < 0);
        CLAIM(text_from_utf8(e, text, &back) == 0 || !one);
        if (one) CLAIM(str_eq(buf_str(&back), bytes));
        if (e != ENC_UTF8 && !one) CLAIM(str_eq(text_of(mem, e, buf_str(&back)), text));
    }
    return 0;
}
