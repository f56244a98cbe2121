/* By what a line of sales is known: its source, its sale, its content and its place among equal lines, hashed into a
 * key. */
#include "access/access.h"
#include "sales/import/history.h"
#include "sales/import/history_sql.h"

#include <sodium.h>
#include <string.h>

/* The content of a line as a text of fixed form; equal lines have equal texts. */
static Str content_of(Arena *mem, const SalesChunk *c, const Line *l)
{
    return str_fmt(mem, "%lld|%lld|%lld", (long long)chunk_id(c, &c->h->products, l->product), (long long)l->qty,
                   (long long)l->amount);
}

Str chunk_sale_key(Arena *mem, const SalesChunk *c, const Line *l)
{
    Str document = c->h->documents.text[l->document];
    return str_fmt(mem, "%.*s|%lld|%d%s", (int)document.n, document.s,
                   (long long)chunk_id(c, &c->h->clients, l->client), (int)l->day, l->is_return ? "|r" : "");
}

/* The day stands in front, so that lines of one day lie together in the index: a key that is all hash would touch a
 * page of it a line. */
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
    unsigned char when[] = { (unsigned char)((uint32_t)day >> 24 ^ 0x80), (unsigned char)(day >> 16),
                             (unsigned char)(day >> 8), (unsigned char)day };
    memcpy(hash, when, sizeof when);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    memcpy(out, hex, KEY_TEXT);
}

/* A line whose client or product is one of two is left out. */
static bool line_is_clear(const SalesChunk *c, const Line *l)
{
    const History *h = c->h;
    if (chunk_id(c, &h->clients, l->client) < 0)
        row_problem(h->run, l->row, S("client"), "import.key_finds_two",
                    ((PartyText *)h->clients.texts)[l->client].name);
    else if (chunk_id(c, &h->products, l->product) < 0)
        row_problem(h->run, l->row, S("product"), "import.key_finds_two",
                    ((ProductText *)h->products.texts)[l->product].name);
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

/* A line beside one that stands where the importer does not see: it has a key of his own.  The day stays in front. */
static void key_apart(const Work *w, char key[KEY_TEXT])
{
    enum { DAY = 8 };
    unsigned char            hash[(KEY_TEXT - DAY) / 2 + 4]; /* at least crypto_generichash_BYTES_MIN */
    char                     user[24], hex[2 * sizeof hash + 1];
    Buf                      digits = { .data = user, .cap = sizeof user };
    crypto_generichash_state state;
    buf_i64(&digits, w->actor);
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const unsigned char *)key, KEY_TEXT);
    crypto_generichash_update(&state, (const unsigned char *)digits.data, (unsigned long long)digits.len);
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    memcpy(key + DAY, hex, KEY_TEXT - DAY);
}

/* Looks for the lines that are not known yet; those that stand where the importer does not see get another key.
 * *hidden: there were such. */
static Err known_look(Work *w, Known *known, uint32_t n, bool *hidden)
{
    Rows rows;
    Map *place = NULL;
    Str *keys  = NEW_RAW(w->mem, Str, n);
    ptrdiff_t asked = 0;
    *hidden = false;
    for (uint32_t i = 0; i < n; i++) {
        if (known[i].sale) continue; /* left out, without a key, or found before */
        keys[asked] = str_copy(w->mem, (Str){ known[i].key, KEY_TEXT });
        *map_at(&place, keys[asked++], w->mem) = i;
    }
    TRY(scope_query(w, SQL_IMPORT_LINES_KNOWN, VALS(val_texts(keys, asked), val_int(w->actor)), &rows));
    while (rows_next(&rows)) {
        Known *k = &known[*map_at(&place, row_text(&rows, 0), NULL)];
        if (row_int(&rows, 3) == 0) {
            key_apart(w, k->key);
            *hidden = true;
            continue;
        }
        k->sale   = row_int(&rows, 1);
        k->import = row_int(&rows, 2);
    }
    return rows_end(&rows);
}

Err chunk_known(Work *w, Known *known, uint32_t n)
{
    bool hidden;
    do {
        TRY(known_look(w, known, n, &hidden));
    } while (hidden);
    return OK;
}
