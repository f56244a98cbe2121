"""A small firm of records drawn by lot: few values that come again and again, and many that are empty.

Entities and their fields are those the program tells of itself; everything is made through the API."""

TEXTS = ["Омск", "омск", "Ёлка", "елка", "100%", "a_b", "axb", "Новая  улица", "Пермь-2"]
NUMBERS = {
    "money": ["0.00", "12.50", "-3.01", "100000.00"], "price": ["0.5", "12.000001", "7"],
    "qty": ["1", "0.125", "-2.5"], "ratio": ["0.1", "0.25", "1"], "degree": ["55.75", "-12.000001"],
}
SPANS, RHYTHMS = ["3 wd", "14 d", "30 min"], ["daily 17:00", "workdays 08:00", "weekly mon,thu 09:00"]
DAYS = ["2025-12-31", "2026-01-01", "2026-02-18", "2026-02-27", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"]
MOMENTS = ["2026-03-03T20:59:59.999Z", "2026-03-03T21:00:00.000Z", "2026-03-04T05:00:00.000Z",
           "2026-03-04T09:00:00.000Z", "2026-02-01T00:00:00.000Z"]
# How many of each; what is not named here is left as the program has it.
MADE = {"unit": 5, "source": 3, "channel": 3, "product_group": 6, "product": 9, "person": 9, "client": 16, "sale": 36}
APART = ("view", "attachment", "file")  # lists that are told of one place or record at a time: not asked about here
OWN = ["text", "int", "bool", "money", "price", "qty", "ratio", "degree", "day", "moment", "choice", "ref"]


class Firm:
    def __init__(self, ask, dice):
        self.ask, self.dice, self.n = ask, dice, 0
        self.ids = {}
        self.own_fields()
        self.meta = {e["name"]: e for e in ask.well("owner", "GET", "/api/meta")["entities"]}

    def own_fields(self):
        """One of each type there is: so every type is asked for, whatever the program's own fields are."""
        for kind in OWN:
            more = {"choice": {"options": [["да", "yes"], ["нет", "no"]]}, "ref": {"to": "product"}}.get(kind, {})
            self.ask.well("owner", "POST", "/api/field",
                          {"entity": "client", "type": kind, "label_ru": kind, "label_en": kind,
                           "find": kind == "text", **more})

    # ---- values ----

    def unique(self):
        self.n += 1
        return f"{self.dice.choice(TEXTS)} {self.n}"

    def special(self, entity, field):
        """What a field needs that its type does not say."""
        name = field["name"]
        if name == "email":
            return f"u{self.dice.randrange(5)}@example.ru"
        if name == "number" and "phone" in entity:
            return f"+7999{self.dice.randrange(10):07d}"
        if name in ("inn", "kpp"):
            return None
        return self.unique() if field.get("unique") else ...

    def value(self, entity, field):
        made = self.special(entity, field)
        if made is not ...:
            return made
        if not field.get("required") and self.dice.random() < 0.3:
            return None
        return self.drawn(entity, field)

    def drawn(self, entity, field):
        kind, dice = field["type"], self.dice
        if kind == "text":
            return dice.choice(TEXTS)[:field.get("max", 200)].strip()
        if kind in NUMBERS:
            return dice.choice(NUMBERS[kind])
        if kind == "choice":
            keys = [o["key"] for o in field["options"]]
            return dice.choice([k for k in keys if k != "archive"])
        if kind == "ref":
            return dice.choice(self.ids.get(field["to"]) or [None])
        if kind == "link":
            return self.linked(field)
        return dice.choice({"int": [0, 1, 7, -5], "bool": [True, False], "day": DAYS, "moment": MOMENTS,
                            "rhythm": RHYTHMS, "span": SPANS}[kind])

    def linked(self, field):
        to = self.dice.choice([e for e in field["of"] if self.ids.get(e)] or [None])
        return f"{to}:{self.dice.choice(self.ids[to])}" if to else None

    def row(self, entity, fields):
        row = {f["name"]: self.value(entity, f) for f in fields if not f.get("by_rule")}
        return {name: value for name, value in row.items() if value is not None}

    def signed(self, line, sign):
        """A return has quantities and amounts below zero, a sale above."""
        line.update(qty=str(sign * self.dice.choice([1, 2, 12])), amount=f"{sign * self.dice.randrange(1, 5) * 100}.00")

    # ---- records ----

    def make(self, entity, **more):
        meta = self.meta[entity]
        body = {**self.row(entity, meta["fields"]), **more}
        for child in meta["children"]:
            body[child["name"]] = [self.row(child["entity"], child["fields"]) for _ in range(self.dice.randrange(4))]
        for line in body.get("lines", []):
            self.signed(line, -1 if body["kind"] == "return" else 1)
        made = self.ask.well("owner", "POST", f"/api/{entity}", body)
        self.ids.setdefault(entity, []).append(made["id"])
        return made["id"]

    def fill(self, people):
        self.ids["user"] = people
        for entity, n in MADE.items():
            for _ in range(n):
                self.make(entity)
        for entity in ("person", "product", "client", "sale"):
            for gone in self.dice.sample(self.ids[entity], 3):
                self.ask.well("owner", "POST", f"/api/{entity}/{gone}/archive", {})

    # ---- as they stand ----

    def rows(self):
        """{entity: {id: row}} of everything, archived or not, children too (with _parent)."""
        found = {}
        for entity, meta in self.meta.items():
            if entity in APART:
                continue
            ids = [row["id"] for archived in ("false", "true")
                   for row in self.ask.well("owner", "GET", f"/api/{entity}", limit=200, archived=archived)["items"]]
            found[entity] = {n: self.ask.well("owner", "GET", f"/api/{entity}/{n}") for n in ids}
            for child in meta["children"]:
                kept = found.setdefault(child["entity"], {})
                for row in found[entity].values():
                    for inner in row.get(child["name"], []):
                        kept[inner["id"]] = {**inner, "_parent": row["id"]}
        return found
