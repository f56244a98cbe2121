/* The list of fields, told to the browser. */
#include "entity/meta.h"

#include "entity/may.h"

#include "access/access.h"
#include "entity/figure.h"
#include "entity/link.h"
#include "entity/list.h"
#include "entity/own.h"

typedef struct {
    Work         *w;
    const Entity *e; /* whose rights hide fields */
    JsonOut      *to;
    Lang          lang;
} Teller;

static void text_member(JsonOut *to, const char *key, const char *text)
{
    if (!text) return;
    js_key(to, key);
    js_c(to, text);
}

/* Only what is so is said. */
static void flag(JsonOut *to, const char *key, bool yes)
{
    if (!yes) return;
    js_key(to, key);
    js_bool(to, true);
}

static void number(JsonOut *to, const char *key, int64_t n)
{
    if (!n) return;
    js_key(to, key);
    js_i64(to, n);
}

static void ops(JsonOut *to, unsigned set)
{
    js_key(to, "filter");
    js_array(to);
    for (int i = 0; i < OP_COUNT; i++)
        if (set & 1u << i) js_c(to, op_names[i]);
    js_end(to);
}

static void options(Teller *t, const char *const *keys, const Str *labels)
{
    if (!keys) return;
    js_key(t->to, "options");
    js_array(t->to);
    for (int i = 0; keys[i]; i++) {
        js_object(t->to);
        text_member(t->to, "key", keys[i]);
        if (labels) {
            js_key(t->to, "label");
            js_str(t->to, labels[i * 2 + (t->lang == LANG_EN)]);
        }
        js_end(t->to);
    }
    js_end(t->to);
}

static void limits(JsonOut *to, const Field *f)
{
    if (f->type == TYPE_text) number(to, "max", f->max ? f->max : TEXT_MAX);
    if (f->type != TYPE_int) return;
    number(to, "min", f->min);
    number(to, "max", f->max);
}

static void start(JsonOut *to, const Field *f)
{
    if (!f->start) return;
    js_key(to, "start");
    value_json(to, f, f->type == TYPE_choice ? value_text(str_of(f->options[f->start - 1])) : value_int(f->start));
}

/* What a link may point at, as far as the reader sees any of it. */
static void linked(Teller *t, const Field *f)
{
    js_key(t->to, "of");
    js_array(t->to);
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (field_may_point(f, entity_at(i)) && access_scope(t->w->who, entity_at(i)->name, "view") != SCOPE_NONE)
            js_c(t->to, entity_at(i)->name);
    js_end(t->to);
}

static void field(Teller *t, const Field *f)
{
    JsonOut *to = t->to;
    js_object(to);
    text_member(to, "name", f->name);
    text_member(to, "type", types[f->type].name);
    text_member(to, "widget", types[f->type].widget);
    flag(to, "required", f->required);
    flag(to, "unique", f->unique);
    flag(to, "find", f->find);
    flag(to, "sort", f->sort);
    flag(to, "total", f->total);
    flag(to, "by_rule", field_by_rule(f));
    flag(to, "at_start", f->set_by == AT_START);
    flag(to, "own", f->own != 0);
    flag(to, "not_new", !may_say_new(t->w, t->e, f));
    flag(to, "not_anew", !may_say_anew(t->w, t->e, f));
    limits(to, f);
    start(to, f);
    ops(to, field_ops(f));
    if (f->type == TYPE_link) linked(t, f);
    else text_member(to, "to", f->to);
    if (f->type == TYPE_filter) text_member(to, "about", f->of);
    text_member(to, "mask", f->mask);
    options(t, f->options, f->option_labels);
    if (f->own) {
        js_key(to, "label");
        js_str(to, t->lang == LANG_RU ? f->label_ru : f->label_en);
    }
    js_end(to);
}

static void fields(Teller *t, const Entity *of)
{
    Fields all = entity_fields(t->w, of);
    js_key(t->to, "fields");
    js_array(t->to);
    for (int i = 0; i < all.n; i++)
        if (!all.at[i]->inner && !access_hides(t->w->who, t->e->name, "view", all.at[i]->mask)) field(t, all.at[i]);
    js_end(t->to);
}

/* What there is to show of a kept one, and where the records stand that it comes from. */
static void figure_kept_told(Teller *t, const Figure *f)
{
    flag(t->to, "shown", true);
    flag(t->to, "sort", f->sort);
    flag(t->to, "total", f->total);
    text_member(t->to, "mask", f->mask);
    text_member(t->to, "counted", f->count);
    text_member(t->to, "by", f->by);
    text_member(t->to, "day", f->day);
}

static void figures(Teller *t)
{
    js_key(t->to, "figures");
    js_array(t->to);
    for (const Figure *f = t->e->figures; f && f->name; f++) {
        if (!figure_known(t->w->who, t->e, f, "view")) continue;
        js_object(t->to);
        text_member(t->to, "name", f->name);
        text_member(t->to, "type", types[f->type].name);
        text_member(t->to, "to", f->to);
        text_member(t->to, "counts", f->counts);
        if (figure_kept(f)) figure_kept_told(t, f);
        options(t, f->options, NULL);
        ops(t->to, figure_ops(f));
        js_end(t->to);
    }
    js_end(t->to);
}

static void children(Teller *t)
{
    js_key(t->to, "children");
    js_array(t->to);
    for (int c = 0; c < t->e->child_count; c++) {
        js_object(t->to);
        text_member(t->to, "name", t->e->children[c].name);
        text_member(t->to, "entity", t->e->children[c].entity->name);
        text_member(t->to, "parent", t->e->children[c].entity->parent);
        fields(t, t->e->children[c].entity);
        js_end(t->to);
    }
    js_end(t->to);
}

static void verbs(Teller *t)
{
    const char *const *const lists[] = { entity_verbs, t->e->verbs };
    js_key(t->to, "verbs");
    js_array(t->to);
    for (int l = 0; l < 2; l++)
        for (int i = 0; lists[l] && lists[l][i]; i++)
            if (access_scope(t->w->who, t->e->name, lists[l][i]) != SCOPE_NONE) js_c(t->to, lists[l][i]);
    js_end(t->to);
}

static void entity(Teller *t)
{
    js_object(t->to);
    text_member(t->to, "name", t->e->name);
    js_key(t->to, "label");
    js_str(t->to, entity_label(t->w->mem, t->lang, t->e));
    text_member(t->to, "title", t->e->title);
    text_member(t->to, "owner", t->e->owners[0].ref);
    text_member(t->to, "follows", t->e->follows);
    text_member(t->to, "order", t->e->order);
    text_member(t->to, "tree", t->e->tree);
    fields(t, t->e);
    figures(t);
    children(t);
    verbs(t);
    js_end(t->to);
}

void meta_json(Work *w, JsonOut *to)
{
    Teller t = { .w = w, .to = to };
    lang_read(w->language, &t.lang);
    js_object(to);
    js_key(to, "entities");
    js_array(to);
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        t.e = entity_at(i);
        if (!t.e->parent && access_scope(w->who, t.e->name, "view") != SCOPE_NONE) entity(&t);
    }
    js_end(to);
    js_end(to);
}
