/* What Today is made of: what is due to be done by oneself and by one's role, clients that wait for nothing, whom to
 * ring up under which number, what was said last, and how busy one's people are. */
#include "sales/today/today_inside.h"

#include "access/access.h"
#include "access/viewing.h"
#include "entity/link.h"
#include "entity/record.h"
#include "sales/activities/activities.h"
#include "sales/parties/parties.h"
#include "sales/today/today.h"
#include "sales/today/today_sql.h"

enum { DAY_MS = 86400000, PHONES_MOST = 1000, LINES_MOST = 2 * TODAY_MOST + TODAY_OFFERS };

static Str text_at(Work *w, const Rows *rows, int column)
{
    return row_null(rows, column) ? (Str){ 0 } : str_copy(w->mem, row_text(rows, column));
}

static int64_t id_at(const Rows *rows, int column) { return row_null(rows, column) ? 0 : row_int(rows, column); }

static int small_at(const Rows *rows, int column) { return (int)id_at(rows, column); }

static Named named_at(Work *w, const Rows *rows, int column)
{
    return (Named){ id_at(rows, column), text_at(w, rows, column + 1) };
}

/* ---- what is due ---- */

static Doing doing_at(Work *w, const Rows *rows, bool queued)
{
    return (Doing){ .activity = row_int(rows, 0),
                    .version = row_int(rows, 1),
                    .kind = named_at(w, rows, 2),
                    .channel = small_at(rows, 4),
                    .asks = small_at(rows, 5),
                    .next_needed = id_at(rows, 6) == 1,
                    .subject = text_at(w, rows, 7),
                    .aim = named_at(w, rows, 8),
                    .due = row_int(rows, 10),
                    .timed = id_at(rows, 11) == 1,
                    .due_day = row_day(rows, 12),
                    .priority = id_at(rows, 13) ? small_at(rows, 13) : PRIORITY_USUAL,
                    .minutes = small_at(rows, 14),
                    .place = text_at(w, rows, 15),
                    .performer = named_at(w, rows, 16),
                    .client = named_at(w, rows, 18),
                    .person = { .id = id_at(rows, 21) },
                    .queued = queued };
}

static Err due_read(Work *w, Today *t, Str sql, bool queued)
{
    Rows      rows;
    ptrdiff_t before = t->n;
    TRY(scope_query(
        w, sql,
        VALS(val_int(w->actor), val_int(t->until), val_int(t->until + DAY_MS), val_day(t->day), val_int(TODAY_MOST)),
        &rows));
    for (; t->n - before < TODAY_MOST && rows_next(&rows); t->n++) {
        Doing *d = &t->doing[t->n];
        *d = doing_at(w, &rows, queued);
        t->line[t->n] = (TodayLine){ .id = d->activity,
                                     .timed = d->timed,
                                     .due = d->due,
                                     .day = d->due_day,
                                     .priority = d->priority,
                                     .stake = row_int(&rows, 20),
                                     .at = t->n };
    }
    t->more |= t->n - before == TODAY_MOST;
    return rows_end(&rows);
}

/* ---- what is offered ---- */

static Err offered_read(Work *w, Today *t)
{
    Rows rows;
    TRY(scope_query(w, SQL_TODAY_OFFERED, VALS(val_int(w->actor), val_int(TODAY_OFFERS)), &rows));
    for (; t->n < LINES_MOST && rows_next(&rows); t->n++) {
        Moment last = row_int(&rows, 4);
        t->doing[t->n] = (Doing){ .client = named_at(w, &rows, 0), .due = NONE, .due_day = DAY_NONE };
        t->line[t->n] = (TodayLine){ .id = row_int(&rows, 0),
                                     .offered = true,
                                     .due = NONE,
                                     .day = DAY_NONE,
                                     .stake = row_int(&rows, 2),
                                     .bought_due = row_day(&rows, 3),
                                     .last_contact = last == NONE ? DAY_NONE : zone_day(t->clock.zone, last),
                                     .at = t->n };
    }
    return rows_end(&rows);
}

/* ---- whom to speak with ---- */

static Err persons_read(Work *w, Today *t)
{
    int64_t  *id = NEW_RAW(w->mem, int64_t, t->n);
    Str      *name = NEW_RAW(w->mem, Str, t->n);
    ptrdiff_t shown = 0;
    for (ptrdiff_t i = 0; i < t->n; i++) id[i] = t->doing[i].person.id;
    TRY(record_titles(w, &person_entity, id, t->n, name));
    for (ptrdiff_t i = 0; i < t->n; i++) {
        if (name[i].n) id[shown++] = id[i];
        t->doing[i].person = name[i].n ? (Named){ t->doing[i].person.id, name[i] } : (Named){ 0 };
    }
    return viewing_count(w, "person", VIEWED_BESIDE, id, shown);
}

static Err phones_read(Work *w, Today *t)
{
    int64_t *client = NEW_RAW(w->mem, int64_t, t->n), *person = NEW_RAW(w->mem, int64_t, t->n);
    Rows     rows;
    for (ptrdiff_t i = 0; i < t->n; i++) client[i] = t->doing[i].client.id, person[i] = t->doing[i].person.id;
    t->phone = NEW_RAW(w->mem, Phone, PHONES_MOST);
    TRY(db_query(w->db, SQL_TODAY_PHONES,
                 VALS(val_ids(client, t->n), val_ids(person, t->n), val_int(PHONES_MOST)), &rows));
    while (rows_next(&rows))
        t->phone[t->phone_n++] = (Phone){ row_int(&rows, 1), text_at(w, &rows, 2) };
    return rows_end(&rows);
}

static Err last_read(Work *w, Today *t)
{
    int64_t  *client = NEW_RAW(w->mem, int64_t, t->n);
    ptrdiff_t shown = 0;
    Rows      rows;
    for (ptrdiff_t i = 0; i < t->n; i++)
        if (t->doing[i].client.id) client[shown++] = t->doing[i].client.id;
    TRY(viewing_count(w, "client", VIEWED_BESIDE, client, shown));
    t->last = NEW_RAW(w->mem, Last, shown);
    TRY(scope_query(w, SQL_TODAY_LAST, VALS(val_ids(client, shown)), &rows));
    while (t->last_n < shown && rows_next(&rows))
        t->last[t->last_n++] = (Last){ .client = row_int(&rows, 0),
                                       .activity = row_int(&rows, 1),
                                       .at = row_int(&rows, 2),
                                       .kind = text_at(w, &rows, 3),
                                       .channel = small_at(&rows, 4),
                                       .outcome = small_at(&rows, 5),
                                       .result = text_at(w, &rows, 6),
                                       .by = text_at(w, &rows, 7) };
    return rows_end(&rows);
}

/* ---- one's people ---- */

static Err team_read(Work *w, Today *t)
{
    Scope scope = access_scope(w->who, "activity", "view");
    int   whose = scope == SCOPE_ALL ? 2 : scope == SCOPE_TEAM ? 1 : 0;
    Rows  rows;
    t->busy = NEW_RAW(w->mem, Busy, TODAY_MOST);
    TRY(scope_query(w, SQL_TODAY_TEAM,
                    VALS(val_int(w->actor), val_int(whose), val_int(t->until), val_int(t->from), val_day(t->day),
                         val_int(TODAY_COUNTED), val_int(TODAY_MOST)),
                    &rows));
    while (t->busy_n < TODAY_MOST && rows_next(&rows))
        t->busy[t->busy_n++] = (Busy){ named_at(w, &rows, 0), row_int(&rows, 2), row_int(&rows, 3), row_int(&rows, 4) };
    return rows_end(&rows);
}

static void day_begin(Work *w, Today *t)
{
    const Zone *own = w->who->zone.n ? zone_load(w->mem, NULL, w->who->zone) : NULL;
    t->clock = (TodayClock){ w->now, own ? own : w->zone };
    t->day = zone_day(t->clock.zone, w->now);
    t->from = zone_moment(t->clock.zone, t->day, 0);
    t->until = zone_moment(t->clock.zone, t->day + 1, 0);
}

Err today_read(Work *w, Today *t)
{
    *t = (Today){ .line = NEW_RAW(w->mem, TodayLine, LINES_MOST), .doing = NEW_RAW(w->mem, Doing, LINES_MOST) };
    day_begin(w, t);
    TRY(due_read(w, t, SQL_TODAY_MINE, false));
    TRY(due_read(w, t, SQL_TODAY_QUEUED, true));
    TRY(offered_read(w, t));
    TRY(persons_read(w, t));
    TRY(phones_read(w, t));
    TRY(last_read(w, t));
    TRY(team_read(w, t));
    today_order(w->mem, &t->clock, t->line, t->n);
    return OK;
}
