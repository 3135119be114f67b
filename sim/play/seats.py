"""Doors into a session: a seat that acts, and a watcher who only reads and notes.

Whoever holds such a door sees what belongs to it and nothing else; a page in a browser, a notebook and the terminal
use the same doors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.errors import AnswerRefused, Refusal, bad_input
from sim.play.free_orders import checked_order, kinds_for
from sim.play.questions import LONGEST_TEXT, Asked, check_reason
from sim.play.session import Session
from sim.play.settings import PERSON
from sim.record.journal import Entry, is_undo
from sim.record.view import View
from sim.spec.controls import TRAINER
from sim.spec.load import Exercise


class Receipt(NamedTuple):
    """What a seat or a watcher is handed back: nothing that counts what happened elsewhere.

    Attributes:
        key: Key of the line in the journal, made from who gave it and when.
        at_s: When it was given, in seconds since the start.
        takes_effect_s: When it takes effect; a note has none, and keeps its time.
    """

    key: str
    at_s: int
    takes_effect_s: int


class Seat:
    """What a person in a seat can see and do.

    Args:
        session: The session.
        seat: Id of the seat.

    Raises:
        BadInput: If no person takes that seat.
    """

    def __init__(self, session: Session, seat: str) -> None:
        if dict(session.settings.players).get(seat) != PERSON:
            raise bad_input("seat", f"no person takes {seat!r}", ", ".join(session.settings.seats) or "none")
        self._session = session
        self.id = seat

    @property
    def now_s(self) -> int:
        """The seat's clock, in seconds since the exercise began."""
        return self._session.now_s

    def view(self) -> View:
        """Return what the seat has been told, has seen and is doing."""
        return self._session.view(self.id)

    def asked(self) -> tuple[Asked, ...]:
        """Return the questions that wait for this seat."""
        return tuple(asked for asked in self._session.waiting() if asked.seat == self.id)

    def answer(self, key: str, choice: str | None, *, charged_s: int | None = None, reason: str = "") -> None:
        """Answer a question of this seat; None is no answer.

        Raises:
            AnswerRefused: If the answer does not stand.
        """
        self._session.decide({key: choice}, charged_s=charged_s, reason=reason, seat=self.id)

    def wait(self, key: str, seconds: int, *, reason: str = "") -> None:
        """Put a question off: time runs on, and the seat is asked again within the limit.

        Raises:
            AnswerRefused: If the question does not wait for this seat, or the time is none.
        """
        if type(seconds) is not int or seconds < 1:
            raise AnswerRefused(Refusal.NEGATIVE_TIME, key, str(seconds), "whole seconds from 1 up")
        for asked in self.asked():
            left_s = asked.opened_s + asked.limit_s - self.now_s
            if asked.key == key and seconds >= left_s:
                raise AnswerRefused(Refusal.BEYOND_THE_LIMIT, key, str(seconds), f"1 to {left_s - 1}")
        self._session.decide({key: None}, reason=reason, seat=self.id, wait_s=seconds)

    def may_order(self) -> tuple[str, ...]:
        """Return the kinds of order that belong to this seat's role."""
        return kinds_for(self._session.exercise, self.id)

    def order(self, order: Any, *, charged_s: int | None = None, reason: str = "") -> Receipt:
        """Give an order besides the options of a question; it takes effect after the time charged.

        Args:
            order: One of the types of :mod:`sim.spec.orders`, or its fields by name.
            charged_s: Thinking time charged, in seconds; the session's by default.
            reason: Why, in the seat's words.

        Raises:
            AnswerRefused: With the rule that refuses it and what would be allowed.
        """
        session = self._session
        charged = session.settings.thinking_s if charged_s is None else charged_s
        if type(charged) is not int or charged < 0:
            raise AnswerRefused(Refusal.NEGATIVE_TIME, "charged_s", str(charged), "whole seconds from 0 up")
        checked = checked_order(session.exercise, self.id, order, self.view(), tasks_done(session, self.id))
        data = {"order": checked.model_dump(mode="json", exclude_none=True)}
        return _receipt(session.act("order", self.id, data, choice=checked.do, charged_s=charged, reason=reason))

    def for_whatif(self, key: str) -> Session:
        """Return the session for a look at what each option of a question would lead to.

        Raises:
            AnswerRefused: If the question does not wait for this seat, or the trainer has not let the seat look.
        """
        waiting = [asked.key for asked in self.asked()]
        if key not in waiting:
            raise AnswerRefused(Refusal.NO_SUCH_QUESTION, key, "", ", ".join(waiting) or "nothing")
        let = [entry.arguments["seat"] for entry in self._session.entries if entry.choice == "allow_whatif"]
        if self.id not in let:
            raise AnswerRefused(Refusal.NOT_ALLOWED, "whatif", key, "only what the trainer lets this seat see")
        return self._session

    def note(self, text: str) -> Receipt:
        """Write a note of one's own; it changes nothing."""
        return _receipt(self._session.act("note", self.id, {"text": _checked_text(text)}))

    def propose(self, member: str, key: str, choice: str, *, reason: str = "") -> Receipt:
        """Note what a member of the group in this seat proposes; :class:`sim.play.group.Group` checks and counts it."""
        data = {"text": f"{member} > {key}: {choice}", "member": member, "question": key, "choice": choice}
        return _receipt(self._session.act("note", self.id, data, reason=reason))

    def lines(self) -> list[Entry]:
        """Return the seat's own lines of the journal that count, and where something was taken back."""
        return [entry for entry in self._session.entries if entry.seat == self.id or is_undo(entry)]


class Watcher:
    """An observer or evaluator: sees the seats, notes what happens, and cannot act.

    Args:
        session: The session.
        name: Id of the watcher, such as ``evaluator-1``; never a person's name.
        seats: Seats that may be seen; all by default.

    Raises:
        BadInput: If the name is that of a seat or no id, or a seat does not exist.
    """

    def __init__(self, session: Session, name: str, seats: Sequence[str] = ()) -> None:
        known = seat_ids(session.exercise)
        plain = name.replace("-", "").replace("_", "")
        if name in (*known, TRAINER) or not (plain.isascii() and plain.isalnum()) or len(name) > 48:
            raise bad_input("watcher", f"{name!r} cannot watch", "a name of letters and digits that is no seat")
        for seat in seats:
            if seat not in known:
                raise bad_input("watcher", f"no seat {seat!r}", ", ".join(known))
        self._session = session
        self.id = name
        self.seats = tuple(seats) or known

    def view(self, seat: str) -> View:
        """Return what a seat sees now; nothing of the script that is still to come.

        Raises:
            AnswerRefused: If this watcher may not see that seat.
        """
        if seat not in self.seats:
            raise AnswerRefused(Refusal.NOT_ALLOWED, "seat", seat, ", ".join(self.seats))
        return self._session.view(seat)

    def note(self, text: str, *, about: str = "", rating: str = "") -> Receipt:
        """Note something as evidence, with the time of the exercise.

        Args:
            text: What was seen.
            about: Seat, objective, question or inject that it is about.
            rating: If it judges an objective: P, S, M or U.

        Raises:
            AnswerRefused: If it is about nothing that exists, or the rating is none.
        """
        if about and about not in noted_things(self._session.exercise):
            objectives = [objective.id for objective in self._session.exercise.scenario.objectives]
            allowed = ", ".join((*self.seats, *objectives))  # what is still to come in the script is not told
            raise AnswerRefused(Refusal.UNKNOWN_NAME, "about", about, f"{allowed}, or a question or inject by its id")
        if rating not in ("", "P", "S", "M", "U"):
            raise AnswerRefused(Refusal.MALFORMED, "rating", rating, "P, S, M or U")
        if rating and not about:
            raise AnswerRefused(Refusal.MALFORMED, "about", "", "what is rated")
        data = {"text": _checked_text(text), "about": about, "rating": rating}
        return _receipt(self._session.act("note", self.id, data))

    def answer(self, key: str, choice: str | None) -> None:
        """Refuse: who watches does not act.

        Raises:
            AnswerRefused: Always.
        """
        raise AnswerRefused(Refusal.ONLY_WATCHES, key, str(choice), "notes")

    def order(self, order: Any) -> None:
        """Refuse: who watches does not act.

        Raises:
            AnswerRefused: Always.
        """
        raise AnswerRefused(Refusal.ONLY_WATCHES, "order", str(order)[:60], "notes")


def tasks_done(session: Session, seat: str) -> tuple[str, ...]:
    """Return the tasks of the plan that a seat has carried out for good."""
    own = [task.id for task in session.exercise.plan.tasks if task.owner == seat]
    return tuple(task for task in own if session.scene.staff[seat].has_done(task))


def seat_ids(exercise: Exercise) -> tuple[str, ...]:
    """Return the ids of all seats, in the order of the county file."""
    return tuple(one.id for one in exercise.county.organizations if one.seat)


def noted_things(exercise: Exercise) -> tuple[str, ...]:
    """Return what a note can be about: seats, objectives, questions and injects."""
    scenario = exercise.scenario
    objectives = [objective.id for objective in scenario.objectives]
    questions = [point.id for point in scenario.pause_points]
    return (*seat_ids(exercise), *objectives, *questions, *(inject.id for inject in scenario.injects))


def _checked_text(text: str) -> str:
    check_reason("text", text)
    if not text.strip():
        raise AnswerRefused(Refusal.MALFORMED, "text", "nothing", f"1 to {LONGEST_TEXT} characters")
    return text.strip()


def _receipt(entry: Entry) -> Receipt:
    return Receipt(entry.key, entry.at_s, entry.at_s if entry.kind == "note" else entry.takes_effect_s)
