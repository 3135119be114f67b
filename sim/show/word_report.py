"""The evaluation report and the one-page brief as Word documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.record.folder import RunRecord
from sim.show import report_scores
from sim.show.blocks import Block, Para, Picture
from sim.show.crew_ladder import with_ladder
from sim.show.document import evaluation_report
from sim.show.document_annexes import finding_cells
from sim.show.figures import drawn
from sim.show.names import Names
from sim.show.report_findings import practice_rows
from sim.show.word_write import word_bytes

BRIEF_ROWS = 3
"""Good practices and problems of a brief, each: it is one page."""


def report_docx(
    record: RunRecord,
    score: Mapping[str, Any],
    references: Mapping[str, Any] | None,
    lang: str,
    figures: Mapping[str, bytes] | None = None,
    crews: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the evaluation report of a run as a Word document.

    Args:
        record: The run.
        score: Its score card.
        references: The yardsticks' losses that the score card used, or None.
        lang: ``zh`` or ``en``.
        figures: Its figures by name, as :func:`sim.show.figures.drawn` gives them; drawn here when absent.
        crews: Where it stands among simulated crews, as ``ladder.json`` holds it; None for nothing about that.

    Raises:
        MissingGlyph: If a character in a figure cannot be drawn.
    """
    names = Names(record.exercise, lang)
    pictures = with_ladder(drawn(record, names.lang, score) if figures is None else figures, crews, names.lang)
    return _bytes(evaluation_report(record, score, references, names, crews), pictures, names, "report")


def brief_docx(record: RunRecord, score: Mapping[str, Any], lang: str) -> bytes:
    """Return the brief of a run, one page for leaders, as a Word document.

    Args:
        record: The run.
        score: Its score card.
        lang: ``zh`` or ``en``.

    Raises:
        MissingGlyph: If a character in its figure cannot be drawn.
    """
    from sim.show.figures import figure_png

    names = Names(record.exercise, lang)
    pictures = {"dimensions": figure_png(record, "dimensions", names.lang, 160, score)}
    return _bytes(brief(record, score, names), pictures, names, "brief")


def _bytes(blocks: list[Block], pictures: Mapping[str, bytes], names: Names, kind: str) -> bytes:
    scenario = names.exercise.scenario
    title = f"{names.word('mark')} {scenario.name.in_language(names.lang)} {names.word(kind)}"
    return word_bytes(blocks, pictures, names.lang, names.word("mark_long"), title, scenario.starts_at)


def brief(record: RunRecord, score: Mapping[str, Any], names: Names) -> list[Block]:
    """Return the brief as blocks: result, what was done well, main problems, what next."""
    word, lang = names.word, names.lang
    head = report_scores.headline(record, score, names)
    name = names.capital(record.exercise.scenario.name.in_language(lang))
    result = word(
        "doc_score",
        total=head["total"],
        band=head["band"],
        speed=head["response_speed"],
        coordination=head["coordination"],
    )
    colon, stop = ("：", "。") if lang == "zh" else (": ", ". ")
    blocks: list[Block] = [
        Para(f"{word('mark')}{word('brief')}", "mark"),
        Para(name, "title"),
        Para(f"{result}{'' if lang == 'zh' else ' '}{head['milestones']}{stop}{head['gaps']}{stop}".strip(), "lead"),
        Picture("dimensions", ""),
        Para(word("brief_good"), "label"),
    ]
    for number, (kind, text) in enumerate(practice_rows(record, score, names)[:BRIEF_ROWS], 1):
        blocks.append(Para(f"{number}. {kind}{colon}{text}", "lead"))
    rows = finding_cells(record, score, names)[:BRIEF_ROWS]
    blocks.append(Para(word("brief_bad"), "label"))
    for row in rows:
        blocks.append(Para(f"{row[0]}. {row[1]} ({row[12]})", "lead"))
    blocks.append(Para(word("brief_next"), "label"))
    for row in rows:
        blocks.append(Para(f"{row[0]}. {row[4]}{colon}{row[6]} ({row[7]})", "lead"))
    return blocks
