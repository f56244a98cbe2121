/* What the base says, and what it is worth: each rule a row of the table below. */
#include "analysis/findings.h"

#include "analysis/misleads.h"

const char *const finding_keys[FINDING_NAMES] = {
    [FINDING_LOSS] = "finding.loss",
    [FINDING_FALLING] = "finding.falling",
    [FINDING_ONE] = "finding.one",
    [FINDING_TEN] = "finding.ten",
    [FINDING_LATE] = "finding.late",
    [FINDING_LOST] = "finding.lost",
    [FINDING_ONCE] = "finding.once",
    [FINDING_UNEVEN] = "finding.uneven",
    [FINDING_FELL] = "finding.fell",
    [FINDING_YEAR_UP] = "finding.year_up",
    [FINDING_YEAR_DOWN] = "finding.year_down",
    [FINDING_PARETO] = "finding.pareto",
    [FINDING_ALL_ALIKE] = "finding.all_alike",
    [FINDING_MIDDLE_IS_THIN] = "finding.middle_is_thin",
    [FINDING_TAIL_IS_LONG] = "finding.tail_is_long",
};
const char *const finding_kinds[FINDING_KINDS] = { "loss", "risk", "chance", "note" };
const char *const finding_parts[FINDING_PARTS] = { "now", "then", "turned" };

static Money not_below_nothing(Money m) { return m > 0 ? m : 0; }

static Money capped(Wide m) { return m > INT64_MAX ? INT64_MAX : m < -INT64_MAX ? -INT64_MAX : (Money)m; }

/* ---- what a client counts for in a finding ---- */

typedef Money Amount(const Findings *f, ptrdiff_t i);

static Money its_loss(const Findings *f, ptrdiff_t i) { return -f->margin[i]; }
static Money its_lack(const Findings *f, ptrdiff_t i) { return f->past.now[i].lack; }
static Money its_year(const Findings *f, ptrdiff_t i) { return f->past.now[i].year; }
static Money its_twelve(const Findings *f, ptrdiff_t i) { return not_below_nothing(f->past.now[i].twelve); }
static Money lacked_then(const Findings *f, ptrdiff_t i) { return f->past.then[i].lack; }
static Money year_then(const Findings *f, ptrdiff_t i) { return f->past.then[i].year; }
static Money twelve_then(const Findings *f, ptrdiff_t i) { return not_below_nothing(f->past.then[i].twelve); }
static Money regained(const Findings *f, ptrdiff_t i) { return f->past.regained[i]; }

/* Nobody brings back more than he had brought: a finding is bounded by what its clients bought. */
static Money at_most(Money m, Money most) { return m < most ? m : most; }

static Money bought_again(const Findings *f, ptrdiff_t i)
{
    return at_most(not_below_nothing(f->past.since[i]), year_then(f, i));
}

/* All that it had brought, of one who has bought nothing since. */
static Money gone(const Findings *f, ptrdiff_t i) { return f->past.since[i] > 0 ? 0 : year_then(f, i); }

/* What it brings less, of one who is lost today. */
static Money left(const Findings *f, ptrdiff_t i)
{
    if (f->report->status_of[i] != STATUS_LOST) return 0;
    return not_below_nothing(twelve_then(f, i) - not_below_nothing(f->past.since[i]));
}

/* What it bought more, or less, of one who buys more evenly since. */
static Money evened(const Findings *f, ptrdiff_t i)
{
    if (f->past.xyz_since[i] != 'X' && f->past.xyz_since[i] != 'Y') return 0;
    return at_most(f->past.since[i] - f->past.then[i].twelve, twelve_then(f, i));
}

static const struct {
    FindingKind kind;
    Amount     *now, *then, *turned; /* then null: the price needs no past */
} rules[FINDING_NAMES] = {
    [FINDING_LOSS] = { KIND_LOSS, its_loss, NULL, NULL },
    [FINDING_FALLING] = { KIND_LOSS, its_lack, lacked_then, regained },
    [FINDING_ONE] = { KIND_RISK, its_twelve, twelve_then, left },
    [FINDING_TEN] = { KIND_RISK, its_twelve, twelve_then, left },
    [FINDING_LATE] = { KIND_RISK, its_year, year_then, gone },
    [FINDING_LOST] = { KIND_CHANCE, its_year, year_then, bought_again },
    [FINDING_ONCE] = { KIND_CHANCE, its_year, year_then, bought_again },
    [FINDING_UNEVEN] = { KIND_CHANCE, its_twelve, twelve_then, evened },
    [FINDING_FELL] = { .kind = KIND_NOTE },
    [FINDING_YEAR_UP] = { .kind = KIND_NOTE },
    [FINDING_YEAR_DOWN] = { .kind = KIND_NOTE },
    [FINDING_PARETO] = { .kind = KIND_NOTE },
    [FINDING_ALL_ALIKE] = { .kind = KIND_NOTE },
    [FINDING_MIDDLE_IS_THIN] = { .kind = KIND_NOTE },
    [FINDING_TAIL_IS_LONG] = { .kind = KIND_NOTE },
};

FindingKind finding_kind(FindingName name) { return rules[name].kind; }
const char *finding_name(FindingName name) { return finding_keys[name] + sizeof "finding." - 1; }

/* ---- who belongs to which, today and a year ago ---- */

typedef struct {
    int32_t days;
    Status  status;
    char    abc, xyz;
} Standing;

/* The one group a client belongs to; whoever buys less than before is in that one beside it. */
static FindingName group_of(Standing s)
{
    if (s.status == STATUS_NEW || s.status == STATUS_POTENTIAL) return FINDING_NAMES;
    if (s.days == 1) return FINDING_ONCE;
    if (s.status == STATUS_LOST) return FINDING_LOST;
    if (is_late(s.status)) return s.abc == 'A' || s.abc == 'B' ? FINDING_LATE : FINDING_NAMES;
    return s.abc == 'A' && s.xyz == 'Z' ? FINDING_UNEVEN : FINDING_NAMES;
}

/* The lost and those who never bought buy nothing at all (client_falling of analysis/changes.h). */
static bool falls(Money lack, uint8_t status)
{
    return lack > 0 && status != STATUS_LOST && status != STATUS_POTENTIAL;
}

static bool loses(const FindingsOf *of, ptrdiff_t i)
{
    return of->margin && serves_at_loss(of->report->of->money[i], of->covered[i], of->margin[i]);
}

static void group_all(Findings *f, const FindingsOf *of)
{
    const Report *r = of->report;
    for (ptrdiff_t i = 0; i < r->of->clients; i++) {
        Standing now = { r->of->days[i], r->status_of[i], r->abc_of[i], r->xyz_of[i] };
        Standing then = { f->past.days[i], f->past.status[i], f->past.abc[i], f->past.xyz[i] };
        f->now[i] = (uint8_t)(loses(of, i) ? FINDING_LOSS : group_of(now));
        f->then[i] = (uint8_t)(f->past.reaches ? group_of(then) : FINDING_NAMES);
    }
}

static bool among_ten(const Findings *f, ptrdiff_t i)
{
    for (ptrdiff_t k = 0; k < 10 && k < f->report->clients; k++)
        if ((ptrdiff_t)f->report->order[k] == i) return true;
    return false;
}

/* On a year ago: of class A and not lost. */
static bool held_then(const Findings *f, ptrdiff_t i)
{
    return f->past.abc[i] == 'A' && f->past.status[i] != STATUS_LOST;
}

static bool holds_of(const Findings *f, FindingName name, ptrdiff_t i)
{
    switch (name) {
    case FINDING_ONE: return i == f->one;
    case FINDING_TEN: return among_ten(f, i);
    case FINDING_FALLING: return falls(f->past.now[i].lack, f->report->status_of[i]);
    default: return f->now[i] == name;
    }
}

static bool held_of(const Findings *f, FindingName name, ptrdiff_t i)
{
    switch (name) {
    case FINDING_ONE:
    case FINDING_TEN: return held_then(f, i);
    case FINDING_FALLING: return falls(f->past.then[i].lack, f->past.status[i]);
    default: return f->then[i] == name;
    }
}

static bool is_apart(const Findings *f, FindingName name, FindingPart part, ptrdiff_t i)
{
    const ptrdiff_t *apart = f->apart[name];
    return part == BEHIND_NOW ? i == apart[BEHIND_NOW] : i == apart[BEHIND_THEN] || i == apart[BEHIND_TURNED];
}

/* On whom the firm depends is in no finding but his own. */
static bool is_behind(const Findings *f, FindingName name, FindingPart part, ptrdiff_t i)
{
    bool depends = name == FINDING_ONE || name == FINDING_TEN;
    if (is_apart(f, name, part, i)) return false;
    if (part == BEHIND_NOW) return holds_of(f, name, i) && (depends || i != f->one);
    return rules[name].then && f->past.reaches && held_of(f, name, i);
}

bool finding_member(const Findings *f, FindingName name, FindingPart part, ptrdiff_t i, Money *amount)
{
    Amount *const of[FINDING_PARTS] = { rules[name].now, rules[name].then, rules[name].turned };
    *amount = 0;
    if (!rules[name].now || !is_behind(f, name, part, i)) return false;
    *amount = of[part](f, i);
    return part != BEHIND_TURNED || *amount != 0;
}

/* ---- what it is worth ---- */

static Pricing pricing_of(const Findings *f, const FindingClaim *c)
{
    if (!rules[c->name].now) return PRICE_NONE;
    if (!rules[c->name].then) return PRICE_KNOWN;
    if (!f->past.reaches) return PRICE_NO_PAST;
    if (c->of < FINDINGS_LEAST || c->before <= 0) return PRICE_FEW;
    return c->turned > 0 ? PRICED : PRICE_NOTHING;
}

/* Of a period longer than a year a year's part. */
static Money of_a_year(const Summary *s, Money money)
{
    int64_t days = (int64_t)s->to - s->from + 1;
    return days > 366 ? round_div((Wide)money * 365, days) : money;
}

static void put_worth(const Findings *f, FindingClaim *c)
{
    c->pricing = pricing_of(f, c);
    c->worth   = 0;
    if (c->pricing == PRICED) c->worth = round_div((Wide)c->base * c->turned, c->before);
    if (c->pricing == PRICE_KNOWN) c->worth = of_a_year(f->report->of, c->base);
}

static void past_add(Findings *f, FindingName name, ptrdiff_t i)
{
    FindingClaim *c = &f->of_name[name];
    Money         amount;
    if (finding_member(f, name, BEHIND_THEN, i, &amount)) c->of++, c->before += amount;
    if (finding_member(f, name, BEHIND_TURNED, i, &amount)) c->turners++, c->turned += amount;
}

static void now_add(const Findings *f, FindingClaim *c, ptrdiff_t i)
{
    Money amount = rules[c->name].now(f, i);
    if (c->first < 0 || amount > c->first_money) {
        c->first       = i;
        c->first_money = amount;
    }
    c->clients++;
    c->base += amount;
}

static void name_see(Findings *f, FindingName name, ptrdiff_t i)
{
    past_add(f, name, i);
    if (is_behind(f, name, BEHIND_NOW, i)) now_add(f, &f->of_name[name], i);
}

/* The groups a client may be behind a part of; returns how many. */
static int groups_near(const Findings *f, ptrdiff_t i, FindingName out[3])
{
    int n    = 0;
    out[n++] = FINDING_FALLING;
    if (f->then[i] != FINDING_NAMES) out[n++] = f->then[i];
    if (f->now[i] != FINDING_NAMES && f->now[i] != f->then[i]) out[n++] = f->now[i];
    return n;
}

/* What stands behind each price, and whom each holds of. */
static void sum_up(Findings *f)
{
    FindingName near[3];
    for (int name = 0; name < FINDING_NAMES; name++)
        f->of_name[name] = (FindingClaim){ .name = (FindingName)name, .first = -1 };
    for (ptrdiff_t i = 0; i < f->report->of->clients; i++) {
        for (int n = groups_near(f, i, near); n > 0; n--) name_see(f, near[n - 1], i);
        past_add(f, FINDING_ONE, i);
        past_add(f, FINDING_TEN, i);
    }
}

/* ---- who stands apart ---- */

typedef struct {
    ptrdiff_t client;
    Money     amount;
} Largest;

static void largest_see(const Findings *f, FindingName name, ptrdiff_t i, Largest of[FINDING_PARTS])
{
    Money amount;
    for (int part = 0; part < FINDING_PARTS; part++)
        if (finding_member(f, name, (FindingPart)part, i, &amount) && amount > of[part].amount)
            of[part] = (Largest){ i, amount };
}

static bool is_too_much(const Findings *f, Money amount, int64_t clients, Money sum)
{
    return clients >= FINDINGS_LEAST && amount > 0 &&
           (Wide)amount * RATIO_ONE >= (Wide)f->report->set.one_limit * sum;
}

/* True: somebody stands apart, and the sums are to be made without him. */
static bool set_apart(Findings *f)
{
    Largest     largest[FINDING_NAMES][FINDING_PARTS] = { 0 };
    FindingName near[3];
    bool        any = false;
    for (ptrdiff_t i = 0; i < f->report->of->clients; i++)
        for (int n = groups_near(f, i, near); n > 0; n--) largest_see(f, near[n - 1], i, largest[near[n - 1]]);
    for (int name = 0; name < FINDING_FELL; name++) {
        const FindingClaim *c = &f->of_name[name];
        const int64_t       clients[FINDING_PARTS] = { c->clients, c->of, c->turners };
        const Money         sum[FINDING_PARTS] = { c->base, c->before, c->turned };
        for (int part = 0; part < FINDING_PARTS; part++) {
            const Largest *l = &largest[name][part];
            if (!is_too_much(f, l->amount, clients[part], sum[part])) continue;
            f->apart[name][part] = l->client;
            any = true;
        }
    }
    return any;
}

/* ---- findings ---- */

static Finding *finding_new(Findings *f, ptrdiff_t client)
{
    Finding *new = &f->at[f->count++];
    *new = (Finding){ .client = client };
    return new;
}

static void claim_add(const Findings *f, Finding *to, FindingClaim claim)
{
    put_worth(f, &claim);
    to->claim[to->claims++] = claim;
}

/* The claim of a group about one of its clients. */
static FindingClaim claim_of_one(const Findings *f, FindingName name, ptrdiff_t client)
{
    FindingClaim c = f->of_name[name];
    c.first = -1;
    c.first_money = c.base = c.clients = 0;
    now_add(f, &c, client);
    return c;
}

static FindingClaim depends_on_one(const Findings *f)
{
    const Concentration *c = &f->report->concentration;
    FindingClaim         claim = claim_of_one(f, FINDING_ONE, f->one);
    claim.share = ratio_of(c->top1, c->positive);
    claim.money = c->top1;
    claim.rest = capped(c->positive - c->top1);
    return claim;
}

static void claim_about(const Findings *f, FindingName name, ptrdiff_t client, Finding *to)
{
    FindingClaim claim = claim_of_one(f, name, client);
    if (claim.base > 0) claim_add(f, to, claim);
}

bool findings_of_client(const Findings *f, ptrdiff_t client, Finding *out)
{
    *out = (Finding){ .client = client };
    if (client == f->one) claim_add(f, out, depends_on_one(f));
    for (int name = 0; name < FINDING_FELL; name++)
        if (name != FINDING_ONE && name != FINDING_TEN && holds_of(f, (FindingName)name, client))
            claim_about(f, (FindingName)name, client, out);
    return out->claims > 0;
}

static Finding *finding_about(Findings *f, ptrdiff_t client)
{
    for (int i = 0; i < f->count; i++)
        if (f->at[i].client == client) return &f->at[i];
    return finding_new(f, client);
}

/* Where a thing holds of one client alone, or one stands apart, it goes to the finding about that client. */
static void about_groups(Findings *f)
{
    for (int name = 0; name < FINDING_FELL; name++) {
        const FindingClaim *c = &f->of_name[name];
        ptrdiff_t           apart = f->apart[name][BEHIND_NOW];
        if (name == FINDING_ONE || name == FINDING_TEN) continue;
        if (apart >= 0) claim_about(f, (FindingName)name, apart, finding_about(f, apart));
        if (c->base <= 0) continue;
        if (c->clients == 1) claim_about(f, (FindingName)name, c->first, finding_about(f, c->first));
        else claim_add(f, finding_new(f, -1), *c);
    }
}

static void about_one(Findings *f)
{
    if (f->one >= 0) findings_of_client(f, f->one, finding_new(f, f->one));
}

static void about_ten(Findings *f)
{
    const Concentration *c = &f->report->concentration;
    FindingClaim         claim = f->of_name[FINDING_TEN];
    if (f->one >= 0 || c->items < 20 || 2 * c->top10 < c->positive) return;
    for (ptrdiff_t k = 0; k < 10; k++) now_add(f, &claim, f->report->order[k]);
    claim.share = ratio_of(c->top10, c->positive);
    claim.money = capped(c->top10);
    claim_add(f, finding_new(f, -1), claim);
}

/* ---- notes: what there is to know, without a price ---- */

static void note(Findings *f, FindingClaim claim)
{
    if (claim.name != FINDING_FELL) claim.first = -1;
    claim_add(f, finding_new(f, -1), claim);
}

static void about_the_fall(Findings *f, const Changes *c)
{
    const MarkedFall *last = c->falls ? &c->fall[c->falls - 1] : NULL;
    if (!last || !last->makers.count) return;
    note(f, (FindingClaim){ .name = FINDING_FELL,
                            .month = last->month,
                            .money = last->fall.missing,
                            .share = ratio_of(last->fall.missing, last->fall.expected),
                            .first = last->makers.client[0],
                            .first_money = last->makers.sum[0] });
}

static void about_the_year(Findings *f, const Changes *c)
{
    if (!c->compares || c->year_before <= 0 || c->year == c->year_before) return;
    Wide more = c->year - c->year_before, size = more < 0 ? -more : more;
    note(f, (FindingClaim){ .name = more > 0 ? FINDING_YEAR_UP : FINDING_YEAR_DOWN,
                            .money = capped(size),
                            .share = ratio_of(size, c->year_before) });
}

static FindingClaim of_class(const Report *r, FindingName name, int class)
{
    return (FindingClaim){ .name = name,
                           .clients = r->abc[class].items,
                           .share = ratio_of(r->abc[class].items, r->clients),
                           .money = capped(r->abc[class].amount) };
}

static void about_the_shape(Findings *f)
{
    const Report *r = f->report;
    if (r->concentration.items >= 5) {
        bool         alike = 5 * r->top20 < 2 * r->positive; /* under 40 %: half of what a fifth usually brings */
        FindingClaim c = of_class(r, alike ? FINDING_ALL_ALIKE : FINDING_PARETO, 0);
        c.clients_share = c.share;
        c.share = ratio_of(r->top20, r->positive);
        note(f, c);
    }
    if (r->abc_deviations & ABC_B_NARROW) note(f, of_class(r, FINDING_MIDDLE_IS_THIN, 1));
    if (r->abc_deviations & ABC_C_LONG) note(f, of_class(r, FINDING_TAIL_IS_LONG, 2));
}

/* ---- in order: by kind, then what has a price before what has none, then by money ---- */

static bool stands_before(const Finding *a, const Finding *b)
{
    const FindingClaim *x = &a->claim[0], *y = &b->claim[0];
    if (rules[x->name].kind != rules[y->name].kind) return rules[x->name].kind < rules[y->name].kind;
    return x->worth != y->worth ? x->worth > y->worth : x->base > y->base;
}

static void put_in_order(Findings *f)
{
    for (int i = 1; i < f->count; i++) {
        Finding one = f->at[i];
        int     at = i;
        for (; at > 0 && stands_before(&one, &f->at[at - 1]); at--) f->at[at] = f->at[at - 1];
        f->at[at] = one;
    }
}

void findings_find(FindingsOf of, Arena *mem, Arena scratch, Findings *out)
{
    const Report *r = of.report;
    *out = (Findings){ .report = r,
                       .margin = of.margin,
                       .now = NEW_RAW(mem, uint8_t, r->of->clients),
                       .then = NEW_RAW(mem, uint8_t, r->of->clients) };
    out->one = of.whole && r->abc_deviations & ABC_ONE ? r->concentration.largest : -1;
    past_find(r, FALLING_USUAL, mem, scratch, &out->past);
    group_all(out, &of);
    for (int name = 0; name < FINDING_NAMES; name++)
        for (int part = 0; part < FINDING_PARTS; part++) out->apart[name][part] = -1;
    sum_up(out);
    if (set_apart(out)) sum_up(out);
    about_one(out);
    about_groups(out);
    if (of.whole) about_ten(out);
    if (of.changes) about_the_fall(out, of.changes);
    if (of.changes) about_the_year(out, of.changes);
    about_the_shape(out);
    put_in_order(out);
}
