/* Links for somebody outside: made, told and ended on the card; opened at the only address that needs no session. */
#include "access/firm.h"
#include "api/call.h"
#include "api/lists.h"
#include "api/share_page.h"
#include "files/share.h"

enum { DAYS_USUAL = 7 };
#define DAY_MS (INT64_C(24) * 3600 * 1000)

/* ---- on the card ---- */

typedef struct {
    int64_t attachment, id, times;
    Moment  until;
    char    token[SHARE_TOKEN_SIZE];
} Making;

static Err make_write(Work *w, void *to)
{
    Making *m = to;
    return share_make(w, m->attachment, m->until, m->times, m->token, &m->id);
}

static Err make(Request *r)
{
    Work   *w = r->w;
    int64_t days = DAYS_USUAL;
    Making  m = { .attachment = r->id, .times = NONE };
    TRY(body_i64_maybe(r, "days", 1, SHARE_DAYS_MOST, &days));
    TRY(body_i64_maybe(r, "times", 1, SHARE_TIMES_MOST, &m.times));
    m.until = w->now + days * DAY_MS;
    TRY(work_write(w, make_write, &m));
    js_object(&r->out);
    js_key(&r->out, "id");
    js_i64(&r->out, m.id);
    js_key(&r->out, "path");
    js_str(&r->out, str_fmt(w->mem, "/s/%s", m.token));
    js_put_moment(&r->out, "until", m.until);
    js_end(&r->out);
    return OK;
}

typedef struct {
    int64_t id, by, times, fetched;
    Moment  made_at, until, fetched_at, ended_at;
} Line;

static void put_number(JsonOut *j, const char *key, int64_t n)
{
    js_key(j, key);
    if (n == NONE) js_null(j);
    else js_i64(j, n);
}

static void put_line(Work *w, JsonOut *j, const Line *l, Str by, bool ends)
{
    js_object(j);
    put_number(j, "id", l->id);
    js_put_moment(j, "made_at", l->made_at);
    js_key(j, "by");
    js_object(j);
    put_number(j, "id", l->by);
    js_key(j, "name");
    js_str(j, by);
    js_end(j);
    js_put_moment(j, "until", l->until);
    put_number(j, "times", l->times);
    put_number(j, "fetched", l->fetched);
    js_put_moment(j, "fetched_at", l->fetched_at);
    js_put_moment(j, "ended_at", l->ended_at);
    js_key(j, "open");
    js_bool(j, l->ended_at == NONE && l->until > w->now && (l->times == NONE || l->fetched < l->times));
    js_key(j, "may_end");
    js_bool(j, ends);
    js_end(j);
}

static Err list(Request *r)
{
    Work     *w    = r->w;
    Line     *line = NEW_N(w->mem, Line, SHARES_MOST);
    int64_t  *by   = NEW_N(w->mem, int64_t, SHARES_MOST);
    Str      *name = NEW_N(w->mem, Str, SHARES_MOST);
    ptrdiff_t n    = 0;
    bool      others;
    Rows      rows;
    TRY(shares_of(w, r->id, &rows));
    for (; n < SHARES_MOST && rows_next(&rows); n++) {
        by[n]   = row_int(&rows, 2);
        line[n] = (Line){ .id = row_int(&rows, 0),
                          .made_at = row_int(&rows, 1),
                          .by = by[n],
                          .until = row_int(&rows, 3),
                          .times = row_int(&rows, 4),
                          .fetched = row_int(&rows, 5),
                          .fetched_at = row_int(&rows, 6),
                          .ended_at = row_int(&rows, 7) };
    }
    TRY(rows_end(&rows));
    TRY(record_titles(w, entity_named(S("user")), by, n, name));
    TRY(shares_may_end(w, r->id, &others));
    js_items(&r->out);
    for (ptrdiff_t i = 0; i < n; i++) put_line(w, &r->out, &line[i], name[i], others || by[i] == w->actor);
    js_end(&r->out);
    js_end(&r->out);
    return OK;
}

static Err end(Request *r)
{
    int64_t id;
    TRY(body_i64(r, "share", 1, INT64_C(1) << 53, &id));
    return share_end(r->w, r->id, id);
}

/* ---- from outside ---- */

/* Whoever guesses waits longer and longer, before anything is looked up; a link that is over is no guess.  What opens
 * nothing is all the same whatever the reason. */
static Err opened(Request *r, Shared *out, bool *there)
{
    Call    *c       = call_of(r);
    Throttle *t      = server_shares(server_of(r));
    Str      address = request_visitor(r).address;
    int64_t  wait    = throttle_wait(t, S(""), address, work_steady(r->w));
    *there           = false;
    if (wait) {
        r->status  = 429;
        c->retry_s = (wait + 999) / 1000;
        return OK;
    }
    Err err = share_open(r->w, r->part[0], out);
    *there  = err == OK;
    if (err == OK) throttle_passed(t, S(""), address, work_steady(r->w));
    if (err == NOT_FOUND) throttle_failed(t, S(""), address, work_steady(r->w));
    if (err != NOT_FOUND && err != DENIED) return err;
    r->status = 404;
    return OK;
}

static Err page(Request *r)
{
    Shared s;
    Firm   firm;
    bool   there;
    TRY(firm_read(r->w, &firm));
    TRY(opened(r, &s, &there));
    share_page(r, there ? &s : NULL, firm.name, r->status == 429);
    return OK;
}

/* Counted when all its bytes are there: of two who come for the last time at once, one gets it. */
static Err fetch(Request *r)
{
    Shared   s;
    Download out;
    bool     there;
    TRY(opened(r, &s, &there));
    if (there) {
        const char *type = s.file.content.type;
        TRY(answer_file_new(r, type[0] ? type : CONTENT_UNKNOWN, s.name, &out));
        TRY(file_pour(r->w, &s.file, out.sink, out.to));
        Err err = work_write(r->w, share_fetched, &s);
        if (err != NOT_FOUND) return err;
        answer_no_file(r);
        r->status = 404;
    }
    share_page(r, NULL, S(""), r->status == 429);
    return OK;
}

const Route share_routes[] = {
    { .method = POST, /* no kept answer: it would open the file to whoever has a copy of the base */
      .path = "/api/attachment/{id}/share",
      .run = make,
      .needs = { "attachment", "share" },
      .slow = true,
      .makes = true,
      .body = BODY_JSON,
      .takes = "days: int?, times: int?",
      .gives = "id: int, path: text, until: moment",
      .says = "route.share.make" },
    { .method = GET,
      .path = "/api/attachment/{id}/share",
      .run = list,
      .needs = { "attachment", "view" },
      .gives = "items: list",
      .says = "route.share.list" },
    { .method = POST,
      .path = "/api/attachment/{id}/share/end",
      .run = end,
      .needs = { "attachment", "share" },
      .writes = true,
      .body = BODY_JSON,
      .takes = "share: int",
      .says = "route.share.end" },
    { .method = GET,
      .path = "/s/{token}",
      .run = page,
      .audience = FOR_ANYBODY,
      .page = true,
      .gives = "page",
      .says = "route.share.page" },
    { .method = POST,
      .path = "/s/{token}",
      .run = fetch,
      .audience = FOR_ANYBODY,
      .page = true,
      .slow = true,
      .gives = "file",
      .says = "route.share.fetch" },
    { 0 },
};
