"""The run as a workbook for Excel and WPS: ledger as proposed, message log, score form, gaps. Cells hold texts only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.record.folder import RunRecord
from sim.show import report_scores
from sim.show.document_annexes import LEDGER, LOG, finding_cells, heads, message_cells
from sim.show.document_parts import milestone_table
from sim.show.names import Names
from sim.spec.script.cells import Sheet
from sim.spec.script.table_write import write_csv, write_xlsx


def report_sheets(record: RunRecord, score: Mapping[str, Any], lang: str) -> list[Sheet]:
    """Return the sheets of a run's workbook.

    Args:
        record: The run.
        score: Its score card.
        lang: ``zh`` or ``en``.
    """
    names = Names(record.exercise, lang)
    ledger = [row[:12] for row in finding_cells(record, score, names)]
    form = milestone_table(score, names, small=True)
    return [
        _sheet(names, "sheet_ledger", LEDGER, ledger, (6, 34, 40, 16, 16, 18, 36, 10, 10, 10, 12, 14)),
        _sheet(names, "sheet_messages", LOG, message_cells(record, names), (6, 18, 18, 10, 60, 16, 10, 10, 10, 10, 10)),
        Sheet(names.word("sheet_score"), (tuple(form.heads), *map(tuple, form.rows)), (6, 24, 12, 12, 14, 14, 20, 50)),
        _sheet(names, "sheet_gaps", _GAPS, _gap_cells(score, names), (6, 20, 26, 26, 10, 10, 10, 20, 50, 10)),
    ]


_GAPS = (
    "no_dot", "type", "units", "from_to_link", "begins", "ends", "minutes", "root_cause", "evidence", "price",
)  # fmt: skip


def _sheet(names: Names, title: str, keys: tuple[str, ...], rows: Any, widths: tuple[int, ...]) -> Sheet:
    return Sheet(names.word(title), (heads(names, *keys), *map(tuple, rows)), widths)


def _gap_cells(score: Mapping[str, Any], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(row["number"]),
            names.capital(row["type"]),
            row["units"],
            row["link"] or "—",
            names.moment(row["start_s"]),
            names.moment(row["end_s"]),
            row["minutes"],
            names.capital(row["cause"]),
            row["evidence"],
            row["price"],
        )
        for row in report_scores.gap_rows(score, names)
    ]


def report_xlsx(record: RunRecord, score: Mapping[str, Any], lang: str) -> bytes:
    """Return the workbook of a run; see :func:`report_sheets`."""
    return write_xlsx(report_sheets(record, score, lang))


def report_csv(record: RunRecord, score: Mapping[str, Any], lang: str) -> dict[str, bytes]:
    """Return the ledger and the message log of a run as CSV files, by name without ending."""
    ledger, messages, *_ = report_sheets(record, score, lang)
    return {"ledger": write_csv(ledger.rows), "messages": write_csv(messages.rows)}
