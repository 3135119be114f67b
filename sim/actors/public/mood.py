"""How the public feels: trust in what those in office say, and fear; what moves both, and what they do.

Fear goes toward a level that the rumor, silence and empty shops raise and good statements lower; trust falls by what
turns out wrong and slowly comes back by what is checked. All numbers are guesses: no published model was found that
gives such rates for a county. At usual fear and full trust people do as the scenario says.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from sim.clocktext import hour_of_day
from sim.engine import Process, World

STEP_S = 300
"""Step, in seconds."""
USUAL = 0.3
"""Fear, from 0 to 1, at which people call, leave and buy as the scenario says. A guess."""
SETTLES_S = 30 * 60
"""Time, in seconds, in which fear goes most of the way (1 - 1/e) to where it is going. A guess."""
BY_RUMOR = 0.5
"""What fear gains if everybody believes a rumor. A guess."""
BY_SILENCE = 0.25
"""What fear gains where nothing official has been heard for long. A guess."""
SILENCE_S = 60 * 60
"""Time, in seconds, in which silence has most (1 - 1/e) of its effect. A guess."""
PATIENCE_S = 60 * 60
"""Time, in seconds, for which a statement that promises no next one is enough. A guess."""
BY_SHORTAGE = 0.15
"""What fear gains by empty shelves. A guess."""
BY_MEASURES = -0.1
"""What fear gains by hearing what is being done, while the statement is fresh. A guess."""
REGAINED = 0.1
"""Share of the lost trust that a statement with something checked brings back. A guess."""
PROMISE_BROKEN = 0.95
"""Factor on trust when the next statement does not come as promised. A guess."""
ADVISED = 0.3
"""Share of those who would not do what they are told who do, once they have heard what to do and why. A guess."""
WAITING = 0.7
"""Factor on calls while people wait for a statement that was promised. A guess."""
TO_LEAVE = 0.5
"""What each unit of fear beyond the usual adds to leaving home, where it adds 1 to calls. A guess."""
BUYERS_FOR_AN_HOUR = 0.1
"""Share of the people who, buying for an hour at once, empty the shelves. A guess."""
RESTOCKED_S = 24 * 3600
"""Time, in seconds, in which empty shops are filled again. A guess."""
OPEN_HOURS = range(7, 21)
"""Hours of the day in which shops are open. A guess."""
EMPTY = 0.2
"""Part of the usual goods below which shelves look empty. A guess."""


@dataclass(frozen=True)
class Heard:
    """What of a statement bears on how people feel.

    Attributes:
        checked: Whether it says anything that was checked.
        contains: What it holds besides facts.
        next_update_s: Time until the next one by its promise; None for no promise.
        reach: Share of the people whom it reaches.
    """

    checked: bool
    contains: tuple[str, ...] = ()
    next_update_s: int | None = None
    reach: float = 1.0


class Mood:
    """Trust and fear of the people of the county.

    Args:
        world: The world.
        believers: Gives the share of the people who believe a rumor.

    Attributes:
        trust: Factor, from 0 to 1, on how many do and heed what those in office say.
        anxiety: Fear, from 0 to 1.
        advised: Whether people have heard what to do.
        cared: Share of those who gathered to whom somebody gave psychological aid.
        shelves: What part of the usual goods the shops hold.
        seq: Number of the event by which it last turned.
    """

    def __init__(self, world: World, believers: Callable[[], float]) -> None:
        self._world = world
        self._believers = believers
        self._who = world.exercise.county.people
        self.trust = world.parameters["public.trust"]
        self.anxiety = USUAL
        self.advised = False
        self.cared = 0.0
        self.shelves = 1.0
        self.seq: int | None = None
        self._silent_since: int | None = None
        self._measures = False
        self._reach = 0.0
        self._promised_s = 0
        self._number = 0
        self._noted = round(10 * USUAL)

    # --- what it does ------------------------------------------------------------------------------------------------

    @property
    def _beyond(self) -> float:
        return self._world.parameters["public.anxiety_effect"] * (self.anxiety - USUAL)

    @property
    def calling(self) -> float:
        """Factor on the calls of worried people."""
        waits = WAITING if self._world.clock.now < self._promised_s else 1.0
        return max(0.0, 1 + self._beyond) * waits

    @property
    def leaving(self) -> float:
        """Factor on how many leave home unasked."""
        return max(0.0, 1 + TO_LEAVE * self._beyond)

    @property
    def hoarders(self) -> int:
        """How many people buy up the shops at the moment."""
        return round(self._hoarding * self._world.exercise.scenario.public_people)

    @property
    def _hoarding(self) -> float:
        if hour_of_day(self._world.exercise.scenario.starts_at, self._world.clock.now) not in OPEN_HOURS:
            return 0.0
        return self._world.parameters["public.hoarding"] * max(0.0, self.anxiety - USUAL) / (1 - USUAL)

    def complying(self, comply: float) -> float:
        """Return the share of people that does what it is told, of the share that does at full trust."""
        told = 1 - (1 - comply) * (1 - ADVISED) if self.advised else comply
        return told * self.trust

    # --- what moves it -----------------------------------------------------------------------------------------------

    def begin(self, cause: int) -> None:
        """Note how people feel at the start."""
        self._note("start", cause)

    def stir(self, cause: int) -> None:
        """Give people a reason to worry and to want to hear something, from now on."""
        if self._silent_since is None:
            self._silent_since = self._world.clock.now
            self._note("worried", cause)
            self._world.clock.start(self._live())

    def hear(self, heard: Heard, cause: int) -> None:
        """Hear a statement of those in office."""
        now = self._world.clock.now
        self._number += 1
        self._reach = max(self._reach, heard.reach)
        self._measures = "measures" in heard.contains
        self.advised |= "advice" in heard.contains
        if heard.checked:
            self.trust += REGAINED * (1 - self.trust)
        patience = PATIENCE_S if heard.next_update_s is None else heard.next_update_s
        self._silent_since = now + patience
        self._promised_s = 0 if heard.next_update_s is None else now + heard.next_update_s
        self._note("heard", cause)
        if heard.next_update_s is not None:
            self._world.clock.start(self._expect(self._number, heard.next_update_s))

    def turn(self, why: str, cause: int, *, trust: float = 1.0, fear: float = 0.0) -> None:
        """Let something change how people feel.

        Args:
            why: What it is.
            cause: Number of its event.
            trust: Factor on trust.
            fear: What fear gains at once.
        """
        self.trust *= trust
        self.anxiety = min(1.0, max(0.0, self.anxiety + fear))
        self._note(why, cause)

    def comfort(self, share: float, cause: int) -> None:
        """Hear that a share of those who gathered has been given psychological aid."""
        self.cared = share
        self._note("comforted", cause)

    def _expect(self, number: int, seconds: int) -> Process:
        """Process: wait for the next news that was promised, and lose trust if there is none."""
        yield self._world.clock.wait(seconds)
        if number == self._number and self.seq is not None:
            self.turn("promise_broken", self.seq, trust=PROMISE_BROKEN)

    def _live(self) -> Process:
        """Process: step by step, let fear settle and shops empty."""
        while True:
            yield self._world.clock.wait(STEP_S)
            self._step()

    def _step(self) -> None:
        self.anxiety += (self._goal() - self.anxiety) * -math.expm1(-STEP_S / SETTLES_S)
        hours = STEP_S / 3600
        self.shelves = min(1.0, self.shelves - self._hoarding * hours / BUYERS_FOR_AN_HOUR + STEP_S / RESTOCKED_S)
        self.shelves = max(0.0, self.shelves)
        if abs(10 * self.anxiety - self._noted) >= 1 and self.seq is not None:
            self._note("changed", self.seq)

    def _goal(self) -> float:
        now = self._world.clock.now
        silent_s = max(0, now - (now if self._silent_since is None else self._silent_since))
        silence = -math.expm1(-silent_s / SILENCE_S)
        unheard = 1 - self._reach * (1 - silence) if self._reach else silence
        goal = USUAL + BY_RUMOR * self._believers() + BY_SILENCE * unheard
        goal += BY_SHORTAGE * (self.shelves < EMPTY) + BY_MEASURES * (self._measures and not silent_s)
        goal -= self._world.parameters["aid.calming"] * self.cared
        return min(1.0, max(0.0, goal))

    def _note(self, why: str, cause: int) -> None:
        self._noted = round(10 * self.anxiety)
        before = () if self.seq is None else (self.seq,)
        self.seq = self._world.log.emit(
            "mood.turned",
            self._who,
            "mood",
            cause,
            before,
            why=why,
            trust_pct=round(100 * self.trust),
            anxiety_pct=round(100 * self.anxiety),
        )
