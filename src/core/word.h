/* Eight characters at a time: a text in a 64-bit word, its first character in the lowest byte.  For the few loops that
 * see every byte of a large file. */
#ifndef CORE_WORD_H
#define CORE_WORD_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define WORD_INLINE static inline __attribute__((always_inline))

#define WORD_ONES  UINT64_C(0x0101010101010101)
#define WORD_ZEROS UINT64_C(0x3030303030303030) /* '0' in each byte */

/* Reads eight bytes. */
WORD_INLINE uint64_t word_of(const char *p)
{
    uint64_t w;
    memcpy(&w, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* Reads four bytes, the upper half of the word is 0. */
WORD_INLINE uint64_t half_of(const char *p)
{
    uint32_t w;
    memcpy(&w, p, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap32(w);
#endif
    return w;
}

/* The last of n >= 1 characters (eight at most) at the upper end of the word, '0' before them.  Reads nothing but the
 * text. */
WORD_INLINE uint64_t word_last(const char *p, int64_t n)
{
    if (n >= 8) return word_of(p + n - 8);
    if (n >= 4) return half_of(p + n - 4) << 32 | ((half_of(p) << (8 * (8 - n))) & UINT32_MAX) | WORD_ZEROS >> (8 * n);
    uint64_t w = (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[n >> 1] << (8 * (n >> 1)) |
                 (uint64_t)(unsigned char)p[n - 1] << (8 * (n - 1));
    return w << (64 - 8 * n) | WORD_ZEROS >> (8 * n);
}

/* The bit 0x80 of each byte that is no digit. */
WORD_INLINE uint64_t word_no_digits(uint64_t w)
{
    uint64_t x = w ^ WORD_ZEROS;
    return (((x & 0x7F * WORD_ONES) + 0x76 * WORD_ONES) | x) & 0x80 * WORD_ONES;
}

/* The value of eight digits (Johnny Lee, Daniel Lemire: "Quickly parsing eight digits", 2018). */
WORD_INLINE uint32_t word_digits(uint64_t w)
{
    w -= WORD_ZEROS;
    w = w * 10 + (w >> 8);
    return (uint32_t)(((w & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
                       (w >> 16 & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001)) >> 32);
}

#endif
