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
        """Find that nobody can name some persons who lie at a place."""
        if persons:
            seq = self._world.log.emit("person.unnamed", actor, place, cause, also, persons=list(persons))
            self._persons.update(dict.fromkeys(persons, _Found(place, seq)))
            self._count(place, seq)

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

    def is_unnamed(self, person: str) -> bool:
        """Return whether nobody can name a person yet."""
        return person in self._persons

    def _count(self, place: str, cause: int) -> None:
        self._world.truth.change(f"{place}/unnamed", len(self.at(place)), cause)
