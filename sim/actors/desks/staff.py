"""The staff of a desk: follows the plan on what the desk knows, and puts the scenario's questions to its seat."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sim.actors.command.adviser import note_followed, offer
from sim.actors.desks.conduct import before_acting
from sim.actors.desks.following import Memory, tell_the_rest
from sim.actors.desks.foresight import Foresight
from sim.actors.desks.inquiry import Inquiry
from sim.actors.desks.orders import carry_out
from sim.actors.desks.passing_on import PassingOn
from sim.actors.desks.reporting import kept_back, take_up
from sim.actors.desks.slips import as_given, forgotten_s
from sim.actors.organization import Organization
from sim.comms.message import Stated
from sim.engine import Process
from sim.record.picture import TRUTH
from sim.spec.base import Clause, all_hold, facts_of
from sim.spec.orders import Follow, Order
from sim.spec.plan import PlanTask
from sim.spec.scenario import PausePoint


class Staff:
    """Watches one organization's picture and acts when a trigger of the plan or of a question is met."""

    def __init__(self, organization: Organization) -> None:
        exercise = organization.world.exercise
        self._organization = organization
        self._world = organization.world
        self._memory = Memory(organization)
        self._done: dict[str, int] = {}
        self._due_s: dict[str, int] = {}
        self._put_off: dict[str, None] = {}
        self._asked: dict[str, None] = {}
        self._decided: dict[str, tuple[Follow, int]] = {}
        points = [point for point in exercise.scenario.pause_points if point.seat == organization.id]
        self._withheld = {task: None for point in points for task in point.decides}
        self._tasks = [task for task in exercise.plan_tasks if task.owner == organization.id]
        self._routine = organization.scene.policy_of(organization.id).routine
        skill = organization.skill
        self._foresight = Foresight(organization, self._tasks, points) if self._routine and skill.foresees else None
        if self._routine and skill.asks_after_min is not None:
            Inquiry(organization, self._waits_for)
        if self._routine and skill.passes_on:
            PassingOn(organization)
        self._facts_by_task = {task.id: facts_of(task.when) for task in self._tasks}
        self._tasks_by_fact: dict[str, list[PlanTask]] = {}
        for task in self._tasks:
            for fact in self._facts_by_task[task.id]:
                self._tasks_by_fact.setdefault(fact, []).append(task)
        self._points_by_fact: dict[str, list[PausePoint]] = {}
        for point in points:
            for fact in facts_of(point.when):
                self._points_by_fact.setdefault(fact, []).append(point)
            if point.at is not None:
                self._world.clock.start(self._ask_at(point, point.at))
        organization.on_learned.append(self._learned)

    def _learned(self, fact: str) -> None:
        for point in self._points_by_fact.get(fact, ()):
            if point.id not in self._asked and all_hold(point.when, self._organization.picture.value):
                cause, also = self._why(point.when, fact)
                self._ask(point, cause, also)
        for task in self._tasks_by_fact.get(fact, ()):
            self._consider(task, fact)
        if self._foresight is not None:
            for task in self._foresight.learned(fact):
                self._consider(task, fact)

    def _waits_for(self) -> list[str]:
        """Return the facts on which tasks that were not done wait."""
        waiting = (facts for task, facts in self._facts_by_task.items() if task not in self._done)
        return list(dict.fromkeys(key for facts in waiting for key in facts))

    def _why(self, when: tuple[Clause, ...], fact: str | None) -> tuple[int | None, tuple[int, ...]]:
        known = self._organization.learned
        seqs = tuple(known[key] for key in facts_of(when) if key in known)
        cause = known.get(fact) if fact is not None else max(seqs, default=None)
        return cause, seqs

    def _consider(self, task: PlanTask, fact: str | None, cause: int | None = None) -> None:
        name = task.id.partition("@")[0]
        if name in self._withheld or not (self._routine or name in self._decided):
            return
        foreseen = not all_hold(task.when, self._organization.picture.value)
        if foreseen and (self._foresight is None or not self._foresight.expects(task)):
            return
        now = self._world.clock.now
        if task.id in self._done and task.every is None:
            return
        if now < self._due_s.get(task.id, 0):
            if task.id not in self._put_off:
                self._put_off[task.id] = None
                self._world.clock.at(self._due_s[task.id] - now, partial(self._again, task, fact))
            return
        count = self._done[task.id] = self._done.get(task.id, 0) + 1
        self._due_s[task.id] = now + (task.every or 0)
        why, also = self._why(task.when, fact)
        if foreseen and self._foresight is not None:
            also += self._foresight.basis()
        orders = task.orders
        if name in self._decided:
            follow, decided = self._decided[name]
            orders, also = tuple(_changed(order, follow) for order in orders), (*also, decided)
        if cause is not None:
            why, also = cause, (*also, *(() if why is None else (why,)))
        ident = f"{self._organization.id}/{task.id}" + (f"#{count}" if count > 1 else "")
        remembers = cause is None and name not in self._decided
        self._world.clock.start(self._carry_out(ident, task.id, orders, why, also, remembers=remembers))

    def _again(self, task: PlanTask, fact: str | None) -> None:
        """Do a repeated task for what changed since it was last done."""
        del self._put_off[task.id]
        self._consider(task, fact)

    def _carry_out(
        self,
        ident: str,
        task: str,
        orders: tuple[Order, ...],
        cause: int | None,
        also: tuple[int, ...],
        *,
        remembers: bool,
    ) -> Process:
        """Process: think, then carry out the orders of a task of the plan."""
        recalled = (yield from self._memory.recall(ident, task, cause, also)) if remembers else None
        if recalled is not None:
            also += () if cause is None else (cause,)
            cause = recalled
        decided = task.partition("@")[0] in self._decided
        if put_off := self._put_off_s(task) + (0 if decided else forgotten_s(self._organization, ident)):
            yield self._world.clock.wait(put_off)
        thinking = self._organization.thinking_s(ident)
        if thinking:
            also += () if cause is None else (cause,)
            cause = yield from self._organization.attend(thinking, ident, cause)
        if all(kept_back(self._organization, order) for order in orders):
            return
        cause = yield from before_acting(self._organization, ident, task, orders, cause)
        seq = self._world.log.emit("plan.triggered", self._organization.id, ident, cause, also, task=task)
        self._organization.acts_on(also if cause is None else (cause, *also), seq)
        for index, order in enumerate(orders):
            given = as_given(self._organization, order, f"{ident}.{index}")
            if given is not None and not kept_back(self._organization, order):
                carry_out(self._organization, given, f"{ident}.{index}", seq)
        if self._world.parameters["plan.tell"]:
            tell_the_rest(self._organization, task, ident, seq)

    def _put_off_s(self, task: str) -> int:
        """Return for how long a task is put off as an experiment, in seconds."""
        is_key = task.partition("@")[0] in self._world.exercise.scenario.key_measures
        return round(self._world.parameters["plan.key_delay"] * 60) if is_key else 0

    def _ask_at(self, point: PausePoint, at_s: int) -> Process:
        """Process: ask the question of a pause point at its time."""
        yield self._world.clock.wait(at_s)
        self._ask(point, 0, ())

    def _ask(self, point: PausePoint, cause: int | None, also: tuple[int, ...]) -> None:
        self._asked[point.id] = None
        self._world.clock.start(self._decide(point, cause, also))

    def _decide(self, point: PausePoint, cause: int | None, also: tuple[int, ...]) -> Process:
        """Process: put a question to the seat, and carry out what it chose."""
        cause = yield from offer(self._organization, point, cause, also)
        question = self._world.pending.ask(point, cause, also)
        answer = yield question.answered
        if answer.thinking_s:
            yield self._world.clock.wait(answer.thinking_s)
        seq = self._world.log.emit(
            "question.answered",
            point.seat,
            point.id,
            question.opened,
            choice=answer.choice or "",
            charged_s=answer.charged_s,
        )
        self._organization.acts_on(also if cause is None else (cause, *also), seq)
        note_followed(self._organization, point.id, answer.choice, seq)
        if self._foresight is not None:
            self._foresight.answered(point.id)
        for option in point.options:
            if option.id == answer.choice:
                for index, order in enumerate(option.orders):
                    self.give(order, f"{point.seat}/{point.id}/{option.id}.{index}", seq)

    def has_done(self, task: str) -> bool:
        """Return whether a task of the plan was carried out here, at every place that it stands for."""
        own = [one for one in self._tasks if one.id.partition("@")[0] == task]
        return all(one.id in self._done and one.every is None for one in own)

    def give(self, order: Order, name: str, cause: int) -> None:
        """Give an order that the seat decided on.

        Args:
            order: The order; one to follow the plan sets its tasks going as soon as their triggers are met.
            name: Id of the order, made from the decision.
            cause: Number of the event of deciding.
        """
        if not isinstance(order, Follow):
            carry_out(self._organization, order, name, cause)
            return
        self._withheld.pop(order.task, None)
        self._decided[order.task] = (order, cause)
        for task in self._tasks:
            if task.id.partition("@")[0] == order.task:
                take_up(self._organization, task.orders)
                self._memory.remind(task.id, cause)
                self._consider(task, None, cause)

    def take_up(self, ident: str, known: Iterable[Stated], cause: int) -> None:
        """Carry out one task of the plan at once if it was not, whoever was to decide on it.

        Args:
            ident: The task, with its place if it has one.
            known: What its owner learns of it first.
            cause: Number of the event that makes it do so.
        """
        tasks = [task for task in self._tasks if task.id == ident and ident not in self._done]
        self._done.update({task.id: 1 for task in tasks})
        for stated in known:
            self._organization.learn(stated, cause, TRUTH)
        for task in tasks:
            name = f"{self._organization.id}/{ident}"
            seq = self._world.log.emit("plan.triggered", self._organization.id, name, cause, task=ident)
            for index, order in enumerate(task.orders):
                carry_out(self._organization, order, f"{name}.{index}", seq)

    def obey(self, task: str, name: str, cause: int) -> Process:
        """Process: carry out a task of the plan that somebody above ordered; a person decides for himself."""
        if not self._routine or self._organization.scene.is_person(self._organization.id):
            return
        yield self._world.clock.wait(self._organization.thinking_s("obey", name))
        self.give(Follow(do="follow", task=task), f"{name}/{task}", cause)


def _changed(order: Order, follow: Follow) -> Order:
    changes = {name: value for name, value in follow.changes().items() if name in type(order).model_fields}
    return order.model_copy(update=changes) if changes else order
