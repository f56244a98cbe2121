/* What a row of each source says, read and told. */
#include "sales/activities/timeline_rows.h"

#include "access/viewing.h"
#include "entity/ids.h"
#include "entity/record.h"
#include "files/attachment.h"
#include "sales/activities/activities.h"
#include "sales/orders/orders.h"
#include "sales/requests/requests.h"

static Str text_of(Work *w, const Rows *row, int column)
{
    return row_null(row, column) ? (Str){ 0 } : str_copy(w->mem, row_text(row, column));
}

static int64_t id_of(const Rows *row, int column) { return row_null(row, column) ? 0 : row_int(row, column); }

static const char *choice_of(const char *const *keys, const Rows *row, int column)
{
    int64_t place = id_of(row, column);
    return place ? keys[place - 1] : NULL;
}

/* ---- the sources ---- */

void line_activity_read(Work *w, const Rows *row, LineItem *out)
{
    out->place.at = row_int(row, 1);
    out->kind_id = row_int(row, 2);
    out->kind = text_of(w, row, 3);
    out->channel = choice_of(activity_channels, row, 4);
    out->title = text_of(w, row, 5);
    out->state = choice_of(activity_states, row, 6);
    out->aim = text_of(w, row, 7);
    out->other = id_of(row, 8);
    out->by = id_of(row, 9);
    out->by_name = text_of(w, row, 10);
    out->outcome = choice_of(activity_outcomes, row, 11);
    out->result = text_of(w, row, 12);
    out->where = text_of(w, row, 13);
    out->timed = row_int(row, 14) != 0;
}

static void sale_read(Work *w, const Rows *row, LineItem *out)
{
    out->day = (Day)row_int(row, 1);
    out->place.at = zone_moment(w->zone, out->day, DAY_LAST_SECOND);
    out->title = text_of(w, row, 2);
    out->state = choice_of(sale_kinds, row, 3);
    out->total = row_null(row, 4) ? NONE : row_int(row, 4);
    out->by = id_of(row, 5);
    out->by_name = text_of(w, row, 6);
}

static void request_read(Work *w, const Rows *row, LineItem *out)
{
    out->place.at = row_int(row, 1);
    out->kind = text_of(w, row, 2);
    out->title = text_of(w, row, 3);
    out->state = choice_of(request_states, row, 4);
    out->by = id_of(row, 5);
    out->by_name = text_of(w, row, 6);
    out->result = text_of(w, row, 7);
}

static void file_read(Work *w, const Rows *row, LineItem *out)
{
    out->place.at = row_int(row, 1);
    out->title = text_of(w, row, 2);
    out->state = choice_of(attachment_kinds, row, 3);
    out->by = id_of(row, 4);
    out->by_name = text_of(w, row, 5);
}

static void change_read(Work *w, const Rows *row, LineItem *out)
{
    out->place.at = row_int(row, 1);
    out->state = str_c(w->mem, row_text(row, 2));
    out->by = id_of(row, 3);
    out->by_name = text_of(w, row, 4);
}

const LineSource line_sources[SOURCES] = {
    [FROM_CHANGES] = { "change", "client", change_read },
    [FROM_FILES] = { "attachment", "attachment", file_read },
    [FROM_SALES] = { "sale", "sale", sale_read },
    [FROM_REQUESTS] = { "request", "request", request_read },
    [FROM_ACTIVITIES] = { "activity", "activity", line_activity_read },
};

LineItem *line_item_new(LineItems *items)
{
    LineItem *item = &items->at[items->n++];
    *item = (LineItem){ .total = NONE, .day = DAY_NONE };
    return item;
}

Err line_items_shown(Work *w, const LineItems *items, int source)
{
    int64_t  *ids = NEW_RAW(w->mem, int64_t, items->n);
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < items->n; i++)
        if (items->at[i].place.source == source) ids[n++] = items->at[i].place.id;
    return n ? viewing_count(w, line_sources[source].what, VIEWED_ROW, ids, n) : OK;
}

/* ---- told ---- */

void line_text_put(JsonOut *j, const char *key, Str text)
{
    js_key(j, key);
    if (text.n) js_str(j, text);
    else js_null(j);
}

static void id_put(JsonOut *j, const char *key, int64_t id)
{
    js_key(j, key);
    if (id) js_i64(j, id);
    else js_null(j);
}

static void choice_put(JsonOut *j, const char *key, const char *value)
{
    js_key(j, key);
    js_c(j, value);
}

static void activity_put(JsonOut *j, const LineItem *item, const char *other, Str title)
{
    id_put(j, "kind_id", item->kind_id);
    line_text_put(j, "kind", item->kind);
    choice_put(j, "channel", item->channel);
    line_text_put(j, "subject", item->title);
    choice_put(j, "state", item->state);
    line_text_put(j, "aim", item->aim);
    id_put(j, str_eq(str_of(other), S("person")) ? "person_id" : "client_id", item->other);
    line_text_put(j, other, title);
    choice_put(j, "outcome", item->outcome);
    line_text_put(j, "result", item->result);
    line_text_put(j, "place", item->where);
    js_key(j, "timed");
    js_bool(j, item->timed);
}

static void rest_put(JsonOut *j, const LineItem *item)
{
    if (item->place.source == FROM_CHANGES) choice_put(j, "verb", item->state);
    else if (item->place.source == FROM_REQUESTS) {
        line_text_put(j, "kind", item->kind);
        line_text_put(j, "subject", item->title);
        choice_put(j, "state", item->state);
        line_text_put(j, "result", item->result);
    } else if (item->place.source == FROM_FILES) {
        line_text_put(j, "name", item->title);
        choice_put(j, "kind", item->state);
    } else {
        line_text_put(j, "number", item->title);
        choice_put(j, "kind", item->state);
        js_key(j, "day");
        js_day(j, item->day);
        js_key(j, "total");
        js_money(j, item->total);
    }
}

static void item_put(JsonOut *j, const LineItem *item, const char *other, Str title)
{
    js_object(j);
    choice_put(j, "what", line_sources[item->place.source].what);
    id_put(j, "id", item->place.id);
    js_key(j, "at");
    js_moment(j, item->place.at);
    if (item->n) id_put(j, "number", item->n);
    if (item->place.source == FROM_ACTIVITIES) activity_put(j, item, other, title);
    else rest_put(j, item);
    id_put(j, "by_id", item->by);
    line_text_put(j, "by", item->by_name);
    js_end(j);
}

/* Titles of what the items have besides; each that is told counts as looked at. */
static Err titles_told(Work *w, const Entity *other, const int64_t *ids, ptrdiff_t n, Str *titles)
{
    Ids       shown = ids_new(w->mem, n);
    ptrdiff_t told;
    if (!n) return OK;
    TRY(record_titles(w, other, ids, n, titles));
    for (ptrdiff_t i = 0; i < n; i++)
        if (titles[i].n) ids_put(&shown, ids[i], i);
    const int64_t *each = ids_all(w->mem, &shown, &told);
    return viewing_count(w, other->name, VIEWED_BESIDE, each, told);
}

Err line_items_put(Request *r, const LineItems *items, const Entity *other)
{
    Work     *w = r->w;
    int64_t  *ids = NEW_RAW(w->mem, int64_t, items->n);
    Str      *titles = NEW_N(w->mem, Str, items->n), *of = NEW_N(w->mem, Str, items->n);
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < items->n; i++)
        if (items->at[i].other) ids[n++] = items->at[i].other;
    TRY(titles_told(w, other, ids, n, titles));
    for (ptrdiff_t i = 0, k = 0; i < items->n; i++)
        if (items->at[i].other) of[i] = titles[k++];
    js_array(&r->out);
    for (ptrdiff_t i = 0; i < items->n; i++) item_put(&r->out, &items->at[i], other->name, of[i]);
    js_end(&r->out);
    return OK;
}
