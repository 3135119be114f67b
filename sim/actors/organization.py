"""Organizations: agents with a desk, a picture of their own, and the orders that any of them can give."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.actors.scene import Scene
from sim.comms.message import Message, Stated
from sim.engine import Agent, Occurrence, Process
from sim.record.picture import Held, Picture
from sim.rng import Distribution, Shape
from sim.spec.base import FactValue
from sim.spec.county import Organization as Desk
from sim.spec.orders import Send

APPROVAL_SIGMA = 0.5
"""Standard deviation of the logarithm of an approval's duration. A guess."""


class Organization(Agent):
    """Somebody with a duty desk.

    Attributes:
        id: Its id in the county file.
        picture: What it holds to be so.
        learned: Number of the event by which it last learned each fact.
        on_learned: Called with a fact's key whenever the picture changes.
    """

    def __init__(self, scene: Scene, desk: Desk) -> None:
        super().__init__(scene.world)
        self.scene = scene
        self.world = scene.world
        self.desk = desk
        self.id = desk.id
        self.picture = Picture()
        self.learned: dict[str, int] = {}
        self.on_learned: list[Callable[[str], None]] = []
        self._words: dict[str, Occurrence] = {}
        scene.exchange.connect(desk.id, self)

    def learn(self, stated: Stated, cause: int | None, how: str) -> None:
        """Take a fact into the picture; says so in the record if it changes anything."""
        held = Held(stated.value, stated.as_of_s, stated.source, self.world.clock.now, stated.verified)
        result = self.picture.learn(stated.fact, held)
        if result == "old":
            return
        self.learned[stated.fact] = self.world.log.emit(
            "fact.learned",
            self.id,
            stated.fact,
            cause,
            value=stated.value,
            as_of_s=stated.as_of_s,
            source=stated.source,
            verified=stated.verified,
            how=how,
            result=result,
        )
        for listener in self.on_learned:
            listener(stated.fact)

    def see(self, key: str, value: FactValue, cause: int | None, how: str = "own") -> None:
        """Take in what it did or saw itself, now."""
        self.learn(Stated(key, value, self.world.clock.now, self.id, True), cause, how)

    def receive(self, message: Message, read: int) -> None:
        """Take in a message that was read."""
        if message.rule:
            self._reported(message, read)
        if sender := self.scene.organizations.get(message.sender):
            sender.was_read(message, read)
        for fact in message.facts:
            self.learn(fact, read, "message")
        if message.asks:
            self.world.clock.start(self._reply(message, read))
        if message.directs and self.id in self.scene.staff:
            self.world.clock.start(self.scene.staff[self.id].obey(message.directs, message.id, read))
        if message.approves and message.kind == "request":
            self.world.clock.start(self._approve(message, read))
        elif message.approves and message.approves in self._words:
            self._words.pop(message.approves).succeed(read)

    def was_read(self, message: Message, read: int) -> None:
        """Hear that a message of one's own was read."""

    def _reported(self, message: Message, read: int) -> None:
        rule = next(rule for rule in self.world.exercise.rules.rules if rule.id == message.rule)
        made = self.world.log.emit("report.made", message.sender, rule.id, read, rule=rule.id, to=self.id, by=rule.by)
        if self.id == self.world.exercise.county.neighbor:
            self.world.truth.change("neighbor/told", True, made)
            self.scene.organizations[message.sender].see("neighbor/told", True, made)

    def await_word(self, name: str) -> Occurrence:
        """Return what occurs, with the number of the event, when the approval of something is read here."""
        self._words[name] = occurrence = self.world.clock.occurrence()
        return occurrence

    def dispatch(self, order: Send, name: str, cause: int) -> None:
        """Send units; an organization without units cannot, and the record says so."""
        seq = self.world.log.emit("task.identified", self.id, name, cause, task=order.task.value, at=order.at)
        self.world.log.emit("task.failed", self.id, name, seq, reason="no_units")

    def held(self, keys: Sequence[str]) -> tuple[Stated, ...]:
        """Return what it holds of some facts; ``place/attribute`` means that of every place."""
        wanted = [key for name in keys for key in self.scene.place_facts(name)]
        return tuple(Stated.from_held(key, self.picture.held[key]) for key in wanted if key in self.picture.held)

    def send(
        self,
        to: str,
        kind: str,
        name: str,
        cause: int | None,
        *,
        facts: Sequence[str] = (),
        asks: Sequence[str] = (),
        channel: str | None = None,
        rule: str | None = None,
        approves: str | None = None,
        matter: str | None = None,
        directs: str | None = None,
        tone: str | None = None,
        text: dict[str, str] | None = None,
    ) -> None:
        """Send a message; its id is made of ``name`` and the addressee."""
        ident = self.scene.exchange.unique(f"{name}>{to}")
        also = tuple(self.learned[fact.fact] for fact in self.held(facts) if fact.fact in self.learned)
        held = self.held(facts)
        message = Message(
            ident, self.id, to, kind, held, tuple(asks), channel, rule, approves, matter, directs, tone, text
        )
        self.scene.exchange.send(message, cause, also)

    def thinking_s(self, *names: str) -> int:
        """Return how long it takes to decide on a routine matter, in seconds."""
        if self.scene.policy_of(self.id).instant:
            return 0
        factor = self.world.parameters["staff.thinking_factor"]
        return self.world.luck.seconds(self.desk.thinking.scaled(factor), "thinking", self.id, *names)

    def _approve(self, request: Message, read: int) -> Process:
        """Process: find an officer, think it over, and give the word."""
        name = request.approves or ""
        parameter = "release.approval_delay" if request.matter == "publish" else "orders.approval_delay"
        officers = self.scene.exchange.officers[self.id]
        taken = officers.take()
        also: tuple[int, ...] = ()
        if not taken.triggered:
            also = officers.ahead
            officers.claim(taken, read)
            yield taken
            also += officers.freed_by
        officers.claim(taken, read)
        delay = Distribution(Shape.LOGNORMAL, self.world.parameters[parameter] * 60, APPROVAL_SIGMA)
        yield self.world.clock.wait(self.world.luck.seconds(delay, "approval", name))
        seq = self.world.log.emit("message.approved", self.id, request.id, read, also, by=self.id)
        officers.give_back(taken, seq)
        self.send(request.sender, "reply", f"{request.id}/reply", seq, approves=name)

    def _reply(self, request: Message, read: int) -> Process:
        yield self.world.clock.wait(self.thinking_s("reply", request.id))
        self.send(request.sender, "reply", f"{request.id}/reply", read, facts=request.asks)
