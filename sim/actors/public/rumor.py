"""A rumor that grows while nothing is said, and the calls and journeys it causes."""

from __future__ import annotations

from sim.actors.public.callers import Callers
from sim.actors.public.hearsay import SLOT_S, Hearsay
from sim.actors.public.mood import Mood
from sim.actors.scene import Scene
from sim.engine import Process

MARKS_PCT = (1, 2, 5, 10, 20, 40, 60)
"""Shares of the people, in percent, at which the record notes that it grew."""


class Rumor:
    """A rumor among the county's people.

    It is told on from one to another until those who tell it find only people who know it. An official statement
    competes with it: who hears and heeds that before the rumor does not believe it any more, and of those who believe
    it already the statement convinces a share. A denial that people see to be wrong feeds it.

    Attributes:
        share: Share of the people who believe it.
        peak: The greatest share so far.
        seq: Number of the event by which it is as it is.
        left_person_s: Time that people who left home because of it were away, in person-seconds.
        mood: How the public feels; trust is a factor on how many heed a statement.
        callers: Those who call the duty office.
    """

    def __init__(self, scene: Scene) -> None:
        self.mood = Mood(scene.world, lambda: self.share)
        self._scene = scene
        self._world = scene.world
        self._spec = scene.world.exercise.scenario.rumor
        self._who = scene.world.exercise.county.people
        self._hearsay = Hearsay(scene.world, self._spec)
        self.callers = Callers(scene, self.mood, lambda: self.seq)
        self.share = 0.0
        self.peak = 0.0
        self.seq: int | None = None
        self.left_person_s = 0
        self._reach = 1.0
        self._growth = 1.0
        self._heed = 0.0
        self._marks = 0
        self._faded = False
        self._broken_out = self._world.clock.occurrence()

    @property
    def calls(self) -> int:
        """How many calls waited for a line of the duty office or got one."""
        return self.callers.calls

    @property
    def cut_off(self) -> int:
        """How many calls were cut off."""
        return self.callers.cut_off

    def break_out(self, cause: int) -> None:
        """Begin now instead of at the time of the scenario, unless it goes round already."""
        if not self._broken_out.triggered:
            self._broken_out.succeed(cause)

    def heard_statement(self, tone: str, cause: int, *, verified: bool = True, reach: float = 1.0) -> None:
        """Let the public hear an official statement: inform, rebut or deny; the latest is what people go by.

        Args:
            tone: Its tone.
            cause: Number of the event by which it is heard.
            verified: Whether it says anything that was verified.
            reach: Factor on how many hear it, against a statement by the usual media with nothing cut off.
        """
        if tone == "deny":
            if self._world.truth.value("incident/exists"):
                self._growth *= self._spec.denial_growth
                self.mood.turn("denied", cause, trust=self._spec.denial_trust)
        else:
            self._heed = 1.0 if verified else self._spec.unverified
            self._reach = reach
            self._hearsay.announce()
        before = () if self.seq is None else (self.seq,)
        self.seq = self._world.log.emit("rumor.answered", self._who, "rumor", cause, before, tone=tone)

    def reached(self, reach: float, cause: int) -> None:
        """Let more or fewer people hear the latest statement than before, for what comes back or fails."""
        self._reach = reach
        before = () if self.seq is None else (self.seq,)
        self.seq = self._world.log.emit("rumor.answered", self._who, "rumor", cause, before, tone="reach")

    def proved_wrong(self, cause: int, *, rebuts: bool) -> None:
        """Let people see that a statement was wrong; it feeds the rumor, the more if it rebutted one."""
        share = 1.0 if rebuts else 0.5
        self._growth *= self._spec.denial_growth**share
        self.mood.turn("proved_wrong", cause, trust=self._spec.denial_trust**share)
        before = () if self.seq is None else (self.seq,)
        self.seq = self._world.log.emit("rumor.answered", self._who, "rumor", cause, before, tone="proved_wrong")

    def told_in_person(self, place: str, people: int, cause: int) -> None:
        """Let people of a place hear from those who knock at their doors what is officially said by now.

        Who has nothing official to say is heeded like a statement that says nothing verified.
        """
        if self.seq is None or not self.peak or not people:
            return
        self._hearsay.told(place, people * (self._heed or self._spec.unverified) * self.mood.trust)
        self.seq = self._world.log.emit(
            "rumor.answered", self._who, "rumor", cause, (self.seq,), tone="in_person", people=people
        )

    def run(self, cause: int) -> Process:
        """Process: the life of the rumor."""
        self.mood.begin(cause)
        yield self._world.clock.wait(self._spec.starts) | self._broken_out
        if self._broken_out.triggered:
            cause = int(self._broken_out.value or 0)
        else:
            self._broken_out.succeed(cause)
        self._hearsay.begin()
        self._look()
        also = () if self.seq is None else (self.seq,)
        self.seq = self._world.log.emit("rumor.started", self._who, "rumor", cause, also)
        self.mood.stir(self.seq)
        if self._spec.flight is None:
            self._world.truth.change("rumor/seen", True, self.seq)
        slot = 0
        while True:
            self.callers.ring(slot, self._hearsay.astir / max(1, self._hearsay.people))
            yield self._world.clock.wait(SLOT_S)
            self._hearsay.step(slot, self._growth, self._answered_per_h)
            slot += 1
            self._look()
            self._note()
            self._leave()

    @property
    def _answered_per_h(self) -> float:
        return self._spec.answered_per_h * self._heed * self._reach * self.mood.trust

    def _look(self) -> None:
        self.share = round(self._hearsay.believers / max(1, self._hearsay.people), 9)
        self.peak = max(self.peak, self.share)

    def _note(self) -> None:
        """Note in the record that it passed a mark, or has faded."""
        emit = self._world.log.emit
        while self._marks < len(MARKS_PCT) and self.share * 100 >= MARKS_PCT[self._marks]:
            self.seq = emit("rumor.grew", self._who, "rumor", self.seq, share_pct=MARKS_PCT[self._marks])
            self._marks += 1
        if not self._faded and self.peak > 0.01 and self.share < self.peak / 10:
            self._faded = True
            self.seq = emit("rumor.faded", self._who, "rumor", self.seq)

    def _leave(self) -> None:
        moved = self._hearsay.move(self.mood.leaving)
        self.left_person_s += moved.away * SLOT_S
        if self._spec.flight is not None and self.seq is not None:
            if moved.newly:  # nobody in office could see it before
                self._world.truth.change("rumor/seen", True, self.seq)
            for hazard in self._scene.hazards:
                if hazard.seq is not None:
                    hazard.fled(moved.newly, moved.away, SLOT_S, self.seq)
