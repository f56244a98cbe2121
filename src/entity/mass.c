/* One deed at many records: what is asked, and the records written down. */
#include "entity/mass.h"

#include "access/access.h"
#include "access/changing.h"
#include "access/viewing.h"
#include "entity/mass_inside.h"
#include "entity/mass_sql.h"

#define ROW_BYTES 1024 /* what one record counts as change (access/changing.h) */

const char *mass_verb(bool archive) { return archive ? "archive" : "change"; }

Err mass_check(Work *w, const MassAsk *ask)
{
    TRY(access_need(w, ask->e->name, "change"));
    if (ask->archive) return access_need(w, ask->e->name, "archive");
    void *record = arena_take(w->mem, ask->e->size, 16, 1);
    if (!ask->values || ask->values->kind != JSON_IS_OBJECT || !ask->values->first)
        return fail(w, INVALID, "values", "mass.no_values");
    for (const Json *at = ask->values->first; at; at = at->next) {
        const Field *f = field_named(w, ask->e, at->key);
        if (!f) return fail(w, INVALID, str_c(w->mem, str_upto(at->key, 100)), "field.unknown");
        if (f->set_by == AT_START) return fail(w, INVALID, f->name, "field.fixed");
        if (f->unique) return fail(w, INVALID, f->name, "mass.unique");
    }
    record_empty(w, ask->e, record);
    return record_apply(w, ask->e, ask->values, false, record);
}

/* ---- which records ---- */

/* Behind `from ENTITY t where`. */
static Err rows_where(Work *w, const MassAsk *ask, const char *verb, Buf *sql, Binds *binds)
{
    Ask of = ask->ask;
    of.verb = verb;
    TRY(list_where(w, w->mem, ask->e, &of, "t", sql, binds));
    if (ask->ids) buf_fmt(sql, " and t.id in {ids $%d}", bind_val(w->mem, binds, val_ids(ask->ids, ask->id_count)));
    return OK;
}

static Err rows_count(Work *w, const MassAsk *ask, const char *verb, int64_t *n)
{
    Binds binds = { 0 };
    Buf   sql   = buf_new(w->mem, 400);
    buf_fmt(&sql, "select count(*) from (select t.id from %s t where ", entity_table(ask->e));
    TRY(rows_where(w, ask, verb, &sql, &binds));
    buf_fmt(&sql, " limit %d) n", MASS_MOST + 1);
    return db_int(w->db, buf_str(&sql), binds.at, binds.n, n);
}

Err mass_count(Work *w, const MassAsk *ask, int64_t *in_sight, int64_t *may)
{
    TRY(rows_count(w, ask, "view", in_sight));
    return rows_count(w, ask, mass_verb(ask->archive), may);
}

Err mass_choose(Work *w, MassAsk *ask)
{
    Binds    binds = { 0 };
    Buf      sql   = buf_new(w->mem, 400);
    int64_t *at    = NEW_RAW(w->mem, int64_t, MASS_MOST + 1);
    Rows     rows;
    buf_fmt(&sql, "select t.id from %s t where ", entity_table(ask->e));
    TRY(rows_where(w, ask, "view", &sql, &binds));
    buf_fmt(&sql, " limit %d", MASS_MOST + 1);
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    for (ask->id_count = 0; rows_next(&rows); ask->id_count++) at[ask->id_count] = row_int(&rows, 0);
    ask->ids = at;
    ask->ask = (Ask){ 0 };
    return rows_end(&rows);
}

static Err rows_write(Work *w, const MassAsk *ask, int64_t id, int64_t *total)
{
    Binds binds = { 0 };
    Buf   sql   = buf_new(w->mem, 400);
    buf_fmt(&sql,
            "insert into mass_edit_row (mass_id, record_id, fate) select cast($%d as bigint), t.id, 0 from %s t where ",
            bind_val(w->mem, &binds, val_int(id)), entity_table(ask->e));
    reach_write(w, w->mem, ask->e, "view", "t", &sql, &binds);
    buf_fmt(&sql, " and t.id in {ids $%d}", bind_val(w->mem, &binds, val_ids(ask->ids, ask->id_count)));
    return db_run(w->db, buf_str(&sql), binds.at, binds.n, total);
}

static Val patch_val(Work *w, const MassAsk *ask)
{
    if (ask->archive) return val_null();
    Buf     text = buf_new(w->mem, 200);
    JsonOut j    = js_to(&text);
    js_copy(&j, ask->values);
    return val_text(buf_str(&text));
}

Err mass_begin(Work *w, const MassAsk *ask, int64_t *id, int64_t *total)
{
    int64_t wait_ms;
    TRY(ids_take(w, 1, id));
    TRY(rows_write(w, ask, *id, total));
    if (*total == 0) return fail(w, INVALID, NULL, "mass.none");
    if (*total > MASS_MOST) return fail(w, INVALID, NULL, "mass.too_many", arg_count("limit", MASS_MOST));
    TRY(changing_need(w, *total * ROW_BYTES, &wait_ms));
    changing_count(w, *total * ROW_BYTES);
    return db_run(w->db, SQL_MASS_NEW,
                  VALS(val_int(*id), val_int(w->actor), val_int(w->now), val_text(str_of(ask->e->name)),
                       patch_val(w, ask), val_int(*total)),
                  NULL);
}

/* A day after the last moment at which one of them could be undone, whatever state it is in. */
Err mass_forget(Work *w, void *gone)
{
    Moment   before = w->now - (MASS_UNDO_DAYS + 1) * INT64_C(86400000);
    int64_t *n      = gone, deeds;
    TRY(db_run(w->db, SQL_MASS_FORGET_ROWS, VALS(val_int(before), val_int(MASS_FORGET)), n));
    if (*n == MASS_FORGET) return OK;
    TRY(db_run(w->db, SQL_MASS_FORGET, VALS(val_int(before), val_int(MASS_FORGET)), &deeds));
    if (deeds == MASS_FORGET) *n = MASS_FORGET;
    return OK;
}

/* ---- what became of it ---- */

/* No job is at it, and nobody waits so long: its server has died under it. */
static MassState state_of(Work *w, int64_t state, bool job, Moment at)
{
    bool going = state == MASS_RUNNING || state == MASS_UNDOING;
    return going && !job && w->now - at > MASS_WAITED_MS ? MASS_DONE : (MassState)state;
}

Err mass_read(Work *w, int64_t id, Mass *out)
{
    Rows rows;
    TRY(db_query(w->db, SQL_MASS_OF, VALS(val_int(id), val_int(w->actor)), &rows));
    bool found = rows_next(&rows);
    if (found)
        *out = (Mass){ .id    = id,
                       .e     = entity_named(row_text(&rows, 0)),
                       .patch = row_null(&rows, 1) ? (Str){ 0 } : str_copy(w->mem, row_text(&rows, 1)),
                       .state = state_of(w, row_int(&rows, 2), !row_null(&rows, 5), row_int(&rows, 4)),
                       .total = row_int(&rows, 3),
                       .at    = row_int(&rows, 4),
                       .job   = row_null(&rows, 5) ? 0 : row_int(&rows, 5) };
    TRY(rows_end(&rows));
    return found && out->e ? OK : fail(w, NOT_FOUND, NULL, "record.not_found");
}

Err mass_undo_begin(Work *w, const Entity *e, int64_t id, int64_t *total)
{
    Mass m;
    TRY(mass_read(w, id, &m));
    if (m.e != e) return fail(w, NOT_FOUND, NULL, "record.not_found");
    TRY(access_need(w, e->name, m.patch.n ? "change" : "archive"));
    if (m.state != MASS_DONE) return fail(w, CONFLICT, NULL, "mass.only_done_is_undone");
    if (w->now - m.at > MASS_UNDO_DAYS * INT64_C(86400000))
        return fail(w, CONFLICT, NULL, "mass.too_long_ago", arg_count("days", MASS_UNDO_DAYS));
    *total = m.total;
    return db_run(w->db, SQL_MASS_STATE, VALS(val_int(id), val_int(MASS_UNDOING)), NULL);
}

Err mass_by(Work *w, int64_t id, int64_t job)
{
    return db_run(w->db, SQL_MASS_JOB, VALS(val_int(id), val_int(job)), NULL);
}

Err mass_stop(Work *w, const Entity *e, int64_t id)
{
    Mass m;
    TRY(mass_read(w, id, &m));
    if (m.e != e) return fail(w, NOT_FOUND, NULL, "record.not_found");
    return m.job && m.state == MASS_RUNNING ? job_cancel(w, m.job) : fail(w, CONFLICT, NULL, "mass.nothing_runs");
}

static Err fates_json(Work *w, JsonOut *to, int64_t id)
{
    int64_t n[FATES] = { 0 };
    Rows    rows;
    TRY(db_query(w->db, SQL_MASS_FATES, VALS(val_int(id)), &rows));
    while (rows_next(&rows)) n[row_int(&rows, 0)] = row_int(&rows, 1);
    static const char *const names[FATES] = { "waiting", "changed", "same", "refused", "kept" };
    for (int i = 0; i < FATES; i++) {
        js_key(to, names[i]);
        js_i64(to, n[i]);
    }
    return rows_end(&rows);
}

/* Those that the actor still sees are called by their names. */
static Err left_json(Work *w, JsonOut *to, const Entity *e, int64_t id)
{
    int64_t   *record = NEW_RAW(w->mem, int64_t, MASS_SHOWN);
    Str       *why    = NEW_N(w->mem, Str, MASS_SHOWN);
    bool      *in     = NEW_N(w->mem, bool, MASS_SHOWN), *found = NEW_N(w->mem, bool, MASS_SHOWN);
    char      *at     = arena_take_raw(w->mem, e->size, 16, MASS_SHOWN);
    ptrdiff_t  n      = 0;
    Rows       rows;
    TRY(db_query(w->db, SQL_MASS_LEFT, VALS(val_int(id), val_int(MASS_SHOWN)), &rows));
    for (; n < MASS_SHOWN && rows_next(&rows); n++) {
        record[n] = row_int(&rows, 0);
        why[n]    = str_copy(w->mem, row_text(&rows, 1));
    }
    TRY(rows_end(&rows));
    if (n) TRY(reach_rows(w, w->scratch, e, "view", record, n, in));
    if (n) TRY(record_fetch(w, e, record, n, false, at, found));
    TRY(viewing_count(w, e->name, VIEWED_BESIDE, record, n));
    js_key(to, "left");
    js_array(to);
    for (ptrdiff_t i = 0; i < n; i++) {
        if (!in[i] || !found[i]) continue;
        js_object(to);
        js_key(to, "id");
        js_i64(to, record[i]);
        js_key(to, "title");
        js_str(to, record_title(w, e, at + i * e->size));
        js_key(to, "text");
        js_str(to, why[i]);
        js_end(to);
    }
    js_end(to);
    return OK;
}

static const char *const states[] = { "", "running", "done", "undoing", "undone" };

Err mass_json(Work *w, JsonOut *to, const Entity *e, int64_t id)
{
    Mass m;
    TRY(mass_read(w, id, &m));
    if (m.e != e) return fail(w, NOT_FOUND, NULL, "record.not_found");
    js_object(to);
    js_key(to, "id");
    js_i64(to, id);
    js_key(to, "archive");
    js_bool(to, m.patch.n == 0);
    js_key(to, "state");
    js_c(to, states[m.state]);
    js_key(to, "total");
    js_i64(to, m.total);
    TRY(fates_json(w, to, id));
    TRY(left_json(w, to, e, id));
    js_end(to);
    return OK;
}

static void lately_json(Work *w, JsonOut *to, const Rows *rows)
{
    Problems    unheard = { 0 };
    const Json *patch   = NULL;
    if (!row_null(rows, 2)) json_read(w->mem, row_text(rows, 2), (JsonLimits){ 0 }, &unheard, &patch);
    js_object(to);
    js_key(to, "id");
    js_i64(to, row_int(rows, 0));
    js_key(to, "at");
    js_moment(to, row_int(rows, 1));
    js_key(to, "archive");
    js_bool(to, !patch);
    js_key(to, "values");
    if (patch) js_copy(to, patch);
    else js_null(to);
    js_key(to, "state");
    js_c(to, states[state_of(w, row_int(rows, 3), !row_null(rows, 5), row_int(rows, 1))]);
    js_key(to, "total");
    js_i64(to, row_int(rows, 4));
    js_end(to);
}

Err mass_lately_json(Work *w, JsonOut *to, const Entity *e)
{
    Rows rows;
    TRY(db_query(w->db, SQL_MASS_LATELY, VALS(val_int(w->actor), val_text(str_of(e->name)), val_int(MASS_LATELY)),
                 &rows));
    js_items(to);
    while (rows_next(&rows)) lately_json(w, to, &rows);
    js_end(to);
    js_end(to);
    return rows_end(&rows);
}
