"""The one clock: SimPy's, in whole seconds since the exercise began."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

import simpy
from simpy.events import URGENT
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
        self._now = 0

    @property
    def now(self) -> int:
        """Seconds since the exercise began."""
        return self._now

    def next_at(self) -> float:
        """Return the time of the next event, or infinity when nothing is to come."""
        return self._env.peek()

    def step(self) -> None:
        """Let the next event happen.

        Raises:
            EventStorm: If an instant does not end.
        """
        at = int(self._env.peek())
        if at != self._now:
            self._now, self._steps = at, 0
        self._steps += 1
        self._env.step()
        if self._steps > MOST_STEPS_AN_INSTANT:
            raise EventStorm(self.now, MOST_STEPS_AN_INSTANT)

    def start(self, process: Process) -> Occurrence:
        """Start an activity; what is returned occurs when it ends."""
        return self._env.process(process)

    def wait(self, seconds: int) -> Occurrence:
        """Return what occurs after whole seconds.

        Raises:
            ValueError: If the time is no whole number of seconds, or negative.
        """
        if type(seconds) is not int or seconds < 0:
            raise ValueError(f"the clock runs in whole seconds from 0 up, not {seconds!r}")
        return self._env.timeout(seconds)

    def at(self, seconds: int, action: Callable[[], None]) -> None:
        """Call a function after whole seconds; cheaper than an activity of its own."""
        timeout = self.wait(seconds)
        assert timeout.callbacks is not None
        timeout.callbacks.append(lambda _: action())

    def first_at(self, seconds: int, action: Callable[[], None]) -> None:
        """Call a function after whole seconds, before all else of that instant.

        Raises:
            ValueError: If the time is no whole number of seconds, or not ahead.
        """
        if type(seconds) is not int or seconds < 1:
            raise ValueError(f"only what lies ahead can be preceded, not {seconds!r} s from now")
        event = self._env.event()
        event._ok, event._value = True, None
        assert event.callbacks is not None
        event.callbacks.append(lambda _: action())
        self._env.schedule(event, URGENT, seconds)

    def occurrence(self) -> Occurrence:
        """Return something that occurs when its ``succeed()`` is called."""
        return self._env.event()

    def line(self, capacity: int) -> Line:
        """Return lines, operators or bays that can be held by that many at once."""
        return Line(simpy.Resource(self._env, capacity))


class Line:
    """A limited number of lines, served first come first served.

    It remembers by which event each one holds or awaits it, and which freed it last, so that waiting has a cause.
    """

    def __init__(self, resource: simpy.Resource) -> None:
        self._resource = resource
        self._claims: dict[Request, int | None] = {}
        self._freed_by: int | None = None

    @property
    def waiting(self) -> int:
        """How many wait for a line."""
        return len(self._resource.queue)

    @property
    def busy(self) -> int:
        """How many lines are held."""
        return self._resource.count

    @property
    def ahead(self) -> tuple[int, ...]:
        """Numbers of the events by which the lines are held or awaited."""
        return tuple(seq for seq in self._claims.values() if seq is not None)

    @property
    def freed_by(self) -> tuple[int, ...]:
        """Number of the event that freed a line last, if any."""
        return () if self._freed_by is None else (self._freed_by,)

    def widen(self, capacity: int) -> None:
        """Change how many can be held at once; those who hold one keep it."""
        self._resource._capacity = capacity
        self._resource._trigger_put(None)

    def take(self) -> Request:
        """Return a request that occurs when a line is free."""
        return self._resource.request()

    def claim(self, request: Request, cause: int | None) -> None:
        """Say by which event a line is awaited, and then held."""
        self._claims[request] = cause

    def give_up(self, request: Request) -> None:
        """Stop waiting for a line."""
        self._claims.pop(request, None)
        request.cancel()

    def give_back(self, request: Request, cause: int | None) -> None:
        """Free a line; ``cause`` is the event that freed it."""
        self._claims.pop(request, None)
        self._freed_by = cause
        self._resource.release(request)
