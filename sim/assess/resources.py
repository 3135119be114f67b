"""Resources: what every unit did with its time, where units were short, and where they stood idle meanwhile.

All of it is computed from the record alone. Times are seconds since the start.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.duty_shift import hours_on_duty
from sim.spec.registry import BY_NAME

STATUSES = ("absent", "idle", "turnout", "travelling", "waiting", "working", "resting", "posted", "hurt")
"""What a unit can be at: not in the county yet; ready for a task; getting ready to leave; on its way; held up on its
task; at work; at rest; left as a post when its task was done; its crew hurt. It is at one of them at any moment."""
_BECOMES = {
    "unit.free": "idle",
    "task.assigned": "turnout",
    "unit.left": "travelling",
    "unit.arrived": "working",
    "task.waiting": "waiting",
    "task.working": "working",
    "unit.resting": "resting",
    "unit.rested": "working",
    "task.done": "posted",  # until the unit is free, which is the same instant unless it stays as a post
    "unit.hurt": "hurt",
    "task.failed": "hurt",
}


class Stay(NamedTuple):
    """A stretch of time that a unit is at one thing, from ``start_s`` to ``end_s``, with its task if it has one."""

    status: str
    start_s: int
    end_s: int
    task: str = ""


class Short(NamedTuple):
    """A task that had to wait for a unit.

    Attributes:
        task: Id of the task.
        by: Department that was short.
        kind: What is to be done.
        start_s: Since when it waited.
        end_s: Until when; the end of the run if no unit came.
    """

    task: str
    by: str
    kind: str
    start_s: int
    end_s: int


def stays(record: RunRecord) -> dict[str, list[Stay]]:
    """Return what each unit did from the start to the end of the run, stretch by stretch, without gaps."""
    crew: dict[str, str] = {}
    now: dict[str, Stay] = {}
    found: dict[str, list[Stay]] = {}
    for event in record.events:
        status = _BECOMES.get(event.kind)
        if status is None:
            continue
        is_unit = event.kind.startswith("unit.")
        unit = event.subject if is_unit else event.data.get("unit") or crew.get(event.subject, "")
        if not unit:
            continue  # a task that has no unit yet
        task = event.data.get("task", now[unit].task if unit in now else "") if is_unit else event.subject
        if not is_unit:
            crew[task] = unit
        before = now.get(unit, Stay("absent", 0, 0))
        if before.status == "hurt":
            continue
        _end(found.setdefault(unit, []), before, event.at_s)
        now[unit] = Stay(status, event.at_s, event.at_s, "" if status in ("idle", "posted", "hurt") else task)
    for unit, last in now.items():
        _end(found[unit], last, record.events[-1].at_s)
    return found


def _end(done: list[Stay], stay: Stay, at_s: int) -> None:
    """Add a stretch that is over; one that goes on in the same way is made longer instead."""
    last = done[-1] if done else None
    if at_s == stay.start_s:
        return
    if last is not None and (last.status, last.task) == (stay.status, stay.task):
        done[-1] = last._replace(end_s=at_s)
    else:
        done.append(stay._replace(end_s=at_s))


def seconds_by_status(found: dict[str, list[Stay]]) -> dict[str, dict[str, int]]:
    """Return the seconds of each unit by status; those of a unit sum to the length of the run."""
    return {
        unit: {status: sum(stay.end_s - stay.start_s for stay in own if stay.status == status) for status in STATUSES}
        for unit, own in found.items()
    }


def shortages(record: RunRecord) -> list[Short]:
    """Return the tasks that had to wait for a unit, because all that could do them were promised to others."""
    kinds: dict[str, str] = {}
    open_: dict[str, Event] = {}
    found: list[Short] = []
    for event in record.events:
        if event.kind == "task.identified":
            kinds[event.subject] = event.data["task"]
        elif event.kind == "task.waiting" and event.data["what"] == "unit":
            open_[event.subject] = event
        elif event.kind == "task.assigned" and event.subject in open_:
            found.append(_short(open_.pop(event.subject), kinds, event.at_s))
    found += [_short(event, kinds, record.events[-1].at_s) for event in open_.values()]
    return sorted(found, key=lambda one: (one.start_s, one.task))


def _short(event: Event, kinds: dict[str, str], end_s: int) -> Short:
    return Short(event.subject, event.actor, kinds[event.subject], event.at_s, end_s)


def idle_while_short_s(record: RunRecord, found: dict[str, list[Stay]], short: Iterable[Short]) -> int:
    """Return for how long tasks waited although somewhere a unit that can do them stood idle, in seconds.

    It may belong to another department, or be of a kind that was not asked for.
    """
    skills = {unit.id: unit.skills for unit in record.exercise.county.units}
    total = 0
    for one in short:
        idle = sorted(
            (max(stay.start_s, one.start_s), min(stay.end_s, one.end_s))
            for unit, own in found.items()
            if one.kind in skills.get(unit, ())
            for stay in own
            if stay.status == "idle" and stay.end_s > one.start_s and stay.start_s < one.end_s
        )
        reached = one.start_s
        for start, end in idle:
            total += max(0, end - max(start, reached))
            reached = max(reached, end)
    return total


def longest_duty_h(record: RunRecord) -> float:
    """Return the longest time, in hours, that staff of the desks were on duty at a stretch by the end of the run."""
    exercise, end_s = record.exercise, record.events[-1].at_s
    shift_h = float((record.meta.get("overrides") or {}).get("staff.shift", BY_NAME["staff.shift"].default))
    hours, starts_at = exercise.county.duty_hours, exercise.scenario.starts_at
    at_start, at_end = (hours_on_duty(hours, starts_at, at_s, shift_h) for at_s in (0, end_s))
    return shift_h if at_start + end_s / 3600 >= shift_h else at_end


def resources(record: RunRecord) -> dict[str, Any]:
    """Return the table of resources of a run.

    ``double_booked`` tasks found every unit that could do them promised to another task; ``short_min`` is how long
    they waited for one, ``idle_while_short_min`` how much of that although a unit with the skill stood idle somewhere.
    ``kinds`` has unit minutes by status for each kind of unit.
    """
    found = stays(record)
    short = shortages(record)
    kind_of = {unit.id: (unit.department, unit.kind) for unit in record.exercise.county.units}
    listed = [*dict.fromkeys(kind_of.values()), ("", "")]
    totals: dict[tuple[str, str], Counter[str]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for unit, seconds in seconds_by_status(found).items():
        kind = kind_of.get(unit, ("", ""))
        totals.setdefault(kind, Counter()).update(seconds)
        counts[kind] += 1
    return {
        "longest_duty_h": round(longest_duty_h(record), 1),
        "double_booked": len(short),
        "short_min": _minutes(sum(one.end_s - one.start_s for one in short)),
        "idle_while_short_min": _minutes(idle_while_short_s(record, found, short)),
        "idle_min": _minutes(sum(total["idle"] for total in totals.values())),
        "kinds": [
            {"department": kind[0], "kind": kind[1], "units": counts[kind]}
            | {"minutes": {status: _minutes(total[status]) for status in STATUSES if total[status]}}
            for kind, total in sorted(totals.items(), key=lambda row: listed.index(row[0]))
        ],
    }


def _minutes(seconds: int) -> float:
    return round(seconds / 60, 1)
