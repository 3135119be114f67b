"""Why: from an outcome back through causes to the late or missing message or decision. Pure functions of a record.

An event names its binding predecessor (``cause``) and the others on which it depended (``also``). Walking back along
``cause`` gives the chain that took all the time from the beginning to the event; what is in ``also`` says whom a step
waited for. A harm has three chains: how it came, when its people were warned, and when help came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from sim.assess.gaps import find_gaps
from sim.assess.index import Index
from sim.assess.milestones import milestones
from sim.errors import bad_input
from sim.record.events import Event
from sim.record.folder import RunRecord

AFTER = MappingProxyType(
    {
        "message.composed": "writing",
        "message.queued": "line_busy",
        "message.sent": "on_the_way",
        "message.answered": "on_the_way",
        "message.let_go": "on_the_way",
        "message.held": "channel_down",
        "message.lost": "retry",
        "message.switched": "retry",
        "message.expired": "retry",
        "message.delivered": "reading",
        "message.laid_aside": "officer_busy",
        "message.taken_up": "reading",
        "message.read": "thinking",
        "message.chased": "retry",
        "message.approved": "writing",
        "officer.awaited": "desk_busy",
        "officer.free": "thinking",
        "fact.learned": "thinking",
        "plan.triggered": "thinking",
        "plan.forgotten": "forgotten",
        "plan.recalled": "thinking",
        "question.opened": "deciding",
        "question.answered": "thinking",
        "leader.called": "leader_away",
        "order.given": "carrying_out",
        "order.approval_asked": "approval",
        "order.returned": "deciding",
        "consultation.opened": "consulting",
        "task.identified": "no_unit",
        "task.waiting": "waiting_on",
        "task.assigned": "turnout",
        "unit.left": "travel",
        "unit.arrived": "work",
        "task.working": "work",
        "supplies.used": "work",
        "warning.begun": "warning",
        "warning.reached": "warning",
        "warning.blocked": "warning",
        "truth.changed": "unseen",
        "danger.reached": "unseen",
        "people.hurt": "unseen",
        "patient.hurt": "untreated",
        "patient.worse": "untreated",
        "patient.waiting": "no_bay",
        "aid.requested": "help_asked",
        "aid.granted": "help_asked",
        "aid.left": "travel",
    }
)
"""What the time after an event was spent on, by the kind of the event."""
BETWEEN = MappingProxyType(
    {
        ("run.started", "inject.sent"): "script",
        ("order.given", "release.published"): "drafting",
        ("order.given", "order.approval_asked"): "drafting",
        ("message.read", "message.approved"): "approval",
        ("officer.free", "message.approved"): "approval",
        ("message.read", "message.acknowledged"): "receipt",
        ("danger.reached", "people.hurt"): "exposed",
        ("danger.reached", "truth.changed"): "hazard",
        ("task.waiting", "task.assigned"): "no_unit",
        ("patient.rescued", "patient.died"): "untreated",
        ("patient.loaded", "unit.left"): "work",
    }
)
"""The same where it depends on what came next too."""
OF_NATURE = ("hazard", "exposed", "untreated", "script", "start")
"""Parts that no message and no decision takes."""
HELP = ("patient.rescued", "patient.triaged", "patient.loaded", "patient.admitted")
"""Events of a patient that are help."""
NAMED = ("death", "release", "milestone", "gap")
"""Outcomes that can be asked for by name, before a colon."""
MOST_HOLDERS = 3
"""How many of those whom a step waited for are kept, the latest ones."""


class Step(NamedTuple):
    """A step of a chain.

    Attributes:
        event: The event.
        waited_s: Seconds since the step before; 0 for the first.
        part: What they were spent on, a value of :data:`AFTER`.
        holders: Numbers of other events that it depended on and that came after the step before.
    """

    event: Event
    waited_s: int
    part: str
    holders: tuple[int, ...]


class Strand(NamedTuple):
    """A chain of steps, from the first to the last.

    Attributes:
        name: ``cause``, ``warning`` or ``help``.
        steps: The steps; empty if nothing of the kind ever happened.
        binding: Place in ``steps`` of the longest wait that people could have made shorter; None if there is none.
        late_s: How long after the outcome it came, in seconds; below 0 if before, None for the chain of the outcome.
    """

    name: str
    steps: tuple[Step, ...]
    binding: int | None
    late_s: int | None


class Account(NamedTuple):
    """Why something happened, or did not.

    Attributes:
        asked: What was asked for.
        event: The outcome; None if it never came.
        owed_s: When it was owed at the latest, for a milestone or a gap; else None.
        strands: The chains; the first is that of the outcome.
        knew: Who needed to know of the danger there, and when they did (None: never); empty where there was none.
        gaps: Ids of gaps whose evidence lies on a chain.
    """

    asked: str
    event: Event | None
    owed_s: int | None
    strands: tuple[Strand, ...]
    knew: tuple[tuple[str, int | None], ...]
    gaps: tuple[str, ...]


def why(record: RunRecord, what: str) -> Account:
    """Walk back from an outcome to where its time went.

    Args:
        record: The run.
        what: Number of an event, or ``death:PATIENT``, ``release:ID``, ``milestone:ID`` or ``gap:ID``.

    Raises:
        BadInput: If the record has no such outcome.
    """
    index = Index(record)
    event, owed_s = _resolved(index, what)
    events = record.events
    strands = [strand("cause", events, event)] if event is not None else [_never(index, what)]
    knew: tuple[tuple[str, int | None], ...] = ()
    if event is not None and (place := _place_of_harm(index, event)):
        strands += [_warning(index, place, event.at_s), _help(index, place, event)]
        knew = _who_knew(index, place)
    on_chain = {step.event.seq: None for one in strands for step in one.steps}
    told = [gap.id for gap in find_gaps(index) if any(seq in on_chain for seq in gap.chain[1:] or gap.chain)]
    return Account(what, event, owed_s, tuple(strands), knew, tuple(told))


def strand(name: str, events: Sequence[Event], last: Event | None, outcome_s: int | None = None) -> Strand:
    """Return the chain that ends with an event.

    Args:
        name: What it is the chain of.
        events: All events of the record.
        last: The event; None if there is none.
        outcome_s: When the outcome happened that it could have prevented, in seconds; None for the outcome itself.
    """
    if last is None:
        return Strand(name, (), None, None)
    chain = [last]
    while (cause := chain[-1].cause) is not None:
        chain.append(events[cause])
    chain.reverse()
    steps = [Step(chain[0], 0, "start", ())]
    for before, event in pairwise(chain):
        later = tuple(seq for seq in event.also if seq > before.seq)
        steps.append(Step(event, event.at_s - before.at_s, part_of(before, event), later[-MOST_HOLDERS:]))
    late_s = None if outcome_s is None else last.at_s - outcome_s
    return Strand(name, tuple(steps), binding_of(steps), late_s)


def binding_of(steps: Sequence[Step]) -> int | None:
    """Return the place of the longest wait that people could have made shorter, the first of equal ones."""
    ours = [number for number, step in enumerate(steps) if step.waited_s and step.part not in OF_NATURE]
    return max(ours, key=lambda number: steps[number].waited_s, default=None)


def part_of(before: Event, event: Event) -> str:
    """Return what the time from an event to the next of its chain was spent on."""
    found = BETWEEN.get((before.kind, event.kind)) or AFTER.get(before.kind, "hazard")
    if found == "line_busy":
        return {"sender": "sender_busy", "officer": "officer_busy"}.get(before.data["awaits"], found)
    if found == "waiting_on" and before.data["what"] == "unit":
        return "no_unit"
    return found


def outcomes(record: RunRecord) -> dict[str, tuple[str, ...]]:
    """Return by kind what can be asked for by name."""
    index = Index(record)
    return {
        "death": tuple(event.subject for event in index.by_kind["patient.died"]),
        "release": tuple(dict.fromkeys(event.data["release"] for event in index.by_kind["release.published"])),
        "milestone": tuple(one.id for one in index.rubric.milestones),
        "gap": tuple(gap.id for gap in find_gaps(index)),
    }


def _resolved(index: Index, what: str) -> tuple[Event | None, int | None]:
    """Return the event that is asked for, if it came, and when it was owed at the latest, if it was."""
    events = index.record.events
    if what.isascii() and what.isdigit():
        if len(what) < 10 and int(what) < len(events):
            return events[int(what)], None
        raise bad_input("EVENT", f"no event {what[:20]}", f"0 to {len(events) - 1}")
    kind, _, ident = what.partition(":")
    known = outcomes(index.record).get(kind)
    if known is None:
        raise bad_input("EVENT", f"{what[:80]!r} names no outcome", f"a number, or {', '.join(NAMED)} and : and its id")
    if ident not in known:
        shown = ", ".join(known[:40]) + (f" and {len(known) - 40} more" if len(known) > 40 else "")
        raise bad_input("EVENT", f"no {kind} {ident[:80]!r}", shown or f"this run has no {kind}")
    if kind == "death":
        return index.first("patient.died", subject=ident), None
    if kind == "release":
        return next(one for one in index.by_kind["release.published"] if one.data["release"] == ident), None
    if kind == "milestone":
        row = next(row for row in milestones(index) if row["id"] == ident)
        return None if row["event"] is None else events[row["event"]], row["limit_s"]
    gap = next(gap for gap in find_gaps(index) if gap.id == ident)
    return events[max(gap.chain)], gap.start_s


def _never(index: Index, what: str) -> Strand:
    """Return how far a milestone came that was never reached: to the last event of the tasks that it scores."""
    ident = what.partition(":")[2]
    milestone = next(one for one in index.rubric.milestones if one.id == ident)
    owners = {task.id: task.owner for task in index.exercise.plan.tasks if task.id in milestone.tasks}
    stems = tuple(f"{owner}/{task}" for task, owner in owners.items())
    own = [event for event in index.record.events if event.subject.startswith(stems)] if stems else []
    return strand("cause", index.record.events, own[-1] if own else None)


def _place_of_harm(index: Index, event: Event) -> str | None:
    """Return where people were hurt, if an event is a harm."""
    if event.kind == "people.hurt":
        return event.subject
    if event.kind == "unit.hurt":
        return str(event.data["place"])
    if event.kind in ("patient.hurt", "patient.worse", "patient.died"):
        hurt = index.first("patient.hurt", subject=event.subject)
        return None if hurt is None else str(hurt.data["place"])
    return None


def _warning(index: Index, place: str, outcome_s: int) -> Strand:
    """Return how the people of a place came to hear what to do; if they never did, how far that came."""
    heard = index.first("protect.heard", subject=place)
    return strand("warning", index.record.events, heard or index.first("protect.ordered", subject=place), outcome_s)


def _help(index: Index, place: str, outcome: Event) -> Strand:
    """Return how help came: to the patient himself, or the first crew that worked at the place."""
    own = [event for event in index.by_subject[outcome.subject] if event.kind in HELP and event.seq < outcome.seq]
    return strand("help", index.record.events, own[-1] if own else _first_work(index, place), outcome.at_s)


def _first_work(index: Index, place: str) -> Event | None:
    at = {event.subject: event.data["at"] for event in index.by_kind["task.identified"]}
    return next((one for one in index.by_kind["task.working"] if at.get(one.subject) == place), None)


def _who_knew(index: Index, place: str) -> tuple[tuple[str, int | None], ...]:
    """Return when those who need to know of the danger at a place by the plan first held it."""
    return tuple(_first_held(index, place))


def _first_held(index: Index, place: str) -> Iterator[tuple[str, int | None]]:
    for kind in index.exercise.plan.facts:
        if kind.key in ("place/danger", f"{place}/danger"):
            for role in kind.need_to_know:
                held = [span.start_s for span in index.held(role, f"{place}/danger") if span.value is True]
                yield role, min(held, default=None)
