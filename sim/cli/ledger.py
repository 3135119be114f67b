"""The commands of the ledger: add an exercise, list, close, reopen, progress, calendar, export."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.tables import table_lines
from sim.errors import bad_input
from sim.show.ledger_words import (
    Rows,
    calendar_rows,
    change_rows,
    issue_rows,
    ledger_word,
    progress_rows,
    quarter_rows,
)

if TYPE_CHECKING:
    from sim.study.ledger import Ledger


IN_TERMINAL = (1, 0, 3, 4, 7, 8)
"""Columns of the form that a terminal has room for: problem, number, category, owner, deadline, status."""


def _day(text: str) -> date:
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise bad_input("--on", f"{text[:40]!r} is no day", "a day such as 2026-11-22") from error


def add(arguments: argparse.Namespace) -> int:
    """Add an exercise to the ledger."""
    from sim.assess.score import score
    from sim.play.runs import read_references
    from sim.record.folder import read_folder
    from sim.study.ledger import ledger
    from sim.study.price import read_prices

    folder = Path(arguments.folder)
    record = read_folder(folder)
    found = read_references(folder) if (folder / "references.json").exists() else None
    card = score(record, found, None, read_prices(folder, record))
    with ledger(Path(arguments.file), make=True) as book:
        done = book.add(record, card, _day(arguments.on), arguments.lead)
    counts = {name: len(getattr(done, name)) for name in ("new", "again", "reopened", "proposed")}
    print(ledger_word("added", arguments.lang, exercise=done.exercise, **counts))
    return 0


def show(arguments: argparse.Namespace) -> int:
    """List issues."""
    from sim.study.ledger import ledger

    with ledger(Path(arguments.file)) as book:
        issues = book.issues(arguments.status)
        rows = issue_rows(issues, _days(book), arguments.lang)
    _print([[row[column] for column in IN_TERMINAL] for row in rows], arguments.lang)
    return 0


def close(arguments: argparse.Namespace) -> int:
    """Close an issue."""
    from sim.study.ledger import ledger

    with ledger(Path(arguments.file)) as book:
        book.close(arguments.issue, arguments.by, _day(arguments.on), arguments.review)
    return _done(arguments, "closed")


def reopen(arguments: argparse.Namespace) -> int:
    """Reopen an issue."""
    from sim.study.ledger import ledger

    with ledger(Path(arguments.file)) as book:
        book.reopen(arguments.issue, arguments.by, _day(arguments.on), arguments.why)
    return _done(arguments, "open")


def progress(arguments: argparse.Namespace) -> int:
    """Show how issues went from exercise to exercise."""
    from sim.study.ledger import ledger

    with ledger(Path(arguments.file)) as book:
        _print(progress_rows(book.exercises(), book.progress(), arguments.lang), arguments.lang)
    return 0


def calendar(arguments: argparse.Namespace) -> int:
    """Show which domain is to be drilled when, and what each quarter covered."""
    from sim.study.ledger import ledger

    with ledger(Path(arguments.file)) as book:
        tables = _calendar(book, _day(arguments.on), arguments.lang)
    for rows in tables:
        _print(rows, arguments.lang)
        print()
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write the ledger as a workbook, or its issues as CSV; no text becomes a formula."""
    from sim.spec.script.cells import Sheet
    from sim.spec.script.table_write import write_csv, write_xlsx
    from sim.study.ledger import ledger

    out, lang = Path(arguments.out), arguments.lang
    if out.suffix not in (".xlsx", ".csv"):
        raise bad_input("--out", f"no table is written as {out.suffix!r}", ".xlsx or .csv")
    if out.exists() and not (arguments.force and out.is_file()):
        raise bad_input("--out", f"{out} is there already", "another name, or --force to write over it")
    with ledger(Path(arguments.file)) as book:
        issues = book.issues()
        tables = [
            ("issues", issue_rows(issues, _days(book), lang)),
            ("changes", change_rows(issues, lang)),
            ("progress", progress_rows(book.exercises(), book.progress(), lang)),
            *zip(("calendar", "coverage"), _calendar(book, _day(arguments.on), lang), strict=True),
        ]
    if out.suffix == ".csv":
        out.write_bytes(write_csv(tables[0][1]))
    else:
        out.write_bytes(write_xlsx([Sheet(ledger_word(name, lang), rows, _widths(rows)) for name, rows in tables]))
    print(f"{ledger_word('kept', lang)}: {out}")
    return 0


def _calendar(book: Ledger, today: date, lang: str) -> tuple[Rows, Rows]:
    from sim.study.ledger_calendar import DOMAINS, quarters
    from sim.study.ledger_calendar import calendar as due

    exercises = book.exercises()
    names = {one.lead: ledger_word(f"lead_{one.lead}", lang) for one in DOMAINS}
    domains = {one.id: one.name.in_language(lang) for one in DOMAINS}
    return calendar_rows(due(exercises, today), names, lang), quarter_rows(quarters(exercises), domains, lang)


def _days(book: Ledger) -> Mapping[int, str]:
    return {row["number"]: row["held"] for row in book.exercises()}


def _widths(rows: Rows) -> tuple[int, ...]:
    return tuple(min(50, max(8, *(2 * len(row[column]) for row in rows))) for column in range(len(rows[0])))


def _print(rows: Sequence[Sequence[Any]], lang: str) -> None:
    print("\n".join(table_lines(rows[0], rows[1:])) if len(rows) > 1 else ledger_word("empty", lang))


def _done(arguments: argparse.Namespace, status: str) -> int:
    lang = arguments.lang
    print(ledger_word("done", lang, issue=arguments.issue, status=ledger_word(status, lang)))
    return 0
