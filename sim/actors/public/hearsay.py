"""Who has heard a rumor, who believes it and who has left home because of it, group by group.

People tell it on as Maki and Thompson (1973) have it, in whole persons (:mod:`sim.hazards.formulas.rumor_spread`).
"""

from __future__ import annotations

import math
from functools import partial
from typing import NamedTuple

from sim.engine import World
from sim.hazards.formulas.rumor_spread import Group, Town, announce_anew, step
from sim.spec.rumor import Flight, Rumor, RumorGroup

SLOT_S = 300
"""Step of a rumor, in seconds."""


class Moved(NamedTuple):
    """People who are not at home because of a rumor.

    Attributes:
        newly: How many have just left.
        away: How many are away.
    """

    newly: int
    away: int


class _Flee:
    """People of one group who flee.

    Attributes:
        away: How many are away.
        back: How many have come back by themselves, and will not leave again.
    """

    def __init__(self) -> None:
        self.away = 0
        self.back = 0
        self._convinced = 0
        self._left: list[int] = []

    def move(self, group: Group, frightened: int, flight: Flight) -> int:
        """Let some of those leave who would, and those come back who stop believing or have been away for long.

        Args:
            group: The group as it is now; who leaves and who stays at home stop believing alike.
            frightened: How many believe it and would leave, or have left.
            flight: How people flee.

        Returns:
            How many left.
        """
        convinced, self._convinced = int(group.corrected) - self._convinced, int(group.corrected)
        self.away -= self.away * convinced // max(1, int(group.believers) + convinced)
        most = flight.stays // SLOT_S
        over = self._left[-most] if len(self._left) >= most else 0
        over = min(over, self.away)
        self.away, self.back = self.away - over, min(self.back + over, frightened)
        self.away = min(self.away, frightened - self.back)
        going = frightened - self.back - self.away
        some = round(going * -math.expm1(-SLOT_S / flight.packs)) if flight.packs else going
        self.away += some
        self._left.append(some)
        return some


class Hearsay:
    """The groups of a rumor.

    Args:
        world: The world.
        spec: The rumor of the scenario.

    Attributes:
        groups: Those who have not heard it, who tell it, and who tell it no more, by group.
        people: Persons of all groups.
        believers: How many of them believe it.
        astir: How many of these live where people flee, if they flee at all.
    """

    def __init__(self, world: World, spec: Rumor) -> None:
        self._world = world
        self._spec = spec
        county = world.exercise.county
        residents = {township.id: township.residents for township in county.townships}
        sizes = [sum(residents[one] for one in group.townships) for group in spec.groups]
        self.groups = tuple(Group(size) for size in sizes or [world.exercise.scenario.public_people])
        self.people = sum(sizes) if sizes else world.exercise.scenario.public_people
        self._names = [group.id for group in spec.groups] or ["county"]
        self._of = {one: number for number, group in enumerate(spec.groups) for one in group.townships}
        self._contacts = _contacts(spec.groups)
        self._places = {place.id: place.township for place in county.places}
        self._told = [0.0] * len(self.groups)
        self._fleeing = [False] * len(self.groups)
        self._flee = [_Flee() for _ in self.groups]

    def begin(self) -> None:
        """Let the first people hear it."""
        first, *others = self.groups
        some = min(int(first.ignorant), math.ceil(self._spec.seed_share * self.people))
        self.groups = (Group(first.ignorant - some, some), *others)

    @property
    def believers(self) -> int:
        """How many believe it."""
        return sum(int(group.believers) for group in self.groups)

    @property
    def astir(self) -> int:
        """How many of those who believe it live where people flee, if the scenario has them flee."""
        if self._spec.flight is None:
            return self.believers
        return sum(int(one.believers) for one, flees in zip(self.groups, self._fleeing, strict=True) if flees)

    def announce(self) -> None:
        """Let those listen again who did not trust the last statement."""
        self.groups = tuple(announce_anew(group) for group in self.groups)

    def told(self, place: str, people: float) -> None:
        """Let so many people of a place hear and heed the official word in person, from now on."""
        number = self._of.get(self._places[place] or "", None if self._of else 0)
        if number is not None:
            self._told[number] += people

    def step(self, slot: int, growth: float, heeded_per_h: float) -> None:
        """Let people tell it on for one slot.

        Args:
            slot: Number of the slot, part of the key of its luck.
            growth: Factor on how much they tell.
            heeded_per_h: Rate at which they hear and heed an official statement.
        """
        hours = SLOT_S / 3600
        # Who begins to tell does so from the next step on: tell more, so that it grows as fast as without steps.
        telling = math.expm1(self._spec.growth_per_h * growth * hours) / hours
        rates = [
            heeded_per_h + told / max(1.0, float(group.persons)) / hours
            for told, group in zip(self._told, self.groups, strict=True)
        ]
        self._told = [0.0] * len(self.groups)
        town = Town([[telling * share for share in row] for row in self._contacts], rates, self._trust)
        self.groups = step(town, self.groups, hours, partial(self._draw, str(slot)))

    @property
    def _trust(self) -> list[float]:
        return [self._spec.trust] * len(self.groups)

    def _draw(self, slot: str, group: int, name: str) -> float:
        return self._world.luck.uniform("rumor", self._names[group], slot, name)

    def move(self, eager: float = 1.0) -> Moved:
        """Return who leaves in a slot, and who is away.

        Args:
            eager: Factor on the share of the believers who leave.
        """
        flight = self._spec.flight
        if flight is None:
            share = round(self.believers / max(1, self.people), 9)
            return Moved(0, round(share * min(1.0, self._spec.leave_share * eager) * self.people))
        newly = 0
        for number, group in enumerate(self.groups):
            believers = int(group.believers)
            self._fleeing[number] |= believers >= max(1.0, flight.from_share * group.persons)
            if self._fleeing[number]:
                frightened = math.floor(min(1.0, self._leave_share(number) * eager) * believers)
                newly += self._flee[number].move(group, frightened, flight)
        return Moved(newly, sum(flee.away for flee in self._flee))

    def _leave_share(self, number: int) -> float:
        own = self._spec.groups[number].leave_share if self._spec.groups else None
        return self._spec.leave_share if own is None else own


def _contacts(groups: tuple[RumorGroup, ...]) -> list[list[float]]:
    """Return which share of the tellings of each group (row) goes to each group (column)."""
    if not groups:
        return [[1.0]]
    rows = []
    for own in groups:
        within = 1.0 - math.fsum(own.tells.values())
        rows.append([within if own is other else own.tells.get(other.id, 0.0) for other in groups])
    return rows
