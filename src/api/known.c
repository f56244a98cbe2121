/* A table of cookies last seen, each in the place its hash says: who comes later takes it over. */
#include "api/known.h"

#include "work/lanes.h"

#include <stdatomic.h>
#include <string.h>

#define PLACES 4096

/* Two may write one place at once, and a reader come in between: so the first half vouches for the second.  Halves of
 * different people make the hash of no cookie there is. */
typedef struct {
    _Atomic uint64_t sealed; /* the cookie's hash, seeded at random, xor the user */
    _Atomic int64_t  user;
} Seen;

struct Known {
    uint64_t seed;
    Seen     seen[PLACES];
};

Known *known_new(Arena *mem, uint64_t seed)
{
    Known *k = NEW(mem, Known);
    k->seed  = seed;
    return k;
}

void known_keep(Known *k, Str token, int64_t user)
{
    if (!token.n || known_owner(k, token) == user) return;
    uint64_t hash = str_hash(token, k->seed);
    Seen    *seen = &k->seen[hash % PLACES];
    atomic_store(&seen->sealed, hash ^ (uint64_t)user);
    atomic_store(&seen->user, user);
}

int64_t known_owner(const Known *k, Str token)
{
    uint64_t    hash = str_hash(token, k->seed);
    const Seen *seen = &k->seen[hash % PLACES];
    int64_t     user = atomic_load(&seen->user);
    return (atomic_load(&seen->sealed) ^ (uint64_t)user) == hash ? user : 0;
}

int64_t known_user(const Known *k, const HttpRequest *http)
{
    Str token = http_cookie(http, "sbyt");
    return token.n ? known_owner(k, token) : 0;
}

/* Somebody with IPv6 has at least 2^64 addresses; an IPv4 address begins with ten zeros. */
static int64_t line_of_address(const Known *k, HttpAddress a)
{
    static const char zeros[10];
    ptrdiff_t n = memcmp(a.ip, zeros, sizeof zeros) ? 8 : sizeof a.ip;
    return LINE_STRANGERS - 1 - (int64_t)(str_hash((Str){ (const char *)a.ip, n }, k->seed) >> 2);
}

int64_t known_line(const Known *k, const HttpRequest *http, bool by_address)
{
    int64_t user = known_user(k, http);
    if (user) return user;
    return by_address ? line_of_address(k, http->from) : LINE_STRANGERS;
}
