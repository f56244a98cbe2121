/* A record's history as people read it: who did what when, each field with its words before and after. */
#include "access/access.h"
#include "access/viewing.h"
#include "core/words.h"
#include "entity/change.h"
#include "entity/ids.h"
#include "entity/reach.h"
#include "entity/rows.h"

#include <string.h>

typedef struct {
    Work         *w;
    const Entity *e;
    JsonOut      *to;
    Voice         voice;
    bool          named; /* each event says of which record */
} Teller;

/* ---- words ---- */

static void say_key(Teller *t, Str key)
{
    Arena       scratch = t->w->scratch;
    const char *text    = words_text(t->voice.lang, str_c(&scratch, key));
    if (text) js_c(t->to, text);
    else js_str(t->to, key);
}

static void say_label(Teller *t, const Entity *e, const Field *f)
{
    if (f->own) js_str(t->to, t->voice.lang == LANG_RU ? f->label_ru : f->label_en);
    else say_key(t, str_of(field_label(t->w->mem, e, f)));
}

static Err title_of(Teller *t, const Field *f, int64_t id, Str *out)
{
    const Entity *to = f->to ? entity_named(str_of(f->to)) : NULL;
    Buf   sql = buf_new(t->w->mem, 300);
    Binds binds = { 0 };
    Rows  rows;
    *out = (Str){ 0 };
    if (!to) return OK;
    buf_fmt(&sql, "select t.%s from %s t where t.id = $%d", to->title, entity_table(to), bind_val(t->w->mem, &binds, val_int(id)));
    if (!to->known && !reach_all(t->w, to, "view")) {
        buf_c(&sql, " and ");
        reach_write(t->w, t->w->mem, to, "view", "t", &sql, &binds);
    }
    TRY(db_query(t->w->db, buf_str(&sql), binds.at, binds.n, &rows));
    if (rows_next(&rows)) *out = str_copy(t->w->mem, row_text(&rows, 0));
    return rows_end(&rows);
}

static void say_figure(Teller *t, const Field *f, Value v, Str text)
{
    Arena scratch = t->w->scratch;
    Buf   b       = buf_new(&scratch, 64);
    if (f->type == TYPE_money) money_put(&b, t->voice, v.n);
    else if (f->type == TYPE_day) day_put(&b, t->voice, (Day)v.n);
    else if (f->type == TYPE_moment) day_put(&b, t->voice, zone_day(t->w->zone, v.n));
    else buf_put(&b, text);
    js_str(t->to, buf_str(&b));
}

static void say_option(Teller *t, const Entity *e, const Field *f, Value v)
{
    if (f->own) js_str(t->to, f->option_labels[(v.n - 1) * 2 + (t->voice.lang == LANG_EN)]);
    else say_key(t, str_fmt(t->w->mem, "%s.%s.%.*s", e->name, f->name, (int)v.s.n, v.s.s));
}

static Err say_value(Teller *t, const Entity *e, const Field *f, const Json *text)
{
    Value v;
    Str   title;
    if (!text || text->kind != JSON_IS_TEXT || !value_read(t->w->mem, f, text->text, &v) || v.empty) {
        js_null(t->to);
        return OK;
    }
    switch (f->type) {
    case TYPE_choice: say_option(t, e, f, v); return OK;
    case TYPE_bool:   say_key(t, v.n ? S("value.yes") : S("value.no")); return OK;
    case TYPE_ref:
        TRY(title_of(t, f, v.n, &title));
        if (title.s) js_str(t->to, title);
        else js_str(t->to, str_fmt(t->w->mem, "#%lld", (long long)v.n));
        return OK;
    default: say_figure(t, f, v, text->text); return OK;
    }
}

/* ---- one change ---- */

static void raw(Teller *t, const char *key, const Json *text)
{
    js_key(t->to, key);
    if (text && text->kind == JSON_IS_TEXT) js_str(t->to, text->text);
    else js_null(t->to);
}

static Err field_told(Teller *t, const Entity *e, const Children *list, Str name, const Json *old, const Json *new_)
{
    const Field *f = field_named(t->w, e, name);
    if (!f || access_hides(t->w->who, t->e->name, "view", f->mask)) return OK;
    js_object(t->to);
    js_key(t->to, "field");
    if (list) js_str(t->to, str_fmt(t->w->mem, "%s.%s", list->name, f->name));
    else js_c(t->to, f->name);
    js_key(t->to, "label");
    say_label(t, e, f);
    raw(t, "old", old);
    raw(t, "new", new_);
    js_key(t->to, "old_text");
    TRY(say_value(t, e, f, old));
    js_key(t->to, "new_text");
    TRY(say_value(t, e, f, new_));
    js_end(t->to);
    return OK;
}

/* {"71": {"number": ["1","2"]}, "72": ["+", {"number": "3"}], "73": ["-", {…}]} */
static Err list_told(Teller *t, const Children *list, const Json *entries)
{
    for (const Json *at = entries->first; at; at = at->next) {
        bool        whole  = at->kind == JSON_IS_ARRAY && at->first && at->first->next;
        bool        added  = whole && str_eq(at->first->text, S("+"));
        const Json *fields = whole ? at->first->next->first : at->first;
        for (const Json *f = fields; f; f = f->next) {
            const Json *old = whole ? (added ? NULL : f) : f->first, *new_ = whole ? (added ? f : NULL) : f->first ? f->first->next : NULL;
            TRY(field_told(t, list->entity, list, f->key, old, new_));
        }
    }
    return OK;
}

static Err diff_told(Teller *t, Str diff)
{
    const Json *json = NULL;
    Problems    none = { .mem = t->w->mem, .limit = 1 };
    js_key(t->to, "diff");
    js_array(t->to);
    if (diff.n && json_read(t->w->mem, diff, (JsonLimits){ .bytes = 64 << 20, .values = 10000000 }, &none, &json) == OK) {
        for (const Json *at = json->first; at; at = at->next) {
            const Children *list = NULL;
            for (int c = 0; c < t->e->child_count; c++)
                if (str_eq(at->key, str_of(t->e->children[c].name))) list = &t->e->children[c];
            if (list) TRY(list_told(t, list, at));
            else TRY(field_told(t, t->e, NULL, at->key, at->first, at->first ? at->first->next : NULL));
        }
    }
    js_end(t->to);
    return OK;
}

static Err actor_told(Teller *t, int64_t actor)
{
    static const Field user = { .name = "actor", .type = TYPE_ref, .to = "user" };
    Str name;
    js_key(t->to, "actor");
    if (actor == 0) {
        js_null(t->to);
        return OK;
    }
    TRY(title_of(t, &user, actor, &name));
    js_object(t->to);
    js_key(t->to, "id");
    js_i64(t->to, actor);
    js_key(t->to, "name");
    if (name.s) js_str(t->to, name);
    else js_null(t->to);
    js_end(t->to);
    return OK;
}

static Err record_told(Teller *t, int64_t record)
{
    Field self = { .name = "record", .type = TYPE_ref, .to = t->e->name };
    Str   title;
    TRY(title_of(t, &self, record, &title));
    js_key(t->to, "record");
    js_object(t->to);
    js_key(t->to, "id");
    js_i64(t->to, record);
    js_key(t->to, "title");
    if (title.s) js_str(t->to, title);
    else js_null(t->to);
    js_end(t->to);
    return OK;
}

static Err change_told(Teller *t, const Change *c)
{
    js_object(t->to);
    if (t->named) TRY(record_told(t, c->record));
    js_key(t->to, "at");
    js_moment(t->to, c->at);
    js_key(t->to, "version");
    js_i64(t->to, c->version);
    TRY(actor_told(t, c->actor));
    js_key(t->to, "verb");
    js_str(t->to, c->verb);
    TRY(diff_told(t, c->diff));
    js_end(t->to);
    return OK;
}

/* As many as a page holds; `more`: there are others behind these. */
static Err changes_told(Teller *t, const Change *all, ptrdiff_t n, bool more)
{
    ptrdiff_t told = 0;
    lang_read(t->w->language, &t->voice.lang);
    js_object(t->to);
    js_key(t->to, "items");
    js_array(t->to);
    while (told < n && t->to->to->len < HISTORY_BYTES) TRY(change_told(t, &all[told++]));
    js_end(t->to);
    js_key(t->to, "next");
    if (more || told < n) js_str(t->to, str_fmt(t->w->mem, "%lld", (long long)(t->named ? all[told - 1].mark.id : all[told - 1].version)));
    else js_null(t->to);
    js_end(t->to);
    return OK;
}

static Err page_asked(Work *w, Str after, int64_t *before, ptrdiff_t *limit)
{
    *before = 0;
    if (after.n && (!str_i64(after, before) || *before <= 0)) return fail(w, INVALID, "after", "list.cursor");
    if (*limit < 1 || *limit > 200) *limit = 50;
    return OK;
}

Err change_history_json(Work *w, JsonOut *to, const Entity *e, int64_t record, Str after, ptrdiff_t limit)
{
    Teller    t = { .w = w, .e = e, .to = to };
    int64_t   before;
    Change   *all;
    ptrdiff_t n;
    TRY(page_asked(w, after, &before, &limit));
    TRY(change_history(w, e, record, before, limit, &all, &n));
    TRY(viewing_card(w, e->name, record));
    return changes_told(&t, all, n, change_page_full(all, n, limit) && all[n - 1].version > 1);
}

Err change_all_json(Work *w, JsonOut *to, const Entity *e, Str after, ptrdiff_t limit)
{
    Teller    t = { .w = w, .e = e, .to = to, .named = true };
    int64_t   before;
    Change   *all;
    ptrdiff_t n;
    TRY(page_asked(w, after, &before, &limit));
    TRY(change_all(w, e, before, limit, &all, &n));
    int64_t *ids = NEW_RAW(w->mem, int64_t, n);
    for (ptrdiff_t i = 0; i < n; i++) ids[i] = all[i].record;
    TRY(viewing_count(w, e->name, VIEWED_ROW, ids, n));
    return changes_told(&t, all, n, change_page_full(all, n, limit));
}
