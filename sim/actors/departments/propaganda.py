"""Propaganda, the county publicity department in its emergency role: watch what people say, inform, answer, correct."""

from __future__ import annotations

from sim.actors.departments.department import Department
from sim.actors.departments.unit import Unit
from sim.actors.publicity.opinion import Opinion
from sim.engine import Process
from sim.spec.orders import Send, TaskKind


class Propaganda(Department):
    """The publicity department."""

    def begin(self, cause: int) -> None:
        """Let the machine watch public opinion, where there is one."""
        self._opinion = Opinion(self, self.scene.public.rumor)
        self.world.clock.start(self._opinion.watch(cause))

    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: monitor until a rumor is found or the exercise ends."""
        world, rumor = self.world, self.scene.public.rumor
        last = world.log.emit("task.working", self.id, ident, cause, unit=unit.id)
        watch = 0
        while True:
            watch += 1
            seconds = max(60, unit.work_s(TaskKind.MONITOR, ident, str(watch)))
            yield world.clock.wait(seconds)
            if self._opinion.sees():
                return unit.report(ident, [("rumor/seen", True)], last, () if rumor.seq is None else (rumor.seq,))
            self._opinion.err(f"{ident}/{watch}", seconds, last)
