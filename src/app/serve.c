/* `sbyt serve`: from start to SIGTERM. */
#include "access/changing.h"
#include "access/firm.h"
#include "api/server.h"
#include "app/backup.h"
#include "app/facts_keep.h"
#include "app/follow.h"
#include "app/options.h"
#include "app/program.h"
#include "app/rounds.h"
#include "app/sweep.h"
#include "core/log.h"
#include "work/fence.h"

#include <signal.h>
#include <time.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SERVE_LISTEN = OPTION_OWN, SERVE_PROXY, SERVE_NO_BACKUP };
static const OptionRow rows[] = {
    PROGRAM_OPTIONS, { "listen", false }, { "behind-proxy", true }, { "no-backup", true }
};

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
        return PROBLEM(&call->problems, INVALID, NULL, "serve.no_address", arg_text("what", all));
    Str host = has_port ? str_upto(all, colon - 1) : all;
    if (str_starts(host, S("[")) && str_ends(host, S("]"))) host = (Str){ host.s + 1, host.n - 2 };
    config->host = host;
    config->port = (int)port;
    return OK;
}

/* ---- set-up and the beat ---- */

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

/* On the error output, for whoever reads the log. */
static Err risks_warn(Call *call, Program *p)
{
    Buf b = buf_new(call->mem, 400);
    TRY(risks_say(call, p, &b));
    return buf_to_fd(&call->err, buf_str(&b)) ? OK : BROKEN;
}

/* What strangers' files could do more here than elsewhere. */
static void fences_warn(Call *call)
{
    Buf         b        = buf_new(call->mem, 1000);
    const char *lacking[] = { fence_no_files(), fence_no_calls() };
    for (int i = 0; i < COUNT(lacking); i++) {
        if (!lacking[i]) continue;
        SAY(&b, call->voice, lacking[i]);
        buf_c(&b, "\n");
    }
    buf_to_fd(&call->err, buf_str(&b));
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

typedef struct {
    Server    *server;
    FactsKeep *facts;
} Beat;

/* What each server does for itself once a second; what one does for all is in the schedule (app/rounds.c). */
static Err beat_go(void *to)
{
    Beat *b = to;
    api_beat(b->server);
    facts_keep_beat(b->facts);
    return OK;
}

/* A beat that finds no memory is made up for by the next. */
static void beats(Beat *b)
{
    do {
        if (guarded_as(rows, beat_go, b) != OK)
            log_line("serve", "a beat found no memory: it is gone through again within a second");
    } while (!stop_within_a_second());
}

static int command_at_server(void *to, OwnerCall *asked)
{
    Program *p = to;
    return sbyt_call(asked->argc, asked->argv, p, asked->folder, asked->in, asked->out, asked->err);
}

static Err serve(Call *call, Program *p, FactsKeep *facts, const Options *options)
{
    Server      *server;
    Follower    *follower;
    Token        token  = { 0 };
    ServerConfig config = {
        .behind_proxy = options->value[SERVE_PROXY] != NULL, .spool = p->spool, .lanes = p->lanes, .routes = all_routes
    };
    TRY(listen_read(call, options->value[SERVE_LISTEN], &config));
    TRY(risks_warn(call, p));
    fences_warn(call);
    TRY(program_run(call, p, LANE_WRITER, token_make, &token));
    TRY(program_run(call, p, LANE_FAST, changing_read, NULL));
    TRY(api_start(&config, &server, &call->problems));
    Err err = follow_start(p, server, &follower);
    if (err != OK) {
        api_stop(server);
        return err;
    }
    sweep_as_told();
    p->serves = true;
    owner_listen(p->owner, command_at_server, p);
    greet(call, api_port(server), config.host, &token);
    beats(&(Beat){ server, facts });
    follower_stop(follower);
    backup_stop();
    p->stops = true;
    lanes_slow_ends(p->lanes); /* whoever waits for one is answered at once, not when it is done */
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
    Entering way = { .big = true, .rounds = all_rounds, .without = options.value[SERVE_NO_BACKUP] ? "backup" : NULL };
    TRY(program_enter(call, &options, way, &p));
    FactsKeep *keep  = facts_keep_begin(p);
    Facts     *facts = facts_keep_lasts(keep);
    Err        err   = serve(call, p, keep, &options);
    program_leave(p);
    facts_keep_end(facts);
    return err;
}
