/* What the lines are made of: a page of clients, then for all of them at once the last, the next, the deals. */
#include "sales/standing/standing.h"

#include "access/access.h"
#include "access/viewing.h"
#include "entity/ids.h"
#include "sales/parties/parties.h"
#include "sales/standing/standing_sql.h"

typedef struct {
    Work       *w;
    const char *verb;
    Standing   *out;
    int64_t    *id; /* of the clients, in the order of the lines */
    Ids         place;
} Reading;

static Str text_at(Work *w, const Rows *rows, int column)
{
    return row_null(rows, column) ? (Str){ 0 } : str_copy(w->mem, row_text(rows, column));
}

static int small_at(const Rows *rows, int column) { return row_null(rows, column) ? 0 : (int)row_int(rows, column); }

static StandingLine *line_of(const Reading *r, const Rows *rows)
{
    ptrdiff_t i = ids_at(&r->place, row_int(rows, 0));
    return i < 0 ? NULL : &r->out->line[i];
}

/* Of these records, by the rights on what the statement tells. */
static Err query(const Reading *r, Str sql, const int64_t *ids, ptrdiff_t n, Rows *rows)
{
    ScopeValues values = { 0 };
    Val         val[1 + COUNT(values.value)] = { val_ids(ids, n) };
    sql = scope_expand_verb(r->w->mem, sql, r->w->who, r->verb, 2, &values);
    for (int i = 0; i < values.count; i++) val[1 + i] = val_int(values.value[i]);
    return db_query(r->w->db, sql, val, 1 + values.count, rows);
}

/* ---- contacts ---- */

static StandingContact contact_at(Work *w, const Rows *rows)
{
    return (StandingContact){ .activity = row_int(rows, 1),
                              .at = row_int(rows, 2),
                              .timed = small_at(rows, 3) == 1,
                              .channel = small_at(rows, 4),
                              .outcome = small_at(rows, 5),
                              .kind = text_at(w, rows, 6),
                              .says = text_at(w, rows, 7),
                              .by = text_at(w, rows, 8) };
}

static Err contacts_read(Reading *r, Str sql, bool next)
{
    int64_t  *shown = NEW_RAW(r->w->mem, int64_t, r->out->n);
    ptrdiff_t n = 0;
    Rows      rows;
    TRY(query(r, sql, r->id, r->out->n, &rows));
    while (rows_next(&rows)) {
        StandingLine *line = line_of(r, &rows);
        if (!line) continue;
        *(next ? &line->next : &line->last) = contact_at(r->w, &rows);
        shown[n++] = row_int(&rows, 1);
    }
    TRY(rows_end(&rows));
    return viewing_count(r->w, "activity", VIEWED_ROW, shown, n);
}

/* ---- deals ---- */

static Err deals_read(Reading *r)
{
    Rows rows;
    TRY(query(r, SQL_STANDING_DEALS, r->id, r->out->n, &rows));
    while (rows_next(&rows)) {
        StandingLine *line = line_of(r, &rows);
        if (line)
            line->deal = (StandingDeal){ .id = row_int(&rows, 1),
                                         .name = text_at(r->w, &rows, 2),
                                         .stage = text_at(r->w, &rows, 3),
                                         .others = row_int(&rows, 4) - 1,
                                         .step_due = NONE };
    }
    return rows_end(&rows);
}

static Err steps_read(Reading *r)
{
    int64_t  *deal = NEW_RAW(r->w->mem, int64_t, r->out->n);
    Ids       place = ids_new(r->w->mem, r->out->n);
    ptrdiff_t n = 0;
    Rows      rows;
    for (ptrdiff_t i = 0; i < r->out->n; i++)
        if (r->out->line[i].deal.id && ids_put(&place, r->out->line[i].deal.id, i)) deal[n++] = r->out->line[i].deal.id;
    TRY(viewing_count(r->w, "deal", VIEWED_BESIDE, deal, n));
    if (!n) return OK;
    TRY(query(r, SQL_STANDING_STEPS, deal, n, &rows));
    while (rows_next(&rows)) {
        StandingDeal *of = &r->out->line[ids_at(&place, row_int(&rows, 0))].deal;
        if (of->step.n) continue;
        of->step = text_at(r->w, &rows, 1);
        of->step_due = row_int(&rows, 2);
    }
    return rows_end(&rows);
}

/* ---- the whole ---- */

/* The page names whom its references point at, in the order of the fields. */
static StandingName keeper_of(Work *w, const Client *c)
{
    Fields all = entity_fields(w, &client_entity);
    for (int i = 0; i < all.n && c->keeper_id && c->base.titles; i++)
        if (str_eq(str_of(all.at[i]->name), S("keeper_id"))) return (StandingName){ c->keeper_id, c->base.titles[i] };
    return (StandingName){ 0 };
}

/* What is due some time on a day is late when that day is over for the reader. */
static bool is_late(const Work *w, const StandingLine *line)
{
    const StandingContact *next = &line->next;
    Moment                 from = zone_moment(w->zone, w->today, 0);
    if (next->at != NONE && next->at < (next->timed ? w->now : from)) return true;
    return line->deal.id && line->deal.step_due != NONE && line->deal.step_due < w->now;
}

/* Of a contact that is not the reader's to read the moment is told, as the list tells it. */
static StandingContact moment_alone(Value at)
{
    return (StandingContact){ .at = at.empty ? NONE : at.n, .timed = true };
}

static Err page_read(Work *w, const Ask *ask, Page *page)
{
    Ask of = *ask;
    of.figures = S("last_contact,next_contact");
    if (!of.order.n) of.order = S("next_contact");
    return list_page(w, &client_entity, &of, page);
}

Err standing_read(Work *w, const Ask *ask, Standing *out)
{
    Page    page;
    Reading r = { .w = w, .verb = ask->verb ? ask->verb : "view", .out = out };
    TRY(page_read(w, ask, &page));
    *out = (Standing){ .line = NEW_N(w->mem, StandingLine, page.n), .n = page.n, .next = page.next };
    r.id = NEW_RAW(w->mem, int64_t, page.n);
    r.place = ids_new(w->mem, page.n);
    for (ptrdiff_t i = 0; i < page.n; i++) {
        const Client *c = (const Client *)page.records + i;
        const Value  *figure = page.figured + i * page.figures.n;
        r.id[i] = c->base.id;
        ids_put(&r.place, c->base.id, i);
        out->line[i] = (StandingLine){ .client = { c->base.id, record_title(w, &client_entity, &c->base) },
                                       .keeper = keeper_of(w, c),
                                       .last = moment_alone(figure[0]),
                                       .next = moment_alone(figure[1]) };
    }
    if (!out->n) return OK;
    TRY(contacts_read(&r, SQL_STANDING_LAST, false));
    TRY(contacts_read(&r, SQL_STANDING_NEXT, true));
    TRY(deals_read(&r));
    TRY(steps_read(&r));
    for (ptrdiff_t i = 0; i < out->n; i++) out->line[i].late = is_late(w, &out->line[i]);
    return OK;
}
