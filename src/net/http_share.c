/* How much of what comes in and goes out there may be at once: of one owner, and of all. */
#include "net/http_inside.h"

typedef struct {
    int64_t one, all;
} Bound;

static const Bound in_memory = { BOUND_SENT_BY_ONE, BOUND_SENT_BY_ALL },
                   in_files = { BOUND_FILES_OF_ONE, BOUND_FILES_OF_ALL };
static const Bound sent_memory = { BOUND_UNREAD_BY_ONE, BOUND_UNREAD_BY_ALL };

bool body_unasked(Request *r)
{
    int64_t          n   = r->pub.announced;
    _Atomic int64_t *all = &r->loop->http->unasked;
    if (n < 0 || n > UNASKED) return false;
    if (atomic_fetch_add(all, n) + n <= BOUND_UNASKED) {
        r->unasked = n;
        return true;
    }
    atomic_fetch_sub(all, n);
    return false;
}

static bool add(_Atomic int64_t *to, int64_t n, int64_t most)
{
    if (atomic_fetch_add(to, n) + n <= most) return true;
    atomic_fetch_sub(to, n);
    return false;
}

static bool hold(Http *http, Shares *shares, Bound most, int64_t owner, int64_t n, Held *out)
{
    Str who = { (const char *)&owner, sizeof owner };
    *out    = (Held){ &shares->of[str_hash(who, http->seed) % COUNT(shares->of)], &shares->all, n };
    bool one = add(out->of, n, most.one), all = one && add(out->all, n, most.all);
    if (one && !all) atomic_fetch_sub(out->of, n);
    if (!all) *out = (Held){ 0 };
    return all;
}

static void let_go(Held *held)
{
    if (!held->of) return;
    atomic_fetch_sub(held->of, held->n);
    atomic_fetch_sub(held->all, held->n);
    *held = (Held){ 0 };
}

bool http_body_take(HttpRequest *pub, int64_t owner)
{
    Request *r    = (Request *)pub;
    Http    *http = r->loop->http;
    int64_t  n    = pub->announced < 0 ? r->rule.limit : pub->announced;
    bool     room = r->rule.spool ? hold(http, &http->files, in_files, owner, n, &r->body)
                                  : hold(http, &http->memory, in_memory, owner, n, &r->body);
    if (!room) return false;
    r->state = REQ_LET_IN;
    loop_post(r);
    return true;
}

bool http_answer_take(HttpRequest *pub, int64_t owner, HttpReply reply)
{
    Request *r    = (Request *)pub;
    Http    *http = r->loop->http;
    if (reply.sends_file)
        return hold(http, &http->sent_files, in_files, owner, (int64_t)file_size(reply.file), &r->answer);
    return reply.kept || reply.body.n <= UNASKED ||
           hold(http, &http->sent_memory, sent_memory, owner, reply.body.n, &r->answer);
}

void shares_let_go(Request *r)
{
    atomic_fetch_sub(&r->loop->http->unasked, r->unasked);
    let_go(&r->body);
    let_go(&r->answer);
}
