"""A request for help: what it states, what is missing, and how it reaches those who decide on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.actors.helpers import military, neighbor, social
from sim.actors.helpers.force import Force, Stage
from sim.actors.organization import Organization
from sim.comms.message import Message, Stated
from sim.engine import Process
from sim.spec.base import Text
from sim.spec.help_orders import RequestAid
from sim.spec.helpers import ABOUT, MILITARY, OF_SOCIETY

if TYPE_CHECKING:
    from sim.actors.scene import Scene

Answer = Callable[["Request", int], Process]
"""How a kind of force decides, from the number of the event of reading to that of the event of deciding."""


def answer_of(kind: str) -> Answer:
    """Return how a kind of force decides on a request."""
    return military.answer if kind in MILITARY else social.answer if kind in OF_SOCIETY else neighbor.answer


class Request:
    """One request of one organization to one force.

    Attributes:
        scene: What it can reach.
        organization: Who asks.
        force: Who is asked.
        order: The order to ask.
        name: Id of the order.
        also: Numbers of other events on which the answer rests.
    """

    def __init__(self, organization: Organization, force: Force, order: RequestAid, name: str) -> None:
        self.scene: Scene = organization.scene
        self.organization = organization
        self.force = force
        self.order = order
        self.name = name
        self.also: tuple[int, ...] = ()
        self._content: list[str] = list(order.content)

    def run(self, cause: int) -> Process:
        """Process: ask until the request is complete; then the force comes if nobody else has called it."""
        helper, log = self.force.helper, self.scene.world.log
        to = helper.desk if self.order.direct or helper.through is None else helper.through
        number, asker = 1, self.scene.organizations[to]
        while True:
            missing = self._missing()
            states = [item for item in self._content if item not in missing]
            asked = log.emit(
                "aid.requested", self.organization.id, self.name, cause, self._learned(),
                helper=helper.id, to=to, states=states, direct=self.order.direct,
            )  # fmt: skip
            read = yield from self.say(self.organization, to, f"asks-{number}", asked)
            if not missing:
                break
            thinking_s = asker.thinking_s("aid", self.name, str(number))
            seen = yield from asker.attend(thinking_s, f"{self.name}/look-{number}", read)
            back = log.emit("aid.sent_back", to, self.name, seen, (asked,), helper=helper.id, missing=missing)
            cause = yield from self.say(asker, self.organization.id, f"sent-back-{number}", back)
            if self.scene.is_person(self.organization.id):
                return  # whoever has the seat decides what to do about it
            cause = yield from self._complete(missing, cause)
            number += 1
        decided = yield from answer_of(helper.kind)(self, read)
        if self.force.stage is not Stage.HOME:
            log.emit("aid.refused", helper.desk, self.name, decided, (self.force.seq,), helper=helper.id)
            return
        granted = log.emit("aid.granted", helper.desk, self.name, decided, self.also, helper=helper.id)
        self.force.seq = granted
        yield from self.force.come(self.organization.id, granted)

    def say(self, sender: Organization, to: str, step: str, cause: int) -> Process:
        """Process: send a message of this request and wait until it is read; returns the number of that event."""
        exchange = self.scene.exchange
        ident = exchange.unique(f"{self.name}/{step}>{to}")
        read = self.scene.requests[ident] = self.scene.world.clock.occurrence()
        name = self.force.helper.name
        text = Text(zh=f"请求支援：{name.zh}", en=f"Request for help: {name.en}").marked().model_dump()
        facts = self._facts() if sender is self.organization else ()
        exchange.send(Message(ident, sender.id, to, "request", facts, text=text), cause, self._learned())
        return (yield read)

    def _known(self) -> dict[str, list[str]]:
        """Return, for each item that rests on facts, the facts that the organization holds of it."""
        held = self.organization.picture.held
        return {item: [key for key in held if key.endswith(ends)] for item, ends in ABOUT.items()}

    def _missing(self) -> list[str]:
        known = self._known()
        return [
            item for item in self.force.helper.needs if item not in self._content or not known.get(item, ["always"])
        ]

    def _facts(self) -> tuple[Stated, ...]:
        held, known = self.organization.picture.held, self._known()
        keys = dict.fromkeys(key for item in self._content for key in known.get(item, []))
        return tuple(Stated.from_held(key, held[key]) for key in keys)

    def _learned(self) -> tuple[int, ...]:
        learned = self.organization.learned
        return tuple(learned[one.fact] for one in self._facts() if one.fact in learned)

    def _complete(self, missing: list[str], back: int) -> Process:
        """Process: add what is missing, as soon as somebody has time and all of it is known."""
        organization = self.organization
        thinking_s = organization.thinking_s("aid", self.name, "complete", str(len(self._content)))
        cause = yield from organization.attend(thinking_s, f"{self.name}/complete-{len(self._content)}", back)
        self._content += [item for item in missing if item not in self._content]
        while self._missing():
            changed = self.scene.world.clock.occurrence()
            listener = _once(changed.succeed)
            organization.on_learned.append(listener)
            fact = yield changed
            organization.on_learned.remove(listener)
            cause = organization.learned[fact]
        return cause


def _once(act: Callable[[str], object]) -> Callable[[str], None]:
    """Return a listener that acts on the first fact only."""
    heard: list[str] = []

    def listen(fact: str) -> None:
        if not heard:
            heard.append(fact)
            act(fact)

    return listen
