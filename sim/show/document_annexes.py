"""The five annexes of the evaluation report: ledger, script as run, message log, seats, score form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.assess.findings import findings
from sim.record.folder import RunRecord
from sim.show import report_runs
from sim.show.blocks import Block, Heading, Para, Table, Turn
from sim.show.document_parts import capitals, milestone_table
from sim.show.names import Names, clock

LEDGER = (
    "no_dot", "finding", "finding_evidence", "finding_category", "finding_owner", "finding_helpers", "finding_measure",
    "finding_days", "finding_status", "closed_by", "closed_at", "review",
)  # fmt: skip
"""Heads of the ledger (问题台账), by their words."""
LOG = ("no_dot", "from", "to", "kind", "content", "channel", "composed", "sent", "delivered", "read", "acknowledged")


def heads(names: Names, *keys: str) -> tuple[str, ...]:
    """Return the words of heads."""
    return capitals((names.word(key) for key in keys), names)


def finding_cells(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[tuple[str, ...]]:
    """Return the rows of the ledger, with the root cause behind its twelve columns."""
    lang = names.lang
    rows: list[tuple[str, ...]] = []
    for number, row in enumerate(findings(record, score), 1):
        spent = names.word(
            "times_minutes", at=names.moment(row["found_s"]), times=row["times"], minutes=f"{row['minutes']:.0f}"
        )
        if row["price"] is not None:
            spent += "\n" + names.word("finding_price", price=f"{row['price']:.2f}")
        evidence = row["evidence"][lang] if row["type"] == "veto" else f"{spent}\n{row['evidence'][lang]}"
        rows.append(
            (
                str(number),
                names.capital(row["problem"][lang]),
                evidence,
                names.capital(names.coded("gap", row["type"])),
                names.capital(row["owner_name"][lang]),
                ("、" if lang == "zh" else ", ").join(one[lang] for one in row["helper_names"]) or "—",
                names.capital(row["measure"][lang]),
                names.word("days", days=row["days"]),
                names.capital(names.coded("status", row["status"])),
                row["closed_by"] or "",
                row["closed_at"] or "",
                row["review"] or "",
                names.capital(names.coded("cause", row["root_cause"])),
            )
        )
    return rows


def message_cells(record: RunRecord, names: Names) -> list[tuple[str, ...]]:
    """Return the rows of the message log."""
    rows = []
    for number, row in enumerate(report_runs.message_rows(record, names), 1):
        channel = row["channel"] + (f" ×{row['attempts']}" if row["attempts"] > 1 else "")
        steps = ("sent", "delivered", "read", "acknowledged")
        times = [clock(row[step]) if step in row else "—" for step in steps]
        cells = (row["from"], row["to"], row["kind"], row["says"], channel or "—", clock(row["composed"]), *times)
        rows.append((str(number), *cells))
    return rows


def all_annexes(
    record: RunRecord, score: Mapping[str, Any], ledger: list[tuple[str, ...]], names: Names
) -> list[Block]:
    """Return the annexes, each on a new page; the three wide ones on pages on their side."""
    word = names.word
    listed = [Para(word(f"doc_annex_{number}"), "item") for number in range(1, 6)]
    wide = (10, 42, 50, 20, 24, 24, 50, 16, 14, 14, 16, 16)
    log = Table(
        "", heads(names, *LOG), message_cells(record, names), (9, 24, 24, 14, 84, 22, 15, 15, 15, 15, 15), small=True
    )
    return [
        Heading(1, word("doc_annexes")),
        *listed,
        Turn(sideways=True),
        Heading(1, word("doc_annex_1")),
        Table("", heads(names, *LEDGER), [row[:12] for row in ledger], wide, small=True),
        Turn(sideways=True),
        Heading(1, word("doc_annex_2")),
        _script(record, names),
        Turn(sideways=True),
        Heading(1, word("doc_annex_3")),
        log,
        Turn(sideways=True),
        Heading(1, word("doc_annex_4")),
        _seats(record, names),
        Turn(sideways=True),
        Heading(1, word("doc_annex_5")),
        milestone_table(score, names, small=True),
        Turn(sideways=True),
    ]


def _script(record: RunRecord, names: Names) -> Table:
    rows = []
    for row in report_runs.inject_rows(record, names):
        own = (row["id"], row["planned"], row["from"], row["text"], row["expected"], row["responsible"])
        times = (row["note"], "—") if row["note"] else (names.moment(row["delivered"]), names.moment(row["read"]))
        rows.append((*(own if row["first"] else ("", "", "", "", "", "")), row["to"], *times))
    keys = ("inject", "planned", "from", "text", "expected", "unit", "to", "delivered", "read")
    return Table("", heads(names, *keys), rows, (22, 20, 20, 70, 50, 22, 22, 20, 16), small=True)


def _seats(record: RunRecord, names: Names) -> Table:
    players = record.meta.get("players") or {}
    rows = []
    for number, one in enumerate((one for one in record.exercise.county.organizations if one.seat), 1):
        player = str(players.get(one.id, record.meta.get("policy", "")))
        by = names.word("person") if player == "person" else names.coded("policy", player)
        rows.append((str(number), names.capital(names.thing(one.id)), names.capital(by)))
    return Table("", heads(names, "no_dot", "seat", "played_by"), rows, (12, 60, 60))
