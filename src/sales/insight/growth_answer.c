/* How the base grows: clients by the month of their first purchase and by where they came from. */
#include "analysis/growth.h"
#include "core/map.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"
#include "sales/insight/asking_sql.h"

#include <string.h>

/* Source 0 is "not known". */
typedef struct {
    Str     *name;
    int      count;
    int32_t *of;  /* by place of the summary */
} Sources;

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

/* One statement for all clients that have a source; their places in the summary are found by number. */
static Err read_sources(Asking *a, Sources *s)
{
    Work     *w       = a->r->w;
    Map      *numbers = NULL;
    Rows      rows;
    uint32_t *place = NEW_N(w->mem, uint32_t, a->hold.view.clients);
    TRY(read_names(a, s, &numbers));
    s->of = NEW_N(w->mem, int32_t, a->a.summary.clients + 1); /* the last is for those without a sale */
    for (uint32_t n = 0; n < a->hold.view.clients; n++) place[n] = (uint32_t)a->a.summary.clients;
    for (ptrdiff_t c = 0; c < a->a.summary.clients; c++) place[a->a.client_number[c]] = (uint32_t)c;
    TRY(db_stream(w->db, SQL_INSIGHT_CLIENT_SOURCES, NO_VALS, &rows));
    while (rows_next(&rows)) {
        int64_t  id     = row_int(&rows, 0);
        uint32_t number = asking_number(a, id);
        char     text[24];
        Buf      key = { .data = text, .cap = sizeof text };
        buf_i64(&key, row_int(&rows, 1));
        int64_t *source = map_at(&numbers, buf_str(&key), NULL);
        if (source && number) s->of[place[number]] = (int32_t)*source;
    }
    return rows_end(&rows);
}

static void put_months(Asking *a, Tables *t, const Sources *s, const int64_t *came, int64_t before)
{
    static const Column columns[] = { { "month", CELL_MONTH }, { "came", CELL_COUNT }, { "lost", CELL_COUNT }, { "total", CELL_COUNT } };
    int64_t total = before;
    table_begin(t, "months", columns, COUNT(columns));
    for (int m = 0; m < a->a.summary.months; m++) {
        int64_t now = 0;
        for (int k = 0; k < s->count; k++) now += came[m * s->count + k];
        total += now;
        table_row(t, (Datum[]){ d_month(a->a.summary.month0 + m), d_count(now), d_count(a->report.month_lost[m]), d_count(total) });
    }
    table_end(t);
}

static void put_sources(Asking *a, Tables *t, const Sources *s, const int64_t *came)
{
    static const Column sums[] = { { "source", CELL_TEXT }, { "clients", CELL_COUNT } }, each[] = { { "month", CELL_MONTH }, { "source", CELL_TEXT }, { "clients", CELL_COUNT } };
    table_begin(t, "sources", sums, COUNT(sums));
    for (int k = 0; k < s->count; k++) {
        int64_t all = 0;
        for (int m = 0; m < a->a.summary.months; m++) all += came[m * s->count + k];
        if (all) table_row(t, (Datum[]){ d_text(s->name[k]), d_count(all) });
    }
    table_end(t);
    table_begin(t, "came", each, COUNT(each));
    for (int m = 0; m < a->a.summary.months; m++)
        for (int k = 0; k < s->count; k++)
            if (came[m * s->count + k]) table_row(t, (Datum[]){ d_month(a->a.summary.month0 + m), d_text(s->name[k]), d_count(came[m * s->count + k]) });
    table_end(t);
}

/* ---- who they are ---- */

/* A cell is came-2026-03, lost-2026-03, till-2026-03 (all who had come by its end), from-Exhibition or came-2026-03-from-Exhibition; without one all who
 * came in the months shown. */
typedef struct {
    bool           lost, till;
    Month          month;  /* INT32_MIN: any of the months shown */
    int            source; /* -1: any                            */
    const Sources *sources;
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
    out->source = source_named(out->sources, str_from(cell, 5));
    return out->source >= 0;
}

static bool asked_of(const Asking *a, const Sources *sources, Asked *out)
{
    enum { MONTH = 7 }; /* characters of 2026-03 */
    Day day;
    *out = (Asked){ str_starts(a->cell, S("lost-")), str_starts(a->cell, S("till-")), INT32_MIN, -1, sources };
    if (!out->lost && !out->till && !str_starts(a->cell, S("came-"))) return source_asked(a->cell, out);
    Str of = str_from(a->cell, 5);
    if (of.n < MONTH || !day_read(str_fmt(a->r->w->mem, "%.7s-01", of.s), &day)) return false;
    out->month = month_of(day);
    Str rest   = str_from(of, MONTH);
    return !rest.n || (!out->lost && !out->till && rest.s[0] == '-' && source_asked(str_from(rest, 1), out));
}

static bool is_member(const Asking *a, uint32_t place)
{
    const Asked   *asked = a->beside;
    const Summary *s     = &a->a.summary;
    if (s->first[place] == DAY_NONE || (asked->lost && a->report.status_of[place] != STATUS_LOST)) return false;
    Month month = month_of(asked->lost ? s->last[place] : s->first[place]);
    if (asked->source >= 0 && asked->source != asked->sources->of[place]) return false;
    if (asked->till) return month <= asked->month;
    return asked->month == INT32_MIN ? month >= s->month0 && month < s->month0 + s->months : month == asked->month;
}

static Err put_items(Asking *a, Tables *t, const Sources *sources, const Asked *asked)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "amount", CELL_MEASURE }, { "first", CELL_DAY }, { "last", CELL_DAY }, { "source", CELL_TEXT } };
    const Summary *s = &a->a.summary;
    Members        m;
    a->beside = asked;
    TRY(members_find(a, is_member, &m));
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m.n; i++) {
        uint32_t at = m.at[i];
        table_row(t, (Datum[]){ d_named(a->a.client_id[at], m.name[i]), d_wide(s->money[at]), d_day(s->first[at]), d_day(s->last[at]), d_text(sources->name[sources->of[at]]) });
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

Err answer_growth(Request *r)
{
    Asking  a;
    Tables  t;
    Sources sources;
    Asked   asked;
    TRY(asking_begin(r, &a));
    a.of_product = false;
    TRY(asking_answer(&a));
    TRY(read_sources(&a, &sources));
    TRY(asking_cell(&a, asked_of(&a, &sources, &asked)));
    const Summary *s    = &a.a.summary;
    int64_t       *came = NEW_N(r->w->mem, int64_t, (ptrdiff_t)s->months * sources.count);
    Growth         g    = growth_of_base(s->first, sources.of, s->clients, sources.count, s->month0, s->months, came);
    asking_open(&a, asking_say(&a, g.times == NONE ? "growth.from_nothing" : "growth.sentence", arg_count("n", g.added), arg_count("before", g.before), arg_count("after", g.after),
                               arg_text("times", times_of(&a, g.times))),
                "growth.how", &t);
    put_months(&a, &t, &sources, came, g.before);
    put_sources(&a, &t, &sources, came);
    TRY(put_items(&a, &t, &sources, &asked));
    return asking_close(&a, &t);
}
