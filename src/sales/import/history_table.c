/* A line is put apart into its columns and together again. */
#include "sales/import/history_table.h"

#include "core/problem.h"

static uint32_t *numbers(Arena *mem, ptrdiff_t room, bool there) { return there ? NEW_RAW(mem, uint32_t, room) : NULL; }
static int64_t  *figures(Arena *mem, ptrdiff_t room, bool there) { return there ? NEW_RAW(mem, int64_t, room) : NULL; }

LineTable line_table(Arena *mem, ptrdiff_t room, const int *at)
{
    return (LineTable){
        .client    = numbers(mem, room, true),
        .product   = numbers(mem, room, at[COL_PRODUCT] >= 0 || at[COL_PRODUCT_KEY] >= 0),
        .document  = numbers(mem, room, at[COL_DOCUMENT] >= 0),
        .seller    = numbers(mem, room, at[COL_SELLER] >= 0),
        .channel   = numbers(mem, room, at[COL_CHANNEL] >= 0),
        .row       = numbers(mem, room, true),
        .day       = NEW_RAW(mem, Day, room),
        .is_return = NEW_RAW(mem, bool, room),
        .qty       = figures(mem, room, at[COL_QUANTITY] >= 0),
        .price     = figures(mem, room, at[COL_PRICE] >= 0),
        .amount    = figures(mem, room, true),
        .cost      = figures(mem, room, at[COL_COST] >= 0),
    };
}

/* A sheet has fewer than 2^21 rows, a file fewer than 1,024 sheets; a text without sheets has fewer than 2^31 rows. */
enum { SHEET_BITS = 21 };
static const uint32_t of_sheet = UINT32_C(1) << 31;

static uint32_t row_packed(int64_t row)
{
    uint32_t sheet = (uint32_t)(row >> ROW_BITS);
    return sheet ? of_sheet | (sheet - 1) << SHEET_BITS | (uint32_t)row : (uint32_t)row;
}

static int64_t row_unpacked(uint32_t packed)
{
    if (!(packed & of_sheet)) return packed;
    return row_of_sheet((int)((packed & ~of_sheet) >> SHEET_BITS), packed & ((UINT32_C(1) << SHEET_BITS) - 1));
}

void line_put(LineTable *t, const Line *line)
{
    uint32_t i = t->count++;
    t->client[i]    = line->client;
    t->row[i]       = row_packed(line->row);
    t->day[i]       = line->day;
    t->is_return[i] = line->is_return;
    t->amount[i]    = line->amount;
    if (t->product) t->product[i] = line->product;
    if (t->document) t->document[i] = line->document;
    if (t->seller) t->seller[i] = line->seller;
    if (t->channel) t->channel[i] = line->channel;
    if (t->qty) t->qty[i] = line->qty;
    if (t->price) t->price[i] = line->price;
    if (t->cost) t->cost[i] = line->cost;
}

Line line_at(const LineTable *t, uint32_t i)
{
    return (Line){
        .client    = t->client[i],
        .product   = t->product ? t->product[i] : 0,
        .document  = t->document ? t->document[i] : 0,
        .seller    = t->seller ? t->seller[i] : 0,
        .channel   = t->channel ? t->channel[i] : 0,
        .row       = row_unpacked(t->row[i]),
        .day       = t->day[i],
        .is_return = t->is_return[i],
        .qty       = t->qty ? t->qty[i] : NONE,
        .price     = t->price ? t->price[i] : NONE,
        .amount    = t->amount[i],
        .cost      = t->cost ? t->cost[i] : NONE,
    };
}
