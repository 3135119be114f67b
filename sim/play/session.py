"""The session: one exercise, from its first second to its record, with questions answered on the way.

In each instant everything happens in this order: what people gave besides answers; all events that are due; then the
answers to open questions, in the order of their keys, never of the clicks. A straight run, a run in pieces, a resumed
run and a replay take the same path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.actors.cast import build_scene
from sim.actors.policies import Policy
from sim.engine import Series, World, not_collecting
from sim.errors import AnswerRefused, NotFinished, RecordBroken, Refusal, bad_input
from sim.play.acts import Acts, key_for, moves_time
from sim.play.answerers import Answerer, Given
from sim.play.players import Cast, cast_by, orders_again, own_answerer, played
from sim.play.questions import Asked, Questions, check_reason
from sim.play.sampled import end_of_run, quantities
from sim.play.settings import checked, versions
from sim.record.disk import Lock
from sim.record.events import Event
from sim.record.folder import FORMAT, RunRecord, begin_folder, finish_folder
from sim.record.journal import Entry, Journal, effective
from sim.record.view import View, view
from sim.spec.load import Exercise, load
from sim.spec.parameters import Parameters
from sim.spec.supplied import Draws, luck_for
from sim.spec.trace import Supplies, with_trace


class Session:
    """One exercise.

    Args:
        scenario: A loaded exercise, the id of a bundled scenario, or the path of a scenario file.
        seed: Seed of all luck.
        policy: How seats without a person, and all desks, are played: a name in ``POLICIES``.
        seats: Seats taken by persons, who answer by :meth:`decide`.
        players: Seats with a player of their own: ``person``, ``journal`` or a policy other than the rest's.
        overrides: Coordination parameters that differ from their defaults, by name.
        decisions: Options decided beforehand, by question key.
        folder: Where to keep the run; None keeps it in memory.
        answerer: Replaces the answers of policies and decisions, as a replay and a branch do.
        thinking_s: Thinking time charged to a person who names none, in seconds.
        journal: What was given already, in this run or before a branch: it is taken instead of asking.
        recorded: Journal of another run, for seats that ``journal`` plays: they answer and order as they did there.
        parent: What run this one branches from; kept in ``run.json``.
        resume: The lock of ``folder``, to go on with a run that was interrupted instead of beginning one there.
        trace: Values supplied in place of luck: a file or rows, see :func:`sim.spec.trace.read_trace`.
        draws: Notes every amount and chance that is drawn, if given.
        audit: Raise when a draw of luck is named twice (for tests).
        cast: Who plays everybody and each body, in place of what the settings say (for studies).

    Attributes:
        world: The model: clock, luck, log, truth. Not for seats, who have :meth:`view`.
        scene: The model: organizations, channels, hazard, script. Not for seats.

    Raises:
        BadInput: If the scenario, the policy, a seat, an override or a decision cannot be used.
        InUse: If another session writes the folder.
    """

    def __init__(
        self,
        scenario: Exercise | str | Path,
        *,
        seed: int = 0,
        policy: str = "plan",
        seats: Sequence[str] = (),
        players: Mapping[str, str] | None = None,
        overrides: Mapping[str, str | float | int] | Parameters | None = None,
        decisions: Mapping[str, str] | None = None,
        folder: Path | None = None,
        answerer: Answerer | None = None,
        thinking_s: int = 120,
        journal: Sequence[Entry] = (),
        recorded: Sequence[Entry] = (),
        parent: Mapping[str, Any] | None = None,
        resume: Lock | None = None,
        trace: Supplies | None = None,
        draws: Draws | None = None,
        audit: bool = False,
        cast: Cast | None = None,
    ) -> None:
        self.exercise = with_trace(scenario if isinstance(scenario, Exercise) else load(scenario), trace)
        self.settings = checked(self.exercise, seed, policy, seats, players, overrides, decisions, thinking_s)
        if self.settings.by_journal and not (recorded or journal or resume or answerer):
            raise bad_input("players", "no journal is there to act by", "recorded: the journal of another run")
        self.parent = parent
        self.persons = self.settings.seats
        self.folder = folder
        self._lock = resume
        if folder is not None and resume is None:
            self._lock = begin_folder(folder, self.exercise, self.meta(), recorded)
        self._luck = luck_for(seed, self.exercise.trace, draws, audit=audit)
        self.world = World(self.exercise, self.settings.parameters, self._luck)
        self.scene = build_scene(self.world, *(cast or cast_by(self.settings)), self.persons)
        self._series = Series(self.world, quantities(self.scene))
        self.world.clock.at(self.world.horizon_s, lambda: None)
        self._journal = Journal(None if folder is None else folder / "journal.jsonl", journal)
        self._questions = Questions(
            self.world, self.scene, self._journal, self.entries, lambda seat: seat in self.persons
        )
        other = effective(recorded)
        self._questions.otherwise = answerer or own_answerer(self.settings, self.scene, self._luck, other)
        self._acts = Acts(self.world, self.scene)
        self._acts.take_up(self.entries)
        self._reached_s = 0
        self._finished = self._kept = False
        self._order_as_recorded(other)

    def play_on(self, answerer: Answerer) -> None:
        """Let nobody be asked any more: from now on an answerer answers for everybody."""
        self.persons = ()
        self._questions.otherwise = answerer

    def turn_luck(self, replication: int) -> None:
        """Let all luck that is drawn from now on be that of a replication; what was drawn stays."""
        self._luck.turn(replication)

    @property
    def unlike(self) -> tuple[str, ...]:
        """Keys of journal entries that were given on another view than the one that this run shows."""
        return (*self._questions.unlike, *self._acts.unlike)

    def by_policy(self, policy: Policy | None = None) -> Answerer:
        """Return an answerer that plays a policy for every seat, or by default each seat's own."""
        return played(self.scene, self._luck, policy)

    @property
    def now_s(self) -> int:
        """Up to when the exercise has run, in seconds since it began."""
        return max(self.world.clock.now, self._reached_s)

    @property
    def finished(self) -> bool:
        """Whether the exercise is over."""
        return self._finished

    @property
    def entries(self) -> list[Entry]:
        """What counts of the journal so far."""
        return effective(self._journal.entries)

    @property
    def journal(self) -> tuple[Entry, ...]:
        """Every line of the journal so far, also what was taken back."""
        return tuple(self._journal.entries)

    @property
    def parameters(self) -> Parameters:
        """The coordination parameters as they are now."""
        return self.world.parameters

    def meta(self) -> dict[str, Any]:
        """Return what ``run.json`` says of the run before it ends."""
        return {
            "format": FORMAT,
            "scenario": self.exercise.scenario.id,
            **self.settings.meta(),
            "digests": self.exercise.digests,
            "parent": None if self.parent is None else dict(self.parent),
            "versions": versions(),
        }

    def waiting(self) -> tuple[Asked, ...]:
        """Return the questions that wait for persons at this moment."""
        return self._questions.waiting()

    @not_collecting()
    def advance(self, until_s: int | None = None) -> tuple[Asked, ...]:
        """Run until a person must decide, or to a time, or to the end.

        Args:
            until_s: Stop before anything later than this happens, in seconds since the start.

        Returns:
            The questions that wait for persons; empty when the exercise stands at ``until_s`` or is over.
        """
        if until_s is not None and type(until_s) is not int:
            raise bad_input("until_s", f"{until_s!r} is no time of the exercise", "whole seconds")
        self._acts.take_up(self.entries)  # an interrupt may have come between journal and clock
        clock, world = self.world.clock, self.world
        stop_s = world.horizon_s if until_s is None else min(until_s, world.horizon_s)
        while not world.stopped:
            over = clock.next_at() > clock.now
            if over and self._questions.due():
                waiting = self._questions.settle()
                if waiting and self._acts.stop_at(clock.now + 1):
                    clock.step()  # nobody is waited for any more
                elif waiting:
                    self._reached_s = clock.now
                    return waiting
            elif clock.next_at() > stop_s:
                break
            else:
                clock.step()
        self._reached_s = max(self._reached_s, clock.now if world.stopped else stop_s)
        if (world.stopped or stop_s == world.horizon_s) and not self._finished:
            self._finished = True
            end_of_run(self.scene)
        return ()

    def step(self) -> tuple[Asked, ...]:
        """Run to the next second in which the record gains an event, or until a person must decide.

        Returns:
            The questions that wait for persons; nothing moves until they are answered.
        """
        clock, known = self.world.clock, len(self.world.log.events)
        while not self._finished and len(self.world.log.events) == known:
            next_s = int(max(clock.next_at(), clock.now))
            if waiting := self.advance(min(next_s, self.world.horizon_s)):
                return waiting
        return ()

    def decide(
        self,
        choices: Mapping[str, str | None],
        *,
        charged_s: int | None = None,
        reason: str = "",
        seat: str | None = None,
        wait_s: int = 0,
    ) -> None:
        """Answer questions; the answers are in the journal when this returns.

        Args:
            choices: An option by question key; None for no answer.
            charged_s: Thinking time to charge, in seconds; at the limit or beyond it the answer is none.
            reason: Why, in the seat's words.
            seat: If given, the questions must be this seat's.
            wait_s: If above 0, this is no answer yet: let so many seconds pass, then be asked again.

        Raises:
            AnswerRefused: If an answer does not stand; then none of them is taken.
            OSError: If the journal cannot be written; then the answer does not count.
        """
        if self._finished:
            raise AnswerRefused(Refusal.EXERCISE_OVER, ", ".join(choices), "", "an answer in a running exercise")
        charged = self.settings.thinking_s if charged_s is None else charged_s
        given = {
            key: Given(choice, charged if choice and not wait_s else 0, reason, wait_s)
            for key, choice in choices.items()
        }
        self._questions.decide(given, seat)

    def act(
        self,
        kind: str,
        who: str,
        arguments: Mapping[str, Any],
        *,
        choice: str = "",
        charged_s: int = 0,
        reason: str = "",
        key: str = "",
    ) -> Entry:
        """Give an order, an inject, a control or a note, which was checked before; it is journaled when this returns.

        Its key is made from who gives it and when, unless one is given.

        Raises:
            AnswerRefused: If the exercise is over, or will be when this would take effect.
            OSError: If the journal cannot be written; then it does not count.
        """
        check_reason(kind, reason)
        at_s = self.now_s
        changes_run = kind in ("order", "inject", "control") and choice != "undo"
        if changes_run and (self._finished or at_s + max(1, charged_s) >= self.world.horizon_s):
            refused = Refusal.EXERCISE_OVER if self._finished else Refusal.BEYOND_THE_LIMIT
            raise AnswerRefused(refused, kind, choice, "notes, and going back")
        seen = view(self.world.log.events, who, at_s).digest() if who in self.scene.staff else ""
        entry = self._journal.append(
            kind=kind,
            key=key or key_for(self.entries, who, kind, at_s),
            seat=who,
            choice=choice,
            arguments={**arguments, "seen": len(self.world.log.events)} if seen else dict(arguments),
            at_s=at_s,
            charged_s=charged_s,
            reason=reason,
            view=seen,
        )
        self._acts.take_up([entry])
        return entry

    def view(self, seat: str) -> View:
        """Return what a seat may see now."""
        return view(self.world.log.events, seat, self.now_s)

    def picture_of(self, seat: str) -> dict[str, Any]:
        """Return the values that a seat holds, by fact."""
        return {key: held.value for key, held in self.scene.organizations[seat].picture.held.items()}

    @property
    def events(self) -> list[Event]:
        """All events so far; not for seats, who have :meth:`view`."""
        return self.world.log.events

    def catch_up(self) -> None:
        """Run to where the journal ends.

        Raises:
            RecordBroken: If answers were given on other views than those that this program comes to.
        """
        last_s = max((entry.at_s for entry in self.entries if moves_time(entry)), default=0)
        self._journal.hold_back()
        self.advance(last_s)
        if unlike := (*self.unlike, *self._questions.unasked()):
            where = "the journal" if self.folder is None else str(self.folder / "journal.jsonl")
            raise RecordBroken(where, f"this program does not come to the views on which was decided: {unlike[0]}")
        self._journal.write_held()

    def finish(self) -> RunRecord:
        """Return the record; runs to the end first if no person has to decide.

        Raises:
            NotFinished: If questions wait for persons.
        """
        waiting = self.advance()
        if waiting:
            raise NotFinished(self.now_s, tuple(asked.key for asked in waiting))
        record = RunRecord(self.exercise, self.meta(), self.events, self._journal.entries, self._series.rows())
        self._journal.check()
        if self.folder is not None and not self._kept:
            if self._lock is None:
                raise RecordBroken(str(self.folder), "this session was closed; go on with `tabletop resume`")
            finish_folder(self.folder, record)
            self._kept = True
        self.close()
        return record

    def close(self) -> None:
        """Let another session go on with the folder; nothing can be given here any more if it does."""
        self._journal.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _order_as_recorded(self, recorded: Sequence[Entry]) -> None:
        for again in orders_again(self.exercise, self.settings, recorded, self.entries):
            data = {"order": again.order.model_dump(mode="json", exclude_none=True)}
            after_s, reason = again.after_s, again.reason
            self.act("order", again.seat, data, choice=again.order.do, charged_s=after_s, reason=reason, key=again.key)
