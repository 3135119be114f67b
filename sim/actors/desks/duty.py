"""The duty office: each incident is a ticket with four times: registered, verified, followed up, fed back."""

from __future__ import annotations

from sim.actors.organization import Organization
from sim.actors.scene import Scene
from sim.comms.message import Message
from sim.spec.county import Organization as Desk

TICKET = "ticket/incident"
FOLLOWED_UP_BY = ("cordon/closed", "response/level", "incident/over")
"""News of any of these, or of what the plan names, after verification, shows that the office has followed it up."""


class DutyOffice(Organization):
    """The county duty office."""

    def __init__(self, scene: Scene, desk: Desk) -> None:
        super().__init__(scene, desk)
        self._times: dict[str, int] = {}
        named = (kind.key for kind in scene.world.exercise.plan.facts if kind.follows_up)
        self._followed_up_by = (*FOLLOWED_UP_BY, *named)
        self._reporter = ""
        if scene.policy_of(desk.id).routine:
            self.on_learned.append(self._keep_ticket)

    def _keep_ticket(self, fact: str) -> None:
        held = self.picture.held[fact]
        if fact in ("incident/sign", "incident/exists") and "registered" not in self._times:
            self._reporter = held.source
            self._stamp("registered", fact)
        if fact == "incident/exists" and (held.verified or held.source != self._reporter):
            self._stamp("verified", fact)
        if fact in self._followed_up_by and "verified" in self._times:
            self._stamp("followed_up", fact)

    def was_acknowledged(self, message: Message, seq: int) -> None:
        """Note when the outcome was fed back to the body that supervises the county."""
        super().was_acknowledged(message, seq)
        outcome = any(fact.fact == "incident/over" and fact.value is True for fact in message.facts)
        if outcome and message.to == self.world.exercise.county.superior and "fed_back" not in self._times:
            self._times["fed_back"] = self.world.log.emit("ticket.fed_back", self.id, TICKET, seq)

    def _stamp(self, step: str, fact: str) -> None:
        if step not in self._times:
            self._times[step] = self.world.log.emit(f"ticket.{step}", self.id, TICKET, self.learned[fact])
