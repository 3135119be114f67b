"""Who answers the questions of a seat: a policy, a list of decisions, or a journal. A person needs no answerer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sim.actors.policies import Policy
from sim.engine import Question
from sim.errors import AnswerRefused, Refusal
from sim.record.journal import Entry
from sim.rng import Distribution, Luck, Shape
from sim.spec.base import FactValue


class Given(NamedTuple):
    """An answer: an option or None, the thinking time charged in seconds, and why."""

    choice: str | None
    charged_s: int
    reason: str


Answerer = Callable[[Question, Callable[[str], FactValue | None]], Given]
"""Answers a question from what the seat holds of a fact."""


def by_policy(policy: Policy, luck: Luck, median_min: float) -> Answerer:
    """Return an answerer that plays a policy; its thinking time is drawn around a median in minutes."""
    thinking = Distribution(Shape.LOGNORMAL, 0.0 if policy.instant else median_min * 60, 0.5)

    def answer(question: Question, value_of: Callable[[str], FactValue | None]) -> Given:
        choice = policy.choose(question.point, value_of)
        charged = luck.seconds(thinking, "seat thinking", question.key)
        return Given(choice, charged, f"policy {policy.name}")

    return answer


def by_decisions(decisions: Mapping[str, str], otherwise: Answerer) -> Answerer:
    """Return an answerer that takes the listed options and leaves the rest, and all thinking time, to another."""

    def answer(question: Question, value_of: Callable[[str], FactValue | None]) -> Given:
        given = otherwise(question, value_of)
        choice = decisions.get(question.key)
        if choice is None:
            return given
        options = [option.id for option in question.point.options]
        if choice not in options:
            raise AnswerRefused(Refusal.NO_SUCH_OPTION, question.key, choice, ", ".join(options))
        return Given(choice, given.charged_s, "decided beforehand")

    return answer


def by_journal(entries: list[Entry], otherwise: Answerer | None) -> Answerer:
    """Return an answerer that repeats a journal; questions that it does not hold go to another.

    Raises (when called):
        AnswerRefused: If the journal does not hold the question and there is no other answerer.
    """
    recorded = {entry.key: entry for entry in entries if entry.kind in ("answer", "none")}

    def answer(question: Question, value_of: Callable[[str], FactValue | None]) -> Given:
        entry = recorded.get(question.key)
        if entry is not None:
            return Given(entry.choice or None, entry.charged_s, entry.reason)
        if otherwise is None:
            raise AnswerRefused(Refusal.NO_SUCH_QUESTION, question.key, "", "a question that the journal answers")
        return otherwise(question, value_of)

    return answer
