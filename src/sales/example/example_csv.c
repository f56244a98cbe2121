/* The example firm as tables, as 1C would hand them over. */
#include "sales/example/example.h"

static void csv_text(Buf *out, Str s)
{
    buf_char(out, '"');
    for (ptrdiff_t i = 0; i < s.n; i++) {
        if (s.s[i] == '"') buf_char(out, '"');
        buf_char(out, s.s[i]);
    }
    buf_char(out, '"');
}

/* Excel in Russia writes a comma before the decimals. */
static void csv_money(Buf *out, Money m)
{
    buf_scaled(out, m, 2);
    out->data[out->len - 3] = ',';
}

static void csv_day(Buf *out, Day day)
{
    Civil c = civil_of(day);
    buf_fmt(out, "%02d.%02d.%04d", c.day, c.month, c.year);
}

void example_sales_csv(const ExampleFirm *firm, Buf *out)
{
    buf_c(
        out,
        "Дата;Документ;Код клиента;Контрагент;ИНН;Артикул;Номенклатура;Количество;Цена;Сумма;Себестоимость;Менеджер;"
        "Канал\r\n");
    for (int i = 0; i < EXAMPLE_LINES; i++) {
        const ExampleLine   *l = &firm->line[i];
        const ExampleClient *c = &firm->client[l->client];
        int sign = l->is_return ? -1 : 1;
        csv_day(out, l->day);
        buf_fmt(out, ";%s-%06d;%.*s;", l->is_return ? "ВЗ" : "РН", l->document, (int)c->number.n, c->number.s);
        csv_text(out, c->name);
        buf_fmt(out, ";%.*s;%.*s;", (int)c->inn.n, c->inn.s, (int)firm->product[l->product].number.n,
                firm->product[l->product].number.s);
        csv_text(out, firm->product[l->product].name);
        buf_char(out, ';');
        buf_i64(out, sign * l->qty / 1000);
        buf_char(out, ';');
        csv_money(out, l->price);
        buf_char(out, ';');
        csv_money(out, sign * l->amount);
        buf_char(out, ';');
        csv_money(out, sign * l->cost);
        buf_fmt(out, ";%.*s;%s\r\n", (int)firm->user[l->seller].name.n, firm->user[l->seller].name.s,
                example_channels[l->channel]);
    }
}

void example_clients_csv(const ExampleFirm *firm, Buf *out)
{
    buf_c(
        out,
        "Код клиента;Контрагент;ИНН;КПП;Город;Адрес;Телефон;Контактное лицо;Должность;Телефон контактного лица;Эл."
        " почта;Источник;Менеджер\r\n");
    for (int i = 0; i < EXAMPLE_CLIENTS; i++) {
        const ExampleClient *c = &firm->client[i];
        buf_fmt(out, "%.*s;", (int)c->number.n, c->number.s);
        csv_text(out, c->name);
        buf_fmt(out, ";%.*s;%.*s;%.*s;", (int)c->inn.n, c->inn.s, (int)c->kpp.n, c->kpp.s ? c->kpp.s : "",
                (int)c->city.n, c->city.s);
        csv_text(out, str_fmt(out->mem, "г. %.*s, %.*s", (int)c->city.n, c->city.s, (int)c->street.n, c->street.s));
        buf_fmt(out, ";%.*s;%.*s;%.*s;%.*s;%.*s;%s;%.*s\r\n", (int)c->phone.n, c->phone.s, (int)c->person.n,
                c->person.s, (int)c->post.n, c->post.s, (int)c->person_phone.n, c->person_phone.s, (int)c->email.n,
                c->email.s, c->source, (int)firm->user[c->keeper].name.n, firm->user[c->keeper].name.s);
    }
}
