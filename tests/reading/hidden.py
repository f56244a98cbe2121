"""What a file hides: sales that are invented here, and the figures that must come out of them, counted without the
program."""
import collections
import datetime
import random

Sale = collections.namedtuple("Sale", "client product document day amount quantity")  # amount in kopecks

CLIENTS = [
    "ООО «Берёзовая роща»", "ИП Рябинин К. Л.", 'АО "Дальний мост"', "Лавка на углу", "Пекарня Колос",
    "ТД Северный ветер", "Аптека Чабрец", "Гостиница Маяк"
]
PRODUCTS = ["Доска обрезная", "Гвозди 100 мм", "Краска белая 3 л", "Кисть №4", "Лак паркетный"]
MONTHS = [
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"
]


def history(rng, rows=40, year=2026, months=6):
    """One to four lines a document, some of them returns."""
    out, number = [], 0
    clients = rng.sample(CLIENTS, rng.randint(3, 7))
    while len(out) < rows:
        number += 1
        day = datetime.date(year, 1 + (len(out) * months) // rows, rng.randint(1, 28))
        client = rng.choice(clients)
        for product in rng.sample(PRODUCTS, rng.randint(1, 3)):
            quantity = rng.randint(1, 40)
            out.append(Sale(client, product, number, day, quantity * rng.randint(500, 90000), quantity))
    return out


def answer(sales):
    """By what is in the file: money, who bought, and how much in which month."""
    months = collections.Counter()
    for s in sales:
        months[s.day.strftime("%Y-%m")] += s.amount
    return {"revenue": sum(s.amount for s in sales), "clients": len({s.client for s in sales}),
            "months": {m: v for m, v in months.items() if v}}


def document(s):
    return f"Реализация товаров и услуг РТ00-{s.document:06d} от {s.day:%d.%m.%Y} 12:{s.document % 60:02d}:00"
