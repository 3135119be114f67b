"""From one pause point forward: every option, over many replications of the luck that is still to come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.actors.policies import POLICIES
from sim.assess.loss import loss_parts, total_loss
from sim.canon import canonical
from sim.play.branch import before_answer, charge, stand_at
from sim.play.questions import NO_ANSWER, Asked
from sim.play.session import Session
from sim.play.settings import Settings, settings_from
from sim.record.journal import Entry
from sim.spec.load import Exercise, Source, build

WAITS_S = (300, 900)
"""How long a seat can wait before it decides, in seconds."""
REFERENCE = "expert"
"""The policy whose choice on the same view is the yardstick of a decision."""


class Way(NamedTuple):
    """One way to act at the question.

    Attributes:
        id: The option's id, :data:`NO_ANSWER`, or ``wait+5min``.
        choice: The option; empty for none.
        wait_s: If above 0, nothing is decided until so many seconds have passed.
    """

    id: str
    choice: str
    wait_s: int


class Past(NamedTuple):
    """A run up to a question: all that is needed to come there again, in any process.

    Attributes:
        sources: The specification files.
        settings: Canonical JSON of the settings.
        journal: Lines of the journal before the answer.
        key: The question.
        charged_s: Thinking time that every option is charged, in seconds.
        then: Name of the policy that answers everything after the decision.
    """

    sources: tuple[Source, ...]
    settings: str
    journal: tuple[str, ...]
    key: str
    charged_s: int
    then: str

    @property
    def work(self) -> str:
        """Which work is done on it."""
        return "whatif"

    def text(self) -> str:
        """Return it as one line of JSON."""
        files = [[one.kind, one.name, one.text] for one in self.sources]
        return canonical({**self._asdict(), "sources": files, "journal": list(self.journal)})


class Pause(NamedTuple):
    """A pause point as it stands.

    Attributes:
        past: How to come there.
        asked: The question.
        at_s: When, in seconds since the start.
        ways: Every way to act there, options first.
        taken: Id of the way that was taken; empty if the question still waits.
        reference: Id of the way that the reference policy takes on the same view.
        seed: Seed of the run.
    """

    past: Past
    asked: Asked
    at_s: int
    ways: tuple[Way, ...]
    taken: str
    reference: str
    seed: int


class Item(NamedTuple):
    """One run: a way to act and the number of the replication."""

    way: Way
    replication: int


def past_from(text: str) -> Past:
    """Return the past that :meth:`Past.text` gave."""
    data = json.loads(text)
    data["sources"] = tuple(Source(*one) for one in data["sources"])
    data["journal"] = tuple(data["journal"])
    return Past(**data)


def pause_at(exercise: Exercise, settings: Settings, entries: tuple[Entry, ...], key: str, then: str) -> Pause:
    """Return the pause point of a question.

    Args:
        exercise: The exercise.
        settings: The settings of the run.
        entries: Every line of the run's journal.
        key: The question.
        then: Name of the policy that answers everything after the decision.

    Raises:
        BadInput: If the question was not asked.
        RecordBroken: If this program does not come to the views on which was decided.
    """
    before = before_answer(entries, key)
    session, asked = stand_at(exercise, settings, before.lines, key)
    charged_s = charge(settings, before, asked, session.now_s)
    left_s = asked.limit_s - (session.now_s - asked.opened_s)
    taken = "" if before.answer is None else before.answer.choice or NO_ANSWER
    reference = _choice_of(session, asked) or NO_ANSWER
    ways = [Way(option, option, 0) for option in asked.options]
    ways += [Way(NO_ANSWER, "", 0)] if NO_ANSWER in (taken, reference) else []
    ways += [Way(f"wait+{wait_s // 60}min", "", wait_s) for wait_s in WAITS_S if wait_s + charged_s < left_s]
    lines = tuple(entry.line() for entry in before.lines)
    past = Past(exercise.sources, canonical(settings.meta()), lines, key, charged_s, then)
    return Pause(past, asked, session.now_s, tuple(ways), taken, reference, settings.seed)


def _choice_of(session: Session, asked: Asked) -> str | None:
    point = next(point for point in session.exercise.scenario.pause_points if point.id == asked.key.partition("#")[0])
    return POLICIES[REFERENCE].choose(point, session.picture_of(asked.seat).get)


def stand(past: Past) -> Session:
    """Return a session in memory that stands at the question."""
    exercise = build(past.sources)
    settings = settings_from(exercise, json.loads(past.settings))
    entries = [Entry(**json.loads(line)) for line in past.journal]
    session, _ = stand_at(exercise, settings, entries, past.key)
    return session


def forward(session: Session, past: Past, item: Item) -> dict[str, Any]:
    """Act at the question, play to the end under the luck of a replication, and return the loss with its parts.

    Args:
        session: A session that stands at the question; it is used up.
        past: How it came there.
        item: What to do, and under which luck.
    """
    way = item.way
    session.turn_luck(item.replication)
    given = {past.key: way.choice or None}
    session.decide(given, charged_s=past.charged_s, reason="what if", wait_s=way.wait_s)
    session.play_on(session.by_policy(POLICIES[past.then]))
    record = session.finish()
    parts = loss_parts(record, session.exercise.rubric.loss)
    shown: Mapping[str, Any] = {f"loss.{part}": value for part, value in parts.items()}
    return {"loss": total_loss(parts), **shown, "events": len(record.events)}
