"""Sheets to bytes: .xlsx and .csv that hold texts only and are the same bytes for the same sheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sim.spec.script.cells import Sheet, guarded, letter
from sim.textwidth import width

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LINE_POINTS = 15
_LAST_ROW = 1000
"""Lists to choose from reach down to this row, for rows that the trainer adds."""


def write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with a byte order mark, which spreadsheets need to know it by."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([[guarded(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as a workbook. The last sheet holds what cells may be chosen from."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "tabletop-sim"
    book.properties.created = datetime(*_EPOCH)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        _fill(page, sheet)
        for column, chosen, one in sheet.lists:
            page.add_data_validation(_choices(sheets[-1].name, column, chosen, one))
    out = io.BytesIO()
    book.save(out)
    return _same_bytes(out.getvalue())


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    body, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    shade = PatternFill("solid", fgColor="DDE6F0")
    for row_number, row in enumerate(sheet.rows, 1):
        page.row_dimensions[row_number].height = _LINE_POINTS * _lines(row, sheet.widths)
        for column_number, text in enumerate(row, 1):
            cell = page.cell(row_number, column_number)
            cell.alignment = body
            if text:
                cell.value = _ESCAPE.sub("_x005F_", guarded(text))
                cell.data_type = "s"  # a text, whatever it looks like
            if sheet.header and row_number == 1:
                cell.font, cell.fill = bold, shade
    for index, columns in enumerate(sheet.widths):
        page.column_dimensions[letter(index)].width = columns
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A3
    if sheet.header:
        page.freeze_panes, page.print_title_rows = "B2", "1:1"


def _lines(row: Sequence[str], widths: Sequence[int]) -> int:
    """Return how many lines the fullest cell of a row takes; Chinese signs are two wide. At most 20 are shown."""
    most = 1
    for text, columns in zip(row, widths, strict=False):
        lines = [width(line) for line in text.split("\n")]
        most = max(most, sum(max(1, -(-length // max(1, columns - 2))) for length in lines))
    return min(most, 20)


def _choices(sheet: str, column: int, rows: tuple[int, int], one: bool) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    # cells that take several names, ids or other spellings may still be typed: the list helps and does not forbid
    choices = DataValidation(
        type="list",
        formula1=f"'{sheet}'!$A${rows[0]}:$A${rows[1]}",
        allow_blank=True,
        showErrorMessage=one,
        errorStyle="warning",
    )
    choices.add(f"{letter(column)}2:{letter(column)}{_LAST_ROW}")
    return choices


def _same_bytes(raw: bytes) -> bytes:
    """Return a workbook packed anew without the times at which it was made."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", data)
            info = ZipInfo(part.filename, _EPOCH)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            new.writestr(info, data)
    return out.getvalue()
