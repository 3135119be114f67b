"""A picture: the facts that somebody holds, since when, from whom, and where sources disagree."""

from __future__ import annotations

from typing import NamedTuple

from sim.spec.base import FactValue


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
    """

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}
        self.conflicts: dict[str, tuple[Held, ...]] = {}

    def value(self, key: str) -> FactValue | None:
        """Return the value held of a fact, or None when nothing is held."""
        held = self.held.get(key)
        return None if held is None else held.value

    def learn(self, key: str, new: Held) -> str:
        """Take in a fact and return what it was: ``new``, ``confirmed``, ``newer``, ``conflict`` or ``old``.

        ``old`` means that nothing changed.
        """
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
        if new.as_of_s < now.as_of_s or (new.as_of_s == now.as_of_s and (now.verified or not new.verified)):
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
