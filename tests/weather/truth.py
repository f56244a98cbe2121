"""What must be true of the base: what was acknowledged, what may have happened, and who may see what at which moment.

Moments are those of time.monotonic() in this process.  Whatever was asked and not answered stays possible for ever."""
import re
import threading
import time
from math import inf

MARK = re.compile(
    rb"Q([cspi])(\d+)-(\d+)Q"
)  # stands in the name of a client, the number and note of a sale, the cells of a file
HEARD_LATE = 1.0  # seconds in which a stream of events may still follow rights that are gone
HIDES = "finance"


class Timeline:
    """What a thing was when.  Several values are possible at once while an answer is awaited, or where none came."""

    def __init__(self, value, since=-inf):
        self.spans, self.version = [[since, inf, value, False]], 0

    def ask(self, value, since):
        """Somebody asks for it: possible from now on.  Returns the span for settle or refuse."""
        span = [since, inf, value, True]
        self.spans.append(span)
        return span

    def settle(self, span, at, version):
        """He was told that it is so, as this version."""
        span[3] = False
        if version < self.version:
            span[1] = at  # a later one was told before
            return
        for other in self.spans:
            if other is not span and not other[3] and other[1] == inf:
                other[1] = at
        self.version = version

    def refuse(self, span):
        self.spans.remove(span)

    def becomes(self, value, at):
        """Nobody asks any more and the base says what it is: after a restore."""
        for other in self.spans:
            other[1], other[3] = min(other[1], at), False
        self.spans.append([at, inf, value, False])
        self.version = 0

    def values(self, begin, end):
        return [span[2] for span in self.spans if span[0] <= end and span[1] >= begin]


class Truth:
    def __init__(self):
        self.lock, self.began = threading.Lock(), time.monotonic()
        self.people, self.roles, self.teams, self.names = (
            {},
            {},
            {},
            {},
        )  # user: Timeline of (role, blocked); role: Timeline of rights; user: {users}
        self.clients, self.sales, self.persons, self.imports = {}, {}, {}, {}  # mark: Thing
        self.notes = {}  # text of a change, each used once: its Thing
        self.acks, self.acknowledged = [], 0  # those that hold now; all there ever were
        self.heard = []  # (when, user, entity, id): judged when the base lies still

    def __enter__(self):
        self.lock.acquire()
        return self

    def __exit__(self, *_):
        self.lock.release()

    def role_names(self, user, begin, end):
        """What he may have been, for a person who reads of a fault."""
        return "/".join(
            sorted(
                {
                    self.names.get(role, str(role)) + (" blocked" if blocked else "")
                    for role, blocked in self.people[user].values(begin, end)
                }
            )
        )

    def when(self, what):
        """In seconds of the play, as the log of the weather has them."""
        return f"at {what.sent - self.began:.2f}-{what.got - self.began:.2f}"

    def things(self):
        return ("client", self.clients), ("sale", self.sales), ("person", self.persons)

    # ---- who may see what ----

    def rights(self, user, begin, end):
        """Every set of rights he may have had in that time; none while he was blocked."""
        for role, blocked in self.people[user].values(begin, end):
            if not blocked:
                yield from self.roles[role].values(begin, end)

    def owners(self, kind, mark, begin, end):
        """Whose it may have been."""
        if kind == "i":
            return [None]
        if kind == "p":
            return [self.persons[mark].person] if mark in self.persons else []
        thing = self.clients.get(self.sales[mark].client if kind == "s" and mark in self.sales else mark)
        return thing.keeper.values(begin, end) if thing else []

    def reaches(self, user, rights, entity, owners):
        scope, _ = rights.get((entity, "view"), (None, ""))
        if entity == "person" and scope == "team":
            scope = "own"
        return (
            scope == "all"
            or (scope == "own" and user in owners)
            or (scope == "team" and not self.teams[user].isdisjoint(owners))
        )

    def sees(self, user, kind, mark, begin, end):
        with self:
            owners = self.owners(kind, mark, begin, end)
            if not owners:
                return False  # a mark that nobody has made
            entities = {"c": ("client",), "s": ("sale",), "p": ("person",), "i": ("client", "sale", "import")}[kind]
            return any(
                self.reaches(user, rights, entity, owners)
                for rights in self.rights(user, begin, end)
                for entity in entities
            )

    def hides(self, user, entity, begin, end):
        """Are costs of the entity hidden from him, whichever of his rights counted?"""
        with self:
            every = list(self.rights(user, begin, end))
        return bool(every) and all(HIDES in rights.get((entity, "view"), (None, HIDES))[1] for rights in every)

    def may(self, user, entity, verb, begin, end):
        """True, False, or None when it depends on the moment."""
        with self:
            answers = {(entity, verb) in rights for rights in self.rights(user, begin, end)}
        return answers.pop() if len(answers) == 1 else None if answers else False


class Thing:
    """Something that somebody asked for once.

    state: open (asked, not answered), known (acknowledged), lost (never answered), refused, gone (acknowledged, and
    taken away by a restore)."""

    def __init__(self, sent, **more):
        self.state, self.sent, self.got, self.id = "open", sent, inf, None
        self.__dict__.update(more)


class Ack:
    """An acknowledged write: this version of this record holds these values.

    base: the version its writer had before him, 0 when it was made."""

    def __init__(self, user, entity, number, version, sent, got, base, values):
        self.user, self.entity, self.id, self.version, self.sent, self.got, self.base, self.values = (
            user,
            entity,
            number,
            version,
            sent,
            got,
            base,
            values,
        )
