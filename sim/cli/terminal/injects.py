"""The injects of the script as the trainer sees them; of a sealed exercise only by number until they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.clocktext import after_start

if TYPE_CHECKING:
    from sim.play.session import Session
    from sim.record.journal import Entry
    from sim.spec.scenario import Inject

STATES: dict[str, tuple[str, str]] = {
    "sent": ("已发出", "sent"),
    "skipped": ("已取消", "skipped"),
    "held": ("扣留", "held"),
    "to_come": ("未到", "to come"),
    "hand": ("由导调员发出", "by hand"),
    "waits": ("等条件", "on a condition"),
    "sealed": (
        "情景已封存：未到的注入只列编号，内容在 tabletop reveal 之后可看。",
        "sealed: shown after `tabletop reveal`; until then what is to come has only a number.",
    ),
}


def is_hidden(session: Session) -> bool:
    """Return whether what is still to come in the script may not be shown."""
    return bool(session.exercise.envelope) and not session.finished


def inject_rows(session: Session, lang: str) -> list[tuple[str, str]]:
    """Return the injects in the order of the file: id or number, and state, time and words as far as they are shown."""
    at, hidden = 0 if lang == "zh" else 1, is_hidden(session)
    became = {event.subject: event.kind for event in session.events if event.kind in ("inject.sent", "inject.skipped")}
    found = []
    for number, inject in enumerate(session.exercise.scenario.injects, 1):
        kind = became.get(inject.id, "")
        state = kind.removeprefix("inject.") or ("held" if session.scene.script.is_held(inject.id) else "to_come")
        told = STATES[state][at]
        if hidden and state != "sent":
            found.append((str(number), told))
            continue
        if state in ("held", "to_come"):
            told = f"{told} ({_when(inject, at)})"
        found.append((str(number) if hidden else inject.id, f"{told}  {inject.text.in_language(lang)}"))
    return found


def _when(inject: Inject, at: int) -> str:
    if inject.by_hand:
        return STATES["hand"][at]
    if inject.after or inject.at is None:
        return STATES["waits"][at]
    return after_start(inject.at)


def inject_id(session: Session, shown: str) -> str:
    """Return the id of an inject from what stands in the list for it."""
    return session.exercise.scenario.injects[int(shown) - 1].id if is_hidden(session) else shown


def masked(session: Session, entry: Entry) -> Entry:
    """Return an entry of the journal that names no inject of a sealed exercise."""
    injects = [one.id for one in session.exercise.scenario.injects]
    named = entry.arguments.get("inject")
    if named not in injects or not is_hidden(session):
        return entry
    return entry._replace(arguments={**entry.arguments, "inject": f"#{injects.index(named) + 1}"})
