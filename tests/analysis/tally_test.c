/* Counting sale lines into a summary.  What is expected comes from the head, or from a count of the same random lines
 * that keeps them all and compares every one with every other. */
#include "analysis/tally.h"
#include "tests/test.h"

#include <pthread.h>
#include <string.h>

enum { LINES_MAX = 3000 };

typedef struct {
    SaleRow       row[LINES_MAX];
    int           n;
    TallySettings settings;
} Lines;

static const TallySettings open_ends = {
    .from = DAY_NONE, .to = DAY_NONE, .as_of = DAY_NONE, .has_documents = true, .seed = 7
};

static Day d(const char *iso)
{
    Day day = 0;
    day_read(str_of(iso), &day);
    return day;
}

static void line(Lines *l, const char *client, const char *document, const char *day, Money amount)
{
    l->row[l->n] = (SaleRow){ .client = str_of(client),
                              .document = str_of(document),
                              .day = d(day),
                              .amount = amount,
                              .is_return = amount < 0,
                              .at = l->n };
    l->n++;
}

static Lines *lines(Test *t)
{
    Lines *l    = NEW(&t->mem, Lines);
    l->settings = open_ends;
    return l;
}

typedef struct {
    Tally       *tally;
    const Lines *lines;
    int          thread, threads;
} Hand;

/* Blocks of 50 lines go to the threads in turn. */
static void *hand_in(void *of)
{
    const Hand *h = of;
    for (int at = h->thread * 50; at < h->lines->n; at += h->threads * 50)
        tally_add(h->tally, h->thread, h->lines->row + at, h->lines->n - at < 50 ? h->lines->n - at : 50);
    tally_done(h->tally, h->thread);
    return NULL;
}

static Tally *tallied(const Lines *l, int threads)
{
    Tally    *tally = tally_new(l->settings, threads);
    Hand      hand[8];
    pthread_t id[8];
    for (int i = 0; i < threads; i++) {
        hand[i] = (Hand){ tally, l, i, threads };
        pthread_create(&id[i], NULL, hand_in, &hand[i]);
    }
    for (int i = 0; i < threads; i++) pthread_join(id[i], NULL);
    return tally;
}

/* The long way round. */
static bool counts(const Lines *l, const SaleRow *r)
{
    return (l->settings.to == DAY_NONE || r->day <= l->settings.to) && !(l->settings.ignore_returns && r->is_return);
}

static bool in_period(const Lines *l, const SaleRow *r)
{
    return counts(l, r) && r->day >= l->settings.from;
}

/* Do both lines belong to one document? */
static bool one_document(const Lines *l, const SaleRow *a, const SaleRow *b)
{
    if (l->settings.has_documents && a->document.n) return str_eq(a->document, b->document);
    return !(l->settings.has_documents && b->document.n) && str_eq(a->client, b->client) && a->day == b->day;
}

typedef enum { ALL, OF_CLIENT, OF_MONTH } Scope;

/* Documents with a purchase in the period; as OF_CLIENT or OF_MONTH those of line `of`'s client or month. */
static int documents_of(const Lines *l, Scope scope, const SaleRow *of)
{
    int n = 0;
    for (int i = 0; i < l->n; i++) {
        const SaleRow *a = &l->row[i];
        bool mine = in_period(l, a) && !a->is_return, seen = false;
        mine = mine && (scope != OF_CLIENT || str_eq(a->client, of->client)) &&
               (scope != OF_MONTH || month_of(a->day) == month_of(of->day));
        for (int j = 0; mine && j < i && !seen; j++) {
            const SaleRow *b = &l->row[j];
            seen = in_period(l, b) && !b->is_return && one_document(l, a, b) &&
                   (scope != OF_CLIENT || str_eq(b->client, of->client)) &&
                   (scope != OF_MONTH || month_of(b->day) == month_of(of->day));
        }
        n += mine && !seen;
    }
    return n;
}

static void client_checked(Test *t, const Lines *l, const Summary *s, ptrdiff_t client, const SaleRow *first_line)
{
    XyzMonths of    = { month_of(s->begins), month_of(s->to) - month_of(s->begins) + 1 }; /* before the period too */
    Money     money = 0, *month = NEW_N(&t->mem, Money, of.count), *got = NEW_N(&t->mem, Money, of.count);
    bool     *bought = NEW_N(&t->mem, bool, of.count), *got_bought = NEW_N(&t->mem, bool, of.count);
    Day       first = DAY_NONE, last = DAY_NONE;
    int       days = 0;
    bool      inside = false;
    for (int i = 0; i < l->n; i++) {
        const SaleRow *r = &l->row[i];
        if (!counts(l, r) || !str_eq(r->client, first_line->client)) continue;
        month[month_of(r->day) - of.first] += r->amount;
        bought[month_of(r->day) - of.first] |= !r->is_return;
        if (in_period(l, r)) {
            inside = true;
            money += r->amount;
        }
        if (r->is_return) continue;
        bool again = false;
        for (int j = 0; j < i; j++)
            again |= counts(l, &l->row[j]) && !l->row[j].is_return && str_eq(l->row[j].client, r->client) &&
                     l->row[j].day == r->day;
        days += !again;
        if (first == DAY_NONE || r->day < first) first = r->day;
        if (last == DAY_NONE || r->day > last) last = r->day;
    }
    s->client_months(s, client, of, got, got_bought);
    CHECK(str_eq(s->client[client], first_line->client));
    EQUAL(s->money[client], money);
    EQUAL(s->days[client], days);
    EQUAL(s->first[client], first);
    EQUAL(s->last[client], last);
    EQUAL(s->in_period[client], inside);
    EQUAL(s->client_documents[client], documents_of(l, OF_CLIENT, first_line));
    CHECK(memcmp(got, month, (size_t)of.count * sizeof *got) == 0);
    CHECK(memcmp(got_bought, bought, (size_t)of.count * sizeof *bought) == 0);
}

static void months_checked(Test *t, const Lines *l, const Summary *s)
{
    for (int m = 0; m < s->months; m++) {
        Money money = 0;
        int   clients = 0;
        SaleRow in = { .day = month_first(s->month0 + m) };
        for (int i = 0; i < l->n; i++) {
            const SaleRow *r = &l->row[i];
            if (!in_period(l, r) || month_of(r->day) != s->month0 + m) continue;
            money += r->amount;
            bool again = r->is_return;
            for (int j = 0; j < i && !again; j++)
                again = in_period(l, &l->row[j]) && !l->row[j].is_return && month_of(l->row[j].day) == s->month0 + m &&
                        str_eq(l->row[j].client, r->client);
            clients += !again;
        }
        EQUAL(s->month_money[m], money);
        EQUAL(s->month_clients[m], clients);
        EQUAL(s->month_documents[m], documents_of(l, OF_MONTH, &in));
    }
}

static void products_checked(Test *t, const Lines *l, const Summary *s)
{
    ptrdiff_t n = 0;
    for (int i = 0; i < l->n; i++) {
        bool again = !in_period(l, &l->row[i]) || !l->row[i].product.n;
        Money money = 0;
        for (int j = 0; j < i && !again; j++)
            again = in_period(l, &l->row[j]) && str_eq(l->row[j].product, l->row[i].product);
        if (again) continue;
        for (int j = 0; j < l->n; j++)
            if (in_period(l, &l->row[j]) && str_eq(l->row[j].product, l->row[i].product)) money += l->row[j].amount;
        CHECK(n < s->products && str_eq(s->product[n], l->row[i].product));
        if (n < s->products) EQUAL(s->product_money[n], money);
        n++;
    }
    EQUAL(s->products, n);
}

static void all_checked(Test *t, const Lines *l, int threads)
{
    Tally  *tally = tallied(l, threads);
    Summary s;
    int64_t n = 0;
    Wide    revenue = 0;
    EQUAL(tally_summary(tally, &s), OK);
    ptrdiff_t client = 0;
    for (int i = 0; i < l->n; i++) {
        const SaleRow *r = &l->row[i];
        bool again = !counts(l, r);
        n += in_period(l, r);
        if (in_period(l, r)) revenue += r->amount;
        for (int j = 0; j < i && !again; j++) again = counts(l, &l->row[j]) && str_eq(l->row[j].client, r->client);
        if (!again && client < s.clients) client_checked(t, l, &s, client, r);
        client += !again;
    }
    EQUAL(s.clients, client);
    EQUAL(s.lines, n);
    EQUAL(s.revenue, revenue);
    EQUAL(s.documents, documents_of(l, ALL, NULL));
    months_checked(t, l, &s);
    products_checked(t, l, &s);
    tally_drop(tally);
}

/* Lines of a small world: 40 clients, 60 products, documents that keep to one client and month only if `tidy`; `end`
 * stands behind their numbers. */
static Lines *random_lines(Test *t, uint64_t seed, int n, bool tidy, const char *end)
{
    Lines *l = lines(t);
    for (int i = 0; i < n; i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
        uint64_t dice = seed >> 20;
        int client = (int)(dice % 40), day = (int)(dice / 40 % 400), number = (int)(dice / 16000 % 5);
        bool back  = dice / 80000 % 10 == 0;
        Day at     = d("2023-11-20") + day;
        Str      document = tidy ? str_fmt(&t->mem, "%d/%d/%d%s", client, (int)month_of(at), number, end)
                                 : str_fmt(&t->mem, "%d%s", number * 7 + day % 7, end);
        l->row[i] = (SaleRow){ .client = str_fmt(&t->mem, "client %d", client),
                               .document = dice / 800000 % 20 ? document : (Str){ 0 },
                               .product = str_fmt(&t->mem, "p%d", (int)(dice / 16000000 % 60)),
                               .day = at,
                               .is_return = back,
                               .amount = (back ? -1 : 1) * (Money)(dice / 1000000 % 100000),
                               .at = i * 10 };
    }
    l->n = n;
    return l;
}

TESTS(test_tally)
{
    CASE("a return lowers the money of its day and counts as nothing else") {
        Lines *l = lines(t);
        line(l, "Anna", "1", "2024-01-05", 10000);
        line(l, "Anna", "2", "2024-02-01", -3000);
        line(l, "Boris", "3", "2024-02-02", -500);
        Tally  *tally = tallied(l, 1);
        Summary s;
        EQUAL(tally_summary(tally, &s), OK);
        EQUAL(s.lines, 3);
        EQUAL(s.documents, 1);
        EQUAL(s.revenue, 6500);
        EQUAL(s.clients, 2);
        EQUAL(s.days[0], 1);
        EQUAL(s.last[0], d("2024-01-05"));
        EQUAL(s.first[1], DAY_NONE);
        EQUAL(s.money[1], -500);
        EQUAL(s.month_clients[1], 0);
        EQUAL(s.to, d("2024-02-02"));
        EQUAL(s.as_of, d("2024-02-03"));
        tally_drop(tally);
    }
    CASE("a client is told by what people read in his name, a code by each of its bytes; the name is the first one") {
        static const char *const same[] = { "ООО  Ёж",
                                            "ооо еж",
                                            "ООО\xC2\xA0"
                                            "ЕЖ",
                                            "Ab",
                                            "aB",
                                            "ACME Limited",
                                            "acme  limited",
                                            "a_@[`{",
                                            "A_@[`{" };
        Lines *l = lines(t);
        for (int i = 0; i < COUNT(same); i++) line(l, same[i], "", "2024-01-05", 100 + i);
        line(l, "a code", "", "2024-01-05", 1);
        line(l, "A code", "", "2024-01-06", 1);
        for (int i = l->n - 2; i < l->n; i++) l->row[i].client_key = l->row[i].client;
        for (int threads = 1; threads <= 3; threads += 2) {
            Summary s;
            Tally  *tally = tallied(l, threads);
            EQUAL(tally_summary(tally, &s), OK);
            EQUAL(s.clients, 6);
            STR(s.client[0], S("ООО  Ёж"));
            EQUAL(s.money[0], 303);
            EQUAL(s.client_documents[0], 1);
            STR(s.client[2], S("ACME Limited"));
            EQUAL(s.money[3], 215);
            tally_drop(tally);
        }
    }
    CASE("random lines are counted as by the long way round, with one thread and with three") {
        Lines *l = random_lines(t, 1, 700, true, "");
        all_checked(t, l, 1);
        all_checked(t, l, 3);
        l->settings.any_documents = true;
        all_checked(t, l, 2);
    }
    CASE("a period limits money and counts, but days and first and last purchases see everything up to its end") {
        Lines *l = random_lines(t, 2, 700, true, "");
        l->settings.from = d("2024-03-17");
        l->settings.to   = d("2024-09-11");
        all_checked(t, l, 2);
        l->settings.ignore_returns = true;
        all_checked(t, l, 1);
    }
    CASE("without a document column a document is a client's purchase day") {
        Lines *l = random_lines(t, 3, 600, true, "");
        l->settings.has_documents = false;
        all_checked(t, l, 2);
        l->settings.from = d("2024-03-17");
        all_checked(t, l, 1);
    }
    CASE("documents with numbers far apart, or with none at their end, are counted alike") {
        Lines *l = random_lines(t, 5, 600, true, " bis");
        all_checked(t, l, 1);
        all_checked(t, l, 3);
        l = random_lines(t, 6, 600, true, "");
        l->settings.any_documents = true;
        all_checked(t, l, 2);
    }
    CASE("numbers of several clients and months are noticed, and such documents counted when that was said before") {
        for (int numbered = 0; numbered < 2; numbered++) {
            Lines *l = random_lines(t, 4, 600, false, numbered ? "" : "/a");
            Tally *tally = tallied(l, 2);
            EQUAL(tally_unsure(tally), numbered);
            tally_drop(tally);
            l->settings.any_documents = numbered;
            all_checked(t, l, 1);
            all_checked(t, l, 3);
            l->settings.from = d("2024-03-17");
            all_checked(t, l, 2);
        }
    }
    CASE("one number of two clients, or of two months, is noticed, also when they belong to different threads") {
        static const char *const name[] = { "1", "Invoice A" };
        for (int i = 0; i < 32; i++)
            for (int months = 0; months < 2; months++) {
                Lines *l = lines(t);
                line(l, "Anna", name[i % 2], "2024-01-05", 100);
                line(l, months ? "Anna" : str_c(&t->mem, str_fmt(&t->mem, "client %d", i)), name[i % 2],
                     months ? "2024-02-05" : "2024-01-05", 100);
                Tally *tally = tallied(l, 1 + i / 8);
                EQUAL(tally_unsure(tally), i % 2 == 0);
                tally_drop(tally);
            }
    }
    CASE("numbers that are all far apart are noticed") {
        Lines *l = lines(t);
        Tally *tally = tally_new(l->settings, 1);
        char   number[24];
        for (int i = 0; i < 20000; i++) {
            Buf doc = { .data = number, .cap = sizeof number };
            buf_i64(&doc, i * 4999 % 100000000);
            SaleRow row = {
                .client = S("Anna"), .document = { number, doc.len }, .day = d("2024-01-05"), .amount = 1, .at = i
            };
            tally_add(tally, 0, &row, 1);
        }
        CHECK(tally_unsure(tally));
        tally_done(tally, 0);
        tally_drop(tally);
    }
    CASE("a sale and a return of one document and day stay apart, whichever comes first") {
        Lines *l = lines(t);
        line(l, "Anna", "1", "2024-01-05", -300);
        line(l, "Anna", "1", "2024-01-05", 500);
        line(l, "Boris", "2", "2024-01-05", 500);
        line(l, "Boris", "2", "2024-01-05", -500);
        all_checked(t, l, 1);
    }
    CASE("clients of one name and different codes are two, a client of two names and one code is one by its first"
         " name") {
        Lines *l = lines(t);
        line(l, "Romashka", "1", "2024-01-05", 100);
        line(l, "Romashka", "2", "2024-01-05", 200);
        line(l, "Romashka Plus", "3", "2024-01-06", 300);
        l->row[0].client_key = S("1001");
        l->row[1].client_key = S("a code of more than eight letters");
        l->row[2].client_key = S("1001");
        Tally  *tally = tallied(l, 2);
        Summary s;
        EQUAL(tally_summary(tally, &s), OK);
        EQUAL(s.clients, 2);
        STR(s.client[0], S("Romashka"));
        EQUAL(s.money[0], 400);
        EQUAL(s.money[1], 200);
        tally_drop(tally);
    }
    CASE("a client's month holds more than 52 bits of money, and counts once") {
        Lines *l = lines(t);
        for (int i = 0; i < 10; i++)
            line(l, "Anna", i % 2 ? "1" : "2", i % 2 ? "2024-01-05" : "2024-02-07", 700000000000000);
        line(l, "Anna", "1", "2024-01-06", -800000000000000);
        all_checked(t, l, 1);
    }
    CASE("money beyond 63 bits is refused, not wrapped round") {
        Lines *l = lines(t);
        for (int i = 0; i < 10; i++)
            line(l, i % 2 ? "Anna" : "Boris", "1", "2024-01-05", i % 3 ? MONEY_MAX : -MONEY_MAX);
        l->settings.any_documents = true;
        Tally  *tally = tallied(l, 2);
        Summary s;
        EQUAL(tally_summary(tally, &s), INVALID);
        tally_drop(tally);
    }
    CASE("a summary of no lines at all is empty") {
        Lines  *l     = lines(t);
        Tally  *tally = tallied(l, 2);
        Summary s;
        EQUAL(tally_summary(tally, &s), OK);
        EQUAL(s.clients, 0);
        EQUAL(s.months, 0);
        EQUAL(s.lines, 0);
        tally_drop(tally);
    }
    CASE("days from 1900 to 2199 stand side by side") {
        Lines *l = lines(t);
        line(l, "Anna", "1", "1900-01-01", 5);
        line(l, "Anna", "2", "2199-12-31", 6);
        line(l, "Boris", "3", "2024-01-05", 7);
        all_checked(t, l, 1);
    }
    CASE("three hundred thousand clients and documents keep their own counts, the documents by number or by name") {
        enum { CLIENTS = 300000 };
        char *names = NEW_N(&t->mem, char, (ptrdiff_t)CLIENTS * 8);
        for (int i = 0; i < CLIENTS; i++) memcpy(names + i * 8, str_fmt(&t->scratch, "%d      ", i).s, 6);
        for (int by_name = 0; by_name < 2; by_name++) {
            Tally *tally = tally_new(open_ends, 1);
            for (int i = 0; i < 4 * CLIENTS; i++) { /* each client: four lines, two documents, January, February and
                                                       January again */
                char number[24];
                int  c = i % CLIENTS, round = i / CLIENTS;
                Buf  doc = { .data = number, .cap = sizeof number };
                buf_i64(&doc, c * 2 + (round == 2));
                if (by_name) buf_char(&doc, 'a');
                SaleRow row = { .client = { names + c * 8, 6 },
                                .document = { number, doc.len },
                                .day = d("2024-01-05") + (round == 2) * 40 + (round == 3),
                                .amount = 100 + c,
                                .at = i };
                tally_add(tally, 0, &row, 1);
            }
            tally_done(tally, 0);
            Summary s;
            EQUAL(tally_summary(tally, &s), OK);
            EQUAL(s.clients, CLIENTS);
            EQUAL(s.documents, 2 * CLIENTS);
            EQUAL(s.month_documents[0], CLIENTS);
            EQUAL(s.month_clients[0], CLIENTS);
            EQUAL(s.month_clients[1], CLIENTS);
            ptrdiff_t wrong = 0;
            for (ptrdiff_t c = 0; c < CLIENTS; c++)
                wrong += s.client_documents[c] != 2 || s.days[c] != 3 || s.money[c] != 4 * (100 + c) ||
                         s.client[c].s != names + c * 8;
            EQUAL(wrong, 0);
            tally_drop(tally);
        }
    }
}
