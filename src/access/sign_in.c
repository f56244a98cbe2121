/* Signing in: look up, compute in the slow lane, write in the writer lane. */
#include "access/sign_in.h"

#include "access/password.h"
#include "access/access_sql.h"
#include "core/utf8.h"
#include "work/lanes.h"

Str login_fold(Arena *mem, Str login) { return name_find(mem, str_upto(login, 200)); }

/* Whoever could sign in with this login: his id and hash; 0 and an empty hash for nobody. */
static Err credential_of(Work *w, Str login, int64_t *user, Str *hash)
{
    Rows row;
    TRY(db_query(w->db, SQL_CREDENTIAL_BY_LOGIN, VALS(val_text(login)), &row));
    *user = 0;
    *hash = (Str){ 0 };
    if (rows_next(&row)) {
        *user = row_int(&row, 0);
        *hash = str_copy(w->mem, row_text(&row, 1));
    }
    return rows_end(&row);
}

typedef struct {
    int64_t user;
    Visitor from;
    char   *token;
} Begin;

static Err begin(Work *w, void *to)
{
    Begin *b = to;
    return session_begin(w, b->user, b->from, b->token);
}

Err sign_in(Work *w, Throttle *throttle, Str login, Str password, Visitor from, char token[TOKEN_SIZE], int64_t *wait_s)
{
    Str     name = login_fold(w->mem, login), hash;
    int64_t wait = throttle_wait(throttle, name, from.address, work_steady(w)), user;
    *wait_s = (wait + 999) / 1000;
    if (wait) return fail(w, DENIED, NULL, "sign_in.wait", arg_count("seconds", *wait_s));
    TRY(credential_of(w, name, &user, &hash));
    if (!password_matches(str_upto(password, PASSWORD_MAX_BYTES), hash)) {
        throttle_failed(throttle, name, from.address, work_steady(w));
        return fail(w, DENIED, NULL, "sign_in.wrong");
    }
    throttle_passed(throttle, name, from.address, work_steady(w));
    Begin b = { user, from, token };
    return work_write(w, begin, &b);
}

Err credential_write(Work *w, int64_t user, Str hash, int64_t but)
{
    TRY(db_run(w->db, SQL_CREDENTIAL_PUT, VALS(val_int(user), val_text(hash), val_int(w->now)), NULL));
    return sessions_end(w, user, but);
}

typedef struct {
    int64_t user, but;
    Str     hash;
} Set;

static Err set(Work *w, void *to)
{
    Set *s = to;
    return credential_write(w, s->user, s->hash, s->but);
}

static Err login_of(Work *w, int64_t user, Str *login)
{
    Rows row;
    TRY(db_query(w->db, SQL_LOGIN_BY_USER, VALS(val_int(user)), &row));
    bool found = rows_next(&row);
    if (found) *login = str_copy(w->mem, row_text(&row, 0));
    TRY(rows_end(&row));
    return found ? OK : NOT_FOUND;
}

Err password_set(Work *w, int64_t user, Str password, int64_t but)
{
    Str  login;
    char hash[PASSWORD_HASH_SIZE];
    TRY(login_of(w, user, &login));
    TRY(password_check(&w->problems, password, login));
    TRY(password_hash(password, hash));
    Set s = { user, but, str_of(hash) };
    return work_write(w, set, &s);
}

bool password_is(Work *w, int64_t user, Str password)
{
    Rows row;
    Str  hash = { 0 };
    if (db_query(w->db, SQL_CREDENTIAL_BY_USER, VALS(val_int(user)), &row) != OK) return false;
    if (rows_next(&row)) hash = str_copy(w->mem, row_text(&row, 0));
    return rows_end(&row) == OK && password_matches(password, hash);
}
