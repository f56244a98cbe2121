/* Arenas, growing text, maps and problems. */
#include "core/map.h"
#include "core/problem.h"
#include "tests/test.h"

#include <string.h>
#include <sys/mman.h>

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

static Err take_too_much(void *arena)
{
    NEW_N((Arena *)arena, char, 1 << 20);
    return OK;
}

static Err take_a_little(void *arena)
{
    NEW_N((Arena *)arena, char, 100);
    return OK;
}

static Err catch_one(void *arena)
{
    return guarded(take_too_much, arena) == TOO_LARGE ? CONFLICT : OK;
}

static Err take_from_nowhere(void *arena)
{
    (void)arena;
    arena_new(PTRDIFF_MAX / 2);
    return OK;
}

static Err take_a_hundred_times(void *arena)
{
    Arena mem = *(Arena *)arena;
    for (int i = 0; i < 100; i++) NEW(&mem, int);
    return OK;
}

typedef struct {
    Arena around, gone, lasting, kept;
} Made;

static Err make_and_run_out(void *to)
{
    Made *m    = to;
    m->gone    = arena_new(1 << 16);
    m->lasting = arena_new(1 << 16);
    arena_lasts(&m->lasting);
    return take_too_much(&m->gone);
}

static Err make_and_keep(void *to)
{
    ((Made *)to)->kept = arena_new(1 << 16);
    return OK;
}

static bool is_mapped(const Arena *a)
{
    unsigned char resident[1 + (1 << 16) / 4096];
    return a->floor && mincore((void *)((uintptr_t)a->floor & ~(uintptr_t)4095), 4096, resident) == 0;
}

TESTS(test_core_rest)
{
    CASE("what a borrower took is free again and zeroed for the next") {
        Arena borrowed = t->mem;
        memset(NEW_N(&borrowed, char, 100), 7, 100);
        char *mine = NEW_N(&t->mem, char, 100);
        EQUAL(mine[0] + mine[99], 0);
    }
    CASE("what runs out of memory is refused, and neither the program nor what was guarded around it ends") {
        Arena small = arena_new(1 << 16), all = t->mem;
        EQUAL(guarded(take_too_much, &small), TOO_LARGE);
        EQUAL(guarded(take_a_little, &small), OK);
        EQUAL(guarded(catch_one, &small), CONFLICT); /* the inner one caught it, and the outer one went on */
        EQUAL(guarded(take_from_nowhere, &all), TOO_LARGE);
        arena_drop(&small);
    }
    CASE("arenas made in what ran out of memory are gone, those that last and those made around it are there") {
        Made m = { .around = arena_new(1 << 16) };
        EQUAL(guarded(make_and_run_out, &m), TOO_LARGE);
        CHECK(is_mapped(&m.around) && is_mapped(&m.lasting) && !is_mapped(&m.gone));
        EQUAL(guarded(make_and_keep, &m), OK);
        CHECK(is_mapped(&m.kept));
        arena_drop(&m.kept);
        arena_drop(&m.lasting);
        arena_drop(&m.around);
    }
    CASE("a sweep ends what bears a name at each of its steps, and then lets it through") {
        Arena mem = t->mem;
        int   ended = 0;
        memory_sweep(1, 10, NULL);
        while (ended < 100 && guarded_as(t, take_a_hundred_times, &mem) == TOO_LARGE) ended++;
        memory_sweep(0, 0, NULL);
        EQUAL(ended, 10); /* at the 1st, 11th ... 91st taking */
        EQUAL(guarded_as(t, take_a_hundred_times, &mem), OK);
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
