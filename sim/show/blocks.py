"""What a document is made of, before any program for texts knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Heading(NamedTuple):
    """A heading; level 1 is 一、, level 2 （一）, level 3 1."""

    level: int
    text: str


class Para(NamedTuple):
    """A paragraph in one of the styles: ``body``, ``item``, ``note``, ``title``, ``cover``, ``mark`` or ``big``."""

    text: str
    style: str = "body"


class Table(NamedTuple):
    """A table whose first row repeats on every page.

    Attributes:
        caption: What stands above it; empty for none.
        heads: Heads of the columns; empty for a table of labels and texts.
        rows: Its cells.
        widths: Widths of the columns, in any unit: they share the width of the page.
        small: Whether it is set small, for annexes.
    """

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    small: bool = False


class Picture(NamedTuple):
    """A figure by its name, with what stands below it."""

    name: str
    caption: str


class Turn(NamedTuple):
    """A new page, from here on upright or on its side."""

    sideways: bool = False


Block = Heading | Para | Table | Picture | Turn
