"""Groups of lists by lot, reckoned a second time: which records fall into which group, what each sum comes to, and that
a group opens to exactly its records.  Children are lists as well."""
import collections
import datetime
import decimal
import json

from truth import DAY, DECIMAL, Row, ZONE, moment

PLACES = {"money": 2, "price": 6, "qty": 3, "ratio": 6, "int": 3}
COUNTED = ("money", "qty", "int")
NUMBERED = COUNTED + ("price", "ratio")
STEPS = ("day", "week", "month", "quarter", "year")
SHORT, PAGE, GROUPS = 400, 200, 200


def first_of(step, day):
    if step == "day":
        return day
    if step == "week":
        return day - DAY * day.weekday()
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[step]
    return day.replace(month=month, day=1)


def rounded(value, places):
    return value.quantize(decimal.Decimal(1).scaleb(-places), decimal.ROUND_HALF_UP)


class Groups:
    def __init__(self, truth, dice, trees):
        self.truth, self.dice, self.trees = truth, dice, trees
        self.entities = [e for e in truth.fields
                         if len(truth.rows.get(e, [])) > 1 and truth.above.get(e, e) in truth.sight]

    # ---- questions ----

    def path(self, entity, fits):
        """(path, field) of a field that fits; None where the way ends at none."""
        steps, end = self.trees.way(entity)
        found = [f for f in self.truth.fields[end].values() if fits(f)]
        if not found:
            return None
        field = self.dice.choice(found)
        return ".".join(steps + [field["name"]]), field

    def by(self, entity):
        kinds = ("choice", "bool", "int", "ref", "link", "day", "moment")
        found = self.path(entity, lambda f: f["type"] in kinds or f["type"] == "text" and f.get("max", 200) <= SHORT)
        if not found:
            return None
        stepped = found[1]["type"] in ("day", "moment")
        return found[0], found[1], self.dice.choice(STEPS) if stepped else None

    def sum(self, entity):
        how = self.dice.choice(["count", "sum", "mean", "least", "most", "distinct"])
        takes = {"sum": COUNTED, "mean": NUMBERED, "least": NUMBERED + ("day", "moment"),
                 "most": NUMBERED + ("day", "moment")}.get(how)
        if how == "count" and self.dice.random() < 0.5:
            asked, field = {"how": how}, None
        else:
            found = self.path(entity, lambda f: f["type"] in takes if takes
                              else f["type"] not in ("filter", "rhythm", "span"))
            if not found:
                return None
            asked, field = {"how": how, "path": found[0]}, found[1]
        tree = self.trees.tree(entity, depth=2) if self.dice.random() < 0.4 else None
        return ({**asked, "filter": tree} if tree else asked), field

    def each(self, n):
        """(entity, filter or None, what by, sums)"""
        for _ in range(n):
            entity = self.dice.choice(self.entities)
            by = [b for b in (self.by(entity) for _ in range(self.dice.choice([1, 1, 1, 2, 3]))) if b]
            sums = [s for s in (self.sum(entity) for _ in range(self.dice.randrange(4))) if s]
            tree = self.trees.tree(entity, depth=2) if self.dice.random() < 0.3 else None
            if by:
                yield entity, tree, by, sums

    # ---- by hand ----

    def living(self, entity, tree):
        above = self.truth.above.get(entity)
        if not above:
            return {n: self.truth.rows[entity][n] for n in self.truth.listed(entity, tree or {"all": []})}
        return {n: row for n, row in self.truth.rows[entity].items() if row["_parent"] in self.truth.sight[above]
                and not self.truth.rows[above][row["_parent"]]["archived_at"]
                and self.truth.holds(Row(entity, row), tree or {"all": []})}

    def key(self, entity, row, by):
        path, _, step = by
        field, value = self.truth.value(Row(entity, row), path)
        value = self.truth.normal(field, value)
        if value is None or not step:
            return value
        day = value.astimezone(ZONE).date() if field["type"] == "moment" else datetime.date.fromisoformat(value)
        return first_of(step, day).isoformat()

    def cell(self, entity, rows, asked, field):
        if "filter" in asked:
            rows = [r for r in rows if self.truth.holds(Row(entity, r), asked["filter"])]
        if "path" not in asked:
            return len(rows)
        values = [self.truth.normal(*self.truth.value(Row(entity, r), asked["path"])) for r in rows]
        values = [v for v in values if v is not None]
        how = asked["how"]
        if how in ("count", "distinct"):
            return len(values if how == "count" else set(values))
        if how == "sum":
            return sum(values, decimal.Decimal(0) if field["type"] in DECIMAL else 0)
        if not values:
            return None
        if how == "mean":
            return rounded(decimal.Decimal(sum(values)) / len(values), PLACES[field["type"]])
        return min(values) if how == "least" else max(values)

    def said(self, asked, field, value):
        """A cell of the answer, as `cell` gives it."""
        if value is None or asked["how"] in ("count", "distinct") or field is None:
            return value
        if field["type"] == "int":
            return decimal.Decimal(value) if asked["how"] == "mean" else value
        return decimal.Decimal(value) if field["type"] in DECIMAL else self.truth.normal(field, value)

    def said_key(self, by, value):
        field = {**by[1], "type": "day"} if by[2] else by[1]
        return self.truth.normal(field, value if value != "" else None)

    # ---- the claim ----

    def wrong(self, ask, who, question):
        """What is wrong with the answer to it; None: nothing."""
        entity, tree, by, sums = question
        params = {"by": ",".join(path + (":" + step if step else "") for path, _, step in by),
                  "sums": json.dumps([s for s, _ in sums], ensure_ascii=False)}
        if tree:
            params["filter"] = json.dumps(tree, ensure_ascii=False)
        answer = ask(who, "GET", f"/api/{entity}/group", **params)
        if answer.status != 200:
            return f"{params} {answer.status} {answer.text[:300]}"
        found, rows = answer.json(), self.living(entity, tree)
        groups = collections.defaultdict(list)
        for row in rows.values():
            groups[tuple(self.key(entity, row, b) for b in by)].append(row)
        told = {}
        for item in found["items"]:
            values = [v["value"] for v in item["values"]] if len(by) > 1 else [item["value"]]
            told[tuple(self.said_key(b, v) for b, v in zip(by, values))] = item
        all_told = len(groups) <= GROUPS
        least = min((len(groups[k]) for k in told if k in groups), default=0)
        if not all_told and len(told) == GROUPS and all(len(g) <= least for k, g in groups.items() if k not in told):
            told.update({k: None for k in groups if k not in told})
        counted = found["groups"] == len(groups) and found["all"]["count"] == len(rows)
        if found["more"] == all_told or set(told) != set(groups) or not counted:
            return f"{params} tells {sorted(map(str, told))}, not {sorted(map(str, groups))}"
        told = {k: item for k, item in told.items() if item}
        for key, item in [*told.items(), (None, found["all"])]:
            members = groups[key] if key is not None else list(rows.values())
            cells = [self.said(s, f, v) for (s, f), v in zip(sums, item.get("sums", []))]
            wanted = [self.cell(entity, members, s, f) for s, f in sums]
            if item["count"] != len(members) or cells != wanted:
                return f"{params} {key}: {item['count']} {cells}, not {len(members)} {wanted}"
        return self.opens(ask, who, question, told, groups)

    def opens(self, ask, who, question, told, groups):
        """The list under the filter of a group and of a sum is that group's, and that sum's."""
        entity, tree, _, sums = question
        key, item = self.dice.choice([*told.items()]) if told else (None, None)
        if item is None:
            return None
        parts = ([tree] if tree else []) + [item["filter"]]
        for extra in [None] + [s["filter"] for s, _ in sums if "filter" in s]:
            said = json.dumps({"all": parts + ([extra] if extra else [])}, ensure_ascii=False)
            if len(groups[key]) > PAGE:
                return None
            wanted = {r["id"] for r in groups[key] if not extra or self.truth.holds(Row(entity, r), extra)}
            answer = ask(who, "GET", f"/api/{entity}", filter=said, limit=PAGE)
            if answer.status == 422 and "too_" in answer.text:
                continue  # deeper or longer than a filter may be, as both together
            got = {r["id"] for r in answer.json()["items"]} if answer.status == 200 else answer.text[:300]
            if got != wanted:
                return f"{entity} {said} opens to {got}, not {wanted}"
        return None
