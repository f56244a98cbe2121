/* Links: a record of one of several entities has all that a reference has.  Expected values come from the head. */
#include "entity/change.h"
#include "entity/export.h"
#include "entity/link.h"
#include "entity/list.h"
#include "entity/undo.h"
#include "sales/catalog/catalog.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* An errand: about a client or a product, a client's only favourite, with stops anywhere. */
#define STOP(FIELD) FIELD(place, link, .required = true)
#define ERRAND(FIELD, CHILDREN)                                                        \
    FIELD(name, text, .find = true, .sort = true, .required = true)                    \
    FIELD(about, link, .to = "client product")                                         \
    FIELD(favourite, link, .to = "client", .unique = true)                             \
    CHILDREN(stops, errand_stop, ErrandStop)

typedef struct { ChildHead base; STOP(AS_MEMBER) } ErrandStop;
typedef struct { Record base; ERRAND(AS_MEMBER, AS_MEMBERS) } Errand;
#define STOP_ROW(...)    AS_ROW(ErrandStop, __VA_ARGS__)
#define ERRAND_ROW(...)  AS_ROW(Errand, __VA_ARGS__)
#define ERRAND_LIST(...) AS_CHILD_ROW(Errand, __VA_ARGS__)

static const Field    stop_fields[] = { STOP(STOP_ROW) }, errand_fields[] = { ERRAND(ERRAND_ROW, AS_NOTHING) };
static const Entity   errand_stop_entity = { .name = "errand_stop", .parent = "errand_id",
                                             ENTITY_FIELDS(ErrandStop, stop_fields) };
static const Children errand_children[] = { ERRAND(AS_NOTHING, ERRAND_LIST) };
static const Entity   errand_entity = { .name = "errand", .title = "name", .order = "name",
                                        ENTITY_FIELDS(Errand, errand_fields), ENTITY_CHILDREN(errand_children) };

static const Entity *const entities[] = {
    &client_entity, &client_address_entity, &client_phone_entity, &client_person_entity, &source_entity,
    &product_entity, &product_group_entity, &errand_entity, &errand_stop_entity, NULL,
};

static Firm errands_open(Base *base, Test *t)
{
    Firm  firm = firm_open(base, t);
    Work *w    = deed(&firm);
    entities_set(entities);
    EQUAL(db_ddl(w->db, S("create table errand (id id primary key, version int not null, created_at int not null,"
                          " created_by int, changed_at int, changed_by int, archived_at int, origin text, key text,"
                          " name text, name_find text, name_sort text, about_of text, about_id id, favourite_of text,"
                          " favourite_id id, find text);"
                          "create table errand_stop (id id primary key, errand_id int, place_of text, place_id id);")),
          OK);
    EQUAL(deed_end(&firm, OK), OK);
    return firm;
}

static int64_t client_made(Firm *firm, const char *name, int64_t keeper)
{
    Test   *t   = firm->t;
    Work   *w   = deed(firm);
    SaveHow how = { .trusted = true };
    Client  c;
    record_empty(w, &client_entity, &c);
    c.name      = str_of(name);
    c.keeper_id = keeper;
    EQUAL(record_save_many(w, &client_entity, &c, 1, &how), OK);
    EQUAL(deed_end(firm, OK), OK);
    return c.base.id;
}

static int64_t product_made(Firm *firm, const char *name)
{
    Test   *t = firm->t;
    Work   *w = deed(firm);
    Product p;
    record_empty(w, &product_entity, &p);
    p.name = str_of(name);
    EQUAL(record_save(w, &product_entity, &p), OK);
    EQUAL(deed_end(firm, OK), OK);
    return p.base.id;
}

/* A patch with the first %lld filled in: "" or what it is refused for, and the record. */
static Str patched(Firm *firm, int64_t id, int64_t version, const char *form, int64_t of, Errand *out)
{
    char        text[200];
    const Json *patch;
    Work       *w = deed(firm);
    snprintf(text, sizeof text, form, (long long)of);
    Err err = json_read(w->mem, str_of(text), (JsonLimits){ 0 }, &w->problems, &patch);
    if (!err) err = record_patch(w, &errand_entity, id, version, patch, out);
    if (!err) err = record_save(w, &errand_entity, out);
    Str why = str_copy(&firm->t->mem, first_problem(w));
    deed_end(firm, err);
    return why;
}

/* What a new errand about this is refused for. */
static Str linked(Firm *firm, const char *about, int64_t of)
{
    Errand e;
    char   form[200];
    snprintf(form, sizeof form, "{\"name\":\"А\",\"about\":\"%s\"}", about);
    return patched(firm, 0, 0, form, of, &e);
}

static int64_t errand_made(Firm *firm, const char *form, int64_t of)
{
    Errand e;
    Test  *t = firm->t;
    STR(patched(firm, 0, 0, form, of, &e), S(""));
    return e.base.id;
}

/* The names of what a filter finds, as its count says too. */
static Str found(Firm *firm, const char *form, int64_t of)
{
    char        text[200];
    const Json *filter;
    Page        page;
    int64_t     count = -1;
    Work       *w     = deed(firm);
    Buf         all   = buf_new(&firm->t->mem, 100);
    Ask         ask   = { .filter = NULL };
    snprintf(text, sizeof text, form, (long long)of, (long long)of);
    if (json_read(w->mem, str_of(text), (JsonLimits){ 0 }, &w->problems, &filter) == OK) {
        ask.filter = filter;
        if (list_page(w, &errand_entity, &ask, &page) == OK && list_count(w, &errand_entity, &ask, &count) == OK)
            for (ptrdiff_t i = 0; i < page.n; i++) buf_put(&all, ((Errand *)page.records)[i].name);
        if (count != page.n) buf_put(&all, first_problem(w));
    }
    deed_end(firm, INVALID);
    return buf_str(&all);
}

static Str told(Firm *firm, int64_t id)
{
    Buf     text = buf_new(&firm->t->mem, 1 << 14);
    JsonOut j    = js_to(&text);
    Errand  e;
    Work   *w = deed(firm);
    if (record_load(w, &errand_entity, id, &e) == OK) record_json(w, &j, &errand_entity, &e);
    deed_end(firm, INVALID);
    return buf_str(&text);
}

static Str history(Firm *firm, int64_t id)
{
    Buf     text = buf_new(&firm->t->mem, 1 << 14);
    JsonOut j    = js_to(&text);
    Work   *w    = deed(firm);
    change_history_json(w, &j, &errand_entity, id, S(""), 50);
    deed_end(firm, INVALID);
    return buf_str(&text);
}

static Str exported(Firm *firm, ExportForm form)
{
    char    path[100];
    char   *room = NEW_N(&firm->t->mem, char, 4096);
    int64_t rows;
    Ask     ask = { .limit = 10 };
    Work   *w   = deed(firm);
    snprintf(path, sizeof path, "%s/links.csv", firm->base->folder[0] ? firm->base->folder : "/tmp");
    export_list(w, &errand_entity, &ask, form, path, &rows);
    deed_end(firm, INVALID);
    FILE  *f = fopen(path, "rb");
    size_t n = f ? fread(room, 1, 4096, f) : 0;
    if (f) fclose(f);
    unlink(path);
    return (Str){ room, (ptrdiff_t)n };
}

#define HOLDS(text, part) CHECK(str_find(text, S(part)) >= 0)

TESTS(test_link)
{
    CASE("a link stands in two columns, is told as one text, and says what it points at, each entity by its titles") {
        ON_BOTH(base) {
            Firm    firm = errands_open(&base, t);
            int64_t zarya = client_made(&firm, "Заря", 0), tea = product_made(&firm, "Чай");
            int64_t id = errand_made(&firm, "{\"name\":\"А\",\"about\":\"client:%lld\"}", zarya);
            char    text[200];
            Rows    rows;
            EQUAL(db_query(base.db, S("select about_of, about_id from errand"), NO_VALS, &rows), OK);
            CHECK(rows_next(&rows));
            STR(row_text(&rows, 0), S("client"));
            EQUAL(row_int(&rows, 1), zarya);
            CHECK(!rows_next(&rows));
            snprintf(text, sizeof text, "\"about\":\"client:%lld\"", (long long)zarya);
            CHECK(str_find(told(&firm, id), str_of(text)) >= 0);
            snprintf(text, sizeof text, "\"_titles\":{\"about\":{\"entity\":\"client\",\"id\":%lld,", (long long)zarya);
            CHECK(str_find(told(&firm, id), str_of(text)) >= 0);
            HOLDS(told(&firm, id), "\"title\":\"Заря\"");
            Errand e;
            STR(patched(&firm, id, 0, "{\"about\":\"product:%lld\"}", tea, &e), S(""));
            HOLDS(told(&firm, id), "\"title\":\"Чай\"");
            STR(patched(&firm, id, 0, "{\"about\":null}", 0, &e), S(""));
            HOLDS(told(&firm, id), "\"about\":null");
            firm_close(&firm);
        }
    }
    CASE("a link to nothing, to what it may not, to a child, of a wrong word, or of no form is refused at its field") {
        ON_BOTH(base) {
            static const char *const nowhere[] = { "client:%lld0000",   "product:%lld", "source:%lld",
                                                   "client_phone:%lld", "klient:%lld",  "Client:%lld" };
            static const char *const no_link[] = { "client:",    ":1",         "client",
                                                   "client:0",   "client:-1",  "client:1:1",
                                                   "client:1.5", "klient:",    "client:9223372036854775808" };
            Firm    firm = errands_open(&base, t);
            int64_t id   = client_made(&firm, "Заря", 0);
            Errand  e;
            for (ptrdiff_t i = 0; i < COUNT(nowhere); i++)
                STR(linked(&firm, nowhere[i], id), S("about field.points_nowhere"));
            for (ptrdiff_t i = 0; i < COUNT(no_link); i++)
                STR(linked(&firm, no_link[i], id), S("about field.wrong_type"));
            STR(linked(&firm, "client:9007199254740992", id), S("about field.too_large"));
            STR(patched(&firm, 0, 0, "{\"name\":\"А\",\"about\":%lld}", id, &e), S("about field.wrong_type"));
            STR(patched(&firm, 0, 0, "{\"name\":\"А\",\"stops\":[{\"place\":\"source:%lld\"}]}", id, &e),
                S("stops.0.place field.points_nowhere"));
            STR(patched(&firm, 0, 0, "{\"name\":\"А\",\"stops\":[{\"place\":\"client:%lld\"}]}", id, &e), S(""));
            STR(patched(&firm, 0, 0, "{\"name\":\"А\",\"about\":\"client:%lld\"}", id, &e), S(""));
            firm_close(&firm);
        }
    }
    CASE("nobody links to a stranger's record, nor is told its title; one that went to the archive keeps both") {
        ON_BOTH(base) {
            Firm    firm   = errands_open(&base, t);
            int64_t theirs = client_made(&firm, "Чужой", 6), mine = client_made(&firm, "Мой", 5);
            int64_t id     = errand_made(&firm, "{\"name\":\"А\",\"about\":\"client:%lld\"}", theirs);
            Errand  e;
            firm.who = somebody(t, 5, "client:view:own errand:view:all errand:add:all errand:change:all");
            CHECK(str_find(told(&firm, id), S("Чужой")) < 0);
            HOLDS(told(&firm, id), "\"title\":null");
            CHECK(str_find(history(&firm, id), S("Чужой")) < 0);
            STR(patched(&firm, 0, 0, "{\"name\":\"Б\",\"about\":\"client:%lld\"}", theirs, &e),
                S("about field.points_nowhere"));
            STR(patched(&firm, 0, 0, "{\"name\":\"Б\",\"about\":\"client:%lld\"}", mine, &e), S(""));
            STR(patched(&firm, id, 0, "{\"name\":\"В\"}", 0, &e), S("")); /* what was right stays */
            firm.who = somebody(t, 5, "errand:view:all errand:add:all");
            STR(patched(&firm, 0, 0, "{\"name\":\"Г\",\"about\":\"client:%lld\"}", mine, &e),
                S("about field.points_nowhere"));
            firm.who = &actor_program;
            Work *w  = deed(&firm);
            EQUAL(record_archive_many(w, &client_entity, &theirs, 1, &(SaveHow){ .trusted = true }), OK);
            EQUAL(deed_end(&firm, OK), OK);
            HOLDS(told(&firm, id), "\"title\":\"Чужой\"");
            firm_close(&firm);
        }
    }
    CASE("a batch of links is checked, each at its own record") {
        ON_BOTH(base) {
            Firm    firm = errands_open(&base, t);
            int64_t c = client_made(&firm, "Заря", 0), p = product_made(&firm, "Чай");
            Work   *w = deed(&firm);
            Errand  e[4];
            Link    to[4] = { { S("client"), c }, { S("product"), p }, { S("client"), p }, { S("errand"), c } };
            for (int i = 0; i < 4; i++) {
                record_empty(w, &errand_entity, &e[i]);
                e[i].name  = S("А");
                e[i].about = to[i];
            }
            EQUAL(record_save_many(w, &errand_entity, e, 4, NULL), INVALID);
            EQUAL(w->problems.count, 2);
            const Problem *first = w->problems.first;
            EQUAL(first && first->next ? first->row + first->next->row : 0, 3 + 4);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            w = deed(&firm);
            EQUAL(record_save_many(w, &errand_entity, e, 2, NULL), OK);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("lists are filtered by a link: is, is not, in, empty, and of which entity") {
        ON_BOTH(base) {
            Firm    firm = errands_open(&base, t);
            int64_t zarya = client_made(&firm, "Заря", 0), tea = product_made(&firm, "Чай");
            errand_made(&firm, "{\"name\":\"А\",\"about\":\"client:%lld\"}", zarya);
            errand_made(&firm, "{\"name\":\"Б\",\"about\":\"product:%lld\"}", tea);
            errand_made(&firm, "{\"name\":\"В\"}", 0);
            STR(found(&firm, "{\"field\":\"about\",\"op\":\"is\",\"value\":\"client:%lld\"}", zarya), S("А"));
            STR(found(&firm, "{\"field\":\"about\",\"op\":\"is\",\"value\":\"client:%lld\"}", tea), S(""));
            STR(found(&firm, "{\"field\":\"about\",\"op\":\"is_not\",\"value\":\"client:%lld\"}", zarya), S("БВ"));
            STR(found(&firm, "{\"field\":\"about\",\"op\":\"in\",\"value\":[\"client:%lld\",\"product:%lld\"]}", tea),
                S("Б"));
            STR(found(&firm, "{\"field\":\"about\",\"op\":\"empty\"}", 0), S("В"));
            STR(found(&firm, "{\"field\":\"about\",\"op\":\"not_empty\"}", 0), S("АБ"));
            STR(found(&firm, "{\"field\":\"about\",\"op\":\"of\",\"value\":\"product\"}", 0), S("Б"));
            static const char *const wrong[] = {
                "{\"field\":\"about\",\"op\":\"of\",\"value\":\"source\"}",
                "{\"field\":\"about\",\"op\":\"of\",\"value\":\"' or 1=1\"}",
                "{\"field\":\"about\",\"op\":\"of\",\"value\":5}",
                "{\"field\":\"about\",\"op\":\"of\"}",
                "{\"field\":\"about\",\"op\":\"is\",\"value\":\"source:1\"}",
                "{\"field\":\"about\",\"op\":\"is\",\"value\":\"client:\"}",
                "{\"field\":\"about\",\"op\":\"is\",\"value\":\"client:9007199254740992\"}",
                "{\"field\":\"about\",\"op\":\"in\",\"value\":[\"client\"]}",
            };
            for (ptrdiff_t i = 0; i < COUNT(wrong); i++) STR(found(&firm, wrong[i], 0), S("filter filter.wrong_value"));
            STR(found(&firm, "{\"field\":\"name\",\"op\":\"of\",\"value\":\"client\"}", 0),
                S("filter filter.wrong_op"));
            STR(found(&firm, "{\"field\":\"about\",\"op\":\"from\",\"value\":\"client:1\"}", 0),
                S("filter filter.wrong_op"));
            firm_close(&firm);
        }
    }
    CASE("two who link at once clash, and one link is had once where there can be one only") {
        ON_BOTH(base) {
            Firm    firm = errands_open(&base, t);
            int64_t zarya = client_made(&firm, "Заря", 0), tea = product_made(&firm, "Чай");
            int64_t id = errand_made(&firm, "{\"name\":\"А\"}", 0);
            Errand  e;
            STR(patched(&firm, id, 1, "{\"about\":\"client:%lld\"}", zarya, &e), S(""));
            STR(patched(&firm, id, 1, "{\"name\":\"Я\"}", 0, &e), S(""));
            EQUAL(e.about.id, zarya);
            STR(patched(&firm, id, 1, "{\"about\":\"product:%lld\"}", tea, &e), S("about record.clash"));
            STR(patched(&firm, id, 3, "{\"favourite\":\"client:%lld\"}", zarya, &e), S(""));
            STR(patched(&firm, 0, 0, "{\"name\":\"Б\",\"favourite\":\"client:%lld\"}", zarya, &e),
                S("favourite field.taken"));
            STR(patched(&firm, 0, 0, "{\"name\":\"Б\",\"favourite\":\"client:%lld\"}",
                        client_made(&firm, "Тень", 0), &e), S(""));
            firm_close(&firm);
        }
    }
    CASE("an undo gives a link back, and what a link points at stays though its work is undone") {
        ON_BOTH(base) {
            Firm     firm = errands_open(&base, t);
            int64_t  zarya = client_made(&firm, "Заря", 0);
            int64_t  id = errand_made(&firm, "{\"name\":\"А\",\"about\":\"client:%lld\"}", zarya);
            SaveHow  how = { .work = 71 };
            UndoDone done = { .mem = &t->mem };
            Work    *w = deed(&firm);
            Product  p[2];
            Errand   e;
            for (int i = 0; i < 2; i++) {
                record_empty(w, &product_entity, &p[i]);
                p[i].name = i ? S("Кофе") : S("Чай");
            }
            EQUAL(record_save_many(w, &product_entity, p, 2, &how), OK);
            EQUAL(deed_end(&firm, OK), OK);
            STR(patched(&firm, id, 0, "{\"stops\":[{\"place\":\"product:%lld\"}]}", p[0].base.id, &e), S(""));
            w = deed(&firm);
            record_fetch(w, &errand_entity, &id, 1, true, &e, &(bool){ 0 });
            e.about = (Link){ S("product"), p[0].base.id };
            EQUAL(record_save_many(w, &errand_entity, &e, 1, &how), OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(undo_chunk(w, 71, (ChangeMark){ 0 }, 100, NULL, NULL, &done), OK);
            EQUAL(deed_end(&firm, OK), OK);
            EQUAL(done.given_back, 1);
            EQUAL(done.removed, 1);
            EQUAL(done.archived, 1);
            TEXT(done.left_count ? done.left[0].why : "nothing", "undo.in_use");
            HOLDS(told(&firm, id), "\"title\":\"Заря\"");
            firm_close(&firm);
        }
    }
    CASE("a history and a file tell a link in words, and what a file says is heard again") {
        ON_BOTH(base) {
            Firm    firm = errands_open(&base, t);
            int64_t zarya = client_made(&firm, "Заря", 0);
            int64_t id = errand_made(&firm, "{\"name\":\"А\"}", 0);
            char    line[200];
            Errand  e;
            STR(patched(&firm, id, 0, "{\"about\":\"client:%lld\"}", zarya, &e), S(""));
            HOLDS(history(&firm, id), "\"new_text\":\"Клиенты: Заря\"");
            HOLDS(exported(&firm, EXPORT_CSV_RU), ";Клиенты: Заря;");
            snprintf(line, sizeof line, ",client:%lld,Заря,", (long long)zarya);
            CHECK(str_find(exported(&firm, EXPORT_CSV), str_of(line)) >= 0);
            LinkHeard    heard;
            const Field *about = field_of(&errand_entity, "about");
            CHECK(link_hear(t->scratch, about, S("клиенты:  Заря: север "), &heard));
            CHECK(heard.to == &client_entity && heard.id == 0);
            STR(heard.title, S("Заря: север"));
            CHECK(link_hear(t->scratch, about, S("Products: 42"), &heard));
            CHECK(heard.to == &product_entity && heard.id == 0);
            CHECK(link_hear(t->scratch, about, S("product:42"), &heard));
            EQUAL(heard.id, 42);
            CHECK(!link_hear(t->scratch, about, S("Заря"), &heard));
            CHECK(!link_hear(t->scratch, about, S("Источники: Сайт"), &heard));
            CHECK(!link_hear(t->scratch, about, S("Клиенты:"), &heard));
            firm_close(&firm);
        }
    }
}
