/* What the base says, in words: each finding with its deed and its price; and who stands behind each part of a price.
 */
#include "analysis/findings.h"
#include "sales/insight/answers.h"
#include "sales/insight/asking.h"

/* ---- the question ---- */

typedef struct {
    Asking  *a;
    Findings found;
    Changes  changes;
} Saying;

static Err look(Saying *s)
{
    Asking *a = s->a;
    Work   *w = a->r->w;
    changes_find(&a->report, FALLING_USUAL, w->scratch, &s->changes);
    TRY(work_pulse(w));
    findings_find((FindingsOf){ &a->report, &s->changes, a->whole, a->a.margin, a->a.costed }, w->mem, w->scratch,
                  &s->found);
    return work_pulse(w);
}

/* ---- in words ---- */

/* What the clients are called whom the findings name: asked for at once. */
typedef struct {
    Str client, first[CLAIMS_MAX];
} Names;

static Err names_of(const Saying *s, const Finding *found, int count, Names *out)
{
    enum { EACH = 1 + CLAIMS_MAX };
    int64_t ids[FINDINGS_MAX * EACH];
    Str    *to[FINDINGS_MAX * EACH], name[FINDINGS_MAX * EACH];
    int     n = 0;
    for (int i = 0; i < count; i++) {
        out[i] = (Names){ .client = S("") };
        for (int k = 0; k < EACH; k++) {
            ptrdiff_t place = k ? k <= found[i].claims ? found[i].claim[k - 1].first : -1 : found[i].client;
            if (place < 0) continue;
            ids[n] = s->a->a.client_id[place];
            to[n++] = k ? &out[i].first[k - 1] : &out[i].client;
        }
    }
    TRY(asking_names(s->a, "client", ids, n, name));
    for (int k = 0; k < n; k++) *to[k] = name[k];
    return OK;
}

static Str say(const Saying *s, const FindingClaim *c, const char *form, FindingPeople who)
{
    Arena *mem = s->a->r->w->mem;
    Arg    args[CLAIM_ARGS];
    int    n = finding_args(&s->found, c, who, args);
    return asking_words(s->a, str_c(mem, str_fmt(mem, form, finding_keys[c->name])), args, n);
}

/* All that holds of a finding's clients, one sentence behind the other. */
static Str text_of(const Saying *s, const Finding *f, const Names *names)
{
    Buf b = buf_new(s->a->r->w->mem, 256);
    for (int i = 0; i < f->claims; i++) {
        if (i) buf_char(&b, ' ');
        buf_put(&b, say(s, &f->claim[i], f->client < 0 ? "%s" : "%s.one",
                        (FindingPeople){ names->client, names->first[i] }));
    }
    return buf_str(&b);
}

/* What a price comes to, or why there is none; nothing behind a note. */
static Str price_said(const Saying *s, const FindingClaim *c)
{
    Arg         args[CLAIM_ARGS];
    const char *key = finding_price_key(c);
    int         n = finding_args(&s->found, c, (FindingPeople){ { 0 }, { 0 } }, args);
    return key ? asking_words(s->a, key, args, n) : S("");
}

/* ---- where a finding leads ---- */

static const char *with_month(Asking *a, const char *before, Month month)
{
    Buf b = buf_new(a->r->w->mem, 64);
    buf_c(&b, before);
    buf_month(&b, month);
    return str_c(a->r->w->mem, buf_str(&b));
}

/* The very months of which the finding speaks. */
static const char *year_door(Asking *a, const Changes *c)
{
    Month last = c->whole.first + c->whole.count - 1;
    const struct {
        const char *name;
        Day         day;
    } ends[] = {
        { "?from=", month_first(last - 11) },
        { "&to=", month_last(last) },
        { "&before_from=", month_first(last - 23) },
        { "&before_to=", month_last(last - 12) },
    };
    Buf b = buf_new(a->r->w->mem, 128);
    buf_c(&b, "/analysis/why");
    for (int i = 0; i < (int)COUNT(ends); i++) {
        buf_c(&b, ends[i].name);
        buf_day(&b, ends[i].day);
    }
    return str_c(a->r->w->mem, buf_str(&b));
}

static const char *door_of(const Saying *s, const Finding *f)
{
    Arena              *mem = s->a->r->w->mem;
    const FindingClaim *c = &f->claim[0];
    if (f->client >= 0) return str_c(mem, str_fmt(mem, "/clients/%lld", (long long)s->a->a.client_id[f->client]));
    switch (c->name) {
    case FINDING_FELL: return with_month(s->a, "/analysis/dynamics?cell=fall-", c->month);
    case FINDING_YEAR_UP:
    case FINDING_YEAR_DOWN: return year_door(s->a, &s->changes);
    case FINDING_PARETO: return "/analysis/abc?cell=A";
    case FINDING_ALL_ALIKE: return "/analysis/abc";
    case FINDING_MIDDLE_IS_THIN: return "/analysis/abc?cell=B";
    case FINDING_TAIL_IS_LONG: return "/analysis/abc?cell=C";
    default: return str_c(mem, str_fmt(mem, "/analysis/finding?cell=%s.now", finding_name(c->name)));
    }
}

/* ---- the tables ---- */

/* What the sentence speaks of: of a note its own sum, of the others what a year of its clients comes to. */
static Datum amount_of(const FindingClaim *c) { return d_wide(c->pricing == PRICE_NONE ? c->money : c->base); }

static Err put_findings(const Saying *s, Tables *t, const Finding *found, int count)
{
    static const Column columns[] = { { "item", CELL_COUNT },   { "kind", CELL_CLASS }, { "text", CELL_TEXT },
                                      { "amount", CELL_MONEY }, { "verb", CELL_TEXT },  { "to", CELL_TEXT },
                                      { "client", CELL_CLIENT } };
    Names               names[FINDINGS_MAX];
    TRY(names_of(s, found, count, names));
    table_begin(t, "items", columns, COUNT(columns));
    for (int i = 0; i < count; i++) {
        const Finding      *f = &found[i];
        const FindingClaim *c = &f->claim[0];
        table_row(t, (Datum[]){ d_count(i + 1), d_c(finding_kinds[finding_kind(c->name)]),
                                d_text(text_of(s, f, &names[i])), amount_of(c),
                                d_text(say(s, c, "%s.verb", (FindingPeople){ { 0 }, { 0 } })), d_c(door_of(s, f)),
                                f->client < 0 ? d_none() : d_named(s->a->a.client_id[f->client], names[i].client) });
    }
    table_end(t);
    return OK;
}

/* base x turned / before = worth: the parts of each price.  What was not looked at, or is no price, is empty. */
static void put_price(const Saying *s, Tables *t, int item, const FindingClaim *c)
{
    bool past = c->pricing == PRICED || c->pricing == PRICE_FEW || c->pricing == PRICE_NOTHING;
    bool has = c->pricing == PRICED || c->pricing == PRICE_KNOWN;
    table_row(
        t, (Datum[]){ d_count(item), d_c(finding_name(c->name)), d_c(finding_kinds[finding_kind(c->name)]),
                      has ? d_wide(c->worth) : d_none(), d_text(price_said(s, c)),
                      c->pricing == PRICED ? d_text(say(s, c, "%s.past", (FindingPeople){ { 0 }, { 0 } })) : d_none(),
                      d_count(c->clients), d_wide(c->base), past ? d_day(s->found.past.day) : d_none(),
                      past ? d_count(c->of) : d_none(), past ? d_wide(c->before) : d_none(),
                      past ? d_count(c->turners) : d_none(), past ? d_wide(c->turned) : d_none() });
}

static void put_prices(const Saying *s, Tables *t, const Finding *found, int count)
{
    static const Column columns[] = { { "item", CELL_COUNT },    { "finding", CELL_CLASS }, { "kind", CELL_CLASS },
                                      { "worth", CELL_MONEY },   { "said", CELL_TEXT },     { "reckoning", CELL_TEXT },
                                      { "clients", CELL_COUNT }, { "base", CELL_MONEY },    { "as_of", CELL_DAY },
                                      { "of", CELL_COUNT },      { "before", CELL_MONEY },  { "turners", CELL_COUNT },
                                      { "turned", CELL_MONEY } };
    table_begin(t, "prices", columns, COUNT(columns));
    for (int i = 0; i < count; i++)
        for (int k = 0; k < found[i].claims; k++)
            if (found[i].claim[k].pricing != PRICE_NONE) put_price(s, t, i + 1, &found[i].claim[k]);
    table_end(t);
}

static Err begin(Request *r, Asking *a, Saying *s)
{
    TRY(asking_begin(r, a));
    *s = (Saying){ .a = a };
    a->of_product = false;
    a->q.measure = MEASURE_REVENUE;
    a->q.margins = a->reach.cost;
    return OK;
}

Err answer_findings(Request *r)
{
    Asking  a;
    Tables  t;
    Saying  s;
    Finding one;
    int64_t about = 0;
    TRY(begin(r, &a, &s));
    TRY(asked_i64(r, "about", 1, INT64_C(1) << 53, &about));
    TRY(asking_answer(&a));
    TRY(look(&s));
    const Finding *found = s.found.at;
    int            count = s.found.count;
    if (about) {
        uint32_t place = asking_place(&a, about);
        found = &one;
        count = place != UINT32_MAX && findings_of_client(&s.found, place, &one);
    }
    asking_open(&a,
                asking_say(&a, count ? "findings.sentence" : "findings.nothing",
                           arg_text("money", asking_money(&a, a.a.revenue)), arg_count("n", a.report.clients)),
                "findings.how", &t);
    TRY(put_findings(&s, &t, found, count));
    put_prices(&s, &t, found, count);
    return asking_close(&a, &t);
}

/* ---- who stands behind a part of a price: the cells "lost.now", "lost.then", "lost.turned" ---- */

typedef struct {
    FindingName name;
    FindingPart part;
} Behind;

static const char *cell_of(Arena *mem, FindingName name, int part)
{
    return str_c(mem, str_fmt(mem, "%s.%s", finding_name(name), finding_parts[part]));
}

static bool behind_of(Arena *mem, Str cell, Behind *out)
{
    for (int name = 0; name < FINDING_FELL; name++)
        for (int part = 0; part < FINDING_PARTS; part++) {
            if (!str_eq(cell, str_of(cell_of(mem, (FindingName)name, part)))) continue;
            *out = (Behind){ (FindingName)name, (FindingPart)part };
            return true;
        }
    return false;
}

/* How many and how much is behind each part, and the cell that lists them. */
static void put_parts(const Saying *s, Tables *t, FindingName name)
{
    static const Column columns[] = { { "cell", CELL_CLASS }, { "clients", CELL_COUNT }, { "amount", CELL_MONEY } };
    table_begin(t, "parts", columns, COUNT(columns));
    for (int part = 0; part < FINDING_PARTS; part++) {
        Wide    sum = 0;
        int64_t n = 0;
        Money   amount;
        for (ptrdiff_t i = 0; i < s->a->a.summary.clients; i++) {
            n += finding_member(&s->found, name, (FindingPart)part, i, &amount);
            sum += amount;
        }
        table_row(t, (Datum[]){ d_c(cell_of(s->a->r->w->mem, name, part)), d_count(n), d_wide(sum) });
    }
    table_end(t);
}

static Err put_members(const Saying *s, Tables *t, const Members *m, const Money *amount)
{
    static const Column columns[] = { { "client", CELL_CLIENT }, { "amount", CELL_MONEY }, { "last", CELL_DAY } };
    const Summary      *sum = &s->a->a.summary;
    table_begin(t, "items", columns, COUNT(columns));
    for (ptrdiff_t i = 0; i < m->n; i++) {
        uint32_t at = m->at[i];
        table_row(t, (Datum[]){ d_named(s->a->a.client_id[at], m->name[i]), d_wide(amount[at]), d_day(sum->last[at]) });
    }
    table_end(t);
    members_total(t, m);
    return OK;
}

static Err members_of(const Saying *s, Behind behind, Money **amount, Members *out)
{
    Asking   *a = s->a;
    ptrdiff_t n = a->a.summary.clients;
    bool     *is = NEW_RAW(a->r->w->mem, bool, n);
    *amount = NEW_N(a->r->w->mem, Money, n);
    for (ptrdiff_t i = 0; i < n; i++) is[i] = finding_member(&s->found, behind.name, behind.part, i, &(*amount)[i]);
    return members_list(a, (Listing){ .list = "items", .id = a->a.client_id, .amount = *amount, .is = is, .n = n },
                        out);
}

Err answer_finding(Request *r)
{
    static const char *const said[FINDING_PARTS] = { "finding.part.now", "finding.part.then", "finding.part.turned" };
    Asking                   a;
    Tables                   t;
    Saying                   s;
    Members                  m;
    Money                   *amount;
    Behind                   behind = { FINDING_LOST, BEHIND_NOW };
    TRY(begin(r, &a, &s));
    TRY(asking_cell(&a, behind_of(r->w->mem, a.cell, &behind)));
    TRY(asking_answer(&a));
    TRY(look(&s));
    TRY(members_of(&s, behind, &amount, &m));
    Str who = asking_say(&a, str_c(r->w->mem, str_fmt(r->w->mem, "%s.who", finding_keys[behind.name])));
    asking_open(&a,
                asking_say(&a, said[behind.part], arg_text("finding", who), arg_count("n", m.all),
                           arg_text("money", asking_money(&a, m.amount)), arg_day("day", s.found.past.day)),
                "findings.how", &t);
    if (!a.book) put_parts(&s, &t, behind.name); /* doors of the screen */
    TRY(put_members(&s, &t, &m, amount));
    return asking_close(&a, &t);
}
