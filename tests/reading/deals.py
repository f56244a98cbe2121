"""Deals of a funnel: won, lost, and still open."""
from hidden import history
from kinds import Made, kind
from written import ru, text

STATES = [("Этап сделки", "Успешно реализовано", ["Переговоры", "Первичный контакт"], "Закрыто и не реализовано"),
          ("Стадия сделки", "Сделка успешна", ["В работе", "Подготовка документов"], "Сделка провалена"),
          ("Status", "Closed Won", ["Negotiation", "Proposal"], "Closed Lost")]


@kind("deals won, lost and open", 6, must="told")
def deals(rng, n):
    """All or the won ones: the file does not say, so what is open is told."""
    name, won, still, lost = STATES[n % 3]
    states = [won, won] + still + ([lost] if n > 2 else [])
    sales = history(rng, year=2025)
    rows = [[s.client, f"{s.day:%d.%m.%Y}", ru(s.amount), states[k % len(states)]] for k, s in enumerate(sales)]
    return Made("csv", text([["Клиент", "Дата", "Сумма", name]] + rows), None)
