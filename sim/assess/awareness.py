"""Awareness: how much of what somebody needed to know was known, when, and for how long it was not or wrongly.

A need is one organization that must know one thing that is so, by the plan's need-to-know matrix. All measures are
computed from the record alone. Times are seconds since the start; minutes where the name says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import Any, NamedTuple

from sim.assess.beliefs import end_of, holdings, table, truths
from sim.record.folder import RunRecord
from sim.spec.base import FactValue


class Need(NamedTuple):
    """One organization that needs to know one thing that is so.

    Attributes:
        fact: The fact's key.
        value: What is so; True for a count, which says that there is somebody at all.
        role: Who needs to know it.
        needed_by: How many need to know it.
        start_s: Since when it is so.
        end_s: Until when.
        known_s: When the role came to hold it; ``start_s`` if it did before; None if it never did while it was so.
        false_s: How long the role held something else, in seconds.
    """

    fact: str
    value: FactValue
    role: str
    needed_by: int
    start_s: int
    end_s: int
    known_s: int | None
    false_s: int

    @property
    def unaware_s(self) -> int:
        """How long it was so and the role had not come to hold it, in seconds."""
        return (self.end_s if self.known_s is None else self.known_s) - self.start_s


class Synchrony(NamedTuple):
    """How far apart those who need a fact came to know it.

    Attributes:
        latency_s: From the first who knew to the last, in seconds; None if nobody knew.
        all_s: From when it was so until all knew, in seconds; None if somebody never did.
    """

    fact: str
    start_s: int
    latency_s: int | None
    all_s: int | None


def roles_of(record: RunRecord) -> tuple[str, ...]:
    """Return the organizations that need to know something by the plan, in the order of the county file."""
    needed = {role for kind in record.exercise.plan.facts for role in kind.need_to_know}
    return tuple(one.id for one in record.exercise.county.organizations if one.id in needed)


def needs(record: RunRecord) -> list[Need]:
    """Return every need of a run, in the order of the plan, then of time, then of the county file."""
    roles = roles_of(record)
    found = []
    for episode, cells in table(record, roles):
        needed_by = [role for role in roles if cells[role].needed]
        for role in needed_by:
            cell = cells[role]
            known_s = None if cell.known_s is None else max(cell.known_s, episode.start_s)
            found.append(
                Need(
                    episode.key,
                    episode.value,
                    role,
                    len(needed_by),
                    episode.start_s,
                    episode.end_s,
                    known_s,
                    cell.false_s,
                )
            )
    return found


def shared_awareness(found: Sequence[Need]) -> list[tuple[int, float]]:
    """Return shared awareness over time as steps: time and share from then on.

    The share is the mean, over the things that are so, of the share of those who need one that have come to hold it
    (need-weighted shared situational awareness with equal weights). It is 1 while nothing is so.
    """
    moments = sorted({at for need in found for at in (need.start_s, need.end_s, need.known_s) if at is not None})
    steps = []
    for at in moments:
        by_thing: dict[tuple[str, int], list[bool]] = {}
        for need in found:
            if need.start_s <= at < need.end_s:
                knows = need.known_s is not None and need.known_s <= at
                by_thing.setdefault((need.fact, need.start_s), []).append(knows)
        shares = [sum(knows) / len(knows) for knows in by_thing.values()]
        steps.append((at, fsum(shares) / len(shares) if shares else 1.0))
    return steps


def mean_awareness(found: Sequence[Need]) -> float | None:
    """Return the mean of shared awareness over the time in which something was so; None if nothing was."""
    steps = shared_awareness(found)
    active = _active(found, [at for at, _ in steps])
    weighed = [
        (until - at, share * (until - at))
        for (at, share), (until, _), is_active in zip(steps, steps[1:], active, strict=False)
        if is_active
    ]
    total = sum(seconds for seconds, _ in weighed)
    return fsum(part for _, part in weighed) / total if total else None


def _active(found: Sequence[Need], moments: Sequence[int]) -> list[bool]:
    return [any(need.start_s <= at < need.end_s for need in found) for at in moments]


def deficit_min(found: Iterable[Need]) -> float:
    """Return the awareness deficit in minutes: for each thing, the time that those who need it did not have it, shared.

    It is the integral of one minus the share that knows, summed over things; so it adds up over facts and over roles.
    """
    return fsum(need.unaware_s / 60 / need.needed_by for need in found)


def synchrony(found: Sequence[Need]) -> list[Synchrony]:
    """Return, for each thing that was so, how far apart those who need it came to know it."""
    by_thing: dict[tuple[str, int], list[Need]] = {}
    for need in found:
        by_thing.setdefault((need.fact, need.start_s), []).append(need)
    rows = []
    for (fact, start_s), own in by_thing.items():
        knew = [need.known_s for need in own if need.known_s is not None]
        latency_s = max(knew) - min(knew) if knew else None
        rows.append(Synchrony(fact, start_s, latency_s, max(knew) - start_s if len(knew) == len(own) else None))
    return rows


def beliefs_at(record: RunRecord, at_s: int) -> dict[str, dict[str, Any]]:
    """Return, by role, how right and how old its beliefs are at a moment.

    Returns:
        For each role that holds anything with a known truth: ``held`` (number of such facts), ``correct`` (share whose
        value is true) and ``age_min`` (mean time since the role took the value in, in minutes).
    """
    roles, true_values = roles_of(record), truths(record)
    found: dict[str, list[tuple[bool, float]]] = {}
    for (role, fact), changes in holdings(record, roles).items():
        held = [change for change in changes if change[0] <= at_s]
        true = [value for since, value in true_values.get(fact, []) if since <= at_s]
        if held and true:
            since_s, value = held[-1]
            found.setdefault(role, []).append((value == true[-1], (at_s - since_s) / 60))
    return {
        role: {
            "held": len(rows),
            "correct": sum(right for right, _ in rows) / len(rows),
            "age_min": fsum(age for _, age in rows) / len(rows),
        }
        for role, rows in ((role, found[role]) for role in roles if role in found)
    }


def summary(record: RunRecord) -> dict[str, Any]:
    """Return the measures of awareness of a run by name; times in minutes, None where there is nothing to measure."""
    found = needs(record)
    known = [need for need in found if need.known_s is not None]
    latencies = [row.latency_s / 60 for row in synchrony(found) if row.latency_s is not None]
    ages = [row["age_min"] for row in beliefs_at(record, end_of(record)).values()]
    return {
        "needs": len(found),
        "coverage": len(known) / len(found) if found else None,
        "time_to_awareness_min": _mean([need.unaware_s / 60 for need in known]),
        "mean_awareness": mean_awareness(found),
        "deficit_min": deficit_min(found),
        "synchrony_min": _mean(latencies),
        "false_belief_min": fsum(need.false_s / 60 for need in found),
        "age_min": _mean(ages),
        "deficit_by_role": {
            role: deficit_min(need for need in found if need.role == role) for role in roles_of(record)
        },
    }


def _mean(values: Sequence[float]) -> float | None:
    return fsum(values) / len(values) if values else None
