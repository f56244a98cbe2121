/* Answers kept under the key that the browser chose. */
#include "access/idempotency.h"

#include "access/access_sql.h"
#include "work/work.h"

#include <sodium.h>
#include <string.h>

#define KEPT_MS (INT64_C(7) * 24 * 3600 * 1000)

static void part(crypto_hash_sha256_state *state, Str s)
{
    crypto_hash_sha256_update(state, (const unsigned char *)s.s, (unsigned long long)s.n);
    crypto_hash_sha256_update(state, (const unsigned char *)"", 1);
}

Asked idempotency_asked(Str method, Str path, Str body)
{
    crypto_hash_sha256_state state;
    Asked                    asked;
    crypto_hash_sha256_init(&state);
    part(&state, method);
    part(&state, path);
    part(&state, body);
    crypto_hash_sha256_final(&state, asked.bytes);
    return asked;
}

static Str asked_bytes(const Asked *asked) { return (Str){ (const char *)asked->bytes, sizeof(asked->bytes) }; }

Err idempotency_find(Work *w, Str key, const Asked *asked, Answer *earlier)
{
    Rows row;
    if (key.n < 1 || key.n > 200) return fail(w, INVALID, "Idempotency-Key", "request.key_length");
    TRY(db_query(w->db, SQL_ANSWER_BY_KEY, VALS(val_int(w->actor), val_text(key)), &row));
    bool same = true;
    *earlier  = (Answer){ 0 };
    if (rows_next(&row)) {
        same     = str_eq(row_blob(&row, 0), asked_bytes(asked));
        *earlier = (Answer){ (int)row_int(&row, 1), str_copy(w->mem, row_text(&row, 2)) };
    }
    TRY(rows_end(&row));
    return same ? OK : fail(w, CONFLICT, "Idempotency-Key", "request.key_reused", arg_text("sent", key));
}

Err idempotency_keep(Work *w, Str key, const Asked *asked, Answer answer)
{
    Err err = db_run(w->db, SQL_ANSWER_PUT,
                  VALS(val_int(w->actor), val_text(key), val_blob(asked_bytes(asked)), val_int(answer.status), val_text(answer.text),
                       val_int(w->now)), NULL);
    return err == CONFLICT ? BUSY : err; /* the same request at the same moment: the rerun finds its answer */
}

Err idempotency_clear(Work *w)
{
    return db_run(w->db, SQL_ANSWERS_OLD_REMOVE, VALS(val_int(w->now - KEPT_MS)), NULL);
}
