/* The one door: what it writes, what it refuses, what it merges.  Expected values come from the head. */
#include "entity/change.h"
#include "entity/touch.h"
#include "sales/catalog/catalog.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdio.h>
#include <string.h>

static Client client_named(Work *w, const char *name)
{
    Client c;
    record_empty(w, &client_entity, &c);
    c.name = str_of(name);
    return c;
}

static void phone_add(Work *w, Client *c, const char *number)
{
    ClientPhone *wider = NEW_N(w->mem, ClientPhone, c->phones.n + 1);
    if (c->phones.n) memcpy(wider, c->phones.at, sizeof *wider * (size_t)c->phones.n);
    child_empty(&client_phone_entity, &wider[c->phones.n]);
    wider[c->phones.n].number = str_of(number);
    c->phones.at = wider;
    c->phones.n++;
}

static int64_t client_saved(Firm *firm, const char *name, const char *city)
{
    Test  *t = firm->t;
    Work  *w = deed(firm);
    Client c = client_named(w, name);
    c.city   = str_of(city);
    phone_add(w, &c, "8 (343) 200-00-00");
    EQUAL(record_save(w, &client_entity, &c), OK);
    int64_t id = c.base.id;
    EQUAL(deed_end(firm, OK), OK);
    return id;
}

static int64_t changes(Work *w, int64_t record)
{
    int64_t n = -1;
    db_int(w->db, S("select count(*) from change where record = $1"), VALS(val_int(record)), &n);
    return n;
}

static Str last_diff(Work *w, const Entity *e, int64_t record)
{
    Change   *all;
    ptrdiff_t n;
    return change_history(w, e, record, (ChangeBelow){ 0 }, 1, &all, &n) == OK && n ? all[0].diff : S("none");
}

static Str patched(Work *w, const Entity *e, int64_t id, int64_t version, const char *json, Err *err)
{
    const Json *patch;
    void       *record = arena_take(w->mem, e->size, 16, 1);
    *err = json_read(w->mem, str_of(json), (JsonLimits){ 0 }, &w->problems, &patch);
    if (!*err) *err = record_patch(w, e, id, version, patch, record);
    if (!*err) *err = record_save(w, e, record);
    return first_problem(w);
}

static ChildRows rows_made(Work *w, const Entity *child, ptrdiff_t n)
{
    ChildRows rows = { arena_take(w->mem, child->size, 16, n), n };
    for (ptrdiff_t k = 0; k < n; k++) child_empty(child, (char *)rows.at + k * child->size);
    return rows;
}

static void phones_set(Work *w, Client *c, ptrdiff_t n)
{
    ChildRows rows = rows_made(w, &client_phone_entity, n);
    c->phones.at   = rows.at;
    c->phones.n    = n;
    for (ptrdiff_t k = 0; k < n; k++) c->phones.at[k].number = S("1");
}

/* Changes of half a megabyte and more each, until there are so many bytes of them. */
static void phones_rewritten(Firm *firm, int64_t id, int64_t bytes)
{
    Test *t = firm->t;
    for (int64_t told = 0; told < bytes;) {
        Work  *w = deed(firm);
        Client c;
        EQUAL(record_load(w, &client_entity, id, &c), OK);
        phones_set(w, &c, CHILDREN_MOST);
        EQUAL(record_save(w, &client_entity, &c), OK);
        EQUAL(db_int(w->db, S("select sum(length(diff)) from change where record = $1"), VALS(val_int(id)), &told), OK);
        EQUAL(deed_end(firm, OK), OK);
    }
}

static Err long_saved(Work *w, const Entity *e, const Children *list, ptrdiff_t n, bool trusted)
{
    void *record = arena_take(w->mem, e->size, 16, 1);
    record_empty(w, e, record);
    *(ChildRows *)(void *)((char *)record + list->offset) = rows_made(w, list->entity, n);
    return record_save_many(w, e, record, 1, &(SaveHow){ .trusted = trusted });
}

static bool says_too_long(Work *w, const char *list)
{
    bool says = false;
    for (const Problem *p = w->problems.first; p; p = p->next)
        says |= strcmp(p->key, "record.too_many_children") == 0 && strcmp(p->field, list) == 0;
    return says;
}

TESTS(test_record)
{
    CASE("a client comes back as it was saved, with phones and what the program adds") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "ООО «Ёлка»", "Пермь");
            Work   *w    = deed(&firm);
            Client  c;
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            STR(c.name, S("ООО «Ёлка»"));
            STR(c.city, S("Пермь"));
            EQUAL(c.base.version, 1);
            EQUAL(c.state, CLIENT_POTENTIAL);
            EQUAL(c.state_since, w->today);
            EQUAL(c.keeper_id, 0);
            CHECK(c.base.archived_at == NONE);
            EQUAL(c.phones.n, 1);
            STR(c.phones.at[0].number, S("8 (343) 200-00-00"));
            STR(c.phones.at[0].digits, S("73432000000"));
            EQUAL(c.addresses.n, 0);
            EQUAL(changes(w, id), 1);
            CHECK(last_diff(w, &client_entity, id).n == 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("only what differs is written, and a save without a difference leaves no trace") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Омега", "Пермь");
            Work   *w    = deed(&firm);
            Client  c;
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            EQUAL(record_save(w, &client_entity, &c), OK);
            EQUAL(c.base.version, 1);
            EQUAL(changes(w, id), 1);
            c.city = S("Омск");
            phone_add(w, &c, "+7 912 000-00-01");
            EQUAL(record_save(w, &client_entity, &c), OK);
            EQUAL(c.base.version, 2);
            Str diff = last_diff(w, &client_entity, id);
            CHECK(str_starts(diff, S("{\"city\":[\"Пермь\",\"Омск\"],\"phones\":{\"")));
            CHECK(str_find(diff, S("[\"+\",{\"number\":\"+7 912 000-00-01\",\"digits\":\"79120000001\"}]")) > 0);
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            EQUAL(c.phones.n, 2);
            c.phones.at++;
            c.phones.n = 1;
            c.phones.at[0].note = S("секретарь");
            EQUAL(record_save(w, &client_entity, &c), OK);
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            EQUAL(c.phones.n, 1);
            STR(c.phones.at[0].note, S("секретарь"));
            CHECK(str_find(last_diff(w, &client_entity, id), S("[\"-\",{\"number\":\"8 (343) 200-00-00\"")) > 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("what cannot be right is refused field by field and nothing is written") {
        ON_BOTH(base) {
            Firm   firm = firm_open(&base, t);
            Work  *w    = deed(&firm);
            Client c[2] = { client_named(w, ""), client_named(w, "Вторая") };
            c[0].keeper_id = 77;
            c[1].parent_id = 4711;
            c[1].kpp       = S("1234567890");
            EQUAL(record_save_many(w, &client_entity, c, 2, NULL), INVALID);
            EQUAL(w->problems.count, 3);
            const Problem *p = w->problems.first;
            TEXT(p->key, "field.required");
            TEXT(p->field, "name");
            EQUAL(p->row, 1);
            TEXT(p->next->key, "field.too_long");
            EQUAL(p->next->row, 2);
            TEXT(p->next->next->key, "field.points_nowhere");
            TEXT(p->next->next->field, "parent_id");
            int64_t n;
            EQUAL(db_int(w->db, S("select count(*) from client"), NO_VALS, &n), OK);
            EQUAL(n, 0);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("two who changed different fields both have their way; the same field is a clash that names both values") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Клён", "Пермь");
            Work   *w    = deed(&firm);
            Client  mine, theirs;
            EQUAL(record_load(w, &client_entity, id, &mine), OK);
            EQUAL(record_load(w, &client_entity, id, &theirs), OK);
            theirs.city = S("Омск");
            theirs.phones.at[0].note = S("приёмная");
            EQUAL(record_save(w, &client_entity, &theirs), OK);
            mine.note = S("звонить утром");
            EQUAL(record_save(w, &client_entity, &mine), OK);
            STR(mine.city, S("Омск"));
            STR(mine.phones.at[0].note, S("приёмная"));
            EQUAL(mine.base.version, 3);
            theirs.note = S("не звонить");
            theirs.city = S("Тула");
            EQUAL(record_save(w, &client_entity, &theirs), CONFLICT);
            EQUAL(w->problems.count, 1);
            TEXT(w->problems.first->field, "note");
            STR(w->problems.first->args[0].text, S("звонить утром"));
            STR(w->problems.first->args[1].text, S("не звонить"));
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            firm_close(&firm);
        }
    }
    CASE("a phone added by each of two people stays; one removed and changed at once is a clash") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Ясень", "Пермь");
            Work   *w    = deed(&firm);
            Client  mine, theirs;
            EQUAL(record_load(w, &client_entity, id, &mine), OK);
            EQUAL(record_load(w, &client_entity, id, &theirs), OK);
            phone_add(w, &mine, "111-11-11");
            phone_add(w, &theirs, "222-22-22");
            EQUAL(record_save(w, &client_entity, &theirs), OK);
            EQUAL(record_save(w, &client_entity, &mine), OK);
            EQUAL(mine.phones.n, 3);
            EQUAL(record_load(w, &client_entity, id, &mine), OK);
            EQUAL(mine.phones.n, 3);
            EQUAL(record_load(w, &client_entity, id, &theirs), OK);
            theirs.phones.n = 2;
            EQUAL(record_save(w, &client_entity, &theirs), OK);
            mine.phones.at[2].note = S("её номер");
            EQUAL(record_save(w, &client_entity, &mine), CONFLICT);
            STR(first_problem(w), S("phones record.child_gone"));
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            firm_close(&firm);
        }
    }
    CASE("what was made elsewhere under one key is made once") {
        ON_BOTH(base) {
            Firm   firm = firm_open(&base, t);
            Work  *w    = deed(&firm);
            Client a    = client_named(w, "Дуб"), b = client_named(w, "Дуб иначе");
            a.base.origin = b.base.origin = S("1c");
            a.base.key = b.base.key = S("guid-1");
            EQUAL(record_save(w, &client_entity, &a), OK);
            EQUAL(record_save(w, &client_entity, &b), OK);
            EQUAL(a.base.id, b.base.id);
            STR(b.name, S("Дуб"));
            EQUAL(changes(w, a.base.id), 1);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a key that leads to a stranger's record is refused like a key that is nobody's to take") {
        ON_BOTH(base) {
            Firm   firm = firm_open(&base, t);
            Work  *w    = deed(&firm);
            Client secret = client_named(w, "Тайный"), again;
            secret.keeper_id   = 12;
            secret.base.origin = S("site");
            secret.base.key    = S("1");
            EQUAL(record_save(w, &client_entity, &secret), OK);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 11, "client:view:own client:add:own");
            w        = deed(&firm);
            Err err;
            STR(patched(w, &client_entity, 0, 0, "{\"name\":\"Проба\",\"origin\":\"site\",\"key\":\"1\"}", &err),
                S("key record.key_unusable"));
            EQUAL(err, CONFLICT);
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            w = deed(&firm);
            STR(patched(w, &client_entity, 0, 0, "{\"name\":\"Проба\",\"origin\":\"import:7\",\"key\":\"1\"}", &err),
                S("key record.key_unusable"));
            EQUAL(err, CONFLICT);
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            firm.who = somebody(t, 12, "client:view:own client:add:own");
            w        = deed(&firm);
            again    = client_named(w, "Иначе");
            again.base.origin = S("site");
            again.base.key    = S("1");
            EQUAL(record_save(w, &client_entity, &again), OK);
            EQUAL(again.base.id, secret.base.id);
            CHECK(again.base.known);
            firm.who = somebody(t, 12, "client:add:own");
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            again = client_named(w, "Иначе");
            again.base.origin = S("site");
            again.base.key    = S("1");
            EQUAL(record_save(w, &client_entity, &again), CONFLICT); /* who may not look is shown nothing */
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            firm_close(&firm);
        }
    }
    CASE("what may be given to a new record is given or refused, whatever one may change afterwards") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            Err  err;
            firm.who = somebody(
                t, 11, "product:view:all product:add:all sale:view:all sale:add:all client:view:all client:add:all");
            Work *w   = deed(&firm);
            patched(w, &product_entity, 0, 0, "{\"name\":\"Гвозди\",\"cost\":\"7.10\"}", &err);
            EQUAL(err, OK);
            int64_t cost = 0, lines = 0;
            EQUAL(db_int(w->db, S("select cost from product where name = 'Гвозди'"), NO_VALS, &cost), OK);
            EQUAL(cost, 710);
            patched(w, &client_entity, 0, 0, "{\"name\":\"Дуб\"}", &err);
            EQUAL(err, OK);
            int64_t client = 0;
            EQUAL(db_int(w->db, S("select id from client where name = 'Дуб'"), NO_VALS, &client), OK);
            const char *sale = str_c(
                w->mem,
                str_fmt(
                    w->mem,
                    "{\"day\":\"2026-03-02\",\"client_id\":%lld,\"lines\":[{\"qty\":\"1\",\"amount\":\"10.00\","
                    "\"cost\":\"4.00\"}]}",
                    (long long)client));
            patched(w, &sale_entity, 0, 0, sale, &err);
            EQUAL(err, OK);
            EQUAL(db_int(w->db, S("select cost from sale_line"), NO_VALS, &lines), OK);
            EQUAL(lines, 400);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 11, "product:view:all product:add:all:finance product:change:all");
            w        = deed(&firm);
            STR(patched(w, &product_entity, 0, 0, "{\"name\":\"Скобы\",\"cost\":\"7.10\"}", &err),
                S("cost field.unknown"));
            EQUAL(err, INVALID);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            w = deed(&firm);
            STR(patched(w, &product_entity, 0, 0, "{\"name\":\"Скобы\",\"version\":1}", &err),
                S("version field.unknown"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm.who = somebody(t, 11, "client:view:own client:add:own");
            w        = deed(&firm);
            STR(patched(w, &client_entity, 0, 0, "{\"name\":\"Ничей\",\"keeper_id\":null}", &err),
                S("keeper_id record.owner_out_of_reach"));
            EQUAL(err, DENIED);
            EQUAL(deed_end(&firm, DENIED), DENIED);
            w = deed(&firm);
            STR(patched(w, &client_entity, 0, 0,
                        "{\"name\":\"Ель\",\"phones\":[{\"id\":\"71\",\"number\":\"+7 343 200-00-00\"}]}", &err),
                S("phones.0.id field.wrong_type"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("a source's name is taken once among the living, whatever its case") {
        ON_BOTH(base) {
            Firm   firm = firm_open(&base, t);
            Work  *w    = deed(&firm);
            Source a, b;
            record_empty(w, &source_entity, &a);
            record_empty(w, &source_entity, &b);
            a.name = S("Сайт");
            b.name = S("САЙТ");
            EQUAL(record_save(w, &source_entity, &a), OK);
            EQUAL(record_save(w, &source_entity, &b), CONFLICT);
            STR(first_problem(w), S("name field.taken"));
            EQUAL(record_archive(w, &source_entity, a.base.id, 1), OK);
            EQUAL(record_save(w, &source_entity, &b), OK);
            EQUAL(record_restore(w, &source_entity, a.base.id, 0), CONFLICT);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a sale's total is the sum of rounded lines, and goods that came back count against it") {
        ON_BOTH(base) {
            Firm     firm = firm_open(&base, t);
            int64_t  id   = client_saved(&firm, "Покупатель", "Пермь");
            Work    *w    = deed(&firm);
            Sale     s;
            SaleLine line[2];
            record_empty(w, &sale_entity, &s);
            child_empty(&sale_line_entity, &line[0]);
            child_empty(&sale_line_entity, &line[1]);
            line[0].qty   = 3000;    /* 3 x 0.335 = 1.005 -> 1.01 */
            line[0].price = 335000;
            line[0].cost  = 50;
            line[1].qty   = 1000;
            line[1].price = 335000; /* 0.335 -> 0.34 */
            s.client_id   = id;
            s.day         = 20000;
            s.lines.at    = line;
            s.lines.n     = 2;
            EQUAL(record_save(w, &sale_entity, &s), OK);
            EQUAL(s.total, 135);
            EQUAL(s.cost_total, 50);
            Sale back;
            record_empty(w, &sale_entity, &back);
            child_empty(&sale_line_entity, &line[0]);
            line[0].qty    = 1000;
            line[0].amount = 40;
            back.kind      = SALE_RETURN;
            back.client_id = id;
            back.day       = 20001;
            back.lines.at  = line;
            back.lines.n   = 1;
            EQUAL(record_save(w, &sale_entity, &back), OK);
            EQUAL(back.total, -40);
            CHECK(back.cost_total == NONE);
            EQUAL(record_load(w, &sale_entity, back.base.id, &back), OK);
            EQUAL(back.lines.at[0].qty, -1000);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("who buys for the first time is a potential client no longer, and the history says why") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Новичок", "Пермь");
            Work   *w    = deed(&firm);
            Sale    s;
            Client  c;
            record_empty(w, &sale_entity, &s);
            s.client_id = id;
            s.day       = 20000;
            s.kind      = SALE_RETURN;
            EQUAL(record_save(w, &sale_entity, &s), OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            EQUAL(c.state, CLIENT_POTENTIAL);
            s.base.id = 0;
            s.kind    = SALE_GOODS;
            EQUAL(record_save(w, &sale_entity, &s), OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            EQUAL(c.state, CLIENT_EXISTING);
            STR(c.state_reason, S("Первая покупка"));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a patch sets what it names, and refuses what is not to be set") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Сосна", "Пермь");
            Work   *w    = deed(&firm);
            Err     err;
            STR(patched(w, &client_entity, id, 1,
                        "{\"city\":\"Уфа\",\"phones\":[{\"number\":\"5-55-55\",\"note\":null}]}", &err),
                S(""));
            EQUAL(err, OK);
            STR(patched(w, &client_entity, id, 1, "{\"city\":\"Орёл\"}", &err), S("city record.clash"));
            EQUAL(err, CONFLICT);
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            const char *bad[][2] = {
                { "{\"inn_wrong\":true}", "inn_wrong field.by_rule" },
                { "{\"colour\":\"red\"}", "colour field.unknown" },
                { "{\"keeper_id\":\"x\"}", "keeper_id field.wrong_type" },
                { "{\"kind\":\"shop\"}", "kind field.wrong_type" },
                { "{\"phones\":{}}", "phones field.not_a_list" },
                { "{\"phones\":[{\"id\":5}]}", "phones.0.id record.no_such_child" },
                { "{\"state\":\"reserve\",\"id\":7}", "id field.by_rule" },
            };
            for (int i = 0; i < COUNT(bad); i++) {
                w = deed(&firm);
                STR(patched(w, &client_entity, id, 1, bad[i][0], &err), str_of(bad[i][1]));
                EQUAL(deed_end(&firm, INVALID), INVALID);
            }
            firm_close(&firm);
        }
    }
    CASE("a manager writes his own clients, is refused his colleague's, and does not learn of a stranger's") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            firm.who  = somebody(t, 11, "client:view:team client:change:own client:add:own client:archive:own");
            Work *w   = deed(&firm);
            Client own = client_named(w, "Мой"), c;
            EQUAL(record_save(w, &client_entity, &own), OK);
            EQUAL(own.keeper_id, 11);
            Client foreign    = client_named(w, "Чужой");
            foreign.keeper_id = 12;
            EQUAL(record_save(w, &client_entity, &foreign), DENIED);
            EQUAL(db_run(w->db, S("insert into sees (viewer_id, owner_id) values (11, 11), (11, 12)"), NO_VALS, NULL),
                  OK);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = &actor_program;
            w        = deed(&firm);
            int64_t colleague, stranger;
            c           = client_named(w, "Коллеги");
            c.keeper_id = 12;
            EQUAL(record_save(w, &client_entity, &c), OK);
            colleague   = c.base.id;
            c           = client_named(w, "Ничей");
            EQUAL(record_save(w, &client_entity, &c), OK);
            stranger    = c.base.id;
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 11, "client:view:team client:change:own client:archive:own");
            w        = deed(&firm);
            EQUAL(record_load(w, &client_entity, colleague, &c), OK);
            c.city = S("Омск");
            EQUAL(record_save(w, &client_entity, &c), DENIED);
            EQUAL(record_archive(w, &client_entity, colleague, 0), DENIED);
            EQUAL(record_load(w, &client_entity, stranger, &c), NOT_FOUND);
            c = client_named(w, "Чужой");
            c.base.id = stranger;
            EQUAL(record_save(w, &client_entity, &c), NOT_FOUND);
            EQUAL(record_load(w, &client_entity, own.base.id, &c), OK);
            c.keeper_id = 13;
            EQUAL(record_save(w, &client_entity, &c), DENIED);
            EQUAL(deed_end(&firm, DENIED), DENIED);
            firm_close(&firm);
        }
    }
    CASE("a cost that is hidden is neither seen nor lost by who saves the product") {
        ON_BOTH(base) {
            Firm  firm = firm_open(&base, t);
            Work *w    = deed(&firm);
            Product p;
            record_empty(w, &product_entity, &p);
            p.name  = S("Гайка М6");
            p.price = 1000;
            p.cost  = 700;
            EQUAL(record_save(w, &product_entity, &p), OK);
            EQUAL(deed_end(&firm, OK), OK);
            int64_t id = p.base.id;
            firm.who   = somebody(t, 5, "product:view:all:finance product:change:all:finance");
            w          = deed(&firm);
            EQUAL(record_load(w, &product_entity, id, &p), OK);
            CHECK(p.cost == NONE);
            p.price = 1100;
            p.cost  = 1;
            EQUAL(record_save(w, &product_entity, &p), OK);
            Err err;
            STR(patched(w, &product_entity, id, 2, "{\"cost\":\"5.00\"}", &err), S("cost field.unknown"));
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = &actor_program;
            w        = deed(&firm);
            EQUAL(record_load(w, &product_entity, id, &p), OK);
            EQUAL(p.cost, 700);
            EQUAL(p.price, 1100);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a person is seen by who sees one of the clients, and by who wrote it down") {
        ON_BOTH(base) {
            Firm  firm = firm_open(&base, t);
            Work *w    = deed(&firm);
            Person p;
            record_empty(w, &person_entity, &p);
            p.name = S("Анна Крылова");
            EQUAL(record_save(w, &person_entity, &p), OK);
            int64_t id = p.base.id;
            Client  c  = client_named(w, "Мой");
            ClientPerson who;
            child_empty(&client_person_entity, &who);
            who.person_id = id;
            who.role      = ROLE_DECIDES;
            c.keeper_id   = 11;
            c.persons.at  = &who;
            c.persons.n   = 1;
            EQUAL(record_save(w, &client_entity, &c), OK);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 11, "person:view:own person:add:own");
            w        = deed(&firm);
            EQUAL(record_load(w, &person_entity, id, &p), OK);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 12, "person:view:own person:add:own");
            w        = deed(&firm);
            EQUAL(record_load(w, &person_entity, id, &p), NOT_FOUND);
            record_empty(w, &person_entity, &p);
            p.name = S("Пётр");
            EQUAL(record_save(w, &person_entity, &p), OK);
            id = p.base.id;
            EQUAL(record_load(w, &person_entity, id, &p), OK);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a client changes its state for a reason given each time, and is never above itself") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Липа", "Пермь"), below = client_saved(&firm, "Липа филиал", "Пермь");
            firm.who     = somebody(t, 3, "client:view:all client:change:all");
            Err   err;
            Work *w = deed(&firm);
            STR(patched(w, &client_entity, id, 0, "{\"state\":\"reserve\",\"state_reason\":\"нет бюджета\"}", &err),
                S(""));
            EQUAL(deed_end(&firm, err), OK);
            w = deed(&firm);
            STR(patched(w, &client_entity, id, 0, "{\"state\":\"archive\"}", &err),
                S("state_reason client.state_needs_reason"));
            EQUAL(deed_end(&firm, err), INVALID);
            char json[80];
            w = deed(&firm);
            snprintf(json, sizeof json, "{\"parent_id\":%lld}", (long long)id);
            STR(patched(w, &client_entity, below, 0, json, &err), S(""));
            EQUAL(deed_end(&firm, err), OK);
            w = deed(&firm);
            snprintf(json, sizeof json, "{\"parent_id\":%lld}", (long long)below);
            STR(patched(w, &client_entity, id, 0, json, &err), S("parent_id record.above_itself"));
            EQUAL(deed_end(&firm, err), INVALID);
            firm_close(&firm);
        }
    }
    CASE("a list in a patch has a bound, told with its number, and one within it is saved") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Липа", "Пермь");
            Err     err;
            for (ptrdiff_t more = 0; more <= 1; more++) {
                Work *w    = deed(&firm);
                Buf   json = buf_new(&t->mem, 1 << 18);
                buf_c(&json, "{\"phones\":[");
                for (ptrdiff_t k = 0; k < CHILDREN_MOST + more; k++)
                    buf_c(&json, k ? ",{\"number\":\"1\"}" : "{\"number\":\"1\"}");
                buf_c(&json, "]}");
                STR(patched(w, &client_entity, id, 0, str_c(&t->mem, buf_str(&json)), &err),
                    more ? S("phones record.too_many_children") : S(""));
                EQUAL(deed_end(&firm, err), more ? INVALID : OK);
            }
            firm_close(&firm);
        }
    }
    CASE("a list holds no more than its bound, of every entity, whoever writes it") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            for (const Entity *const *e = firm_entities; *e; e++)
                for (int c = 0; c < (*e)->child_count; c++)
                    for (int trusted = 0; trusted <= 1; trusted++) {
                        Work *w = deed(&firm);
                        EQUAL(long_saved(w, *e, &(*e)->children[c], CHILDREN_MOST + 1, trusted), INVALID);
                        EQUAL(says_too_long(w, (*e)->children[c].name), true);
                        EQUAL(deed_end(&firm, INVALID), INVALID);
                    }
            firm_close(&firm);
        }
    }
    CASE("what two added at once is refused where together it is more than the bound, and nothing is written") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Граб", "Пермь");
            Client  mine;
            for (int turn = 0; turn <= 1; turn++) {
                Work *w = deed(&firm);
                EQUAL(record_load(w, &client_entity, id, &mine), OK);
                mine.base.version = 1;
                phones_set(w, &mine, CHILDREN_MOST - 1000);
                Err err = record_save(w, &client_entity, &mine);
                STR(first_problem(w), turn ? S("phones record.too_many_children") : S(""));
                EQUAL(deed_end(&firm, err), turn ? INVALID : OK);
            }
            Work *w = deed(&firm);
            EQUAL(record_load(w, &client_entity, id, &mine), OK);
            EQUAL(mine.phones.n, CHILDREN_MOST - 1000);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("from a version behind which more happened than is looked at nothing is merged: a clash in words, in both"
         " ways; from a later one it goes through") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = client_saved(&firm, "Вяз", "Пермь");
            Err     err;
            phones_rewritten(&firm, id, TOUCHES_MOST);
            Work *w = deed(&firm);
            STR(patched(w, &client_entity, id, 1, "{\"city\":\"Омск\"}", &err), S("- record.version_too_old"));
            EQUAL(deed_end(&firm, err), CONFLICT);
            Client c;
            w = deed(&firm);
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            int64_t now    = c.base.version;
            c.base.version = 1;
            c.city         = S("Омск");
            EQUAL(record_save(w, &client_entity, &c), CONFLICT);
            STR(first_problem(w), S("- record.version_too_old"));
            EQUAL(deed_end(&firm, CONFLICT), CONFLICT);
            w = deed(&firm);
            STR(patched(w, &client_entity, id, now - 1, "{\"city\":\"Омск\"}", &err), S(""));
            EQUAL(deed_end(&firm, err), OK);
            firm_close(&firm);
        }
    }
}
