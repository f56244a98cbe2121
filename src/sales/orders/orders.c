/* Sales as entities, and how their totals come about. */
#include "sales/orders/orders.h"

#include "core/words.h"
#include "entity/figure.h"
#include "entity/ids.h"
#include "entity/record.h"
#include "sales/parties/parties.h"

#include <string.h>

CHOICE_KEYS(SALE_KINDS, sale_kinds);

/* ---- rules ---- */

static Money negative(Money m) { return m == NONE || m < 0 ? m : -m; }

static const char *line_field(Work *w, ptrdiff_t k, const char *field)
{
    return str_c(w->mem, str_fmt(w->mem, "lines.%td.%s", k, field));
}

static bool in_range(Wide sum) { return sum >= -(Wide)MONEY_MAX && sum <= MONEY_MAX; }

static void line_rule(Work *w, Saving *s, ptrdiff_t i, const Sale *sale, ptrdiff_t k)
{
    SaleLine *line = &sale->lines.at[k];
    if (sale->kind == SALE_RETURN) {
        line->qty  = negative(line->qty);
        line->amount = negative(line->amount);
        line->cost = negative(line->cost);
    } else if (line->qty != NONE && line->qty < 0) {
        saving_fail(w, s, i, INVALID, line_field(w, k, "qty"), "sale.negative_line");
    }
    if (line->amount != NONE) return;
    line->amount = money_of(line->price, line->qty);
    if (line->price == NONE || line->qty == NONE)
        saving_fail(w, s, i, INVALID, line_field(w, k, "amount"), "field.required");
    else if (!in_range(line->amount)) saving_fail(w, s, i, INVALID, line_field(w, k, "amount"), "sale.too_large");
}

static void totals_rule(Work *w, Saving *s, ptrdiff_t i, Sale *sale)
{
    Wide total = 0, cost = 0;
    bool costed = false;
    for (ptrdiff_t k = 0; k < sale->lines.n; k++) {
        const SaleLine *line = &sale->lines.at[k];
        if (line->amount != NONE) total += line->amount;
        if (line->cost == NONE) continue;
        cost += line->cost;
        costed = true;
    }
    if (!in_range(total) || !in_range(cost)) saving_fail(w, s, i, INVALID, "total", "sale.too_large");
    sale->total      = (Money)total;
    sale->cost_total = costed ? (Money)cost : NONE;
}

static Err sale_rule(Work *w, Saving *s)
{
    ptrdiff_t before = w->problems.count;
    for (ptrdiff_t i = 0; i < s->n; i++) {
        Sale *sale = s->now[i];
        for (ptrdiff_t k = 0; k < sale->lines.n; k++) line_rule(w, s, i, sale, k);
        totals_rule(w, s, i, sale);
    }
    return w->problems.count > before ? INVALID : OK;
}

/* ---- what follows a change ---- */

static Err potential_among(Work *w, const Ids *buyers, int64_t *ids, ptrdiff_t *n)
{
    Rows      rows;
    ptrdiff_t all;
    int64_t  *asked = ids_all(w->mem, buyers, &all);
    TRY(db_query(w->db, S("select c.id from client c where c.id in {ids $1} and c.state = $2"),
                 VALS(val_ids(asked, all), val_int(CLIENT_POTENTIAL)), &rows));
    for (*n = 0; rows_next(&rows); (*n)++) ids[*n] = row_int(&rows, 0);
    return rows_end(&rows);
}

/* In the words of whoever made the sale, and under the same work, so that the undo of an import takes it back. */
static Err clients_exist(Work *w, const int64_t *ids, ptrdiff_t n, int64_t work)
{
    SaveHow how   = { .trusted = true, .work = work };
    Client *c     = NEW_RAW(w->mem, Client, n);
    bool   *found = NEW_N(w->mem, bool, n);
    Lang    lang  = LANG_RU;
    if (n == 0) return OK;
    lang_read(w->language, &lang);
    TRY(record_fetch(w, &client_entity, ids, n, false, c, found));
    for (ptrdiff_t i = 0; i < n; i++) {
        c[i].state        = CLIENT_EXISTING;
        c[i].state_reason = str_of(words_text(lang, "client.first_sale"));
    }
    return record_save_many(w, &client_entity, c, n, &how);
}

static Err sale_saved(Work *w, const Event *event)
{
    const Saving *s      = event->what;
    Ids           buyers = ids_new(w->mem, s->n);
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Sale *sale = s->now[i];
        if (sale->kind == SALE_GOODS && !s->was[i]) ids_put(&buyers, sale->client_id, i);
    }
    ptrdiff_t n   = 0;
    int64_t  *ids = NEW_RAW(w->mem, int64_t, buyers.n);
    if (buyers.n) TRY(potential_among(w, &buyers, ids, &n));
    return clients_exist(w, ids, n, s->work);
}

const Handler orders_handlers[] = { { .event = "sale.saved", .handle = sale_saved }, { 0 } };

/* ---- descriptions ---- */

static const Field sale_line_fields[] = {
#define FIELD(...) AS_ROW(SaleLine, __VA_ARGS__)
#include "sales/orders/sale_line.def"
};

static const Field sale_fields[] = {
#define FIELD(...) AS_ROW(Sale, __VA_ARGS__)
#define CHILDREN(...)
#include "sales/orders/sale.def"
};

static const Children sale_children[] = {
#define FIELD(...)
#define CHILDREN(...) AS_CHILD_ROW(Sale, __VA_ARGS__)
#include "sales/orders/sale.def"
};

static const Field channel_fields[] = {
#define FIELD(...) AS_ROW(Channel, __VA_ARGS__)
#include "sales/orders/channel.def"
};

static const Figure sale_figures[] = {
    { .name = "product_id", .type = TYPE_ref, .to = "product",
      .where = "exists (select 1 from sale_line k where k.sale_id = {row}.id and k.product_id = {value})" },
    { 0 },
};

const Entity sale_line_entity = { .name = "sale_line", .parent = "sale_id", ENTITY_FIELDS(SaleLine, sale_line_fields) };
const Entity channel_entity = {
    .name = "channel", .title = "name", .order = "name", .known = true, ENTITY_FIELDS(Channel, channel_fields)
};
static const char *const sale_verbs[] = { "give", NULL };

const Entity sale_entity = {
    .name = "sale",
    .title = "number",
    .owners = { { "client_id" } },
    .counted = "analysis",
    .order = "-day",
    .verbs = sale_verbs,
    .rule = sale_rule,
    .figures = sale_figures,
    .export_list = "lines",
    ENTITY_FIELDS(Sale, sale_fields),
    ENTITY_CHILDREN(sale_children),
};
