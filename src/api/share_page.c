/* The page behind a link, in the language of whoever opens it; it runs nothing and asks for nothing elsewhere. */
#include "api/share_page.h"

#include "api/call.h"

#include <sodium.h>

static const char style[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem;color:#1a1a1a;"
    "background:#fff}h1{font-size:1.25rem;overflow-wrap:anywhere}p{color:#555}button{font:inherit;padding:.6rem 1.2rem;"
    "border:0;border-radius:.4rem;background:#1c6cb5;color:#fff;cursor:pointer}button:focus-visible{outline:3px solid"
    " #8ec5f4}@media(prefers-color-scheme:dark){body{color:#eee;background:#1b1b1b}p{color:#bbb}}";

/* Nothing but this very style, and a form that goes nowhere else. */
static const char *policy(Arena *mem)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char          text[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_ORIGINAL)];
    crypto_hash_sha256(hash, (const unsigned char *)style, sizeof style - 1);
    sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
    return str_c(mem, str_fmt(mem, "default-src 'none'; style-src 'sha256-%s'; form-action 'self';"
                                   " frame-ancestors 'none'; base-uri 'none'", text));
}

static void put_text(Buf *b, Str text)
{
    static const char *const signs[] = { ['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;" };
    for (ptrdiff_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if (c < COUNT(signs) && signs[c]) buf_c(b, signs[c]);
        else buf_char(b, text.s[i]);
    }
}

static void put_words(Buf *b, Lang lang, const char *key) { put_text(b, str_of(words_text(lang, key))); }

/* "3,4 МБ": of the largest unit that it fills. */
static Str size_text(Arena *mem, Lang lang, int64_t size)
{
    static const char *const units[] = { "share.bytes", "share.kilobytes", "share.megabytes", "share.gigabytes" };
    int64_t unit = 1;
    int     u    = 0;
    while (size >= unit * 1000 && u < (int)COUNT(units) - 1) unit *= 1000, u++;
    int64_t tenths = (size * 10 + unit / 2) / unit;
    Str     number = u == 0 ? str_fmt(mem, "%lld", (long long)size)
                            : str_fmt(mem, "%lld%c%lld", (long long)(tenths / 10), lang == LANG_RU ? ',' : '.',
                                      (long long)(tenths % 10));
    return str_fmt(mem, "%.*s\xC2\xA0%s", (int)number.n, number.s, words_text(lang, units[u]));
}

static void put_day(Buf *b, Work *w, Lang lang, Moment until)
{
    Buf said = buf_new(w->mem, 80);
    SAY(&said, (Voice){ .lang = lang }, "share.last_day", arg_day("day", zone_day(w->zone, until)));
    buf_c(b, "<p>");
    put_text(b, buf_str(&said));
    buf_c(b, "</p>");
}

static void put_file(Buf *b, Request *r, Lang lang, const Shared *s, Str firm)
{
    Arena *mem = &call_of(r)->http->mem;
    buf_c(b, "<p>");
    put_text(b, firm);
    buf_c(b, "</p>");
    buf_c(b, "<h1>");
    put_text(b, s->name);
    buf_c(b, "</h1><p>");
    put_text(b, size_text(mem, lang, s->file.size));
    buf_c(b, "</p>");
    put_day(b, r->w, lang, s->until);
    buf_c(b, "<form method=\"post\"><button>");
    put_words(b, lang, "share.fetch");
    buf_c(b, "</button></form>");
}

static void put_nothing(Buf *b, Lang lang, bool wait)
{
    buf_c(b, "<h1>");
    put_words(b, lang, wait ? "share.wait_title" : "share.nothing_title");
    buf_c(b, "</h1><p>");
    put_words(b, lang, wait ? "share.wait" : "share.nothing");
    buf_c(b, "</p>");
}

void share_page(Request *r, const Shared *s, Str firm, bool wait)
{
    Arena *mem  = &call_of(r)->http->mem;
    Lang   lang = call_of(r)->lang;
    Buf    b    = buf_new(mem, 2048);
    buf_fmt(&b, "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\"><meta name=\"viewport\""
                " content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>", lang_names[lang]);
    put_words(&b, lang, "share.title");
    buf_fmt(&b, "</title><style>%s</style><main>", style);
    if (s) put_file(&b, r, lang, s, firm);
    else put_nothing(&b, lang, wait);
    buf_c(&b, "</main></html>");
    answer_page(r, buf_str(&b), policy(mem));
}
