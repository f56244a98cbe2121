/* A problem as it is kept beside its import: the key of its sentence, and the names and values that go into it. */
#include "core/words.h"
#include "format/kept_args.h"
#include "sales/import/import.h"

Str import_said(Arena *mem, Voice voice, const KeptProblem *p)
{
    Buf b = buf_new(mem, 200);
    Arg args[COUNT(((Problem *)0)->args) + 1];
    int n = args_kept(mem, p->args, args, COUNT(args) - 1);
    for (int i = 0; i < n && p->hidden; i++)
        if (args[i].kind == ARG_TEXT) args[i].text = S("");
    if (!p->args.n) args[n++] = arg_text("what", p->hidden ? S("") : p->cell);
    words_put(&b, voice, str_c(mem, p->key), args, n);
    return buf_str(&b);
}
