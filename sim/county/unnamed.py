"""Whom nobody can name: the injured who cannot speak and the dead, until somebody finds out who they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sim.engine import World


class _Found(NamedTuple):
    place: str
    seq: int


class Unnamed:
    """Persons who are found and whose families do not know where they are.

    The dead whom nobody has found, such as those under ruins, are missing and not counted here.

    Attributes:
        told: How many have been named since, with their families told in person.
    """

    def __init__(self, world: World) -> None:
        self.told = 0
        self._world = world
        self._persons: dict[str, _Found] = {}
        self._ever: dict[str, int] = {}  # all who were found, by the number of the event

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._persons)

    def everybody(self) -> list[str]:
        """Return all of them, in the order in which they were found."""
        return list(self._persons)

    def at(self, place: str) -> list[str]:
        """Return those who lie at a place, in the order in which they were found."""
        return [person for person, found in self._persons.items() if found.place == place]

    def find(self, persons: Sequence[str], place: str, actor: str, cause: int, also: tuple[int, ...] = ()) -> None:
        """Find that nobody can name some persons who lie at a place; those who were named before stay so."""
        new = [person for person in persons if person not in self._ever]
        moved = [person for person in persons if person in self._persons]
        if not new and not moved:
            return
        seq = self._world.log.emit("person.unnamed", actor, place, cause, also, persons=[*new, *moved])
        before = [self._persons[person].place for person in moved]
        self._ever.update(dict.fromkeys(new, seq))
        self._persons.update(dict.fromkeys([*new, *moved], _Found(place, seq)))
        for one in dict.fromkeys((place, *before)):
            self._count(one, seq)

    def name(self, person: str, by: str, actor: str, cause: int) -> int:
        """Find out who somebody is, and tell the family in person; returns the number of the event.

        Args:
            person: Who.
            by: Who found it out: ``police``, the ``family`` that went looking, or those who do the ``aftermath``.
            actor: Organization that did it.
            cause: Number of the event by which it was done.

        Raises:
            KeyError: If that person has a name.
        """
        place, found = self._persons.pop(person)
        self.told += 1
        seq = self._world.log.emit("person.named", actor, person, cause, (found,), by=by, place=place)
        self._count(place, seq)
        return seq

    def because(self) -> tuple[int, ...]:
        """Return the numbers of the events since which there are as many as there are, at each place."""
        places = dict.fromkeys(found.place for found in self._persons.values())
        return tuple(seq for place in places if (seq := self._world.truth.seq(f"{place}/unnamed")) is not None)

    def is_unnamed(self, person: str) -> bool:
        """Return whether nobody can name a person yet."""
        return person in self._persons

    def was_found(self, person: str) -> bool:
        """Return whether somebody was ever among them."""
        return person in self._ever

    def _count(self, place: str, cause: int) -> None:
        self._world.truth.change(f"{place}/unnamed", len(self.at(place)), cause)
