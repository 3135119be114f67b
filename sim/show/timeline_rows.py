"""The lanes and rows of a timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.assess.beliefs import end_of
from sim.record.folder import RunRecord
from sim.show.names import SEATS, Names
from sim.show.tracks import Stretch, between, fact_stretches, unit_stretches


@dataclass(frozen=True)
class Row:
    """A row: ``kind`` is unit, desk, gas or wind; ``levels`` is how many levels of marks a desk needs."""

    kind: str
    ident: str
    label: str
    stretches: list[Stretch] = field(default_factory=list)
    levels: int = 0
    organization: str = ""


@dataclass(frozen=True)
class Lane:
    """A lane: an organization, or ``hazard`` for the hazard and the public."""

    organization: str
    label: str
    rows: list[Row]


def lanes_of(record: RunRecord, names: Names, levels: Mapping[str, int]) -> list[Lane]:
    """Return all lanes from top to bottom: hazard and public, duty office, command post, the five departments."""
    units = unit_stretches(record)
    lanes = [
        Lane("hazard", folded(names.capital(names.word("lane_hazard")), names.lang), _hazard_rows(record, names, units))
    ]
    for seat in SEATS:
        rows = [Row("desk", seat, names.word("row_desk"), levels=levels[seat])]
        own = [unit.id for unit in record.exercise.county.units if unit.department == seat and unit.id in units]
        rows.extend(Row("unit", unit, names.thing(unit), units[unit]) for unit in own)
        lanes.append(Lane(seat, folded(names.capital(names.thing(seat)), names.lang), rows))
    return lanes


def _hazard_rows(record: RunRecord, names: Names, units: Mapping[str, list[Stretch]]) -> list[Row]:
    site = record.exercise.scenario.hazard.site
    wind = fact_stretches(record, "wind/toward")
    rows = [Row("wind", "wind", names.fact("wind/toward"), wind)] if wind else []
    rows.append(Row("gas", "leak", names.word("row_hazard"), between(record, "hazard.started", "hazard.stopped", site)))
    for place in record.exercise.county.places:
        gas = between(record, "danger.reached", "danger.left", place.id)
        if gas and record.exercise.present[place.id] and place.id != site:
            rows.append(Row("gas", place.id, names.word("row_danger", place=names.thing(place.id)), gas))
    rumor = between(record, "rumor.started", "rumor.faded", "rumor")
    if rumor:
        rows.append(Row("gas", "rumor", names.word("row_rumor"), rumor, organization="public"))
    known = {unit.id for unit in record.exercise.county.units}
    crews = [unit for unit in units if unit not in known]
    label = names.word("row_enterprise")
    return rows + [Row("unit", unit, label, units[unit], organization="enterprise") for unit in crews]


def last_moment(record: RunRecord) -> int:
    """Return the last time at which somebody did something, or gas came or went; the end if gas still flows."""
    ignored = ("people.", "run.", "inject.", "rumor.", "weather.", "truth.", "fact.", "message.", "patient.")
    gas = {event.subject for event in record.events if event.kind == "hazard.started"}
    gas -= {event.subject for event in record.events if event.kind == "hazard.stopped"}
    last = max([event.at_s for event in record.events if not event.kind.startswith(ignored)], default=0)
    return end_of(record) if gas else last


def in_order(milestones: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return milestones as figure and table number them: those reached by time, then the missed, then the not due."""
    reached = sorted((row for row in milestones if row["at_s"] is not None), key=lambda row: (row["at_s"], row["id"]))
    missed = [row for row in milestones if row["at_s"] is None and row["limit_s"] is not None]
    return [*reached, *missed, *(row for row in milestones if row["at_s"] is None and row["limit_s"] is None)]


def folded(text: str, lang: str) -> str:
    """Return a name on two lines where it is too long for one."""
    room = 6 if lang == "zh" else 13
    if len(text) <= room:
        return text
    if lang == "zh":
        half = (len(text) + 1) // 2
        return f"{text[:half]}\n{text[half:]}"
    words = text.split()
    cut = min(range(1, len(words)) or [1], key=lambda i: max(len(" ".join(words[:i])), len(" ".join(words[i:]))))
    return f"{' '.join(words[:cut])}\n{' '.join(words[cut:])}".strip()
