/* `sbyt check` reads every file: are its bytes there, and are they what came? */
#include "files/files.h"
#include "files/files_sql.h"

#include <sodium.h>

enum { BODIES_AT_ONCE = 200, HASH_SIZE = 2 * crypto_hash_sha256_BYTES + 1 };

typedef struct {
    int64_t id, size;
    Str     hash, name;
} Body;

static Err bodies_read(Work *w, Arena *mem, int64_t above, Body *out, ptrdiff_t *n)
{
    Rows rows;
    TRY(db_query(w->db, SQL_FILE_BODIES_CHECK, VALS(val_int(above), val_int(BODIES_AT_ONCE)), &rows));
    for (*n = 0; *n < BODIES_AT_ONCE && rows_next(&rows); ++*n)
        out[*n] = (Body){ row_int(&rows, 0), row_int(&rows, 1),
                          row_null(&rows, 2) ? (Str){ 0 } : str_copy(mem, row_text(&rows, 2)),
                          str_copy(mem, row_text(&rows, 3)) };
    return rows_end(&rows);
}

/* The key of what is wrong; null: nothing.  Parts stand from 0 on, none is missing between two. */
static Err body_check(Work *w, const Body *b, const char **wrong)
{
    crypto_hash_sha256_state state;
    unsigned char            hash[crypto_hash_sha256_BYTES];
    char                     hex[HASH_SIZE];
    int64_t                  size = 0;
    Rows                     rows;
    crypto_hash_sha256_init(&state);
    TRY(db_stream(w->db, SQL_FILE_PARTS, VALS(val_int(b->id)), &rows));
    while (rows_next(&rows)) {
        Str bytes = row_blob(&rows, 0);
        size += bytes.n;
        crypto_hash_sha256_update(&state, (const unsigned char *)bytes.s, (unsigned long long)bytes.n);
    }
    TRY(rows_end(&rows));
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(hex, HASH_SIZE, hash, sizeof hash);
    bool other = b->hash.n && !str_eq(b->hash, str_of(hex));
    *wrong     = size != b->size ? "check.file_lacks" : other ? "check.file_other" : NULL;
    return OK;
}

Err files_check(Work *w, int64_t *bodies, void (*bad)(void *to, Str name, const char *key), void *to)
{
    int64_t above = 0;
    *bodies       = 0;
    for (ptrdiff_t n = BODIES_AT_ONCE; n == BODIES_AT_ONCE;) {
        Arena scratch = w->scratch;
        Body *body    = NEW_RAW(&scratch, Body, BODIES_AT_ONCE);
        TRY(bodies_read(w, &scratch, above, body, &n));
        for (ptrdiff_t i = 0; i < n; i++) {
            const char *wrong;
            TRY(body_check(w, &body[i], &wrong));
            if (wrong) bad(to, body[i].name, wrong);
            above = body[i].id;
        }
        *bodies += n;
    }
    return OK;
}
