/* Signing in and out, and who one is: what the browser asks first. */
#include "access/firm.h"
#include "api/call.h"
#include "api/session_json.h"
#include "entity/entity.h"
#include "work/work.h"

#include <string.h>

static const char *const scope_names[] = { "none", "own", "team", "all" };

/* {"client":{"view":"team","add":true,…},…}: `add` has no rows to choose from, so it is yes or nothing. */
static void rights_json(JsonOut *j, const Actor *actor)
{
    const char *entity = NULL;
    js_object(j);
    for (int i = 0; i < actor->right_count; i++) {
        const Right *right = &actor->rights[i];
        Scope        scope = access_scope(actor, right->entity, right->verb);
        if (scope == SCOPE_NONE) continue;
        if (!entity || strcmp(entity, right->entity) != 0) {
            if (entity) js_end(j);
            entity = right->entity;
            js_key(j, entity);
            js_object(j);
        }
        js_key(j, right->verb);
        if (strcmp(right->verb, "add") == 0) js_bool(j, true);
        else js_c(j, scope_names[scope]);
    }
    if (entity) js_end(j);
    js_end(j);
}

static void user_json(JsonOut *j, const Actor *actor)
{
    js_object(j);
    js_key(j, "id");       js_i64(j, actor->user);
    js_key(j, "name");     js_str(j, actor->name);
    js_key(j, "login");    js_str(j, actor->login);
    js_key(j, "role");     js_str(j, actor->role_name);
    js_key(j, "language"); js_str(j, actor->language);
    js_key(j, "zone");     js_str(j, actor->zone);
    js_end(j);
}

static void firm_json(Work *w, JsonOut *j, const Firm *firm)
{
    js_object(j);
    js_key(j, "name");     js_str(j, firm->name);
    js_key(j, "currency"); js_str(j, firm->currency);
    js_key(j, "language"); js_str(j, firm->language);
    js_key(j, "zone");     js_str(j, firm->zone);
    js_key(j, "today");    js_day(j, w->today);
    js_end(j);
}

Err session_json(Request *r)
{
    Firm firm;
    TRY(firm_read(r->w, &firm));
    js_object(&r->out);
    js_key(&r->out, "user");   user_json(&r->out, r->w->who);
    js_key(&r->out, "rights"); rights_json(&r->out, r->w->who);
    js_key(&r->out, "firm");   firm_json(r->w, &r->out, &firm);
    js_end(&r->out);
    return OK;
}

void session_cookie(Request *r, const char *token, int64_t seconds)
{
    const char *secure = server_secure(server_of(r)) ? "; Secure" : "";
    r->cookie = str_fmt(&call_of(r)->http->mem, "sbyt=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld%s", token,
                        (long long)seconds, secure);
}

static Err who(Request *r)
{
    Firm  firm;
    Call *c = call_of(r);
    if (r->w->who) return session_json(r);
    TRY(firm_read(r->w, &firm));
    c->status = 401;
    c->extra  = firm.ready ? S("\"setup\":false") : S("\"setup\":true");
    return fail(r->w, DENIED, NULL, "problem.not_signed_in");
}

static Err sign_in_route(Request *r)
{
    Str   login, password;
    char  token[TOKEN_SIZE];
    bool  stale;
    Call *c = call_of(r);
    TRY(body_text(r, "login", 200, &login));
    TRY(body_text(r, "password", 1000, &password));
    Err err   = sign_in(r->w, server_throttle(server_of(r)), login, password, request_visitor(r), token, &c->retry_s);
    c->status = err != DENIED ? 0 : c->retry_s ? 429 : 401;
    TRY(err);
    TRY(session_find(r->w, str_of(token), &stale));
    session_cookie(r, token, SESSION_MAX_MS / 1000);
    return session_json(r);
}

static Err sign_out(Request *r)
{
    TRY(session_end(r->w, r->w->who->session));
    session_cookie(r, "", 0);
    return OK;
}

const Route session_routes[] = {
    { .method = GET,
      .path = "/api/session",
      .run = who,
      .audience = FOR_ANYBODY,
      .gives = "user: object, rights: object, firm: object",
      .says = "api.session" },
    { .method = POST,
      .path = "/api/session",
      .run = sign_in_route,
      .audience = FOR_ANYBODY,
      .slow = true,
      .hashes = true,
      .body = BODY_JSON,
      .takes = "login: text, password: text",
      .gives = "user: object, rights: object, firm: object",
      .says = "api.sign_in" },
    { .method = DELETE, .path = "/api/session", .run = sign_out, .writes = true, .says = "api.sign_out" },
    { 0 },
};
