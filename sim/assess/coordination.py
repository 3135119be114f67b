"""One chessboard (全县一盘棋): tasks nobody took, tasks taken twice, waits for others, and gaps by where they lie.

Gaps are counted apart as vertical (between levels of government), hard problems at the command post, horizontal
(between bodies of one level), and within one body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sim.assess.gaps.base import Root
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.county import LEVELS, County

SIDES = ("vertical", "horizontal", "problem", "within")
"""Where a gap lies."""
AGAIN_S = 60 * 60
"""For how long, in seconds, an order of somebody else for the same thing counts as given twice. A guess."""
COUNTY, DEPARTMENT = LEVELS.index("county"), LEVELS.index("department")


class Twice(NamedTuple):
    """Something that two bodies ordered.

    Attributes:
        what: Kind of order and what it is about.
        first: Who ordered it first.
        again: Who ordered it again.
        at_s: When the second did, in seconds since the start.
    """

    what: str
    first: str
    again: str
    at_s: int


def side(gap: Mapping[str, Any], county: County) -> str:
    """Return where a gap of a score card lies: one of :data:`SIDES`."""
    tiers = {one.id: min(one.tier, COUNTY) if one.tier <= DEPARTMENT else one.tier for one in county.organizations}
    units = [unit for unit in dict.fromkeys((*gap["units"], *(gap["link"] or ()))) if unit in tiers]
    if len({tiers[unit] for unit in units}) > 1:
        return "vertical"
    if county.desk("command") in units or gap["root_cause"] in (Root.APPROVAL, Root.NO_UNIT):
        return "problem"
    return "horizontal" if len(units) > 1 else "within"


def given_twice(events: Sequence[Event]) -> list[Twice]:
    """Return what a second body ordered within an hour of the first."""
    first: dict[str, Event] = {}
    found = []
    for event in events:
        if event.kind != "order.given":
            continue
        for what in _about(event):
            earlier = first.setdefault(what, event)
            if earlier.actor != event.actor and event.at_s - earlier.at_s <= AGAIN_S:
                found.append(Twice(what, earlier.actor, event.actor, event.at_s))
            if event.at_s - earlier.at_s > AGAIN_S:
                first[what] = event
    return found


def _about(event: Event) -> list[str]:
    data = event.data
    match data["do"]:
        case "send":
            return [f"send/{data['task']}@{data['at']}"]
        case "protect":
            return [f"protect/{data['by']}@{data['place']}"]
        case "ask":
            return [f"ask/{data['to']}:{fact}" for fact in data["facts"]]
        case "publish":
            return [f"publish/{data['tone']}:{','.join(data['says'])}"]
        case _:
            return []


def summary(record: RunRecord, gaps: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the counters by name, and minutes of gaps by where they lie.

    Args:
        record: The run.
        gaps: The gaps of its score card.
    """
    counted: dict[str, int] = dict.fromkeys(SIDES, 0)
    minutes: dict[str, float] = dict.fromkeys(SIDES, 0.0)
    for gap in gaps:
        where = side(gap, record.exercise.county)
        counted[where] += 1
        minutes[where] += gap["minutes"]
    waits = [gap["minutes"] for gap in gaps if gap["type"] == "waiting_on_other"]
    return {
        **{f"{name}_gaps": counted[name] for name in SIDES},
        **{f"{name}_min": round(minutes[name], 1) for name in SIDES},
        "orphans": sum(gap["type"] == "orphan_task" for gap in gaps),
        "duplicates": len(given_twice(record.events)),
        "waiting_min": round(sum(waits), 1),
    }
