"""The ledger of issues over exercises (问题台账), in one SQLite file.

What an exercise showed and what was done with an issue is only ever added: triggers refuse to change or delete it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sim.assess.findings import findings
from sim.assess.gaps import obligations
from sim.assess.index import Index
from sim.errors import bad_input
from sim.record.folder import RunRecord
from sim.study.ledger_file import FILE, connect
from sim.study.ledger_states import Status, Step, after


class Added(NamedTuple):
    """What an exercise did to the ledger: numbers of issues."""

    exercise: int
    new: tuple[int, ...]
    again: tuple[int, ...]
    reopened: tuple[int, ...]
    proposed: tuple[int, ...]


@contextmanager
def ledger(path: Path = FILE, *, make: bool = False) -> Iterator[Ledger]:
    """Open a ledger.

    Args:
        path: The file.
        make: Whether to make it if it is not there.

    Raises:
        RecordBroken: If the file is no ledger, or of a later version.
        BadInput: If it is not there.
    """
    connection = connect(path, make=make)
    try:
        yield Ledger(connection)
    finally:
        connection.close()


class Ledger:
    """An open ledger.

    Args:
        connection: The database.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        return [dict(row) for row in self._connection.execute(query, values)]

    def add(self, record: RunRecord, card: Mapping[str, Any], held: date, lead: str = "") -> Added:
        """Add an exercise: new issues, issues seen again, and those that it shows gone.

        Args:
            record: The run.
            card: Its score card.
            held: When the exercise was held; not before the last one that was added.
            lead: Who led the exercise.

        Raises:
            BadInput: If the run was added before, or is out of order.
        """
        if known := self.rows("SELECT number FROM exercises WHERE digest = ?", record.digest):
            raise bad_input("ledger", f"this run is exercise {known[0]['number']} of the ledger already", "another run")
        last = self.rows("SELECT max(held) AS held FROM exercises")[0]["held"]
        if last is not None and held.isoformat() < last:
            raise bad_input("--on", f"{held} is before the last exercise ({last})", "exercises in the order of time")
        seen = {row["id"]: row for row in findings(record, card)}
        gone = [ident for ident in owed_ids(record, card) if ident not in seen]
        with self._all_or_nothing():
            exercise = self._insert("exercises", _exercise(record, card, held, lead))
            done: dict[str, list[int]] = {name: [] for name in Added._fields[1:]}
            for row in seen.values():
                self._see(exercise, record, row, held, done)
            for ident in gone:
                self._miss(exercise, record, ident, held, done)
        return Added(exercise, *(tuple(done[name]) for name in Added._fields[1:]))

    def _see(
        self, exercise: int, record: RunRecord, row: Mapping[str, Any], held: date, done: dict[str, list[int]]
    ) -> None:
        county = record.exercise.county.id
        known = self.rows("SELECT number, status FROM issues WHERE county = ? AND id = ?", county, row["id"])
        texts = {name: row[name] for name in TEXTS}
        deadline = (held + timedelta(days=row["days"])).isoformat()
        if not known:
            issue = self._insert(
                "issues",
                {
                    "county": county,
                    "id": row["id"],
                    "type": row["type"],
                    "owner": row["owner"],
                    "texts": json.dumps(texts, ensure_ascii=False, sort_keys=True),
                    "deadline": deadline,
                    "status": Status.OPEN.value,
                },
            )
            self._note(issue, exercise, held, Step.SEEN, None, Status.OPEN, "", "")
            done["new"].append(issue)
        else:
            issue, before = known[0]["number"], Status(known[0]["status"])
            self._move(issue, before, Step.SEEN, held, exercise=exercise)
            if before is Status.OPEN:
                done["again"].append(issue)
            else:
                self._connection.execute("UPDATE issues SET deadline = ? WHERE number = ?", (deadline, issue))
                done["reopened"].append(issue)
        self._insert(
            "sightings",
            {
                "exercise": exercise,
                "issue": issue,
                "seen": 1,
                **{name: row[name] for name in ("times", "minutes", "price", "found_s")},
                "evidence": json.dumps(row["evidence"], ensure_ascii=False, sort_keys=True),
            },
        )

    def _miss(self, exercise: int, record: RunRecord, ident: str, held: date, done: dict[str, list[int]]) -> None:
        county = record.exercise.county.id
        for row in self.rows("SELECT number, status FROM issues WHERE county = ? AND id = ?", county, ident):
            before = Status(row["status"])
            self._insert(
                "sightings",
                {"exercise": exercise, "issue": row["number"], "seen": 0, "times": 0, "minutes": 0.0, "evidence": "{}"},
            )
            if self._move(row["number"], before, Step.GONE, held, exercise=exercise) is not before:
                done["proposed"].append(row["number"])

    def close(self, issue: int, by: str, at: date, review: str = "") -> None:
        """Close an issue.

        Args:
            issue: Its number.
            by: Who closes it.
            at: When.
            review: What the review found.

        Raises:
            BadInput: If there is no such issue, nobody is named, or it is closed already.
        """
        if not by.strip():
            raise bad_input("--by", "an issue is closed by somebody", "a name")
        with self._all_or_nothing():
            self._move(issue, self._status(issue), Step.CLOSE, at, by=by, note=review)
            self._connection.execute(
                "UPDATE issues SET closed_by = ?, closed_at = ?, review = ? WHERE number = ?",
                (by, at.isoformat(), review, issue),
            )

    def reopen(self, issue: int, by: str, at: date, why: str = "") -> None:
        """Reopen an issue.

        Raises:
            BadInput: If there is no such issue, nobody is named, or it is open.
        """
        if not by.strip():
            raise bad_input("--by", "an issue is reopened by somebody", "a name")
        with self._all_or_nothing():
            self._move(issue, self._status(issue), Step.REOPEN, at, by=by, note=why)

    def _status(self, issue: int) -> Status:
        found = self.rows("SELECT status FROM issues WHERE number = ?", issue)
        if not found:
            last = self.rows("SELECT max(number) AS last FROM issues")[0]["last"]
            raise bad_input("ISSUE", f"no issue {issue}", f"1 to {last}" if last else "the ledger has no issue")
        return Status(found[0]["status"])

    def _move(
        self,
        issue: int,
        before: Status,
        step: Step,
        at: date,
        *,
        exercise: int | None = None,
        by: str = "",
        note: str = "",
    ) -> Status:
        status = after(before, step, f"issue {issue}")
        self._connection.execute("UPDATE issues SET status = ? WHERE number = ?", (status.value, issue))
        if status is Status.OPEN:
            self._connection.execute(
                "UPDATE issues SET closed_by = NULL, closed_at = NULL, review = NULL WHERE number = ?", (issue,)
            )
        self._note(issue, exercise, at, step, before, status, by, note)
        return status

    def _note(
        self,
        issue: int,
        exercise: int | None,
        at: date,
        step: Step,
        before: Status | None,
        status: Status,
        by: str,
        note: str,
    ) -> None:
        row = {"issue": issue, "exercise": exercise, "day": at.isoformat(), "step": step.value, "who": by, "note": note}
        self._insert("history", {**row, "was": None if before is None else before.value, "became": status.value})

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        done = self._connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
        return int(done.lastrowid or 0)

    def issues(self, status: str = "") -> list[dict[str, Any]]:
        """Return the issues with their texts and what they cost in all, by number.

        Args:
            status: Only those that stand there; all if empty.
        """
        found = self.rows(
            "SELECT issues.*, sum(seen) AS seen, sum(minutes) AS minutes, max(exercise * seen) AS last, "
            "min(CASE seen WHEN 1 THEN exercise END) AS first FROM issues JOIN sightings ON issue = number "
            "WHERE ? IN ('', status) GROUP BY issues.number ORDER BY issues.number",
            status,
        )
        return [{**row, **json.loads(row.pop("texts"))} for row in found]

    def exercises(self) -> list[dict[str, Any]]:
        """Return the exercises in their order."""
        return self.rows("SELECT * FROM exercises ORDER BY number")

    def progress(self) -> dict[int, dict[str, int]]:
        """Return what each exercise did: issues new, again, reopened, gone, and how many stood open after it."""
        found: dict[int, dict[str, int]] = {}
        status: dict[int, str] = {}
        steps = self.rows("SELECT * FROM history ORDER BY number")
        for row in self.exercises():
            found[row["number"]] = dict.fromkeys(("new", "again", "reopened", "gone", "open_after"), 0)
        for step in steps:
            status[step["issue"]] = step["became"]
            if step["exercise"] is None:
                continue
            counts = found[step["exercise"]]
            if step["step"] == Step.GONE:
                counts["gone"] += 1
            else:
                counts["new" if step["was"] is None else "again" if step["was"] == Status.OPEN else "reopened"] += 1
            counts["open_after"] = sum(one != Status.CLOSED for one in status.values())
        return found


TEXTS = ("problem", "evidence", "measure", "plan_change", "owner_name", "helper_names", "root_cause")
"""What is kept of a finding as texts."""


def owed_ids(record: RunRecord, card: Mapping[str, Any]) -> list[str]:
    """Return the ids of everything that an exercise could have shown, whether it did: what was owed in it at all."""
    rows = [one.row() for one in obligations(Index(record))]
    tried = [{**row, "at_s": row["limit_s"], "late_s": 1} for row in card["milestones"] if row["limit_s"] is not None]
    caps = [{"id": veto.id, "cap": veto.cap} for veto in record.exercise.rubric.vetoes]
    whole = {**card, "gaps": rows, "milestones": tried, "vetoes": caps}
    return [row["id"] for row in findings(record, whole)]


def _exercise(record: RunRecord, card: Mapping[str, Any], held: date, lead: str) -> dict[str, Any]:
    scenario = record.exercise.scenario
    return {
        "digest": record.digest,
        "scenario": scenario.id,
        "name_zh": scenario.name.zh,
        "name_en": scenario.name.en,
        "kind": scenario.hazard.kind,
        "county": record.exercise.county.id,
        "held": held.isoformat(),
        "lead": lead,
        "total": float(card["total"]),
        "band": card["band"],
        "response_speed": float(card["response_speed"]),
        "coordination": float(card["coordination"]),
        "loss": float(card["harm"]["actual"]),
        "gap_minutes": float(sum(gap["minutes"] for gap in card["gaps"])),
    }
