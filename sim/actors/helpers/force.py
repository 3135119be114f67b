"""A force of somebody else: from its home to its first task in the county."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sim.actors.helpers import neighbor
from sim.engine import Occurrence, Process
from sim.spec.helpers import Helper

if TYPE_CHECKING:
    from sim.actors.departments.unit import Unit
    from sim.actors.helpers.aid import Aid


class Stage(StrEnum):
    """How far a force has come."""

    HOME = "home"
    COMING = "coming"
    WAITING = "waiting"
    REGISTERED = "registered"


class Force:
    """A force in a run.

    Attributes:
        helper: What the county file says of it.
        units: Its teams.
        stage: How far it has come.
        seq: Number of its last event.
        by_itself: Whether it came uncalled.
        received: Whether somebody registers it, or has done so.
        called: Occurs with the number of the event when it is called.
    """

    def __init__(self, aid: Aid, helper: Helper, units: tuple[Unit, ...]) -> None:
        self.helper = helper
        self.units = units
        self.stage = Stage.HOME
        self.seq = 0
        self.by_itself = False
        self.received = False
        self.called: Occurrence = aid.world.clock.occurrence()
        self._aid = aid

    @property
    def id(self) -> str:
        """Its id in the county file."""
        return self.helper.id

    def come(self, caller: str, cause: int, *, registered: bool = False) -> Process:
        """Process: get ready and travel to where its teams enter the county, and say there that it has come.

        Args:
            caller: Organization that called it, which hears of its arrival.
            cause: Number of the event by which it agreed or was ordered to come.
            registered: Whether it was registered before it set out.
        """
        world, luck, helper = self._aid.world, self._aid.world.luck, self.helper
        self.stage = Stage.COMING
        if not self.called.triggered:
            self.called.succeed(cause)
        ready, also = neighbor.standby(self._aid.scene, helper)
        muster = helper.muster.scaled(world.parameters["aid.muster_factor"] * ready)
        yield world.clock.wait(luck.seconds(muster, "muster", helper.id))
        way_s = luck.seconds(helper.travel, "aid travel", helper.id)
        arrives_s = world.clock.now + way_s
        left = world.log.emit("aid.left", helper.desk, helper.id, cause, also, arrives_s=arrives_s)
        yield world.clock.wait(way_s)
        self._aid.arrived(self, caller, left, registered=registered)
