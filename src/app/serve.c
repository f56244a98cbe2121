/* `sbyt serve`: from start to SIGTERM. */
#include "access/firm.h"
#include "access/idempotency.h"
#include "api/server.h"
#include "app/backup.h"
#include "app/options.h"
#include "app/program.h"
#include "core/log.h"
#include "entity/change.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SERVE_LISTEN = OPTION_OWN, SERVE_PROXY, SERVE_NO_BACKUP };
static const OptionRow rows[] = { PROGRAM_OPTIONS, { "listen", false }, { "behind-proxy", true }, { "no-backup", true } };

static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal_)
{
    (void)signal_;
    stop_asked = 1;
}

static void signals_set(void)
{
    struct sigaction stop = { .sa_handler = ask_stop }, ignore = { .sa_handler = SIG_IGN };
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

/* ADDR:PORT, :PORT or ADDR; the default is 127.0.0.1:8080. */
static Err listen_read(Call *call, const char *text, ServerConfig *config)
{
    Str     all = str_of(text ? text : "127.0.0.1:8080");
    int64_t port = 8080;
    ptrdiff_t colon = all.n;
    while (colon > 0 && all.s[colon - 1] != ':' && all.s[colon - 1] != ']') colon--;
    bool has_port = colon > 0 && all.s[colon - 1] == ':';
    if (has_port && (!str_i64(str_from(all, colon), &port) || port < 0 || port > 65535))
        return PROBLEM(&call->problems, INVALID, NULL, "serve.no_address", arg_text("text", all));
    Str host = has_port ? str_upto(all, colon - 1) : all;
    if (str_starts(host, S("[")) && str_ends(host, S("]"))) host = (Str){ host.s + 1, host.n - 2 };
    config->host = host;
    config->port = (int)port;
    return OK;
}

/* ---- what follows the changes of the base ---- */

static Err tell(void *to, Db *db, const Change *changes, ptrdiff_t n)
{
    (void)db;
    Server *server = to;
    for (ptrdiff_t i = 0; i < n; i++) {
        ptrdiff_t same = 0;
        for (ptrdiff_t k = 0; k < n; k++) same += str_eq(changes[k].entity, changes[i].entity);
        bool    many   = same > 50;
        bool    first  = true;
        for (ptrdiff_t k = 0; k < i && first; k++) first = !str_eq(changes[k].entity, changes[i].entity);
        char entity[64];
        snprintf(entity, sizeof(entity), "%.*s", (int)changes[i].entity.n, changes[i].entity.s);
        if (!many) server_tell(server, "change", entity, changes[i].record);
        else if (first) server_tell(server, "change", entity, 0);
    }
    return OK;
}

/* ---- set-up and the daily round ---- */

typedef struct {
    char token[TOKEN_SIZE];
    bool needed;
} Token;

static Err token_make(Work *w, void *to)
{
    Token *t   = to;
    Err    err = set_up_token(w, t->token);
    t->needed  = err == OK;
    return err == CONFLICT ? OK : err;
}

static Err old_things_remove(Work *w, void *to)
{
    (void)to;
    TRY(sessions_clear(w));
    return idempotency_clear(w);
}

static void greet(Call *call, int port, Str host, const Token *token)
{
    Buf b = buf_new(call->mem, 400);
    Str at = host.n == 0 || str_eq(host, S("0.0.0.0")) || str_eq(host, S("::")) ? S("127.0.0.1") : host;
    bool six = str_find(at, S(":")) >= 0;
    buf_fmt(&b, "http://%s%.*s%s:%d/", six ? "[" : "", (int)at.n, at.s, six ? "]" : "", port);
    if (token->needed) buf_fmt(&b, "#token=%s", token->token);
    buf_c(&b, "\n");
    if (token->needed) {
        SAY(&b, call->voice, "serve.set_up");
        buf_c(&b, "\n");
    }
    buf_to_fd(&call->out, buf_str(&b));
}

static int64_t day_of_clearing = -1;

static void rounds(Call *call, Program *p, Server *server, bool backups)
{
    while (!stop_asked) {
        Moment now = clock_now(&p->clock);
        server_beat(server);
        if (now / 86400000 != day_of_clearing && program_run(call, p, LANE_WRITER, old_things_remove, NULL) == OK)
            day_of_clearing = now / 86400000;
        if (backups) backup_daily(call, p, now);
        call->problems = (Problems){ .mem = call->mem, .limit = 20 };
        struct timespec second = { 1, 0 };
        nanosleep(&second, NULL);
    }
}

static int command_at_server(void *to, OwnerCall *asked)
{
    Program *p = to;
    return sbyt_call(asked->argc, asked->argv, p, asked->folder, asked->in, asked->out, asked->err);
}

static Err serve(Call *call, Program *p, const Options *options)
{
    Server      *server;
    Follower    *follower;
    Token        token  = { 0 };
    ServerConfig config = { .behind_proxy = options->value[SERVE_PROXY] != NULL, .spool = p->spool, .lanes = p->lanes, .routes = all_routes };
    TRY(listen_read(call, options->value[SERVE_LISTEN], &config));
    TRY(program_run(call, p, LANE_WRITER, token_make, &token));
    TRY(server_start(&config, &server, &call->problems));
    Subscriber subscribers[] = { { .name = "browsers", .take = tell, .to = server } };
    Err err = follower_start(p->lanes, subscribers, (int)COUNT(subscribers), true, &follower);
    if (err == OK) {
        p->serves = true;
        owner_listen(p->owner, command_at_server, p);
        greet(call, server_port(server), config.host, &token);
        rounds(call, p, server, !options->value[SERVE_NO_BACKUP]);
        follower_stop(follower);
    }
    server_stop(server);
    return err;
}

Err serve_run(Call *call)
{
    Options  options;
    Program *p;
    TRY(options_read(call, rows, (int)COUNT(rows), &options));
    signals_set();
    TRY(program_enter(call, &options, true, &p));
    Err err = serve(call, p, &options);
    program_leave(p);
    return err;
}
