/* Whose body comes in, and how much there may be of them at once. */
#include "net/http_inside.h"

#include "core/clock.h"

typedef struct {
    int64_t one, all;
} Bound;

static const Bound in_memory = { INT64_C(16) << 20, INT64_C(256) << 20 }, in_files = { INT64_C(2) << 30, INT64_C(8) << 30 };

bool body_unasked(Request *r)
{
    int64_t          n   = r->pub.announced;
    _Atomic int64_t *all = &r->loop->http->unasked;
    if (n < 0 || n > UNASKED) return false;
    if (atomic_fetch_add(all, n) + n <= UNASKED_ALL) {
        r->unasked = n;
        return true;
    }
    atomic_fetch_sub(all, n);
    return false;
}

static bool share_take(_Atomic int64_t *of, int64_t n, int64_t most)
{
    if (atomic_fetch_add(of, n) + n <= most) return true;
    atomic_fetch_sub(of, n);
    return false;
}

bool http_body_take(HttpRequest *pub, int64_t owner)
{
    Request    *r      = (Request *)pub;
    Http       *http   = r->loop->http;
    Shares     *shares = r->rule.spool ? &http->files : &http->memory;
    const Bound most   = r->rule.spool ? in_files : in_memory;
    int64_t     n      = pub->announced < 0 ? r->rule.limit : pub->announced;
    Str         who    = { (const char *)&owner, sizeof owner };
    _Atomic int64_t *of = &shares->of[str_hash(who, http->seed) % COUNT(shares->of)];
    if (!share_take(of, n, most.one)) return false;
    if (!share_take(&shares->all, n, most.all)) {
        atomic_fetch_sub(of, n);
        return false;
    }
    r->taken     = n;
    r->share     = of;
    r->share_all = &shares->all;
    r->state     = REQ_LET_IN;
    loop_post(r);
    return true;
}

void body_let_go(Request *r)
{
    atomic_fetch_sub(&r->loop->http->unasked, r->unasked);
    if (!r->taken) return;
    atomic_fetch_sub(r->share, r->taken);
    atomic_fetch_sub(r->share_all, r->taken);
}
