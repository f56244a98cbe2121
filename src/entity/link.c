/* A link in words. */
#include "entity/link.h"

#include "core/utf8.h"

Str entity_label(Arena *mem, Lang lang, const Entity *e)
{
    const char *text = words_text(lang, str_c(mem, str_fmt(mem, "entity.%s", e->name)));
    return str_of(text ? text : e->name);
}

Str link_say(Arena *mem, Lang lang, const Entity *to, Str title)
{
    Str label = entity_label(mem, lang, to);
    return str_fmt(mem, "%.*s: %.*s", (int)label.n, label.s, (int)title.n, title.s);
}

static bool is_called(Arena scratch, const Entity *e, Str folded)
{
    bool same = str_eq(folded, name_find(&scratch, str_of(e->name)));
    for (int lang = 0; lang < LANGS && !same; lang++)
        same = str_eq(folded, name_find(&scratch, entity_label(&scratch, (Lang)lang, e)));
    return same;
}

bool link_hear(Arena scratch, const Field *f, Str text, LinkHeard *out)
{
    Str title = text, kind = str_cut(&title, ':'), folded = name_find(&scratch, kind);
    *out = (LinkHeard){ .title = str_trim(title) };
    for (ptrdiff_t i = 0; entity_at(i) && !out->to; i++)
        if (field_may_point(f, entity_at(i)) && is_called(scratch, entity_at(i), folded)) out->to = entity_at(i);
    bool by_id = out->to && str_eq(str_trim(kind), str_of(out->to->name)) && str_i64(out->title, &out->id);
    if (!by_id || out->id < 0) out->id = 0;
    return out->to && out->title.n;
}
