/* Streams of compound files. */
#include "format/cfb.h"
#include "format/bytes.h"

#include <string.h>

enum { HEADER = 512, FATS_IN_HEADER = 109, ENTRY = 128, ROOT = 5, STREAM = 2 };

#define LAST_SECTOR 0xFFFFFFFAu /* from here on numbers are marks: the end of a chain, a free sector */

typedef struct {
    Arena    *mem;
    Str       file;
    Problems *problems;
    int       shift;           /* of a sector                      */
    int64_t   sectors;         /* that the file has, the last may be short */
    uint32_t *fat;             /* sectors of the table of chains   */
    ptrdiff_t fats;
    CfbStream table;           /* of the chains of small sectors   */
    CfbStream small;           /* in which they lie                */
    uint32_t  small_limit;     /* streams below it lie there       */
    int       small_shift;
} Cfb;

static Err broken(const Cfb *c, const char *key, int64_t byte)
{
    return PROBLEM(c->problems, INVALID, NULL, key, arg_count("byte", byte + 1));
}

static int64_t sector_at(const Cfb *c, uint32_t sector)
{
    return ((int64_t)sector + 1) << c->shift;
}

/* The number at an index of a sector full of them. */
static Err number_in(const Cfb *c, uint32_t sector, int64_t index, uint32_t *out)
{
    int64_t at = sector_at(c, sector) + index * 4;
    if (sector >= c->sectors || at + 4 > c->file.n) return broken(c, "file.cut", c->file.n);
    *out = le32(c->file.s + at);
    return OK;
}

static Err next_in_chain(const Cfb *c, uint32_t sector, uint32_t *next)
{
    ptrdiff_t in_one = (ptrdiff_t)1 << (c->shift - 2), at = sector / in_one;
    if (at >= c->fats) return broken(c, "file.broken_xls", sector_at(c, sector));
    return number_in(c, c->fat[at], sector % in_one, next);
}

/* ---- pieces ---- */

/* Nothing else is taken while a chain is walked, so its pieces stand one behind another. */
static void piece_add(const Cfb *c, CfbStream *s, int64_t at, int64_t n)
{
    CfbPiece *last = s->pieces ? &s->piece[s->pieces - 1] : NULL;
    s->size += n;
    if (last && last->at + last->n == at) {
        last->n += n;
        return;
    }
    CfbPiece *next = NEW_RAW(c->mem, CfbPiece, 1);
    *next          = (CfbPiece){ at, s->size - n, n };
    if (s->pieces++ == 0) s->piece = next;
}

/* size < 0: as long as the chain is. */
static Err chain_read(const Cfb *c, uint32_t sector, int64_t size, CfbStream *out)
{
    int64_t steps = 0, whole = (int64_t)1 << c->shift;
    *out          = (CfbStream){ .file = c->file };
    while (sector < LAST_SECTOR && (size < 0 || out->size < size)) {
        int64_t at = sector_at(c, sector);
        if (steps++ > c->sectors) return broken(c, "file.xls_circle", at);
        if (sector >= c->sectors) return broken(c, "file.cut", c->file.n);
        piece_add(c, out, at, c->file.n - at < whole ? c->file.n - at : whole);
        TRY(next_in_chain(c, sector, &sector));
    }
    if (size >= 0 && out->size < size) return broken(c, "file.cut", c->file.n);
    if (size >= 0) out->size = size;
    return OK;
}

/* A stream of small sectors: its chain stands in a stream of its own, and its bytes in another. */
static Err small_read(Cfb *c, uint32_t sector, int64_t size, CfbStream *out)
{
    int64_t whole = (int64_t)1 << c->small_shift, steps = 0;
    char    room[4];
    *out          = (CfbStream){ .file = c->file };
    while (sector < LAST_SECTOR && out->size < size) {
        int64_t at   = (int64_t)sector << c->small_shift;
        Str     next = cfb_bytes(&c->table, (int64_t)sector * 4, 4, room);
        if (steps++ * whole > c->small.size) return broken(c, "file.xls_circle", cfb_place(&c->small, 0) - 1);
        if (next.n < 4 || at + whole > c->small.size) return broken(c, "file.broken_xls", cfb_place(&c->small, at) - 1);
        piece_add(c, out, cfb_place(&c->small, at) - 1, whole);
        sector = le32(next.s);
    }
    if (out->size < size) return broken(c, "file.cut", c->file.n);
    out->size = size;
    return OK;
}

/* ---- header, table of chains, directory ---- */

/* Where the sectors of the table of chains are: the first ones in the header, the others in a chain of their own. */
static Err fats_read(Cfb *c)
{
    uint32_t  sector = le32(c->file.s + 68), entry = 0;
    ptrdiff_t in_one = ((ptrdiff_t)1 << (c->shift - 2)) - 1, most = c->sectors / (in_one + 1) + 1;
    int64_t   steps  = 0;
    c->fat           = NEW_RAW(c->mem, uint32_t, most + 1);
    for (int i = 0; i < FATS_IN_HEADER && c->fats < most; i++) {
        entry = le32(c->file.s + 76 + 4 * i);
        if (entry < LAST_SECTOR) c->fat[c->fats++] = entry;
    }
    while (sector < LAST_SECTOR && c->fats < most) {
        if (steps++ > c->sectors) return broken(c, "file.xls_circle", sector_at(c, sector));
        for (ptrdiff_t i = 0; i < in_one && c->fats < most; i++) {
            TRY(number_in(c, sector, i, &entry));
            if (entry < LAST_SECTOR) c->fat[c->fats++] = entry;
        }
        TRY(number_in(c, sector, in_one, &sector));
    }
    return OK;
}

static Err header_read(Cfb *c)
{
    if (c->file.n < HEADER) return broken(c, "file.cut", c->file.n);
    c->shift       = le16(c->file.s + 30);
    c->small_shift = le16(c->file.s + 32);
    c->small_limit = le32(c->file.s + 56);
    if ((c->shift != 9 && c->shift != 12) || c->small_shift != 6) return broken(c, "file.broken_xls", 30);
    c->sectors = ((c->file.n + ((int64_t)1 << c->shift) - 1) >> c->shift) - 1;
    return fats_read(c);
}

static bool is_named(Str entry, const char *name)
{
    ptrdiff_t n = (ptrdiff_t)strlen(name);
    if (le16(entry.s + 64) != 2 * n + 2) return false;
    for (ptrdiff_t i = 0; i < n; i++)
        if ((entry.s[2 * i] | 32) != (name[i] | 32) || entry.s[2 * i + 1]) return false;
    return true;
}

/* The first entry of this kind (and name, where one is told) in the directory; empty when there is none. */
static Str entry_find(CfbStream *directory, int kind, const char *name, char *room)
{
    for (int64_t at = 0;; at += ENTRY) {
        Str entry = cfb_bytes(directory, at, ENTRY, room);
        if (entry.n < ENTRY) return S("");
        if (entry.s[66] == kind && (!name || is_named(entry, name))) return entry;
    }
}

static Err small_open(Cfb *c, CfbStream *directory)
{
    char room[ENTRY];
    Str  root = entry_find(directory, ROOT, NULL, room);
    if (root.n == 0) return broken(c, "file.broken_xls", cfb_place(directory, 0) - 1);
    TRY(chain_read(c, le32(root.s + 116), -1, &c->small));
    return chain_read(c, le32(c->file.s + 60), -1, &c->table);
}

Err cfb_stream(Arena *mem, Str file, const char *const *names, CfbStream *out, Problems *problems)
{
    Cfb       c = { .mem = mem, .file = file, .problems = problems };
    CfbStream directory;
    Str       entry = { 0 };
    char      room[ENTRY];
    TRY(header_read(&c));
    TRY(chain_read(&c, le32(file.s + 48), -1, &directory));
    for (; *names && entry.n == 0; names++) entry = entry_find(&directory, STREAM, *names, room);
    if (entry.n == 0) return NOT_FOUND;
    int64_t  size  = le32(entry.s + 120);
    uint32_t first = le32(entry.s + 116);
    if (size >= c.small_limit) return chain_read(&c, first, size, out);
    TRY(small_open(&c, &directory));
    return small_read(&c, first, size, out);
}

CfbStream cfb_whole(Arena *mem, Str file)
{
    CfbStream s = { .file = file, .piece = NEW(mem, CfbPiece), .pieces = 1, .size = file.n };
    s.piece[0]  = (CfbPiece){ .n = file.n };
    return s;
}

/* ---- reading ---- */

/* The piece that holds a place of the stream; null behind the last. */
static const CfbPiece *piece_of(CfbStream *s, int64_t at)
{
    ptrdiff_t low = 0, high = s->pieces;
    if (s->last < s->pieces && s->piece[s->last].from <= at) low = s->last;
    if (low < high && at < s->piece[low].from + s->piece[low].n) return &s->piece[s->last = low];
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (at >= s->piece[middle].from + s->piece[middle].n) low = middle + 1;
        else high = middle;
    }
    s->last = low;
    return low < s->pieces ? &s->piece[low] : NULL;
}

Str cfb_bytes(CfbStream *s, int64_t at, ptrdiff_t n, char *room)
{
    ptrdiff_t had = 0;
    if (at < 0 || at >= s->size) return S("");
    if (n > s->size - at) n = (ptrdiff_t)(s->size - at);
    for (const CfbPiece *p; had < n && (p = piece_of(s, at + had)) != NULL;) {
        int64_t   inside = at + had - p->from;
        ptrdiff_t here   = p->n - inside < n - had ? (ptrdiff_t)(p->n - inside) : n - had;
        if (here == n) return (Str){ s->file.s + p->at + inside, n };
        memcpy(room + had, s->file.s + p->at + inside, (size_t)here);
        had += here;
    }
    return (Str){ room, had };
}

int64_t cfb_place(CfbStream *s, int64_t at)
{
    const CfbPiece *p = piece_of(s, at);
    return p ? p->at + (at - p->from) + 1 : s->file.n + 1;
}
