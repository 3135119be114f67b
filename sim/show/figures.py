"""All figures by name, as PNG or SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from matplotlib.figure import Figure

from sim.errors import bad_input
from sim.record.folder import RunRecord
from sim.show import charts, style
from sim.show.knowledge import knowledge
from sim.show.map import county_map, key_times
from sim.show.message_way import message_way
from sim.show.names import Names
from sim.show.timeline import timeline

_DRAW: dict[str, Callable[[RunRecord, Mapping[str, Any], Names], Figure]] = {
    "timeline": lambda record, score, names: timeline(record, score["milestones"], names),
    "map": lambda record, _, names: county_map(record, names, key_times(record)[1]),
    "knowledge": lambda record, _, names: knowledge(record, names),
    "way_1": lambda record, _, names: message_way(record, names, 0),
    "way_2": lambda record, _, names: message_way(record, names, 1),
    "loss": lambda _, score, names: charts.loss(score, names),
    "dimensions": lambda _, score, names: charts.dimensions(score, names),
    "series": lambda record, _, names: charts.series(record, names),
}
FIGURES = tuple(_DRAW)
"""Names of the figures."""
DPI = 160
"""Dots an inch of figures in documents: 1920 dots wide on a projector, more than 300 an inch on paper."""
FROM_SCORE = ("timeline", "loss", "dimensions")
"""Those that need a score card."""


def _score_of(record: RunRecord, name: str, score: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if name not in _DRAW:
        raise bad_input("figure", f"no figure {name!r}", ", ".join(FIGURES))
    if score is None and name in FROM_SCORE:
        from sim.assess.score import score as score_of

        return score_of(record)
    return score or {}


def figure_png(
    record: RunRecord, name: str, lang: str, dpi: int = 100, score: Mapping[str, Any] | None = None
) -> bytes:
    """Return a figure as PNG.

    Args:
        record: The run.
        name: One of :data:`FIGURES`.
        lang: ``zh`` or ``en``.
        dpi: Dots an inch; a figure is 12 inches wide.
        score: The run's score card; made anew, without yardsticks, when it is needed and not given.

    Raises:
        BadInput: If there is no such figure.
        MissingGlyph: If a character of its texts cannot be drawn.
    """
    card = _score_of(record, name, score)
    with style.look():
        return style.to_png(_DRAW[name](record, card, Names(record.exercise, lang)), dpi)


def drawn(record: RunRecord, lang: str, score: Mapping[str, Any], dpi: int = DPI) -> dict[str, bytes]:
    """Return all figures for a document as PNG of few colors, by name.

    Args:
        record: The run.
        lang: ``zh`` or ``en``.
        score: The run's score card.
        dpi: Dots an inch of a figure, which is 12 inches wide.

    Raises:
        MissingGlyph: If a character of their texts cannot be drawn.
    """
    names = Names(record.exercise, lang)
    with style.look():
        return {name: style.to_small_png(draw(record, score, names), dpi) for name, draw in _DRAW.items()}


def figure_svg(record: RunRecord, name: str, lang: str, score: Mapping[str, Any] | None = None) -> bytes:
    """Return a figure as SVG; see :func:`figure_png`.

    Raises:
        BadInput: If there is no such figure.
        MissingGlyph: If a character of its texts cannot be drawn.
    """
    card = _score_of(record, name, score)
    with style.look():
        return style.to_svg(_DRAW[name](record, card, Names(record.exercise, lang)))
