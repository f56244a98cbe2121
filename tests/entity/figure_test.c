/* Figures in lists: order, pages, conditions and totals.  Expected values come from plain arrays beside the base. */
#include "entity/list.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdlib.h>
#include <string.h>

enum { CLIENTS = 40, MINE = 5, THEIRS = 6, POTENTIAL = 6 };

/* What stands of each client: revenue NONE and status 0 where there is no row. */
typedef struct {
    int64_t id, keeper, status;
    Money   revenue;
} Known;

static Known    known[CLIENTS];
static uint32_t seed;

static uint32_t dice(uint32_t faces)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % faces;
}

static void clients_make(Firm *firm)
{
    Test   *t = firm->t;
    Work   *w = deed(firm);
    Client *c = NEW_N(w->mem, Client, CLIENTS);
    SaveHow how = { .trusted = true };
    for (int i = 0; i < CLIENTS; i++) {
        record_empty(w, &client_entity, &c[i]);
        c[i].name = str_fmt(w->mem, "Клиент %02d", i);
        c[i].keeper_id = dice(2) ? MINE : THEIRS;
    }
    EQUAL(record_save_many(w, &client_entity, c, CLIENTS, &how), OK);
    for (int i = 0; i < CLIENTS; i++) {
        Known *k = &known[i];
        *k = (Known){ c[i].base.id, c[i].keeper_id, dice(3) ? 1 + dice(POTENTIAL) : 0,
                      dice(3) ? (Money)dice(6) : NONE };
        if (k->status)
            EQUAL(
                db_run(w->db,
                       S("insert into client_class (client_id, kind, value, since, place) values ($1, 'status', '', 1,"
                         " $2)"),
                       VALS(val_int(k->id), val_int(k->status)), NULL),
                OK);
        if (k->revenue != NONE)
            EQUAL(db_run(w->db, S("insert into client_bought (client_id, purchases, revenue) values ($1, 1, $2)"),
                         VALS(val_int(k->id), val_int(k->revenue)), NULL),
                  OK);
    }
    EQUAL(deed_end(firm, OK), OK);
}

/* What a reader of all clients knows of one whose sales he sees, or not. */
static bool    sees_all;
static Money   revenue_of(const Known *k) { return sees_all || k->keeper == MINE ? k->revenue : NONE; }
static int64_t status_of_known(const Known *k)
{
    if (!sees_all && k->keeper != MINE) return 0;
    return k->status ? k->status : POTENTIAL;
}

/* ---- order ---- */

static bool down, by_status;

/* What it is ordered by: NONE comes last. */
static int64_t place_of(const Known *k)
{
    if (!by_status) return revenue_of(k);
    return status_of_known(k) ? status_of_known(k) : NONE;
}

static int by_place(const void *a, const void *b)
{
    const Known *x = a, *y = b;
    int64_t      m = place_of(x), n = place_of(y);
    int          way = down ? -1 : 1;
    if ((m == NONE) != (n == NONE)) return m == NONE ? 1 : -1;
    if (m != n) return m < n ? -way : way;
    return x->id < y->id ? -way : way;
}

/* Reads all pages of so many; counts what stands where it should not. */
static int wrong_places(Work *w, int limit)
{
    Str   order = by_status ? S("-status") : S("-revenue");
    Ask   ask = { .order = str_from(order, !down), .limit = limit, .figures = S("revenue,status") };
    int   wrong = 0, at = 0;
    Known in[CLIENTS];
    Page  page;
    memcpy(in, known, sizeof in);
    qsort(in, CLIENTS, sizeof *in, by_place);
    do {
        if (list_page(w, &client_entity, &ask, &page) != OK) return -1;
        for (ptrdiff_t i = 0; i < page.n && at < CLIENTS; i++, at++) {
            const Value *v = page.figured + i * page.figures.n;
            Money        m = v[0].empty ? NONE : v[0].n;
            wrong += ((Client *)page.records)[i].base.id != in[at].id || m != revenue_of(&in[at]) ||
                     (v[1].empty ? 0 : v[1].n) != status_of_known(&in[at]);
        }
        ask.after = page.next;
    } while (page.next.n && at < CLIENTS);
    return wrong + (at != CLIENTS) + (page.next.n != 0);
}

/* ---- conditions ---- */

static bool holds(const Known *k, int kind, int64_t n)
{
    Money   m = revenue_of(k);
    int64_t s = status_of_known(k);
    switch (kind) {
    case 0: return m == n;
    case 1: return m != n;
    case 2: return m != NONE && m >= n;
    case 3: return m != NONE && m <= n;
    case 4: return m == NONE;
    case 5: return m != NONE;
    case 6: return s == n + 1;
    case 7: return s != n + 1;
    case 8: return s == n + 1 || s == POTENTIAL;
    case 9: return s == 0;
    default: return s != 0;
    }
}

static Str condition(Arena *mem, int kind, int64_t n)
{
    static const char *const form[] = { "revenue is \"0.0%d\"",
                                        "revenue is_not \"0.0%d\"",
                                        "revenue from \"0.0%d\"",
                                        "revenue to \"0.0%d\"",
                                        "revenue empty",
                                        "revenue not_empty",
                                        "status is @",
                                        "status is_not @",
                                        "status in [@, \"potential\"]",
                                        "status empty",
                                        "status not_empty" };
    const Figure            *status = figure_named(&client_entity, S("status"));
    Str                      rest = str_of(form[kind]), field = str_cut(&rest, ' '), op = str_cut(&rest, ' ');
    Buf                      b = buf_new(mem, 200);
    buf_fmt(&b, "{\"field\":\"%.*s\",\"op\":\"%.*s\"", (int)field.n, field.s, (int)op.n, op.s);
    if (rest.n) buf_c(&b, ",\"value\":");
    for (ptrdiff_t i = 0; i < rest.n; i++) {
        if (rest.s[i] == '@') buf_fmt(&b, "\"%s\"", status->options[n]);
        else if (rest.s[i] == '%') buf_fmt(&b, "%d", (int)n), i++;
        else buf_char(&b, rest.s[i]);
    }
    buf_c(&b, "}");
    return buf_str(&b);
}

static int wrong_counts(Work *w)
{
    int wrong = 0;
    for (int kind = 0; kind <= 10; kind++)
        for (int64_t n = 0; n < 6; n++) {
            const Json *filter;
            int64_t     count = -1, wanted = 0;
            if (json_read(w->mem, condition(w->mem, kind, n), (JsonLimits){ 0 }, &w->problems, &filter) != OK)
                return -1;
            if (list_count(w, &client_entity, &(Ask){ .filter = filter }, &count) != OK) return -2;
            for (int i = 0; i < CLIENTS; i++) wanted += holds(&known[i], kind, n);
            wrong += count != wanted;
        }
    return wrong;
}

static Str totals(Work *w)
{
    Buf     text = buf_new(w->mem, 200);
    JsonOut out = js_to(&text);
    return list_count_json(w, &out, &client_entity, &(Ask){ .figures = S("status,revenue") }) == OK ? buf_str(&text)
                                                                                                    : first_problem(w);
}

static Str totals_known(Work *w)
{
    Money sum = 0;
    for (int i = 0; i < CLIENTS; i++) sum += revenue_of(&known[i]) == NONE ? 0 : revenue_of(&known[i]);
    return str_fmt(w->mem, "{\"count\":%d,\"totals\":{\"revenue\":\"%d.%02d\"}}", CLIENTS, (int)sum / 100,
                   (int)sum % 100);
}

static Err refusal(Firm *firm, Ask ask, const char *words)
{
    Test *t = firm->t;
    Work *w = deed(firm);
    Page  page;
    EQUAL(list_page(w, &client_entity, &ask, &page), INVALID);
    STR(first_problem(w), str_of(words));
    return deed_end(firm, INVALID);
}

TESTS(test_figure)
{
    CASE("a list in the order of a figure loses and repeats nothing, stands by what it shows, of those not counted yet"
         " too, and ends with those who have no value or none in sight")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            for (seed = 1; seed < 4; seed++) {
                clients_make(&firm);
                for (int who = 0; who < 2; who++) {
                    sees_all = who == 0;
                    firm.who = sees_all ? &actor_program : somebody(t, MINE, "client:view:all sale:view:own");
                    Work *w = deed(&firm);
                    for (int limit = 1; limit < 50; limit += 6)
                        for (int way = 0; way < 4; way++) {
                            down = way % 2;
                            by_status = way > 1;
                            EQUAL(wrong_places(w, limit), 0);
                        }
                    EQUAL(deed_end(&firm, OK), OK);
                }
                firm.who = &actor_program;
                Work *w = deed(&firm);
                EQUAL(db_run(w->db, S("update client set archived_at = 1"), NO_VALS, NULL), OK);
                EQUAL(deed_end(&firm, OK), OK);
            }
            firm_close(&firm);
        }
    }
    CASE("conditions on a figure and its total are of what the reader sees: whose sales are another's has no value")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            seed = 77;
            clients_make(&firm);
            for (int who = 0; who < 2; who++) {
                sees_all = who == 0;
                firm.who = sees_all ? &actor_program : somebody(t, MINE, "client:view:all sale:view:own");
                Work *w = deed(&firm);
                EQUAL(wrong_counts(w), 0);
                STR(totals(w), totals_known(w));
                EQUAL(deed_end(&firm, OK), OK);
            }
            firm_close(&firm);
        }
    }
    CASE("a figure that the reader may not know is no column, no order and no condition, nor is what there is not")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            EQUAL(refusal(&firm, (Ask){ .figures = S("colour") }, "figures list.no_such_figure"), INVALID);
            EQUAL(refusal(&firm, (Ask){ .figures = S("person_id") }, "figures list.no_such_figure"), INVALID);
            EQUAL(refusal(&firm, (Ask){ .figures = S("abc,name") }, "figures list.no_such_figure"), INVALID);
            EQUAL(refusal(&firm, (Ask){ .order = S("person_id") }, "sort list.no_such_order"), INVALID);
            firm.who = somebody(t, MINE, "client:view:all");
            EQUAL(refusal(&firm, (Ask){ .figures = S("revenue") }, "figures list.no_such_figure"), INVALID);
            EQUAL(refusal(&firm, (Ask){ .order = S("-revenue") }, "sort list.no_such_order"), INVALID);
            firm.who = somebody(t, MINE, "client:view:all sale:view:all:finance");
            EQUAL(refusal(&firm, (Ask){ .figures = S("margin") }, "figures list.no_such_figure"), INVALID);
            EQUAL(refusal(&firm, (Ask){ .order = S("margin") }, "sort list.no_such_order"), INVALID);
            firm_close(&firm);
        }
    }
}
