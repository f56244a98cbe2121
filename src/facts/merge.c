/* One part of two: the living sales of both, without sorting. */
#include "facts/view.h"

#include <string.h>

typedef struct {
    uint32_t sales, lines;
} Size;

static Size living_size(const FactsView *view)
{
    Size size = { 0 };
    Step s;
    for (uint32_t c = 0; c < view->clients; c++)
        for (Walk w = walk_of(view, c); walk_next(&w, &s); size.sales++)
            size.lines += s.part->sale_lines[s.sale + 1] - s.part->sale_lines[s.sale];
    return size;
}

static void copy_sale(FactsPart *to, uint32_t s, const Step *from, uint32_t *line)
{
    const FactsPart *p = from->part;
    uint32_t         a = p->sale_lines[from->sale], n = p->sale_lines[from->sale + 1] - a;
    to->sale_id[s]      = p->sale_id[from->sale];
    to->sale_day[s]     = p->sale_day[from->sale];
    to->sale_seller[s]  = p->sale_seller[from->sale];
    to->sale_channel[s] = p->sale_channel[from->sale];
    to->sale_return[s]  = p->sale_return[from->sale];
    to->sale_lines[s]   = *line;
    memcpy(to->line_product + *line, p->line_product + a, n * sizeof *p->line_product);
    memcpy(to->line_amount + *line, p->line_amount + a, n * sizeof *p->line_amount);
    memcpy(to->line_cost + *line, p->line_cost + a, n * sizeof *p->line_cost);
    memcpy(to->line_qty + *line, p->line_qty + a, n * sizeof *p->line_qty);
    for (uint32_t l = a; l < a + n; l++) to->moved += line_moved(p->line_amount[l], p->line_cost[l], p->line_qty[l]);
    *line += n;
}

FactsPart facts_merge(const FactsView *view)
{
    Size      size = living_size(view);
    FactsPart to   = facts_part_room(view->clients, size.sales, size.lines);
    uint32_t  s = 0, line = 0;
    Step      step;
    for (uint32_t c = 0; c < view->clients; c++) {
        to.client_sales[c] = s;
        for (Walk w = walk_of(view, c); walk_next(&w, &step);) copy_sale(&to, s++, &step, &line);
    }
    to.client_sales[view->clients] = s;
    to.sale_lines[s]               = line;
    return to;
}
