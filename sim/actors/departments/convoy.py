"""Convoys: buses or trucks that meet, drive together behind a police escort, and are let through traffic.

They meet where the first of them is and wait for each other and for the escort, with a limit; then they go with who is
there. Whoever is too far away to come in time goes alone. The escort leads the way that the order names, and is free
afterwards; no later way is escorted, such as that back with people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine import Occurrence, Process
from sim.spec.base import Text
from sim.spec.orders import Send, Supply, TaskKind

if TYPE_CHECKING:
    from sim.actors.departments.department import Department
    from sim.actors.departments.unit import Unit

ESCORTS = "police"
"""Department that is asked for an escort."""
ASK = Text(zh="请派警车护送车队", en="Send an escort for a convoy").marked().model_dump()
NONE_FREE = Text(zh="暂无警力护送", en="No crew is free to escort").marked().model_dump()


class Convoy:
    """The vehicles of one order that drive together.

    Args:
        department: Whose vehicles they are.
        to: The order by which they drive.
        name: Id of the order.
        expected: How many vehicles were ordered.

    Attributes:
        at: Where they meet, which is where the first of them is; empty until then.
        escort: The crew that leads them; empty while none is there.
        present: The vehicles that are there.
        gone: Occurs with the number of the event by which it sets off.
    """

    def __init__(self, department: Department, to: Send | Supply, name: str, expected: int) -> None:
        self.at = ""
        self.escort = ""
        self.present: list[str] = []
        self.gone: Occurrence = department.world.clock.occurrence()
        self._department, self._to, self._name, self._expected = department, to, name, expected
        self._refused = False
        self._until_s = 0

    def join(self, unit: Unit, ident: str, cause: int) -> Process:
        """Process: come to where the convoy meets and wait until it sets off; returns the last event, None if hurt."""
        world, who = self._department.world, self._department.id
        if self.gone.triggered:
            return cause
        if not self.at:
            patience_s = round(world.parameters["convoy.patience"] * 60)
            self.at, self._until_s = unit.place, world.clock.now + patience_s
            world.clock.start(self._ask(cause))
            world.clock.at(patience_s, lambda: self.set_off(cause))
        elif world.clock.now + unit.seconds_to(self.at) > self._until_s:
            self._expected -= 1  # it would come too late, and goes alone
            self._set_off_if_complete(cause)
            return cause
        elif unit.place != self.at:
            avoid, outside = self._to.avoid_danger, self._to.wait_outside
            cause = yield from unit.go(self.at, ident, cause, avoid_danger=avoid, wait_outside=outside)
            if cause is None or self.gone.triggered:
                return cause
        waiting = world.log.emit("task.waiting", who, ident, cause, on=ESCORTS, what="escort")
        self.present.append(unit.id)
        self._set_off_if_complete(waiting)
        left = yield self.gone
        unit.escorted = bool(self.escort)
        return world.log.emit("task.working", who, ident, waiting, (left,), unit=unit.id)

    def lead(self, unit: Unit, ident: str, there: int) -> Process:
        """Process: escort the convoy, unless it has gone; returns the number of the last event, or None if hurt."""
        if self.gone.triggered:
            return there
        self.escort = unit.id
        self._set_off_if_complete(there)
        left = yield self.gone
        unit.escorted = True
        last = yield from unit.go_for(self._to, ident, left)
        unit.escorted = False
        return last

    def set_off(self, cause: int) -> None:
        """Set off with who is there."""
        if not self.gone.triggered:
            log, who = self._department.world.log, self._department.id
            said = {"at": self.at, "to": self._to.at, "units": self.present, "escort": self.escort}
            self.gone.succeed(log.emit("convoy.left", who, self._name, cause, **said))

    def _set_off_if_complete(self, cause: int) -> None:
        if len(self.present) == self._expected and (self.escort or self._refused):
            self.set_off(cause)

    def _ask(self, cause: int) -> Process:
        """Process: ask the police for an escort; they send a crew that is free, or say that there is none."""
        scene, name = self._department.scene, f"{self._name}/escort"
        police = next(one for one in scene.departments if one.id == ESCORTS)
        read = yield scene.await_reading(self._department, ESCORTS, "request", name, cause, ASK)
        free = [unit for unit in police.units if unit.idle and TaskKind.DIRECT_TRAFFIC in unit.crew.skills]
        if free and not self.gone.triggered:
            kinds = tuple(dict.fromkeys(unit.crew.kind for unit in free))
            scene.convoys[name] = self
            police.dispatch(Send(do="send", task=TaskKind.DIRECT_TRAFFIC, at=self.at, units=kinds), name, read)
        elif not free:
            told = yield scene.await_reading(police, self._department.id, "reply", name, read, NONE_FREE)
            self._refused = True
            self._set_off_if_complete(told)


def drive(unit: Unit, to: Send | Supply, name: str, ident: str, cause: int) -> Process:
    """Process: drive where an order says, in a convoy where it asks for one; returns the arrival, or None if hurt."""
    convoy = unit.department.scene.convoys.get(name)
    if convoy is None:
        return (yield from unit.go_for(to, ident, cause))
    last = yield from convoy.join(unit, ident, cause)
    if last is None:
        return None
    there = yield from unit.go_for(to, ident, last)
    unit.escorted = False
    return there
