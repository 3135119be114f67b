"""The dispatch of ambulances by itself: calls, service times, a travel matrix and some units, and nothing else.

It sends by the very rules that departments send by (:mod:`sim.actors.departments.dispatch`), so that those can be
held against queueing theory, and a trace that another program or a real dispatch center left can be run through them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import fsum
from typing import Any, Literal, NamedTuple

from sim.actors.departments.dispatch import QUEUE_RULES, UNIT_RULES, Line, Ready, choose
from sim.engine import Clock, Process
from sim.errors import BadInput, Problem
from sim.rng import Distribution, Luck, Shape

Travel = Mapping[tuple[str, str], int]
"""Travel time in whole seconds from one node to another; from a node to itself 0 where nothing stands."""
OnTheWay = Literal["between", "left", "base"]
"""Where a unit counts to be that drives home: between the two nodes, where it left, or at its base.

``between`` interpolates: with a share f of the way behind it, the time to a call is (1 - f) times that from where it
left and f times that from its base, rounded to whole seconds.
"""


class Call(NamedTuple):
    """A call for a unit.

    Attributes:
        id: Its id.
        at_s: When it comes, in seconds.
        node: Where to.
        service_s: From the arrival of the unit until it is free, in seconds; transport and hand-over included.
        ends_at: Node where the unit is then; empty for where the call is.
        severity: How grave it is, for the queue rule of that name.
        prefer: Units tried first, in this order.
    """

    id: str
    at_s: int
    node: str
    service_s: int
    ends_at: str = ""
    severity: int = 0
    prefer: tuple[str, ...] = ()


class Run(NamedTuple):
    """What became of a call; a call that was lost has no unit, and its times are those at which it came.

    Attributes:
        call: Id of the call.
        unit: Who went; empty if the call was lost.
        called_s: When it came.
        sent_s: When a unit was sent.
        arrived_s: When the unit arrived.
        free_s: When the unit was free again, ready for another call on its way home.
    """

    call: str
    unit: str
    called_s: int
    sent_s: int
    arrived_s: int
    free_s: int


class _Unit:
    """A unit that is at its base, busy, or on its way there."""

    def __init__(self, ident: str, base: str) -> None:
        self.id, self.base = ident, base
        self.left, self.free_s, self.busy = base, 0, False


class _Center:
    """The dispatch center while it runs."""

    def __init__(self, units: Mapping[str, str], travel: Travel, rules: tuple[str, str], on_the_way: OnTheWay) -> None:
        self.clock = Clock()
        self.travel, self.rules, self.on_the_way = travel, rules, on_the_way
        self.units = {ident: _Unit(ident, base) for ident, base in units.items()}
        self.line: Line[Call, _Unit] = Line(self.clock)
        self.runs: dict[str, Run] = {}

    def seconds(self, start: str, end: str) -> int:
        return self.travel.get((start, end), 0) if start == end else self.travel[start, end]

    def seconds_to(self, unit: _Unit, node: str) -> int:
        """Return how long a unit takes from where it is now, which may be on its way home."""
        home_s, gone_s = self.seconds(unit.left, unit.base), self.clock.now - unit.free_s
        if gone_s >= home_s or self.on_the_way == "base":
            return self.seconds(unit.base, node)
        there_s = self.seconds(unit.left, node)
        if self.on_the_way == "left":
            return there_s
        return round(((home_s - gone_s) * there_s + gone_s * self.seconds(unit.base, node)) / home_s)

    def come(self, calls: Sequence[Call], room: int | None) -> Process:
        """Process: let the calls come; whoever becomes free in the second of a call is free for it."""
        for call in calls:
            yield self.clock.wait(call.at_s - self.clock.now)
            yield self.clock.wait(0)
            ready = (self._ready(unit, call) for unit in self.units.values() if not unit.busy)
            chosen = choose(self.rules[0], ready)
            if chosen is not None:
                self.units[chosen].busy = True
                self.clock.start(self.serve(call, self.units[chosen]))
            elif room is None or len(self.line) < room:
                self.clock.start(self.queue(call))
            else:
                self.runs[call.id] = Run(call.id, "", call.at_s, call.at_s, call.at_s, call.at_s)

    def _ready(self, unit: _Unit, call: Call) -> Ready:
        listed = call.prefer.index(unit.id) if unit.id in call.prefer else len(call.prefer)
        return Ready(unit.id, 0, listed, self.seconds_to(unit, call.node), self.seconds(unit.base, call.node))

    def queue(self, call: Call) -> Process:
        unit, _ = yield self.line.wait(call)
        yield from self.serve(call, unit)

    def serve(self, call: Call, unit: _Unit) -> Process:
        sent_s = self.clock.now
        arrived_s = sent_s + self.seconds_to(unit, call.node)
        yield self.clock.wait(arrived_s + call.service_s - sent_s)
        unit.left, unit.free_s = call.ends_at or call.node, self.clock.now
        self.runs[call.id] = Run(call.id, unit.id, call.at_s, sent_s, arrived_s, unit.free_s)
        unit.busy = self.line.serve(unit, (), self.rules[1], lambda _: True, lambda one: one.severity) is not None


def dispatch(
    calls: Sequence[Call],
    units: Mapping[str, str],
    travel: Travel,
    *,
    rule: str = "nearest",
    queue: str = "first_come",
    room: int | None = None,
    on_the_way: OnTheWay = "between",
) -> list[Run]:
    """Send units to calls and return what became of each call, in the order of the calls.

    Args:
        calls: The calls; those of one second are taken up in the order given.
        units: Node of the base of each unit, by its id.
        travel: Travel times.
        rule: Which idle unit goes: one of :data:`~sim.actors.departments.dispatch.UNIT_RULES`.
        queue: Which waiting call is next: one of :data:`~sim.actors.departments.dispatch.QUEUE_RULES`.
        room: How many calls can wait; those beyond are lost. None for as many as come.
        on_the_way: Where a unit that drives home counts to be.

    Raises:
        BadInput: If a name is unknown, a time is negative, an id stands twice, or a travel time is missing.
    """
    ordered = sorted(calls, key=lambda call: call.at_s)
    _check(ordered, units, travel, {"rule": (rule, UNIT_RULES), "queue": (queue, QUEUE_RULES)})
    center = _Center(units, travel, (rule, queue), on_the_way)
    center.clock.start(center.come(ordered, room))
    while center.clock.next_at() != float("inf"):
        center.clock.step()
    return [center.runs[call.id] for call in calls]


def _check(calls: Sequence[Call], units: Mapping[str, str], travel: Travel, rules: Mapping[str, Any]) -> None:
    problems = [
        Problem("dispatch", name, f"no {name} {given!r}", ", ".join(known))
        for name, (given, known) in rules.items()
        if given not in known
    ]
    if not units:
        problems.append(Problem("dispatch", "units", "there are no units", "at least one"))
    seen: set[str] = set()
    for call in calls:
        if call.id in seen:
            problems.append(Problem("dispatch", call.id, "the id stands twice", "each id once"))
        seen.add(call.id)
        if min(call.at_s, call.service_s) < 0:
            problems.append(Problem("dispatch", call.id, "a time is negative", "seconds from 0 up"))
        problems += [
            Problem("dispatch", call.id, f"unknown unit {one!r}", ", ".join(units))
            for one in call.prefer
            if one not in units
        ]
    ends, bases = {call.ends_at or call.node for call in calls}, set(units.values())
    nodes = {call.node for call in calls}
    needed = {(a, b) for a in bases | ends for b in nodes} | {(a, b) for a in ends for b in bases}
    missing = sorted(pair for pair in needed if pair[0] != pair[1] and pair not in travel)
    problems += [Problem("dispatch", f"{a} to {b}", "no travel time", "seconds from 0 up") for a, b in missing[:20]]
    problems += [Problem("dispatch", f"{a} to {b}", "a time is negative", "") for (a, b), s in travel.items() if s < 0]
    if problems:
        raise BadInput(tuple(problems))


def poisson_calls(
    seed: int, per_hour: Mapping[str, float], count: int, service: Distribution, prefer: Mapping[str, Any] | None = None
) -> list[Call]:
    """Return calls that come at random, each with a service time drawn for it.

    Args:
        seed: Seed of the luck.
        per_hour: Mean number of calls in an hour, by node.
        count: How many calls, of all nodes together.
        service: Distribution of service times, in seconds.
        prefer: Units tried first, by node.
    """
    luck, total = Luck(seed), fsum(per_hour.values())
    gap = Distribution(Shape.EXPONENTIAL, 3600 / total)
    at, calls = 0.0, []
    for number in range(count):
        name = str(number)
        at += luck.amount(gap, "gap", name)
        share, node = luck.uniform("node", name) * total, ""
        for node, rate in per_hour.items():  # noqa: B007 (the node at which the loop ends is the one)
            share -= rate
            if share < 0:
                break
        listed = tuple((prefer or {}).get(node, ()))
        calls.append(Call(name, round(at), node, luck.seconds(service, "service", name), prefer=listed))
    return calls


def workloads(runs: Sequence[Run], units: Sequence[str], since_s: int, until_s: int) -> dict[str, float]:
    """Return the share of a stretch of time that each unit is busy, travel included."""
    busy = dict.fromkeys(units, 0)
    for run in runs:
        if run.unit:
            busy[run.unit] += max(0, min(run.free_s, until_s) - max(run.sent_s, since_s))
    return {unit: seconds / (until_s - since_s) for unit, seconds in busy.items()}


def never_in_two_places(runs: Sequence[Run]) -> bool:
    """Return whether each unit was free again before it was sent anew."""
    by_unit: dict[str, list[Run]] = {}
    for run in sorted(runs, key=lambda one: (one.sent_s, one.free_s)):
        by_unit.setdefault(run.unit, []).append(run)
    return all(one.free_s <= other.sent_s for unit, own in by_unit.items() if unit for one, other in pairwise(own))
