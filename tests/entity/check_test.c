/* What is asked before a save: notes, confirmations with reasons, how they are kept.  Values are this file's own. */
#include "entity/check.h"

#include "entity/change.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <string.h>

/* A client of Tver is noted; one of Omsk is asked for, and one called Twin wants a reason. */
static Err ask(Work *w, Saving *s)
{
    for (ptrdiff_t i = 0; i < s->n; i++) {
        const Client *now = s->now[i];
        if (str_eq(now->city, S("Тверь")))
            saving_note(w, s, i, "city", "client.inn_twice", arg_text("inn", now->city));
        if (str_eq(now->city, S("Омск")))
            saving_confirm(w, s, i, "city", "client.inn_twice", arg_text("inn", now->name));
        if (str_eq(now->name, S("Двойник")))
            saving_confirm_why(w, s, i, "name", "client.inn_taken", arg_text("inn", now->inn),
                               arg_title("client", "client", 12, S("Ромашка")));
    }
    return OK;
}

static Err ask_of_all(Work *w, Saving *s)
{
    if (s->entity != &person_entity) return OK;
    return saving_confirm(w, s, 0, NULL, "client.inn_twice", arg_text("inn", S("1")));
}

static const Check of_clients[] = { { "client", ask }, { 0 } }, of_all[] = { { NULL, ask_of_all }, { 0 } };
static const Check *const checks[] = { of_clients, of_all, NULL };

static Firm asking_firm(Base *base, Test *t)
{
    Firm firm = firm_open(base, t);
    checks_set(checks);
    return firm;
}

static Err sent(Work *w, const char *json, Client *c)
{
    const Json *patch;
    w->problems = (Problems){ .mem = w->mem };
    TRY(json_read(w->mem, str_of(json), (JsonLimits){ .bytes = 4 << 20 }, &w->problems, &patch));
    TRY(record_patch(w, &client_entity, 0, 0, patch, c));
    return record_save(w, &client_entity, c);
}

static int64_t rows_of(Work *w, int64_t record, const char *verb)
{
    int64_t n = -1;
    db_int(w->db, S("select count(*) from change where record = $1 and verb = $2"),
           VALS(val_int(record), val_text(str_of(verb))), &n);
    return n;
}

static Str told(Work *w, int64_t id, Str after, ptrdiff_t limit)
{
    Buf     b = buf_new(w->mem, 1000);
    JsonOut j = js_to(&b);
    return change_history_json(w, &j, &client_entity, id, after, limit) == OK ? buf_str(&b) : S("refused");
}

static Str next_of(Work *w, Str page)
{
    const Json *json;
    if (json_read(w->mem, page, (JsonLimits){ 0 }, &w->problems, &json) != OK) return S("");
    const Json *next = json_get(json, "next");
    return next ? next->text : S("");
}

static Str repeated(Work *w, const char *head, const char *piece, int times, const char *tail)
{
    Buf b = buf_new(w->mem, 1000);
    buf_c(&b, head);
    for (int i = 0; i < times; i++) buf_c(&b, piece);
    buf_c(&b, tail);
    return buf_str(&b);
}

static Err saves_again(Work *w, const Event *e)
{
    const Saving *s = e->what;
    Client        c = *(const Client *)s->now[0];
    c.note          = str_fmt(w->mem, "%.*s.", (int)c.note.n, c.note.s);
    return record_save_many(w, &client_entity, &c, 1, &(SaveHow){ .trusted = true });
}

static Err asks_when_written(Work *w, const Event *e)
{
    const Saving *s = e->what;
    return saving_confirm(w, s, 0, NULL, "client.inn_twice", arg_text("inn", ((const Client *)s->now[0])->name));
}

TESTS(test_checks)
{
    CASE("what wants to be confirmed is refused until its key comes, with a reason where one is wanted") {
        ON_BOTH(base) {
            Firm   firm = asking_firm(&base, t);
            Work  *w    = deed(&firm);
            Client c;
            EQUAL(sent(w, "{\"name\":\"Двойник\"}", &c), CONFLICT);
            TEXT(w->problems.first->key, "client.inn_taken");
            CHECK(w->problems.first->confirmable && w->problems.first->needs_reason);
            w->confirmed = NULL;
            EQUAL(sent(w, "{\"name\":\"Двойник\",\"_confirm\":[\"client.inn_twice\"],\"_reason\":\"x\"}", &c),
                  CONFLICT);
            w->confirmed = NULL;
            EQUAL(sent(w, "{\"name\":\"Двойник\",\"_confirm\":[\"client.inn_taken\"]}", &c), CONFLICT);
            w->confirmed = NULL;
            EQUAL(sent(w, "{\"name\":\"Двойник\",\"_confirm\":[\"client.inn_taken\"],\"_reason\":\"  \"}", &c),
                  CONFLICT);
            w->confirmed = NULL;
            EQUAL(sent(w, "{\"name\":\"Двойник\",\"_reason\":\" Филиал \","
                          "\"_confirm\":[\"client.inn_taken\"]}", &c),
                  OK);
            EQUAL(rows_of(w, c.base.id, "made"), 1);
            EQUAL(rows_of(w, c.base.id, "confirmed"), 1);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("all that is to be confirmed is asked at once, and without a reason where none is wanted") {
        ON_BOTH(base) {
            Firm   firm = asking_firm(&base, t);
            Work  *w    = deed(&firm);
            Client c;
            EQUAL(sent(w, "{\"name\":\"Двойник\",\"city\":\"Омск\"}", &c), CONFLICT);
            EQUAL(w->problems.count, 2);
            CHECK(w->problems.first->confirmable && !w->problems.first->needs_reason);
            CHECK(w->problems.last->confirmable && w->problems.last->needs_reason);
            w->confirmed = NULL;
            EQUAL(sent(w, "{\"name\":\"А\",\"city\":\"Омск\",\"_confirm\":[\"client.inn_twice\"]}", &c), OK);
            EQUAL(rows_of(w, c.base.id, "confirmed"), 1);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a key that comes twice, or for nothing, is confirmed once or not at all") {
        ON_BOTH(base) {
            Firm   firm = asking_firm(&base, t);
            Work  *w    = deed(&firm);
            Client c;
            EQUAL(sent(w, "{\"name\":\"А\",\"city\":\"Омск\","
                          "\"_confirm\":[\"client.inn_twice\",\"client.inn_twice\"]}", &c),
                  OK);
            EQUAL(rows_of(w, c.base.id, "confirmed"), 1);
            w->confirmed = NULL;
            EQUAL(sent(w, "{\"name\":\"Б\",\"_confirm\":[\"client.inn_twice\"],\"_reason\":\"так\"}", &c), OK);
            EQUAL(rows_of(w, c.base.id, "confirmed"), 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("what is confirmed of one record is said of no other, and of another entity nothing can be confirmed") {
        ON_BOTH(base) {
            Firm   firm = asking_firm(&base, t);
            Work  *w    = deed(&firm);
            Client c, other;
            Person p;
            EQUAL(sent(w, "{\"name\":\"А\",\"city\":\"Омск\",\"_confirm\":[\"client.inn_twice\"]}", &c), OK);
            record_empty(w, &client_entity, &other);
            other.name = S("Б");
            other.city = S("Омск");
            EQUAL(record_save(w, &client_entity, &other), CONFLICT);
            CHECK(!w->problems.last->confirmable);
            record_empty(w, &person_entity, &p);
            p.name = S("Анна");
            EQUAL(record_save(w, &person_entity, &p), CONFLICT);
            CHECK(!w->problems.last->confirmable);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a note lets the save pass; the program and an import are noted and not asked, each row by its number") {
        ON_BOTH(base) {
            Firm   firm = asking_firm(&base, t);
            Work  *w    = deed(&firm);
            Client c, many[2];
            EQUAL(sent(w, "{\"name\":\"А\",\"city\":\"Тверь\"}", &c), OK);
            EQUAL(w->notes.count, 1);
            TEXT(w->notes.first->key, "client.inn_twice");
            for (int i = 0; i < 2; i++) {
                record_empty(w, &client_entity, &many[i]);
                many[i].name = S("Двойник");
                many[i].city = i ? S("Омск") : S("Пермь");
            }
            EQUAL(record_save_many(w, &client_entity, many, 2, &(SaveHow){ .bulk = true }), OK);
            EQUAL(w->notes.count, 4);
            EQUAL(w->notes.last->row, 2);
            CHECK(!w->notes.last->confirmable);
            EQUAL(rows_of(w, many[0].base.id, "confirmed"), 0);
            many[0].city = S("Омск");
            EQUAL(record_save_many(w, &client_entity, many, 1, &(SaveHow){ .trusted = true }), OK);
            EQUAL(w->notes.count, 6);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("ten thousand keys, what is no key, and a reason of a megabyte are refused at their place") {
        ON_BOTH(base) {
            Firm   firm = asking_firm(&base, t);
            Work  *w    = deed(&firm);
            Client c;
            Str    keys = repeated(w, "{\"name\":\"А\",\"_confirm\":[\"a\"", ",\"a\"", 10000, "]}");
            Str    long_ = repeated(w, "{\"name\":\"А\",\"_reason\":\"", "я", 500000, "\"}");
            EQUAL(sent(w, str_c(w->mem, keys), &c), INVALID);
            STR(first_problem(w), S("_confirm check.keys_wrong"));
            EQUAL(sent(w, "{\"name\":\"А\",\"_confirm\":\"client.inn_taken\"}", &c), INVALID);
            STR(first_problem(w), S("_confirm check.keys_wrong"));
            EQUAL(sent(w, "{\"name\":\"А\",\"_confirm\":[7]}", &c), INVALID);
            STR(first_problem(w), S("_confirm check.keys_wrong"));
            EQUAL(sent(w, str_c(w->mem, long_), &c), INVALID);
            STR(first_problem(w), S("_reason field.too_long"));
            EQUAL(sent(w, "{\"name\":\"А\",\"_reason\":[]}", &c), INVALID);
            STR(first_problem(w), S("_reason field.wrong_type"));
            EQUAL(sent(w, "{\"name\":\"А\",\"_confirm\":[],\"_reason\":null}", &c), OK);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("the history says what was confirmed and why, and a page may end between that and the save") {
        ON_BOTH(base) {
            Firm   firm = asking_firm(&base, t);
            Work  *w    = deed(&firm);
            Client c;
            EQUAL(sent(w, "{\"name\":\"Двойник\",\"city\":\"Омск\",\"_reason\":\"Филиал\","
                          "\"_confirm\":[\"client.inn_taken\",\"client.inn_twice\"]}", &c),
                  OK);
            EQUAL(rows_of(w, c.base.id, "confirmed"), 2);
            Str all = told(w, c.base.id, S(""), 50);
            CHECK(str_find(all, S("уже есть у клиента #12")) > 0);
            CHECK(str_find(all, S("\"reason\":\"Филиал\"")) > 0);
            Str first = told(w, c.base.id, S(""), 1), second = told(w, c.base.id, next_of(w, first), 1),
                third = told(w, c.base.id, next_of(w, second), 1);
            CHECK(str_find(first, S("\"confirmed\":{\"key\":\"client.inn_taken\"")) > 0);
            CHECK(str_find(second, S("\"confirmed\":{\"key\":\"client.inn_twice\"")) > 0);
            CHECK(str_find(third, S("\"verb\":\"made\"")) > 0);
            STR(next_of(w, third), S(""));
            STR(told(w, c.base.id, S("1.x"), 1), S("refused"));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("a handler that asks when the record stands is answered in the same way") {
        ON_BOTH(base) {
            Firm   firm = asking_firm(&base, t);
            Work  *w    = deed(&firm);
            Client c;
            firm_client_saved = asks_when_written;
            EQUAL(sent(w, "{\"name\":\"А\",\"_confirm\":[\"client.inn_twice\"]}", &c), OK);
            EQUAL(work_settle(w), OK);
            EQUAL(rows_of(w, c.base.id, "confirmed"), 1);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(sent(w, "{\"name\":\"Б\"}", &c), OK);
            EQUAL(deed_end(&firm, OK), CONFLICT);
            firm_client_saved = NULL;
            firm_close(&firm);
        }
    }
    CASE("a handler that saves what it hears of without end is refused with all that was done") {
        ON_BOTH(base) {
            Firm    firm = asking_firm(&base, t);
            Work   *w    = deed(&firm);
            Client  c;
            int64_t n;
            firm_client_saved = saves_again;
            EQUAL(sent(w, "{\"name\":\"А\"}", &c), OK);
            EQUAL(deed_end(&firm, OK), BROKEN);
            firm_client_saved = NULL;
            w                 = deed(&firm);
            EQUAL(db_int(w->db, S("select count(*) from client"), NO_VALS, &n), OK);
            EQUAL(n, 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
}
