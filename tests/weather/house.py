"""The firm's machines: the base, one server on SQLite or two on PostgreSQL, the clock on the wall, copies of the base.

A time in which something is being broken is `trouble`: requests that touch it may be lost.  Whoever asks does so within
a `turn`, so that the base can be looked at while nobody is in the middle of anything."""
import contextlib
import csv
import datetime
import io
import os
import pathlib
import re
import sqlite3
import subprocess
import threading
import time
from math import inf

from line import Lost

STARTS = 30  # seconds a server may take to start or to stop
RECOVERS = 3.0  # seconds after a start in which requests may still be lost
PG_BIN = os.environ.get("SBYT_PG_BIN", "/usr/lib/postgresql/15/bin")
MONDAY = datetime.datetime(2026, 3, 2, 9, 0, 0)
# Memory a server may have held at most, in MB; a program with sanitizers holds shadow and what was freed beside it.
BOUNDS = {"plain": 160, "sanitized": 450}


class Faults:
    """What is claimed of the whole play, and what went against it."""

    def __init__(self, claims):
        self.lock, self.found = threading.Lock(), {claim: [] for claim in claims}

    def say(self, claim, text):
        with self.lock:
            self.found[claim].append(text)


class Server:
    def __init__(self, house, name):
        self.house, self.name, self.folder = house, name, house.folder / name
        self.process = self.port = self.token = None
        self.starts = 0

    def start(self, kind):
        self.kind, self.starts = kind, self.starts + 1
        self.said = self.house.folder / f"{self.name}-{self.starts}.err"
        command = [
            self.house.programs[kind],
            "serve",
            *self.house.where(self.name),
            "--listen",
            "127.0.0.1:0",
            "--no-backup",
            "--clock",
            str(self.house.wall),
        ]
        environment = dict(os.environ, LC_ALL="en_US.UTF-8")
        environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=32"
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=open(self.said, "w", encoding="utf-8"), text=True, env=environment
        )
        timer = threading.Timer(STARTS, self.process.kill)
        timer.start()
        for line in self.process.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/(?:#token=([0-9a-f]{64}))?", line)
            if found:
                self.token, self.port = found[2], int(found[1])
                break
        timer.cancel()
        if not self.port:
            self.house.faults.say(
                "no server ended by itself", f"server {self.name} did not start: {self.process.wait()} {self.words()}"
            )
            self.process = None

    def words(self):
        return self.said.read_text(encoding="utf-8", errors="replace")[-3000:]

    def memory(self):
        """The most it has held until now, MB."""
        try:
            return (
                int(re.search(r"VmHWM:\s*(\d+)", pathlib.Path(f"/proc/{self.process.pid}/status").read_text())[1])
                // 1024
            )
        except (OSError, TypeError):
            return 0

    def look(self):
        """What can be said of it before it ends: did it end by itself, what did it hold?"""
        if not self.process:
            return
        if self.process.poll() is not None:
            self.house.faults.say(
                "no server ended by itself", f"server {self.name} ended with {self.process.returncode}: {self.words()}"
            )
        held = self.memory()
        self.house.held[self.kind] = max(self.house.held[self.kind], held)
        if held > BOUNDS[self.kind]:
            self.house.faults.say(
                "memory stayed below its bound",
                f"a {self.kind} server held {held} MB, the bound is {BOUNDS[self.kind]}",
            )

    def end(self, kindly):
        self.look()
        if not self.process:
            return
        self.port = None
        (self.process.terminate if kindly else self.process.kill)()
        try:
            code = self.process.wait(STARTS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
            self.house.faults.say(
                "no server ended by itself", f"server {self.name} did not stop within {STARTS} s: {self.words()}"
            )
        self.process.stdout.close()
        self.process = None
        complaint = re.search(r"Sanitizer|runtime error", self.words())
        if (kindly and code != 0) or complaint:
            self.house.faults.say("no server ended by itself", f"server {self.name} ended with {code}: {self.words()}")


class House:
    def __init__(self, folder, db, programs, faults):
        self.folder, self.db, self.programs, self.faults = folder, db, programs, faults
        self.wall, self.offset, self.began = folder / "clock", 0.0, time.monotonic()
        self.held = dict.fromkeys(BOUNDS, 0)
        self.over, self.epoch = False, 0  # epoch: how often the base was restored
        self.troubles, self.lock = [], threading.Lock()
        self.open, self.asking, self.still = True, 0, threading.Condition()
        self.turns = threading.local()
        self.tick()
        self.servers = {name: Server(self, name) for name in (("a", "b") if db else ("a",))}
        threading.Thread(target=self.run_clock, daemon=True).start()

    def where(self, name="a"):
        return ["--data", str(self.folder / name)] + (["--db", self.db] if self.db else [])

    # ---- the clock ----

    def tick(self):
        now = MONDAY + datetime.timedelta(seconds=self.offset + time.monotonic() - self.began)
        part = self.wall.with_suffix(".part")
        part.write_text(now.strftime("%Y-%m-%dT%H:%M:%SZ"))
        part.rename(self.wall)

    def run_clock(self):
        while not self.over:
            self.tick()
            time.sleep(0.1)

    # ---- trouble, turns ----

    @contextlib.contextmanager
    def trouble(self):
        span = [time.monotonic(), inf]
        with self.lock:
            self.troubles.append(span)
        try:
            yield
        finally:
            span[1] = time.monotonic() + RECOVERS

    def troubled(self, begin, end):
        with self.lock:
            return any(span[0] <= end and span[1] >= begin for span in self.troubles)

    @contextlib.contextmanager
    def turn(self):
        """One deed with what is noted of it.  Within a turn another one is the same turn."""
        if getattr(self.turns, "mine", False):
            yield
            return
        with self.still:
            self.still.wait_for(lambda: self.open)
            self.asking += 1
        self.turns.mine = True
        try:
            yield
        finally:
            self.turns.mine = False
            with self.still:
                self.asking -= 1
                self.still.notify_all()

    @contextlib.contextmanager
    def nobody_asks(self):
        with self.still:
            self.open = False
            self.still.wait_for(lambda: self.asking == 0)
        try:
            yield
        finally:
            with self.still:
                self.open = True
                self.still.notify_all()

    # ---- the base ----

    def run(self, *words, seconds=120):
        """(code, output, errors) of a command; None is the code of one that was killed after so many seconds."""
        command, environment = [self.programs["sanitized"], *words], dict(os.environ, LC_ALL="C.UTF-8")
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, env=environment)
        except subprocess.TimeoutExpired:
            return None, "", ""
        return done.returncode, done.stdout, done.stderr

    def sql(self, query):
        """Rows; an empty text and null are both ''."""
        if self.db:
            done = subprocess.run(
                ["psql", "-q", "--csv", "-t", self.db, "-c", query],
                capture_output=True,
                text=True,
                check=True,
                timeout=60,
            )
            return [tuple(row) for row in csv.reader(io.StringIO(done.stdout))]
        base = sqlite3.connect(f"file:{self.folder / 'a' / 'sbyt.db'}?mode=ro", uri=True)
        try:
            return [tuple("" if v is None else str(v) for v in row) for row in base.execute(query)]
        finally:
            base.close()

    def postgres(self, *words):
        """pg_ctl of the cluster that tests/with_postgres has made."""
        folder = re.search(r"host=([^&]+)", self.db)[1]
        command = [f"{PG_BIN}/pg_ctl", "-D", folder + "/data", "-w", "-l", folder + "/log", *words]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, cwd="/", check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end_all(self, kindly=True):
        for server in self.servers.values():
            server.end(kindly)
