"""The crew ladder: where a run stands among simulated crews of each skill, on the same exercise under the same luck.

A crew is a number: it settles what its staff think of, whom they forget and how long they take. All other luck, the
hazard, the lines, the roads, is that of the run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import fsum, sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any, NamedTuple

from sim.assess.score import score
from sim.canon import digest, pretty
from sim.errors import RecordBroken, bad_input
from sim.play.many import Row, Task
from sim.play.settings import settings_from
from sim.record.disk import write_atomic
from sim.record.folder import RunRecord, read_folder, to_csv
from sim.record.journal import effective
from sim.show.crew_ladder import RUNGS as NAMES
from sim.spec.controls import TRAINER
from sim.study.running import How, Runs, finished

RUNGS = tuple(NAMES)
"""Policies of the ladder, from the least to the best."""
QUANTITIES = {"total_loss": -1, "total": 1, "response_speed": 1, "coordination": 1}
"""What runs are placed by, and whether more of it is better (1) or worse (-1)."""
MOST_CREWS = 10_000
FORMAT = "tabletop-ladder/2"
FILE = "ladder.json"
"""What is left of a ladder in the run folder, for the report."""


class Place(NamedTuple):
    """Where a run stands among the crews of a rung.

    Attributes:
        rung: The policy.
        quantity: What they are compared by.
        crews: How many crews count.
        better_than: Share of them that did worse; an equal one counts half.
        low: Lower end of the share's 95 % interval (Wilson 1927) over crews.
        high: Its upper end.
    """

    rung: str
    quantity: str
    crews: int
    better_than: float
    low: float
    high: float


class Ladder(NamedTuple):
    """A run among crews.

    Attributes:
        own: The run's own quantities.
        places: One for each rung and quantity.
        table: One row a crew.
    """

    own: dict[str, float]
    places: list[Place]
    table: list[dict[str, Any]]
    events_digest: str

    def about(self) -> dict[str, Any]:
        """Return all of it as plain data, as ``ladder.json`` holds it."""
        places = [place._asdict() for place in self.places]
        named = {"format": FORMAT, "events_digest": self.events_digest}
        return {**named, "own": self.own, "places": places, "crews": self.table}

    def save(self, folder: Path, out: Path, lang: str) -> None:
        """Write ``ladder.json`` to the run folder, and ``crews.csv`` and ``ladder.png`` to another.

        Raises:
            OSError: If a folder cannot be written.
        """
        from sim.show.crew_ladder import draw_ladder

        out.mkdir(parents=True, exist_ok=True)
        write_atomic(folder / FILE, pretty(self.about()))
        write_atomic(out / "crews.csv", to_csv(self.table))
        write_atomic(out / "ladder.png", draw_ladder(self.about(), lang))


def read_ladder(folder: Path, record: RunRecord) -> dict[str, Any] | None:
    """Return what ``ladder.json`` of a run folder holds; None if it has none.

    Raises:
        RecordBroken: If the file is not what :func:`ladder` leaves for this run.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    again = "make it anew with `tabletop ladder`"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT or found["events_digest"] != record.digest:
            raise RecordBroken(str(path), f"belongs to another run; {again}")
        there = {(place["rung"], place["quantity"]) for place in found["places"]}
        if there != {(rung, quantity) for rung in RUNGS for quantity in QUANTITIES}:
            raise KeyError("places")
        crews = [crew for crew in found["crews"] if not crew["failed"]]
        fsum(place[name] for place in found["places"] for name in ("crews", "better_than", "low", "high"))
        fsum(row[quantity] for row in (found["own"], *crews) for quantity in QUANTITIES)  # all of them numbers
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordBroken(str(path), f"cannot be read; {again}") from error
    return dict(found)


def ladder(folder: Path, crews: int = 20, *, out: Path | None = None, how: How | None = None) -> Ladder:
    """Place a run among simulated crews.

    The crews meet what the trainer did in the run; they decide everything themselves.

    Args:
        folder: The run folder.
        crews: Crews of each rung.
        out: Folder whose store keeps finished crews, to go on with; None keeps nothing.
        how: How the runs are made.

    Raises:
        BadInput: If the number of crews cannot be used, or no crew finishes.
        RecordBroken, DigestMismatch: If the folder is not what a run left.
    """
    if isinstance(crews, bool) or not isinstance(crews, int) or not 2 <= crews <= MOST_CREWS:
        raise bad_input("crews", f"{crews!r} cannot be a number of crews", f"a whole number from 2 to {MOST_CREWS}")
    record = read_folder(folder)
    settings = settings_from(record.exercise, record.meta)
    steps = tuple(entry.line() for entry in effective(record.journal) if entry.seat == TRAINER)
    files = digest("\n".join(record.exercise.digests.values()))
    first = Task(0, 0, settings.seed, overrides=settings.parameters.overrides, digest=files, steps=steps)
    tasks = [
        first._replace(point=rung, replication=crew, policy=policy, crew=crew)
        for crew in range(1, crews + 1)
        for rung, policy in enumerate(RUNGS)
    ]
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    runs = Runs({files: record.exercise.sources}, placed)
    rows = finished(runs, tasks, out, how or How())
    own = placed(record, first)
    table = [
        {"rung": RUNGS[row.task.point], "crew": row.task.crew, "failed": row.failed, **_numbers(row)}
        for row in sorted(rows, key=lambda row: row.key)
    ]
    return Ladder(own, _places(own, table), table, record.digest)


def placed(record: RunRecord, _task: Task) -> dict[str, float]:
    """Return what a run is placed by."""
    card = score(record, None)
    return {"total_loss": card["harm"]["actual"], **{name: card[name] for name in QUANTITIES if name != "total_loss"}}


def _numbers(row: Row) -> dict[str, Any]:
    return {name: row.values.get(name) for name in QUANTITIES}


def _places(own: dict[str, float], table: Sequence[dict[str, Any]]) -> list[Place]:
    found = []
    for rung in RUNGS:
        crews = [row for row in table if row["rung"] == rung and not row["failed"]]
        if not crews:
            reasons = sorted({row["failed"] for row in table if row["rung"] == rung})
            raise bad_input(
                rung, f"no crew finished the exercise: {'; '.join(reasons)}", "an exercise that crews can run"
            )
        for quantity, sign in QUANTITIES.items():
            found.append(place(rung, quantity, own[quantity] * sign, [row[quantity] * sign for row in crews]))
    return found


def place(rung: str, quantity: str, own: float, others: Sequence[float]) -> Place:
    """Return where a value stands among others, where more is better."""
    n = len(others)
    share = sum(1.0 if own > other else 0.5 if own == other else 0.0 for other in others) / n
    z = NormalDist().inv_cdf(0.975)
    middle, half = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    ends = [(middle + side * half) / (1 + z * z / n) for side in (-1, 1)]
    return Place(rung, quantity, n, round(share, 6), round(max(0.0, ends[0]), 6), round(min(1.0, ends[1]), 6))
