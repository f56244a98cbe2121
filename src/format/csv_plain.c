/* Rows without anything special: 64 bytes are compared at once, and each of their delimiters and line ends becomes one
 * bit.  Between an opening and a closing quote the bits count for nothing; the sum of the quotes before a byte, one bit
 * of it, tells where that is (G. Langdale, D. Lemire, "Parsing gigabytes of JSON per second", 2019).
 *
 * Most often all rows of a block are alike: then the places of the bits, one after the other, are the edges of the
 * fields, and only every line end has to be found where it should be.  Where that is not so, the block is read again
 * row by row.
 *
 * The same text is compiled four times: for processors with AVX-512, with AVX2, for any x86-64 (SSE2), and in plain
 * C. */
#include "core/word.h"
#include "format/csv.h"

typedef struct {
    uint64_t delimiter, lf, cr, quote, zero;
} Bits;

typedef struct {
    char delimiter, quote; /* quote: 0 when quotes mean nothing */
} Marks;

/* A way to look at 64 bytes, and a way to write down the places of bits, from `first` on; writes up to 64 places, more
 * than there are. */
typedef Bits BitsOf(const char *, Marks);
typedef void PlacesOf(uint32_t *to, uint64_t bits, uint32_t first);

#define ALWAYS WORD_INLINE

ALWAYS void places_loop(uint32_t *to, uint64_t bits, uint32_t first)
{
    for (int n = __builtin_popcountll(bits), done = 0; done < n; done += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++) {
            to[done + i] = first + (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
            bits &= bits - 1;
        }
    }
}

/* Eight bytes at a time in a word: the bit 0x80 of each byte that is zero, exactly, gathered by a multiplication. */
ALWAYS uint64_t zeros_gathered(uint64_t x)
{
    const uint64_t low = 0x7F * WORD_ONES;
    uint64_t       z   = ~(((x & low) + low) | x | low) >> 7;
    return (z * UINT64_C(0x0102040810204080)) >> 56;
}

ALWAYS Bits bits_plain(const char *p, Marks m)
{
    Bits b = { 0 };
    for (int i = 0; i < 8; i++) {
        uint64_t word = word_of(p + 8 * i);
        b.delimiter |= zeros_gathered(word ^ WORD_ONES * (unsigned char)m.delimiter) << (8 * i);
        b.lf |= zeros_gathered(word ^ WORD_ONES * '\n') << (8 * i);
        b.cr |= zeros_gathered(word ^ WORD_ONES * '\r') << (8 * i);
        b.quote |= zeros_gathered(word ^ WORD_ONES * (unsigned char)m.quote) << (8 * i);
        b.zero |= zeros_gathered(word) << (8 * i);
    }
    return b;
}

#ifdef __x86_64__
#include <immintrin.h>

ALWAYS uint64_t bits16(__m128i equal, int at)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(equal) << at;
}

ALWAYS Bits bits_sse2(const char *p, Marks m)
{
    const __m128i d = _mm_set1_epi8(m.delimiter), q = _mm_set1_epi8(m.quote), lf = _mm_set1_epi8('\n'),
                  cr = _mm_set1_epi8('\r');
    Bits b = { 0 };
    for (int i = 0; i < 64; i += 16) {
        __m128i x = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        b.delimiter |= bits16(_mm_cmpeq_epi8(x, d), i);
        b.lf |= bits16(_mm_cmpeq_epi8(x, lf), i);
        b.cr |= bits16(_mm_cmpeq_epi8(x, cr), i);
        b.quote |= bits16(_mm_cmpeq_epi8(x, q), i);
        b.zero |= bits16(_mm_cmpeq_epi8(x, _mm_setzero_si128()), i);
    }
    return b;
}

#define WITH_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))

WITH_AVX2 ALWAYS uint64_t bits64(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

WITH_AVX2 ALWAYS uint64_t equal64(__m256i low, __m256i high, char c)
{
    return bits64(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(c)), _mm256_cmpeq_epi8(high, _mm256_set1_epi8(c)));
}

WITH_AVX2 ALWAYS Bits bits_avx2(const char *p, Marks m)
{
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)p),
            b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    return (Bits){ .delimiter = equal64(a, b, m.delimiter), .lf = equal64(a, b, '\n'), .cr = equal64(a, b, '\r'),
                   .quote = equal64(a, b, m.quote), .zero = equal64(a, b, 0) };
}

#define WITH_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,avx2,bmi,bmi2,popcnt,lzcnt")))

WITH_AVX512 ALWAYS Bits bits_avx512(const char *p, Marks m)
{
    __m512i x = _mm512_loadu_si512(p);
    return (Bits){ .delimiter = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(m.delimiter)),
                   .lf        = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\n')),
                   .cr        = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8('\r')),
                   .quote     = _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8(m.quote)),
                   .zero      = _mm512_testn_epi8_mask(x, x) };
}

WITH_AVX512 ALWAYS void places_avx512(uint32_t *to, uint64_t bits, uint32_t first)
{
    const __m512i count = _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45,
                                          44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26,
                                          25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5,
                                          4, 3, 2, 1, 0);
    __m512i places = _mm512_maskz_compress_epi8(bits, count), base = _mm512_set1_epi32((int)first);
    _mm512_storeu_si512(to, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places))));
    if (__builtin_popcountll(bits) <= 16) return;
    _mm512_storeu_si512(to + 16, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, 1))));
    _mm512_storeu_si512(to + 32, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, 2))));
    _mm512_storeu_si512(to + 48, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, 3))));
}
#endif

/* What a look at many bytes has found. */
typedef struct {
    uint32_t places, lines; /* of delimiters and line ends; of line ends alone */
    bool     cr, quoted;    /* some lines end with CR LF; some fields stand in quotes */
} Look;

/* What one block of 64 bytes leaves to the next. */
typedef struct {
    uint64_t inside; /* all ones: the block ended inside quotes */
    uint64_t edge;   /* 1: its last byte was an edge            */
} Carry;

/* Each bit: the sum of the bits up to it. */
ALWAYS uint64_t sums(uint64_t bits)
{
    for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
    return bits;
}

ALWAYS bool ends_field(char c, Marks marks)
{
    return c == marks.delimiter || c == '\n' || c == '\r';
}

/* Takes out of *b what stands inside quotes.  False where a quote opens in the middle of a field or is not followed by
 * its end, as a doubled one: that needs a closer look.  `next` is the byte behind the block. */
ALWAYS bool quotes_out(Bits *b, Carry *carry, char next, Marks marks)
{
    uint64_t inside = sums(b->quote) ^ carry->inside;
    b->delimiter &= ~inside;
    b->lf &= ~inside;
    b->cr &= ~inside;
    uint64_t begins = (b->delimiter | b->lf) << 1 | carry->edge;
    uint64_t ends   = (b->delimiter | b->lf | b->cr) >> 1 | (uint64_t)ends_field(next, marks) << 63;
    carry->inside   = -(inside >> 63);
    return !((b->quote & inside & ~begins) | (b->quote & ~inside & ~ends));
}

/* False where a CR is not followed by LF: such a line ends by itself. */
ALWAYS bool returns_out(const Bits *b, char next)
{
    return !(b->cr & ~(b->lf >> 1 | (uint64_t)(next == '\n') << 63));
}

/* The places of all delimiters and LFs of base[0 .. end - 1] from to[1] on, `most` at most, as far as nothing special
 * is met. */
ALWAYS Look look(const char *base, ptrdiff_t end, Marks marks, uint32_t most, uint32_t *to, BitsOf *bits_of,
                 PlacesOf *places_of)
{
    Look  found = { 0 };
    Carry carry = { .edge = 1 };
    for (ptrdiff_t at = 0; at + 64 <= end && found.places < most; at += 64) {
        Bits b = bits_of(base + at, marks);
        if (b.zero) break;
        if (b.quote | carry.inside) {
            if (!marks.quote || !quotes_out(&b, &carry, base[at + 64], marks)) break;
            found.quoted = true;
        }
        if (b.cr) {
            if (!returns_out(&b, base[at + 64])) break;
            found.cr = true;
        }
        uint64_t edges = b.delimiter | b.lf;
        carry.edge     = edges >> 63;
        places_of(to + 1 + found.places, edges, (uint32_t)at);
        found.places += (uint32_t)__builtin_popcountll(edges);
        found.lines += (uint32_t)__builtin_popcountll(b.lf);
    }
    return found;
}

/* How many rows stand in edge[0 ..] one after the other, each ending with the LF of its last place; 0 if any does not
 * or is very long. */
ALWAYS int rows_alike(const char *base, const Look *found, int columns, int most, const uint32_t *edge)
{
    int rows = (int)(found->places / (uint32_t)columns), bad = (int)found->lines != rows;
    for (int r = 0; r < rows; r++) bad |= base[edge[(r + 1) * columns]] != '\n';
    return bad || (rows && edge[rows * columns] > CSV_FIELD_MAX) ? 0 : rows < most ? rows : most;
}

/* Where lines end with CR LF, each row gets an edge of its own before its first field; from the last row on, as rows
 * grow longer. */
static void edges_apart(const char *base, uint32_t *edge, int rows, int columns)
{
    for (int r = rows - 1; r >= 0; r--) {
        uint32_t *to = edge + r * (columns + 1);
        memmove(to, edge + r * columns, (size_t)(columns + 1) * sizeof *edge);
        to[columns] -= base[to[columns] - 1] == '\r';
    }
}

/* Writes the edges of one plain row that begins at `at`; returns the byte behind it, -1 if the row is not plain.  Reads
 * no further than CSV_BEHIND bytes behind the row, all of them before `safe`. */
ALWAYS ptrdiff_t row_edges(const char *base, ptrdiff_t at, ptrdiff_t safe, Marks marks, int columns, uint32_t *edge,
                           BitsOf *bits_of)
{
    uint32_t *last = edge + columns, *to = edge + 1;
    *edge = (uint32_t)at - 1;
    for (ptrdiff_t from = at; from + 64 < safe; from += 64) {
        Bits     b    = bits_of(base + from, marks);
        uint64_t ends = b.lf | b.cr, upto = ends ^ (ends - 1); /* all ones when no line ends here */
        uint64_t here = b.delimiter & upto;
        if (((b.quote | b.zero) & upto) || __builtin_popcountll(here) > last - to || from - at > CSV_FIELD_MAX)
            return -1;
        for (; here; here &= here - 1) *to++ = (uint32_t)(from + __builtin_ctzll(here));
        if (!ends) continue;
        ptrdiff_t end = from + __builtin_ctzll(ends);
        *to = (uint32_t)end;
        if (to != last || end + CSV_BEHIND >= safe) return -1;
        return end + 1 + (base[end] == '\r' && base[end + 1] == '\n');
    }
    return -1;
}

/* Row by row; empty lines are passed over. */
ALWAYS ptrdiff_t rows_apart(const char *base, ptrdiff_t last, ptrdiff_t room, Marks marks, int columns, int most,
                            CsvBlock *out, BitsOf *bits_of)
{
    ptrdiff_t at   = 0;
    uint32_t *edge = out->edge;
    while (out->rows < most && at < last && at + CSV_BEHIND < room) {
        ptrdiff_t next = row_edges(base, at, room, marks, columns, edge, bits_of);
        if (next >= 0 && (columns > 1 || edge[1] != (uint32_t)at)) { /* one column: an empty line is none */
            out->rows++;
            edge += columns + 1;
        } else if (base[at] == '\n' || base[at] == '\r') {
            next = at + 1 + (base[at] == '\r' && base[at + 1] == '\n');
        } else {
            break;
        }
        at = next;
    }
    return at;
}

ALWAYS void rows_take(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out, BitsOf *bits_of, PlacesOf *places_of)
{
    const Marks     marks = { r->delimiter, r->quotes ? '"' : 0 };
    const int       fits  = CSV_BLOCK_EDGES / (columns + 1), most = fits < CSV_BLOCK_ROWS ? fits : CSV_BLOCK_ROWS;
    const char     *base  = r->text.s + r->at;
    const ptrdiff_t room  = r->text.n - r->at < UINT32_MAX ? r->text.n - r->at : UINT32_MAX;
    const ptrdiff_t last  = limit - r->at, end = last < room - CSV_BEHIND ? last : room - CSV_BEHIND;
    Look            found = look(base, end, marks, (uint32_t)(most * columns), out->edge, bits_of, places_of);
    out->edge[0]          = UINT32_MAX;
    out->base             = base;
    out->stride           = columns + found.cr;
    out->quoted           = found.quoted;
    out->rows             = columns > 1 ? rows_alike(base, &found, columns, most, out->edge) : 0;
    if (out->rows) {
        r->at += (ptrdiff_t)out->edge[out->rows * columns] + 1;
        if (found.cr) edges_apart(base, out->edge, out->rows, columns);
    } else {
        out->stride = columns + 1;
        out->quoted = false;
        r->at += rows_apart(base, last, room, marks, columns, most, out, bits_of);
    }
}

static void rows_plain(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    rows_take(r, limit, columns, out, bits_plain, places_loop);
}

#ifdef __x86_64__
static void rows_sse2(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    rows_take(r, limit, columns, out, bits_sse2, places_loop);
}

WITH_AVX2 static void rows_avx2(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    rows_take(r, limit, columns, out, bits_avx2, places_loop);
}

WITH_AVX512 static void rows_avx512(CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
    rows_take(r, limit, columns, out, bits_avx512, places_avx512);
}
#endif

bool csv_plain_rows_by(CsvWay way, CsvReader *r, ptrdiff_t limit, int columns, CsvBlock *out)
{
#ifdef __x86_64__
    bool avx2   = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
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
