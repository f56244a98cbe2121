/* Lists as files.  Expected values come from the head; RFC 4180 says how a comma and a quote are written. */
#include "entity/export.h"
#include "sales/orders/orders.h"
#include "sales/catalog/catalog.h"
#include "sales/parties/parties.h"
#include "tests/entity/firm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static Str file_text(Arena *mem, const char *path)
{
    char *text = NEW_N(mem, char, 1 << 20);
    FILE *f    = fopen(path, "rb");
    if (!f) return S("no file");
    size_t n = fread(text, 1, 1 << 20, f);
    fclose(f);
    return (Str){ text, (ptrdiff_t)n };
}

static Str exported(Firm *firm, const Entity *e, const Ask *ask, ExportForm form, int64_t *rows)
{
    Test *t = firm->t;
    Work *w = deed(firm);
    Str   path = str_fmt(&t->mem, "%s/export", firm->base->folder[0] ? firm->base->folder : "/tmp");
    EQUAL(export_list(w, e, ask, form, path.s, rows), OK);
    EQUAL(deed_end(firm, OK), OK);
    Str text = file_text(&t->mem, path.s);
    unlink(path.s);
    return text;
}

static int64_t line_count(Str text)
{
    int64_t n = 0;
    for (ptrdiff_t i = 0; i < text.n; i++) n += text.s[i] == '\n';
    return n;
}

static void one_of_each(Firm *firm)
{
    Test       *t = firm->t;
    Work       *w = deed(firm);
    Client      c;
    ClientPhone phone[2];
    Sale        s;
    SaleLine    line[2];
    Product     p;
    record_empty(w, &client_entity, &c);
    record_empty(w, &sale_entity, &s);
    record_empty(w, &product_entity, &p);
    for (int i = 0; i < 2; i++) {
        child_empty(&client_phone_entity, &phone[i]);
        child_empty(&sale_line_entity, &line[i]);
    }
    c.name          = S("=1+1, \"Ромашка\"");
    phone[0].number = S("+7 343 200-00-00");
    phone[1].number = S("333");
    c.phones.at     = phone;
    c.phones.n      = 2;
    p.name          = S("Гайка");
    p.cost          = 50;
    EQUAL(record_save(w, &client_entity, &c), OK);
    EQUAL(record_save(w, &product_entity, &p), OK);
    line[0].product_id = p.base.id;
    line[0].qty        = 2500;
    line[0].price      = 1500000;
    line[0].cost       = 100;
    line[1].amount     = 1000;
    s.client_id        = c.base.id;
    s.day              = day_of((Civil){ 2026, 3, 4 });
    s.lines.at         = line;
    s.lines.n          = 2;
    EQUAL(record_save(w, &sale_entity, &s), OK);
    EQUAL(deed_end(firm, OK), OK);
}

TESTS(test_export)
{
    CASE("a list leaves as CSV with keys for programs, and as the Excel of a Russian desk opens it for people") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t rows;
            one_of_each(&firm);
            Str csv = exported(&firm, &client_entity, &(Ask){ 0 }, EXPORT_CSV, &rows);
            EQUAL(rows, 1);
            CHECK(str_starts(csv, S("id,name,kind,state,")));
            CHECK(str_find(csv, S(",\"'=1+1, \"\"Ромашка\"\"\",organisation,existing,")) > 0);
            CHECK(str_find(csv, S("+7 343 200-00-00; 333")) > 0);
            Str ru = exported(&firm, &client_entity, &(Ask){ 0 }, EXPORT_CSV_RU, &rows);
            CHECK(str_starts(ru, S("\xEF\xBB\xBFНазвание;Вид;Состояние;")));
            CHECK(str_find(ru, S(";организация;существующий;")) > 0);
            firm_close(&firm);
        }
    }
    CASE("a sale leaves with a row for each of its lines, without what is hidden") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            int64_t rows;
            one_of_each(&firm);
            Str csv = exported(&firm, &sale_entity, &(Ask){ 0 }, EXPORT_CSV_RU, &rows);
            EQUAL(rows, 2);
            CHECK(str_find(csv, S(";04.03.2026;")) > 0);
            CHECK(str_find(csv, S(";13,75;")) > 0);
            CHECK(str_find(csv, S(";Гайка;2,5;1,5;3,75;1,00\r\n")) > 0);
            CHECK(str_find(csv, S("Себестоимость")) > 0);
            firm.who = somebody(
                t, 5, "sale:view:all:finance sale:export:all client:view:all client:export:own product:view:all");
            csv      = exported(&firm, &sale_entity, &(Ask){ 0 }, EXPORT_CSV_RU, &rows);
            CHECK(str_find(csv, S("Себестоимость")) < 0);
            CHECK(str_find(csv, S(";Гайка;2,5;1,5;3,75\r\n")) > 0);
            exported(&firm, &client_entity, &(Ask){ 0 }, EXPORT_CSV, &rows);
            EQUAL(rows, 0);
            firm.who = somebody(t, 5, "sale:view:all");
            Work *w  = deed(&firm);
            EQUAL(export_list(w, &sale_entity, &(Ask){ 0 }, EXPORT_CSV, "/nowhere/x", &rows), DENIED);
            EQUAL(deed_end(&firm, DENIED), DENIED);
            firm_close(&firm);
        }
    }
    CASE("a list of more than a page leaves whole, in order, each once; the book is a workbook") {
        ON_BOTH(base) {
            Firm    firm = firm_open(&base, t);
            Work   *w    = deed(&firm);
            Client *c    = NEW_N(w->mem, Client, 450);
            int64_t rows;
            for (int i = 0; i < 450; i++) {
                record_empty(w, &client_entity, &c[i]);
                c[i].name = str_fmt(w->mem, "Клиент %d", i);
            }
            EQUAL(record_save_many(w, &client_entity, c, 450, NULL), OK);
            EQUAL(deed_end(&firm, OK), OK);
            Str csv = exported(&firm, &client_entity, &(Ask){ 0 }, EXPORT_CSV, &rows);
            EQUAL(rows, 450);
            EQUAL(line_count(csv), 451);
            for (int i = 0; i < 450; i++) CHECK(str_find(csv, str_fmt(&t->scratch, ",Клиент %d,", i)) > 0);
            Str book = exported(&firm, &client_entity, &(Ask){ 0 }, EXPORT_XLSX, &rows);
            EQUAL(rows, 450);
            CHECK(str_starts(book, S("PK")));
            firm_close(&firm);
        }
    }
}
