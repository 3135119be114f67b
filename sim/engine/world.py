"""The Mesa world: a registry of agents whose time is the clock's. Mesa never moves time here."""

from __future__ import annotations

from itertools import count
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

import mesa

from sim.engine.clock import Clock
from sim.engine.log import Log
from sim.engine.pending import Pending
from sim.engine.truth import Truth
from sim.errors import ClockOwnership
from sim.rng import Luck
from sim.spec.load import Exercise
from sim.spec.parameters import Parameters


class _Numbers(WeakKeyDictionary[Any, Any]):
    """Mesa 3.3 numbers agents per model in a class-wide table that would keep every model alive for ever."""

    def __getitem__(self, model: Any) -> Any:
        return self.setdefault(model, count(1))


class Agent(mesa.Agent):  # type: ignore[misc]
    """A Mesa agent whose model can be freed when its run is over."""

    if hasattr(mesa.Agent, "_ids"):
        _ids = _Numbers()


class World(mesa.Model):  # type: ignore[misc]
    """What all parts of a run share: the files, the luck, the clock, the log, the truth and the open questions.

    Mesa keeps the agents and collects the series; everything by which Mesa could move time raises
    :class:`ClockOwnership`. Mesa's own random generators are never drawn from.

    Attributes:
        clock: The only time.
        step: Mesa's own step, closed off.
        exercise: The files of the exercise.
        parameters: The coordination parameters; the trainer can change them on the way.
        luck: Where every draw comes from, by the names of what it is about.
        log: Events so far.
        truth: What is so, by the keys of facts.
        pending: Questions that wait for a seat.
        horizon_s: When the exercise ends, in seconds after its beginning.
        stopped: Whether a real event has ended it early.
    """

    def __init__(self, exercise: Exercise, parameters: Parameters, luck: Luck) -> None:
        self.clock = Clock()  # before Mesa's own start, which sets the time to 0
        super().__init__(rng=0)
        self.step = self._refuse  # Mesa puts its own step on the instance
        self.exercise = exercise
        self.parameters = parameters
        self.luck = luck
        self.log = Log(self.clock)
        self.truth = Truth(self.log)
        self.pending = Pending(self.clock, self.log, luck)
        self.horizon_s = exercise.scenario.duration
        self.stopped = False

    @property
    def time(self) -> int:
        """Seconds since the exercise began."""
        return self.clock.now

    @time.setter
    def time(self, value: float) -> None:
        if value != self.clock.now:
            raise ClockOwnership("mesa", str(value), self.clock.now)

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ClockOwnership("mesa", "step", self.clock.now)

    run_model = run_for = run_until = schedule_event = schedule_recurring = _refuse
