"""Days that programs have turned round, days ahead of today, moments of another zone."""
import datetime

from hidden import answer, history
from kinds import Made, kind
from written import book, ru, text

HEAD = ["Клиент", "Дата", "Сумма"]


def turned_day(day):
    """An American Excel takes the day for the month where it can, and leaves a text where it cannot."""
    return datetime.date(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d.%m.%Y}"


@kind("days half turned by an American Excel", 6, must="told")
def turned(rng, n):
    sales = history(rng)
    days = [turned_day(s.day) for s in sales]
    if n % 2:
        written = [d if isinstance(d, str) else f"{d.month}/{d.day}/{d.year}" for d in days]
        rows = [[s.client, d, ru(s.amount)] for s, d in zip(sales, written)]
        return Made("csv", text([HEAD] + rows), None)
    return Made("xlsx", book([("Лист1", [HEAD] + [[s.client, d, s.amount / 100] for s, d in zip(sales, days)])]), None)


@kind("days and texts that are days, none turned", 3)
def mixed(rng, n):
    """Some cells are days and some texts, as people type them: both have days of all kinds."""
    sales = history(rng)
    days = [s.day if rng.random() < 0.5 else f"{s.day:%d.%m.%Y}" for s in sales]
    return Made("xlsx", book([("Лист1", [HEAD] + [[s.client, d, s.amount / 100] for s, d in zip(sales, days)])]),
                answer(sales))


@kind("days ahead of today", 4, must="told")
def ahead(rng, n):
    """A slip of the pen: the right year is not in the file."""
    sales = history(rng, year=2025)
    year = datetime.date.today().year + 2
    slip = sales[rng.randrange(len(sales))] if n % 2 else sales[-1]
    rows = [[s.client, f"{s.day.replace(year=year) if s == slip else s.day:%d.%m.%Y}", ru(s.amount)] for s in sales]
    return Made("csv", text([HEAD] + rows), answer(sales))


@kind("moments of another zone", 4, must="told")
def zoned(rng, n):
    """Sold shortly after midnight in Moscow: in London it is the day before, and for some the month before."""
    sales = history(rng, year=2025)
    sign = ["Z", "+00:00", "-05:00", ".000Z"][n]
    back = datetime.timedelta(hours=8 if n == 2 else 3)
    moments = [datetime.datetime(s.day.year, s.day.month, 1, rng.randint(0, 2), rng.randint(0, 59)) for s in sales]
    rows = [[s.client, f"{m - back:%Y-%m-%dT%H:%M:%S}{sign}", ru(s.amount)] for s, m in zip(sales, moments)]
    return Made("csv", text([HEAD] + rows), answer([s._replace(day=m.date()) for s, m in zip(sales, moments)]))


@kind("moments of the firm's zone", 2)
def at_home(rng, n):
    sales = history(rng, year=2025)
    rows = [[s.client, f"{s.day}T{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:00{['+03:00', ''][n]}", ru(s.amount)]
            for s in sales]
    return Made("csv", text([HEAD] + rows), answer(sales))
