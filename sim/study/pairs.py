"""Two runs over other seeds: the decisions of each, under luck that both share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sim.assess.intervals import Interval, interval, paired
from sim.canon import canonical
from sim.play.engines import run_all
from sim.play.many import Task, replication_seed
from sim.play.references import references
from sim.play.runs import session_of
from sim.play.settings import JOURNAL, settings_from
from sim.play.then import answer_on, give_again
from sim.record.folder import read_exercise, read_meta
from sim.record.journal import Entry, effective, read_journal
from sim.spec.load import Source, build
from sim.study.measures import measure
from sim.study.progress import progress_bar


class Side(NamedTuple):
    """What is run again of a run: files, settings as canonical JSON, and lines of the journal that count."""

    sources: tuple[Source, ...]
    settings: str
    journal: tuple[str, ...]


class Pair(NamedTuple):
    """One quantity over all replications: its means, and the mean difference second minus first."""

    name: str
    first: Interval
    second: Interval
    difference: Interval


class Pairs(NamedTuple):
    """Every quantity, how many replications count, why others do not, and whether the work was broken off."""

    rows: tuple[Pair, ...]
    replications: int
    failed: tuple[str, ...]
    interrupted: bool


def side_of(folder: Path) -> Side:
    """Return what is run again of a run folder.

    Raises:
        RecordBroken, DigestMismatch: If the folder is not what the run left.
    """
    meta = read_meta(folder)
    exercise = read_exercise(folder, meta)
    entries, _ = read_journal(folder / "journal.jsonl")
    settings = settings_from(exercise, meta)
    lines = tuple(entry.line() for entry in effective(entries))
    return Side(exercise.sources, canonical(settings.meta()), lines)


def pairs(
    first: Side, second: Side, replications: int, *, jobs: int = 1, progress: bool = False, limit_s: float = 600.0
) -> Pairs:
    """Run the settings and decisions of two runs over as many other seeds, in pairs that share their luck.

    Args:
        first: The run that counts as before.
        second: The other run.
        replications: How many seeds; they follow from the first run's seed.
        jobs: Worker processes.
        progress: Whether to show a progress bar on standard error.
        limit_s: Seconds of wall time after which a replication counts as failed.
    """
    root = int(json.loads(first.settings)["seed"])
    found: list[dict[int, dict[str, float]]] = [{}, {}]
    failed, interrupted = [], False
    with progress_bar(replications, "pair", "pairs", shown=progress) as advance:
        running = run_all(range(replications), partial(run_pair, (first, second), root), jobs=jobs, limit_s=limit_s)
        try:
            with closing(running):
                for done in running:
                    if done.failed:
                        failed.append(done.failed)
                    else:
                        for side in (0, 1):
                            found[side][done.item] = done.values["sides"][side]
                    advance()
        except KeyboardInterrupt:
            interrupted = True
    return Pairs(tuple(_rows(*found)), len(found[0]), tuple(sorted(set(failed))), interrupted)


def run_pair(sides: Sequence[Side], root: int, replication: int) -> dict[str, Any]:
    """Run both sides under the luck of one replication and return what is measured of each.

    Questions that a run was not asked are answered by the stand-in of branches.
    """
    seed = replication_seed(root, replication)
    yardsticks: dict[tuple[Any, ...], str] = {}
    measured = []
    for side in sides:
        exercise = build(side.sources)
        settings = replace(settings_from(exercise, json.loads(side.settings)), seed=seed)
        recorded = [Entry(**json.loads(line)) for line in side.journal]
        session = session_of(exercise, settings)
        answer_on(session, JOURNAL, recorded)
        give_again(session, recorded)
        record = session.finish()
        luck = (side.sources, settings.parameters)
        if luck not in yardsticks:
            yardsticks[luck] = canonical(references(exercise, seed, settings.parameters))
        measured.append(_numbers(measure(record, Task(0, replication, seed, references=yardsticks[luck]))))
    return {"sides": measured}


def _numbers(values: dict[str, Any]) -> dict[str, float]:
    """Return what can be averaged; a milestone that never came counts as the end of the exercise."""
    late = {name: values["end_min"] for name in values if name.startswith("at_min.")}
    filled = {name: late.get(name) if value is None else value for name, value in values.items()}
    return {name: float(value) for name, value in filled.items() if value is not None and name != "end_min"}


def _rows(first: dict[int, dict[str, float]], second: dict[int, dict[str, float]]) -> Iterator[Pair]:
    names = dict.fromkeys(name for rows in (first, second) for row in rows.values() for name in row)
    for name in names:
        before = {number: row[name] for number, row in first.items() if name in row}
        after = {number: row[name] for number, row in second.items() if name in row}
        if before or after:
            one, other = ([values[number] for number in sorted(values)] for values in (before, after))
            yield Pair(name, interval(one), interval(other), paired(after, before))
