"""Who answers the questions of a seat: a policy, a list of decisions, or a journal. A person needs no answerer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sim.actors.policies import Policy, least
from sim.engine import Question
from sim.errors import AnswerRefused, Refusal
from sim.record.journal import Entry
from sim.rng import Distribution, Luck, Shape
from sim.spec.base import FactValue


class Given(NamedTuple):
    """An answer: an option or None, the thinking time charged in seconds, and why.

    With ``wait_s`` it is no answer yet: the seat lets that many seconds pass and is asked again.
    """

    choice: str | None
    charged_s: int
    reason: str
    wait_s: int = 0


class Asking(NamedTuple):
    """A question as an answerer gets it.

    Attributes:
        value_of: What the seat holds of a fact.
        now_s: When it is asked, in seconds since the start.
        advised: What the adviser would choose; None if there is no advice, or it was found wrong.
    """

    question: Question
    value_of: Callable[[str], FactValue | None]
    now_s: int
    advised: str | None = None


Answerer = Callable[[Asking], Given]
"""Answers a question."""


def by_policy(policy_of: Callable[[str], Policy], luck: Luck, median_min: Callable[[], float]) -> Answerer:
    """Return an answerer that plays each seat's policy.

    Args:
        policy_of: How a seat is played.
        luck: The luck of the run, which decides how long somebody thinks.
        median_min: Gives the median thinking time, in minutes.
    """

    def answer(asking: Asking) -> Given:
        question = asking.question
        policy = policy_of(question.seat)
        median_s = 0.0 if policy.instant else median_min() * 60 * policy.skill.thinking
        charged = luck.seconds(Distribution(Shape.LOGNORMAL, median_s, 0.5), "seat thinking", question.key)
        choice = policy.choose(question.point, asking.value_of)
        if choice is not None and asking.advised is not None:
            return Given(asking.advised, charged, f"policy {policy.name}, advised")
        if luck.chance(policy.skill.hesitates, "hesitates", question.seat, question.key):
            choice = least(question.point)
        return Given(choice, charged, f"policy {policy.name}")

    return answer


def nothing_new(asking: Asking) -> Given:
    """Refuse: for a replay, in which the journal answers every question.

    Raises:
        AnswerRefused: Always.
    """
    raise AnswerRefused(Refusal.NO_SUCH_QUESTION, asking.question.key, "", "a question that the journal answers")


def by_decisions(decisions: Mapping[str, str], otherwise: Answerer) -> Answerer:
    """Return an answerer that takes the listed options and leaves the rest, and all thinking time, to another."""

    def answer(asking: Asking) -> Given:
        given, question = otherwise(asking), asking.question
        choice = decisions.get(question.key)
        if choice is None:
            return given
        options = [option.id for option in question.point.options]
        if choice not in options:
            raise AnswerRefused(Refusal.NO_SUCH_OPTION, question.key, choice, ", ".join(options))
        return Given(choice, given.charged_s, "decided beforehand")

    return answer


def by_other_run(entries: Iterable[Entry], seats: Iterable[str] | None, otherwise: Answerer) -> Answerer:
    """Return an answerer that answers as in another run, as long after the question was opened as there.

    Args:
        entries: What counts of the other run's journal.
        seats: Seats for which it answers; None for all.
        otherwise: Answers for other seats, questions that were not asked there, and options that no longer stand.
    """
    recorded: dict[str, list[Entry]] = {}
    for entry in entries:
        if answers(entry):
            recorded.setdefault(entry.key, []).append(entry)
    mine = None if seats is None else tuple(seats)

    def answer(asking: Asking) -> Given:
        question = asking.question
        known = recorded.get(question.key, [])
        options = [option.id for option in question.point.options]
        stands = known and (known[-1].kind != "answer" or known[-1].choice in options)
        if not stands or (mine is not None and question.seat not in mine):
            return otherwise(asking)
        last = known[-1]
        waited = asking.now_s - question.opened_s
        late_s = max(0, last.at_s - known[0].at_s - waited)
        if late_s:
            return Given(None, 0, last.reason, late_s)
        return as_given(last)

    return answer


def answers(entry: Entry) -> bool:
    """Return whether an entry of a journal answers a question, or puts the answer off."""
    return entry.kind in ("answer", "none") or (entry.kind == "control" and entry.choice == "wait")


def as_given(entry: Entry) -> Given:
    """Return an entry of the journal as the answer that it holds."""
    wait_s = int(entry.arguments["wait_s"]) if entry.kind == "control" else 0
    return Given(entry.choice if entry.kind == "answer" else None, entry.charged_s, entry.reason, wait_s)
