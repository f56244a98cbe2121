/* What a client's card shows beside the record: classes, rhythm, revenue by month, products, totals; and the client's
 * sales.
 *
 * Figures come from the facts, so that a sale saved a moment ago is in them, and so does the status; the other
 * classes are those of the last count. Whoever may not see the client gets the answer of a client that does not
 * exist; figures of cost are absent where they are hidden, and all that comes from sales for whoever may not see this
 * client's sales. */
#include "analysis/falling.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"
#include "sales/insight/card_sql.h"
#include "sales/insight/classes.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"

#include "access/viewing.h"
#include "entity/list.h"

#include <stdlib.h>

enum { MONTHS = 24, PRODUCTS_SHOWN = 100 };

typedef struct {
    Wide    amount, qty;
    int64_t product;
    Day     day;
} Bought;

typedef struct {
    Day       today, year0, year1; /* the last twelve months begin with year1, the twelve before with year0 */
    Day       as_of;               /* what status and lateness are looked from, as in every analysis */
    Day       first, last;         /* purchases; DAY_NONE: none */
    int32_t   days;                /* with a purchase           */
    int64_t   late;                /* days, by the last count: of whoever has no rhythm of his own yet */
    int64_t   sales, seen;         /* seen: the sale of the line before */
    Wide      revenue, margin, year, year_before;
    bool      costed;              /* some line has a cost      */
    Wide      month_money[MONTHS], month_margin[MONTHS];
    Wide     *day_money;           /* from year1 on             */
    bool     *day_had;
    Bought   *bought;
    ptrdiff_t lines;
} Card;

static Month first_month(const Card *c)
{
    return month_of(c->today) - MONTHS + 1;
}

static void take_sale(Card *c, const FactSale *sale)
{
    if (sale->id == c->seen) return;
    c->seen = sale->id;
    if (sale->is_return) return;
    c->sales++;
    c->days += sale->day != c->last;
    c->last = sale->day;
    if (c->first == DAY_NONE) c->first = sale->day;
}

static void take_line(void *to, const FactSale *sale, const FactLine *line)
{
    Card *c      = to;
    int   month  = month_of(sale->day) - first_month(c);
    Money margin = line->cost == NONE ? 0 : line->amount - line->cost;
    take_sale(c, sale);
    c->revenue += line->amount;
    c->margin += margin;
    c->costed |= line->cost != NONE;
    if (sale->day >= c->year1 && sale->day <= c->today) {
        c->year += line->amount;
        c->day_money[sale->day - c->year1] += line->amount;
        c->day_had[sale->day - c->year1] = true;
    } else if (sale->day >= c->year0 && sale->day < c->year1) {
        c->year_before += line->amount;
    }
    if (month >= 0 && month < MONTHS) {
        c->month_money[month] += line->amount;
        c->month_margin[month] += margin;
    }
    c->bought[c->lines++] = (Bought){ line->amount, line->qty, line->product, sale->is_return ? DAY_NONE : sale->day };
}

static void count_line(void *to, const FactSale *sale, const FactLine *line)
{
    (void)sale;
    (void)line;
    ++*(ptrdiff_t *)to;
}

static void card_read(const Asking *a, int64_t client, Card *c)
{
    Work         *w          = a->r->w;
    FactsQuestion everything = asking_question(a);
    uint32_t      number     = asking_number(a, client);
    ptrdiff_t     lines      = 0;
    *c = (Card){ .today = w->today, .year1 = usual_from(w->today), .first = DAY_NONE, .last = DAY_NONE };
    c->year0 = usual_from(c->year1 - 1);
    c->as_of = usual_period(&a->hold.view, w->today).as_of;
    facts_client_lines(&a->hold.view, &everything, number, count_line, &lines);
    c->bought    = NEW_RAW(w->mem, Bought, lines);
    c->day_money = NEW_N(w->mem, Wide, c->today - c->year1 + 1);
    c->day_had   = NEW_N(w->mem, bool, c->today - c->year1 + 1);
    facts_client_lines(&a->hold.view, &everything, number, take_line, c);
}

static Err late_read(Work *w, int64_t client, Card *c)
{
    Rows rows;
    TRY(db_query(w->db, SQL_CARD_DAYS_LATE, VALS(val_int(client)), &rows));
    if (rows_next(&rows) && !row_null(&rows, 0)) c->late = row_int(&rows, 0);
    return rows_end(&rows);
}

/* ---- what was bought, the largest first ---- */

static int by_product(const void *a, const void *b)
{
    const Bought *x = a, *y = b;
    return (x->product > y->product) - (x->product < y->product);
}

static int by_amount(const void *a, const void *b)
{
    const Bought *x = a, *y = b;
    return x->amount == y->amount ? by_product(a, b) : x->amount < y->amount ? 1 : -1;
}

/* Lines of one product become one, of which no quantity is known where that of a line is not.  Lines without a product
 * are one too, so that all come to what was sold; by themselves they say nothing and are left out. */
static ptrdiff_t products_of(Bought *b, ptrdiff_t lines)
{
    ptrdiff_t n = 0;
    if (lines) qsort(b, (size_t)lines, sizeof *b, by_product);
    for (ptrdiff_t i = 0; i < lines && b[lines - 1].product; i++) {
        if (!n || b[n - 1].product != b[i].product) {
            b[n++] = b[i];
            continue;
        }
        b[n - 1].amount += b[i].amount;
        b[n - 1].qty = b[n - 1].qty == NONE || b[i].qty == NONE ? NONE : b[n - 1].qty + b[i].qty;
        if (b[i].day > b[n - 1].day) b[n - 1].day = b[i].day;
    }
    if (n) qsort(b, (size_t)n, sizeof *b, by_amount);
    return n;
}

static void put_title(JsonOut *j, const char *key, int64_t id, Str title)
{
    js_key(j, key);
    js_object(j);
    js_key(j, "id");
    js_i64(j, id);
    js_key(j, "title");
    js_str(j, title);
    js_end(j);
}

static Err put_products(Asking *a, Card *c)
{
    JsonOut  *j = &a->r->out;
    ptrdiff_t n = products_of(c->bought, c->lines);
    int64_t   ids[PRODUCTS_SHOWN];
    Str       names[PRODUCTS_SHOWN];
    if (n > PRODUCTS_SHOWN) n = PRODUCTS_SHOWN;
    for (ptrdiff_t i = 0; i < n; i++) ids[i] = c->bought[i].product;
    TRY(asking_names(a, "product", ids, n, names));
    js_key(j, "products");
    js_array(j);
    for (ptrdiff_t i = 0; i < n; i++) {
        js_object(j);
        if (ids[i]) put_title(j, "product", ids[i], names[i]);
        else js_key(j, "product"), js_null(j);
        js_key(j, "amount");
        js_wide_money(j, c->bought[i].amount);
        js_key(j, "qty");
        if (c->bought[i].qty == NONE) js_null(j);
        else js_wide_qty(j, c->bought[i].qty);
        js_key(j, "last");
        js_day(j, c->bought[i].day);
        js_end(j);
    }
    js_end(j);
    return OK;
}

/* ---- the other parts ---- */

static Rhythm rhythm_now(const Card *c) { return rhythm_of(c->days, c->first, c->last); }

/* Where the client stands this moment, so that the card never says two things; null where that takes the rhythm of all
 * others, which the last count knew. */
static const char *status_now(const Card *c)
{
    const StatusSettings usual = STATUS_USUAL;
    if (c->days >= 2) return status_names[status_of(c->days, c->first, c->last, c->as_of, rhythm_now(c), usual)];
    if (c->days == 0) return status_names[STATUS_POTENTIAL];
    return c->as_of - c->last <= usual.new_days ? status_names[STATUS_NEW] : NULL;
}

static void put_class(JsonOut *j, Str kind, Str value, Day since)
{
    js_object(j);
    js_key(j, "kind");
    js_str(j, kind);
    js_key(j, "value");
    js_str(j, value);
    js_key(j, "since");
    js_day(j, since);
    js_end(j);
}

/* Classes as of the last count, and the status of this moment.  They come from sales: none for whoever may not see
 * these (`c` null). */
static Err put_classes(Request *r, const Card *c)
{
    JsonOut    *j      = &r->out;
    const char *status = c ? status_now(c) : NULL;
    bool        told   = !status;
    Rows        rows;
    TRY(db_query(r->w->db, SQL_CARD_CLASSES, VALS(val_int(c ? r->id : 0)), &rows));
    js_key(j, "classes");
    js_array(j);
    while (rows_next(&rows)) {
        Str  kind = row_text(&rows, 0), value = row_text(&rows, 1);
        bool moved = status && str_eq(kind, S("status")) && !str_eq(value, str_of(status));
        told |= str_eq(kind, S("status"));
        put_class(j, kind, moved ? str_of(status) : value, moved ? c->as_of : row_day(&rows, 2));
    }
    if (!told) put_class(j, S("status"), str_of(status), c->as_of);
    js_end(j);
    return rows_end(&rows);
}

static void put_wide(JsonOut *j, const char *key, Wide money)
{
    js_key(j, key);
    js_wide_money(j, money);
}

static void put_rhythm(JsonOut *j, const Card *c)
{
    bool   twice  = c->days >= 2;
    Rhythm rhythm = twice ? rhythm_now(c) : (Rhythm){ 0, 1 };
    Late   late   = twice ? late_of(c->last, rhythm, c->as_of) : (Late){ DAY_NONE, 0 };
    js_key(j, "rhythm");
    js_object(j);
    js_key(j, "purchases");
    js_i64(j, c->days);
    js_key(j, "rhythm");
    js_scaled(j, twice ? round_div((Wide)rhythm.num * 1000, rhythm.den) : NONE, 3);
    js_put_day(j, "last", c->last);
    js_put_day(j, "next_expected", late.due);
    js_put_day(j, "as_of", c->as_of);
    js_key(j, "days_late");
    js_i64(j, !twice ? c->late : late.days_late > 0 ? late.days_late : 0);
    js_key(j, "days");
    js_array(j);
    for (Day d = c->year1; d <= c->today; d++) {
        if (!c->day_had[d - c->year1]) continue;
        js_object(j);
        js_put_day(j, "day", d);
        put_wide(j, "amount", c->day_money[d - c->year1]);
        js_end(j);
    }
    js_end(j);
    js_end(j);
}

/* No months at all for a client without lines: there is nothing to draw. */
static void put_months(JsonOut *j, const Card *c, bool margin)
{
    js_key(j, "revenue");
    js_array(j);
    for (int m = 0; c->lines && m < MONTHS; m++) {
        js_object(j);
        js_key(j, "month");
        js_month(j, first_month(c) + m);
        put_wide(j, "amount", c->month_money[m]);
        if (margin) put_wide(j, "margin", c->month_margin[m]);
        js_end(j);
    }
    js_end(j);
}

static void put_totals(JsonOut *j, const Card *c, bool margin)
{
    js_key(j, "totals");
    js_object(j);
    put_wide(j, "revenue", c->revenue);
    put_wide(j, "year", c->year);
    put_wide(j, "year_before", c->year_before);
    if (margin) put_wide(j, "margin", c->margin);
    js_key(j, "sales");
    js_i64(j, c->sales);
    js_put_day(j, "first", c->first);
    js_put_day(j, "last", c->last);
    js_end(j);
}

/* What the client bought: absent, not zero, for whoever may not see his sales. */
static Err put_sales(Asking *a, Card *c)
{
    JsonOut *j      = &a->r->out;
    bool     margin = c->costed; /* never, where costs are not to be known */
    put_rhythm(j, c);
    put_months(j, c, margin);
    TRY(put_products(a, c));
    put_totals(j, c, margin);
    return OK;
}

static Err card(Request *r)
{
    JsonOut *j = &r->out;
    Client   client;
    Asking   a;
    Card     c;
    TRY(record_load(r->w, &client_entity, r->id, &client));
    bool sold = access_row(r->w, "sale", "view", client.keeper_id, r->id) == OK;
    if (sold) TRY(asking_client(r, r->id, &a));
    if (sold) card_read(&a, r->id, &c);
    if (sold) TRY(late_read(r->w, r->id, &c));
    js_object(j);
    put_title(j, "client", r->id, client.name);
    TRY(put_classes(r, sold ? &c : NULL));
    if (sold) TRY(put_sales(&a, &c));
    js_end(j);
    return OK;
}

static Err sales(Request *r)
{
    Client  client;
    int64_t limit = 0;
    Ask     ask   = { .order = S("-day"), .after = asked_text(r, "after") };
    TRY(access_need(r->w, "sale", "view"));
    TRY(record_load(r->w, &client_entity, r->id, &client));
    TRY(asked_i64(r, "limit", 1, LIST_LIMIT, &limit));
    ask.limit = (int)limit;
    TRY(json_read(r->w->mem,
                  str_fmt(r->w->mem, "{\"field\":\"client_id\",\"op\":\"is\",\"value\":%lld}", (long long)r->id),
                  (JsonLimits){ 0 }, &r->w->problems, &ask.filter));
    return list_json(r->w, &r->out, &sale_entity, &ask);
}

const Route card_routes[] = {
    { .method = GET,
      .path = "/api/client/{id}/card",
      .run = card,
      .needs = { "client", "view" },
      .snapshot = true,
      .gives = "client: object, classes: list, rhythm: object?, revenue: list?, products: list?, totals: object?",
      .says = "route.client.card" },
    { .method = GET,
      .path = "/api/client/{id}/sales",
      .run = sales,
      .needs = { "client", "view" },
      .takes = "after: text?, limit: int?",
      .gives = "items: list, next: text?",
      .says = "route.client.sales" },
    { 0 },
};
