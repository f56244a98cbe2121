"""Reports: grouped, crossed, subtotalled, with what people do to them."""
import collections
import datetime

from hidden import MONTHS, Sale, answer, document, history
from kinds import Made, kind
from written import Look, book, ru, text


def money(s):
    return s.amount / 100


def by(sales, key):
    """In the order of first appearance."""
    groups = collections.OrderedDict()
    for s in sales:
        groups.setdefault(key(s), []).append(s)
    return groups.items()


def total(sales):
    return sum(s.amount for s in sales)


# ---- rows that sum others ----

def with_totals(rng, sales, words, dated):
    rows = [["Клиент", "Дата", "Товар", "Сумма"]]
    for month, mine in by(sales, lambda s: s.day.month):
        rows += [[s.client, f"{s.day:%d.%m.%Y}", s.product, ru(s.amount)] for s in mine]
        day = f"{mine[-1].day:%d.%m.%Y}" if dated else ""
        rows.append([words(MONTHS[month - 1].lower()), day, "", ru(total(mine))])
    rows.append([
        rng.choice(["Итого", "Всего", "Общий итог", "ИТОГО:", "Grand Total", "Всего за период"]),
        f"{sales[-1].day:%d.%m.%Y}" if dated else "", "",
        ru(total(sales))
    ])
    return rows


@kind("subtotals by month", 10)
def subtotals(rng, n):
    words = [
        lambda m: f"Итого за {m}", lambda m: f"{m} Итог", lambda m: "Подытог", lambda m: f"Всего за {m}",
        lambda m: "Subtotal"
    ][n % 5]
    sales = history(rng)
    return Made("csv", text(with_totals(rng, sales, words, n % 2 == 0)), answer(sales))


@kind("subtotals of Excel by client", 6)
def subtotals_by_client(rng, n):
    sales = sorted(history(rng), key=lambda s: s.client)
    rows = [["Клиент", "Дата", "Сумма"]]
    for client, mine in by(sales, lambda s: s.client):
        rows += [(Look(outline=2), [s.client, s.day, money(s)]) for s in mine]
        rows.append((Look(outline=1, bold=True), [f"{client} Итог", mine[-1].day if n % 2 else None,
                                                  total(mine) / 100]))
    rows.append((Look(bold=True), ["Общий итог", None, total(sales) / 100]))
    return Made("xlsx", book([("Продажи", rows)]), answer(sales))


@kind("a subtotal that lies", 4, must="told")
def lying_subtotal(rng, n):
    sales = history(rng)
    rows = with_totals(rng, sales, lambda m: f"Итого за {m}", n % 2 == 0)
    at = next(i for i, r in enumerate(rows) if str(r[0]).startswith("Итого за"))
    rows[at][3] = ru(total(sales) + 12345)
    return Made("csv", text(rows), None)


@kind("a header that comes again", 6)
def header_again(rng, n):
    sales = history(rng)
    head, half = ["Клиент", "Дата", "Количество", "Сумма"], len(sales) // 2
    row = lambda s: [s.client, f"{s.day:%d.%m.%Y}", s.quantity, ru(s.amount)]
    order = [0, 1, 2, 3] if n % 2 else rng.sample(range(4), 4)
    moved = lambda cells: [cells[i] for i in order]
    return Made("csv",
                text([head] + [row(s) for s in sales[:half]] + [moved(head)] + [moved(row(s)) for s in sales[half:]]),
                answer(sales))


@kind("two shapes in one file", 3, must="refused")
def two_shapes(rng, n):
    sales = history(rng, 12)
    rows = [["Клиент", "Дата", "Сумма"]] + [[s.client, f"{s.day:%d.%m.%Y}", ru(s.amount)] for s in sales]
    rows += [["Номенклатура", "Количество", "Цена"]
             ] + [[s.product, s.quantity, ru(s.amount // s.quantity)] for s in sales]
    return Made("csv", text(rows), None)


# ---- crossed ----

def crossed(rng, sales, heads, key, first, with_sums=True, manager=False):
    keys = sorted({key(s) for s in sales})
    rows = [["Клиент"] + (["Менеджер"] if manager else []) + [heads(k)
                                                              for k in keys] + (["Итого"] if with_sums else [])]
    extra = [rng.choice(["Орехова", "Юдин"])] if manager else []
    for client, mine in by(sales, lambda s: s.client):
        cells = [total([s for s in mine if key(s) == k]) for k in keys]
        rows.append([client] + extra + [ru(c) if c else "" for c in cells] + ([ru(sum(cells))] if with_sums else []))
    if with_sums:
        rows.append(["Итого"] + [""] * len(extra) + [ru(total([s for s in sales if key(s) == k])) for k in keys] +
                    [ru(total(sales))])
    # the day of a period is its first
    return rows, answer([s._replace(day=first(key(s))) for s in sales])


MONTH_HEADS = [lambda m: f"{MONTHS[m[1] - 1]} {m[0]}", lambda m: f"{m[1]:02d}.{m[0]}", lambda m: f"{m[0]}-{m[1]:02d}",
               lambda m: f"{MONTHS[m[1] - 1].lower()} {m[0]} г.", lambda m: f"01.{m[1]:02d}.{m[0]}"]


@kind("months across", 15)
def months_across(rng, n):
    sales = history(rng, months=rng.randint(2, 12))
    rows, right = crossed(rng, sales, MONTH_HEADS[n % 5], lambda s: (s.day.year, s.day.month),
                          lambda k: datetime.date(*k, 1), n % 3 > 0, n % 2 == 0)
    return Made("csv", text(rows), right)


@kind("months across, their year above", 4)
def months_year_above(rng, n):
    sales = history(rng)
    rows, right = crossed(rng, sales, lambda m: MONTHS[m[1] - 1], lambda s: (s.day.year, s.day.month),
                          lambda k: datetime.date(*k, 1))
    return Made("csv", text([["Продажи за 2026 год"], []] + rows), right)


@kind("months across, no year anywhere", 2, must="refused")
def months_no_year(rng, n):
    rows, _ = crossed(rng, history(rng), lambda m: MONTHS[m[1] - 1], lambda s: (s.day.year, s.day.month),
                      lambda k: datetime.date(*k, 1))
    return Made("csv", text(rows), None)


@kind("quarters across", 6)
def quarters_across(rng, n):
    heads = [
        lambda q: f"{q[1]} квартал {q[0]}", lambda q: f"{q[0]}-Q{q[1]}",
        lambda q: f"{['I', 'II', 'III', 'IV'][q[1] - 1]} кв. {q[0]}"
    ]
    sales = history(rng, months=12)
    rows, right = crossed(rng, sales, heads[n % 3], lambda s: (s.day.year, (s.day.month + 2) // 3),
                          lambda q: datetime.date(q[0], 3 * q[1] - 2, 1), n % 2 == 0)
    return Made("csv", text(rows), right)


@kind("weeks across", 4)
def weeks_across(rng, n):
    sales = history(rng, months=2)
    rows, right = crossed(rng, sales, lambda w: f"{w[0]}-W{w[1]:02d}", lambda s: s.day.isocalendar()[:2],
                          lambda w: datetime.date.fromisocalendar(w[0], w[1], 1))
    return Made("csv", text(rows), right)


@kind("products across", 4)
def products_across(rng, n):
    sales = history(rng)
    products = sorted({s.product for s in sales})
    rows = [["Дата", "Клиент"] + products + ["Итого"]]
    for (client, day), mine in by(sales, lambda s: (s.client, s.day)):
        cells = [total([s for s in mine if s.product == p]) for p in products]
        rows.append([f"{day:%d.%m.%Y}", client] + [ru(c) if c else "" for c in cells] + [ru(sum(cells))])
    return Made("csv", text(rows), answer(sales))


@kind("a cross whose sums lie", 4, must="refused")
def lying_cross(rng, n):
    rows, _ = crossed(rng, history(rng), MONTH_HEADS[0], lambda s: (s.day.year, s.day.month),
                      lambda k: datetime.date(*k, 1))
    rows[-1 if n % 2 else 1][-1] = ru(99999900)
    return Made("csv", text(rows), None)


@kind("a cross without a head", 2, must="refused")
def headless_cross(rng, n):
    rows, _ = crossed(rng, history(rng), MONTH_HEADS[0], lambda s: (s.day.year, s.day.month),
                      lambda k: datetime.date(*k, 1))
    return Made("csv", text(rows[1:]), None)


@kind("months across in a workbook, two rows of head", 4)
def two_rows_of_head(rng, n):
    sales = history(rng)
    months = sorted({s.day.month for s in sales})
    head = ["Контрагент"] + [c for m in months for c in (f"{MONTHS[m - 1]} 2026", None)]
    rows = [head, [None] + ["Количество", "Сумма"] * len(months)]
    for client, mine in by(sales, lambda s: s.client):
        of = [[s for s in mine if s.day.month == m] for m in months]
        rows.append([client] +
                    [c for part in of for c in ((sum(s.quantity for s in part) or None), (total(part) / 100 or None))])
    return Made("xlsx", book([("Отчёт", rows)]), answer([s._replace(day=s.day.replace(day=1)) for s in sales]))


# ---- grouped ----

def grouped(sales, levels, group_total=True):
    """(level, name, sales below) from the outermost to the details; levels: keys of a sale."""
    out = []

    def below(mine, level):
        for name, part in by(mine, levels[level]):
            out.append((level, name, part))
            if level + 1 < len(levels):
                below(part, level + 1)
    below(sales, 0)
    return out


def client(s):
    return s.client


def product(s):
    return s.product


SHAPES = [([client, document], "Контрагент / Документ"),
          ([client, product, document], "Контрагент, Номенклатура, Документ"),
          ([client, document, product], "Контрагент; Документ; Номенклатура")]


def titled(rows, n):
    return ([["Продажи"], ["Период: 01.01.2026 - 30.06.2026"], []] if n % 2 else []) + rows


@kind("groups by the outline of a sheet", 9)
def by_outline(rng, n):
    sales = history(rng)
    levels, head = SHAPES[n % 3]
    rows = [[head, "Количество", "Сумма"]]
    rows += [(Look(outline=level), [name, sum(s.quantity for s in part),
                                    total(part) / 100]) for level, name, part in grouped(sales, levels)]
    rows.append(["Итого", sum(s.quantity for s in sales), total(sales) / 100])
    return Made("xlsx", book([("Лист1", titled(rows, n))]), answer(sales))


@kind("groups by indents", 9)
def by_indent(rng, n):
    sales = history(rng)
    levels, head = SHAPES[n % 3]
    if n % 2:
        rows = [[head, "Сумма"]] + [["    " * level + name, ru(total(part))]
                                    for level, name, part in grouped(sales, levels)]
        return Made("csv", text(rows + [["Итого", ru(total(sales))]]), answer(sales))
    rows = [[head, "Сумма"]] + [(Look(indent=2 * level), [name, total(part) / 100])
                                for level, name, part in grouped(sales, levels)]
    return Made("xlsx", book([("Лист1", rows + [["Итого", total(sales) / 100]])]), answer(sales))


@kind("groups by bold type", 3)
def by_bold(rng, n):
    sales = history(rng)
    rows = [["Покупатель", "Сумма"]]
    rows += [(Look(bold=level == 0), [name, total(part) / 100])
             for level, name, part in grouped(sales, [client, document])]
    return Made("xlsx", book([("Лист1", rows)]), answer(sales))


@kind("groups without any look, details with days", 6)
def by_days(rng, n):
    sales = history(rng)
    levels, head = SHAPES[n % 2]
    rows = [[head, "Сумма"]] + [[name, ru(total(part))] for _, name, part in grouped(sales, levels)]
    return Made("csv", text(titled(rows, n // 2) + [["Итого", ru(total(sales))]]), answer(sales))


@kind("a client on a row of his own", 6)
def in_columns(rng, n):
    sales = history(rng)
    rows = [["Клиент", "Дата", "Документ", "Сумма"]]
    for name, mine in by(sales, client):
        rows.append([name, "", "", ru(total(mine)) if n % 2 else ""])
        rows += [["", f"{s.day:%d.%m.%Y}", f"РТ-{s.document:05d}", ru(s.amount)] for s in mine]
    return Made("csv", text(rows + [["Итого", "", "", ru(total(sales))]]), answer(sales))


@kind("a client in his first row only", 5)
def filled_from_above(rng, n):
    sales = history(rng)
    rows = [["Клиент", "Дата", "Товар", "Сумма"]]
    for name, mine in by(sales, client):
        rows += [[name if i == 0 else "", f"{s.day:%d.%m.%Y}", s.product, ru(s.amount)] for i, s in enumerate(mine)]
    return Made("csv", text(rows), answer(sales))


@kind("groups and months across", 6)
def grouped_and_crossed(rng, n):
    sales = history(rng)
    months = sorted({s.day.month for s in sales})
    rows = [["Контрагент / Номенклатура"] + [f"{MONTHS[m - 1]} 2026" for m in months] + ["Итого"]]
    for level, name, part in grouped(sales, [client, product]):
        cells = [total([s for s in part if s.day.month == m]) / 100 or None for m in months]
        rows.append((Look(outline=level, indent=level), [name] + cells + [total(part) / 100]))
    rows.append(["Итого"] + [total([s for s in sales if s.day.month == m]) / 100 for m in months] +
                [total(sales) / 100])
    return Made("xlsx", book([("Лист1", rows)]), answer([s._replace(day=s.day.replace(day=1)) for s in sales]))


@kind("a group whose sum lies", 6, must="refused")
def lying_group(rng, n):
    sales = history(rng)
    tree = grouped(sales, SHAPES[n % 2][0])
    rows = [["Контрагент / Документ" if n % 2 == 0 else SHAPES[1][1], "Сумма"]]
    at = rng.choice([i for i, t in enumerate(tree) if t[0] == 0])
    rows += [(Look(outline=level), [name, (total(part) + (5000 if i == at else 0)) / 100])
             for i, (level, name, part) in enumerate(tree)]
    return Made("xlsx", book([("Лист1", rows)]), None)


@kind("groups eight deep", 2, must="refused")
def eight_deep(rng, n):
    sales = history(rng, 12)
    rows = [["Контрагент", "Сумма"]]
    for s in sales:
        rows += [(Look(outline=level), [f"{s.client if level == 0 else 'Уровень ' + str(level)}",
                                        money(s)]) for level in range(7)]
        rows.append((Look(outline=7), [document(s), money(s)]))
    return Made("xlsx", book([("Лист1", rows)]), None)


@kind("levels that change in the middle", 3, must="refused")
def levels_change(rng, n):
    sales = history(rng)
    half = grouped(sales[:20], [client, product, document]) + grouped(sales[20:], [client, document])
    rows = [["Контрагент", "Сумма"]] + [(Look(outline=level), [name, total(part) / 100]) for level, name, part in half]
    return Made("xlsx", book([("Лист1", rows)]), None)


# ---- too much of it ----

@kind("a merged cell over everything", 1, must="refused")
def merged_all(rng, n):
    return Made("xlsx", book([("Лист1", [["Продажи за год"]])], merged=["A1:XFD1048576"]), None)


@kind("16,384 columns", 1, must="refused")
def too_wide(rng, n):
    head = ["Клиент"] + [f"{MONTHS[i % 12]} {2000 + i // 12 % 90}"
                         for i in range(1079)] + [f"к{i}" for i in range(15304)]
    return Made("xlsx", book([("Лист1", [head, ["Лавка"] + [1] * 16383])]), None)
