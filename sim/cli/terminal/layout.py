"""Lines of text that fit a terminal: wide characters count double, nothing runs over the edge."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sim.textwidth import padded, width

CLOSING = "，。；：！？、）】》”’…,.;:!?)"
"""Characters that do not begin a line."""
_WIDE = "⺀-鿿가-힯豈-﫿︰-﹏＀-｠　-〿"
_PIECE = re.compile(rf"[ \t]+|(?:[^\s{_WIDE}]+|.)[{re.escape(CLOSING)}]*", re.DOTALL)


class Heading(str):
    """A line that begins a part of a screen; set off where the terminal can."""

    __slots__ = ()


class Alarm(str):
    """A line that nobody may miss; set off where the terminal can, and clear without that."""

    __slots__ = ()


def clean(text: str) -> str:
    """Return a text without control characters, half characters and marks that turn its direction."""
    kept = "".join(" " if one in "\t\n\r" else one for one in text)
    return "".join(one for one in kept if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))


def cut(text: str, columns: int) -> str:
    """Return a text that takes at most so many columns; ``..`` stands for what was left out."""
    if width(text) <= columns:
        return text
    kept, room = "", columns - 2
    for one in text:
        room -= width(one)
        if room < 0:
            break
        kept += one
    return f"{kept}.."[: max(columns, 0)]


def pad(text: str, columns: int) -> str:
    """Return a text that takes exactly so many columns."""
    return padded(cut(text, columns), columns)


def wrap(text: str, columns: int, indent: str = "") -> list[str]:
    """Break a text into lines; every line but the first begins with the indent."""
    lines, line = [], ""
    for piece in _PIECE.findall(clean(text)):
        rest = piece
        while rest:
            room = columns - width(line)
            if width(rest) <= room:
                line, rest = line + rest, ""
            elif line.strip() and width(line) > width(indent):
                lines.append(line.rstrip())
                line, rest = indent, rest.lstrip(" ")
            else:  # one word longer than a line
                fits = next(count for count in range(len(rest), 0, -1) if count == 1 or width(rest[:count]) <= room)
                lines.append(line + rest[:fits])
                line, rest = indent, rest[fits:]
    return [*lines, line.rstrip()] if line.strip() else lines or [""]


def heading(text: str, columns: int) -> Heading:
    """Return a heading with a rule to the edge."""
    start = cut(f"-- {text} ", columns)
    return Heading(start + "-" * max(0, columns - width(start)))


def table(rows: Sequence[Sequence[str]], columns: int, give_way: Sequence[int] = (), indent: str = "  ") -> list[str]:
    """Return rows as lines with aligned columns.

    Args:
        rows: Cells of each row, all with as many cells.
        columns: Width of the terminal.
        give_way: Places of the cells that become narrower where the row is too long, the first to give way first.
        indent: What each line begins with.
    """
    if not rows:
        return []
    widths = [max(width(cell) for cell in cells) for cells in zip(*rows, strict=True)]
    over = width(indent) + sum(widths) + 2 * (len(widths) - 1) - columns
    for least in (14, 8):
        for place in give_way:
            give = min(max(0, over), max(0, widths[place] - least))
            widths[place] -= give
            over -= give
    return [
        cut((indent + "  ".join(pad(cell, w) for cell, w in zip(row, widths, strict=True))).rstrip(), columns)
        for row in rows
    ]


def side_by_side(items: Sequence[str], columns: int, indent: str = "  ") -> list[str]:
    """Return items in as many aligned columns as fit, filled downwards."""
    if not items:
        return []
    room = columns - width(indent)
    cell = min(room, max(width(item) for item in items) + 2)
    across = max(1, room // cell)
    down = -(-len(items) // across)
    rows = [items[start::down] for start in range(down)]
    return [indent + "".join(pad(item, cell) for item in row).rstrip() for row in rows]
