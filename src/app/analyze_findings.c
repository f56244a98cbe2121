/* Findings in the words of the report and the workbook. */
#include "app/analyze_findings.h"

static Str name_of(const Analysis *a, ptrdiff_t client) { return client < 0 ? S("") : a->report->of->client[client]; }

static Str said(const Analysis *a, const FindingClaim *c, ptrdiff_t client, Str key, Voice v, Arena *mem)
{
    Arg args[CLAIM_ARGS];
    Buf text = buf_new(mem, 256);
    int n = finding_args(a->findings, c, (FindingPeople){ name_of(a, client), name_of(a, c->first) }, args);
    words_put(&text, v, str_c(mem, key), args, n);
    return buf_str(&text);
}

Str finding_text(const Analysis *a, const Finding *f, Voice v, Arena *mem)
{
    Buf text = buf_new(mem, 512);
    for (int i = 0; i < f->claims; i++) {
        const FindingClaim *c = &f->claim[i];
        const char         *key = finding_keys[c->name];
        if (i) buf_char(&text, ' ');
        buf_put(&text, said(a, c, f->client, f->client < 0 ? str_of(key) : str_fmt(mem, "%s.one", key), v, mem));
    }
    return buf_str(&text);
}

Str finding_deed(const Analysis *a, const Finding *f, Voice v, Arena *mem)
{
    return said(a, &f->claim[0], f->client, str_fmt(mem, "%s.verb", finding_keys[f->claim[0].name]), v, mem);
}

Str claim_worth(const Analysis *a, const FindingClaim *c, Voice v, Arena *mem)
{
    const char *key = finding_price_key(c);
    return key ? said(a, c, -1, str_of(key), v, mem) : S("");
}

Str claim_past(const Analysis *a, const FindingClaim *c, Voice v, Arena *mem)
{
    return c->pricing == PRICED ? said(a, c, -1, str_fmt(mem, "%s.past", finding_keys[c->name]), v, mem) : S("");
}
