/* Sale lines as columns: numbering, sorting, laying out. */
#include "facts/columns.h"

#include <string.h>

/* ---- ids and numbers ---- */

enum { IDS_ROOM = 1 << 27 }; /* addresses for 128 million ids of a kind */

static FactsIds ids_new(Arena *mem)
{
    FactsIds ids = { .mem = arena_new((ptrdiff_t)IDS_ROOM * 8), .room = 1024, .count = 1 };
    arena_lasts(&ids.mem);
    ids.id   = NEW_N(&ids.mem, int64_t, 1);
    ids.slot = NEW_N(mem, uint32_t, ids.room);
    return ids;
}

FactsNames facts_names_new(void)
{
    FactsNames names = { .mem = arena_new((ptrdiff_t)IDS_ROOM * (4 * 8)) };
    arena_lasts(&names.mem);
    names.client  = ids_new(&names.mem);
    names.product = ids_new(&names.mem);
    names.seller  = ids_new(&names.mem);
    names.channel = ids_new(&names.mem);
    return names;
}

void facts_names_drop(FactsNames *names)
{
    FactsIds *each[] = { &names->client, &names->product, &names->seller, &names->channel };
    for (int i = 0; i < (int)COUNT(each); i++) arena_drop(&each[i]->mem);
    arena_drop(&names->mem);
}

static uint32_t *slot_of(const FactsIds *ids, int64_t id)
{
    uint64_t h = (uint64_t)id * 0x9E3779B97F4A7C15u;
    for (uint32_t at = (uint32_t)(h >> 32) & (ids->room - 1);; at = (at + 1) & (ids->room - 1))
        if (ids->slot[at] == 0 || ids->id[ids->slot[at]] == id) return &ids->slot[at];
}

uint32_t facts_known(const FactsIds *ids, int64_t id)
{
    return id <= 0 ? 0 : *slot_of(ids, id);
}

static void ids_widen(FactsNames *names, FactsIds *ids)
{
    uint32_t *slot = NEW_N(&names->mem, uint32_t, (ptrdiff_t)ids->room * 2);
    ids->room *= 2;
    ids->slot = slot; /* the old slots stay behind: all of them together are no more than the new */
    for (uint32_t n = 1; n < ids->count; n++) *slot_of(ids, ids->id[n]) = n;
}

uint32_t facts_number(FactsNames *names, FactsIds *ids, int64_t id)
{
    if (id <= 0) return 0;
    uint32_t *slot = slot_of(ids, id);
    if (*slot) return *slot;
    *NEW_RAW(&ids->mem, int64_t, 1) = id; /* behind those before */
    uint32_t number = ids->count++;
    *slot           = number;
    if (ids->count * 3 > ids->room * 2) ids_widen(names, ids);
    return number;
}

/* ---- a draft ---- */

struct FactsDraft {
    Arena     mem, sale_mem, begins_mem, line_mem; /* of the draft, and of each column, which grows to its end */
    FactSale *sale;
    uint32_t *begins; /* of each sale's lines */
    FactLine *line;
    ptrdiff_t sales, lines, room;
    bool      over; /* more lines came than there was room for */
};

FactsDraft *facts_draft_new(int64_t lines)
{
    ptrdiff_t   room = lines + 1;
    Arena       mem  = arena_new((ptrdiff_t)sizeof(FactsDraft) + 64);
    FactsDraft *d    = NEW(&mem, FactsDraft);
    d->sale_mem   = arena_new(room * (ptrdiff_t)sizeof(FactSale));
    d->begins_mem = arena_new(room * (ptrdiff_t)sizeof(uint32_t));
    d->line_mem   = arena_new(room * (ptrdiff_t)sizeof(FactLine));
    d->sale       = (FactSale *)(void *)d->sale_mem.beg;
    d->begins     = (uint32_t *)(void *)d->begins_mem.beg;
    d->line       = (FactLine *)(void *)d->line_mem.beg;
    d->room       = room;
    d->mem        = mem;
    return d;
}

void facts_draft_drop(FactsDraft *d)
{
    Arena mem = d->mem; /* the draft lies in it */
    arena_drop(&d->sale_mem);
    arena_drop(&d->begins_mem);
    arena_drop(&d->line_mem);
    arena_drop(&mem);
}

/* Room for the n-th of a column, which may have been there before. */
static void column_reaches(Arena *mem, ptrdiff_t n, ptrdiff_t size)
{
    if (mem->beg - mem->floor == n * size) arena_take_raw(mem, size, 1, 1);
}

void facts_draft_sale(FactsDraft *d, FactSale sale)
{
    if (d->sales && d->begins[d->sales - 1] == d->lines) d->sales--; /* a sale without lines says nothing */
    column_reaches(&d->begins_mem, d->sales, (ptrdiff_t)sizeof(uint32_t));
    column_reaches(&d->sale_mem, d->sales, (ptrdiff_t)sizeof(FactSale));
    d->begins[d->sales] = (uint32_t)d->lines;
    d->sale[d->sales++] = sale;
}

void facts_draft_line(FactsDraft *d, FactLine line)
{
    d->over |= d->lines >= d->room;
    if (d->over) return;
    column_reaches(&d->line_mem, d->lines, (ptrdiff_t)sizeof(FactLine));
    d->line[d->lines++] = line;
}

ptrdiff_t facts_draft_lines(const FactsDraft *d)
{
    return d->lines;
}

void facts_draft_part(FactsDraft *d, const FactsNames *names, const FactsPart *part, const uint64_t *gone)
{
    for (uint32_t c = 0; c < part->clients; c++) {
        for (uint32_t s = part->client_sales[c]; s < part->client_sales[c + 1]; s++) {
            if (gone && gone[s / 64] >> s % 64 & 1) continue;
            facts_draft_sale(
                d, (FactSale){ part->sale_id[s], names->client.id[c], names->seller.id[part->sale_seller[s]],
                               names->channel.id[part->sale_channel[s]], part->sale_day[s], part->sale_return[s] });
            for (uint32_t l = part->sale_lines[s]; l < part->sale_lines[s + 1]; l++)
                facts_draft_line(d, (FactLine){ names->product.id[part->line_product[l]], part->line_amount[l],
                                                part->line_cost[l], part->line_qty[l] });
        }
    }
}

/* ---- sorting ---- */

typedef struct {
    uint64_t key;  /* client number and day */
    int64_t  id;
    uint32_t at;   /* in the draft          */
} SaleKey;

/* Least significant digit first, sixteen bits at a time; digits that all keys share are passed over. */
static void sort_keys(SaleKey *keys, SaleKey *spare, ptrdiff_t n, Arena scratch)
{
    uint64_t all = 0, any_id = 0;
    for (ptrdiff_t i = 0; i < n; i++)
        all |= keys[i].key ^ keys[0].key, any_id |= (uint64_t)keys[i].id ^ (uint64_t)keys[0].id;
    uint32_t *place = NEW_RAW(&scratch, uint32_t, 65537);
    SaleKey  *from = keys, *to = spare;
    for (int digit = 0; digit < 8; digit++) { /* four of the id, then four of the key */
        int shift = digit % 4 * 16;
        if (((digit < 4 ? any_id : all) >> shift & 0xFFFF) == 0) continue;
        memset(place, 0, 65537 * sizeof *place);
#define DIGIT(k) ((digit < 4 ? (uint64_t)(k).id : (k).key) >> shift & 0xFFFF)
        for (ptrdiff_t i = 0; i < n; i++) place[DIGIT(from[i]) + 1]++;
        for (int v = 1; v <= 65536; v++) place[v] += place[v - 1];
        for (ptrdiff_t i = 0; i < n; i++) to[place[DIGIT(from[i])]++] = from[i];
#undef DIGIT
        SaleKey *turn = from;
        from = to;
        to   = turn;
    }
    if (from != keys) memcpy(keys, from, (size_t)n * sizeof *keys);
}

/* Numbers are given in the order of ids, so that ties between clients fall the same way after every start. */
static void number_clients(FactsDraft *d, FactsNames *names, SaleKey *keys, SaleKey *spare, Arena scratch)
{
    ptrdiff_t n = 0;
    for (ptrdiff_t i = 0; i < d->sales; i++)
        if (!facts_known(&names->client, d->sale[i].client)) keys[n++] = (SaleKey){ .id = d->sale[i].client };
    if (n > 1) sort_keys(keys, spare, n, scratch);
    for (ptrdiff_t i = 0; i < n; i++) facts_number(names, &names->client, keys[i].id);
}

FactsPart facts_part_room(uint32_t clients, uint32_t sales, uint32_t lines)
{
    ptrdiff_t bytes = (ptrdiff_t)(clients + 1) * 4 + (ptrdiff_t)(sales + 1) * 24 + (ptrdiff_t)lines * 28 + 16 * 16;
    FactsPart p     = { .mem = arena_new(bytes), .clients = clients, .sales = sales, .lines = lines };
    p.sale_id      = NEW_RAW(&p.mem, int64_t, sales);
    p.line_amount  = NEW_RAW(&p.mem, Money, lines);
    p.line_cost    = NEW_RAW(&p.mem, Money, lines);
    p.line_qty     = NEW_RAW(&p.mem, Qty, lines);
    p.client_sales = NEW_N(&p.mem, uint32_t, (ptrdiff_t)clients + 1);
    p.sale_lines   = NEW_RAW(&p.mem, uint32_t, (ptrdiff_t)sales + 1);
    p.sale_day     = NEW_RAW(&p.mem, Day, sales);
    p.line_product = NEW_RAW(&p.mem, uint32_t, lines);
    p.sale_seller  = NEW_RAW(&p.mem, uint16_t, sales);
    p.sale_channel = NEW_RAW(&p.mem, uint16_t, sales);
    p.sale_return  = NEW_RAW(&p.mem, bool, sales);
    return p;
}

static void put_sale(FactsPart *p, const FactsDraft *d, FactsNames *names, uint32_t s, uint32_t at, uint32_t *next_line)
{
    const FactSale *sale = &d->sale[at];
    uint32_t        end  = at + 1 < d->sales ? d->begins[at + 1] : (uint32_t)d->lines;
    p->sale_id[s]      = sale->id;
    p->sale_day[s]     = sale->day;
    p->sale_seller[s]  = (uint16_t)facts_number(names, &names->seller, sale->seller);
    p->sale_channel[s] = (uint16_t)facts_number(names, &names->channel, sale->channel);
    p->sale_return[s]  = sale->is_return;
    p->sale_lines[s]   = *next_line;
    for (uint32_t l = d->begins[at]; l < end; l++, (*next_line)++) {
        p->line_product[*next_line] = facts_number(names, &names->product, d->line[l].product);
        p->line_amount[*next_line]  = d->line[l].amount;
        p->line_cost[*next_line]    = d->line[l].cost;
        p->line_qty[*next_line]     = d->line[l].qty;
        p->moved += line_moved(d->line[l].amount, d->line[l].cost, d->line[l].qty);
    }
}

Err facts_part_make(FactsDraft *d, FactsNames *names, FactsPart *out)
{
    if (d->over) {
        facts_draft_drop(d);
        return BROKEN;
    }
    if (d->sales && d->begins[d->sales - 1] == d->lines) d->sales--;
    Arena    sorting = arena_new((d->sales + 1) * 2 * (ptrdiff_t)sizeof(SaleKey) + (1 << 20));
    SaleKey *keys    = NEW_RAW(&sorting, SaleKey, d->sales + 1), *spare = NEW_RAW(&sorting, SaleKey, d->sales + 1);
    number_clients(d, names, keys, spare, sorting);
    for (ptrdiff_t i = 0; i < d->sales; i++) {
        uint64_t client = facts_known(&names->client, d->sale[i].client);
        keys[i] = (SaleKey){ client << 32 | (uint32_t)(d->sale[i].day - DAY_MIN), d->sale[i].id, (uint32_t)i };
    }
    if (d->sales > 1) sort_keys(keys, spare, d->sales, sorting);

    FactsPart p = facts_part_room(names->client.count, (uint32_t)d->sales, (uint32_t)d->lines);
    uint32_t  next_line = 0;
    for (uint32_t s = 0; s < p.sales; s++) {
        put_sale(&p, d, names, s, keys[s].at, &next_line);
        p.client_sales[(keys[s].key >> 32) + 1]++;
    }
    p.sale_lines[p.sales] = next_line;
    for (uint32_t c = 1; c <= p.clients; c++) p.client_sales[c] += p.client_sales[c - 1];
    arena_drop(&sorting);

    facts_draft_drop(d);
    if (names->seller.count > FACTS_SELLERS_MAX + 1 || names->channel.count > FACTS_CHANNELS_MAX + 1) {
        facts_part_drop(&p);
        return INVALID;
    }
    *out = p;
    return OK;
}

void facts_part_drop(FactsPart *part)
{
    arena_drop(&part->mem);
}

int64_t facts_part_bytes(const FactsPart *p)
{
    return (int64_t)(p->clients + 1) * 4 + (int64_t)p->sales * 21 + 4 + (int64_t)p->lines * 28;
}
