"""Merged cells, and files that older programs have saved."""
import itertools

from hidden import MONTHS, answer, document, history
from kinds import Made, kind
from old_files import dbf, ods, xls
from written import Look, book, ru


def runs(rows, column, first):
    """(first row, last row) of equal neighbours, from `first` on; 0 is the first row of the sheet."""
    at = first
    for _, mine in itertools.groupby(rows, key=lambda r: r[column]):
        n = len(list(mine))
        if n > 1:
            yield at, at + n - 1
        at += n


def merged_rows(sales, columns, first):
    """Rows with cells merged down these columns, and their areas."""
    rows = [[s.client, s.day, f"РТ-{s.document:05d}", s.product, s.amount / 100] for s in sales]
    areas = [(a, b, c, c) for c in columns for a, b in runs(rows, c, first)]
    for a, b, c, _ in areas:
        for r in range(a + 1, b + 1):
            rows[r - first][c] = None
    return rows, areas


def refs(areas):
    return [f"{chr(65 + c)}{a + 1}:{chr(65 + d)}{b + 1}" for a, b, c, d in areas]


def save(suffix, name, rows, areas):
    if suffix == "xlsx":
        return book([(name, rows)], merged=refs(areas))
    return (xls if suffix == "xls" else ods)(name, rows, areas)


KINDS = ["xlsx", "xls", "ods"]


@kind("a client merged over his rows", 9)
def client_merged(rng, n):
    sales = history(rng)
    sales.sort(key=lambda s: (s.client, s.document))
    columns = [[0], [0, 1, 2], [2, 0]][n // 3]
    rows, areas = merged_rows(sales, columns, 1)
    head = ["Клиент", "Дата", "Документ", "Товар", "Сумма"]
    return Made(KINDS[n % 3], save(KINDS[n % 3], "Лист1", [head] + rows, areas), answer(sales))


@kind("a sum merged over the lines of a document", 3)
def amount_merged(rng, n):
    """It is said once: not for each line."""
    sales = history(rng)
    rows, areas = [], []
    for _, mine in itertools.groupby(sales, key=lambda s: s.document):
        mine = list(mine)
        if len(mine) > 1:
            areas.append((len(rows) + 1, len(rows) + len(mine), 4, 4))
        sums = [sum(s.amount for s in mine) / 100] + [None] * (len(mine) - 1)
        rows += [[s.client, s.day, f"РТ-{s.document:05d}", s.product, a] for s, a in zip(mine, sums)]
    head = ["Клиент", "Дата", "Документ", "Товар", "Сумма"]
    return Made(KINDS[n], save(KINDS[n], "Лист1", [head] + rows, areas), answer(sales))


@kind("a head merged over two and three rows", 6)
def heads_merged(rng, n):
    sales = history(rng)
    months = sorted({s.day.month for s in sales})
    over = [f"{MONTHS[m - 1]} 2026" if n % 2 else MONTHS[m - 1] for m in months]
    wide = 1 + 2 * len(months)
    head = [["Контрагент"] + [c for name in over for c in (name, None)],
            [None] + ["Количество", "Сумма"] * len(months)]
    areas = [(0, 1, 0, 0)] + [(0, 0, 1 + 2 * i, 2 + 2 * i) for i in range(len(months))]
    if n % 2 == 0:
        head[0][0] = None
        head.insert(0, ["Контрагент", "2026 год"] + [None] * (wide - 2))
        areas = [(0, 2, 0, 0), (0, 0, 1, wide - 1)] + [(1, 1, c, d) for _, _, c, d in areas[1:]]
    rows = []
    for client in dict.fromkeys(s.client for s in sales):
        of = [[s for s in sales if s.client == client and s.day.month == m] for m in months]
        rows.append([client] + [c for part in of
                                for c in ((sum(s.quantity for s in part) or None),
                                          (sum(s.amount for s in part) / 100 or None))])
    suffix = ["xlsx", "xls"][n // 2 % 2]
    return Made(suffix, save(suffix, "Отчёт", head + rows, areas),
                answer([s._replace(day=s.day.replace(day=1)) for s in sales]))


@kind("a merged cell over all rows of a table", 1, must="refused")
def merged_over_all(rng, n):
    """Nobody can know whose rows these are: the sheet is one cell."""
    rows = [["Продажи за год"]] + [[None] * 4 for _ in range(20)]
    return Made("xls", xls("Лист1", rows, [(0, 65535, 0, 255)]), None)


# ---- files of older programs ----

@kind("a table of an older program", 6)
def older(rng, n):
    sales = history(rng)
    if n % 3 == 2:
        fields = [("CLIENT", "C", 60, 0), ("DATE", "D", 8, 0), ("PRODUCT", "C", 40, 0), ("AMOUNT", "N", 14, 2)]
        rows = [[s.client, s.day, s.product, s.amount / 100] for s in sales]
        # DOS and Windows have no letters for « and » and № in common: the name stays one for each client
        return Made("dbf", dbf(fields, rows, ["cp866", "cp1251"][n // 3]), answer(sales))
    rows = [["Клиент", "Дата", "Товар", "Количество", "Сумма"]]
    rows += [[s.client, s.day, s.product, s.quantity, s.amount / 100] for s in sales]
    rows.append(["Итого", None, None, sum(s.quantity for s in sales), sum(s.amount for s in sales) / 100])
    titled = [["Продажи за полгода"]] + rows if n // 3 else rows
    return Made(KINDS[1 + n % 3], save(KINDS[1 + n % 3], "Продажи", titled, []), answer(sales))


@kind("a grouped report of an older program", 4)
def older_grouped(rng, n):
    sales = history(rng)
    rows = [["Контрагент / Документ", "Количество", "Сумма"]]
    for client in dict.fromkeys(s.client for s in sales):
        of = [s for s in sales if s.client == client]
        rows.append([client, sum(s.quantity for s in of), sum(s.amount for s in of) / 100])
        for number in dict.fromkeys(s.document for s in of):
            mine = [s for s in of if s.document == number]
            rows.append((Look(outline=1), [document(mine[0]), sum(s.quantity for s in mine),
                                           sum(s.amount for s in mine) / 100]))
    rows.append(["Итого", sum(s.quantity for s in sales), sum(s.amount for s in sales) / 100])
    return Made(KINDS[1 + n % 2], save(KINDS[1 + n % 2], "Отчёт", rows, []), answer(sales))


@kind("months across, of an older program", 4)
def older_crossed(rng, n):
    sales = history(rng)
    months = sorted({s.day.month for s in sales})
    rows = [["Клиент"] + [f"{MONTHS[m - 1]} 2026" for m in months] + ["Итого"]]
    for client in dict.fromkeys(s.client for s in sales):
        of = [sum(s.amount for s in sales if s.client == client and s.day.month == m) for m in months]
        # a text and a number are both figures
        rows.append([client] + [(a / 100 if n // 2 else ru(a)) if a else None for a in of] + [sum(of) / 100])
    return Made(KINDS[1 + n % 2], save(KINDS[1 + n % 2], "Отчёт", rows, []),
                answer([s._replace(day=s.day.replace(day=1)) for s in sales]))
