/* The program as a server has it, for tests that hold it in their hands. */
#include "app/facts_keep.h"
#include "tests/app/day.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

Err running_begin(Running *r, Str data)
{
    *r = (Running){ .mem = arena_new(1 << 24) };
    const char *value[16] = { [OPTION_DATA] = str_c(&r->mem, data) };
    r->call = (Call){ .mem = &r->mem, .folder = "/", .in = 0, .out = 1, .err = 2, .problems = { .mem = &r->mem } };
    TRY(program_enter(&r->call, &(Options){ .value = value }, (Entering){ .big = true }, &r->program));
    r->facts = facts_keep_lasts(facts_keep_begin(r->program));
    return follower_start(r->program->lanes, NULL, 0, true, &r->follower);
}

void running_end(Running *r)
{
    if (r->follower) follower_stop(r->follower);
    if (r->program) program_leave(r->program);
    if (r->facts) facts_keep_end(r->facts);
    arena_drop(&r->mem);
}

static Str said_in(Arena *mem, int fd)
{
    off_t n     = lseek(fd, 0, SEEK_END);
    char *bytes = NEW_N(mem, char, n + 1);
    ssize_t got = pread(fd, bytes, (size_t)n, 0);
    close(fd);
    return (Str){ bytes, got > 0 ? got : 0 };
}

int running_command(Running *r, Arena *mem, Str *said, Str input, int argc, const char *const *argv)
{
    char **words = NEW_N(mem, char *, argc + 2);
    int    in = memfd_create("in", 0), out = memfd_create("out", 0);
    words[0] = str_c(mem, S("sbyt"));
    for (int i = 0; i < argc; i++) words[i + 1] = str_c(mem, str_of(argv[i]));
    buf_to_fd(&in, input);
    lseek(in, 0, SEEK_SET);
    int code = sbyt_call(argc + 1, words, r->program, "/", in, out, out);
    close(in);
    *said = said_in(mem, out);
    return code;
}

static Err jobs_open_count(Work *w, void *n)
{
    return db_int(w->db, S("select count(*) from job where state < 2"), NO_VALS, n);
}

bool running_rests(Running *r)
{
    for (int i = 0; i < 10000; i++) {
        int64_t n = -1;
        if (program_run(&r->call, r->program, LANE_FAST, jobs_open_count, &n) != OK) return false;
        if (n == 0 && facts_progress(r->facts).ready) return true;
        usleep(3000);
    }
    return false;
}
