"""Tables as older programs save them: the workbooks of Excel 97 to 2003, of OpenDocument, tables of dBase.  Written by
their descriptions: [MS-XLS], OpenDocument 1.2, and Borland's of dBase III."""
import datetime
import io
import struct
import zipfile
from xml.sax.saxutils import escape

EPOCH = datetime.date(1899, 12, 30)


def rows_of(rows):
    """(outline, cells) of each; rows as `written.book` has them."""
    return [(row[0].outline, row[1]) if isinstance(row, tuple) else (0, row) for row in rows]


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def xls_cell(row, column, value):
    if isinstance(value, datetime.date):
        return record(0x203, struct.pack("<HHHd", row, column, 1, (value - EPOCH).days))
    if isinstance(value, (int, float)):
        return record(0x203, struct.pack("<HHHd", row, column, 0, value))
    text = str(value)
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def xls(name, rows, merged=()):
    """merged: (first row, last row, first column, last one), all from 0.  A bare stream, as some writers leave it."""
    begin = record(0x809, struct.pack("<HHHH", 0x600, 5, 0, 0))
    styles = b"".join(record(0xE0, struct.pack("<HH16x", 0, form)) for form in (0, 14))
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    at = len(begin) + len(styles) + 4 + 6 + len(title) + 4
    book = begin + styles + record(0x85, struct.pack("<IH", at, 0) + title) + record(0x0A, b"")
    out = [book, record(0x809, struct.pack("<HHHH", 0x600, 0x10, 0, 0))]
    for n, (outline, cells) in enumerate(rows_of(rows)):
        out.append(record(0x208, struct.pack("<HHHHHHI", n, 0, len(cells), 255, 0, 0, outline)))
        out += [xls_cell(n, c, value) for c, value in enumerate(cells) if value is not None]
    if merged:
        out.append(record(0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *m) for m in merged)))
    return b"".join(out) + record(0x0A, b"")


def ods_cell(value, spanned):
    attrs = f' table:number-rows-spanned="{spanned}"' if spanned else ""
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, datetime.date):
        return f'<table:table-cell{attrs} office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell{attrs} office:value-type="float" office:value="{value}"/>'
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell{attrs} office:value-type="string">{text}</table:table-cell>'


def ods(name, rows, merged=()):
    """merged as for xls, of one column each."""
    spans = {(m[0], m[2]): m[1] - m[0] + 1 for m in merged}
    covered = {(r, m[2]) for m in merged for r in range(m[0] + 1, m[1] + 1)}
    out, depth = [], 0
    for n, (outline, cells) in enumerate(rows_of(rows)):
        out.append("<table:table-row-group>" * (outline - depth) + "</table:table-row-group>" * (depth - outline))
        depth = outline
        row = ["<table:covered-table-cell/>" if (n, c) in covered else ods_cell(v, spans.get((n, c)))
               for c, v in enumerate(cells)]
        out.append("<table:table-row>" + "".join(row) + "</table:table-row>")
    out.append("</table:table-row-group>" * depth)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(name)}">{"".join(out)}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        z.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def dbf(fields, rows, encoding="cp866"):
    """fields: (name, kind, length, places); kinds C, N and D."""
    head = struct.pack("<BBBBIHH16xBBxx", 3, 126, 1, 1, len(rows), 33 + 32 * len(fields),
                       1 + sum(f[2] for f in fields), 0, {"cp866": 0x65, "cp1251": 0xC9}[encoding])
    out = [head]
    for name, kind, length, places in fields:
        out.append(struct.pack("<11sc4xBB14x", name.encode(encoding), kind.encode(), length, places))
    out.append(b"\r")
    for row in rows:
        out.append(b" ")
        for (_, kind, length, places), value in zip(fields, row):
            if kind == "D":
                cell = f"{value:%Y%m%d}"
            else:
                cell = f"{value:{length}.{places}f}" if kind == "N" else str(value)
            out.append(cell.encode(encoding, "replace")[:length].ljust(length))
    return b"".join(out) + b"\x1a"
