/* A question to the sales history as a screen puts it: what is asked, of whom, and the count that answers it. */
#include "sales/insight/asking.h"

#include "sales/insight/asking_sql.h"
#include "sales/insight/classes.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* A round of the schedule may ask before the server has told. */
static _Atomic(Facts *) the_facts;

void insight_facts(Facts *facts)
{
    atomic_store(&the_facts, facts);
}

Facts *insight_the_facts(void)
{
    return atomic_load(&the_facts);
}

/* ---- the voice ---- */

static const char *currency_sign(Str currency)
{
    static const struct {
        const char *code, *sign;
    } signs[] = { { "RUB", "₽" }, { "USD", "$" }, { "EUR", "€" }, { "GBP", "£" }, { "KZT", "₸" }, { "BYN", "Br" } };
    for (ptrdiff_t i = 0; i < COUNT(signs); i++)
        if (str_eq(currency, str_of(signs[i].code))) return signs[i].sign;
    return "";
}

static Err voice_of(Work *w, Voice *out)
{
    Rows rows;
    out->lang     = work_lang(w);
    out->currency = "";
    TRY(db_query(w->db, SQL_INSIGHT_CURRENCY, NO_VALS, &rows));
    if (rows_next(&rows)) out->currency = currency_sign(row_text(&rows, 0));
    return rows_end(&rows);
}

/* ---- parameters ---- */

const char *const asking_measures[] = { "revenue", "margin", "quantity", NULL };
const char *const asking_kinds[]    = { "client", "product", NULL };

/* "80,95" in percent with up to four decimals each, as parts per million. */
static Err asked_cuts(Request *r, const char *name, Ratio *low, Ratio *high)
{
    Str text = asked_text(r, name), first;
    if (!text.s) return OK;
    Ratio *to[2] = { low, high };
    for (int i = 0; i < 2; i++) {
        int64_t whole = 0, part = 0;
        first         = str_trim(str_cut(&text, ','));
        Str before    = str_cut(&first, '.');
        bool bad = !str_i64(before, &whole) || whole < 0 || whole > 1000 || first.n > 4 ||
                   (first.n && (!str_i64(first, &part) || part < 0));
        if (bad) return fail(r->w, INVALID, name, "analysis.bad_cuts");
        for (ptrdiff_t n = first.n; n < 4; n++) part *= 10;
        *to[i] = whole * 10000 + part;
    }
    if (text.n || *low >= *high) return fail(r->w, INVALID, name, "analysis.bad_cuts");
    return OK;
}

/* A period that was asked for is looked at from its end. */
static void period_ends(Asking *a)
{
    if (a->q.as_of > a->q.to + 1) a->q.as_of = a->q.to + 1;
    a->q.seen = a->q.to;
}

static Err ask_period(Asking *a)
{
    Request    *r     = a->r;
    UsualPeriod usual = usual_period(&a->hold.view, r->w->today);
    a->latest   = usual.latest;
    a->earliest = usual.earliest;
    a->q.from   = DAY_NONE;
    TRY(asked_day(r, "from", &a->q.from));
    a->q.to    = a->q.from > usual.to ? usual.latest : usual.to; /* who begins in the month that runs means it */
    a->q.as_of = usual.as_of;
    a->q.seen  = usual.latest;
    TRY(asked_day(r, "to", &a->q.to));
    if (asked(r, "to")) period_ends(a);
    if (a->q.from == DAY_NONE) a->q.from = asked(r, "to") ? usual_from(a->q.to) : usual.from;
    TRY(asked_day(r, "as_of", &a->q.as_of));
    a->known  = a->latest == a->q.as_of ? a->q.as_of : a->q.as_of - 1;
    a->judged = months_judged(a->q.as_of, r->w->today, a->latest);
    if (a->judged > a->q.to) a->judged = a->q.to;
    if (a->q.from > a->q.to) return fail(r->w, INVALID, "to", "analysis.ends_before_it_begins");
    return OK;
}

static Err ask_measure(Asking *a)
{
    int measure = 0, kind = 0;
    TRY(asked_choice(a->r, "measure", asking_measures, &measure));
    TRY(asked_choice(a->r, "of", asking_kinds, &kind));
    a->q.measure  = (Measure)measure;
    a->of_product = kind == 1;
    if (a->q.measure == MEASURE_MARGIN && !a->reach.cost)
        return fail(a->r->w, DENIED, "measure", "analysis.margin_hidden");
    a->set           = REPORT_USUAL;
    a->set.one_limit = a->rule.one_limit;
    TRY(asked_cuts(a->r, "cuts", &a->set.abc.a, &a->set.abc.b));
    TRY(asked_cuts(a->r, "xyz", &a->set.xyz.x, &a->set.xyz.y));
    a->cell  = asked_text(a->r, "cell");
    a->limit = a->book ? ASKING_BOOK_LIMIT : ASKING_LIMIT;
    TRY(asked_i64(a->r, "skip", 0, 100000000, &a->skip));
    return asked_i64(a->r, "limit", 1, ASKING_LIMIT, &a->limit);
}

/* sort=amount, sort=-amount: of the list asked for, or of the members. */
static void ask_order(Asking *a)
{
    Str  column = asked_text(a->r, "sort");
    bool down   = str_starts(column, S("-"));
    a->order = (TableOrder){ .column = down ? str_from(column, 1) : column,
                             .down = down,
                             .table = asked(a->r, "list") ? asked_text(a->r, "list") : S("items"),
                             .skip = a->skip,
                             .limit = a->limit,
                             .mem = a->r->w->mem,
                             .names = asking_order_names,
                             .to = a };
}

Err asking_lists(Asking *a, const char *const *lists)
{
    int at = 0;
    TRY(asked_choice(a->r, "list", lists, &at));
    if (asked(a->r, "list")) a->list = str_of(lists[at]);
    return OK;
}

Err asking_cell(Asking *a, bool known)
{
    return known || !a->cell.n ? OK : fail(a->r->w, INVALID, "cell", "analysis.no_cell", arg_text("cell", a->cell));
}

AskedPage asking_page(const Asking *a, const char *list)
{
    if (a->order.column.n && str_eq(a->order.table, str_of(list))) return (AskedPage){ 0, ORDER_ROWS_MAX };
    if (!a->list.n || str_eq(a->list, str_of(list))) return (AskedPage){ a->skip, a->limit };
    return (AskedPage){ 0, a->book ? ASKING_BOOK_LIMIT : ASKING_LIMIT };
}

static Err ask_format(Asking *a)
{
    static const char *const formats[] = { "json", "xlsx", NULL };
    int format = 0;
    TRY(asked_choice(a->r, "format", formats, &format));
    if (format == 0) return OK;
    TRY(access_need(a->r->w, "analysis", "export"));
    return book_begin(a->r->w, &a->book);
}

/* ---- who is counted ---- */

typedef struct {
    int64_t  *id;
    ptrdiff_t n;
} Ids;

static Err read_ids(Work *w, Str sql, const Val *vals, int n, Ids *out)
{
    Rows rows;
    Buf  b = buf_new(w->mem, 4096);
    TRY(db_query(w->db, sql, vals, n, &rows));
    while (rows_next(&rows)) {
        int64_t id = row_int(&rows, 0);
        buf_put(&b, (Str){ (const char *)&id, sizeof id });
    }
    *out    = (Ids){ .n = b.len / (ptrdiff_t)sizeof(int64_t) };
    out->id = NEW_RAW(w->mem, int64_t, out->n);
    if (out->n) memcpy(out->id, b.data, (size_t)b.len);
    return rows_end(&rows);
}

static uint64_t *bits_of(const Asking *a, const Ids *ids)
{
    return facts_client_bits(the_facts, &a->hold.view, ids->id, ids->n, a->r->w->mem);
}

static const char *verb_of(const Asking *a) { return a->book ? "export" : "view"; }

Str asking_scope(const Asking *a, Str sql, int next, Val *vals, int *n)
{
    ScopeValues values = { 0 };
    Str         out    = scope_expand_verb(a->r->w->mem, sql, a->r->w->who, verb_of(a), next, &values);
    for (*n = 0; *n < values.count; ++*n) vals[next - 1 + *n] = val_int(values.value[*n]);
    *n += next - 1;
    return out;
}

FactsQuestion asking_question(const Asking *a)
{
    return (FactsQuestion){ .reach = &a->reach, .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE };
}

/* What this reader may know: asked once, and every count is made within it. */
static Err ask_reach(Asking *a)
{
    Work *w = a->r->w;
    Val   vals[ASKING_SCOPE];
    Ids   ids;
    int   n;
    a->reach.cost     = !access_hides(w->who, "analysis", verb_of(a), "finance");
    a->reach.everyone = access_scope(w->who, "analysis", verb_of(a)) == SCOPE_ALL;
    a->q              = asking_question(a);
    if (a->reach.everyone) return OK;
    Str sql = asking_scope(a, SQL_INSIGHT_VISIBLE, 1, vals, &n);
    TRY(read_ids(w, sql, vals, n, &ids));
    a->reach.clients = bits_of(a, &ids);
    return OK;
}

static Err ask_people(Asking *a)
{
    Work *w = a->r->w;
    Ids   ids;
    static const char *const classes[] = { "A", "B", "C", NULL };
    int class_ = 0;
    TRY(asked_choice(a->r, "class", classes, &class_));
    if (!asked(a->r, "class")) return OK;
    a->class_ = str_of(classes[class_]);
    TRY(read_ids(w, SQL_INSIGHT_CLASS, VALS(val_int(class_ + 1)), &ids));
    a->q.clients = bits_of(a, &ids);
    return OK;
}

/* One client, if he is of those asked about. */
static Err ask_client(Asking *a)
{
    TRY(asked_i64(a->r, "client", 1, INT64_C(1) << 53, &a->client));
    if (!a->client) return OK;
    uint64_t *one = bits_of(a, &(Ids){ &a->client, 1 });
    for (uint32_t i = 0; a->q.clients && i <= a->hold.view.clients / 64; i++) one[i] &= a->q.clients[i];
    a->q.clients = one;
    return OK;
}

bool asking_narrowed(const Asking *a)
{
    return a->channel || a->seller || a->client || a->product || a->class_.n;
}

static Err ask_filters(Asking *a)
{
    Arena *mem = a->r->w->mem;
    TRY(asked_i64(a->r, "channel", 1, INT64_C(1) << 53, &a->channel));
    TRY(asked_i64(a->r, "seller", 1, INT64_C(1) << 53, &a->seller));
    TRY(asked_i64(a->r, "product", 1, INT64_C(1) << 53, &a->product));
    TRY(ask_client(a));
    if (a->product) a->q.products = facts_product_set(the_facts, &a->hold.view, &a->product, 1, mem);
    if (a->channel) a->q.channels = facts_channel_set(the_facts, &a->channel, 1, mem);
    if (a->seller) a->q.sellers = facts_seller_set(the_facts, &a->seller, 1, mem);
    a->whole = a->reach.everyone && !asking_narrowed(a);
    return OK;
}

static void let_go(void *hold)
{
    facts_release(the_facts, hold);
}

static Err hold(Request *r, Asking *a)
{
    Work         *w    = r->w;
    FactsProgress p    = facts_progress(the_facts);
    FactsHold    *hold = NEW(w->mem, FactsHold);
    *a = (Asking){ .r = r };
    if (!p.ready)
        return fail(w, BUSY, NULL, "analysis.loading", arg_count("done", p.done), arg_count("total", p.total));
    work_own(w, hold, let_go); /* before there is something to let go of: from then on nothing may come between */
    TRY(facts_hold(the_facts, w->db, hold));
    a->hold = *hold;
    return OK;
}

/* As sales tell costs, and analyses where he has them. */
static bool costs_told(const Actor *who)
{
    bool analyses = access_scope(who, "analysis", "view") != SCOPE_NONE;
    return !access_hides(who, analyses ? "analysis" : "sale", "view", "finance");
}

Err asking_client(Request *r, int64_t client, Asking *out)
{
    Work *w = r->w;
    TRY(hold(r, out));
    out->reach.clients = facts_client_bits(the_facts, &out->hold.view, &client, 1, w->mem);
    out->reach.cost    = costs_told(w->who);
    return OK;
}

Err asking_sold(Request *r, Asking *out)
{
    Work       *w      = r->w;
    ScopeValues values = { 0 };
    Val         vals[COUNT(values.value)];
    Ids         ids;
    TRY(hold(r, out));
    out->reach.cost     = costs_told(w->who);
    out->reach.everyone = access_scope(w->who, "sale", "view") == SCOPE_ALL &&
                          access_scope(w->who, "client", "view") == SCOPE_ALL;
    if (out->reach.everyone) return OK;
    Str sql = scope_expand(w->mem, SQL_INSIGHT_SOLD_TO, w->who, 1, &values);
    for (int i = 0; i < values.count; i++) vals[i] = val_int(values.value[i]);
    TRY(read_ids(w, sql, vals, values.count, &ids));
    out->reach.clients = bits_of(out, &ids);
    return OK;
}

Err asking_begin(Request *r, Asking *out)
{
    TRY(asked_only(r));
    TRY(hold(r, out));
    TRY(voice_of(r->w, &out->voice));
    TRY(analysis_rule(r->w, &out->rule));
    TRY(ask_format(out));
    TRY(ask_reach(out));
    TRY(ask_period(out));
    TRY(ask_measure(out));
    ask_order(out);
    TRY(ask_people(out));
    TRY(ask_filters(out));
    return facts_fit(&out->hold.view, &out->q) ? OK : fail(r->w, INVALID, NULL, "analysis.sums_too_large");
}

Err asking_answer(Asking *a)
{
    Work *w = a->r->w;
    a->a        = facts_ask(&a->hold.view, &a->q, w->mem);
    a->answered = true;
    a->a.summary.judged = a->judged;
    if (a->q.margins) a->a.covered = 0;
    for (ptrdiff_t c = 0; a->q.margins && c < a->a.summary.clients; c++) a->a.covered += a->a.costed[c];
    return report_make(&a->a.summary, a->set, w->mem, w->scratch, &a->report);
}

FactsAnswer asking_again(Asking *a, Day from, Day to, Measure measure)
{
    FactsQuestion q = a->q;
    q.from    = from;
    q.to      = to;
    q.seen    = to;
    q.sums    = true;
    q.margins = false;
    q.as_of   = to + 1;
    q.measure = measure;
    return facts_ask(&a->hold.view, &q, a->r->w->mem);
}

uint32_t asking_number(const Asking *a, int64_t client)
{
    uint32_t number;
    facts_client_numbers(the_facts, &client, 1, &number);
    return number < a->hold.view.clients ? number : 0;
}

void asking_line_up(const FactsAnswer *from, const FactsAnswer *onto, Money *out)
{
    for (ptrdiff_t a = 0, b = 0; a < onto->summary.clients; a++) {
        while (b < from->summary.clients && from->client_number[b] < onto->client_number[a]) b++;
        bool same = b < from->summary.clients && from->client_number[b] == onto->client_number[a];
        out[a]    = same ? from->summary.money[b] : 0;
    }
}

uint32_t asking_place(const Asking *a, int64_t client)
{
    uint32_t  number = asking_number(a, client);
    ptrdiff_t low    = 0;
    for (ptrdiff_t high = a->a.summary.clients; low < high;) {
        ptrdiff_t middle = (low + high) / 2;
        if (a->a.client_number[middle] < number) low = middle + 1;
        else high = middle;
    }
    return number && low < a->a.summary.clients && a->a.client_number[low] == number ? (uint32_t)low : UINT32_MAX;
}
