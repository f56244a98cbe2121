/* A line is put apart into its columns and together again. */
#include "sales/exchange/history_table.h"

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

void line_put(LineTable *t, const Line *line)
{
    uint32_t i = t->count++;
    t->client[i]    = line->client;
    t->row[i]       = line->row;
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
        .row       = t->row[i],
        .day       = t->day[i],
        .is_return = t->is_return[i],
        .qty       = t->qty ? t->qty[i] : NONE,
        .price     = t->price ? t->price[i] : NONE,
        .amount    = t->amount[i],
        .cost      = t->cost ? t->cost[i] : NONE,
    };
}
