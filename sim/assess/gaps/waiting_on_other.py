"""``waiting_on_other`` 等待空转: a task or an order that stands still because of somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from sim.assess.gaps.base import COORDINATION, RESOURCES, By, Obligation, Root
from sim.assess.index import Index
from sim.assess.wording import say
from sim.record.events import Event

NEXT = ("task.assigned", "task.working", "task.done", "task.failed")
WHY = {"unit": Root.NO_UNIT, "mandate": Root.APPROVAL}
"""Why somebody waits, by what for; for another's work where it is not named."""


def owed(index: Index) -> Iterator[Obligation]:
    """Yield what was waited for: by tasks, and by orders that need the word of another body.

    Who waits for the work of another body waits for it to begin; how long it takes is no gap between the two.
    """
    yield from _tasks(index)
    yield from _approvals(index)


def _tasks(index: Index) -> Iterator[Obligation]:
    limit = index.rubric.gaps.waiting_on_other
    at = {event.subject: event.data["at"] for event in index.by_kind["task.identified"]}
    works = _works(index, at)
    ended: dict[tuple[str, int | None], None] = {}
    for waiting in index.by_kind["task.waiting"]:
        later = index.after(waiting, *NEXT)
        wait = (waiting.subject, None if later is None else later.seq)
        if wait in ended:
            continue  # the same wait, looked at again
        ended[wait] = None
        on, what = waiting.data["on"], waiting.data["what"]
        other = on != waiting.actor
        met = min(
            [one for one in (later, _began(works, on, at.get(waiting.subject), waiting)) if one is not None],
            key=lambda event: event.at_s,
            default=None,
        )
        yield Obligation(
            f"waiting_on_other/{waiting.subject}/{waiting.at_s}",
            "waiting_on_other",
            By.ACT,
            (on, waiting.actor) if other else (on,),
            (on, waiting.actor) if other else None,
            waiting.at_s,
            waiting.at_s + limit,
            None if met is None else max(waiting.at_s, met.at_s),
            index.end_s,
            WHY.get(what, Root.OTHER_UNIT),
            (waiting.seq,) if met is None else (waiting.seq, met.seq),
            say(
                "{actor}的任务停下等待{on}：{what}",
                "a task of {actor} stood still and waited for {on}: {what}",
                actor=index.words.thing(waiting.actor),
                on=index.words.thing(on),
                what=index.words.kind(what),
            ),
            dimension=COORDINATION if other else RESOURCES,  # whether units were to be had is scored there
        )


def _works(index: Index, at: dict[str, str]) -> dict[tuple[str, str], list[tuple[Event, int]]]:
    """Return the work of each body at each place: its first event and when it ended."""
    found: dict[tuple[str, str], list[tuple[Event, int]]] = {}
    for event in index.by_kind["task.working"]:
        if event.subject in at:
            end = index.after(event, "task.done", "task.failed")
            ended_s = index.end_s if end is None else end.at_s
            found.setdefault((event.actor, at[event.subject]), []).append((event, ended_s))
    return found


def _began(
    works: dict[tuple[str, str], list[tuple[Event, int]]], body: str, place: str | None, waiting: Event
) -> Event | None:
    """Return the work of another body at a place that goes on when somebody begins to wait, or begins after."""
    if place is None or body == waiting.actor:
        return None
    return next((event for event, ended_s in works.get((body, place), ()) if ended_s > waiting.at_s), None)


def _approvals(index: Index) -> Iterator[Obligation]:
    limit = index.rubric.gaps.approval
    for asked in index.by_kind["order.approval_asked"]:
        by = asked.data["by"]
        answers = index.by_subject.get(f"{asked.subject}/approval>{by}", ())
        approved = next((event for event in answers if event.kind == "message.approved"), None)
        given = approved or index.after(asked, "order.returned")
        yield Obligation(
            f"waiting_on_other/{asked.subject}/approval",
            "waiting_on_other",
            By.ACT,
            (by, asked.actor),
            (by, asked.actor),
            asked.at_s,
            asked.at_s + limit,
            None if given is None else given.at_s,
            index.end_s,
            Root.APPROVAL,
            (asked.seq,) if given is None else (asked.seq, given.seq),
            say(
                "{actor}的命令等待{by}审批",
                "an order of {actor} waited for the word of {by}",
                actor=index.words.thing(asked.actor),
                by=index.words.thing(by),
            ),
        )
