"""Closing gaps of work that waits, of who leads, and of what teams and jobs need."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import count
from types import MappingProxyType

from sim.actors.departments.department import Department
from sim.actors.desks.orders import carry_out
from sim.play.closing.base import Closer, Gap
from sim.record.events import Event
from sim.spec.county import LEVELS
from sim.spec.orders import Supply

IDENTIFIED = "task.identified"
NEXT = ("task.assigned", "task.working", "task.done", "task.failed")
"""What ends a wait of a task."""


def waiting_on_other(closer: Closer, gap: Gap) -> None:
    """What the task waits for is there when the limit runs out: a partner, a leader, those to be treated, supplies."""
    ident, numbers, waiting = gap.about.rpartition("/")[0], count(1), dict[str, None]()

    def waits(event: Event) -> None:
        if ident in waiting:
            return  # the same wait, looked at again
        waiting[ident] = None

        def owed() -> bool:
            goes_on = any(one.subject == ident and one.kind in NEXT for one in closer.events[event.seq :])
            return not goes_on and not _other_works(closer, event)

        if next(numbers) == gap.number and event.data["what"] in WAITS:
            act = partial(WAITS[event.data["what"]], closer, event)
            closer.opens(gap, owed, act)

    closer.on("task.waiting", ident, waits)
    for kind in NEXT:
        closer.on(kind, ident, lambda _: waiting.clear())


def _other_works(closer: Closer, waiting: Event) -> bool:
    """Return whether another body that is waited for is at work at the place."""
    on, at = waiting.data["on"], {one.subject: one.data.get("at") for one in closer.events if one.kind == IDENTIFIED}
    begun = {
        one.subject: one.kind
        for one in closer.events
        if one.actor == on and one.kind in NEXT[1:] and at.get(one.subject) == at.get(waiting.subject)
    }
    return on != waiting.actor and "task.working" in begun.values()


def approval(closer: Closer, gap: Gap) -> None:
    """The word of the body that is asked is there when the limit for it runs out."""
    ident = gap.about.rpartition("/")[0]

    def asked(event: Event) -> None:
        def owed() -> bool:
            answer = f"{ident}/approval>{event.data['by']}"
            return closer.last(answer, "message.approved") is None and closer.last(ident, "order.returned") is None

        closer.opens(gap, owed, lambda cause: closer.scene.organizations[event.actor].hear_word(ident, cause))

    closer.on("order.approval_asked", ident, asked)


def _partner(closer: Closer, waiting: Event, cause: int) -> None:
    department = closer.scene.organizations[waiting.actor]
    if isinstance(department, Department):
        department.partner_is_there(waiting.subject, cause)


def _commander(closer: Closer, _: Event, cause: int) -> None:
    command = closer.scene.organizations[closer.world.exercise.county.desk("command")]
    closer.world.clock.start(closer.scene.commanding.take_over(command, cause))


def _rescue(closer: Closer, waiting: Event, cause: int) -> None:
    """Let those whom an ambulance waits for be brought out."""
    identified = closer.last(waiting.subject, "task.identified")
    if identified is None:
        return
    casualties = closer.scene.county.casualties
    for patient in list(casualties.within(identified.data["at"]).here(rescued=False)):
        if not patient.trapped:
            casualties.rescue(patient, "", waiting.data["on"], cause, ())


def _supplies(closer: Closer, waiting: Event, cause: int) -> None:
    said = waiting.data
    closer.scene.supplies.stores.move(said["item"], said["amount"], None, said["place"], cause)


def _escort(closer: Closer, waiting: Event, cause: int) -> None:
    """Let the convoy set off with who is there."""
    closer.scene.convoys[waiting.subject.rpartition(":")[0]].set_off(cause)


WAITS: MappingProxyType[str, Callable[[Closer, Event, int], None]] = MappingProxyType(
    {"partner": _partner, "commander": _commander, "rescue": _rescue, "supplies": _supplies, "escort": _escort}
)
"""How a wait for another is ended, by what is waited for."""


def command_gap(closer: Closer, gap: Gap) -> None:
    """The command post leads when the limit for that runs out."""
    numbers, wanted = count(1), int(gap.about)
    commanding = closer.scene.commanding

    def unled(_: Event) -> None:
        if not commanding.leader and next(numbers) == wanted:
            closer.opens(gap, lambda: not commanding.leader, act)

    def act(cause: int) -> None:
        command = closer.scene.organizations[closer.world.exercise.county.desk("command")]
        closer.world.clock.start(commanding.take_over(command, cause))

    first = dict[str, None]()

    def begun(event: Event) -> None:
        if not first:
            first[event.subject] = None
            unled(event)

    closer.on("hazard.started", None, begun)
    closer.on("command.left", None, unled)


def wrong_level(closer: Closer, gap: Gap) -> None:
    """The level above leads when the limit for that runs out."""
    exercise, scene = closer.world.exercise, closer.scene
    tiers = {one.id: one.tier for one in exercise.county.organizations}
    superior = scene.organizations[exercise.county.superior]

    def judged(event: Event) -> None:
        wanted = exercise.rules.command.leads_at(event.data["grade"])
        highest = max(LEVELS.index(wanted), tiers[superior.id])

        def owed() -> bool:
            return not scene.commanding.leader or tiers[scene.commanding.leader] > highest

        def act(cause: int) -> None:
            closer.world.clock.start(scene.commanding.take_over(superior, cause))

        if wanted != "county":
            closer.opens(gap, owed, act)

    closer.on("grade.judged", gap.about, judged)


def resource_mismatch(closer: Closer, gap: Gap) -> None:
    """What teams from outside need is ordered when the limit for that runs out, as much as they use in a day."""
    place, _, item = gap.about.partition("/")
    county, begun = closer.world.exercise.county, dict[str, None]()
    logistics = county.logistics
    hosted = {unit.id: unit.crew for unit in county.units if unit.helper is not None}
    assert logistics is not None
    upkeep = next(one for one in logistics.upkeep if one.item == item)

    def asked() -> bool:
        return any(
            event.kind == "supplies.asked" and event.data["to"] == place and event.data["item"] == item
            for event in closer.events
        )

    def sent(event: Event) -> None:
        if event.data["at"] != place or event.data["unit"] not in hosted or begun:
            return
        begun[place] = None
        amount = max(1, round(upkeep.each * hosted[event.data["unit"]] * 86_400 / upkeep.every))

        def act(cause: int) -> None:
            order = Supply(do="supply", item=item, amount=amount, at=place)
            carry_out(closer.scene.organizations[logistics.desk], order, f"close/{place}/{item}", cause)

        closer.opens(gap, lambda: not asked(), act)

    closer.on("task.assigned", None, sent)


def no_expert(closer: Closer, gap: Gap) -> None:
    """The department has heard an expert of the field when its unit gets the task."""
    exercise = closer.world.exercise

    def assigned(event: Event) -> None:
        field = next((one for task, one in exercise.plan.work.experts.items() if task == event.data["task"]), None)
        counsel = closer.scene.organizations[event.actor].counsel

        def act(cause: int) -> None:
            counsel[str(field)] = cause

        closer.opens(gap, lambda: field is not None and field not in counsel, act, 0)

    closer.on("task.assigned", gap.about, assigned)
