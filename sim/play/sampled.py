"""What a run is sampled for, and what its last event sums up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sim.actors.cast import departments
from sim.actors.scene import Scene
from sim.county.cohorts import Where
from sim.hazards.base import Hazard


def quantities(scene: Scene) -> dict[str, Callable[[], int]]:
    """Return the quantities of ``series.csv`` by name."""
    county = scene.county
    duty = scene.world.exercise.county.desk("duty")
    units = [unit for department in departments(scene) for unit in department.units]
    return {
        **{
            f"{hazard.own}_{name}": partial(_extent, hazard, name)
            for hazard in scene.hazards
            for name in hazard.extent()
        },
        "people_sealed": lambda: county.people(Where.SEALED),
        "people_away": lambda: county.people(Where.AWAY),
        "patients": lambda: len(county.casualties.everybody()),
        "deaths": lambda: county.casualties.deaths,
        "units_busy": lambda: sum(not unit.idle for unit in units),
        "duty_lines_waiting": lambda: scene.exchange.desks.lines[duty].waiting,
        "rumor_ppm": lambda: round(scene.public.rumor.share * 1_000_000),
        "trust_permille": lambda: round(1000 * scene.public.mood.trust),
        "anxiety_permille": lambda: round(1000 * scene.public.mood.anxiety),
        "hoarders": lambda: scene.public.mood.hoarders,
        "hotline_calls": lambda: scene.public.rumor.callers.by_hotline,
    }


def _extent(hazard: Hazard, name: str) -> int:
    return int(hazard.extent()[name]) if hazard.running else 0


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
