/* Set-up, passwords, sessions of a person, and the matrix of rights: translated between the browser and the rules. */
#include "access/firm.h"
#include "access/password.h"
#include "access/sign_in.h"
#include "api/server.h"
#include "api/session_json.h"
#include "core/zone.h"
#include "entity/change.h"
#include "entity/record.h"
#include "entity/seed.h"
#include "sales/people/handed.h"
#include "sales/people/people_sql.h"
#include "work/jobs.h"

#include <string.h>

/* ---- set-up: the firm and its owner ---- */

typedef struct {
    Request *r;
    Firm     firm;
    User     owner;
    Str      token, password, hash;
    bool     example;
    Lang     lang;
    char     session[TOKEN_SIZE];
} SetUp;

static Err member(Request *r, const char *of, const char *name, ptrdiff_t max, Str *out)
{
    const Json *whole = r->body;
    r->body           = json_get(whole, of);
    Err err           = body_text(r, name, max, out);
    r->body           = whole;
    return err;
}

static Err set_up_read(Request *r, SetUp *s)
{
    record_empty(r->w, &user_entity, &s->owner);
    TRY(body_text(r, "token", 200, &s->token));
    TRY(member(r, "firm", "name", 200, &s->firm.name));
    TRY(member(r, "firm", "currency", 3, &s->firm.currency));
    TRY(member(r, "firm", "zone", 60, &s->firm.zone));
    TRY(member(r, "firm", "language", 2, &s->firm.language));
    TRY(member(r, "user", "name", 200, &s->owner.name));
    TRY(member(r, "user", "login", 64, &s->owner.login));
    TRY(member(r, "user", "password", 1000, &s->password));
    TRY(body_bool(r, "example", &s->example));
    if (!lang_read(s->firm.language, &s->lang)) return fail(r->w, INVALID, "language", "request.no_choice");
    if (s->firm.currency.n != 3) return fail(r->w, INVALID, "currency", "firm.no_currency");
    if (!zone_load(r->w->mem, NULL, s->firm.zone)) return fail(r->w, INVALID, "zone", "user.no_zone");
    return password_check(&r->w->problems, s->password, s->owner.login);
}

static Err set_up_write(Work *w, void *to)
{
    SetUp  *s   = to;
    int64_t id;
    w->who      = &actor_program;
    TRY(set_up_check(w, s->token));
    s->firm.ready = true;
    TRY(firm_write(w, &s->firm));
    TRY(seeds_load(w, s->lang, NULL));
    TRY(role_by_key(w, "role.owner", &s->owner.role_id));
    s->owner.language = s->lang == LANG_EN ? USER_EN : USER_RU;
    TRY(user_make(w, &s->owner, s->hash, &id));
    if (s->example) TRY(job_add(w, "example", S(""), &(int64_t){ 0 }));
    return session_begin(w, id, request_visitor(s->r), s->session);
}

static Err set_up(Request *r)
{
    Work    *w        = r->w;
    Throttle *throttle = server_throttle(server_of(r));
    Visitor  from     = request_visitor(r);
    SetUp   *s        = NEW(w->mem, SetUp);
    char     hash[PASSWORD_HASH_SIZE];
    bool     stale;
    s->r = r;
    if (throttle_wait(throttle, S("set-up"), from.address, work_steady(w))) {
        r->status = 429;
        return fail(w, DENIED, NULL, "sign_in.often");
    }
    TRY(body_text(r, "token", 200, &s->token));
    Err err = set_up_check(w, s->token);
    if (err == DENIED) throttle_failed(throttle, S("set-up"), from.address, work_steady(w));
    TRY(err);
    TRY(set_up_read(r, s));
    TRY(password_hash(s->password, hash));
    s->hash = str_of(hash);
    TRY(work_write(w, set_up_write, s));
    server_firm_changed(server_of(r), s->firm.zone);
    TRY(session_find(w, str_of(s->session), &stale));
    session_cookie(r, s->session, SESSION_MAX_MS / 1000);
    return session_json(r);
}

/* ---- passwords and sessions ---- */

static Err user_fetch(Work *w, int64_t id, User *user)
{
    bool found;
    TRY(record_fetch(w, &user_entity, &id, 1, false, user, &found));
    return found ? OK : NOT_FOUND;
}

/* Somebody else's account: the right, the row, and no more power than one's own. */
static Err may_manage(Work *w, const char *verb, int64_t id, User *user)
{
    TRY(access_need(w, "user", verb));
    if (access_row(w, "user", "view", id, id) != OK) return NOT_FOUND;
    if (access_row(w, "user", verb, id, id) != OK) return access_need(w, "user", "none");
    TRY(user_fetch(w, id, user));
    return role_within_reach(w, user->role_id, NULL);
}

static Err password(Request *r)
{
    Str   next, now = { 0 };
    Work *w = r->w;
    User  user;
    TRY(body_text(r, "password", 1000, &next));
    if (r->id != w->who->user) {
        TRY(may_manage(w, "password", r->id, &user));
        TRY(account_within_reach(w, &user)); /* whoever knows the password sees what the person sees */
        return password_set(w, r->id, next, 0);
    }
    TRY(body_text(r, "old", 1000, &now));
    Throttle *throttle = server_throttle(server_of(r));
    Str       from     = request_visitor(r).address;
    if (throttle_wait(throttle, w->who->login, from, work_steady(w))) {
        r->status = 429;
        return fail(w, DENIED, "old", "sign_in.often");
    }
    if (!password_is(w, r->id, now)) {
        throttle_failed(throttle, w->who->login, from, work_steady(w));
        return fail(w, INVALID, "old", "password.old_wrong");
    }
    return password_set(w, r->id, next, w->who->session);
}

static Err sign_out(Request *r)
{
    User user;
    if (r->id != r->w->who->user) TRY(may_manage(r->w, "sign_out", r->id, &user));
    return sessions_end(r->w, r->id, r->id == r->w->who->user ? r->w->who->session : 0);
}

static Err sessions(Request *r)
{
    Rows     row;
    User     user;
    JsonOut *j = &r->out;
    if (r->id != r->w->who->user) TRY(may_manage(r->w, "sign_out", r->id, &user));
    TRY(db_query(r->w->db, SQL_USER_SESSIONS, VALS(val_int(r->id)), &row));
    js_items(j);
    while (rows_next(&row)) {
        js_object(j);
        js_key(j, "began");   js_moment(j, row_int(&row, 1));
        js_key(j, "seen");    js_moment(j, row_int(&row, 2));
        js_key(j, "address"); js_str(j, row_text(&row, 3));
        js_key(j, "agent");   js_str(j, row_text(&row, 4));
        js_key(j, "here");    js_bool(j, row_int(&row, 0) == r->w->who->session);
        js_end(j);
    }
    js_end(j);
    js_end(j);
    return rows_end(&row);
}

/* ---- the matrix ---- */

/* The entity whose rows are counted there, and whose groups can be hidden there; null: none. */
static const char *counted_at(const char *place)
{
    for (ptrdiff_t i = 0; entity_at(i); i++)
        if (entity_at(i)->counted && strcmp(entity_at(i)->counted, place) == 0) return entity_at(i)->name;
    return NULL;
}

static void matrix_row(JsonOut *j, const char *name, bool scoped, const char *const *usual, const char *const *more)
{
    const char *counts = counted_at(name);
    js_object(j);
    js_key(j, "entity"); js_c(j, name);
    js_key(j, "scoped"); js_bool(j, scoped);
    if (counts) {
        js_key(j, "counts");
        js_c(j, counts);
    }
    js_key(j, "verbs");
    js_array(j);
    for (; usual && *usual; usual++) js_c(j, *usual);
    for (; more && *more; more++) js_c(j, *more);
    js_end(j);
    js_end(j);
}

static Err matrix(Request *r)
{
    JsonOut *j = &r->out;
    js_items(j);
    for (ptrdiff_t i = 0; entity_at(i); i++) {
        const Entity *e = entity_at(i);
        if (!e->parent) matrix_row(j, e->name, entity_owned(e), entity_verbs, e->verbs);
    }
    for (const Place *p = places; p->name; p++) matrix_row(j, p->name, counted_at(p->name) != NULL, p->verbs, NULL);
    js_end(j);
    js_end(j);
    return OK;
}

/* What became of all roles, newest first: where the owner reads what an administrator has done. */
static Err role_changes(Request *r)
{
    int64_t limit = 50;
    TRY(asked_i64(r, "limit", 1, 200, &limit));
    return change_all_json(r->w, &r->out, &role_entity, asked_text(r, "after"), limit);
}

/* ---- the firm ---- */

static Err firm_change(Request *r)
{
    Firm firm;
    Lang lang;
    TRY(firm_read(r->w, &firm));
    TRY(body_text_maybe(r, "name", 200, &firm.name));
    TRY(body_text_maybe(r, "zone", 60, &firm.zone));
    TRY(body_text_maybe(r, "language", 2, &firm.language));
    if (!str_trim(firm.name).n) return fail(r->w, INVALID, "name", "field.required");
    if (!lang_read(firm.language, &lang)) return fail(r->w, INVALID, "language", "request.no_choice");
    if (!zone_load(r->w->mem, NULL, firm.zone)) return fail(r->w, INVALID, "zone", "user.no_zone");
    TRY(firm_write(r->w, &firm));
    server_firm_changed(server_of(r), firm.zone);
    return session_json(r);
}

const Route people_routes[] = {
    { .method = POST,
      .path = "/api/setup",
      .run = set_up,
      .audience = FOR_ANYBODY,
      .slow = true,
      .hashes = true,
      .makes = true,
      .body = BODY_JSON,
      .takes = "token: text, firm: object, user: object, example: bool?",
      .gives = "user: object, rights: object, firm: object",
      .says = "api.set_up" },
    { .method = POST,
      .path = "/api/user/{id}/password",
      .run = password,
      .slow = true,
      .hashes = true,
      .body = BODY_JSON,
      .takes = "password: text, old: text?",
      .says = "api.password" },
    { .method = POST, .path = "/api/user/{id}/sign-out", .run = sign_out, .writes = true, .says = "api.sign_out_user" },
    { .method = GET,
      .path = "/api/user/{id}/sessions",
      .run = sessions,
      .gives = "items: list",
      .says = "api.sessions" },
    { .method = GET,
      .path = "/api/rights",
      .run = matrix,
      .needs = { "role", "view" },
      .gives = "items: list",
      .says = "api.rights" },
    { .method = GET,
      .path = "/api/role/changes",
      .run = role_changes,
      .needs = { "role", "view" },
      .takes = "after: text?, limit: int?",
      .gives = "items: list, next: text?",
      .says = "api.role_changes" },
    { .method = PATCH,
      .path = "/api/firm",
      .run = firm_change,
      .needs = { "firm", "change" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "name: text?, zone: text?, language: text?",
      .gives = "user: object, rights: object, firm: object",
      .says = "api.firm_change" },
    { 0 },
};
