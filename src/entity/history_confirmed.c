/* Sentences of a history: what was confirmed when a record was saved, and to whom it was lent. */
#include "access/access.h"
#include "entity/check.h"
#include "entity/history_inside.h"
#include "entity/lend.h"

bool change_is_sentence(const Change *c)
{
    return str_eq(c->verb, S(CONFIRMED_VERB)) || str_eq(c->verb, S(LENT_VERB)) || str_eq(c->verb, S(TAKEN_BACK_VERB));
}

void confirmed_wants(Teller *t, Str diff)
{
    ConfirmedRow row;
    if (!confirmed_read(t->w->mem, diff, &row)) return;
    for (int i = 0; i < row.arg_count; i++) {
        const Entity *of = row.args[i].kind == ARG_TITLE ? entity_named(str_of(row.args[i].of)) : NULL;
        if (of) name_want(t, of, row.args[i].number);
    }
}

static Str sentence(Teller *t, ConfirmedRow *row)
{
    Buf b = buf_new(t->w->mem, 200);
    for (int i = 0; i < row->arg_count; i++) {
        Arg *a     = &row->args[i];
        Str  title = a->kind == ARG_TITLE ? title_of(t, entity_named(str_of(a->of)), a->number) : (Str){ 0 };
        if (title.s) a->text = title;
    }
    words_put(&b, t->voice, row->key, row->args, row->arg_count);
    return buf_str(&b);
}

/* About a field that the reader may not see it says nothing. */
static bool is_hidden(Teller *t, const ConfirmedRow *row)
{
    const Field *f = row->field ? field_named(t->w, t->e, str_of(row->field)) : NULL;
    return row->field && (!f || access_hides(t->w->who, t->e->name, "view", f->mask));
}

void confirmed_told(Teller *t, Str diff)
{
    ConfirmedRow row;
    if (!confirmed_read(t->w->mem, diff, &row) || is_hidden(t, &row)) return;
    js_key(t->to, "confirmed");
    js_object(t->to);
    js_key(t->to, "key");
    js_c(t->to, row.key);
    js_key(t->to, "text");
    js_str(t->to, sentence(t, &row));
    if (row.reason.n) {
        js_key(t->to, "reason");
        js_str(t->to, row.reason);
    }
    js_end(t->to);
}
