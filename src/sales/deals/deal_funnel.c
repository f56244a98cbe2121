/* The funnel of a process: how many of the deals begun in a period came to each stage, whatever became of them later,
 * what share of the stage before that is, for how much, how long they stood there, and where they were lost.
 *
 * How long they stood is asked apart (`days`): it goes over each day on which a deal changed.
 *
 * Deals are counted where they came furthest; whatever came to a stage has been at those before it.  Of one that came
 * in lost nobody knows how far it was, so it counts as begun. */
#include "api/route.h"
#include "engine/metric/metric.h"
#include "entity/list.h"
#include "sales/deals/deals.h"
#include "sales/deals/deals_sql.h"

enum { FUNNEL_STAGES = 100 };

typedef struct {
    int64_t   id;
    Str       name;
    StageKind kind;
    int64_t   count, here, lost, days, stayed; /* came to it; stand on it now; lost at it; days of those that stayed */
    Wide      sum, here_sum, lost_sum;
} FunnelStage;

typedef struct {
    Request    *r;
    int64_t     process;
    Str         name;
    FunnelStage stage[FUNNEL_STAGES]; /* open ones, then won, then lost */
    int         n, led; /* of them; of those that lead to an end that is won, and those */
    FunnelStage unsaid; /* lost, nobody knows where */
    int64_t     count, won, lost;
    Wide        sum, won_sum, lost_sum;
    Ask         ask;
    Str         filter; /* of all of it */
} Funnel;

/* ---- what is asked ---- */

static Err stages_find(Funnel *f)
{
    Work *w = f->r->w;
    Rows  rows;
    TRY(db_query(w->db, SQL_FUNNEL_PROCESS, VALS(val_int(f->process)), &rows));
    bool found = rows_next(&rows);
    if (found) f->process = row_int(&rows, 0), f->name = str_copy(w->mem, row_text(&rows, 1));
    TRY(rows_end(&rows));
    if (!found) return fail(w, INVALID, "process", "deal.no_stage");
    TRY(scope_query(w, SQL_FUNNEL_STAGES, VALS(val_int(f->process), val_int(FUNNEL_STAGES)), &rows));
    for (; f->n < FUNNEL_STAGES && rows_next(&rows); f->n++) {
        f->stage[f->n] = (FunnelStage){ .id = row_int(&rows, 0),
                                        .name = str_copy(w->mem, row_text(&rows, 1)),
                                        .kind = (StageKind)row_int(&rows, 2) };
        if (f->stage[f->n].kind != STAGE_LOST) f->led = f->n + 1;
    }
    return rows_end(&rows);
}

static void leaf(JsonOut *to, const char *field, const char *op)
{
    js_object(to);
    js_key(to, "field"), js_c(to, field);
    js_key(to, "op"), js_c(to, op);
}

static void ids_leaf(JsonOut *to, const Funnel *f, const char *field, int from, int till)
{
    leaf(to, field, "in");
    js_key(to, "value");
    js_array(to);
    for (int i = from; i < till; i++) js_i64(to, f->stage[i].id);
    js_end(to);
    js_end(to);
}

static void day_leaf(JsonOut *to, const char *field, const char *op, Day day)
{
    if (day == DAY_NONE) return;
    leaf(to, field, op);
    js_key(to, "value"), js_day(to, day);
    js_end(to);
}

static Err condition(Funnel *f)
{
    static const char *const cohorts[] = { "begun", "closed", NULL };
    Day                      from = DAY_NONE, to = DAY_NONE;
    int                      cohort = 0;
    Buf                      text = buf_new(f->r->w->mem, 1000);
    JsonOut                  js = js_to(&text);
    const Json              *more = NULL;
    TRY(asked_day(f->r, "from", &from));
    TRY(asked_day(f->r, "to", &to));
    TRY(asked_choice(f->r, "cohort", cohorts, &cohort));
    TRY(asked_json(f->r, "filter", &more));
    js_object(&js);
    js_key(&js, "all");
    js_array(&js);
    ids_leaf(&js, f, "stage_id", 0, f->n);
    day_leaf(&js, cohort ? "closed_on" : "opened_on", "from", from);
    day_leaf(&js, cohort ? "closed_on" : "opened_on", "to", to);
    if (more) js_copy(&js, more);
    js_end(&js);
    js_end(&js);
    f->filter = buf_str(&text);
    return json_read(f->r->w->mem, f->filter, (JsonLimits){ .bytes = FILTER_BYTES }, &f->r->w->problems,
                     &f->ask.filter);
}

/* ---- what the base tells ---- */

static int place_of(const Funnel *f, int64_t stage)
{
    for (int i = 0; i < f->n; i++)
        if (f->stage[i].id == stage) return i;
    return -1;
}

/* Deals of one furthest stage, one where they stand, and one where they were lost. */
static void counted(Funnel *f, const Rows *rows)
{
    int     reached = place_of(f, row_int(rows, 0)), here = place_of(f, row_int(rows, 1));
    int     lost = place_of(f, row_int(rows, 2));
    int64_t n = row_int(rows, 3);
    Wide    sum = row_wide(rows, 4);
    int     furthest = reached > 0 && reached < f->led ? reached : 0;
    f->count += n, f->sum += sum;
    for (int i = 0; i <= furthest; i++) f->stage[i].count += n, f->stage[i].sum += sum;
    if (here < 0) return;
    f->stage[here].here += n, f->stage[here].here_sum += sum;
    if (f->stage[here].kind == STAGE_WON) f->won += n, f->won_sum += sum;
    if (f->stage[here].kind != STAGE_LOST) return;
    FunnelStage *at = lost < 0 ? &f->unsaid : &f->stage[lost];
    f->lost += n, f->lost_sum += sum;
    at->lost += n, at->lost_sum += sum;
}

static Err count_all(Funnel *f)
{
    Work *w = f->r->w;
    Buf   sql = buf_new(w->mem, 2000);
    Binds binds = { 0 };
    Rows  rows;
    buf_c(&sql, "select t.reached_id, t.stage_id, t.lost_at_id, count(*), sum(t.amount) from deal t where ");
    TRY(list_where(w, w->mem, &deal_entity, &f->ask, "t", &sql, &binds));
    buf_c(&sql, " group by t.reached_id, t.stage_id, t.lost_at_id");
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    while (rows_next(&rows)) counted(f, &rows);
    return rows_end(&rows);
}

/* From the days on which something changed: a deal stood on a stage until the next of them, or until now. */
static Err count_days(Funnel *f)
{
    Work *w = f->r->w;
    Buf   sql = buf_new(w->mem, 2000);
    Binds binds = { 0 };
    Rows  rows;
    buf_fmt(&sql,
            "select q.stage_id, sum(q.days), count(distinct q.deal_id) from (select d.deal_id, d.stage_id, "
            "coalesce(lead(d.day) over (partition by d.deal_id order by d.day), $%d) - d.day as days, d.state "
            "from deal t join deal_day d on d.deal_id = t.id where ",
            bind_val(w->mem, &binds, val_day(w->today)));
    TRY(list_where(w, w->mem, &deal_entity, &f->ask, "t", &sql, &binds));
    buf_c(&sql, ") q where q.state = 1 group by q.stage_id");
    TRY(db_query(w->db, buf_str(&sql), binds.at, binds.n, &rows));
    while (rows_next(&rows)) {
        int at = place_of(f, row_int(&rows, 0));
        if (at >= 0) f->stage[at].days = row_int(&rows, 1), f->stage[at].stayed = row_int(&rows, 2);
    }
    return rows_end(&rows);
}

/* ---- the answer ---- */

static void percent_put(JsonOut *to, const char *key, int64_t part, int64_t whole)
{
    js_key(to, key);
    if (whole) js_share(to, part, whole);
    else js_null(to);
}

static void sum_put(JsonOut *to, const char *key, Wide sum) { js_key(to, key), js_wide_money(to, sum); }

/* The first stage holds all that were begun. */
static void doors_put(JsonOut *to, const Funnel *f, int i)
{
    js_key(to, "filter");
    if (!i) js_null(to);
    else ids_leaf(to, f, "reached_id", i, f->led);
    js_key(to, "here_filter");
    ids_leaf(to, f, "stage_id", i, i + 1);
    js_key(to, "lost_filter");
    ids_leaf(to, f, "lost_at_id", i, i + 1);
}

static void stage_put(JsonOut *to, const Funnel *f, int i)
{
    const FunnelStage *s = &f->stage[i];
    js_object(to);
    js_put_i64(to, "id", s->id);
    js_put_text(to, "title", s->name);
    js_key(to, "kind"), js_c(to, stage_kinds[s->kind - 1]);
    js_put_i64(to, "count", s->count);
    sum_put(to, "sum", s->sum);
    percent_put(to, "of_before", s->count, i ? f->stage[i - 1].count : f->count);
    percent_put(to, "of_first", s->count, f->count);
    js_put_i64(to, "here", s->here);
    sum_put(to, "here_sum", s->here_sum);
    js_put_i64(to, "lost", s->lost);
    sum_put(to, "lost_sum", s->lost_sum);
    js_key(to, "days");
    if (s->stayed) js_wide_qty(to, round_div((Wide)s->days * 1000, s->stayed));
    else js_null(to);
    doors_put(to, f, i);
    js_end(to);
}

static void all_put(JsonOut *to, const Funnel *f)
{
    js_key(to, "all");
    js_object(to);
    js_put_i64(to, "count", f->count);
    sum_put(to, "sum", f->sum);
    js_put_i64(to, "won", f->won);
    sum_put(to, "won_sum", f->won_sum);
    js_put_i64(to, "lost", f->lost);
    sum_put(to, "lost_sum", f->lost_sum);
    percent_put(to, "won_of_closed", f->won, f->won + f->lost);
    js_put_i64(to, "lost_unsaid", f->unsaid.lost);
    sum_put(to, "lost_unsaid_sum", f->unsaid.lost_sum);
    js_end(to);
}

static Err funnel(Request *r)
{
    static const char *const within[] = { "none", "own", "team", "all" };
    Funnel                  *f = NEW(r->w->mem, Funnel);
    f->r = r;
    bool days = false;
    TRY(asked_only(r));
    TRY(asked_bool(r, "days", &days));
    TRY(asked_i64(r, "process", 1, INT64_MAX, &f->process));
    TRY(stages_find(f));
    if (!f->led) return fail(r->w, INVALID, "process", "deal.no_stage");
    TRY(condition(f));
    TRY(count_all(f));
    if (days) TRY(count_days(f));
    js_object(&r->out);
    js_put_named(&r->out, "process", f->process, f->name);
    js_key(&r->out, "stages");
    js_array(&r->out);
    for (int i = 0; i < f->led; i++) stage_put(&r->out, f, i);
    js_end(&r->out);
    all_put(&r->out, f);
    js_key(&r->out, "filter"), js_raw(&r->out, f->filter);
    js_key(&r->out, "within"), js_c(&r->out, within[access_scope(r->w->who, "deal", "view")]);
    js_end(&r->out);
    return OK;
}

const Route deal_funnel_routes[] = {
    { .method = GET,
      .path = "/api/deal/funnel",
      .run = funnel,
      .needs = { "deal", "view" },
      .snapshot = true,
      .takes = "process: id?, from: day?, to: day?, cohort: begun|closed?, filter: filter?, days: bool?",
      .gives = "process: object, stages: array, all: object, filter: filter, within: text",
      .says = "route.deal.funnel" },
    { 0 },
};

/* What figures of deals are cut by. */
const MetricGrain deals_grains[] = {
    { "deal", "user", "keeper_id" },
    { "deal", "unit", "keeper_id.unit_id" },
    { "deal", "client", "client_id" },
    { "deal", "territory", "client_id.city" },
    { "deal", "channel", "channel_id" },
    { "deal", "source", "source_id" },
    { "deal", "inbound", "inbound" },
    { "deal", "direction", "direction" },
    { "deal", "stage", "stage_id" },
    { "deal", "reached", "reached_id" },
    { "deal", "lost_at", "lost_at_id" },
    { "deal", "reason", "reason_id" },
    { "deal_line", "user", "parent.keeper_id" },
    { "deal_line", "client", "parent.client_id" },
    { "deal_line", "product", "product_id" },
    { 0 },
};
