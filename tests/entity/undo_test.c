/* Undo: what a work made goes, what it changed comes back, what others did since stays.  Expected values come from the
 * head. */
#include "entity/touch.h"
#include "entity/undo.h"
#include "sales/catalog/catalog.h"
#include "sales/orders/orders.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    int64_t client, product, sale, phone;
} Ids3;

/* One work that makes a client with a phone, a product and a sale between them. */
static Ids3 import_one(Firm *firm, int64_t work, const char *name)
{
    Test       *t   = firm->t;
    Work       *w   = deed(firm);
    SaveHow     how = { .work = work };
    Client      c;
    ClientPhone phone;
    Product     p;
    Sale        s;
    SaleLine    line;
    record_empty(w, &client_entity, &c);
    record_empty(w, &product_entity, &p);
    record_empty(w, &sale_entity, &s);
    child_empty(&client_phone_entity, &phone);
    child_empty(&sale_line_entity, &line);
    c.name       = str_of(name);
    phone.number = S("200-00-00");
    c.phones.at  = &phone;
    c.phones.n   = 1;
    p.name       = str_of(name);
    EQUAL(record_save_many(w, &client_entity, &c, 1, &how), OK);
    EQUAL(record_save_many(w, &product_entity, &p, 1, &how), OK);
    line.product_id = p.base.id;
    line.amount     = 100;
    s.client_id     = c.base.id;
    s.day           = 20000;
    s.lines.at      = &line;
    s.lines.n       = 1;
    EQUAL(record_save_many(w, &sale_entity, &s, 1, &how), OK);
    Ids3 made = { c.base.id, p.base.id, s.base.id, phone.base.id };
    EQUAL(deed_end(firm, OK), OK);
    return made;
}

static UndoDone undo_all(Firm *firm, int64_t work, ptrdiff_t chunk, UndoKeep keep)
{
    Test    *t     = firm->t;
    UndoDone total = { .mem = &t->mem }, done;
    ChangeMark below = { 0 };
    do {
        Work *w = deed(firm);
        done    = (UndoDone){ .mem = &t->mem };
        EQUAL(undo_chunk(w, work, below, chunk, keep, NULL, &done), OK);
        EQUAL(deed_end(firm, OK), OK);
        below = done.below;
        total.removed += done.removed;
        total.archived += done.archived;
        total.given_back += done.given_back;
        total.kept += done.kept;
        for (ptrdiff_t i = 0; i < done.left_count; i++) {
            total.left = total.left_count ? total.left : NEW_N(&t->mem, UndoLeft, 20);
            total.left[total.left_count++] = done.left[i];
        }
    } while (below.id);
    return total;
}

static UndoLeft left_of(const UndoDone *done)
{
    return done->left_count ? done->left[0] : (UndoLeft){ .why = "nothing" };
}

static int64_t rows_of(Base *base, const char *table)
{
    char    sql[100];
    int64_t n = -1;
    snprintf(sql, sizeof sql, "select count(*) from %s", table);
    db_int(base->db, str_of(sql), NO_VALS, &n);
    return n;
}

static Err keep_clients(Work *w, void *to, const Entity *e, const int64_t *ids, ptrdiff_t n, bool *keep)
{
    (void)w, (void)to, (void)ids;
    for (ptrdiff_t i = 0; i < n; i++) keep[i] = e == &client_entity;
    return OK;
}

static void client_edit(Firm *firm, int64_t work, int64_t id, const char *city, const char *note)
{
    Test   *t   = firm->t;
    SaveHow how = { .work = work };
    Work   *w   = deed(firm);
    Client  c;
    EQUAL(record_load(w, &client_entity, id, &c), OK);
    if (city) c.city = str_of(city);
    if (note) c.note = str_of(note);
    EQUAL(record_save_many(w, &client_entity, &c, 1, &how), OK);
    EQUAL(deed_end(firm, OK), OK);
}

/* One work that makes each line of a sale dearer and adds `more` lines of 100 and that. */
static void lines_more(Firm *firm, int64_t sale, int64_t work, Money dearer, ptrdiff_t more)
{
    Test   *t   = firm->t;
    SaveHow how = { .work = work, .list_most = DOCUMENT_LINES_MOST };
    Work   *w   = deed(firm);
    Sale    s;
    EQUAL(record_load(w, &sale_entity, sale, &s), OK);
    SaleLine *lines = NEW_N(w->mem, SaleLine, s.lines.n + more);
    memcpy(lines, s.lines.at, (size_t)s.lines.n * sizeof *lines);
    for (ptrdiff_t k = 0; k < s.lines.n; k++) lines[k].amount += dearer;
    for (ptrdiff_t k = 0; k < more; k++) {
        child_empty(&sale_line_entity, &lines[s.lines.n]);
        lines[s.lines.n++].amount = 100 + dearer;
    }
    s.lines.at = lines;
    EQUAL(record_save_many(w, &sale_entity, &s, 1, &how), OK);
    EQUAL(deed_end(firm, OK), OK);
}

/* A change and its taking back, whose diffs are of so many bytes together. */
static void diff_grown(Firm *firm, int64_t client, ptrdiff_t bytes)
{
    Test      *t    = firm->t;
    Work      *w    = deed(firm);
    char      *text = NEW_RAW(w->mem, char, bytes);
    Str        head = S("{\"note\":[null,null,\"");
    Client     c;
    memset(text, 'x', (size_t)bytes);
    memcpy(text, head.s, (size_t)head.n);
    memcpy(text + bytes - 3, "\"]}", 3);
    EQUAL(record_load(w, &client_entity, client, &c), OK);
    c.note = S("звонить утром");
    EQUAL(record_save(w, &client_entity, &c), OK);
    c.note = (Str){ 0 };
    EQUAL(record_save(w, &client_entity, &c), OK);
    EQUAL(db_run(w->db, S("update change set diff = $1 where record = $2 and version = 3"),
                 VALS(val_text((Str){ text, bytes }), val_int(client)), NULL),
          OK);
    EQUAL(deed_end(firm, OK), OK);
}

TESTS(test_undo)
{
    CASE("what a work made goes without a trace in the tables, whatever the size of a chunk") {
        ON_BOTH(base) {
            for (ptrdiff_t chunk = 1; chunk <= 5; chunk += 2) {
                Firm firm = firm_open(&base, t);
                import_one(&firm, 900000 + chunk, "Из файла");
                UndoDone done = undo_all(&firm, 900000 + chunk, chunk, NULL);
                EQUAL(done.removed, 3);
                EQUAL(done.left_count, 0);
                const char *tables[] = { "client", "client_phone", "product", "sale", "sale_line" };
                for (int i = 0; i < COUNT(tables); i++) EQUAL(rows_of(&base, tables[i]), 0);
                firm_close(&firm);
            }
        }
    }
    CASE("a client that got a sale from somebody else since is archived and listed, not removed") {
        ON_BOTH(base) {
            Firm firm = firm_open(&base, t);
            Ids3 made = import_one(&firm, 900001, "Из файла");
            Work *w   = deed(&firm);
            Sale s;
            record_empty(w, &sale_entity, &s);
            s.client_id = made.client;
            s.day       = 20001;
            EQUAL(record_save(w, &sale_entity, &s), OK);
            EQUAL(deed_end(&firm, OK), OK);
            UndoDone done = undo_all(&firm, 900001, 100, NULL);
            EQUAL(done.removed, 2);
            EQUAL(done.archived, 1);
            EQUAL(done.left_count, 1);
            TEXT(left_of(&done).why, "undo.in_use");
            STR(left_of(&done).title, S("Из файла"));
            w = deed(&firm);
            Client c;
            EQUAL(record_load(w, &client_entity, made.client, &c), OK);
            CHECK(c.base.archived_at != NONE);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("each field comes back unless somebody changed it since; then it stays and both values are told") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = import_one(&firm, 900001, "Давний").client;
            client_edit(&firm, 900002, id, "Омск", "из файла");
            client_edit(&firm, 900002, id, "Томск", NULL);
            client_edit(&firm, 900003, id, NULL, "исправлено рукой");
            UndoDone done = undo_all(&firm, 900002, 1, NULL);
            EQUAL(done.removed + done.archived, 0);
            EQUAL(done.left_count, 1);
            STR(left_of(&done).field, S("note"));
            STR(left_of(&done).ours, S("из файла"));
            STR(left_of(&done).theirs, S("исправлено рукой"));
            Work  *w = deed(&firm);
            Client c;
            EQUAL(record_load(w, &client_entity, id, &c), OK);
            STR(c.city, S(""));
            STR(c.note, S("исправлено рукой"));
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("phones that a work added go, those it removed come back as they were") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            Ids3    made = import_one(&firm, 900001, "С телефоном");
            Work   *w    = deed(&firm);
            SaveHow how  = { .work = 900002 };
            Client  c;
            EQUAL(record_load(w, &client_entity, made.client, &c), OK);
            ClientPhone other;
            child_empty(&client_phone_entity, &other);
            other.number = S("333-33-33");
            c.phones.at  = &other;
            EQUAL(record_save_many(w, &client_entity, &c, 1, &how), OK);
            EQUAL(deed_end(&firm, OK), OK);
            UndoDone done = undo_all(&firm, 900002, 100, NULL);
            EQUAL(done.left_count, 0);
            w = deed(&firm);
            EQUAL(record_load(w, &client_entity, made.client, &c), OK);
            EQUAL(c.phones.n, 1);
            EQUAL(c.phones.at[0].base.id, made.phone);
            STR(c.phones.at[0].number, S("200-00-00"));
            int64_t n;
            EQUAL(db_int(w->db, S("select count(*) from client where find like '%2000000%' and find not like '%333%'"),
                         NO_VALS, &n),
                  OK);
            EQUAL(n, 1);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("two works are undone one after the other and nothing is left of them") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t id   = import_one(&firm, 900001, "Дважды").client;
            client_edit(&firm, 900002, id, "Омск", "вторая загрузка");
            UndoDone second = undo_all(&firm, 900002, 100, NULL), first = undo_all(&firm, 900001, 100, NULL);
            EQUAL(second.given_back, 1);
            EQUAL(first.removed, 3);
            EQUAL(first.left_count, 0);
            EQUAL(rows_of(&base, "client"), 0);
            firm_close(&firm);
        }
    }
    CASE("what another work needs too is kept as it is") {
        ON_BOTH(base) {
            Firm     firm = firm_open(&base, t);
            import_one(&firm, 900001, "Общий");
            UndoDone done = undo_all(&firm, 900001, 100, keep_clients);
            EQUAL(done.removed, 2);
            EQUAL(done.kept, 1);
            EQUAL(done.left_count, 0);
            EQUAL(rows_of(&base, "client"), 1);
            firm_close(&firm);
        }
    }
    CASE("a number that somebody else has taken since is not forced back") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            Work   *w    = deed(&firm);
            SaveHow how  = { .work = 900005 };
            Source  a, b;
            record_empty(w, &source_entity, &a);
            record_empty(w, &source_entity, &b);
            a.name = S("Сайт");
            EQUAL(record_save(w, &source_entity, &a), OK);
            a.name = S("Сайт старый");
            EQUAL(record_save_many(w, &source_entity, &a, 1, &how), OK);
            b.name = S("Сайт");
            EQUAL(record_save(w, &source_entity, &b), OK);
            EQUAL(deed_end(&firm, OK), OK);
            UndoDone done = undo_all(&firm, 900005, 100, NULL);
            EQUAL(done.given_back, 0);
            EQUAL(done.left_count, 1);
            TEXT(left_of(&done).why, "field.taken");
            firm_close(&firm);
        }
    }
    CASE("a work that changed every one of five thousand lines, and added as many, is merged and taken back in one"
         " going through") {
        ON_BOTH(base) {
            Firm      firm = firm_open(&base, t);
            Ids3      made = import_one(&firm, 900001, "Длинная");
            ptrdiff_t n    = CHILDREN_MOST;
            lines_more(&firm, made.sale, 900002, 0, n - 1);
            lines_more(&firm, made.sale, 900003, 700, n);
            Work *w = deed(&firm);
            Sale  s;
            EQUAL(record_load(w, &sale_entity, made.sale, &s), OK);
            EQUAL(s.lines.n, 2 * n);
            s.base.version = 2;
            s.lines.n      = n;
            for (ptrdiff_t k = 0; k < n; k++) s.lines.at[k].cost = 5;
            EQUAL(record_save(w, &sale_entity, &s), OK);
            EQUAL(s.lines.n, 2 * n);
            EQUAL(s.cost_total, 5 * n);
            EQUAL(s.total, 800 * 2 * n);
            EQUAL(deed_end(&firm, OK), OK);
            UndoDone done = undo_all(&firm, 900003, 100, NULL);
            EQUAL(done.given_back, 1);
            EQUAL(done.left_count, 0);
            w = deed(&firm);
            EQUAL(record_load(w, &sale_entity, made.sale, &s), OK);
            EQUAL(s.lines.n, n);
            EQUAL(s.total, 100 * n);
            EQUAL(deed_end(&firm, OK), OK);
            firm_close(&firm);
        }
    }
    CASE("of records behind which more happened than is looked at, one by one or together, something is said to have:"
         " they are archived; beside them those that nobody touched go") {
        ON_BOTH(base) {
            Firm      firm = firm_open(&base, t);
            Client    made[7];
            SaveHow   how = { .work = 900001 };
            Work     *w   = deed(&firm);
            for (int i = 0; i < COUNT(made); i++) {
                record_empty(w, &client_entity, &made[i]);
                made[i].name = S("Из файла");
            }
            EQUAL(record_save_many(w, &client_entity, made, COUNT(made), &how), OK);
            EQUAL(deed_end(&firm, OK), OK);
            for (int i = 0; i + 1 < COUNT(made); i++)
                diff_grown(&firm, made[i].base.id, i == 0 ? TOUCHES_MOST : TOUCHES_MOST / 4 * 3);
            UndoDone done = undo_all(&firm, 900001, 1000, NULL);
            EQUAL(done.removed, 4); /* after 4, 7, 10, 13 MiB comes what passes 16 */
            EQUAL(done.archived, 3);
            TEXT(left_of(&done).why, "undo.changed_since");
            firm_close(&firm);
        }
    }
}
