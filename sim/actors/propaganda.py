"""Propaganda, the county publicity department in its emergency role: watch what people say, inform, answer, correct."""

from __future__ import annotations

from sim.actors.department import Department
from sim.actors.unit import Unit
from sim.engine import Process
from sim.spec.orders import Send, TaskKind

SEEN_FROM_SHARE = 0.005
"""Share of the people who must pass a rumor on before monitoring can find it. A guess."""


class Propaganda(Department):
    """The publicity department."""

    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: monitor until a rumor is found or the exercise ends."""
        world = self.world
        last = world.log.emit("task.working", self.id, ident, cause, unit=unit.id)
        watch = 0
        while True:
            watch += 1
            yield world.clock.wait(max(60, unit.work_s(TaskKind.MONITOR, ident, str(watch))))
            rumor = self.scene.public.rumor
            if rumor.share >= SEEN_FROM_SHARE:
                return unit.report(ident, [("rumor/seen", True)], last, () if rumor.seq is None else (rumor.seq,))
