"""Asking the server as many people over connections that stay, and finding the marks that stand in an answer."""
import http.client
import io
import json
import re
import urllib.parse
import zipfile

TEXT_MARK = re.compile(r"[Жж]\d{5}")
NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?")
TAG = re.compile(r"<[^>]*>")


def twice_is_wrong(pairs):
    """A JSON object that names a member twice says two things at once."""
    names = [name for name, _ in pairs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"members named twice: {sorted(twice)}")
    return dict(pairs)


NO_DIGIT = re.compile(r"\D+")


def digits(text):
    return NO_DIGIT.sub("", text)


def marks_in(text):
    """Every mark the text could hold: of texts, and of numbers their digits; of whole ones also `=` with them, since a
    share in percent may have the digits of a sum in whole roubles."""
    numbers = {m for m in NUMBER.findall(text) if len(m) > 6}
    whole = {"=" + digits(m) for m in numbers if "." not in m and "," not in m}
    return {m.upper() for m in TEXT_MARK.findall(text)} | {digits(m) for m in numbers} | whole


def workbook_text(data):
    """All that is written anywhere in a workbook, a line between any two tags."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "\n".join(TAG.sub("\n", book.read(name).decode("utf-8")) for name in sorted(book.namelist()))


class Answer:
    def __init__(self, status, body, headers):
        self.status, self.body, self.headers = status, body, headers
        self.type = headers.get("Content-Type", "")

    @property
    def text(self):
        if self.body[:2] == b"PK":
            return workbook_text(self.body)
        return self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body or b"{}", object_pairs_hook=twice_is_wrong)

    def everything(self):
        """Body and headers, as a person at the other end of the line reads them."""
        return self.text + "\n" + "\n".join(f"{name}: {urllib.parse.unquote(value)}"
                                            for name, value in self.headers.items())


class Asker:
    """`ask(who, "GET", "/api/client", archived="true")`: one connection for all, who asks stands in the cookie."""

    def __init__(self, work):
        self.work, self.asked = work, 0
        self.line = http.client.HTTPConnection("127.0.0.1", work.server().port, timeout=60)

    def __call__(self, who, method, path, body=None, headers=None, data=None, **query):
        send = {"X-Sbyt": "1", "Accept-Language": "ru"}
        if who in self.work.cookies:
            send["Cookie"] = "sbyt=" + self.work.cookies[who]
        if body is not None:
            data = json.dumps(body).encode()
        if data is not None:
            send["Content-Type"] = "application/json" if body is not None else "application/octet-stream"
        send.update(headers or {})
        if query:
            path += "?" + urllib.parse.urlencode(query)
        self.asked += 1
        for attempt in (1, 2):
            try:
                self.line.request(method, path, body=data, headers=send)
                answer = self.line.getresponse()
                return Answer(answer.status, answer.read(), answer.headers)
            except (http.client.RemoteDisconnected, ConnectionError):
                self.line.close()
                if attempt == 2:
                    raise

    def well(self, who, method, path, body=None, headers=None, data=None, **query):
        """The same where only a good answer will do: its JSON."""
        answer = self(who, method, path, body, headers, data, **query)
        if answer.status >= 300:
            raise RuntimeError(f"{who}: {method} {path} {body} {query}: {answer.status} {answer.text[:600]}")
        return answer.json()
