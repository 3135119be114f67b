"""The report: one HTML file that needs nothing else, for the screen and for paper."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from sim.assess.index import Index
from sim.record.folder import RunRecord
from sim.show import (
    document_parts,
    report_counsel,
    report_findings,
    report_information,
    report_people,
    report_prices,
    report_reporting,
    report_resources,
    report_runs,
    report_scores,
    report_supplies,
    report_working,
)
from sim.show.crew_ladder import ladder_table, with_ladder
from sim.show.figures import FIGURES, drawn, figure_png
from sim.show.names import SEATS, Names, clock
from sim.show.page import page
from sim.show.style import organization_color

__all__ = ["FIGURES", "figure_png", "report_html"]

NOTES = ("how_1", "how_2", "how_3", "how_4", "how_5", "how_6")
"""The notes on how to read a report, in order."""


def _uri(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{b64encode(data).decode('ascii')}"


def _gaps(score: Mapping[str, Any], names: Names) -> dict[str, Any]:
    return {
        "gap_types": report_scores.gap_types(score, names),
        "gaps": report_scores.gap_rows(score, names),
        "top_gaps": report_scores.TOP_GAPS,
        "prices": report_prices.price_table(score, names),
    }


def report_html(
    record: RunRecord,
    score: Mapping[str, Any],
    references: Mapping[str, Any] | None,
    lang: str,
    figures: Mapping[str, bytes] | None = None,
    crews: Mapping[str, Any] | None = None,
) -> str:
    """Return the report of a run as one HTML document.

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
    messages = report_runs.message_rows(record, names)
    pictures = with_ladder(drawn(record, names.lang, score) if figures is None else figures, crews, names.lang)
    return page(
        "report.html.j2",
        lang="zh-CN" if names.lang == "zh" else "en",
        w=names.word,
        t=names.moment,
        clock=clock,
        local=names.local,
        title=record.exercise.scenario.name.in_language(names.lang),
        facts=report_scores.facts_of_run(record, references, names),
        head=report_scores.headline(record, score, names),
        figures={name: _uri("image/png", data) for name, data in pictures.items()},
        milestones=report_scores.milestone_rows(score, names),
        information=report_information.measure_rows(record, names),
        reporting=report_reporting.reporting(Index(record), names),
        resources=report_resources.resource_table(record, names),
        supplies=report_supplies.supplies_table(record, names),
        bottlenecks=report_information.bottleneck_rows(record, names),
        working=report_working.working(record, names),
        counsel=report_counsel.counsel_tables(record, names),
        **_gaps(score, names),
        decisions=report_runs.decision_rows(record, score["decisions"], names),
        harm=report_scores.harm_rows(score, names),
        ladder=ladder_table(crews, names),
        **document_parts.score_tables(score, names),
        **report_findings.judged(record, score, names),
        objectives=report_scores.objective_rows(record, score, names),
        acts=report_people.act_rows(record, names),
        people_notes=report_people.note_rows(record, names),
        injects=report_runs.inject_rows(record, names),
        messages=messages,
        message_summary=report_runs.message_summary(messages, names),
        notes=[names.word(note) for note in NOTES],
        colors={seat: organization_color(seat) for seat in SEATS},
    )
