"""What a run is sampled for, and what its last event sums up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sim.actors.scene import Scene
from sim.county.cohorts import Where
from sim.engine import Clock
from sim.hazards.base import Hazard


def quantities(scene: Scene) -> dict[str, Callable[[], int]]:
    """Return the quantities of ``series.csv`` by name."""
    county = scene.county
    duty = scene.world.exercise.county.desk("duty")
    units = [unit for department in scene.departments for unit in department.units]
    return {
        **{
            f"{hazard.own}_{name}": partial(extent.of, name)
            for hazard, extent in [(hazard, _Extent(hazard, scene.world.clock)) for hazard in scene.hazards]
            for name in hazard.extent()
        },
        "people_sealed": lambda: county.people(Where.SEALED),
        "people_away": lambda: county.people(Where.AWAY),
        "patients": lambda: len(county.casualties.everybody()),
        "deaths": lambda: county.casualties.deaths,
        "unnamed": lambda: len(county.casualties.unnamed),
        "at_doors": lambda: scene.gatherings.everybody,
        "units_busy": lambda: sum(not unit.idle for unit in units),
        "duty_lines_waiting": lambda: scene.exchange.desks.lines[duty].waiting,
        "rumor_ppm": lambda: round(scene.public.rumor.share * 1_000_000),
        "trust_permille": lambda: round(1000 * scene.public.mood.trust),
        "anxiety_permille": lambda: round(1000 * scene.public.mood.anxiety),
        "hoarders": lambda: scene.public.mood.hoarders,
        "hotline_calls": lambda: scene.public.rumor.callers.by_hotline,
    }


class _Extent:
    """What a hazard covers, worked out once a moment for all columns of a sample."""

    def __init__(self, hazard: Hazard, clock: Clock) -> None:
        self._hazard, self._clock = hazard, clock
        self._at_s = -1
        self._covers: dict[str, Any] = {}

    def of(self, name: str) -> int:
        if not self._hazard.running:
            return 0
        if self._at_s != self._clock.now:
            self._at_s, self._covers = self._clock.now, self._hazard.extent()
        return int(self._covers[name])


def end_of_run(scene: Scene) -> None:
    """Write the last event of a run."""
    world, county, rumor = scene.world, scene.county, scene.public.rumor
    world.log.emit(
        "run.ended",
        "",
        world.exercise.scenario.id,
        0,
        expected_deaths_micro=county.casualties.expected_deaths_micro(),
        rumor_left_person_s=rumor.left_person_s,
        closure_s=county.closed_s(),
        calls=rumor.calls,
        calls_cut_off=rumor.cut_off,
        **({"stopped": True} if world.stopped else {}),
    )
