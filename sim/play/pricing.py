"""What closing gaps would change: one future of a run, without and with each gap closed, under the same luck.

A future is run once. When the limit of a gap runs out in it and what was owed has not come, the process forks: the
child meets it and runs to the end, the parent goes on without. So both share everything up to that moment, and a gap
that does not arise in a future costs nothing there. Where processes cannot fork, the future is run again for each.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from sim.assess.index import Index
from sim.assess.loss import loss_parts, total_loss
from sim.assess.milestones import milestones
from sim.canon import canonical
from sim.play.answerers import by_other_run
from sim.play.branch import before_time
from sim.play.closing import install
from sim.play.closing.base import Gap
from sim.play.players import own_answerer
from sim.play.runs import session_of
from sim.play.settings import settings_from
from sim.play.then import give_again
from sim.record.folder import RunRecord
from sim.record.journal import Entry, effective
from sim.spec.load import Source, build

OWN = -1
"""Number of the future under the run's own luck."""
ALL = "*"
"""What stands for all gaps at once."""


class Course(NamedTuple):
    """A run up to where its first gap opens: all that is needed to come there again, in any process.

    Attributes:
        sources: The specification files.
        settings: Canonical JSON of the settings.
        journal: Lines of the whole journal that count.
        recorded: Lines of another run's journal that play seats of this one.
        gaps: What shall be closed.
        at_s: When the first limit runs out, in seconds since the start; all luck after it is that of the future.
    """

    sources: tuple[Source, ...]
    settings: str
    journal: tuple[str, ...]
    recorded: tuple[str, ...]
    gaps: tuple[Gap, ...]
    at_s: int

    @property
    def work(self) -> str:
        """Which work is done on it."""
        return "price"

    def text(self) -> str:
        """Return it as one line of JSON."""
        files = [[one.kind, one.name, one.text] for one in self.sources]
        return canonical({**self._asdict(), "sources": files, "gaps": [list(gap) for gap in self.gaps]})


class Future(NamedTuple):
    """One future: the number of the replication, or :data:`OWN`."""

    replication: int


def course_from(text: str) -> Course:
    """Return what :meth:`Course.text` gave."""
    data = json.loads(text)
    data["sources"] = tuple(Source(*one) for one in data["sources"])
    data["gaps"] = tuple(Gap(*one) for one in data["gaps"])
    data |= {name: tuple(data[name]) for name in ("journal", "recorded")}
    return Course(**data)


class Standing:
    """A session that stands where the first gap opens, and which gaps are to be closed in it.

    Attributes:
        session: The session.
        closed: Ids of the gaps that are closed in this run; None in the run without.
        found: What became of each run with a gap closed, by the gap's id and :data:`ALL`.
        arose: Ids of gaps that were due.
        sink: Where the values of this run go, if it is a child.
    """

    def __init__(self, course: Course, closed: frozenset[str] | None = None, *, fork: bool = True) -> None:
        self.course = course
        self.closed = closed
        self.fork = fork
        self.found: dict[str, dict[str, Any]] = {}
        self.arose: dict[str, None] = {}
        self.sink: int | None = None
        exercise = build(course.sources)
        settings = settings_from(exercise, json.loads(course.settings))
        self._entries = effective(entries_of(course.journal))
        recorded = entries_of(course.recorded)
        before = before_time(self._entries, course.at_s - 1)
        session = session_of(exercise, settings, journal=before, recorded=recorded)
        install(session, course.gaps, self._due)
        own = own_answerer(settings, session.scene, session.world.luck, effective(recorded))
        session.play_on(by_other_run(self._entries, settings.seats, own))
        session.advance(course.at_s - 1)
        self.session = session

    def _due(self, ident: str) -> bool:
        """Hear that a gap is due; return whether to close it."""
        if self.closed is not None:
            return ident in self.closed
        first, new = not self.arose, ident not in self.arose
        self.arose[ident] = None
        if not self.fork or not new:
            return False
        everything = frozenset(gap.id for gap in self.course.gaps)
        if first and self._splits(ALL, everything):
            return True
        return self._splits(ident, frozenset((ident,)))

    def _splits(self, name: str, closed: frozenset[str]) -> bool:
        """Fork; return True in the child, and False in the parent once the child has ended."""
        source, sink = os.pipe()
        child = os.fork()
        if not child:
            os.close(source)
            self.closed, self.sink = closed, sink
            return True
        os.close(sink)
        with os.fdopen(source, "rb") as stream:
            text = stream.read()
        os.waitpid(child, 0)
        self.found[name] = json.loads(text) if text.endswith(b"\n") else {"failed": "killed: its process died"}
        return False

    def run(self, future: Future) -> dict[str, Any]:
        """Run to the end under the luck of a future, and return what is measured."""
        if self.sink is not None:
            raise RuntimeError("a session is used up by one run")
        try:
            if future.replication != OWN:
                self.session.turn_luck(future.replication)
            give_again(self.session, self._entries)
            values = measured(self.session.finish())
        except BaseException as error:
            if self.sink is None:
                raise
            values = {"failed": f"{type(error).__name__}: {error}"}
        if self.sink is not None:
            _leave(self.sink, values)
        return values


def _leave(sink: int, values: Mapping[str, Any]) -> NoReturn:
    """Be a child that has come to its end: hand the values over and end without the clean-up of the parent."""
    try:
        data = canonical(values).encode() + b"\n"
        while data:
            data = data[os.write(sink, data) :]
    finally:
        os._exit(0)


def price(standing: Standing, course: Course, future: Future) -> dict[str, Any]:
    """Run one future, without and with each gap closed.

    Returns:
        ``base``: what is measured without; ``closed``: the same with all gaps closed (:data:`ALL`) and with each that
        arose, by id. What is missing there is as without.
    """
    base = standing.run(future)
    if not standing.fork and standing.arose:
        everything = {ALL: frozenset(gap.id for gap in course.gaps)}
        for name, closed in (everything | {ident: frozenset((ident,)) for ident in standing.arose}).items():
            standing.found[name] = Standing(course, closed).run(future)
    for name, values in standing.found.items():
        if "failed" in values:
            raise RuntimeError(f"{name}: {values['failed']}")
    return {"base": base, "closed": standing.found}


def measured(record: RunRecord) -> dict[str, Any]:
    """Return what is kept of a run: the loss and its parts in equivalents of one death, lateness of all milestones."""
    index = Index(record)
    parts = loss_parts(record, index.rubric.loss)
    late_s = 0
    for row in milestones(index):
        if row["limit_s"] is not None:
            late_s += max(0, (index.end_s if row["at_s"] is None else row["at_s"]) - row["limit_s"])
    shown = {f"loss.{part}": value for part, value in parts.items()}
    return {"loss": total_loss(parts), **shown, "late_min": round(late_s / 60, 3)}


def entries_of(lines: tuple[str, ...]) -> list[Entry]:
    """Return the entries of lines of a journal."""
    return [Entry(**json.loads(line)) for line in lines]
