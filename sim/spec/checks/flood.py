"""Checks of a flood against the county: its dams, and the places that its river passes."""

from __future__ import annotations

from sim.spec.checks.names import Found, Names
from sim.spec.hazards.flood import Flood


def find_in_flood(flood: Flood, names: Names, at: tuple[str | int, ...]) -> Found:
    """Find dams and places of a flood that the county does not have, or knows nothing of."""
    county = names.exercise.county
    reservoirs = {reservoir.place: reservoir for reservoir in county.reservoirs}
    heights = {place.id: place.ground_m for place in county.places}
    for index, dam in enumerate(flood.dams):
        given = reservoirs.get(dam.place)
        if given is None:
            yield (*at, "dams", index, "place"), f"no reservoir {dam.place!r}", ", ".join(reservoirs)
        elif dam.level_m > given.crest_m:
            yield (*at, "dams", index, "level_m"), "the water stands above the crest", f"at most {given.crest_m}"
    for index, reach in enumerate(flood.reaches):
        if heights.get(reach.place) is None:
            fit = ", ".join(place for place, height in heights.items() if height is not None)
            yield (*at, "reaches", index, "place"), f"{reach.place!r} has no ground_m", fit
        elif reach.below in reservoirs and reach.place not in [one.place for one in reservoirs[reach.below].downstream]:
            fit = ", ".join(one.place for one in reservoirs[reach.below].downstream)
            yield (*at, "reaches", index, "place"), f"{reach.place!r} does not lie below {reach.below!r}", fit
