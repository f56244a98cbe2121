/* From a cookie to an actor, in one statement; rights of a role are kept in memory as long as nobody changes a role. */
#include "access/session.h"

#include "access/rights_kept.h"
#include "access/access_sql.h"
#include "work/work.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    unsigned char bytes[crypto_hash_sha256_BYTES];
} TokenHash;

static TokenHash token_hash(Str token)
{
    TokenHash hash;
    crypto_hash_sha256(hash.bytes, (const unsigned char *)token.s, (unsigned long long)token.n);
    return hash;
}

static Str hash_bytes(const TokenHash *hash) { return (Str){ (const char *)hash->bytes, sizeof(hash->bytes) }; }

/* Columns 0 to 8 are those of session_by_token. */
static Err actor_take(Work *w, Rows *row, int64_t session)
{
    Actor *actor    = NEW(w->mem, Actor);
    actor->user     = row_int(row, 0);
    actor->role     = row_int(row, 1);
    actor->session  = session;
    actor->login    = str_copy(w->mem, row_text(row, 2));
    actor->name     = str_copy(w->mem, row_text(row, 3));
    actor->language = row_int(row, 4) == 2 ? S("en") : S("ru"); /* the places of the choice */
    actor->zone     = str_copy(w->mem, row_text(row, 5));
    actor->given    = row_int(row, 7) > 0;
    actor->stands_in = row_int(row, 8) > 0;
    actor->at       = w->now;
    actor->edition  = row_int(row, 6);
    TRY(rows_end(row));
    TRY(rights_kept(w, actor, actor->edition));
    w->who      = actor;
    w->actor    = actor->user;
    w->language = actor->language;
    return OK;
}

Err session_find(Work *w, Str token, bool *stale)
{
    if (token.n != TOKEN_SIZE - 1) return NOT_FOUND;
    TokenHash hash = token_hash(token);
    Rows      row;
    TRY(db_query(w->db, SQL_SESSION_BY_TOKEN,
                 VALS(val_int(w->now), val_blob(hash_bytes(&hash)), val_int(w->now - SESSION_IDLE_MS)), &row));
    if (!rows_next(&row)) {
        TRY(rows_end(&row));
        return NOT_FOUND;
    }
    *stale = llabs(w->now - row_int(&row, 10)) > SESSION_TOUCH_MS; /* seen in the future: the clock was put right
                                                                     since */
    return actor_take(w, &row, row_int(&row, 9));
}

Err actor_of(Work *w, int64_t user)
{
    Rows row;
    TRY(db_query(w->db, SQL_ACTOR_BY_ID, VALS(val_int(w->now), val_int(user)), &row));
    if (!rows_next(&row)) {
        TRY(rows_end(&row));
        return NOT_FOUND;
    }
    if (row_int(&row, 9)) return DENIED;
    return actor_take(w, &row, 0);
}

Err session_begin(Work *w, int64_t user, Visitor from, char token[TOKEN_SIZE])
{
    unsigned char random[(TOKEN_SIZE - 1) / 2];
    randombytes_buf(random, sizeof(random));
    sodium_bin2hex(token, TOKEN_SIZE, random, sizeof(random));
    TokenHash hash = token_hash(str_of(token));
    int64_t   id;
    TRY(ids_take(w, 1, &id));
    TRY(db_run(w->db, SQL_SESSIONS_OLD_REMOVE, VALS(val_int(user), val_int(SESSIONS_MOST - 1)), NULL));
    return db_run(w->db, SQL_SESSION_ADD,
                  VALS(val_int(id), val_blob(hash_bytes(&hash)), val_int(user), val_int(w->now),
                       val_int(w->now + SESSION_MAX_MS), val_text(str_upto(from.address, 60)),
                       val_text(str_upto(from.agent, 200))),
                  NULL);
}

Err session_touch(Work *w, int64_t session)
{
    return db_run(w->db, SQL_SESSION_SEEN, VALS(val_int(session), val_int(w->now), val_int(w->now + SESSION_MAX_MS)),
                  NULL);
}

Err session_end(Work *w, int64_t session)
{
    return db_run(w->db, SQL_SESSION_REMOVE, VALS(val_int(session)), NULL);
}

Err sessions_end(Work *w, int64_t user, int64_t but)
{
    return db_run(w->db, SQL_SESSIONS_OF_USER_REMOVE, VALS(val_int(user), val_int(but)), NULL);
}

Err sessions_clear(Work *w, Moment at)
{
    return db_run(w->db, SQL_SESSIONS_OVER_REMOVE, VALS(val_int(at), val_int(at - SESSION_IDLE_MS)), NULL);
}
