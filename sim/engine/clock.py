"""The one clock: SimPy's, in whole seconds since the exercise began."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

import simpy
from simpy.events import URGENT

from sim.engine.line import Line
from sim.errors import EventStorm

Process: TypeAlias = Generator[Any, Any, Any]
"""What an actor's activity is: a generator that yields occurrences."""

Occurrence: TypeAlias = simpy.Event
"""Something that can be waited for."""

Activity: TypeAlias = simpy.Process
"""An activity that was started; it can be interrupted."""

MOST_STEPS_AN_INSTANT = 100_000


class Clock:
    """SimPy's environment with integer time and nothing that could move time twice."""

    def __init__(self) -> None:
        self._env = simpy.Environment()
        self._steps = 0
        self._now = 0
        self._halted = False

    @property
    def now(self) -> int:
        """Seconds since the exercise began."""
        return self._now

    def next_at(self) -> float:
        """Return the time of the next event, or infinity when nothing is to come."""
        return self._env.peek()

    def step(self) -> None:
        """Let everything of the next instant happen, or what is left of it after :meth:`halt`.

        Raises:
            EventStorm: If an instant does not end.
        """
        queue, step = self._env._queue, self._env.step
        at = queue[0][0]
        if at != self._now:
            self._now, self._steps = int(at), 0
        self._halted = False
        while queue and queue[0][0] == at and not self._halted:
            self._steps += 1
            if self._steps > MOST_STEPS_AN_INSTANT:
                raise EventStorm(self._now, MOST_STEPS_AN_INSTANT)
            step()

    def halt(self) -> None:
        """Let nothing more of this instant happen in the present step."""
        self._halted = True

    def start(self, process: Process) -> Activity:
        """Start an activity; what is returned occurs when it ends."""
        return self._env.process(process)

    @property
    def activity(self) -> simpy.Process | None:
        """The activity that is under way."""
        return self._env.active_process

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
        return Line(self._env, capacity)
