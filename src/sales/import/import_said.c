/* A problem as it is kept beside its import: the key of its sentence, and the names and values that go into it. */
#include "core/words.h"
#include "sales/import/import.h"

/* By ArgKind. */
static const char *const kinds[] = { "text", "count", "money", "day", "word", "about", "share", "month", "row" };

static bool is_text(ArgKind kind) { return kind == ARG_TEXT || kind == ARG_WORD; }

/* {"limit":{"count":40},"what":{"text":"Alfa"}} */
Str import_args_keep(Arena *mem, const Arg *args, int n)
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

static int args_read(Arena *mem, Str kept, bool hidden, Arg *out, int most)
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
        out[n]      = (Arg){ .name = str_c(mem, each->key), .kind = (ArgKind)kind, .number = value->number };
        out[n].text = hidden && kind == ARG_TEXT ? S("") : value->text;
        n++;
    }
    return n;
}

Str import_said(Arena *mem, Voice voice, const KeptProblem *p)
{
    Buf b = buf_new(mem, 200);
    Arg args[COUNT(((Problem *)0)->args) + 1];
    int n = args_read(mem, p->args, p->hidden, args, COUNT(args) - 1);
    if (!p->args.n) args[n++] = arg_text("what", p->hidden ? S("") : p->cell);
    words_put(&b, voice, str_c(mem, p->key), args, n);
    return buf_str(&b);
}
