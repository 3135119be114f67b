"""What caps the total of a score: reports held back or false, danger without an order to protect, and the like."""

from __future__ import annotations

from typing import Any

from sim.assess.index import Index
from sim.assess.reporting import CONCEALED, FALSE, duties
from sim.record.events import Event
from sim.spec.base import FactValue

RED = "red"
"""Color of a weather warning at which people in danger are moved (Emergency Response Law 2024 art. 63)."""


def vetoes(index: Index) -> list[dict[str, Any]]:
    """Return the caps of the rubric that a run has brought upon itself, with the source of each."""
    departments = {unit.id: None for unit in index.exercise.county.units}
    superior = index.exercise.county.superior
    verdicts = [duty.verdict for duty in duties(index)]
    found = {
        "false_report": FALSE in verdicts,
        "concealed_report": CONCEALED in verdicts,
        "never_reported": not any(event.data["to"] == superior for event in index.by_kind["report.made"]),
        "unprotected_entry": any(
            event.subject in departments and _knew_when_sending(index, event) for event in index.by_kind["unit.hurt"]
        ),
        "false_denial": any(
            event.data["tone"] == "deny" and index.true_value_at("incident/exists", event.at_s)
            for event in index.by_kind["release.published"]
        ),
        "never_protected": _never_protected(index),
        "order_withheld": _withheld(index),
    }
    return [
        {"id": veto.id, "cap": veto.cap, "source": veto.source.model_dump()}
        for veto in index.rubric.vetoes
        if found[veto.when]
    ]


def _struck(index: Index) -> list[str]:
    """Return the inhabited places that danger reached; where nobody lives, an order protects nobody."""
    return [
        place.id
        for place in index.exercise.county.places
        if place.people and any(span.value for span in index.truth(f"{place.id}/danger"))
    ]


def _never_protected(index: Index) -> bool:
    """Return whether danger reached inhabited places and nobody was ordered to safety in any of them.

    A village of which nobody learned that it is in danger is a gap of information, and costs what it costs.
    """
    struck = _struck(index)
    return bool(struck) and all(index.first("protect.ordered", subject=place) is None for place in struck)


def _withheld(index: Index) -> bool:
    """Return whether somebody who may order it knew of danger to people for so long, and nobody had ordered anything.

    Danger is a place with people in it that is dangerous, or a red weather warning; for the warning an order for any
    place will do.
    """
    ordered: dict[str, int] = {}
    for event in index.by_kind["protect.ordered"]:
        ordered.setdefault(event.subject, event.at_s)
    earliest, after = min(ordered.values(), default=None), index.rubric.withheld_after

    def withheld(body: str, key: str, value: FactValue, at_s: int | None) -> bool:
        known = [one for one in index.held(body, key) if one.value == value and one.end_s - one.start_s > after]
        return any(at_s is None or at_s > one.start_s + after for one in known)

    return any(
        withheld(body, "warning/color", RED, earliest)
        or any(withheld(body, f"{place}/danger", True, ordered.get(place)) for place in _struck(index))
        for body in index.exercise.rules.mandates.protect
    )


def _knew_when_sending(index: Index, hurt: Event) -> bool:
    """Return whether a department held that a place is dangerous when it sent a crew there that was hurt in it."""
    sent = [one for one in index.by_kind["task.assigned"] if one.data["unit"] == hurt.subject and one.seq < hurt.seq]
    sent_s = sent[-1].at_s if sent else hurt.at_s
    held = index.held(hurt.actor, f"{hurt.data['place']}/danger")
    return any(span.value is True and span.start_s <= sent_s < span.end_s for span in held)
