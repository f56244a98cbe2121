/* Classes, and what was bought, written down for lists, cards and filters. */
#include "sales/insight/classes.h"

#include "analysis/changes.h"
#include "analysis/report.h"
#include "entity/counted.h"
#include "sales/insight/asking.h"
#include "sales/insight/classes_sql.h"
#include "sales/parties/parties.h"

#include <string.h>
#include <unistd.h>

enum { KINDS = 4, CHUNK = 500 };

static const char *const kind_names[KINDS] = { "abc", "status", "xyz", "rfm" };

Day usual_from(Day to)
{
    Civil c = civil_of(to);
    if (to == month_last(month_of(to))) return month_first(month_of(to) - 11);
    if (c.month == 2 && c.day == 29) c.day = 28;
    c.year--;
    return day_of(c) + 1;
}

Day usual_before(Day from, Day to)
{
    Month first = month_of(from), last = month_of(to);
    bool  whole = from == month_first(first) && to == month_last(last);
    return whole ? month_first(first - (last - first + 1)) : from - (to - from + 1);
}

/* The last month that has ended, counted back from the last sale; a month whose last day has sales has ended. */
static Month month_ended(Day latest, Day today)
{
    Month m = month_of(latest);
    return month_last(m) < today || month_last(m) == latest ? m : m - 1;
}

UsualPeriod usual_period(const FactsView *view, Day today)
{
    Span span = facts_span(view);
    bool nothing = span.low > span.high;
    if (nothing) span.low = span.high = today;
    Day         latest = span.high < today ? span.high : today;
    Month       ended  = month_ended(latest, today);
    UsualPeriod p = { .to = month_last(ended), .as_of = today - latest > 90 ? latest + 1 : today,
                      .earliest = span.low < today ? span.low : today, .latest = latest };
    if (!nothing && p.to < p.earliest) p.to = latest; /* the first sale is of the month that still runs */
    p.from = month_first(month_of(p.to) - 11);
    return p;
}

/* ---- what was counted ---- */

typedef struct {
    FactsHold   hold;
    FactsAnswer answer;
    Report      report;
} Count;

static Err count_all(Work *w, Count *out)
{
    TRY(facts_hold(insight_the_facts(), w->db, &out->hold));
    UsualPeriod   p = usual_period(&out->hold.view, w->today);
    FactsQuestion q = { .reach = &facts_everything, .from = p.from, .to = p.to, .as_of = p.as_of, .seen = p.latest,
                        .margins = true };
    if (!facts_fit(&out->hold.view, &q)) return fail(w, INVALID, NULL, "analysis.sums_too_large");
    out->answer = facts_ask(&out->hold.view, &q, w->mem);
    return report_make(&out->answer.summary, REPORT_USUAL, w->mem, w->scratch, &out->report);
}

/* The class of a client by kind; empty: none. */
static Str value_of(const Count *c, ptrdiff_t place, int kind)
{
    if (kind == 1) return str_of(status_names[c->report.status_of[place]]);
    if (kind == 3) {
        int group = rfm_group(c->report.rfm_of[place]);
        return group == RFM_NONE ? (Str){ 0 } : str_of(rfm_groups[group]);
    }
    char *letter = kind == 0 ? &c->report.abc_of[place] : &c->report.xyz_of[place];
    return (Str){ letter, *letter ? 1 : 0 };
}

/* What a client has bought, and how late it is. */
typedef struct {
    int32_t purchases;
    Day     last;            /* DAY_NONE: never */
    Money   revenue, margin; /* of the usual period; margin NONE: no cost is known */
    int64_t late;            /* days; NONE: it is not */
} Bought;

static Bought bought_of(const Count *c, ptrdiff_t i)
{
    const FactsAnswer *a    = &c->answer;
    const Summary     *s    = &a->summary;
    Late               late = s->days[i] ? client_late(&c->report, i) : (Late){ DAY_NONE, 0 };
    return (Bought){ s->days[i], s->last[i], s->money[i], a->costed[i] || a->margin[i] ? a->margin[i] : NONE,
                     late.days_late > 0 ? late.days_late : NONE };
}

static bool bought_same(Bought a, Bought b)
{
    return a.purchases == b.purchases && a.last == b.last && a.revenue == b.revenue && a.margin == b.margin &&
           a.late == b.late;
}

/* ---- what stands there already ---- */

/* A class, or with kind null what was bought, of a client that is not counted. */
typedef struct Gone {
    struct Gone *next;
    int64_t      client;
    const char  *kind;
    Str          value;
} Gone;

typedef struct {
    Str   (*value)[KINDS]; /* by place; s null: none   */
    Str   (*before)[KINDS];/* the same as yesterday ended: what came today is no class that one moves from */
    Bought *bought;        /* by place                 */
    Gone   *gone;          /* of clients whose sales are not there any more */
} Kept;

static uint32_t *places_of(const Count *c, Arena *mem)
{
    uint32_t *place = NEW_RAW(mem, uint32_t, c->hold.view.clients);
    memset(place, 0xFF, (size_t)c->hold.view.clients * sizeof *place);
    for (ptrdiff_t i = 0; i < c->answer.summary.clients; i++) place[c->answer.client_number[i]] = (uint32_t)i;
    return place;
}

static uint32_t place_at(const Count *c, const uint32_t *place, int64_t client)
{
    uint32_t number;
    facts_client_numbers(insight_the_facts(), &client, 1, &number);
    return number && number < c->hold.view.clients ? place[number] : UINT32_MAX;
}

static void gone_add(Work *w, Kept *kept, int64_t client, const char *kind, Str value)
{
    Gone *gone = NEW(w->mem, Gone);
    *gone      = (Gone){ kept->gone, client, kind, str_copy(w->mem, value) };
    kept->gone = gone;
}

/* The name of the kind as the program has it; null: none of them. */
static const char *kind_of(Str name)
{
    for (int k = 0; k < KINDS; k++)
        if (str_eq(name, str_of(kind_names[k]))) return kind_names[k];
    return NULL;
}

static bool is_potential(Str kind, Str value)
{
    return str_eq(kind, str_of(kind_names[1])) && str_eq(value, S("potential"));
}

static Err read_classes(Work *w, const Count *c, const uint32_t *place, Kept *kept)
{
    Rows rows;
    TRY(db_stream(w->db, SQL_CLASSES_KEPT, NO_VALS, &rows));
    while (rows_next(&rows)) {
        uint32_t at    = place_at(c, place, row_int(&rows, 0));
        bool     stays = is_potential(row_text(&rows, 1), row_text(&rows, 2));
        const char *kind = kind_of(row_text(&rows, 1));
        if (at == UINT32_MAX && kind && !stays) gone_add(w, kept, row_int(&rows, 0), kind, row_text(&rows, 2));
        if (at == UINT32_MAX) continue;
        for (int k = 0; k < KINDS; k++) {
            if (!str_eq(row_text(&rows, 1), str_of(kind_names[k]))) continue;
            kept->value[at][k] = str_copy(w->mem, row_text(&rows, 2));
            if (row_day(&rows, 3) < w->today) kept->before[at][k] = kept->value[at][k];
        }
    }
    return rows_end(&rows);
}

static Err read_bought(Work *w, const Count *c, const uint32_t *place, Kept *kept)
{
    Rows rows;
    TRY(db_stream(w->db, SQL_CLASSES_BOUGHT, NO_VALS, &rows));
    while (rows_next(&rows)) {
        uint32_t at = place_at(c, place, row_int(&rows, 0));
        if (at == UINT32_MAX) gone_add(w, kept, row_int(&rows, 0), NULL, S(""));
        else
            kept->bought[at] = (Bought){ (int32_t)row_int(&rows, 1), row_day(&rows, 2), row_int(&rows, 3),
                                         row_int(&rows, 4), row_int(&rows, 5) };
    }
    return rows_end(&rows);
}

static Err read_kept(Work *w, const Count *c, Kept *kept)
{
    ptrdiff_t n     = c->answer.summary.clients;
    uint32_t *place = places_of(c, w->mem);
    *kept = (Kept){ arena_take(w->mem, (ptrdiff_t)sizeof(Str[KINDS]), _Alignof(Str), n),
                    arena_take(w->mem, (ptrdiff_t)sizeof(Str[KINDS]), _Alignof(Str), n), NEW_RAW(w->mem, Bought, n),
                    NULL };
    for (ptrdiff_t i = 0; i < n; i++) kept->bought[i] = (Bought){ 0, DAY_NONE, 0, NONE, NONE };
    TRY(read_classes(w, c, place, kept));
    return read_bought(w, c, place, kept);
}

/* ---- writing the difference, a chunk at a time ---- */

typedef struct {
    Val       class_[CHUNK * 5], log[CHUNK * 5], bought[CHUNK * 9];
    Val       end[CHUNK * 3], bought_end[CHUNK];
    ptrdiff_t classes, boughts, ends, bought_ends;
    Day       today;
    Counted   counted;
    int64_t   potential; /* set by the last chunk */
} Chunk;

static Err write_chunk(Work *w, void *to)
{
    Chunk *c = to;
    TRY(db_many(w->db, SQL_CLASSES_KEEP, c->class_, 5, c->classes, NULL));
    TRY(db_many(w->db, SQL_CLASSES_LOG, c->log, 5, c->classes, NULL));
    TRY(db_many(w->db, SQL_CLASSES_END, c->end, 3, c->ends, NULL));
    TRY(db_many(w->db, SQL_CLASSES_BOUGHT_END, c->bought_end, 1, c->bought_ends, NULL));
    return db_many(w->db, SQL_CLASSES_BOUGHT_KEEP, c->bought, 9, c->boughts, NULL);
}

static Err write_potential(Work *w, void *to)
{
    Chunk *c     = to;
    int    place = client_class_place(S("status"), S("potential"));
    return db_run(w->db, SQL_CLASSES_POTENTIAL, VALS(val_day(c->today), val_int(CHUNK), val_int(place)), &c->potential);
}

static Err write_counted(Work *w, void *to)
{
    Chunk *c      = to;
    c->counted.at = w->now;
    return counted_put(w, "classes", &c->counted);
}

static void add_class(Chunk *c, int64_t client, const char *kind, Str old, Str now)
{
    Val *class_ = &c->class_[c->classes * 5], *log = &c->log[c->classes * 5];
    class_[0] = val_int(client);
    class_[1] = val_text(str_of(kind));
    class_[2] = val_text(now);
    class_[3] = val_day(c->today);
    class_[4] = val_int(client_class_place(str_of(kind), now));
    log[0] = val_int(client);
    log[1] = val_text(str_of(kind));
    log[2] = val_day(c->today);
    log[3] = val_text(old);
    log[4] = val_text(now);
    c->classes++;
}

/* A client without sales is one that may buy; its letters end. */
static void add_end(Chunk *c, int64_t client, const char *kind, Str value)
{
    if (strcmp(kind, kind_names[1]) == 0) {
        add_class(c, client, kind, value, S("potential"));
        return;
    }
    Val *end = &c->end[c->ends++ * 3];
    end[0] = val_int(client);
    end[1] = val_text(str_of(kind));
    end[2] = val_text(value);
}

static void add_bought(Chunk *c, const Count *count, ptrdiff_t i, Bought b)
{
    const Summary *s = &count->answer.summary;
    Val           *v = &c->bought[c->boughts++ * 9];
    v[0] = val_int(count->answer.client_id[i]);
    v[1] = val_int(b.purchases);
    v[2] = val_day(s->first[i]);
    v[3] = val_day(b.last);
    v[4] = v[5] = val_null();
    v[6] = val_int(b.revenue);
    v[7] = val_int(b.margin);
    v[8] = val_int(b.late);
    if (b.purchases < 2) return;
    Rhythm r = rhythm_of(b.purchases, s->first[i], b.last);
    v[4] = val_int(round_div((Wide)r.num * 1000, r.den));
    v[5] = val_day(late_of(b.last, r, b.last).due);
}

static void add_differences(Chunk *c, const Count *count, const Kept *kept, ptrdiff_t i)
{
    int64_t client = count->answer.client_id[i];
    for (int k = 0; k < KINDS; k++) {
        Str now = value_of(count, i, k), old = kept->value[i][k];
        if (!now.n && old.n) add_end(c, client, kind_names[k], old);
        if (now.n && !(old.s && str_eq(now, old))) add_class(c, client, kind_names[k], kept->before[i][k], now);
    }
    Bought now = bought_of(count, i);
    if (!bought_same(now, kept->bought[i])) add_bought(c, count, i, now);
}

static Err chunk_over(Work *w, Chunk *c, bool last)
{
    bool full = c->classes > CHUNK - KINDS || c->ends > CHUNK - KINDS || c->boughts == CHUNK || c->bought_ends == CHUNK;
    if (!full && !last) return OK;
    if (c->classes || c->boughts || c->ends || c->bought_ends) TRY(work_write(w, write_chunk, c));
    c->classes = c->boughts = c->ends = c->bought_ends = 0;
    return OK;
}

static Err write_gone(Work *w, Chunk *c, const Gone *gone)
{
    for (; gone; gone = gone->next) {
        if (gone->kind) add_end(c, gone->client, gone->kind, gone->value);
        else c->bought_end[c->bought_ends++] = val_int(gone->client);
        TRY(chunk_over(w, c, !gone->next));
    }
    return OK;
}

static Err write_differences(Work *w, const Count *count, const Kept *kept)
{
    ptrdiff_t n = count->answer.summary.clients;
    Chunk    *c = NEW(w->mem, Chunk);
    c->today   = w->today;
    c->counted = (Counted){ .from  = count->answer.summary.from,
                            .to    = count->answer.summary.to,
                            .as_of = count->answer.summary.as_of };
    TRY(write_gone(w, c, kept->gone));
    for (ptrdiff_t i = 0; i < n; i++) {
        add_differences(c, count, kept, i);
        TRY(chunk_over(w, c, i + 1 == n));
        if (i % CHUNK == 0) TRY(job_step(w, i, n));
    }
    do {
        TRY(work_write(w, write_potential, c));
    } while (c->potential == CHUNK);
    TRY(work_write(w, write_counted, c));
    return job_step(w, n, n);
}

/* A server that has just started reads them first. */
static Err facts_awaited(Work *w)
{
    for (Facts *f; !(f = insight_the_facts()) || !facts_progress(f).ready;) {
        TRY(work_pulse(w));
        usleep(50000);
    }
    return OK;
}

static void let_go(void *hold)
{
    facts_release(insight_the_facts(), hold);
}

Err classes_run(Work *w, Job *job)
{
    job->total = 0;
    Count *count = NEW(w->mem, Count);
    Kept     kept;
    TRY(facts_awaited(w));
    work_own(w, &count->hold, let_go);
    TRY(count_all(w, count));
    TRY(read_kept(w, count, &kept));
    return write_differences(w, count, &kept);
}

Err classes_wanted(Work *w, void *nothing)
{
    int64_t id;
    (void)nothing;
    return job_add(w, "classes", S(""), &id);
}
