"""Questions in play: who has answered, who put it off, and what is written down before it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.actors.scene import Scene
from sim.engine import Answer, Question, World
from sim.errors import AnswerRefused, Refusal
from sim.play.answerers import Answerer, Asking, Given, answers, as_given, nothing_new
from sim.record.journal import Entry, Journal
from sim.record.view import view
from sim.spec.base import Text

NO_ANSWER = "no_answer"
"""The choice, or the proposal, to give no answer."""
LONGEST_TEXT = 2000
"""Most characters of a reason or a note."""


def check_reason(key: str, reason: str) -> None:
    """Refuse a reason that could not be printed, or that is no reason any more.

    Raises:
        AnswerRefused: If it is no text of whole characters, or too long.
    """
    if not isinstance(reason, str) or len(reason) > LONGEST_TEXT:
        raise AnswerRefused(Refusal.MALFORMED, key, "the reason", f"a text of at most {LONGEST_TEXT} characters")
    if any("\ud800" <= character <= "\udfff" for character in reason):
        raise AnswerRefused(Refusal.MALFORMED, key, "half a character in the reason", "whole characters")


class Asked(NamedTuple):
    """A question as a seat gets it.

    Attributes:
        key: What to answer to.
        seat: Who is asked.
        question: Its words.
        options: The words of each option, by id, in the order in which they are read out.
        opened_s: When it was asked, in seconds since the start.
        limit_s: How long the seat has, in seconds from then.
    """

    key: str
    seat: str
    question: Text
    options: dict[str, Text]
    opened_s: int
    limit_s: int


class Questions:
    """The open questions of a session.

    Args:
        world: The world.
        scene: The scene.
        journal: Where answers are written before they count.
        recorded: What counts of the journal at the start.
        is_person: Whether a person takes a seat.

    Attributes:
        otherwise: Answers what is not recorded, for seats that no person takes.
        unlike: Keys of recorded answers that were given on another view than the one that the seat has now.
    """

    def __init__(
        self,
        world: World,
        scene: Scene,
        journal: Journal,
        recorded: list[Entry],
        is_person: Callable[[str], bool],
    ) -> None:
        self._world = world
        self._scene = scene
        self._journal = journal
        self._recorded = {(entry.key, entry.at_s): entry for entry in recorded if answers(entry)}
        self._unasked = dict.fromkeys(self._recorded)
        self.otherwise: Answerer = nothing_new
        self.unlike: list[str] = []
        self._is_person = is_person
        self._given: dict[str, Given] = {}
        self._put_off_s: dict[str, int] = {}

    def unasked(self) -> tuple[str, ...]:
        """Return the keys of recorded answers to questions that this run has not asked so far."""
        return tuple(key for key, _ in self._unasked)

    def due(self) -> list[Question]:
        """Return the questions that are open now and not put off, sorted by key."""
        now, pending = self._world.clock.now, self._world.pending.open
        if not pending:
            return []  # at most instants
        return [pending[key] for key in sorted(pending) if self._put_off_s.get(key, 0) <= now]

    def waiting(self) -> tuple[Asked, ...]:
        """Return the questions that wait for persons."""
        return tuple(as_asked(one) for one in self.due() if self._for_person(one) and one.key not in self._given)

    def settle(self) -> tuple[Asked, ...]:
        """Let everybody answer who is no person; when nobody is left to wait for, all answers take effect.

        Returns:
            The questions that wait for persons; then nothing has taken effect yet.
        """
        due = self.due()
        for question in due:
            if question.key in self._given or self._for_person(question):
                continue
            self._take(question, self._within_limit(question, self._answer(question)))
        if waiting := self.waiting():
            return waiting
        for question in due:
            self._let_take_effect(question, self._given.pop(question.key))
        return ()

    def decide(self, choices: Mapping[str, Given], seat: str | None) -> None:
        """Take answers of persons: all of them, or none if one does not stand.

        Raises:
            AnswerRefused: If an answer does not stand.
            OSError: If the journal cannot be written; what was written before counts.
        """
        checked = [(self._checked(key, given, seat), given) for key, given in sorted(choices.items())]
        for question, given in checked:
            self._take(question, self._within_limit(question, given))

    def _for_person(self, question: Question) -> bool:
        return self._is_person(question.seat) and (question.key, self._world.clock.now) not in self._recorded

    def _answer(self, question: Question) -> Given:
        now = self._world.clock.now
        entry = self._recorded.get((question.key, now))
        if entry is not None:
            return as_given(entry)
        offered = self._scene.advice.get((question.seat, question.point.id))
        advised = None if offered is None else offered.usable
        value_of = self._scene.organizations[question.seat].picture.value
        return self.otherwise(Asking(question, value_of, now, advised))

    def _within_limit(self, question: Question, given: Given) -> Given:
        """Return the answer, or none at the limit where it would come later."""
        left_s = question.point.limit - (self._world.clock.now - question.opened_s)
        if given.wait_s and given.wait_s < left_s:
            return given
        if given.wait_s or given.choice is None or given.charged_s >= left_s:
            return Given(None, max(0, left_s), given.reason)
        return given

    def _take(self, question: Question, given: Given) -> None:
        now = self._world.clock.now
        entry = self._recorded.get((question.key, now))
        self._unasked.pop((question.key, now), None)
        seen = view(self._world.log.events, question.seat, now).digest()
        if entry is not None:
            if entry.view != seen:
                self.unlike.append(question.key)
        else:
            self._journal.append(
                kind="control" if given.wait_s else "answer" if given.choice else "none",
                key=question.key,
                seat=question.seat,
                choice="wait" if given.wait_s else given.choice or "",
                arguments={"wait_s": given.wait_s} if given.wait_s else {},
                at_s=now,
                charged_s=given.charged_s,
                reason=given.reason,
                view=seen,
            )
        self._given[question.key] = given

    def _let_take_effect(self, question: Question, given: Given) -> None:
        now = self._world.clock.now
        if given.wait_s:
            self._put_off_s[question.key] = now + given.wait_s
            self._world.clock.at(given.wait_s, lambda: None)  # so that there is an instant in which to ask again
            return
        charged_s = now - question.opened_s + given.charged_s
        self._world.pending.answer(question.key, Answer(given.choice, charged_s, given.charged_s))

    def _checked(self, key: str, given: Given, seat: str | None) -> Question:
        mine = {question.key: question for question in self.due() if seat in (None, question.seat)}
        question, shown = mine.get(key), str(given.choice)
        if question is None:
            raise AnswerRefused(Refusal.NO_SUCH_QUESTION, key, shown, ", ".join(mine) or "nothing")
        if not self._is_person(question.seat):
            raise AnswerRefused(Refusal.NOT_A_PERSON, key, shown, "a question to a seat that a person takes")
        if key in self._given:
            raise AnswerRefused(Refusal.ALREADY_ANSWERED, key, shown, "one answer")
        options = [option.id for option in question.point.options]
        if given.choice is not None and given.choice not in options:
            raise AnswerRefused(Refusal.NO_SUCH_OPTION, key, given.choice, ", ".join(options))
        check_reason(key, given.reason)
        for seconds in (given.charged_s, given.wait_s):
            if type(seconds) is not int or seconds < 0:
                raise AnswerRefused(Refusal.NEGATIVE_TIME, key, str(seconds), "whole seconds from 0 up")
        return question


def as_asked(question: Question) -> Asked:
    """Return a question as its seat gets it."""
    point = question.point
    texts = {option.id: option.text for option in point.options}
    options = {option: texts[option] for option in question.shown}
    return Asked(question.key, question.seat, point.question, options, question.opened_s, point.limit)
