/* The arguments of a sentence as they are kept beside its key. */
#include "format/kept_args.h"

/* By ArgKind. */
static const char *const kinds[] = { "text",  "count", "money", "day", "word",
                                     "about", "share", "month", "row", "title" };

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
        if (args[i].kind == ARG_TITLE) js_key(&j, "of"), js_c(&j, args[i].of);
        js_end(&j);
    }
    js_end(&j);
    return buf_str(&b);
}

static Arg arg_of(Arena *mem, Str name, ArgKind kind, const Json *value)
{
    Arg a = { .name = str_c(mem, name), .kind = kind, .text = value->text, .number = value->number };
    if (kind != ARG_TITLE) return a;
    a.text = str_fmt(mem, "#%lld", (long long)value->number);
    a.of   = value->next ? str_c(mem, value->next->text) : "";
    return a;
}

int args_of_json(Arena *mem, const Json *kept, Arg *out, int most)
{
    int n = 0;
    for (const Json *each = kept ? kept->first : NULL; each && n < most; each = each->next) {
        const Json *value = each->first;
        int         kind  = 0;
        while (value && kind < (int)COUNT(kinds) && !str_eq(value->key, str_of(kinds[kind]))) kind++;
        if (value && kind < (int)COUNT(kinds)) out[n++] = arg_of(mem, each->key, (ArgKind)kind, value);
    }
    return n;
}

int args_kept(Arena *mem, Str kept, Arg *out, int most)
{
    Problems    none = { 0 };
    const Json *all;
    if (!kept.n || json_read(mem, kept, (JsonLimits){ 0 }, &none, &all)) return 0;
    return args_of_json(mem, all, out, most);
}
