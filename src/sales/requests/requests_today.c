/* What requests want of somebody today: those come before him for being late, his own to answer, what waits for his
 * role, and answers to be accepted.  Each once, for the first of these reasons. */
#include "access/access.h"
#include "access/viewing.h"
#include "entity/ids.h"
#include "sales/requests/requests.h"
#include "sales/requests/requests_today_sql.h"

enum { LINES_MOST = 50, PARTS = 4 };

typedef struct {
    int64_t id;
    Str     title;
} Named;

typedef struct {
    const char *why;
    int64_t     id, version, level;
    Str         kind, subject, what, answer, reason;
    int         state;
    bool        hands_over; /* to answer it is to take the client over */
    Moment      due;
    Named       client, deal, author, performer;
} Line;

typedef struct {
    Line     *at;
    ptrdiff_t n;
    Ids       shown, clients, deals;
} Lines;

static Str text_at(Work *w, const Rows *rows, int column)
{
    return row_null(rows, column) ? (Str){ 0 } : str_copy(w->mem, row_text(rows, column));
}

static Named named_at(Work *w, const Rows *rows, int column)
{
    return (Named){ row_null(rows, column) ? 0 : row_int(rows, column), text_at(w, rows, column + 1) };
}

static Line line_at(Work *w, const Rows *rows, const char *why)
{
    return (Line){ .why = why,
                   .id = row_int(rows, 0),
                   .version = row_int(rows, 1),
                   .kind = text_at(w, rows, 2),
                   .subject = text_at(w, rows, 3),
                   .what = text_at(w, rows, 4),
                   .state = (int)row_int(rows, 5),
                   .due = row_int(rows, 6),
                   .answer = text_at(w, rows, 7),
                   .reason = text_at(w, rows, 8),
                   .level = row_int(rows, 9),
                   .client = named_at(w, rows, 10),
                   .deal = named_at(w, rows, 12),
                   .author = named_at(w, rows, 14),
                   .performer = named_at(w, rows, 16),
                   .hands_over = !row_null(rows, 18) && row_int(rows, 18) == 1 };
}

static Err part_read(Work *w, Str sql, const char *why, Lines *lines)
{
    Rows rows;
    TRY(scope_query(w, sql, VALS(val_int(w->actor), val_int(LINES_MOST)), &rows));
    for (int i = 0; i < LINES_MOST && rows_next(&rows); i++) {
        Line *line = &lines->at[lines->n];
        *line = line_at(w, &rows, why);
        if (!ids_put(&lines->shown, line->id, lines->n)) continue;
        lines->n++;
        if (line->client.id) ids_put(&lines->clients, line->client.id, 0);
        if (line->deal.id) ids_put(&lines->deals, line->deal.id, 0);
    }
    return rows_end(&rows);
}

static Err shown_count(Work *w, const char *entity, ViewedAs as, const Ids *ids)
{
    ptrdiff_t      n;
    const int64_t *all = ids_all(w->mem, ids, &n);
    return n ? viewing_count(w, entity, as, all, n) : OK;
}

static Err lines_read(Work *w, Lines *lines)
{
    enum { MOST = PARTS * LINES_MOST + 1 };
    *lines = (Lines){ NEW_RAW(w->mem, Line, MOST), 0, ids_new(w->mem, MOST), ids_new(w->mem, MOST),
                      ids_new(w->mem, MOST) };
    TRY(part_read(w, SQL_REQUESTS_ESCALATED, "escalated", lines));
    TRY(part_read(w, SQL_REQUESTS_MINE, "mine", lines));
    TRY(part_read(w, SQL_REQUESTS_WAITING, "waiting", lines));
    TRY(part_read(w, SQL_REQUESTS_ANSWERED, "answered", lines));
    TRY(shown_count(w, "request", VIEWED_ROW, &lines->shown));
    TRY(shown_count(w, "client", VIEWED_BESIDE, &lines->clients));
    return shown_count(w, "deal", VIEWED_BESIDE, &lines->deals);
}

/* ---- told ---- */

static void put_line(JsonOut *j, const Line *line)
{
    js_object(j);
    js_key(j, "why");
    js_c(j, line->why);
    js_put_i64(j, "id", line->id);
    js_put_i64(j, "version", line->version);
    js_put_text(j, "kind", line->kind);
    js_put_text(j, "subject", line->subject);
    js_put_text(j, "what", line->what);
    js_key(j, "state");
    js_c(j, request_states[line->state - 1]);
    js_key(j, "due_at");
    js_moment(j, line->due);
    js_put_text(j, "answer", line->answer);
    js_put_text(j, "reason", line->reason);
    js_put_i64(j, "level", line->level);
    js_put_bool(j, "hands_over", line->hands_over);
    js_put_named(j, "client", line->client.id, line->client.title);
    js_put_named(j, "deal", line->deal.id, line->deal.title);
    js_put_named(j, "author", line->author.id, line->author.title);
    js_put_named(j, "performer", line->performer.id, line->performer.title);
    js_end(j);
}

static Err requests_today(Request *r)
{
    Lines lines;
    TRY(asked_only(r));
    TRY(lines_read(r->w, &lines));
    js_object(&r->out);
    js_key(&r->out, "now");
    js_moment(&r->out, r->w->now);
    js_key(&r->out, "lines");
    js_array(&r->out);
    for (ptrdiff_t i = 0; i < lines.n; i++) put_line(&r->out, &lines.at[i]);
    js_end(&r->out);
    js_end(&r->out);
    return OK;
}

const Route request_routes[] = {
    { .method = GET,
      .path = "/api/request/today",
      .run = requests_today,
      .needs = { "request", "view" },
      .snapshot = true,
      .gives = "now: moment, lines: [object]",
      .says = "route.request.today" },
    { 0 },
};
