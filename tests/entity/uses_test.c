/* Stored filters: asked when they are saved, kept in one form, and what they read is known both ways.  Expected values
 * come from the head. */
#include "entity/uses.h"

#include "entity/filter.h"
#include "entity/undo.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <string.h>

/* A lookout: of clients always, and of whatever it names. */
#define WATCH(FIELD)                                                                                                   \
    FIELD(name, text, .find = true, .required = true)                                                                  \
    FIELD(entity, text)                                                                                                \
    FIELD(rows, filter, .of = "entity")                                                                                \
    FIELD(clients, filter, .to = "client")

typedef struct {
    Record base;
    WATCH(AS_MEMBER)
} Lookout;
#define LOOKOUT_ROW(...) AS_ROW(Lookout, __VA_ARGS__)

static const Field  lookout_fields[] = { WATCH(LOOKOUT_ROW) };
static const Entity lookout_entity = { .name = "lookout", .title = "name", ENTITY_FIELDS(Lookout, lookout_fields) };

static const Entity *const entities[] = {
    &client_entity,        &client_address_entity, &client_phone_entity,
    &client_person_entity, &person_entity,         &person_phone_entity,
    &source_entity,        &lookout_entity,        NULL,
};

static Firm lookouts_open(Base *base, Test *t)
{
    Firm  firm = firm_open(base, t);
    Work *w = deed(&firm);
    entities_set(entities);
    EQUAL(db_ddl(w->db, S("create table lookout (id id primary key, version int not null, created_at int not null,"
                          " created_by int, changed_at int, changed_by int, archived_at int, origin text, key text,"
                          " name text, name_find text, entity text, rows text, clients text, find text);")),
          OK);
    EQUAL(deed_end(&firm, OK), OK);
    return firm;
}

static Err lookout_saved(Work *w, Lookout *lookout, int64_t id, const char *patch)
{
    const Json *json;
    Problems    none = { .mem = w->mem };
    TRY(json_read(w->mem, str_of(patch), (JsonLimits){ 0 }, &none, &json));
    TRY(record_patch(w, &lookout_entity, id, 0, json, lookout));
    return record_save(w, &lookout_entity, lookout);
}

/* What the record reads, in the order of the alphabet: "client.city client.name". */
static Str reads(Work *w, int64_t id)
{
    Buf  b = buf_new(w->mem, 200);
    Rows rows;
    db_query(w->db,
             S("select what || ' ' || entity || '.' || name || coalesce(cast(to_id as text), '') from uses"
               " where of_id = $1 order by 1"),
             VALS(val_int(id)), &rows);
    while (rows_next(&rows)) buf_fmt(&b, "%s%.*s", b.len ? "; " : "", (int)row_text(&rows, 0).n, row_text(&rows, 0).s);
    rows_end(&rows);
    return buf_str(&b);
}

static int64_t count_of(Work *w, const char *field)
{
    Map *count;
    uses_of_fields(w, &count);
    const int64_t *n = map_at(&count, str_of(field), NULL);
    return n ? *n : 0;
}

TESTS(test_uses)
{
    CASE("a stored filter is kept in one form, and what it reads is noted with it")
    {
        ON_BOTH(base)
        {
            Firm    firm = lookouts_open(&base, t);
            Work   *w = deed(&firm);
            Lookout a, b;
            EQUAL(lookout_saved(
                      w, &a, 0,
                      "{\"name\":\"a\",\"clients\":{\"all\":[{\"op\":\"is\",\"field\":\"name\",\"value\":\"A\"},"
                      "{\"field\":\"city\",\"op\":\"is\",\"value\":\"Омск\"}]}}"),
                  OK);
            EQUAL(lookout_saved(
                      w, &b, 0,
                      "{\"name\":\"b\",\"clients\":{\"all\":[{\"field\":\"city\",\"op\":\"is\",\"value\":\"Омск\"},"
                      "{\"field\":\"name\",\"op\":\"is\",\"value\":\"A\"}]}}"),
                  OK);
            STR(a.clients, b.clients);
            STR(reads(w, a.base.id), S("lookout.clients client.city; lookout.clients client.name"));
            EQUAL(count_of(w, "client.city"), 2);
            EQUAL(count_of(w, "client.inn"), 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("what is altered, emptied or archived is read no more, and an undo reads again")
    {
        ON_BOTH(base)
        {
            Firm     firm = lookouts_open(&base, t);
            Work    *w = deed(&firm);
            Lookout  a;
            int64_t  work;
            UndoDone done = { 0 };
            EQUAL(lookout_saved(w, &a, 0, "{\"name\":\"a\",\"clients\":{\"field\":\"city\",\"op\":\"not_empty\"}}"),
                  OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(lookout_saved(w, &a, a.base.id, "{\"clients\":{\"field\":\"number\",\"op\":\"empty\"}}"), OK);
            STR(reads(w, a.base.id), S("lookout.clients client.number"));
            EQUAL(work_id(w, &work), OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(undo_chunk(w, work, (ChangeMark){ 0 }, 10, NULL, NULL, &done), OK);
            STR(reads(w, a.base.id), S("lookout.clients client.city"));
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(count_of(w, "client.city"), 1);
            EQUAL(record_archive(w, &lookout_entity, a.base.id, 0), OK);
            EQUAL(count_of(w, "client.city"), 0);
            EQUAL(record_restore(w, &lookout_entity, a.base.id, 0), OK);
            EQUAL(lookout_saved(w, &a, a.base.id, "{\"clients\":null}"), OK);
            STR(reads(w, a.base.id), S(""));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("what no filter of that entity is, and what is about no entity, is refused at its field")
    {
        ON_BOTH(base)
        {
            Firm    firm = lookouts_open(&base, t);
            Work   *w = deed(&firm);
            Lookout a;
            EQUAL(lookout_saved(w, &a, 0, "{\"name\":\"a\",\"clients\":{\"field\":\"colour\",\"op\":\"empty\"}}"),
                  INVALID);
            STR(first_problem(w), S("clients filter.no_such_field"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            w = deed(&firm);
            EQUAL(lookout_saved(w, &a, 0, "{\"name\":\"a\",\"entity\":\"weather\",\"rows\":{\"all\":[]}}"), INVALID);
            STR(first_problem(w), S("rows filter.no_such_entity"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            w = deed(&firm);
            EQUAL(lookout_saved(w, &a, 0,
                                "{\"name\":\"a\",\"entity\":\"source\",\"rows\":{\"field\":\"name\",\"op\":\"is\","
                                "\"value\":\"x\"}}"),
                  OK);
            STR(reads(w, a.base.id), S("lookout.rows source.name"));
            EQUAL(record_remove_many(w, &lookout_entity, &a.base.id, 1, NULL), OK);
            STR(reads(w, a.base.id), S(""));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("in a batch the record that holds a wrong filter is named by its number")
    {
        ON_BOTH(base)
        {
            Firm    firm = lookouts_open(&base, t);
            Work   *w = deed(&firm);
            Lookout two[2];
            for (int i = 0; i < 2; i++) {
                record_empty(w, &lookout_entity, &two[i]);
                two[i].name = S("a");
                two[i].clients = i ? S("{\"field\":\"colour\",\"op\":\"empty\"}") : S("{\"all\":[]}");
            }
            EQUAL(record_save_many(w, &lookout_entity, two, 2, NULL), INVALID);
            EQUAL(w->problems.first->row, 2);
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
}
