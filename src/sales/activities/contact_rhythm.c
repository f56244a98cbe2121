/* Making the contacts that a rhythm asks for. */
#include "sales/activities/contact_rhythm.h"

#include "access/access.h"
#include "access/calendar.h"
#include "entity/filter.h"
#include "entity/ids.h"
#include "entity/record.h"
#include "sales/activities/activities.h"
#include "sales/activities/activities_sql.h"

enum { CHUNK = 100, RHYTHMS_MOST = 200, KEEPERS_KEPT = 1000, NOON = 12 * 3600 };

/* ---- the rhythm as a record ---- */

static const Field contact_rhythm_fields[] = {
#define FIELD(...) AS_ROW(ContactRhythm, __VA_ARGS__)
#include "sales/activities/contact_rhythm.def"
};

/* A rhythm is one of contacts. */
static Err rhythm_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    int64_t  *kinds = NEW_RAW(w->mem, int64_t, s->n);
    Ids       talks = ids_new(w->mem, s->n);
    Rows      rows;
    for (ptrdiff_t i = 0; i < s->n; i++) kinds[i] = ((const ContactRhythm *)s->now[i])->kind_id;
    TRY(db_query(w->db, SQL_ACTIVITY_KINDS_OF, VALS(val_ids(kinds, s->n)), &rows));
    while (rows_next(&rows))
        if (activity_is_contact((ActivityChannel)row_int(&rows, 1))) ids_put(&talks, row_int(&rows, 0), 0);
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < s->n; i++)
        if (ids_at(&talks, kinds[i]) < 0) saving_fail(w, s, i, INVALID, "kind_id", "contact_rhythm.no_contact");
    return w->problems.count > before ? INVALID : OK;
}

const Entity contact_rhythm_entity = {
    .name = "contact_rhythm",
    .title = "name",
    .order = "days",
    .rule = rhythm_rule,
    ENTITY_FIELDS(ContactRhythm, contact_rhythm_fields),
};

/* ---- whose time has come ---- */

typedef struct {
    int64_t id, days, kind, aim;
    Str     clients, name;
} Rhythm;

typedef struct {
    int64_t client, keeper, person;
    Day     due;
    bool    asked;
} Due;

typedef struct {
    const Rhythm *rhythm;
    Due           at[CHUNK];
    ptrdiff_t     n;
} Chunk;

static Err rhythms_read(Work *w, Rhythm *out, ptrdiff_t *n)
{
    Rows rows;
    TRY(db_query(w->db, SQL_CONTACT_RHYTHMS, VALS(val_int(RHYTHMS_MOST)), &rows));
    for (*n = 0; rows_next(&rows); ++*n)
        out[*n] = (Rhythm){ row_int(&rows, 0), row_int(&rows, 1), row_int(&rows, 2), row_int(&rows, 3),
                            str_copy(w->mem, row_text(&rows, 4)), str_copy(w->mem, row_text(&rows, 5)) };
    return rows_end(&rows);
}

/* The calendars of those for whom contacts are made, each read once. */
typedef struct {
    Work    *w;
    Ids      of;
    Calendar at[KEEPERS_KEPT];
    int      n;
} Calendars;

static Err calendar_of(Calendars *c, int64_t keeper, Calendar **out)
{
    ptrdiff_t at = ids_at(&c->of, keeper);
    if (at < 0) {
        at = c->n < KEEPERS_KEPT ? c->n++ : KEEPERS_KEPT - 1; /* of more of them the last is read each time */
        TRY(user_calendar(c->w, keeper, &c->at[at]));
        if (at < KEEPERS_KEPT - 1) ids_put(&c->of, keeper, at);
    }
    *out = &c->at[at];
    return OK;
}

/* A contact is due on a day that is worked where its keeper works. */
static Err due_settle(Calendars *calendars, Chunk *c)
{
    Calendar *calendar;
    for (ptrdiff_t i = 0; i < c->n; i++) {
        TRY(calendar_of(calendars, c->at[i].keeper, &calendar));
        c->at[i].due = calendar_workday(calendar, c->at[i].due, 0);
    }
    return OK;
}

/* Clients above `above` that were spoken with so long ago and have nothing planned. */
static Err due_read(Work *w, int64_t above, Chunk *c)
{
    Rows   rows;
    Moment before = calendar_moment(w->zone, w->today - (Day)c->rhythm->days + 1, 0);
    TRY(db_query(w->db, SQL_CONTACT_DUE_OF, VALS(val_int(above), val_int(before), val_int(CHUNK)), &rows));
    for (c->n = 0; rows_next(&rows); c->n++) {
        Day due = zone_day(w->zone, row_int(&rows, 3)) + (Day)c->rhythm->days;
        c->at[c->n] = (Due){ .client = row_int(&rows, 0),
                             .keeper = row_int(&rows, 1),
                             .person = row_null(&rows, 2) ? 0 : row_int(&rows, 2),
                             .due = due };
    }
    return rows_end(&rows);
}

/* Which of them the rhythm is about, and whose day has come. */
static Err due_ask(Work *w, Chunk *c)
{
    int64_t    *ids = NEW_RAW(w->mem, int64_t, c->n);
    bool       *in = NEW_N(w->mem, bool, c->n);
    const Json *tree = NULL;
    FilterAsk   ask = { .w = w, .mem = w->mem, .e = entity_named(S("client")), .published = true };
    if (c->rhythm->clients.n)
        TRY(json_read(w->mem, c->rhythm->clients, (JsonLimits){ .bytes = FILTER_BYTES }, &w->problems, &tree));
    for (ptrdiff_t i = 0; i < c->n; i++) ids[i] = c->at[i].client;
    if (tree) TRY(filter_holds(&ask, tree, ids, c->n, in));
    for (ptrdiff_t i = 0; i < c->n; i++)
        c->at[i].asked = (!tree || in[i]) && c->at[i].due != DAY_NONE && c->at[i].due <= w->today;
    return OK;
}

/* ---- made ---- */

/* One occurrence has one key, so that what was made and cancelled does not come again.  Its origin has a colon, so that
 * nobody else takes such a key, or asks by taking it whether a stranger's client was written to. */
static void contact_fill(Work *w, const Rhythm *rhythm, const Due *due, Activity *a)
{
    record_empty(w, &activity_entity, a);
    a->base.origin = S("program:rhythm");
    a->base.key = str_fmt(w->mem, "%lld %lld %d", (long long)rhythm->id, (long long)due->client, (int)due->due);
    a->kind_id = rhythm->kind;
    a->aim_id = rhythm->aim;
    a->client_id = due->client;
    a->person_id = due->person;
    a->performer_id = due->keeper;
    a->due_at = zone_moment(w->zone, due->due, NOON);
    a->timed = false;
    a->cause = (Link){ S("contact_rhythm"), rhythm->id };
}

/* Where one of them cannot be made, the others are. */
static Err contacts_write(Work *w, void *to)
{
    const Chunk *c = to;
    Activity    *list = NEW_N(w->mem, Activity, c->n);
    SaveHow      how = { .trusted = true };
    ptrdiff_t    n = 0;
    for (ptrdiff_t i = 0; i < c->n; i++)
        if (c->at[i].asked) contact_fill(w, c->rhythm, &c->at[i], &list[n++]);
    Err err = record_save_many(w, &activity_entity, list, n, &how);
    for (ptrdiff_t i = 0; err == INVALID && i < n; i++) {
        Err one = record_save_many(w, &activity_entity, &list[i], 1, &how);
        if (one != OK && one != INVALID) return one;
    }
    return err == INVALID ? OK : err;
}

static Err rhythm_go(Work *w, Calendars *calendars, const Rhythm *rhythm, int64_t *done)
{
    Chunk  *c = NEW(w->mem, Chunk);
    int64_t above = 0;
    c->rhythm = rhythm;
    do {
        TRY(due_read(w, above, c));
        if (!c->n) break;
        TRY(due_settle(calendars, c));
        above = c->at[c->n - 1].client;
        TRY(due_ask(w, c));
        TRY(work_write(w, contacts_write, c));
        TRY(job_step(w, *done += c->n, 0));
    } while (c->n == CHUNK);
    return OK;
}

/* One whose condition can be read no more, because a field of it has been archived, keeps no other back: it is named
 * when they are done. */
Err contact_rhythms_run(Work *w, Job *job)
{
    const Rhythm *unreadable = NULL;
    Rhythm   *list = NEW_N(w->mem, Rhythm, RHYTHMS_MOST);
    Calendars *calendars = NEW(w->mem, Calendars);
    ptrdiff_t n;
    int64_t   done = 0;
    (void)job;
    w->who = &actor_program;
    *calendars = (Calendars){ .w = w, .of = ids_new(w->mem, KEEPERS_KEPT) };
    TRY(rhythms_read(w, list, &n));
    for (ptrdiff_t i = 0; i < n; i++) {
        Err err = rhythm_go(w, calendars, &list[i], &done);
        if (err == INVALID) unreadable = &list[i];
        else TRY(err);
    }
    return unreadable ? fail(w, INVALID, NULL, "contact_rhythm.unreadable", arg_text("name", unreadable->name)) : OK;
}
