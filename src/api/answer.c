/* From an Err and problems to a status and a document a person can read (RFC 9457). */
#include "api/call.h"

#include <string.h>

static const struct {
    int         status;
    const char *key;
} errs[] = {
    [OK]        = { 200, "problem.ok" },
    [NOT_FOUND] = { 404, "problem.not_found" },
    [DENIED]    = { 403, "problem.denied" },
    [INVALID]   = { 422, "problem.invalid" },
    [CONFLICT]  = { 409, "problem.conflict" },
    [BUSY]      = { 503, "problem.busy" },
    [TOO_LARGE] = { 413, "problem.too_much" },
    [BROKEN]    = { 500, "problem.broken" },
};

int http_status_of(Err err) { return errs[err].status; }

static const struct {
    int         status;
    const char *key;
} titles[] = {
    { 400, "problem.malformed" }, { 401, "problem.not_signed_in" }, { 404, "problem.not_found" },
    { 405, "problem.no_method" }, { 413, "problem.too_large" },     { 429, "problem.too_often" },
    { 403, "problem.denied" },    { 431, "problem.too_large" },     { 503, "problem.busy" },
    { 507, "problem.no_room" },       { 414, "problem.too_large" },
};

static const char *title_key(int status, Err err)
{
    if (errs[err].status == status) return errs[err].key;
    for (ptrdiff_t i = 0; i < COUNT(titles); i++)
        if (titles[i].status == status) return titles[i].key;
    return errs[err].key;
}

static void said(JsonOut *j, const char *name, Voice v, const Problem *p, Arena scratch)
{
    Buf text = buf_new(&scratch, 200);
    problem_put(&text, v, p);
    js_key(j, name);
    js_str(j, buf_str(&text));
}

static void title_put(JsonOut *j, const Arg *a)
{
    js_object(j);
    js_key(j, "entity"), js_c(j, a->of);
    js_key(j, "id"),     js_i64(j, a->number);
    js_key(j, "title"),  js_str(j, a->text);
    js_end(j);
}

static void flag_put(JsonOut *j, const char *name, bool set)
{
    if (!set) return;
    js_key(j, name);
    js_bool(j, true);
}

static void arg_put(JsonOut *j, const Arg *a)
{
    js_key(j, a->name);
    switch (a->kind) {
    case ARG_TEXT: js_str(j, a->text); break;
    case ARG_WORD: js_str(j, a->text); break;
    case ARG_DAY: js_day(j, (Day)a->number); break;
    case ARG_MONEY: js_money(j, a->number); break;
    case ARG_TITLE: title_put(j, a); break;
    default: js_i64(j, a->number);
    }
}

static void problem_json(JsonOut *j, Voice v, const Problem *p, Arena scratch)
{
    js_object(j);
    if (p->field) {
        js_key(j, "field");
        js_c(j, p->field);
    }
    js_key(j, "key");
    js_c(j, p->key);
    said(j, "text", v, p, scratch);
    if (p->row) {
        js_key(j, "row");
        js_i64(j, p->row);
    }
    flag_put(j, "confirmable", p->confirmable);
    flag_put(j, "needs_reason", p->confirmable && p->needs_reason);
    for (int i = 0; i < p->arg_count; i++) arg_put(j, &p->args[i]);
    js_end(j);
}

/* As many as a screen shows. */
static void notes_put(JsonOut *j, Voice v, const Problems *notes, Arena scratch)
{
    enum { TOLD = 100 };
    int n = 0;
    js_array(j);
    for (const Problem *p = notes->first; p && n < TOLD; p = p->next, n++) problem_json(j, v, p, scratch);
    js_end(j);
}

Str notes_text(Call *c, Work *w)
{
    Buf     b = buf_new(&c->http->mem, 512);
    JsonOut j = js_to(&b);
    notes_put(&j, (Voice){ .lang = c->lang }, &w->notes, w->scratch);
    return buf_str(&b);
}

static Str document(Call *c, int status, const char *title, const Problem *first)
{
    Arena      *mem   = &c->http->mem;
    Buf         out   = buf_new(mem, 512);
    JsonOut     j     = js_to(&out);
    Voice       v     = { .lang = c->lang };
    Arena scratch = arena_new(256 * 1024);

    js_object(&j);
    js_key(&j, "type");   js_c(&j, "about:blank");
    said(&j, "title", v, &(Problem){ .key = title }, scratch);
    js_key(&j, "status"); js_i64(&j, status);
    if (first) said(&j, "detail", v, first, scratch);
    js_key(&j, "problems");
    js_array(&j);
    for (const Problem *p = first; p; p = p->next) problem_json(&j, v, p, scratch);
    js_end(&j);
    if (c->extra.n) {
        buf_c(&out, ",");
        buf_put(&out, c->extra);
    }
    js_end(&j);
    arena_drop(&scratch);
    return buf_str(&out);
}

typedef struct {
    Call           *c;
    int             status;
    const char     *title;
    const Problem  *first;
    Str             text;
} Wanted;

static Err document_make(void *to)
{
    Wanted *d = to;
    d->text   = document(d->c, d->status, d->title, d->first);
    return OK;
}

/* Where all that is wrong does not fit into the request's memory, the first that is; and where the system gives none at
 * all, only the status. */
static Str document_that_fits(Call *c, int status, const char *title, const Problem *first)
{
    Wanted d = { c, status, title, first, { 0 } };
    if (guarded(document_make, &d) == OK) return d.text;
    Problem alone = first ? *first : (Problem){ .key = title };
    alone.next    = NULL;
    d.first       = &alone;
    c->extra      = (Str){ 0 };
    if (c->answer_from) c->http->mem.beg = c->answer_from;
    return guarded(document_make, &d) == OK ? d.text : S("{}");
}

/* What passes by itself or as soon as there is room: how many seconds to wait before the same again; 0: it does not
 * pass. */
static int passes_in_s(Err err, const Problems *problems)
{
    static const struct {
        DbFaultKind kind;
        int         wait_s;
    } passing[] = { { FAULT_BUSY, 1 }, { FAULT_LOST, 3 }, { FAULT_UNSURE, 3 }, { FAULT_FULL, 30 } };
    if (err != BUSY && err != BROKEN) return 0;
    for (const Problem *p = problems ? problems->first : NULL; p; p = p->next)
        for (ptrdiff_t i = 0; i < COUNT(passing); i++)
            if (strcmp(p->key, db_fault_key(passing[i].kind)) == 0) return passing[i].wait_s;
    return err == BUSY;
}

void call_refuse(Call *c, Err err, const Problems *problems)
{
    int       passes  = passes_in_s(err, problems);
    int       said    = c->status ? c->status : c->r.status; /* one of success was for what has not been done after
                                                                all */
    int       status  = said >= 400 ? said : passes ? 503 : http_status_of(err);
    HttpReply reply   = { .status = status, .type = HTTP_PROBLEM };
    int       headers = 0;
    reply.body        = document_that_fits(c, status, title_key(status, err), problems ? problems->first : NULL);
    if (!c->retry_s) c->retry_s = passes;
    if (c->retry_s)
        reply.header[headers++] = (HttpHeader){ "Retry-After", str_c(&c->http->mem, str_fmt(&c->http->mem, "%lld",
                                                                                            (long long)c->retry_s)) };
    if (c->parts.places && status == 416) reply.header[headers++] = (HttpHeader){ "Content-Range", c->parts.places };
    if (c->r.cookie.n) reply.header[headers++] = (HttpHeader){ "Set-Cookie", str_c(&c->http->mem, c->r.cookie) };
    http_reply(c->http, reply);
}

void refuse_bare(HttpRequest *http, int status)
{
    http_reply(http, (HttpReply){ .status = status, .type = HTTP_PROBLEM, .body = S("{}"), .kept = true });
}

/* The network refuses before anybody has looked at the request, so nothing but this header tells the language. */
Str refusal_text(void *server, HttpRequest *http, int status, const char *key)
{
    Str     wish    = str_trim(http_header(http, "Accept-Language"));
    bool    russian = wish.n >= 2 && (wish.s[0] | 32) == 'r' && (wish.s[1] | 32) == 'u';
    Call    c       = { .http = http, .server = server, .lang = russian ? LANG_RU : LANG_EN };
    Problem problem = { .key = key };
    return document_that_fits(&c, status, title_key(status, INVALID), &problem);
}

void refuse_at_once(Server *s, HttpRequest *http, int status, const char *key, const char *allow)
{
    Call    c       = { .http = http, .server = s, .lang = call_lang(http) };
    Problem problem = { .key = key };
    HttpReply reply = { .status = status,
                        .type = HTTP_PROBLEM,
                        .body = document_that_fits(&c, status, title_key(status, INVALID), &problem) };
    if (allow) reply.header[0] = (HttpHeader){ "Allow", allow };
    http_reply(http, reply);
}
