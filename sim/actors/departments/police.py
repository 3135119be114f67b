"""Police: look on the spot, close the cordon, direct traffic, escort convoys, keep order, find out who somebody is."""

from __future__ import annotations

from sim.actors.departments.at_the_door import identify, keep_order
from sim.actors.departments.department import Department
from sim.actors.departments.traffic import direct_traffic
from sim.actors.departments.unit import Unit
from sim.actors.scene import Scene
from sim.engine import Process
from sim.spec.county import Organization as Desk
from sim.spec.orders import Send, TaskKind


class Police(Department):
    """The police department.

    Attributes:
        asking: The crew that is finding out who somebody is, by person.
    """

    def __init__(self, scene: Scene, desk: Desk) -> None:
        super().__init__(scene, desk)
        self._posts_open: dict[str, int] = {}
        self.asking: dict[str, str] = {}

    def expect(self, order: Send, name: str, cause: int) -> None:
        """Count the posts of a cordon, which is closed when all posts ordered for one reason stand."""
        super().expect(order, name, cause)
        if order.task is TaskKind.CORDON:
            reason = name.rpartition(".")[0]
            self._posts_open[reason] = self._posts_open.get(reason, 0) + order.count

    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: find out, close a post of the cordon, direct traffic, escort a convoy, or work at a door."""
        if order.task is TaskKind.KEEP_ORDER:
            return (yield from keep_order(self, unit, order, ident, cause))
        if order.task is TaskKind.IDENTIFY:
            return (yield from identify(self, unit, order, ident, cause))
        there = yield from unit.go_for(order, ident, cause)
        if there is None:
            return None
        if (convoy := self.scene.convoys.get(name)) is not None:
            return (yield from convoy.lead(unit, ident, there))
        unit.look(ident, there)
        working = self.world.log.emit("task.working", self.id, ident, there, unit=unit.id)
        yield self.world.clock.wait(unit.work_s(order.task, ident))
        if order.task is TaskKind.DIRECT_TRAFFIC:
            return (yield from direct_traffic(self, unit, working))
        if order.task is TaskKind.CORDON:
            self.scene.county.close(order.at, working)
            unit.posted = True
            reason = name.rpartition(".")[0]
            self._posts_open[reason] -= 1
            if not self._posts_open[reason]:
                seq = self.world.truth.change("cordon/closed", True, working)
                unit.report(ident, [("cordon/closed", True)], working if seq is None else seq)
        else:
            unit.look(ident, working, search=True)
        return working
