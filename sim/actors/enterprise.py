"""The enterprise: knows of its leak first, thinks it small, tries to plug it by itself, and calls late."""

from __future__ import annotations

from sim.actors.organization import Organization
from sim.comms.message import Stated
from sim.engine import Process


class Enterprise(Organization):
    """The enterprise whose plant leaks."""

    def begin(self, cause: int) -> None:
        """Notice the leak by its own sensors, and start its own attempt to stop it."""
        now, hazard = self.world.clock.now, self.world.exercise.scenario.hazard
        for key, value in (("leak/exists", True), ("leak/substance", hazard.substance), ("leak/size", "small")):
            self.learn(Stated(key, value, now, self.id, False), cause, "own")
        self.world.truth.watch(self._notice)
        if hazard.attempt is not None:
            self.world.clock.start(self._attempt(cause))

    def _notice(self, key: str, value: bool | int | str, seq: int) -> None:
        if key in ("leak/stopped", "river/polluted"):
            self.see(key, value, seq)

    def _attempt(self, cause: int) -> Process:
        hazard, luck, log = self.world.exercise.scenario.hazard, self.world.luck, self.world.log
        attempt = hazard.attempt
        assert attempt is not None
        yield self.world.clock.wait(attempt.at)
        ident = f"enterprise/contain@{hazard.site}"
        seq = log.emit("task.identified", self.id, ident, cause, task="contain", at=hazard.site, order="own plan")
        working = log.emit("task.working", self.id, ident, seq, unit="works-team")
        yield self.world.clock.wait(luck.seconds(attempt.work, "work", ident))
        if not self.scene.release.running:
            log.emit("task.done", self.id, ident, working, unit="works-team")
        elif luck.chance(attempt.success, "success", ident):
            self.scene.release.stop("attempt", working)
            log.emit("task.done", self.id, ident, working, unit="works-team")
        else:
            log.emit("unit.hurt", self.id, "works-team", working, place=hazard.site, crew=attempt.crew)
            log.emit("task.failed", self.id, ident, working, reason="crew_hurt")
