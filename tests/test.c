/* The runner of the claims: `sbyt-tests [PART OF A CLAIM OR FILE]`. */
#include "tests/test.h"
#include "tests/all.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool test_begin(Test *t, const char *file, const char *claim)
{
    if (t->only && !strstr(claim, t->only) && !strstr(file, t->only)) return false;
    arena_reset(&t->mem, 0);
    arena_reset(&t->scratch, 0);
    t->file   = file;
    t->claim  = claim;
    t->checks = 0;
    t->bad = t->skip = false;
    return true;
}

void test_end(Test *t)
{
    if (t->skip) {
        t->skipped++;
        return;
    }
    if (t->checks == 0) test_check(t, false, t->file, 0, "the case checks nothing");
    if (t->bad) t->failed++;
    else t->passed++;
}

void test_check(Test *t, bool good, const char *file, int line, const char *fmt, ...)
{
    t->checks++;
    if (good) return;
    if (!t->bad) printf("FAILED  %s\n", t->claim);
    t->bad = true;
    va_list args;
    va_start(args, fmt);
    printf("        %s:%d: ", file, line);
    vprintf(fmt, args);
    printf("\n");
    va_end(args);
}

void test_text(Test *t, Str got, Str want, const char *file, int line, const char *what)
{
    test_check(t, str_eq(got, want), file, line, "%s is\n  \"%.*s\"\nnot\n  \"%.*s\"", what, (int)got.n, got.s,
               (int)want.n, want.s);
}

void test_skip(Test *t, const char *why)
{
    if (!t->skip) printf("skipped %s (%s)\n", t->claim, why);
    t->skip = true;
}

Str test_file(Test *t, const char *name)
{
    Str   path = str_fmt(&t->mem, "%s/%s", t->shared, name);
    char *run = str_c(&t->mem,
                      str_fmt(&t->mem, "%s '%.*s'", str_ends(path, S(".xz")) ? "xz -dc" : "cat", (int)path.n, path.s));
    FILE *from = popen(run, "r");
    Buf   b    = buf_new(&t->mem, 1 << 20);
    char  block[1 << 16];
    for (size_t n; from && (n = fread(block, 1, sizeof block, from)) > 0;) buf_put(&b, (Str){ block, (ptrdiff_t)n });
    bool read = from && pclose(from) == 0;
    test_check(t, read, __FILE__, __LINE__, "%s cannot be read", name);
    return read ? buf_str(&b) : S("");
}

int main(int argc, char **argv)
{
    Test t = { .mem = arena_new(1 << 30), .scratch = arena_new(1 << 30), .only = argc > 1 ? argv[1] : NULL };
    const char *shared = getenv("SBYT_SHARED_DATA");
    if (shared && access(shared, R_OK) == 0) t.shared = shared;
    for (ptrdiff_t i = 0; all_tests[i]; i++) all_tests[i](&t);
    printf("%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skipped);
    return t.failed ? 1 : 0;
}
