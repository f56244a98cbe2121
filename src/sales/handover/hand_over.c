/* Handing over what somebody holds, and giving it back: begun, done by a job, ended by the round of the night. */
#include "sales/handover/hand_over.h"

#include "access/session.h"
#include "entity/mass.h"
#include "entity/reach.h"
#include "entity/record.h"
#include "sales/handover/hand_over_sql.h"
#include "sales/people/people.h"

Err hand_over_need(Work *w, int64_t user)
{
    bool in;
    TRY(access_need(w, "user", "hand_over"));
    TRY(reach_need(w, &user_entity, "view", user));
    TRY(reach_rows(w, w->scratch, &user_entity, "hand_over", &user, 1, &in));
    return in ? OK : fail(w, DENIED, NULL, "hand_over.not_his");
}

/* ---- begun ---- */

typedef struct {
    int64_t id, job, user, total;
    int     parts;
} Making;

static Err values_of(Work *w, const HeldKind *h, int64_t user, const Json **out)
{
    Str text = str_fmt(w->mem, "{\"%s\": %lld}", h->owner, (long long)user);
    return json_read(w->mem, text, (JsonLimits){ 0 }, &w->problems, out);
}

static Err rows_put(Work *w, const Making *m, const HeldKind *h, int64_t to, const int64_t *ids, ptrdiff_t n)
{
    Val *vals = NEW_RAW(w->mem, Val, n * 4), *v = vals;
    for (ptrdiff_t i = 0; i < n; i++, v += 4) {
        v[0] = val_int(m->id);
        v[1] = val_int(ids[i]);
        v[2] = val_text(str_of(h->entity->name));
        v[3] = val_int(to);
    }
    return db_many(w->db, SQL_HAND_OVER_ROW_NEW, vals, 4, n, NULL);
}

static Err part_make(Work *w, Making *m, const HeldKind *h, int64_t to, const int64_t *ids, ptrdiff_t n)
{
    MassAsk ask = { .e = h->entity, .ids = ids, .id_count = n };
    int64_t mass, total;
    if (n == 0) return OK;
    TRY(values_of(w, h, to, &ask.values));
    TRY(mass_begin(w, &ask, &mass, &total));
    TRY(mass_by(w, mass, m->job));
    m->total += total;
    TRY(db_run(w->db, SQL_HAND_OVER_PART_NEW,
               VALS(val_int(m->id), val_int(m->parts++), val_int(mass), val_text(str_of(h->entity->name)), val_int(to)),
               NULL));
    return rows_put(w, m, h, to, ids, n);
}

static Err blocked_put(Work *w, int64_t id, bool blocked)
{
    User *user = NEW(w->mem, User);
    bool  found = false;
    TRY(record_fetch(w, &user_entity, &id, 1, true, user, &found));
    if (!found) return fail(w, NOT_FOUND, NULL, "record.not_found");
    user->blocked = blocked;
    return record_save(w, &user_entity, user);
}

/* `job` 0: one of its own. */
static Err job_begin(Work *w, int64_t job, Making *m)
{
    TRY(ids_take(w, 1, &m->id));
    m->job = job;
    return job ? OK : job_add(w, "hand_over", str_fmt(w->mem, "%lld", (long long)m->id), &m->job);
}

static Err making_write(Work *w, const Making *m, Val rule, Day until, bool dismissed, int64_t back_of)
{
    return db_run(w->db, SQL_HAND_OVER_NEW,
                  VALS(val_int(m->id), val_int(m->user), w->actor ? val_int(w->actor) : val_null(), val_int(w->now),
                       rule, val_day(until), val_int(dismissed), back_of ? val_int(back_of) : val_null(),
                       val_int(m->job), val_int(m->total)),
                  NULL);
}

/* What two plans give to two people would be whose came last. */
static Err none_runs(Work *w, int64_t user)
{
    int64_t id;
    Err     err = db_int(w->db, SQL_HAND_OVER_RUNS, VALS(val_int(user)), &id);
    return err == NOT_FOUND ? OK : err ? err : fail(w, CONFLICT, NULL, "hand_over.runs");
}

Err hand_over_begin(Work *w, const HandPlan *p, int64_t *id)
{
    Making   m = { .user = p->from };
    int64_t *ids = NEW_RAW(w->mem, int64_t, p->n);
    TRY(none_runs(w, p->from));
    if (p->dismiss) TRY(blocked_put(w, p->from, true));
    TRY(job_begin(w, 0, &m));
    for (int h = 0; h < HOLDINGS; h++)
        for (int to = 0; to < p->n_to; to++) {
            ptrdiff_t n = 0;
            for (ptrdiff_t i = 0; i < p->n; i++)
                if (p->held[i].holding == h && p->held[i].to == to) ids[n++] = p->held[i].id;
            TRY(part_make(w, &m, &holdings[h], p->to[to], ids, n));
        }
    if (!m.parts && !p->dismiss) return fail(w, INVALID, NULL, "hand_over.nothing");
    *id = m.id;
    return making_write(w, &m, val_int(p->rule), p->until, p->dismiss, 0);
}

/* ---- given back ---- */

typedef struct {
    int64_t user, back_id;
    Moment  at;
    bool    dismissed, back, runs;
} Handed;

static Err handed_read(Work *w, int64_t id, Handed *out)
{
    Rows rows;
    TRY(db_query(w->db, SQL_HAND_OVER_OF, VALS(val_int(id)), &rows));
    bool found = rows_next(&rows);
    if (found)
        *out = (Handed){ .user = row_int(&rows, 0),
                         .dismissed = row_int(&rows, 1) != 0,
                         .back = !row_null(&rows, 2),
                         .back_id = row_null(&rows, 3) ? 0 : row_int(&rows, 3),
                         .at = row_int(&rows, 4),
                         .runs = !row_null(&rows, 5) };
    TRY(rows_end(&rows));
    return found ? OK : fail(w, NOT_FOUND, NULL, "record.not_found");
}

/* Of what was handed over, and of what is to be done since at clients that were, all that is still with who got it and
 * that the actor sees. */
static Err still_held(Work *w, int64_t of, const Handed *was, const HeldKind *h, int64_t *ids, ptrdiff_t *n)
{
    const char *table = entity_table(h->entity);
    Binds       binds = { 0 };
    Buf         sql = buf_new(w->mem, 1000);
    Rows        rows;
    int         at = bind_val(w->mem, &binds, val_int(of));
    buf_fmt(&sql,
            "select t.id from %s t where t.id in (select s.id from hand_over_row r join %s s on s.id = r.record_id "
            "where r.hand_over_id = $%d and s.%s = r.to_id",
            table, table, at, h->owner);
    if (h->work)
        buf_fmt(&sql,
                " union select s.id from hand_over_row r join %s s on s.%s = r.record_id where r.hand_over_id = $%d "
                "and s.%s = r.to_id and s.created_at >= $%d",
                table, h->client, at, h->owner, bind_val(w->mem, &binds, val_int(was->at)));
    buf_fmt(&sql, ") and t.archived_at is null and %s and ", h->open);
    reach_write(w, w->mem, h->entity, "view", "t", &sql, &binds);
    buf_fmt(&sql, " limit %d", MASS_MOST);
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    for (*n = 0; *n < MASS_MOST && rows_next(&rows);) ids[(*n)++] = row_int(&rows, 0);
    return rows_end(&rows);
}

Err hand_over_back(Work *w, int64_t of, int64_t job, int64_t *id)
{
    Handed   was = { 0 };
    Making   m = { 0 };
    int64_t *ids = NEW_RAW(w->mem, int64_t, MASS_MOST);
    TRY(handed_read(w, of, &was));
    TRY(hand_over_need(w, was.user));
    if (was.runs) return fail(w, CONFLICT, NULL, "hand_over.runs");
    if (was.back || was.back_id) return fail(w, CONFLICT, NULL, "hand_over.is_back");
    m.user = was.user;
    if (was.dismissed) TRY(blocked_put(w, was.user, false));
    TRY(job_begin(w, job, &m));
    for (int h = 0; h < HOLDINGS; h++) {
        ptrdiff_t n;
        TRY(still_held(w, of, &was, &holdings[h], ids, &n));
        TRY(part_make(w, &m, &holdings[h], was.user, ids, n));
    }
    *id = m.id;
    TRY(making_write(w, &m, val_null(), DAY_NONE, false, of));
    return db_run(w->db, SQL_HAND_OVER_BACKED, VALS(val_int(of), val_int(m.id)), NULL);
}

/* ---- done ---- */

/* Part by part; what is done already passes at once, so whoever takes the job up again goes on where it was. */
static Err parts_do(Work *w, Rows *rows)
{
    int64_t mass[HAND_TO_MOST * HOLDINGS];
    int     n = 0;
    while (n < COUNT(mass) && rows_next(rows)) mass[n++] = row_int(rows, 0);
    TRY(rows_end(rows));
    for (int i = 0; i < n; i++) TRY(mass_go(w, mass[i]));
    return OK;
}

static Err parts_go(Work *w, int64_t id)
{
    Rows rows;
    TRY(db_query(w->db, SQL_HAND_OVER_PARTS, VALS(val_int(id)), &rows));
    return parts_do(w, &rows);
}

Err hand_over_run(Work *w, Job *job)
{
    int64_t id = 0;
    str_i64(job->argument, &id);
    TRY(actor_of(w, w->actor));
    return parts_go(w, id);
}

Err hand_over_given_up(Work *w, Job *job)
{
    int64_t id = 0;
    str_i64(job->argument, &id);
    return db_run(w->db, SQL_HAND_OVER_DEEDS_END, VALS(val_int(id)), NULL);
}

/* ---- the round of the night ---- */

typedef struct {
    int64_t of, job, id;
} Returning;

static Err returning_write(Work *w, void *to)
{
    Returning *r = to;
    return hand_over_back(w, r->of, r->job, &r->id);
}

static Err due_read(Work *w, int64_t above, int64_t *ids, int *n)
{
    Rows rows;
    TRY(db_query(w->db, SQL_HAND_OVERS_DUE, VALS(val_day(w->today), val_int(HAND_BACK_AT_ONCE), val_int(above)),
                 &rows));
    for (*n = 0; *n < HAND_BACK_AT_ONCE && rows_next(&rows);) ids[(*n)++] = row_int(&rows, 0);
    return rows_end(&rows);
}

/* One that runs still, or that somebody has just given back, keeps no other waiting: the next night asks again. */
static Err return_one(Work *w, int64_t of, int64_t job)
{
    Problems  before = w->problems;
    Returning r = { .of = of, .job = job };
    Err       err = work_write(w, returning_write, &r);
    if (err == CONFLICT && !work_cancelled(w)) {
        w->problems = before;
        return OK;
    }
    TRY(err);
    return parts_go(w, r.id);
}

static Err begun_take_up(Work *w, void *to)
{
    const int64_t *job = to;
    TRY(db_run(w->db, SQL_HAND_OVERS_TAKEN_UP, VALS(val_int(*job)), NULL));
    return db_run(w->db, SQL_HAND_OVER_DEEDS_TAKEN_UP, VALS(val_int(*job)), NULL);
}

/* What a round was in the midst of when it ended early: this one tonight, or another night's. */
static Err begun_go_on(Work *w, int64_t job)
{
    int64_t *kept = NEW(w->mem, int64_t);
    Rows     rows;
    *kept = job;
    TRY(work_write(w, begun_take_up, kept));
    TRY(db_query(w->db, SQL_HAND_OVER_DEEDS_OF_JOB, VALS(val_int(job), val_int(HAND_TO_MOST * HOLDINGS)), &rows));
    return parts_do(w, &rows);
}

Err hand_overs_round(Work *w, Job *job)
{
    int64_t due[HAND_BACK_AT_ONCE], above = 0;
    int     n;
    w->who = &actor_program;
    w->actor = 0; /* whoever let it run now: what one has begun another goes on with */
    TRY(begun_go_on(w, job->id));
    do {
        TRY(due_read(w, above, due, &n));
        for (int i = 0; i < n; i++) TRY(return_one(w, above = due[i], job->id));
    } while (n == HAND_BACK_AT_ONCE);
    return OK;
}
