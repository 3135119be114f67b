"""All the help of a run: who has come, who waits to be registered, and what that does to the roads."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sim.actors.helpers import social
from sim.actors.helpers.force import Force, Stage
from sim.actors.helpers.request import Request
from sim.comms.message import Message, Stated
from sim.engine import Process
from sim.spec.base import FactValue, Text
from sim.spec.county import Unit as Crew
from sim.spec.help_orders import Mobilize, RegisterHelpers, RequestAid
from sim.spec.orders import TaskKind

if TYPE_CHECKING:
    from sim.actors.departments.unit import Unit
    from sim.actors.organization import Organization
    from sim.actors.scene import Scene

WAITING, JAMMED = "aid/waiting", "aid/jam"
"""Facts: how many forces wait to be registered, and whether vehicles of such forces jam the roads at the site."""
HEARD = ("incident/sign", "incident/exists")
"""Facts with which word of the incident is out."""
RECEIVES = "emergency"
"""Department that hears of everybody who comes, besides whoever called them."""
LOST = 1.5
"""Factor on the driving times of those who do not know the roads and have no guide. A guess."""
NOBODY = 1
"""Value of the parameter by which nobody registers those who come by themselves."""


class Aid:
    """The forces of others.

    Args:
        scene: The run.

    Attributes:
        scene: The run.
        world: Its world.
        site: Place where the main hazard is.
        forces: By id, in the order of the county file.
        jams: By force, the number of the event since which its vehicles jam the roads at the site.
        eased: Numbers of the events by which such jams ended.
    """

    def __init__(self, scene: Scene, units: tuple[Unit, ...]) -> None:
        self.scene = scene
        self.world = scene.world
        self.site = scene.world.exercise.scenario.hazard.site
        self.jams: dict[str, int] = {}
        self.eased: tuple[int, ...] = ()
        self.forces = {
            one.id: Force(self, one, tuple(unit for unit in units if unit.crew.helper == one.id))
            for one in scene.world.exercise.county.helpers
        }

    def begin(self) -> None:
        """Let those watch who come by themselves to a hazard of this kind, unless they are told to wait for a call."""
        kind = self.world.exercise.scenario.hazard.kind
        if self.world.parameters["volunteers.registration"] == social.BEFOREHAND:
            return
        ready = [one for one in self.forces.values() if one.helper.by_itself and kind in one.helper.by_itself.to]
        if ready:
            desk = self.scene.organizations[self.world.exercise.county.desk("duty")]
            desk.on_learned.append(partial(self._word_is_out, desk, ready))

    def _word_is_out(self, desk: Organization, ready: list[Force], fact: str) -> None:
        """Let those set out who come by themselves, once the county has heard of the incident and so have others."""
        if fact in HEARD and desk.picture.value(fact) is True:
            for force in ready:
                self.world.clock.start(social.come_alone(self, force, desk.learned[fact]))
            ready.clear()

    @property
    def traffic(self) -> tuple[int, ...]:
        """Numbers of the events by which the roads at the site are, or were, full of unregistered helpers."""
        return (*self.jams.values(), *self.eased)

    def seen_at(self, place: str) -> list[tuple[str, FactValue]]:
        """Return what a crew at a place sees of those who have come unregistered."""
        return [(JAMMED, True), (WAITING, len(self._waiting()))] if place == self.site and self.jams else []

    def request(self, organization: Organization, order: RequestAid, name: str, cause: int) -> None:
        """Ask a force for help."""
        request = Request(organization, self.forces[order.helper], order, name)
        self.world.clock.start(request.run(cause))

    def arrived(
        self, force: Force, caller: str, cause: int, *, registered: bool = False, turned_back: int | None = None
    ) -> None:
        """Let a force arrive: it may work at once, or must be registered, which those hear of who can do it.

        Args:
            force: The force.
            caller: Who called it, and hears of its arrival; empty for a force that comes by itself.
            cause: Number of the event by which it came.
            registered: Whether it was registered before it set out.
            turned_back: Number of the event by which the site was closed to traffic, at whose cordon those stop whom
                nobody has called.
        """
        helper, units = force.helper, [unit.id for unit in force.units]
        force.stage = Stage.WAITING
        at = self.site if force.by_itself and turned_back is None else force.units[0].place if force.units else ""
        also = () if turned_back is None else (turned_back,)
        force.seq = self.world.log.emit(
            "aid.arrived", helper.desk, helper.id, cause, also, at=at, units=units, by_itself=force.by_itself
        )
        if force.by_itself:
            if turned_back is None:
                for unit in force.units:
                    unit.place = self.site
                social.jam(self, force, force.seq)
        elif registered or not helper.registers:
            self._take_in(force, force.seq, guided=True, checked=True)
            return
        self._count(force.seq)
        if not force.by_itself:
            self._tell(force, (caller, RECEIVES))
        elif turned_back is not None:
            self._tell(force, (social.CORDON,))
        elif force.id in self.jams:
            self.world.clock.start(social.call_about_jam(self, force))

    def _waiting(self) -> list[Force]:
        return [force for force in self.forces.values() if force.stage is Stage.WAITING]

    def _count(self, cause: int) -> None:
        self.world.truth.change(WAITING, len(self._waiting()), cause)
        self.world.truth.change(JAMMED, bool(self.jams), cause)

    def _tell(self, force: Force, hearers: tuple[str, ...]) -> None:
        """Let a force tell those who called it, and those who register, that it has come and waits."""
        now, desk = self.world.clock.now, force.helper.desk
        stated = (Stated(WAITING, len(self._waiting()), now, desk, True),)
        name = force.helper.name
        text = Text(zh=f"{name.zh}已到达，请派人接应登记", en=f"{name.en} has arrived and waits to be received")
        counted = self.world.truth.seq(WAITING)
        also = () if counted is None else (counted,)
        for to in dict.fromkeys(hearers):
            ident = self.scene.exchange.unique(f"{force.id}/arrived>{to}")
            message = Message(ident, desk, to, "report", stated, text=text.marked().model_dump())
            self.scene.exchange.send(message, force.seq, also)

    # --- registration --------------------------------------------------------------------------------------------

    def register(self, organization: Organization, order: RegisterHelpers, name: str, cause: int) -> None:
        """Register, one after another, the forces that wait; those nobody called only where such are registered."""
        nobody = self.world.parameters["volunteers.registration"] == NOBODY
        waiting = [force for force in self._waiting() if not force.received]
        found = [force for force in waiting if not (force.by_itself and nobody)]
        for force in found:
            force.received = True
        if found:
            self.world.clock.start(self._registering(organization, order, name, found, cause))

    def _registering(
        self, organization: Organization, order: RegisterHelpers, name: str, found: list[Force], cause: int
    ) -> Process:
        """Process: register those who have come, one force after another."""
        seconds = 0 if self.scene.policy.instant else round(self.world.parameters["volunteers.registration_time"] * 60)
        for force in found:
            cause = yield from organization.attend(seconds, f"{name}/{force.id}", cause)
            if force.by_itself:
                cause = yield from social.approval(self, force, cause)
            seq = self.world.log.emit(
                "aid.registered", organization.id, force.id, cause, (force.seq,),
                units=[unit.id for unit in force.units], guide=order.guide, check=order.check,
            )  # fmt: skip
            self._take_in(force, seq, guided=order.guide, checked=order.check)
            self._count(seq)
            organization.see(WAITING, len(self._waiting()), seq)
            organization.see(JAMMED, bool(self.jams), seq)

    def _take_in(self, force: Force, cause: int, *, guided: bool, checked: bool) -> None:
        """Let the teams of a force be given tasks from now on."""
        force.stage, force.seq = Stage.REGISTERED, cause
        social.ease(self, force, cause)
        for unit in force.units:
            unit.pace *= LOST if force.helper.guide and not guided else 1.0
            if checked:
                unit.crew = _proven(unit.crew)
            unit.join(cause)

    # --- mobilization --------------------------------------------------------------------------------------------

    def mobilize(self, organization: Organization, order: Mobilize, name: str, cause: int) -> None:
        """Call all forces of some kinds at once; they come registered, and need neither request nor approval."""
        called = [force for force in self.forces.values() if force.helper.kind in order.kinds]
        for force in called:
            self.world.clock.start(self._called_up(organization, force, name, cause))

    def _called_up(self, organization: Organization, force: Force, name: str, cause: int) -> Process:
        """Process: call a force up by message; it comes once its desk has read that."""
        to = force.helper.desk
        ident = self.scene.exchange.unique(f"{name}/{force.id}>{to}")
        read = self.scene.requests[ident] = self.world.clock.occurrence()
        text = Text(zh=f"动员令：{force.helper.name.zh}", en=f"Mobilization: {force.helper.name.en}").marked()
        self.scene.exchange.send(Message(ident, organization.id, to, "order", text=text.model_dump()), cause)
        heard = yield read
        if force.stage is not Stage.HOME:
            return
        force.seq = self.world.log.emit("aid.mobilized", to, force.id, heard)
        yield from force.come(organization.id, force.seq, registered=True)


def _proven(crew: Crew) -> Crew:
    """Return a crew without the skills that it only claims; who can do nothing else helps to warn people."""
    skills = tuple(skill for skill in crew.skills if skill not in crew.unproven)
    return crew.model_copy(update={"skills": skills or (TaskKind.WARN,), "unproven": ()})
