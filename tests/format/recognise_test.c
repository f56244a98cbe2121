/* Files as firms have them, recognised from their bytes.  Expected values were read off the texts by hand; those of
 * real files stand in the README beside each. */
#include "format/recognise.h"
#include "format/charset.h"
#include "tests/test.h"

#include <string.h>

static Recognised seen(Test *t, Str file)
{
    Problems   problems = { .mem = &t->mem };
    Recognised r;
    Err        err = table_recognise(&t->mem, file, FORM_WISH, &r, &problems);
    test_check(t, err == OK, __FILE__, __LINE__, "refused: %s", problems.first ? problems.first->key : "");
    return r;
}

static Str refused(Test *t, Str file)
{
    Problems   problems = { .mem = &t->mem };
    Recognised r;
    Err        err = table_recognise(&t->mem, file, FORM_WISH, &r, &problems);
    if (err == OK) return S("accepted");
    const Problem *p = problems.first;
    return p->row ? str_fmt(&t->mem, "%s in row %d", p->key, (int)p->row) : str_of(p->key);
}

static Str names(Test *t, const Recognised *r)
{
    Buf b = buf_new(&t->mem, 256);
    for (int i = 0; i < r->form.columns; i++) {
        if (i) buf_c(&b, " | ");
        buf_put(&b, r->names[i]);
    }
    return buf_str(&b);
}

static Str kinds(Test *t, const Recognised *r)
{
    Buf b = buf_new(&t->mem, 32);
    for (int i = 0; i < r->form.columns; i++) buf_char(&b, "-tnd"[column_kind(&r->seen[i])]);
    return buf_str(&b);
}

static Str repeated(Test *t, const char *head, const char *row, int rows)
{
    Buf b = buf_new(&t->mem, 1 << 16);
    buf_c(&b, head);
    for (int i = 0; i < rows; i++) buf_c(&b, row);
    return buf_str(&b);
}

static void recognised(Test *t)
{
    CASE("a table of Excel RU: semicolons, decimal commas, days first, a mark in front") {
        Recognised r = seen(
            t,
            S("\xEF\xBB\xBF"
              "Контрагент;Дата;Сумма\r\n\"ООО \"\"Ромашка\"\"\";25.03.2024;1 234,50\r\nИП Ёлкин;06.03.2024;-7,25\r\n"));
        EQUAL(r.form.encoding, ENC_UTF8);
        EQUAL(r.form.delimiter, ';');
        EQUAL(r.form.begins, 3);
        CHECK(r.form.header && r.form.quotes);
        EQUAL(r.form.number.decimal, ',');
        EQUAL(r.form.number.group, ' ');
        EQUAL(r.form.day, DAY_DMY);
        STR(names(t, &r), S("Контрагент | Дата | Сумма"));
        STR(kinds(t, &r), S("tdn"));
        EQUAL(r.rows, 2);
        STR(r.row[0].cell[0], S("ООО \"Ромашка\""));
        EQUAL(r.seen[2].numbers.negative, 1);
    }
    CASE("first records whose cells of numbers are blank, or hold two numbers, are rows and no names") {
        Recognised r = seen(
            t, S("Название;ИНН;Город\nРакита;;Омск\nШалфей;;Тверь\nМастерская;5402331900;Пермь\n"
                 "Пуговицы;5902211746;Пермь\nСоколов;590211734040;Тула\n"));
        STR(names(t, &r), S("Название | ИНН | Город"));
        EQUAL(r.rows, 5);
        STR(r.row[0].cell[0], S("Ракита"));
        r = seen(t, S("Название;ИНН;Телефон\nКабель;7707083893/770701001;8 (343) 200-00-00\n"
                      "Ким;590211734040;79165554433\nПровод;5402331900;\nШнур;5902211746;89122000000\n"));
        STR(names(t, &r), S("Название | ИНН | Телефон"));
        EQUAL(r.rows, 4);
    }
    CASE("a second row of names above the numbers is names, and a row of units as well") {
        Recognised r = seen(
            t, S("Клиент;Дата;Продажи;Продажи\n;;шт;руб\nРакита;02.03.2026;1;10,50\nШалфей;03.03.2026;2;20,50\n"));
        EQUAL(r.rows, 2);
        STR(r.row[0].cell[0], S("Ракита"));
    }
    CASE("a report of 1C begins below its titles, and its header may have several rows") {
        Recognised r = seen(
            t, S("Продажи по клиентам;;;;\n;;;;\nПериод: 01.01.2024 - 31.03.2024;;;;\n"
                 "Контрагент;Номенклатура;Продажи;;Себестоимость\n;;Кол-во;Сумма;\n1;2;3;4;5\n"
                 "ООО Ромашка;Гвозди;1,5;100,00;80\nООО Лютик;Шурупы;2;1 200,00;90\nИтого;;3,5;1 300,00;170\n"));
        STR(names(t, &r), S("Контрагент | Номенклатура | Продажи Кол-во | Продажи Сумма | Себестоимость"));
        EQUAL(r.rows, 3);
        STR(r.row[0].cell[0], S("ООО Ромашка"));
        CHECK(r.form.header);
        EQUAL(r.form.begins, str_find(S("Продажи по клиентам;;;;\n;;;;\nПериод: 01.01.2024 - 31.03.2024;;;;\n"
                                        "Контрагент;Номенклатура;Продажи;;Себестоимость\n;;Кол-во;Сумма;\n1;2;3;4;5\n"),
                                      S("1;2;3")));
    }
    CASE("what stands above a column without anything in it is a title, not a group of names") {
        Recognised r = seen(
            t,
            S("Отборы:;;Контрагент Не равно Розница;;\n;;Номер;Дата;Клиент\n;;1;05.03.2024;А\n;;2;25.03.2024;Б\n"
              ";;3;26.03.2024;В\n"));
        STR(names(t, &r), S(" |  | Номер | Дата | Клиент"));
        EQUAL(r.rows, 3);
    }
    CASE("units below the names belong to them") {
        Recognised r = seen(t, S("Клиент\tДата\tВыручка\n\t\tруб.\nА\t01.02.2024\t5\nБ\t02.02.2024\t6\n"));
        EQUAL(r.form.delimiter, '\t');
        STR(names(t, &r), S("Клиент | Дата | Выручка руб."));
        EQUAL(r.rows, 2);
    }
    CASE("begins counts bytes of the file, whatever its encoding") {
        Str text = S("Продажи\nКлиент;Дата;Сумма\nА;01.02.2024;5,5\nБ;02.02.2024;6,5\n");
        static const Encoding all[] = { ENC_CP1251, ENC_KOI8R, ENC_UTF16LE, ENC_UTF16BE };
        for (int i = 0; i < COUNT(all); i++) {
            Buf b = buf_new(&t->mem, 256);
            buf_put(&b, encoding_mark(all[i]));
            text_from_utf8(all[i], text, &b);
            Recognised r = seen(t, buf_str(&b));
            EQUAL(r.form.encoding, all[i]);
            EQUAL(r.form.begins, i < 2 ? 8 : 2 + 16);
            STR(str_upto(table_text(&t->mem, buf_str(&b), &r.form), 12), S("Клиент"));
        }
    }
    CASE("a table without names is data from its first row on") {
        Recognised r = seen(
            t,
            S(" 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n 00021 0002 19970101  3   63.34\n"));
        CHECK(!r.form.header);
        EQUAL(r.form.delimiter, ' ');
        STR(kinds(t, &r), S("nndnn"));
        EQUAL(r.form.day, DAY_YMD);
        EQUAL(r.rows, 3);
    }
    CASE("decimal commas between semicolons are no delimiters, commas between words are") {
        EQUAL(seen(t, S("A;B;C\n1,5;2,25;3,75\n4,5;5,5;6,5\n")).form.delimiter, ';');
        EQUAL(seen(t, S("1,5;2,25;3,75\n4,5;5,5;6,5\n7,5;8,5;9,5\n")).form.delimiter, ';');
        EQUAL(seen(t, S("client,city;region,sum\nA,Moscow;Center,5\nB,Perm;Ural,6\n")).form.delimiter, ',');
        EQUAL(seen(t, S("name|sum\nA, B|1\nC, D|2\n")).form.delimiter, '|');
    }
    CASE("blanks between words part no cells while most rows have another delimiter") {
        Recognised r = seen(
            t, S("Name One,Sum\nAnna A,5\nBoris B,6\nClara C,7\nDora D,8\nEva E,9\nFelix F,10\nnothing\n"));
        EQUAL(r.form.delimiter, ',');
    }
    CASE("inches are no quotes") {
        Recognised r = seen(t, S("Товар;Сумма\n\"Труба 3/4\" медная;5\n\"Труба 1/2\" медная;6\nТруба;7\n"));
        EQUAL(r.form.columns, 2);
        EQUAL(r.rows, 3);
    }
    CASE("the line that tells Excel the delimiter is obeyed and no row") {
        Recognised r = seen(t, S("sep=|\nClient|Sum\nA|5\nB|6\n"));
        EQUAL(r.form.delimiter, '|');
        EQUAL(r.form.begins, 6);
        STR(names(t, &r), S("Client | Sum"));
    }
    CASE("names alone tell a header where all columns are words") {
        Recognised r = seen(t, S("name,city\nAnna,Perm\nBoris,Omsk\n"));
        CHECK(r.form.header);
        r = seen(t, S("Anna,Perm\nBoris,Omsk\nAnna,Omsk\n"));
        CHECK(!r.form.header);
        EQUAL(r.rows, 3);
    }
    CASE("one odd cell in the first row does not turn it into a header") {
        Recognised r = seen(t, S("id,name,zip\n1,A,EC1 4SD\n2,B,70117\n3,C,48104\n4,D,70118\n"));
        STR(names(t, &r), S("id | name | zip"));
        EQUAL(r.rows, 4);
    }
    CASE("all of a file decides whether day or month comes first") {
        Str june = repeated(t, "Client,Date,Sum\n", "A,6/5/2024,1.50\n", 60000);
        Recognised r = seen(t, june);
        CHECK(r.day_doubt);
        char *late = str_c(&t->mem, june);
        memcpy(late + june.n - 16, "A,6/25/24,  1.50", 16);
        r = seen(t, str_of(late));
        EQUAL(r.form.day, DAY_MDY);
        CHECK(!r.day_doubt);
    }
    CASE("numbers that could be thousands or thousandths are in doubt") {
        Recognised r = seen(t, S("name;qty\nA;1,234\nB;5,678\n"));
        CHECK(r.number_doubt);
        EQUAL(r.form.number.decimal, ',');
        r = seen(t, S("name,qty\nA,\"1,234\"\nB,\"5,678\"\n"));
        CHECK(r.number_doubt);
        EQUAL(r.form.number.group, ',');
    }
    CASE("who parts thousands by blanks means a fraction by a comma, whatever parts the cells") {
        Recognised r = seen(
            t,
            S("Контрагент,Дата,Количество,Цена\nРомашка,13.01.2024,1 200,\"53,189\"\nЖук,14.02.2024,1 626,\"23,998\"\n"
              "Ёж,15.02.2024,5,\"4,837\"\n"));
        EQUAL(r.form.number.decimal, ',');
        EQUAL(r.form.number.group, ' ');
        CHECK(!r.number_doubt);
    }
    CASE("a comma that could be either is a fraction beside Russian names and days with dots, thousands in English,"
         " and in doubt in both") {
        Recognised r = seen(t, S("Контрагент,Сумма\nА,\"1,784\"\nБ,\"5,678\"\n"));
        CHECK(r.form.number.decimal == ',' && r.number_doubt);
        r = seen(t, S("client,date,sum\nA,13.01.2024,\"1,784\"\nB,14.02.2024,\"5,678\"\n"));
        CHECK(r.form.number.decimal == ',' && r.number_doubt);
        r = seen(t, S("client,date,sum\nA,2024-01-13,\"1,784\"\nB,2024-02-14,\"5,678\"\n"));
        CHECK(r.form.number.decimal == '.' && r.number_doubt);
        r = seen(t, S("client,date,sum\nA,2024-01-13,\"1,784\"\nB,2024-02-14,1200\n"));
        CHECK(r.form.number.decimal == ',' && r.number_doubt);
    }
    CASE("what a person said is not found out again") {
        Problems   problems = { .mem = &t->mem };
        Recognised r;
        FormWish   wish = FORM_WISH;
        wish.delimiter  = ',';
        wish.header     = 0;
        EQUAL(table_recognise(&t->mem, S("a;b,c;d\n1;2,3;4\n"), wish, &r, &problems), OK);
        EQUAL(r.form.delimiter, ',');
        EQUAL(r.form.columns, 2);
        CHECK(!r.form.header);
        EQUAL(r.rows, 2);
        wish.has_encoding = true;
        wish.encoding     = ENC_KOI8R;
        wish.header       = 1;
        EQUAL(table_recognise(&t->mem, S("\xC4\xC1,\xD0\n1,2\n"), wish, &r, &problems), OK);
        STR(r.names[0], S("да"));
    }
    CASE("western letters and carriage returns alone are read too") {
        Recognised r = seen(t, S("Client,Sum\rCaf\xE9,5\rM\xFCnster,6\r"));
        EQUAL(r.form.encoding, ENC_CP1252);
        EQUAL(r.rows, 2);
    }
}

static void refusals(Test *t)
{
    CASE("rows that have more in them than the header has names are refused, unless the last columns only lack a"
         " name") {
        STR(refused(t, S("Клиент,Дата,Сумма\nА,05.03.2024,1200,50\nБ,25.03.2024,34,05\nВ,26.03.2024,7,00\n")),
            S("file.header_short"));
        EQUAL(seen(t, S("Клиент,Дата,Сумма,\nА,05.03.2024,1200,x\nБ,25.03.2024,34,y\nВ,26.03.2024,7,\n")).form.columns,
              4);
        EQUAL(seen(t, S("Клиент,Дата,Сумма\nА,05.03.2024,1200,\nБ,25.03.2024,34,\nВ,26.03.2024,7,\n")).rows, 3);
        EQUAL(seen(t, S("А,05.03.2024,1200,50\nБ,25.03.2024,34,05\nВ,26.03.2024,7,00\n")).rows, 3);
    }
    CASE("nothing, blanks and marks alone are an empty file") {
        STR(refused(t, S("")), S("file.empty"));
        STR(refused(t, S("\xEF\xBB\xBF\r\n \r\n")), S("file.empty"));
        STR(refused(t, S("\xFF\xFE")), S("file.empty"));
        STR(refused(t, S(";;;\n;;;\n")), S("file.empty"));
        STR(refused(t, S("Клиент;Дата;Сумма\n")), S("file.no_rows"));
    }
    CASE("what ends the reading below the names is told with its row, not as a lack of rows") {
        STR(refused(t, S("Клиент;Дата;Сумма\nА;\"01.02.2024;5\nБ;03.02.2024;8\n")), S("csv.open_quote in row 2"));
        STR(refused(t, S("Клиент;;Сумма\n\"А;01.02.2024;5\nБ;03.02.2024;8\n")), S("csv.open_quote in row 2"));
        Buf quoted = buf_new(&t->mem, 1 << 22);
        buf_c(&quoted, "Клиент;Дата;Сумма\n\"");
        for (int i = 0; i < 1000000; i++) buf_c(&quoted, "ж");
        buf_c(&quoted, "\";01.02.2024;5\n");
        STR(refused(t, buf_str(&quoted)), S("csv.long_field in row 2"));
    }
    CASE("a row longer than the head is looked at, and a place cut inside a character is no broken character") {
        Buf wide = buf_new(&t->mem, 1 << 22);
        buf_c(&wide, "Клиент;Дата;Сумма\n\"");
        for (int i = 0; i < 200000; i++) buf_c(&wide, "ж");
        buf_c(&wide, "\n");
        for (int i = 0; i < 200000; i++) buf_c(&wide, "ё");
        buf_c(&wide, "\";01.02.2024;5\n");
        Recognised r = seen(t, buf_str(&wide));
        EQUAL(r.rows, 1);
        STR(names(t, &r), S("Клиент | Дата | Сумма"));
        Buf bare = buf_new(&t->mem, 1 << 22);
        buf_c(&bare, "Клиент;Дата;Сумма\nА;01.02.2024;5\n");
        for (int i = 0; i < 1000000; i++) buf_c(&bare, "ж");
        buf_c(&bare, ";02.02.2024;7\nБ;03.02.2024;8\n");
        r = seen(t, buf_str(&bare)); /* the field is refused by whoever reads all rows, with its row */
        EQUAL(r.form.columns, 3);
    }
    CASE("other kinds of files are refused by what they are") {
        STR(refused(t, S("%PDF-1.7\n")), S("file.is_pdf"));
        STR(refused(t, S("\x89PNG\r\n\x1A\n")), S("file.is_image"));
        STR(refused(t, S("\xFF\xD8\xFF\xE0")), S("file.is_image"));
        STR(refused(t, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 Workbook")), S("file.cut"));
        STR(refused(t, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0")),
            S("file.is_document"));
        STR(refused(t, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")),
            S("file.is_encrypted"));
        STR(refused(t, S("\x1F\x8B\x08 gzip")), S("file.is_archive"));
        STR(refused(t, S("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")), S("file.is_archive"));
        STR(refused(t, S("  <!DOCTYPE HTML><html><table>")), S("file.is_html"));
        STR(refused(t, S("<?xml version=\"1.0\"?><Workbook>")), S("file.is_xml"));
        STR(refused(t, S("[{\"client\": 1}]")), S("file.is_json"));
        STR(refused(t, S("SQLite format 3\0")), S("file.is_database"));
        STR(refused(t, S("\x7F" "ELF\2\1\1")), S("file.is_program"));
        STR(refused(t, S("PK\3\4 and then nothing")), S("file.cut"));
    }
    CASE("bytes that are no text are refused, a single zero with its row") {
        STR(refused(t, S("a\0\1\2\3\4\0b\n\0\0\1\5")), S("file.binary"));
        Str text = repeated(t, "Client;Sum\n", "Anna;5\n", 100);
        char *zero = str_c(&t->mem, text);
        zero[11 + 7 * 41 + 2] = 0;
        STR(refused(t, (Str){ zero, text.n }), S("file.nul in row 43"));
    }
    CASE("the row of a zero is right in every encoding") {
        static const Encoding all[] = { ENC_CP1251, ENC_UTF16LE, ENC_UTF16BE };
        for (int i = 0; i < COUNT(all); i++) {
            Str  text = repeated(t, "Клиент;Њ\n", "Анна;5 Њ\n", 100);
            Buf  b = buf_new(&t->mem, 256);
            char zeroed[4096];
            memcpy(zeroed, text.s, (size_t)text.n);
            zeroed[str_find(text, S("\n")) + 13 * 14 + 10] = 0;
            text_from_utf8(all[i], (Str){ zeroed, text.n }, &b);
            STR(refused(t, buf_str(&b)), S("file.nul in row 15"));
        }
    }
    CASE("a broken byte of UTF-8 is refused with its row, at the end of a big file too") {
        Str   text = repeated(t, "Клиент;Сумма\n", "Анна;5\n", 200000);
        char *bad  = str_c(&t->mem, text);
        bad[text.n - 4] = '\xFF';
        STR(refused(t, (Str){ bad, text.n }), S("file.broken_utf8 in row 200001"));
    }
    CASE("a file cut in the middle of a row or of a quoted field is refused at its end") {
        Str whole = S("Client;Day;Sum\nAnna;01.02.2024;5\nBoris;02.02.2024;6\nClara;03.02.2024;7");
        STR(refused(t, whole), S("accepted"));
        STR(refused(t, str_upto(whole, whole.n - 5)), S("file.cut in row 4"));
        STR(refused(t, S("Client;Sum\n\"Anna\";5\n\"Boris\";6\n\"Cla")), S("file.cut in row 4"));
        STR(refused(t, S("Client;Day;Sum\nAnna;01.02.2024;5\nBoris;02.02.2024;6\nИтого;11")), S("accepted"));
        STR(refused(t, S("\xFF\xFE" "a\0;\0b\0\n\0" "1\0;\0002\0\n")), S("file.cut"));
    }
    CASE("a field of ten megabytes is too long, and one of twenty has no line to look at") {
        char *big = NEW_N(&t->mem, char, 20 << 20);
        memset(big, 'x', 20 << 20);
        STR(refused(t, (Str){ big, 10 << 20 }), S("csv.long_field in row 1"));
        STR(refused(t, (Str){ big, 20 << 20 }), S("file.no_line_end in row 1"));
    }
}

static void real_files(Test *t)
{
    CASE("online_retail: commas, points, ISO moments") {
        NEEDS_SHARED
        Recognised r = seen(t, test_file(t, "online_retail/online_retail.csv.xz"));
        EQUAL(r.form.delimiter, ',');
        EQUAL(r.form.columns, 8);
        EQUAL(r.form.day, DAY_YMD);
        EQUAL(r.form.number.decimal, '.');
        CHECK(r.form.header && r.form.begins == 0 && !r.day_doubt && !r.number_doubt);
        STR(names(t, &r),
            S("InvoiceNo | StockCode | Description | Quantity | InvoiceDate | UnitPrice | CustomerID | Country"));
    }
    CASE("adventureworks: bars, and no commas in between") {
        NEEDS_SHARED
        Recognised r = seen(t, test_file(t, "adventureworks_reseller/Sales.csv.xz"));
        EQUAL(r.form.delimiter, '|');
        EQUAL(r.form.columns, 10);
        EQUAL(r.form.day, DAY_YMD);
        EQUAL(seen(t, test_file(t, "adventureworks_reseller/Product.csv")).form.columns, 8);
    }
    CASE("northwind: American dates, quoted commas") {
        NEEDS_SHARED
        Recognised r = seen(t, test_file(t, "northwind/orders.csv"));
        EQUAL(r.form.columns, 14);
        EQUAL(r.form.day, DAY_MDY);
        CHECK(!r.day_doubt);
        r = seen(t, test_file(t, "northwind/suppliers.csv"));
        EQUAL(r.rows, 29);
    }
    CASE("cdnow: blanks, no header, dates of eight digits") {
        NEEDS_SHARED
        Recognised r = seen(t, test_file(t, "cdnow/CDNOW_sample.txt"));
        EQUAL(r.form.delimiter, ' ');
        EQUAL(r.form.columns, 5);
        CHECK(!r.form.header);
        EQUAL(r.form.day, DAY_YMD);
        STR(kinds(t, &r), S("nndnn"));
    }
    CASE("wholesale_customers and ru_cities: numbers under words, cp1251 with semicolons") {
        NEEDS_SHARED
        Recognised r = seen(t, test_file(t, "wholesale_customers/wholesale_customers.csv"));
        EQUAL(r.rows, 440);
        STR(kinds(t, &r), S("nnnnnnnn"));
        r = seen(t, test_file(t, "ru_cities/city_cp1251.csv"));
        EQUAL(r.form.encoding, ENC_CP1251);
        EQUAL(r.form.delimiter, ';');
        EQUAL(r.form.columns, 24);
        r = seen(t, test_file(t, "ru_cities/city.csv"));
        EQUAL(r.form.columns, 24);
    }
    CASE("a workbook: its sheets have names, its dates are days, its numbers have points") {
        NEEDS_SHARED
        Str        file = test_file(t, "northwind/northwind.xlsx");
        Recognised r    = seen(t, file);
        Problems   problems = { .mem = &t->mem };
        EQUAL(r.form.kind, FILE_XLSX);
        EQUAL(r.sheets, 8);
        FormWish wish = FORM_WISH;
        for (wish.sheet = 0; !str_eq(r.sheet_names[wish.sheet], S("orders")) && wish.sheet < 7;) wish.sheet++;
        EQUAL(table_recognise(&t->mem, file, wish, &r, &problems), OK);
        EQUAL(r.rows, 830);
        EQUAL(r.form.day, DAY_YMD);
        STR(r.names[3], S("OrderDate"));
        STR(r.row[0].cell[3], S("1996-07-04"));
        STR(r.row[0].cell[7], S("32.38"));
    }
}

TESTS(test_recognise)
{
    recognised(t);
    refusals(t);
    real_files(t);
}
