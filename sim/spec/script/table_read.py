"""Bytes of a table to rows: .xlsx by openpyxl, .csv in the encodings and with the separators that people use."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sim.errors import BadInput
from sim.spec.script.cells import MARK, MAX_COLUMNS, MAX_ROWS, Row, Table, Unreadable, Value, letter, unguarded
from sim.spec.script.columns import Said
from sim.spec.script.headers import LOOKED_THROUGH, read_header
from sim.spec.script.problems import refused
from sim.spec.script.xlsx_guard import MAX_FILE_BYTES, check_workbook, too_large, unreadable

MAX_CSV_BYTES = 5 << 20
_MAX_WIDTH = 1000
"""Formatted empty cells may reach this far to the right; values only to ``MAX_COLUMNS``."""

_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)|_x000D_")
_DELIMITERS = (",", ";", "\t")


class Tables(NamedTuple):
    """What was read: the sheets, and the encoding if it was not the expected one."""

    sheets: tuple[Table, ...]
    encoding: str = ""


class Mark(NamedTuple):
    """The scenario that a table was exported from."""

    scenario: str
    digest: str


def read_tables(path: Path) -> Tables:
    """Read a table file.

    Raises:
        BadInput: If it is neither .xlsx nor .csv, cannot be read, or is refused as dangerous.
    """
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise refused(
            path.name,
            Said("既不是 .xlsx 也不是 .csv", "is neither .xlsx nor .csv"),
            Said("请另存为 .xlsx 或 .csv", "a table saved as .xlsx or .csv"),
        )
    try:
        if not path.is_file():
            raise refused(
                path.name,
                Said("没有这个文件", "no such file"),
                Said("请给出已有的 .xlsx 或 .csv 文件", "a path to an existing .xlsx or .csv file"),
            )
        with path.open("rb") as stream:
            raw = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        what = Said(f"文件不能读取（{error}）", f"cannot be read: {error}")
        raise refused(path.name, what, Said("请检查文件名和权限", "a readable file")) from error
    return read_xlsx(raw, path.name) if path.suffix.lower() == ".xlsx" else read_csv(raw, path.name)


def find_mark(tables: Tables) -> Mark | None:
    """Return which scenario the table was exported from, if it was."""
    for table in tables.sheets:
        for row in table.rows[:LOOKED_THROUGH]:
            if row.cell(0) == MARK and isinstance(row.cell(1), str):
                return Mark(str(row.cell(1)), str(row.cell(2) or ""))
    return None


def read_xlsx(raw: bytes, name: str) -> Tables:
    """Read the sheets of a workbook: values only, formulas are told from values.

    Raises:
        BadInput: If it is no workbook, or refused as dangerous or too large.
    """
    from openpyxl import load_workbook

    check_workbook(raw, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out: pictures, styles, extensions
            book = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
            tables = []
            left = MAX_ROWS
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what the file claims about its size is not believed
                rows = _rows(sheet.iter_rows(), name, sheet.title, left)
                left -= rows[-1].number if rows else 0
                tables.append(Table(name, sheet.title, rows))
            book.close()
    except BadInput:
        raise
    except Exception as error:  # a broken workbook can break openpyxl anywhere; its file is to blame, not the program
        raise unreadable(name, error) from error
    return Tables(tuple(tables))


def _rows(found: Iterable[Iterable[Any]], name: str, sheet: str, most: int) -> tuple[Row, ...]:
    rows = []
    for number, cells in enumerate(found, 1):
        if number > most:
            raise refused(
                Said(f"{name}，工作表“{sheet}”", f"{name}, sheet {sheet!r}"),
                Said(f"工作簿超过 {MAX_ROWS} 行", f"more than {MAX_ROWS} rows in the workbook"),
                Said("请删去多余的行", "fewer rows"),
            )
        row = Row(number, tuple(_value(cell) for cell in cells))
        _check_width(row, Table(name, sheet, ()).where(number))
        if any(cell is not None for cell in row.cells):
            rows.append(row._replace(cells=row.cells[:MAX_COLUMNS]))
    return _with_gaps(rows)


def _with_gaps(rows: list[Row]) -> tuple[Row, ...]:
    """Return rows from the first to the last that hold something, empty ones between without cells."""
    filled: list[Row] = []
    for row in rows:
        filled.extend(Row(number, ()) for number in range(filled[-1].number + 1 if filled else row.number, row.number))
        filled.append(row)
    return tuple(filled)


def _check_width(row: Row, where: Said) -> None:
    beyond = next((i for i, cell in enumerate(row.cells) if i >= MAX_COLUMNS and cell is not None), None)
    if beyond is not None or len(row.cells) > _MAX_WIDTH:
        column = letter(beyond if beyond is not None else len(row.cells) - 1)
        raise refused(
            where,
            Said(f"一直写到 {column} 列", f"reaches to column {column}"),
            Said(f"最多 {MAX_COLUMNS} 列", f"at most {MAX_COLUMNS} columns"),
        )


def _value(cell: Any) -> Value:
    value = cell.value
    if value is None:
        return None
    if cell.data_type in ("f", "e"):
        return Unreadable(str(getattr(value, "text", value)))
    if isinstance(value, str):
        return unguarded(_ESCAPED.sub(lambda found: "" if found[0] == "_x000D_" else "_", value))
    if isinstance(value, (bool, int, float, datetime, time, timedelta)):
        return value
    return unguarded(str(value))


def read_csv(raw: bytes, name: str) -> Tables:
    """Read a CSV file in UTF-8 or, failing that, GB 18030; its separator is the one that gives most known titles.

    Raises:
        BadInput: If it is larger than 5 MiB, has another encoding, or quotes that do not close.
    """
    if len(raw) > MAX_CSV_BYTES:
        raise too_large(name, MAX_CSV_BYTES)
    text, encoding = _decoded(raw, name)
    best: tuple[int, tuple[Row, ...]] | None = None
    of_the_first: BadInput | None = None
    for delimiter in _DELIMITERS:
        try:
            rows = tuple(_csv_rows(text, delimiter, name))
        except BadInput as error:
            of_the_first = of_the_first or error
            continue
        score = max((len(read_header(row).fields) for row in rows[:LOOKED_THROUGH]), default=0)
        if best is None or score > best[0]:
            best = (score, rows)
    if best is None or (best[0] == 0 and of_the_first is not None):
        raise of_the_first or refused(name, Said("不是表格", "is no table"), Said("请给出 .csv 文件", "a .csv file"))
    return Tables((Table(name, "", best[1]),), encoding)


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except ValueError:
            continue
        if any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text):
            break
        return text, "" if encoding == "utf-8-sig" else "GB 18030"
    raise refused(
        name,
        Said("不是 UTF-8 或 GB 18030 编码的文本", "is no text in UTF-8 or GB 18030"),
        Said("请用 Excel 或 WPS 另存为 CSV UTF-8", "CSV UTF-8, as Excel and WPS can save it"),
    )


def _csv_rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if number > MAX_ROWS:
                what = Said(f"超过 {MAX_ROWS} 行", f"more than {MAX_ROWS} rows")
                raise refused(name, what, Said("请删去多余的行", "fewer rows"))
            row = Row(number, tuple(_csv_value(cell) for cell in cells))
            _check_width(row, Table(name, "", ()).where(number))
            yield row
    except csv.Error as error:
        raise refused(
            Said(f"{name}，第 {reader.line_num} 行", f"{name}, line {reader.line_num}"),
            Said(f"不是 CSV（{error}）", f"is no CSV: {error}"),
            Said("引号要成对", "quotes that open and close"),
        ) from error


def _csv_value(cell: str) -> Value:
    if cell.startswith("="):  # a spreadsheet would compute it; texts that begin so are written '=
        return Unreadable(cell)
    return unguarded(cell)
