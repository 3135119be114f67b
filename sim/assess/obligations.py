"""The share of what was owed between organizations that was met: the dimension coordination, from its obligations.

Obligations that truth, plan or rules open (*owed*) count whether or not anybody acts; silence earns nothing:

    E(type) = 1 - late time / owed time, over the obligations of a type
    owed    = sum of w(type) * E(type) / sum of w(type), over the types of which anything was owed

where each obligation is owed from its limit on for at most ``longest`` (or until what asked for it is over), and every
second of it counts 1/k where k obligations of one chain, opened for one body at one moment, are owed at once: who hears
of an incident too late loses those minutes once. k depends on what is so and on limits, never on what was done, so that
doing something later never earns more.

Obligations that arise from what somebody did (*own acts*: a message that wants a receipt, an order) only take away, and
only while they are unmet:

    taken(type) = t(type) * mean over the seats of min(1, late time of the seat / longest)

The late time of a seat is the union of the times in which it owes something of the type beyond its limit, less what an
owed obligation, or one of an earlier type, already counts on the same chain (a shared event). One message or twenty
that lie unread for the same ten minutes take the same, messages met in time take nothing and dilute nothing, and each
type takes ``t`` at most. What bodies owe that no person plays is listed and takes nothing.

    coordination = max(0, owed - sum of taken)

Weights ``w`` and ``t``, ``longest`` and the limits are data of the rubric.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sim.assess.gaps.base import COORDINATION, By, Obligation
from sim.assess.index import Index

Times = list[tuple[int, int]]
"""Times from and to a second since the start, in order and apart."""


class Weighed(NamedTuple):
    """What obligations count in the dimension coordination.

    Attributes:
        share: The share of the dimension that they earn, from 0 to 1.
        types: One row for each type of the rubric of which there was anything, as ``score.json`` has it.
        counted_s: By id, for how many seconds a gap counts, after sharing; gaps that count nothing are missing.
    """

    share: float
    types: list[dict[str, Any]]
    counted_s: dict[str, float]


def weigh(obligations: Sequence[Obligation], index: Index) -> Weighed:
    """Return what the obligations of a run earn, by the rubric of the index."""
    here = [one for one in obligations if one.dimension == COORDINATION]
    owed = [one for one in here if one.by is not By.ACT]
    acts = [one for one in here if one.by is By.ACT]
    windows, late = _owed_times(owed, index.rubric.gaps.longest)
    counted_s = {ident: seconds for ident, seconds in late.items() if seconds}
    seats = _taken_times(owed, acts, index, counted_s)
    rows, earned, weights, taken = [], 0.0, 0.0, 0.0
    for weight in index.rubric.gaps.weights:
        ours = [one for one in owed if one.type == weight.type]
        owed_s = sum(windows[one.id] for one in ours)
        met = None if not owed_s else 1 - sum(late[one.id] for one in ours) / owed_s
        if met is not None and weight.owed:
            earned, weights = earned + weight.owed * met, weights + weight.owed
        burden = weight.takes * sum(seats[weight.type].values()) / max(1, len(index.seats))
        taken += burden
        every = [one for one in here if one.type == weight.type]
        if every:
            rows.append(
                {
                    "type": weight.type,
                    **_counts(every),
                    "counted_minutes": round(sum(counted_s.get(one.id, 0.0) for one in every) / 60, 1),
                    "weight": weight.owed,
                    "met_share": None if met is None else round(met, 4),
                    "takes": weight.takes,
                    "taken": round(burden, 4),
                    "source": weight.source.model_dump(),
                    "ground": weight.ground.model_dump(),
                }
            )
    share = max(0.0, earned / weights - taken) if weights else 0.0
    return Weighed(share, rows, counted_s)


def _counts(obligations: Sequence[Obligation]) -> dict[str, Any]:
    return {
        "owed": len(obligations),
        "in_time": sum(not one.late_s for one in obligations),
        "late": sum(bool(one.late_s) and one.met_s is not None for one in obligations),
        "never": sum(bool(one.late_s) and one.met_s is None for one in obligations),
        "minutes": round(sum(one.late_s for one in obligations) / 60, 1),
    }


def _owed_times(owed: Iterable[Obligation], longest: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return for how long each was owed, and for how long of it it was late, both shared within its chain, by id."""
    chains: dict[tuple[str, int], list[Obligation]] = defaultdict(list)
    for one in owed:
        chains[(one.units or ("",))[0], one.opened_s].append(one)
    window: dict[str, float] = {}
    late: dict[str, float] = {}
    for chain in chains.values():
        ends = {one.id: max(one.due_s, min(one.due_s + longest, one.until_s)) for one in chain}
        marks = sorted({moment for one in chain for moment in (one.due_s, ends[one.id])})
        at_once = [sum(one.due_s <= moment < ends[one.id] for one in chain) for moment in marks]
        for one in chain:
            window[one.id] = _shared(marks, at_once, one.due_s, ends[one.id])
            late[one.id] = _shared(marks, at_once, one.due_s, min(ends[one.id], max(one.due_s, one.end_s)))
    return window, late


def _shared(marks: Sequence[int], at_once: Sequence[int], start_s: int, end_s: int) -> float:
    """Return the time from one second to another, each second divided by how many were owed at once then."""
    total = 0.0
    for number, moment in enumerate(marks[:-1]):
        span = min(end_s, marks[number + 1]) - max(start_s, moment)
        if span > 0:
            total += span / at_once[number]
    return total


def _taken_times(
    owed: Iterable[Obligation], acts: Iterable[Obligation], index: Index, counted_s: dict[str, float]
) -> Mapping[str, Mapping[str, float]]:
    """Return, by type and seat, the part of ``longest`` for which the seat was late with what its acts opened.

    Adds to ``counted_s`` what each gap counts: the time that no gap before it counts already.
    """
    longest = index.rubric.gaps.longest
    chained: dict[int, Times] = defaultdict(list)
    for one in owed:
        if one.late_s:
            for seq in one.chain[1:]:
                chained[seq].append((one.due_s, one.end_s))
    ranks: dict[str, int] = {weight.type: number for number, weight in enumerate(index.rubric.gaps.weights)}
    ranked = sorted(acts, key=lambda one: (ranks.get(one.type, len(ranks)), one.due_s, one.end_s, one.id))
    reached: dict[str, dict[str, Times]] = defaultdict(lambda: defaultdict(list))
    for one in ranked:
        if not one.late_s or one.type not in ranks or one.units[0] not in index.seats:
            continue
        end_s = min(one.end_s, one.due_s + longest)
        seen = [span for seq in one.chain for span in chained.get(seq, ())]
        own = reached[one.type][one.units[0]]
        near = len(own)  # they come in the order of their limits: only the last of the times before can reach into this
        while near and own[near - 1][1] >= one.due_s:
            near -= 1
        free = without((one.due_s, end_s), merged([*seen, *own[near:]]))
        counted_s[one.id] = float(sum(end - start for start, end in free))
        own[near:] = merged([*own[near:], *free])
        for seq in one.chain:
            chained[seq].append((one.due_s, one.end_s))
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for kind, seats in reached.items():
        for seat, times in seats.items():
            shares[kind][seat] = min(1.0, sum(end - start for start, end in times) / longest)
    return shares


def merged(times: Iterable[tuple[int, int]]) -> Times:
    """Return times put together where they touch, in order."""
    found: Times = []
    for start, end in sorted(times):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > start:
            found.append((start, end))
    return found


def without(time: tuple[int, int], taken: Times) -> Times:
    """Return what is left of a time beside others, which are in order and apart."""
    start, end = time
    found: Times = []
    for other_start, other_end in taken:
        if other_end <= start or other_start >= end:
            continue
        if other_start > start:
            found.append((start, other_start))
        start = max(start, other_end)
    if start < end:
        found.append((start, end))
    return found
