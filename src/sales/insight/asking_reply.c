/* How an answer is said and sent: its words, the settings it was given for, and its tables as JSON or as a book. */
#include "sales/insight/asking.h"

#include <string.h>

/* ---- words ---- */

Str asking_words(Asking *a, const char *key, const Arg *args, int count)
{
    static const char *const of[] = { "measure.of.revenue", "measure.of.margin", "measure.of.quantity" };
    Buf  b   = buf_new(a->r->w->mem, 256);
    Arg *all = NEW_RAW(a->r->w->mem, Arg, count + 1);
    if (count) memcpy(all, args, (size_t)count * sizeof *all);
    all[count] = arg_word("of", of[a->q.measure]); /* "80 % of the revenue" */
    words_put(&b, a->voice, key, all, count + 1);
    return buf_str(&b);
}

Str asking_share(Asking *a, Wide part, Wide whole)
{
    Buf b = buf_new(a->r->w->mem, 32);
    share_put(&b, a->voice, ratio_of(part, whole), 1);
    return buf_str(&b);
}

Str asking_money(Asking *a, Wide amount)
{
    Buf b = buf_new(a->r->w->mem, 64);
    if (a->q.measure == MEASURE_QUANTITY) count_put(&b, (Voice){ a->voice.lang, NULL }, round_div(amount, 1000));
    else about_put(&b, a->voice, amount);
    return buf_str(&b);
}

/* ---- the reply ---- */

static void put_cuts(JsonOut *j, const char *key, Ratio low, Ratio high)
{
    js_key(j, key);
    js_array(j);
    js_share(j, low, RATIO_ONE);
    js_share(j, high, RATIO_ONE);
    js_end(j);
}

static void put_id(JsonOut *j, const char *key, int64_t id)
{
    js_key(j, key);
    if (id) js_i64(j, id);
    else js_null(j);
}

static void put_settings(Asking *a, JsonOut *j)
{
    js_key(j, "settings");
    js_object(j);
    js_key(j, "from");
    js_day(j, a->q.from);
    js_key(j, "to");
    js_day(j, a->q.to);
    js_key(j, "as_of");
    js_day(j, a->q.as_of);
    js_key(j, "earliest");
    js_day(j, a->earliest);
    js_key(j, "latest");
    js_day(j, a->latest);
    js_key(j, "measure");
    js_c(j, asking_measures[a->q.measure]);
    js_key(j, "measures");
    js_array(j);
    for (int i = 0; asking_measures[i]; i++)
        if (i != MEASURE_MARGIN || a->reach.cost) js_c(j, asking_measures[i]);
    js_end(j);
    js_key(j, "of");
    js_c(j, asking_kinds[a->of_product]);
    put_id(j, "channel", a->channel);
    put_id(j, "seller", a->seller);
    put_id(j, "client", a->client);
    put_id(j, "product", a->product);
    js_put_text(j, "class", a->class_);
    js_put_text(j, "cell", a->cell);
    put_cuts(j, "cuts", a->set.abc.a, a->set.abc.b);
    put_cuts(j, "xyz", a->set.xyz.x, a->set.xyz.y);
    js_end(j);
}

/* The first sheet of a book: the sentence and how it was computed. */
static void put_about(Asking *a, Str sentence, Str how, Tables *t)
{
    static const Column columns[] = { { "about", CELL_TEXT } };
    tables_begin(t, NULL, a->book->out, a->voice, a->q.measure, !a->reach.cost, a->r->w->scratch);
    table_begin(t, "about", columns, COUNT(columns));
    table_row(t, (Datum[]){ d_text(sentence) });
    table_row(t, (Datum[]){ d_text(how) });
    table_end(t);
}

/* Costs and quantities are not known of every sale: of how much of the revenue the answer can speak is part of it. */
static bool tells_coverage(const Asking *a)
{
    return a->tells_coverage || (a->answered && a->q.measure != MEASURE_REVENUE);
}

void asking_open(Asking *a, Str sentence, const char *how_key, Tables *t)
{
    JsonOut *j   = &a->r->out;
    if (a->answered && a->a.summary.clients + a->others == 0)
        sentence = asking_say(a, "analysis.nothing"); /* not "0 of everything" */
    else if (a->q.measure != MEASURE_REVENUE && tells_coverage(a) && a->a.covered == 0)
        sentence = asking_say(a, a->q.measure == MEASURE_MARGIN ? "analysis.no_cost" : "analysis.no_quantity");
    Str how = asking_say(a, how_key, arg_day("from", a->q.from), arg_day("to", a->q.to), arg_day("as_of", a->q.as_of));
    if (a->book) {
        put_about(a, sentence, how, t);
        t->order = &a->order;
        return;
    }
    js_object(j);
    put_settings(a, j);
    js_key(j, "sentence");
    js_str(j, sentence);
    js_key(j, "how");
    js_str(j, how);
    if (tells_coverage(a)) {
        js_key(j, "coverage");
        js_object(j);
        js_key(j, "revenue");
        js_wide_money(j, a->a.revenue);
        js_key(j, a->q.measure == MEASURE_QUANTITY ? "counted" : "costed");
        js_wide_money(j, a->a.covered);
        js_key(j, "share");
        js_share(j, a->a.covered, a->a.revenue);
        js_end(j);
    }
    tables_begin(t, j, NULL, a->voice, a->q.measure, !a->reach.cost, a->r->w->scratch);
    t->order = &a->order;
}

Err asking_close(Asking *a, Tables *t)
{
    tables_end(t);
    if (a->order.err) return a->order.err;
    if (a->order.column.n && !a->order.met)
        return fail(a->r->w, INVALID, "sort", "analysis.no_column", arg_text("column", a->order.column));
    if (!a->book) {
        js_end(&a->r->out);
        return OK;
    }
    Str path = str_of(a->r->route->path), name = path;
    for (ptrdiff_t at = 0; (at = str_find(name, S("/"))) >= 0;) name = str_from(name, at + 1);
    return book_send(a->r, a->book, str_fmt(a->r->w->mem, "%.*s.xlsx", (int)name.n, name.s));
}
