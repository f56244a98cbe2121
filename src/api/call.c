/* One request in its lane: who asks, may he, do it, answer. */
#include "api/call.h"

#include "access/changing.h"
#include "access/viewing.h"
#include "api/lists.h"
#include "entity/record.h"
#include "work/work.h"

#include <unistd.h>

Visitor request_visitor(Request *r)
{
    Call *c = call_of(r);
    return (Visitor){ http_address(&c->http->mem, c->http->from), http_header(c->http, "User-Agent") };
}

Lang call_lang(const HttpRequest *http)
{
    Str  wish = http_header(http, "Accept-Language");
    Lang lang = LANG_RU;
    while (wish.n) {
        Str one = str_trim(str_cut(&wish, ','));
        if (lang_read(str_cut(&one, ';'), &lang)) break;
    }
    return lang;
}

static void answer_room(Call *c)
{
    c->answer = buf_new(&c->http->mem, 1024);
    c->r.out  = js_to(&c->answer);
}

static void file_drop(Call *c)
{
    if (c->sent.any) close(c->sent.file);
    c->sent = (Sent){ 0 };
}

static void answer_begin(Call *c)
{
    file_drop(c);
    c->http->mem.beg = c->answer_from;
    arena_end(&c->http->mem, c->answer_end - REPLY_ROOM);
    c->r.body        = NULL;
    answer_room(c);
    c->r.status      = 0;
    c->r.tag = c->r.cookie = c->extra = (Str){ 0 };
    c->r.shown       = NULL;
    c->r.notes       = (Str){ 0 };
    c->status        = 0;
    c->retry_s       = 0;
    c->replayed      = false;
    c->policy        = NULL;
    c->parts         = (Parts){ 0 };
}

static Err who_asks(Work *w, Call *c)
{
    Str token = http_cookie(c->http, "sbyt");
    Err err   = token.n ? session_find(w, token, &c->stale) : NOT_FOUND;
    if (err == OK) {
        c->session = w->who->session;
        c->user    = w->who->user;
        known_keep(server_known(c->server), token, w->who->user);
        lang_read(w->language, &c->lang);
        return OK;
    }
    if (err == NOT_FOUND) known_keep(server_known(c->server), token, 0);
    if (err != NOT_FOUND || c->r.route->audience == FOR_ANYBODY) return err == NOT_FOUND ? OK : err;
    c->status = 401;
    return fail(w, DENIED, NULL, "problem.not_signed_in");
}

static Err may_he(Work *w, Call *c)
{
    const Route *route = c->r.route;
    if (!route->needs.entity) return OK;
    const char *entity = route->needs.entity;
    if (entity[0] == '{') {
        const Entity *e = entity_named(c->r.part[0]);
        if (!e || (e->parent && !route->children)) return NOT_FOUND;
        entity = entity_above(e)->name;
    }
    return access_need(w, entity, route->needs.verb);
}

/* A change is more than what is sent: a row of the history, and what it was before. */
static int64_t bytes_changed(const Call *c) { return 1024 + c->http->body.n; }

/* Files have a room of their own. */
static bool counts_as_change(const Call *c) { return c->r.route->writes && c->r.route->body != BODY_FILE; }

static Err may_change(Work *w, Call *c)
{
    int64_t wait_ms;
    if (!counts_as_change(c)) return OK;
    Err err = changing_need(w, bytes_changed(c), &wait_ms);
    if (err == OK) return OK;
    c->status  = 429;
    c->retry_s = wait_ms / 1000 + 1;
    return err;
}

/* What makes something takes what it names and nothing else; of an entity the patch says which fields there are. */
static bool names_members(const Route *route)
{
    return (route->makes || route->later) && route->takes && route->takes[0] != '{';
}

/* Here and not where the request was read from the network: a large body takes a lane's time, and nobody's who is not
 * let in. */
static Err body_read(Work *w, Call *c)
{
    HttpRequest *http = c->http;
    if (c->r.route->body != BODY_JSON || http->body.n == 0) return OK;
    Err err = json_read(&http->mem, http->body, (JsonLimits){ .bytes = c->r.route->body_limit }, &w->problems,
                        &c->r.body);
    if (err == OK && c->r.body->kind != JSON_IS_OBJECT) err = fail(w, INVALID, NULL, "request.no_object");
    if (err != OK) c->status = 400;
    answer_room(c);
    return err == OK && names_members(c->r.route) ? body_only(&c->r) : err;
}

/* ---- once for each Idempotency-Key ---- */

typedef struct {
    Str    key;
    Asked  asked;
    Answer answer;
    Arena *mem;    /* the request's, which waits: the writer's own is gone when it has run */
} Once;

static Err claim(Work *w, void *to)
{
    Once *once = to;
    TRY(idempotency_claim(w, once->key, &once->asked, &once->answer));
    once->answer.text = str_copy(once->mem, once->answer.text);
    if (once->answer.entity) once->answer.entity = str_c(once->mem, str_of(once->answer.entity));
    return OK;
}

static Err settle(Work *w, void *to)
{
    Once *once = to;
    return idempotency_settle(w, once->key, once->answer);
}

static Err give_back(Work *w, void *to) { return idempotency_give_back(w, ((Once *)to)->key); }

/* Nobody is shown again what he may not see any more: a record is read anew, within the reach and without the fields of
 * now.  Its notes are those that were said, under the rights of then or not at all. */
static Err replay_record(Work *w, Call *c, const Answer *earlier)
{
    const Entity *e = entity_named(str_of(earlier->entity));
    if (!e) return NOT_FOUND;
    void *record = arena_take(w->mem, e->size, 16, 1);
    c->r.notes   = earlier->text;
    TRY(viewing_card(w, e->name, earlier->record));
    TRY(record_load(w, e, earlier->record, record));
    return answer_record(&c->r, e, record, "view");
}

static Err replay(Work *w, Call *c, const Answer *earlier)
{
    if (earlier->withheld && !earlier->entity) return fail(w, CONFLICT, "Idempotency-Key", "request.key_answered");
    if (earlier->entity) TRY(replay_record(w, c, earlier));
    else buf_put(&c->answer, earlier->text);
    c->r.status = earlier->status;
    c->replayed = true;
    return OK;
}

static Answer answered(const Call *c)
{
    Str text = c->r.shown ? c->r.notes : buf_str(&c->answer);
    return (Answer){ .status = call_status(c), .text = text, .entity = c->r.shown, .record = c->r.shown_id };
}

static Err route_run(void *to)
{
    Call *c = to;
    return c->r.route->run(&c->r);
}

Err answer_settle(Request *r, Work *w, Str text)
{
    Call *c    = call_of(r);
    c->settled = c->key.s != NULL;
    return c->settled ? idempotency_settle(w, c->key, (Answer){ .status = call_status(c), .text = text }) : OK;
}

/* A slow work writes by others' hands, in transactions of their own; so the key is taken before and settled after
 * (answer_settle: with what it writes), and is given back by one that runs out of memory too. */
static Err do_slowly_once(Work *w, Call *c, Once *once)
{
    TRY(work_write(w, claim, once));
    if (once->answer.status) return replay(w, c, &once->answer);
    c->settled = false;
    Err err = guarded(route_run, c);
    if (err == OK && c->settled) return OK;
    if (err != OK) {
        work_write(w, give_back, once);
        return err;
    }
    once->answer = answered(c);
    return work_write(w, settle, once);
}

static Once once_of(Call *c)
{
    const HttpRequest *http    = c->http;
    Str                texts[] = { http->method, http->path, http->body, http_header(http, "X-File-Name") };
    return (Once){ .key = c->key,
                   .mem = &c->http->mem,
                   .asked = idempotency_asked(texts, c->r.file < 0 ? 3 : 4, c->r.file) };
}

/* A serializable transaction that looked for its key would meet every other one that adds a key beside it, and half of
 * sixty at work would run again.  So the look-up is done ahead of it; who was a hair faster with the same key is found
 * by the key's own index. */
Err call_before(Work *w, void *call)
{
    Call *c = call;
    if (!c->key.s || c->r.route->slow) return OK;
    answer_begin(c);
    c->r.w = w;
    TRY(who_asks(w, c));
    TRY(may_he(w, c));
    Once once = once_of(c);
    TRY(idempotency_find(w, c->key, &once.asked, &once.answer));
    if (!once.answer.status) return OK;
    w->settled = true;
    return replay(w, c, &once.answer);
}

static Err do_it_once(Work *w, Call *c)
{
    if (!c->key.s) return c->r.route->run(&c->r);
    Once once = once_of(c);
    if (c->r.route->slow) return do_slowly_once(w, c, &once);
    TRY(c->r.route->run(&c->r));
    return idempotency_keep(w, c->key, &once.asked, answered(c));
}

Err call_run(Work *w, void *call)
{
    Call *c = call;
    answer_begin(c);
    c->r.w = w;
    TRY(who_asks(w, c));
    TRY(may_he(w, c));
    TRY(may_change(w, c));
    TRY(body_read(w, c));
    return do_it_once(w, c);
}

/* ---- before a large body is read ---- */

Err call_ask(Work *w, void *call)
{
    Call *c = call;
    answer_begin(c);
    c->r.w         = w;
    c->r.file_size = c->http->announced;
    TRY(who_asks(w, c));
    TRY(may_he(w, c));
    return c->r.route->may_send ? c->r.route->may_send(&c->r) : OK;
}

/* ---- the answer ---- */

int call_status(const Call *c)
{
    const Route *route = c->r.route;
    if (c->r.status) return c->r.status;
    if (route->makes) return 201;
    if (route->later) return 202;
    return c->answer.len ? 200 : 204;
}

/* RFC 6266: an ASCII name for old browsers and the real one for the others. */
static Str disposition(Arena *mem, Str name, bool shown)
{
    Buf b = buf_new(mem, name.n * 4 + 80);
    buf_c(&b, shown ? "inline; filename=\"" : "attachment; filename=\"");
    for (ptrdiff_t i = 0; i < name.n; i++)
        buf_char(&b, name.s[i] > ' ' && name.s[i] < 127 && name.s[i] != '"' && name.s[i] != '\\' ? name.s[i] : '_');
    buf_c(&b, "\"; filename*=UTF-8''");
    for (ptrdiff_t i = 0; i < name.n; i++) {
        unsigned char c     = (unsigned char)name.s[i];
        bool          plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                     c == '-' || c == '_';
        if (plain) buf_char(&b, (char)c);
        else buf_fmt(&b, "%%%02X", c);
    }
    return buf_str(&b);
}

/* What somebody has sent runs nothing, wherever it is opened. */
static HttpReply file_reply(const Call *c)
{
    HttpReply r = { .status = c->parts.places ? 206 : 200,
                    .type = c->sent.mime,
                    .policy = "default-src 'none'; frame-ancestors 'none'; sandbox",
                    .sends_file = true,
                    .file = c->sent.file,
                    .header = { { "Content-Disposition",
                                  str_c(&c->http->mem, disposition(&c->http->mem, c->sent.name, c->sent.shown)) } } };
    if (!c->parts.tag) return r;
    r.header[1] = (HttpHeader){ "Accept-Ranges", "bytes" };
    r.header[2] = (HttpHeader){ "ETag", c->parts.tag };
    if (c->parts.places) r.header[3] = (HttpHeader){ "Content-Range", c->parts.places };
    return r;
}

static HttpReply json_reply(Call *c)
{
    Arena    *mem     = &c->http->mem;
    HttpReply r       = { .status = call_status(c), .body = buf_str(&c->answer) };
    int       headers = 0;
    Str       tag     = c->r.tag.n ? str_fmt(mem, "\"%.*s\"", (int)c->r.tag.n, c->r.tag.s) : (Str){ 0 };
    if (tag.n) r.header[headers++] = (HttpHeader){ "ETag", str_c(mem, tag) };
    /* What anybody may have and a tag names, a browser keeps and asks about. */
    if (tag.n && c->r.route->audience == FOR_ANYBODY) r.cache = "no-cache";
    if (tag.n && c->r.route->method == GET && str_eq(http_header(c->http, "If-None-Match"), tag)) {
        r.status = 304;
        r.body   = (Str){ 0 };
    }
    if (c->policy) r.type = HTTP_HTML, r.policy = c->policy;
    if (c->policy && c->retry_s)
        r.header[headers++] = (HttpHeader){ "Retry-After", str_c(mem, str_fmt(mem, "%lld", (long long)c->retry_s)) };
    if (c->r.cookie.n) r.header[headers++] = (HttpHeader){ "Set-Cookie", str_c(mem, c->r.cookie) };
    if (c->replayed) r.header[headers++] = (HttpHeader){ "Idempotency-Replayed", "true" };
    return r;
}

/* That it has been done, and to which record: it is read where the rest can be. */
static HttpReply short_reply(Call *c, HttpReply r)
{
    const Request *done = &c->r;
    bool           one  = done->shown && done->tag.n;
    r.body = one ? str_fmt(&c->http->mem, "{\"id\":%lld,\"version\":%.*s}", (long long)done->shown_id, (int)done->tag.n,
                           done->tag.s)
                 : S("{}");
    return r;
}

/* Who asks for much and reads nothing is given no more; what has been written is told all the same, in short. */
static void reply(Call *c)
{
    HttpReply r     = c->sent.any ? file_reply(c) : json_reply(c);
    int64_t   owner = c->user ? c->user : known_line(server_known(c->server), c->http, true);
    bool      taken = http_answer_take(c->http, owner, r);
    if (taken || (c->r.route->writes && !c->sent.any)) {
        http_reply(c->http, taken ? r : short_reply(c, r));
        return;
    }
    Problems problems = { .mem = &c->http->mem, .limit = 1 };
    file_drop(c);
    c->retry_s = 5;
    call_refuse(c, PROBLEM(&problems, BUSY, NULL, "request.many_answers"), &problems);
}

typedef struct {
    Call           *c;
    Err             err;
    const Problems *problems;
} Ending;

static Err told(void *to)
{
    const Ending *e = to;
    if (e->err != OK) call_refuse(e->c, e->err, e->problems);
    else reply(e->c);
    return OK;
}

static void tell(Call *c, Err err, const Problems *problems)
{
    Ending e = { c, err, problems };
    if (guarded(told, &e) != TOO_LARGE) return;
    file_drop(c);
    refuse_bare(c->http, http_status_of(BROKEN));
}

static Err touch(Work *w, void *session) { return session_touch(w, (int64_t)(intptr_t)session); }

static void touch_later(Call *c, Work *w)
{
    LaneWork work = { .run = touch, .to = (void *)(intptr_t)c->session };
    if (c->stale && w->lanes) lanes_submit(w->lanes, LANE_WRITER, &work);
}

/* What a request that found no room for its answer had begun stands in that room. */
static void answer_over(Call *c, Err err)
{
    if (err == TOO_LARGE) answer_begin(c);
    arena_end(&c->http->mem, c->answer_end);
}

/* Whatever the call has is read before the answer is given: from then on it is the connection's, which may be over at
 * once, and its memory the next request's. */
void call_done(void *call, Err err, Work *w)
{
    Call *c = call;
    answer_over(c, err);
    if (err == OK && counts_as_change(c) && !c->replayed) changing_count(w, bytes_changed(c));
    touch_later(c, w);
    if (c->r.route->body == BODY_FILE && c->r.file < 0) c->http->file = -1; /* the handler keeps it */
    if (err != OK) file_drop(c);
    Listener listener = c->listener;
    if (err == OK && c->listens) {
        if (live_open(server_live(c->server), c->http, &listener)) return;
        err = BUSY;
    }
    tell(c, err, &w->problems);
}

void call_asked(void *call, Err err, Work *w)
{
    Call *c = call;
    answer_over(c, err);
    if (err == OK && http_body_take(c->http, c->user)) return;
    if (err == OK) {
        c->retry_s = 5;
        err        = fail(w, BUSY, NULL, "request.many_bodies");
    }
    tell(c, err, &w->problems);
}

/* ---- files ---- */

void answer_file(Request *r, const char *mime, Str name, int file)
{
    Call *c = call_of(r);
    file_drop(c);
    c->sent = (Sent){ .any = true, .file = file, .mime = mime, .name = str_copy(&c->http->mem, name) };
}

void answer_shown(Request *r) { call_of(r)->sent.shown = true; }

void answer_no_file(Request *r) { file_drop(call_of(r)); }

void answer_page(Request *r, Str html, const char *policy)
{
    Call *c = call_of(r);
    answer_room(c);
    buf_put(&c->answer, html);
    c->policy = policy;
}

Err answer_file_new(Request *r, const char *mime, Str name, Download *out)
{
    Call *c    = call_of(r);
    int   file = http_spool_file(server_spool(c->server));
    if (file < 0) return fail(r->w, BROKEN, NULL, "file.not_written");
    answer_file(r, mime, name, file);
    *out = (Download){ buf_to_fd, &c->sent.file };
    return OK;
}
