"""Which other decision would have closed a gap: each is tried in a run of its own, under the same luck."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.assess.gaps import find_gaps
from sim.assess.gaps.base import Obligation
from sim.assess.index import Index
from sim.assess.loss import loss_parts, total_loss
from sim.errors import AnswerRefused
from sim.play.branch import Other, branch
from sim.play.settings import JOURNAL
from sim.record.folder import RunRecord
from sim.record.journal import effective


class Tried(NamedTuple):
    """What became of a gap under another decision.

    Attributes:
        key: The question.
        option: What was chosen instead.
        minutes: How long the gap then lasted; 0 if it was not there.
        loss: Loss of that run, in equivalents of one death.
    """

    key: str
    option: str
    minutes: float
    loss: float


def others(record: RunRecord, until_s: int) -> list[tuple[str, str]]:
    """Return every other option of the questions that were answered until a time: question and option."""
    points = {point.id: point for point in record.exercise.scenario.pause_points}
    found = []
    for entry in effective(record.journal):
        if entry.kind in ("answer", "none") and entry.at_s <= until_s:
            options = [option.id for option in points[entry.key.partition("#")[0]].options]
            found += [(entry.key, option) for option in options if option != entry.choice]
    return found


def tried(folder: Path, record: RunRecord, gap: dict[str, Any]) -> Iterator[Tried | None]:
    """Try every other decision that was taken before a gap ended, one run each; later answers stay as they were.

    Args:
        folder: Run folder, which is only read.
        record: What it holds.
        gap: The gap, a row of the score card.

    Yields:
        What became of the gap; None where the option did not stand.
    """
    for key, option in others(record, gap["end_s"]):
        with tempfile.TemporaryDirectory() as place:
            try:
                other = branch(folder, Other(at=key, choice=option, then=JOURNAL), Path(place) / "run").session
                run = other.finish()
                other.close()
            except AnswerRefused:  # the option was not open then
                yield None
                continue
        index = Index(run)
        minutes = max((one.late_s / 60 for one in find_gaps(index) if same_gap(one, gap)), default=0.0)
        yield Tried(key, option, round(minutes, 1), total_loss(loss_parts(run, index.rubric.loss)))


def same_gap(one: Obligation, gap: dict[str, Any]) -> bool:
    """Return whether a gap of another run is the same one: by its id, in which times may differ."""
    return _shape(one.id) == _shape(str(gap["id"])) and list(one.units) == gap["units"]


def _shape(ident: str) -> str:
    return re.sub(r"\d+", "#", ident)


def that_help(found: list[Tried], gap: dict[str, Any]) -> list[Tried]:
    """Return the decisions under which a gap was shorter or gone, the shortest first, then by loss."""
    shorter = [one for one in found if one.minutes < gap["minutes"]]
    return sorted(shorter, key=lambda one: (one.minutes, one.loss, one.key, one.option))
