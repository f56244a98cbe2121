/* A question to the sales history as a screen puts it. */
#include "sales/insight/asking.h"

#include "analysis/order.h"
#include "sales/insight/asking_sql.h"
#include "sales/insight/classes.h"

#include <stdlib.h>
#include <string.h>

static Facts *the_facts;

void insight_facts(Facts *facts)
{
    the_facts = facts;
}

Facts *insight_the_facts(void)
{
    return the_facts;
}

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

static const char *currency_sign(Str currency)
{
    static const struct { const char *code, *sign; } signs[] = { { "RUB", "₽" }, { "USD", "$" }, { "EUR", "€" }, { "GBP", "£" }, { "KZT", "₸" }, { "BYN", "Br" } };
    for (ptrdiff_t i = 0; i < COUNT(signs); i++)
        if (str_eq(currency, str_of(signs[i].code))) return signs[i].sign;
    return "";
}

static Err voice_of(Work *w, Voice *out)
{
    Rows rows;
    out->lang     = str_eq(w->language, S("ru")) ? LANG_RU : LANG_EN;
    out->currency = "";
    TRY(db_query(w->db, SQL_INSIGHT_CURRENCY, NO_VALS, &rows));
    if (rows_next(&rows)) out->currency = currency_sign(row_text(&rows, 0));
    return rows_end(&rows);
}

/* ---- parameters ---- */

static const char *const measures[] = { "revenue", "margin", "quantity", NULL };
static const char *const kinds[]    = { "client", "product", NULL };

/* "80,95" in percent with up to four decimals each, as parts per million. */
static Err asked_cuts(Request *r, const char *name, Ratio *low, Ratio *high)
{
    Str text = asked_text(r, name), first;
    if (!text.s) return OK;
    Ratio *to[2] = { low, high };
    for (int i = 0; i < 2; i++) {
        int64_t whole = 0, part = 0;
        first         = str_trim(str_cut(&text, ','));
        Str before    = str_cut(&first, '.');
        bool bad = !str_i64(before, &whole) || whole < 0 || whole > 1000 || first.n > 4 || (first.n && (!str_i64(first, &part) || part < 0));
        if (bad) return fail(r->w, INVALID, name, "analysis.bad_cuts");
        for (ptrdiff_t n = first.n; n < 4; n++) part *= 10;
        *to[i] = whole * 10000 + part;
    }
    if (text.n || *low >= *high) return fail(r->w, INVALID, name, "analysis.bad_cuts");
    return OK;
}

static Err ask_period(Asking *a)
{
    Request    *r     = a->r;
    UsualPeriod usual = usual_period(&a->hold.view, r->w->today);
    a->latest   = usual.to;
    a->earliest = usual.earliest;
    a->q.to     = usual.to;
    a->q.from   = DAY_NONE;
    TRY(asked_day(r, "to", &a->q.to));
    TRY(asked_day(r, "from", &a->q.from));
    if (a->q.from == DAY_NONE) a->q.from = usual_from(a->q.to);
    a->q.as_of = usual.as_of;
    if (asked(r, "to") && a->q.as_of > a->q.to + 1) a->q.as_of = a->q.to + 1; /* a period of the past is looked at from its end */
    TRY(asked_day(r, "as_of", &a->q.as_of));
    if (a->q.from > a->q.to) return fail(r->w, INVALID, "to", "analysis.ends_before_it_begins");
    return OK;
}

static Err ask_measure(Asking *a)
{
    int measure = 0, kind = 0;
    TRY(asked_choice(a->r, "measure", measures, &measure));
    TRY(asked_choice(a->r, "of", kinds, &kind));
    a->q.measure  = (Measure)measure;
    a->of_product = kind == 1;
    if (a->q.measure == MEASURE_MARGIN && access_hides(a->r->w->who, "sale", "view", "finance"))
        return fail(a->r->w, DENIED, "measure", "analysis.margin_hidden");
    a->set = REPORT_USUAL;
    TRY(asked_cuts(a->r, "cuts", &a->set.abc.a, &a->set.abc.b));
    TRY(asked_cuts(a->r, "xyz", &a->set.xyz.x, &a->set.xyz.y));
    a->cell  = asked_text(a->r, "cell");
    a->limit = ASKING_LIMIT;
    TRY(asked_i64(a->r, "skip", 0, 100000000, &a->skip));
    return asked_i64(a->r, "limit", 1, ASKING_LIMIT, &a->limit);
}

static Err ask_format(Asking *a)
{
    static const char *const formats[] = { "json", "xlsx", NULL };
    int format = 0;
    TRY(asked_choice(a->r, "format", formats, &format));
    if (format == 0) return OK;
    TRY(access_need(a->r->w, "analysis", "export"));
    if (!asked(a->r, "limit")) a->limit = ASKING_BOOK_LIMIT;
    return book_begin(a->r->w, &a->book);
}

/* ---- who is counted ---- */

typedef struct {
    int64_t  *id;
    ptrdiff_t n;
} Ids;

static Err read_ids(Work *w, Str sql, const Val *vals, int n, Ids *out)
{
    Rows rows;
    Buf  b = buf_new(w->mem, 4096);
    TRY(db_query(w->db, sql, vals, n, &rows));
    while (rows_next(&rows)) {
        int64_t id = row_int(&rows, 0);
        buf_put(&b, (Str){ (const char *)&id, sizeof id });
    }
    *out    = (Ids){ .n = b.len / (ptrdiff_t)sizeof(int64_t) };
    out->id = NEW_RAW(w->mem, int64_t, out->n);
    if (out->n) memcpy(out->id, b.data, (size_t)b.len);
    return rows_end(&rows);
}

static void keep_only(Asking *a, const Ids *ids)
{
    const FactsView *view = &a->hold.view;
    uint64_t        *bits = facts_client_bits(the_facts, view, ids->id, ids->n, a->r->w->mem);
    for (uint32_t i = 0; a->q.clients && i <= view->clients / 64; i++) bits[i] &= a->q.clients[i];
    a->q.clients = bits;
}

static Err ask_people(Asking *a)
{
    Work *w = a->r->w;
    Ids   ids;
    if (access_scope(w->who, "client", "view") != SCOPE_ALL) {
        ScopeValues values = { 0 };
        Str         sql    = scope_expand(w->mem, SQL_INSIGHT_VISIBLE, w->who, 1, &values);
        Val         vals[8];
        for (int i = 0; i < values.count; i++) vals[i] = val_int(values.value[i]);
        TRY(read_ids(w, sql, vals, values.count, &ids));
        keep_only(a, &ids);
    }
    a->class_ = asked_text(a->r, "class");
    if (!a->class_.n) return OK;
    TRY(read_ids(w, SQL_INSIGHT_CLASS, VALS(val_text(a->class_)), &ids));
    keep_only(a, &ids);
    return OK;
}

static Err ask_filters(Asking *a)
{
    Arena *mem = a->r->w->mem;
    TRY(asked_i64(a->r, "channel", 1, INT64_C(1) << 53, &a->channel));
    TRY(asked_i64(a->r, "seller", 1, INT64_C(1) << 53, &a->seller));
    if (a->channel) a->q.channels = facts_channel_set(the_facts, &a->channel, 1, mem);
    if (a->seller) a->q.sellers = facts_seller_set(the_facts, &a->seller, 1, mem);
    return OK;
}

static void let_go(void *hold)
{
    facts_release(the_facts, hold);
}

Err asking_hold(Request *r, Asking *a)
{
    Work         *w    = r->w;
    FactsProgress p    = facts_progress(the_facts);
    FactsHold    *hold = NEW(w->mem, FactsHold);
    *a = (Asking){ .r = r };
    if (!p.ready) return fail(w, BUSY, NULL, "analysis.loading", arg_count("done", p.done), arg_count("total", p.total));
    TRY(facts_hold(the_facts, w->db, hold));
    a->hold = *hold;
    work_own(w, hold, let_go);
    return OK;
}

Err asking_begin(Request *r, Asking *out)
{
    TRY(asking_hold(r, out));
    TRY(voice_of(r->w, &out->voice));
    TRY(ask_period(out));
    TRY(ask_measure(out));
    TRY(ask_format(out));
    TRY(ask_people(out));
    return ask_filters(out);
}

Err asking_answer(Asking *a)
{
    Work *w = a->r->w;
    a->a    = facts_ask(&a->hold.view, &a->q, w->mem);
    return report_make(&a->a.summary, a->set, w->mem, w->scratch, &a->report);
}

FactsAnswer asking_again(Asking *a, Day from, Day to, Measure measure)
{
    FactsQuestion q = a->q;
    q.from    = from;
    q.to      = to;
    q.as_of   = to + 1;
    q.measure = measure;
    return facts_ask(&a->hold.view, &q, a->r->w->mem);
}

/* ---- names ---- */

enum { NAMES_AT_ONCE = 1000 };

typedef struct {
    int64_t   id;
    ptrdiff_t at;
} Wanted;

static int by_id(const void *a, const void *b)
{
    const Wanted *x = a, *y = b;
    return x->id == y->id ? (x->at > y->at) - (x->at < y->at) : x->id < y->id ? -1 : 1;
}

static ptrdiff_t first_wanted(const Wanted *wanted, ptrdiff_t n, int64_t id)
{
    ptrdiff_t low = 0;
    for (ptrdiff_t high = n; low < high;) {
        ptrdiff_t middle = (low + high) / 2;
        if (wanted[middle].id < id) low = middle + 1;
        else high = middle;
    }
    return low;
}

static Err names_portion(Work *w, Str sql, const int64_t *ids, ptrdiff_t n, Str *out)
{
    Rows    rows;
    Wanted *wanted = NEW_RAW(w->mem, Wanted, n);
    for (ptrdiff_t i = 0; i < n; i++) wanted[i] = (Wanted){ ids[i], i };
    qsort(wanted, (size_t)n, sizeof *wanted, by_id);
    TRY(db_query(w->db, sql, VALS(val_ids(ids, n)), &rows));
    while (rows_next(&rows)) {
        int64_t id   = row_int(&rows, 0);
        Str     name = str_copy(w->mem, row_text(&rows, 1));
        for (ptrdiff_t k = first_wanted(wanted, n, id); k < n && wanted[k].id == id; k++) out[wanted[k].at] = name;
    }
    return rows_end(&rows);
}

Err asking_names(Asking *a, const char *entity, const int64_t *ids, ptrdiff_t n, Str *out)
{
    Str sql = str_eq(str_of(entity), S("product")) ? SQL_INSIGHT_PRODUCT_NAMES : SQL_INSIGHT_CLIENT_NAMES;
    for (ptrdiff_t i = 0; i < n; i++) out[i] = S("");
    for (ptrdiff_t at = 0; at < n; at += NAMES_AT_ONCE)
        TRY(names_portion(a->r->w, sql, ids + at, n - at < NAMES_AT_ONCE ? n - at : NAMES_AT_ONCE, out + at));
    return OK;
}

uint32_t asking_number(const Asking *a, int64_t client)
{
    uint32_t number;
    facts_client_numbers(the_facts, &client, 1, &number);
    return number < a->hold.view.clients ? number : 0;
}

/* ---- members of a cell ---- */

Err members_find(Asking *a, IsMember is, Members *out)
{
    Work          *w     = a->r->w;
    const Summary *s     = &a->a.summary;
    const Money   *money = a->of_product ? s->product_money : s->money;
    ptrdiff_t      n     = a->of_product ? s->products : s->clients;
    uint32_t      *order = NEW_RAW(w->mem, uint32_t, n);
    ptrdiff_t      room  = a->limit < n ? a->limit : n;
    int64_t       *ids   = NEW_RAW(w->mem, int64_t, room);
    order_largest(money, n, order, w->scratch);
    *out = (Members){ .at = NEW_RAW(w->mem, uint32_t, room), .name = NEW_RAW(w->mem, Str, room) };
    for (ptrdiff_t i = 0; i < n; i++) {
        if (is ? !is(a, order[i]) : !a->of_product && !s->in_period[order[i]]) continue;
        out->amount += money[order[i]];
        if (out->all >= a->skip && out->n < a->limit) {
            ids[out->n]      = (a->of_product ? a->a.product_id : a->a.client_id)[order[i]];
            out->at[out->n++] = order[i];
        }
        out->all++;
    }
    return asking_names(a, a->of_product ? "product" : "client", ids, out->n, out->name);
}

void members_total(Tables *t, const Members *m)
{
    static const Column columns[] = { { "items", CELL_COUNT }, { "amount", CELL_MEASURE } };
    table_begin(t, "total", columns, COUNT(columns));
    table_row(t, (Datum[]){ d_count(m->all), d_wide(m->amount) });
    table_end(t);
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

static void put_text(JsonOut *j, const char *key, Str text)
{
    js_key(j, key);
    if (text.n) js_str(j, text);
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
    js_c(j, measures[a->q.measure]);
    js_key(j, "of");
    js_c(j, kinds[a->of_product]);
    put_id(j, "channel", a->channel);
    put_id(j, "seller", a->seller);
    put_text(j, "class", a->class_);
    put_text(j, "cell", a->cell);
    put_cuts(j, "cuts", a->set.abc.a, a->set.abc.b);
    put_cuts(j, "xyz", a->set.xyz.x, a->set.xyz.y);
    js_end(j);
}

/* The first sheet of a book: the sentence and how it was computed. */
static void put_about(Asking *a, Str sentence, Str how, Tables *t)
{
    static const Column columns[] = { { "about", CELL_TEXT } };
    tables_begin(t, NULL, a->book->out, a->voice, a->q.measure, a->r->w->scratch);
    table_begin(t, "about", columns, COUNT(columns));
    table_row(t, (Datum[]){ d_text(sentence) });
    table_row(t, (Datum[]){ d_text(how) });
    table_end(t);
}

void asking_open(Asking *a, Str sentence, const char *how_key, Tables *t)
{
    JsonOut *j   = &a->r->out;
    Str      how = asking_say(a, how_key, arg_day("from", a->q.from), arg_day("to", a->q.to), arg_day("as_of", a->q.as_of));
    if (a->book) {
        put_about(a, sentence, how, t);
        return;
    }
    js_object(j);
    put_settings(a, j);
    js_key(j, "sentence");
    js_str(j, sentence);
    js_key(j, "how");
    js_str(j, how);
    if (a->tells_coverage || a->q.measure == MEASURE_MARGIN) {
        js_key(j, "coverage");
        js_object(j);
        js_key(j, "revenue");
        js_wide_money(j, a->a.revenue);
        js_key(j, "costed");
        js_wide_money(j, a->a.costed);
        js_key(j, "share");
        js_share(j, a->a.costed, a->a.revenue);
        js_end(j);
    }
    tables_begin(t, j, NULL, a->voice, a->q.measure, a->r->w->scratch);
}

Err asking_close(Asking *a, Tables *t)
{
    tables_end(t);
    if (!a->book) {
        js_end(&a->r->out);
        return OK;
    }
    Str path = str_of(a->r->route->path), name = path;
    for (ptrdiff_t at = 0; (at = str_find(name, S("/"))) >= 0;) name = str_from(name, at + 1);
    return book_send(a->r, a->book, str_fmt(a->r->w->mem, "%.*s.xlsx", (int)name.n, name.s));
}
