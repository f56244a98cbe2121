/* A question to the sales history as a screen puts it: period, channel, class, seller, measure; and everything an
 * answer needs.
 *
 * Parameters of the analyses (all may be missing); which of them one takes says its route, and any other is refused:
 *
 *   from, to        the period; usually the twelve months up to the last sale
 *   as_of           the day looked from; usually the firm's today, or the day after the last sale when that is over 90
 * days ago channel, seller, client, product   an id;  class  A, B or C as of the last nightly count measure revenue,
 * margin, quantity;  of  client, product cuts, xyz       two percents each: 80,95 and 10,25 cell            the class
 * or cell whose members are listed; one that the analysis does not know is refused skip, limit     a page of its lists;
 * list  of that one only, the others from their beginning format          json, xlsx: the same tables as sheets, with
 * all members; takes the right to export
 *
 * What a reader may know comes with the question as its reach (facts/view.h): the clients within his scope of analyses,
 * of sales and of clients at once, and costs where neither of the first two hides them; of a book, as he may export
 * analyses too.  Every figure, sentence and finding is an answer to that question, so none can tell more. */
#ifndef SALES_INSIGHT_ASKING_H
#define SALES_INSIGHT_ASKING_H

#include "analysis/report.h"
#include "api/route.h"
#include "facts/facts.h"
#include "sales/insight/book.h"
#include "sales/insight/rule.h"
#include "sales/insight/table_order.h"

/* The facts of this server, told once at the start. */
void   insight_facts(Facts *facts);
Facts *insight_the_facts(void);

typedef struct {
    Request       *r;
    FactsHold      hold;
    FactsReach     reach;
    FactsQuestion  q;
    FactsAnswer    a;
    Report         report;
    ReportSettings set;
    AnalysisRule   rule;
    Voice          voice;
    Day            earliest, latest; /* of all sales the facts hold, as far as they are not ahead of today */
    Day            known;          /* the last day that has come, seen from q.as_of: what is compared ends with it */
    Day            judged;         /* of Summary: falls, season and evenness are of months up to it               */
    Str            class_, cell, list;
    int64_t        channel, seller, client, product, skip, limit;
    TableOrder     order;          /* of the list that `sort` names a column of */
    bool           of_product;
    bool           whole;          /* everybody is counted: what the answer says is true of the firm */
    Book          *book;           /* null: JSON is asked for */
    const void    *beside;         /* what a screen's own IsMember reads beside the report */
    bool           answered;       /* asking_answer was asked: `a` and `report` are there */
    bool           tells_coverage; /* how much of the revenue has a cost is part of the answer */
    ptrdiff_t      others;         /* clients it counts beside those who have sales           */
} Asking;

enum { ASKING_LIMIT = 200, ASKING_BOOK_LIMIT = 1048575 }; /* as many rows as Excel has under a heading */

/* Values of `measure` and of `of`, by their places; end with null. */
extern const char *const asking_measures[], *const asking_kinds[];

/* Reads the parameters and holds the facts until the work ends.  BUSY with words and progress while they load; DENIED
 * for margin where figures of cost are hidden. */
Err asking_begin(Request *r, Asking *out);

/* Only holds the facts, for an answer about one client whose sales the reader may see; costs as sales tell them, and
 * analyses where he has them. */
Err asking_client(Request *r, int64_t client, Asking *out);

/* Only holds the facts, for an answer about every sale the reader may see; costs as above. */
Err asking_sold(Request *r, Asking *out);

/* A question to the facts within the reader's reach: of everything there is. */
FactsQuestion asking_question(const Asking *a);

/* `sql` with its marks {scope analysis c} filled in from parameter `next` on for this reader and answer, and their
 * values behind `vals`, which holds next - 1 of them; *n is how many there are then.  Room for ASKING_SCOPE more is
 * enough. */
enum { ASKING_SCOPE = COUNT(((ScopeValues *)0)->value) };
Str asking_scope(const Asking *a, Str sql, int next, Val *vals, int *n);

/* `list` is one of these, which end with null, or missing. */
Err asking_lists(Asking *a, const char *const *lists);

/* OK when the cell is known or none is asked for; else INVALID at `cell`. */
Err asking_cell(Asking *a, bool known);

/* Which part of one of the answer's lists is asked for: all of it where it is to be put in order. */
typedef struct {
    ptrdiff_t skip, limit;
} AskedPage;
AskedPage asking_page(const Asking *a, const char *list);

/* Is only a part of the sales asked about, whoever's they are? */
bool asking_narrowed(const Asking *a);

/* Counts: the summary and the report of the period; with q.margins, which takes the right to know costs, what each
 * client leaves too, and `covered` says of how much of the revenue that is known. */
Err asking_answer(Asking *a);

/* Another count with the same people and filters: an earlier period, another measure.  Its months of clients are not
 * there. */
FactsAnswer asking_again(Asking *a, Day from, Day to, Measure measure);

/* Puts the money of another answer to the places of this one; both list the clients by their number. */
void asking_line_up(const FactsAnswer *from, const FactsAnswer *onto, Money *out);

/* The place of a client in the summary; UINT32_MAX: it has no sale there. */
uint32_t asking_place(const Asking *a, int64_t client);

/* Names of clients and products by id; "" for one that is gone.  To be told clients is to look at them: DENIED beyond
 * the limit (access/viewing.h). */
Err asking_names(Asking *a, const char *entity, const int64_t *ids, ptrdiff_t n, Str *out);

/* The same for a list that is put in order: only names that will be read are looked at.  `asking` is an Asking. */
Err asking_order_names(void *asking, bool of_clients, const int64_t *ids, ptrdiff_t n, bool shown, Str *out);

/* The number of a client as the facts have it; 0: not known to them, or too new for what is held. */
uint32_t asking_number(const Asking *a, int64_t client);

/* Opens the reply: {"settings":…,"sentence":…,"how":…,"coverage":…,"tables":{ .  `sentence` and `how` are whole
 * texts. */
void asking_open(Asking *a, Str sentence, const char *how, Tables *t);

/* Closes it, or sends the book. */
Err  asking_close(Asking *a, Tables *t);

/* The sentence of a key, in the reader's language. */
#define asking_say(a, key, ...)                                                                                        \
    asking_words((a), (key), ARGS(__VA_ARGS__), ARGS_N(__VA_ARGS__))
Str  asking_words(Asking *a, const char *key, const Arg *args, int count);
Str  asking_share(Asking *a, Wide part, Wide whole); /* 12,5 % */
Str  asking_money(Asking *a, Wide amount);           /* in the measure asked for */

/* ---- members of a cell ---- */

/* Some of an array of clients or products, the page asked for, with their names. */
typedef struct {
    uint32_t *at;     /* [n] places, from the largest down */
    Str      *name;   /* [n]                               */
    ptrdiff_t n, all; /* n on this page, all of them       */
    Wide      amount; /* of all of them                    */
} Members;

/* Who is to be listed: those of n for whom `is` holds. */
typedef struct {
    const char    *list;    /* which of the answer's lists it is                       */
    bool           of_product;
    const int64_t *id;      /* [n]                                                     */
    const Money   *amount;  /* [n] what the members' figures add up from               */
    const Money   *weight;  /* [n] the order, from the largest down; null: by amount   */
    const bool    *is;      /* [n]; null: all                                          */
    ptrdiff_t      n;
} Listing;

Err members_list(Asking *a, Listing listing, Members *out);

typedef bool (*IsMember)(const Asking *a, uint32_t place);

/* Places of the summary for whom `is` holds (null: everybody in the period), by amount: the list `items`. */
Err members_find(Asking *a, IsMember is, Members *out);

/* The table `total`: {items, amount} of all members, on this page or not. */
void members_total(Tables *t, const Members *m);

/* The table `lists`, where an answer has several: {list, items, amount} of each, on this page or not. */
typedef struct {
    const char *list;
    int64_t     items;
    Wide        amount; /* NONE: it has no sum */
} ListSize;
void members_lists(Tables *t, const ListSize *lists, int n);

#endif
