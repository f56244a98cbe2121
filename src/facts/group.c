/* One walk, client by client: so buyers and sales are counted by the last one that each cell has seen. */
#include "facts/group.h"

#include <stdlib.h>
#include <string.h>

/* A name to group by: the place of a number, or of a day since `low`. */
typedef struct {
    FactsGrain      grain;
    const uint32_t *place; /* null: the number itself */
    uint32_t        places;
    Day             low;
    Day            *first; /* of a step's place its first day */
} Axis;

typedef struct {
    FactsCell cell;
    uint64_t  key;
    uint32_t  client; /* the last one that was counted, + 1 */
    uint64_t  sale;
} Counted;

enum { DENSE = 1 << 22 };

typedef struct {
    const FactsView     *view;
    const FactsQuestion *q;
    Arena               *mem;
    Axis                 axis[FACTS_BYS];
    int                  axes;
    uint32_t            *slot; /* by key where there are few, else by its hash: the cell + 1 */
    uint64_t             slots;
    bool                 dense;
    Counted             *cell;
    uint32_t             n, room;
    uint64_t             sale; /* the number of the one at hand in the walk */
} Grouping;

static bool is_step(FactsGrain grain) { return grain >= FACTS_BY_DAY; }

/* ---- names ---- */

/* Which step each day of all sales is in. */
static void steps_make(Grouping *g, Axis *axis)
{
    Span      span = facts_span(g->view);
    ptrdiff_t days = span.high < span.low ? 0 : (ptrdiff_t)span.high - span.low + 1;
    uint32_t *place = NEW_RAW(g->mem, uint32_t, days);
    axis->first = NEW_RAW(g->mem, Day, days);
    axis->low = span.low;
    for (ptrdiff_t i = 0; i < days; i++) {
        Day first = day_step_first((DayStep)(axis->grain - FACTS_BY_DAY), (Day)(span.low + i));
        if (!axis->places || axis->first[axis->places - 1] != first) axis->first[axis->places++] = first;
        place[i] = axis->places - 1;
    }
    axis->place = place;
}

static void axis_make(Grouping *g, const FactsBy *by)
{
    Axis    *axis = &g->axis[g->axes++];
    uint32_t members[] = { g->view->clients, g->view->products, FACTS_SELLERS_MAX + 1, FACTS_CHANNELS_MAX + 1 };
    *axis = (Axis){ .grain = by->grain, .place = by->map };
    if (is_step(by->grain)) steps_make(g, axis);
    else axis->places = by->map ? by->groups : members[by->grain];
}

static uint64_t place_of(const Axis *axis, const Step *s, uint32_t client, uint32_t line)
{
    uint32_t number = 0;
    switch (axis->grain) {
    case FACTS_BY_CLIENT: number = client; break;
    case FACTS_BY_PRODUCT: number = s->part->line_product[line]; break;
    case FACTS_BY_SELLER: number = s->part->sale_seller[s->sale]; break;
    case FACTS_BY_CHANNEL: number = s->part->sale_channel[s->sale]; break;
    default: number = (uint32_t)(s->part->sale_day[s->sale] - axis->low); break;
    }
    return axis->place ? axis->place[number] : number;
}

/* ---- cells ---- */

static uint64_t hash_of(uint64_t key) { return (key * UINT64_C(0x9E3779B97F4A7C15)) >> 20; }

static void slots_make(Grouping *g)
{
    unsigned __int128 all = 1;
    for (int i = 0; i < g->axes; i++) all *= g->axis[i].places ? g->axis[i].places : 1;
    g->dense = all <= DENSE;
    g->slots = g->dense ? (uint64_t)all : 4 * FACTS_CELLS_MOST;
    g->slot = NEW_N(g->mem, uint32_t, (ptrdiff_t)g->slots);
}

static Counted *cell_new(Grouping *g, uint64_t key)
{
    if (g->n == FACTS_CELLS_MOST) return NULL;
    if (g->n == g->room) {
        uint32_t room = g->room * 2 + 1024;
        Counted *wider = NEW_RAW(g->mem, Counted, room);
        if (g->n) memcpy(wider, g->cell, sizeof *wider * g->n);
        g->cell = wider;
        g->room = room;
    }
    g->cell[g->n] = (Counted){ .key = key };
    return &g->cell[g->n++];
}

/* Null: there are more than can be told. */
static Counted *cell_at(Grouping *g, uint64_t key)
{
    uint64_t at = g->dense ? key : hash_of(key) % g->slots;
    for (; g->slot[at]; at = (at + 1) % g->slots)
        if (g->dense || g->cell[g->slot[at] - 1].key == key) return &g->cell[g->slot[at] - 1];
    Counted *cell = cell_new(g, key);
    g->slot[at] = cell ? g->n : 0;
    return cell;
}

static void line_add(Grouping *g, Counted *c, const Step *s, uint32_t client, uint32_t line)
{
    const FactsPart *p = s->part;
    Money            cost = line_cost(g->q, p, line);
    c->cell.revenue += p->line_amount[line];
    c->cell.lines++;
    if (p->line_qty[line] != NONE) c->cell.quantity += p->line_qty[line];
    if (cost != NONE) {
        c->cell.cost += cost;
        c->cell.costed += p->line_amount[line];
    }
    c->cell.sales += c->sale != g->sale;
    c->cell.buyers += c->client != client + 1;
    c->sale = g->sale;
    c->client = client + 1;
}

static uint64_t key_of(const Grouping *g, const Step *s, uint32_t client, uint32_t line)
{
    uint64_t key = 0;
    for (int i = 0; i < g->axes; i++) key = key * g->axis[i].places + place_of(&g->axis[i], s, client, line);
    return key;
}

/* Lines of a sale fall into one cell unless they are told by product. */
static Err sale_add(Grouping *g, const Step *s, uint32_t client, bool apart)
{
    const FactsPart *p = s->part;
    Counted         *c = NULL;
    g->sale++;
    for (uint32_t l = p->sale_lines[s->sale]; l < p->sale_lines[s->sale + 1]; l++) {
        if (!line_asked(g->q, p, l)) continue;
        if (!c || apart) c = cell_at(g, key_of(g, s, client, l));
        if (!c) return TOO_LARGE;
        line_add(g, c, s, client, l);
    }
    return OK;
}

static Err walk_all(Grouping *g)
{
    bool apart = false;
    Day  from = g->q->from, to = g->q->to;
    for (int i = 0; i < g->axes; i++) apart |= g->axis[i].grain == FACTS_BY_PRODUCT;
    for (uint32_t client = 0; client < g->view->clients; client++) {
        Step s;
        if (!client_asked(g->q, client)) continue;
        for (Walk w = walk_of(g->view, client); walk_next(&w, &s);) {
            Day day = s.part->sale_day[s.sale];
            if (to != DAY_NONE && day > to) break;
            if ((from != DAY_NONE && day < from) || !step_asked(g->q, &s)) continue;
            TRY(sale_add(g, &s, client, apart));
        }
    }
    return OK;
}

/* ---- the answer ---- */

static int key_cmp(const void *a, const void *b)
{
    uint64_t x = ((const Counted *)a)->key, y = ((const Counted *)b)->key;
    return x < y ? -1 : x > y;
}

static void cells_tell(Grouping *g, FactsCells *out)
{
    if (g->n) qsort(g->cell, g->n, sizeof *g->cell, key_cmp);
    *out = (FactsCells){ NEW_RAW(g->mem, FactsCell, g->n), g->n };
    for (uint32_t i = 0; i < g->n; i++) {
        uint64_t key = g->cell[i].key;
        out->at[i] = g->cell[i].cell;
        for (int k = g->axes - 1; k >= 0; k--) {
            const Axis *axis = &g->axis[k];
            uint32_t    place = (uint32_t)(key % axis->places);
            out->at[i].key[k] = axis->first ? (uint32_t)axis->first[place] : place;
            key /= axis->places;
        }
    }
}

Err facts_group(const FactsView *view, const FactsQuestion *question, const FactsBy *by, int n, Arena *mem,
                FactsCells *out)
{
    Grouping g = { .view = view, .q = question, .mem = mem };
    for (int i = 0; i < n && i < FACTS_BYS; i++) axis_make(&g, &by[i]);
    slots_make(&g);
    TRY(walk_all(&g));
    cells_tell(&g, out);
    return OK;
}
