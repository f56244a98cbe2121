/* Writing change rows: one statement for all of a save. */
#include "entity/change_row.h"

#include <sodium.h>

#define SALT 16

/* What the chain of the journal covers in the place of the diff, so that erasing a person's values leaves it whole. */
static Str digest_of(Arena *mem, Str salt, Str diff)
{
    unsigned char           *digest = NEW_RAW(mem, unsigned char, crypto_hash_sha256_BYTES);
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)salt.s, (unsigned long long)salt.n);
    crypto_hash_sha256_update(&state, (const unsigned char *)diff.s, (unsigned long long)diff.n);
    crypto_hash_sha256_final(&state, digest);
    return (Str){ (const char *)digest, crypto_hash_sha256_BYTES };
}

#define CHANGE_COLUMNS 10

static void change_vals(Work *w, Arena *mem, const Entity *e, int64_t work, const ChangeRow *row, Val *v)
{
    v[0] = val_int(w->now);
    v[1] = w->actor ? val_int(w->actor) : val_null();
    v[2] = val_int(work);
    v[3] = val_text(str_of(e->name));
    v[4] = val_int(row->record);
    v[5] = val_int(row->version);
    v[6] = val_text(str_of(row->verb));
    v[7] = v[8] = v[9] = val_null();
    if (row->diff.n == 0) return;
    char *salt = NEW_RAW(mem, char, SALT);
    randombytes_buf(salt, SALT);
    v[7] = val_text(row->diff);
    v[8] = val_blob((Str){ salt, SALT });
    v[9] = val_blob(digest_of(mem, (Str){ salt, SALT }, row->diff));
}

Err change_rows(Work *w, const Entity *e, int64_t work, const ChangeRow *rows, ptrdiff_t n)
{
    Arena scratch = w->scratch;
    if (work == 0) TRY(work_id(w, &work));
    Val *vals = NEW_RAW(&scratch, Val, n * CHANGE_COLUMNS);
    for (ptrdiff_t i = 0; i < n; i++) change_vals(w, &scratch, e, work, &rows[i], vals + i * CHANGE_COLUMNS);
    return db_many(w->db,
                   S("insert into change (at, actor, work, entity, record, version, verb, diff, salt, digest)"
                     " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
                   vals, CHANGE_COLUMNS, n, NULL);
}
