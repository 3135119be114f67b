"""What a seat may see: a pure function of the record, with ids of its own and no global numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sim.canon import digest_of
from sim.record.events import Event
from sim.record.picture import Held, Picture


class View(NamedTuple):
    """A seat's view at a moment; plain data throughout.

    Attributes:
        seat: Whose view.
        at_s: When.
        picture: Facts held: fact, value, as_of_s, source, since_s, verified, conflicts.
        messages: What its desk has taken in: number (of this seat), at_s, sender, kind, channel, text, facts, asks,
            directs (task of the plan that is ordered).
        sent: What its desk has sent: number (of this seat), at_s, to, kind, text, facts, asks, directs, and how far
            it got as far as the desk can know: ``wanted``, ``queued``, ``sent``, ``lost``, ``acknowledged``,
            ``expired``.
        units: Own units: unit, status, place, task.
        tasks: Own tasks: task, kind, at, status.
        questions: Questions that wait for this seat: key, opened_s, limit_s.
        advice: What the adviser told this seat: question, at_s, option, confidence_pct, threatened, load_pct,
            water_min, and sound, None until it was checked.
    """

    seat: str
    at_s: int
    picture: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    sent: list[dict[str, Any]]
    units: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    advice: list[dict[str, Any]]

    def digest(self) -> str:
        """Return the digest of everything in the view."""
        return digest_of(self._asdict())


_UNIT_STATUS = {"unit.left": "travelling", "unit.arrived": "on scene", "unit.hurt": "hurt", "unit.free": "idle"}
_TASK_STATUS = {
    "task.identified": "identified",
    "task.assigned": "assigned",
    "task.waiting": "waiting",
    "task.working": "working",
    "task.done": "done",
    "task.failed": "failed",
}


_OUTBOX_STATUS = {
    "message.queued": "queued",
    "message.held": "held",
    "message.let_go": "sent",
    "message.sent": "sent",
    "message.lost": "lost",
    "message.chased": "chased",
    "message.acknowledged": "acknowledged",
    "message.expired": "expired",
}


def picture_rows(picture: Picture) -> list[dict[str, Any]]:
    """Return a picture as plain rows, sorted by fact."""
    rows = []
    for key in sorted(picture.held):
        row: dict[str, Any] = {"fact": key, **picture.held[key]._asdict()}
        row["conflicts"] = [other._asdict() for other in picture.conflicts.get(key, ())]
        rows.append(row)
    return rows


def view(events: Iterable[Event], seat: str, at_s: int) -> View:
    """Return what a seat has been told, has seen and is doing at a moment.

    Args:
        events: Events of the record, in order; those after ``at_s`` are left out.
        seat: Id of the organization.
        at_s: The moment, in seconds since the start.
    """
    picture = Picture()
    composed: dict[str, Event] = {}
    arrived: dict[str, dict[str, Any]] = {}
    messages: list[dict[str, Any]] = []
    sent: dict[str, dict[str, Any]] = {}
    units: dict[str, dict[str, Any]] = {}
    tasks: dict[str, dict[str, Any]] = {}
    questions: dict[str, dict[str, Any]] = {}
    advice: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.at_s > at_s:
            break
        kind, data = event.kind, event.data
        if kind == "message.composed":
            composed[event.subject] = event
            if event.actor == seat:
                sent[event.subject] = _sent(len(sent) + 1, event)
        elif kind == "message.delivered":
            arrived[event.subject] = data
        elif event.actor != seat:
            continue
        elif kind == "fact.learned":
            held = Held(data["value"], data["as_of_s"], data["source"], event.at_s, data["verified"])
            picture.learn(event.subject, held)
        elif kind == "message.read":
            messages.append(_message(len(messages) + 1, composed[event.subject], arrived.get(event.subject, {}), event))
        elif kind in _OUTBOX_STATUS:
            sent[event.subject]["status"] = _OUTBOX_STATUS[kind]
        elif kind in _UNIT_STATUS:
            unit = units.setdefault(event.subject, {"unit": event.subject, "status": "", "place": "", "task": ""})
            unit["status"] = _UNIT_STATUS[kind]
            unit["place"] = data.get("place", data.get("to", unit["place"]))
            unit["task"] = data.get("task", "")
        elif kind in _TASK_STATUS:
            task = tasks.setdefault(event.subject, {"task": event.subject, "kind": "", "at": "", "status": ""})
            task |= {"status": _TASK_STATUS[kind]}
            task |= {"kind": data.get("task", task["kind"]), "at": data.get("at", task["at"])}
        elif kind in ("advice.given", "advice.checked"):
            _advise(advice, event)
        elif kind in ("question.opened", "question.answered"):
            _ask(questions, event)
    return View(
        seat,
        at_s,
        picture_rows(picture),
        messages,
        list(sent.values()),
        [units[name] for name in sorted(units)],
        list(tasks.values()),
        list(questions.values()),
        list(advice.values()),
    )


def _ask(questions: dict[str, dict[str, Any]], event: Event) -> None:
    """Take in a question, or that it was answered."""
    if event.kind == "question.opened":
        limit_s = event.data["limit_s"]
        questions[event.subject] = {"key": event.subject, "opened_s": event.at_s, "limit_s": limit_s}
    else:
        questions.pop(event.subject, None)


def _advise(advice: dict[str, dict[str, Any]], event: Event) -> None:
    """Take in advice, or that it was checked; before that a seat does not see whether it is sound."""
    if event.kind == "advice.given":
        advice[event.subject] = {"question": event.subject, "at_s": event.at_s, **event.data, "sound": None}
    else:
        advice[event.subject]["sound"] = event.data["sound"]


def _message(number: int, composed: Event, arrived: dict[str, Any], read: Event) -> dict[str, Any]:
    """Return a message as it was heard: facts that were garbled on the way say what arrived, or are missing."""
    content, garbled = _content(composed), arrived.get("garbled", {})
    heard = [{**fact, "value": garbled.get(fact["fact"], fact["value"])} for fact in content["facts"]]
    content["facts"] = [fact for fact in heard if fact["value"] is not None]
    about = {"number": number, "at_s": read.at_s, "sender": composed.actor, "channel": arrived.get("channel", "")}
    return {**about, **content}


def _sent(number: int, composed: Event) -> dict[str, Any]:
    return {
        "number": number,
        "at_s": composed.at_s,
        "to": composed.data["to"],
        "status": "wanted",
        **_content(composed),
    }


def _content(composed: Event) -> dict[str, Any]:
    return {
        "kind": composed.data["kind"],
        "text": composed.data.get("text"),
        "facts": [
            {"fact": fact["fact"], "value": fact["value"], "as_of_s": fact["as_of_s"]}
            for fact in composed.data["facts"]
        ],
        "asks": list(composed.data.get("asks", ())),
        "directs": composed.data.get("directs", ""),
    }
