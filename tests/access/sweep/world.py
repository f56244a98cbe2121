"""A firm with people of every role and records of everybody, a mark of its own in every text and every number.

    Центр          the head, who leads Север
    Север          a person of every role that is swept
    Север-2        below it: the mate, whom everybody in Север sees as his team
    Юг             the stranger

Each of them makes his records himself, with every right there is; then he gets the role that is swept."""

import json
import time
import urllib.parse

PASSWORD = "plotina-7-vetrov"
# Whoever sees a reference to one of these sees its title.
KNOWN = ("user", "unit", "role", "source", "channel", "activity_kind", "aim")
SALE_DAY = "2026-02-{:02d}"
LEFT_OUT = object()

# What a field needs to be valid where its type alone does not say it. A row that no field asks for is stale and fails
# the sweep.
FORMS = {
    "user.login": lambda w, mark: mark.lower(),
    "user.email": lambda w, mark: mark + "@example.ru",
    "person.email": lambda w, mark: mark + "@example.ru",
    "user.zone": lambda w, mark: LEFT_OUT,
    "user.role_id": lambda w, mark: w.powerless,
    "client_phone.number": lambda w, mark: w.phone(mark),
    "person_phone.number": lambda w, mark: w.phone(mark),
    "analysis_setting.analysis": lambda w, mark: "abc",
    "analysis_setting.settings": lambda w, mark: {"cell": mark},
    "view.entity": lambda w, mark: "view",  # whoever may keep lists sees those
    "view.filter": lambda w, mark: {"field": "name", "op": "has", "value": "ъъ"},
    "metric.code": lambda w, mark: "m" + mark[1:],
    "metric.source": lambda w, mark: "metric",  # whoever keeps metrics sees those
    "metric.filter": lambda w, mark: {"field": "name", "op": "has", "value": "ъъ"},
    "metric.path": lambda w, mark: LEFT_OUT,
    "metric.on_day": lambda w, mark: "created_at",
    "metric.over_id": lambda w, mark: LEFT_OUT,
    "metric.under_id": lambda w, mark: LEFT_OUT,
    "view.columns": lambda w, mark: "name",
    "view.sort": lambda w, mark: "name",
    "view.shape_by": lambda w, mark: LEFT_OUT,
    "view.unit_id": lambda w, mark: LEFT_OUT,
    "view.role_id": lambda w, mark: LEFT_OUT,
    "absence.from_day": lambda w, mark: "1999-01-11",
    "absence.until_day": lambda w, mark: "1999-01-15",
    "activity.due_at": lambda w, mark: "1999-01-11T08:00:00Z",
    "contact_rhythm.clients": lambda w, mark: LEFT_OUT,
    "contact_rhythm.days": lambda w, mark: 14,
    "contact_rhythm.kind_id": lambda w, mark: w.call(),
    "participant.who": lambda w, mark: f"user:{w.people[w.maker].id}",
    "process.subject": lambda w, mark: "deal",
    "process_step.norm": lambda w, mark: "3 d",
    "stage.term": lambda w, mark: "3 d",
    "stage.weight": lambda w, mark: "0.4711",
    "request_kind.term": lambda w, mark: "4 wh",
    "request.term": lambda w, mark: LEFT_OUT,
    "request.reason": lambda w, mark: LEFT_OUT,  # of what is returned or cancelled
    "request.performer_id": lambda w, mark: w.people[w.maker].id,
    "request.author_id": lambda w, mark: w.people[w.maker].id,
    "request.queue_id": lambda w, mark: LEFT_OUT,
    "request.deal_id": lambda w, mark: LEFT_OUT,  # it is the client's, who is another's
    "deal.probability": lambda w, mark: "0.5",
    "deal.stage_id": lambda w, mark: w.lead(),
    "deal.reason_id": lambda w, mark: LEFT_OUT,  # of a deal that is lost
    "deal.rival": lambda w, mark: LEFT_OUT,
    "deal_line.amount": lambda w, mark: LEFT_OUT,  # it would be the deal's
    "deal_participant.who": lambda w, mark: f"user:{w.people[w.maker].id}",
    "watch.entity": lambda w, mark: "client",
    "watch.filter": lambda w, mark: {"field": "name", "op": "has", "value": "ъъ"},
    "watch.rhythm": lambda w, mark: "daily 08:00",
    "watch.due": lambda w, mark: "1 wd",
    "watch.cap": lambda w, mark: 100,
    "watch.person_id": lambda w, mark: LEFT_OUT,
    "watch.role_id": lambda w, mark: LEFT_OUT,
    "sale.day": lambda w, mark: w.sale_day(),
    "client.state": lambda w, mark: "existing",
    "attachment.about": lambda w, mark: f"client:{w.first['client', w.maker].id}",
    "attachment.file_id": lambda w, mark: w.sent(),
    "role_right.entity": lambda w, mark: "source",
    "role_right.verb": lambda w, mark: "view",
    "role_right.mask": lambda w, mark: ",".join(w.tables.masks()),
    "role.view_limit": lambda w, mark: LEFT_OUT,
}
KEPT_AS_TEXT = ("analysis_setting.settings",)  # taken as an object where it is made


class Rec:
    """A record: whose it is follows from what was sent when it was made."""

    def __init__(self, entity, maker, body, marks):
        self.entity, self.maker, self.body, self.marks = entity, maker, body, dict(marks)
        self.id, self.archived = None, False

    def __repr__(self):
        return f"{self.entity} {self.id} of {self.maker}{', archived' if self.archived else ''}"


class Person:
    def __init__(self, name, role, unit):
        self.name, self.role, self.unit, self.id, self.rights = name, role, unit, None, {}


class World:
    def __init__(self, ask, work, tables):
        self.ask, self.work, self.tables, self.n = ask, work, tables, 0
        self.records, self.by_id, self.people, self.units, self.used = [], {}, {}, {}, set()
        self.powerless, self.sales = None, 0
        self.first, self.clients_of = {}, {}
        self.maker = self.sender = None  # whose row is filled; who sends what is filled in, where it is not he

    # ---- values ----

    def sent(self):
        """A file of whoever is going to hang it somewhere."""
        return self.ask.well(self.sender or self.maker, "POST", "/api/file", data="Приложение".encode(),
                             headers={"X-File-Name": "a.txt"})["file"]

    def call(self):
        """A kind of activity that is a contact."""
        return self.ask.well("owner", "GET", "/api/activity_kind", search="Звонок")["items"][0]["id"]

    def lead(self):
        """Where a new deal begins."""
        return self.ask.well("owner", "GET", "/api/stage", search="Лид")["items"][0]["id"]

    def mark(self):
        self.n += 1
        return f"Ж{self.n:05d}"

    @staticmethod
    def phone(mark):
        return "+799977" + mark[1:]

    def sale_day(self):
        """The first and the last day on which the firm sold anything are known to whoever may ask for an analysis: the
        mate's first sale and one of a swept person stand there, and nothing is sold before or after."""
        self.sales += 1
        return SALE_DAY.format({1: 1, 5: 28}.get(self.sales, 2 + self.n % 26))

    def number(self, kind):
        """Digits that come once, none of them a zero at the end; money also as it is said in whole roubles."""
        self.n += 1
        tail = 10 * (self.n % 8 + 1) + self.n % 9 + 1
        if kind == "money":
            whole = 2000000 + self.n * self.n % 6999997  # squares: no sum or mean of some is another
            return f"{whole}.{tail}", [f"{whole}{tail}", f"={whole + (tail >= 50)}"]
        whole, places = {
            "qty": (40000 + self.n, 3), "price": (500000 + self.n * 7, 6), "ratio": (self.n % 80, 6),
            "degree": (self.n % 80, 6)
        }[kind]
        part = f"{self.n * 10 + self.n % 9 + 1:0{places}d}"[-places:]
        return f"{whole}.{part}", [f"{whole}{part}"]

    def value(self, entity, field, maker, marks):
        """A valid value, its marks put into `marks`; LEFT_OUT where the field may stay empty and none is at hand."""
        name, kind = f"{entity}.{field['name']}", field["type"]
        self.maker = maker
        if name in FORMS:
            self.used.add(name)
            mark = self.mark()
            made = FORMS[name](self, mark)
            if isinstance(made, str) and mark[1:] in made:
                marks[mark if mark.lower() in made.lower() else "799977" + mark[1:]] = field["name"]
            return made
        if kind == "text":
            mark = self.mark()
            marks[mark] = field["name"]
            return mark
        if kind in ("money", "qty", "price", "ratio", "degree"):
            made, own = self.number(kind)
            marks.update(dict.fromkeys(own, field["name"]))
            return made
        if kind == "choice":
            return field.get("start", field["options"][0]["key"])
        if kind == "day":
            return f"19{50 + self.n % 40}-01-{1 + self.n % 28:02d}"
        if kind == "ref":
            return self.reference(entity, field, maker)
        if kind in ("bool", "int", "moment", "link"):
            return LEFT_OUT
        raise RuntimeError(f"{name}: a field of type {kind} cannot be filled; say how in world.py")

    def reference(self, entity, field, maker):
        to = field["to"]
        if to == "user":
            owner = self.tables.entities.get(entity, {}).get("owner")  # a child has none
            return self.people[maker].id if field["name"] == owner else LEFT_OUT
        rec = self.first.get((to, maker)) or self.first.get((to, None))
        return rec.id if rec else LEFT_OUT

    def row(self, entity, fields, maker, marks, changing=False, hidden=()):
        made = {}
        for field in fields:
            if field.get("by_rule") or (changing and field.get("at_start")) or field.get("mask") in hidden:
                continue
            value = self.value(entity, field, maker, marks)
            if value is not LEFT_OUT:
                as_text = changing and f"{entity}.{field['name']}" in KEPT_AS_TEXT
                made[field["name"]] = json.dumps(value) if as_text else value
            elif field.get("required"):
                raise RuntimeError(f"{entity}.{field['name']} is required and nothing is at hand for it")
        return made

    def body(self, entity, maker, hidden=()):
        """(what to send to make a record, its marks)."""
        marks = {}
        body = self.row(entity, self.tables.fields(entity), maker, marks, hidden=hidden)
        for child in self.tables.children(entity):
            own = {}
            body[child["name"]] = [self.row(child["entity"], child["fields"], maker, own, hidden=hidden)]
            marks.update({mark: f"{child['name']}.{field}" for mark, field in own.items()})
        return body, marks

    # ---- records ----

    def keep(self, entity, maker, body, marks, made):
        rec = Rec(entity, maker, body, marks)
        rec.id = made["id"]
        self.records.append(rec)
        self.by_id[rec.id] = rec
        for child in body.get("persons", []):
            self.clients_of.setdefault(child["person_id"], []).append(rec)
        self.first.setdefault((entity, maker if self.tables.scoped(entity) else None), rec)
        return rec

    def make(self, entity, maker, more=None):
        body, marks = self.body(entity, maker)
        body.update(more(body) if more else {})
        made = self.ask.well(maker, "POST", f"/api/{entity}", body)
        return self.keep(entity, maker, body, marks, made)

    def archive(self, rec):
        self.ask.well("owner", "POST", f"/api/{rec.entity}/{rec.id}/archive", {})
        rec.archived = True

    def version(self, rec):
        return self.ask.well("owner", "GET", f"/api/{rec.entity}/{rec.id}/history", limit=1)["items"][0]["version"]

    def change(self, rec, body, who="owner"):
        return self.ask(who, "PATCH", f"/api/{rec.entity}/{rec.id}", body, {"If-Match": f'"{self.version(rec)}"'})

    def changeable(self, entity, kinds=("text",)):
        """A field anybody with the right may set, the title if it can be."""
        fields = [
            f for f in self.tables.fields(entity) if f["type"] in kinds and not f.get("by_rule")
            and not f.get("at_start") and "mask" not in f and f"{entity}.{f['name']}" not in FORMS
        ]
        return next((f for f in fields if f["name"] == self.tables.entities[entity].get("title")),
                    fields[0] if fields else None)

    def rename(self, rec):
        """A new text where one stood; the old one lives on in the history."""
        field = self.changeable(rec.entity)
        if not field:
            return
        marks = {}
        value = self.value(rec.entity, field, rec.maker, marks)
        answer = self.change(rec, {field["name"]: value})
        if answer.status != 200:
            raise RuntimeError(f"{rec}: {answer.status} {answer.text[:300]}")
        rec.body[field["name"]] = value
        rec.marks.update(marks)

    def order(self):
        """Entities so that what is pointed at of necessity is made first; people, roles and files come in ways of their
        own."""
        def needs(entity):
            lists = [self.tables.fields(entity)] + [c["fields"] for c in self.tables.children(entity)]
            held = {"client"} if self.tables.follows(entity) else set()
            return held | {f["to"] for fields in lists
                           for f in fields if f["type"] == "ref" and f["to"] != "user"} - {entity}
        made, left = [], [e for e in self.tables.entities if e not in ("user", "import", "finding")]
        while left:
            ready = [e for e in left if not needs(e) & set(left)]
            if not ready:
                raise RuntimeError(f"{left} point at each other")
            made += ready
            left = [e for e in left if e not in ready]
        return made

    # ---- people ----

    def person(self, name, role, unit):
        marks = {}
        body = self.row("user", self.tables.fields("user"), name, marks)
        body.update(role_id=self.maker_role, unit_id=self.units[unit])
        made = self.ask.well("owner", "POST", "/api/user", body)
        self.people[name] = person = Person(name, role, unit)
        person.id = made["id"]
        body["unit_id"] = self.units[unit]
        person.rec = self.keep("user", name, body, marks, made)
        self.ask.well("owner", "POST", f"/api/user/{person.id}/password", {"password": PASSWORD})
        self.sign_in(name)

    def sign_in(self, name):
        login = self.people[name].rec.body["login"]
        answer = self.ask("nobody", "POST", "/api/session", {"login": login, "password": PASSWORD})
        if answer.status != 200:
            raise RuntimeError(f"{name} cannot sign in: {answer.text}")
        self.work.keep_cookie(name, answer.headers)

    def unit(self, name, above=None):
        made = self.ask.well("owner", "POST", "/api/unit",
                             {"name": name, **({"parent_id": self.units[above]} if above else {})})
        self.units[name] = made["id"]

    def settle(self, roles):
        """Units, people, their records; then everybody gets his role: {name: rights}."""
        self.role_ids = roles
        self.maker_role = self.ask.well("owner", "POST", "/api/role",
                                        {"name": "Кто создаёт", "rights": self.tables.every_right("all")})["id"]
        self.powerless = self.tables.roles["programmer"]["id"]
        for name, above in (("Центр", None), ("Север", None), ("Север-2", "Север"), ("Юг", None)):
            self.unit(name, above)
        for name, unit in [("head", "Центр"), ("mate", "Север-2"),
                           ("stranger", "Юг")] + [(role, "Север") for role in roles]:
            self.person(name, name if name in roles else "programmer", unit)
        north = {"id": self.units["Север"]}
        self.ask.well("owner", "PATCH", f"/api/unit/{north['id']}", {"head_id": self.people["head"].id},
                      {"If-Match": '"1"'})
        self.fill()
        for person in self.people.values():
            role = roles.get(person.name, self.powerless)
            answer = self.change(person.rec, {"role_id": role})
            if answer.status != 200:
                raise RuntimeError(f"{person.name}: {answer.text}")
        stale = set(FORMS) - self.used
        if stale:
            raise RuntimeError(f"no field needs these rows of FORMS: {sorted(stale)}")

    def fill(self):
        makers = [p for p in self.people if p != "head"]
        for entity in self.order():
            if self.tables.scoped(entity):
                self.fill_scoped(entity, makers)
            else:
                for _ in range(2):
                    last = self.make(entity, "owner")
                self.archive(last)
        self.imports(makers)
        self.findings(makers)
        for name in ("mate", "stranger"):
            gone = self.make("user", name, lambda body, at=self.people[name].unit: {"unit_id": self.units[at]})
            self.archive(gone)
        for rec in [r for r in self.records if r.entity not in ("user", "role", "unit") and not r.archived]:
            self.rename(rec)
        for rec in [r for r in self.records if not self.tables.scoped(r.entity) and not r.archived]:
            self.point_at_stranger(rec)

    def fill_scoped(self, entity, makers):
        common = self.make(entity, "owner") if entity == "person" else None
        for maker in makers:
            for _ in range(2):
                last = self.make(entity, maker, self.with_common)
            self.archive(last)
        if common:
            self.common = common

    # ---- imports ----

    def send_file(self, who, name, rows):
        """A file of clients as it is told to be understood: what POST /api/import takes, without columns and mode."""
        text = "".join(";".join(row) + "\n" for row in rows).encode()
        sent = self.ask.well(who, "POST", "/api/import/file", data=text,
                             headers={"X-File-Name": urllib.parse.quote(name)})
        return {"file": sent["file"], "form": sent["form"], "target": "client"}

    def imported(self, who, name, rows, columns, **more):
        body = {**self.send_file(who, name, rows), "columns": {field: at for at, field in enumerate(columns)}, **more}
        made = self.ask.well(who, "POST", "/api/import", body)["id"]
        return made, self.settled(who, made)

    def settled(self, who, made):
        """The import when its job is over."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            state = self.ask.well(who, "GET", f"/api/import/{made}")
            if state["state"] not in ("waiting", "running", "undoing"):
                return state
            time.sleep(0.002)
        raise RuntimeError(f"import {made} of {who} does not end: {state}")

    def imports(self, makers):
        """Of everybody two files in which nothing is good: their names, and cells that are told among the problems."""
        for maker in makers:
            for _ in range(2):
                name, cell = self.mark(), self.mark()
                rows = [["Название", "Тип"], ["Без типа", cell]]
                made, state = self.imported(maker, name + ".csv", rows, ["name", "kind"], mode="create")
                if state["bad"] != 1 or state["created"] != 0:
                    raise RuntimeError(f"the import was to find one bad row: {state}")
                last = self.keep("import", maker, {"name": name + ".csv"}, {name: "name", cell: "name"}, {"id": made})
            self.archive(last)

    def findings(self, makers):
        """A watch finds every living client of theirs: to each maker his."""
        clients = {r.id: r for r in self.records if r.entity == "client" and r.maker in makers and not r.archived}
        body = {"name": self.mark(), "entity": "client", "rhythm": "each 1 min", "performer": "keeper",
                "filter": {"field": "name", "op": "not_empty"}}
        watch = self.ask.well("owner", "POST", "/api/watch", body)
        self.keep("watch", "owner", body, {}, watch)
        self.ask.well("owner", "POST", f"/api/watch/{watch['id']}/switch", {"on": True})
        for _ in range(200):
            rows = self.ask.well("owner", "GET", "/api/finding", limit=200)["items"]
            if len(rows) == len(clients):
                break
            time.sleep(0.5)
        else:
            raise RuntimeError(f"{len(rows)} findings of {len(clients)} clients")
        for row in sorted(rows, key=lambda row: row["id"]):
            maker = clients[int(row["about"].split(":")[1])].maker
            self.keep("finding", maker, {k: row[k] for k in ("about", "owner_id", "watch_id")}, {}, row)

    def point_at_stranger(self, rec):
        """What everybody sees points at what few may see."""
        for field in self.tables.fields(rec.entity):
            if field["type"] == "ref" and field["to"] != "user" and self.tables.scoped(field["to"]):
                answer = self.change(rec, {field["name"]: self.first[field["to"], "stranger"].id})
                if answer.status != 200:
                    raise RuntimeError(f"{rec}: {answer.text}")

    def with_common(self, body):
        """A person whom all clients have beside their own."""
        if "persons" not in body or not getattr(self, "common", None):
            return {}
        return {"persons": body["persons"] + [{"person_id": self.common.id}]}
