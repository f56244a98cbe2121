"""A table that stands in pieces: a sheet a month, a file a month in an archive;
summaries and copies stand beside it."""
import datetime
import io
import zipfile

from hidden import MONTHS, answer, history
from kinds import Made, kind
from written import Look, book, ru, text

HEAD = ["Клиент", "Дата", "Товар", "Сумма"]


def row(s):
    return [s.client, s.day, s.product, s.amount / 100]


def total(sales):
    return sum(s.amount for s in sales) / 100


def by_month(sales):
    return [(m, [s for s in sales if s.day.month == m]) for m in sorted({s.day.month for s in sales})]


def titled(rows, n):
    return [["Продажи"], [], *rows] if n % 2 else rows


def moved(rows, order):
    return [[r[i] for i in order] for r in rows]


def undated(sales):
    return [["Клиент", "Товар", "Сумма"]] + [[s.client, s.product, s.amount / 100] for s in sales]


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in files:
            z.writestr(name, content)
    return out.getvalue()


def month_texts(sales, encodings):
    for m, mine in by_month(sales):
        rows = [HEAD] + [[s.client, f"{s.day:%d.%m.%Y}", s.product, ru(s.amount)] for s in mine]
        yield f"2026-{m:02d}", text(rows, encoding=encodings[m % len(encodings)])


@kind("a sheet a month", 5)
def sheet_a_month(rng, n):
    sales = history(rng, months=[3, 6, 12, 6, 2][n])
    sheets = []
    for m, mine in by_month(sales):
        rows = [HEAD] + [row(s) for s in mine]
        if n == 2:  # every other month with its columns exchanged
            rows = moved(rows, [3, 0, 1, 2] if m % 2 else range(4))
        if n % 2:
            rows.append(["Итого", None, None, total(mine)])
        sheets.append((MONTHS[m - 1], titled(rows, m if n == 3 else 0)))
    sums = [["Месяц", "Сумма"]] + [[MONTHS[m - 1], total(mine)] for m, mine in by_month(sales)]
    beside = [("Итоги", sums)] if n in (1, 3) else []
    return Made("xlsx", book(beside + sheets if n == 3 else sheets + beside), answer(sales))


@kind("a sheet a month, the day only in its name", 4)
def day_in_name(rng, n):
    sales = history(rng, months=[3, 6, 12, 1][n])
    names = [lambda m: f"{MONTHS[m - 1]} 2026", lambda m: f"{m:02d}.2026",
             lambda m: f"Продажи {MONTHS[m - 1].lower()} 2026", lambda m: f"2026-{m:02d}"][n]
    sheets = [(names(m), undated(mine)) for m, mine in by_month(sales)]
    return Made("xlsx", book(sheets), answer([s._replace(day=s.day.replace(day=1)) for s in sales]))


@kind("a sheet a month, no year anywhere", 1, must="refused")
def no_year(rng, n):
    sheets = [(MONTHS[m - 1], undated(mine)) for m, mine in by_month(history(rng))]
    return Made("xlsx", book(sheets), None)


@kind("a grouped report on each sheet", 2)
def grouped_sheets(rng, n):
    sales = history(rng)
    sheets = []
    for m, mine in by_month(sales):
        rows = [["Контрагент / Номенклатура", "Количество", "Сумма"]]
        for client in dict.fromkeys(s.client for s in mine):
            of = [s for s in mine if s.client == client]
            rows.append((Look(bold=True), [client, sum(s.quantity for s in of), total(of)]))
            rows += [(Look(outline=1), [s.product, s.quantity, s.amount / 100]) for s in of]
        sheets.append((f"{MONTHS[m - 1]} 2026", rows + [["Итого", sum(s.quantity for s in mine), total(mine)]]))
    return Made("xlsx", book(sheets), answer([s._replace(day=s.day.replace(day=1)) for s in sales]))


@kind("a year of months across on each sheet", 2)
def crossed_sheets(rng, n):
    sheets, all_of = [], []
    for year in (2024, 2025):
        sales = history(rng, year=year)
        months = sorted({s.day.month for s in sales})
        rows = [["Клиент"] + [f"{MONTHS[m - 1]} {year}" for m in months] + ["Итого"]]
        for client in dict.fromkeys(s.client for s in sales):
            of = [s for s in sales if s.client == client]
            cells = [total([s for s in of if s.day.month == m]) or None for m in months]
            rows.append([client] + cells + [sum(c or 0 for c in cells)])
        sheets.append((str(year), rows))
        all_of += [s._replace(day=s.day.replace(day=1)) for s in sales]
    return Made("xlsx", book(sheets), answer(all_of))


@kind("a sheet with the rows of the others", 3, must="refused")
def all_again(rng, n):
    sales = history(rng)
    sheets = [(MONTHS[m - 1], [HEAD] + [row(s) for s in mine]) for m, mine in by_month(sales)]
    again = [("Все продажи", [HEAD] + [row(s) for s in sales]), (f"{MONTHS[0]} (2)", sheets[0][1]),
             ("I квартал", [HEAD] + [row(s) for s in sales if s.day.month <= 3])][n]
    at = [len(sheets), 0, 3][n]
    return Made("xlsx", book(sheets[:at] + [again] + sheets[at:]), None)


@kind("a sheet of another shape among months", 2, must="refused")
def another_shape(rng, n):
    sales = history(rng)
    sheets = [(MONTHS[m - 1], [HEAD] + [row(s) for s in mine]) for m, mine in by_month(sales)]
    shop = [["Покупатель", "День", "Выручка"]] + [[s.client, s.day, s.amount / 100] for s in sales[:9]]
    sheets[3 + n] = ("Магазин", titled(shop, n))
    return Made("xlsx", book(sheets), None)


@kind("an archive of a file a month", 4)
def archive(rng, n):
    sales = history(rng)
    if n < 2:
        texts = month_texts(sales, ["utf-8-sig", "cp1251"] if n else ["cp1251"])
        files = [(f"выгрузка/{name}.csv", content) for name, content in texts]
        files += [("прочти.txt", "Выгрузка из 1С.\nПо месяцам.\n".encode())]
    else:
        files = [(f"{MONTHS[m - 1]} 2026.xlsx", book([("Лист1", [HEAD] + [row(s) for s in mine])]))
                 for m, mine in by_month(sales)]
    if n == 3:
        return Made("zip", packed([("всё.zip", packed(files))]), answer(sales))
    return Made("zip", packed(files), answer(sales))


@kind("an archive of files without days but in their names", 2)
def archive_days(rng, n):
    sales = history(rng)
    name = [lambda m: f"{MONTHS[m - 1]} 2026.csv", lambda m: f"sales_2026-{m:02d}.csv"][n]
    files = [(name(m), text([["Клиент", "Сумма"]] + [[s.client, ru(s.amount)] for s in mine]))
             for m, mine in by_month(sales)]
    return Made("zip", packed(files), answer([s._replace(day=s.day.replace(day=1)) for s in sales]))


@kind("archives in archives", 1, must="refused")
def deep(rng, n):
    files = list(month_texts(history(rng), ["utf-8"]))
    return Made("zip", packed([("а.zip", packed([("б.zip", packed(files))]))]), None)


@kind("two thousand sheets", 1, must="refused")
def two_thousand(rng, n):
    rows = [HEAD, ["Лавка", datetime.date(2026, 1, 1), "Лак", 1]]
    return Made("xlsx", book([(f"Лист{i}", rows) for i in range(2000)]), None)


@kind("a thousand sheets", 1)
def thousand(rng, n):
    sales = history(rng, rows=1000)[:1000]
    return Made("xlsx", book([(f"Лист{i}", [HEAD, row(s)]) for i, s in enumerate(sales)]), answer(sales))
