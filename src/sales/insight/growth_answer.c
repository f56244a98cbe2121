/* How the base grows: companies by the month they joined it, whether they have bought yet or not, and by where they
 * came from. */
#include "analysis/growth.h"
#include "core/map.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking_sql.h"
#include "sales/insight/everybody.h"

#include <string.h>

/* Source 0 is "not known". */
typedef struct {
    Str     *name;
    int      count;
} Sources;

/* Everybody with the day since when he is there and his source as a number. */
typedef struct {
    Everybody all;
    Sources   sources;
    Day      *joined;
    int32_t  *of;
    Month     month0;
    int       months;
    int64_t  *came; /* [months][sources] */
    Growth    sum;
} Base;

static Err read_names(Asking *a, Sources *s, Map **numbers)
{
    Work *w = a->r->w;
    Rows  rows;
    Buf   names = buf_new(w->mem, 4096);
    Str   name  = asking_say(a, "growth.no_source");
    buf_put(&names, (Str){ (const char *)&name, sizeof name });
    s->count = 1;
    TRY(db_query(w->db, SQL_INSIGHT_SOURCES, NO_VALS, &rows));
    while (rows_next(&rows)) {
        *map_at(numbers, str_fmt(w->mem, "%lld", (long long)row_int(&rows, 0)), w->mem) = s->count++;
        name = str_copy(w->mem, row_text(&rows, 1));
        buf_put(&names, (Str){ (const char *)&name, sizeof name });
    }
    s->name = NEW_RAW(w->mem, Str, s->count);
    memcpy(s->name, names.data, (size_t)names.len);
    return rows_end(&rows);
}

static int32_t source_number(Map **numbers, int64_t source)
{
    char     text[24];
    Buf      key = { .data = text, .cap = sizeof text };
    buf_i64(&key, source);
    int64_t *number = source ? map_at(numbers, buf_str(&key), NULL) : NULL;
    return number ? (int32_t)*number : 0;
}

static Err base_find(Asking *a, Base *b)
{
    Map           *numbers = NULL;
    Arena         *mem     = a->r->w->mem;
    const Summary *s       = &a->a.summary;
    TRY(everybody_find(a, &b->all));
    TRY(read_names(a, &b->sources, &numbers));
    b->joined = NEW_RAW(mem, Day, b->all.n);
    b->of     = NEW_RAW(mem, int32_t, b->all.n);
    for (ptrdiff_t i = 0; i < b->all.n; i++) {
        b->joined[i] = joined_on(b->all.entered[i], i < b->all.sold ? s->first[i] : DAY_NONE);
        b->of[i]     = source_number(&numbers, b->all.source[i]);
    }
    b->month0 = s->month0;
    b->months = s->months;
    b->came   = NEW_N(mem, int64_t, (ptrdiff_t)b->months * b->sources.count);
    b->sum    = growth_of_base(b->joined, b->of, b->all.n, b->sources.count, a->q.from, a->q.to, b->came);
    return OK;
}

/* Has he bought by the end of the period? */
static bool has_bought(const Asking *a, const Base *b, ptrdiff_t i)
{
    return i < b->all.sold && a->a.summary.first[i] != DAY_NONE;
}

static void put_months(const Asking *a, Tables *t, const Base *b)
{
    static const Column columns[] = { { "month", CELL_MONTH },
                                      { "came", CELL_COUNT },
                                      { "bought", CELL_COUNT },
                                      { "lost", CELL_COUNT },
                                      { "total", CELL_COUNT } };
    int64_t total = b->sum.before;
    table_begin(t, "months", columns, COUNT(columns));
    for (int m = 0; m < b->months; m++) {
        int64_t now = 0;
        for (int k = 0; k < b->sources.count; k++) now += b->came[m * b->sources.count + k];
        total += now;
        table_row(t, (Datum[]){ d_month(b->month0 + m), d_count(now), d_count(a->report.month_new[m]),
                                d_count(a->report.month_lost[m]), d_count(total) });
    }
    table_end(t);
}

static bool came_within(const Asking *a, const Base *b, ptrdiff_t i)
{
    return b->joined[i] != DAY_NONE && b->joined[i] >= a->q.from && b->joined[i] <= a->q.to;
}

/* How many came from each source, and how many of them have bought. */
static void put_sums(Asking *a, Tables *t, const Base *b)
{
    static const Column columns[] = { { "source", CELL_TEXT }, { "clients", CELL_COUNT }, { "buyers", CELL_COUNT } };
    int64_t            *came = NEW_N(a->r->w->mem, int64_t, b->sources.count),
            *buyers = NEW_N(a->r->w->mem, int64_t, b->sources.count);
    for (ptrdiff_t i = 0; i < b->all.n; i++) {
        if (!came_within(a, b, i)) continue;
        came[b->of[i]]++;
        buyers[b->of[i]] += has_bought(a, b, i);
    }
    table_begin(t, "sources", columns, COUNT(columns));
    for (int k = 0; k < b->sources.count; k++)
        if (came[k]) table_row(t, (Datum[]){ d_text(b->sources.name[k]), d_count(came[k]), d_count(buyers[k]) });
    table_end(t);
}

static void put_came(Tables *t, const Base *b)
{
    static const Column columns[] = { { "month", CELL_MONTH }, { "source", CELL_TEXT }, { "clients", CELL_COUNT } };
    table_begin(t, "came", columns, COUNT(columns));
    for (int m = 0; m < b->months; m++)
        for (int k = 0; k < b->sources.count; k++) {
            int64_t n = b->came[m * b->sources.count + k];
            if (n) table_row(t, (Datum[]){ d_month(b->month0 + m), d_text(b->sources.name[k]), d_count(n) });
        }
    table_end(t);
}

/* ---- who they are ---- */

/* A cell is came-2026-03, bought-2026-03 (for the first time), lost-2026-03, till-2026-03 (all who had come by its
 * end), from-Exhibition or came-2026-03-from-Exhibition; without one all who came in the period. */
typedef enum { CELL_CAME, CELL_BOUGHT, CELL_LOST, CELL_TILL, CELL_KINDS } CellKind;

static const char *const cell_kinds[CELL_KINDS] = { "came-", "bought-", "lost-", "till-" };

typedef struct {
    CellKind    kind;
    Month       month;  /* INT32_MIN: any of the period */
    int         source; /* -1: any                      */
    const Base *base;
} Asked;

/* Clients of no source are the same cell in every language: a link may be sent to a colleague who reads another. */
static int source_named(const Sources *s, Str name)
{
    for (int lang = 0; lang < LANGS; lang++)
        if (str_eq(name, str_of(words_text((Lang)lang, "growth.no_source")))) return 0;
    for (int i = 1; i < s->count; i++)
        if (str_eq(name, s->name[i])) return i;
    return -1;
}

static bool source_asked(Str cell, Asked *out)
{
    if (!str_starts(cell, S("from-"))) return false;
    out->source = source_named(&out->base->sources, str_from(cell, 5));
    return out->source >= 0;
}

static bool asked_of(const Asking *a, const Base *base, Asked *out)
{
    enum { MONTH = 7 }; /* characters of 2026-03 */
    Day day;
    int kind = 0;
    *out = (Asked){ CELL_CAME, INT32_MIN, -1, base };
    while (kind < CELL_KINDS && !str_starts(a->cell, str_of(cell_kinds[kind]))) kind++;
    if (kind == CELL_KINDS) return source_asked(a->cell, out);
    Str of = str_from(a->cell, str_of(cell_kinds[kind]).n);
    if (of.n < MONTH || !day_read(str_fmt(a->r->w->mem, "%.7s-01", of.s), &day)) return false;
    out->kind  = (CellKind)kind;
    out->month = month_of(day);
    Str rest   = str_from(of, MONTH);
    return !rest.n || (kind == CELL_CAME && rest.s[0] == '-' && source_asked(str_from(rest, 1), out));
}

static bool is_member(const Asking *a, const Asked *asked, ptrdiff_t i)
{
    const Base    *b = asked->base;
    const Summary *s = &a->a.summary;
    if (asked->source >= 0 && asked->source != b->of[i]) return false;
    switch (asked->kind) {
    case CELL_TILL:
        return b->joined[i] != DAY_NONE && b->joined[i] <= a->q.to && month_of(b->joined[i]) <= asked->month;
    case CELL_BOUGHT: return has_bought(a, b, i) && month_of(s->first[i]) == asked->month;
    case CELL_LOST:
        return has_bought(a, b, i) && a->report.status_of[i] == STATUS_LOST && month_of(s->last[i]) == asked->month;
    default: return came_within(a, b, i) && (asked->month == INT32_MIN || month_of(b->joined[i]) == asked->month);
    }
}

static Err put_items(Asking *a, Tables *t, const Asked *asked)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "amount", CELL_MEASURE }, { "joined", CELL_DAY },
                                      { "first", CELL_DAY },     { "last", CELL_DAY },       { "source", CELL_TEXT } };
    const Base    *b  = asked->base;
    const Summary *s  = &a->a.summary;
    bool          *is = NEW_RAW(a->r->w->mem, bool, b->all.n);
    Members        m;
    for (ptrdiff_t i = 0; i < b->all.n; i++) is[i] = is_member(a, asked, i);
    TRY(members_list(a, (Listing){ .list = "items", .id = b->all.id, .amount = b->all.amount, .is = is, .n = b->all.n },
                     &m));
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t k = 0; k < m.n; k++) {
        uint32_t at     = m.at[k];
        bool     bought = has_bought(a, b, at);
        table_row(t, (Datum[]){ d_named(b->all.id[at], m.name[k]), d_wide(b->all.amount[at]), d_day(b->joined[at]),
                                bought ? d_day(s->first[at]) : d_none(), bought ? d_day(s->last[at]) : d_none(),
                                d_text(b->sources.name[b->of[at]]) });
    }
    table_end(t);
    members_total(t, &m);
    return OK;
}

/* "3 times", "2,5 times": a whole number is counted, a part is said as it is. */
static Str times_of(Asking *a, Ratio times)
{
    if (times == NONE) return S("");
    int64_t tenths = round_div(times, RATIO_ONE / 10);
    if (tenths % 10 == 0) return asking_say(a, "growth.times", arg_count("n", tenths / 10));
    return asking_say(a, "growth.times_part", arg_count("n", tenths / 10), arg_count("part", tenths % 10));
}

static Str sentence_of(Asking *a, const Base *b)
{
    int64_t waiting = 0;
    for (ptrdiff_t i = 0; i < b->all.n; i++) waiting += came_within(a, b, i) && !has_bought(a, b, i);
    Str grown = asking_say(a, b->sum.times == NONE ? "growth.from_nothing" : "growth.sentence",
                           arg_count("n", b->sum.added), arg_count("before", b->sum.before),
                           arg_count("after", b->sum.after), arg_text("times", times_of(a, b->sum.times)));
    return waiting ? asking_say(a, "growth.and_waiting", arg_text("grown", grown), arg_count("n", waiting)) : grown;
}

/* Who was entered after the last sale has come too: where nobody says otherwise the base is counted as it is today. */
static void till_today(Asking *a)
{
    if (!asked(a->r, "to") && a->r->w->today > a->q.to) a->q.to = a->r->w->today;
}

Err answer_growth(Request *r)
{
    Asking a;
    Tables t;
    Base   base;
    Asked  asked;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    till_today(&a);
    TRY(asking_answer(&a));
    TRY(base_find(&a, &base));
    TRY(asking_cell(&a, asked_of(&a, &base, &asked)));
    asking_open(&a, sentence_of(&a, &base), "growth.how", &t);
    put_months(&a, &t, &base);
    put_sums(&a, &t, &base);
    put_came(&t, &base);
    TRY(put_items(&a, &t, &asked));
    return asking_close(&a, &t);
}
