/* Where things stand, as JSON and as a file. */
#include "api/call.h"
#include "api/lists.h"
#include "sales/activities/activities.h"
#include "sales/standing/standing_inside.h"

static void put_contact(JsonOut *j, const char *key, const StandingContact *c)
{
    js_key(j, key);
    if (c->at == NONE) {
        js_null(j);
        return;
    }
    js_object(j);
    js_put_i64(j, "id", c->activity ? c->activity : NONE);
    js_put_moment(j, "at", c->at);
    js_put_bool(j, "timed", c->timed);
    js_put_choice(j, "channel", activity_channels, c->channel);
    js_put_choice(j, "outcome", activity_outcomes, c->outcome);
    js_put_text(j, "kind", c->kind);
    js_put_text(j, "says", c->says);
    js_put_text(j, "by", c->by);
    js_end(j);
}

static void put_deal(JsonOut *j, const StandingDeal *d)
{
    js_key(j, "deal");
    if (!d->id) {
        js_null(j);
        return;
    }
    js_object(j);
    js_put_i64(j, "id", d->id);
    js_put_text(j, "title", d->name);
    js_put_text(j, "stage", d->stage);
    js_put_i64(j, "others", d->others);
    js_put_text(j, "step", d->step);
    js_put_moment(j, "step_due_at", d->step_due);
    js_end(j);
}

static Err standing(Request *r)
{
    JsonOut *j = &r->out;
    Ask      ask;
    Standing s;
    TRY(asked_only(r));
    TRY(ask_take(r, &ask));
    TRY(standing_read(r->w, &ask, &s));
    js_items(j);
    for (ptrdiff_t i = 0; i < s.n; i++) {
        const StandingLine *line = &s.line[i];
        js_object(j);
        js_put_i64(j, "id", line->client.id);
        js_put_text(j, "title", line->client.title);
        js_put_named(j, "keeper", line->keeper.id, line->keeper.title);
        js_put_bool(j, "late", line->late);
        put_contact(j, "last", &line->last);
        put_deal(j, &line->deal);
        put_contact(j, "next", &line->next);
        js_end(j);
    }
    js_end(j);
    js_put_text(j, "next", s.next);
    js_end(j);
    return OK;
}

static Err file(Request *r)
{
    Ask        ask;
    ExportForm form;
    TRY(asked_only(r));
    TRY(ask_take(r, &ask));
    TRY(asked_form(r, &form));
    const char *path = written_path(r);
    return answer_written(r, standing_export(r->w, &ask, form, path), path, form, S("standing"));
}

const Route standing_routes[] = {
    { .method = GET,
      .path = "/api/client/standing",
      .run = standing,
      .needs = { "client", "view" },
      .snapshot = true,
      .takes = LIST_TAKES,
      .gives = "items: [object], next: text?",
      .says = "route.standing" },
    { .method = GET,
      .path = "/api/client/standing/export",
      .run = file,
      .needs = { "client", "export" },
      .slow = true,
      .takes = LIST_TAKES ", format: csv|csv_ru|xlsx?",
      .gives = "file",
      .says = "route.standing_export" },
    { 0 },
};
