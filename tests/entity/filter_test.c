/* Conditions: paths, rows that point here, days by the clock, what is kept of a filter.  Expected values come from the
 * head; filter_law_test.c compares with an evaluator of its own. */
#include "entity/filter.h"

#include "entity/list.h"
#include "entity/own.h"
#include "sales/catalog/catalog.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdlib.h>
#include <string.h>

#define FIVE(x) x "," x "," x "," x "," x
#define THIRTY(x) FIVE(x) "," FIVE(x) "," FIVE(x) "," FIVE(x) "," FIVE(x) "," FIVE(x)

/* A leaf that holds for Берег, whose parent is of Омск, and thirty-nine and forty that hold for nobody. */
#define ITS_PARENT "{'field':'parent_id.city','op':'is','value':'Омск'}"
#define FAR_ABOVE  "{'field':'parent_id.parent_id.parent_id.parent_id.city','op':'is','value':'Омск'}"
#define MANY_LESS  THIRTY(FAR_ABOVE) "," FIVE(FAR_ABOVE) "," FAR_ABOVE "," FAR_ABOVE "," FAR_ABOVE "," FAR_ABOVE
#define MANY       MANY_LESS "," FAR_ABOVE

/* Texts of JSON with ' for ". */
static Str quoted(Arena *mem, const char *text)
{
    Str s = str_copy(mem, str_of(text));
    for (ptrdiff_t i = 0; i < s.n; i++)
        if (s.s[i] == '\'') ((char *)s.s)[i] = '"';
    return s;
}

static Str title(const Entity *e, const void *records, ptrdiff_t i)
{
    return e == &sale_entity ? ((const Sale *)records)[i].number : ((const Client *)records)[i].name;
}

/* What a list shows under the filter, blanks between, in the order of the names; the words of a refusal. */
static Str shown(Work *w, const Entity *e, const char *filter)
{
    Buf         all = buf_new(w->mem, 256);
    Page        page;
    const Json *json;
    if (json_read(w->mem, quoted(w->mem, filter), (JsonLimits){ 0 }, &w->problems, &json) != OK) return S("no JSON");
    Ask ask = { .filter = json, .order = e == &sale_entity ? S("number") : S("name") };
    if (list_page(w, e, &ask, &page) != OK) return first_problem(w);
    for (ptrdiff_t i = 0; i < page.n; i++) {
        if (i) buf_char(&all, ' ');
        buf_put(&all, title(e, page.records, i));
    }
    return buf_str(&all);
}

typedef struct {
    const Entity *e;
    const char   *filter, *shown;
} Asked;

static void all_shown(Firm *firm, const Asked *asked, ptrdiff_t n)
{
    Test *t = firm->t;
    for (ptrdiff_t i = 0; i < n; i++) {
        Work *w = deed(firm);
        STR(shown(w, asked[i].e, asked[i].filter), str_of(asked[i].shown));
        deed_end(firm, OK);
    }
}

/* Three clients: Алмаз (Омск, of user 11) has two sales, of March and of April, Берег (Пермь, of 12, stands under
 * Алмаз) a sale and a person, Ветер (no city, nobody's) has neither. */
typedef struct {
    int64_t client[3], product[2], sale[3], person;
} Shop;

static void clients_make(Firm *firm, Shop *shop)
{
    static const char *const name[] = { "Алмаз", "Берег", "Ветер" }, *const city[] = { "Омск", "Пермь", "" };
    Test *t = firm->t;
    Work *w = deed(firm);
    for (int i = 0; i < 3; i++) {
        Client       *c = NEW(w->mem, Client);
        ClientPerson *p = NEW(w->mem, ClientPerson);
        record_empty(w, &client_entity, c);
        c->name = str_of(name[i]);
        c->city = str_of(city[i]);
        c->keeper_id = i < 2 ? 11 + i : 0;
        c->parent_id = i == 1 ? shop->client[0] : 0;
        child_empty(&client_person_entity, p);
        p->person_id = shop->person;
        if (i == 1) c->persons.at = p;
        c->persons.n = i == 1;
        EQUAL(record_save_many(w, &client_entity, c, 1, &(SaveHow){ .trusted = true }), OK);
        shop->client[i] = c->base.id;
    }
    EQUAL(deed_end(firm, OK), OK);
}

static void sales_make(Firm *firm, Shop *shop)
{
    static const char *const number[] = { "S1", "S2", "S3" };
    static const int         of[] = { 0, 0, 1 };
    static const Day         day[] = { 20520, 20550, 20552 }; /* 8 March, 7 April, 9 April 2026 */
    Test                    *t = firm->t;
    Work                    *w = deed(firm);
    for (int i = 0; i < 3; i++) {
        Sale     *s = NEW(w->mem, Sale);
        SaleLine *line = NEW_N(w->mem, SaleLine, 2);
        record_empty(w, &sale_entity, s);
        s->number = str_of(number[i]);
        s->client_id = shop->client[of[i]];
        s->day = day[i];
        s->seller_id = i == 2 ? 11 : 12;
        for (int k = 0; k < 2; k++) {
            child_empty(&sale_line_entity, &line[k]);
            line[k].product_id = shop->product[k];
            line[k].amount = 10000 * (i + 1);
            line[k].cost = 5000;
        }
        s->lines.at = line;
        s->lines.n = i == 2 ? 1 : 2;
        EQUAL(record_save(w, &sale_entity, s), OK);
        shop->sale[i] = s->base.id;
    }
    EQUAL(deed_end(firm, OK), OK);
}

static Shop shop_make(Firm *firm)
{
    Test *t = firm->t;
    Shop  shop = { 0 };
    Work *w = deed(firm);
    for (int i = 0; i < 2; i++) {
        Product *p = NEW(w->mem, Product);
        record_empty(w, &product_entity, p);
        p->name = i ? S("Чай") : S("Мёд");
        EQUAL(record_save(w, &product_entity, p), OK);
        shop.product[i] = p->base.id;
    }
    Person *person = NEW(w->mem, Person);
    record_empty(w, &person_entity, person);
    person->name = S("Ольга");
    EQUAL(record_save(w, &person_entity, person), OK);
    shop.person = person->base.id;
    EQUAL(db_run(w->db, S("insert into sees (viewer_id, owner_id) values (11, 11), (20, 20), (20, 11), (20, 12)"),
                 NO_VALS, NULL),
          OK);
    EQUAL(deed_end(firm, OK), OK);
    clients_make(firm, &shop);
    sales_make(firm, &shop);
    return shop;
}

#define SALE   &sale_entity
#define CLIENT &client_entity

/* `tree` as it is kept, or the words of the refusal. */
static Str kept(Work *w, const Entity *e, const char *tree)
{
    Str      text;
    UsesList uses;
    if (filter_check(w, e, quoted(w->mem, tree), &text, &uses) != OK) return first_problem(w);
    for (ptrdiff_t i = 0; i < text.n; i++)
        if (text.s[i] == '"') ((char *)text.s)[i] = '\'';
    return text;
}

/* A tree by lot: few leaves, so that much repeats itself. */
static void tree_lot(Buf *to, unsigned *seed, int depth)
{
    static const char *const leaves[] = { "{'field':'city','op':'empty'}", "{'field':'name','op':'has','value':'x'}",
                                          "{'field':'created_at','op':'to','value':{'day':'0 m'}}" };
    static const char *const forms[] = { "{'all':[", "{'any':[", "{'not':", "{'none':'persons','where':[" };
    int                      form = rand_r(seed) % (depth < FILTER_DEPTH ? 5 : 1);
    if (!form) {
        buf_c(to, leaves[rand_r(seed) % COUNT(leaves)]);
        return;
    }
    if (form == 4) { /* within `where` the rows are others */
        buf_fmt(to, "%s{'field':'role','op':'empty'}]}", forms[3]);
        return;
    }
    buf_c(to, forms[form - 1]);
    for (int i = 0, n = form == 3 ? 1 : rand_r(seed) % 4; i < n; i++) {
        if (i) buf_char(to, ',');
        tree_lot(to, seed, depth + 1);
    }
    buf_c(to, form == 3 ? "}" : "]}");
}

static Str used(Work *w, const Entity *e, const char *tree)
{
    Str      text;
    UsesList uses;
    Buf      all = buf_new(w->mem, 256);
    if (filter_check(w, e, quoted(w->mem, tree), &text, &uses) != OK) return first_problem(w);
    for (ptrdiff_t i = 0; i < uses.n; i++) {
        const Use *u = &uses.at[i];
        buf_fmt(&all, "%s%d %s.%s", i ? " " : "", (int)u->what, str_c(w->mem, u->entity), str_c(w->mem, u->name));
        if (u->to_id) buf_i64(&all, u->to_id);
    }
    return buf_str(&all);
}

TESTS(test_filter)
{
    CASE("a condition follows references, links of children and the record of a child")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            shop_make(&firm);
            const Asked asked[] = {
                { SALE, "{'field':'client_id.city','op':'is','value':'Омск'}", "S1 S2" },
                { SALE, "{'field':'client_id.city','op':'is_not','value':'Омск'}", "S3" },
                { SALE, "{'field':'client_id.parent_id.city','op':'is','value':'Омск'}", "S3" },
                { SALE, "{'field':'client_id.parent_id.city','op':'empty'}", "S1 S2" },
                { SALE, "{'field':'client_id.parent_id.city','op':'is_not','value':'Омск'}", "S1 S2" },
                { SALE, "{'field':'client_id.parent_id.city','op':'not_empty'}", "S3" },
                { SALE, "{'field':'client_id.name','op':'has','value':'алм'}", "S1 S2" },
                { SALE, "{'field':'client_id.keeper_id','op':'in','value':[12,13]}", "S3" },
                { CLIENT, "{'field':'parent_id.parent_id.parent_id.parent_id.city','op':'empty'}",
                  "Алмаз Берег Ветер" },
                { CLIENT, "{'some':'persons','where':[{'field':'person_id.name','op':'is','value':'ольга'}]}",
                  "Берег" },
                { CLIENT, "{'some':'persons','where':[{'field':'parent.city','op':'is','value':'Пермь'}]}", "Берег" },
                { CLIENT, "{'some':'persons','where':[{'field':'parent.parent_id.city','op':'is','value':'Пермь'}]}",
                  "" },
            };
            all_shown(&firm, asked, COUNT(asked));
            firm_close(&firm);
        }
    }
    CASE("rows that point here, and children, are found, missed, counted and summed")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            shop_make(&firm);
            const Asked asked[] = {
                { CLIENT, "{'some':'<sale.client_id'}", "Алмаз Берег" },
                { CLIENT, "{'none':'<sale.client_id'}", "Ветер" },
                { CLIENT, "{'none':'<sale.client_id','where':[{'field':'day','op':'from','value':'2026-04-08'}]}",
                  "Алмаз Ветер" },
                { CLIENT, "{'count':'<sale.client_id','op':'from','value':2}", "Алмаз" },
                { CLIENT, "{'count':'<sale.client_id','op':'is','value':0}", "Ветер" },
                { CLIENT, "{'count':'<sale.client_id','op':'is_not','value':1}", "Алмаз Ветер" },
                { CLIENT, "{'sum':'<sale.client_id.total','op':'from','value':'600.00'}", "Алмаз" },
                { CLIENT, "{'sum':'<sale.client_id.total','op':'to','value':'0'}", "Ветер" },
                { CLIENT, "{'some':'parent_id<sale.client_id'}", "Берег" },
                { CLIENT,
                  "{'some':'<sale.client_id','where':[{'some':'lines','where':["
                  "{'field':'product_id.name','op':'is','value':'чай'}]}]}",
                  "Алмаз" },
                { SALE, "{'count':'lines','op':'from','value':2}", "S1 S2" },
                { SALE, "{'sum':'lines.amount','op':'is','value':'300.00'}", "S3" },
                { SALE, "{'some':'client_id.persons'}", "S3" },
                { SALE, "{'none':'client_id.persons'}", "S1 S2" },
                { SALE, "{'count':'client_id<sale.client_id','op':'is','value':2}", "S1 S2" },
                { CLIENT, "{'some':'<client.parent_id','where':[{'field':'city','op':'is','value':'Пермь'}]}",
                  "Алмаз" },
            };
            all_shown(&firm, asked, COUNT(asked));
            firm_close(&firm);
        }
    }
    CASE("what is in the archive is no row that points here, unless it is asked for")
    {
        ON_BOTH(base)
        {
            Firm    firm = firm_open(&base, t);
            Shop    shop = shop_make(&firm);
            SaveHow how = { 0 };
            Work   *w = deed(&firm);
            EQUAL(record_archive_many(w, &sale_entity, &shop.sale[2], 1, &how), OK);
            EQUAL(record_archive_many(w, &client_entity, &shop.client[1], 1, &how), OK);
            EQUAL(deed_end(&firm, OK), OK);
            const Asked asked[] = {
                { CLIENT, "{'none':'<sale.client_id'}", "Ветер" },
                { CLIENT, "{'some':'<client.parent_id'}", "" },
                { CLIENT, "{'some':'<client.parent_id','where':[{'field':'state','op':'is','value':'archive'}]}",
                  "Алмаз" },
                { CLIENT, "{'all':[{'field':'state','op':'is','value':'archive'},{'some':'<sale.client_id'}]}", "" },
            };
            all_shown(&firm, asked, COUNT(asked));
            firm_close(&firm);
        }
    }
    CASE("a value may be whoever asks, his team, a field of the row or of the row around it")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            shop_make(&firm);
            const char *all = "client:view:all sale:view:all";
            const Asked his[] = {
                { CLIENT, "{'field':'keeper_id','op':'is','value':{'me':1}}", "Алмаз" },
                { CLIENT, "{'field':'keeper_id','op':'is_not','value':{'me':1}}", "Берег Ветер" },
                { CLIENT, "{'field':'keeper_id','op':'in','value':[{'me':1},12]}", "Алмаз Берег" },
                { SALE, "{'field':'seller_id','op':'is_not','value':{'field':'client_id.keeper_id'}}", "S1 S2 S3" },
                { SALE, "{'field':'seller_id','op':'is','value':{'field':'client_id.parent_id.keeper_id'}}", "S3" },
                { SALE, "{'field':'total','op':'from','value':{'field':'total'}}", "S1 S2 S3" },
                { SALE, "{'sum':'lines.amount','op':'is','value':{'field':'total'}}", "S1 S2 S3" },
                { CLIENT,
                  "{'some':'<sale.client_id','where':[{'field':'seller_id','op':'is','value':"
                  "{'row':'parent_id.keeper_id'}}]}",
                  "Берег" },
                { CLIENT,
                  "{'some':'<sale.client_id','where':[{'field':'seller_id','op':'is','value':"
                  "{'row':'keeper_id'}}]}",
                  "" },
            };
            firm.who = somebody(t, 11, all);
            all_shown(&firm, his, COUNT(his));
            const Asked team[] = {
                { CLIENT, "{'field':'keeper_id','op':'is','value':{'team':1}}", "Алмаз Берег" },
                { CLIENT, "{'field':'keeper_id','op':'is_not','value':{'team':1}}", "Ветер" },
                { CLIENT, "{'field':'keeper_id','op':'in','value':[{'team':1},99]}", "Алмаз Берег" },
            };
            firm.who = somebody(t, 20, all);
            all_shown(&firm, team, COUNT(team));
            firm_close(&firm);
        }
    }
    CASE("what is out of somebody's reach counts as empty, and names that are hidden from him are none")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            shop_make(&firm);
            firm.who = somebody(t, 11, "client:view:own sale:view:all:finance");
            const Asked asked[] = {
                { SALE, "{'field':'client_id','op':'not_empty'}", "S1 S2 S3" },
                { SALE, "{'field':'client_id.city','op':'is','value':'Пермь'}", "" },
                { SALE, "{'field':'client_id.city','op':'is_not','value':'Пермь'}", "S1 S2 S3" },
                { SALE, "{'field':'client_id.city','op':'empty'}", "S3" },
                { SALE, "{'some':'client_id.persons'}", "" },
                { SALE, "{'field':'client_id.parent_id.city','op':'empty'}", "S1 S2 S3" },
                { SALE, "{'field':'lines.cost','op':'empty'}", "filter filter.no_such_field" },
                { SALE, "{'field':'cost_total','op':'empty'}", "filter filter.no_such_field" },
                { SALE, "{'some':'lines','where':[{'field':'cost','op':'empty'}]}", "filter filter.no_such_field" },
                { SALE, "{'sum':'lines.cost','op':'from','value':'0'}", "filter filter.no_such_field" },
                { SALE, "{'some':'lines','where':[{'field':'product_id.name','op':'is','value':'чай'}]}",
                  "filter filter.no_such_field" },
                { SALE, "{'field':'total','op':'from','value':{'field':'cost_total'}}", "filter filter.no_such_field" },
                { CLIENT, "{'some':'<sale.client_id','where':[{'field':'cost_total','op':'not_empty'}]}",
                  "filter filter.no_such_field" },
            };
            all_shown(&firm, asked, COUNT(asked));
            firm.who = somebody(t, 11, "client:view:all sale:view:own");
            const Asked rows[] = {
                { CLIENT, "{'some':'<sale.client_id'}", "Алмаз" },
                { CLIENT, "{'none':'<sale.client_id'}", "Берег Ветер" },
                { CLIENT, "{'count':'<sale.client_id','op':'is','value':0}", "Берег Ветер" },
                { CLIENT, "{'sum':'<sale.client_id.total','op':'from','value':'0.01'}", "Алмаз" },
            };
            all_shown(&firm, rows, COUNT(rows));
            firm.who = somebody(t, 11, "client:view:all");
            const Asked none[] = {
                { CLIENT, "{'some':'<sale.client_id'}", "filter filter.no_such_list" },
                { CLIENT, "{'some':'<sale_line.product_id'}", "filter filter.no_such_list" },
                { CLIENT, "{'field':'source_id.name','op':'empty'}", "filter filter.no_such_field" },
            };
            all_shown(&firm, none, COUNT(none));
            firm_close(&firm);
        }
    }
    CASE("forty leaves of four steps each are one condition, in any group, and forty-one are too many")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            shop_make(&firm);
            const Asked asked[] = {
                { CLIENT, "{'any':[" MANY "]}", "" },
                { CLIENT, "{'not':{'any':[" MANY "]}}", "Алмаз Берег Ветер" },
                { CLIENT, "{'any':[" ITS_PARENT "," MANY_LESS "]}", "Берег" },
                { CLIENT, "{'all':[" ITS_PARENT "," MANY_LESS "]}", "" },
                { CLIENT, "{'any':[" ITS_PARENT "," MANY "]}", "filter filter.too_large" },
            };
            all_shown(&firm, asked, COUNT(asked));
            firm_close(&firm);
        }
    }
    CASE("what cannot be meant is refused with its path and the reason")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            shop_make(&firm);
            const Asked asked[] = {
                { SALE, "{'field':'client_id.colour','op':'empty'}", "filter filter.no_such_field" },
                { SALE, "{'field':'number.city','op':'empty'}", "filter filter.no_step" },
                { SALE, "{'field':'client_id:client.city','op':'empty'}", "filter filter.no_step" },
                { SALE, "{'field':'parent.city','op':'empty'}", "filter filter.no_such_field" },
                { SALE, "{'field':'client_id.','op':'empty'}", "filter filter.no_such_field" },
                { SALE, "{'field':'.city','op':'empty'}", "filter filter.no_such_field" },
                { CLIENT, "{'field':'parent_id.parent_id.parent_id.parent_id.parent_id.city','op':'empty'}",
                  "filter filter.too_far" },
                { CLIENT, "{'some':'<sale.seller_id'}", "filter filter.points_elsewhere" },
                { CLIENT, "{'some':'<sale.number'}", "filter filter.points_elsewhere" },
                { CLIENT, "{'some':'<nothing.client_id'}", "filter filter.no_such_list" },
                { CLIENT, "{'some':'lines'}", "filter filter.no_such_list" },
                { CLIENT, "{'some':'<sale.client_id.total'}", "filter filter.no_such_list" },
                { CLIENT, "{'sum':'<sale.client_id.number','op':'from','value':1}", "filter filter.no_sum" },
                { CLIENT, "{'count':'<sale.client_id','op':'has','value':1}", "filter filter.wrong_op" },
                { CLIENT, "{'count':'<sale.client_id','op':'from','value':'x'}", "filter filter.wrong_value" },
                { CLIENT, "{'count':'<sale.client_id'}", "filter filter.not_a_tree" },
                { CLIENT, "{'some':'persons','where':{}}", "filter filter.not_a_tree" },
                { CLIENT, "{'some':1}", "filter filter.not_a_tree" },
                { CLIENT, "{'some':'persons','none':'persons'}", "filter filter.not_a_tree" },
                { CLIENT, "{'field':'city','op':'is','value':{'arg':'limit'}}", "filter filter.no_args" },
                { CLIENT, "{'field':'city','op':'is','value':{'row':'city'}}", "filter filter.no_row" },
                { CLIENT, "{'field':'city','op':'is','value':{'field':'keeper_id'}}", "filter filter.wrong_value" },
                { CLIENT, "{'field':'city','op':'starts','value':{'field':'city'}}", "filter filter.wrong_op" },
                { CLIENT, "{'field':'city','op':'in','value':[{'field':'city'}]}", "filter filter.wrong_value" },
                { CLIENT, "{'field':'city','op':'is','value':{'me':1}}", "filter filter.wrong_value" },
                { CLIENT, "{'field':'parent_id','op':'is','value':{'me':1}}", "filter filter.wrong_value" },
                { CLIENT, "{'field':'keeper_id','op':'is','value':{'me':2}}", "filter filter.wrong_value" },
                { CLIENT, "{'field':'keeper_id','op':'is','value':{'you':1}}", "filter filter.wrong_value" },
                { CLIENT, "{'field':'keeper_id','op':'is','value':{}}", "filter filter.wrong_value" },
                { SALE, "{'field':'day','op':'from','value':{'now':'-4 h'}}", "filter filter.wrong_value" },
                { SALE, "{'field':'day','op':'from','value':{'day':'moon.start'}}", "filter filter.wrong_value" },
                { SALE, "{'field':'day','op':'from','value':{'day':'4 h'}}", "filter filter.wrong_value" },
                { SALE, "{'field':'day','op':'from','value':{'day':'99999'}}", "filter filter.wrong_value" },
                { CLIENT,
                  "{'any':[{'some':'persons'},{'some':'persons'},{'some':'persons'},{'some':'persons'},"
                  "{'some':'persons'}]}",
                  "filter filter.too_many" },
                { CLIENT, "{'all':[" FIVE(FIVE(FIVE("{'all':[]},{'any':[]}"))) "]}", "filter filter.too_many_groups" },
                { CLIENT,
                  "{'some':'<client.parent_id','where':[{'some':'<client.parent_id','where':["
                  "{'some':'<client.parent_id','where':[{'some':'<client.parent_id','where':["
                  "{'not':{'field':'city','op':'empty'}}]}]}]}]}",
                  "filter filter.too_deep" },
            };
            all_shown(&firm, asked, COUNT(asked));
            firm_close(&firm);
        }
    }
    CASE("a field that was archived is refused as such")
    {
        ON_BOTH(base)
        {
            Firm        firm = firm_open(&base, t);
            const Json *body;
            int64_t     id = 0;
            Work       *w = deed(&firm);
            EQUAL(json_read(w->mem,
                            quoted(w->mem, "{'entity':'client','type':'text','label_ru':'Цвет','label_en':'Colour'}"),
                            (JsonLimits){ 0 }, &w->problems, &body),
                  OK);
            EQUAL(own_add_json(w, body, &id), OK);
            EQUAL(deed_end(&firm, OK), OK);
            char *filter = str_c(&t->mem, str_fmt(&t->mem, "{'field':'x%lld','op':'empty'}", (long long)id));
            w = deed(&firm);
            STR(shown(w, CLIENT, filter), S(""));
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(own_archive(w, id), OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            STR(shown(w, CLIENT, filter), S("filter filter.archived_field"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("filters that mean the same are kept as one text")
    {
        ON_BOTH(base)
        {
            Firm        firm = firm_open(&base, t);
            const char *same[][2] = {
                { "", "" },
                { " {'all':[]} ", "" },
                { "{'all':[{'all':[]}]}", "" },
                { "{'value':'Омск','op':'is','field':'city'}", "{'field':'city','op':'is','value':'Омск'}" },
                { "{'all':[{'field':'city','op':'empty'}]}", "{'field':'city','op':'empty'}" },
                { "{'all':[{'field':'name','op':'empty'},{'all':[{'field':'city','op':'empty'},{'field':'name','op':"
                  "'empty'}]}]}",
                  "{'all':[{'field':'city','op':'empty'},{'field':'name','op':'empty'}]}" },
                { "{'any':[{'field':'name','op':'empty'},{'all':[{'any':[{'field':'city','op':'empty'}]}]}]}",
                  "{'any':[{'field':'city','op':'empty'},{'field':'name','op':'empty'}]}" },
                { "{'not':{'not':{'field':'city','op':'empty','value':7}}}", "{'field':'city','op':'empty'}" },
                { "{'field':'keeper_id','op':'in','value':[7,5,7]}", "{'field':'keeper_id','op':'in','value':[5,7]}" },
                { "{'field':'parent_id.id','op':'is','value':7}", "{'field':'parent_id','op':'is','value':7}" },
                { "{'op':'from','value':12,'sum':'<sale.client_id.total','where':[{'field':'day','op':'from','value':"
                  "{'day':' quarter.start - 1 d '}},{'field':'day','op':'to','value':{'day':'-2 w'}}]}",
                  "{'sum':'<sale.client_id.total','where':[{'field':'day','op':'from','value':{'day':"
                  "'quarter.start-1 d'}},{'field':'day','op':'to','value':{'day':'-14'}}],'op':'from','value':"
                  "'12.00'}" },
                { "{'field':'created_at','op':'from','value':{'now':' -4 h'}}",
                  "{'field':'created_at','op':'from','value':{'now':'-4 h'}}" },
                { "{'field':'created_at','op':'from','value':{'day':'0 m'}}",
                  "{'field':'created_at','op':'from','value':{'day':'0'}}" },
                { "{'field':'created_at','op':'from','value':{'day':'month.end+0 wd'}}",
                  "{'field':'created_at','op':'from','value':{'day':'month.end'}}" },
                { "{'all':[{'any':[{'all':[{'field':'name','op':'empty'},{'field':'city','op':'empty'}]},{'all':[{"
                  "'field':'city','op':'empty'},{'field':'name','op':'empty'}]}]},{'field':'inn','op':'empty'}]}",
                  "{'all':[{'field':'city','op':'empty'},{'field':'inn','op':'empty'},{'field':'name','op':"
                  "'empty'}]}" },
                { "{'not':{'any':[{'not':{'field':'city','op':'empty'}},{'not':{'field':'city','op':'empty'}}]}}",
                  "{'field':'city','op':'empty'}" },
                { "{'any':[{'all':[{'all':[]}]},{'any':[]}]}", "" },
                { "{'some':'persons','where':[]}", "{'some':'persons'}" },
                { "{", "- json.cut" },
                { "{'field':'city','op':'is','value':{'arg':'limit'}}", "filter filter.no_args" },
                { "{'field':'abc','op':'from','value':'A'}", "filter filter.wrong_op" },
            };
            for (int i = 0; i < COUNT(same); i++) {
                Work *w = deed(&firm);
                Str   text = kept(w, CLIENT, same[i][0]);
                STR(text, str_of(same[i][1]));
                if (str_starts(text, S("{"))) STR(kept(w, CLIENT, str_c(w->mem, text)), text);
                deed_end(&firm, OK);
            }
            Buf many = buf_new(&t->mem, 6000);
            buf_c(&many, "{'field':'city','op':'in','value':[''");
            many.len -= 2;
            for (int i = 0; i < 300; i++) buf_fmt(&many, "%s'city number %d'", i ? "," : "", i);
            buf_c(&many, "]}");
            Work *w = deed(&firm);
            STR(kept(w, CLIENT, str_c(&t->mem, buf_str(&many))), S("filter filter.too_long"));
            deed_end(&firm, INVALID);
            firm_close(&firm);
        }
    }
    CASE("what is kept of a filter is kept of it read again")
    {
        ON_BOTH(base)
        {
            Firm     firm = firm_open(&base, t);
            unsigned seed = 11;
            int      told = 0;
            for (int i = 0; i < 600; i++) {
                Work *w = deed(&firm);
                Buf   tree = buf_new(w->mem, 1000);
                tree_lot(&tree, &seed, 1);
                Str text = kept(w, CLIENT, str_c(w->mem, buf_str(&tree)));
                if (str_starts(text, S("{"))) {
                    STR(kept(w, CLIENT, str_c(w->mem, text)), text);
                    told++;
                }
                deed_end(&firm, OK);
            }
            CHECK(told > 400);
            firm_close(&firm);
        }
    }
    CASE("it is told what a kept filter reads")
    {
        ON_BOTH(base)
        {
            Firm  firm = firm_open(&base, t);
            Work *w = deed(&firm);
            STR(used(w, CLIENT,
                     "{'all':[{'field':'city','op':'empty'},{'field':'abc','op':'is','value':'A'},{'some':"
                     "'<sale.client_id','where':[{'some':'lines','where':[{'field':'product_id','op':'is','value':"
                     "7}]},{'field':'client_id.city','op':'is','value':{'row':'city'}}]}]}"),
                S("1 client.city 2 client.abc 1 sale.client_id 3 sale.lines 1 sale_line.product_id 4 product.7"));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a condition is asked of single records, of one that was just written and of one that is gone")
    {
        ON_BOTH(base)
        {
            Firm    firm = firm_open(&base, t);
            Shop    shop = shop_make(&firm);
            Work   *w = deed(&firm);
            Client *c = NEW(w->mem, Client);
            int64_t ids[6] = { shop.client[2], shop.client[0], 999999, shop.client[1], 0, shop.client[0] };
            bool    holds[6];
            record_empty(w, &client_entity, c);
            c->name = S("Гора");
            c->parent_id = shop.client[0];
            EQUAL(record_save(w, &client_entity, c), OK);
            ids[4] = c->base.id;
            const FilterAsk ask = { .w = w, .mem = w->mem, .e = &client_entity };
            const char     *one =
                "{'any':[{'field':'parent_id.city','op':'is','value':'Омск'},{'some':'<sale.client_id'}]}";
            const Json *tree;
            EQUAL(json_read(w->mem, quoted(w->mem, one), (JsonLimits){ 0 }, &w->problems, &tree), OK);
            EQUAL(filter_holds(&ask, tree, ids, 6, holds), OK);
            for (int i = 0; i < 6; i++) EQUAL(holds[i], i != 0 && i != 2);
            EQUAL(filter_holds(&ask, NULL, ids, 6, holds), OK);
            for (int i = 0; i < 6; i++) EQUAL(holds[i], i != 2);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 11, "client:view:own sale:view:own");
            w = deed(&firm);
            const FilterAsk his = { .w = w, .mem = w->mem, .e = &client_entity },
                            all = { .w = w, .mem = w->mem, .e = &client_entity, .published = true };
            EQUAL(json_read(w->mem, quoted(w->mem, one), (JsonLimits){ 0 }, &w->problems, &tree), OK);
            EQUAL(filter_holds(&his, tree, ids, 6, holds), OK);
            for (int i = 0; i < 6; i++) EQUAL(holds[i], i == 1 || i == 5);
            EQUAL(filter_holds(&all, tree, ids, 6, holds), OK);
            for (int i = 0; i < 6; i++) EQUAL(holds[i], i != 0 && i != 2);
            EQUAL(w->who == firm.who, true);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("who comes and goes when a filter is altered is the difference of its two lists")
    {
        ON_BOTH(base)
        {
            Firm        firm = firm_open(&base, t);
            Shop        shop = shop_make(&firm);
            Work       *w = deed(&firm);
            FilterAsk   ask = { .w = w, .mem = w->mem, .e = &client_entity };
            const Json *was, *now;
            Moves       moves;
            EQUAL(json_read(w->mem, S("{\"field\":\"city\",\"op\":\"not_empty\"}"), (JsonLimits){ 0 }, &w->problems,
                            &was),
                  OK);
            EQUAL(json_read(w->mem, S("{\"none\":\"persons\"}"), (JsonLimits){ 0 }, &w->problems, &now), OK);
            EQUAL(filter_moves(&ask, was, now, &moves), OK);
            EQUAL(moves.come.all, 1);
            EQUAL(moves.come.n, 1);
            EQUAL(moves.come.id[0], shop.client[2]);
            EQUAL(moves.go.all, 1);
            EQUAL(moves.go.id[0], shop.client[1]);
            EQUAL(filter_moves(&ask, was, NULL, &moves), OK);
            EQUAL(moves.come.all, 1);
            EQUAL(moves.go.all, 0);
            EQUAL(moves.go.n, 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("days and moments of a condition go by the clock, the calendar and the day of whoever asks")
    {
        ON_BOTH(base)
        {
            Firm firm = firm_open(&base, t);
            shop_make(&firm); /* sales of 8 March, 7 and 9 April 2026 */
            const char *asked[][2] = {
                { "{'field':'day','op':'is','value':{'day':'0'}}", "S3" },
                { "{'field':'day','op':'is','value':{'day':'-2'}}", "S2" },
                { "{'field':'day','op':'in','value':[{'day':'today'},{'day':'-32'}]}", "S1 S3" },
                { "{'field':'day','op':'from','value':{'day':'month.start'}}", "S2 S3" },
                { "{'field':'day','op':'to','value':{'day':'month.start-1 d'}}", "S1" },
                { "{'field':'day','op':'from','value':{'day':'quarter.start-1 m'}}", "S1 S2 S3" },
                { "{'field':'day','op':'from','value':{'day':'quarter.start'}}", "S2 S3" },
                { "{'field':'day','op':'from','value':{'day':'week.start'}}", "S2 S3" },
                { "{'field':'day','op':'to','value':{'day':'week.end-1 w'}}", "S1" },
                { "{'field':'day','op':'to','value':{'day':'year.end-12 m'}}", "" },
                { "{'field':'day','op':'from','value':{'day':'-1 wd'}}", "S3" },
                { "{'field':'day','op':'from','value':{'day':'-2 wd'}}", "S2 S3" },
            };
            for (int i = 0; i < COUNT(asked); i++) {
                Work *w = deed(&firm);
                w->today = 20552;
                STR(shown(w, SALE, asked[i][0]), str_of(asked[i][1]));
                EQUAL(deed_end(&firm, OK), OK);
            }
            Actor *east = NEW(&t->mem, Actor);
            *east = *somebody(t, 11, "sale:view:all");
            east->zone = S("Asia/Kamchatka");
            firm.who = east;
            Work *w = deed(&firm);
            w->now = INT64_C(20551) * 86400000 + 15 * INT64_C(3600000); /* 3 in the morning of the 9th there */
            w->today = 20551;
            STR(shown(w, SALE, "{'field':'day','op':'is','value':{'day':'0'}}"), S("S3"));
            STR(shown(w, SALE, "{'field':'created_at','op':'from','value':{'now':'0'}}"), S("S1 S2 S3"));
            w->now = INT64_C(40000) * 86400000;
            STR(shown(w, SALE, "{'field':'created_at','op':'from','value':{'now':'-4 h'}}"), S(""));
            STR(shown(w, SALE, "{'field':'created_at','op':'to','value':{'now':'-8 wh'}}"), S("S1 S2 S3"));
            STR(shown(w, SALE, "{'field':'created_at','op':'to','value':{'day':'-1'}}"), S("S1 S2 S3"));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
}
