/* What a product's card shows beside the record: what it sold, month by month, to whom, and with what margin.
 *
 * Figures come from the facts and from those sales alone that the reader may see, so that each is the sum of the
 * lines behind its door.  They are absent, not zero, for whoever may see no sales; margins are where costs are
 * hidden. */
#include "sales/catalog/catalog.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"
#include "sales/insight/classes.h"

#include "entity/record.h"

#include <stdlib.h>

enum { MONTHS = 24, BUYERS_SHOWN = 50 };

/* Of some lines: `margin` of those whose cost is known, which sold for `costed`; qty NONE: that of some line
   nobody knows. */
typedef struct {
    Wide    amount, qty, margin, costed;
    int64_t sales; /* returns are none */
} Sum;

typedef struct {
    int64_t client;
    Sum     year, all;
    Day     last;
} Buyer;

typedef struct {
    Day       today, year0, year1; /* the last twelve months begin with year1, the twelve before with year0 */
    Day       first, last;
    int64_t   seen;                /* the sale of the line before                                           */
    Sum       year, year_before, all;
    Sum       month[MONTHS];
    Buyer    *buyer;               /* [buyers]: the lines of a client come one after another                */
    ptrdiff_t buyers;
} ProductCard;

static Month first_month(const ProductCard *c) { return month_of(c->today) - MONTHS + 1; }

static void sum_line(Sum *sum, const FactLine *line, bool begins_sale)
{
    sum->amount += line->amount;
    sum->sales += begins_sale;
    sum->qty = sum->qty == NONE || line->qty == NONE ? NONE : sum->qty + line->qty;
    if (line->cost == NONE) return;
    sum->margin += line->amount - line->cost;
    sum->costed += line->amount;
}

static Buyer *buyer_of(ProductCard *c, int64_t client)
{
    Buyer *last = c->buyer + c->buyers - 1;
    if (c->buyers && last->client == client) return last;
    c->buyer[c->buyers] = (Buyer){ .client = client, .last = DAY_NONE };
    return &c->buyer[c->buyers++];
}

static void take_line(void *to, const FactSale *sale, const FactLine *line)
{
    ProductCard *c      = to;
    Buyer       *buyer  = buyer_of(c, sale->client);
    bool         begins = !sale->is_return && sale->id != c->seen;
    int          month  = month_of(sale->day) - first_month(c);
    c->seen = sale->id;
    sum_line(&c->all, line, begins);
    sum_line(&buyer->all, line, begins);
    if (month >= 0 && month < MONTHS) sum_line(&c->month[month], line, begins);
    if (sale->day >= c->year1 && sale->day <= c->today) {
        sum_line(&c->year, line, begins);
        sum_line(&buyer->year, line, begins);
    } else if (sale->day >= c->year0 && sale->day < c->year1) {
        sum_line(&c->year_before, line, begins);
    }
    if (sale->is_return) return;
    if (sale->day > buyer->last) buyer->last = sale->day;
    if (c->first == DAY_NONE || sale->day < c->first) c->first = sale->day;
    if (c->last == DAY_NONE || sale->day > c->last) c->last = sale->day;
}

static void card_read(const Asking *a, int64_t product, ProductCard *c)
{
    Work         *w = a->r->w;
    FactsQuestion q = asking_question(a);
    *c        = (ProductCard){ .today = w->today, .year1 = usual_from(w->today), .first = DAY_NONE, .last = DAY_NONE };
    c->year0  = usual_from(c->year1 - 1);
    c->buyer  = NEW_RAW(w->mem, Buyer, a->hold.view.clients);
    q.products = facts_product_set(insight_the_facts(), &a->hold.view, &product, 1, w->mem);
    facts_lines(&a->hold.view, &q, take_line, c);
}

/* By what they bought in the last twelve months, then ever. */
static int by_amount(const void *a, const void *b)
{
    const Buyer *x = a, *y = b;
    if (x->year.amount != y->year.amount) return x->year.amount < y->year.amount ? 1 : -1;
    if (x->all.amount != y->all.amount) return x->all.amount < y->all.amount ? 1 : -1;
    return (x->client > y->client) - (x->client < y->client);
}

/* ---- what is told ---- */

static void put_sum(JsonOut *j, const Sum *sum, bool costs)
{
    js_key(j, "amount");
    js_wide_money(j, sum->amount);
    js_key(j, "qty");
    if (sum->qty == NONE) js_null(j);
    else js_wide_qty(j, sum->qty);
    js_key(j, "sales");
    js_i64(j, sum->sales);
    if (!costs) return;
    js_key(j, "margin");
    js_wide_money(j, sum->margin);
    js_key(j, "costed");
    js_wide_money(j, sum->costed);
}

static void put_part(JsonOut *j, const char *key, const Sum *sum, bool costs)
{
    js_key(j, key);
    js_object(j);
    put_sum(j, sum, costs);
    js_end(j);
}

static void put_months(JsonOut *j, const ProductCard *c, bool costs)
{
    js_key(j, "months");
    js_array(j);
    for (int m = 0; c->buyers && m < MONTHS; m++) {
        js_object(j);
        js_key(j, "month");
        js_month(j, first_month(c) + m);
        put_sum(j, &c->month[m], costs);
        js_end(j);
    }
    js_end(j);
}

static void put_buyer(JsonOut *j, const Buyer *b, Str name, bool costs)
{
    js_object(j);
    js_key(j, "client");
    js_object(j);
    js_key(j, "id");
    js_i64(j, b->client);
    js_key(j, "title");
    js_str(j, name);
    js_end(j);
    put_part(j, "year", &b->year, costs);
    put_part(j, "all", &b->all, costs);
    js_key(j, "last");
    js_day(j, b->last);
    js_end(j);
}

static Err put_buyers(Asking *a, ProductCard *c, bool costs)
{
    JsonOut  *j = &a->r->out;
    ptrdiff_t n = c->buyers < BUYERS_SHOWN ? c->buyers : BUYERS_SHOWN;
    int64_t   ids[BUYERS_SHOWN];
    Str       names[BUYERS_SHOWN];
    if (c->buyers) qsort(c->buyer, (size_t)c->buyers, sizeof *c->buyer, by_amount);
    for (ptrdiff_t i = 0; i < n; i++) ids[i] = c->buyer[i].client;
    TRY(asking_names(a, "client", ids, n, names));
    js_key(j, "clients");
    js_i64(j, c->buyers);
    js_key(j, "buyers");
    js_array(j);
    for (ptrdiff_t i = 0; i < n; i++) put_buyer(j, &c->buyer[i], names[i], costs);
    js_end(j);
    return OK;
}

static Err put_sold(Request *r)
{
    JsonOut    *j = &r->out;
    Asking      a;
    ProductCard c;
    TRY(asking_sold(r, &a));
    card_read(&a, r->id, &c);
    bool costs = a.reach.cost && c.all.costed != 0;
    js_put_day(j, "from", c.year1);
    js_put_day(j, "to", c.today);
    put_part(j, "year", &c.year, costs);
    put_part(j, "year_before", &c.year_before, costs);
    put_part(j, "all", &c.all, costs);
    js_put_day(j, "first", c.first);
    js_put_day(j, "last", c.last);
    put_months(j, &c, costs);
    return put_buyers(&a, &c, costs);
}

static Err card(Request *r)
{
    Product product;
    TRY(record_load(r->w, &product_entity, r->id, &product));
    js_object(&r->out);
    if (access_scope(r->w->who, "sale", "view") != SCOPE_NONE) TRY(put_sold(r));
    js_end(&r->out);
    return OK;
}

#define SOLD \
    "from: day?, to: day?, year: object?, year_before: object?, all: object?, first: day?, last: day?, months: list?, "\
    "clients: int?, buyers: list?"

const Route product_card_routes[] = {
    { .method = GET,
      .path = "/api/product/{id}/card",
      .run = card,
      .needs = { "product", "view" },
      .slow = true,
      .snapshot = true,
      .gives = SOLD,
      .says = "route.product.card" },
    { 0 },
};
