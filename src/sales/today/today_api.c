/* Today as JSON. */
#include "sales/today/today.h"

#include "core/words.h"
#include "sales/activities/activities.h"
#include "sales/today/today_inside.h"

static void put_phones(JsonOut *j, const Today *t, const Doing *d)
{
    js_key(j, "phones");
    js_array(j);
    for (ptrdiff_t i = 0; i < t->phone_n; i++)
        if (t->phone[i].owner == d->person.id || t->phone[i].owner == d->client.id) js_str(j, t->phone[i].number);
    js_end(j);
}

static void put_last(JsonOut *j, const Today *t, int64_t client)
{
    ptrdiff_t i = 0;
    while (i < t->last_n && t->last[i].client != client) i++;
    js_key(j, "last");
    if (!client || i == t->last_n) {
        js_null(j);
        return;
    }
    js_object(j);
    js_put_i64(j, "id", t->last[i].activity);
    js_put_moment(j, "at", t->last[i].at);
    js_put_text(j, "kind", t->last[i].kind);
    js_put_choice(j, "channel", activity_channels, t->last[i].channel);
    js_put_choice(j, "outcome", activity_outcomes, t->last[i].outcome);
    js_put_text(j, "result", t->last[i].result);
    js_put_text(j, "by", t->last[i].by);
    js_end(j);
}

static void put_doing(JsonOut *j, const Work *w, const Doing *d)
{
    js_put_i64(j, "id", d->activity ? d->activity : NONE);
    js_put_i64(j, "version", d->activity ? d->version : NONE);
    js_put_named(j, "kind", d->kind.id, d->kind.title);
    js_put_choice(j, "channel", activity_channels, d->channel);
    js_put_choice(j, "asks", activity_asks, d->asks);
    js_put_bool(j, "next_needed", d->next_needed);
    js_put_text(j, "subject", d->subject);
    js_put_named(j, "aim", d->aim.id, d->aim.title);
    js_put_moment(j, "due_at", d->due);
    js_put_bool(j, "timed", d->timed);
    js_put_choice(j, "priority", activity_priorities, d->priority);
    js_put_i64(j, "minutes", d->minutes ? d->minutes : NONE);
    js_put_text(j, "place", d->place);
    js_put_named(j, "for", d->performer.id != w->actor ? d->performer.id : 0, d->performer.title);
    js_put_bool(j, "queued", d->queued);
    js_put_named(j, "client", d->client.id, d->client.title);
    js_put_named(j, "person", d->person.id, d->person.title);
}

static void put_line(Request *r, const Today *t, const TodayLine *line)
{
    static const char *const bands[] = { "hour", "overdue", "due", "offered" };
    const Doing             *d = &t->doing[line->at];
    JsonOut                 *j = &r->out;
    Buf                      reason = buf_new(r->w->mem, 120);
    words_put(&reason, (Voice){ .lang = work_lang(r->w) }, line->reason, line->args, line->arg_count);
    js_object(j);
    js_put_choice(j, "band", bands, (int)line->band);
    js_put_text(j, "reason", buf_str(&reason));
    put_doing(j, r->w, d);
    put_phones(j, t, d);
    put_last(j, t, d->client.id);
    js_end(j);
}

static void put_busy(JsonOut *j, const Busy *b)
{
    js_object(j);
    js_put_i64(j, "id", b->user.id);
    js_put_text(j, "name", b->user.title);
    js_put_i64(j, "due", b->due);
    js_put_i64(j, "overdue", b->overdue);
    js_put_i64(j, "done", b->done);
    js_end(j);
}

static Err today(Request *r)
{
    JsonOut *j = &r->out;
    Today    t;
    TRY(today_read(r->w, &t));
    js_object(j);
    js_put_moment(j, "now", r->w->now);
    js_key(j, "day");
    js_day(j, t.day);
    js_put_moment(j, "from", t.from);
    js_put_moment(j, "until", t.until);
    js_key(j, "lines");
    js_array(j);
    for (ptrdiff_t i = 0; i < t.n; i++) put_line(r, &t, &t.line[i]);
    js_end(j);
    js_put_bool(j, "more", t.more);
    js_put_i64(j, "done", t.busy_n ? t.busy[0].done : 0);
    js_key(j, "team");
    js_array(j);
    for (ptrdiff_t i = 1; i < t.busy_n; i++) put_busy(j, &t.busy[i]);
    js_end(j);
    js_end(j);
    return OK;
}

const Route today_routes[] = {
    { .method = GET,
      .path = "/api/today",
      .run = today,
      .needs = { "activity", "view" },
      .snapshot = true,
      .gives = "now: moment, day: day, from: moment, until: moment, lines: [object], more: bool, done: int, "
               "team: [object]",
      .says = "route.today" },
    { 0 },
};
