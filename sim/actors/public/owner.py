"""The owner of the site where a hazard begins: knows of it first, may think it small, and may try by himself."""

from __future__ import annotations

from sim.actors.organization import Organization
from sim.comms.message import Stated
from sim.engine import Process
from sim.hazards.base import Hazard
from sim.spec.base import FactValue

OWN_TEAM = "works-team"
"""Who tries by himself, as the record names him."""


class Owner:
    """What an organization does because a hazard begins on its ground.

    Args:
        organization: The owner.
        hazard: The hazard, which has begun.
    """

    def __init__(self, organization: Organization, hazard: Hazard) -> None:
        self._organization = organization
        self._hazard = hazard
        self._world = organization.world

    def begin(self, cause: int) -> None:
        """Notice the hazard by one's own sensors, and start one's own attempt to end it."""
        organization, now = self._organization, self._world.clock.now
        for key, value in self._hazard.owner_holds():
            organization.learn(Stated(key, value, now, organization.id, False), cause, "own")
        self._world.truth.watch(self._notice)
        if self._hazard.spec.attempt is not None:
            self._world.clock.start(self._attempt(cause))

    def _notice(self, key: str, value: FactValue, seq: int) -> None:
        if key in self._hazard.owner_sees():
            self._organization.see(key, value, seq)

    def _attempt(self, cause: int) -> Process:
        """Process: let the own team of the site try to stop the hazard."""
        who, hazard, luck, log = self._organization.id, self._hazard, self._world.luck, self._world.log
        attempt = hazard.spec.attempt
        assert attempt is not None
        yield self._world.clock.wait(attempt.at)
        ident = f"{who}/contain@{hazard.site}"
        seq = log.emit("task.identified", who, ident, cause, task="contain", at=hazard.site, order="own plan")
        working = log.emit("task.working", who, ident, seq, unit=OWN_TEAM)
        yield self._world.clock.wait(luck.seconds(attempt.work, "work", ident))
        if not hazard.running:
            log.emit("task.done", who, ident, working, unit=OWN_TEAM)
        elif luck.chance(
            min(1.0, attempt.success * self._world.parameters["enterprise.team_quality"]), "success", ident
        ):
            hazard.attempted(working)
            log.emit("task.done", who, ident, working, unit=OWN_TEAM)
        else:
            log.emit("unit.hurt", who, OWN_TEAM, working, place=hazard.site, crew=attempt.crew)
            log.emit("task.failed", who, ident, working, reason="crew_hurt")
