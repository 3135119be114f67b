"""A plan as figures: the table of its tasks, the responsibility matrix, and what triggers what."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.show import style
from sim.show.fonts import width_in
from sim.show.plan_flow_chart import flow_chart
from sim.show.plan_table import Paper, matrix, task_table

MARGIN_IN, HEAD_IN = 0.35, 0.95
LINE_IN = 0.155
"""Height of a line of small text, in inches."""
PADDING_IN = 0.07
SHARES = (0.035, 0.115, 0.065, 0.065, 0.105, 0.135, 0.13, 0.09, 0.085, 0.05, 0.125)
"""Widths of the columns of the table of tasks, without the grounds, as shares of the whole."""
MARK_COLORS = MappingProxyType(
    {"R": "#0072B2", "R/A": "#0072B2", "A": "#D55E00", "C": "#BFDCEB", "I": "#EEF1F4", "": "#FFFFFF"}
)
"""Ground of a cell of the matrix by its mark; the mark itself is written in it, so nothing rests on color alone."""


def plan_figure(paper: Paper, name: str) -> Figure:
    """Return a figure of a plan; draw it within :func:`sim.show.style.look`.

    Args:
        paper: The plan with its words.
        name: One of :data:`FIGURES`.
    """
    return _DRAW[name](paper)


def wrapped(text: str, size: float, room_in: float) -> list[str]:
    """Return a text in lines that fit a width in inches; words stay whole where they fit, Chinese breaks anywhere."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_in(line + piece.rstrip(), size) > room_in:
            lines.append(line.rstrip())
            line = ""
        while width_in(piece.rstrip(), size) > room_in and len(piece) > 1:
            cut = next(n for n in range(len(piece) - 1, 0, -1) if n == 1 or width_in(piece[:n], size) <= room_in)
            lines.append(piece[:cut])
            piece = piece[cut:]
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> list[str]:
    """Return a text in pieces that stay together: words with the space behind them, and single wide characters."""
    pieces: list[str] = []
    word = ""
    for char in text:
        if ord(char) > 0x2E7F:
            mark = char in "，。、；：）”" and not word and bool(pieces)
            if word:
                pieces.append(word)
                word = ""
            if mark:
                pieces[-1] += char
            else:
                pieces.append(char)
        else:
            word += char
            if char in " -/":
                pieces.append(word)
                word = ""
    return [*pieces, word] if word else pieces


def _title(axes: Axes, paper: Paper, word: str, below: str) -> None:
    name = paper.plan.name.in_language(paper.lang)
    title = f"{name}{'：' if paper.lang == 'zh' else ': '}{paper.word(word)}"
    axes.text(MARGIN_IN, 0.34, title, fontsize=style.TITLE, va="center")
    axes.text(MARGIN_IN, 0.64, below, fontsize=style.NORMAL, color=style.SOFT, va="center")


def _tasks(paper: Paper) -> Figure:
    """Draw the table of tasks; the grounds stand in the CSV and the text only."""
    rows = [row[:-1] for row in task_table(paper)]
    room_in = style.WIDTH_IN - 2 * MARGIN_IN
    widths = [share * room_in / sum(SHARES) for share in SHARES]
    cells = [
        [wrapped(cell, style.SMALL, width - 2 * PADDING_IN) for cell, width in zip(row, widths, strict=True)]
        for row in rows
    ]
    heights = [max(map(len, row)) * LINE_IN + 2 * PADDING_IN for row in cells]
    figure, axes = style.new_page(HEAD_IN + sum(heights) + MARGIN_IN)
    _title(axes, paper, "tasks", paper.status())
    y = HEAD_IN
    for number, (row, height) in enumerate(zip(cells, heights, strict=True)):
        if number % 2 == 0:
            axes.add_patch(Rectangle((MARGIN_IN, y), room_in, height, color=style.BAND if number else style.LINE, lw=0))
        x = MARGIN_IN
        for lines, width in zip(row, widths, strict=True):
            for at, line in enumerate(lines):
                below = y + PADDING_IN + (at + 0.5) * LINE_IN
                axes.text(x + PADDING_IN, below, line, fontsize=style.SMALL, va="center")
            x += width
        y += height
    return figure


def _matrix(paper: Paper) -> Figure:
    """Draw the responsibility matrix: a row for each task, a column for each organization."""
    head, *rows = matrix(paper)
    names_in = max(width_in(row[0], style.SMALL) for row in rows) + 0.2
    cell_in = (style.WIDTH_IN - 2 * MARGIN_IN - names_in) / (len(head) - 1)
    row_in = 0.215
    slant_in = max(width_in(name, style.SMALL) for name in head[1:]) + 0.15
    top = HEAD_IN + slant_in
    figure, axes = style.new_page(top + row_in * len(rows) + MARGIN_IN)
    _title(axes, paper, "matrix", paper.word("legend"))
    for column, name in enumerate(head[1:]):
        x = MARGIN_IN + names_in + (column + 0.5) * cell_in
        axes.text(x, top - 0.07, name, fontsize=style.SMALL, rotation=90, ha="center", va="bottom")
    for number, (task, *marks) in enumerate(rows):
        y = top + number * row_in
        axes.text(MARGIN_IN, y + row_in / 2, task, fontsize=style.SMALL, va="center")
        for column, mark in enumerate(marks):
            x = MARGIN_IN + names_in + column * cell_in
            box = Rectangle((x, y), cell_in, row_in, facecolor=MARK_COLORS[mark], edgecolor=style.LINE, lw=0.5)
            axes.add_patch(box)
            ink = style.PAPER if mark in ("R", "A", "R/A") else style.INK
            axes.text(x + cell_in / 2, y + row_in / 2, mark, fontsize=style.SMALL, color=ink, ha="center", va="center")
    return figure


def _flow(paper: Paper) -> Figure:
    chart = flow_chart(paper, wrapped)
    figure, axes = style.new_page(HEAD_IN + chart.height_in + MARGIN_IN)
    _title(axes, paper, "flow", paper.word("flow_key"))
    chart.draw(axes, MARGIN_IN, HEAD_IN)
    return figure


_DRAW: dict[str, Callable[[Paper], Figure]] = {"tasks": _tasks, "matrix": _matrix, "flow": _flow}
FIGURES = tuple(_DRAW)
"""Names of the figures."""
