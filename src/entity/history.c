/* A record's history as people read it: who did what when, each field with its words before and after. */
#include "access/access.h"
#include "access/viewing.h"
#include "core/calendar.h"
#include "core/words.h"
#include "entity/change.h"
#include "entity/diff.h"
#include "entity/history_inside.h"
#include "entity/link.h"
#include "entity/reach.h"
#include "entity/rows.h"

#include <string.h>

/* ---- what is pointed at ---- */

static Names *names_of(Teller *t, const Entity *to)
{
    Names *names = t->names;
    while (names && names->to != to) names = names->next;
    if (names) return names;
    names    = NEW(t->w->mem, Names);
    *names   = (Names){ .next = t->names, .to = to };
    t->names = names;
    return names;
}

void name_want(Teller *t, const Entity *to, int64_t id)
{
    Names *names = names_of(t, to);
    if (names->n == names->room) {
        int64_t *wider = NEW_RAW(t->w->mem, int64_t, names->room * 2 + 64);
        if (names->n) memcpy(wider, names->id, sizeof *wider * (size_t)names->n);
        names->id   = wider;
        names->room = names->room * 2 + 64;
    }
    names->id[names->n++] = id;
}

static void value_wants(Teller *t, const Entity *e, Str name, const Json *text)
{
    const Field *f = field_named(t->w, e, name);
    Value        v;
    if (!f || !field_points(f) || !text || text->kind != JSON_IS_TEXT) return;
    if (access_hides(t->w->who, t->e->name, "view", f->mask) || !value_read(t->w->mem, f, text->text, &v)) return;
    if (!v.empty && field_to(f, v)) name_want(t, field_to(f, v), v.n);
}

static void diff_wants(Teller *t, Str diff)
{
    DiffReader reader = diff_read(t->w, t->e, diff);
    for (DiffPart part; diff_next(&reader, &part);) {
        const Entity *e = part.list ? part.list->entity : t->e;
        if (part.kind == DIFF_FIELD) {
            value_wants(t, e, part.name, part.old);
            value_wants(t, e, part.name, part.now);
        }
        for (const Json *f = part.kind != DIFF_FIELD && part.values ? part.values->first : NULL; f; f = f->next)
            value_wants(t, e, f->key, f);
    }
}

static Err names_read(Teller *t, Names *names)
{
    Work     *w = t->w;
    Binds     binds = { 0 };
    Rows      rows;
    ptrdiff_t n = 0;
    names->place = ids_new(w->mem, names->n);
    for (ptrdiff_t i = 0; i < names->n; i++)
        if (ids_put(&names->place, names->id[i], n)) names->id[n++] = names->id[i];
    names->n     = n;
    names->title = NEW_N(w->mem, Str, n);
    names->told  = NEW_N(w->mem, bool, n);
    Str sql      = titles_sql(w, w->mem, names->to, names->id, n, &binds);
    TRY(db_query(w->db, sql, binds.at, binds.n, &rows));
    while (rows_next(&rows))
        names->title[ids_at(&names->place, row_int(&rows, 0))] = str_copy(w->mem, row_text(&rows, 1));
    return rows_end(&rows);
}

/* All that the page may name, ahead of telling it. */
static Err page_names(Teller *t, const Change *all, ptrdiff_t n)
{
    const Entity *user = entity_named(S("user"));
    for (ptrdiff_t i = 0; i < n; i++) {
        if (user && all[i].actor) name_want(t, user, all[i].actor);
        if (t->named) name_want(t, t->e, all[i].record);
        if (change_is_sentence(&all[i])) confirmed_wants(t, all[i].diff);
        else if (all[i].diff.n && all[i].diff.n <= HISTORY_BYTES) diff_wants(t, all[i].diff);
    }
    for (Names *names = t->names; names; names = names->next) TRY(names_read(t, names));
    return OK;
}

/* What stood in the page beside the record is looked at too, as beside the rows of a list. */
static Err names_count(Teller *t)
{
    for (const Names *names = t->names; names; names = names->next) {
        int64_t  *told = NEW_RAW(t->w->mem, int64_t, names->n);
        ptrdiff_t n    = 0;
        for (ptrdiff_t i = 0; i < names->n; i++)
            if (names->told[i]) told[n++] = names->id[i];
        if (!names->to->known && entity_owned(names->to))
            TRY(viewing_count(t->w, names->to->name, VIEWED_BESIDE, told, n));
    }
    return OK;
}

Str title_of(Teller *t, const Entity *to, int64_t id)
{
    Names    *names = to ? names_of(t, to) : NULL;
    ptrdiff_t at    = names && names->title ? ids_at(&names->place, id) : -1;
    if (at < 0) return (Str){ 0 };
    names->told[at] |= names->title[at].s != NULL;
    return names->title[at];
}

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

static void say_round(Buf *to, Voice voice, const Field *f, Str text)
{
    CalendarRhythm r;
    CalendarSpan   s;
    CalendarFault  fault;
    if (f->type == TYPE_rhythm && rhythm_read(text, &r, &fault)) rhythm_say(to, voice, &r);
    else if (f->type == TYPE_span && span_read(text, &s, &fault)) span_say(to, voice, s);
    else buf_put(to, text);
}

static void say_figure(Teller *t, const Field *f, Value v, Str text)
{
    Arena scratch = t->w->scratch;
    Buf   b       = buf_new(&scratch, 64);
    if (f->type == TYPE_money) money_put(&b, t->voice, v.n);
    else if (f->type == TYPE_day) day_put(&b, t->voice, (Day)v.n);
    else if (f->type == TYPE_moment) day_put(&b, t->voice, zone_day(t->w->zone, v.n));
    else say_round(&b, t->voice, f, text);
    js_str(t->to, buf_str(&b));
}

static void say_option(Teller *t, const Entity *e, const Field *f, Value v)
{
    if (f->own) js_str(t->to, f->option_labels[(v.n - 1) * 2 + (t->voice.lang == LANG_EN)]);
    else say_key(t, str_fmt(t->w->mem, "%s.%s.%.*s", e->name, f->name, (int)v.s.n, v.s.s));
}

static Str said_of(Teller *t, const Entity *to, int64_t id)
{
    Str title = title_of(t, to, id);
    return title.s ? title : str_fmt(t->w->mem, "#%lld", (long long)id);
}

/* Clients: Zarya */
static void say_link(Teller *t, const Field *f, Value v)
{
    const Entity *to = field_to(f, v);
    Str           title = said_of(t, to, v.n);
    js_str(t->to, to ? link_say(t->w->mem, t->voice.lang, to, title) : title);
}

static Err say_value(Teller *t, const Entity *e, const Field *f, const Json *text)
{
    Value v;
    if (!text || text->kind != JSON_IS_TEXT || !value_read(t->w->mem, f, text->text, &v) || v.empty) {
        js_null(t->to);
        return OK;
    }
    switch (f->type) {
    case TYPE_choice: say_option(t, e, f, v); return OK;
    case TYPE_bool:   say_key(t, v.n ? S("value.yes") : S("value.no")); return OK;
    case TYPE_ref:    js_str(t->to, said_of(t, field_to(f, v), v.n)); return OK;
    case TYPE_link:   say_link(t, f, v); return OK;
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

static Err part_told(Teller *t, const DiffPart *part)
{
    const Entity *e = part->list ? part->list->entity : t->e;
    if (part->kind == DIFF_FIELD) return field_told(t, e, part->list, part->name, part->old, part->now);
    bool added = part->kind == DIFF_ADDED;
    for (const Json *f = part->values ? part->values->first : NULL; f; f = f->next)
        TRY(field_told(t, e, part->list, f->key, added ? NULL : f, added ? f : NULL));
    return OK;
}

static bool list_is_seen(Teller *t, const Children *list)
{
    bool seen = false;
    for (int i = 0; i < list->entity->field_count; i++)
        seen |= !access_hides(t->w->who, t->e->name, "view", list->entity->fields[i].mask);
    return seen;
}

/* Of a change too large to be told: what it was about, without the values. */
static void named_alone(Teller *t, const Children *list, Str name)
{
    const Field *f = list ? NULL : field_named(t->w, t->e, name);
    if (list ? !list_is_seen(t, list) : !f || access_hides(t->w->who, t->e->name, "view", f->mask)) return;
    js_object(t->to);
    js_key(t->to, "field");
    js_str(t->to, name);
    js_key(t->to, "label");
    if (list) say_key(t, str_fmt(t->w->mem, "%s.%s", t->e->name, list->name));
    else say_label(t, t->e, f);
    js_key(t->to, "large");
    js_bool(t->to, true);
    js_end(t->to);
}

/* The parts of a list stand side by side: it is named once. */
static void part_named(Teller *t, const DiffPart *part, const Children **last)
{
    if (part->list && part->list == *last) return;
    *last = part->list;
    named_alone(t, part->list, part->list ? str_of(part->list->name) : part->name);
}

static Err diff_told(Teller *t, Str diff)
{
    DiffReader      reader = diff_read(t->w, t->e, diff);
    const Children *last   = NULL;
    js_key(t->to, "diff");
    js_array(t->to);
    for (DiffPart part; diff_next(&reader, &part);) {
        if (diff.n > HISTORY_BYTES) part_named(t, &part, &last);
        else TRY(part_told(t, &part));
    }
    js_end(t->to);
    return OK;
}

static Err actor_told(Teller *t, int64_t actor)
{
    js_key(t->to, "actor");
    if (actor == 0) {
        js_null(t->to);
        return OK;
    }
    Str name = title_of(t, entity_named(S("user")), actor);
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
    Str title = title_of(t, t->e, record);
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
    TRY(diff_told(t, change_is_sentence(c) ? (Str){ 0 } : c->diff));
    if (change_is_sentence(c)) confirmed_told(t, c->diff);
    js_end(t->to);
    return OK;
}

/* Behind the last row of a version "7", behind one before it "7.1234". */
static Str cursor_of(Teller *t, const Change *last)
{
    long long id = last->mark.id, version = last->version;
    if (t->named) return str_fmt(t->w->mem, "%lld", id);
    if (change_is_sentence(last)) return str_fmt(t->w->mem, "%lld.%lld", version, id);
    return str_fmt(t->w->mem, "%lld", version);
}

/* As many as a page holds; `more`: there are others behind these. */
static Err changes_told(Teller *t, const Change *all, ptrdiff_t n, bool more)
{
    ptrdiff_t told = 0;
    lang_read(t->w->language, &t->voice.lang);
    TRY(page_names(t, all, n));
    js_items(t->to);
    while (told < n && t->to->to->len < HISTORY_BYTES) TRY(change_told(t, &all[told++]));
    js_end(t->to);
    js_key(t->to, "next");
    if (more || told < n) js_str(t->to, cursor_of(t, &all[told - 1]));
    else js_null(t->to);
    js_end(t->to);
    return names_count(t);
}

static Err below_read(Work *w, Str after, ChangeBelow *out)
{
    Str  version = str_cut(&after, '.');
    bool right   = str_i64(version, &out->version) && out->version > 0 && (!after.n || str_i64(after, &out->id));
    return right && out->id >= 0 ? OK : fail(w, INVALID, "after", "list.cursor");
}

static Err page_asked(Work *w, Str after, ChangeBelow *before, ptrdiff_t *limit)
{
    *before = (ChangeBelow){ 0 };
    if (*limit < 1 || *limit > 200) *limit = 50;
    return after.n ? below_read(w, after, before) : OK;
}

Err change_history_json(Work *w, JsonOut *to, const Entity *e, int64_t record, Str after, ptrdiff_t limit)
{
    Teller      t = { .w = w, .e = e, .to = to };
    ChangeBelow before;
    Change     *all;
    ptrdiff_t   n;
    TRY(page_asked(w, after, &before, &limit));
    TRY(change_history(w, e, record, before, limit, &all, &n));
    TRY(viewing_card(w, e->name, record));
    bool first = n && all[n - 1].version == 1 && !change_is_sentence(&all[n - 1]);
    return changes_told(&t, all, n, change_page_full(all, n, limit) && !first);
}

Err change_all_json(Work *w, JsonOut *to, const Entity *e, Str after, ptrdiff_t limit)
{
    Teller      t = { .w = w, .e = e, .to = to, .named = true };
    ChangeBelow before; /* of all records together it is the row */
    Change     *all;
    ptrdiff_t   n;
    TRY(page_asked(w, after, &before, &limit));
    TRY(change_all(w, e, before.version, limit, &all, &n));
    int64_t *ids = NEW_RAW(w->mem, int64_t, n);
    for (ptrdiff_t i = 0; i < n; i++) ids[i] = all[i].record;
    TRY(viewing_count(w, e->name, VIEWED_ROW, ids, n));
    return changes_told(&t, all, n, change_page_full(all, n, limit));
}
