/* What in a file of sales could be taken in another way: told, because a figure must not be silently another one. */
#include "core/utf8.h"
#include "sales/exchange/columns_inside.h"

typedef struct {
    Arena            *mem;
    const Recognised *r;
    const SalesColumns *c;
    SalesDoubt       *out;
    int               n;
} Doubts;

static void doubt(Doubts *d, const char *key, Arg one, Arg other)
{
    if (d->n < SALES_DOUBTS_MAX) d->out[d->n++] = (SalesDoubt){ .key = key, .args = { one, other } };
}

static bool is_mapped(const SalesColumns *c, int at)
{
    for (int i = 0; i < COL_COUNT; i++)
        if (c->at[i] == at) return true;
    return false;
}

/* Do two columns say the same wherever both say something? */
static bool columns_agree(const Recognised *r, int a, int b)
{
    for (ptrdiff_t i = 0; i < r->rows; i++) {
        Str one = row_cell(&r->row[i], a), other = row_cell(&r->row[i], b);
        if (one.n && other.n && !str_eq(one, other)) return false;
    }
    return true;
}

enum { SURE = 1000 };

/* The free columns whose whole name and cells say `column` as well, though they say something else. */
static Str rivals(const Doubts *d, SalesColumn column)
{
    Buf names = buf_new(d->mem, 256);
    for (int at = 0; at < d->r->form.columns; at++) {
        Arena scratch = *d->mem;
        if (is_mapped(d->c, at) || column_name_score(column_words(&scratch, d->r->names[at]), column) < SURE) continue;
        if (!column_may_be(d->r, at, column) || columns_agree(d->r, at, d->c->at[column])) continue;
        if (names.len) buf_c(&names, ", ");
        buf_put(&names, d->r->names[at]);
    }
    return buf_str(&names);
}

static void other_column(Doubts *d, const bool *told, SalesColumn column, const char *key)
{
    if (told[column] || d->c->at[column] < 0) return;
    Str others = rivals(d, column);
    if (others.n) doubt(d, key, arg_text("column", d->r->names[d->c->at[column]]), arg_text("others", others));
}

/* 5, 0.15, 10 %; not 0,00 and not a dash. */
static bool is_discount(Str cell)
{
    for (ptrdiff_t i = 0; i < cell.n; i++)
        if (cell.s[i] >= '1' && cell.s[i] <= '9') return true;
    return false;
}

/* Orders that came to nothing, as shops and sales funnels name their states; folded. */
static bool is_cancelled(Str cell)
{
    static const char *const states[] = { "отмен", "аннулир", "удален", "возвра", "отказ", "не выкуп", "невыкуп", "проигр", "провал", "закрыто и не реал", "черновик",
                                          "cancel", "void", "deleted", "reject", "declin", "return", "refunded", "closed lost", "lost", "draft" };
    char  room[256];
    Arena mem  = { .beg = room, .end = room + sizeof room, .floor = room };
    Str   said = name_find(&mem, str_upto(cell, 60));
    for (ptrdiff_t i = 0; i < COUNT(states); i++)
        if (str_starts(said, str_of(states[i]))) return true;
    return false;
}

/* The first cell that passes the test in the free columns of a name. */
static void other_cell(Doubts *d, SideName name, bool (*test)(Str), const char *key)
{
    for (int at = 0; at < d->r->form.columns; at++) {
        Arena scratch = *d->mem;
        if (is_mapped(d->c, at) || side_name_score(column_words(&scratch, d->r->names[at]), name) == 0) continue;
        for (ptrdiff_t i = 0; i < d->r->rows; i++) {
            Str cell = row_cell(&d->r->row[i], at);
            if (!cell.n || !test(cell)) continue;
            doubt(d, key, arg_text("column", d->r->names[at]), arg_text("text", cell));
            return;
        }
    }
}

static const char *number_doubt(NumberForm form)
{
    return form.decimal == ',' ? "analyze.doubt.comma_fraction" : form.group == ',' ? "analyze.doubt.comma_thousands" : "analyze.doubt.point_fraction";
}

int sales_doubts(Arena *mem, const Recognised *r, const SalesColumns *c, Str told, SalesDoubt out[SALES_DOUBTS_MAX])
{
    Doubts d     = { .mem = mem, .r = r, .c = c, .out = out };
    bool   priced = c->at[COL_AMOUNT] < 0, is_told[COL_COUNT];
    columns_which_told(told, is_told);
    if (r->number_doubt) doubt(&d, number_doubt(r->form.number), (Arg){ 0 }, (Arg){ 0 });
    if (r->day_doubt) doubt(&d, r->form.day == DAY_MDY ? "analyze.doubt.month_first" : "analyze.doubt.day_first", (Arg){ 0 }, (Arg){ 0 });
    other_column(&d, is_told, COL_AMOUNT, "analyze.doubt.other_amount");
    other_column(&d, is_told, COL_DATE, "analyze.doubt.other_date");
    if (priced && !is_told[COL_PRICE]) other_cell(&d, NAME_DISCOUNT, is_discount, "analyze.doubt.discount");
    other_cell(&d, NAME_STATE, is_cancelled, "analyze.doubt.cancelled");
    if (r->other_sheets.n) doubt(&d, "analyze.doubt.other_sheets", arg_text("sheet", r->sheet_names[r->form.sheet]), arg_text("others", r->other_sheets));
    return d.n;
}
