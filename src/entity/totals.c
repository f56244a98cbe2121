/* Sums of a list and of its groups. */
#include "entity/totals.h"

#include "entity/paths.h"

static Fields fields_of(Work *w, const Entity *e, const char *verb)
{
    Fields        all = entity_fields(w, e);
    const Field **these = NEW_RAW(w->mem, const Field *, all.n);
    int           n = 0;
    for (int i = 0; i < all.n; i++)
        if (all.at[i]->total && !access_hides(w->who, entity_above(e)->name, verb, all.at[i]->mask))
            these[n++] = all.at[i];
    return (Fields){ these, n };
}

static Figures totalled(Work *w, Figures asked)
{
    const Figure **these = NEW_RAW(w->mem, const Figure *, asked.n);
    int            n = 0;
    for (int i = 0; i < asked.n; i++)
        if (asked.at[i]->total) these[n++] = asked.at[i];
    return (Figures){ these, n };
}

Err totals_asked(Work *w, const Entity *e, const char *verb, Str figures, Totals *out)
{
    *out = (Totals){ .fields = fields_of(w, e, verb) };
    TRY(figures_asked(w, e, verb, figures, &out->figures));
    out->figures = totalled(w, out->figures);
    out->n = out->fields.n + out->figures.n;
    return OK;
}

void totals_column(const Totals *totals, int i, Buf *sql)
{
    int figure = i - totals->fields.n;
    if (figure < 0) buf_fmt(sql, "t.%s", totals->fields.at[i]->name);
    else buf_fmt(sql, "counted%d.%s", figure, totals->figures.at[figure]->value);
}

void totals_write(Work *w, Arena *mem, const Entity *e, const Totals *totals, Buf *sql, Binds *binds)
{
    for (int i = 0; i < totals->fields.n; i++) buf_fmt(sql, ", sum(t.%s)", totals->fields.at[i]->name);
    for (int i = 0; i < totals->figures.n; i++) buf_fmt(sql, ", sum(counted%d.%s)", i, totals->figures.at[i]->value);
    rows_from(e, sql);
    figures_join(w, mem, totals->figures, "t", "counted", sql, binds);
}

Wide *totals_row(Arena *mem, const Totals *totals, const Rows *row, int column)
{
    Wide *sums = NEW_RAW(mem, Wide, totals->n);
    for (int i = 0; i < totals->n; i++) sums[i] = row_wide(row, column + i);
    return sums;
}

/* Whole numbers are told as texts too: their sum may be larger than a number of JSON. */
static void total_json(JsonOut *to, const char *name, TypeId type, Wide sum)
{
    js_key(to, name);
    if (type == TYPE_money) js_wide_money(to, sum);
    else js_wide_qty(to, type == TYPE_int ? sum * 1000 : sum);
}

void totals_json(JsonOut *to, const Totals *totals, const Wide *sums)
{
    js_key(to, "totals");
    js_object(to);
    for (int i = 0; i < totals->fields.n; i++)
        total_json(to, totals->fields.at[i]->name, totals->fields.at[i]->type, *sums++);
    for (int i = 0; i < totals->figures.n; i++)
        total_json(to, totals->figures.at[i]->name, totals->figures.at[i]->type, *sums++);
    js_end(to);
}
