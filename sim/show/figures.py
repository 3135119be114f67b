"""All figures by name, as PNG or SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from matplotlib.figure import Figure

from sim.errors import bad_input
from sim.record.folder import RunRecord
from sim.show import charts, style
from sim.show.answer_times import answer_times
from sim.show.flow import flow
from sim.show.knowledge import knowledge
from sim.show.map import county_map, key_times
from sim.show.matrix import matrix
from sim.show.message_way import message_way
from sim.show.names import Names
from sim.show.radar import radar
from sim.show.regrets import measured, regrets
from sim.show.timeline import timeline
from sim.show.usage import usage


class _Run:
    """What figures are drawn from; what several of them need is found once."""

    def __init__(self, record: RunRecord, score: Mapping[str, Any], lang: str) -> None:
        self.record, self.score, self.names = record, score, Names(record.exercise, lang)

    @cached_property
    def times(self) -> tuple[int, int, int]:
        """The three moments for which a map tells most."""
        return key_times(self.record)


_DRAW: dict[str, Callable[[_Run], Figure]] = {
    "timeline": lambda run: timeline(run.record, run.score["milestones"], run.names),
    "map_start": lambda run: county_map(run.record, run.names, run.times[0]),
    "map": lambda run: county_map(run.record, run.names, run.times[1]),
    "map_end": lambda run: county_map(run.record, run.names, run.times[2]),
    "knowledge": lambda run: knowledge(run.record, run.names),
    "flow": lambda run: flow(run.record, run.names),
    "way_1": lambda run: message_way(run.record, run.names, 0),
    "way_2": lambda run: message_way(run.record, run.names, 1),
    "responses": lambda run: answer_times(run.score, run.names),
    "matrix": lambda run: matrix(run.score, run.names),
    "resources": lambda run: usage(run.record, run.names),
    "radar": lambda run: radar(run.score, run.names),
    "regrets": lambda run: regrets(run.score, run.names),
    "loss": lambda run: charts.loss(run.score, run.names),
    "dimensions": lambda run: charts.dimensions(run.score, run.names),
    "series": lambda run: charts.series(run.record, run.names),
}
FIGURES = tuple(_DRAW)
"""Names of the figures."""
DPI = 160
"""Dots an inch of figures in documents: 1920 dots wide on a projector, more than 300 an inch on paper."""
FROM_SCORE = ("timeline", "responses", "matrix", "radar", "regrets", "loss", "dimensions")
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
    run = _Run(record, _score_of(record, name, score), lang)
    with style.look():
        return style.to_png(_DRAW[name](run), dpi)


def drawn(record: RunRecord, lang: str, score: Mapping[str, Any], dpi: int = DPI) -> dict[str, bytes]:
    """Return all figures for a document as PNG of few colors, by name; that of regrets where one was measured.

    Args:
        record: The run.
        lang: ``zh`` or ``en``.
        score: The run's score card.
        dpi: Dots an inch of a figure, which is 12 inches wide.

    Raises:
        MissingGlyph: If a character of their texts cannot be drawn.
    """
    run = _Run(record, score, lang)
    with style.look():
        wanted = [name for name in FIGURES if name != "regrets" or measured(score)]
        return {name: style.to_small_png(_DRAW[name](run), dpi) for name in wanted}


def figure_svg(record: RunRecord, name: str, lang: str, score: Mapping[str, Any] | None = None) -> bytes:
    """Return a figure as SVG; see :func:`figure_png`.

    Raises:
        BadInput: If there is no such figure.
        MissingGlyph: If a character of its texts cannot be drawn.
    """
    run = _Run(record, _score_of(record, name, score), lang)
    with style.look():
        return style.to_svg(_DRAW[name](run))
