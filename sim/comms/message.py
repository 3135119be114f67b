"""Messages: what one organization says to another."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from sim.record.picture import Held
from sim.spec.base import FactValue
from sim.spec.channels import Medium


class Stated(NamedTuple):
    """A fact as a message states it."""

    fact: str
    value: FactValue
    as_of_s: int
    source: str
    verified: bool

    def data(self) -> dict[str, Any]:
        """Return what the record keeps of it."""
        fact, value, as_of_s, source, verified = self
        return {"fact": fact, "value": value, "as_of_s": as_of_s, "source": source, "verified": verified}

    @classmethod
    def from_held(cls, fact: str, held: Held) -> Stated:
        """Return a held fact as it is passed on: with the moment and the source that it had."""
        return cls(fact, held.value, held.as_of_s, held.source, held.verified)


URGENCY = MappingProxyType(
    {"order": 0, "report": 1, "request": 1, "reply": 1, "release": 1, "notice": 2, "question": 2}
)
"""Which kinds of message go first where urgent messages do: the smaller number before the larger. A guess."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message.

    Attributes:
        id: Id made from what caused it, the same in any run in which that happens.
        sender: Id of the organization that sends it.
        to: Id of the organization that shall get it.
        kind: report, order, request, reply, notice, question or release.
        facts: What it says.
        asks: Facts that the sender wants to be told.
        channel: Channel to try first; None for the usual order of channels.
        by: Medium that it must go by, such as ``voice`` or ``written``; None for any that suits a routine message.
        from_at: Place from which it is sent; None for the sender's desk.
        to_at: Place where it must be heard; None for the addressee's desk.
        rule: Row of the rule table that it fulfills.
        approves: Id of the order that it asks the addressee to approve, or that it approves.
        matter: What kind of order that is: activate, protect, publish, requisition, reserve, or reserved (for another
            body to publish); or that it checks the watch (duty_check).
        directs: Task of the plan that the addressee shall carry out.
        tone: Tone of a release: inform, rebut or deny.
        text: Its words in both languages, for people.
    """

    id: str
    sender: str
    to: str
    kind: str
    facts: tuple[Stated, ...] = ()
    asks: tuple[str, ...] = ()
    channel: str | None = None
    rule: str | None = None
    approves: str | None = None
    matter: str | None = None
    directs: str | None = None
    tone: str | None = None
    text: dict[str, str] | None = None
    by: Medium | None = None
    from_at: str | None = None
    to_at: str | None = None

    @property
    def urgency(self) -> int:
        """How urgent it is: 0 goes first."""
        return URGENCY[self.kind]

    @property
    def needs_answer(self) -> bool:
        """Whether the sender must know that it arrived: all but what is only said to the public."""
        return self.kind != "release"

    def data(self) -> dict[str, Any]:
        """Return what the record keeps of it."""
        data: dict[str, Any] = {"to": self.to, "kind": self.kind, "facts": [fact.data() for fact in self.facts]}
        for name in ("asks", "rule", "approves", "matter", "directs", "tone", "text"):
            if value := getattr(self, name):
                data[name] = list(value) if name == "asks" else value
        return data
