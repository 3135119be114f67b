"""A table of the report: words on the left, numbers on the right, with a title and how to read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.show.names import Names


def counted_table(
    ident: str, heads: Sequence[str], rows: Sequence[Sequence[str]], names: Names, *, words: int = 1, sums: bool = False
) -> dict[str, Any]:
    """Return a table as the macro ``counted`` of the report's template shows it.

    Args:
        ident: Key of its title in the table of words; ``IDENT_hint`` says how to read it.
        heads: Keys of the heads of its columns.
        rows: Its cells.
        names: Names of the exercise in a language.
        words: So many first cells of a row are words, the others numbers.
        sums: Whether the last row is a sum.
    """
    return {
        "id": ident,
        "title": names.word(ident),
        "hint": names.word(f"{ident}_hint"),
        "heads": [names.word(head) for head in heads],
        "rows": rows,
        "words": words,
        "sums": sums,
    }
