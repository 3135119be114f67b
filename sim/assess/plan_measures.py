"""How the plan was carried out (预案执行): in time, in its order, knowing what is needed, the right plan and level.

Start from what was due in the true situation, whether or not anybody acted, so silence earns nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.assess.index import Index
from sim.assess.plan_tasks import due_in_truth, taken_up
from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.spec.functions import Function, served, uncovered
from sim.spec.orders import ORDER, Activate, Order
from sim.spec.plan import PlanTask, put


class Carried(NamedTuple):
    """A task of the plan that was due.

    Attributes:
        task: The task, written out for its place.
        due_s: Since when the truth asked for it, in seconds since the start.
        limit_s: When it should have begun.
        begun_s: When it was taken up; None if it never was.
        informed: Whether its owner then held all that the plan says he needs; None if never begun or nothing needed.
    """

    task: PlanTask
    due_s: int
    limit_s: int
    begun_s: int | None
    informed: bool | None

    @property
    def in_time(self) -> bool:
        """Whether it began within its limit."""
        return self.begun_s is not None and self.begun_s <= self.limit_s


class Deviation(NamedTuple):
    """A step that was taken before, or without, the one that the plan puts before it though that was due as well."""

    task: str
    before: str
    late_s: int | None


def carried_out(index: Index) -> list[Carried]:
    """Return the tasks of the plan that were due, and whose limit the run did not end before, in the plan's order."""
    found = []
    for task in index.exercise.plan_tasks:
        due = due_in_truth(index, task)
        if due is None:
            continue
        taken = taken_up(index, task)
        limit_s = due[0] + task.within
        if taken is not None or limit_s <= index.end_s:
            begun_s = None if taken is None else taken.at_s
            found.append(Carried(task, due[0], limit_s, begun_s, _informed(index, task, begun_s)))
    return found


def _informed(index: Index, task: PlanTask, begun_s: int | None) -> bool | None:
    if begun_s is None or not task.needs:
        return None
    words = {"site": index.exercise.scenario.hazard.site, "place": task.id.partition("@")[2] or "place"}
    needs = [str(put(words, key)) for key in task.needs]
    held = {key: index.held(task.owner, key) for one in needs for key in _keys(index, one)}
    return all(any(span.start_s <= begun_s for key in _keys(index, one) for span in held[key]) for one in needs)


def _keys(index: Index, key: str) -> list[str]:
    """Return a fact's key, or those of all places where it means any of them."""
    if not key.startswith("place/"):
        return [key]
    return [f"{place.id}{key[5:]}" for place in index.exercise.county.places]


def deviations(rows: list[Carried]) -> tuple[list[Deviation], int]:
    """Return the steps out of order, and how many pairs of steps could have been."""
    begun = {row.task.id: row.begun_s for row in rows}
    found, pairs = [], 0
    for row in rows:
        place = row.task.id.partition("@")[2]
        for name in row.task.after:
            before = next((one for one in (f"{name}@{place}", name) if one in begun), None)
            if before is None or row.begun_s is None:
                continue
            pairs += 1
            first_s = begun[before]
            if first_s is None or first_s > row.begun_s:
                late_s = None if first_s is None else first_s - row.begun_s
                found.append(Deviation(row.task.id, before, late_s))
    return found, pairs


def right_plan(record: RunRecord) -> bool | None:
    """Return whether the response was activated under the plan for this kind of incident; None if never activated.

    Where no plan is for the kind, that is the plan that holds for any.
    """
    named = [order.plan or record.exercise.plan.id for _, order in _orders(record) if isinstance(order, Activate)]
    if not named or not any(event.kind == "level.activated" for event in record.events):
        return None
    return all(name == record.exercise.plan.id for name in named)


def right_level(index: Index) -> bool | None:
    """Return whether the last level is the one that the plan asks for as things truly are; None if it asks for none."""
    asked = None
    for task in index.exercise.plan_tasks:
        levels = [order.level for order in task.orders if isinstance(order, Activate)]
        if levels and due_in_truth(index, task) is not None:
            asked = min(levels) if asked is None else min(asked, *levels)
    activated = [event.data["level"] for event in index.by_kind["level.activated"]]
    if asked is None:
        return None
    return bool(activated) and activated[-1] == asked


def improvised(record: RunRecord) -> tuple[tuple[Function, ...], tuple[str, ...]]:
    """Return the functions that no task of the plan sees to, and which of them somebody saw to all the same.

    Functions that no order shows are left out.
    """
    exercise = record.exercise
    left = tuple(one for one in uncovered(exercise.plan, exercise.county, exercise.rules) if one.done_by)
    done = served((order for _, order in _orders(record)), exercise.county, exercise.rules)
    return left, tuple(function.id for function in left if function.id in done)


def _orders(record: RunRecord) -> list[tuple[Event, Order]]:
    given = [event for event in record.events if event.kind == "order.given"]
    return [(event, ORDER.validate_python(event.data)) for event in given]


def summary(record: RunRecord, index: Index | None = None) -> dict[str, Any]:
    """Return the measures of carrying out the plan by name; shares from 0 to 1, None where there is nothing to measure.

    Args:
        record: The run.
        index: Its index, if it is made already.
    """
    index = index or Index(record)
    rows = carried_out(index)
    out, pairs = deviations(rows)
    needing = [row for row in rows if row.informed is not None]
    left, done = improvised(record)
    return {
        "due": len(rows),
        "execution": _share(sum(row.in_time for row in rows), len(rows)),
        "never": sum(row.begun_s is None for row in rows),
        "deviation": _share(len(out), pairs),
        "informed": _share(sum(row.informed is True for row in needing), len(needing)),
        "right_plan": right_plan(record),
        "right_level": right_level(index),
        "forgotten": len(index.by_kind["plan.forgotten"]),
        "uncovered": len(left),
        "improvised": _share(len(done), len(left)),
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
