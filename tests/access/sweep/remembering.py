"""The doors that remember: a request sent again, a record known by where it comes from, news, a file brought by numbers
and taken back.  Each was opened by right once; what has gone to somebody else since is told no more."""
import copy
import json
import re
import select
import socket
import time

NEWS_S = 20


class Stream:
    """The events of one person, as the bytes come."""

    def __init__(self, work, who):
        self.line = socket.create_connection(("127.0.0.1", work.server().port))
        self.line.sendall(
            f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Sbyt: 1\r\nCookie: sbyt={work.cookies[who]}\r\n\r\n".
            encode())
        self.text = b""

    def take(self, seconds):
        if select.select([self.line], [], [], seconds)[0]:
            self.text += self.line.recv(1 << 16)

    def heard(self):
        return [json.loads(line) for line in re.findall(rb"^data: ?(\{.*\})\r?$", self.text, re.M)]


class Remembering:
    def __init__(self, ask, world, tables, oracle, reading, writing, blind, check):
        self.ask, self.world, self.tables, self.oracle, self.reading = ask, world, tables, oracle, reading
        self.writing, self.blind, self.check = writing, blind, check

    def makeable(self):
        """Entities that are made by what their description says, and not by an area's own way; findings are the
        watches'."""
        return [r.entity for r in self.tables.routes
                if r.method == "POST" and r.body == "record" and not r.tail and r.entity != "finding"]

    def moved(self):
        """Somebody's row became another's: whose is whose is worked out anew."""
        self.oracle.kept.clear()
        self.reading.secrets.clear()
        self.reading.hidden_ids.clear()

    # ---- known by where it comes from ----

    def known_keys(self, people):
        known = {}
        for entity in self.makeable():
            self.world.sender = "owner"
            body, marks = self.world.body(entity, "stranger")
            self.world.sender = None
            body.update(origin="elsewhere", key=entity)
            if entity == "user":
                body["unit_id"] = self.world.units["Юг"]
            known[entity] = self.world.keep(entity, "owner", body, marks,
                                            self.ask.well("owner", "POST", f"/api/{entity}", body))
        for person in people:
            self.reading.meet(person)
            for entity, rec in known.items():
                if not self.oracle.may(person, entity, "add"):
                    continue
                body, _ = self.writing.body_for(person, entity, person.name)
                body.update(origin="elsewhere", key=entity)
                sees = self.oracle.reaches(person, rec)
                answer = self.writing.send(person, "POST", f"/api/{entity}", [200] if sees else [409], body)
                self.check(not sees or answer.json().get("id") == rec.id,
                           f"{person.name}: {entity} known by its key is {answer.text[:300]}")

    # ---- sent again ----

    def sent_again(self, people):
        for person in people:
            self.reading.meet(person)
            sent = [
                one for entity in self.makeable() if self.oracle.may(person, entity, "add")
                for one in self.once(person, entity)
            ]
            for one in sent:
                self.again(person, *one)
            for _, rec, _ in sent:
                self.give_away(rec)
            self.moved()
            for one in sent:
                self.again(person, *one)
            if sent:
                self.without_role(person, *sent[-1])

    def once(self, person, entity):
        body, marks = self.writing.body_for(person, entity, person.name)
        key = f"{person.id}-{entity}"
        answer = self.ask(person.name, "POST", f"/api/{entity}", body, {"Idempotency-Key": key})
        if answer.status == 201:
            rec = self.world.keep(entity, person.name, body, marks, answer.json())
            self.reading.learn(rec)
            yield key, rec, copy.deepcopy(body)

    def again(self, person, key, rec, body, wanted=None):
        wanted = wanted or ([201] if self.oracle.reaches(person, rec) else [404])
        answer = self.writing.send(person, "POST", f"/api/{rec.entity}", wanted, body, headers={"Idempotency-Key": key})
        if answer.status == 201:
            self.check(answer.json()["id"] == rec.id,
                       f"{person.name}: {rec} sent again was made again: {answer.text[:200]}")

    def give_away(self, rec):
        """To the stranger, where somebody keeps it, and under another name."""
        owner = self.tables.entities[rec.entity].get("owner")
        field = next((f for f in self.tables.fields(rec.entity)
                      if f["name"] == owner and f["to"] == "user" and not f.get("by_rule")), None)
        if field:
            self.blind.write(rec, {owner: self.world.people["stranger"].id}, {})
        if rec.entity != "role":
            self.world.rename(rec)

    def without_role(self, person, key, rec, body):
        """He has another role now, which may nothing: what he did is told him no more."""
        for role, wanted in ((self.world.powerless, [403]), (self.world.role_ids[person.name], None)):
            answer = self.world.change(person.rec, {"role_id": role})
            self.check(answer.status == 200, f"{person.name} gets role {role}: {answer.text[:300]}")
            if wanted:
                self.again(person, key, rec, body, wanted)

    # ---- news ----

    def news(self, people):
        streams = {p.name: Stream(self.world.work, p.name) for p in people}
        for stream in streams.values():
            while b"\r\n\r\n" not in stream.text:
                stream.take(NEWS_S)
        changed = []
        for entity in self.tables.entities:
            if self.world.changeable(entity):
                makers = ("mate", "stranger") if self.tables.scoped(entity) else (None,)
                changed += [self.world.first[entity, maker] for maker in makers]
        for rec in changed:
            self.world.rename(rec)
        self.listen(streams, {r.id for r in changed})
        for person in people:
            heard = {e["id"] for e in streams[person.name].heard() if "id" in e}
            wanted = {r.id for r in changed if self.oracle.reaches(person, r)}
            kept_from = {r.id for r in self.world.records if not self.oracle.reaches(person, r)}
            self.check(wanted <= heard,
                       f"{person.name}: no news of {[str(self.world.by_id[i]) for i in wanted - heard]}")
            self.check(not heard & kept_from,
                       f"{person.name}: news of {[str(self.world.by_id[i]) for i in heard & kept_from]}")
        for stream in streams.values():
            stream.line.close()

    @staticmethod
    def listen(streams, all_of_them):
        """Until the owner has heard of everything; one pass tells everybody, so the others have heard by then what they
        were going to."""
        owner, until = streams["role owner"], time.monotonic() + NEWS_S
        while all_of_them - {e.get("id") for e in owner.heard()} and time.monotonic() < until:
            owner.take(1)
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            for stream in streams.values():
                stream.take(0.001)

    # ---- brought by numbers, and taken back ----

    def by_number(self, people):
        """A number of somebody else's client is to an import as one that nobody has."""
        those = [p for p in people if self.oracle.may(p, "import", "add") and self.oracle.may(p, "client", "import")]
        for person in those:
            self.reading.meet(person)
            recs = [self.world.first["client", maker] for maker in ("stranger", "mate", person.name)]
            recs[-1] = next(r for r in self.reading.all_of("client") if r.maker == person.name and not r.archived)
            rows = [["Номер", "Город"], ["НЕТ-ТАКОГО", "Тула"]] + [[r.body["number"], f"Город {person.id}"]
                                                                   for r in recs]
            made, state = self.world.imported(person.name, "numbers.csv", rows, ["number", "city"], mode="update",
                                              key="number")
            self.reading.learn(self.world.keep("import", person.name, {"name": "numbers.csv"}, {}, {"id": made}))
            self.told_of_rows(person, made, state, recs)
            self.taken_back(person, made, recs[-1], str(rows))

    def told_of_rows(self, person, made, state, recs):
        told = {}
        for problem in state["problems"]:
            told.setdefault(problem["row"], []).append((problem["key"], problem["field"]))
        unknown = min(told, default=None)
        for place, rec in enumerate(recs, 1):
            can = self.oracle.reaches(person, rec) and self.oracle.reaches(
                person, rec, "import") and self.oracle.reaches(person, rec, "change")
            city = self.ask.well("owner", "GET", f"/api/client/{rec.id}")["city"]
            self.check((city == f"Город {person.id}") == can,
                       f"{person.name}: an import by number has written «{city}» into {rec}")
            if not self.oracle.reaches(person, rec) and unknown is not None:
                self.check(
                    told.get(unknown + place) == told[unknown],
                    f"{person.name}: an import tells of the number of {rec} {told.get(unknown + place)}, of no number "
                    f"{told[unknown]}"
                )
        self.check(unknown is not None, f"{person.name}: an import does not tell of a number that nobody has: {state}")

    def taken_back(self, person, made, rec, sent):
        """What he changed has gone to another and has another name: taking the file back tells neither."""
        if not self.oracle.may(person, "import", "change"):
            return
        self.blind.write(rec, {"city": "Тайноград"}, {})
        self.give_away(rec)
        self.moved()
        answer = self.writing.send(person, "POST", f"/api/import/{made}/undo", [202])
        if answer.status == 202:
            self.world.settled(person.name, made)
        answer = self.ask(person.name, "GET", f"/api/import/{made}")
        self.reading.scan(person, f"GET /api/import/{made} after it was taken back", answer, sent=sent)
        self.check("Тайноград" not in answer.text or self.oracle.reaches(person, rec),
                   f"{person.name}: what an undo left tells {answer.text[:600]}")

    # ---- signing out ----

    def sign_out(self, people):
        for person in people:
            self.writing.send(person, "DELETE", "/api/session", [204])
            self.writing.send(person, "GET", "/api/meta", [401])
