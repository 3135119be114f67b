"""One chessboard (全县一盘棋): gaps by where they lie.

They are counted apart as vertical (between levels of government), hard problems at the command post, horizontal
(between bodies of one level), and within one body.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.assess.gaps.base import Root
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
