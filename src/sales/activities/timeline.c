/* All that there was with a client on one line, newest first: activities, requests, sales, files, changes of the card;
 * and above it what comes next.
 *
 * A source is a row: a statement that gives its newest rows before a place of the line, within the reader's reach, and
 * how they are told.  The line goes on behind a row of whatever source; rows of one moment stand in the order of the
 * sources.  A sale has no hour: it stands at the end of its day. */
#include "access/viewing.h"
#include "entity/cursor.h"
#include "entity/reach.h"
#include "sales/activities/activities.h"
#include "sales/activities/activity_close.h"
#include "sales/activities/timeline_rows.h"
#include "sales/activities/timeline_sql.h"
#include "sales/parties/parties.h"

#include <stdlib.h>

enum { ITEMS_USUAL = 50, ITEMS_MOST = 200, NEXT_MOST = 20 };

static Str sql_of(int source)
{
    const Str sql[SOURCES] = {
        [FROM_CHANGES] = SQL_TIMELINE_CHANGES,
        [FROM_FILES] = SQL_TIMELINE_FILES,
        [FROM_SALES] = SQL_TIMELINE_SALES,
        [FROM_REQUESTS] = SQL_TIMELINE_REQUESTS,
        [FROM_ACTIVITIES] = SQL_TIMELINE_ACTIVITIES,
    };
    return sql[source];
}

/* ---- read ---- */

/* What stands behind `from` on the line, as the moment and the id below which the source's rows are. */
static void bound_of(const Work *w, int source, LinePlace from, int64_t *at, int64_t *id)
{
    *at = from.at;
    *id = source < from.source ? INT64_MAX : source == from.source ? from.id : 0;
    if (source != FROM_SALES) return;
    Day    day = zone_day(w->zone, from.at);
    Moment last = zone_moment(w->zone, day, DAY_LAST_SECOND);
    *at = day;
    if (from.at != last) *id = from.at > last ? INT64_MAX : 0;
}

static Err source_read(Work *w, int source, int64_t client, LinePlace from, int limit, LineItems *items)
{
    Rows    rows;
    int64_t at, id;
    bound_of(w, source, from, &at, &id);
    TRY(scope_query(w, sql_of(source), VALS(val_int(client), val_int(at), val_int(id), val_int(limit)), &rows));
    while (rows_next(&rows)) {
        LineItem *item = line_item_new(items);
        item->place.source = source;
        item->place.id = row_int(&rows, 0);
        line_sources[source].read(w, &rows, item);
    }
    return rows_end(&rows);
}

static int later_first(const void *a, const void *b)
{
    const LinePlace *x = &((const LineItem *)a)->place, *y = &((const LineItem *)b)->place;
    if (x->at != y->at) return x->at < y->at ? 1 : -1;
    if (x->source != y->source) return y->source - x->source;
    return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

/* ---- the line of a client ---- */

typedef struct {
    bool      shown[SOURCES];
    LinePlace from;
    int       limit;
    Str       list; /* what a mark is good for */
} Line;

/* "activity,sale"; without it all that the reader may see. */
static Err kinds_asked(Request *r, Line *line)
{
    Str text = asked_text(r, "kinds"), rest = text;
    for (int s = 0; s < SOURCES; s++)
        line->shown[s] = !text.n && access_scope(r->w->who, line_sources[s].needs, "view") != SCOPE_NONE;
    while (rest.n) {
        Str one = str_trim(str_cut(&rest, ','));
        int s = 0;
        while (s < SOURCES && !str_eq(one, str_of(line_sources[s].what))) s++;
        if (s == SOURCES) return fail(r->w, INVALID, "kinds", "request.no_choice");
        TRY(access_need(r->w, line_sources[s].needs, "view"));
        line->shown[s] = true;
    }
    line->list = str_fmt(r->w->mem, "timeline %lld %.*s", (long long)r->id, (int)text.n, text.s);
    return OK;
}

static Err line_asked(Request *r, Line *line)
{
    int64_t limit = ITEMS_USUAL;
    Str     after = asked_text(r, "after");
    Cursor  mark;
    *line = (Line){ .from = { (Moment)DAY_MAX * 86400000, SOURCES, 0 } };
    TRY(kinds_asked(r, line));
    TRY(asked_i64(r, "limit", 1, ITEMS_MOST, &limit));
    line->limit = (int)limit;
    if (!after.n) return OK;
    TRY(cursor_read(r->w, line->list, after, &mark));
    line->from = (LinePlace){ mark.number, (int)(mark.id % SOURCES), mark.id / SOURCES };
    return OK;
}

static Err next_put(Request *r)
{
    LineItems items = { .at = NEW_RAW(r->w->mem, LineItem, NEXT_MOST) };
    Rows      rows;
    if (access_scope(r->w->who, "activity", "view") != SCOPE_NONE) {
        TRY(scope_query(r->w, SQL_TIMELINE_NEXT, VALS(val_int(r->id), val_int(NEXT_MOST)), &rows));
        while (rows_next(&rows)) {
            LineItem *item = line_item_new(&items);
            item->place = (LinePlace){ .source = FROM_ACTIVITIES, .id = row_int(&rows, 0) };
            line_activity_read(r->w, &rows, item);
        }
        TRY(rows_end(&rows));
        TRY(line_items_shown(r->w, &items, FROM_ACTIVITIES));
    }
    js_key(&r->out, "next");
    return line_items_put(r, &items, &person_entity);
}

static Err mark_put(Request *r, const Line *line, const LineItems *items, bool more)
{
    Str mark = { 0 };
    if (more) {
        LinePlace last = items->at[items->n - 1].place;
        TRY(cursor_write(r->w, line->list, (Cursor){ .number = last.at, .id = last.id * SOURCES + last.source },
                         &mark));
    }
    line_text_put(&r->out, "after", mark);
    return OK;
}

static Err timeline(Request *r)
{
    Line      line;
    LineItems items;
    TRY(asked_only(r));
    TRY(reach_need(r->w, &client_entity, "view", r->id));
    TRY(line_asked(r, &line));
    items = (LineItems){ .at = NEW_RAW(r->w->mem, LineItem, SOURCES * (line.limit + 1)) };
    for (int s = 0; s < SOURCES; s++)
        if (line.shown[s]) TRY(source_read(r->w, s, r->id, line.from, line.limit + 1, &items));
    qsort(items.at, (size_t)items.n, sizeof *items.at, later_first);
    bool more = items.n > line.limit;
    if (more) items.n = line.limit;
    TRY(line_items_shown(r->w, &items, FROM_ACTIVITIES));
    TRY(line_items_shown(r->w, &items, FROM_SALES));
    TRY(line_items_shown(r->w, &items, FROM_REQUESTS));
    TRY(viewing_card(r->w, "client", r->id));
    js_object(&r->out);
    TRY(next_put(r));
    js_key(&r->out, "items");
    TRY(line_items_put(r, &items, &person_entity));
    TRY(mark_put(r, &line, &items, more));
    js_end(&r->out);
    return OK;
}

const Route timeline_routes[] = {
    { .method = GET,
      .path = "/api/client/{id}/timeline",
      .run = timeline,
      .needs = { "client", "view" },
      .snapshot = true,
      .takes = "kinds: text?, after: text?, limit: int?",
      .gives = "next: list, items: list, after: text?",
      .says = "route.client.timeline" },
    { 0 },
};
