/* Which column says what; the expected answers were read off the headers by a person. */
#include "sales/reading/columns.h"
#include "sales/reading/known_exports.h"
#include "sales/reading/columns_inside.h"
#include "tests/test.h"

#include <string.h>

/* `client=Контрагент date=Дата …` in the order of the roles; numbers from 1 where there are no names. */
static Str shown(Test *t, const Recognised *r, const SalesColumns *c)
{
    Buf b = buf_new(&t->mem, 256);
    for (int i = 0; i < COL_COUNT; i++) {
        if (c->at[i] < 0) continue;
        buf_fmt(&b, "%s%s=", b.len ? " " : "", sales_column_names[i]);
        if (r->names[c->at[i]].n) buf_put(&b, r->names[c->at[i]]);
        else buf_i64(&b, c->at[i] + 1);
    }
    return buf_str(&b);
}

static Str problem_text(Test *t, const Problem *p)
{
    Buf b = buf_new(&t->mem, 128);
    buf_c(&b, p->key);
    for (int i = 0; i < p->arg_count; i++) {
        buf_char(&b, ' ');
        buf_put(&b, p->args[i].text);
    }
    return buf_str(&b);
}

typedef struct {
    Recognised   r;
    SalesColumns c;
    Err          err;
} Found;

static Str found_in(Test *t, Found *f, Str file, const char *told)
{
    Problems problems = { .mem = &t->mem };
    f->err = sales_recognise(&t->mem, file, FORM_WISH, str_of(told), &f->r, &f->c, &problems);
    if (f->err == OK) return shown(t, &f->r, &f->c);
    Buf b = buf_new(&t->mem, 256);
    for (const Problem *p = problems.first; p; p = p->next) {
        if (b.len) buf_c(&b, "; ");
        buf_put(&b, problem_text(t, p));
    }
    return buf_str(&b);
}

#define FOUND(text, told, want)                                                                                        \
    do {                                                                                                               \
        Found f_;                                                                                                      \
        STR(found_in(t, &f_, S(text), told), S(want));                                                                 \
    } while (0)

#define FILE_FOUND(name, told, want)                                                                                   \
    do {                                                                                                               \
        Found f_;                                                                                                      \
        STR(found_in(t, &f_, test_file(t, name), told), S(want));                                                      \
    } while (0)

static void by_name(Test *t)
{
    CASE("names are taken apart into words") {
        STR(column_words(&t->mem, S("InvoiceNo")), S("invoice no"));
        STR(column_words(&t->mem, S("Кол-во,  шт.")), S("кол во шт"));
        STR(column_words(&t->mem, S("CustomerID")), S("customer id"));
        STR(column_words(&t->mem, S("№ п/п")), S("№ п п"));
        STR(column_words(&t->mem, S("Счёт №12")), S("счет № 12"));
        STR(column_words(&t->mem, S("Detergents_Paper")), S("detergents paper"));
    }
    CASE("a sales report of 1C") {
        FOUND(
            "Контрагент;Регистратор;Дата документа;Номенклатура;Артикул;Количество;Цена;Сумма;Себестоимость;Менеджер;"
            "ИНН\n"
            "ООО Ромашка;Реализация 0000-000001 от 05.03.2024;05.03.2024;Гвозди;Г-1;1,5;100,00;150,00;90,00;Иванов;"
            "7707083893\n"
            "ООО Лютик;Реализация 0000-000002 от 25.03.2024;25.03.2024;Шурупы;Ш-2;2;200,50;401,00;300,00;Петров;"
            "7728168971\n",
            "",
            "client=Контрагент date=Дата документа amount=Сумма quantity=Количество price=Цена document=Регистратор"
            " product=Номенклатура cost=Себестоимость seller=Менеджер inn=ИНН product_key=Артикул");
    }
    CASE("a report whose names carry units and remarks") {
        FOUND(
            "№ п/п;Дата продажи;Наименование клиента;Код клиента;Наименование товара;Кол-во, шт.;Цена, руб.;Сумма с"
            " НДС, руб.;Сумма НДС;Канал сбыта\n"
            "1;01.02.2024;А;К1;Х;1;5,00;5,00;1,00;розница\n2;25.02.2024;Б;К2;У;2;6,50;13,00;2,00;опт\n"
            "3;26.02.2024;Б;К2;У;2;6,50;13,00;2,00;опт\n",
            "",
            "client=Наименование клиента date=Дата продажи amount=Сумма с НДС, руб. quantity=Кол-во, шт. price=Цена,"
            " руб. product=Наименование товара channel=Канал сбыта client_key=Код клиента");
    }
    CASE("МойСклад, Битрикс24 and a shop") {
        FOUND(
            "№,Время,Контрагент,Организация,Сумма,Оплачено,Отгружено,Статус\n00012,05.03.2024 10:00,ООО А,ООО"
            " Мы,\"1500,00\",\"0,00\",\"1500,00\",Новый\n"
            "00013,25.03.2024 10:00,ООО Б,ООО Мы,\"700,50\",\"0,00\",\"700,50\",Новый\n",
            "", "client=Контрагент date=Время amount=Сумма quantity=Отгружено document=№");
        FOUND(
            "ID;Название сделки;Стадия сделки;Сумма;Валюта;Компания;Ответственный;Дата создания;Дата"
            " закрытия;Источник\n"
            "1;Сделка А;Успешна;100.50;RUB;ООО А;Иванов;01.02.2024;05.02.2024;Сайт\n7;Сделка Б;Успешна;200.00;RUB;ООО"
            " Б;Иванов;11.02.2024;25.02.2024;Сайт\n",
            "",
            "client=Компания date=Дата закрытия amount=Сумма document=Название сделки seller=Ответственный"
            " channel=Источник");
        FOUND(
            "Order ID,Order Date,Customer Name,Email,Product Name,SKU,Quantity,Unit"
            " Price,Total,Shipping,Discount,Status\n"
            "1001,2024-03-05,Ann,a@x.org,Mug,M1,2,5.00,10.00,3.50,0.00,paid\n"
            "1002,2024-03-06,Bob,b@x.org,Cup,C1,1,7.25,7.25,3.50,0.00,paid\n",
            "",
            "client=Customer Name date=Order Date amount=Total quantity=Quantity price=Unit Price document=Order ID"
            " product=Product Name product_key=SKU");
    }
    CASE("the sum of taxes, discounts and debts is no amount, and the date of birth no date") {
        FOUND(
            "Покупатель;Дата рождения;Дата отгрузки;Сумма скидки;Сумма НДС;Долг;Выручка\n"
            "А;01.02.1980;25.03.2024;1,5;2,5;3,5;4,5\nБ;01.02.1981;26.03.2024;1,5;2,5;3,5;4,5\n",
            "", "client=Покупатель date=Дата отгрузки amount=Выручка");
    }
    CASE("a sum with the tax is an amount, the sum of the tax is none, whichever stands first") {
        FOUND("Клиент;Дата;Сумма НДС;Сумма, вкл. НДС\nА;25.03.2024;1,5;9,5\nБ;26.03.2024;1,5;9,5\n", "",
              "client=Клиент date=Дата amount=Сумма, вкл. НДС");
        FOUND("Клиент;Дата;Сумма НДС\nА;25.03.2024;1,5\nБ;26.03.2024;1,5\n", "",
              "columns.missing_near columns.role.amount amount Сумма НДС");
    }
    CASE("what the client pays goes before sums without tax, and after the discount before it") {
        FOUND("Дата;Клиент;Выручка без НДС;Сумма выручки\n05.03.2024;А;10,50;12,60\n25.03.2024;Б;20,50;24,60\n", "",
              "client=Клиент date=Дата amount=Сумма выручки");
        FOUND("Дата;Клиент;Сумма без НДС;НДС;Всего\n05.03.2024;А;10,50;2,10;12,60\n25.03.2024;Б;20,50;4,10;24,60\n", "",
              "client=Клиент date=Дата amount=Всего");
        FOUND("Дата;Клиент;Сумма;Скидка;Сумма со скидкой\n05.03.2024;А;10,50;1;9,50\n25.03.2024;Б;20,50;2;18,50\n", "",
              "client=Клиент date=Дата amount=Сумма со скидкой");
    }
    CASE("a name does not count when its cells say otherwise") {
        FOUND("Клиент;Дата;Дата отгрузки;Сумма\nА;первая;01.02.2024;5,5\nБ;вторая;25.02.2024;6,5\n", "",
              "client=Клиент date=Дата отгрузки amount=Сумма");
    }
    CASE("a whole name wins over cells of which at least one reads, a part of a name does not") {
        FOUND("Клиент;Дата;Сумма\nА;01.01.2024;5\nБ;02.01.2024;6\n;Итого;11\n", "",
              "client=Клиент date=Дата amount=Сумма");
        FOUND("Клиент;Дата;Сумма\nА;01.01.2024;-\nБ;02.01.2024;#DIV/0!\nВ;03.01.2024;7,50\n", "",
              "client=Клиент date=Дата amount=Сумма");
        FOUND("Клиент;Дата;Сумма\nА;01.01.2024;нет\nБ;02.01.2024;да\n", "",
              "columns.missing_near columns.role.amount amount Сумма");
        FOUND(
            "Клиент;Дата;Дата отгрузки;Сумма\nА;позже;01.01.2024;5\nБ;03.01.2024;02.01.2024;6\nВ;потом;03.01.2024;7\n",
            "", "client=Клиент date=Дата отгрузки amount=Сумма");
        Found f;
        found_in(t, &f, S("client,date,sum\nA,13/01/2024,\"1,784\"\nB,14/01/2024,n/a\nC,Total,\"1,784.5\"\n"), "");
        CHECK(f.err == OK && f.r.form.day == DAY_DMY && f.r.form.number.decimal == '.');
    }
    CASE("our own export is sales: titles are clients, ids are nobody's numbers, the kind marks returns") {
        FOUND(
            "id,number,day,client_id,client,seller_id,seller,channel_id,channel,kind,source,total,cost_total,note,"
            "product_id,product,qty,price,amount,cost\n"
            "10,,2024-01-02,7,B,,,,,sale,file,7.00,,,,,,,7.00,\n9,Д2,2024-01-02,7,B,,,,,sale,file,6.00,,,,,,,6.00,\n"
            "8,Д1,2024-01-01,6,A,,,,,sale,file,5.00,,,,,,,5.00,\n",
            "",
            "client=client date=day amount=amount quantity=qty price=price document=number product=product return=kind"
            " cost=cost seller=seller channel=channel");
    }
    CASE("a code without a name is the client") {
        FOUND("Код клиента;Дата;Сумма\nК1;01.02.2024;5,5\nК2;25.02.2024;6,5\n", "",
              "client=Код клиента date=Дата amount=Сумма");
    }
}

static void by_content(Test *t)
{
    CASE("a file without names is read by what its cells are") {
        FOUND(
            "05.03.2024;ООО Ромашка;Гвозди;2;150,50\n25.03.2024;ООО Лютик;Шурупы;3;401,00\n26.03.2024;ООО"
            " Ромашка;Гвозди;2;150,50\n",
            "", "client=2 date=1 amount=5 quantity=4 product=3");
    }
    CASE("numbers of documents are no clients and no products") {
        FOUND(
            "20240305|0000-000105|ООО Ромашка|Гвозди|883.62\n20240306|0000-000106|ООО Лютик|Шурупы|400.00\n"
            "20240307|0000-000107|ООО Лютик|Шурупы|401.00\n",
            "", "client=3 date=1 amount=5 document=2 product=4");
    }
    CASE("names in a tongue nobody here speaks are no hindrance") {
        FOUND("Kunde;Datum;Betrag\nA;05.03.2024;150,50\nB;25.03.2024;401,00\n", "",
              "client=Kunde date=Datum amount=Betrag");
    }
    CASE("taxpayer numbers and telephones are known by themselves") {
        FOUND(
            "Клиент;Дата;Сумма;Реквизит;Связь\nА;05.03.2024;1,5;7707083893;+7 (495) 123-45-67\n"
            "Б;25.03.2024;2,5;7728168971;8 (800) 555-35-35\n"
            "В;26.03.2024;2,5;500100732259;+79161234567\n",
            "", "client=Клиент date=Дата amount=Сумма inn=Реквизит phone=Связь");
        CHECK(is_inn(S("7707083893")) && is_inn(S("500100732259")) && !is_inn(S("7707083892")) &&
              !is_inn(S("770708389")) && !is_inn(S("0000000000")));
        CHECK(is_phone(S("8-800-555-35-35")) && is_phone(S("89161234567")) && !is_phone(S("1234567890")) &&
              !is_phone(S("1 234 567.89")));
    }
    CASE("Excel's serials below a date's name are dates") {
        Found f;
        STR(found_in(t, &f, S("Клиент;Дата;Сумма\nА;45356;5,5\nБ;45357;6,5\n"), ""),
            S("client=Клиент date=Дата amount=Сумма"));
        EQUAL(f.r.form.day, DAY_SERIAL);
    }
    CASE("only the columns that matter decide the form of numbers and dates") {
        Found f;
        found_in(
            t, &f,
            S("Client;Date;Amount;Latitude;Birthday\nA;25/03/2024;1.234,50;55.75;1/31/1980\n"
              "B;26/03/2024;2.000,00;59.94;12/31/1980\n"),
            "");
        EQUAL(f.r.form.day, DAY_DMY);
        EQUAL(f.r.form.number.decimal, ',');
        CHECK(!f.r.day_doubt && !f.r.number_doubt);
    }
    CASE("a leading C marks returns only where all such rows are negative") {
        Found f;
        found_in(
            t, &f,
            S("Invoice,Customer,Date,Quantity,Price\n1,A,2024-03-05,2,5.5\nC2,A,2024-03-06,-1,5.5\n"
              "3,B,2024-03-07,1,5.5\n"),
            "");
        CHECK(f.c.c_marks_return);
        found_in(
            t, &f,
            S("Invoice,Customer,Date,Quantity,Price\n1,A,2024-03-05,2,5.5\nC2,A,2024-03-06,-1,5.5\n"
              "C3,B,2024-03-07,1,5.5\n"),
            "");
        CHECK(!f.c.c_marks_return);
        found_in(t, &f, S("Invoice,Customer,Date,Quantity,Price\nC1,A,2024-03-05,-2,5.5\nC2,A,2024-03-06,-1,5.5\n"),
                 "");
        CHECK(!f.c.c_marks_return);
    }
    CASE("a column of states leaves out what was lost, is open or cancelled, where something is left") {
        Found f;
        found_in(t, &f, S("Дата;Клиент;Сумма;Стадия\n05.03.2024;А;5,5;Переговоры\n06.03.2024;Б;7,5;Выиграна\n"), "");
        CHECK(f.c.at[COL_WON] == 3 && f.c.at[COL_STATE] == -1);
        found_in(t, &f, S("Дата;Клиент;Сумма;Статус\n05.03.2024;А;5,5;Доставлен\n06.03.2024;Б;7,5;Отменён\n"), "");
        CHECK(f.c.at[COL_STATE] == 3 && f.c.at[COL_WON] == -1);
        found_in(t, &f, S("Дата;Клиент;Сумма;Статус\n05.03.2024;А;5,5;Отменён\n06.03.2024;Б;7,5;Отменён\n"), "");
        CHECK(f.c.at[COL_STATE] == -1 && f.c.at[COL_WON] == -1);
        found_in(t, &f, S("Дата;Клиент;Сумма;Статус\n05.03.2024;А;5,5;Оплачен\n06.03.2024;Б;7,5;Успешно доставлен\n"),
                 "");
        CHECK(f.c.at[COL_STATE] == -1 && f.c.at[COL_WON] == -1);
        found_in(t, &f, S("Дата;Клиент;Сумма;Статус\n05.03.2024;А;5,5;Доставлен\n06.03.2024;Б;7,5;В пути\n"), "");
        CHECK(f.c.at[COL_STATE] == -1 && f.c.at[COL_WON] == -1);
    }
    CASE("names of documents mark returns where nobody told their column and no column marks returns") {
        Found f;
        found_in(t, &f, S("Дата;Документ;Клиент;Сумма\n05.03.2024;Возврат 1;А;5,5\n06.03.2024;РН-2;Б;7,5\n"), "");
        CHECK(f.c.names_mark_returns);
        found_in(t, &f, S("Дата;Документ;Клиент;Сумма\n05.03.2024;Возврат 1;А;5,5\n06.03.2024;РН-2;Б;7,5\n"),
                 "client=Клиент,date=Дата,amount=Сумма,document=Документ");
        CHECK(!f.c.names_mark_returns);
        found_in(t, &f,
                 S("Дата;Документ;Клиент;Сумма;Возврат\n05.03.2024;Возврат 1;А;5,5;1\n06.03.2024;РН-2;Б;7,5;0\n"), "");
        CHECK(!f.c.names_mark_returns && f.c.at[COL_RETURN] == 4);
    }
}

static void of_documents(Test *t)
{
    CASE("a sum repeated in all rows of a document is no sum of a row") {
        FOUND(
            "Order,Date,Client,Qty,Price,Total\n1,2024-02-25,A,2,5.50,18.00\n1,2024-02-25,A,1,7.00,18.00\n"
            "2,2024-02-26,B,1,6.50,7.50\n2,2024-02-26,B,1,1.00,7.50\n"
            "3,2024-02-27,B,1,2.50,6.00\n3,2024-02-27,B,1,3.50,6.00\n",
            "", "client=Client date=Date quantity=Qty price=Price document=Order");
    }
    CASE("equal sums that quantity and price give are those of the rows") {
        FOUND(
            "Order,Date,Client,Item,Qty,Price,Total\n1,2024-02-25,A,a,2,5.50,11.00\n1,2024-02-25,A,b,2,5.50,11.00\n"
            "2,2024-02-26,B,a,1,6.50,6.50\n2,2024-02-26,B,b,1,6.50,6.50\n"
            "3,2024-02-27,B,a,1,2.50,2.50\n3,2024-02-27,B,c,1,2.50,2.50\n",
            "", "client=Client date=Date amount=Total quantity=Qty price=Price document=Order product=Item");
    }
    CASE("#1001 numbers orders, whatever its column is called") {
        FOUND("Name,Date,Client,Sum\n#1001,2024-02-25,A,5.50\n#1002,2024-02-26,B,6.50\n#1003,2024-02-27,B,7.50\n", "",
              "client=Client date=Date amount=Sum document=Name");
    }
    CASE("a kind of operation marks returns only where it says nothing but sales and returns") {
        FOUND("Тип;Дата;Клиент;Сумма\nПродажа;05.03.2024;А;5,5\nВозврат;25.03.2024;А;5,5\n", "",
              "client=Клиент date=Дата amount=Сумма return=Тип");
        FOUND("Тип;Дата;Клиент;Сумма\nПродажа;05.03.2024;А;5,5\nОбмен;25.03.2024;А;5,5\n", "",
              "client=Клиент date=Дата amount=Сумма");
        FOUND("Статус;Дата;Клиент;Сумма\nДоставлен;05.03.2024;А;5,5\nВозврат;25.03.2024;А;5,5\n", "",
              "client=Клиент date=Дата amount=Сумма");
    }
}

static void told(Test *t)
{
    CASE("what a person tells stands, by name or by number, and the rest is found") {
        FOUND(
            "Клиент;Дата;Дата отгрузки;Сумма;Оплата\nА;01.02.2024;02.02.2024;5,5;1,5\n"
            "Б;25.02.2024;26.02.2024;6,5;2,5\n",
            "date=Дата отгрузки,amount=5", "client=Клиент date=Дата отгрузки amount=Оплата");
        FOUND("Покупатель, ИП;Дата;Сумма, руб\nА;01.02.2024;5,5\nБ;25.02.2024;6,5\n",
              "client=покупатель, ип,amount=Сумма, руб", "client=Покупатель, ИП date=Дата amount=Сумма, руб");
    }
    CASE("an amount is not looked for where quantity and price were told") {
        FOUND("Client,Date,Qty,Price,Total\nA,2024-02-25,2,5.5,11.0\nB,2024-02-26,1,6.5,6.5\n",
              "quantity=Qty,price=Price", "client=Client date=Date quantity=Qty price=Price");
    }
    CASE("a wrong word, a wrong column and one told twice are refused, with what comes near") {
        FOUND("Client,Date,Total\nA,2024-02-25,11.0\nB,2024-02-26,6.5\n", "customer=Client",
              "columns.no_role customer");
        FOUND("Client,Date,Total\nA,2024-02-25,11.0\nB,2024-02-26,6.5\n", "client=Clent",
              "columns.no_such_near Clent Client");
        FOUND("Client,Date,Total\nA,2024-02-25,11.0\nB,2024-02-26,6.5\n", "client=4", "columns.no_such 4 ");
        FOUND("Client,Date,Total\nA,2024-02-25,11.0\nB,2024-02-26,6.5\n", "client=1,client=2",
              "columns.told_twice columns.role.client");
    }
    CASE("two columns of one name are refused where the name matters and no number tells which") {
        FOUND("Client,Date,Sum,Sum,Note,Note\nA,2024-02-25,11.0,1.5,x,y\nB,2024-02-26,6.5,2.5,x,y\n", "",
              "columns.duplicate Sum   amount");
        FOUND("Client,Date,Sum,Sum\nA,2024-02-25,11.0,1.5\nB,2024-02-26,6.5,2.5\n", "amount=Sum",
              "columns.duplicate Sum   amount");
        FOUND("Client,Date,Sum,Sum\nA,2024-02-25,11.0,1.5\nB,2024-02-26,6.5,2.5\n", "amount=4",
              "client=Client date=Date amount=Sum");
    }
    CASE("a missing column is named, with those that come near") {
        FOUND("Client,Sum,City\nA,11.0,Perm\nB,6.5,Omsk\n", "", "columns.missing columns.role.date date");
        FOUND("Client,Start,End,Sum\nA,2024-02-25,2024-02-26,6.5\nB,2024-02-26,2024-02-27,7.5\n", "",
              "columns.missing_near columns.role.date date Start, End");
    }
}

static void real_files(Test *t)
{
    CASE("online_retail") {
        NEEDS_SHARED
        Found f;
        STR(found_in(t, &f, test_file(t, "online_retail/online_retail.csv.xz"), ""),
            S("client=CustomerID date=InvoiceDate quantity=Quantity price=UnitPrice document=InvoiceNo"
              " product=Description product_key=StockCode"));
        CHECK(f.c.c_marks_return);
        CHECK(f.c.whole[COL_CLIENT]);
        CHECK(!f.c.whole[COL_DOCUMENT]);
    }
    CASE("adventureworks_reseller") {
        NEEDS_SHARED
        FILE_FOUND(
            "adventureworks_reseller/Sales.csv.xz", "",
            "client=ResellerKey date=OrderDate amount=Sales quantity=Quantity price=Unit Price"
            " document=SalesOrderNumber product=ProductKey cost=Cost seller=EmployeeKey");
    }
    CASE("cdnow: the client is the first column, the amount the last") {
        NEEDS_SHARED
        FILE_FOUND("cdnow/CDNOW_sample.txt", "", "client=1 date=3 amount=5 quantity=4");
    }
    CASE("northwind: freight is not what was sold for, but a person may say so") {
        NEEDS_SHARED
        FILE_FOUND("northwind/orders.csv", "", "columns.missing_near columns.role.amount amount Freight");
        FILE_FOUND("northwind/orders.csv", "amount=Freight",
                   "client=CustomerID date=OrderDate amount=Freight document=OrderID seller=EmployeeID");
        FILE_FOUND("northwind/northwind.xlsx", "amount=Freight",
                   "client=CustomerID date=OrderDate amount=Freight document=OrderID seller=EmployeeID");
        FILE_FOUND("northwind/order_details.csv", "",
                   "columns.missing columns.role.client client; columns.missing columns.role.date date");
    }
    CASE("tables that are no sales say what they lack") {
        NEEDS_SHARED
        FILE_FOUND(
            "wholesale_customers/wholesale_customers.csv", "",
            "columns.missing columns.role.client client; columns.missing columns.role.date date; columns.missing"
            " columns.role.amount amount");
        Found f;
        found_in(t, &f, test_file(t, "ru_cities/city_cp1251.csv"), "");
        EQUAL(f.err, INVALID);
    }
    CASE("other people's files: a pipeline, receivables") {
        NEEDS_SHARED
        FILE_FOUND(
            "maven_crm/sales_pipeline.csv", "",
            "client=account date=close_date amount=close_value document=opportunity_id product=product"
            " seller=sales_agent won=deal_stage");
        FILE_FOUND("ibm_receivables/receivables_train.csv", "",
                   "client=customerID date=InvoiceDate amount=InvoiceAmount document=invoiceNumber");
    }
}

/* The names are those that the programs write, from reports that people show each other in the open. */
static void resembles(Test *t)
{
    static const struct {
        const char *key, *text;
    } all[] = {
        { "resembles.wildberries", "Код номенклатуры;Артикул поставщика;Обоснование для оплаты;Дата продажи;Кол-во;"
                                   "К перечислению Продавцу за реализованный Товар\n1;a;Продажа;2024-03-05;1;10,5\n" },
        { "resembles.ozon_orders", "Номер заказа;Номер отправления;Принят в обработку;Сумма отправления\n1;2;"
                                   "2024-03-05 08:26:00;10,5\n" },
        { "resembles.amocrm", "ID;Название сделки;Основной контакт;Этап сделки;Бюджет\n1;а;б;Успешно;10,5\n" },
        { "resembles.bitrix24", "ID;Стадия сделки;Ответственный;Сумма\n1;Успех;Анна;10,5\n" },
        { "resembles.1c_turnover", "Счет;Сальдо на начало периода Дебет;Обороты за период Дебет;Сальдо на конец"
                                   " периода Дебет\nА;1,5;2,5;3,5\n" },
        { "resembles.1c_sales", "Контрагент;Количество;Сумма продажи в руб.;Себестоимость\nА;1;2,5;1,5\n" },
        { "", "Клиент;Дата;Сумма;Ответственный\nА;05.03.2024;2,5;Анна\n" },
    };
    CASE("an export of a known program is named by its columns, and other tables by none") {
        for (int i = 0; i < COUNT(all); i++) {
            Problems   problems = { .mem = &t->mem };
            Recognised r;
            EQUAL(table_recognise(&t->mem, str_of(all[i].text), FORM_WISH, &r, &problems), OK);
            STR(str_of(known_export(t->mem, &r)), str_of(all[i].key));
        }
    }
    CASE("a turnover sheet, which has no days, is refused with what it resembles and what to export instead") {
        Problems     problems = { .mem = &t->mem };
        Recognised   r;
        SalesColumns columns;
        EQUAL(sales_recognise(&t->mem, str_of(all[4].text), FORM_WISH, S(""), &r, &columns, &problems), INVALID);
        STR(str_of(problems.last->key), S("columns.resembles"));
        STR(str_of("resembles.1c_turnover"), problems.last->args[0].text);
    }
    CASE("what a table of sales resembles is told where its doubts are") {
        Problems     problems = { .mem = &t->mem };
        SalesDoubt   doubt[SALES_DOUBTS_MAX];
        Recognised   r;
        SalesColumns columns = { 0 };
        for (int c = 0; c < COL_COUNT; c++) columns.at[c] = -1;
        EQUAL(table_recognise(&t->mem, str_of(all[0].text), FORM_WISH, &r, &problems), OK);
        CHECK(sales_doubts(&t->mem, &r, &columns, S(""), doubt) > 0);
        STR(str_of(doubt[0].key), S("analyze.doubt.resembles"));
        r.unvalued = 3;
        CHECK(sales_doubts(&t->mem, &r, &columns, S(""), doubt) > 1);
        STR(str_of(doubt[1].key), S("analyze.doubt.formulas"));
        EQUAL(doubt[1].args[0].number, 3);
    }
}

TESTS(test_columns)
{
    resembles(t);
    by_name(t);
    by_content(t);
    of_documents(t);
    told(t);
    real_files(t);
}
