/* Answers kept under the key that the browser chose. */
#include "access/idempotency.h"

#include "access/access_sql.h"
#include "work/work.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define KEPT_MS    (INT64_C(7) * 24 * 3600 * 1000)
#define CLAIMED_MS (INT64_C(10) * 60 * 1000)

static void part(crypto_hash_sha256_state *state, Str s)
{
    crypto_hash_sha256_update(state, (const unsigned char *)s.s, (unsigned long long)s.n);
    crypto_hash_sha256_update(state, (const unsigned char *)"", 1);
}

static void file_part(crypto_hash_sha256_state *state, int file)
{
    char piece[32 * 1024];
    lseek(file, 0, SEEK_SET);
    for (ssize_t n; (n = read(file, piece, sizeof piece)) > 0;)
        crypto_hash_sha256_update(state, (const unsigned char *)piece, (unsigned long long)n);
    lseek(file, 0, SEEK_SET);
}

Asked idempotency_asked(const Str *texts, int count, int file)
{
    crypto_hash_sha256_state state;
    Asked                    asked;
    crypto_hash_sha256_init(&state);
    for (int i = 0; i < count; i++) part(&state, texts[i]);
    if (file >= 0) file_part(&state, file);
    crypto_hash_sha256_final(&state, asked.bytes);
    return asked;
}

static Str asked_bytes(const Asked *asked) { return (Str){ (const char *)asked->bytes, sizeof(asked->bytes) }; }

typedef struct {
    Answer answer;
    bool   there, same;
    Moment at;
} Kept;

static int64_t role_now(const Work *w)   { return w->who ? w->who->role : 0; }
static int64_t rights_now(const Work *w) { return w->who ? w->who->edition : 0; }

static Answer answer_row(Work *w, const Rows *row)
{
    Answer a = { .status = (int)row_int(row, 1) };
    a.withheld = row_int(row, 6) != role_now(w) || row_int(row, 7) != rights_now(w);
    a.text     = a.withheld ? (Str){ 0 } : str_copy(w->mem, row_text(row, 2));
    if (row_null(row, 4)) return a;
    a.entity = str_c(w->mem, row_text(row, 4));
    a.record = row_int(row, 5);
    return a;
}

static Err kept_read(Work *w, Str key, const Asked *asked, Kept *kept)
{
    Rows row;
    *kept = (Kept){ .same = true };
    if (key.n < 1 || key.n > 200) return fail(w, INVALID, "Idempotency-Key", "request.key_length");
    TRY(db_query(w->db, SQL_ANSWER_BY_KEY, VALS(val_int(w->actor), val_text(key)), &row));
    if (rows_next(&row))
        *kept = (Kept){ answer_row(w, &row), true, str_eq(row_blob(&row, 0), asked_bytes(asked)), row_int(&row, 3) };
    TRY(rows_end(&row));
    return kept->same ? OK : fail(w, CONFLICT, "Idempotency-Key", "request.key_reused", arg_text("sent", key));
}

Err idempotency_find(Work *w, Str key, const Asked *asked, Answer *earlier)
{
    Kept kept;
    Err  err = kept_read(w, key, asked, &kept);
    *earlier = kept.answer;
    return err;
}

static Val text_kept(const Answer *a)   { return val_text(a->text.s ? a->text : S("")); }
static Val entity_kept(const Answer *a) { return a->entity ? val_text(str_of(a->entity)) : val_null(); }

Err idempotency_keep(Work *w, Str key, const Asked *asked, Answer answer)
{
    Err err = db_run(w->db, SQL_ANSWER_PUT,
                     VALS(val_int(w->actor), val_text(key), val_blob(asked_bytes(asked)), val_int(answer.status),
                          text_kept(&answer), val_int(w->now), entity_kept(&answer),
                          val_int(answer.entity ? answer.record : NONE), val_int(role_now(w)), val_int(rights_now(w))),
                     NULL);
    return err == CONFLICT ? BUSY : err; /* the same request at the same moment: the rerun finds its answer */
}

Err idempotency_claim(Work *w, Str key, const Asked *asked, Answer *earlier)
{
    Kept kept;
    TRY(kept_read(w, key, asked, &kept));
    *earlier = kept.answer;
    if (kept.answer.status) return OK;
    if (kept.there && kept.at > w->now - CLAIMED_MS && kept.at < w->now + CLAIMED_MS)
        return fail(w, CONFLICT, "Idempotency-Key", "request.key_running");
    if (kept.there) TRY(idempotency_give_back(w, key));
    return idempotency_keep(w, key, asked, (Answer){ .text = S("") });
}

Err idempotency_settle(Work *w, Str key, Answer answer)
{
    return db_run(w->db, SQL_ANSWER_SETTLE,
                  VALS(val_int(w->actor), val_text(key), val_int(answer.status), text_kept(&answer),
                       entity_kept(&answer), val_int(answer.entity ? answer.record : NONE), val_int(role_now(w)),
                       val_int(rights_now(w))),
                  NULL);
}

Err idempotency_give_back(Work *w, Str key)
{
    return db_run(w->db, SQL_ANSWER_CLAIM_REMOVE, VALS(val_int(w->actor), val_text(key)), NULL);
}

Err idempotency_clear(Work *w, Moment at)
{
    return db_run(w->db, SQL_ANSWERS_OLD_REMOVE, VALS(val_int(at - KEPT_MS)), NULL);
}
