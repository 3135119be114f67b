"""Who leads: the first crew on the scene or the township, then the county, then the level above, each with a briefing.

Leading is a fact of the truth, ``command/leader``, from the event ``command.taken`` on. Whoever takes over learns what
the one before holds, if there is time for a briefing; meanwhile the one before goes on leading.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sim.actors.command.consulting import everything
from sim.engine import Occurrence, Process
from sim.spec.command import LEADER, NOBODY
from sim.spec.hazards import INCIDENT
from sim.spec.orders import TaskKind

if TYPE_CHECKING:
    from sim.actors.departments.unit import Unit
    from sim.actors.organization import Organization
    from sim.actors.scene import Scene

AT_THE_HAZARD = (
    TaskKind.FIND_OUT,
    TaskKind.CORDON,
    TaskKind.CONTAIN,
    TaskKind.RESCUE,
    TaskKind.PUT_OUT,
    TaskKind.SEARCH,
    TaskKind.PUMP,
    TaskKind.CONTROL_FLOW,
    TaskKind.CLOSE_DOWN,
)
"""What brings a crew to the scene, so that it can lead there."""
OF_THE_TOWNSHIP = (f"{INCIDENT}/exists", f"{INCIDENT}/sign")
"""What lets a township take the lead when it learns that it is so."""


class Standing(NamedTuple):
    """A protective order that stands: how people are protected, by whose order, and the event that gave it."""

    by: str
    issuer: str
    seq: int


class Commanding:
    """Who leads in a run, and what was ordered where.

    Attributes:
        leader: Id of the body that leads; empty while nobody does.
        standing: The protective order that stands at each place.
        contested: Places whose people have two orders that say different things.
        assessed: Number of the event by which the impact of a measure at a place was assessed.
        ended: Number of the event by which the end of the response was declared.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._world = scene.world
        self.leader = ""
        self.standing: dict[str, Standing] = {}
        self.contested: dict[str, int] = {}
        self.assessed: dict[str, int] = {}
        self.ended: int | None = None
        self._since: int | None = None
        self._coming: dict[str, None] = {}
        self._taken = scene.world.clock.occurrence()
        exercise = scene.world.exercise
        superior = scene.organizations.get(exercise.county.superior)
        if superior is not None:
            superior.on_learned.append(partial(self._superior_learned, superior))
        site = exercise.scenario.hazard.site
        home = next((place.township for place in exercise.county.places if place.id == site), None)
        for township in exercise.county.townships:
            office = scene.organizations.get(township.organization or "")
            if township.id == home and office is not None:
                office.on_learned.append(partial(self._township_learned, office))

    @property
    def looked_at(self) -> tuple[int, ...]:
        """Number of the event since which it is so who leads, if anybody ever has."""
        return () if self._since is None else (self._since,)

    def taken(self) -> Occurrence:
        """Return what occurs, with the number of the event, when somebody takes the lead next."""
        return self._taken

    # --- who comes first -----------------------------------------------------------------------------------------

    def arrived(self, unit: Unit, cause: int) -> None:
        """Hear that a crew has arrived somewhere: the first one at the scene leads until somebody takes over."""
        first = self._world.parameters["command.first_on_scene"] == 0  # on
        begun = any(hazard.seq is not None for hazard in self._scene.hazards)
        if first and begun and not self.leader and unit.doing in AT_THE_HAZARD:
            self._take(unit.department, cause, by=unit.id)
            if unit.down.callbacks is not None:
                unit.down.callbacks.append(lambda down: self._lost(unit, down.value))

    def _lost(self, unit: Unit, cause: int) -> None:
        """Hear that the crew that led is hurt."""
        if self.leader == unit.department.id and self._since is not None:
            self.leader = ""
            self._since = self._world.log.emit("command.left", unit.department.id, LEADER, cause, (self._since,))
            self._world.truth.change(LEADER, NOBODY, self._since)

    def _township_learned(self, office: Organization, fact: str) -> None:
        if fact in OF_THE_TOWNSHIP and not self.leader and office.picture.value(fact) is True:
            self._take(office, office.learned[fact])

    def _superior_learned(self, superior: Organization, fact: str) -> None:
        grade = superior.picture.value(f"{INCIDENT}/grade") if fact == f"{INCIDENT}/grade" else None
        if isinstance(grade, int) and self._world.exercise.rules.command.leads_at(grade) != "county":
            self._world.clock.start(self._come(superior, superior.learned[fact]))

    def _come(self, superior: Organization, cause: int) -> Process:
        """Process: the working group of the level above comes, and takes over."""
        if superior.id in self._coming:
            return
        self._coming[superior.id] = None
        if not self._scene.policy.instant:
            yield self._world.clock.wait(round(self._world.parameters["command.superior_arrival"] * 60))
        yield from self.take_over(superior, cause)

    # --- hand-over -----------------------------------------------------------------------------------------------

    def take_over(self, new: Organization, cause: int, *, by: str = "") -> Process:
        """Process: take the lead from whoever has it; the briefing passes on what the one before holds.

        Args:
            new: Who takes it.
            cause: Number of the event by which it does.
            by: Rank of the person who leads there.
        """
        county, before = self._world.exercise.county, self._scene.organizations.get(self.leader)
        ranks = {one.id: one.tier for one in county.organizations}
        if before is new or (before is not None and ranks[before.id] < ranks[new.id]) or self.ended is not None:
            return
        length_s = round(self._world.parameters["command.briefing"] * 60)
        if before is not None and length_s:
            cause = self._world.log.emit("command.briefing", new.id, LEADER, cause, self.looked_at, by=before.id)
            if not self._scene.policy.instant:
                yield self._world.clock.wait(length_s)
        passed = () if before is None or not length_s else tuple(everything(before.picture))
        known = {} if before is None else dict(before.learned)
        seq = self._take(new, cause, by=by)
        for stated in passed:
            learned = known.get(stated.fact)
            new.learn(stated, seq, "briefing", () if learned is None else (learned,))
        for to in dict.fromkeys((county.desk("duty"), before.id if before is not None else "")):
            if to and to != new.id:
                new.send(to, "notice", f"{new.id}/leads", seq, facts=(LEADER,))

    def _take(self, new: Organization, cause: int, *, by: str = "") -> int:
        also, before, self.leader = self.looked_at, self.leader, new.id
        seq = self._world.log.emit("command.taken", new.id, LEADER, cause, also, before=before, by=by)
        self._since = seq
        changed = self._world.truth.change(LEADER, new.id, seq)
        new.see(LEADER, new.id, seq if changed is None else changed)
        taken, self._taken = self._taken, self._world.clock.occurrence()
        taken.succeed(seq)
        return seq

    # --- orders that stand ---------------------------------------------------------------------------------------

    def against(self, issuer: str, place: str, by: str) -> Standing | None:
        """Return the order of another body that an order to protect people would contradict, if one stands."""
        standing = self.standing.get(place)
        if standing is None or standing.issuer == issuer or standing.by == by:
            return None
        return standing

    def outranks(self, one: str, other: str) -> bool:
        """Return whether a body's orders go before another's: it leads, or is of a higher level of government."""
        tiers = {desk.id: desk.tier for desk in self._world.exercise.county.organizations}
        return self.leader == one or tiers[one] < tiers[other]

    def ordered(self, issuer: str, place: str, by: str, seq: int, *, contradicts: bool) -> None:
        """Note an order to protect people; two that contradict each other confuse those who hear them."""
        self.standing[place] = Standing(by, issuer, seq)
        if contradicts:
            self.contested[place] = seq
        else:
            self.contested.pop(place, None)
