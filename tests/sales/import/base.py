"""What the tests of imports share: a data directory on SQLite or PostgreSQL, files of sales, claims.

A test is a script SCRIPT SBYT [PART] of groups of claims, each on a fresh base; PART: only groups whose name
(`killed on SQLite`) holds it.  Its last line is `N passed, N failed`."""
import csv
import http.client
import io
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import openpyxl

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2]))
from bases import bases

SBYT = str(pathlib.Path(sys.argv[1]).resolve())
PART = sys.argv[2] if len(sys.argv) > 2 else ""
PASSWORD = "plotina-7-vetrov"
passed = failed = 0
where = ""

HEAD = ["Контрагент", "ИНН", "Дата", "Номер", "Товар", "Количество", "Цена", "Сумма"]
# R-1 is scattered and holds two equal lines; R-2 is a return beside a sale of the same number; two lines have no
# document.
SALES = [
    ["ООО «Ромашка»", "7707083893", "10.01.2026", "R-1", "Краска белая", "2", "1000,50", "2001,00"],
    ["ИП Ёлкин", "500100732259", "11.01.2026", "R-2", "Лак", "1", "300,00", "300,00"],
    ["ООО «Ромашка»", "7707083893", "10.01.2026", "R-1", "Лак", "1", "300,00", "300,00"],
    ["ИП Ёлкин", "500100732259", "11.01.2026", "R-2", "Краска белая", "-1", "1000,50", "-1000,50"],
    ["ООО «Ромашка»", "7707083893", "10.01.2026", "R-1", "Лак", "1", "300,00", "300,00"],
    ["ИП Ёлкин", "500100732259", "15.01.2026", "", "Краска белая", "3", "1000,50", "3001,50"],
    ["ИП Ёлкин", "500100732259", "15.01.2026", "", "Лак", "2", "300,00", "600,00"],
]
MORE = [
    ["ООО «Ромашка»", "7707083893", "20.01.2026", "R-3", "Шпатлёвка", "10", "50,00", "500,00"],
    ["АО «Юг»", "", "21.01.2026", "R-4", "Лак", "4", "300,00", "1200,00"],
]
def claim(what, good, got=""):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f"FAILED  {where}: {what}\n        {str(got)[:1500]}", flush=True)


def text(rows, delimiter=";"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


class Base:
    """A data directory, on SQLite or PostgreSQL."""

    def __init__(self, db):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sbyt-imports."))
        self.db, self.server = db, None
        if db:
            subprocess.run(["psql", "-q", db, "-c", "drop schema public cascade; create schema public"], check=True,
                           stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.server:
            self.server.kill()
            self.server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def words(self, *words):
        return [SBYT, *map(str, words), "--data",
                str(self.folder / "data"), "--lang", "en"] + (["--db", self.db] if self.db else [])

    def run(self, *words):
        done = subprocess.run(self.words(*words), capture_output=True, timeout=300)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def file(self, name, content):
        path = self.folder / name
        if isinstance(content, list):
            content = text(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def book(self, name, rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(self.folder / name)
        return self.folder / name

    def sql(self, query):
        if self.db:
            done = subprocess.run(["psql", "-At", "-F", "|", self.db, "-c", query], capture_output=True, text=True,
                                  check=True)
            return [tuple(line.split("|")) for line in done.stdout.splitlines()]
        with sqlite3.connect(f"file:{self.folder / 'data' / 'sbyt.db'}?mode=ro", uri=True) as base:
            return [tuple("" if v is None else str(v) for v in row) for row in base.execute(query)]

    def change(self, statement):
        """What only happens in years is made to have happened; no server may run."""
        if self.db:
            subprocess.run(["psql", "-q", self.db, "-c", statement], check=True)
            return
        base = sqlite3.connect(self.folder / "data" / "sbyt.db")
        with base:
            base.execute(statement)
        base.close()

    def one(self, query):
        return self.sql(query)[0][0]

    def dump(self):
        """Every field of what an import of sales may touch."""
        return "\n".join(
            map(repr, (self.sql(f"select * from {table} order by id")
                       for table in ("sale", "sale_line", "client", "client_phone", "product", "channel"))))

    def exports(self):
        return {
            entity: self.run("export", entity)
            for entity in ("client", "sale", "product", "channel", "source", "person")
        }

    def bring(self, path, *words):
        """(code, number of the import, {counts}, what was said on the error output)"""
        code, out, err = self.run("import", path, *words)
        newest = self.sql(
            "select id, made, changed, known, bad, warned, rows_read, state from import order by id desc limit 1")
        names = ("id", "made", "changed", "known", "bad", "warned", "rows", "state")
        counts = dict(zip(names, (int(v or 0) for v in newest[0]))) if newest else dict.fromkeys(names, 0)
        return code, counts["id"], counts, err or out

    def undo(self, number):
        code, out, err = self.run("undo", number)
        return code, err or out

    def faults(self, number):
        return self.sql(
            f"select row, field, problem, text from import_bad where import_id = {number} order by row, place")

    def sound(self):
        code, out, err = self.run("check")
        return code == 0, out + err

    def halves(self):
        """Sales whose total is not the sum of their lines, and lines without a sale."""
        return self.sql("select s.id from sale s where coalesce(s.total, 0) <> (select coalesce(sum(l.amount), 0) "
                        "from sale_line l where l.sale_id = s.id)") + \
            self.sql("select l.id from sale_line l where not exists (select 1 from sale s where s.id = l.sale_id)")

    # ---- HTTP ----

    def serve(self):
        self.server = subprocess.Popen(self.words("serve", "--listen", "127.0.0.1:0", "--no-backup"),
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.server.stdout:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/(?:#token=([0-9a-f]{64}))?", line)
            if found:
                self.port, self.token = int(found[1]), found[2]
                return
        raise RuntimeError("the server did not start")

    def stop(self, how=signal.SIGTERM):
        self.server.send_signal(how)
        self.server.wait(timeout=60)
        self.server = None

    def kill(self):
        """On PostgreSQL a server is believed alive until its lease runs out, 30 s after its death: they are over at
        once."""
        self.stop(signal.SIGKILL)
        if self.db:
            self.change("update job set leased_until = 0 where state = 1")

    def ask(self, method, path, body=None, raw=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        send = {"X-Sbyt": "1", "Accept-Language": "en", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if getattr(self, "cookie", None):
            send["Cookie"] = self.cookie
        if body is not None:
            send["Content-Type"] = "application/json"
        connection.request(method, path,
                           body=raw if raw is not None else json.dumps(body).encode() if body is not None else None,
                           headers=send)
        answer = connection.getresponse()
        data = answer.read()
        if answer.headers.get("Set-Cookie"):
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer.status, json.loads(data) if data[:1] in (b"{", b"[") else data

    def set_up(self):
        self.serve()
        status, answer = self.ask(
            "POST", "/api/setup", {
                "token": self.token, "firm": {
                    "name": "Ромашка-Торг", "currency": "RUB", "zone": "Europe/Moscow", "language": "ru"
                }, "user": {"name": "Владелец", "login": "owner", "password": PASSWORD}, "example": False
            })
        if status != 201:
            raise RuntimeError(answer)

    def send(self, name, content):
        return self.ask("POST", "/api/import/file", raw=content, Content_Type="application/octet-stream",
                        X_File_Name=name)[1]

    def begin(self, name, content, **more):
        sent = self.send(name, content)
        columns = {c["guess"]["field"]: c["index"] for c in sent["columns"] if c["guess"]}
        plan = {
            "file": sent["file"], "form": sent["form"], "target": sent["target_guess"], "columns": columns, "key": "",
            "mode": "upsert", "source": "file", "dry_run": False, "c_marks_return": sent["c_marks_return"], **more
        }
        status, answer = self.ask("POST", "/api/import", plan)
        if status != 202:
            raise RuntimeError((status, answer))
        return answer["id"]

    def wait(self, number):
        begun = time.time()
        while time.time() - begun < 300:
            answer = self.ask("GET", f"/api/import/{number}")[1]
            if answer["state"] not in ("running", "undoing", "waiting"):
                return answer
            time.sleep(0.05)
        raise RuntimeError(answer)

    def until(self, query, least):
        """Waits until the number that the query gives is at least so large."""
        begun = time.time()
        while int(self.one(query)) < least:
            if time.time() - begun > 60:
                raise RuntimeError(query)
            time.sleep(0.01)


def many(n, seed=3):
    r = random.Random(seed)
    rows = [HEAD]
    for i in range(n):
        rows.append([
            f"Клиент {r.randrange(n // 20)}", "", f"{1 + r.randrange(28):02}.{1 + r.randrange(12):02}.2025",
            f"D-{i // 4}", f"Товар {r.randrange(300)}", "1", "10,00", "10,00"
        ])
    return rows


def run_groups(groups):
    """On SQLite always; on PostgreSQL too where SBYT_TEST_PG names a database that may be emptied
    (tests/with_postgres)."""
    global where
    for db in bases():
        for group in groups:
            where = f"{group.__name__} on {'PostgreSQL' if db else 'SQLite'}"
            if PART not in where:
                continue
            begun = time.time()
            with Base(db) as at:
                try:
                    group(at)
                except Exception as problem:  # a group that breaks off is a failed claim, the others go on
                    claim(
                        f"the claims come to their end ({type(problem).__name__}, line "
                        f"{problem.__traceback__.tb_next.tb_lineno})",
                        False, problem)
            print(f"{where}: {time.time() - begun:.1f} s", file=sys.stderr, flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)
