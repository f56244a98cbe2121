/* Numbers as binary files keep them: the lowest byte first. */
#ifndef FORMAT_BYTES_H
#define FORMAT_BYTES_H

#include <stdint.h>
#include <string.h>

static inline int le16(const char *at)
{
    const unsigned char *p = (const unsigned char *)at;
    return p[0] | p[1] << 8;
}

static inline uint32_t le32(const char *at)
{
    return (uint32_t)le16(at) | (uint32_t)le16(at + 2) << 16;
}

static inline uint64_t le64(const char *at)
{
    return le32(at) | (uint64_t)le32(at + 4) << 32;
}

static inline double le_double(const char *at)
{
    uint64_t bits = le64(at);
    double   v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

#endif
