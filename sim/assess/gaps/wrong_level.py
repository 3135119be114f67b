"""``wrong_level`` 越权/缺位: who leads must be of the level of government that the judged grade asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from sim.assess.command import spells
from sim.assess.gaps.base import By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.spec.county import LEVELS


def owed(index: Index) -> Iterator[Obligation]:
    """Yield, for each judged grade above what the county may lead, the duty of the level above to take the lead."""
    grades = index.by_kind["grade.judged"]
    if not grades:
        return
    tiers = {one.id: one.tier for one in index.exercise.county.organizations}
    ended = index.first("response.ended")
    over_s = index.end_s if ended is None else ended.at_s
    command, superior = index.exercise.county.desk("command"), index.exercise.county.superior
    led = spells(index.record.events)
    for grade, after in zip_longest(grades, grades[1:]):
        wanted = index.exercise.rules.command.leads_at(grade.data["grade"])
        if wanted == "county":
            continue
        highest = max(LEVELS.index(wanted), tiers[superior])  # the next level up comes first
        rightly = min((one for one in led if tiers[one.leader] <= highest), key=lambda one: one.start_s, default=None)
        due_s = grade.at_s + index.rubric.gaps.wrong_level
        knew = any(span.start_s <= due_s for span in index.held(superior, "incident/grade"))
        yield Obligation(
            f"wrong_level/{grade.subject}",
            "wrong_level",
            By.RULE,
            (superior, command),
            (command, superior),
            grade.at_s,
            due_s,
            None if rightly is None else max(grade.at_s, rightly.start_s),
            over_s if after is None else min(over_s, after.at_s),
            Root.DECISION if knew else Root.NOT_TOLD,
            (grade.seq,) if rightly is None else (grade.seq, rightly.seq),
            say("应由上级牵头指挥而未到位", "the level above should lead by the grade, and does not yet"),
        )
