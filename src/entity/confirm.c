/* Confirmations: what a request brings, what of it was asked for, and how it is kept in the history. */
#include "entity/confirm.h"

#include "entity/change_row.h"
#include "format/kept_args.h"

#include <string.h>

enum { KEYS_MOST = 20, KEY_BYTES = 100, REASON_MOST = 1000 };

#define KEYS   "_confirm"
#define REASON "_reason"
#define LEAVE  "_leave"

typedef struct Passed Passed;

struct Passed {
    Passed     *next;
    const char *key;
    Str         diff; /* of its row */
    bool        written;
};

typedef struct Confirmed Confirmed;

struct Confirmed {
    const Entity *e;
    int64_t       id;     /* 0: it is to be made */
    const void   *record; /* null: known by id   */
    const Json   *keys;   /* null: none came     */
    Str           reason;
    bool          leave;
    Passed       *first, *last;
};

/* ---- what the request brings ---- */

bool confirm_member(Str name)
{
    return str_eq(name, S(KEYS)) || str_eq(name, S(REASON)) || str_eq(name, S(LEAVE));
}

static Err keys_read(Work *w, Confirmed *c, const Json *keys)
{
    if (keys->kind != JSON_IS_ARRAY || keys->count > KEYS_MOST)
        return fail(w, INVALID, KEYS, "check.keys_wrong", arg_count("limit", KEYS_MOST));
    for (const Json *key = keys->first; key; key = key->next)
        if (key->kind != JSON_IS_TEXT || key->text.n > KEY_BYTES)
            return fail(w, INVALID, KEYS, "check.keys_wrong", arg_count("limit", KEYS_MOST));
    c->keys = keys;
    return OK;
}

static Err reason_read(Work *w, Confirmed *c, const Json *reason)
{
    static const Field field = { .name = REASON, .type = TYPE_text, .max = REASON_MOST };
    Value              v;
    const char        *key;
    Value              limit;
    if (!value_of_json(w->mem, &field, reason, &v)) return fail(w, INVALID, REASON, "field.wrong_type");
    if (value_check(&field, v, &key, &limit) != OK)
        return fail(w, INVALID, REASON, key, arg_count("limit", REASON_MOST));
    c->reason = str_trim(v.s);
    return OK;
}

Err confirm_read(Work *w, const Entity *e, int64_t id, const void *record, const Json *body)
{
    bool        object = body && body->kind == JSON_IS_OBJECT;
    const Json *keys = object ? json_get(body, KEYS) : NULL, *reason = object ? json_get(body, REASON) : NULL;
    const Json *leave = object ? json_get(body, LEAVE) : NULL;
    Confirmed  *c = w->confirmed;
    if (!c || c->e != e || c->id != id || (!id && c->record != record)) {
        c            = NEW(w->mem, Confirmed);
        *c           = (Confirmed){ .e = e, .id = id, .record = id ? NULL : record };
        w->confirmed = c;
    }
    if (keys) TRY(keys_read(w, c, keys));
    if (leave && leave->kind != JSON_IS_BOOL) return fail(w, INVALID, LEAVE, "field.wrong_type");
    if (leave) c->leave = leave->number != 0;
    return reason ? reason_read(w, c, reason) : OK;
}

bool confirm_leaves(Work *w, const Entity *e, int64_t id)
{
    const Confirmed *c = w->confirmed;
    return c && c->e == e && c->id == id && c->leave;
}

/* ---- what of it is asked for ---- */

bool confirm_can(Work *w, const Saving *s, ptrdiff_t i)
{
    const Confirmed *c = w->confirmed;
    if (!c || c->e != s->entity) return false;
    return c->id ? c->id == ((const Record *)s->now[i])->id : c->record == s->now[i];
}

Str confirmed_reason(Work *w) { return w->confirmed ? w->confirmed->reason : (Str){ 0 }; }

bool confirm_has(Work *w, const Problem *p)
{
    const Confirmed *c   = w->confirmed;
    const Json      *key = c->keys ? c->keys->first : NULL;
    while (key && !str_eq(key->text, str_of(p->key))) key = key->next;
    return key && (!p->needs_reason || c->reason.n);
}

static Passed *passed_under(const Confirmed *c, const char *key)
{
    Passed *at = c->first;
    while (at && strcmp(at->key, key) != 0) at = at->next;
    return at;
}

/* ---- the history ---- */

/* {"_confirmed":{"key":"client.inn_taken","field":"inn","args":{},"reason":"…"}}: beside the fields of other diffs,
 * so whoever reads those meets nothing here. */
Str sentence_diff(Arena *mem, const Problem *p, Str reason)
{
    Buf     b = buf_new(mem, 300);
    JsonOut j = js_to(&b);
    Str     args = args_keep(mem, p->args, p->arg_count);
    js_object(&j);
    js_key(&j, "_confirmed");
    js_object(&j);
    js_key(&j, "key");
    js_c(&j, p->key);
    if (p->field) js_key(&j, "field"), js_c(&j, p->field);
    if (args.n) js_key(&j, "args"), js_raw(&j, args);
    if (reason.n) js_key(&j, "reason"), js_str(&j, reason);
    js_end(&j);
    js_end(&j);
    return buf_str(&b);
}

bool confirmed_read(Arena *mem, Str diff, ConfirmedRow *out)
{
    Problems    none = { 0 };
    const Json *all, *kept, *key, *field, *args, *reason;
    if (!diff.n || json_read(mem, diff, (JsonLimits){ 0 }, &none, &all)) return false;
    kept = json_get(all, "_confirmed");
    key  = kept ? json_get(kept, "key") : NULL;
    if (!key || key->kind != JSON_IS_TEXT) return false;
    field  = json_get(kept, "field");
    args   = json_get(kept, "args");
    reason = json_get(kept, "reason");
    *out   = (ConfirmedRow){ .key = str_c(mem, key->text), .field = field ? str_c(mem, field->text) : NULL };
    out->arg_count = args_of_json(mem, args, out->args, COUNT(out->args));
    out->reason    = reason ? reason->text : (Str){ 0 };
    return true;
}

/* One row each, of the version that was saved. */
static Err passed_write(Work *w, Confirmed *c, const Record *r, int64_t work)
{
    ChangeRow rows[KEYS_MOST];
    ptrdiff_t n = 0;
    for (Passed *at = c->first; at && n < KEYS_MOST; at = at->next) {
        if (at->written) continue;
        at->written = true;
        rows[n++]   = (ChangeRow){ r->id, r->version, CONFIRMED_VERB, at->diff };
    }
    return n ? change_rows(w, c->e, work, rows, n) : OK;
}

/* The same thing asked twice is confirmed once. */
Err confirm_pass(Work *w, const Saving *s, ptrdiff_t i, const Problem *p)
{
    Confirmed *c = w->confirmed;
    if (!passed_under(c, p->key)) {
        Passed *kept = NEW(w->mem, Passed);
        *kept        = (Passed){ .key = p->key, .diff = sentence_diff(w->mem, p, c->reason) };
        if (c->last) c->last->next = kept;
        else c->first = kept;
        c->last = kept;
    }
    return s->written ? passed_write(w, c, s->now[i], s->work) : OK;
}

Err door_confirmed(Door *d)
{
    Confirmed *c = d->w->confirmed;
    if (!c || !c->first || c->e != d->e) return OK;
    for (ptrdiff_t i = 0; i < d->n; i++) {
        const Record *r = d->now[i];
        if (!d->skip[i] && (c->id ? c->id == r->id : c->record == r)) TRY(passed_write(d->w, c, r, d->how.work));
    }
    return OK;
}
