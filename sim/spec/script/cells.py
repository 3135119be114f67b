"""What stands in a table: values, rows and sheets as read; the sign that keeps a text a text; places for messages."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta
from typing import NamedTuple

from sim.errors import BadInput, Problem
from sim.spec.script.columns import Said
from sim.spec.script.problems import refused

MAX_ROWS = 100_000
MAX_COLUMNS = 200
MARK = "#tabletop-script/1"
"""First cell of the row that says which scenario a table was exported from: mark, id, digest."""

_DANGEROUS = tuple("=+-@\t\r＝＋－＠")
FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no table can hold: control characters but line feed and tab, halves of pairs, U+FFFE and U+FFFF."""


class Unreadable(NamedTuple):
    """A cell whose value cannot be taken: a formula or an error value, as it stands in the table."""

    text: str


Value = str | int | float | bool | datetime | time | timedelta | Unreadable | None


class Row(NamedTuple):
    """A row: its number as a spreadsheet shows it, and its cells from column A on."""

    number: int
    cells: tuple[Value, ...]

    def cell(self, index: int) -> Value:
        """Return a cell; beyond the last one there is nothing."""
        return self.cells[index] if index < len(self.cells) else None


class Table(NamedTuple):
    """One sheet as read; ``sheet`` is empty for a CSV file."""

    file: str
    sheet: str
    rows: tuple[Row, ...]

    def where(self, row: int, column: int | None = None, title: str = "") -> Said:
        """Return the place of a row, or of a cell below a title, for messages."""
        en, zh = (f", sheet {self.sheet!r}", f"，工作表“{self.sheet}”") if self.sheet else ("", "")
        cell = f", column {letter(column)}" if column is not None else ""
        cell_zh = f" {letter(column)} 列" if column is not None else ""
        shown = f"（{title}）" if title else ""
        return Said(f"{self.file}{zh}，第 {row} 行{cell_zh}{shown}", f"{self.file}{en}, row {row}{cell}")


class Sheet(NamedTuple):
    """One sheet to be written.

    Attributes:
        widths: Width of each column, in characters.
        lists: For some columns (by index) the name of a column of the last sheet whose values may be chosen, and
            whether a cell holds only one of them.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    lists: tuple[tuple[int, tuple[int, int], bool], ...] = ()
    header: bool = True


def letter(index: int) -> str:
    """Return the letters of a column counted from 0: A, B, …, AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def folded(text: str) -> str:
    """Return text for comparing: full-width signs made narrow, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def guarded(text: str) -> str:
    """Return a text as it may stand in a cell: a sign ``'`` goes before what a spreadsheet would take for a formula.

    The sign also goes before texts that begin with it or have spaces at an end, so that :func:`unguarded` gives every
    text back exactly.
    """
    return f"'{text}" if _needs_guard(text) else text


def unguarded(text: str) -> str | None:
    """Return the text of a cell: without the sign that :func:`guarded` puts, else without outer spaces."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if text.startswith("'") and _needs_guard(text[1:]):
        return text[1:]
    return text.strip() or None


def _needs_guard(text: str) -> bool:
    return text.startswith((*_DANGEROUS, "'")) or text != text.strip()


def check_characters(text: str, where: Said) -> None:
    """Refuse what no table can hold.

    Raises:
        BadInput: If the text has control characters other than line feed and tab.
    """
    if found := FORBIDDEN.search(text):
        sign = f"U+{ord(found[0]):04X}"
        what = Said(f"含有表格不能存放的字符 {sign}", f"has the character {sign}, which no table can hold")
        raise refused(where, what, Said("请删去该字符", "text without it"))


def as_text(value: Value) -> str | None:
    """Return a cell as text; whole numbers without a decimal point."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, Unreadable):
        return value.text
    return str(value)


def all_of(problems: list[Problem]) -> None:
    """Raise what was found, if anything was.

    Raises:
        BadInput: With these problems.
    """
    if problems:
        raise BadInput(tuple(problems))
