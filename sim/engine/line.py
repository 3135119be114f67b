"""Lines: phone lines, operators, bays, radio nets - whatever can be held by a few at once, as a SimPy resource."""

from __future__ import annotations

import simpy
from simpy.resources.resource import Preempted, PriorityRequest

Request = PriorityRequest
Interrupted = simpy.Interrupt
"""Raised within an activity that somebody broke off; its ``cause`` is what was said, or a :class:`Preempted`."""


class _Latest:
    """What happened last: all events of one instant, and the last one before that instant."""

    def __init__(self) -> None:
        self._at: float = -1
        self._before: tuple[int, ...] = ()
        self._now: list[int] = []

    def add(self, at: float, seq: int | None) -> None:
        if seq is None:
            return
        if at != self._at:
            self._at, self._before, self._now = at, tuple(self._now[-1:]), []
        self._now.append(seq)

    def seqs(self) -> tuple[int, ...]:
        return (*self._before, *self._now)


class _Lines(simpy.PreemptiveResource):
    """SimPy's resource, but only somebody less urgent is cut off, nobody in vain, and all that is free is taken.

    SimPy also cuts off somebody as urgent who came later or does not cut in himself; where fewer lines are left than
    are held, it cuts off somebody even though that frees no line; and of several lines that are added it gives one.

    Attributes:
        users: Who holds a line, the first first.
    """

    users: list[PriorityRequest]

    def _do_put(self, event: PriorityRequest) -> bool:  # type: ignore[override]
        too_many = len(self.users) + 1 - int(self.capacity)
        if event.preempt and too_many > 0:
            less_urgent = [user for user in self.users if user.priority > event.priority]
            if len(less_urgent) >= too_many:
                for user in sorted(less_urgent, key=lambda one: one.key)[-too_many:]:
                    self.users.remove(user)
                    assert user.proc is not None and user.usage_since is not None
                    user.proc.interrupt(Preempted(event.proc, user.usage_since, self))
        if len(self.users) < self.capacity:
            self.users.append(event)
            event.usage_since = self._env.now
            event.succeed()
        return event.triggered


class Line:
    """A limited number of lines, served by urgency and then first come first served.

    It remembers by which events each line is held, and which freed and took one last, so that waiting has a cause:
    whoever waits depends on those who hold the lines, and on the last of those who went before.

    Args:
        env: SimPy's environment.
        capacity: How many can be held at once.
    """

    def __init__(self, env: simpy.Environment, capacity: int) -> None:
        self._env = env
        self._resource = _Lines(env, capacity)
        self._held_since: dict[Request, int] = {}
        self._freed, self._taken = _Latest(), _Latest()

    @property
    def waiting(self) -> int:
        """How many wait for a line."""
        return len(self._resource.queue)

    @property
    def busy(self) -> int:
        """How many lines are held."""
        return self._resource.count

    @property
    def capacity(self) -> int:
        """How many can be held at once."""
        return int(self._resource.capacity)

    @property
    def ahead(self) -> tuple[int, ...]:
        """Numbers of the events by which the lines are held, and of those that freed and took one last."""
        return (*self._held_since.values(), *self.freed_by)

    @property
    def freed_by(self) -> tuple[int, ...]:
        """Numbers of the events that freed a line last and took one last, if any."""
        return self._freed.seqs() + self._taken.seqs()

    def widen(self, capacity: int) -> None:
        """Change how many can be held at once; those who hold one keep it."""
        self._resource._capacity = capacity
        self._resource._trigger_put(None)

    def note(self, cause: int) -> None:
        """Say which event gives more lines, so that whoever gets one then depends on it."""
        self._freed.add(self._env.now, cause)

    def take(self, urgency: int = 0, *, cut_in: bool = False) -> Request:
        """Return a request that occurs when a line is free.

        Args:
            urgency: Smaller numbers are served first.
            cut_in: Whether it takes the line from somebody less urgent, whose activity is interrupted.
        """
        return self._resource.request(urgency, cut_in)

    def claim(self, request: Request, cause: int | None) -> None:
        """Say by which event a line is held; whoever still waits for one holds none."""
        if cause is not None and request.triggered:
            self._held_since[request] = cause
            self._taken.add(self._env.now, cause)

    def holds(self, request: Request) -> bool:
        """Return whether a request holds a line; not so any more once somebody more urgent took it."""
        return request in self._resource.users

    def give_up(self, request: Request, cause: int | None = None) -> None:
        """Stop waiting for a line; one that was got in this very instant is given back, and ``cause`` freed it."""
        if request.triggered:
            self.give_back(request, cause)
        else:
            request.cancel()
            self._resource._trigger_put(None)  # whoever is first now may be one who cuts in

    def give_back(self, request: Request, cause: int | None) -> None:
        """Free a line; ``cause`` is the event that freed it."""
        self._held_since.pop(request, None)
        self._freed.add(self._env.now, cause)
        self._resource.release(request)


__all__ = ["Interrupted", "Line", "Preempted", "Request"]
