"""What each way to act at a question would have cost, against the others under the same luck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum
from typing import NamedTuple

from sim.assess.intervals import Interval, interval
from sim.rng import Luck

RESAMPLES = 1000
"""How often the replications are drawn again, with repetition, to see which way comes out best."""
TINY = 1e-9
"""Mean losses that differ by less are equal."""


class Outcome(NamedTuple):
    """The loss of one run: a way to act under the luck of a replication, in equivalents of one death.

    Attributes:
        failed: Why there is no loss; empty if there is one.
    """

    way: str
    replication: int
    loss: float
    failed: str = ""


class Standing(NamedTuple):
    """One way to act, over the replications that all ways have; losses in equivalents of one death.

    Attributes:
        way: Its id.
        loss: Its loss.
        difference: Its loss minus that of the way compared with, by replication.
        hindsight: Its loss minus the least loss of any way in that replication; never below 0, nor is its interval.
        regret: Its loss minus that of the reference policy's way on the same view; below 0 if it is better.
        best_share: Share of the resamples in which it has the least mean loss; equal ones share. None for fewer than
            two replications.
    """

    way: str
    loss: Interval
    difference: Interval
    hindsight: Interval
    regret: Interval
    best_share: float | None


class Regret(NamedTuple):
    """All ways to act at a question.

    Attributes:
        standings: One for each way, in the order given.
        compared_with: Id of the way of the differences.
        reference: Id of the reference policy's way.
        best: Id of the way with the least mean loss; empty if there is no replication.
        confidence: Its share of the resamples; None for fewer than two replications.
        replications: How many replications all ways have.
        left_out: How many replications lack a way, because a run failed or was not made.
    """

    standings: tuple[Standing, ...]
    compared_with: str
    reference: str
    best: str
    confidence: float | None
    replications: int
    left_out: int


def regret(outcomes: Iterable[Outcome], ways: Sequence[str], compared_with: str, reference: str, seed: int) -> Regret:
    """Sum up the runs of all ways at a question.

    Only replications that every way has count, so that all means rest on the same luck.

    Args:
        outcomes: The runs.
        ways: Ids of all ways, in the order of the result.
        compared_with: The way that differences are taken from, such as the one that was taken.
        reference: The way that the reference policy takes on the same view.
        seed: Seed of the resamples.
    """
    by_replication: dict[int, dict[str, float]] = {}
    for outcome in outcomes:
        own = by_replication.setdefault(outcome.replication, {})
        if not outcome.failed:
            own[outcome.way] = outcome.loss
    whole = [by_replication[number] for number in sorted(by_replication) if len(by_replication[number]) == len(ways)]
    shares = best_shares(whole, ways, seed)
    standings = tuple(
        Standing(
            way,
            interval([row[way] for row in whole]),
            interval([row[way] - row[compared_with] for row in whole]),
            _not_below_0(interval([row[way] - min(row.values()) for row in whole])),
            interval([row[way] - row[reference] for row in whole]),
            shares.get(way),
        )
        for way in ways
    )
    best = min(standings, key=lambda one: one.loss.mean or 0.0) if whole else None
    return Regret(
        standings,
        compared_with,
        reference,
        "" if best is None else best.way,
        None if best is None else best.best_share,
        len(whole),
        len(by_replication) - len(whole),
    )


def _not_below_0(found: Interval) -> Interval:
    return found if found.low is None else found._replace(low=max(0.0, found.low))


def best_shares(rows: Sequence[dict[str, float]], ways: Sequence[str], seed: int) -> dict[str, float]:
    """Return by way the share of bootstrap resamples of the replications in which it has the least mean loss.

    Fewer than two replications say nothing about it; then there are no shares.
    """
    if len(rows) < 2:
        return {}
    won = dict.fromkeys(ways, 0.0)
    luck, n = Luck(seed), len(rows)
    columns = {way: [row[way] for row in rows] for way in ways}
    for resample in range(RESAMPLES):
        drawn = [int(luck.uniform("regret", str(resample), str(number)) * n) for number in range(n)]
        sums = {way: fsum(column[number] for number in drawn) for way, column in columns.items()}
        least = min(sums.values())
        equal = [way for way, total in sums.items() if total - least < TINY * n]
        for way in equal:
            won[way] += 1 / len(equal)
    return {way: round(count / RESAMPLES, 6) for way, count in won.items()}
