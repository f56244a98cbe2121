"""Rows that sum those above them without a word of it."""
from hidden import MONTHS, answer, history
from kinds import Made, kind
from old_files import ods, xls
from written import Look, book, ru, text

HEAD = ["Клиент", "Дата", "Товар", "Сумма"]


def by_client(rng):
    sales = sorted(history(rng), key=lambda s: s.client)
    for client in dict.fromkeys(s.client for s in sales):
        yield client, [s for s in sales if s.client == client]


def money(sales):
    return sum(s.amount for s in sales) / 100


def ended(rng, look, product, details=0):
    """Rows of each client, and behind them one with his name, his last day and his sum."""
    rows, sales = [HEAD], []
    for client, mine in by_client(rng):
        cells = [[client, s.day, s.product, s.amount / 100] for s in mine]
        rows += [(Look(outline=details), row) for row in cells] if details else cells
        total = [client, mine[-1].day, product, money(mine)]
        rows.append((look, total) if look else total)
        sales += mine
    return rows, answer(sales)


@kind("sums in bold type, without a word", 4)
def bold(rng, n):
    rows, right = ended(rng, Look(bold=True), None if n % 2 else "разное")
    if n > 1:
        rows.append((Look(bold=True), ["Все", None, None, right["revenue"] / 100]))
    return Made("xlsx", book([("Лист1", rows)]), right)


@kind("sums by the outline, without a word", 3)
def outline(rng, n):
    rows, right = ended(rng, Look(outline=0), "разное", details=1)
    return Made(["xlsx", "xls", "ods"][n], [book([("Лист1", rows)]), xls("Лист1", rows), ods("Лист1", rows)][n], right)


@kind("sums whose rows name nothing, without a word", 4)
def nothing_named(rng, n):
    rows, right = ended(rng, None, None)
    written = [[r[0], f"{r[1]:%d.%m.%Y}", r[2], ru(round(r[3] * 100))] for r in rows[1:]]
    if n % 2:
        written.append(["", "", "", ru(right["revenue"])])
    return Made("csv", text([HEAD] + written), right)


@kind("sums in bold type, one of which lies", 2, must="told")
def bold_lies(rng, n):
    rows, _ = ended(rng, Look(bold=True), "разное")
    rows[-1][1][3] += 1234
    return Made("xlsx", book([("Лист1", rows)]), None)


@kind("sums that look like all others", 3, must="told")
def unmarked(rng, n):
    rows, _ = ended(rng, None, "разное")
    return Made("xlsx", book([("Лист1", rows)]), None)


@kind("groups that only their figures tell, months across", 6)
def by_figures(rng, n):
    sales = history(rng)
    months = sorted({s.day.month for s in sales})
    rows = [["Контрагент / Номенклатура"] + [f"{MONTHS[m - 1]} 2026" for m in months] + ["Итого"]]

    def row(name, mine):
        cells = [sum(s.amount for s in mine if s.day.month == m) for m in months]
        rows.append([name] + [ru(c) if c else "" for c in cells] + [ru(sum(cells))])

    for client in dict.fromkeys(s.client for s in sales):
        of = [s for s in sales if s.client == client]
        row(client, of)
        for product in dict.fromkeys(s.product for s in of):
            row(product, [s for s in of if s.product == product])
    if n % 2:
        row("Итого", sales)
    return Made("csv", text(rows), answer([s._replace(day=s.day.replace(day=1)) for s in sales]))


@kind("bold type that sums nothing", 2)
def highlighted(rng, n):
    """Somebody has marked the sales he likes: they count."""
    sales = history(rng)
    rows = [HEAD] + [(Look(bold=rng.random() < 0.2), [s.client, s.day, s.product, s.amount / 100]) for s in sales]
    return Made("xlsx", book([("Лист1", rows)]), answer(sales))
