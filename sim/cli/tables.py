"""Tables in the terminal, with Chinese and other wide characters in line."""

from __future__ import annotations

from collections.abc import Sequence

from sim.textwidth import padded, width


def table_lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table as lines: the first column to the left, all others to the right."""
    columns = [max(width(row[number]) for row in (head, *rows)) for number in range(len(head))]
    lines = []
    for row in (head, *rows):
        cells = [padded(text, columns[number], right=number > 0) for number, text in enumerate(row)]
        lines.append("  ".join(cells).rstrip())
    return lines


def number(value: float | None, digits: int = 2, *, signed: bool = False) -> str:
    """Return a number for people; a dash where there is none."""
    if value is None:
        return "—"
    text = f"{value:+.{digits}f}" if signed else f"{value:.{digits}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{digits}f}"


def between(mean: float | None, low: float | None, high: float | None, *, signed: bool = False) -> str:
    """Return a mean with its interval: ``+0.25 (+0.08 … +0.42)``; a dash where there is none."""
    if mean is None or low is None or high is None:
        return number(mean, signed=signed)
    ends = " … ".join(number(end, signed=signed) for end in (low, high))
    return f"{number(mean, signed=signed)} ({ends})"
