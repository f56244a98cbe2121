/* How a deal moves: its stage, the days that go with it, what losing asks for, and what is left to pay and to ship. */
#include "core/words.h"
#include "entity/ids.h"
#include "sales/deals/deals.h"
#include "sales/deals/deals_sql.h"

typedef struct {
    Work   *w;
    Saving *s;
    Stages  stages;
    Ids     rivals; /* reasons that ask to whom */
} Moving;

static bool is_history(const Saving *s) { return s->bulk || s->trusted; }

/* ---- the stage ---- */

static const StageRow *stage_begins(const Moving *m, const Deal *now)
{
    return stage_first(&m->stages, now->direction == DEAL_EXISTING ? S("development") : S("acquisition"));
}

/* Null: refused. */
static const StageRow *stage_of(Moving *m, ptrdiff_t i, Deal *now, const Deal *was)
{
    const StageRow *stage = now->stage_id ? stage_found(&m->stages, now->stage_id) : stage_begins(m, now);
    const StageRow *from = was ? stage_found(&m->stages, was->stage_id) : NULL;
    if (stage) now->stage_id = stage->id;
    if (!stage)
        saving_fail(m->w, m->s, i, INVALID, "stage_id", now->stage_id ? "deal.no_deals_stage" : "deal.no_stage");
    else if (from && from->process != stage->process)
        saving_fail(m->w, m->s, i, INVALID, "stage_id", "deal.other_pipeline");
    else if (!stage->living && !(was && was->stage_id == stage->id))
        saving_fail(m->w, m->s, i, INVALID, "stage_id", "deal.stage_archived");
    else return stage;
    return NULL;
}

/* ---- the days ---- */

/* A day is the one an import brings, which differs from what is stored; else what the clock says. */
static bool is_brought(Day now, const Deal *was, Day before) { return now != DAY_NONE && (!was || now != before); }

static void days_set(Moving *m, Deal *now, const Deal *was, const StageRow *stage)
{
    bool moved = !was || was->stage_id != now->stage_id;
    bool closed = stage->kind != STAGE_OPEN;
    bool ended = closed && (!was || was->state != (C_choice)stage->kind);
    Day  today = m->w->today;
    if (!closed) now->closed_on = DAY_NONE;
    else if (ended && !is_brought(now->closed_on, was, was ? was->closed_on : DAY_NONE)) now->closed_on = today;
    if (now->opened_on == DAY_NONE) now->opened_on = closed && now->closed_on < today ? now->closed_on : today;
    if (moved && !is_brought(now->stage_since, was, was ? was->stage_since : DAY_NONE))
        now->stage_since = closed ? now->closed_on : was ? today : now->opened_on;
    if (now->qualified_on == DAY_NONE && !stage->lead && stage->kind != STAGE_LOST)
        now->qualified_on = was ? today : now->opened_on;
    now->cycle_days = closed ? now->closed_on - now->opened_on : NONE;
}

static void days_check(Moving *m, ptrdiff_t i, const Deal *now)
{
    Day today = m->w->today;
    if (now->opened_on > today) saving_fail(m->w, m->s, i, INVALID, "opened_on", "deal.day_ahead");
    if (now->closed_on != DAY_NONE && now->closed_on > today)
        saving_fail(m->w, m->s, i, INVALID, "closed_on", "deal.day_ahead");
    if (now->closed_on != DAY_NONE && now->closed_on < now->opened_on)
        saving_fail(m->w, m->s, i, INVALID, "closed_on", "deal.closes_before");
}

/* ---- how far it has come ---- */

static const StageRow *stage_brought(const Moving *m, int64_t id, const StageRow *stage)
{
    const StageRow *of = id ? stage_found(&m->stages, id) : NULL;
    return of && of->process == stage->process && of->kind == STAGE_OPEN ? of : NULL;
}

/* The stage it stood on when it was lost; of one that comes in lost, the one an import names. */
static const StageRow *stage_lost_at(const Moving *m, const Deal *now, const Deal *was, const StageRow *stage)
{
    if (was && was->state == DEAL_LOST) return stage_brought(m, now->lost_at_id, stage);
    bool said = now->lost_at_id && (!was || now->lost_at_id != was->lost_at_id);
    return stage_brought(m, said || !was ? now->lost_at_id : was->stage_id, stage);
}

/* The furthest stage of its pipeline is kept though it goes back; one that is won no longer has come to where it is. */
static void reach_set(Moving *m, Deal *now, const Deal *was, const StageRow *stage)
{
    const StageRow *furthest = stage_brought(m, was ? was->reached_id : 0, stage);
    const StageRow *here = stage->kind == STAGE_LOST ? stage_lost_at(m, now, was, stage) : stage;
    now->lost_at_id = stage->kind == STAGE_LOST && here ? here->id : 0;
    if (here && (here->kind == STAGE_WON || !furthest || here > furthest)) furthest = here;
    now->reached_id = furthest ? furthest->id : 0;
}

/* ---- what losing asks ---- */

static void losing_asks(Moving *m, ptrdiff_t i, Deal *now, const Deal *was)
{
    bool said = was && was->state == DEAL_LOST && was->reason_id == now->reason_id && str_eq(was->rival, now->rival);
    if (now->state != DEAL_LOST) {
        now->reason_id = 0;
        now->rival = (Str){ 0 };
        return;
    }
    if (said || is_history(m->s)) return;
    if (!now->reason_id) saving_fail(m->w, m->s, i, INVALID, "reason_id", "deal.lost_why");
    else if (!now->rival.n && ids_at(&m->rivals, now->reason_id) >= 0)
        saving_fail(m->w, m->s, i, INVALID, "rival", "deal.lost_to_whom");
}

static Err rivals_read(Moving *m)
{
    int64_t *ids = NEW_RAW(m->w->mem, int64_t, m->s->n);
    Rows     rows;
    m->rivals = ids_new(m->w->mem, m->s->n);
    for (ptrdiff_t i = 0; i < m->s->n; i++) ids[i] = ((Deal *)m->s->now[i])->reason_id;
    TRY(db_query(m->w->db, SQL_REASONS_TO_RIVAL, VALS(val_ids(ids, m->s->n)), &rows));
    while (rows_next(&rows)) ids_put(&m->rivals, row_int(&rows, 0), 0);
    return rows_end(&rows);
}

/* ---- sums ---- */

static bool in_range(Wide sum) { return sum >= -(Wide)MONEY_MAX && sum <= MONEY_MAX; }

/* The lines say what the deal comes to where one of them has an amount. */
static void amount_of_lines(Moving *m, ptrdiff_t i, Deal *now)
{
    Wide sum = 0;
    bool valued = false;
    for (ptrdiff_t k = 0; k < now->lines.n; k++) {
        if (now->lines.at[k].amount == NONE) continue;
        sum += now->lines.at[k].amount;
        valued = true;
    }
    if (!in_range(sum)) saving_fail(m->w, m->s, i, INVALID, "amount", "sale.too_large");
    else if (valued) now->amount = (Money)sum;
}

static Money left(Wide agreed, Wide done) { return in_range(agreed - done) ? (Money)(agreed - done) : NONE; }

/* Without a contract nothing is owed; what is over it is below nothing. */
static void settled(Moving *m, ptrdiff_t i, Deal *now)
{
    Wide sum[SETTLED_SHIPMENT + 1] = { 0 };
    bool any[SETTLED_SHIPMENT + 1] = { 0 };
    for (ptrdiff_t k = 0; k < now->settlements.n; k++) {
        const DealSettlement *of = &now->settlements.at[k];
        if (of->amount == NONE || !of->kind) continue;
        sum[of->kind] += of->amount;
        any[of->kind] = true;
    }
    for (int kind = SETTLED_CONTRACT; kind <= SETTLED_SHIPMENT; kind++)
        if (!in_range(sum[kind])) {
            saving_fail(m->w, m->s, i, INVALID, "settlements", "sale.too_large");
            return;
        }
    bool agreed = any[SETTLED_CONTRACT];
    now->contracted = agreed ? (Money)sum[SETTLED_CONTRACT] : NONE;
    now->paid = any[SETTLED_PAYMENT] ? (Money)sum[SETTLED_PAYMENT] : NONE;
    now->shipped = any[SETTLED_SHIPMENT] ? (Money)sum[SETTLED_SHIPMENT] : NONE;
    now->to_pay = agreed ? left(sum[SETTLED_CONTRACT], sum[SETTLED_PAYMENT]) : NONE;
    now->to_ship = agreed ? left(sum[SETTLED_CONTRACT], sum[SETTLED_SHIPMENT]) : NONE;
}

/* ---- number and name ---- */

static Str unnamed(Work *w, Str number)
{
    Buf b = buf_new(w->mem, 40);
    SAY(&b, (Voice){ .lang = work_lang(w) }, "deal.unnamed", arg_text("number", number));
    return buf_str(&b);
}

static Err numbers_give(Work *w, Saving *s)
{
    int64_t wanted = 0, next = 0;
    for (ptrdiff_t i = 0; i < s->n; i++) wanted += !s->was[i] && !((Deal *)s->now[i])->number.n;
    if (wanted) {
        TRY(db_run(w->db, SQL_DEAL_NUMBERS_TAKE, VALS(val_int(wanted)), NULL));
        TRY(db_int(w->db, SQL_DEAL_NUMBER, NO_VALS, &next));
        next -= wanted;
    }
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Deal *now = s->now[i];
        if (!s->was[i] && !now->number.n) now->number = str_fmt(w->mem, "%lld", (long long)++next);
        if (!now->name.n) now->name = unnamed(w, now->number);
    }
    return OK;
}

/* ---- the whole ---- */

static void deal_judge(Moving *m, ptrdiff_t i)
{
    Deal           *now = m->s->now[i];
    const Deal     *was = m->s->was[i];
    const StageRow *stage = stage_of(m, i, now, was);
    if (!was && !now->keeper_id && !is_history(m->s)) now->keeper_id = m->w->actor;
    amount_of_lines(m, i, now);
    settled(m, i, now);
    if (!stage) return;
    days_set(m, now, was, stage);
    days_check(m, i, now);
    reach_set(m, now, was, stage);
    now->state = (C_choice)stage->kind;
    losing_asks(m, i, now, was);
}

/* What a save will find a deal to be, before its direction is asked for: that of the stage it names. */
static void states_foresee(Moving *m)
{
    for (ptrdiff_t i = 0; i < m->s->n; i++) {
        Deal           *now = m->s->now[i];
        const StageRow *stage = stage_found(&m->stages, now->stage_id);
        now->state = stage ? (C_choice)stage->kind : DEAL_OPEN;
    }
}

Err deal_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    Moving    m = { .w = w, .s = s };
    TRY(stages_read(w, S("deal"), &m.stages));
    TRY(rivals_read(&m));
    states_foresee(&m);
    TRY(deal_directions_set(w, s));
    TRY(numbers_give(w, s));
    for (ptrdiff_t i = 0; i < s->n; i++) deal_judge(&m, i);
    return w->problems.count > before ? INVALID : OK;
}
