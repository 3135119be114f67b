"""Key units: told of an incident near them, they shelter their people and top up their own power."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.comms.message import Message
from sim.county.cohorts import Where
from sim.engine import Occurrence, Process
from sim.spec.base import Text
from sim.spec.sites import KeyUnit

if TYPE_CHECKING:
    from sim.actors.organization import Organization
    from sim.actors.scene import Scene

IN_THE_AIR = ("toxic_release", "tanker_accident", "fire", "explosion")
"""Kinds of hazard from which people of a key unit are sheltered inside."""
TOPPED_UP = 1.5
"""Factor on how long an own power supply lasts that was topped up before it was needed. A guess."""


def near(scene: Scene) -> list[KeyUnit]:
    """Return the key units within the radius of the parameter around the site, but not the site itself."""
    exercise = scene.world.exercise
    places = {place.id: place for place in exercise.county.places}
    site, radius_km = places[exercise.scenario.hazard.site], scene.world.parameters["keyunits.within"]
    return [
        unit
        for unit in exercise.county.key_units
        if unit.place != site.id
        and math.hypot(places[unit.place].x_km - site.x_km, places[unit.place].y_km - site.y_km) <= radius_km
    ]


def alert(organization: Organization, name: str, cause: int) -> None:
    """Tell the key units near the site of the incident; each prepares as soon as it has read that.

    Args:
        organization: Who tells them.
        name: Id of the order.
        cause: Number of the event of the order.
    """
    scene, world = organization.scene, organization.world
    townships = {one.id: one.organization for one in world.exercise.county.townships}
    of = {place.id: townships.get(place.township or "") for place in world.exercise.county.places}
    for unit in near(scene):
        to = unit.desk or of[unit.place]
        if to is None or to == organization.id:
            continue
        ident = scene.exchange.unique(f"{name}/{unit.place}>{to}")
        read = scene.requests[ident] = world.clock.occurrence()
        facts = organization.held(("incident/exists", "incident/sign", f"{unit.place}/danger"))
        text = Text(zh="请落实重点单位防护措施", en="Protect your key unit").marked().model_dump()
        also = tuple(organization.learned[one.fact] for one in facts if one.fact in organization.learned)
        scene.exchange.send(Message(ident, organization.id, to, "order", facts, text=text), cause, also)
        world.clock.start(_prepare(scene, unit, scene.organizations[to], read))


def _prepare(scene: Scene, unit: KeyUnit, desk: Organization, read: Occurrence) -> Process:
    """Process: once told, shelter people inside where something is in the air, and top up the own power supply."""
    world = scene.world
    heard = yield read
    ident = f"{desk.id}/{unit.place}/key-unit"
    last = yield from desk.attend(desk.thinking_s("key unit", unit.place), ident, heard)
    settlement = scene.county.places[unit.place]
    sheltered = 0
    if world.exercise.scenario.hazard.kind in IN_THE_AIR and not world.truth.value(f"{unit.place}/ordered"):
        sheltered = settlement.move(settlement.people, Where.INDOORS, Where.SEALED, last, "key unit")
    own = [one.id for one in world.exercise.county.lifelines if one.at == unit.place and one.battery is not None]
    for lifeline in own:
        scene.lifelines.top_up(lifeline, TOPPED_UP)
    world.log.emit("keyunit.prepared", desk.id, unit.place, last, sheltered=sheltered, power=own)
