"""Rows of the report on what people did besides answering: orders, the trainer's steps, the evaluators' notes."""

from __future__ import annotations

from typing import Any

from sim.record.folder import RunRecord
from sim.record.journal import Entry, effective
from sim.show.act_words import act_words
from sim.show.names import Names

MOVES_OF_THE_CLOCK = ("start", "step", "run_to", "run_to_question")
"""Controls that the report leaves out: how the trainer moved the clock."""


def act_rows(record: RunRecord, names: Names) -> list[dict[str, Any]]:
    """Return one row for each order, inject and control; those taken back are marked."""
    counted = {entry.seq for entry in effective(record.journal)}
    return [
        {**_row(entry, names), "undone": entry.seq not in counted}
        for entry in record.journal
        if entry.kind in ("order", "inject", "control") and entry.choice not in MOVES_OF_THE_CLOCK
    ]


def note_rows(record: RunRecord, names: Names) -> list[dict[str, Any]]:
    """Return one row for each note, in the order of exercise time."""
    notes = sorted((entry for entry in record.journal if entry.kind == "note"), key=lambda entry: entry.at_s)
    return [_row(entry, names) for entry in notes]


def _row(entry: Entry, names: Names) -> dict[str, Any]:
    who = names.word("trainer") if entry.seat == "trainer" else names.capital(names.thing(entry.seat))
    return {"at_s": entry.at_s, "who": who, "what": act_words(entry, names), "reason": entry.reason}
