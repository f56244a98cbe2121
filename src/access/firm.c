/* One row of the firm, and who may become its owner. */
#include "access/firm.h"

#include "access/access_sql.h"
#include "work/schedule.h"
#include "work/work.h"

#include <sodium.h>

Err firm_read(Work *w, Firm *out)
{
    Rows row;
    *out = (Firm){ .name = S(""), .currency = S("RUB"), .language = S("ru"), .zone = S("Europe/Moscow") };
    TRY(db_query(w->db, SQL_FIRM_READ, NO_VALS, &row));
    if (rows_next(&row)) {
        out->name     = str_copy(w->mem, row_text(&row, 0));
        out->currency = str_copy(w->mem, row_text(&row, 1));
        out->language = str_copy(w->mem, row_text(&row, 2));
        out->zone     = str_copy(w->mem, row_text(&row, 3));
        out->ready    = row_int(&row, 4) == 1;
    }
    return rows_end(&row);
}

Err firm_write(Work *w, const Firm *firm)
{
    char secret[32]; /* kept only when the row is new */
    randombytes_buf(secret, sizeof(secret));
    TRY(db_run(w->db, SQL_FIRM_PUT,
               VALS(val_text(firm->name), val_text(firm->currency), val_text(firm->language), val_text(firm->zone),
                    val_int(firm->ready), val_blob((Str){ secret, sizeof(secret) })),
               NULL));
    return schedule_reckon(w); /* its zone may be another */
}

static void hash_of(Str token, unsigned char out[crypto_hash_sha256_BYTES])
{
    crypto_hash_sha256(out, (const unsigned char *)token.s, (unsigned long long)token.n);
}

Err set_up_token(Work *w, char token[TOKEN_SIZE])
{
    Firm          firm;
    unsigned char random[(TOKEN_SIZE - 1) / 2], hash[crypto_hash_sha256_BYTES];
    TRY(firm_read(w, &firm));
    if (firm.ready) return CONFLICT;
    TRY(firm_write(w, &firm));
    randombytes_buf(random, sizeof(random));
    sodium_bin2hex(token, TOKEN_SIZE, random, sizeof(random));
    hash_of(str_of(token), hash);
    return db_run(w->db, SQL_SET_UP_PUT,
                  VALS(val_blob((Str){ (const char *)hash, sizeof(hash) }), val_int(w->now + SET_UP_MS)), NULL);
}

Err set_up_check(Work *w, Str token)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    Rows          row;
    hash_of(token, hash);
    TRY(db_query(w->db, SQL_SET_UP_READ, VALS(val_int(w->now)), &row));
    bool good = rows_next(&row) && row_blob(&row, 0).n == sizeof(hash) &&
                sodium_memcmp(row_blob(&row, 0).s, hash, sizeof(hash)) == 0;
    TRY(rows_end(&row));
    return good ? OK : fail(w, DENIED, "token", "set_up.wrong");
}
