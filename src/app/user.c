/* `sbyt user`: people from the command line, for the administrator who has the machine. */
#include "access/firm.h"
#include "access/password.h"
#include "access/sign_in.h"
#include "app/options.h"
#include "app/program.h"
#include "entity/record.h"
#include "entity/seed.h"
#include "sales/people/people.h"
#include "app/user_sql.h"

#include <string.h>

enum { USER_NAME = OPTION_OWN, USER_ROLE, USER_LANGUAGE_OPTION };
static const OptionRow rows[] = { PROGRAM_OPTIONS, { "name", false }, { "role", false }, { "language", false } };

typedef struct {
    Call          *call;
    const Options *options;
    Str            login, hash;
    bool           block;
    int64_t        user;
    Buf            out;
} Deed;

/* ---- list ---- */

static Err list(Work *w, void *to)
{
    Deed *d = to;
    Rows  row;
    d->out.len = 0;
    TRY(db_query(w->db, SQL_USERS_ALL, NO_VALS, &row));
    while (rows_next(&row)) {
        Str login = row_text(&row, 1), name = row_text(&row, 2), role = row_text(&row, 3);
        buf_fmt(&d->out, "%-8lld %.*s\t%.*s\t%.*s", (long long)row_int(&row, 0), (int)login.n, login.s, (int)name.n,
                name.s, (int)role.n, role.s);
        if (row_int(&row, 4)) {
            buf_c(&d->out, "\t");
            SAY(&d->out, d->call->voice, "user.blocked");
        }
        buf_c(&d->out, "\n");
    }
    return rows_end(&row);
}

/* ---- add ---- */

/* By the key that came with the program (sales_manager) or by the name it has now. */
static Err role_find(Work *w, Deed *d, int64_t *id)
{
    Str wish = str_of(d->options->value[USER_ROLE]);
    Err err = db_int(w->db, SQL_ROLE_NAMED,
                     VALS(val_text(str_fmt(w->mem, "role.%.*s", (int)wish.n, wish.s)), val_text(wish)), id);
    return err == NOT_FOUND ? fail(w, NOT_FOUND, NULL, "user.no_role", arg_text("role", wish)) : err;
}

static Err add(Work *w, void *to)
{
    Deed *d = to;
    User  user;
    Firm  firm;
    Lang  lang = LANG_RU;
    TRY(firm_read(w, &firm));
    lang_read(firm.language, &lang);
    TRY(seeds_load(w, lang, NULL));
    record_empty(w, &user_entity, &user);
    const char *name = d->options->value[USER_NAME], *language = d->options->value[USER_LANGUAGE_OPTION];
    user.login    = d->login;
    user.name     = name ? str_of(name) : d->login;
    user.language = language && strcmp(language, "en") == 0 ? USER_EN : USER_RU;
    TRY(role_find(w, d, &user.role_id));
    return user_make(w, &user, d->hash, &d->user);
}

/* ---- password, block ---- */

static Err user_find(Work *w, Deed *d)
{
    Err err = db_int(w->db, SQL_USER_OF_LOGIN, VALS(val_text(login_fold(w->mem, d->login))), &d->user);
    return err == NOT_FOUND ? fail(w, NOT_FOUND, NULL, "user.no_such_login", arg_text("login", d->login)) : err;
}

static Err password(Work *w, void *to)
{
    Deed *d = to;
    TRY(user_find(w, d));
    return credential_write(w, d->user, d->hash, 0);
}

static Err block(Work *w, void *to)
{
    Deed *d    = to;
    User *user = NEW(w->mem, User);
    TRY(user_find(w, d));
    TRY(record_load(w, &user_entity, d->user, user));
    user->blocked = d->block;
    return record_save(w, &user_entity, user);
}

/* ---- the words of the command ---- */

static Err hash_read(Deed *d, char hash[PASSWORD_HASH_SIZE])
{
    Str secret;
    TRY(secret_read(d->call, "user.ask_password", &secret));
    TRY(password_check(&d->call->problems, secret, d->login));
    TRY(password_hash(secret, hash));
    d->hash = str_of(hash);
    return OK;
}

static Err needs(Call *call, const Options *options, int plain, bool role)
{
    if (options->plain_count != plain) return PROBLEM(&call->problems, INVALID, NULL, "user.usage");
    if (role && !options->value[USER_ROLE]) return PROBLEM(&call->problems, INVALID, NULL, "user.usage");
    return OK;
}

static Err user(Call *call, Program *p, const Options *options)
{
    char        hash[PASSWORD_HASH_SIZE];
    const char *verb = options->plain_count ? options->plain[0] : "";
    Deed        d    = { .call = call, .options = options, .out = buf_new(call->mem, 4096) };
    if (options->plain_count > 1) d.login = str_of(options->plain[1]);
    if (strcmp(verb, "list") == 0) {
        TRY(needs(call, options, 1, false));
        TRY(program_run(call, p, LANE_FAST, list, &d));
        return buf_to_fd(&call->out, buf_str(&d.out)) ? OK : BROKEN;
    }
    if (strcmp(verb, "add") == 0) {
        TRY(needs(call, options, 2, true));
        TRY(hash_read(&d, hash));
        return program_run(call, p, LANE_WRITER, add, &d);
    }
    TRY(needs(call, options, 2, false));
    if (strcmp(verb, "password") == 0) {
        TRY(hash_read(&d, hash));
        return program_run(call, p, LANE_WRITER, password, &d);
    }
    d.block = strcmp(verb, "block") == 0;
    if (d.block || strcmp(verb, "unblock") == 0) return program_run(call, p, LANE_WRITER, block, &d);
    return PROBLEM(&call->problems, INVALID, NULL, "user.usage");
}

Err user_run(Call *call)
{
    Options options;
    TRY(options_read(call, rows, (int)COUNT(rows), &options));
    return program_do(call, &options, user);
}
