"""Sixty people of the firm and their deeds.

A deed is drawn from a generator of its own, of seed, person and number of the deed: what anybody does in which order
does not depend on how fast he is answered."""
import csv
import io
import json
import random
import re
import threading
import time
import urllib.parse
import zipfile

from line import Line, Lost
from truth import MARK, Ack, Thing, Timeline

PATIENCE = 30  # seconds in which every request has its answer
LONGEST_WAIT = 1200  # seconds; the longest slowing of whoever guesses passwords is 15 minutes
IDLE = 10  # seconds after which a person takes a new connection: the server ends silent ones after 30
PASSWORD = "plotina-7-vetrov"
WRITERS = [
    "head_of_sales",
    "director",
    "base_administrator",
    "head_of_clients",
    "department_manager",
    "sales_manager",
    "client_manager",
    "key_manager",
    "supervisor",
]
ANALYSES = [
    "abc",
    "xyz",
    "matrix",
    "status",
    "rfm",
    "concentration",
    "dynamics",
    "why",
    "falling",
    "growth",
    "misleads",
    "findings",
    "working_base",
]
CITIES = ["Омск", "Пермь", "Тула", "Орёл"]
ENTITIES = ["client", "sale", "product", "person", "user", "role", "source", "import"]


def now():
    return time.monotonic()


def unpacked(body):
    """What a person reads in a file: the text of a workbook is packed."""
    if body[:2] != b"PK":
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


class Person:
    def __init__(self, storm, i, number, login):
        self.storm, self.house, self.truth = storm, storm.house, storm.truth
        self.i, self.id, self.login = i, number, login
        self.cookie, self.lines, self.n, self.epoch, self.sent_last = None, {}, 0, 0, False
        self.clients, self.sales, self.imports = [], [], []  # what he knows: [(id, version, mark)], the newest last

    # ---- asking ----

    def line(self, name):
        port = self.house.servers[name].port
        if port is None:
            raise Lost("the server is down", begun=False)
        kept = self.lines.pop(name, None)
        if kept and kept[0] == port and now() - kept[1].used < IDLE:
            return port, kept[1]
        if kept:
            kept[1].close()
        return port, Line(port, PATIENCE)

    def exchange(self, name, method, path, headers, body, cut, dice):
        port, line = self.line(name)
        try:
            line.send(method, path, headers, body)
            if cut == "before":
                time.sleep(dice.uniform(0, 0.05))
                line.reset()
                raise Lost("cut by the person")
            if cut in ("within", "stalled"):
                line.taste(1 + int(30000 * dice.random() ** 4))
                time.sleep(dice.uniform(1, 3) if cut == "stalled" else 0)
                line.reset()
                raise Lost("cut by the person")
            answer = line.answer(method)
        except Lost:
            line.close()
            raise
        if answer.head.get("connection") == "close":
            line.close()
        else:
            self.lines[name] = (port, line)
        return answer

    def ask(self, method, path, body=None, dice=None, cut=None, server=None, **headers):
        """The answer, or None when it was lost.  Lost without a reason is a fault, so is what he sees and may not."""
        name = server or (dice or random).choice(sorted(self.house.servers))
        send = {
            "X-Sbyt": "1",
            "Accept-Language": "ru",
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        if self.cookie:
            send["Cookie"] = "sbyt=" + self.cookie
        if isinstance(body, (dict, list)):
            send["Content-Type"] = "application/json"
            body = json.dumps(body, ensure_ascii=False).encode()
        path = urllib.parse.quote(path, safe="/?&=%$-_.~:,+!*()[]@;'")
        with self.house.turn():
            sent = now()
            try:
                answer = self.exchange(name, method, path, send, body, cut, dice)
            except Lost as why:
                self.sent_last = why.begun
                if not cut and not self.house.troubled(sent, now()):
                    self.storm.faults.say(
                        "every request was answered in time",
                        f"{method} {path} on {name} after {now() - sent:.1f} s: {why}",
                    )
                return None
            self.storm.count(answer.status)
            self.judge(method, path, answer, sent, now())
        return answer

    def judge(self, method, path, answer, sent, got):
        about = f"{self.login} ({self.truth.role_names(self.id, sent, got)}): {method} {path} {answer.status}"
        if answer.status >= 500 and not (answer.status == 503 and b'"title"' in answer.body):
            self.storm.faults.say(
                "every request was answered in time", f"{about}: {answer.body[:300].decode('utf-8', 'replace')}"
            )
        if answer.status == 503 and not self.house.troubled(sent, got):
            self.storm.busy += 1
        if int(answer.head.get("retry-after", 0)) > LONGEST_WAIT:
            self.storm.faults.say(
                "nobody is kept out for long", f"{about}: to be asked again after {answer.head['retry-after']} s"
            )
        if got - sent > PATIENCE:
            self.storm.faults.say("every request was answered in time", f"{about}: {got - sent:.1f} s")
        try:
            text = unpacked(answer.body)
        except zipfile.BadZipFile as why:
            self.storm.faults.say("every request was answered in time", f"{about}: no workbook: {why}")
            return
        for kind, i, n in set(MARK.findall(text)):
            mark = (int(i), int(n))
            if not self.truth.sees(self.id, kind.decode(), mark, sent, got):
                at = text.find(b"Q%b%b-%bQ" % (kind, i, n))
                self.storm.faults.say(
                    "nothing was seen beyond rights",
                    f"{about}: {text[max(0, at - 150):at + 60].decode('utf-8', 'replace')!r}",
                )
        for entity in ("product", "sale"):
            told = (
                re.search(rb'"cost(_total)?":|\d\.77"', text)
                if f"/api/{entity}" in path and "import" not in path
                else None
            )
            if told and answer.status < 300 and self.truth.hides(self.id, entity, sent, got):
                self.storm.faults.say(
                    "nothing was seen beyond rights",
                    f"{about}: costs: {text[max(0, told.start() - 100):told.end() + 60].decode('utf-8', 'replace')!r}",
                )

    def sign_in(self, dice, server=None):
        answer = self.ask("POST", "/api/session", {"login": self.login, "password": PASSWORD}, dice, server=server)
        found = (
            re.search(r"sbyt=([0-9a-f]+)", answer.head.get("set-cookie", ""))
            if answer and answer.status == 200
            else None
        )
        self.cookie = found[1] if found else None
        return bool(found)

    # ---- living ----

    def live(self):
        try:
            while not self.house.over:
                self.n += 1
                dice = random.Random(f"{self.storm.seed}/{self.i}/{self.n}")
                time.sleep(dice.uniform(0.05, self.storm.pause))
                deed = self.draws(dice)
                self.epoch = self.house.epoch
                if not self.cookie and not self.sign_in(dice):
                    continue
                answer = deed(self, dice)
                if answer is not None and answer.status == 401:
                    self.cookie = None
        except Exception as why:  # whatever a person stumbles over is to be seen, and not to end his part unseen
            self.storm.stumbled(f"{self.login}, deed {self.n}")

    def draws(self, dice):
        """A deed; one that he may not do is mostly thought better of."""
        for _ in range(3):
            deed, _, needs = dice.choices(DEEDS, [row[1] for row in DEEDS])[0]
            thinks = dice.random() < 0.85
            if not needs or not thinks or self.truth.may(self.id, *needs, now(), now()) is not False:
                break
        return deed

    # ---- writing ----

    def write(self, method, path, body, thing, dice, key=None, cut=None, done=None, **headers):
        """Asks; with a key again until there is an answer.  Notes in `thing` what became of it.

        done(answer): what else is to be noted of a success, before the base may be looked at."""
        if key:
            headers["Idempotency_Key"] = key
        with self.house.turn():
            if self.epoch != self.house.epoch:  # what he speaks of was taken away by a restore
                thing.state = "refused"
                return None
            answer = self.ask(method, path, body, dice, cut=cut, **headers)
            if answer is None and not self.sent_last:
                thing.state = "refused"  # it never left him
            while_lost = answer is None and self.sent_last
            self.note(answer, thing, done)
            perhaps = thing.state == "lost"  # what is refused now may have been done before, when no answer came
        for attempt in range(40):
            if not (key and (while_lost or answer is not None and self.undecided(answer))) or self.house.over:
                break
            time.sleep(0.1 + 0.1 * attempt)
            if self.house.over:
                break
            if not self.cookie and not self.sign_in(dice):
                continue
            with self.house.turn():
                if self.epoch != self.house.epoch:
                    return None
                thing.state = "open"
                answer = self.ask(method, path, body, dice, **headers)
                while_lost = answer is None
                if answer is not None and answer.status == 401:
                    self.cookie, while_lost = None, True
                    thing.state = "lost"
                else:
                    self.note(answer, thing, done)
                if perhaps and thing.state == "refused":
                    thing.state = "lost"
        return answer

    def undecided(self, answer):
        return answer.status == 503 or answer.status >= 500 or (answer.status == 409 and b"key_running" in answer.body)

    def note(self, answer, thing, done=None):
        """From an answer to what is known of the thing."""
        thing.got = now()
        if thing.state == "refused":
            return
        if answer is None or self.undecided(answer):
            thing.state = "lost"
        else:
            thing.state = "known" if answer.status < 300 else "refused"
            if done and thing.state == "known":
                done(answer)

    def made(self, entity, answer, thing, sent, base=0, **values):
        """An acknowledged version of a record."""
        record = answer.json()
        thing.id = record["id"]
        with self.truth:
            self.truth.acknowledged += 1
            self.truth.acks.append(Ack(self.id, entity, record["id"], record["version"], sent, now(), base, values))
        return record

    def changes(self, entity, row, values, dice):
        """A patch under the version he knows; it merges, clashes or holds.  values["note"] is a text used once."""
        number, version, mark = row
        known = getattr(self, entity + "s")
        with self.house.turn():
            if self.epoch != self.house.epoch:
                return None
            sent, keeper = now(), None
            with self.truth:
                thing = self.truth.notes[values["note"]] = Thing(sent, person=self.id, entity=entity, record=number)
                if "keeper_id" in values:
                    keeper = self.truth.clients[mark].keeper.ask(values["keeper_id"], sent)
            answer = self.ask(
                "PATCH",
                f"/api/{entity}/{number}",
                values,
                dice,
                cut="before" if dice.random() < 0.05 else None,
                If_Match=f'"{version}"',
            )
            if answer is None and not self.sent_last:
                thing.state = "refused"
            self.note(answer, thing)
            with self.truth:
                if keeper and thing.state == "refused":
                    self.truth.clients[mark].keeper.refuse(keeper)
                elif keeper and thing.state == "known":
                    self.truth.clients[mark].keeper.settle(keeper, now(), answer.json()["version"])
            if answer and answer.status == 200:
                plain = {field: value for field, value in values.items() if field != "lines"}
                self.remember(known, self.made(entity, answer, thing, sent, base=version, **plain), mark)
            elif answer and answer.status == 409 and "record" in answer.json():
                self.remember(known, answer.json()["record"], mark)
            elif answer and answer.status in (403, 404):
                known[:] = [each for each in known if each[0] != number]
        return answer

    def remember(self, known, record, mark):
        known[:] = [row for row in known if row[0] != record["id"]][-40:] + [(record["id"], record["version"], mark)]


# ---- deeds: what there is to read ----


def looks(person, dice):
    entity = dice.choice(ENTITIES)
    path = f"/api/{entity}" + dice.choice(["", "/count", "/titles"])
    query = [f"limit={dice.choice([1, 20, 200])}"] if not path.endswith(("count", "titles")) else []
    more = dice.choice(["search", "filter", "sort", "archived", ""])
    if more == "search":
        query.append("search=" + dice.choice(["Q", "Qc1", "Товар", "Омск", "ё%", "\\", "'"]))
    elif more == "filter" and entity in ("client", "sale"):
        field, value = (
            dice.choice([("id", 700), ("note", "нет")])
            if entity == "sale"
            else dice.choice([("city", "Омск"), ("keeper_id", person.id)])
        )
        query.append(
            "filter="
            + json.dumps({"field": field, "op": dice.choice(["is", "not"]), "value": value}, ensure_ascii=False)
        )
    elif more == "sort" and not path.endswith(("count", "titles")):
        query.append("sort=" + dice.choice(["name", "-day", "id", "cost_total", "-name"]))
    elif more == "archived":
        query.append("archived=true")
    with person.house.turn():
        answer = person.ask("GET", path + ("?" + "&".join(query) if query else ""), dice=dice)
        if answer and answer.status == 200 and entity in ("client", "sale") and path == f"/api/{entity}":
            for row in answer.json()["items"][:5]:
                found = MARK.search((row.get("name") or row.get("number") or "").encode())
                if found and found[1] == entity[0].encode():
                    person.remember(getattr(person, entity + "s"), row, (int(found[2]), int(found[3])))
    return answer


def opens(person, dice):
    entity, known = dice.choice([("client", person.clients), ("sale", person.sales)])
    number, version, _ = known[int(dice.random() * len(known))] if known else (700, 0, None)
    tail = dice.choice(["", "/history"] + (["/card", "/sales"] if entity == "client" else []))
    with person.house.turn():
        still = person.epoch == person.house.epoch
        answer = person.ask("GET", f"/api/{entity}/{number}{tail}", dice=dice)
    if answer and answer.status == 200 and still and not tail and answer.json()["version"] < version:
        person.storm.faults.say(
            "whoever has read or written a version reads none before it",
            f"{person.login}: {entity} {number} was of version {version}, and is of {answer.json()['version']}",
        )
    return answer


def analyses(person, dice):
    path = "/api/analysis/" + dice.choice(ANALYSES)
    path += dice.choice(
        ["", "?from=2026-01-01&to=2026-03-31", "?from=2025-01-01&to=2026-12-31", "?cell=A", "?format=xlsx"]
    )
    return person.ask("GET", path, dice=dice, cut="within" if dice.random() < 0.15 else None)


def exports(person, dice):
    path = f"/api/{dice.choice(['client', 'sale', 'product'])}/export?format={dice.choice(['csv', 'csv_ru', 'xlsx'])}"
    return person.ask("GET", path, dice=dice, cut=dice.choice([None] * 5 + ["within"] * 3 + ["stalled"]))


def looks_around(person, dice):
    return person.ask(
        "GET",
        dice.choice(
            [
                "/api/meta",
                "/api/session",
                "/api/openapi.json",
                "/api/rights",
                "/api/field",
                "/api/backup",
                "/api/analysis_setting",
                "/",
            ]
        ),
        dice=dice,
    )


# ---- deeds: what there is to write ----


def adds_a_client(person, dice):
    mark, key = (person.i, person.n), f"k-{person.i}-{person.n}" if dice.random() < 0.6 else None
    keeper = dice.choice([person.id, person.id, dice.choice(person.storm.numbers), None])
    name = "Q{}{}-{}Q".format("c", *mark)
    values = {"name": name + " и сыновья", "city": dice.choice(CITIES), "keeper_id": keeper}
    body = {
        **values,
        "kind": "organisation",
        "state": "potential",
        "phones": [{"number": f"+7 900 {dice.randrange(10**7):07}"} for _ in range(dice.randrange(3))],
    }
    sent = now()
    with person.truth:
        thing = person.truth.clients[mark] = Thing(sent, person=person.id, phones=len(body["phones"]), keeper=None)
        thing.keeper = Timeline(keeper, sent)
        own = thing.keeper.ask(person.id, sent)  # whoever may have only his own keeps those where he names nobody

    def done(answer):
        kept = answer.json()["keeper_id"]
        with person.truth:
            (thing.keeper.refuse if kept == keeper else lambda span: thing.keeper.settle(span, now(), 1))(own)
        values["keeper_id"] = keeper or kept
        person.remember(person.clients, person.made("client", answer, thing, sent, **values), mark)

    cut = "before" if dice.random() < 0.08 else None
    return person.write("POST", "/api/client", body, thing, dice, key=key, cut=cut, done=done)


def known_client(person, dice):
    return person.clients[-1 - int(dice.random() ** 2 * len(person.clients))] if person.clients else None


def changes_a_client(person, dice):
    row = known_client(person, dice)
    if not row:
        return adds_a_client(person, dice)
    number, version, mark = row
    note, what = f"w{person.i}-{person.n}", dice.random()
    values = {"note": note}
    if what < 0.3:
        values["city"] = dice.choice(CITIES)
    elif what < 0.4:
        values["keeper_id"] = dice.choice(person.storm.numbers)
    if dice.random() < 0.25:
        version = max(1, version - 1)  # one that is past: merges or clashes
    return person.changes("client", (number, version, mark), values, dice)


def archives(person, dice):
    row = known_client(person, dice)
    if not row or dice.random() < 0.5:
        return opens(person, dice)
    deed, sent = dice.choice(["archive", "restore"]), now()
    with person.house.turn():
        if person.epoch != person.house.epoch:
            return None
        answer = person.ask("POST", f"/api/client/{row[0]}/{deed}", {}, dice)
        if answer and answer.status == 200:
            if answer.json()["changed_by"] == person.id:  # who archives what is archived changes nothing
                person.made("client", answer, Thing(sent), sent)
            person.remember(person.clients, answer.json(), row[2])
    return answer


def lines_of_a_sale(person, dice):
    return [
        {
            "product_id": dice.choice(person.storm.products),
            "qty": str(dice.randrange(1, 9)),
            "amount": f"{dice.randrange(1, 10**5)}.{dice.choice(['00', '50', '05'])}",
            **({"cost": f"{dice.randrange(10**4)}.77"} if dice.random() < 0.7 else {}),
        }
        for _ in range(dice.randrange(1, 5))
    ]


def adds_a_sale(person, dice):
    row = known_client(person, dice)
    if not row or not person.storm.products:
        return looks(person, dice)
    mark, key = (person.i, person.n), f"s-{person.i}-{person.n}" if dice.random() < 0.6 else None
    lines = lines_of_a_sale(person, dice)
    number = "Q{}{}-{}Q".format("s", *mark)
    body = {
        "number": number,
        "day": f"2026-0{dice.randrange(1, 4)}-{dice.randrange(1, 29):02}",
        "client_id": row[0],
        "kind": dice.choice(["sale"] * 4 + ["return"]),
        "note": number,
        "lines": lines,
    }
    sent = now()
    with person.truth:
        thing = person.truth.sales[mark] = Thing(sent, person=person.id, client=row[2], lines=len(lines))

    def done(answer):
        made = person.made("sale", answer, thing, sent, number=number, client_id=row[0])
        person.remember(person.sales, made, mark)

    cut = "before" if dice.random() < 0.08 else None
    return person.write("POST", "/api/sale", body, thing, dice, key=key, cut=cut, done=done)


def names_a_line_twice(person, row, values, dice):
    with person.house.turn():
        answer = person.ask("GET", f"/api/sale/{row[0]}", dice=dice)
        if answer and answer.status == 200 and answer.json()["lines"]:
            answer = person.changes("sale", row, {**values, "lines": answer.json()["lines"][:1] * 2}, dice)
    return answer


def changes_a_sale(person, dice):
    """Its note; or its lines too: all others, or those there are with one of them changed."""
    if not person.sales:
        return adds_a_sale(person, dice)
    number, version, mark = person.sales[-1 - int(dice.random() ** 2 * len(person.sales))]
    values = {"note": f"w{person.i}-{person.n}"}
    if dice.random() < 0.15:
        return names_a_line_twice(person, (number, version, mark), values, dice)
    if dice.random() < 0.5:
        values["lines"] = lines_of_a_sale(person, dice)
        with person.truth:
            person.truth.sales[mark].lines = None  # how many it has now is not followed; that they come to its total is
    return person.changes("sale", (number, version, mark), values, dice)


def adds_a_product(person, dice):
    return person.ask(
        "POST",
        "/api/product",
        {
            "name": f"Товар {dice.randrange(1000)}",
            "price": f"{dice.randrange(1, 5000)}.50",
            "cost": f"{dice.randrange(1, 900)}.77",
        },
        dice,
    )


def adds_a_person(person, dice):
    """Somebody at a client; seen by whoever sees everybody, and by who has written him down."""
    mark, sent = (person.i, person.n), now()
    values = {"name": "Q{}{}-{}Q".format("p", *mark) + " Пётр"}
    phones = [{"number": f"8 900 {dice.randrange(10**7):07}"} for _ in range(dice.randrange(3))]
    with person.truth:
        thing = person.truth.persons[mark] = Thing(sent, person=person.id, phones=len(phones))
    key, cut = f"p-{person.i}-{person.n}" if dice.random() < 0.6 else None, "before" if dice.random() < 0.08 else None
    done = lambda answer: person.made("person", answer, thing, sent, **values)
    return person.write("POST", "/api/person", {**values, "phones": phones}, thing, dice, key=key, cut=cut, done=done)


def adds_a_field(person, dice):
    """A field of the firm's own is a column; they are few."""
    answer = person.ask("GET", "/api/field", dice=dice)
    fields = answer.json()["items"] if answer and answer.status == 200 else []
    alive = [field["id"] for field in fields if not field.get("archived_at")]
    if len(alive) > 4:
        return person.ask("POST", f"/api/field/{dice.choice(alive)}/archive", dice=dice)
    body = {"entity": dice.choice(["client", "sale"]), "type": dice.choice(["text", "int", "day", "bool", "money"])}
    label = f"Поле {person.i}-{person.n}"
    return person.ask(
        "POST", "/api/field", {**body, "label_ru": label, "label_en": label, "find": dice.random() < 0.3}, dice
    )


# ---- deeds: files ----


def file_of(mark, dice):
    """(bytes, documents, sum of the whole in kopecks)"""
    name, out, total = "Q{}{}-{}Q".format("i", *mark), io.StringIO(), 0
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    rows.writerow(["Контрагент", "Дата", "Номер", "Товар", "Количество", "Сумма"])
    n = dice.choice([3, 20, 150, 600])
    for k in range(n):
        kopecks = dice.randrange(100, 10**7) // 5 * 5
        total += kopecks
        rows.writerow(
            [
                f"{name} {k % 7}",
                f"{dice.randrange(1, 28):02}.0{dice.randrange(1, 4)}.2026",
                f"{name}-{k}",
                f"Изделие {k % 50}",
                dice.randrange(1, 9),
                f"{kopecks // 100},{kopecks % 100:02}",
            ]
        )
    return out.getvalue().encode(), n, total


def brings_a_file(person, dice):
    mark = (person.i, person.n)
    content, documents, total = file_of(mark, dice)
    name = "Q{}{}-{}Q.csv".format("i", *mark)
    with person.truth:
        person.truth.imports[mark] = thing = Thing(now(), person=person.id, documents=documents, total=total, name=name)
    sent = Thing(now())
    answer = person.write(
        "POST",
        "/api/import/file",
        content,
        sent,
        dice,
        key=f"f-{person.i}-{person.n}",
        cut="before" if dice.random() < 0.1 else None,
        X_File_Name=name,
        Content_Type="application/octet-stream",
    )
    if not answer or answer.status >= 300:
        thing.state = "refused"
        return answer
    told = answer.json()
    plan = {
        "file": told["file"],
        "form": told["form"],
        "target": "sale",
        "source": "1С",
        "dry_run": dice.random() < 0.2,
        "columns": {"client": 0, "date": 1, "document": 2, "product": 3, "quantity": 4, "amount": 5},
    }
    if dice.random() < 0.3:
        person.ask("POST", "/api/import/preview", {k: plan[k] for k in ("file", "form", "target", "columns")}, dice)
    thing.state, thing.dry = "open", plan["dry_run"]
    answer = person.write(
        "POST",
        "/api/import",
        plan,
        thing,
        dice,
        key=f"b-{person.i}-{person.n}",
        cut="before" if dice.random() < 0.1 else None,
    )
    if answer and answer.status == 202:
        person.imports.append(answer.json()["id"])
    return answer


def follows_an_import(person, dice):
    if not person.imports:
        return person.ask("GET", "/api/import", dice=dice)
    number = person.imports[-1 - int(dice.random() ** 2 * len(person.imports))]
    method, tail = dice.choice(
        [("GET", ""), ("GET", ""), ("GET", "/bad"), ("POST", "/undo"), ("POST", "/undo"), ("POST", "/cancel")]
    )
    return person.ask(method, f"/api/import/{number}{tail}", dice=dice)


# ---- deeds: what nobody should send ----

JUNK = [
    b"GET /api/client HTTP/1.1\r\n\r\n",
    b"GET  /api/client HTTP/1.1\r\nHost: a\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /api/client HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/client HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
    b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
    b"GET /%00%ff/../..%2f HTTP/1.1\r\nHost: a\r\n\r\n",
    b"\x00" * 4000,
]
ODD = [
    "{",
    "[" * 3000,
    '{"name":"' + "я" * 40000 + '"}',
    '{"name":1e400}',
    '{"lines":[{"amount":"99999999999999999999"}]}',
    '{"client_id":-9223372036854775809}',
    '{"name":"\\ud800"}',
    '{"day":"2026-02-31","client_id":"1","lines":{}}',
    '{"lines":[{"id":1},{"id":1}]}',
    "null",
    '{"phones":[' + '{"number":"1"},' * 2000 + '{"number":"1"}]}',
    "\xff\xfe",
]
PATHS = [
    "/api/client/0",
    "/api/client/-1",
    "/api/client/9223372036854775808",
    "/api/sale/1/history?after=zz&limit=0",
    "/api/client?limit=99999999999999999999",
    "/api/client?filter={",
    "/api/client?after=AAAA",
    "/api/analysis/abc?from=0000-00-00&to=9999-99-99",
    "/api/analysis/abc?cuts=1e9,NaN",
    "/api/analysis/dynamics?from=1600-01-01&to=2400-01-01",
    "/api/import/18446744073709551616/bad",
    "/api/x/1",
    "/api/words/xx",
]


def sends_junk(person, dice):
    what = dice.random()
    if what < 0.35:
        return person.ask("GET", dice.choice(PATHS), dice=dice)
    if what < 0.7:
        path = dice.choice(
            [
                "/api/client",
                "/api/sale",
                "/api/person",
                "/api/import",
                "/api/import/recognise",
                "/api/import/preview",
                "/api/role",
            ]
        )
        return person.ask(
            "POST", path, dice.choice(ODD).encode("utf-8", "surrogatepass"), dice, Content_Type="application/json"
        )
    bytes_, server = dice.choice(JUNK), dice.choice(sorted(person.house.servers))
    with person.house.turn():
        port = person.house.servers[server].port
        try:
            line = Line(port, 2) if port else None
            if line:
                line.socket.sendall(bytes_[: 1 + int(dice.random() * len(bytes_))] if dice.random() < 0.5 else bytes_)
                line.taste(100)
                line.reset()
        except (Lost, OSError):
            pass
    return None


def signs_out(person, dice):
    answer = person.ask("DELETE", "/api/session", dice=dice)
    person.cookie = None
    return answer


# deed, how often in comparison, what right it takes
DEEDS = [
    (looks, 20, None),
    (opens, 10, None),
    (analyses, 6, ("analysis", "view")),
    (exports, 5, ("client", "export")),
    (looks_around, 3, None),
    (adds_a_client, 14, ("client", "add")),
    (changes_a_client, 14, ("client", "change")),
    (archives, 3, ("client", "archive")),
    (adds_a_sale, 12, ("sale", "add")),
    (changes_a_sale, 4, ("sale", "change")),
    (adds_a_product, 1, ("product", "add")),
    (adds_a_person, 4, ("person", "add")),
    (adds_a_field, 1, ("field", "add")),
    (brings_a_file, 5, ("import", "add")),
    (follows_an_import, 7, ("import", "view")),
    (sends_junk, 4, None),
    (signs_out, 0.5, None),
]


# ---- who listens ----


class Listener(threading.Thread):
    """One person's stream of events; what he heard is judged when the base lies still."""

    def __init__(self, person):
        super().__init__(daemon=True)
        self.person = person

    def run(self):
        house, person = self.person.house, self.person
        n = 0
        while not house.over:
            n += 1
            dice = random.Random(f"{person.storm.seed}/{person.i}/listens/{n}")
            try:
                self.listen(dice)
            except (Lost, OSError, ValueError):
                pass
            except Exception:
                person.storm.stumbled(f"{person.login} listening")
                return
            time.sleep(0.3)

    def listen(self, dice):
        person, server = self.person, dice.choice(sorted(self.person.house.servers))
        port, cookie = person.house.servers[server].port, person.cookie
        if not port or not cookie:
            return
        line = Line(port, 3)
        try:
            line.send("GET", "/api/events", {"X-Sbyt": "1", "Cookie": "sbyt=" + cookie}, None)
            status, head = line.head()
            end = now() + dice.uniform(1, 15)
            while status == 200 and now() < end and not person.house.over:
                for part in (
                    line.chunks()
                    if head.get("transfer-encoding") == "chunked"
                    else iter(lambda: line.file.readline(), b"")
                ):
                    self.hear(part)
                    if now() > end or person.house.over:
                        break
                else:
                    return
        finally:
            line.reset() if dice.random() < 0.5 else line.close()

    def hear(self, part):
        for line in part.split(b"\n"):
            if line.startswith(b"data:"):
                told = json.loads(line[5:])
                with self.person.truth:
                    self.person.truth.heard.append((now(), self.person.id, told.get("entity"), told.get("id")))
