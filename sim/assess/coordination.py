"""One chessboard (全县一盘棋): tasks nobody took, tasks taken twice, waits for others, and gaps by where they lie.

Gaps are counted apart as vertical (between levels of government), hard problems at the command post, horizontal
(between bodies of one level), and within one body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.assess.duplicates import given_twice
from sim.assess.gaps.base import Root
from sim.record.folder import RunRecord
from sim.spec.county import LEVELS, County

SIDES = ("vertical", "horizontal", "problem", "within")
"""Where a gap lies."""
COUNTY, DEPARTMENT = LEVELS.index("county"), LEVELS.index("department")


def side(gap: Mapping[str, Any], county: County) -> str:
    """Return where a gap of a score card lies: one of :data:`SIDES`."""
    tiers = {one.id: min(one.tier, COUNTY) if one.tier <= DEPARTMENT else one.tier for one in county.organizations}
    units = [unit for unit in dict.fromkeys((*gap["units"], *(gap["link"] or ()))) if unit in tiers]
    if len({tiers[unit] for unit in units}) > 1:
        return "vertical"
    if county.desk("command") in units or gap["root_cause"] in (Root.APPROVAL, Root.NO_UNIT):
        return "problem"
    return "horizontal" if len(units) > 1 else "within"


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
