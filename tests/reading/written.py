"""Tables as bytes: the texts and workbooks that programs write."""
import csv
import io

import openpyxl
from openpyxl.styles import Alignment, Font


def ru(kopecks, blank="\u00a0"):
    whole, part = divmod(abs(kopecks), 100)
    return f"{'-' if kopecks < 0 else ''}{whole:,}".replace(",", blank) + f",{part:02d}"


def text(table, delimiter=";", encoding="utf-8-sig"):
    f = io.StringIO()
    csv.writer(f, delimiter=delimiter,
               lineterminator="\r\n").writerows([["" if c is None else c for c in row] for row in table])
    return f.getvalue().encode(encoding, "replace")


class Look:
    """How a row of a sheet looks."""

    def __init__(self, outline=0, indent=0, bold=False):
        self.outline, self.indent, self.bold = outline, indent, bold


def book(sheets, merged=()):
    """sheets: (name, rows); a row is a list of cells, or (Look, list)."""
    b = openpyxl.Workbook()
    b.remove(b.active)
    for name, rows in sheets:
        sheet = b.create_sheet(name)
        for n, row in enumerate(rows, 1):
            look, cells = row if isinstance(row, tuple) else (None, row)
            for c, value in enumerate(cells, 1):
                cell = sheet.cell(n, c, value)
                if look and look.bold:
                    cell.font = Font(bold=True)
                if look and look.indent and c == 1:
                    cell.alignment = Alignment(indent=look.indent)
            if look and look.outline:
                sheet.row_dimensions[n].outlineLevel = look.outline
        for area in merged:
            sheet.merged_cells.add(area)  # as it stands: merge_cells makes each cell of it
    out = io.BytesIO()
    b.save(out)
    return out.getvalue()
