"""Impact assessment: what a measure means for people, roads and hospitals, found out before it is ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine import Process
from sim.spec.command import EXPOSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sim.actors.organization import Organization


def assess(organization: Organization, places: Sequence[str], name: str, cause: int) -> Process:
    """Process: assess what a measure would mean at some places; returns the number of the last event.

    An officer of the desk is busy with it. From then on an order for one of these places says exactly who is meant, and
    those who cannot leave by themselves are fetched.
    """
    world, scene = organization.world, organization.scene
    county = world.exercise.county
    length_s = round(world.parameters["impact.length"] * 60)
    if length_s and not scene.policy_of(organization.id).instant:
        cause = yield from organization.attend(length_s, name, cause)
    for place in places:
        settlement = scene.county.places[place]
        cause = world.log.emit(
            "impact.assessed",
            organization.id,
            place,
            cause,
            people=settlement.people,
            unable=county.vulnerable(place).helpless,
            roads=sum(place in road.ends for road in county.roads),
            beds=settlement.place.beds,
        )
        scene.commanding.assessed[place] = cause
        organization.see(f"{place}/{EXPOSED}", settlement.people, cause)
    return cause
