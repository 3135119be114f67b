"""What measures cost, what came too early or too late, and what was done after the hazard was over.

All of it is a pure function of the record. Early and late are not alike: a measure that was not needed costs hours of
people's lives, one that comes too late costs lives.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.assess.index import Index
from sim.assess.loss import priced, quantities
from sim.record.folder import RunRecord

MEASURES = ("displaced", "sheltered", "closure")
"""Parts of the loss that measures cause; all others are harm that the hazard does."""
WORKS = ("families", "remains", "environment", "psychology", "services")


class Foresight(NamedTuple):
    """A protective order, and when danger came.

    Attributes:
        place: Where.
        by: How people were to be protected.
        ordered_s: When it was ordered first, in seconds since the start; None if never.
        danger_s: When danger reached the place; None if it never did.
        lead_min: Minutes by which the order came before the danger; negative if it came after; None without either.
    """

    place: str
    by: str
    ordered_s: int | None
    danger_s: int | None
    lead_min: float | None


def foresight(index: Index) -> list[Foresight]:
    """Return how far ahead of the danger each order was, for inhabited places that had either."""
    found = []
    for place in index.exercise.county.places:
        danger = next((span.start_s for span in index.truth(f"{place.id}/danger") if span.value is True), None)
        ordered = index.first("protect.ordered", subject=place.id)
        if not index.exercise.present[place.id] or (danger is None and ordered is None):
            continue
        ordered_s = None if ordered is None else ordered.at_s
        lead = None if ordered_s is None or danger is None else round((danger - ordered_s) / 60, 1)
        by = "" if ordered is None else str(ordered.data["by"])
        found.append(Foresight(place.id, by, ordered_s, danger, lead))
    return found


def cost_of_measures(record: RunRecord) -> dict[str, float]:
    """Return what the measures cost beside what they were to prevent, in equivalents of one death.

    ``measures`` is the price of displacement, sheltering and closures, ``harm`` that of all else. The amounts behind
    them are person-hours and hours, under the names of the parts.
    """
    amounts = quantities(record)
    prices = priced(amounts, record.exercise.rubric.loss)
    cost = round(sum(prices[part] for part in MEASURES), 6)
    harm = round(sum(price for part, price in prices.items() if part not in MEASURES), 6)
    return {"measures": cost, "harm": harm, **{part: amounts[part] for part in MEASURES}}


def aftermath(index: Index) -> dict[str, int | float | None]:
    """Return what became of the aftermath: minutes from the end of the hazard until each work was done, None if never.

    ``ended_min`` is until the response was declared over, ``home_min`` until the first people were allowed home.
    """
    over = next((span.start_s for span in index.truth("incident/over") if span.value is True), None)

    def since(at_s: int | None) -> float | None:
        return None if over is None or at_s is None else round((at_s - over) / 60, 1)

    done = {event.data["work"]: event for event in reversed(index.by_kind["aftermath.done"])}
    ended, home = index.first("response.ended"), index.first("return.allowed")
    found: dict[str, int | float | None] = {
        f"{work}_min": since(done[work].at_s if work in done else None) for work in WORKS
    }
    found["people_of_families"] = done["families"].data["people"] if "families" in done else 0
    found["ended_min"] = since(None if ended is None else ended.at_s)
    found["home_min"] = since(None if home is None else home.at_s)
    return found


def in_the_dark(index: Index) -> list[float]:
    """Return for how many minutes each family did not know where its own was; until the end where nobody told it."""
    since = {person: event.at_s for event in index.by_kind["person.unnamed"] for person in event.data["persons"]}
    until = {event.subject: event.at_s for event in index.by_kind["person.named"]}
    return [round((until.get(person, index.end_s) - at_s) / 60, 1) for person, at_s in since.items()]
