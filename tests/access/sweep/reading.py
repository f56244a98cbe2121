"""The doors that read: every route that is asked with GET, each of its parameters, for one person after another.

Whatever comes back, no mark of what he may not see stands in it.  Beyond that the answer of a list, a count, titles, a
file and a record is computed beforehand from the oracle."""
import collections
import decimal
import json

from asking import TEXT_MARK, marks_in
from world import Rec

Places = collections.namedtuple("Places", "own mate stranger")
DAYS = ["2026-01-01", "2026-02-10"]

# Parameters whose values a schema does not tell.  A row that no route takes is stale and fails the sweep.
PARAMS = {
    "year": lambda r, route: ["2027"],
    "unit": lambda r, route: [r.first("unit").id],
    "channel": lambda r, route: [r.first("channel").id],
    "seller": lambda r, route: [r.world.people["stranger"].id],
    "client": lambda r, route: [r.first("client", "stranger").id,
                                r.first("client", "mate").id],
    "product": lambda r, route: [r.first("product").id],
    "cuts": lambda r, route: ["50,90"],
    "xyz": lambda r, route: ["5,20"],
    "cell": lambda r, route: r.cells(route),
    "without": lambda r, route: [1],
    "about": lambda r, route: [r.first("client", "stranger").id],
    "record": lambda r, route: [f"client:{r.first('client', 'stranger').id}"],
    "skip": lambda r, route: [1],
    "limit": lambda r, route: [1],
    "analysis": lambda r, route: ["abc"],
    "entity": lambda r, route: ["client"],
    "process": lambda r, route: [r.ask.well("owner", "GET", route.path)["process"]["id"]],
    "after": lambda r, route: ["AAAA", "999999999"],
    "search": lambda r, route: [r.first(route.entity or r.tables.above(route)[0], "stranger").title],
    "filter": lambda r, route: [r.among(route.entity) if route.entity else r.of_those(r.tables.above(route)[0])],
    "figures": lambda r, route: [""],
    "by": lambda r, route: ["created_by"] if route.entity else ["parent.id"],
    "sums": lambda r, route: [json.dumps([{"how": "count"}])],
    "sort": lambda r, route: ["-client"] if route.path.startswith("/api/analysis/") else ["id"],
}

# Doors that ask for more than their right: what else it takes.
ALSO = {"/api/client/{id}/sales": ("sale", "view")}
# Doors whose right is no row of the table: who may.
OWN_RULE = {
    "/api/user/{id}/sessions": lambda r, p, rec: rec.id == p.id or r.manages(p, "sign_out", rec),
}
STREAMS = ("/api/events",)  # heard, not asked: events.py
# Of a file that is neither picture nor PDF.
SHOWS_NONE = ("/api/attachment/{id}/picture", "/api/attachment/{id}/page")
LISTS_OTHERWISE = {"analysis_setting": "shared", "import": "newest"}


class Reading:
    def __init__(self, ask, world, tables, oracle, check):
        self.ask, self.world, self.tables, self.oracle, self.check = ask, world, tables, oracle, check
        self.known_cells, self.secrets, self.hidden_ids, self.used = {}, {}, {}, set()
        self.last_cursor = None

    # ---- what the parameters need ----

    def first(self, entity, maker=None):
        if entity not in self.tables.entities:
            raise RuntimeError(f"no entity {entity}")
        if maker and not self.tables.scoped(entity):
            maker = None
        rec = self.world.first.get((entity, maker))
        if not rec:
            raise RuntimeError(f"no {entity} of {maker}")
        rec.title = str(rec.body.get(self.tables.entities[entity]["title"], next(iter(rec.marks), "")))
        return rec

    def all_of(self, entity):
        return [r for r in self.world.records if r.entity == entity]

    def among(self, entity):
        return self.leaf("id", "in", sorted(x.id for x in self.all_of(entity)))

    def of_those(self, entity):
        """Children of the records that are the sweep's own."""
        return self.leaf("parent.id", "in", sorted(x.id for x in self.all_of(entity)))

    def cells(self, route):
        """What can be clicked: every short word of the owner's answer that the route takes for a cell."""
        if route.path not in self.known_cells:
            found, walk = set(), [self.ask.well("owner", "GET", route.path).get("tables", {})]
            while walk:
                at = walk.pop()
                walk += list(at.values()) if isinstance(at, dict) else at if isinstance(at, list) else []
                if isinstance(at, str) and 0 < len(at) <= 24 and at.isascii() and " " not in at:
                    found.add(at)
            good = [cell for cell in sorted(found) if self.ask("owner", "GET", route.path, cell=cell).status == 200]
            self.known_cells[route.path] = good[:8]
        return self.known_cells[route.path]

    def values(self, route, name, param):
        schema = param["schema"]
        if name in PARAMS:
            self.used.add(name)
            return PARAMS[name](self, route)
        if "enum" in schema:
            return schema["enum"]
        if schema.get("type") == "boolean":
            return ["true"]
        if schema.get("format") == "date":
            return DAYS[1:] if name in ("to", "as_of") else DAYS[:1]
        raise RuntimeError(f"GET {route.path}: no value for the parameter {name}; say one in reading.py")

    def queries(self, route):
        """Each parameter by itself, on top of what must be there; workbooks also of every cell and list."""
        must = {name: self.values(route, name, p)[0] for name, p in route.params.items() if p["required"]}
        if "filter" in route.params and route.entity and self.tables.follows(route.entity):
            must["filter"] = self.hung_on(route.entity, self.first("client", "stranger"))
        queries = [must]
        for name, param in route.params.items():
            if not param["required"]:
                queries += [{**must, name: value} for value in self.values(route, name, param)]
        if "format" in route.params and "cell" in route.params:
            queries += [{**must, "cell": cell, "format": "xlsx"}
                        for cell in self.values(route, "cell", route.params["cell"])[:2]]
        return queries

    # ---- what must never stand in an answer ----

    def secrets_of(self, person):
        if person.name not in self.secrets:
            self.secrets[person.name] = self.oracle.secrets(person)
            self.hidden_ids[person.name] = self.oracle.out_of_sight(person)
        return self.secrets[person.name]

    def learn(self, rec):
        """Something was made or changed: secret from whom?"""
        self.oracle.learn_of(rec)
        for name in self.secrets:
            person = self.world.people[name]
            self.oracle.secrets_of(person, rec, self.secrets[name])

    def meet(self, person):
        """What is kept from the next person is worked out when he first asks."""
        self.secrets.clear()
        self.hidden_ids.clear()

    def ids_told(self, answer):
        """Values of members `id` and `record` of any object, but of references whose title is not told: what points
        there is in sight."""
        if not answer.body[:1] in (b"{", b"["):
            return set()
        found, walk = set(), [answer.json()]
        while walk:
            at = walk.pop()
            if isinstance(at, dict):
                nameless = at.get("name", at.get("title", "?")) in ("", None)
                found |= {at[name] for name in ("id", "record") if isinstance(at.get(name), int) and not nameless}
                walk += [value for name, value in at.items() if name != "_titles"]
            elif isinstance(at, list):
                walk += at
        return found

    def scan(self, person, said, answer, asked="", sent=""):
        """Nothing that is kept from him stands there; a refusal may repeat what he asked for, and anything what he
        `sent` in a file."""
        secrets = self.secrets_of(person)
        told = (marks_in(answer.everything()) & secrets.keys()) - marks_in(sent)
        if answer.status >= 400:
            told -= marks_in(asked)
        ids = self.ids_told(answer) & self.hidden_ids[person.name] if answer.status < 400 else set()
        return self.check(
            answer.status < 500 and not told and not ids,
            f"{person.name}: {said} tells {sorted(secrets[m] for m in told)} "
            f"{sorted(str(self.world.by_id[i]) for i in ids)}"
            f" with {answer.status}: {answer.text[:300] if answer.status >= 500 else ''}")

    def read(self, person, path, wanted=None, **query):
        answer = self.ask(person.name, "GET", path, **query)
        said = f"GET {path}" + (f" {query}" if query else "")
        self.scan(person, said, answer, " ".join(str(v) for v in query.values()))
        if wanted is not None:
            self.check(answer.status in wanted,
                       f"{person.name}: {said} answers {answer.status}, not {wanted}: {answer.text[:300]}")
        return answer

    def manages(self, person, verb, rec):
        """Somebody else's account: the right, the row, and no more power than his own (the swept ones beside him have
        roles of their own)."""
        return None if self.oracle.reaches(person, rec, verb) and self.oracle.may(person, "user", verb) else False

    # ---- every route as it stands ----

    def routes(self):
        return [r for r in self.tables.routes if r.method == "GET" and not r.open and r.path not in STREAMS]

    def every_route(self, person, deep):
        self.meet(person)
        for route in self.routes():
            if "{id}" in route.path:
                self.every_record(person, route)
            elif "{" in route.path:
                raise RuntimeError(f"GET {route.path}: what stands in the braces? say how to drive it in reading.py")
            else:
                may = not route.needs or self.oracle.may(person, *route.needs)
                titles = route.tail == "titles" and route.entity and self.tables.follows(route.entity)
                for query in self.queries(route) if may and deep else self.queries(route)[:1]:
                    good = None if query or titles else [200]
                    self.read(person, route.path, good if may else [403], **query)

    def samples(self, person, entity):
        """Of each entity: his own, his team's, another's; living and archived."""
        makers = [person.name, "mate", "stranger"] if self.tables.scoped(entity) else ["owner"]
        found = []
        for maker in makers:
            for archived in (False, True):
                rec = next((r for r in self.all_of(entity) if r.maker == maker and r.archived == archived), None)
                found += [rec] if rec else []
        return found

    def wanted(self, person, route, rec):
        if "/mass/" in route.path:  # a deed at many records, which none of these is
            return [404] if self.oracle.may(person, *route.needs) else [403]
        if route.path in OWN_RULE:
            may = OWN_RULE[route.path](self, person, rec)
            return [200] if may else [200, 403] if may is None else [403, 404]
        also = ALSO.get(route.path)
        if not self.oracle.may(person, *route.needs) or (also and not self.oracle.may(person, *also)):
            return [403] if not also or not self.oracle.may(person, *route.needs) or self.oracle.reaches(
                person, rec) else [403, 404]
        if not self.oracle.reaches(person, rec) or route.path in SHOWS_NONE:
            return [404]
        if route.path == "/api/watch/{id}/restore" and not self.oracle.sees_watched(person):
            return [403]
        return [200] if self.oracle.reaches(person, rec, route.needs[1]) else [403]

    def last_of(self, route):
        """The address of what has an id and is no record, a round: the last that the owner is told by the list its path
        begins with."""
        if "{id}" not in route.path:
            return route.path
        rows = self.ask.well("owner", "GET", route.path.split("/{id}")[0])["items"]
        return route.path.replace("{id}", str(rows[-1]["id"]))

    def every_record(self, person, route):
        if not route.entity:
            self.read(person, self.last_of(route), [200] if self.oracle.may(person, *route.needs) else [403])
            return
        for rec in self.samples(person, route.entity):
            self.read(person, route.path.replace("{id}", str(rec.id)), self.wanted(person, route, rec))

    # ---- lists, counts, titles, files: known beforehand ----

    def lists(self, person):
        for entity in self.tables.entities:
            if not self.oracle.may(person, entity, "view"):
                continue
            if self.tables.follows(entity):
                self.hanging(person, entity)
                continue
            self.list_and_count(person, entity)
            self.titles(person, entity)
            self.filters(person, entity)
            self.paths(person, entity)
            self.figures(person, entity)
            self.searches(person, entity)
            self.sorts(person, entity)
            self.files(person, entity)
            for child in self.tables.listed(entity):
                self.children(person, entity, child)

    def children(self, person, entity, child):
        """The lists of children have the reach and the masks of their records, and group into what they count."""
        name, known = child["entity"], {r.id for r in self.all_of(entity)}
        for archived in (False, True):
            within = self.oracle.in_sight(person, entity, archived)
            wanted = sum(len(r.body.get(child["name"]) or []) for r in within)
            query = {"filter": self.of_those(entity), **({"archived": "true"} if archived else {})}
            self.count(person, name, wanted, **query)
            rows = self.read(person, f"/api/{name}", [200], limit=200, **query).json()["items"]
            beyond = {row[child["parent"]] for row in rows} & known - {r.id for r in within}
            self.check(not beyond, f"{person.name}: the list of {name} {query} has those of {beyond}")
            groups = self.read(person, f"/api/{name}/group", [200], by="parent.id", **query).json()
            told = {row["value"] for row in groups["items"]} & known - {r.id for r in within}
            self.check(groups["all"]["count"] == wanted and not told,
                       f"{person.name}: {name} by records are {groups['all']['count']}, not {wanted}, of {told}")
        for field in child["fields"]:
            if self.oracle.hides(person, entity, field.get("mask")):
                self.masked(person, name, field["name"])
        for field in self.oracle.hidden_fields(person, entity):
            self.masked(person, name, "parent." + field)

    def masked(self, person, name, field):
        self.count(person, name, None, filter=self.leaf(field, "not_empty"))
        self.read(person, f"/api/{name}", [422], sort=field)
        self.read(person, f"/api/{name}/group", [422], by=field)
        self.read(person, f"/api/{name}/group", [422], by="parent.id",
                  sums=json.dumps([{"how": "most", "path": field}]))
        self.read(person, f"/api/{name}/group", [422], by="parent.id",
                  sums=json.dumps([{"how": "count", "filter": json.loads(self.leaf(field, "not_empty"))}]))

    def hung_on(self, entity, rec):
        return self.leaf(self.tables.follows(entity), "is", f"{rec.entity}:{rec.id}")

    def hanging(self, person, entity):
        """What hangs on records is listed with one of them, as far as he sees that."""
        by = self.tables.follows(entity)
        for maker in (person.name, "mate", "stranger"):
            on = self.world.first.get(("client", maker))
            for archived in (False, True) if on else ():
                wanted = {r.id for r in self.oracle.in_sight(person, entity, archived)
                          if r.body[by] == f"client:{on.id}"}
                query = {"archived": "true"} if archived else {}
                got = self.read(person, f"/api/{entity}", [200], filter=self.hung_on(entity, on), limit=200, **query)
                got = {row["id"] for row in got.json()["items"]}
                self.check(got == wanted, f"{person.name}: {entity} of {on} {query} lacks {wanted - got} or has "
                           f"{got - wanted}")
        for tail in ("", "/count", "/titles"):
            self.read(person, f"/api/{entity}{tail}", [422])

    def whole(self, entity):
        """Are all records of the entity the sweep's own, so that lists can be known to the last one?"""
        return entity not in ("user", "unit", "role", "view", "activity_kind", "aim", "contact_rhythm",
                              "process", "process_version", "stage", "reason", "request_kind", "watch", "metric")

    def list_and_count(self, person, entity):
        known = {r.id for r in self.all_of(entity)}
        for archived in (False, True):
            wanted = {r.id for r in self.oracle.in_sight(person, entity, archived)}
            query = {"archived": "true"} if archived else {}
            if entity not in LISTS_OTHERWISE:
                got = {
                    row["id"]
                    for row in self.read(person, f"/api/{entity}", [200], limit=200, **query).json()["items"]
                }
                self.check(
                    got & known == wanted,
                    f"{person.name}: the list of {entity} {query} lacks {wanted - got} or has {got & known - wanted}")
            count = self.read(person, f"/api/{entity}/count", [200], filter=self.leaf("id", "in", sorted(known)),
                              **query).json()
            self.check(count["count"] == len(wanted),
                       f"{person.name}: {entity}/count {query} is {count['count']}, not {len(wanted)}")
            self.totals(person, entity, archived, count.get("totals", {}))

    def totals(self, person, entity, archived, got):
        fields = [f for f in self.tables.fields(entity) if f.get("total")]
        hidden = self.oracle.hidden_fields(person, entity)
        wanted = {f["name"] for f in fields} - hidden
        self.check(set(got) == wanted, f"{person.name}: totals of {entity} are {sorted(got)}, not {sorted(wanted)}")
        for name in wanted & set(got):
            known = sum(self.read_by_owner(r, name) for r in self.oracle.in_sight(person, entity, archived))
            self.check(decimal.Decimal(got[name] or 0) == known,
                       f"{person.name}: {entity}/count adds up {name} to {got[name]}, not {known}")

    def read_by_owner(self, rec, name):
        """Of a total by rule: its lines' figures, read once by the owner."""
        if not hasattr(rec, "read"):
            rec.read = self.ask.well("owner", "GET", f"/api/{rec.entity}/{rec.id}")
        return decimal.Decimal(rec.read[name] or 0)

    def titles(self, person, entity):
        wanted = {r.id for r in self.oracle.in_sight(person, entity)}
        got = {row["id"] for row in self.read(person, f"/api/{entity}/titles", [200]).json()["items"]}
        known = {r.id for r in self.all_of(entity)}
        self.check(got & known <= wanted and (len(got) == 20 or not self.whole(entity) or got == wanted),
                   f"{person.name}: titles of {entity} are {sorted(got)}")
        for maker in ("mate", "stranger"):
            rec = self.first(entity, maker)
            got = self.read(person, f"/api/{entity}/titles", [200], search=rec.title).json()["items"]
            told = rec.id in [row["id"] for row in got]
            among_many = not told and len(got) == 20  # of one title there are more than are told
            self.check(told == (rec.id in wanted) or among_many or not self.finds_title(entity),
                       f"{person.name}: titles of {entity} by {rec.title} are {got}")

    def finds_title(self, entity):
        title = self.tables.entities[entity]["title"]
        return any(f["name"] == title and f.get("find") for f in self.tables.fields(entity))

    # ---- filters ----

    @staticmethod
    def leaf(field, op, value=None):
        return json.dumps({"field": field, "op": op, **({"value": value} if value is not None else {})})

    def count(self, person, entity, wanted, **query):
        answer = self.read(person, f"/api/{entity}/count", [200] if wanted is not None else [422], **query)
        if wanted is not None and answer.status == 200:
            got = answer.json()["count"]
            self.check(got == wanted, f"{person.name}: {entity}/count {query} is {got}, not {wanted}")

    def filters(self, person, entity):
        hidden = self.oracle.hidden_fields(person, entity)
        within = self.oracle.in_sight(person, entity)
        for field in self.tables.fields(entity):
            for maker in (person.name, "stranger"):
                rec = self.first(
                    entity, maker) if (entity, maker) in self.world.first or not self.tables.scoped(entity) else None
                value = rec.body.get(field["name"]) if rec else None
                if field["name"] in hidden:
                    self.count(person, entity, None, filter=self.leaf(field["name"], "is",
                                                                      value if value is not None else "1.00"))
                    self.count(person, entity, None, filter=self.leaf(field["name"], "not_empty"))
                elif isinstance(value, (str, int)) and (TEXT_MARK.search(str(value))
                                                        or field["type"] in ("money", "price", "qty", "ratio")):
                    same = sum(r.body.get(field["name"]) == value for r in within)
                    self.count(person, entity, same, filter=self.leaf(field["name"], "is", value))
        for field in ("created_by", "changed_by"):
            self.count(person, entity, None if self.whole(entity) is None else self.made_by(person, entity, field),
                       filter=self.leaf(field, "is", self.world.people["stranger"].id))

    # ---- paths, and rows that point here ----

    def paths(self, person, entity):
        """Over each reference to what it points at: what is out of reach there counts as empty.  And back: of what is
        pointed at, those at which a row in sight points."""
        within = self.oracle.in_sight(person, entity)
        for field in self.tables.fields(entity):
            to = field.get("to")
            if field["type"] != "ref" or to not in self.tables.entities or field["name"] in self.oracle.hidden_fields(
                    person, entity):
                continue
            title = self.tables.entities[to]["title"]
            pointing = [r for r in self.all_of(entity) if self.world.by_id.get(r.body.get(field["name"]))]
            for rec in [r for r in pointing if r.maker in (person.name, "stranger")][:2]:
                self.path(person, entity, field["name"], to, title, rec, within)
            if self.oracle.may(person, to, "view") and pointing:
                self.back(person, entity, field["name"], to, within)

    def path(self, person, entity, ref, to, title, rec, within):
        said = self.world.by_id[rec.body[ref]].body.get(title)
        leaf = self.leaf(f"{ref}.{title}", "is", said)
        if not isinstance(said, str) or not TEXT_MARK.search(said):
            return
        if not self.oracle.may(person, to, "view") or title in self.oracle.hidden_fields(person, to):
            self.count(person, entity, None, filter=leaf)
            return
        ends = [self.world.by_id.get(r.body.get(ref)) for r in within]
        same = sum(end is not None and end.body.get(title) == said and self.oracle.reaches(person, end) for end in ends)
        self.count(person, entity, same, filter=leaf)

    def back(self, person, entity, ref, to, within):
        known = self.leaf("id", "in", sorted(r.id for r in self.all_of(to)))
        some = json.dumps({"some": f"<{entity}.{ref}"})
        ends = {r.body.get(ref) for r in within}
        same = sum(r.id in ends for r in self.oracle.in_sight(person, to))
        self.count(person, to, same, filter=f'{{"all": [{known}, {some}]}}')

    def made_by(self, person, entity, field):
        if field == "created_by":
            others = entity in ("user", "finding")  # made by the owner, and by the program
            return 0 if others else sum(r.maker == "stranger" for r in self.oracle.in_sight(person, entity))
        return 0 if self.whole(entity) and not self.oracle.reaches(person, self.first(
            entity, "stranger")) else self.any_count(entity, field)

    def any_count(self, entity, field):
        return self.ask.well("owner", "GET", f"/api/{entity}/count",
                             filter=self.leaf(field, "is", self.world.people["stranger"].id))["count"]

    def linked(self, entity, lookup, target):
        """Records of the entity that a lookup ties to the target: by a child of theirs, or by a child of the target."""
        for child in self.tables.children(entity):
            if any(f["name"] == lookup["name"] for f in child["fields"]):
                return [
                    r for r in self.all_of(entity) if any(
                        row.get(lookup["name"]) == target.id for row in r.body[child["name"]])
                ]
        for child in self.tables.children(lookup["to"]):
            for field in child["fields"]:
                if field.get("to") == entity:
                    ids = {row.get(field["name"]) for row in target.body[child["name"]]}
                    return [r for r in self.all_of(entity) if r.id in ids]
        raise RuntimeError(f"{entity}.{lookup['name']}: how is it tied to {lookup['to']}? say it in reading.py")

    def figures(self, person, entity):
        within = set(self.oracle.in_sight(person, entity))
        for figure in self.tables.entities[entity]["figures"]:
            if figure.get("shown"):
                self.counted(person, entity, figure, within)
                continue
            if "to" not in figure:
                self.condition(person, entity, figure["name"], within)
                continue
            for maker in (person.name, "stranger"):
                target = self.first(figure["to"], maker)
                tied = len(within & set(self.linked(entity, figure, target)))
                self.count(person, entity, tied if self.oracle.reaches(person, target) else 0,
                           filter=self.leaf(figure["name"], "is", target.id))

    def condition(self, person, entity, name, within):
        """What is only asked for, as yes or no, holds of the same records for everybody."""
        asked = f'{{"all": [{self.among(entity)}, {self.leaf(name, "is", True)}]}}'
        holds = {row["id"] for row in self.ask.well("owner", "GET", f"/api/{entity}", filter=asked, limit=200)["items"]}
        self.count(person, entity, len({r.id for r in within} & holds), filter=asked)

    def column(self, person, entity, name):
        """What the list shows under that name, by the id of the record."""
        answer = self.read(person, f"/api/{entity}", [200], figures=name, limit=200)
        return {row["id"]: row["_figures"][name] for row in answer.json()["items"]} if answer.status == 200 else {}

    def figure_hidden(self, person, entity, figure):
        """Costs are hidden where records, what is counted of them, or analyses of that hide them."""
        places = [entity, figure.get("counts", entity)]
        places += ["analysis"] if self.oracle.may(person, "analysis", "view") else []
        return any(self.oracle.hides(person, place, figure.get("mask")) for place in places)

    def counted(self, person, entity, figure, within):
        """What a night counted is a column, an order and a name for those whom he sees together with what was counted;
        where he sees none of that, or it is hidden from him, it is none of these.  A figure that counts nobody's rows
        is seen with its record."""
        name, rows = figure["name"], figure.get("counts")
        tie = self.tables.entities[rows]["owner"] if rows else None
        if (rows and not self.oracle.may(person, rows, "view")) or self.figure_hidden(person, entity, figure):
            self.count(person, entity, None, filter=f'{{"field": "{name}", "op": "not_empty"}}')
            self.read(person, f"/api/{entity}", [422], figures=name)
            self.read(person, f"/api/{entity}", [422], sort=name)
            return
        seen = {r.id for r in within if not rows or self.oracle.reaches(person, Rec(rows, r.maker, {tie: r.id}, {}))}
        answer = self.ask.well("owner", "GET", f"/api/{entity}", figures=name, limit=200)
        values = {row["id"]: row["_figures"][name] for row in answer["items"]}
        for id_, value in self.column(person, entity, name).items():
            wanted = values.get(id_) if id_ in seen else None
            self.check(value == wanted, f"{person.name}: {name} of {entity} {id_} is {value}, not {wanted}")
        told = [values[i] for i in seen if values.get(i) is not None]
        self.count(person, entity, len(told), filter=f'{{"field": "{name}", "op": "not_empty"}}')
        for option in figure.get("options", []):
            self.count(person, entity, told.count(option["key"]), filter=self.leaf(name, "is", option["key"]))

    # ---- search and order ----

    def found_by(self, rec):
        """What the record is found by: texts of fields to find, digits of phones."""
        flat = {f["name"]: f for f in self.tables.fields(rec.entity)}
        for mark, field in rec.marks.items():
            child = field.split(".")[0] if "." in field else None
            if (not child and flat[field].get("find")
                    and rec.body.get(field, "").upper().find(mark) >= 0) or field.endswith("phones.number"):
                yield mark

    def searches(self, person, entity):
        within = self.oracle.in_sight(person, entity)
        for maker in (person.name, "stranger"):
            if self.tables.scoped(entity) and (entity, maker) not in self.world.first:
                continue
            for mark in self.found_by(self.first(entity, maker)):
                self.count(person, entity, sum(mark in r.marks for r in within), search=mark)

    def sorts(self, person, entity):
        wanted = {r.id for r in self.oracle.in_sight(person, entity)}
        known = {r.id for r in self.all_of(entity)}
        hidden = self.oracle.hidden_fields(person, entity)
        if entity in LISTS_OTHERWISE:
            return
        for field in self.tables.fields(entity):
            if field.get("sort") and field["name"] not in hidden:
                answer = self.read(person, f"/api/{entity}", [200], sort="-" + field["name"], limit=200)
                got = {row["id"] for row in answer.json()["items"]}
                self.check(
                    got & known == wanted,
                    f"{person.name}: {entity} by {field['name']} lacks {wanted - got} or has {got & known - wanted}")
            elif field["name"] in hidden:
                self.read(person, f"/api/{entity}", [422], sort=field["name"])
        self.cursors(person, entity)

    def cursors(self, person, entity):
        page = self.read(person, f"/api/{entity}", [200], limit=1).json()
        at = page["next"]
        if not at:
            return
        second = self.read(person, f"/api/{entity}", [200], limit=1, after=at).json()
        self.check(second["items"][0]["id"] != page["items"][0]["id"], f"{person.name}: {entity} has no second page")
        other = ("B" if at[-3] != "B" else "C")
        for wrong in (at[:-3] + other + at[-2:], "A" + at[1:] if at[0] != "A" else "B" + at[1:], at[:-4]):
            self.read(person, f"/api/{entity}", [422], limit=1, after=wrong)
        self.read(person, f"/api/{entity}", [422], limit=1, after=at, sort="-id")
        self.read(person, f"/api/{entity}", [422], limit=1, after=at, archived="true")
        if self.last_cursor and self.last_cursor[0] != person.name:
            self.read(person, f"/api/{self.last_cursor[1]}", [422, 403], limit=1, after=self.last_cursor[2])
        self.last_cursor = (person.name, entity, at)

    # ---- files ----

    def files(self, person, entity):
        if not self.oracle.may(person, entity, "export"):
            return
        title = self.tables.entities[entity]["title"]
        wanted = {m for r in self.oracle.in_sight(person, entity, verb="export") if self.oracle.reaches(person, r)
                  for m, field in r.marks.items() if field == title and m in r.body.get(title, "").upper()}
        for form in ("csv", "csv_ru", "xlsx"):
            got = marks_in(self.read(person, f"/api/{entity}/export", [200], format=form).text)
            self.check(wanted <= got, f"{person.name}: {entity} as {form} lacks {sorted(wanted - got)}")
        hidden = [
            f["name"] for f in self.tables.fields(entity) if f["name"] in self.oracle.hidden_fields(person, entity)
        ]
        for name in hidden:
            self.read(person, f"/api/{entity}/export", [422], sort=name)
            self.read(person, f"/api/{entity}/export", [422], filter=self.leaf(name, "not_empty"))
