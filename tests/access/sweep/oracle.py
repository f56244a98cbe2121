"""Who may see what and do what, computed from the rows of his role alone; it knows nothing of how the program does
it."""
from world import KNOWN


class Oracle:
    def __init__(self, world, tables):
        self.world, self.tables = world, tables
        self.mask_of, self.kept, self.teams = {}, {}, {}
        for name, entity in tables.entities.items():
            for field in entity["fields"]:
                self.mask_of[name, field["name"]] = field.get("mask")
            for child in entity["children"]:
                for field in child["fields"]:
                    self.mask_of[name, f"{child['name']}.{field['name']}"] = field.get("mask")

    def learn(self, person, rights):
        """`rights`: rows of a role, or "everything" for the owner's."""
        if rights == "everything":
            rights = self.tables.every_right("all")
        person.rights = {(r["entity"], r["verb"]): (r["scope"], {m.strip()
                                                                 for m in (r["mask"] or "").split(",")} - {""})
                         for r in rights}
        person.signature = repr(sorted((pair, scope, sorted(mask)) for pair, (scope, mask) in person.rights.items()))

    # ---- rights ----

    def may(self, person, entity, verb):
        return (entity, verb) in person.rights

    def hides(self, person, entity, mask, verb="view"):
        groups = person.rights.get((entity, "view"), ("", set()))[1] | person.rights.get((entity, verb), ("", set()))[1]
        return bool(mask) and mask in groups

    def hidden_fields(self, person, entity, verb="view"):
        return {f["name"] for f in self.tables.fields(entity) if self.hides(person, entity, f.get("mask"), verb)}

    # ---- whose rows ----

    def learn_of(self, rec):
        """A record was made: whom its people and its team belong to is worked out anew."""
        self.teams.clear()
        for child in rec.body.get("persons", []):
            self.kept.pop(child.get("person_id"), None)

    def team(self, person):
        """Himself, his unit, the units he leads, and all below these."""
        if person.name not in self.teams:
            self.teams[person.name] = self.seen_by(person)
        return self.teams[person.name]

    def seen_by(self, person):
        units = {person.unit}
        if person.name == "head":
            units.add("Север")
        if "Север" in units:
            units.add("Север-2")
        ids = {self.world.units[name] for name in units}
        return {r.id for r in self.world.records if r.entity == "user" and r.body.get("unit_id") in ids} | {person.id}

    def holders(self, rec):
        """(users whose row it is, users who see it because they made it)."""
        if rec.id is None:
            return self.held(rec)
        if rec.id not in self.kept:
            self.kept[rec.id] = self.held(rec)
        return self.kept[rec.id]

    def held(self, rec):
        entity = self.tables.entities[rec.entity]
        made_by = self.world.people[rec.maker].id if rec.maker in self.world.people else None
        if rec.entity == "person":
            clients = self.world.clients_of.get(rec.id, [])
            return set().union(*(self.holders(c)[0] for c in clients)), set() if clients else {made_by}
        if rec.entity == "activity":
            client = self.world.by_id.get(rec.body.get("client_id"))
            own = {rec.body.get("performer_id", made_by), made_by}
            return own | (self.holders(client)[0] if client else set()), set()
        if rec.entity == "need":
            client = self.world.by_id.get(rec.body.get("client_id"))
            return {made_by} | (self.holders(client)[0] if client else set()), set()
        if rec.entity == "deal":
            client = self.world.by_id.get(rec.body.get("client_id"))
            return {rec.body.get("keeper_id", made_by)} | (self.holders(client)[0] if client else set()), set()
        if rec.entity == "request":
            client = self.world.by_id.get(rec.body.get("client_id"))
            own = {rec.body.get("performer_id", made_by), rec.body.get("author_id", made_by)}
            return own | (self.holders(client)[0] if client else set()), set()
        if "owner" not in entity:
            raise RuntimeError(f"{rec.entity} has a scope and no owner: say in oracle.py whom its rows follow")
        owner = entity["owner"]
        if owner == "id":
            return {rec.id}, set()
        if owner not in rec.body:
            return {made_by}, set()
        field = next(f for f in entity["fields"] if f["name"] == owner)
        value = rec.body[owner]
        return ({value}, set()) if field["to"] == "user" else self.holders(self.world.by_id[value])

    def reaches(self, person, rec, verb="view"):
        if not self.may(person, rec.entity, verb):
            return False
        if self.tables.follows(rec.entity):
            on = self.world.by_id[int(rec.body[self.tables.follows(rec.entity)].split(":")[1])]
            return self.reaches(person, on, "view" if verb in ("view", "export", "share") else "change")
        if rec.entity == "watch" and verb in ("add", "change") and not self.sees_watched(person):
            return False
        scope = person.rights[rec.entity, verb][0]
        if scope == "all" or not self.tables.scoped(rec.entity):
            return True
        holders, makers = self.holders(rec)
        return person.id in makers or bool(holders & ({person.id} if scope == "own" else self.team(person)))

    def sees_watched(self, person):
        """All that the watches of the sweep look at, clients: who does not sets none, nor restores one."""
        return person.rights.get(("client", "view"), ("",))[0] == "all"

    def shared(self, person, rec):
        """Settings of an analysis that a colleague shares are everybody's to use."""
        return rec.entity == "analysis_setting" and bool(rec.body.get("shared")) and self.may(
            person, rec.entity, "view")

    def in_sight(self, person, entity, archived=False, verb="view"):
        return [
            r for r in self.world.records
            if r.entity == entity and r.archived == archived and self.reaches(person, r, verb)
        ]

    # ---- marks ----

    def secrets(self, person):
        """Every mark that no answer to him may hold, with what it is."""
        kept = {}
        for rec in self.world.records:
            self.secrets_of(person, rec, kept)
        return kept

    def secrets_of(self, person, rec, kept):
        sees = self.reaches(person, rec) or self.shared(person, rec)
        title = self.tables.entities[rec.entity].get("title")
        for mark, field in rec.marks.items():
            told = rec.entity in KNOWN and field == title
            if not told and (not sees or self.hides(person, rec.entity, self.mask_of[rec.entity, field])):
                kept[mark] = f"{field} of {rec}"

    def out_of_sight(self, person):
        """Ids that may not be told to him as those of records."""
        return {
            r.id
            for r in self.world.records
            if not self.reaches(person, r) and not self.shared(person, r) and r.entity not in KNOWN
        }
