"""Traffic control: a police crew at a junction, by which more gets through and responders are let past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine import Process

if TYPE_CHECKING:
    from sim.actors.departments.department import Department
    from sim.actors.departments.unit import Unit

LOOK_S = 5 * 60
"""How often a crew looks whether the roads where it stands carry traffic that must be directed, in seconds. A guess."""
QUIET_LOOKS = 6
"""How often it looks in vain before it leaves. A guess: half an hour."""


def direct_traffic(department: Department, unit: Unit, working: int) -> Process:
    """Process: direct traffic where a crew stands until there is none for a while; returns its last event, or None.

    A crew that is hurt directs nothing any more. Where two crews stand at one place, the last one ends it.
    """
    county, clock = department.scene.county, department.world.clock
    last, quiet = county.direct(unit.place, unit.id, department.id, working), 0
    while quiet < QUIET_LOOKS:
        yield clock.wait(LOOK_S)
        if not unit.meet_danger(LOOK_S / 60, last):
            county.leave_traffic(unit.place, unit.id, department.id, int(unit.down.value or last))
            return None
        quiet = 0 if county.traffic_at(unit.place) else quiet + 1
    return county.leave_traffic(unit.place, unit.id, department.id, last)
