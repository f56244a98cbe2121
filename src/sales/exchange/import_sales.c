/* Importing a history of sales: rows become sales and returns, with the clients and products they need.
 *
 * All rows are read first, each into a few whole numbers (texts that repeat are kept once), then put together by document, so that a sale is written
 * whole however its lines are scattered over the file.  A sale is a document of one client on one day, a return apart from it; without a
 * document it is all that a client bought on a day.
 *
 * A line is known by source, document, client, day, product, quantity and amount and by its place among equal lines of its document.  The same line
 * in another file, encoding, order or a longer export is therefore the same line, and two equal lines of one document stay two. */
#include "core/map.h"
#include "core/utf8.h"
#include "format/number.h"
#include "sales/catalog/catalog.h"
#include "sales/exchange/import_run.h"
#include "sales/exchange/import_sql.h"
#include "sales/exchange/sales_row.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"

#include <sodium.h>
#include <string.h>

enum { CHUNK_LINES = 600, CHUNK_SALES = 120, ROWS_MAX = 20000000, KINDS_MAX = 1000000, KEY_TEXT = 32 };

typedef struct {
    Str name, number, inn, phone;
} PartyText;

typedef struct {
    Str name, number;
} ProductText;

/* Texts that repeat, each kept once with a number from 1. */
typedef struct {
    Map     *places;
    void    *texts;  /* [room] PartyText, ProductText or Str */
    int64_t *id;     /* [room] of the record; 0: not known yet, -1: two records have the key */
    uint32_t count;
    bool    *said;   /* [room] a warning about it was given  */
} Kinds;

typedef struct {
    uint32_t client, product, document, seller, channel;
    uint32_t row;
    Day      day;
    bool     is_return;
    Qty      qty;   /* NONE: not given */
    Price    price;
    Money    amount, cost;
} Line;

typedef struct {
    ImportRun *run;
    Arena      mem;
    SalesRows  rules;
    int        at[COL_COUNT];
    Kinds      clients, products, sellers, channels, documents; /* documents: the text of the number */
    Line      *line;     /* [lines] */
    uint32_t   lines;
    uint32_t  *order;    /* lines by sale, in the order of first appearance */
    uint32_t  *begins;   /* [sales + 1] in order */
    uint32_t   sales;
} History;

/* ---- reading ---- */

static Kinds kinds_new(Arena *mem, ptrdiff_t size, ptrdiff_t room)
{
    return (Kinds){ .texts = arena_take_raw(mem, size, 8, room), .id = NEW_RAW(mem, int64_t, room), .said = NEW_RAW(mem, bool, room), .count = 1 };
}

/* The number of a text; *fresh when it was not there before. */
static uint32_t kind_of(Kinds *k, Arena *mem, Str key, bool *fresh)
{
    int64_t *at = map_at(&k->places, key, NULL);
    *fresh = !at;
    if (at) return (uint32_t)*at;
    *map_at(&k->places, str_copy(mem, key), mem) = k->count;
    k->id[k->count]   = 0;
    k->said[k->count] = false;
    return k->count++;
}

static Str cell_at(const History *h, const TableRow *row, SalesColumn c)
{
    return h->at[c] >= 0 && h->at[c] < row->count ? str_trim(row->cell[h->at[c]]) : (Str){ 0 };
}

/* Some libraries write whole numbers as 17850.0. */
static Str code_of(Str s)
{
    Str head = s;
    if (!str_ends(s, S(".0"))) return s;
    head.n -= 2;
    for (ptrdiff_t i = 0; i < head.n; i++)
        if (head.s[i] < '0' || head.s[i] > '9') return s;
    return head.n ? head : s;
}

/* A name among keys that may be numbers. */
static Str named(Arena *mem, Str name)
{
    Str folded = name_find(mem, name);
    return str_fmt(mem, "n%.*s", (int)folded.n, folded.s);
}

static uint32_t client_of(History *h, const TableRow *row)
{
    PartyText p = { code_of(cell_at(h, row, COL_CLIENT)), code_of(cell_at(h, row, COL_CLIENT_KEY)), cell_at(h, row, COL_INN), cell_at(h, row, COL_PHONE) };
    Arena     borrowed = h->run->memory;
    bool      fresh;
    /* whoever has a number is known by it, or by ИНН, or by name */
    Str      key = p.number.n ? str_fmt(&borrowed, "#%.*s", (int)p.number.n, p.number.s) : p.inn.n ? str_fmt(&borrowed, "i%.*s", (int)p.inn.n, p.inn.s) : named(&borrowed, p.name);
    uint32_t n   = kind_of(&h->clients, &h->mem, key, &fresh);
    if (fresh) ((PartyText *)h->clients.texts)[n] = (PartyText){ str_copy(&h->mem, p.name), str_copy(&h->mem, p.number), str_copy(&h->mem, p.inn), str_copy(&h->mem, p.phone) };
    return n;
}

static uint32_t product_of(History *h, const TableRow *row)
{
    ProductText p = { cell_at(h, row, COL_PRODUCT), code_of(cell_at(h, row, COL_PRODUCT_KEY)) };
    Arena       borrowed = h->run->memory;
    bool        fresh;
    if (!p.name.n && !p.number.n) return 0;
    Str      key = p.number.n ? str_fmt(&borrowed, "#%.*s", (int)p.number.n, p.number.s) : named(&borrowed, p.name);
    uint32_t n   = kind_of(&h->products, &h->mem, key, &fresh);
    if (fresh) ((ProductText *)h->products.texts)[n] = (ProductText){ str_copy(&h->mem, p.name), str_copy(&h->mem, p.number) };
    return n;
}

static uint32_t text_of(History *h, Kinds *k, Str text, bool fold)
{
    Arena borrowed = h->run->memory;
    bool  fresh;
    if (!text.n) return 0;
    uint32_t n = kind_of(k, &h->mem, fold ? name_find(&borrowed, text) : text, &fresh);
    if (fresh) ((Str *)k->texts)[n] = str_copy(&h->mem, text);
    return n;
}

/* A figure beside the amount; a cell that cannot be read is a doubt, not a reason to leave the row out. */
static int64_t figure_of(History *h, const TableRow *row, SalesColumn c, int places)
{
    int64_t  v    = NONE;
    Str      cell = cell_at(h, row, c);
    CellRead got  = cell.n ? number_read(cell, h->run->plan.form.number, places, &v) : CELL_EMPTY;
    if (got == CELL_READ || got == CELL_EMPTY) return got == CELL_READ ? v : NONE;
    row_warning(h->run, row->number, str_of(sales_column_names[c]), number_problem(got), cell);
    return NONE;
}

static int64_t with_sign(int64_t v, bool negative)
{
    if (v == NONE) return NONE;
    return (v < 0) == negative ? v : -v;
}

static Str field_of_fate(RowFate fate)
{
    static const Str names[ROW_FATES] = {
        [ROW_NO_CLIENT] = { "client", 6 }, [ROW_NO_DATE] = { "date", 4 }, [ROW_BAD_DATE] = { "date", 4 }, [ROW_NO_AMOUNT] = { "amount", 6 }, [ROW_BAD_AMOUNT] = { "amount", 6 },
        [ROW_ZERO_PRICE] = { "price", 5 }, [ROW_ZERO_AMOUNT] = { "amount", 6 }, [ROW_ZERO_QUANTITY] = { "quantity", 8 },
    };
    return names[fate];
}

static Str text_of_fate(const History *h, const TableRow *row, RowFate fate)
{
    if (fate == ROW_BAD_DATE) return cell_at(h, row, COL_DATE);
    if (fate == ROW_BAD_AMOUNT) return cell_at(h, row, h->at[COL_AMOUNT] >= 0 ? COL_AMOUNT : COL_PRICE);
    return (Str){ 0 };
}

static void take_row(History *h, const TableRow *row)
{
    SaleRow sale;
    RowFate fate = sales_row(&h->rules, row->cell, row->count, row->number, &sale);
    if (fate != ROW_USED) {
        row_problem(h->run, row->number, field_of_fate(fate), row_fate_keys[fate], text_of_fate(h, row, fate));
        return;
    }
    Line *l = &h->line[h->lines++];
    *l = (Line){ .client = client_of(h, row), .product = product_of(h, row), .document = text_of(h, &h->documents, cell_at(h, row, COL_DOCUMENT), false),
                 .seller = text_of(h, &h->sellers, cell_at(h, row, COL_SELLER), true), .channel = text_of(h, &h->channels, cell_at(h, row, COL_CHANNEL), true),
                 .row = (uint32_t)row->number, .day = sale.day, .is_return = sale.is_return, .amount = sale.amount };
    l->qty   = with_sign(figure_of(h, row, COL_QUANTITY, 3), sale.is_return);
    l->cost  = with_sign(figure_of(h, row, COL_COST, 2), sale.is_return);
    l->price = with_sign(figure_of(h, row, COL_PRICE, 6), false);
}

/* A column of names in which each row has another one is no such column. */
static Err kinds_check(const History *h)
{
    const struct { const Kinds *kinds; const char *column; } all[] = { { &h->products, "product" }, { &h->sellers, "seller" }, { &h->channels, "channel" } };
    if (h->clients.count >= KINDS_MAX) return fail(h->run->w, INVALID, "client", "import.too_many_clients", arg_count("most", KINDS_MAX));
    for (ptrdiff_t i = 0; i < COUNT(all); i++)
        if (all[i].kinds->count >= KINDS_MAX) return fail(h->run->w, INVALID, all[i].column, "import.too_many_names", arg_text("column", str_of(all[i].column)));
    return OK;
}

static Err read_rows(History *h)
{
    ImportRun *run = h->run;
    for (;;) {
        TableRow row;
        Err      err = import_row(run, &row);
        if (err == NOT_FOUND) return OK;
        TRY(err);
        if (h->lines == ROWS_MAX) return fail(run->w, INVALID, NULL, "import.too_many_rows", arg_count("most", ROWS_MAX));
        TRY(kinds_check(h));
        take_row(h, &row);
        if (run->fault_first && run->count.rows % 2048 == 0) TRY(import_faults(run));
    }
}

/* ---- putting together ---- */

static void put_together(History *h)
{
    Map      *places = NULL;
    uint32_t *sale = NEW_RAW(&h->mem, uint32_t, h->lines), *count = NEW_N(&h->mem, uint32_t, (ptrdiff_t)h->lines + 1);
    for (uint32_t i = 0; i < h->lines; i++) {
        const Line    *l = &h->line[i];
        const uint32_t key[4] = { l->document, l->client, (uint32_t)l->day, l->is_return };
        Str            bytes  = { (const char *)key, sizeof key };
        int64_t       *at     = map_at(&places, bytes, NULL);
        if (!at) {
            at  = map_at(&places, str_copy(&h->mem, bytes), &h->mem);
            *at = h->sales++;
        }
        sale[i] = (uint32_t)*at;
        count[sale[i]]++;
    }
    h->begins = NEW_N(&h->mem, uint32_t, (ptrdiff_t)h->sales + 1);
    h->order  = NEW_RAW(&h->mem, uint32_t, h->lines);
    for (uint32_t s = 0; s < h->sales; s++) h->begins[s + 1] = h->begins[s] + count[s];
    memset(count, 0, ((size_t)h->lines + 1) * sizeof *count);
    for (uint32_t i = 0; i < h->lines; i++) h->order[h->begins[sale[i]] + count[sale[i]]++] = i;
}

/* ---- a chunk of sales ---- */

typedef struct {
    History    *h;
    uint32_t    from, to; /* sales */
    ImportCount count;
    /* records made in this chunk: they count only once it is committed */
    Kinds     **made_kind;
    uint32_t   *made_at;
    int64_t    *made_id;
    ptrdiff_t   made;
} SalesChunk;

static const Line *line_at(const History *h, uint32_t sale, uint32_t i)
{
    return &h->line[h->order[h->begins[sale] + i]];
}

static uint32_t lines_of(const History *h, uint32_t sale)
{
    return h->begins[sale + 1] - h->begins[sale];
}

static int64_t id_of(const SalesChunk *c, const Kinds *k, uint32_t n)
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

static Err products_ready(Work *w, SalesChunk *c)
{
    Kinds    *k = &c->h->products;
    uint32_t *all, *at;
    ptrdiff_t n = needed(w, c, k, offsetof(Line, product), &all), m = 0;
    Str      *key = NEW_RAW(w->mem, Str, n);
    at = NEW_RAW(w->mem, uint32_t, n);
    for (ptrdiff_t i = 0; i < n; i++)
        if (((ProductText *)k->texts)[all[i]].number.n) at[m] = all[i], key[m++] = ((ProductText *)k->texts)[all[i]].number;
    TRY(look_up(w, SQL_PRODUCTS_BY_NUMBER, true, k, at, key, m));
    m = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        if (!k->id[all[i]] && !((ProductText *)k->texts)[all[i]].number.n) at[m] = all[i], key[m++] = name_find(w->mem, ((ProductText *)k->texts)[all[i]].name);
    TRY(look_up(w, SQL_PRODUCTS_BY_NAME, false, k, at, key, m));

    Product *products = NEW_N(w->mem, Product, n);
    SaveHow  how      = { .work = c->h->run->id };
    m = 0;
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

static void sellers_unknown(SalesChunk *c)
{
    History *h = c->h;
    for (uint32_t i = h->begins[c->from]; i < h->begins[c->to]; i++) {
        const Line *l = &h->line[h->order[i]];
        if (!l->seller || h->sellers.id[l->seller] > 0 || h->sellers.said[l->seller]) continue;
        h->sellers.said[l->seller] = true;
        row_warning(h->run, l->row, S("seller"), "import.no_such_seller", ((Str *)h->sellers.texts)[l->seller]);
    }
}

/* ---- known lines ---- */

typedef struct {
    char     key[KEY_TEXT];
    int64_t  sale, import; /* of the known line; 0: new */
} Known;

enum { LEFT_OUT = -1 }; /* for `sale` */

/* The content of a line as a text of fixed form; equal lines have equal texts. */
static Str content_of(Arena *mem, const SalesChunk *c, const Line *l)
{
    return str_fmt(mem, "%lld|%lld|%lld", (long long)id_of(c, &c->h->products, l->product), (long long)l->qty, (long long)l->amount);
}

static Str sale_key(Arena *mem, const SalesChunk *c, const Line *l)
{
    Str document = l->document ? ((Str *)c->h->documents.texts)[l->document] : S("");
    return str_fmt(mem, "%.*s|%lld|%d%s", (int)document.n, document.s, (long long)id_of(c, &c->h->clients, l->client), (int)l->day, l->is_return ? "|r" : "");
}

/* The day stands in front, so that lines of one day lie together in the index: a key that is all hash would touch a page of it a line. */
static void key_write(const SalesChunk *c, Day day, Str sale, Str content, int64_t ordinal, char out[KEY_TEXT])
{
    unsigned char            hash[16];
    char                     place[24], hex[2 * sizeof hash + 1];
    Buf                      digits = { .data = place, .cap = sizeof place };
    crypto_generichash_state state;
    Str                      source = c->h->run->plan.source;
    buf_i64(&digits, ordinal);
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    const Str parts[] = { source, sale, content, buf_str(&digits) };
    for (ptrdiff_t i = 0; i < COUNT(parts); i++) {
        uint32_t n = (uint32_t)parts[i].n;
        crypto_generichash_update(&state, (const unsigned char *)&n, sizeof n);
        crypto_generichash_update(&state, (const unsigned char *)parts[i].s, (unsigned long long)parts[i].n);
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    unsigned char when[] = { (unsigned char)((uint32_t)day >> 24 ^ 0x80), (unsigned char)(day >> 16), (unsigned char)(day >> 8), (unsigned char)day };
    memcpy(hash, when, sizeof when);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    memcpy(out, hex, KEY_TEXT);
}

/* A line whose client or product is one of two is left out. */
static bool line_is_clear(const SalesChunk *c, const Line *l)
{
    const History *h = c->h;
    if (id_of(c, &h->clients, l->client) < 0)
        row_problem(h->run, l->row, S("client"), "import.key_finds_two", ((PartyText *)h->clients.texts)[l->client].name);
    else if (id_of(c, &h->products, l->product) < 0)
        row_problem(h->run, l->row, S("product"), "import.key_finds_two", ((ProductText *)h->products.texts)[l->product].name);
    else return true;
    return false;
}

static void keys_of_sale(Work *w, const SalesChunk *c, uint32_t sale, Known *known)
{
    Arena scratch = w->scratch;
    Map  *seen    = NULL;
    Str   key     = sale_key(&scratch, c, line_at(c->h, sale, 0));
    for (uint32_t i = 0; i < lines_of(c->h, sale); i++) {
        if (!line_is_clear(c, line_at(c->h, sale, i))) {
            known[i].sale = LEFT_OUT;
            continue;
        }
        Str      content = content_of(&scratch, c, line_at(c->h, sale, i));
        int64_t *times   = map_at(&seen, content, &scratch);
        key_write(c, (Day)line_at(c->h, sale, i)->day, key, content, ++*times, known[i].key);
    }
}

static Err known_read(Work *w, Known *known, uint32_t n)
{
    Rows rows;
    Map *place = NULL;
    Str *keys  = NEW_RAW(w->mem, Str, n);
    for (uint32_t i = 0; i < n; i++) {
        keys[i] = (Str){ known[i].key, KEY_TEXT };
        if (known[i].sale != LEFT_OUT) *map_at(&place, keys[i], w->mem) = i;
    }
    TRY(db_query(w->db, SQL_IMPORT_LINES_KNOWN, VALS(val_texts(keys, n)), &rows));
    while (rows_next(&rows)) {
        Known *k  = &known[*map_at(&place, row_text(&rows, 0), NULL)];
        k->sale   = row_int(&rows, 1);
        k->import = row_int(&rows, 2);
    }
    return rows_end(&rows);
}

/* ---- sales ---- */

typedef struct {
    uint32_t  sale;  /* in the history                        */
    uint32_t  first; /* of its lines among those of the chunk */
    int64_t   id;    /* of the stored sale; 0: a new one      */
    ptrdiff_t before; /* lines the stored one has              */
    bool      archived; /* the one of that name is: a new one is made beside it */
} Pending;

static SaleLine sale_line(const SalesChunk *c, const Line *l)
{
    return (SaleLine){ .product_id = id_of(c, &c->h->products, l->product), .qty = l->qty, .price = l->price, .amount = l->amount, .cost = l->cost };
}

/* One of two channels of that name is none: which one is not for us to say. */
static int64_t channel_of(const SalesChunk *c, const Line *l)
{
    int64_t id = id_of(c, &c->h->channels, l->channel);
    if (id >= 0) return id;
    row_warning(c->h->run, l->row, S("channel"), "import.two_of_them", ((Str *)c->h->channels.texts)[l->channel]);
    return 0;
}

static void sale_fill(Work *w, const SalesChunk *c, const Pending *p, const Known *known, Sale *sale)
{
    const History *h    = c->h;
    const Line    *head = line_at(h, p->sale, 0);
    uint32_t       n    = lines_of(h, p->sale);
    if (!p->id) {
        record_empty(w, &sale_entity, sale);
        sale->base.origin = h->run->plan.source;
        sale->base.key    = sale_key(w->mem, c, head);
        if (p->archived) sale->base.key = str_fmt(w->mem, "%.*s|import:%lld", (int)sale->base.key.n, sale->base.key.s, (long long)h->run->id);
        sale->number      = head->document ? ((Str *)h->documents.texts)[head->document] : (Str){ 0 };
        sale->day         = head->day;
        sale->client_id   = id_of(c, &h->clients, head->client);
        sale->seller_id   = h->sellers.id[head->seller] > 0 && head->seller ? h->sellers.id[head->seller] : 0;
        sale->channel_id  = channel_of(c, head);
        sale->kind        = head->is_return ? SALE_RETURN : SALE_GOODS;
        sale->source      = h->run->plan.source;
        sale->lines.n     = 0;
    }
    SaleLine *lines = NEW_N(w->mem, SaleLine, sale->lines.n + n);
    if (sale->lines.n) memcpy(lines, sale->lines.at, (size_t)sale->lines.n * sizeof *lines);
    sale->lines.at = lines;
    for (uint32_t i = 0; i < n; i++)
        if (!known[p->first + i].sale) lines[sale->lines.n++] = sale_line(c, line_at(h, p->sale, i));
}

/* A sale that this source made before, and whose lines of then are not those of now: the new lines join it. */
static Err stored_sales(Work *w, const SalesChunk *c, Pending *p, ptrdiff_t n)
{
    Rows rows;
    Map *place = NULL;
    Str *keys  = NEW_RAW(w->mem, Str, n);
    for (ptrdiff_t i = 0; i < n; i++) {
        keys[i] = sale_key(w->mem, c, line_at(c->h, p[i].sale, 0));
        *map_at(&place, keys[i], w->mem) = i;
    }
    TRY(db_query(w->db, SQL_SALES_BY_KEY, VALS(val_texts(keys, n), val_text(c->h->run->plan.source)), &rows));
    while (rows_next(&rows)) {
        Pending *at = &p[*map_at(&place, row_text(&rows, 1), NULL)];
        if (row_null(&rows, 2)) at->id = row_int(&rows, 0);
        else at->archived = true;
    }
    return rows_end(&rows);
}

static Err lines_note(Work *w, const SalesChunk *c, const Pending *p, ptrdiff_t n, const Known *known, const Sale *sales)
{
    ptrdiff_t most = c->h->begins[c->to] - c->h->begins[c->from], m = 0;
    Val      *vals = NEW_N(w->mem, Val, most * 4);
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t at = p[i].before;
        for (uint32_t k = 0; k < lines_of(c->h, p[i].sale); k++) {
            const Known *line = &known[p[i].first + k];
            if (line->sale) continue;
            Val *v = &vals[m++ * 4];
            v[0] = val_text((Str){ line->key, KEY_TEXT });
            v[1] = val_int(c->h->run->id);
            v[2] = val_int(sales[i].base.id);
            v[3] = val_int(sales[i].lines.at[at++].base.id);
        }
    }
    return db_many(w->db, SQL_IMPORT_LINE_ADD, vals, 4, m, NULL);
}

/* Known lines of other imports have been brought again. */
static Err again_note(Work *w, SalesChunk *c, const Known *known, uint32_t n)
{
    Val      *vals = NEW_N(w->mem, Val, (ptrdiff_t)n * 2);
    ptrdiff_t m    = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (known[i].sale <= 0 || known[i].import == c->h->run->id) continue;
        c->count.known++;
        vals[m * 2]     = val_int(c->h->run->id);
        vals[m * 2 + 1] = val_text((Str){ known[i].key, KEY_TEXT });
        m++;
    }
    return db_many(w->db, SQL_IMPORT_AGAIN_ADD, vals, 2, m, NULL);
}

static Err sales_write(Work *w, SalesChunk *c)
{
    History  *h     = c->h;
    uint32_t  lines = h->begins[c->to] - h->begins[c->from], first = 0;
    Known    *known = NEW_N(w->mem, Known, lines);
    Pending  *p     = NEW_N(w->mem, Pending, c->to - c->from);
    ptrdiff_t n     = 0;
    SaveHow   how   = { .work = h->run->id };
    for (uint32_t s = c->from; s < c->to; s++) {
        keys_of_sale(w, c, s, known + first);
        p[n++] = (Pending){ .sale = s, .first = first };
        first += lines_of(h, s);
    }
    TRY(known_read(w, known, first));
    ptrdiff_t fresh = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        bool news = false;
        for (uint32_t k = 0; k < lines_of(h, p[i].sale); k++) news = news || !known[p[i].first + k].sale;
        if (news) p[fresh++] = p[i];
    }
    TRY(again_note(w, c, known, first));
    if (fresh == 0) return OK;
    TRY(stored_sales(w, c, p, fresh));

    Sale    *sales = NEW_N(w->mem, Sale, fresh);
    int64_t *ids   = NEW_N(w->mem, int64_t, fresh);
    bool    *found = NEW_N(w->mem, bool, fresh);
    for (ptrdiff_t i = 0; i < fresh; i++) ids[i] = p[i].id;
    TRY(record_fetch(w, &sale_entity, ids, fresh, true, sales, found));
    for (ptrdiff_t i = 0; i < fresh; i++) {
        if (!found[i]) p[i].id = 0;
        p[i].before = p[i].id ? sales[i].lines.n : 0;
        sale_fill(w, c, &p[i], known, &sales[i]);
        c->count.made += !p[i].id;
        c->count.changed += p[i].id != 0;
    }
    TRY(record_save_many(w, &sale_entity, sales, fresh, &how));
    return lines_note(w, c, p, fresh, known, sales);
}

static Err chunk_of_sales(Work *w, void *to)
{
    SalesChunk *c = to;
    uint32_t   *all;
    c->made      = 0;
    c->count     = (ImportCount){ 0 };
    TRY(sellers_ready(w, c));
    ptrdiff_t n = needed(w, c, &c->h->clients, offsetof(Line, client), &all);
    TRY(clients_find(w, c, all, n));
    TRY(clients_make(w, c, all, n));
    TRY(products_ready(w, c));
    TRY(channels_ready(w, c));
    return sales_write(w, c);
}

/* The records of a chunk that is committed are known to the next ones.  A dry run has made none, but counts each once. */
static void chunk_counts(History *h, const SalesChunk *c)
{
    ImportCount *sum = &h->run->count;
    sum->made += c->count.made;
    sum->changed += c->count.changed;
    sum->known += c->count.known;
    for (ptrdiff_t i = 0; i < c->made; i++) {
        Kinds *k = c->made_kind[i];
        if (!h->run->plan.dry) k->id[c->made_at[i]] = c->made_id[i];
        else if (k->said[c->made_at[i]]) sum->made--;
        k->said[c->made_at[i]] = true;
    }
}

/* Room for what a chunk makes: a client, a product and a channel a line at the most. */
static void chunk_room(SalesChunk *c, Arena *mem)
{
    ptrdiff_t room = (ptrdiff_t)(c->h->begins[c->to] - c->h->begins[c->from]) * 3;
    c->made_kind = NEW_RAW(mem, Kinds *, room);
    c->made_at   = NEW_RAW(mem, uint32_t, room);
    c->made_id   = NEW_RAW(mem, int64_t, room);
}

static Err write_all(History *h)
{
    ImportRun  *run = h->run;
    SalesChunk *c   = NEW(&h->mem, SalesChunk);
    run->writing    = true;
    for (uint32_t s = 0; s < h->sales; s = c->to) {
        *c = (SalesChunk){ .h = h, .from = s, .to = s + 1 };
        while (c->to < h->sales && c->to - c->from < CHUNK_SALES && h->begins[c->to + 1] - h->begins[c->from] <= CHUNK_LINES) c->to++;
        Arena borrowed = h->mem;
        chunk_room(c, &borrowed);
        TRY(import_chunk(run, chunk_of_sales, c));
        chunk_counts(h, c);
        sellers_unknown(c);
        TRY(job_step(run->w, h->begins[c->to], h->lines));
    }
    return OK;
}

static void columns_set(History *h)
{
    const ImportPlan *p       = &h->run->plan;
    SalesColumns      columns = { .c_marks_return = p->c_marks_return };
    TableForm         form    = p->form;
    for (int c = 0; c < COL_COUNT; c++) columns.at[c] = h->at[c] = import_column(p, sales_column_names[c]);
    if (columns.at[COL_CLIENT] < 0) columns.at[COL_CLIENT] = h->at[COL_CLIENT_KEY] >= 0 ? h->at[COL_CLIENT_KEY] : h->at[COL_INN];
    form.encoding = ENC_UTF8; /* the rows come as UTF-8 whatever the file is, */
    form.kind     = FILE_XLSX; /* and as plain cells, without the marks of texts in a CSV */
    h->rules      = sales_rows(&form, &columns);
}

Err import_sales(ImportRun *run)
{
    const ptrdiff_t room = ROWS_MAX;
    History        *h    = NEW(run->w->mem, History);
    *h = (History){ .run = run, .mem = arena_new((ptrdiff_t)1 << 36) };
    columns_set(h);
    h->line      = NEW_RAW(&h->mem, Line, room + 1);
    h->clients   = kinds_new(&h->mem, sizeof(PartyText), KINDS_MAX + 2);
    h->products  = kinds_new(&h->mem, sizeof(ProductText), KINDS_MAX + 2);
    h->sellers   = kinds_new(&h->mem, sizeof(Str), KINDS_MAX + 2);
    h->channels  = kinds_new(&h->mem, sizeof(Str), KINDS_MAX + 2);
    h->documents = kinds_new(&h->mem, sizeof(Str), room + 2);
    Err err = read_rows(h);
    if (!err) {
        put_together(h);
        err = write_all(h);
    }
    arena_drop(&h->mem);
    return err;
}
