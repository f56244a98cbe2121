/* Cookies last seen, written by several threads at once. */
#include "tests/test.h"

#include "api/known.h"

#include <pthread.h>

enum { ROUNDS = 5000000 };

typedef struct {
    Known      *known;
    const Str  *token;
    int64_t     user;  /* 1 or 2: whose the token of that place is */
    int         wrong; /* times that the other's cookie stood for him */
} Keeper;

static void *keep_on(void *to)
{
    Keeper *k = to;
    for (int i = 0; i < ROUNDS; i++) {
        known_keep(k->known, k->token[k->user - 1], k->user);
        k->wrong += known_owner(k->known, k->token[2 - k->user]) == k->user;
    }
    return NULL;
}

/* Two cookies that share a place: keeping the second forgets the first. */
static void pair_find(Known *k, Arena *mem, Str token[2])
{
    token[0] = S("one");
    for (int i = 0;; i++) {
        token[1] = str_fmt(mem, "%d", i);
        known_keep(k, token[0], 1);
        known_keep(k, token[1], 2);
        if (!known_owner(k, token[0])) return;
    }
}

TESTS(test_known)
{
    CASE("a cookie stands for its user until it is nobody's, and one that was never seen for nobody") {
        Known *k = known_new(&t->mem, 7);
        EQUAL(known_owner(k, S("a")), 0);
        known_keep(k, S("a"), 5);
        EQUAL(known_owner(k, S("a")), 5);
        known_keep(k, S("b"), 0);
        EQUAL(known_owner(k, S("a")), 5);
        known_keep(k, S("a"), 0);
        EQUAL(known_owner(k, S("a")), 0);
    }
    CASE("however two threads write one place, nobody stands in another's line") {
        Known     *k = known_new(&t->mem, 7);
        Str        token[2];
        pthread_t  thread[2];
        Keeper     of[2] = { { k, token, 1, 0 }, { k, token, 2, 0 } };
        pair_find(k, &t->mem, token);
        for (int i = 0; i < 2; i++) pthread_create(&thread[i], NULL, keep_on, &of[i]);
        for (int i = 0; i < 2; i++) pthread_join(thread[i], NULL);
        EQUAL(of[0].wrong + of[1].wrong, 0);
    }
}
