"""What breaks while people work, and who changes what they may."""
import collections
import pathlib
import random
import time

import after
from people import Person
from truth import Thing

# What may happen next, how often in comparison; the second table is for two servers over PostgreSQL.
ALONE = {"killed": 5, "stopped": 3, "jumped": 6, "copied": 3, "restored": 2}
TWO = {**ALONE, "killed": 4, "away": 3, "database stopped": 4}
FARTHEST = (
    3 * 86400
)  # seconds the clock is put forth or back at most: what was done under a key is remembered for a week


class Weather:
    """Its script is drawn from the seed; the moments are the machine's."""

    def __init__(self, storm, end):
        self.storm, self.house, self.end = storm, storm.house, end
        self.owner = Person(storm, 1001, storm.owner.id, "owner")
        self.happened, self.copies, self.busy, self.log = collections.Counter(), [], False, []

    def told(self):
        return ", ".join(f"{n} × {what}" for what, n in sorted(self.happened.items())) or "calm"

    def look(self):
        """A server that ends by itself is seen at once and started again."""
        for server in self.house.servers.values():
            process = server.process
            if not self.busy and process and process.poll() is not None and not self.house.over:
                with self.house.trouble():
                    server.look()
                    server.port = server.process = None
                    server.start("sanitized")

    def live(self):
        n, table = 0, TWO if self.house.db else ALONE
        try:
            while time.monotonic() < self.end - 2:
                n += 1
                dice = random.Random(f"{self.storm.seed}/weather/{n}")
                time.sleep(dice.uniform(0.3, 2.5))
                what = dice.choices(list(table), list(table.values()))[0]
                self.busy, began = True, time.monotonic()
                what = getattr(self, what.replace(" ", "_"))(dice) or what
                self.busy = False
                self.happened[what] += 1
                self.log.append(f"{what} {began - self.house.began:.2f}-{time.monotonic() - self.house.began:.2f}")
        except Exception:
            self.busy = False
            self.storm.stumbled(f"the weather, {n}")

    def kind(self, dice):
        return dice.choice(["sanitized", "plain"])

    def again(self, dice, kindly, server=None, longest=0.6):
        with self.house.trouble():
            server = server or dice.choice(list(self.house.servers.values()))
            server.end(kindly)
            time.sleep(dice.uniform(0, longest))
            server.start(self.kind(dice))

    def killed(self, dice):
        self.again(dice, kindly=False)

    def stopped(self, dice):
        self.again(dice, kindly=True)

    def away(self, dice):
        self.again(dice, kindly=dice.random() < 0.3, server=self.house.servers["b"], longest=4)

    def jumped(self, dice):
        step = dice.choice([-1, 1]) * dice.choice([60, 3600, 3 * 3600, 26 * 3600])
        self.house.offset = max(-FARTHEST, min(FARTHEST, self.house.offset + step))

    def database_stopped(self, dice):
        with self.house.trouble():
            self.house.postgres("stop", "-m", "immediate")
            time.sleep(dice.uniform(0, 1.5))
            self.house.postgres("restart")

    # ---- copies ----

    def copied(self, dice):
        """By the owner, through a server; the copy stands in that server's folder."""
        name = dice.choice(sorted(self.house.servers))
        if not self.owner.cookie and not self.owner.sign_in(dice):
            return "not copied"
        copy = Thing(time.monotonic())
        answer = self.owner.ask("POST", "/api/backup", None, dice, server=name)
        if answer is None or answer.status != 201:
            self.owner.cookie = None if answer is not None and answer.status == 401 else self.owner.cookie
            return "not copied"
        copy.got, copy.path = time.monotonic(), self.house.folder / name / "backup" / answer.json()["name"]
        self.copies = [other for other in self.copies if other.path != copy.path] + [copy]
        return "copied"

    def restored(self, dice):
        """Everything stops, the base is looked at, a copy takes its place, and what it does not hold is forgotten."""
        if not self.copies:
            return self.copied(dice)
        storm, house, copy = self.storm, self.house, dice.choice(self.copies)
        with house.trouble():
            house.end_all(kindly=dice.random() < 0.5)
            with house.nobody_asks():
                after.written(house, storm.truth, storm.faults.say)
                if dice.random() < 0.4:  # killed in its middle, and begun again
                    house.run("restore", str(copy.path), *house.where("a"), seconds=dice.uniform(0.05, 0.8))
                code, said, why = house.run("restore", str(copy.path), *house.where("a"))
                if code:
                    storm.faults.say(after.THERE, f"a copy is not restored: {code} {said} {why}")
                else:
                    self.forget(copy)
                for server in house.servers.values():
                    server.start(self.kind(dice))

    def forget(self, copy):
        storm, house, at = self.storm, self.house, time.monotonic()
        house.epoch += 1
        with storm.truth as truth:
            base = after.Base(house)
            after.restored(house, truth, base, copy, storm.faults.say, storm.people)
            people, roles = after.rights_of_base(house)
            for number, state in people.items():
                truth.people[number].becomes(state, at)
            for number in storm.role_keys:
                truth.roles[number].becomes(roles[number], at)
            for (entity, mark), found in base.marks.items():
                if found and entity == "client" and mark in truth.clients:
                    truth.clients[mark].keeper.becomes(int(found[0].texts["keeper_id"] or 0) or None, at)
        self.copies = [other for other in self.copies if other.got <= copy.got]


class Clerk(Person):
    """The owner at another desk: moves people to other roles, blocks them, changes the rights of one role."""

    def __init__(self, storm):
        super().__init__(storm, 1000, storm.owner.id, "owner")

    def live(self):
        while not self.house.over:
            self.n += 1
            dice = random.Random(f"{self.storm.seed}/clerk/{self.n}")
            time.sleep(dice.uniform(0.3, 2))
            try:
                if self.cookie or self.sign_in(dice):
                    (self.weighs if dice.random() < 0.4 else self.moves)(dice)
            except Exception:
                self.storm.stumbled(f"the clerk, {self.n}")
                return

    def stored(self, path, dice):
        answer = self.ask("GET", path, dice=dice)
        if answer is not None and answer.status == 401:
            self.cookie = None
        return answer.json() if answer is not None and answer.status == 200 else None

    def sets(self, path, version, body, timeline, value, dice):
        sent = time.monotonic()
        with self.truth:
            span = timeline.ask(value, sent)
        answer = self.ask("PATCH", path, body, dice, If_Match=f'"{version}"')
        if answer is None:
            return
        with self.truth:
            if answer.status == 200:
                timeline.settle(span, time.monotonic(), answer.json()["version"])
            elif answer.status < 500:
                timeline.refuse(span)

    def moves(self, dice):
        """People of the last places only, so that most of a role's people stay what they are."""
        person = dice.choice(self.storm.people[-12:])
        with self.house.turn():
            user = self.stored(f"/api/user/{person.id}", dice)
            if not user:
                return
            timeline, role, blocked = self.truth.people[person.id], user["role_id"], user["blocked"]
            with self.truth:
                timeline.becomes((role, blocked), time.monotonic())
            if dice.random() < 0.3:
                body, value = {"blocked": not blocked}, (role, not blocked)
            else:
                role = dice.choice(sorted(set(self.storm.role_keys) - {self.storm.owner_role}))
                body, value = {"role_id": role}, (role, blocked)
            self.sets(f"/api/user/{person.id}", user["version"], body, timeline, value, dice)

    def weighs(self, dice):
        with self.house.turn():
            role = self.stored(f"/api/role/{self.storm.scales}", dice)
            if not role:
                return
            timeline = self.truth.roles[self.storm.scales]
            held = {(right["entity"], right["verb"]): (right["scope"], right["mask"] or "") for right in role["rights"]}
            with self.truth:
                timeline.becomes(held, time.monotonic())
            rights = [dict(right) for right in role["rights"]]
            for right in rights:
                if right["verb"] == "view":
                    right["scope"], right["mask"] = dice.choice(["own", "team", "all"]), dice.choice(["finance", None])
            value = {(right["entity"], right["verb"]): (right["scope"], right["mask"] or "") for right in rights}
            self.sets(f"/api/role/{self.storm.scales}", role["version"], {"rights": rights}, timeline, value, dice)
