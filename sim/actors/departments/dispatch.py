"""Dispatch: which of the idle units goes, and who of those that wait is served next. Rules are pure and replaceable.

A rule ranks; the least goes first. To add one, write it here, name it in its table, and give the parameter of that
name (``dispatch.units``, ``dispatch.queue``) the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from sim.engine import Clock, Occurrence

T = TypeVar("T")
U = TypeVar("U")


class Ready(NamedTuple):
    """An idle unit that could go.

    Attributes:
        id: Its id, by which ties are broken.
        kind: Place of its kind among the kinds wanted, from 0.
        listed: Its place on the list that was given for this task, from 0; those not listed come after all who are.
        seconds: How long it would travel from where it is.
        from_base: How long it would travel from its base.
    """

    id: str
    kind: int
    listed: int
    seconds: int
    from_base: int


class Waiting(NamedTuple):
    """A task that waits for a unit.

    Attributes:
        number: How many had waited before it.
        severity: How grave it is; more is graver.
    """

    number: int
    severity: int


def nearest(one: Ready) -> tuple[Any, ...]:
    """Rank by travel time from where a unit is now."""
    return (one.kind, one.listed, one.seconds, one.id)


def run_card(one: Ready) -> tuple[Any, ...]:
    """Rank by a fixed order for each place: the list given, else travel time from the base, wherever a unit is now."""
    return (one.kind, one.listed, one.from_base, one.id)


def first_come(one: Waiting) -> tuple[int, ...]:
    """Rank by when a task began to wait."""
    return (one.number,)


def severity(one: Waiting) -> tuple[int, ...]:
    """Rank the gravest first, and those as grave by when they began to wait."""
    return (-one.severity, one.number)


UNIT_RULES: dict[str, Callable[[Ready], tuple[Any, ...]]] = {"nearest": nearest, "run_card": run_card}
QUEUE_RULES: dict[str, Callable[[Waiting], tuple[int, ...]]] = {"first_come": first_come, "severity": severity}


def choose(rule: str, ready: Iterable[Ready]) -> str | None:
    """Return the id of the unit that goes by a rule, or None if none is ready."""
    first = min(ready, key=UNIT_RULES[rule], default=None)
    return None if first is None else first.id


class Line(Generic[T, U]):
    """Tasks that wait for a unit. A unit that becomes free is handed to one of them before anybody else can take it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._came = 0
        self._waiting: list[tuple[int, T, Occurrence]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def tasks(self) -> list[T]:
        """Return the tasks that wait, in the order in which they came."""
        return [task for _, task, _ in self._waiting]

    def wait(self, task: T) -> Occurrence:
        """Return what occurs when it is the task's turn: with a unit, and the numbers of the events behind that."""
        turn = self._clock.occurrence()
        self._waiting.append((self._came, task, turn))
        self._came += 1
        return turn

    def serve(
        self, unit: U, seqs: tuple[int, ...], rule: str, able: Callable[[T], bool], grave: Callable[[T], int]
    ) -> T | None:
        """Give a unit that is free to the task whose turn it is; returns the task, or None if nobody waits for it.

        Args:
            unit: The unit.
            seqs: Numbers of the events that freed it, and by which the task was chosen.
            rule: One of :data:`QUEUE_RULES`.
            able: Whether the unit can do a task.
            grave: How grave a task is now.
        """
        could = [(number, task, turn) for number, task, turn in self._waiting if able(task)]
        if not could:
            return None
        entry = min(could, key=lambda one: QUEUE_RULES[rule](Waiting(one[0], grave(one[1]))))
        self._waiting.remove(entry)
        entry[2].succeed((unit, seqs))
        return entry[1]
