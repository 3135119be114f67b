"""A picture: the facts that somebody holds, since when, from whom, and where sources disagree."""

from __future__ import annotations

from typing import NamedTuple

from sim.spec.base import FactValue

TRUTH = "truth"
"""Source of what is known at once, as by the yardstick; of two changes in one instant the last one counts."""


class Held(NamedTuple):
    """A fact as held.

    Attributes:
        value: What it says.
        as_of_s: The moment that it describes.
        source: Who saw or said it first.
        since_s: When the holder learned this value.
        verified: Whether it was seen by trained people on the spot or confirmed by an authority.
    """

    value: FactValue
    as_of_s: int
    source: str
    since_s: int
    verified: bool

    def says(self, value: FactValue) -> bool:
        """Return whether it says so, and is verified."""
        return self.verified and self.value == value


class Picture:
    """The facts of one organization.

    A newer fact wins over an older one. A value that contradicts a verified one, or one from another source, is
    kept as a conflict until a verified value comes.

    Args:
        sources: How many independent sources must state the same for it to count as verified; 0 if only eyes on the
            spot and authorities verify. The record keeps the outcome, so whoever replays a record leaves it at 0.

    Attributes:
        sources: The same; it may be changed at any time and counts for what is learned from then on.
    """

    def __init__(self, sources: int = 0) -> None:
        self.sources = sources
        self.held: dict[str, Held] = {}
        self.conflicts: dict[str, tuple[Held, ...]] = {}
        self._stated: dict[str, dict[str, tuple[int, tuple[FactValue, ...]]]] = {}

    def value(self, key: str) -> FactValue | None:
        """Return the value held of a fact, or None when nothing is held."""
        held = self.held.get(key)
        return None if held is None else held.value

    def weighed(self, key: str, new: Held) -> Held:
        """Note who states a fact, and return it as it counts: verified if enough independent sources agree.

        Weighing the same statement again changes nothing.
        """
        if not self.sources:
            return new
        stated = self._stated.setdefault(key, {})
        as_of_s, values = stated.get(new.source, (new.as_of_s, ()))
        if new.as_of_s > as_of_s:
            as_of_s, values = new.as_of_s, ()
        if new.as_of_s == as_of_s and new.value not in values:
            values = (*values, new.value)
        stated[new.source] = as_of_s, values
        enough = len(self.agreeing(key, new.value)) >= self.sources
        return new._replace(verified=True) if enough else new

    def agreeing(self, key: str, value: FactValue) -> tuple[str, ...]:
        """Return the sources that state a value of a fact, as of no earlier than anybody stated another value.

        A source counts once, with the newest that it stated; it counts for two values if it stated both of one moment.
        """
        stated = self._stated.get(key, {})
        against = [as_of_s for as_of_s, values in stated.values() if any(one != value for one in values)]
        return tuple(
            source
            for source, (as_of_s, values) in stated.items()
            if value in values and as_of_s >= max(against, default=as_of_s)
        )

    def learn(self, key: str, new: Held) -> str:
        """Take in a fact and return what it was: ``new``, ``confirmed``, ``newer``, ``conflict`` or ``old``.

        ``old`` means that nothing changed.
        """
        new = self.weighed(key, new)
        now = self.held.get(key)
        if now is None:
            self.held[key] = new
            return "new"
        if now.value == new.value:
            if new.as_of_s <= now.as_of_s and (now.verified or not new.verified):
                return "old"
            first = now._replace(as_of_s=max(now.as_of_s, new.as_of_s), verified=now.verified or new.verified)
            self.held[key] = first
            if new.verified:
                self.conflicts.pop(key, None)
            return "confirmed"
        older = new.as_of_s < now.as_of_s or (new.as_of_s == now.as_of_s and (now.verified or not new.verified))
        if older and not (new.source == now.source == TRUTH and new.as_of_s == now.as_of_s):
            return "old" if new.source == now.source else self._conflict(key, new)
        if now.verified and not new.verified:
            return self._conflict(key, new)
        self.held[key] = new
        if new.verified:
            self.conflicts.pop(key, None)
        else:
            self.conflicts[key] = tuple(other for other in self.conflicts.get(key, ()) if other.value != new.value)
            if now.source != new.source:
                self._conflict(key, now)
            if not self.conflicts[key]:
                del self.conflicts[key]
        return "newer"

    def _conflict(self, key: str, other: Held) -> str:
        standing = self.conflicts.get(key, ())
        if any(item.value == other.value and item.source == other.source for item in standing):
            return "old"
        self.conflicts[key] = (*standing, other)
        return "conflict"
