#!/usr/bin/python3
"""An independent answer to `sbyt analyze --json`, written from the words of the promise and not from the program: exact
fractions, plain lists.

  oracle.py FILE [--columns client=A,date=B,...] [--returns net|ignore] [--as-of DAY] [--abc 80,95] [--xyz 10,25]
  [--period FROM..TO]
            [--delimiter X] [--day-first] [--decimal-comma]

Columns are named or counted from 1.  The file is UTF-8 CSV with a header (or --no-header), numbers with a point, days
as yyyy-mm-dd in front of anything else, unless the options say otherwise: recognising is not what is checked here."""
import argparse
import csv
import datetime
import math
import sys
import unicodedata
from collections import Counter
from fractions import Fraction

REASONS = ["no_client", "no_date", "bad_date", "no_amount", "bad_amount", "zero_price", "zero_amount", "zero_quantity"]


def half_away(x):
    """A Fraction as the nearest whole number, a half away from zero."""
    n = math.floor(abs(x) + Fraction(1, 2))
    return -n if x < 0 else n


def money(m):
    return f'"{"-" if m < 0 else ""}{abs(m) // 100}.{abs(m) % 100:02d}"'


def scaled(n, places=6):
    sign = "-" if n < 0 else ""
    n = abs(n)
    return f"{sign}{n // 10 ** places}.{n % 10 ** places:0{places}d}"


def share(part, whole):
    return scaled(half_away(Fraction(part * 100 * 10 ** 6, whole)) if whole else 0)


def text(s):
    out = ['"']
    for c in s:
        if c in '"\\':
            out.append("\\" + c)
        elif c in "\n\r\t\b\f":
            out.append({"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}[c])
        elif ord(c) < 32:
            out.append(f"\\u{ord(c):04x}")
        else:
            out.append(c)
    return "".join(out) + '"'


def dump(v):
    """Compact JSON; numbers and money come as ready text in a tuple."""
    if isinstance(v, tuple):
        return v[0]
    if isinstance(v, dict):
        return "{" + ",".join(text(k) + ":" + dump(x) for k, x in v.items()) + "}"
    if isinstance(v, list):
        return "[" + ",".join(map(dump, v)) + "]"
    return text(v) if isinstance(v, str) else str(v)


class Line:
    __slots__ = ("client", "document", "product", "day", "amount", "back")

    def __init__(self, client, document, product, day, amount, back):
        self.client, self.document, self.product = client, document, product
        self.day, self.amount, self.back = day, amount, back


def number_of(cell, comma):
    cell = cell.strip()
    if comma:
        cell = cell.replace(",", ".")
    try:
        return Fraction(cell)
    except (ValueError, ZeroDivisionError):
        return None


def day_of(cell, day_first):
    cell = cell.strip()
    try:
        if day_first:
            d, m, y = cell[:10].split(".")
            return datetime.date(int(y), int(m), int(d))
        if len(cell) == 8 and cell.isdigit():
            return datetime.date(int(cell[:4]), int(cell[4:6]), int(cell[6:8]))
        return datetime.date(int(cell[:4]), int(cell[5:7]), int(cell[8:10]))
    except ValueError:
        return None


def rows_of(path, o):
    with open(path, encoding="utf-8-sig", newline="") as f:
        if o.delimiter == " ":
            rows = [line.split() for line in f.read().splitlines() if line.strip()]
        else:
            rows = [r for r in csv.reader(f, delimiter=o.delimiter) if r]
    head = [] if o.no_header else rows.pop(0)
    return head, rows


def columns_of(o, head):
    named = {}
    for part in o.columns.split(","):
        what, column = part.split("=", 1)
        named[what] = head.index(column) if column in head else int(column) - 1
    return named


def marked(cell):
    """A cell of the return column says yes; these histories know few words for it."""
    return cell.lower() in ("1", "yes", "да", "возврат")


def amount_of(cell, at, o):
    """(exact amount, it is a return by its sign, reason to skip)."""
    def number(what):
        return number_of(cell(what), o.decimal_comma)

    if "amount" in at:
        if not cell("amount"):
            return None, False, "no_amount"
        amount, quantity = number("amount"), number("quantity") if "quantity" in at else None
        if amount is None:
            return None, False, "bad_amount"
        return amount, amount < 0 or (quantity or 0) < 0, "zero_amount" if amount == 0 else None
    if not cell("price") or not cell("quantity"):
        return None, False, "no_amount"
    price, quantity = number("price"), number("quantity")
    if price is None or quantity is None:
        return None, False, "bad_amount"
    zero = "zero_price" if price == 0 else "zero_quantity" if quantity == 0 else None
    return price * quantity, price < 0 or quantity < 0, zero


def line_of(cell, at, o):
    """A row as a line, or the first reason why it is none."""
    client = cell("client")
    if o.point_zero and client.endswith(".0"):
        client = client[:-2]
    if not client:
        return None, "no_client"
    if not cell("date"):
        return None, "no_date"
    day = day_of(cell("date"), o.day_first)
    if not day:
        return None, "bad_date"
    amount, back, reason = amount_of(cell, at, o)
    if reason:
        return None, reason
    minor = half_away(amount * 100)
    if back or marked(cell("return")):
        return Line(client, cell("document"), cell("product"), day, -abs(minor), True), None
    return Line(client, cell("document"), cell("product"), day, minor, False), None


def read_lines(path, o):
    head, rows = rows_of(path, o)
    at = columns_of(o, head)
    skipped, lines = Counter(), []

    def cell(row, what):
        return row[at[what]].strip() if what in at and at[what] < len(row) else ""

    for row in rows:
        line, reason = line_of(lambda what: cell(row, what), at, o)
        if reason:
            skipped[reason] += 1
        else:
            lines.append(line)
    return len(rows), lines, skipped, at


def month_of(day):
    return day.year * 12 + day.month - 1


def month_name(m):
    return f"{m // 12:04d}-{m % 12 + 1:02d}"


def first_of(m):
    return datetime.date(m // 12, m % 12 + 1, 1)


def ordered(totals):
    """Names from the largest down, equal ones as they first appeared (Python's sort is stable, dicts keep the
    order)."""
    return sorted(totals, key=lambda name: -totals[name])


def abc(totals, cuts):
    positive = sum(v for v in totals.values() if v > 0)
    before, out = 0, {}
    for name in ordered(totals):
        v = totals[name]
        if v <= 0:
            out[name] = "C"
        else:
            out[name] = "A" if before * 100 < cuts[0] * positive else "B" if before * 100 < cuts[1] * positive else "C"
            before += v
    return out, positive


def abc_json(totals, cuts, word):
    classes, positive = abc(totals, cuts)
    rows = []
    for c in "ABC":
        members = [n for n in totals if classes[n] == c]
        revenue = sum(totals[n] for n in members)
        rows.append({"class": c, word: len(members), word + "_share": (share(len(members), len(totals)),),
                     "revenue": (money(revenue),), "revenue_share": (share(revenue, positive),)})
    return rows


def plain(x):
    """A cut as it is written in JSON."""
    return (str(x.numerator) if x.denominator == 1 else f"{float(x):f}".rstrip("0"),)


def quantile_cuts(values):
    v = sorted(values)
    cuts = []
    for k in (1, 2, 3, 4):
        place = Fraction(k * (len(v) - 1), 5)
        low = math.floor(place)
        cuts.append(v[low] + (place - low) * (v[min(low + 1, len(v) - 1)] - v[low]))
    return cuts


def scores(values):
    """name -> 1 + how many cuts are exceeded."""
    if not values:
        return {}
    cuts = quantile_cuts(values.values())
    return {n: 1 + sum(v > c for c in cuts) for n, v in values.items()}


def median(values):
    v = sorted(values)
    middle = len(v) // 2
    return v[middle] if len(v) % 2 else (v[middle - 1] + v[middle]) / 2


def xyz_class(months, cuts):
    mean = Fraction(sum(months), len(months))
    if mean <= 0:
        return "Z"
    squared = sum((Fraction(m) - mean) ** 2 for m in months) / len(months) / mean ** 2
    return "X" if squared * 10000 <= cuts[0] ** 2 else "Y" if squared * 10000 <= cuts[1] ** 2 else "Z"


def as_read(name):
    """What people tell clients by: capitals, Ё and Е, blanks of any kind and number make no difference, nor do
    invisible letters, or a letter that is written apart from its mark."""
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen).split()).lower().replace("ё", "е")


def analyze(path, o):
    total_rows, lines, skipped, at = read_lines(path, o)
    used = len(lines)  # a dropped return is a row that was understood
    if o.returns == "ignore":
        lines = [l for l in lines if not l.back]
    cut_abc = [Fraction(c) for c in o.abc.split(",")]
    cut_xyz = [Fraction(c) for c in o.xyz.split(",")]
    begin, end = (datetime.date.fromisoformat(d) if d else None
                  for d in (o.period.split("..") if o.period else ("", "")))
    ever = [l for l in lines if not end or l.day <= end]
    if not ever:
        raise ValueError("not one row up to the end of the period: refused")
    spelled = {}
    for l in ever:
        l.client = spelled.setdefault(as_read(l.client), l.client)  # as it stood first
    begin = begin or min(l.day for l in lines)
    end = end or max(l.day for l in lines)
    as_of = datetime.date.fromisoformat(o.as_of) if o.as_of else max(l.day for l in ever) + datetime.timedelta(1)
    within = [l for l in ever if l.day >= begin]

    def document(l):
        return l.document or (l.client, l.day)

    totals, product_totals = {}, {}
    for l in within:
        totals[l.client] = totals.get(l.client, 0) + l.amount
        if "product" in at and l.product:
            product_totals[l.product] = product_totals.get(l.product, 0) + l.amount
    everybody = list(dict.fromkeys(l.client for l in ever))
    totals = {c: totals[c] for c in everybody if c in totals}
    bought = [l for l in within if not l.back]
    classes, positive = abc(totals, cut_abc)
    documents = {}
    for l in bought:
        documents.setdefault(l.client, set()).add(document(l))
    days = {}
    for l in ever:
        if not l.back:
            days.setdefault(l.client, set()).add(l.day)

    # XYZ. Before the first sale of all nobody could buy: such months do not count, nor does a part of the month it was
    # in, unless the
    # period itself begins in that month and so says that it is whole.
    # Months of the future do not count either: those that begin on the day looked from or later, and, where that day is
    # named, the one
    # it lies in, unless its last day has a row.
    latest = max(l.day for l in ever)
    reached = month_of(as_of - datetime.timedelta(1))
    if o.as_of and month_of(as_of) == reached and latest != first_of(reached + 1) - datetime.timedelta(1):
        reached -= 1
    known = min(l.day for l in ever)
    judged = begin if begin >= known or month_of(begin) == month_of(known) else known
    months = [m for m in range(month_of(judged), min(month_of(end), reached) + 1)
              if first_of(m) >= judged and first_of(m + 1) - datetime.timedelta(1) <= end]
    table, buys = {}, set()
    for l in within:
        if month_of(l.day) in months:
            table.setdefault(l.client, dict.fromkeys(months, 0))[month_of(l.day)] += l.amount
            if not l.back:
                buys.add(l.client)
    steady = {c: xyz_class(list(table[c].values()), cut_xyz) for c in everybody if c in buys}
    reserve = {c: max(table[c].values()) - half_away(Fraction(sum(table[c].values()), len(months))) for c in steady}

    # RFM
    f = {c: len(documents[c]) for c in everybody if c in documents}
    r = scores({c: (as_of - max(days[c])).days for c in f})
    fs, ms = scores(f), scores({c: totals[c] for c in f})
    cells = {}
    for c in f:
        cells.setdefault((6 - r[c], fs[c], ms[c]), []).append(c)

    # status
    rhythm = {c: Fraction((max(d) - min(d)).days, len(d) - 1) for c, d in days.items() if len(d) >= 2}
    usual = median(rhythm.values()) if rhythm else 30
    status = {}
    for c in everybody:
        if c not in days:
            status[c] = "potential"
            continue
        t, p = (as_of - max(days[c])).days, rhythm.get(c, usual)
        status[c] = ("new" if len(days[c]) == 1 and t <= 30 else "active" if t <= p else "slipping" if t <= 2 * p
                     else "at_risk" if t <= 3 * p else "lost")

    largest = sorted((v for v in totals.values() if v > 0), reverse=True)
    n = len(largest)
    rising = largest[::-1]
    gini = Fraction(2 * sum((i + 1) * v for i, v in enumerate(rising)) - (n + 1) * positive, n * positive) if n else 0
    hhi = sum(Fraction(100 * v, positive) ** 2 for v in largest) if n else 0
    fifth = [totals[c] for c in ordered(totals)][:math.ceil(Fraction(len(totals), 5))]

    first_month = Counter(month_of(min(d)) for d in days.values())
    lost_month = Counter(month_of(max(days[c])) for c in days if status[c] == "lost")
    rows = []
    for m in range(month_of(begin), month_of(end) + 1):
        here = [l for l in within if month_of(l.day) == m]
        rows.append({"month": month_name(m), "revenue": (money(sum(l.amount for l in here)),),
                     "documents": len({document(l) for l in here if not l.back}),
                     "clients": len({l.client for l in here if not l.back}),
                     "new": first_month[m], "lost": lost_month[m]})

    def revenue_of(names):
        return (money(sum(totals.get(c, 0) for c in names)),)

    return {
        "source": {
            "rows": total_rows, "used": used,
            "skipped": [{"reason": k, "rows": skipped[k]} for k in REASONS if skipped[k]]
        },
        "period": {"from": str(begin), "to": str(end), "as_of": str(as_of)},
        "total": {
            "revenue": (money(sum(l.amount for l in within)), ), "clients": len(totals),
            "documents": len({document(l)
                              for l in bought}), "lines": len(within), "products": len(product_totals)
        },
        "abc": {"cuts": [plain(c) for c in cut_abc], "classes": abc_json(totals, cut_abc, "clients")},
        "products_abc": {"cuts": [plain(c) for c in cut_abc], "classes": abc_json(product_totals, cut_abc, "products")},
        "pareto": {"top_20_percent_revenue_share": (share(sum(v for v in fifth if v > 0), positive), )},
        "xyz": {
            "cuts": [plain(c) for c in cut_xyz], "months": len(months), "classes": [{
                "class": k, "clients": sum(v == k
                                           for v in steady.values()), "revenue": revenue_of(c
                                                                                            for c in steady
                                                                                            if steady[c] == k)
            }
                                                                                    for k in "XYZ"]
        },
        "abc_xyz": [{
            "abc": a, "xyz": x, "clients": len(here), "revenue": revenue_of(here),
            "reserve": (money(sum(reserve[c] for c in here)), )
        } for a in "ABC" for x in "XYZ" for here in [[c for c in steady if classes[c] == a and steady[c] == x]]],
        "rfm": {
            "cells": [{"r": k[0], "f": k[1], "m": k[2], "clients": len(cells[k]), "revenue": revenue_of(cells[k])}
                      for k in sorted(cells, reverse=True)]
        },
        "status": [{"status": s, "clients": len(here), "revenue": revenue_of(here)}
                   for s in ("active", "new", "slipping", "at_risk", "lost", "potential")
                   for here in [[c for c in everybody if status[c] == s]]],
        "concentration": {
            "top1_client": next((c for c in ordered(totals) if totals[c] > 0), ""),
            "top1_share": (share(sum(largest[:1]), positive), ), "top10_share": (share(sum(largest[:10]), positive), ),
            "hhi": (scaled(half_away(hhi * 10**6)), ), "gini": (scaled(half_away(gini * 10**6)), )
        },
        "months": rows,
    }


def options(arguments):
    p = argparse.ArgumentParser()
    p.add_argument("file")
    p.add_argument("--columns", default="client=client,date=date,amount=amount")
    p.add_argument("--returns", default="net")
    p.add_argument("--as-of")
    p.add_argument("--abc", default="80,95")
    p.add_argument("--xyz", default="10,25")
    p.add_argument("--period")
    p.add_argument("--delimiter", default=",")
    p.add_argument("--no-header", action="store_true")
    p.add_argument("--day-first", action="store_true")
    p.add_argument("--decimal-comma", action="store_true")
    p.add_argument("--point-zero", action="store_true", help="numbers of clients are written 17850.0 and mean 17850")
    return p.parse_args(arguments)


def answer(arguments):
    o = options(arguments)
    return dump(analyze(o.file, o)) + "\n"


if __name__ == "__main__":
    sys.stdout.write(answer(sys.argv[1:]))
