/* Which column fills which field of a client or a product; the expected answers were read off the headers by a
 * person. */
#include "sales/reading/record_columns.h"
#include "tests/test.h"

static const RecordField client_fields[] = {
    { S("name"), S("Название") },
    { S("kind"), S("Вид") },
    { S("number"), S("Свой номер") },
    { S("inn"), S("ИНН") },
    { S("kpp"), S("КПП") },
    { S("keeper_id"), S("Ведёт") },
    { S("source_id"), S("Источник") },
    { S("city"), S("Город") },
    { S("note"), S("Примечание") },
    { S("x71"), S("Отрасль") },
    { S("addresses.text"), S("Адрес") },
    { S("phones.number"), S("Телефон") },
    { S("persons.person_id"), S("Лицо") },
    { S("parent_id"), S("Входит в") },
};

static const RecordField product_fields[] = {
    { S("name"), S("Название") }, { S("number"), S("Артикул") }, { S("group_id"), S("Группа") },
    { S("unit"), S("Единица") },  { S("price"), S("Цена") },     { S("cost"), S("Себестоимость") },
};

static Str found_in(Test *t, Str file, Str target)
{
    Problems           problems = { .mem = &t->mem };
    bool               clients  = str_eq(target, S("client"));
    const RecordField *fields   = clients ? client_fields : product_fields;
    ptrdiff_t          n        = clients ? COUNT(client_fields) : COUNT(product_fields);
    int                at[COUNT(client_fields)];
    Recognised         r;
    Buf                b = buf_new(&t->mem, 128);
    CHECK(table_recognise(&t->mem, file, FORM_WISH, &r, &problems) == OK);
    record_columns_find(&t->mem, &r, target, fields, n, at);
    for (ptrdiff_t f = 0; f < n; f++) {
        if (at[f] < 0) continue;
        buf_fmt(&b, "%s%s=", b.len ? " " : "", fields[f].name.s);
        buf_put(&b, r.names[at[f]]);
    }
    return buf_str(&b);
}

TESTS(test_record_columns)
{
    CASE("a list of counterparties of 1C") {
        STR(found_in(
                t,
                S("Код;Наименование;Полное наименование;ИНН;КПП;Основной менеджер;Юридический адрес;Телефон;Контактное"
                  " лицо;Комментарий\n"
                  "000001;Ромашка;ООО «Ромашка»;7707083893;770701001;Иванов;г Москва, ул Мира, 1;+7 (495)"
                  " 123-45-67;Петров;опт\n"
                  "000002;Лютик;АО «Лютик»;7728168971;772801001;Иванов;г Пермь, ул Мира, 2;+7 (342)"
                  " 123-45-67;Сидоров;\n"),
                S("client")),
            S("name=Наименование number=Код inn=ИНН kpp=КПП keeper_id=Основной менеджер note=Комментарий"
              " addresses.text=Юридический адрес phones.number=Телефон persons.person_id=Контактное лицо"));
    }
    CASE("companies of a CRM, with a field of the firm's own") {
        STR(found_in(
                t,
                S("ID;Название компании;Отрасль;Ответственный;Источник;Город;Рабочий телефон\n7;ООО"
                  " А;Стройка;Иванов;Сайт;Омск;+7 913 000-00-00\n9;ООО Б;Торговля;Иванов;Сайт;Томск;\n"),
                S("client")),
            S("name=Название компании number=ID keeper_id=Ответственный source_id=Источник city=Город x71=Отрасль"
              " phones.number=Рабочий телефон"));
    }
    CASE("taxpayer numbers and telephones are known by their cells") {
        STR(found_in(
                t,
                S("Клиент;Реквизит;Связь\nА;7707083893;+7 (495) 123-45-67\nБ;7728168971;8 (800) 555-35-35\n"
                  "В;500100732259;+79161234567\n"),
                S("client")),
            S("name=Клиент inn=Реквизит phones.number=Связь"));
    }
    CASE("a price list is products") {
        STR(found_in(
                t,
                S("Артикул;Номенклатура;Группа товаров;Ед. изм.;Цена розничная;Закупочная цена\n"
                  "Г-1;Гвозди;Метизы;кг;100,50;80\nШ-2;Шурупы;Метизы;кг;120,50;90\n"),
                S("product")),
            S("name=Номенклатура number=Артикул group_id=Группа товаров unit=Ед. изм. price=Цена розничная"
              " cost=Закупочная цена"));
    }
    CASE("northwind's customers and products, adventureworks' resellers") {
        NEEDS_SHARED
        STR(found_in(t, test_file(t, "northwind/customers.csv"), S("client")),
            S("name=CompanyName number=CustomerID city=City addresses.text=Address phones.number=Phone"
              " persons.person_id=ContactName"));
        STR(found_in(t, test_file(t, "northwind/products.csv"), S("product")),
            S("name=ProductName number=ProductID unit=QuantityPerUnit price=UnitPrice"));
        STR(found_in(t, test_file(t, "adventureworks_reseller/Reseller.csv"), S("client")),
            S("name=Reseller number=ResellerKey city=City"));
    }
}
