"""What each seat did, and each member of the group in it: for a class that is told who decided what, and how it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.actors.policies import POLICIES
from sim.play.forward import REFERENCE
from sim.play.group import Round, rounds
from sim.play.questions import NO_ANSWER
from sim.record.disk import write_atomic
from sim.record.folder import RunRecord
from sim.record.journal import effective
from sim.record.view import view
from sim.serve.words import say
from sim.show.names import Names
from sim.spec.script.table_write import write_csv

FILE = "groups.csv"
"""File of a run folder with the results."""
COLUMNS = ("asked", "given", "united", "like_expert", "points", "in_time", "gap_minutes")
"""What a row tells besides who, each with words ``result_*``."""


def results(
    record: RunRecord, card: Mapping[str, Any], seats: Sequence[str], joined: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return a row for each seat of persons, followed by one for each of its members.

    Args:
        record: The run.
        card: Its score card.
        seats: The seats that persons took.
        joined: How many members joined each seat, where they decided together.

    Returns:
        ``seat``; ``member``, empty for the seat; ``asked``: questions; ``given``: how many of them the seat answered,
        or the member had a proposal to; ``united``: share of the members' proposals that were the answer, of a member
        his own; ``like_expert``: share of what was given that the policy ``expert`` chooses on the same view;
        ``points`` and ``out_of`` of milestones, ``in_time`` and ``owed`` obligations and ``gap_minutes`` counted, of
        the seat alone. None where there is nothing to take a share of.
    """
    entries = effective(record.journal)
    by_seat = {row["id"]: row for row in card["bodies"]}
    rows = []
    for seat in seats:
        asked = [one for one in rounds(entries, seat) if one.answer is not None]
        best = [_expert(record, one) for one in asked]
        given = [one.answer.choice or NO_ANSWER if one.answer else NO_ANSWER for one in asked]
        members = [str(number + 1) for number in range(joined.get(seat, 0))]
        everybody = [
            (choice, answer)
            for one, answer in zip(asked, given, strict=True)
            for member, choice in one.proposed.items()
            if member in members
        ]
        body = by_seat.get(seat, {})
        rows.append(
            {
                **_row(seat, "", len(asked), [(g, b) for g, b in zip(given, best, strict=True) if g != NO_ANSWER]),
                "united": _share(everybody),
                **{name: body.get(name) for name in ("points", "out_of", "in_time", "owed")},
                "gap_minutes": body.get("counted_minutes"),
            }
        )
        for member in members:
            own = [
                (one.proposed[member], g, b)
                for one, g, b in zip(asked, given, best, strict=True)
                if member in one.proposed
            ]
            rows.append(
                {
                    **_row(seat, member, len(asked), [(choice, b) for choice, _, b in own]),
                    "united": _share([(choice, g) for choice, g, _ in own]),
                    **dict.fromkeys(("points", "out_of", "in_time", "owed", "gap_minutes")),
                }
            )
    return rows


def _row(seat: str, member: str, asked: int, given: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"seat": seat, "member": member, "asked": asked, "given": len(given), "like_expert": _share(given)}


def _share(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return the share of pairs whose two are alike."""
    return round(sum(one == other for one, other in pairs) / len(pairs), 3) if pairs else None


def _expert(record: RunRecord, one: Round) -> str:
    """Return what the reference policy chooses at a question on the view on which it was answered."""
    point = next(point for point in record.exercise.scenario.pause_points if point.id == one.key.partition("#")[0])
    assert one.answer is not None
    seen = view(record.events, one.answer.seat, one.answer.at_s)
    return POLICIES[REFERENCE].choose(point, {row["fact"]: row["value"] for row in seen.picture}.get) or NO_ANSWER


def result_table(rows: Sequence[Mapping[str, Any]], names: Names) -> dict[str, Any]:
    """Return results in words: ``head`` and ``rows`` of texts, each row with whether it is a seat's."""
    lang = names.lang
    head = [say("result_seat", lang), say("result_member", lang), *(say(f"result_{name}", lang) for name in COLUMNS)]
    return {"head": head, "rows": [{"seat": not row["member"], "cells": _cells(row, names)} for row in rows]}


def _cells(row: Mapping[str, Any], names: Names) -> list[str]:
    def of(name: str, whole: str) -> str:
        return "" if row[name] is None else f"{row[name]:g} / {row[whole]:g}"

    def share(name: str) -> str:
        return "" if row[name] is None else f"{row[name]:.0%}"

    minutes = "" if row["gap_minutes"] is None else f"{row['gap_minutes']:.0f}"
    return [
        names.thing(row["seat"]),
        row["member"],
        str(row["asked"]),
        str(row["given"]),
        share("united"),
        share("like_expert"),
        of("points", "out_of"),
        of("in_time", "owed"),
        minutes,
    ]


def write_results(folder: Path, rows: Sequence[Mapping[str, Any]], names: Names) -> None:
    """Write results beside the record, for a spreadsheet.

    Raises:
        OSError: If they cannot be written.
    """
    table = result_table(rows, names)
    write_atomic(folder / FILE, write_csv([table["head"], *(row["cells"] for row in table["rows"])]))
