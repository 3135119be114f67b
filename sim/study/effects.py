"""What a full design shows: what each measure is worth, from which value on, who plays best, how many runs it takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import ceil, fsum, sqrt
from statistics import NormalDist
from typing import Any

from sim.assess.intervals import Interval, interval, t_quantile
from sim.spec.registry import BY_NAME
from sim.study.design import Point, Sweep
from sim.study.tables import columns, keys_of, rows_by_point, values_of

PRECISE = 0.05
"""Half-width that is wanted of a mean, as a share of the mean, where nothing else is said. A guess."""
LEAST_VALUES = 3
"""Values of a parameter from which on a threshold says more than a difference."""
MOST = 1_000_000
"""More replications than this are not told apart."""


def worth(plan: Sweep, table: list[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return what it is worth to change one parameter from its first value to another, all else being equal.

    The difference is taken by replication, as the mean over all settings of the other factors that have both; the
    replications are the sample of the 95 % t-interval.
    """
    if plan.design.sampling is not None:
        return []
    by_point = rows_by_point(plan, table)
    found = []
    for parameter in plan.design.sampled:
        first, *others = dict.fromkeys(row[parameter] for row in plan.rows)
        pairs = _pairs(plan, parameter)
        for other in others:
            for name in names:
                difference = _mean_difference([(own[first], own[other]) for own in pairs], by_point, name)
                row = {"parameter": parameter, "from": first, "to": other, "outcome": name, "n": difference.n}
                found.append({**row, **columns("difference", difference)})
    return found


def _pairs(plan: Sweep, parameter: str) -> list[dict[float, int]]:
    """Return points by the value of a parameter, for each setting of all else."""
    same: dict[tuple[Any, ...], dict[float, int]] = defaultdict(dict)
    for point in plan.points:
        rest = tuple(value for name, value in point.values.items() if name != parameter)
        same[point.block, rest][point.values[parameter]] = point.number
    return list(same.values())


def _mean_difference(
    pairs: Sequence[tuple[int, int]], by_point: dict[int, list[dict[str, Any]]], name: str
) -> Interval:
    """Return the mean over pairs of points of the second minus the first, by replication."""
    differences: dict[int, list[float]] = defaultdict(list)
    for first, second in pairs:
        before, after = (values_of(by_point[number], name) for number in (first, second))
        for replication in sorted(before.keys() & after.keys()):
            differences[replication].append(after[replication] - before[replication])
    whole = max(map(len, differences.values()), default=0)
    return interval([fsum(own) / whole for _, own in sorted(differences.items()) if len(own) == whole])


def thresholds(plan: Sweep, table: list[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return from which value of a parameter on an outcome surely differs from that at the least value.

    A row says that at ``from`` and at every larger value the 95 % interval of the paired difference lies on one side of
    zero; the last value where it does not is ``not_yet``. The intervals are each taken by itself, so among many rows
    some will be wrong.
    """
    if plan.design.sampling is not None:
        return []
    by_point = rows_by_point(plan, table)
    found = []
    for parameter in plan.design.sampled:
        values = sorted({row[parameter] for row in plan.rows})
        if len(values) < LEAST_VALUES or BY_NAME[parameter].names:
            continue
        pairs = _pairs(plan, parameter)
        for name in names:
            sides = [
                _side(_mean_difference([(own[values[0]], own[one]) for own in pairs], by_point, name))
                for one in values[1:]
            ]
            last = sides[-1]
            since = len(sides)
            while since and last and sides[since - 1] == last:
                since -= 1
            if last:
                row = {"parameter": parameter, "outcome": name, "direction": "higher" if last > 0 else "lower"}
                found.append({**row, "from": values[since + 1], "not_yet": values[since]})
    return found


def _side(difference: Interval) -> int:
    if difference.low is None or difference.high is None:
        return 0
    return 1 if difference.low > 0 else -1 if difference.high < 0 else 0


def regrets(plan: Sweep, table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return how much each crew loses against the best crew of the same setting and luck.

    ``regret`` is the mean over settings, with the interval over replications; ``worst`` is the largest mean regret in
    any setting, by which the careful choose; ``best`` is how often the crew is the best one. Losses are in equivalents
    of one death.
    """
    crews = list(dict.fromkeys(point.policy for point in plan.points))
    if len(crews) < 2 or not table or "total_loss" not in table[0]:
        return []
    by_point = rows_by_point(plan, table)
    same: dict[tuple[Any, ...], dict[str, Point]] = defaultdict(dict)
    for point in plan.points:
        same[point.setting, point.difficulty, point.row][point.policy] = point
    by_replication: dict[str, dict[int, list[float]]] = {crew: defaultdict(list) for crew in crews}
    by_setting: dict[str, list[float]] = {crew: [] for crew in crews}
    best = dict.fromkeys(crews, 0.0)
    for points in same.values():
        losses = {crew: values_of(by_point[point.number], "total_loss") for crew, point in points.items()}
        shared = sorted(set.intersection(*(set(own) for own in losses.values())))
        least = {number: min(own[number] for own in losses.values()) for number in shared}
        for crew, own in losses.items():
            regret = [own[number] - least[number] for number in shared]
            for number, one in zip(shared, regret, strict=True):
                by_replication[crew][number].append(one)
                ties = sum(other[number] == least[number] for other in losses.values())
                best[crew] += (one == 0) / ties
            by_setting[crew] += [fsum(regret) / len(regret)] if regret else []
    total = fsum(best.values()) or 1.0
    rows = []
    for crew in crews:
        found = interval([fsum(own) / len(own) for _, own in sorted(by_replication[crew].items())])
        row = {"policy": crew, "n": found.n, **columns("regret", found)}
        rows.append(
            {**row, "worst": round(max(by_setting[crew], default=0.0), 6), "best": round(best[crew] / total, 6)}
        )
    return rows


def needed(plan: Sweep, table: list[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return how many replications a mean needs to be as sure as :data:`PRECISE` says, at the point that needs most.

    By the variance seen so far, which is itself uncertain with few replications.
    """
    found = []
    by_point = rows_by_point(plan, table)
    for name in names:
        worst: dict[str, Any] | None = None
        for point in plan.points:
            values = list(values_of(by_point[point.number], name).values())
            now = interval(values)
            if now.mean is None or now.low is None or now.high is None or not now.mean:
                continue
            half = (now.high - now.low) / 2
            deviation = half * sqrt(now.n) / t_quantile(0.975, now.n - 1)
            count = replications_for(deviation, PRECISE * abs(now.mean))
            if worst is None or count > worst["needed"]:
                worst = {"outcome": name, "needed": count, "n": now.n, "half_width": round(half, 6)}
                worst |= {"mean": round(now.mean, 6), **keys_of(plan, point)}
        found += [worst] if worst else []
    return found


def replications_for(deviation: float, half_width: float) -> int:
    """Return the least n with t(0.975, n − 1) · deviation / √n ≤ half_width, at least 2 and at most :data:`MOST`."""
    normal = ceil((NormalDist().inv_cdf(0.975) * deviation / half_width) ** 2)
    n = min(max(2, normal), MOST)
    while n < MOST and t_quantile(0.975, n - 1) * deviation / n**0.5 > half_width:
        n += 1
    return n
