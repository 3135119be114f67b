"""Departments: organizations with units, which they send to tasks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from sim.actors.departments.dispatch import Line, Ready, choose
from sim.actors.departments.hazard_work import ON_HAZARD, Group, work_on_hazard
from sim.actors.departments.unit import Unit
from sim.actors.helpers.social import misuse
from sim.actors.organization import Organization
from sim.actors.scene import Scene
from sim.clocktext import hour_of_day
from sim.engine import Process
from sim.spec.county import Organization as Desk
from sim.spec.orders import Send, TaskKind
from sim.spec.registry import BY_NAME

ON_THE_ROAD_S = 30
"""Time, in seconds, until a unit that is already out sets off for its next task. A guess."""


class Department(Organization, ABC):
    """An organization that sends units; what the units do is in one file for each department.

    Attributes:
        units: Its units on watch, in the order of the county file.
        blocked: Ways that its crews found blocked, by the number of the event that blocked them.
    """

    def __init__(self, scene: Scene, desk: Desk) -> None:
        super().__init__(scene, desk)
        exercise = scene.world.exercise
        on_watch = exercise.county.units_on_watch(hour_of_day(exercise.scenario.starts_at, 0))
        crews = [crew for crew in on_watch if crew.department == desk.id]
        self.units = [Unit(self, crew) for crew in crews]
        self._by_id = {unit.id: unit for unit in self.units}
        self._line: Line[tuple[Send, str], Unit] = Line(scene.world.clock)
        self._groups: dict[str, Group] = {}
        self.blocked: dict[tuple[str, str], int] = {}
        scene.departments.append(self)
        self._ready_since: tuple[int, int] | None = None

    def make_ready(self, cause: int) -> None:
        """Have crews man their vehicles, once; from then on their turnout runs.

        Args:
            cause: Number of the event by which the alarm was learned.
        """
        if self._ready_since is None:
            self._ready_since = (self.world.clock.now, self.world.log.emit("crews.alerted", self.id, self.id, cause))

    def dispatch(self, order: Send, name: str, cause: int) -> None:
        """Send units to a task, each by itself."""
        self.expect(order, name, cause)
        for number in range(order.count):
            self.world.clock.start(self._task(order, name, f"{name}:{number + 1}", cause))

    def expect(self, order: Send, name: str, cause: int) -> None:
        """Hear of an order before its units are sent: those who work on the hazard form a group."""
        if order.task in ON_HAZARD:
            self._groups[name] = Group(self.world, order.count)

    def partner_is_there(self, ident: str, cause: int) -> None:
        """Let a team that waits for its partners begin as if they had come; ``cause`` is why."""
        group = self._groups.get(ident.rpartition(":")[0])
        if group is not None and not group.complete.triggered:
            group.complete.succeed(cause)

    @abstractmethod
    def work(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: what a unit does; returns the number of the event that ends the work, or None if it failed."""

    def on_hazard(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: go to a hazard and work on it; returns the number of the event that ends the work, or None."""
        there = yield from unit.go_for(order, ident, cause, up_to_block=order.task is TaskKind.CLEAR_ROAD)
        if there is None:
            return None
        unit.look(ident, there)
        there = yield from self.led(unit, ident, there)
        return (yield from work_on_hazard(self, unit, order, self._groups[name], ident, there))

    def led(self, unit: Unit, ident: str, there: int) -> Process:
        """Process: agree with others on who does what where nobody leads; returns the number of the last event."""
        commanding, world = self.scene.commanding, self.world
        delay_s = round(world.parameters["command.unled_delay"] * 60)
        if commanding.leader or not delay_s:
            return there
        command = world.exercise.county.desk("command")
        waiting = world.log.emit("task.waiting", self.id, ident, there, on=command, what="commander")
        taken = commanding.taken()
        yield taken | world.clock.wait(delay_s)
        also: tuple[Any, ...] = (taken.value,) if taken.triggered else ()
        return world.log.emit("task.working", self.id, ident, waiting, also, unit=unit.id)

    def knock(self, unit: Unit, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: go from door to door at a place; returns the number of the event that ends it, or None if hurt."""
        there = yield from unit.go_for(order, ident, cause)
        if there is None:
            return None
        working = self.world.log.emit("task.working", self.id, ident, there, unit=unit.id)
        self.scene.warnings.knock(self, order.at, max(1, unit.crew.crew // 2), working)
        seconds = unit.work_s(order.task, ident)
        yield self.world.clock.wait(seconds)
        return working if unit.meet_danger(seconds / 60, working) else None

    def _task(self, order: Send, name: str, ident: str, cause: int) -> Process:
        """Process: let a unit turn out, do a task, and be free again."""
        log = self.world.log
        seq = log.emit("task.identified", self.id, ident, cause, task=order.task.value, at=order.at, order=name)
        unit, also = self._choose(order)
        if unit is None:
            log.emit("task.waiting", self.id, ident, seq, also, on=self.id, what="unit")
            unit, also = yield self._line.wait((order, ident))
        unit.task, unit.doing = ident, order.task
        unit.condition.out()
        if self._ready_since is not None:
            also += (self._ready_since[1],)
        unit.assigned = log.emit(
            "task.assigned", self.id, ident, seq, also, unit=unit.id, at=order.at, task=order.task.value
        )
        if order.task in unit.crew.unproven:
            misuse(unit, unit.assigned)
        yield self.world.clock.wait(self._turnout_s(unit, ident))
        work = self.on_hazard if order.task in ON_HAZARD else self.work
        work = self.knock if order.task is TaskKind.WARN else work
        done = yield from work(unit, order, name, ident, unit.assigned)
        if done is None or not unit.fit:
            done = log.emit("task.failed", self.id, ident, unit.assigned, reason="crew_hurt", unit=unit.id)
            unit.task = ""
            return
        done = log.emit("task.done", self.id, ident, done, unit=unit.id)
        unit.task = ""
        if not unit.posted:
            done = yield from unit.rest_if_spent("", done)
        self.set_free(unit, done)

    def _choose(self, order: Send) -> tuple[Unit | None, tuple[int, ...]]:
        """Return the idle unit that goes by the rule, and the assignments that took units where they are."""
        able = [unit for unit in self.units if _can(unit, order)]
        busy = tuple(unit.assigned for unit in able if unit.assigned)
        ready = (_ready(unit, order) for unit in able if unit.idle)
        chosen = choose(BY_NAME["dispatch.units"].shown(self.world.parameters["dispatch.units"]), ready)
        return (None, busy) if chosen is None else (self._by_id[chosen], busy)

    def _turnout_s(self, unit: Unit, ident: str) -> int:
        if unit.place != unit.crew.base:
            return ON_THE_ROAD_S
        turnout_s = self.world.luck.seconds(unit.crew.turnout, "turnout", ident)
        ready_s = 0 if self._ready_since is None else self.world.clock.now - self._ready_since[0]
        return max(turnout_s - ready_s, min(turnout_s, ON_THE_ROAD_S))

    def set_free(self, unit: Unit, cause: int) -> None:
        """Let a unit be idle, and take up what waits for one like it."""
        unit.task = ""
        unit.condition.back()
        if unit.posted or not unit.fit:
            return
        seq = self.world.log.emit("unit.free", self.id, unit.id, cause, place=unit.place)
        by_need = self.skill.weighs or self.world.parameters["dispatch.queue"] > 0
        looked_at = [
            self.learned[key]
            for order, _ in self._line.tasks()
            if by_need and _can(unit, order)
            for key in _needs(order.at)
            if key in self.learned
        ]
        served = self._line.serve(
            unit,
            (seq, *dict.fromkeys(looked_at)),
            "severity" if by_need else "first_come",
            lambda task: _can(unit, task[0]),
            lambda task: self._needed_at(task[0].at),
        )
        if served is not None:
            unit.task = served[1]  # nobody else takes it in this very instant

    def _needed_at(self, place: str) -> int:
        """Return how many people at a place need crews, by what is known."""
        return sum(int(self.picture.value(key) or 0) for key in _needs(place))

    def leave_posts(self, cause: int) -> None:
        """Let the crews that stand as posts go, such as those of a cordon that is lifted."""
        for unit in self.units:
            if unit.posted:
                unit.posted = False
                self.set_free(unit, cause)

    def work_s(self, kind: TaskKind | str, *names: str) -> int:
        """Return how long a piece of work takes a fresh full-time crew without equipment, in seconds."""
        name = kind.value if isinstance(kind, TaskKind) else kind
        length = getattr(self.world.exercise.plan.work, name)
        return 0 if length is None else self.world.luck.seconds(length, "work", name, *names)


def _needs(place: str) -> tuple[str, str]:
    return f"{place}/trapped", f"{place}/hurt"


def _can(unit: Unit, order: Send) -> bool:
    return order.task in unit.crew.skills and unit.crew.kind in order.units and unit.in_reach(order.at)


def _ready(unit: Unit, order: Send) -> Ready:
    listed = order.prefer.index(unit.id) if unit.id in order.prefer else len(order.prefer)
    return Ready(
        unit.id, order.units.index(unit.crew.kind), listed, unit.seconds_to(order.at), unit.seconds_from_base(order.at)
    )
