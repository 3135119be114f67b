"""The questions that wait for an answer."""

from __future__ import annotations

from typing import NamedTuple

from sim.engine.clock import Clock, Occurrence
from sim.engine.log import Log
from sim.rng import Luck
from sim.spec.scenario import PausePoint


class Answer(NamedTuple):
    """What a seat answered.

    Attributes:
        choice: Id of an option; None for no answer.
        charged_s: Time from the question to the answer's effect, in seconds.
        thinking_s: What is left of that time, in seconds.
    """

    choice: str | None
    charged_s: int
    thinking_s: int


class Question(NamedTuple):
    """A question that a seat was asked.

    Attributes:
        key: Id of the question, unique in the run.
        shown: Ids of its options in the order in which they are read out: an order of luck, so that no place in a list
            is a hint.
        opened: Number of the event that opened it.
        answered: Occurs with the :class:`Answer`.
    """

    key: str
    seat: str
    point: PausePoint
    shown: tuple[str, ...]
    opened_s: int
    opened: int
    answered: Occurrence


class Pending:
    """Questions that are open; the session answers them after all else of their instant has happened.

    Attributes:
        open: The questions by key.
    """

    def __init__(self, clock: Clock, log: Log, luck: Luck) -> None:
        self._clock = clock
        self._log = log
        self._luck = luck
        self.open: dict[str, Question] = {}

    def ask(self, point: PausePoint, cause: int | None, also: tuple[int, ...]) -> Question:
        """Open the question of a pause point."""
        shown = order_shown(point, self._luck)
        opened = self._log.emit(
            "question.opened", point.seat, point.id, cause, also, limit_s=point.limit, options=list(shown)
        )
        question = Question(point.id, point.seat, point, shown, self._clock.now, opened, self._clock.occurrence())
        self.open[question.key] = question
        return question

    def answer(self, key: str, answer: Answer) -> None:
        """Close a question with its answer."""
        self.open.pop(key).answered.succeed(answer)


def order_shown(point: PausePoint, luck: Luck) -> tuple[str, ...]:
    """Return the ids of a question's options in the order of luck in which a seat gets them."""
    drawn = {option.id: luck.uniform("option shown", point.id, option.id) for option in point.options}
    return tuple(sorted(drawn, key=lambda option: (drawn[option], option)))
