"""What all hazards of a run have in common: they begin, put places in danger, can be worked on, and are over."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from sim.county.state import CountyState
from sim.engine import Occurrence, World
from sim.hazards.effort import Effort
from sim.spec.base import FactValue
from sim.spec.hazards import INCIDENT, HazardSpec
from sim.spec.orders import TaskKind

ValueOf = Callable[[str], FactValue | None]
"""Gives the value that somebody holds of a fact, or None where nothing is known."""
Seen = list[tuple[str, FactValue]]
"""Facts as somebody sees them."""


class Hazard(ABC):
    """One hazard of a run.

    The facts that say that it is there are ``SUBJECT/sign``, ``SUBJECT/exists`` and ``SUBJECT/over``; of the main
    hazard of a scenario their subject is ``incident``. All other facts of it begin with its own subject.

    Attributes:
        spec: How the scenario describes it.
        subject: Subject of the facts that say that it is there.
        own: Subject of all its other facts.
        site: Place where it begins.
        running: Whether it goes on.
        seq: Number of the event by which it began; None before.
        over: Occurs with the number of the event by which it is over.
    """

    def __init__(self, world: World, county: CountyState, spec: HazardSpec, *, main: bool) -> None:
        self.spec = spec
        self.subject = INCIDENT if main else spec.own
        self.own = spec.own
        self.site = spec.site
        self.running = False
        self.seq: int | None = None
        self.over: Occurrence = world.clock.occurrence()
        self._world = world
        self._county = county

    def start(self, cause: int) -> None:
        """Begin; a hazard begins once."""
        if self.seq is not None:
            return
        self.running = True
        self.seq = self._world.log.emit("hazard.started", "", self.site, cause, of=self.own, **self.extent())
        self.now_so("exists", True, self.seq)
        self.now_so("over", False, self.seq)
        self.begin(self.seq)

    @abstractmethod
    def begin(self, cause: int) -> None:
        """Let it run its course; ``cause`` is the number of the event of its start."""

    def extent(self) -> dict[str, Any]:
        """Return how large it is at the moment, as whole numbers with their units in the names."""
        return {}

    def changed(self, cause: int, also: tuple[int, ...] = ()) -> int:
        """Note in the record that it grew or shrank; returns the number of the event."""
        return self._world.log.emit("hazard.changed", "", self.site, cause, also, of=self.own, **self.extent())

    def end(self, by: str, cause: int) -> int | None:
        """Let it be over; returns the number of the event, None if it was over already."""
        if not self.running:
            return None
        self.running = False
        seq = self._world.log.emit("hazard.stopped", "", self.site, cause, of=self.own, by=by)
        self.now_so("over", True, seq)
        self.over.succeed(seq)
        return seq

    def now_so(self, attribute: str, value: FactValue, cause: int) -> int | None:
        """Make true that the hazard is there (``sign``, ``exists``, ``over``), or another fact of its own."""
        subject = self.subject if attribute in ("sign", "exists", "over") else self.own
        return self._world.truth.change(f"{subject}/{attribute}", value, cause)

    # --- what actors ask ---------------------------------------------------------------------------------------------

    def owner_holds(self) -> Seen:
        """Return what the owner of the site takes to be so at once, right or wrong."""
        return [(f"{self.subject}/exists", True)]

    def owner_sees(self) -> tuple[str, ...]:
        """Return the facts whose changes the owner of the site sees."""
        return (f"{self.subject}/over",)

    def attempted(self, cause: int) -> None:
        """End by the owner's own attempt."""
        self.end("attempt", cause)

    def seen(self, place: str) -> Seen:
        """Return what a crew finds out about it by searching at a place."""
        if place != self.site:
            return []
        return self.true((f"{self.subject}/exists", f"{self.subject}/over"))

    def seen_by(self, place: str, *, protected: bool) -> Seen:  # noqa: ARG002 - the signature of all hazards
        """Return what a crew finds out by searching; with suits and breathing apparatus it may come closer."""
        return self.seen(place)

    def on_file(self) -> dict[str, Seen]:
        """Return what organizations can look up about it from the beginning, for whoever asks them."""
        return {}

    def watched_by(self) -> dict[str, tuple[str, ...]]:
        """Return the facts whose changes organizations see at their own place, besides the owner."""
        return {}

    def shut_in(self, place: str) -> int:  # noqa: ARG002 - the signature of all hazards
        """Return how many people whom it has not hurt seriously cannot get out of a place by themselves."""
        return 0

    def met_inside(self, place: str) -> float:  # noqa: ARG002 - the signature of all hazards
        """Return what a crew meets of it that goes in to search a place, in the unit of its dose-response."""
        return 0.0

    def lead_out(self, place: str, people: int, unit: str, actor: str, cause: int) -> None:  # noqa: B027
        """Let a crew lead out some of those who are shut in; does nothing where nobody is."""

    def fled(self, newly: int, away: int, seconds: int, cause: int) -> None:  # noqa: B027
        """Hear how many people have just left home because of a rumor, and how many are away; most hazards do not care.

        Args:
            newly: How many left in the last slot of the rumor.
            away: How many are away.
            seconds: Length of the slot.
            cause: Number of the event by which the rumor is as it is.
        """

    def true(self, keys: tuple[str, ...]) -> Seen:
        """Return those of some facts that are so, with their values."""
        values = ((key, self._world.truth.value(key)) for key in keys)
        return [(key, value) for key, value in values if value is not None]

    def threatened(self, value_of: ValueOf) -> tuple[str, ...]:
        """Return the places that who holds so much must take to be in danger by it, besides those he knows of."""
        there = value_of(f"{self.subject}/exists") is True and value_of(f"{self.subject}/over") is not True
        return (self.site,) if there and self.spec.harm is not None else ()

    def effort(self, task: TaskKind) -> Effort | None:  # noqa: ARG002 - the signature of all hazards
        """Return what a task can do to it; None if nothing."""
        return None

    def effort_at(self, task: TaskKind, at: str) -> Effort | None:  # noqa: ARG002 - the signature of all hazards
        """Return what a task can do to it at a place; the same everywhere unless the hazard says otherwise."""
        return self.effort(task)

    def hinders(self, task: TaskKind, place: str) -> Occurrence | None:  # noqa: ARG002 - the signature of all hazards
        """Return what must occur before a task can be done at a place; None if it can be done now."""
        return None
