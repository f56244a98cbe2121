"""Deals of a funnel and orders of a shop: what was lost, is open or cancelled is no sale."""
from hidden import answer, history
from kinds import Made, kind
from written import ru, text

STATES = [("Этап сделки", "Успешно реализовано", ["Переговоры", "Первичный контакт"], "Закрыто и не реализовано"),
          ("Стадия сделки", "Сделка успешна", ["В работе", "Подготовка документов"], "Сделка провалена"),
          ("Status", "Closed Won", ["Negotiation", "Proposal"], "Closed Lost")]
CANCELLED = [("Статус", ["Доставлен", "Собирается"], "Отменён"), ("Состояние", ["Выполнен"], "Аннулирован"),
             ("Order Status", ["Completed", "Shipped"], "Cancelled")]


def in_states(rng, name, states, kept):
    sales = [(s, states[k % len(states)]) for k, s in enumerate(history(rng, year=2025))]
    rows = [[s.client, f"{s.day:%d.%m.%Y}", ru(s.amount), state] for s, state in sales]
    right = answer([s for s, state in sales if kept(state)])
    return Made("csv", text([["Клиент", "Дата", "Сумма", name]] + rows), right)


@kind("deals won, lost and open", 6)
def deals(rng, n):
    name, won, still, lost = STATES[n % 3]
    return in_states(rng, name, [won, won] + still + ([lost] if n > 2 else []), lambda state: state == won)


@kind("orders, some of them cancelled", 3)
def orders(rng, n):
    name, sold, cancelled = CANCELLED[n]
    return in_states(rng, name, sold + sold + [cancelled], lambda state: state != cancelled)


@kind("orders all of which were cancelled", 1, must="told")
def nothing_left(rng, n):
    """All of them or none: nobody sends a file of which nothing is meant."""
    return in_states(rng, "Статус", ["Отменён"], lambda state: False)._replace(answer=None)


@kind("orders some of which came back", 2, must="told")
def came_back(rng, n):
    """What came back may have been paid back in a row of its own, or not: the file does not say."""
    states = ["Доставлен", "Доставлен", "Возврат"] + ["Отменён"] * n
    return in_states(rng, "Статус", states, lambda state: False)._replace(answer=None)
