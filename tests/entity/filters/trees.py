"""Conditions by lot, of everything that the program tells of itself: each field with each operator, each list and each
field that points anywhere, and trees of them."""

DAYS = ["0", "-1", "-14", "today-2 w", "month.start", "month.start-1 m", "week.start", "week.end - 7 d",
        "quarter.start-1 d", "year.start", "year.end"]
SUMS = ("money", "qty", "int")


class Trees:
    def __init__(self, truth, dice):
        self.truth, self.dice = truth, dice
        self.entities = [e for e in truth.fields if e not in truth.above and len(truth.rows.get(e, [])) > 1]

    # ---- names ----

    def steps_from(self, entity):
        """[(step, entity it comes to)]"""
        found = [("parent", self.truth.above[entity])] if entity in self.truth.above else []
        for name, field in self.truth.fields[entity].items():
            if field["type"] == "ref" and field.get("to") in self.truth.fields and name != "id":
                found.append((name, field["to"]))
            if field["type"] == "link":
                found += [(f"{name}:{to}", to) for to in field["of"] if to in self.truth.fields]
        return [(step, to) for step, to in found if self.truth.above.get(to, to) in self.truth.sight]

    def way(self, entity, most=3):
        steps = []
        while len(steps) < most and self.dice.random() < 0.45 and self.steps_from(entity):
            step, entity = self.dice.choice(self.steps_from(entity))
            steps.append(step)
        return steps, entity

    def backs(self, entity):
        """Which fields anywhere point at the entity."""
        return [f"<{other}.{name}" for other, fields in self.truth.fields.items()
                if self.truth.above.get(other, other) in self.truth.sight
                for name, f in fields.items() if f.get("to") == entity and f["type"] == "ref" and name != "id"
                or f["type"] == "link" and entity in f["of"]]

    def many(self, entity):
        """A name of rows, and their entity; None where there are none."""
        steps, end = self.way(entity, 2)
        names = list(self.truth.lists.get(end, {})) if end in self.truth.sight else []
        names = [(".".join(steps + [n]), self.truth.lists[end][n]) for n in names]
        names += [(".".join(steps) + b, b[1:].split(".")[0]) for b in self.backs(end)]
        return self.dice.choice(names) if names else None

    # ---- values ----

    def literal(self, entity, field):
        """One that stands somewhere, or one of another row's."""
        values = [r.get(field["name"]) for r in self.truth.rows[entity].values()]
        values = [v for v in values if v not in (None, "")]
        if field["type"] == "bool":
            return self.dice.choice([True, False])
        return self.dice.choice(values) if values else None

    def like(self, entity, field):
        """The path of another field of the same kind."""
        steps, end = self.way(entity)
        names = [n for n, f in self.truth.fields[end].items()
                 if f["type"] == field["type"] and f["type"] != "bool" and f.get("to") == field.get("to")
                 and f["type"] != "choice"]
        return ".".join(steps + [self.dice.choice(names)]) if names else None

    def form(self, at, entity, field, op, outer):
        """A value that is no literal; None where none fits."""
        kind, dice = field["type"], self.dice
        if field.get("to") == "user" and op in ("is", "is_not", "in") and dice.random() < 0.5:
            return dice.choice([{"me": 1}, {"team": 1}])
        if kind in ("day", "moment") and dice.random() < 0.6:
            if kind == "moment" and op in ("from", "to") and dice.random() < 0.5:
                return {"now": dice.choice(["0", "-4 h", "-1 d", "30 min"])}
            return {"day": dice.choice(DAYS)}
        if op not in ("is", "is_not", "from", "to") or kind == "bool":
            return None
        around = outer and dice.random() < 0.5
        path = self.like(outer if around else at, field)
        return path and {"row" if around else "field": path}

    def one(self, at, entity, field, op, outer):
        if self.dice.random() < 0.3 and (made := self.form(at, entity, field, op, outer)):
            return made
        value = self.literal(entity, field)
        if field["type"] == "moment" and value and self.dice.random() < 0.4:
            return value[:10]
        if op in ("has", "starts") and value:
            value = value[:self.dice.randrange(1, 5)].strip() if op == "starts" else value[-3:].strip()
        return value

    # ---- leaves ----

    def compared(self, at, entity, field, op, outer, node):
        """The leaf with a value; None where there is none to be had."""
        node["op"] = op
        if op in ("empty", "not_empty"):
            return node
        if op == "of":
            return {**node, "value": self.dice.choice(field["of"])}
        if op == "in":
            values = [self.one(at, entity, field, op, None) for _ in range(self.dice.randrange(4))]
            return {**node, "value": [v for v in values if v is not None and not (
                isinstance(v, dict) and set(v) & {"field", "row"})]}
        value = self.literal(entity, field) if op == "under" else self.one(at, entity, field, op, outer)
        return None if value is None or value == "" else {**node, "value": value}

    def leaf(self, entity, outer=None):
        steps, end = self.way(entity)
        field = self.dice.choice([f for f in self.truth.fields[end].values()])
        ops = self.ops(field)
        return self.compared(entity, end, field, self.dice.choice(ops), outer,
                             {"field": ".".join(steps + [field["name"]])})

    @staticmethod
    def ops(field):
        if "filter" in field:
            return field["filter"]
        return ["is", "is_not", "in", "empty", "not_empty"] + ["from", "to"] * (field["type"] == "moment")

    def figure(self, entity, outer=None, depth=2, kind=None, named=None):
        found = named or self.many(entity)
        if not found:
            return None
        name, rows = found
        kind = kind or self.dice.choice(["some", "none", "count", "sum"])
        where = [n for n in (self.tree(rows, entity, depth - 1) for _ in range(self.dice.randrange(3))) if n]
        node = {kind: name, **({"where": where} if where else {})}
        if kind in ("some", "none"):
            return node
        op = self.dice.choice(["is", "is_not", "from", "to"])
        if kind == "count":
            return {**node, "op": op, "value": self.dice.randrange(4)}
        summed = [f for f in self.truth.fields[rows].values() if f["type"] in SUMS]
        if not summed:
            return None
        field = self.dice.choice(summed)
        node[kind] = f"{name}.{field['name']}"
        value = self.literal(rows, field)
        return None if value is None else {**node, "op": op, "value": value}

    def tree(self, entity, outer=None, depth=2):
        lot = self.dice.random()
        if depth > 0 and lot < 0.35:
            parts = [n for n in (self.tree(entity, outer, depth - 1) for _ in range(self.dice.randrange(4))) if n]
            return {"all" if lot < 0.18 else "any": parts}
        if depth > 0 and lot < 0.45:
            inner = self.tree(entity, outer, depth - 1)
            return inner and {"not": inner}
        if depth > 0 and lot < 0.6:
            return self.figure(entity, outer, depth)
        return self.leaf(entity, outer)

    # ---- everything once ----

    def each(self):
        """(entity, tree): every field with every operator, here and over a step; every list and what points here."""
        for entity in self.entities:
            if entity not in self.truth.sight:
                continue
            for steps, end in [([], entity)] + [([s], to) for s, to in self.steps_from(entity)]:
                for field in self.truth.fields[end].values():
                    for op in self.ops(field):
                        yield entity, self.compared(entity, end, field, op, None,
                                                    {"field": ".".join(steps + [field["name"]])})
            for name, child in self.truth.lists[entity].items():
                for kind in ("some", "none", "count", "sum"):
                    yield entity, self.figure(entity, kind=kind, named=(name, child))
            for name in self.backs(entity):
                for kind in ("some", "none", "count", "sum"):
                    yield entity, self.figure(entity, kind=kind, named=(name, name[1:].split(".")[0]))
