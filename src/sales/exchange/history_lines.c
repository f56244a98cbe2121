/* By what a line of sales is known: its source, its sale, its content and its place among equal lines, hashed into a key. */
#include "sales/exchange/history.h"
#include "sales/exchange/import_sql.h"

#include <sodium.h>
#include <string.h>

/* The content of a line as a text of fixed form; equal lines have equal texts. */
static Str content_of(Arena *mem, const SalesChunk *c, const Line *l)
{
    return str_fmt(mem, "%lld|%lld|%lld", (long long)chunk_id(c, &c->h->products, l->product), (long long)l->qty, (long long)l->amount);
}

Str chunk_sale_key(Arena *mem, const SalesChunk *c, const Line *l)
{
    Str document = c->h->documents.text[l->document];
    return str_fmt(mem, "%.*s|%lld|%d%s", (int)document.n, document.s, (long long)chunk_id(c, &c->h->clients, l->client), (int)l->day, l->is_return ? "|r" : "");
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
    if (chunk_id(c, &h->clients, l->client) < 0)
        row_problem(h->run, l->row, S("client"), "import.key_finds_two", ((PartyText *)h->clients.texts)[l->client].name);
    else if (chunk_id(c, &h->products, l->product) < 0)
        row_problem(h->run, l->row, S("product"), "import.key_finds_two", ((ProductText *)h->products.texts)[l->product].name);
    else return true;
    return false;
}

void chunk_keys(Work *w, const SalesChunk *c, uint32_t sale, Known *known)
{
    Arena scratch = w->scratch;
    Map  *seen    = NULL;
    Line  head    = history_line(c->h, sale, 0);
    Str   key     = chunk_sale_key(&scratch, c, &head);
    for (uint32_t i = 0; i < history_lines(c->h, sale); i++) {
        Line line = history_line(c->h, sale, i);
        if (!line_is_clear(c, &line)) {
            known[i].sale = LEFT_OUT;
            continue;
        }
        Str      content = content_of(&scratch, c, &line);
        int64_t *times   = map_at(&seen, content, &scratch);
        key_write(c, line.day, key, content, ++*times, known[i].key);
    }
}

Err chunk_known(Work *w, Known *known, uint32_t n)
{
    Rows rows;
    Map *place = NULL;
    Str *keys  = NEW_RAW(w->mem, Str, n);
    ptrdiff_t asked = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (known[i].sale == LEFT_OUT) continue; /* it has no key */
        keys[asked] = (Str){ known[i].key, KEY_TEXT };
        *map_at(&place, keys[asked++], w->mem) = i;
    }
    TRY(db_query(w->db, SQL_IMPORT_LINES_KNOWN, VALS(val_texts(keys, asked)), &rows));
    while (rows_next(&rows)) {
        Known *k  = &known[*map_at(&place, row_text(&rows, 0), NULL)];
        k->sale   = row_int(&rows, 1);
        k->import = row_int(&rows, 2);
    }
    return rows_end(&rows);
}
