"""How the work was done, for the evaluation report: command, watch, plan, warnings and the aftermath."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.record.folder import RunRecord
from sim.show.blocks import Block, Heading, Para, Table
from sim.show.document_parts import capitals
from sim.show.names import Names
from sim.show.report_working import working

MEASURE_WIDTHS = (34, 24, 80)
"""Widths of name, value and meaning."""
WORD_WIDTH, NUMBER_WIDTH = 36, 23
"""Widths of a column of words and of one of numbers."""


def working_blocks(record: RunRecord, names: Names) -> list[Block]:
    """Return what the page in the browser shows in its section on command, watch, plan and warnings."""
    found = working(record, names)
    blocks: list[Block] = [Heading(2, names.word("doc_sec_working"))]
    heads = capitals((names.word(key) for key in ("measure", "value", "meaning")), names)
    for title, rows in found["measures"]:
        cells = [capitals(row, names) for row in rows]
        blocks.append(Table(names.capital(title), heads, cells, MEASURE_WIDTHS))
    for table in found["tables"]:
        if table["rows"]:
            blocks += [_counted(table, names), Para(table["hint"], "note")]
    return blocks


def _counted(table: Mapping[str, Any], names: Names) -> Table:
    words = table["words"]
    widths = [WORD_WIDTH if number < words else NUMBER_WIDTH for number in range(len(table["heads"]))]
    cells = [(*capitals(row[:words], names), *row[words:]) for row in table["rows"]]
    return Table(names.capital(table["title"]), capitals(table["heads"], names), cells, widths)
