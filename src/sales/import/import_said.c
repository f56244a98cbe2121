/* A problem as it is kept beside its import: the key of its sentence, and the names and values that go into it. */
#include "core/words.h"
#include "entity/kept_args.h"
#include "sales/import/import.h"

static int args_read(Arena *mem, Str kept, bool hidden, Arg *out, int most)
{
    Problems    none = { 0 };
    const Json *all;
    if (!kept.n || json_read(mem, kept, (JsonLimits){ 0 }, &none, &all)) return 0;
    int n = args_of_json(mem, all, out, most);
    for (int i = 0; i < n; i++)
        if (hidden && out[i].kind == ARG_TEXT) out[i].text = S("");
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
