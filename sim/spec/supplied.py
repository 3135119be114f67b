"""Values supplied from outside in place of luck: the rows of a trace, which row a draw goes by, and luck by a trace.

A trace replaces durations, amounts and chances that are drawn under a name (:meth:`Luck.seconds`,
:meth:`Luck.amount`, :meth:`Luck.chance`), also those whose distribution is fixed. What is drawn otherwise, such as the
wind or who withstands gas, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar

from sim.errors import TraceEnded
from sim.rng import Distribution, Luck

Then = Literal["again", "luck", "error"]
"""What a draw gets after the last value: that value again, luck, or an error that ends the run."""
_Value = TypeVar("_Value", int, float)
EVERYTHING = "*"
"""What stands for all further names."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a trace.

    Attributes:
        purpose: First name of the draws that it supplies, such as ``talk``.
        names: Their further names, or how these begin.
        exact: Whether the names must be just these; otherwise they begin with them.
        values: Seconds (or the unit of the amount), or for a chance whether it happens, in the order of drawing.
        then: What comes after the last of them.
    """

    purpose: str
    names: tuple[str, ...]
    exact: bool
    values: tuple[float, ...] | tuple[bool, ...]
    then: Then

    @property
    def is_chance(self) -> bool:
        """Whether it supplies chances instead of amounts."""
        return isinstance(self.values[0], bool)

    @property
    def of(self) -> str:
        """Its names as files write them: ``m1|phone|1``, ``m1|*`` or ``*``."""
        return "|".join([*map(_escaped, self.names), *([] if self.exact else [EVERYTHING])]) or "\\"


def _escaped(name: str) -> str:
    return "\\*" if name == EVERYTHING else name.replace("\\", "\\\\").replace("|", "\\|")


def names_of(text: str) -> tuple[tuple[str, ...], bool]:
    """Return names from how files write them, and whether they are just these (no ``*`` at the end)."""
    parts, escaped = [""], False
    marked = False  # whether something in the last part was written with a backslash
    for character in text:
        if escaped or character not in "\\|":
            parts[-1] += character
            escaped = False
        elif character == "\\":
            escaped = marked = True
        else:
            parts.append("")
            marked = False
    exact = parts[-1] != EVERYTHING or marked
    return tuple(parts if exact else parts[:-1]), exact


@dataclass(frozen=True)
class Trace:
    """A table of supplied values; each purpose and names stand in one row at most.

    Attributes:
        rows: The rows.
    """

    rows: tuple[Row, ...] = ()

    @cached_property
    def _numbers(self) -> dict[tuple[bool, str], dict[tuple[bool, tuple[str, ...]], int]]:
        found: dict[tuple[bool, str], dict[tuple[bool, tuple[str, ...]], int]] = {}
        for number, row in enumerate(self.rows):
            found.setdefault((row.is_chance, row.purpose), {})[row.exact, row.names] = number
        return found

    def row_for(self, names: tuple[str, ...], *, chance: bool) -> int | None:
        """Return the number of the row that a draw goes by; None if it goes by luck.

        The row with just its names comes first, then the one with the longest beginning of them.

        Args:
            names: All names of the draw, the purpose first.
            chance: Whether it is a chance.
        """
        rows = self._numbers.get((chance, names[0]))
        if rows is None:
            return None
        further = names[1:]
        found = rows.get((True, further))
        for length in range(len(further), -1, -1):
            if found is not None:
                break
            found = rows.get((False, further[:length]))
        return found

    def forgiving(self) -> Trace:
        """Return the trace with luck in place of every error."""
        return Trace(tuple(replace(row, then="luck") if row.then == "error" else row for row in self.rows))


class Left(NamedTuple):
    """A row of which a run did not use everything: how many values it has, and how many were drawn."""

    row: Row
    values: int
    drawn: int


class Draws:
    """Notes every amount and chance that a run draws, by name."""

    def __init__(self) -> None:
        self._values: dict[tuple[bool, tuple[str, ...]], list[float]] = {}

    def note(self, names: tuple[str, ...], value: float) -> None:
        """Note a draw; a truth value is a chance."""
        self._values.setdefault((isinstance(value, bool), names), []).append(value)

    def trace(self) -> Trace:
        """Return the trace that gives the same draws again, in the order in which they were first drawn."""
        rows = [
            Row(names[0], names[1:], len(names) > 1, tuple(values), "again" if len(values) == 1 else "luck")
            for (_, names), values in self._values.items()
        ]
        return Trace(tuple(rows))


class TracedLuck(Luck):
    """Luck in which a trace replaces what it has a row for.

    Luck itself is drawn all the same, so that auditing sees every name.

    Args:
        seed: Seed of the run.
        trace: What is supplied.
        draws: Where to note what is drawn; None for nowhere.
        audit: If true, a name used twice raises.
    """

    def __init__(self, seed: int, trace: Trace, draws: Draws | None = None, *, audit: bool = False) -> None:
        super().__init__(seed, audit=audit)
        self._trace, self._draws = trace, draws
        self._drawn = [0] * len(trace.rows)

    def amount(self, distribution: Distribution, *names: str) -> float:
        """Return the supplied amount, or else one draw from ``distribution``, in its own unit."""
        drawn = super().amount(distribution, *names)
        return self._noted(names, self._supplied(names, drawn))

    def seconds(self, distribution: Distribution, *names: str) -> int:
        """Return the supplied seconds, or else a draw, rounded once to whole seconds, at least 0."""
        drawn = super().amount(distribution, *names)
        return self._noted(names, max(0, round(self._supplied(names, drawn))))

    def chance(self, probability: float, *names: str) -> bool:
        """Return whether it is supplied that it happens, or else True with the given probability."""
        drawn = super().chance(probability, *names)
        return bool(self._noted(names, bool(self._supplied(names, drawn, chance=True))))

    def _supplied(self, names: tuple[str, ...], drawn: float, *, chance: bool = False) -> float:
        number = self._trace.row_for(names, chance=chance)
        if number is None:
            return drawn
        row, count = self._trace.rows[number], self._drawn[number]
        self._drawn[number] = count + 1
        if count < len(row.values):
            return row.values[count]
        if row.then == "error":
            raise TraceEnded(f"{row.purpose} {row.of}", len(row.values), "|".join(names))
        return row.values[-1] if row.then == "again" else drawn

    def _noted(self, names: tuple[str, ...], value: _Value) -> _Value:
        if self._draws is not None:
            self._draws.note(names, value)
        return value

    def left(self) -> Iterator[Left]:
        """Yield the rows that nothing was drawn by, and the lists that were not used up."""
        for row, drawn in zip(self._trace.rows, self._drawn, strict=True):
            if drawn < len(row.values):
                yield Left(row, len(row.values), drawn)


def luck_for(seed: int, trace: Trace | None, draws: Draws | None = None, *, audit: bool = False) -> Luck:
    """Return the luck of a run; without a trace it is plain luck, which costs nothing more.

    Args:
        seed: Seed of the run.
        trace: What is supplied; None for nothing.
        draws: Where to note what is drawn; None for nowhere.
        audit: If true, a name used twice raises.
    """
    if trace is None and draws is None:
        return Luck(seed, audit=audit)
    return TracedLuck(seed, trace or Trace(), draws, audit=audit)
