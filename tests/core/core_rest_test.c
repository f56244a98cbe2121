/* Arenas, growing text, maps and problems. */
#include "core/map.h"
#include "core/problem.h"
#include "tests/test.h"

#include <string.h>

typedef struct {
    char      seen[64];
    ptrdiff_t n;
} Sink;

static bool sink_some(void *to, Str bytes)
{
    Sink *sink = to;
    if (sink->n + bytes.n > 40) return false;
    memcpy(sink->seen + sink->n, bytes.s, (size_t)bytes.n);
    sink->n += bytes.n;
    return true;
}

TESTS(test_core_rest)
{
    CASE("what a borrower took is free again and zeroed for the next") {
        Arena borrowed = t->mem;
        memset(NEW_N(&borrowed, char, 100), 7, 100);
        char *mine = NEW_N(&t->mem, char, 100);
        EQUAL(mine[0] + mine[99], 0);
    }
    CASE("a full arena jumps to its owner instead of ending the program") {
        Arena   small = arena_new(1 << 16);
        jmp_buf out;
        volatile bool jumped = false;
        small.full = &out;
        if (setjmp(out)) jumped = true;
        else NEW_N(&small, char, 1 << 20);
        CHECK(jumped);
        arena_drop(&small);
    }
    CASE("growing text keeps its bytes when something else was taken between two writes") {
        Buf b = buf_new(&t->mem, 4);
        buf_c(&b, "abc");
        NEW(&t->mem, int);
        buf_c(&b, "defgh");
        buf_fmt(&b, "%300d", 7);
        EQUAL(b.len, 308);
        STR(str_upto(buf_str(&b), 8), S("abcdefgh"));
    }
    CASE("text with a sink stays small and says when the receiver is gone") {
        Sink sink = { 0 };
        Buf  b    = buf_sink(&t->mem, 8, sink_some, &sink);
        for (int i = 0; i < 10; i++) buf_c(&b, "wxyz");
        CHECK(buf_flush(&b));
        EQUAL(sink.n, 40);
        buf_c(&b, "more than eight bytes");
        CHECK(!buf_flush(&b));
    }
    CASE("a map gives back what was put under each of ten thousand keys") {
        Map *map = NULL;
        for (int i = 0; i < 10000; i++) *map_at(&map, str_fmt(&t->mem, "k%d", i), &t->mem) = i;
        bool same = true;
        for (int i = 0; i < 10000; i++) same &= *map_at(&map, str_fmt(&t->scratch, "k%d", i), NULL) == i;
        CHECK(same);
        CHECK(map_at(&map, S("no such key"), NULL) == NULL);
    }
    CASE("problems beyond the limit are counted, not kept, and a cut argument is still UTF-8") {
        Problems list = { .mem = &t->mem, .limit = 2 };
        char     odd[300];
        memset(odd, 'a', sizeof odd);
        memcpy(odd + 199, "я", 2);
        EQUAL(PROBLEM(&list, INVALID, "day", "import.no_such_day", arg_text("text", (Str){ odd, 300 })), INVALID);
        PROBLEM(&list, INVALID, "day", "import.no_such_day");
        PROBLEM(&list, INVALID, "day", "import.no_such_day");
        EQUAL(list.count, 3);
        CHECK(list.last == list.first->next);
        EQUAL(list.first->arg_count, 1);
        EQUAL(list.first->args[0].text.n, 199);
        EQUAL(list.last->arg_count, 0);
    }
}
