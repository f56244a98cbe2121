/* Names and values of a sentence, kept as JSON. */
#include "format/args.h"

#include "format/json.h"

/* By ArgKind. */
static const char *const kinds[] = { "text", "count", "money", "day", "word", "about", "share", "month", "row" };

static bool is_text(ArgKind kind) { return kind == ARG_TEXT || kind == ARG_WORD; }

Str args_keep(Arena *mem, const Arg *args, int n)
{
    Buf     b = buf_new(mem, 200);
    JsonOut j = js_to(&b);
    if (!n) return (Str){ 0 };
    js_object(&j);
    for (int i = 0; i < n; i++) {
        js_key(&j, args[i].name);
        js_object(&j);
        js_key(&j, kinds[args[i].kind]);
        if (is_text(args[i].kind)) js_str(&j, args[i].text);
        else js_i64(&j, args[i].number);
        js_end(&j);
    }
    js_end(&j);
    return buf_str(&b);
}

int args_kept(Arena *mem, Str kept, Arg *out, int most)
{
    Problems    none = { 0 };
    const Json *all;
    int         n = 0;
    if (!kept.n || json_read(mem, kept, (JsonLimits){ 0 }, &none, &all)) return 0;
    for (const Json *each = all->first; each && n < most; each = each->next) {
        const Json *value = each->first;
        int         kind  = 0;
        while (value && kind < (int)COUNT(kinds) && !str_eq(value->key, str_of(kinds[kind]))) kind++;
        if (!value || kind == COUNT(kinds)) continue;
        out[n++] = (Arg){ .name = str_c(mem, each->key), .kind = (ArgKind)kind, .number = value->number,
                          .text = value->text };
    }
    return n;
}
