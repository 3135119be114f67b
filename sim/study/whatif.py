"""What if: every way to act at one question of a run, played forward many times under the luck still to come."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from math import fsum
from pathlib import Path
from typing import Any

from sim.assess.loss import PARTS
from sim.canon import pretty
from sim.errors import RecordBroken, bad_input
from sim.play.engines import Done
from sim.play.forward import REFERENCE, Item, Pause, pause_at
from sim.play.seats import Seat
from sim.play.session import Session
from sim.play.settings import settings_from
from sim.play.then import check_then
from sim.play.workers import futures
from sim.record.disk import write_atomic
from sim.record.folder import RunRecord, read_exercise, read_meta, to_csv
from sim.record.journal import read_journal
from sim.spec.load import Exercise
from sim.study.progress import progress_bar
from sim.study.regret import Outcome, Regret, Standing, regret

FORMAT = "tabletop-whatif/2"
KEPT_IN = "whatif"
"""Folder of a run folder in which what-ifs of its questions are left."""
MEASURED = ("loss", *(f"loss.{part}" for part in PARTS), "events")
"""What is kept of a run: the loss and its parts in equivalents of one death, and the number of events."""


@dataclass(frozen=True)
class WhatIf:
    """What each way to act at a question would lead to.

    Attributes:
        exercise: The specification files.
        pause: The question as it stood.
        rows: One a run, sorted by way and replication: way, replication, failed, loss, its parts, events.
        regret: The sums over all runs.
        wanted: How many replications were asked for.
        interrupted: Whether the work was broken off.
        events_digest: Digest of the run, if it is a finished one.
    """

    exercise: Exercise
    pause: Pause
    rows: tuple[dict[str, Any], ...]
    regret: Regret
    wanted: int
    interrupted: bool
    events_digest: str = ""

    def table(self) -> list[dict[str, Any]]:
        """Return one row a way: means with 95 % intervals in equivalents of one death, and how sure it is the best."""
        return [_table_row(one) for one in self.regret.standings]

    def about(self) -> dict[str, Any]:
        """Return everything but the runs as plain data."""
        pause, found = self.pause, self.regret
        return {
            "format": FORMAT,
            "key": pause.asked.key,
            "seat": pause.asked.seat,
            "at_s": pause.at_s,
            "charged_s": pause.past.charged_s,
            "then": pause.past.then,
            "taken": pause.taken,
            "compared_with": found.compared_with,
            "reference": {"policy": REFERENCE, "way": found.reference},
            "best": found.best,
            "confidence": found.confidence,
            "replications": {"wanted": self.wanted, "counted": found.replications, "left_out": found.left_out},
            "interrupted": self.interrupted,
            "failed": sorted({row["failed"] for row in self.rows if row["failed"]}),
            "events_digest": self.events_digest,
            "ways": [{**row, **self._parts(row["way"])} for row in self.table()],
        }

    def _parts(self, way: str) -> dict[str, float]:
        """Return the mean of each part of the loss of a way, by ``part.NAME``."""
        own = [row for row in self.rows if row["way"] == way and not row["failed"]]
        return {f"part.{part}": round(fsum(row[f"loss.{part}"] for row in own) / max(1, len(own)), 6) for part in PARTS}

    def keep_in(self, folder: Path) -> None:
        """Leave what was found in the run folder, so that its score and its report can show it."""
        (folder / KEPT_IN).mkdir(exist_ok=True)
        write_atomic(folder / KEPT_IN / f"{self.pause.asked.key.replace('#', '-')}.json", pretty(self.about()))

    def save(self, out: Path, lang: str = "en") -> None:
        """Write ``whatif.csv``, ``whatif.json`` and ``whatif.png``.

        Args:
            out: Folder to write to.
            lang: Language of the figure, ``zh`` or ``en``.
        """
        from sim.study.whatif_figure import draw

        out.mkdir(parents=True, exist_ok=True)
        write_atomic(out / "whatif.csv", to_csv(self.rows))
        write_atomic(out / "whatif.json", pretty(self.about()))
        if self.regret.replications:
            (out / "whatif.png").write_bytes(draw(self, lang))


def whatif(
    run: Session | Seat | str | Path,
    key: str,
    *,
    then: str = "plan",
    replications: int = 100,
    jobs: int = 1,
    progress: bool = False,
    fork: bool = True,
    limit_s: float = 600.0,
) -> WhatIf:
    """Play every option of a question, and to wait before deciding, to the end under the luck of many replications.

    What happened before the question stays as it was; a session that is given is read and not touched.

    Args:
        run: A run folder, or a session that stands at the question or has passed it, or a seat of one, which may look
            only at a question that waits for it, and only if the trainer has let it.
        key: The question.
        then: Name of the policy that answers everything after the decision.
        replications: How many futures each way to act has; the ways share their luck.
        jobs: Worker processes.
        progress: Whether to show a progress bar on standard error.
        fork: Run the past once and fork from there, where the system can; the result is the same either way.
        limit_s: Seconds of wall time after which a run counts as failed.

    Raises:
        AnswerRefused: If a seat may not look.
        BadInput: If the question was not asked, or an argument cannot be used.
        RecordBroken, DigestMismatch: If the folder is not what a run left.
    """
    if isinstance(replications, bool) or not isinstance(replications, int) or not 1 <= replications <= 100_000:
        raise bad_input("replications", f"{replications!r} is no number of replications", "1 to 100000")
    exercise, pause = _pause_of(run.for_whatif(key) if isinstance(run, Seat) else run, key, check_then(then, ()))
    items = [Item(way, number) for number in range(replications) for way in pause.ways]
    done, interrupted = [], False
    with progress_bar(len(items), "run", "what if", shown=progress) as advance:
        running = futures(pause.past, items, jobs=jobs, limit_s=limit_s, fork=fork)
        try:
            with closing(running):
                for one in running:
                    done.append(one)
                    advance()
        except KeyboardInterrupt:
            interrupted = True
    order = {way.id: number for number, way in enumerate(pause.ways)}
    done.sort(key=lambda one: (order[one.item.way.id], one.item.replication))
    found = regret(map(_outcome, done), list(order), pause.taken or pause.reference, pause.reference, pause.seed)
    rows = tuple(_row(one) for one in done)
    digest = "" if isinstance(run, Session | Seat) else str(read_meta(Path(run)).get("events_digest", ""))
    return WhatIf(exercise, pause, rows, found, replications, interrupted, digest)


def read_whatifs(folder: Path, record: RunRecord) -> dict[str, Any]:
    """Return by question what :meth:`WhatIf.keep_in` left of a run.

    Raises:
        RecordBroken: If a file there is nothing of the kind.
    """
    found = {}
    for path in sorted((folder / KEPT_IN).glob("*.json")):
        try:
            about = json.loads(path.read_text(encoding="utf-8"))
            if about["format"] != FORMAT or not isinstance(about["ways"], list):
                raise KeyError(path.name)
            if about["events_digest"] == record.digest:
                found[str(about["key"])] = about
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise RecordBroken(str(path), "cannot be read; make it anew with `tabletop whatif`") from error
    return found


def _pause_of(run: Session | str | Path, key: str, then: str) -> tuple[Exercise, Pause]:
    if isinstance(run, Session):
        return run.exercise, pause_at(run.exercise, run.settings, run.journal, key, then)
    folder = Path(run)
    meta = read_meta(folder)
    exercise = read_exercise(folder, meta)
    entries, _ = read_journal(folder / "journal.jsonl")
    return exercise, pause_at(exercise, settings_from(exercise, meta), tuple(entries), key, then)


def _outcome(done: Done) -> Outcome:
    return Outcome(done.item.way.id, done.item.replication, float(done.values.get("loss", 0.0)), done.failed)


def _row(done: Done) -> dict[str, Any]:
    row = {"way": done.item.way.id, "replication": done.item.replication, "failed": done.failed}
    return row | {name: done.values.get(name) for name in MEASURED}


def _table_row(one: Standing) -> dict[str, Any]:
    row: dict[str, Any] = {"way": one.way, "n": one.loss.n}
    for name in ("loss", "difference", "hindsight", "regret"):
        found = getattr(one, name)
        for part in ("mean", "low", "high"):
            value = getattr(found, part)
            row[f"{name}.{part}"] = None if value is None else round(value, 6)
    return {**row, "best_share": one.best_share}
