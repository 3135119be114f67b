"""Rows of the report on counsel and care: joint consultations, and hospitals that were short of room."""

from __future__ import annotations

from typing import Any

from sim.assess.advice import advised, summary
from sim.assess.consultations import Consulted, consultations
from sim.assess.hospitals import rooms
from sim.record.folder import RunRecord
from sim.show.counted import counted_table
from sim.show.names import Names


def counsel_tables(record: RunRecord, names: Names) -> list[dict[str, Any]]:
    """Return the tables on counsel and care, as :func:`sim.show.report_information.bottleneck_rows` does its own."""
    return [_consultations(record, names), _advice(record, names), _hospitals(record, names)]


def _consultations(record: RunRecord, names: Names) -> dict[str, Any]:
    rows = [_consulted(one, names) for one in consultations(record.events)]
    heads = ("convened_by", "invited", "missing", "judged_together", "held_at", "attendance", "newly_learned")
    return counted_table("consultations", heads, rows, names, words=4)


def _consulted(one: Consulted, names: Names) -> list[str]:
    return [
        names.thing(one.convener),
        names.things(list(one.invited)),
        names.things(list(one.missing)) or names.word("nobody"),
        "—" if one.grade is None else names.word("grade_level", grade=one.grade),
        names.moment(one.held_s),
        "—" if one.attendance is None else f"{100 * one.attendance:.0f} %",
        str(sum(len(facts) for facts in one.learned.values())),
    ]


def _advice(record: RunRecord, names: Names) -> dict[str, Any]:
    rows = [
        [
            names.thing(one.seat),
            names.question(one.question).in_language(names.lang),
            names.options(one.question).get(one.option, "—"),
            names.word("advice_sound" if one.sound else "advice_unsound"),
            f"{one.confidence_pct} %",
            names.moment(one.given_s),
            names.moment(one.checked_s),
            names.moment(one.followed_s),
        ]
        for one in advised(record.events)
    ]
    heads = ("unit", "question", "advised", "followed_from", "confidence", "given_at", "checked_at", "followed_at")
    table = counted_table("advice", heads, rows, names, words=4)
    share = summary(record.events)["checked_before"]
    told = "—" if share is None else f"{100 * share:.0f} %"
    return {**table, "hint": names.word("advice_hint", share=told)}


def _hospitals(record: RunRecord, names: Names) -> dict[str, Any]:
    rows = [
        [
            names.thing(room.hospital),
            str(room.admitted),
            str(room.waited),
            f"{room.waited_s / 60:.0f}",
            f"{room.longest_s / 60:.0f}",
            str(room.moved),
            str(room.bays),
            str(room.beds),
            str(room.refused),
        ]
        for room in rooms(record.events)
    ]
    heads = (
        "hospital", "admitted", "had_to_wait", "waited_min", "longest_min", "moved_on", "bays_opened", "beds_opened",
        "surge_refused",
    )  # fmt: skip
    return counted_table("hospitals", heads, rows, names)
