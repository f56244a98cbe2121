/* Importing a history of sales: rows become sales and returns, with the clients and products they need.
 *
 * All rows are read first, each into a few whole numbers (texts that repeat are kept once), then put together by
 * document, so that a sale is written whole however its lines are scattered over the file.  A sale is a document of one
 * client on one day, a return apart from it; without a document it is all that a client bought on a day.
 *
 * A line is known by source, document, client, day, product, quantity and amount and by its place among equal lines of
 * its document.  The same line in another file, encoding, order or a longer export is therefore the same line, and two
 * equal lines of one document stay two. */
#include "access/access.h"
#include "core/bounds.h"
#include "entity/ids.h"
#include "sales/import/history.h"
#include "sales/import/history_sql.h"
#include "sales/orders/orders.h"

#include <string.h>

enum { CHUNK_LINES = 600, CHUNK_SALES = 120 };

/* ---- putting together ---- */

static void put_together(History *h)
{
    uint32_t  lines = h->line.count;
    Arena     mem   = arena_new(BOUND_HISTORY);
    Texts     sales = texts_new(&mem, (ptrdiff_t)lines + 1);
    uint32_t *sale = NEW_RAW(&mem, uint32_t, lines), *count = NEW_N(&mem, uint32_t, (ptrdiff_t)lines + 1);
    for (uint32_t i = 0; i < lines; i++) {
        const Line     l = line_at(&h->line, i);
        const uint32_t key[4] = { l.document, l.client, (uint32_t)l.day, l.is_return };
        Str            bytes  = { (const char *)key, sizeof key };
        bool           fresh;
        sale[i] = text_number(&sales, bytes, &mem, &fresh) - 1;
        count[sale[i]]++;
    }
    h->sales  = sales.count - 1;
    h->begins = NEW_N(&h->mem, uint32_t, (ptrdiff_t)h->sales + 1);
    h->order  = NEW_RAW(&h->mem, uint32_t, lines);
    for (uint32_t s = 0; s < h->sales; s++) h->begins[s + 1] = h->begins[s] + count[s];
    memset(count, 0, ((size_t)lines + 1) * sizeof *count);
    for (uint32_t i = 0; i < lines; i++) h->order[h->begins[sale[i]] + count[sale[i]]++] = i;
    arena_drop(&mem);
}

/* ---- sales ---- */

typedef struct {
    uint32_t  sale;  /* in the history                        */
    uint32_t  first; /* of its lines among those of the chunk */
    int64_t   id;    /* of the stored sale; 0: a new one      */
    ptrdiff_t before; /* lines the stored one has              */
    bool      beside; /* the one of that name is archived, or not for the importer to see: a new one is made beside
                         it */
} Pending;

static SaleLine sale_line(const SalesChunk *c, const Line *l)
{
    return (SaleLine){ .product_id = chunk_id(c, &c->h->products, l->product),
                       .qty = l->qty,
                       .price = l->price,
                       .amount = l->amount,
                       .cost = l->cost };
}

/* One of two channels of that name is none: which one is not for us to say. */
static int64_t channel_of(const SalesChunk *c, const Line *l)
{
    int64_t id = chunk_id(c, &c->h->channels, l->channel);
    if (id >= 0) return id;
    row_warning(c->h->run, l->row, S("channel"), "import.two_of_them", ((Str *)c->h->channels.texts)[l->channel]);
    return 0;
}

static void sale_head(Work *w, const SalesChunk *c, const Pending *p, const Line *head, Sale *sale)
{
    const History *h = c->h;
    record_empty(w, &sale_entity, sale);
    sale->base.origin = h->run->plan.source;
    sale->base.key    = chunk_sale_key(w->mem, c, head);
    if (p->beside)
        sale->base.key = str_fmt(w->mem, "%.*s|import:%lld", (int)sale->base.key.n, sale->base.key.s,
                                 (long long)h->run->id);
    sale->number      = h->documents.text[head->document];
    sale->day         = head->day;
    sale->client_id   = chunk_id(c, &h->clients, head->client);
    int64_t seller    = chunk_id(c, &h->sellers, head->seller);
    sale->seller_id   = seller > 0 ? seller : 0;
    sale->channel_id  = channel_of(c, head);
    sale->kind        = head->is_return ? SALE_RETURN : SALE_GOODS;
    sale->source      = h->run->plan.source;
    sale->lines.n     = 0;
}

static void sale_fill(Work *w, const SalesChunk *c, const Pending *p, const Known *known, Sale *sale)
{
    const History *h = c->h;
    uint32_t       n = history_lines(h, p->sale);
    Line head = history_line(h, p->sale, 0);
    if (!p->id) sale_head(w, c, p, &head, sale);
    SaleLine *lines = NEW_N(w->mem, SaleLine, sale->lines.n + n);
    if (sale->lines.n) memcpy(lines, sale->lines.at, (size_t)sale->lines.n * sizeof *lines);
    sale->lines.at = lines;
    for (uint32_t i = 0; i < n; i++) {
        Line line = history_line(h, p->sale, i);
        if (!known[p->first + i].sale) lines[sale->lines.n++] = sale_line(c, &line);
    }
}

/* A sale that this source made before, and whose lines of then are not those of now: the new lines join it. */
static Err stored_sales(Work *w, const SalesChunk *c, Pending *p, ptrdiff_t n)
{
    Rows rows;
    Map *place = NULL;
    Str *keys  = NEW_RAW(w->mem, Str, n);
    for (ptrdiff_t i = 0; i < n; i++) {
        Line head = history_line(c->h, p[i].sale, 0);
        keys[i]   = chunk_sale_key(w->mem, c, &head);
        *map_at(&place, keys[i], w->mem) = i;
    }
    TRY(scope_query(w, SQL_SALES_BY_KEY, VALS(val_texts(keys, n), val_text(c->h->run->plan.source)), &rows));
    while (rows_next(&rows)) {
        Pending *at = &p[*map_at(&place, row_text(&rows, 1), NULL)];
        if (row_null(&rows, 2) && row_int(&rows, 3)) at->id = row_int(&rows, 0);
        else at->beside = true;
    }
    return rows_end(&rows);
}

static Err lines_note(Work *w, const SalesChunk *c, const Pending *p, ptrdiff_t n, const Known *known,
                      const Sale *sales)
{
    ptrdiff_t most = c->h->begins[c->to] - c->h->begins[c->from], m = 0;
    Val      *vals = NEW_N(w->mem, Val, most * 4);
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t at = p[i].before;
        for (uint32_t k = 0; k < history_lines(c->h, p[i].sale); k++) {
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

/* The keys of all lines of the chunk; n pending sales. */
static uint32_t keys_of_chunk(Work *w, const SalesChunk *c, Known *known, Pending *p)
{
    uint32_t  lines = 0;
    ptrdiff_t n     = 0;
    for (uint32_t s = c->from; s < c->to; s++) {
        chunk_keys(w, c, s, known + lines);
        p[n++] = (Pending){ .sale = s, .first = lines };
        lines += history_lines(c->h, s);
    }
    return lines;
}

/* Keeps the sales with a line that nobody knows. */
static ptrdiff_t with_news(const History *h, const Known *known, Pending *p, ptrdiff_t n)
{
    ptrdiff_t fresh = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        bool news = false;
        for (uint32_t k = 0; k < history_lines(h, p[i].sale); k++) news = news || !known[p[i].first + k].sale;
        if (news) p[fresh++] = p[i];
    }
    return fresh;
}

static void brought_count(SalesChunk *c, const Pending *p, const Known *known)
{
    Line line = history_line(c->h, p->sale, 0);
    c->buyer[c->buyers++] = line.client;
    c->count.sales++;
    for (uint32_t k = 0; k < history_lines(c->h, p->sale); k++) {
        line = history_line(c->h, p->sale, k);
        if (!known[p->first + k].sale) c->count.amount += line.amount;
    }
}

static Err pending_write(Work *w, SalesChunk *c, Pending *p, ptrdiff_t n, const Known *known)
{
    Sale    *sales = NEW_N(w->mem, Sale, n);
    int64_t *ids   = NEW_N(w->mem, int64_t, n);
    bool    *found = NEW_N(w->mem, bool, n);
    SaveHow  how   = { .work = c->h->run->id, .list_most = DOCUMENT_LINES_MOST, .bulk = true };
    for (ptrdiff_t i = 0; i < n; i++) ids[i] = p[i].id;
    TRY(record_fetch(w, &sale_entity, ids, n, true, sales, found));
    for (ptrdiff_t i = 0; i < n; i++) {
        if (!found[i]) p[i].id = 0;
        p[i].before = p[i].id ? sales[i].lines.n : 0;
        sale_fill(w, c, &p[i], known, &sales[i]);
        c->count.made += !p[i].id;
        c->count.changed += p[i].id != 0;
        brought_count(c, &p[i], known);
    }
    notes_forget(w);
    TRY(record_save_many(w, &sale_entity, sales, n, &how));
    for (ptrdiff_t i = 0; i < n; i++) ids[i] = history_line(c->h, p[i].sale, 0).row;
    notes_told(w, c->h->run, ids, n);
    return lines_note(w, c, p, n, known, sales);
}

static Err sales_write(Work *w, SalesChunk *c)
{
    Known    *known = NEW_N(w->mem, Known, c->h->begins[c->to] - c->h->begins[c->from]);
    Pending  *p     = NEW_N(w->mem, Pending, c->to - c->from);
    uint32_t  lines = keys_of_chunk(w, c, known, p);
    TRY(chunk_known(w, known, lines));
    TRY(again_note(w, c, known, lines));
    ptrdiff_t n = with_news(c->h, known, p, c->to - c->from);
    if (n == 0) return OK;
    TRY(stored_sales(w, c, p, n));
    return pending_write(w, c, p, n, known);
}

static Err chunk_of_sales(Work *w, void *to)
{
    SalesChunk *c = to;
    c->made = c->buyers = 0;
    c->count = (ImportCount){ 0 };
    TRY(chunk_parties(w, c));
    return sales_write(w, c);
}

/* The records of a chunk that is committed are known to the next ones.  A dry run has made none, but counts each
 * once. */
static void chunk_counts(History *h, const SalesChunk *c)
{
    ImportCount *sum = &h->run->count;
    sum->made += c->count.made;
    sum->changed += c->count.changed;
    sum->known += c->count.known;
    sum->sales += c->count.sales;
    sum->amount += c->count.amount;
    for (ptrdiff_t i = 0; i < c->buyers; i++) h->bought[c->buyer[i]] = true;
    for (ptrdiff_t i = 0; i < c->made; i++) {
        Kinds *k = c->made_kind[i];
        if (k == &h->clients && !k->said[c->made_at[i]]) sum->new_clients++;
        if (!h->run->plan.dry) k->id[c->made_at[i]] = c->made_id[i];
        else if (k->said[c->made_at[i]] && k != &h->channels) sum->made--;
        k->said[c->made_at[i]] = true;
    }
}

/* Room for what a chunk makes: a client, a product, a channel and a seller a line at the most. */
static void chunk_room(SalesChunk *c, Arena *mem)
{
    ptrdiff_t room = (ptrdiff_t)(c->h->begins[c->to] - c->h->begins[c->from]) * 4;
    c->made_kind = NEW_RAW(mem, Kinds *, room);
    c->made_at   = NEW_RAW(mem, uint32_t, room);
    c->made_id   = NEW_RAW(mem, int64_t, room);
    c->buyer     = NEW_RAW(mem, uint32_t, (ptrdiff_t)(c->to - c->from));
}

static Err write_all(History *h)
{
    ImportRun  *run = h->run;
    SalesChunk *c   = NEW(&h->mem, SalesChunk);
    run->writing    = true;
    for (uint32_t s = 0; s < h->sales; s = c->to) {
        *c = (SalesChunk){ .h = h, .from = s, .to = s + 1 };
        while (c->to < h->sales && c->to - c->from < CHUNK_SALES &&
               h->begins[c->to + 1] - h->begins[c->from] <= CHUNK_LINES)
            c->to++;
        Arena borrowed = h->mem;
        chunk_room(c, &borrowed);
        TRY(import_chunk(run, chunk_of_sales, c));
        chunk_counts(h, c);
        chunk_sellers_unknown(c);
        TRY(job_step(run->w, h->begins[c->to], h->line.count));
    }
    return OK;
}

/* Two names of the file may be one client of the base; to a dry run each name is one. */
static int64_t clients_bought(const History *h)
{
    Arena   mem  = arena_new(BOUND_HISTORY);
    Ids     seen = ids_new(&mem, (ptrdiff_t)h->clients.keys.count);
    int64_t n    = 0;
    for (uint32_t c = 0; c < h->clients.keys.count; c++) {
        int64_t id = h->clients.id[c];
        n += h->bought[c] && (id <= 0 || ids_put(&seen, id, c));
    }
    arena_drop(&mem);
    return n;
}

static void columns_set(History *h)
{
    const ImportPlan *p       = &h->run->plan;
    SalesColumns      columns = { .c_marks_return = p->c_marks_return };
    TableForm         form    = p->form;
    for (int c = 0; c < COL_COUNT; c++) columns.at[c] = h->at[c] = import_column(p, sales_column_names[c]);
    columns.names_mark_returns = columns.at[COL_RETURN] < 0;
    if (columns.at[COL_CLIENT] < 0)
        columns.at[COL_CLIENT] = h->at[COL_CLIENT_KEY] >= 0 ? h->at[COL_CLIENT_KEY] : h->at[COL_INN];
    form.encoding = ENC_UTF8; /* the rows come as UTF-8 whatever the file is, */
    form.kind     = FILE_XLSX; /* and as plain cells, without the marks of texts in a CSV */
    columns.names      = h->run->rows.header.name;
    columns.name_count = h->run->rows.header.names;
    h->rules           = sales_rows(&form, &columns);
    h->rules.totals    = NEW(&h->mem, TotalsSeen);
}

Err import_sales(ImportRun *run)
{
    const ptrdiff_t room = ROWS_MAX;
    History        *h    = NEW(run->w->mem, History);
    *h = (History){ .run = run, .mem = arena_new(BOUND_HISTORY) };
    columns_set(h);
    h->line      = line_table(&h->mem, room, h->at);
    h->clients   = kinds_new(&h->mem, sizeof(PartyText));
    h->products  = kinds_new(&h->mem, sizeof(ProductText));
    h->sellers   = kinds_new(&h->mem, sizeof(Str));
    h->channels  = kinds_new(&h->mem, sizeof(Str));
    h->documents = texts_new(&h->mem, room + 2);
    Err err = history_read(h);
    if (!err) {
        put_together(h);
        h->bought = NEW_N(&h->mem, bool, (ptrdiff_t)h->clients.keys.count);
        err = write_all(h);
        run->count.clients = clients_bought(h);
    }
    arena_drop(&h->mem);
    return err;
}
