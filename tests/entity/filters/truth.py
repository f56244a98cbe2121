"""What a condition means, reckoned over rows of JSON: it knows nothing of SQL and nothing of how the program does it.

Days are Moscow's, which has no summer time; `now` is the clock of the server."""
import datetime
import decimal
import re

DECIMAL = ("money", "price", "qty", "ratio", "degree")
HEAD = [{"name": "created_at", "type": "moment"},
        {"name": "changed_at", "type": "moment"}, {"name": "created_by", "type": "ref", "to": "user"},
        {"name": "changed_by", "type": "ref", "to": "user"}]
ZONE = datetime.timezone(datetime.timedelta(hours=3))
DAY = datetime.timedelta(days=1)


def folded(text):
    return " ".join(text.lower().replace("ё", "е").split())


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def is_day(text):
    return isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", text)


class Row:
    """A row, of which entity it is, and the row around it."""

    def __init__(self, entity, row, outer=None):
        self.entity, self.row, self.outer = entity, row, outer


class Truth:
    def __init__(self, meta, rows, who, sight, now, team):
        """`sight`: {entity: ids in reach of whoever asks}; entities without a key are no names for him."""
        self.rows, self.who, self.sight, self.team, self.now = rows, who, sight, team, moment(now)
        self.fields, self.lists, self.above, self.tree, self.archive = {}, {}, {}, {}, {"client": "state"}
        for name, entity in meta.items():
            self.fields[name] = {f["name"]: f for f in [{"name": "id", "type": "ref", "to": name}] + HEAD
                                 + entity["fields"]}
            self.lists[name] = {c["name"]: c["entity"] for c in entity["children"]}
            for child in entity["children"]:
                self.fields[child["entity"]] = {f["name"]: f for f in child["fields"]}
                self.above[child["entity"]] = name
            for f in entity["fields"]:
                if "under" in f["filter"]:
                    self.tree[f["to"]] = None
        for name in self.tree:
            self.tree[name] = next(f["name"] for f in meta[name]["fields"] if f.get("to") == name)

    # ---- paths ----

    def seen(self, entity, number):
        return self.rows[entity].get(number) if number in self.sight[self.above.get(entity, entity)] else None

    def step(self, at, name):
        """The row that a step comes to, if it is in sight."""
        entity, row = at
        if name == "parent" and entity in self.above:
            to = self.above[entity]
            return to, row and self.seen(to, row["_parent"])
        name, _, kind = name.partition(":")
        value = row and row.get(name)
        if kind:
            value = int(value.split(":")[1]) if value and value.startswith(kind + ":") else None
        to = kind or self.fields[entity][name]["to"]
        return to, self.seen(to, value) if value else None

    def end(self, at, steps):
        for name in steps:
            at = self.step(at, name)
        return at

    def value(self, row, path):
        """(field, value or None)"""
        steps = path.split(".")
        if steps[-1] == "id" and len(steps) > 1 and steps[-2] != "parent" and ":" not in steps[-2]:
            steps.pop()
        entity, found = self.end((row.entity, row.row), steps[:-1])
        field = self.fields[entity][steps[-1]]
        value = found.get(field["name"]) if found else None
        return field, None if value == "" else value

    # ---- values ----

    def normal(self, field, value):
        kind = field["type"]
        if value is None:
            return None
        if kind in DECIMAL:
            return decimal.Decimal(value)
        if kind == "moment":
            return moment(value)
        return folded(value) if kind == "text" and field.get("find") else value

    def day(self, text):
        """By the words of the day: an anchor, and so much from there."""
        today = self.now.astimezone(ZONE).date()
        anchor, sign, n, unit = re.fullmatch(r"([a-z.]*)\s*([+-]?)\s*(\d*)\s*([a-z]*)", text).groups()
        at = {
            "": today, "today": today, "week.start": today - DAY * today.weekday(),
            "week.end": today + DAY * (6 - today.weekday()), "month.start": today.replace(day=1),
            "year.start": today.replace(month=1, day=1), "year.end": today.replace(month=12, day=31),
            "quarter.start": today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
        }[anchor]
        n = int(n or 0) * (-1 if sign == "-" else 1)
        if unit == "m":
            months = at.year * 12 + at.month - 1 + n
            return at.replace(year=months // 12, month=months % 12 + 1)  # only of days that every month has
        return at + DAY * n * (7 if unit == "w" else 1)

    def given(self, field, form, row):
        """A value of a condition as a set of its meanings: (kind, value)."""
        if not isinstance(form, dict):
            return ("day", form) if field["type"] == "moment" and is_day(form) else ("is", self.normal(field, form))
        (name, what), = form.items()
        link = "user:" if field["type"] == "link" else None
        if name == "me":
            return "is", link + str(self.who) if link else self.who
        if name == "team":
            return "among", {link + str(n) if link else n for n in self.team}
        if name == "day":
            day = self.day(what).isoformat()
            return ("day", day) if field["type"] == "moment" else ("is", day)
        if name == "now":
            n, unit = re.fullmatch(r"(-?\d+) ?(\w*)", what).groups()
            return "is", self.now + int(n) * {"min": DAY / 1440, "h": DAY / 24, "d": DAY, "": DAY}[unit]
        other, value = self.value(row if name == "field" else row.outer, what)
        if not (field.get("find") and other.get("find")):
            field = other = {**other, "find": False}
        return "other", self.normal(other, value)

    def same(self, field, value, given):
        kind, what = given
        if kind == "day":
            return value.astimezone(ZONE).date().isoformat() == what
        return value in what if kind == "among" else value == what

    def beyond(self, op, value, given):
        kind, what = given
        if what is None:
            return False
        if kind == "day":
            value = value.astimezone(ZONE).date().isoformat()
        return value >= what if op == "from" else value <= what

    def below(self, to, top):
        found, left = set(), [top] if top in self.rows[to] else []
        while left:
            at = left.pop()
            if at not in found:
                found.add(at)
                left += [n for n, row in self.rows[to].items() if row[self.tree[to]] == at and n in self.sight[to]]
        return found

    # ---- leaves ----

    def compared(self, field, op, value, node, row):
        if op in ("empty", "not_empty"):
            return (value is None) == (op == "empty")
        if op == "is_not":
            return not self.compared(field, "is", value, node, row)
        if value is None:
            return False
        raw, form = value, node["value"]
        if op == "of":
            return raw.startswith(form + ":")
        if op == "under":
            return raw in self.below(field["to"], form)
        if op == "in":
            return any(self.same(field, self.normal(field, raw), self.given(field, v, row)) for v in form)
        given = self.given(field, form, row)
        if op in ("has", "starts"):
            text = self.normal(field, raw)
            return given[1] in text if op == "has" else text.startswith(given[1])
        if given[0] == "other" and field["type"] == "text":
            both = field.get("find") and self.value(row if "field" in form else row.outer,
                                                    next(iter(form.values())))[0].get("find")
            field = {**field, "find": both}
        if given[0] == "other" and given[1] is None:
            return False
        value = self.normal(field, raw)
        return self.same(field, value, given) if op == "is" else self.beyond(op, value, given)

    # ---- rows that point here ----

    def says_archive(self, entity, nodes):
        """Do the conditions say themselves whether archived ones are meant?"""
        for node in nodes:
            inner = node.get("all", node.get("any", [node["not"]] if "not" in node else []))
            if self.says_archive(entity, inner):
                return True
            value = node.get("value")
            if node.get("field") == self.archive.get(entity) and (value == "archive" or
                                                                  isinstance(value, list) and "archive" in value):
                return True
        return False

    def many(self, row, text, where):
        """(entity, rows) of the list or of what points here."""
        way, arrow, back = text.partition("<")
        steps = way.split(".") if way else []
        name = None if arrow else steps.pop()
        at = (row.entity, row.row)
        if steps and ":" not in steps[-1]:  # the id is all that is needed of the last one
            entity, found = self.end(at, steps[:-1])
            if steps[-1] == "parent":
                to, number = self.above[entity], found and found["_parent"]
            else:
                to, number = self.fields[entity][steps[-1]]["to"], found and found.get(steps[-1])
        else:
            to, found = self.end(at, steps)
            number = found and found["id"]
        if not number:
            return (back.split(".")[0] if arrow else self.lists[to][name]), []
        if not arrow:
            child = self.lists[to][name]
            seen = not steps or number in self.sight[to]
            return child, [r for r in self.rows[child].values() if r["_parent"] == number and seen]
        entity, back = back.split(".")[:2]
        mark = number if self.fields[entity][back]["type"] == "ref" else f"{to}:{number}"
        return entity, [r for r in self.rows[entity].values() if r.get(back) == mark and self.counts(entity, r, where)]

    def counts(self, entity, row, where):
        above = self.above.get(entity, entity)
        record = row if above == entity else self.rows[above][row["_parent"]]
        living = record["archived_at"] is None or (above == entity and self.says_archive(entity, where))
        return living and record["id"] in self.sight[above]

    def figure(self, row, node):
        kind = next(k for k in ("some", "none", "count", "sum") if k in node)
        text, where = node[kind], node.get("where", [])
        summed = None
        if kind == "sum":
            text, _, summed = text.rpartition(".")
        entity, rows = self.many(row, text, where)
        rows = [r for r in rows if all(self.holds(Row(entity, r, row), n) for n in where)]
        if kind in ("some", "none"):
            return bool(rows) == (kind == "some")
        field = self.fields[entity][summed] if summed else {"type": "int"}
        zero = decimal.Decimal(0) if field["type"] in DECIMAL else 0
        value = sum((self.normal(field, r[summed]) for r in rows if r.get(summed) is not None),
                    zero) if summed else len(rows)
        given = self.given(field, node["value"], row)
        if node["op"] in ("is", "is_not"):
            return (given[1] is not None and value == given[1]) == (node["op"] == "is")
        return self.beyond(node["op"], value, given)

    def holds(self, row, node):
        if "all" in node:
            return all(self.holds(row, n) for n in node["all"])
        if "any" in node:
            return any(self.holds(row, n) for n in node["any"])
        if "not" in node:
            return not self.holds(row, node["not"])
        if "field" not in node:
            return self.figure(row, node)
        field, value = self.value(row, node["field"])
        return self.compared(field, node["op"], value, node, row)

    def listed(self, entity, node):
        """The ids that a list shows under the filter."""
        all_living = not self.says_archive(entity, [node])
        return {n for n, row in self.rows[entity].items()
                if n in self.sight[entity] and not (all_living and row["archived_at"])
                and self.holds(Row(entity, row), node)}
