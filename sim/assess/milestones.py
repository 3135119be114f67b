"""Milestones: when the response reached each point, against its limit. What never came is censored, never dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.assess.index import Index
from sim.errors import Problem
from sim.record.events import KINDS, Event
from sim.spec.base import Text
from sim.spec.load import Exercise
from sim.spec.reporting import in_force, same_duty
from sim.spec.rubric import Match, Milestone


def milestones(index: Index) -> list[dict[str, Any]]:
    """Return one row for each milestone of the rubric: limit, time, lateness and points.

    A milestone whose duty never arose has ``out_of`` 0 and no limit: nothing came that it answers, its rule's fact
    never became so, or the plan has none of the tasks that it scores, or no order of its kind, and no objective of the
    scenario names it.
    """
    events = {milestone.id: _first(index, milestone) for milestone in index.rubric.milestones}
    rows = []
    for milestone in index.rubric.milestones:
        event = events[milestone.id]
        start = _start(index, milestone, events)
        at_s = None if event is None else event.at_s
        allowance = _allowance(index, milestone)
        limit_s = None if start is None else start + allowance
        share = _share(at_s, limit_s, allowance, index.rubric.late_curve)
        out_of = 0.0 if limit_s is None else milestone.points
        rows.append(
            {
                "id": milestone.id,
                "dimension": milestone.dimension,
                "limit_s": limit_s,
                "at_s": at_s,
                "late_s": None if at_s is None or limit_s is None else max(0, at_s - limit_s),
                "censored": at_s is None and limit_s is not None,
                "points": round(out_of * share, 3),
                "out_of": out_of,
                "source": _source(index, milestone).model_dump(),
                "event": None if event is None else event.seq,
            }
        )
    return rows


def check_kinds(exercise: Exercise) -> list[Problem]:
    """Return the milestones that look for a kind of event that no run ever leaves."""
    name = next(source.name for source in exercise.sources if source.kind == "rubric")
    return [
        Problem(name, f"milestones.{number}.match", f"no event is of the kind {match.kind!r}", ", ".join(sorted(KINDS)))
        for number, milestone in enumerate(exercise.rubric.milestones)
        for match in (*milestone.match, *milestone.arises)
        if match.kind not in KINDS
    ]


def _share(at_s: int | None, limit_s: int | None, allowance: int, at_twice: float) -> float:
    """Return the share of the points: all in time, falling to ``at_twice`` at twice the limit, then none."""
    if at_s is None or limit_s is None:
        return 0.0
    late = at_s - limit_s
    if late <= 0:
        return 1.0
    if allowance == 0 or late > allowance:
        return 0.0
    return 1 - (1 - at_twice) * late / allowance


def _first(index: Index, milestone: Milestone) -> Event | None:
    found = [event for match in milestone.match if (event := _first_match(index, match)) is not None]
    return min(found, key=lambda event: event.seq, default=None)


def _first_match(index: Index, match: Match) -> Event | None:
    for event in index.by_kind.get(match.kind, []):
        if match.fits(event.kind, event.actor, event.subject, _told(index, match, event)):
            return event
    return None


def _told(index: Index, match: Match, event: Event) -> Mapping[str, Any]:
    """Return what an event says; a report under another row for the duty that is looked for counts as one."""
    wanted = match.data.get("rule")
    if event.kind == "report.made" and isinstance(wanted, str):
        return {**event.data, "rule": wanted} if same_duty(index.exercise, wanted, event.data["rule"]) else event.data
    return event.data


def _start(index: Index, milestone: Milestone, events: dict[str, Event | None]) -> int | None:
    """Return when the limit of a milestone begins to run, or None where its duty never arose.

    A limit that runs from another milestone runs from that one's limit if it was never reached.
    """
    if not _applies(index, milestone):
        return None
    if milestone.since is not None:
        earlier = next(other for other in index.rubric.milestones if other.id == milestone.since)
        reached = events[earlier.id]
        if reached is not None:
            return reached.at_s
        start = _start(index, earlier, events)
        return None if start is None else start + _allowance(index, earlier)
    if milestone.rule is None:
        return 0
    rule = in_force(index.exercise, milestone.rule)
    truth = [span.start_s for span in index.truth(rule.fact) if span.value is not False]
    known = [span.start_s for span in index.held(rule.sender, rule.fact) if span.value is not False]
    if rule.starts == "known" and known:
        return known[0]
    return truth[0] if truth else None


def _applies(index: Index, milestone: Milestone) -> bool:
    if milestone.arises and not any(_first_match(index, match) for match in milestone.arises):
        return False
    if any(milestone.id in objective.milestones for objective in index.exercise.scenario.objectives):
        return True
    tasks = index.exercise.plan.tasks
    if milestone.order is not None and not any(one.do == milestone.order for task in tasks for one in task.orders):
        return False
    return not milestone.tasks or any(task.id in milestone.tasks for task in tasks)


def _allowance(index: Index, milestone: Milestone) -> int:
    own = index.exercise.plan.limits.get(milestone.id)
    if own is not None:
        return own
    if milestone.within is not None:
        return milestone.within
    assert milestone.rule is not None
    return in_force(index.exercise, milestone.rule).within


def _source(index: Index, milestone: Milestone) -> Text:
    if milestone.rule is None:
        return milestone.source
    return index.words.cited(in_force(index.exercise, milestone.rule))
