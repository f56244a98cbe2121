/* Claims are looked for in the sources of the tests themselves. */
#include "tests/claims.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Str file_text(Arena *mem, const char *path)
{
    Buf   b    = buf_new(mem, 1 << 16);
    FILE *from = fopen(path, "r");
    char  block[1 << 14];
    for (size_t n; from && (n = fread(block, 1, sizeof block, from)) > 0;) buf_put(&b, (Str){ block, (ptrdiff_t)n });
    if (from) fclose(from);
    return buf_str(&b);
}

static Buf cases;

/* CASE("a sentence") with its literals, of which a long one has several, as one. */
static void case_put(Str *rest)
{
    bool inside = false;
    buf_c(&cases, "CASE(\"");
    while (rest->n && (inside || *rest->s != ')')) {
        if (*rest->s == '"') inside = !inside;
        else if (inside) buf_put(&cases, str_upto(*rest, 1));
        *rest = str_from(*rest, 1);
    }
    buf_c(&cases, "\")");
}

static int cases_read(const char *path, const struct stat *info, int kind, struct FTW *at)
{
    (void)info, (void)at;
    if (kind != FTW_F || !str_ends(str_of(path), S("_test.c"))) return 0;
    Arena mine = arena_new(4 << 20);
    Str   rest = file_text(&mine, path);
    for (ptrdiff_t found; (found = str_find(rest, S("CASE("))) >= 0;) {
        rest = str_from(rest, found);
        case_put(&rest);
    }
    arena_drop(&mine);
    return 0;
}

/* The beginnings of all cases, read once. */
static Str case_text(void)
{
    static Arena kept;
    if (kept.beg) return buf_str(&cases);
    kept  = arena_new(16 << 20);
    cases = buf_new(&kept, 1 << 20);
    nftw(TESTS_FOLDER, cases_read, 16, FTW_PHYS);
    return buf_str(&cases);
}

bool claim_stands(Test *t, const char *claim)
{
    Str       words = str_of(claim);
    ptrdiff_t colon = str_find(words, S(": "));
    Arena     mem   = t->scratch;
    if (str_ends(words, S(".http")))
        return file_text(&mem, str_c(&mem, str_fmt(&mem, "%s/scenario/%s", TESTS_FOLDER, claim))).n > 0;
    if (colon > 0 && str_find(str_upto(words, colon), S("/")) > 0)
        return str_find(file_text(&mem, str_c(&mem, str_fmt(&mem, "%s/%.*s", TESTS_FOLDER, (int)colon, claim))),
                        str_from(words, colon + 2)) >= 0;
    return str_find(case_text(), str_fmt(&mem, "CASE(\"%s\")", claim)) >= 0;
}
