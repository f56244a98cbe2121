"""The doors that write: made, changed, archived, restored, and every deed a route names; what may be done is done, what
may not is refused and changes nothing.  Whatever was done is taken back by the owner, so that the next person meets the
same firm."""
import collections
import re

from asking import marks_in
from reading import LISTS_OTHERWISE
from world import KNOWN, Rec

# How to drive a route whose body or whose good statuses cannot be told from its description: what to send, of the
# sweep, a person and a record;
# the statuses where he may; who may, where the description names no right (None: that depends on more than rights); and
# whether once is
# enough.  A row without a route is stale and fails the sweep.
Drive = collections.namedtuple("Drive", "body good may once", defaults=(None, False))


def file_of_clients(d, p, rec):
    return {"data": "Название;Тип\nПроба;организация\n".encode(), "headers": {"X-File-Name": "proba.csv"}}


def plan(d, p, rec):
    """An import of what he sent himself; of a file that is not his where he could send none."""
    mine = {"file": 1, "form": {}, "target": "client"}
    if d.oracle.may(p, "import", "add"):
        mine = d.world.send_file(p.name, "plan.csv", [["Название", "Тип"], ["Проба", "?"]])
    return {"body": {**mine, "columns": {"name": 0, "kind": 1}, "mode": "create"}}


def loan(d, p, rec):
    """A stranger's client, lent to the stranger, whose it is anyway."""
    return {
        "body": {"record": f"client:{d.reading.first('client', 'stranger').id}", "user": d.world.people["stranger"].id,
                 "until": "2026-12-31", "level": "look"}
    }


def may_lend(d, p, rec):
    return d.oracle.reaches(p, d.reading.first("client", "stranger"), "give")


DRIVES = {
    ("POST", "/api/given"): Drive(loan, [204], may_lend),
    ("POST", "/api/given/end"): Drive(
        lambda d, p, rec: {"body": {name: value for name, value in loan(d, p, rec)["body"].items()
                                    if name in ("record", "user")}}, [204], may_lend),
    ("POST", "/api/field"): Drive(
        lambda d, p, rec: {"body": {"entity": "source", "type": "text", "label_ru": "Ещё", "label_en": "More"}}, [201]),
    ("PATCH", "/api/firm"): Drive(lambda d, p, rec: {"body": {"name": "Ромашка-Торг"}}, [200]),
    ("POST", "/api/backup"): Drive(lambda d, p, rec: {}, [201], once=True),
    ("POST", "/api/example"): Drive(lambda d, p, rec: {}, [409]),
    ("DELETE", "/api/example"): Drive(lambda d, p, rec: {}, [409]),
    ("POST", "/api/user/{id}/password"): Drive(
        lambda d, p, rec: {"body": {"password": "novyj-parol-77", "old": "netot"}}, [204], lambda d, p, rec: None
        if rec.id == p.id else d.oracle.reaches(p, rec, "password")),
    ("POST", "/api/user/{id}/sign-out"): Drive(
        lambda d, p, rec: {}, [204], lambda d, p, rec: rec.id == p.id or d.oracle.reaches(p, rec, "sign_out")),
    # to himself, which nobody does: what else comes of it say the claims of handing over
    ("POST", "/api/user/{id}/hand_over"): Drive(lambda d, p, rec: {"body": {"rule": "one", "to": [rec.id]}}, [422]),
    ("POST", "/api/user/{id}/hand_over/preview"): Drive(
        lambda d, p, rec: {"body": {"rule": "one", "to": [rec.id]}}, [422]),
    ("POST", "/api/user/{id}/hand_over/stop"): Drive(lambda d, p, rec: {"body": {"hand_over": 1}}, [404]),
    ("POST", "/api/user/{id}/hand_over/back"): Drive(lambda d, p, rec: {"body": {"hand_over": 1}}, [404]),
    ("POST", "/api/import/file"): Drive(file_of_clients, [200]),
    ("POST", "/api/import/recognise"): Drive(
        lambda d, p, rec: {"body": {k: v
                                    for k, v in plan(d, p, rec)["body"].items()
                                    if k in ("file", "form")}}, [200]),
    ("POST", "/api/import/preview"): Drive(plan, [200]),
    ("POST", "/api/import"): Drive(
        lambda d, p, rec: {"body": {**plan(d, p, rec)["body"], "dry_run": True}}, [202],
        lambda d, p, rec: d.oracle.may(p, "import", "add") and d.oracle.may(p, "client", "import")),
    ("PATCH", "/api/analysis_rule"): Drive(lambda d, p, rec: {"body": {"one_limit": "30"}}, [200]),
    ("POST", "/api/metric/answer"): Drive(
        lambda d, p, rec: {"body": {"metrics": ["deals_begun"]}}, [200],
        lambda d, p, rec: d.oracle.may(p, "metric", "view") and d.oracle.may(p, "deal", "view")),
    # off, so that none looks anew and what is found stays what the sweep knows of
    ("POST", "/api/watch/{id}/switch"): Drive(lambda d, p, rec: {"body": {"on": False}}, [200, 409]),
    ("POST", "/api/finding"): Drive(lambda d, p, rec: {"body": {}}, [422]),
    ("POST", "/api/finding/{id}/excuse"): Drive(lambda d, p, rec: {"body": {"reason": "Так и надо"}}, [200, 409]),
    ("PATCH", "/api/deal_limit"): Drive(lambda d, p, rec: {"body": {"large": "500000"}}, [200]),
    # a map of words alone leads nowhere, and so leads no deal
    ("POST", "/api/process_version/{id}/publish"): Drive(lambda d, p, rec: {}, [409, 422]),
    ("POST", "/api/process_version/{id}/copy"): Drive(lambda d, p, rec: {}, [201]),
    ("POST", "/api/deal/{id}/step"): Drive(lambda d, p, rec: {"body": {"step": "x"}}, [409]),
    ("POST", "/api/deal/{id}/adopt"): Drive(lambda d, p, rec: {}, [409]),
    ("POST", "/api/seed/take"): Drive(
        lambda d, p, rec: {"body": {"origin": "sbyt", "key": "role.sales_manager/client"}}, [204, 404]),
    ("POST", "/api/seed/leave"): Drive(
        lambda d, p, rec: {"body": {"origin": "sbyt", "key": "role.sales_manager/client"}}, [204, 404]),
    ("PATCH", "/api/schedule/{id}"): Drive(lambda d, p, rec: {"body": {"off": False}}, [200, 404]),
    ("POST", "/api/schedule/{id}/run"): Drive(lambda d, p, rec: {}, [202, 404, 409]),
    ("PATCH", "/api/calendar"): Drive(lambda d, p, rec: {"body": {"from": "09:00"}}, [200]),
    ("PATCH", "/api/calendar/day"): Drive(
        lambda d, p, rec: {"body": {"day": "2026-05-12", "kind": "work", "unit": d.reading.first("unit").id}}, [200]),
    ("POST", "/api/file"): Drive(
        lambda d, p, rec: {"data": "Проба".encode(), "headers": {"X-File-Name": "proba.txt"}}, [200]),
    ("POST", "/api/attachment/{id}/share"): Drive(lambda d, p, rec: {"body": {"days": 1}}, [201, 409]),
    ("POST", "/api/attachment/{id}/share/end"): Drive(lambda d, p, rec: {"body": {"share": 1}}, [404]),
    ("PATCH", "/api/import/room"): Drive(lambda d, p, rec: {"body": {"days": 30}}, [200]),
    ("DELETE", "/api/import/{id}/file"): Drive(lambda d, p, rec: {}, [204, 404, 409]),
    ("POST", "/api/activity/{id}/close"): Drive(lambda d, p, rec: {"body": {"result": "Сделано"}}, [200, 409]),
    ("POST", "/api/import/{id}/cancel"): Drive(lambda d, p, rec: {}, [409]),
    ("POST", "/api/import/{id}/undo"): Drive(lambda d, p, rec: {}, [202, 409]),
}
OPEN = {("GET", "/api/session"), ("POST", "/api/session"), ("POST", "/api/setup"), ("GET", "/api/health"),
        ("GET", "/api/words/{language}"), ("GET", "/s/{token}"), ("POST", "/s/{token}")}
BY_PERSON = ("DELETE", "/api/session")  # signing out ends what is asked with; tried once, at the end

NEEDED = ("process",)  # is not archived while living records stand on it: of what else it takes, scenarios tell


class Writing:
    def __init__(self, ask, world, tables, oracle, reading, check):
        self.ask, self.world, self.tables = ask, world, tables
        self.oracle, self.reading, self.check = oracle, reading, check
        self.used, self.done = set(), set()

    def send(self, person, method, path, wanted, body=None, data=None, headers=None):
        answer = self.ask(person.name, method, path, body, headers, data)
        said = f"{method} {path} {body if body is not None else ''}"
        self.reading.scan(person, said, answer, str(body))
        self.check(answer.status in wanted,
                   f"{person.name}: {said} answers {answer.status}, not {wanted}: {answer.text[:300]}")
        return answer

    # ---- which way ----

    def every_route(self, person):
        self.reading.meet(person)
        for route in self.tables.routes:
            if route.method == "GET" or route.open or (route.method, route.path) == BY_PERSON:
                continue
            if (route.method, route.path) in DRIVES:
                self.used.add((route.method, route.path))
                self.drive(person, route, DRIVES[route.method, route.path])
            elif route.body == "record" and route.method == "POST" and not route.tail:
                self.make(person, route)
            elif route.body == "record" and route.method == "PATCH" and route.tail == "{id}":
                self.change(person, route)
            elif route.tail.startswith("{id}") and route.entity and route.body in (None, "json") and not route.required:
                self.deed(person, route)
            elif route.tail == "mass" or route.tail.startswith("mass/"):
                self.mass(person, route)
            elif route.entity == "analysis_setting" and route.method == "POST":
                self.make(person, route)
            elif route.path == "/api/field/{id}/archive":
                self.field_archive(person, route)
            else:
                raise RuntimeError(
                    f"{route.method} {route.path}: no way is known to a valid body; say it in DRIVES of writing.py")

    def wanted(self, person, route, row, rec):
        """Without the right 403, out of sight 404, in sight but not in reach 403; the rest is the row's to say."""
        if route.needs and not self.oracle.may(person, *route.needs):
            return [403]
        if route.needs and rec and not self.oracle.reaches(person, rec, route.needs[1]):
            return [403] if self.oracle.reaches(person, rec) else [404]
        may = row.may(self, person, rec) if row.may else True
        return row.good if may else [*row.good, 422] if may is None else [403, 404] if rec else [403, 404, 422]

    def drive(self, person, route, row):
        for rec in self.reading.samples(person, route.entity) if "{id}" in route.path and route.entity else [None]:
            wanted = self.wanted(person, route, row, rec)
            if row.once and wanted == row.good and route.path in self.done:
                continue
            self.done |= {route.path} if wanted == row.good else set()
            path = route.path.replace("{id}", str(rec.id)) if rec else self.reading.last_of(route)
            answer = self.send(person, route.method, path, wanted, **row.body(self, person, rec))
            if answer.status == 202 and not rec and route.entity:
                self.reading.learn(self.world.keep(route.entity, person.name, {}, {}, answer.json()))

    # ---- many at once ----

    def mass(self, person, route):
        """Those out of his sight cannot be changed by naming them, nor is anybody told of another's deed."""
        may = self.oracle.may(person, *route.needs)
        field = self.world.changeable(route.entity)
        seen = {r.id for r in self.oracle.in_sight(person, route.entity)}
        ids = [r.id for r in self.reading.all_of(route.entity) if r.id not in seen][:200]
        body = {"ids": ids or [1], "values": {field["name"] if field else "none": "Ничьё"}}
        if "{id}" in route.path:
            path = route.path.replace("{id}", str(ids[0] if ids else 1))
            self.send(person, route.method, path, [404] if may else [403])
        elif route.tail == "mass/preview":
            answer = self.send(person, route.method, route.path, [200, 422] if may else [403], body=body)
            self.check(answer.status != 200 or answer.json()["count"] == 0, f"{person.name}: {route.path} counts")
        else:
            self.send(person, route.method, route.path, [422] if may else [403], body=body)

    # ---- made ----

    def with_visible(self, person, entity, fields, row):
        """Leaves out references to what he does not see, where they may be left out."""
        for field in fields:
            target = self.world.by_id.get(row.get(field["name"])) if field["type"] == "ref" else None
            if target and not field.get("required") and not self.points(
                    person, target) and field["name"] != self.tables.entities[entity].get("owner"):
                del row[field["name"]]

    def points(self, person, target):
        return target.entity in KNOWN or self.oracle.reaches(person, target)

    def body_for(self, person, entity, maker):
        hidden = {m for m in self.tables.masks() if self.oracle.hides(person, entity, m, "add")}
        self.world.sender = person.name
        body, marks = self.world.body(entity, maker, hidden)
        self.world.sender = None
        self.with_visible(person, entity, self.tables.fields(entity), body)
        for child in self.tables.children(entity):
            for row in body[child["name"]]:
                self.with_visible(person, entity, child["fields"], row)
            required = {f["name"] for f in child["fields"] if f.get("required") and f["type"] == "ref"}
            body[child["name"]] = [row for row in body[child["name"]]
                                   if all(self.points(person, self.world.by_id[row[name]]) for name in required)]
        return body, marks

    def make(self, person, route):
        entity = route.entity
        if not self.oracle.may(person, entity, "add"):
            self.send(person, "POST", route.path, [403], {})
            return
        for maker in [person.name, "mate", "stranger"] if self.tables.scoped(entity) else [person.name]:
            body, marks = self.body_for(person, entity, maker)
            candidate = Rec(entity, person.name, body, marks)
            required = [
                self.world.by_id[body[f["name"]]] for f in self.tables.fields(entity) if f["type"] == "ref"
                and f.get("required") and f["name"] in body and body[f["name"]] in self.world.by_id
            ]
            good = self.oracle.reaches(person, candidate, "add") and all(self.points(person, t) for t in required)
            if entity == "user":
                good = True  # a new person is nobody's yet; his role has no rights
            answer = self.send(person, "POST", route.path, [201] if good else [403, 404, 422], body)
            if answer.status == 201:
                self.reading.learn(self.world.keep(entity, person.name, body, marks, answer.json()))

    # ---- changed ----

    def change(self, person, route):
        entity = route.entity
        field = self.world.changeable(entity)
        hidden = next((f for f in self.tables.fields(entity)
                       if self.oracle.hides(person, entity, f.get("mask"), "change") and not f.get("by_rule")), None)
        for rec in self.reading.samples(person, entity):
            marks = {}
            value = self.world.value(entity, field, person.name, marks) if field else None
            body = {field["name"]: value} if field else {}
            wanted = self.reading.wanted(person, route, rec)
            version = {"If-Match": f'"{self.world.version(rec)}"'}
            if 200 in wanted and hidden:
                self.send(person, "PATCH", f"/api/{entity}/{rec.id}", [422], {hidden["name"]: "1.00"}, headers=version)
            if 200 in wanted:
                self.hand_out(person, rec, version)
            answer = self.send(person, "PATCH", f"/api/{entity}/{rec.id}", wanted, body, headers=version)
            if answer.status == 200 and field:
                rec.body[field["name"]] = value
                rec.marks.update(marks)
                self.reading.learn(rec)

    # ---- archived and whatever else is done to one record ----

    def deed(self, person, route):
        takes_archived = route.tail.endswith("restore")
        for rec in self.reading.samples(person, route.entity):
            if rec.archived != takes_archived:
                continue
            wanted = [s if s != 200 else route.status for s in self.reading.wanted(person, route, rec)]
            if route.entity in NEEDED and route.tail.endswith("archive"):
                wanted = wanted + [409]
            answer = self.send(person, route.method, route.path.replace("{id}", str(rec.id)),
                               wanted + [200] * (route.status in wanted), {} if route.body else None)
            if answer.status < 300:
                self.take_back(person, rec, takes_archived)

    def take_back(self, person, rec, was_archived):
        back = "archive" if was_archived else "restore"
        self.ask.well("owner", "POST", f"/api/{rec.entity}/{rec.id}/{back}", {})
        if rec.id == person.id:
            self.world.sign_in(person.name)

    def field_archive(self, person, route):
        made = self.ask.well("owner", "POST", "/api/field",
                             {"entity": "source", "type": "text", "label_ru": "Уйдёт", "label_en": "Goes"})["id"]
        self.send(person, "POST", f"/api/field/{made}/archive",
                  [204] if self.oracle.may(person, "field", "archive") else [403])
        if not self.oracle.may(person, "field", "archive"):
            self.ask("owner", "POST", f"/api/field/{made}/archive")

    # ---- pointed at what he does not see, given to whom he may not ----

    def hand_out(self, person, rec, version):
        """A record that he may change is not tied to the stranger's, nor handed to him, unless that is within his
        reach."""
        lists = [(None, self.tables.fields(rec.entity))] + [(c["name"], c["fields"])
                                                            for c in self.tables.children(rec.entity)]
        for name, fields in lists:
            for field in fields:
                if field["type"] != "ref" or field.get("by_rule") or field.get("at_start") or field.get("own"):
                    continue
                target = self.world.first.get((field["to"], "stranger")) or self.world.first.get((field["to"], None))
                same = not name and target and rec.body.get(field["name"]) == target.id
                if target and not same and self.out_of_hand(person, rec, field, target):
                    row = {field["name"]: target.id}
                    self.send(person, "PATCH", f"/api/{rec.entity}/{rec.id}", [403, 404, 422],
                              {name: [row]} if name else row, headers=version)

    def out_of_hand(self, person, rec, field, target):
        if field["name"] == self.tables.entities[rec.entity].get("owner"):
            given = Rec(rec.entity, rec.maker, {**rec.body, field["name"]: target.id}, {})
            return not self.oracle.reaches(person, given, "change")
        return not self.points(person, target)

    # ---- nothing else was changed ----

    def as_it_was(self):
        """The owner finds what the sweep knows of, each with what was last written into it, and nothing besides."""
        for entity in self.tables.entities:
            field = self.world.changeable(entity)
            for archived in (False, True) if not self.tables.follows(entity) else ():
                known = [r for r in self.reading.all_of(entity) if r.archived == archived]
                ids = self.reading.leaf("id", "in", [r.id for r in known])
                query = {"archived": "true"} if archived else {}
                there = self.ask.well("owner", "GET", f"/api/{entity}/count", **query)["count"]
                same = self.ask.well("owner", "GET", f"/api/{entity}/count", filter=ids, **query)["count"]
                self.check(same == len(known) and (same == there or not self.reading.whole(entity)),
                           f"{entity} {query}: {there} are there, of {len(known)} known {same}")
            for rec in self.reading.all_of(entity) if field and entity not in LISTS_OTHERWISE else []:
                got = self.ask.well("owner", "GET", f"/api/{entity}/{rec.id}")
                self.check(
                    got[field["name"]] == rec.body[field["name"]],
                    f"{rec}: {field['name']} is {got[field['name']]}, not {rec.body[field['name']]}, which was last "
                    f"written by right"
                )


class Nobody:
    """Who is not signed in: 401 wherever a route is not open, and no mark of anybody where it is."""

    def __init__(self, ask, world, tables, check):
        self.ask, self.world, self.tables, self.check = ask, world, tables, check

    def every_route(self):
        marks = set().union(*(rec.marks.keys() for rec in self.world.records))
        for route in self.tables.routes:
            path = re.sub(r"{\w+}", "ru" if route.open else "1", route.path)
            answer = self.ask("nobody", route.method, path, {} if route.body in ("json", "record") else None)
            self.check(route.open == ((route.method, route.path) in OPEN) and (route.open or answer.status == 401),
                       f"nobody: {route.method} {path} answers {answer.status}")
            self.check(not marks_in(answer.everything()) & marks,
                       f"nobody: {route.method} {path} tells {answer.text[:300]}")
