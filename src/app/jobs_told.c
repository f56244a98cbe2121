/* Jobs that were set aside in the last thirty days. */
#include "app/jobs_told.h"

#include "work/jobs.h"

enum { MOST = 50 };

static Err lately(Work *w, SetAside *out, int *n)
{
    return jobs_set_aside(w, w->now - INT64_C(30) * 86400000, MOST, out, n);
}

Err jobs_told(Work *w, Buf *out, Voice voice)
{
    SetAside jobs[MOST];
    int      n;
    TRY(lately(w, jobs, &n));
    for (int i = 0; i < n; i++) {
        SAY(out, voice, "check.set_aside", arg_text("kind", jobs[i].kind),
            arg_text("id", str_fmt(w->mem, "%lld", (long long)jobs[i].id)),
            arg_day("day", zone_day(w->zone, jobs[i].at)));
        buf_c(out, "\n");
    }
    return OK;
}

static Err set_aside(Request *r)
{
    SetAside jobs[MOST];
    JsonOut *j = &r->out;
    int      n;
    TRY(lately(r->w, jobs, &n));
    js_items(j);
    for (int i = 0; i < n; i++) {
        js_object(j);
        js_key(j, "id");
        js_i64(j, jobs[i].id);
        js_key(j, "kind");
        js_str(j, jobs[i].kind);
        js_key(j, "at");
        js_moment(j, jobs[i].at);
        js_end(j);
    }
    js_end(j);
    js_end(j);
    return OK;
}

const Route job_routes[] = {
    { .method = GET,
      .path = "/api/job",
      .run = set_aside,
      .needs = { "firm", "change" },
      .gives = "items: list",
      .says = "route.jobs_set_aside" },
    { 0 },
};
