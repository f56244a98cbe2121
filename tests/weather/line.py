"""A connection to the server as a browser keeps it, and all the ways to lose one."""
import json
import socket
import struct
import time


class Lost(Exception):
    """No answer came, or none to its end."""

    def __init__(self, why, begun=True):
        super().__init__(why)
        self.begun = begun  # something of the request may have reached the server


class Answer:
    def __init__(self, status, head, body):
        self.status, self.head, self.body = status, head, body

    def json(self):
        return json.loads(self.body or b"{}")


class Line:
    """One keep-alive connection.  A read that takes longer than `patience` seconds is Lost."""

    def __init__(self, port, patience):
        self.used = 0.0  # when it last brought an answer; 0: never
        try:
            self.socket = socket.create_connection(("127.0.0.1", port), timeout=patience)
        except OSError as why:
            raise Lost(f"no connection: {why}", begun=False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def close(self):
        self.file.close()
        self.socket.close()

    def reset(self):
        """The other side hears of a broken connection, not of a closed one."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def send(self, method, path, headers, body):
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"] + [
            f"{name}: {value}" for name, value in headers.items()
        ]
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        try:
            self.socket.sendall("\r\n".join(lines + ["", ""]).encode() + (body or b""))
        except OSError as why:
            raise Lost(f"while sending: {why}")

    def head(self):
        """(status, {name: value}) of the answer that comes next."""
        try:
            first = self.file.readline(4096)
            if not first:
                raise Lost("closed instead of an answer")
            head = {}
            while (line := self.file.readline(65536)) not in (b"\r\n", b""):
                name, _, value = line.decode("latin-1").partition(":")
                head[name.strip().lower()] = value.strip()
            if not line or not first.startswith(b"HTTP/1.1 "):
                raise Lost(f"no whole head: {first[:80]!r}")
        except (OSError, ValueError) as why:
            raise Lost(f"while waiting: {why!r}")
        return int(first.split()[1]), head

    def exactly(self, n):
        try:
            got = self.file.read(n)
        except OSError as why:
            raise Lost(f"in the middle of an answer: {why!r}")
        if got is None or len(got) < n:
            raise Lost(f"the answer ends in its middle, {len(got or b'')} bytes of {n}")
        return got

    def chunks(self):
        while True:
            try:
                line = self.file.readline(64)
                size = int(line.split(b";")[0], 16)
            except (OSError, ValueError) as why:
                raise Lost(f"in the middle of an answer: {why!r}")
            yield self.exactly(size)
            self.exactly(2)
            if size == 0:
                return

    def answer(self, method="GET"):
        status, head = self.head()
        body = b""
        if method != "HEAD" and status not in (204, 304):
            chunked = head.get("transfer-encoding") == "chunked"
            body = b"".join(self.chunks()) if chunked else self.exactly(int(head.get("content-length", 0)))
        self.used = time.monotonic()
        return Answer(status, head, body)

    def taste(self, n):
        """Begins to read an answer and has n bytes of it, or what comes of it until it is silent for a while."""
        self.socket.settimeout(0.3)
        try:
            while n > 0 and (got := self.file.read1(min(n, 65536))):
                n -= len(got)
        except OSError:
            pass
