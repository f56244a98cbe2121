"""Two people with every right and a limit of records: one asks every list first, the other every record.

Whatever they ask in ten minutes (the clock of the sweep stands still), neither is told more clients or more sales than
the limit.  A record is told when a text of it stands in an answer; only what the card of another record names beside
it, in passing, is no telling."""
from asking import TEXT_MARK
from reading import ALSO

LIMIT = 3
NAMES = ("под счётом списком", "под счётом по одной")
BASE = ("client", "sale")
EACH = 12  # of the records of an entity, opened one by one


class Limited:
    def __init__(self, ask, world, tables, reading, check):
        self.ask, self.world, self.tables, self.reading, self.check = ask, world, tables, reading, check
        self.whose = {
            mark: rec
            for rec in world.records if rec.entity in BASE for mark in rec.marks if TEXT_MARK.fullmatch(mark)
        }

    @staticmethod
    def roles(ask, tables):
        role = {"name": "Под счётом", "view_limit": LIMIT, "rights": tables.every_right("all")}
        made = ask.well("owner", "POST", "/api/role", role)
        return dict.fromkeys(NAMES, made["id"])

    def told(self, route, text):
        """The records of the base that the answer shows."""
        found = {self.whose[mark] for mark in map(str.upper, TEXT_MARK.findall(text)) if mark in self.whose}
        also = ALSO.get(route.path, (None,))[0]  # a client's sales are sales told
        return {rec for rec in found if "{id}" not in route.path or rec.entity in (route.entity, also)}

    def asked(self, route):
        """What to ask of a route: (path, query)."""
        if "{id}" in route.path:
            return [(route.path.replace("{id}", str(rec.id)), {}) for rec in self.reading.all_of(route.entity)[-EACH:]]
        return [(route.path, query) for query in self.reading.queries(route)]

    def one(self, name, routes):
        seen, refused = {entity: set() for entity in BASE}, 0
        for route in routes:
            for path, query in self.asked(route):
                answer = self.ask(name, "GET", path, **query)
                refused += answer.status == 403 and "view.too_many" in answer.text
                for rec in self.told(route, answer.text) if answer.status == 200 else ():
                    seen[rec.entity].add(rec)
                over = [entity for entity, records in seen.items() if len(records) > LIMIT]
                if not self.check(not over, f"{name}: {path} {query} tells more than {LIMIT} of {over} in ten minutes"):
                    return
        for entity, records in seen.items():
            self.check(0 < len(records) <= LIMIT, f"{name}: {len(records)} of {entity} were told, the limit is {LIMIT}")
        self.check(refused > 20, f"{name}: only {refused} refusals by the limit")

    def every_route(self):
        routes = list(self.reading.routes())
        self.one(NAMES[0], sorted(routes, key=lambda route: "{id}" in route.path))
        self.one(NAMES[1], sorted(routes, key=lambda route: "{id}" not in route.path))
