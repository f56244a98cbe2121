"""What is out of sight changes nothing: somebody is asked everything, then what he may not see is altered from top to
bottom, and he is asked again.  Every byte stays.  So no count, sum, share, order, sentence or page depends on it,
whichever way it might have got there."""
import json

from world import KNOWN

# What an answer may tell of a firm as a whole to whoever may ask, whosever the rows are: how much room files take.
OF_THE_FIRM = ("/api/import/room",)
MOVES_WITH_MASKED = {"version", "changed_at", "changed_by"}  # of a record in sight whose hidden figure was changed


class Blind:
    def __init__(self, ask, world, tables, oracle, reading, check):
        self.ask, self.world, self.tables = ask, world, tables
        self.oracle, self.reading, self.check = oracle, reading, check
        self.last = {}

    # ---- everything he can ask ----

    def addresses(self, person):
        for route in self.reading.routes():
            if route.path in OF_THE_FIRM or (route.needs and not self.oracle.may(person, *route.needs)):
                continue
            if "{id}" in route.path and not route.entity:
                yield (route, self.reading.last_of(route), {})
            elif "{id}" in route.path:
                seen = [
                    r for r in self.reading.samples(person, route.entity)
                    if 200 in self.reading.wanted(person, route, r)
                ]
                yield from ((route, route.path.replace("{id}", str(r.id)), {}) for r in seen[:3])
            else:
                yield from ((route, route.path, query) for query in self.asked(route))

    def asked(self, route):
        """As it stands, and what changes the whole of the answer: a list to its end, the archive, each measure, each
        list, a workbook."""
        must = self.reading.queries(route)[0]
        yield {**must, **({"limit": 200} if "limit" in route.params else {})}
        if "archived" in route.params:
            yield {**must, "archived": "true"}
        for name in ("measure", "of", "list", "grain"):
            yield from ({**must, name: value}
                        for value in route.params.get(name, {"schema": {}})["schema"].get("enum", []))
        if "cell" in route.params:
            yield from ({**must, "cell": cell} for cell in self.reading.cells(route)[:1])
        if "format" in route.params:
            yield {**must, "format": "xlsx"}

    def canonical(self, answer, without):
        if answer.body[:1] not in (b"{", b"["):
            return answer.text
        def plain(at):
            if isinstance(at, dict):
                return {k: bool(v) if k == "next" else plain(v) for k, v in at.items() if k not in without}
            return [plain(v) for v in at] if isinstance(at, list) else at
        return json.dumps(plain(answer.json()), ensure_ascii=False, indent=0)

    def told(self, person, asked):
        return [(path, query, tail, self.ask(person.name, "GET", path, **query)) for path, query, tail in asked]

    def said(self, told, without):
        """{what was asked: what was answered}."""
        return {
            f"GET {path} {query or ''}": f"{answer.status} {self.canonical(answer, without)}"
            for path, query, tail, answer in told
            if not (without and tail.endswith("history"))
        }

    def everything(self, person):
        """What he is told now; as he was told before where nothing has been altered since that he sees."""
        if person.name not in self.last:
            self.last[person.name] = self.told(person, [(path, query, route.tail)
                                                        for route, path, query in self.addresses(person)])
        return self.last[person.name]

    @staticmethod
    def difference(old, new):
        lines = zip(old.split("\n"), new.split("\n"))
        return next((f"«{a}» became «{b}»" for a, b in lines if a != b), f"{len(old)} became {len(new)} long")

    # ---- what he does not see is altered ----

    def alter(self, rec):
        """Every text and figure that somebody may write gets another one; titles that everybody knows stay."""
        entity, marks = self.tables.entities[rec.entity], {}
        kept = {entity["title"]} if rec.entity in KNOWN else set()
        fields = [f for f in entity["fields"] if f["type"] != "ref" and f["name"] not in kept]
        body = self.world.row(rec.entity, fields, rec.maker, marks, changing=True)
        if rec.entity == "user":
            body.pop("login", None)
        for child in entity["children"]:
            own = {}
            body[child["name"]] = [self.world.row(child["entity"], child["fields"], rec.maker, own)]
            marks.update({mark: f"{child['name']}.{field}" for mark, field in own.items()})
        self.write(rec, body, marks)

    def write(self, rec, body, marks):
        answer = self.world.change(rec, body)
        if answer.status != 200:
            raise RuntimeError(f"{rec} cannot be altered: {answer.status} {answer.text[:300]}")
        rec.body.update({k: v for k, v in body.items() if not isinstance(v, list)})
        rec.marks.update(marks)
        rec.__dict__.pop("read", None)

    def add(self, entity):
        """One more of the stranger's, and one more archived."""
        if entity in ("user", "import"):
            return
        for archived in (False, True):
            self.world.sender = "owner"
            body, marks = self.world.body(entity, "stranger")
            self.world.sender = None
            rec = self.world.keep(entity, "owner", body, marks, self.ask.well("owner", "POST", f"/api/{entity}", body))
            self.reading.learn(rec)
            if archived:
                self.world.archive(rec)
            yield rec

    def excuse(self, rec):
        """What a watch has found nobody makes nor rewrites; that it is excused, and why, is written."""
        reason = self.world.mark()
        self.ask.well("owner", "POST", f"/api/finding/{rec.id}/excuse", {"reason": reason})
        rec.marks[reason] = "reason"
        rec.__dict__.pop("read", None)
        self.reading.learn(rec)

    def unmask(self, entity, mask):
        """Every figure of the group gets another one, in all living records; None where there is none."""
        fields = [f for f in self.tables.fields(entity) if f.get("mask") == mask and not f.get("by_rule")]
        lists = [(c["name"], c["entity"], [f
                                           for f in c["fields"]
                                           if f.get("mask") == mask])
                 for c in self.tables.children(entity)]
        for rec in [r for r in self.reading.all_of(entity) if not r.archived]:
            marks, body = {}, {}
            body.update(self.world.row(entity, fields, rec.maker, marks, changing=True))
            for name, child, hidden in [row for row in lists if row[2]]:
                own = {}
                stored = self.ask.well("owner", "GET", f"/api/{entity}/{rec.id}")[name]
                body[name] = [{"id": row["id"], **self.world.row(child, hidden, rec.maker, own)} for row in stored]
                marks.update({mark: f"{name}.{field}" for mark, field in own.items()})
            if body:
                self.write(rec, body, marks)

    # ---- rounds ----

    def round(self, people, what, blind, deed, without=frozenset()):
        """`blind` of a person: does he see nothing of what `deed` is going to alter?"""
        before = [(p, self.everything(p)) for p in people if p is self.owner or blind(p)]
        self.last.clear()
        deed()
        for person, told in before:
            again = self.told(person, [(path, query, tail) for path, query, tail, _ in told])
            old, now = self.said(told, without), self.said(again, without)
            if person is self.owner:
                self.check(now != old, f"{what} are altered: the owner sees nothing of it")
                continue
            self.last[person.name] = again
            for asked in old:
                self.check(
                    now[asked] == old[asked],
                    f"{person.name}: {what} are altered, and {asked} tells of it: "
                    f"{self.difference(old[asked], now[asked])}"
                )

    def every_round(self, people):
        self.owner = self.world.people["role owner"]
        for entity in [e for e in self.tables.entities if self.tables.scoped(e) and e != "import"]:
            rec = self.world.first[entity, "stranger"]
            def deed(entity=entity, rec=rec):
                if entity == "finding":
                    self.excuse(rec)
                    return
                self.alter(rec)
                list(self.add(entity))

            self.round(people, f"the stranger's {entity} records", lambda p, rec=rec: not self.oracle.reaches(p, rec),
                       deed)
        for entity in self.tables.entities:
            for mask in self.masks_of(entity):
                self.round(people, f"figures {mask} of {entity}", lambda p, e=entity, m=mask: self.sees_none(p, e, m),
                           lambda e=entity, m=mask: self.unmask(e, m), MOVES_WITH_MASKED)

    def masks_of(self, entity):
        lists = [self.tables.fields(entity)] + [c["fields"] for c in self.tables.children(entity)]
        return sorted({f["mask"] for fields in lists for f in fields if "mask" in f and not f.get("by_rule")})

    def sees_none(self, person, entity, mask):
        return not self.oracle.may(person, entity, "view") or self.oracle.hides(person, entity, mask)
