/* Lending a record: to whom it is lent, until when and how far, and taking it back.
 *
 * Whoever has the right `give` within reach lends a record to look at; to work with only where he may change it
 * himself.  What he holds by a loan he lends to nobody. */
#include "access/access_sql.h"
#include "api/lists.h"
#include "api/route.h"
#include "entity/lend.h"
#include "entity/reach.h"

enum { LOANS_MOST = 100, LENT_DAYS_MOST = 366, WHY_MOST = 200 };

static const char *const levels[] = { "", "look", "work", NULL };

typedef struct {
    const Entity *e;
    int64_t       id;
    bool          gives; /* the actor may lend it */
} Lendable;

/* Neither by a loan nor in another's place: what is lent is lent on by nobody. */
static Err right_reach(Work *w, const Lendable *at, const char *verb, bool *in)
{
    *in = false;
    return access_scope(w->who, at->e->name, verb) == SCOPE_NONE
               ? OK
               : reach_rows_himself(w, w->scratch, at->e, verb, &at->id, 1, in);
}

/* "client:42", which must be in sight. */
static Err lendable_read(Work *w, Str record, Lendable *at)
{
    Str name = str_cut(&record, ':');
    at->e    = entity_named(name);
    if (!at->e || at->e->parent || !entity_owned(at->e) || !str_i64(record, &at->id))
        return fail(w, INVALID, "record", "given.no_such_record");
    TRY(access_need(w, at->e->name, "view"));
    TRY(reach_need(w, at->e, "view", at->id));
    return right_reach(w, at, "give", &at->gives);
}

/* ---- shown ---- */

static void loan_put(JsonOut *j, const Rows *row, Work *w, bool gives)
{
    int64_t by       = row_null(row, 5) ? 0 : row_int(row, 5);
    bool    for_work = row_int(row, 7) != 0;
    js_object(j);
    js_key(j, "user");
    js_i64(j, row_int(row, 0));
    js_key(j, "name");
    js_str(j, row_text(row, 1));
    js_key(j, "until");
    if (row_int(row, 2) == LENT_WHILE_OPEN) js_null(j);
    else js_moment(j, row_int(row, 2));
    js_key(j, "for_work");
    js_bool(j, for_work);
    js_key(j, "level");
    js_c(j, levels[row_int(row, 3) == LENT_TO_WORK ? LENT_TO_WORK : LENT_TO_LOOK]);
    js_key(j, "why");
    js_str(j, row_text(row, 4));
    js_key(j, "by");
    js_str(j, row_text(row, 6));
    js_key(j, "may_end");
    js_bool(j, !for_work && (gives || by == w->actor)); /* what is lent for work ends with it */
    js_end(j);
}

static Err lent(Request *r)
{
    Work    *w = r->w;
    Lendable at;
    Rows     rows;
    bool     works;
    TRY(lendable_read(w, asked_text(r, "record"), &at));
    TRY(right_reach(w, &at, "change", &works));
    TRY(db_query(w->db, SQL_GIVEN_OF_RECORD, VALS(val_int(at.id), val_int(w->now), val_int(LOANS_MOST)), &rows));
    js_items(&r->out);
    while (rows_next(&rows)) loan_put(&r->out, &rows, w, at.gives);
    js_end(&r->out);
    js_key(&r->out, "may_give");
    js_bool(&r->out, at.gives);
    js_key(&r->out, "may_give_work");
    js_bool(&r->out, at.gives && works);
    js_end(&r->out);
    return rows_end(&rows);
}

/* ---- lent ---- */

static Err level_read(Request *r, LoanLevel *level)
{
    Str text;
    TRY(body_text(r, "level", 10, &text));
    if (str_eq(text, S("look"))) *level = LENT_TO_LOOK;
    else if (str_eq(text, S("work"))) *level = LENT_TO_WORK;
    else return fail(r->w, INVALID, "level", "given.no_level");
    return OK;
}

/* Up to the end of that day. */
static Err until_read(Request *r, Moment *until)
{
    Work *w = r->w;
    Day   day;
    TRY(body_day(r, "until", &day));
    if (day < w->today) return fail(w, INVALID, "until", "given.over");
    if (day > w->today + LENT_DAYS_MOST) return fail(w, INVALID, "until", "given.too_long");
    *until = zone_moment(w->zone, day + 1, 0);
    return OK;
}

static Err borrower_read(Request *r, int64_t *user)
{
    Work   *w = r->w;
    int64_t one;
    TRY(body_i64(r, "user", 1, INT64_C(9007199254740991), user));
    if (*user == w->actor) return fail(w, INVALID, "user", "given.to_oneself");
    Err err = db_int(w->db, SQL_PERSON_TO_LEND, VALS(val_int(*user)), &one);
    return err == NOT_FOUND ? fail(w, INVALID, "user", "given.no_such_person") : err;
}

static Err room_for_one(Work *w, const Lendable *at)
{
    int64_t n;
    TRY(db_int(w->db, SQL_GIVEN_SAID_COUNT, VALS(val_int(at->id), val_int(w->now)), &n));
    return n < LOANS_MOST ? OK : fail(w, CONFLICT, "record", "given.too_many", arg_count("limit", LOANS_MOST));
}

static Err lend(Request *r)
{
    Work    *w    = r->w;
    Loan     loan = { 0 };
    Lendable at;
    Str      record;
    bool     works;
    TRY(body_text(r, "record", 100, &record));
    TRY(lendable_read(w, record, &at));
    TRY(access_need(w, at.e->name, "give"));
    if (!at.gives) return fail(w, DENIED, "record", "given.not_yours");
    TRY(borrower_read(r, &loan.user));
    TRY(until_read(r, &loan.until));
    TRY(level_read(r, &loan.level));
    TRY(body_text_maybe(r, "why", WHY_MOST, &loan.why));
    TRY(right_reach(w, &at, "change", &works));
    if (loan.level == LENT_TO_WORK && !works) return fail(w, DENIED, "level", "given.more_than_yours");
    TRY(room_for_one(w, &at));
    loan.entity = at.e->name;
    loan.record = at.id;
    return record_lend(w, at.e, &loan, 1);
}

/* Lent for work it ends with that. */
static Err not_lent(Work *w, int64_t user, int64_t record)
{
    int64_t n;
    TRY(db_int(w->db, SQL_GIVEN_FOR_WORK, VALS(val_int(user), val_int(record), val_int(w->now)), &n));
    return n ? fail(w, CONFLICT, "user", "given.for_work") : fail(w, NOT_FOUND, "user", "given.not_lent");
}

static Err take_back(Request *r)
{
    Work    *w = r->w;
    Loan     loan = { 0 };
    Lendable at;
    Str      record;
    int64_t  by;
    TRY(body_text(r, "record", 100, &record));
    TRY(body_i64(r, "user", 1, INT64_C(9007199254740991), &loan.user));
    TRY(lendable_read(w, record, &at));
    Err err = db_int(w->db, SQL_GIVEN_BY_WHOM, VALS(val_int(loan.user), val_int(at.id), val_int(w->now)), &by);
    if (err == NOT_FOUND) return not_lent(w, loan.user, at.id);
    TRY(err);
    if (!at.gives && by != w->actor) return fail(w, DENIED, "record", "given.not_yours");
    loan.entity = at.e->name;
    loan.record = at.id;
    return record_lend(w, at.e, &loan, 1);
}

const Route given_routes[] = {
    { .method = GET,
      .path = "/api/given",
      .run = lent,
      .takes = "record: text",
      .gives = "items: [{user: int, name: text, until: moment?, level: look|work, why: text, by: text, for_work: bool, "
               "may_end: bool}], "
               "may_give: bool, may_give_work: bool",
      .says = "route.given" },
    { .method = POST,
      .path = "/api/given",
      .run = lend,
      .writes = true,
      .body = BODY_JSON,
      .takes = "record: text, user: int, until: day, level: look|work, why: text?",
      .says = "route.given.lend" },
    { .method = POST,
      .path = "/api/given/end",
      .run = take_back,
      .writes = true,
      .body = BODY_JSON,
      .takes = "record: text, user: int",
      .says = "route.given.end" },
    { 0 },
};
