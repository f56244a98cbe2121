/* What is wrong, in a form that can be said in any language. */
#include "core/problem.h"

Arg arg_text(const char *name, Str text)      { return (Arg){ .name = name, .kind = ARG_TEXT, .text = text }; }
Arg arg_count(const char *name, int64_t n)    { return (Arg){ .name = name, .kind = ARG_COUNT, .number = n }; }
Arg arg_money(const char *name, Money m)      { return (Arg){ .name = name, .kind = ARG_MONEY, .number = m }; }
Arg arg_day(const char *name, Day d)          { return (Arg){ .name = name, .kind = ARG_DAY, .number = d }; }
Arg arg_word(const char *name, const char *k) { return (Arg){ .name = name, .kind = ARG_WORD, .text = str_of(k) }; }
Arg arg_about(const char *name, Money m)      { return (Arg){ .name = name, .kind = ARG_ABOUT, .number = m }; }
Arg arg_share(const char *name, Ratio r)      { return (Arg){ .name = name, .kind = ARG_SHARE, .number = r }; }
Arg arg_month(const char *name, Month m)      { return (Arg){ .name = name, .kind = ARG_MONTH, .number = m }; }
Arg arg_row(const char *name, int64_t row)   { return (Arg){ .name = name, .kind = ARG_ROW, .number = row }; }

Arg arg_title(const char *name, const char *of, int64_t id, Str title)
{
    return (Arg){ .name = name, .kind = ARG_TITLE, .text = title, .number = id, .of = of };
}

/* The longest head of at most n bytes that does not cut a UTF-8 sequence. */
static Str whole_head(Str s, ptrdiff_t n)
{
    if (s.n <= n) return s;
    while (n > 0 && ((unsigned char)s.s[n] & 0xC0) == 0x80) n--;
    return str_upto(s, n);
}

Err problem_add(Problems *list, Problem p)
{
    list->count++;
    if (!list->mem || (list->limit && list->count > list->limit)) return p.err;
    for (int i = 0; i < p.arg_count; i++)
        if (p.args[i].kind == ARG_TEXT || p.args[i].kind == ARG_TITLE)
            p.args[i].text = str_copy(list->mem, whole_head(p.args[i].text, 200));
    Problem *kept = NEW(list->mem, Problem);
    *kept         = p;
    if (list->last) list->last->next = kept;
    else list->first = kept;
    list->last = kept;
    return p.err;
}
