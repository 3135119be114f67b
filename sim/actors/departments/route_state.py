"""Route state: what crews find blocked, and how transport passes it on to the crews of other departments."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.actors.departments.department import Department

Way = tuple[str, str]
PASSED_ON_S = 5 * 60
"""How long transport takes to pass the state of a road on, in seconds. A guess."""


def found_blocked(department: Department, way: Way, block: int) -> None:
    """Note that a crew of a department found a way blocked; where routes are shared, others hear of it later."""
    department.blocked[way] = block
    if department.world.parameters["routes.shared"] and not department.scene.policy.instant:
        department.world.clock.at(PASSED_ON_S, partial(_pass_on, department, way))


def found_clear(department: Department, way: Way) -> None:
    """Note that a department cleared a way, in both directions; where routes are shared, so does everybody."""
    shared = department.world.parameters["routes.shared"]
    for one in department.scene.departments if shared else (department,):
        for direction in (way, way[::-1]):
            one.blocked.pop(direction, None)


def _pass_on(department: Department, way: Way) -> None:
    known = department.blocked.get(way)
    others = [one for one in department.scene.departments if way not in one.blocked]
    if known is None or not others:
        return
    told = [one.id for one in others]
    seq = department.world.log.emit("route.told", "transport", f"{way[0]}>{way[1]}", known, of=department.id, to=told)
    for one in others:
        one.blocked[way] = seq
