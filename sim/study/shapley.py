"""Shapley shares: how much of a distance each of several things accounts for, whatever the order they are mended in.

L. S. Shapley, A Value for n-Person Games, 1953: a share is the mean, over all orders, of what the thing adds when its
turn comes. Shares add up to the whole distance.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from functools import partial
from itertools import permutations
from math import fsum
from pathlib import Path
from typing import Any

from sim.assess.intervals import interval
from sim.canon import canonical, digest
from sim.play.engines import Done, run_all
from sim.play.ideal import PARTS, SETS, losses, name_of
from sim.play.pricing import OWN, Course
from sim.study.kept import kept_rows

PART = "shares.part.jsonl"
"""File of a run folder with the samples that are done, while the work goes on."""


def shapley(players: Sequence[str], worth: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Return what each player adds to the worth of those who came before, as the mean over all orders.

    Args:
        players: Their names.
        worth: What a set of them is worth.
    """
    orders = list(permutations(players))
    added: dict[str, list[float]] = {player: [] for player in players}
    for order in orders:
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            added[player].append(worth(before | {player}) - worth(before))
    return {player: fsum(found) / len(orders) for player, found in added.items()}


def shares_of(found: Mapping[str, float]) -> dict[str, float]:
    """Return the share of each part in what is lost less when all are perfect.

    Args:
        found: The loss with each set made perfect, by name.
    """
    return shapley(PARTS, lambda ideal: found["none"] - found[name_of(ideal)])


def shares(
    folder: Path, course: Course, replications: int, *, jobs: int, limit_s: float, progress: bool
) -> dict[str, Any]:
    """Measure what the distance of a run to the best is made of, over samples of luck.

    Returns:
        ``distance`` and by part ``shares``, means with 95 % intervals in equivalents of one death; ``own``: the same
        under the run's own luck; ``losses``: the mean loss with each set made perfect; ``replications``.
    """

    def running(numbers: list[int]) -> Generator[Done, None, None]:
        return run_all(numbers, partial(losses, text), jobs=jobs, limit_s=limit_s)

    text = course.text()
    head = canonical({"course": digest(text)})
    rows = kept_rows(folder / PART, head, (OWN, *range(replications)), running, label="shares", progress=progress)
    counted = [row for row in rows if not row["failed"]]
    drawn = [row["losses"] for row in counted if row["replication"] != OWN]
    own = next((row["losses"] for row in counted if row["replication"] == OWN), None)
    best = name_of(frozenset(PARTS))
    return {
        "replications": len(drawn),
        "failed": sorted({row["failed"] for row in rows if row["failed"]}),
        "distance": _interval([one["none"] - one[best] for one in drawn]),
        "shares": {part: _interval([shares_of(one)[part] for one in drawn]) for part in PARTS},
        "own": None if own is None else {"distance": round(own["none"] - own[best], 6), **_rounded(shares_of(own))},
        "losses": {name_of(ideal): _interval([one[name_of(ideal)] for one in drawn]) for ideal in SETS},
    }


def _interval(values: Sequence[float]) -> dict[str, Any]:
    found = interval(values)
    return {name: None if value is None else round(value, 6) + 0.0 for name, value in found._asdict().items()}


def _rounded(found: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 6) + 0.0 for name, value in found.items()}
