"""The session: one exercise, from its first second to its record, with questions answered on the way.

In each instant everything happens in this order: all events that are due; then the answers to open questions, in
the order of their keys, never of the clicks. A straight run, a run in pieces and a replay take the same path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.actors.cast import build_scene, departments
from sim.actors.policies import POLICIES
from sim.county.settlement import Where
from sim.engine import Answer, Question, Series, World
from sim.errors import AnswerRefused, NotFinished, Refusal, bad_input
from sim.play.answerers import Answerer, Given, by_decisions, by_journal, by_policy
from sim.play.given import check_decisions, checked_seats, checked_seconds, checked_seed, versions
from sim.record.folder import FORMAT, RunRecord, begin_folder, finish_folder
from sim.record.journal import Entry, Journal
from sim.record.view import View, view
from sim.rng import Luck
from sim.spec.base import Text
from sim.spec.load import Exercise, load
from sim.spec.parameters import Parameters, parse_overrides


class Asked(NamedTuple):
    """A question as a seat gets it.

    Attributes:
        key: What to answer to.
        seat: Who is asked.
        question: Its words.
        options: The words of each option, by id.
        opened_s: When it was asked, in seconds since the start.
        limit_s: How long the seat has, in seconds.
    """

    key: str
    seat: str
    question: Text
    options: dict[str, Text]
    opened_s: int
    limit_s: int


class Session:
    """One exercise.

    Args:
        scenario: A loaded exercise, the id of a bundled scenario, or the path of a scenario file.
        seed: Seed of all luck.
        policy: How seats without a person, and all desks, are played: none, plan or perfect.
        seats: Seats taken by persons, who answer by :meth:`decide`.
        overrides: Coordination parameters that differ from their defaults, by name.
        decisions: Options decided beforehand, by question key.
        folder: Where to keep the run; None keeps it in memory.
        answerer: Replaces the answers of policy and decisions, as a replay does.
        thinking_s: Thinking time charged to a person who names none, in seconds.
        journal: Answers already given, which are taken instead of asking.
        resume: Go on in ``folder`` with a run that was interrupted, instead of beginning one there.
        audit: Raise when a draw of luck is named twice (for tests).

    Raises:
        BadInput: If the scenario, the policy, a seat, an override or a decision cannot be used.
    """

    def __init__(
        self,
        scenario: Exercise | str | Path,
        *,
        seed: int = 0,
        policy: str = "plan",
        seats: Sequence[str] = (),
        overrides: Mapping[str, str | float | int] | Parameters | None = None,
        decisions: Mapping[str, str] | None = None,
        folder: Path | None = None,
        answerer: Answerer | None = None,
        thinking_s: int = 120,
        journal: Sequence[Entry] = (),
        resume: bool = False,
        audit: bool = False,
    ) -> None:
        self.exercise = scenario if isinstance(scenario, Exercise) else load(scenario)
        self.parameters = overrides if isinstance(overrides, Parameters) else parse_overrides(overrides or {})
        self.seed = checked_seed(seed)
        self.seats = checked_seats(self.exercise, seats)
        if policy not in POLICIES:
            raise bad_input("policy", f"no policy {policy!r}", ", ".join(POLICIES))
        self.policy = POLICIES[policy]
        check_decisions(self.exercise, decisions or {})
        self.decisions = dict(decisions or {})
        self.thinking_s = checked_seconds(thinking_s)
        luck = Luck(self.seed, audit=audit)
        own = by_policy(self.policy, luck, self.parameters["seat.thinking"])
        self._answerer = answerer or (by_decisions(decisions, own) if decisions else own)
        if journal:
            self._answerer = by_journal(list(journal), self._answerer)
        self._folder = folder
        self._journal = Journal(None if folder is None else folder / "journal.jsonl", journal)
        self._given: dict[str, Given] = {}
        self._finished = False
        self._world = World(self.exercise, self.parameters, luck)
        self._scene = build_scene(self._world, self.policy)
        self._series = Series(self._world, self._quantities())
        self._world.clock.at(self._world.horizon_s, lambda: None)
        if folder is not None and not resume:
            begin_folder(folder, self.exercise, self.meta())

    @property
    def now_s(self) -> int:
        """Seconds since the exercise began."""
        return self._world.clock.now

    def meta(self) -> dict[str, Any]:
        """Return what ``run.json`` says of the run before it ends."""
        return {
            "format": FORMAT,
            "scenario": self.exercise.scenario.id,
            "seed": self.seed,
            "policy": self.policy.name,
            "seats": list(self.seats),
            "thinking_s": self.thinking_s,
            "overrides": {name: repr(value) for name, value in self.parameters.overrides},
            "decisions": dict(sorted(self.decisions.items())),
            "digests": self.exercise.digests,
            "parent": None,
            "versions": versions(),
        }

    def advance(self, until_s: int | None = None) -> tuple[Asked, ...]:
        """Run until a person must decide, or to a time, or to the end.

        Args:
            until_s: Stop before anything later than this happens, in seconds since the start.

        Returns:
            The questions that wait for persons; empty when the exercise stands at ``until_s`` or is over.
        """
        clock, pending = self._world.clock, self._world.pending
        stop_s = self._world.horizon_s if until_s is None else min(until_s, self._world.horizon_s)
        while True:
            if pending.open and clock.next_at() > clock.now:
                if waiting := self._answer_open_questions():
                    return waiting
            elif clock.next_at() > stop_s:
                break
            else:
                clock.step()
        if stop_s == self._world.horizon_s and not self._finished:
            self._end()
        return ()

    def decide(
        self,
        choices: Mapping[str, str | None],
        *,
        charged_s: int | None = None,
        reason: str = "",
        seat: str | None = None,
    ) -> None:
        """Answer questions; the answers are in the journal when this returns.

        Args:
            choices: An option by question key; None for no answer.
            charged_s: Thinking time to charge, in seconds; at the limit or beyond it the answer is none.
            reason: Why, in the seat's words.
            seat: If given, the questions must be this seat's.

        Raises:
            AnswerRefused: If an answer does not stand; then none of them is taken.
            OSError: If the journal cannot be written; then the answer does not count.
        """
        charged = self.thinking_s if charged_s is None else charged_s
        questions = [self._checked(key, choice, charged, seat) for key, choice in sorted(choices.items())]
        for question in questions:
            choice = choices[question.key]
            limit = question.point.limit
            given = Given(choice, charged, reason) if choice and charged < limit else Given(None, limit, reason)
            self._write(question, given)
            self._given[question.key] = given

    def view(self, seat: str) -> View:
        """Return what a seat may see now."""
        return view(self._world.log.events, seat, self.now_s)

    def picture_of(self, seat: str) -> dict[str, Any]:
        """Return the values that a seat holds, by fact."""
        return {key: held.value for key, held in self._scene.organizations[seat].picture.held.items()}

    def finish(self) -> RunRecord:
        """Return the record; runs to the end first if no person has to decide.

        Raises:
            NotFinished: If questions wait for persons.
        """
        waiting = self.advance()
        if waiting:
            raise NotFinished(self.now_s, tuple(asked.key for asked in waiting))
        record = RunRecord(
            self.exercise,
            self.meta(),
            self._world.log.events,
            self._journal.entries,
            self._series.rows(),
        )
        if self._folder is not None:
            finish_folder(self._folder, record)
        return record

    def _answer_open_questions(self) -> tuple[Asked, ...]:
        questions = [self._world.pending.open[key] for key in sorted(self._world.pending.open)]
        recorded = {entry.key for entry in self._journal.entries}
        waiting = []
        for question in questions:
            if question.key in self._given:
                continue
            if question.seat in self.seats and question.key not in recorded:
                waiting.append(_asked(question))
                continue
            given = self._answerer(question, self._scene.organizations[question.seat].picture.value)
            if given.choice is None or given.charged_s >= question.point.limit:
                given = Given(None, question.point.limit, given.reason)
            if question.key not in recorded:
                self._write(question, given)
            self._given[question.key] = given
        if not waiting:
            for question in questions:
                given = self._given[question.key]
                self._world.pending.answer(question.key, Answer(given.choice, given.charged_s))
        return tuple(waiting)

    def _write(self, question: Question, given: Given) -> None:
        self._journal.append(
            kind="answer" if given.choice else "none",
            key=question.key,
            seat=question.seat,
            choice=given.choice or "",
            arguments={},
            at_s=question.opened_s,
            charged_s=given.charged_s,
            reason=given.reason,
            view=view(self._world.log.events, question.seat, question.opened_s).digest(),
        )

    def _checked(self, key: str, choice: str | None, charged: int, seat: str | None) -> Question:
        if self._finished:
            raise AnswerRefused(Refusal.EXERCISE_OVER, key, str(choice), "a question of a running exercise")
        question = self._world.pending.open.get(key)
        if question is None:
            raise AnswerRefused(
                Refusal.NO_SUCH_QUESTION, key, str(choice), ", ".join(sorted(self._world.pending.open)) or "nothing"
            )
        if key in self._given:
            raise AnswerRefused(Refusal.ALREADY_ANSWERED, key, str(choice), "one answer")
        if seat is not None and seat != question.seat:
            raise AnswerRefused(Refusal.NOT_YOUR_SEAT, key, seat, question.seat)
        options = [option.id for option in question.point.options]
        if choice is not None and choice not in options:
            raise AnswerRefused(Refusal.NO_SUCH_OPTION, key, choice, ", ".join(options))
        if type(charged) is not int or charged < 0:
            raise AnswerRefused(Refusal.NEGATIVE_TIME, key, str(charged), "whole seconds from 0 up")
        return question

    def _quantities(self) -> dict[str, Any]:
        scene, county = self._scene, self._scene.county
        duty = self.exercise.county.desk("duty")
        units = [unit for department in departments(scene) for unit in department.units]
        return {
            "leak_g_s": lambda: round(scene.release.rate_g_s),
            "people_sealed": lambda: county.people(Where.SEALED),
            "people_away": lambda: county.people(Where.AWAY),
            "patients": lambda: len(county.casualties.everybody()),
            "deaths": lambda: county.casualties.deaths,
            "units_busy": lambda: sum(not unit.idle for unit in units),
            "duty_lines_waiting": lambda: scene.exchange.lines[duty].waiting,
            "rumor_ppm": lambda: round(scene.public.rumor.share * 1_000_000),
        }

    def _end(self) -> None:
        self._finished = True
        world, county, rumor = self._world, self._scene.county, self._scene.public.rumor
        world.log.emit(
            "run.ended",
            "",
            self.exercise.scenario.id,
            0,
            expected_deaths_micro=county.casualties.expected_deaths_micro(),
            rumor_left_person_s=rumor.left_person_s,
            closure_s=county.closed_s(),
            calls=rumor.calls,
        )


def _asked(question: Question) -> Asked:
    point = question.point
    options = {option.id: option.text for option in point.options}
    return Asked(question.key, question.seat, point.question, options, question.opened_s, point.limit)
