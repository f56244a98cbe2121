/* Whom and what the sales of a chunk name: clients, products, channels and sellers are found, and made where they may
 * be. */
#include "access/access.h"
#include "core/utf8.h"
#include "sales/catalog/catalog.h"
#include "sales/import/history.h"
#include "sales/import/history_sql.h"
#include "sales/orders/orders.h"
#include "sales/parties/from_cell.h"
#include "sales/parties/parties.h"

#include <stddef.h> /* max_align_t */

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
static ptrdiff_t needed(Work *w, const SalesChunk *c, const Kinds *k, const uint32_t *column, uint32_t **out)
{
    const History *h    = c->h;
    Map           *seen = NULL;
    ptrdiff_t      n    = 0;
    *out = NEW_RAW(w->mem, uint32_t, h->begins[c->to] - h->begins[c->from]);
    for (uint32_t i = h->begins[c->from]; column && i < h->begins[c->to]; i++) {
        uint32_t at = column[h->order[i]];
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
    TRY(scope_query(w, sql, (Val[]){ val_texts(key, n), val_texts(folded, n) }, by_number ? 2 : 1, &rows));
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
        Line l = line_at(&h->line, h->order[i]);
        if (l.client == client && chunk_id(c, &h->sellers, l.seller) > 0) return chunk_id(c, &h->sellers, l.seller);
    }
    return 0;
}

static void client_fill(Work *w, const SalesChunk *c, uint32_t n, void *record)
{
    const PartyText *p      = &((const PartyText *)c->h->clients.texts)[n];
    Client          *client = record;
    client->name      = p->name.n ? p->name : p->number.n ? p->number : p->inn;
    client->number    = p->number;
    client->inn       = p->inn;
    client->kpp       = p->kpp;
    client->kind      = p->inn.n == 12 ? CLIENT_ENTREPRENEUR : CLIENT_ORGANISATION;
    client->state     = CLIENT_EXISTING;
    client->keeper_id = seller_of_client(c, n);
    client->phones.at = NEW_N(w->mem, ClientPhone, PHONE_PARTS);
    client->phones.n  = 0;
    for (int part = 0; p->phone.n && part < PHONE_PARTS; part++) {
        Str number;
        if (!phone_from_cell(w->mem, p->phone, part, &number) && number.n)
            client->phones.at[client->phones.n++].number = number;
    }
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

static void product_fill(Work *w, const SalesChunk *c, uint32_t n, void *record)
{
    (void)w;
    const ProductText *p       = &((const ProductText *)c->h->products.texts)[n];
    Product           *product = record;
    product->name   = p->name.n ? p->name : p->number;
    product->number = p->number;
}

static Err channels_find(Work *w, SalesChunk *c, const uint32_t *all, ptrdiff_t n)
{
    Kinds *k   = &c->h->channels;
    Str   *key = NEW_RAW(w->mem, Str, n);
    for (ptrdiff_t i = 0; i < n; i++) key[i] = name_find(w->mem, ((Str *)k->texts)[all[i]]);
    return look_up(w, SQL_CHANNELS_BY_NAME, false, k, all, key, n);
}

static void channel_fill(Work *w, const SalesChunk *c, uint32_t n, void *record)
{
    (void)w;
    ((Channel *)record)->name = ((const Str *)c->h->channels.texts)[n];
}

static Err sellers_make(Work *w, SalesChunk *c, const uint32_t *all, ptrdiff_t n)
{
    Kinds     *k     = &c->h->sellers;
    Str       *names = NEW_RAW(w->mem, Str, n);
    uint32_t  *at    = NEW_RAW(w->mem, uint32_t, n);
    int64_t   *id    = NEW_RAW(w->mem, int64_t, n);
    ptrdiff_t  m     = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (!k->id[all[i]]) at[m] = all[i], names[m++] = ((Str *)k->texts)[all[i]];
    TRY(import_people_make(w, c->h->run, names, m, id));
    for (ptrdiff_t i = 0; i < m; i++) remember(c, k, at[i], id[i]);
    return OK;
}

/* Sellers must be people of the firm; a name nobody has is a doubt, said once, or somebody is made for it. */
static Err sellers_ready(Work *w, SalesChunk *c)
{
    Kinds    *k = &c->h->sellers;
    uint32_t *all;
    ptrdiff_t n = needed(w, c, k, c->h->line.seller, &all);
    Str      *key = NEW_RAW(w->mem, Str, n);
    for (ptrdiff_t i = 0; i < n; i++) key[i] = name_find(w->mem, ((Str *)k->texts)[all[i]]);
    TRY(look_up(w, SQL_USERS_BY_NAME, false, k, all, key, n));
    return c->h->run->plan.people_role ? sellers_make(w, c, all, n) : OK;
}

void chunk_sellers_unknown(SalesChunk *c)
{
    History *h = c->h;
    for (uint32_t i = h->begins[c->from]; i < h->begins[c->to]; i++) {
        Line l = line_at(&h->line, h->order[i]);
        if (!l.seller || chunk_id(c, &h->sellers, l.seller) > 0 || h->sellers.said[l.seller]) continue;
        h->sellers.said[l.seller] = true;
        row_warning(h->run, l.row, S("seller"), "import.no_such_seller", ((Str *)h->sellers.texts)[l.seller]);
    }
}

/* A kind of records: how they are found, and how one that nobody has is filled. */
typedef struct {
    Kinds        *kinds;
    const Entity *entity;
    const uint32_t *column; /* of the lines; null: none */
    Err         (*find)(Work *w, SalesChunk *c, const uint32_t *all, ptrdiff_t n);
    void        (*fill)(Work *w, const SalesChunk *c, uint32_t n, void *record);
} Party;

/* The first row of the chunk that names it. */
static int64_t row_naming(const SalesChunk *c, const Party *p, uint32_t which)
{
    const History *h = c->h;
    for (uint32_t i = h->begins[c->from]; i < h->begins[c->to]; i++)
        if (p->column && p->column[h->order[i]] == which) return line_at(&h->line, h->order[i]).row;
    return 0;
}

static void party_notes(Work *w, SalesChunk *c, const Party *p, const uint32_t *at, ptrdiff_t n)
{
    if (!w->notes.count) return;
    int64_t *row = NEW_RAW(w->mem, int64_t, n);
    for (ptrdiff_t i = 0; i < n; i++) row[i] = row_naming(c, p, at[i]);
    notes_told(w, c->h->run, row, n);
}

static Err party_make(Work *w, SalesChunk *c, const Party *p, const uint32_t *all, ptrdiff_t n)
{
    char     *records = arena_take(w->mem, p->entity->size, _Alignof(max_align_t), n);
    uint32_t *at      = NEW_RAW(w->mem, uint32_t, n);
    SaveHow   how     = { .work = c->h->run->id, .bulk = true };
    ptrdiff_t m       = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (p->kinds->id[all[i]]) continue;
        record_empty(w, p->entity, records + m * p->entity->size);
        p->fill(w, c, all[i], records + m * p->entity->size);
        at[m++] = all[i];
    }
    notes_forget(w);
    if (m) TRY(record_save_many(w, p->entity, records, m, &how));
    party_notes(w, c, p, at, m);
    for (ptrdiff_t i = 0; i < m; i++)
        remember(c, p->kinds, at[i], ((const Record *)(const void *)(records + i * p->entity->size))->id);
    return OK;
}

static Err party_ready(Work *w, SalesChunk *c, const Party *p)
{
    uint32_t *all;
    ptrdiff_t n = needed(w, c, p->kinds, p->column, &all);
    TRY(p->find(w, c, all, n));
    return party_make(w, c, p, all, n);
}

Err chunk_parties(Work *w, SalesChunk *c)
{
    History    *h         = c->h;
    const Party clients   = { &h->clients, &client_entity, h->line.client, clients_find, client_fill };
    const Party products  = { &h->products, &product_entity, h->line.product, products_find, product_fill };
    const Party channels  = { &h->channels, &channel_entity, h->line.channel, channels_find, channel_fill };
    TRY(sellers_ready(w, c));
    TRY(party_ready(w, c, &clients));
    TRY(party_ready(w, c, &products));
    c->count.made += c->made; /* channels are not told of */
    return party_ready(w, c, &channels);
}
