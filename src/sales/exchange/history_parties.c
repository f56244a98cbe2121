/* Whom and what the sales of a chunk name: clients, products, channels and sellers are found, and made where they may be. */
#include "core/utf8.h"
#include "sales/catalog/catalog.h"
#include "sales/exchange/history.h"
#include "sales/exchange/import_sql.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"

#include <stddef.h>

int64_t chunk_id(const SalesChunk *c, const Kinds *k, uint32_t n)
{
    if (n == 0) return 0;
    if (k->id[n]) return k->id[n];
    for (ptrdiff_t i = 0; i < c->made; i++)
        if (c->made_kind[i] == k && c->made_at[i] == n) return c->made_id[i];
    return 0;
}

static void remember(SalesChunk *c, Kinds *k, uint32_t n, int64_t id)
{
    c->made_kind[c->made] = k;
    c->made_at[c->made]   = n;
    c->made_id[c->made++] = id;
}

/* The numbers of a kind that the chunk needs and that have no id yet, each once. */
static ptrdiff_t needed(Work *w, const SalesChunk *c, const Kinds *k, ptrdiff_t member, uint32_t **out)
{
    const History *h    = c->h;
    Map           *seen = NULL;
    ptrdiff_t      n    = 0;
    *out = NEW_RAW(w->mem, uint32_t, h->begins[c->to] - h->begins[c->from]);
    for (uint32_t i = h->begins[c->from]; i < h->begins[c->to]; i++) {
        uint32_t at = *(const uint32_t *)(const void *)((const char *)&h->line[h->order[i]] + member);
        if (at == 0 || k->id[at]) continue;
        Str key = str_copy(w->mem, (Str){ (const char *)&at, sizeof at });
        int64_t *there = map_at(&seen, key, w->mem);
        if (!*there) (*out)[n++] = at;
        *there = 1;
    }
    return n;
}

/* One look by one key: sets the id of what it finds, -1 where it finds two. */
static Err look_up(Work *w, Str sql, bool by_number, Kinds *k, const uint32_t *at, const Str *key, ptrdiff_t n)
{
    Rows rows;
    Map *found = NULL;
    if (n == 0) return OK;
    Str *folded = NEW_RAW(w->mem, Str, n); /* for statements that go by an index of folded texts */
    for (ptrdiff_t i = 0; i < n; i++) folded[i] = name_find(w->mem, key[i]);
    TRY(db_query(w->db, sql, (Val[]){ val_texts(key, n), val_texts(folded, n) }, by_number ? 2 : 1, &rows));
    while (rows_next(&rows)) {
        int64_t *id = map_at(&found, str_copy(w->mem, row_text(&rows, 1)), w->mem);
        *id = *id ? -1 : row_int(&rows, 0);
    }
    TRY(rows_end(&rows));
    for (ptrdiff_t i = 0; i < n; i++) {
        int64_t *id = map_at(&found, key[i], NULL);
        if (id) k->id[at[i]] = *id;
    }
    return OK;
}

typedef enum { BY_NUMBER, BY_INN, BY_NAME } Way;

static ptrdiff_t keys_by(Work *w, const Kinds *k, const uint32_t *all, ptrdiff_t n, Way way, uint32_t *at, Str *key)
{
    ptrdiff_t m = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        const PartyText *p = &((const PartyText *)k->texts)[all[i]];
        if (k->id[all[i]]) continue;
        Str text = way == BY_NUMBER ? p->number : way == BY_INN ? p->inn : name_find(w->mem, p->name);
        if (way == BY_NAME && (p->number.n || p->inn.n)) continue; /* who has a number is not taken for a namesake */
        if (!text.n) continue;
        at[m]    = all[i];
        key[m++] = text;
    }
    return m;
}

/* Clients without a number and without ИНН may be told by their name in the column of numbers as well. */
static Err clients_find(Work *w, SalesChunk *c, const uint32_t *all, ptrdiff_t n)
{
    Kinds    *k   = &c->h->clients;
    uint32_t *at  = NEW_RAW(w->mem, uint32_t, n);
    Str      *key = NEW_RAW(w->mem, Str, n);
    TRY(look_up(w, SQL_CLIENTS_BY_NUMBER, true, k, at, key, keys_by(w, k, all, n, BY_NUMBER, at, key)));
    TRY(look_up(w, SQL_CLIENTS_BY_INN, false, k, at, key, keys_by(w, k, all, n, BY_INN, at, key)));
    return look_up(w, SQL_CLIENTS_BY_NAME, false, k, at, key, keys_by(w, k, all, n, BY_NAME, at, key));
}

static int64_t seller_of_client(const SalesChunk *c, uint32_t client)
{
    const History *h = c->h;
    for (uint32_t i = h->begins[c->from]; i < h->begins[c->to]; i++) {
        const Line *l = &h->line[h->order[i]];
        if (l->client == client && l->seller && h->sellers.id[l->seller] > 0) return h->sellers.id[l->seller];
    }
    return 0;
}

static Err clients_make(Work *w, SalesChunk *c, const uint32_t *all, ptrdiff_t n)
{
    Kinds    *k       = &c->h->clients;
    Client   *clients = NEW_N(w->mem, Client, n);
    uint32_t *at      = NEW_RAW(w->mem, uint32_t, n);
    SaveHow   how     = { .work = c->h->run->id };
    ptrdiff_t m       = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        const PartyText *p = &((const PartyText *)k->texts)[all[i]];
        if (k->id[all[i]]) continue;
        Client *client = &clients[m];
        record_empty(w, &client_entity, client);
        client->name      = p->name.n ? p->name : p->number.n ? p->number : p->inn;
        client->number    = p->number;
        client->inn       = p->inn;
        client->kind      = p->inn.n == 12 ? CLIENT_ENTREPRENEUR : CLIENT_ORGANISATION;
        client->state     = CLIENT_EXISTING;
        client->keeper_id = seller_of_client(c, all[i]);
        if (p->phone.n) {
            client->phones.at = NEW(w->mem, ClientPhone);
            client->phones.n  = 1;
            client->phones.at[0].number = p->phone;
        }
        at[m++] = all[i];
    }
    if (m) TRY(record_save_many(w, &client_entity, clients, m, &how));
    for (ptrdiff_t i = 0; i < m; i++) remember(c, k, at[i], clients[i].base.id);
    c->count.made += m;
    return OK;
}

/* Without an article a product is known by its name. */
static Err products_find(Work *w, SalesChunk *c, const uint32_t *all, ptrdiff_t n)
{
    Kinds             *k     = &c->h->products;
    const ProductText *texts = k->texts;
    uint32_t          *at    = NEW_RAW(w->mem, uint32_t, n);
    Str               *key   = NEW_RAW(w->mem, Str, n);
    ptrdiff_t          m     = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (texts[all[i]].number.n) at[m] = all[i], key[m++] = texts[all[i]].number;
    TRY(look_up(w, SQL_PRODUCTS_BY_NUMBER, true, k, at, key, m));
    m = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (!k->id[all[i]] && !texts[all[i]].number.n) at[m] = all[i], key[m++] = name_find(w->mem, texts[all[i]].name);
    return look_up(w, SQL_PRODUCTS_BY_NAME, false, k, at, key, m);
}

static Err products_make(Work *w, SalesChunk *c, const uint32_t *all, ptrdiff_t n)
{
    Kinds    *k        = &c->h->products;
    Product  *products = NEW_N(w->mem, Product, n);
    uint32_t *at       = NEW_RAW(w->mem, uint32_t, n);
    SaveHow   how      = { .work = c->h->run->id };
    ptrdiff_t m        = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        const ProductText *p = &((ProductText *)k->texts)[all[i]];
        if (k->id[all[i]]) continue;
        record_empty(w, &product_entity, &products[m]);
        products[m].name   = p->name.n ? p->name : p->number;
        products[m].number = p->number;
        at[m++] = all[i];
    }
    if (m) TRY(record_save_many(w, &product_entity, products, m, &how));
    for (ptrdiff_t i = 0; i < m; i++) remember(c, k, at[i], products[i].base.id);
    c->count.made += m;
    return OK;
}

static Err channels_ready(Work *w, SalesChunk *c)
{
    Kinds    *k = &c->h->channels;
    uint32_t *all;
    ptrdiff_t n = needed(w, c, k, offsetof(Line, channel), &all), m = 0;
    Str      *key = NEW_RAW(w->mem, Str, n);
    for (ptrdiff_t i = 0; i < n; i++) key[i] = name_find(w->mem, ((Str *)k->texts)[all[i]]);
    TRY(look_up(w, SQL_CHANNELS_BY_NAME, false, k, all, key, n));
    Channel *channels = NEW_N(w->mem, Channel, n);
    SaveHow  how      = { .work = c->h->run->id };
    uint32_t *at      = NEW_RAW(w->mem, uint32_t, n);
    for (ptrdiff_t i = 0; i < n; i++) {
        if (k->id[all[i]]) continue;
        record_empty(w, &channel_entity, &channels[m]);
        channels[m].name = ((Str *)k->texts)[all[i]];
        at[m++] = all[i];
    }
    if (m) TRY(record_save_many(w, &channel_entity, channels, m, &how));
    for (ptrdiff_t i = 0; i < m; i++) remember(c, k, at[i], channels[i].base.id);
    return OK;
}

/* Sellers must be people of the firm; a name nobody has is a doubt, said once. */
static Err sellers_ready(Work *w, SalesChunk *c)
{
    Kinds    *k = &c->h->sellers;
    uint32_t *all;
    ptrdiff_t n = needed(w, c, k, offsetof(Line, seller), &all);
    Str      *key = NEW_RAW(w->mem, Str, n);
    for (ptrdiff_t i = 0; i < n; i++) key[i] = name_find(w->mem, ((Str *)k->texts)[all[i]]);
    return look_up(w, SQL_USERS_BY_NAME, false, k, all, key, n);
}

void chunk_sellers_unknown(SalesChunk *c)
{
    History *h = c->h;
    for (uint32_t i = h->begins[c->from]; i < h->begins[c->to]; i++) {
        const Line *l = &h->line[h->order[i]];
        if (!l->seller || h->sellers.id[l->seller] > 0 || h->sellers.said[l->seller]) continue;
        h->sellers.said[l->seller] = true;
        row_warning(h->run, l->row, S("seller"), "import.no_such_seller", ((Str *)h->sellers.texts)[l->seller]);
    }
}

Err chunk_parties(Work *w, SalesChunk *c)
{
    uint32_t *all;
    TRY(sellers_ready(w, c));
    ptrdiff_t n = needed(w, c, &c->h->clients, offsetof(Line, client), &all);
    TRY(clients_find(w, c, all, n));
    TRY(clients_make(w, c, all, n));
    n = needed(w, c, &c->h->products, offsetof(Line, product), &all);
    TRY(products_find(w, c, all, n));
    TRY(products_make(w, c, all, n));
    return channels_ready(w, c);
}
