/* Trees: nobody stands above himself, and all who stand under somebody are found.  Expected values come from the
 * head. */
#include "entity/list.h"
#include "entity/undo.h"
#include "sales/catalog/catalog.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* Groups by their names, each under the one named before it. */
static void groups_make(Firm *firm, const char *const *name, int64_t *id, ptrdiff_t n)
{
    Test *t = firm->t;
    for (ptrdiff_t i = 0; i < n; i++) {
        Work        *w = deed(firm);
        ProductGroup g;
        record_empty(w, &product_group_entity, &g);
        g.name      = str_of(name[i]);
        g.parent_id = i ? id[i - 1] : 0;
        EQUAL(record_save(w, &product_group_entity, &g), OK);
        EQUAL(deed_end(firm, OK), OK);
        id[i] = g.base.id;
    }
}

static Err group_put(Work *w, int64_t id, int64_t under, const SaveHow *how)
{
    ProductGroup g;
    bool         found;
    TRY(record_fetch(w, &product_group_entity, &id, 1, true, &g, &found));
    g.parent_id = under;
    return record_save_many(w, &product_group_entity, &g, 1, how);
}

/* Puts one under the other in a work of its own: "" or what it is refused for. */
static Str put(Firm *firm, int64_t id, int64_t under, int64_t work)
{
    SaveHow how = { .work = work };
    Work   *w   = deed(firm);
    Err     err = group_put(w, id, under, &how);
    Str     why = str_copy(&firm->t->mem, first_problem(w));
    deed_end(firm, err);
    return why;
}

static int64_t counted(Work *w, const Entity *e, const char *field, int64_t under)
{
    char        text[100];
    const Json *filter;
    int64_t     count = -1;
    snprintf(text, sizeof text, "{\"field\":\"%s\",\"op\":\"under\",\"value\":%lld}", field, (long long)under);
    if (json_read(w->mem, str_of(text), (JsonLimits){ 0 }, &w->problems, &filter) != OK) return -2;
    if (list_count(w, e, &(Ask){ .filter = filter }, &count) != OK) return -3;
    return count;
}

/* ---- two at once ---- */

typedef struct {
    pthread_barrier_t *both; /* null: they do not wait for each other */
    int64_t            id, under;
    bool               waited;
    Err                err;
    Str                why;
    Lanes             *lanes;
    Test              *t;
} Mover;

/* Each has read and checked before either is written; whoever is told to begin again does not wait again. */
static Err move(Work *w, void *to)
{
    Mover *m   = to;
    Err    err = group_put(w, m->id, m->under, NULL);
    if (m->both && !m->waited) pthread_barrier_wait(m->both);
    m->waited = true;
    return err;
}

static void *mover(void *to)
{
    Mover   *m    = to;
    Problems why  = { .mem = &m->t->mem };
    LaneWork work = { .run = move, .to = m, .who = &actor_program, .language = "ru" };
    m->err        = lanes_run(m->lanes, LANE_WRITER, &work, &why);
    m->why        = why.first ? str_of(why.first->key) : S("");
    return NULL;
}

/* A under B and B under A at the same moment; gives how many came through. */
static int both_move(Firm *firm, int64_t a, int64_t b, Str *why)
{
    pthread_barrier_t both;
    pthread_t         thread[2];
    bool              several = firm->base->engine == DB_POSTGRES; /* SQLite has one writer */
    Test              mine[2] = { *firm->t, *firm->t };
    Mover             m[2];
    pthread_barrier_init(&both, NULL, 2);
    for (int i = 0; i < 2; i++) {
        mine[i].mem = arena_new(1 << 20);
        m[i] = (Mover){ several ? &both : NULL, i ? b : a, i ? a : b, .lanes = firm->lanes, .t = &mine[i] };
        pthread_create(&thread[i], NULL, mover, &m[i]);
    }
    for (int i = 0; i < 2; i++) pthread_join(thread[i], NULL);
    pthread_barrier_destroy(&both);
    *why = m[0].err ? m[0].why : m[1].why;
    return (m[0].err == OK) + (m[1].err == OK);
}

TESTS(test_tree)
{
    CASE("nobody stands above himself, at whatever height, and another place is taken") {
        ON_BOTH(base) {
            static const char *const name[] = { "Кабель", "Провод", "Шнур" };
            Firm    firm = firm_open(&base, t);
            int64_t id[3], other;
            groups_make(&firm, name, id, 3);
            groups_make(&firm, (const char *const[]){ "Свет" }, &other, 1);
            STR(put(&firm, id[0], id[0], 0), S("parent_id record.above_itself"));
            STR(put(&firm, id[0], id[2], 0), S("parent_id record.above_itself"));
            STR(put(&firm, id[0], other, 0), S(""));
            STR(put(&firm, other, id[2], 0), S("parent_id record.above_itself"));
            STR(put(&firm, id[2], id[0], 0), S(""));
            firm_close(&firm);
        }
    }
    CASE("a circle that was stored before is led to and left, and is not made longer") {
        ON_BOTH(base) {
            static const char *const name[] = { "Кабель", "Провод", "Шнур" };
            Firm    firm = firm_open(&base, t);
            int64_t id[3], other;
            groups_make(&firm, name, id, 3);
            groups_make(&firm, (const char *const[]){ "Свет" }, &other, 1);
            EQUAL(db_run(base.db, S("update product_group set parent_id = $1 where id = $2"),
                         VALS(val_int(id[2]), val_int(id[0])), NULL), OK);
            STR(put(&firm, other, id[1], 0), S(""));
            STR(put(&firm, id[0], other, 0), S("parent_id record.above_itself"));
            STR(put(&firm, id[0], 0, 0), S(""));
            firm_close(&firm);
        }
    }
    CASE("an undo that would close a circle leaves that record as it is and says so") {
        ON_BOTH(base) {
            static const char *const name[] = { "Кабель", "Провод" };
            Firm     firm = firm_open(&base, t);
            int64_t  id[2];
            UndoDone done = { .mem = &t->mem };
            groups_make(&firm, name, id, 2);
            STR(put(&firm, id[1], 0, 71), S(""));
            STR(put(&firm, id[0], id[1], 72), S(""));
            Work *w = deed(&firm);
            EQUAL(undo_chunk(w, 71, (ChangeMark){ 0 }, 100, NULL, NULL, &done), OK);
            EQUAL(deed_end(&firm, OK), OK);
            EQUAL(done.left_count, 1);
            TEXT(done.left_count ? done.left[0].why : "nothing", "record.above_itself");
            done = (UndoDone){ .mem = &t->mem };
            w    = deed(&firm);
            EQUAL(undo_chunk(w, 72, (ChangeMark){ 0 }, 100, NULL, NULL, &done), OK);
            EQUAL(done.given_back, 1);
            EQUAL(deed_end(&firm, OK), OK);
            STR(put(&firm, id[1], id[0], 0), S(""));
            firm_close(&firm);
        }
    }
    CASE("two saves at once that would close a circle together: one comes through, one is refused") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t a, b;
            Str     why;
            groups_make(&firm, (const char *const[]){ "Кабель" }, &a, 1);
            groups_make(&firm, (const char *const[]){ "Свет" }, &b, 1);
            EQUAL(both_move(&firm, a, b, &why), 1);
            STR(why, S("record.above_itself"));
            firm_close(&firm);
        }
    }
    CASE("a tree ten thousand deep is walked to its end, upwards by the door and downwards by a filter") {
        ON_BOTH(base) {
            enum { DEEP = 10000 };
            Firm          firm = firm_open(&base, t);
            ProductGroup *g    = NEW_N(&t->mem, ProductGroup, 400);
            int64_t       first = 0, last = 0;
            for (int from = 0; from < DEEP; from += 400) {
                Work *w = deed(&firm);
                for (int i = 0; i < 400; i++) {
                    record_empty(w, &product_group_entity, &g[i]);
                    g[i].name = S("Группа");
                }
                EQUAL(record_save_many(w, &product_group_entity, g, 400, NULL), OK);
                EQUAL(deed_end(&firm, OK), OK);
                first = first ? first : g[0].base.id;
                last  = g[399].base.id;
            }
            EQUAL(db_run(base.db, S("update product_group set parent_id = (select max(o.id) from product_group o where"
                                    " o.id < product_group.id)"), NO_VALS, NULL), OK);
            Work *w = deed(&firm);
            EQUAL(counted(w, &product_group_entity, "parent_id", first), DEEP - 1);
            EQUAL(counted(w, &product_group_entity, "parent_id", last), 0);
            EQUAL(deed_end(&firm, OK), OK);
            STR(put(&firm, first, last, 0), S("parent_id record.above_itself"));
            STR(put(&firm, last, first, 0), S(""));
            firm_close(&firm);
        }
    }
    CASE("under finds what names the record or one below it, and only a reference to a tree knows it") {
        ON_BOTH(base) {
            static const char *const name[] = { "Кабель", "Провод", "Шнур" };
            Firm    firm = firm_open(&base, t);
            int64_t id[3];
            groups_make(&firm, name, id, 3);
            Work   *w = deed(&firm);
            Product p[3];
            for (int i = 0; i < 3; i++) {
                record_empty(w, &product_entity, &p[i]);
                p[i].name     = str_of(name[i]);
                p[i].group_id = id[i];
            }
            EQUAL(record_save_many(w, &product_entity, p, 3, NULL), OK);
            EQUAL(deed_end(&firm, OK), OK);
            w = deed(&firm);
            EQUAL(counted(w, &product_entity, "group_id", id[0]), 3);
            EQUAL(counted(w, &product_entity, "group_id", id[1]), 2);
            EQUAL(counted(w, &product_entity, "group_id", id[2]), 1);
            EQUAL(counted(w, &product_entity, "group_id", 4711), 0);
            EQUAL(counted(w, &client_entity, "source_id", id[0]), -3);
            STR(first_problem(w), S("filter filter.wrong_op"));
            EQUAL(deed_end(&firm, INVALID), INVALID);
            firm_close(&firm);
        }
    }
    CASE("under goes down as far as the reader sees: whom a stranger's client stands under, it does not tell") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            Work   *w    = deed(&firm);
            SaveHow how  = { .trusted = true };
            Client  c[3];
            for (int i = 0; i < 3; i++) { /* mine under a stranger's, which is under a stranger's */
                record_empty(w, &client_entity, &c[i]);
                c[i].name      = S("Сеть");
                c[i].keeper_id = i == 2 ? 5 : 6;
                c[i].parent_id = i ? c[i - 1].base.id : 0;
                EQUAL(record_save_many(w, &client_entity, &c[i], 1, &how), OK);
            }
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 5, "client:view:own");
            w        = deed(&firm);
            EQUAL(counted(w, &client_entity, "parent_id", c[1].base.id), 1);
            EQUAL(counted(w, &client_entity, "parent_id", c[0].base.id), 0);
            EQUAL(deed_end(&firm, OK), OK);
            firm.who = somebody(t, 5, "client:view:all");
            w        = deed(&firm);
            EQUAL(counted(w, &client_entity, "parent_id", c[0].base.id), 2);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
}
