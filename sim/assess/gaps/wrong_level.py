"""``wrong_level`` 越权/缺位: who leads must be of the level of government that the judged grade asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from sim.assess.command import spells
from sim.assess.gaps.base import Gap, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.spec.county import LEVELS


def find(index: Index) -> Iterator[Gap]:
    """Find times, after the limit, in which a body of too low a level led, or of the county although nobody led."""
    grades = index.by_kind["grade.judged"]
    tiers = {one.id: one.tier for one in index.exercise.county.organizations}
    ended = index.first("response.ended")
    until_s = index.end_s if ended is None else ended.at_s
    command, superior = index.exercise.county.desk("command"), index.exercise.county.superior
    for grade, after in zip_longest(grades, grades[1:]):
        wanted = index.exercise.rules.command.leads_at(grade.data["grade"])
        highest = max(LEVELS.index(wanted), tiers[superior])  # the next level up comes first
        start_s = grade.at_s + index.rubric.gaps.wrong_level
        end_s = until_s if after is None else min(until_s, after.at_s)
        rightly = [one.start_s for one in spells(index.record.events) if tiers[one.leader] <= highest]
        end_s = min(end_s, min((at_s for at_s in rightly), default=end_s))
        if wanted == "county" or end_s <= start_s:
            continue
        knew = any(span.start_s <= start_s for span in index.held(superior, "incident/grade"))
        evidence = say("应由上级牵头指挥而未到位", "the level above should lead by the grade, and does not yet")
        yield Gap(
            f"wrong_level/{grade.subject}",
            "wrong_level",
            (superior, command),
            (command, superior),
            start_s,
            end_s,
            Root.DECISION if knew else Root.NOT_TOLD,
            (grade.seq,),
            evidence,
        )
