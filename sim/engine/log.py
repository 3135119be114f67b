"""The log: the one place where events come into being."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.engine.clock import MOST_STEPS_AN_INSTANT, Clock
from sim.errors import EventStorm
from sim.record.events import KINDS, Event


class Log:
    """Events of the run so far, in order.

    Attributes:
        events: The events; each one's number is its place.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._watchers: dict[str, list[Callable[[Event], None]]] = {}
        self.events: list[Event] = []

    def watch(self, kind: str, watcher: Callable[[Event], None]) -> None:
        """Call ``watcher(event)`` after every event of a kind, also after those that there are already.

        A watcher must emit nothing and change nothing by itself; what it wants to do it leaves to the clock.
        """
        for event in self.events:
            if event.kind == kind:
                watcher(event)
        self._watchers.setdefault(kind, []).append(watcher)

    def emit(
        self, kind: str, actor: str, subject: str, cause: int | None, also: tuple[int, ...] = (), /, **data: Any
    ) -> int:
        """Add an event and return its number.

        Args:
            kind: One of :data:`sim.record.events.KINDS`.
            actor: Organization or unit that acts, or whom it happens to.
            subject: Stable id of what it is about.
            cause: Number of the binding predecessor.
            also: Numbers of other predecessors.
            data: Integers, texts, booleans, and lists and mappings of them.

        Raises:
            KeyError: If the kind is not registered.
            EventStorm: If an instant does not end.
        """
        return self.add(kind, actor, subject, cause, also, data)

    def add(
        self, kind: str, actor: str, subject: str, cause: int | None, also: tuple[int, ...], data: dict[str, Any]
    ) -> int:
        """Add an event, its data given as a mapping, and return its number; see :meth:`emit`."""
        if kind not in KINDS:
            raise KeyError(kind)
        seq = len(self.events)
        if seq >= MOST_STEPS_AN_INSTANT and self.events[-MOST_STEPS_AN_INSTANT].at_s == self._clock.now:
            raise EventStorm(self._clock.now, MOST_STEPS_AN_INSTANT)
        if also:
            also = tuple(sorted({number for number in also if number != cause}))
        self.events.append(Event(seq, self._clock.now, kind, actor, subject, cause, also, data))
        if kind in self._watchers:
            for watcher in self._watchers[kind]:
                watcher(self.events[seq])
        return seq
