/* Items from the largest down, by a radix sort of the keys with their places beside them. */
#include "analysis/order.h"

#include <string.h>

typedef struct {
    uint64_t *key;
    uint32_t *at; /* null: the keys stand alone */
} Keys;

typedef struct {
    uint32_t seen[8][256];
} Bytes;

static Keys keys_new(ptrdiff_t n, bool places, Arena *mem)
{
    return (Keys){ NEW_RAW(mem, uint64_t, n), places ? NEW_RAW(mem, uint32_t, n) : NULL };
}

static void bytes_count(Bytes *bytes, const uint64_t *key, ptrdiff_t n)
{
    memset(bytes, 0, sizeof *bytes);
    for (ptrdiff_t i = 0; i < n; i++)
        for (int b = 0; b < 8; b++) bytes->seen[b][key[i] >> (8 * b) & 255]++;
}

static void keys_pass(Keys from, Keys to, ptrdiff_t n, int byte, uint32_t *seen)
{
    uint32_t begins = 0;
    for (int v = 0; v < 256; v++) {
        uint32_t count = seen[v];
        seen[v]        = begins;
        begins += count;
    }
    for (ptrdiff_t i = 0; i < n; i++) {
        uint32_t place  = seen[from.key[i] >> (8 * byte) & 255]++;
        to.key[place] = from.key[i];
        if (from.at) to.at[place] = from.at[i];
    }
}

/* Sorts the keys upwards, equal ones in input order; `spare` is as long.  The result stands in the one returned. */
static Keys keys_sort(Keys keys, Keys spare, ptrdiff_t n, Arena scratch)
{
    Bytes *bytes = NEW_RAW(&scratch, Bytes, 1);
    bytes_count(bytes, keys.key, n);
    for (int b = 0; b < 8; b++) {
        if (n == 0 || bytes->seen[b][keys.key[0] >> (8 * b) & 255] == (uint32_t)n) continue;
        keys_pass(keys, spare, n, b, bytes->seen[b]);
        Keys sorted = spare;
        spare       = keys;
        keys        = sorted;
    }
    return keys;
}

static uint64_t ascending(int64_t v)
{
    return (uint64_t)v ^ (UINT64_C(1) << 63);
}

void order_largest(const int64_t *amount, ptrdiff_t n, uint32_t *order, Arena scratch)
{
    Keys keys = keys_new(n, true, &scratch), spare = keys_new(n, true, &scratch);
    for (ptrdiff_t i = 0; i < n; i++) {
        keys.key[i] = ~ascending(amount[i]);
        keys.at[i]  = (uint32_t)i;
    }
    keys = keys_sort(keys, spare, n, scratch);
    if (n) memcpy(order, keys.at, (size_t)n * sizeof *order);
}

void order_values(int64_t *value, ptrdiff_t n, Arena scratch)
{
    Keys keys = { (uint64_t *)value, NULL }, spare = keys_new(n, false, &scratch);
    for (ptrdiff_t i = 0; i < n; i++) keys.key[i] = ascending(value[i]);
    keys = keys_sort(keys, spare, n, scratch);
    for (ptrdiff_t i = 0; i < n; i++) value[i] = (int64_t)(keys.key[i] ^ (UINT64_C(1) << 63));
}
