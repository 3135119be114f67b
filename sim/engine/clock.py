"""The one clock: SimPy's, in whole seconds since the exercise began."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

import simpy
from simpy.resources.resource import Request

from sim.errors import EventStorm

Process: TypeAlias = Generator[Any, Any, Any]
"""What an actor's activity is: a generator that yields occurrences."""

Occurrence: TypeAlias = simpy.Event
"""Something that can be waited for."""

MOST_STEPS_AN_INSTANT = 100_000


class Clock:
    """SimPy's environment with integer time and nothing that could move time twice."""

    def __init__(self) -> None:
        self._env = simpy.Environment()
        self._steps = 0
        self._instant = 0

    @property
    def now(self) -> int:
        """Seconds since the exercise began."""
        return self._env.now  # type: ignore[return-value]

    def next_at(self) -> float:
        """Return the time of the next event, or infinity when nothing is to come."""
        return self._env.peek()

    def step(self) -> None:
        """Let the next event happen.

        Raises:
            EventStorm: If an instant does not end.
        """
        self._env.step()
        if self._env.now != self._instant:
            self._instant, self._steps = self.now, 0
        self._steps += 1
        if self._steps > MOST_STEPS_AN_INSTANT:
            raise EventStorm(self.now, MOST_STEPS_AN_INSTANT)

    def start(self, process: Process) -> Occurrence:
        """Start an activity; what is returned occurs when it ends."""
        return self._env.process(process)

    def wait(self, seconds: int) -> Occurrence:
        """Return what occurs after whole seconds."""
        return self._env.timeout(seconds)

    def at(self, seconds: int, action: Callable[[], None]) -> None:
        """Call a function after whole seconds; cheaper than an activity of its own."""
        timeout = self._env.timeout(seconds)
        assert timeout.callbacks is not None
        timeout.callbacks.append(lambda _: action())

    def occurrence(self) -> Occurrence:
        """Return something that occurs when its ``succeed()`` is called."""
        return self._env.event()

    def line(self, capacity: int) -> Line:
        """Return lines, operators or bays that can be held by that many at once."""
        return Line(simpy.Resource(self._env, capacity))


class Line:
    """A limited number of lines, served first come first served; remembers whose end let the next one in."""

    def __init__(self, resource: simpy.Resource) -> None:
        self._resource = resource
        self.freed_by: int | None = None
        self.held = 0

    @property
    def waiting(self) -> int:
        """How many wait for a line."""
        return len(self._resource.queue)

    @property
    def busy(self) -> int:
        """How many lines are held."""
        return self._resource.count

    def take(self) -> Request:
        """Return a request that occurs when a line is free."""
        return self._resource.request()

    def give_back(self, request: Request, cause: int | None) -> None:
        """Free a line; ``cause`` is the event that freed it."""
        self.freed_by = cause
        self._resource.release(request)
