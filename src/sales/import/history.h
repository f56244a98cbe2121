/* A history of sales while it is imported: the rows of the file as whole numbers, and a chunk of it on its way into the
 * base.  Nobody outside the files of the import of sales includes this. */
#ifndef SALES_IMPORT_HISTORY_H
#define SALES_IMPORT_HISTORY_H

#include "core/map.h"
#include "sales/import/history_table.h"
#include "sales/import/import_run.h"
#include "sales/import/texts.h"
#include "sales/reading/sales_left.h"

enum { ROWS_MAX = 50000000, KINDS_MAX = 1000000, KEY_TEXT = 32 };

typedef struct {
    Str name, number, inn, kpp, phone;
} PartyText;

typedef struct {
    Str name, number;
} ProductText;

/* Records that lines name, each with the number of its key. */
typedef struct {
    Texts    keys;
    void    *texts;  /* [room] PartyText, ProductText or Str */
    int64_t *id;     /* [room] of the record; 0: not known yet, -1: two records have the key */
    bool    *said;   /* [room] a warning about it was given  */
} Kinds;

typedef struct {
    ImportRun *run;
    Arena      mem;
    SalesRows  rules;
    int        at[COL_COUNT];
    Kinds      clients, products, sellers, channels;
    Texts      documents;
    LineTable  line;
    uint32_t  *order;    /* [line.count] by sale, in the order of first appearance */
    uint32_t  *begins;   /* [sales + 1] in order */
    uint32_t   sales;
    bool      *bought;   /* [clients.keys.count] the file brings a sale to the client that was not known */
} History;

/* The sales that are written by one work. */
typedef struct {
    History    *h;
    uint32_t    from, to; /* sales */
    ImportCount count;
    /* records made in this chunk: they count only once it is committed */
    Kinds     **made_kind;
    uint32_t   *made_at;
    int64_t    *made_id;
    ptrdiff_t   made;
    uint32_t   *buyer;   /* [buyers] clients of the sales that got lines */
    ptrdiff_t   buyers;
} SalesChunk;

/* A line of a chunk and what the base knows of it. */
typedef struct {
    char     key[KEY_TEXT];
    int64_t  sale, import; /* of the known line; 0: new */
} Known;

enum { LEFT_OUT = -1 }; /* for `sale` */

static inline Line history_line(const History *h, uint32_t sale, uint32_t i)
{
    return line_at(&h->line, h->order[h->begins[sale] + i]);
}

static inline uint32_t history_lines(const History *h, uint32_t sale)
{
    return h->begins[sale + 1] - h->begins[sale];
}

/* history_read.c: room for texts of a size, and all rows of the file as lines. */
Kinds kinds_new(Arena *mem, ptrdiff_t size);
Err   history_read(History *h);

/* history_parties.c: the records that the sales of a chunk name are found or made.  The id of a text: 0 none, -1 two
 * records have it. */
Err     chunk_parties(Work *w, SalesChunk *c);
int64_t chunk_id(const SalesChunk *c, const Kinds *k, uint32_t n);
void    chunk_sellers_unknown(SalesChunk *c); /* warns, once a name */

/* history_lines.c: the name of a sale within its source; the keys of its lines; which of n lines are known. */
Str  chunk_sale_key(Arena *mem, const SalesChunk *c, const Line *l);
void chunk_keys(Work *w, const SalesChunk *c, uint32_t sale, Known *known);
Err  chunk_known(Work *w, Known *known, uint32_t n);

#endif
