"""Who bought: namesakes, and numbers that spreadsheets have spoilt."""
from hidden import answer, history
from kinds import Made, kind
from written import ru, text

INNS = ["7707083893", "0278110422", "7728168971", "5024002119", "7736050003", "2310031475", "031245009890"]


@kind("namesakes with different tax numbers", 4)
def namesakes(rng, n):
    sales = history(rng)
    number = {c: INNS[i % len(INNS)] for i, c in enumerate(sorted({s.client for s in sales}))}
    spoil = [lambda i: i, lambda i: i.lstrip("0"), lambda i: f"{i} / 770701001" if len(i) == 10 else i,
             lambda i: f"'{i}"][n]
    rows = [["Клиент", "ИНН", "Дата", "Сумма"]]
    for k, s in enumerate(sales):
        inn = number[s.client]
        rows.append(["ООО «Луч»" if k % 3 else "Луч ООО", spoil(inn) if k % 2 else inn, f"{s.day:%d.%m.%Y}",
                     ru(s.amount)])
    return Made("csv", text(rows), answer(sales))
