/* `sbyt serve`: from start to SIGTERM. */
#include "access/firm.h"
#include "access/idempotency.h"
#include "api/server.h"
#include "app/backup.h"
#include "app/facts_keep.h"
#include "app/follow.h"
#include "app/options.h"
#include "app/program.h"
#include "app/sweep.h"
#include "core/clock.h"
#include "core/log.h"
#include "sales/exchange/file_room.h"

#include <signal.h>
#include <time.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SERVE_LISTEN = OPTION_OWN, SERVE_PROXY, SERVE_NO_BACKUP };
static const OptionRow rows[] = { PROGRAM_OPTIONS, { "listen", false }, { "behind-proxy", true }, { "no-backup", true } };

/* Blocked before any thread begins, so that only the rounds below hear them. */
static sigset_t stop_signals;

static void signals_set(void)
{
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a full disk, told in words */
    sigemptyset(&stop_signals);
    sigaddset(&stop_signals, SIGTERM);
    sigaddset(&stop_signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop_signals, NULL);
}

static bool stop_within_a_second(void)
{
    struct timespec second = { 1, 0 };
    return sigtimedwait(&stop_signals, NULL, &second) > 0;
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
    TRY(files_mark(w));
    return idempotency_clear(w);
}

/* On the error output, for whoever reads the log. */
static Err risks_warn(Call *call, Program *p)
{
    Buf b = buf_new(call->mem, 400);
    TRY(risks_say(call, p, &b));
    return buf_to_fd(&call->err, buf_str(&b)) ? OK : BROKEN;
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

/* Files whose time is over go in stretches, a few each second, so that nobody waits behind them. */
static void files_round(Call *call, Program *p)
{
    enum { LOOK_MS = 5000, STRETCHES = 8 };
    static int64_t look_at;
    int64_t        id = 1;
    if (clock_ticks() < look_at) return;
    for (int i = 0; id && i < STRETCHES; i++)
        if (program_run(call, p, LANE_FAST, files_over, &id) != OK || (id && program_run(call, p, LANE_WRITER, files_clear, &id) != OK)) id = 0;
    look_at = clock_ticks() + (id ? 0 : LOOK_MS);
}

static int64_t day_of_clearing = -1;

typedef struct {
    Call    *call;
    Program *p;
    Server  *server;
    Facts   *facts;
    bool     backups;
} Rounds;

/* What a round says goes with it. */
static Err round_go(void *to)
{
    Rounds  *r    = to;
    Program *p    = r->p;
    Arena    mem  = *r->call->mem;
    Call     call = *r->call;
    Moment   now  = clock_now(&p->clock);
    call.mem      = &mem;
    call.problems = (Problems){ .mem = &mem, .limit = 20 };
    api_beat(r->server);
    if (now / 86400000 != day_of_clearing && program_run(&call, p, LANE_WRITER, old_things_remove, NULL) == OK)
        day_of_clearing = now / 86400000;
    files_round(&call, p);
    facts_keep_round(&call, p, r->facts);
    if (r->backups) backup_daily(&call, p, now);
    return OK;
}

/* A round that finds no memory is made up for by the next. */
static void rounds(Rounds *r)
{
    do {
        if (guarded_as(rows, round_go, r) != OK) log_line("serve", "a round found no memory: it is gone through again within a second");
    } while (!stop_within_a_second());
}

static int command_at_server(void *to, OwnerCall *asked)
{
    Program *p = to;
    return sbyt_call(asked->argc, asked->argv, p, asked->folder, asked->in, asked->out, asked->err);
}

static Err serve(Call *call, Program *p, Facts *facts, const Options *options)
{
    Server      *server;
    Follower    *follower;
    Token        token  = { 0 };
    ServerConfig config = { .behind_proxy = options->value[SERVE_PROXY] != NULL, .spool = p->spool, .lanes = p->lanes, .routes = all_routes };
    TRY(listen_read(call, options->value[SERVE_LISTEN], &config));
    TRY(risks_warn(call, p));
    TRY(program_run(call, p, LANE_WRITER, token_make, &token));
    TRY(api_start(&config, &server, &call->problems));
    Err err = follow_start(p, server, &follower);
    if (err != OK) {
        api_stop(server);
        return err;
    }
    sweep_as_told();
    p->serves = true;
    backup_serves(p);
    owner_listen(p->owner, command_at_server, p);
    greet(call, api_port(server), config.host, &token);
    rounds(&(Rounds){ call, p, server, facts, !options->value[SERVE_NO_BACKUP] });
    follower_stop(follower);
    backup_stop();
    p->stops = true;
    owner_hush(p->owner); /* no command may begin now: what it would work with goes */
    api_stop(server);
    return OK;
}

Err serve_run(Call *call)
{
    Options  options;
    Program *p;
    TRY(options_alone(call, rows, (int)COUNT(rows), &options));
    signals_set();
    TRY(program_enter(call, &options, true, &p));
    Facts *facts = facts_keep_begin(p);
    Err    err   = serve(call, p, facts, &options);
    program_leave(p);
    facts_keep_end(facts);
    return err;
}
