"""What must hold when the base lies still: against SQL, `sbyt check`, and the answers of the analyses."""
import collections
import datetime
import json

from truth import HEARD_LATE, MARK

THERE = "everything acknowledged is there with its values"
WHOLE = "nothing is there twice, by halves, or after it was refused"
OVERWRITTEN = "nobody's change was overwritten unseen"
TEXTS = {"client": ("name", "city", "note", "keeper_id"), "sale": ("number", "note", "client_id"), "person": ("name",)}
QUERIES = {
    "client": """select r.id, r.version, r.name, r.city, r.note, r.keeper_id, 
                        (select count(*) from client_phone p where p.client_id = r.id), 0, 0
                   from client r where r.name like 'Qc%'""",
    "sale": """select r.id, r.version, r.number, r.note, r.client_id, r.total,
                      (select count(*) from sale_line l where l.sale_id = r.id),
                      (select sum(l.amount) from sale_line l where l.sale_id = r.id), 0
                 from sale r where r.number like 'Qs%'""",
    "person": """select r.id, r.version, r.name, (select count(*) from person_phone p where p.person_id = r.id)
                   from person r where r.name like 'Qp%'""",
}
IMPORT_STATES = ["waiting", "checking", "running", "done", "failed", "cancelled", "undoing", "undone"]
RIGHT_SCOPES = {"1": "own", "2": "team", "3": "all"}


class Record:
    def __init__(self, entity, row):
        self.entity, self.id, self.version = entity, int(row[0]), int(row[1])
        n = len(TEXTS[entity])
        self.texts, self.rest = dict(zip(TEXTS[entity], row[2 : 2 + n])), row[2 + n :]
        self.name = row[2]  # where its mark stands
        self.changes = []  # (version, actor, verb, {field: [old, new]}), in order

    def at(self, version, field):
        """What the field held as of that version: from today's value backwards."""
        value = self.texts[field]
        for number, _, _, diff in reversed(self.changes):
            if number > version and field in diff:
                value = diff[field][0]
        return str(value or "")


class Base:
    """The storm's records as they stand in the base."""

    def __init__(self, house):
        self.records, self.marks = {}, collections.defaultdict(list)
        for entity, query in QUERIES.items():
            for row in house.sql(query):
                record = self.records[entity, int(row[0])] = Record(entity, row)
                found = MARK.search(row[2].encode())
                if found:
                    self.marks[entity, (int(found[2]), int(found[3]))].append(record)
        for entity, number, version, actor, verb, diff in house.sql(
            "select entity, record, version, actor, verb, diff from change"
            " where entity in ('client', 'sale', 'person') order by id"
        ):
            if (entity, int(number)) in self.records:
                self.records[entity, int(number)].changes.append(
                    (int(version), int(actor or 0), verb, json.loads(diff or "{}"))
                )


# ---- written and acknowledged ----


def things_are_there(base, truth, say):
    for entity, things in truth.things():
        for mark, thing in list(things.items()):  # a restored base is looked at while people go on
            n = len(base.marks[entity, mark])
            if thing.state == "known" and n == 0:
                say(THERE, f"{entity} {mark}, number {thing.id}, was acknowledged and is not there")
            if n > 1 or (n == 1 and thing.state in ("refused", "gone")):
                say(WHOLE, f"{entity} {mark}, {thing.state}, is there {n} times")
        for (kind, mark), found in base.marks.items():
            if kind == entity and mark not in things:
                say(WHOLE, f"{entity} {mark} is there and nobody has made it")


def children_are_whole(base, truth, say):
    for (entity, mark), found in base.marks.items():
        thing = dict(truth.things())[entity].get(mark)
        for record in found if thing else []:
            if entity != "sale" and int(record.rest[0]) != thing.phones:
                say(WHOLE, f"{entity} {mark} has {record.rest[0]} phones of {thing.phones}")
            if entity == "sale" and (
                thing.lines not in (None, int(record.rest[1])) or record.rest[0] != record.rest[2]
            ):
                say(
                    WHOLE,
                    f"sale {mark}: {record.rest[1]} lines of {thing.lines}, total {record.rest[0]} of {record.rest[2]}",
                )


def versions_have_no_gap(base, say):
    for record in base.records.values():
        versions = [change[0] for change in record.changes]
        if sorted(versions) != list(range(1, record.version + 1)):
            say(WHOLE, f"{record.entity} {record.id} is of version {record.version} and has changes {versions}")


def acks_hold(base, truth, say):
    for ack in truth.acks:
        record = base.records.get((ack.entity, ack.id))
        made = [change for change in record.changes if change[0] == ack.version] if record else []
        if not made or made[0][1] != ack.user:
            say(
                THERE,
                f"{ack.entity} {ack.id}: version {ack.version} of {ack.user} was acknowledged {truth.when(ack)}, "
                f"the base has {made}",
            )
            continue
        for field, value in ack.values.items():
            if record.at(ack.version, field) != str(value or ""):
                say(
                    THERE,
                    f"{ack.entity} {ack.id} version {ack.version}: {field} was acknowledged as {value!r}, "
                    f"the base has {record.at(ack.version, field)!r}",
                )
        for version, actor, _, diff in record.changes:
            lost = [
                field
                for field in ack.values
                if ack.base
                and ack.base < version < ack.version
                and field in diff
                and str(diff[field][1]) != str(ack.values[field])
            ]
            if lost:
                say(
                    OVERWRITTEN,
                    f"{ack.entity} {ack.id}: {ack.user} changed {lost} from version {ack.base} as {ack.version}, "
                    f"though {actor} had in {version}",
                )


def notes_came_once(base, truth, say):
    came = collections.Counter(
        diff["note"][1] for record in base.records.values() for _, _, verb, diff in record.changes if "note" in diff
    )
    for note, thing in list(truth.notes.items()):
        n = came.get(note, 0)
        if n > 1 or (n == 1 and thing.state in ("refused", "gone")):
            say(WHOLE, f"the change {note} of {thing.entity} {thing.record}, {thing.state}, came {n} times")
        if n == 0 and thing.state == "known":
            say(THERE, f"the change {note} of {thing.entity} {thing.record} was acknowledged and is not there")


def imports_are_whole(house, truth, say, ended):
    brought = collections.defaultdict(list)
    for number, total in house.sql("select number, total from sale where number like 'Qi%' and archived_at is null"):
        found = MARK.search(number.encode())
        brought[int(found[2]), int(found[3])].append(int(total))
    rows = collections.defaultdict(list)
    for number, name, state, dry in house.sql("select id, name, state, dry from import where name like 'Qi%'"):
        found = MARK.search(name.encode())
        rows[int(found[2]), int(found[3])].append(
            (number, IMPORT_STATES[int(state)], dry not in ("0", "f", "false", ""))
        )
    for mark, thing in list(truth.imports.items()):
        got, sales = rows[mark], brought[mark]
        if len(got) > 1 or (got and thing.state in ("refused", "gone")) or (not got and thing.state == "known"):
            say(WHOLE if got else THERE, f"import {mark}, {thing.state}, is there {len(got)} times")
        if not got or not ended:
            continue
        number, state, dry = got[0]
        if state not in ("done", "failed", "cancelled", "undone"):
            say("imports end", f"import {number} {mark} is still {state}")
        want = (thing.documents, thing.total) if state == "done" and not dry else (0, 0)
        if (len(sales), sum(sales)) != want:
            say(
                WHOLE,
                f"import {number} {mark}, {state}{', dry' if dry else ''}, "
                f"left {len(sales)} sales of {sum(sales)}, not {want}",
            )


def written(house, truth, say, ended=False):
    base = Base(house)
    things_are_there(base, truth, say)
    children_are_whole(base, truth, say)
    versions_have_no_gap(base, say)
    acks_hold(base, truth, say)
    notes_came_once(base, truth, say)
    imports_are_whole(house, truth, say, ended)
    heard_within_rights(base, truth, say)
    return base


def heard_within_rights(base, truth, say):
    for when, user, entity, number in truth.heard:
        record = base.records.get((entity, number))
        found = MARK.search(record.name.encode()) if record else None
        if found and not truth.sees(user, found[1].decode(), (int(found[2]), int(found[3])), when - HEARD_LATE, when):
            say(
                "events are told within rights",
                f"{user} ({truth.role_names(user, when - HEARD_LATE, when)}) heard of {entity} {number}",
            )
    truth.heard.clear()


def sound(house, say):
    for name in house.servers:
        code, said, why = house.run("check", *house.where(name))
        if code or "the chain verifies" not in said or "the same as the base" not in said:
            say("base, journal and facts are whole", f"check of {name}: {code} {said[-600:]} {why}")
            return


# ---- a restore takes back what came after the copy ----


def restored(house, truth, base, copy, say, people):
    """The base is the copy's: what was acknowledged before it was begun must be there, what came after must not."""
    for entity, things in truth.things():
        for mark, thing in list(things.items()):
            settle(thing, bool(base.marks[entity, mark]), copy, say, f"{entity} {mark}")
    came = {diff["note"][1] for record in base.records.values() for _, _, _, diff in record.changes if "note" in diff}
    for note, thing in list(truth.notes.items()):
        settle(thing, note in came, copy, say, f"the change {note}")
    names = {name for (name,) in house.sql("select name from import")}
    for mark, thing in list(truth.imports.items()):
        settle(thing, thing.name in names, copy, say, f"import {mark}")
    there = {
        (entity, record.id, change[0]) for (entity, _), record in base.records.items() for change in record.changes
    }
    kept = [ack for ack in truth.acks if (ack.entity, ack.id, ack.version) in there and ack.sent <= copy.got]
    for ack in truth.acks:
        if ack.got < copy.sent and ack not in kept:
            say(THERE, f"{ack.entity} {ack.id} version {ack.version} was acknowledged before the copy and is not in it")
    truth.acks = kept
    for person in people:
        for entity in ("client", "sale"):
            known = getattr(person, entity + "s")
            known[:] = [
                (record.id, record.version, mark)
                for number, _, mark in known
                for record in base.marks[entity, mark]
                if record.id == number
            ]
        person.imports.clear()


def settle(thing, there, copy, say, name):
    if there and thing.sent > copy.got:
        say(WHOLE, f"{name} was asked for after the copy and is in it")
    if not there and thing.state == "known":
        if thing.got < copy.sent:
            say(THERE, f"{name} was acknowledged before the copy and is not in it")
        thing.state = "gone"


def rights_of_base(house):
    roles = collections.defaultdict(dict)
    for role, entity, verb, scope, mask in house.sql("select role_id, entity, verb, scope, mask from role_right"):
        roles[int(role)][entity, verb] = (RIGHT_SCOPES[scope], mask)
    people = {
        int(number): (int(role), blocked not in ("0", "f", "false", ""))
        for number, role, blocked in house.sql("select id, role_id, blocked from users")
    }
    return people, roles


# ---- what the analyses say ----


def month_of(day):
    return (datetime.date(1970, 1, 1) + datetime.timedelta(days=int(day))).strftime("%Y-%m")


def kopecks(text):
    whole, _, part = text.lstrip("-").partition(".")
    return (-1 if text.startswith("-") else 1) * (int(whole) * 100 + int(part))


def sold(house, keepers=None):
    """(by month, by client) from SQL: living sales, of clients of these keepers or of all."""
    months, clients = collections.Counter(), collections.Counter()
    for client, keeper, day, amount in house.sql(
        """select s.client_id, c.keeper_id, s.day, sum(l.amount)
             from sale s join sale_line l on l.sale_id = s.id join client c on c.id = s.client_id
                                                     where s.archived_at is null group by 1, 2, 3"""
    ):
        if keepers is None or keeper and int(keeper) in keepers:
            months[month_of(day)] += int(amount)
            clients[int(client)] += int(amount)
    return months, clients
