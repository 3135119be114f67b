"""``unprotected_entry`` 安全缺口: nobody may enter danger without protection; the crew is missing from then on."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say


def owed(index: Index) -> Iterator[Obligation]:
    """Yield crews of departments that were hurt by what they entered."""
    departments = {unit.id: unit.department for unit in index.exercise.county.units}
    for hurt in index.by_kind["unit.hurt"]:
        if hurt.subject not in departments:
            continue
        key = f"{hurt.data['place']}/danger"
        knew = any(span.value is True and span.start_s <= hurt.at_s for span in index.held(hurt.actor, key))
        yield Obligation(
            f"unprotected_entry/{hurt.subject}",
            "unprotected_entry",
            By.ACT,
            (hurt.actor,),
            None,
            hurt.at_s,
            hurt.at_s,
            None,
            index.end_s,
            Root.DECISION if knew else Root.NOT_TOLD,
            (hurt.seq,) if hurt.cause is None else (hurt.cause, hurt.seq),
            say(
                "{unit}无防护进入危险区（{place}），人员受伤",
                "the crew of {unit} was hurt by entering the danger without protection: {place}",
                unit=index.words.thing(hurt.subject),
                place=index.words.thing(hurt.data["place"]),
            ),
        )
