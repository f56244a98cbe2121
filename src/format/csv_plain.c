/* Rows without anything special: 64 bytes are compared at once, and each of their delimiters and line ends becomes one bit.
 *
 * The same text is compiled four times: for processors with AVX-512, with AVX2, for any x86-64 (SSE2), and in plain C. */
#include "format/csv.h"

#include <string.h>

typedef struct {
    uint64_t stop;  /* delimiters                                       */
    uint64_t end;   /* LF, CR                                           */
    uint64_t odd;   /* bytes that need a closer look: quotes, zeros     */
} Bits;

typedef struct {
    char delimiter, quote; /* quote: 0 when quotes mean nothing */
} Marks;

#define ALWAYS static inline __attribute__((always_inline))

/* Eight bytes at a time in a word: the bit 0x80 of each byte that is zero, exactly, gathered by a multiplication. */
ALWAYS uint64_t zeros_gathered(uint64_t x)
{
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    uint64_t       z   = ~(((x & low) + low) | x | low) >> 7;
    return (z * UINT64_C(0x0102040810204080)) >> 56;
}

ALWAYS Bits bits_plain(const char *p, Marks m)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    Bits b = { 0 };
    for (int i = 0; i < 8; i++) {
        uint64_t word;
        memcpy(&word, p + 8 * i, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        b.stop |= zeros_gathered(word ^ ones * (unsigned char)m.delimiter) << (8 * i);
        b.end |= (zeros_gathered(word ^ ones * '\n') | zeros_gathered(word ^ ones * '\r')) << (8 * i);
        b.odd |= (zeros_gathered(word) | zeros_gathered(word ^ ones * (unsigned char)m.quote)) << (8 * i);
    }
    return b;
}

#ifdef __x86_64__
#include <immintrin.h>

ALWAYS Bits bits_sse2(const char *p, Marks m)
{
    const __m128i d = _mm_set1_epi8(m.delimiter), q = _mm_set1_epi8(m.quote), lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
    Bits b = { 0 };
    for (int i = 0; i < 4; i++) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
        __m128i e = _mm_or_si128(_mm_cmpeq_epi8(x, lf), _mm_cmpeq_epi8(x, cr));
        __m128i o = _mm_or_si128(_mm_cmpeq_epi8(x, q), _mm_cmpeq_epi8(x, _mm_setzero_si128()));
        b.stop |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, d)) << (16 * i);
        b.end |= (uint64_t)(uint32_t)_mm_movemask_epi8(e) << (16 * i);
        b.odd |= (uint64_t)(uint32_t)_mm_movemask_epi8(o) << (16 * i);
    }
    return b;
}

#define WITH_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))

WITH_AVX2 ALWAYS Bits bits_avx2(const char *p, Marks m)
{
    const __m256i d = _mm256_set1_epi8(m.delimiter), q = _mm256_set1_epi8(m.quote), lf = _mm256_set1_epi8('\n'),
                  cr = _mm256_set1_epi8('\r');
    Bits b = { 0 };
#pragma GCC unroll 2
    for (int i = 0; i < 2; i++) {
        __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32 * i));
        __m256i e = _mm256_or_si256(_mm256_cmpeq_epi8(x, lf), _mm256_cmpeq_epi8(x, cr));
        __m256i o = _mm256_or_si256(_mm256_cmpeq_epi8(x, q), _mm256_cmpeq_epi8(x, _mm256_setzero_si256()));
        b.stop |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, d)) << (32 * i);
        b.end |= (uint64_t)(uint32_t)_mm256_movemask_epi8(e) << (32 * i);
        b.odd |= (uint64_t)(uint32_t)_mm256_movemask_epi8(o) << (32 * i);
    }
    return b;
}

#define WITH_AVX512 __attribute__((target("avx512f,avx512bw,avx2,bmi,bmi2,popcnt,lzcnt")))

WITH_AVX512 ALWAYS Bits bits_avx512(const char *p, Marks m)
{
    __m512i x = _mm512_loadu_si512(p);
    return (Bits){ .stop = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(m.delimiter)),
                   .end  = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\n')) | _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\r')),
                   .odd  = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(m.quote)) | _mm512_testn_epi8_mask(x, x) };
}
#endif

typedef Bits BitsOf(const char *, Marks);

/* Writes the edges of one plain row that begins at `at`; returns the byte behind it, -1 if the row is not plain.  Reads no further than
 * CSV_BEHIND bytes behind the row, all of them before `safe`. */
ALWAYS ptrdiff_t row_edges(const char *base, ptrdiff_t at, ptrdiff_t safe, Marks marks, int columns, uint32_t *edge, BitsOf *bits_of)
{
    uint32_t *last = edge + columns, *to = edge + 1;
    *edge = (uint32_t)at - 1;
    for (ptrdiff_t from = at; from + 64 < safe; from += 64) {
        Bits     b    = bits_of(base + from, marks);
        uint64_t upto = b.end ^ (b.end - 1); /* all ones when no line ends here */
        uint64_t here = b.stop & upto;
        if ((b.odd & upto) || __builtin_popcountll(here) > last - to) return -1;
        for (; here; here &= here - 1) *to++ = (uint32_t)(from + __builtin_ctzll(here));
        if (!b.end) continue;
        ptrdiff_t end = from + __builtin_ctzll(b.end);
        *to = (uint32_t)end;
        if (to != last || end + CSV_BEHIND >= safe) return -1;
        return end + 1 + (base[end] == '\r' && base[end + 1] == '\n');
    }
    return -1;
}

ALWAYS void rows_edges(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out, BitsOf *bits_of)
{
    const Marks     marks = { r->delimiter, r->quotes ? '"' : 0 };
    const int       fits  = CSV_BLOCK_EDGES / (columns + 1), most = fits < CSV_BLOCK_ROWS ? fits : CSV_BLOCK_ROWS;
    const char     *base  = r->text.s + r->at;
    const ptrdiff_t room  = r->text.n - r->at < UINT32_MAX ? r->text.n - r->at : UINT32_MAX;
    ptrdiff_t       at = 0, last = limit - r->at;
    uint32_t       *edge = out->edge;
    int             rows = 0;
    while (rows < most && at < last && at + CSV_BEHIND < room) {
        ptrdiff_t next = row_edges(base, at, room, marks, columns, edge, bits_of);
        if (next >= 0 && (columns > 1 || edge[1] != (uint32_t)at)) { /* one column: an empty line is none */
            rows++;
            edge += columns + 1;
        } else if (base[at] == '\n' || base[at] == '\r') {
            next = at + 1 + (base[at] == '\r' && base[at + 1] == '\n');
        } else {
            break;
        }
        at = next;
    }
    out->base = base;
    out->rows = rows;
    r->at += at;
}

static void rows_plain(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    rows_edges(r, limit, columns, out, bits_plain);
}

#ifdef __x86_64__
static void rows_sse2(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    rows_edges(r, limit, columns, out, bits_sse2);
}

WITH_AVX2 static void rows_avx2(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    rows_edges(r, limit, columns, out, bits_avx2);
}

WITH_AVX512 static void rows_avx512(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    rows_edges(r, limit, columns, out, bits_avx512);
}
#endif

bool csv_plain_rows_by(CsvWay way, CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
#ifdef __x86_64__
    bool avx2   = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512bw");
    if (way == CSV_BEST) way = avx512 ? CSV_AVX512 : avx2 ? CSV_AVX2 : CSV_SSE2;
    if ((way == CSV_AVX2 && !avx2) || (way == CSV_AVX512 && !avx512)) return false;
    if (way == CSV_AVX512) rows_avx512(r, limit, columns, out);
    else if (way == CSV_AVX2) rows_avx2(r, limit, columns, out);
    else if (way == CSV_SSE2) rows_sse2(r, limit, columns, out);
    else rows_plain(r, limit, columns, out);
    return true;
#else
    if (way != CSV_BEST && way != CSV_PORTABLE) return false;
    rows_plain(r, limit, columns, out);
    return true;
#endif
}

void csv_plain_rows(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    csv_plain_rows_by(CSV_BEST, r, limit, columns, out);
}
