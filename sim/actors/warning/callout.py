"""Call and answer: a desk calls those responsible for grid cells until each has confirmed, or is given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sim.actors.organization import Organization
from sim.engine import Process
from sim.spec.channels import Contact
from sim.spec.places import GridCell
from sim.spec.warnings import CallOut

if TYPE_CHECKING:
    from sim.actors.warning.ways import Warnings


class Part(NamedTuple):
    """A grid cell of a place, and who is there now.

    Attributes:
        id: Its id.
        of: People who are there.
        teams: Teams that go from door to door: the person responsible and the wardens; None where nobody counted them.
        reachable: How surely the person responsible answers at night; None for what the way says.
    """

    id: str
    of: int
    teams: int | None = None
    reachable: float | None = None


@dataclass(eq=False)
class _Cell:
    """A grid cell for which somebody is called.

    Attributes:
        part: The cell.
        place: The place that it is a part of.
        ready_s: From when on it may be called again.
        attempt: Which call comes next, from 1; 0 if none does.
        last: Number of its last event.
    """

    part: Part
    place: str
    ready_s: int
    attempt: int
    last: int

    @property
    def id(self) -> str:
        """Id of the cell."""
        return self.part.id

    def contact(self, way: CallOut) -> Contact:
        """Return who is called next; how surely the first of them answers at night is the cell's own."""
        number = (self.attempt - 1) % len(way.contacts)
        contact = way.contacts[number]
        if number or self.part.reachable is None:
            return contact
        return contact.model_copy(update={"night": self.part.reachable})


def cells_of(cells: Sequence[GridCell], place: str, people: int, per_cell: int) -> list[Part]:
    """Return the grid cells of a place, with all the people who are there now in proportion to who lives there.

    Args:
        cells: Grid cells of the county; a place that has none is cut into equal ones.
        place: The place.
        people: How many people are there.
        per_cell: People in a cell, at most, where the county has counted none.
    """
    own = [cell for cell in cells if cell.place == place and cell.people]
    if not own:
        number = -(-people // per_cell)
        given = [Part(f"{place}/{one + 1}", 1) for one in range(number)]
    else:
        given = [Part(cell.id, cell.people, cell.wardens + 1, cell.reachable) for cell in own]
    total, cumulated, placed, parts = sum(part.of for part in given), 0, 0, []
    for part in given:
        cumulated += part.of
        of = people * cumulated // total - placed
        placed += of
        if of:
            parts.append(part._replace(of=of))
    return parts


def call_out(warnings: Warnings, by: Organization, way: CallOut, places: Sequence[str], name: str, cause: int) -> None:
    """Call those responsible for the cells of some places, in the order of the places.

    Calls keep officers of the desk busy like everything else that they do. Whoever confirms warns the own cell.

    Args:
        warnings: The warnings of the run.
        by: Whose desk calls.
        way: The way, with who is called and how often.
        places: Ids of places.
        name: Name of this call-out, part of the key of its luck.
        cause: Number of the event of the order.
    """
    world = warnings.scene.world
    parts = [
        (place, part)
        for place in places
        for part in cells_of(world.exercise.county.cells, place, warnings.people_of(place), way.people_per_cell)
    ]
    begun = world.log.emit("callout.begun", by.id, name, cause, way=way.id, cells=len(parts))
    ahead = [_Cell(part, place, world.clock.now, 1, begun) for place, part in parts]
    if warnings.scene.policy.instant:  # the yardstick's messages take no time and are not lost
        for cell in ahead:
            _confirm(warnings, by, way, cell, begun)
        return
    for _ in range(min(way.callers, len(ahead))):
        world.clock.start(_caller(warnings, by, way, ahead, name))


def _caller(warnings: Warnings, by: Organization, way: CallOut, ahead: list[_Cell], name: str) -> Process:
    """Process: an officer calls for one cell after another until every one has confirmed or is given up."""
    clock = warnings.scene.world.clock
    while ahead:
        cell = min(ahead, key=lambda one: max(one.ready_s, clock.now))  # the first of those that may be called now
        ahead.remove(cell)
        yield clock.wait(max(0, cell.ready_s - clock.now))
        yield from _call(warnings, by, way, cell, name)
        if cell.attempt:
            ahead.append(cell)


def _call(warnings: Warnings, by: Organization, way: CallOut, cell: _Cell, name: str) -> Process:
    """Process: call once for a cell."""
    scene, world, attempt = warnings.scene, warnings.scene.world, cell.attempt
    contact = cell.contact(way)
    called = world.log.emit(
        "callout.called", by.id, cell.id, cell.last, place=cell.place, contact=contact.id, attempt=attempt
    )
    names = (name, cell.id, str(attempt))
    dial_s = world.luck.seconds(way.dial, "call out", *names)
    cell.last = yield from by.attend(dial_s, "/".join(names), called)
    missing = warnings.down(way, scene.desk_at(by.id), cell.place)
    chance = scene.exchange.answer_chance(contact)
    if missing is None and world.luck.chance(chance, "call out answered", *names):
        _confirm(warnings, by, way, cell, cell.last)
        return
    cell.last = world.log.emit(
        "callout.unanswered", by.id, cell.id, cell.last, missing or (), place=cell.place, attempt=attempt
    )
    if attempt == way.attempts:
        cell.attempt = 0
        world.log.emit("callout.given_up", by.id, cell.id, cell.last, place=cell.place)
    else:
        cell.attempt, cell.ready_s = attempt + 1, world.clock.now + way.chase_after


def _confirm(warnings: Warnings, by: Organization, way: CallOut, cell: _Cell, cause: int) -> None:
    cell.attempt = 0
    part = cell.part
    seq = warnings.scene.world.log.emit("callout.confirmed", by.id, cell.id, cause, place=cell.place, of=part.of)
    warnings.begin(by, cell.place, way, seq, of=part.of, teams=part.teams)
    warnings.scene.grid.told(cell.place, part.id, seq)
