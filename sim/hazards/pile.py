"""Those who lie over one another on stairs after a fall, and how police push through to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.county.state import CountyState
from sim.engine import Occurrence, Process, World
from sim.hazards.formulas.crowd_flow import BUSY_PER_M2, push_through_s
from sim.hazards.squeezed import Squeezed
from sim.spec.hazards.crowd import Crowd

if TYPE_CHECKING:
    from sim.hazards.crowd import Gathering

LIFT_S = 60
"""How often those who were taken off are counted, in seconds."""
POLICE = "police"
"""Who pushes in, as the record names him."""
PUBLIC, BYSTANDERS = "public", "bystanders"
"""Who takes those off who lie there if nobody else does, as the record names them."""


class Pile:
    """People who fell on stairs, and those who were pressed down on them.

    Attributes:
        people: How many lie or are wedged there.
        seq: Number of the event by which they are as they are; None before anybody fell.
        way_in: Occurs when somebody has pushed through to them; None before anybody fell and afterwards.
    """

    def __init__(self, world: World, county: CountyState, spec: Crowd, squeezed: Squeezed, crowd: Gathering) -> None:
        self.people = 0
        self.seq: int | None = None
        self.way_in: Occurrence | None = None
        self._world, self._county, self._spec = world, county, spec
        self._squeezed = squeezed
        self._crowd = crowd
        self._patients = county.casualties.within(spec.stairs)
        self._per_m2 = 0.0
        self._known_s: int | None = None
        self._near: dict[str, int] = {}
        self._far: dict[str, int] = {}
        self._pushing = False
        self._lane = (spec.site, spec.stairs)

    def knows_behind(self, now_s: int) -> bool:
        """Return whether those behind know that people lie there."""
        return self._known_s is not None and now_s >= self._known_s

    def fall(self, cause: int, also: tuple[int, ...], fallen: tuple[int, float]) -> int:
        """Let people fall; returns the number of the event.

        Args:
            cause: Number of the event by which the crowd is as dense as it is.
            also: Numbers of other events on which that depends.
            fallen: How many lie or are wedged there, and their density in persons/m².
        """
        world, falls, own = self._world, self._spec.falls, self._crowd.own
        self.people, self._per_m2 = fallen
        stairs = self._spec.stairs
        self.seq = world.log.emit("crowd.fell", "", stairs, cause, also, of=own, people=self.people)
        self.way_in = world.clock.occurrence()
        self._known_s = world.clock.now + world.luck.seconds(falls.unaware, "unaware", own)
        self._crowd.now_so("fallen", True, self.seq)
        hurt = falls.hurt
        serious = hurt.serious + hurt.critical
        self._crowd.hurt((hurt.light + serious, serious, hurt.critical), self.seq, (), trapped=True)
        if self._crowd.flows.square_per_m2 >= BUSY_PER_M2:
            self._county.block(None, self._lane, self.seq)  # no ambulance gets through a crowd that cannot step aside
        apart_s = world.luck.seconds(falls.by_themselves, "by themselves", own)
        world.clock.start(self._come_apart(apart_s, self.seq))
        for near, group in ((True, self._near), (False, self._far)):
            for unit, seq in group.items():
                self._push_in(unit, seq, near=near)
        return self.seq

    def police_came(self, unit: str, *, near: bool, cause: int) -> None:
        """Let a police team be at hand, on the stairs or at the edge of the square."""
        (self._near if near else self._far)[unit] = cause
        if self.people:
            self._push_in(unit, cause, near=near)

    def police_left(self, unit: str) -> None:
        """Let a police team be gone."""
        self._near.pop(unit, None)
        self._far.pop(unit, None)

    def press(self, minutes: float, also: tuple[int, ...]) -> None:
        """Let those who lie there gather what some minutes do to them."""
        if self.people and self.seq is not None:
            pushed = self._crowd.flows.stairs_per_m2 * self._spec.falls.pile_factor
            self._per_m2 = max(self._per_m2, pushed)  # those behind push on until they know; nothing eases it but help
            self._crowd.hurt(self._squeezed.press(self.people, self._per_m2, minutes), self.seq, also, trapped=True)

    def _push_in(self, unit: str, cause: int, *, near: bool) -> None:
        """Let the first team push in; those who come later follow in its lane."""
        if not self._pushing:
            self._pushing = True
            self._world.clock.start(self._wedge(unit, cause, near=near))

    def _wedge(self, unit: str, cause: int, *, near: bool) -> Process:
        """Process: push through to those who lie there, then take them off."""
        world, flows = self._world, self._crowd.flows
        near_m = self._spec.near_m
        distance_m = near_m if near else self._spec.wedge_m
        seconds = push_through_s(distance_m - near_m, flows.square_per_m2) + push_through_s(near_m, flows.stairs_per_m2)
        also = () if self.seq is None else (self.seq,)
        began = world.log.emit(
            "crowd.pushed_in", POLICE, self._spec.stairs, cause, also, unit=unit, distance_m=round(distance_m)
        )
        yield world.clock.wait(round(seconds))
        if not self.people:
            return
        through = world.log.emit("crowd.reached", POLICE, self._spec.stairs, began, unit=unit)
        self._open(through)
        while self.people:
            yield world.clock.wait(LIFT_S)
            teams = max(1, len(self._near) + len(self._far))
            self._take_off(self._spec.lifted_per_min * teams, unit, through)
            if not self.people:
                self._apart(through)

    def _open(self, cause: int) -> None:
        """Open the way in."""
        if self.way_in is not None:
            self.way_in.succeed(cause)
            self.way_in = None
            self._county.clear(self._lane, POLICE, cause)

    def _take_off(self, people: int, unit: str, cause: int) -> None:
        self._free(people, unit, POLICE, cause)
        self.people = max(0, self.people - people)

    def _free(self, people: int, unit: str, actor: str, cause: int) -> None:
        """Let some of the seriously hurt among them be taken off."""
        for patient in self._patients.trapped()[:people]:
            others = tuple(one.seq for one in self._patients.all)
            self._county.casualties.rescue(patient, unit, actor, cause, others)

    def _come_apart(self, seconds: int, cause: int) -> Process:
        """Process: come apart without help, in the end."""
        yield self._world.clock.wait(seconds)
        if self.people:
            self._apart(cause)

    def _apart(self, cause: int) -> None:
        """Let nobody lie on anybody any more: whoever can walks away, the others can be reached."""
        people, self.people = self.people, 0
        self._free(len(self._patients.trapped()), BYSTANDERS, PUBLIC, cause)
        also = () if self.seq is None else (self.seq,)
        self.seq = self._world.log.emit("people.freed", "", self._spec.stairs, cause, also, people=people)
        self._open(self.seq)
        self._crowd.now_so("freed", True, self.seq)
