/* Marks between pages, authenticated with a secret that the base was born with, the same for every server. */
#include "entity/cursor.h"

#include <sodium.h>
#include <string.h>

#define MAC  16
#define HEAD (MAC + 1 + 8 + 8)

static Err secret_of(Work *w, Str *out)
{
    Rows rows;
    *out = (Str){ 0 };
    TRY(db_query(w->db, S("select secret from mark_secret where one = 1"), NO_VALS, &rows));
    if (rows_next(&rows)) *out = str_copy(w->mem, row_blob(&rows, 0));
    return rows_end(&rows);
}

static Err mac_of(Work *w, Str list, Str body, unsigned char mac[MAC])
{
    Str                      secret;
    crypto_generichash_state state;
    TRY(secret_of(w, &secret));
    crypto_generichash_init(&state, (const unsigned char *)secret.s, (size_t)(secret.n > 64 ? 64 : secret.n), MAC);
    crypto_generichash_update(&state, (const unsigned char *)&w->actor, sizeof w->actor);
    crypto_generichash_update(&state, (const unsigned char *)list.s, (unsigned long long)list.n);
    crypto_generichash_update(&state, (const unsigned char *)"", 1);
    crypto_generichash_update(&state, (const unsigned char *)body.s, (unsigned long long)body.n);
    crypto_generichash_final(&state, mac, MAC);
    return OK;
}

Err cursor_write(Work *w, Str list, Cursor at, Str *out)
{
    ptrdiff_t n = HEAD + at.text.n,
              room = (ptrdiff_t)sodium_base64_encoded_len((size_t)n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char     *raw = NEW_RAW(w->mem, char, n), *text = NEW_RAW(w->mem, char, room);
    raw[MAC] = at.empty;
    memcpy(raw + MAC + 1, &at.number, 8);
    memcpy(raw + MAC + 9, &at.id, 8);
    if (at.text.n) memcpy(raw + HEAD, at.text.s, (size_t)at.text.n);
    TRY(mac_of(w, list, (Str){ raw + MAC, n - MAC }, (unsigned char *)raw));
    sodium_bin2base64(text, (size_t)room, (const unsigned char *)raw, (size_t)n,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    *out = str_of(text);
    return OK;
}

Err cursor_read(Work *w, Str list, Str text, Cursor *out)
{
    unsigned char *raw = NEW_RAW(w->mem, unsigned char, text.n), mac[MAC];
    size_t         n   = 0;
    bool           good = sodium_base642bin(raw, (size_t)text.n, text.s, (size_t)text.n, NULL, &n, NULL,
                                            sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
                n >= HEAD;
    if (good) TRY(mac_of(w, list, (Str){ (const char *)raw + MAC, (ptrdiff_t)n - MAC }, mac));
    if (!good || sodium_memcmp(mac, raw, MAC) != 0) return fail(w, INVALID, "after", "list.cursor");
    out->empty = raw[MAC];
    memcpy(&out->number, raw + MAC + 1, 8);
    memcpy(&out->id, raw + MAC + 9, 8);
    out->text = (Str){ (const char *)raw + HEAD, (ptrdiff_t)n - HEAD };
    return OK;
}
