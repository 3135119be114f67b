"""What can stand in the fields of orders on counsel and care: experts, the adviser, hospitals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.record.view import View
from sim.show.names import Names

FIELDS = ("field", "question", "hospital", "steps")
"""Fields whose choices stand here; ``hospital`` is the place of an order to open beds."""


def counsel_choices(name: str, given: Mapping[str, Any], view: View, names: Names) -> list[tuple[str, str]]:
    """Return what can stand in a field, with its words.

    Args:
        name: One of :data:`FIELDS`.
        given: The fields that were chosen.
        view: The seat's view.
        names: Names of the exercise in a language.
    """
    county = names.exercise.county
    steps = {one.hospital: len(one.steps) for one in county.surges}
    if name == "field":
        return [(one, names.coded("field", one)) for one in dict.fromkeys(one.field for one in county.experts)]
    if name == "question":
        return [(row["question"], names.question(row["question"]).in_language(names.lang)) for row in view.advice]
    if name == "hospital":
        return [(hospital, names.thing(hospital)) for hospital in steps]
    return [(str(step), "") for step in range(1, steps.get(str(given["at"]), 0) + 1)]
