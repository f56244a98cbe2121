/* `sbyt analyze --json`: one function a section, in the order of the sections. */
#include "app/analyze_json.h"

#include "format/json.h"

#include <string.h>

static void key_i64(JsonOut *j, const char *key, int64_t v)
{
    js_key(j, key);
    js_i64(j, v);
}

static void key_money(JsonOut *j, const char *key, Wide v)
{
    js_key(j, key);
    js_wide_money(j, v);
}

static void key_share(JsonOut *j, const char *key, Wide part, Wide whole)
{
    js_key(j, key);
    js_share(j, part, whole);
}

static void key_letter(JsonOut *j, const char *key, char letter)
{
    js_key(j, key);
    js_str(j, (Str){ &letter, 1 });
}

static void key_c(JsonOut *j, const char *key, const char *v)
{
    js_key(j, key);
    js_c(j, v);
}

static void key_object(JsonOut *j, const char *key)
{
    js_key(j, key);
    js_object(j);
}

static void key_array(JsonOut *j, const char *key)
{
    js_key(j, key);
    js_array(j);
}

/* A number with digits behind the point: in full, or without the zeros at its end. */
static void number(JsonOut *j, void (*put)(Buf *, Wide, int), int64_t v, int places)
{
    char held[32];
    Buf  text = { .data = held, .cap = sizeof held };
    put(&text, v, places);
    js_raw(j, buf_str(&text));
}

static void key_cuts(JsonOut *j, Ratio one, Ratio other)
{
    key_array(j, "cuts");
    number(j, buf_trimmed, one, 4);
    number(j, buf_trimmed, other, 4);
    js_end(j);
}

/* A reason is the last word of its key: analyze.skipped.no_client is no_client. */
static void source_put(JsonOut *j, const SalesRead *read)
{
    key_object(j, "source");
    key_i64(j, "rows", read->rows);
    key_i64(j, "used", read->used);
    key_array(j, "skipped");
    for (int i = 0; i < read->skipped_count; i++) {
        const char *dot = strrchr(read->skipped[i].key, '.');
        js_object(j);
        key_c(j, "reason", dot ? dot + 1 : read->skipped[i].key);
        key_i64(j, "rows", read->skipped[i].rows);
        js_end(j);
    }
    js_end(j);
    js_end(j);
}

static void period_put(JsonOut *j, const Summary *s)
{
    key_object(j, "period");
    js_key(j, "from");
    js_day(j, s->from);
    js_key(j, "to");
    js_day(j, s->to);
    js_key(j, "as_of");
    js_day(j, s->as_of);
    js_end(j);
}

static void total_put(JsonOut *j, const Report *r)
{
    key_object(j, "total");
    key_money(j, "revenue", r->of->revenue);
    key_i64(j, "clients", r->clients);
    key_i64(j, "documents", r->of->documents);
    key_i64(j, "lines", r->of->lines);
    key_i64(j, "products", r->of->products);
    js_end(j);
}

/* `items` and `share` name the count and its share: clients, clients_share. */
static void abc_put(JsonOut *j, const char *key, const Report *r, const AbcClass sums[3], Wide positive,
                    const char *items, const char *share)
{
    int64_t n = sums[0].items + sums[1].items + sums[2].items;
    key_object(j, key);
    key_cuts(j, r->set.abc.a, r->set.abc.b);
    key_array(j, "classes");
    for (int c = 0; c < 3; c++) {
        js_object(j);
        key_letter(j, "class", (char)('A' + c));
        key_i64(j, items, sums[c].items);
        key_share(j, share, sums[c].items, n);
        key_money(j, "revenue", sums[c].amount);
        key_share(j, "revenue_share", sums[c].amount, positive);
        js_end(j);
    }
    js_end(j);
    js_end(j);
}

static void xyz_put(JsonOut *j, const Report *r)
{
    key_object(j, "xyz");
    key_cuts(j, r->set.xyz.x, r->set.xyz.y);
    key_i64(j, "months", r->xyz_months.count);
    key_array(j, "classes");
    for (int c = 0; c < 3; c++) {
        js_object(j);
        key_letter(j, "class", (char)('X' + c));
        key_i64(j, "clients", r->xyz[c].clients);
        key_money(j, "revenue", r->xyz[c].revenue);
        js_end(j);
    }
    js_end(j);
    js_end(j);
}

static void cells_put(JsonOut *j, const Report *r)
{
    key_array(j, "abc_xyz");
    for (int a = 0; a < 3; a++)
        for (int x = 0; x < 3; x++) {
            const Cell *c = &r->cell[a][x];
            js_object(j);
            key_letter(j, "abc", (char)('A' + a));
            key_letter(j, "xyz", (char)('X' + x));
            key_i64(j, "clients", c->clients);
            key_money(j, "revenue", c->revenue);
            key_money(j, "reserve", c->reserve);
            js_end(j);
        }
    js_end(j);
}

static void rfm_put(JsonOut *j, const Report *r)
{
    key_object(j, "rfm");
    key_array(j, "cells");
    for (int cell = 0; cell < RFM_CELLS; cell++) {
        if (r->rfm[cell].clients == 0) continue;
        Rfm score = rfm_of_cell(cell);
        js_object(j);
        key_i64(j, "r", score.r);
        key_i64(j, "f", score.f);
        key_i64(j, "m", score.m);
        key_i64(j, "clients", r->rfm[cell].clients);
        key_money(j, "revenue", r->rfm[cell].revenue);
        js_end(j);
    }
    js_end(j);
    js_end(j);
}

static void status_put(JsonOut *j, const Report *r)
{
    key_array(j, "status");
    for (int s = 0; s < STATUSES; s++) {
        js_object(j);
        key_c(j, "status", status_names[s]);
        key_i64(j, "clients", r->status[s].clients);
        key_money(j, "revenue", r->status[s].revenue);
        js_end(j);
    }
    js_end(j);
}

static void concentration_put(JsonOut *j, const Report *r)
{
    const Concentration *c = &r->concentration;
    key_object(j, "concentration");
    js_key(j, "top1_client");
    js_str(j, c->largest < 0 ? S("") : r->of->client[c->largest]);
    key_share(j, "top1_share", c->top1, c->positive);
    key_share(j, "top10_share", c->top10, c->positive);
    js_key(j, "hhi");
    number(j, buf_scaled, c->hhi, 6);
    js_key(j, "gini");
    number(j, buf_scaled, c->gini, 6);
    js_end(j);
}

static void months_put(JsonOut *j, const Report *r)
{
    const Summary *s = r->of;
    key_array(j, "months");
    for (int m = 0; m < s->months; m++) {
        js_object(j);
        js_key(j, "month");
        js_month(j, s->month0 + m);
        key_money(j, "revenue", s->month_money[m]);
        key_i64(j, "documents", s->month_documents[m]);
        key_i64(j, "clients", s->month_clients[m]);
        key_i64(j, "new", r->month_new[m]);
        key_i64(j, "lost", r->month_lost[m]);
        js_end(j);
    }
    js_end(j);
}

/* The parts multiply out: worth = base x turned / before, rounded. */
static void price_put(JsonOut *j, const Findings *found, const FindingClaim *c)
{
    bool past = c->pricing == PRICED || c->pricing == PRICE_FEW || c->pricing == PRICE_NOTHING;
    js_key(j, "worth");
    if (c->pricing == PRICED || c->pricing == PRICE_KNOWN) js_money(j, c->worth);
    else js_null(j);
    key_i64(j, "clients", c->clients);
    key_money(j, "base", c->base);
    if (!past) return;
    js_key(j, "as_of");
    js_day(j, found->past.day);
    key_i64(j, "of", c->of);
    key_money(j, "before", c->before);
    key_i64(j, "turners", c->turners);
    key_money(j, "turned", c->turned);
}

static void claim_put(JsonOut *j, const Findings *found, const FindingClaim *c)
{
    js_object(j);
    key_c(j, "finding", finding_name(c->name));
    key_c(j, "kind", finding_kinds[finding_kind(c->name)]);
    if (c->pricing != PRICE_NONE) price_put(j, found, c);
    js_end(j);
}

static void findings_put(JsonOut *j, const Findings *found)
{
    key_array(j, "findings");
    for (int i = 0; i < found->count; i++) {
        const Finding *f = &found->at[i];
        js_object(j);
        js_key(j, "client");
        if (f->client < 0) js_null(j);
        else js_str(j, found->report->of->client[f->client]);
        key_array(j, "says");
        for (int k = 0; k < f->claims; k++) claim_put(j, found, &f->claim[k]);
        js_end(j);
        js_end(j);
    }
    js_end(j);
}

void analyze_json(const Report *r, const Findings *found, const SalesRead *read, Buf *out)
{
    JsonOut j = js_to(out);
    js_object(&j);
    source_put(&j, read);
    period_put(&j, r->of);
    total_put(&j, r);
    abc_put(&j, "abc", r, r->abc, r->positive, "clients", "clients_share");
    abc_put(&j, "products_abc", r, r->products_abc, r->products_positive, "products", "products_share");
    key_object(&j, "pareto");
    key_share(&j, "top_20_percent_revenue_share", r->top20, r->positive);
    js_end(&j);
    xyz_put(&j, r);
    cells_put(&j, r);
    rfm_put(&j, r);
    status_put(&j, r);
    concentration_put(&j, r);
    months_put(&j, r);
    if (found) findings_put(&j, found);
    js_end(&j);
    buf_char(out, '\n');
}
