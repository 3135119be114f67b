"""Organizations: agents with a desk, a picture of their own, and the orders that any of them can give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sim.actors.desks.reporting import Reporting
from sim.actors.desks.spot_check import answer_check
from sim.actors.policies import Skill
from sim.actors.scene import Scene
from sim.comms.message import Message, Stated
from sim.comms.stamina import thinking_factor
from sim.engine import Agent, Occurrence, Process
from sim.record.picture import Held, Picture
from sim.rng import Distribution, Shape
from sim.spec.base import FactValue
from sim.spec.channels import Medium
from sim.spec.controls import DUTY_MATTER
from sim.spec.county import Organization as Desk
from sim.spec.orders import Send
from sim.spec.reporting import row_of

SUPERIOR_TOLD = "superior/told"
"""The fact that the next level up has had the county's own report, in plans in which that sets something going."""
AGAIN_S = 10 * 60
"""How long, in seconds, a desk lets a report or an approval rest that did not get through. A guess."""
APPROVAL_SIGMA = 0.5
"""Standard deviation of the logarithm of an approval's duration. A guess."""
APPROVAL_DELAYS = MappingProxyType(
    {
        "publish": "release.approval_delay",
        "reserved": "release.authority_delay",
        "reserve": "reserve.approval_delay",
    }
)
"""Parameters that say how long an approval takes, by its matter; other orders have one of their own."""


class Organization(Agent):
    """Somebody with a duty desk.

    Attributes:
        scene: What it can reach.
        world: The world.
        desk: Its row of the county file.
        id: Its id in the county file.
        picture: What it holds to be so.
        learned: Number of the event by which it last learned each fact.
        on_learned: Called with a fact's key whenever the picture changes.
        counsel: Number of the event by which it heard what experts of a field judge.
        reporting: What it must report to whom; None where no rule is for it.
        on_asked: Called with the number of the event of reading whenever somebody asks it for facts.
        heard_from: From whom it last heard a fact in a message.
        told: What it last told somebody of a fact, by addressee and fact.
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
        self.on_asked: list[Callable[[int], object]] = []
        self.reporting: Reporting | None = None
        self.heard_from: dict[str, str] = {}
        self.told: dict[tuple[str, str], FactValue] = {}
        self.counsel: dict[str, int] = {}
        self._words: dict[str, Occurrence] = {}
        self._acted: dict[str, None] = {}
        self._told: dict[tuple[str, str], int] = {}
        scene.exchange.connect(desk.id, self)

    @property
    def skill(self) -> Skill:
        """How well its seat is manned."""
        return self.scene.skill_of(self.id)

    def make_ready(self, cause: int) -> None:
        """Have crews get ready to leave; a body without units has none."""

    def learn(self, stated: Stated, cause: int | None, how: str, also: tuple[int, ...] = ()) -> None:
        """Take a fact into the picture; says so in the record if it changes anything.

        Args:
            stated: The fact.
            cause: Number of the event by which it comes.
            how: In what way: own, message, platform, consultation or truth.
            also: Numbers of other events on which it depends.
        """
        held = Held(stated.value, stated.as_of_s, stated.source, self.world.clock.now, stated.verified)
        self.picture.sources = int(self.world.parameters["info.sources"])
        if self.picture.sources:
            held = self.picture.weighed(stated.fact, held)
            also += self._told_by(stated, cause)
        if cause is not None and (field := self.scene.fields_of_experts.get(stated.source)) is not None:
            self.counsel.setdefault(field, cause)
        result = self.picture.learn(stated.fact, held)
        if result == "old":
            return
        self.learned[stated.fact] = self.world.log.emit(
            "fact.learned",
            self.id,
            stated.fact,
            cause,
            also,
            value=stated.value,
            as_of_s=stated.as_of_s,
            source=stated.source,
            verified=held.verified,
            how=how,
            result=result,
        )
        for listener in self.on_learned:
            listener(stated.fact)

    def _told_by(self, stated: Stated, cause: int | None) -> tuple[int, ...]:
        """Note by which event a source stated a fact, and return those by which all who agree did."""
        if cause is not None:
            self._told[stated.fact, stated.source] = cause
        agreeing = self.picture.agreeing(stated.fact, stated.value)
        return tuple(self._told[stated.fact, one] for one in agreeing if (stated.fact, one) in self._told)

    def see(self, key: str, value: FactValue, cause: int | None, how: str = "own") -> None:
        """Take in what it did or saw itself, now."""
        self.heard_from.pop(key, None)
        self.learn(Stated(key, value, self.world.clock.now, self.id, True), cause, how)

    def receive(self, message: Message, read: int) -> None:
        """Take in a message that was read."""
        if message.rule:
            self._reported(message, read)
        for fact in message.facts:
            self.heard_from[fact.fact] = message.sender
            self.learn(fact, read, "message")
        if (invited := self.scene.invitations.pop(message.id, None)) is not None:
            invited.succeed(read)
        if (awaited := self.scene.requests.pop(message.id, None)) is not None:
            awaited.succeed(read)
        if message.asks:
            for hear in self.on_asked:
                hear(read)
            self.world.clock.start(self._reply(message, read))
        if message.directs and self.id in self.scene.staff:
            self.world.clock.start(self.scene.staff[self.id].obey(message.directs, message.id, read))
        if message.matter == DUTY_MATTER:
            answer_check(self, message, read)
        if message.approves and message.kind == "request":
            self.world.clock.start(self._approve(message, read))
        elif message.approves and message.approves in self._words:
            self._words.pop(message.approves).succeed(read)

    def overhear(self, message: Message, read: int) -> None:
        """Hear what was said to another of the talk group; that this keeps nobody busy is a simplification."""
        for fact in message.facts:
            self.learn(fact, read, "radio")

    def was_acknowledged(self, message: Message, seq: int) -> None:
        """Hear that a message of one's own was taken in."""
        if not message.rule:
            return
        if self.reporting is not None:
            self.reporting.arrived(message.id, row_of(self.world.exercise, message.rule), seq)
        if message.to == self.world.exercise.county.neighbor:
            self.see("neighbor/told", True, seq)
        if message.to == self.world.exercise.county.superior and self._matters(SUPERIOR_TOLD):
            self.see(SUPERIOR_TOLD, True, seq)

    def was_given_up(self, message: Message, seq: int) -> None:
        """Hear that a message of one's own did not get through; what is owed or waited for is sent again."""
        awaited = message.rule or message.approves or message.id in self.scene.requests
        if awaited or self.skill.says_again:
            self.world.clock.start(self._send_again(message, seq))

    def _send_again(self, message: Message, seq: int) -> Process:
        """Process: wait a while, or until something that was down comes back, and send a message once more."""
        exchange, clock = self.scene.exchange, self.world.clock
        change = exchange.outages.change()
        yield change | clock.wait(AGAIN_S)
        also: tuple[Any, ...] = (change.value,) if change.triggered else ()
        if message.rule and self.reporting is not None:
            self.reporting.send_again(message, seq, also)
        elif not message.rule:
            name, _, to = message.id.rpartition(">")
            again = exchange.unique(f"{name}>{to.partition('#')[0]}")
            if message.id in self.scene.requests:
                self.scene.requests[again] = self.scene.requests.pop(message.id)
            facts = self.held([fact.fact for fact in message.facts])
            exchange.send(replace(message, id=again, facts=facts), seq, also)

    def acts_on(self, seqs: Iterable[int], cause: int) -> None:
        """Note in the record, once for each, the messages that taught what it now acts on.

        Args:
            seqs: Numbers of the events by which it learned what it acts on.
            cause: Number of the event of acting.
        """
        events = self.world.log.events
        for seq in seqs:
            read = events[seq].cause if events[seq].kind == "fact.learned" else seq
            if read is None or events[read].kind != "message.read" or events[read].subject in self._acted:
                continue
            self._acted[events[read].subject] = None
            self.world.log.emit("message.acted", self.id, events[read].subject, cause, (read,))

    def _reported(self, message: Message, read: int) -> None:
        rule, sender = row_of(self.world.exercise, message.rule or ""), self.scene.organizations[message.sender]
        number = 1 if sender.reporting is None else sender.reporting.filed[message.id]
        made = self.world.log.emit(
            "report.made",
            message.sender,
            rule.id,
            read,
            rule=rule.id,
            to=self.id,
            by=rule.by,
            stage=rule.stage,
            number=number,
            skips=rule.skips,
        )
        if self.id == self.world.exercise.county.neighbor:
            self.world.truth.change("neighbor/told", True, made)
        county = self.world.exercise.county
        if self.id == county.superior and message.sender == county.desk("duty") and self._matters(SUPERIOR_TOLD):
            self.world.truth.change(SUPERIOR_TOLD, True, made)

    def _matters(self, fact: str) -> bool:
        """Return whether a fact stands in the plan."""
        return any(kind.key == fact for kind in self.world.exercise.plan.facts)

    def await_word(self, name: str) -> Occurrence:
        """Return what occurs, with the number of the event, when the approval of something is read here."""
        self._words[name] = occurrence = self.world.clock.occurrence()
        return occurrence

    def hear_word(self, name: str, cause: int) -> None:
        """Take it that the word that an order waits for is there; ``cause`` is why."""
        if name in self._words:
            self._words.pop(name).succeed(cause)

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
        by: Medium | None = None,
        to_at: str | None = None,
    ) -> None:
        """Send a message; its id is made of ``name`` and the addressee."""
        ident = self.scene.exchange.unique(f"{name}>{to}")
        held = self.held(facts)
        also = tuple(self.learned[fact.fact] for fact in held if fact.fact in self.learned)
        self.told.update({(to, fact.fact): fact.value for fact in held})
        message = Message(
            ident,
            self.id,
            to,
            kind,
            held,
            tuple(asks),
            channel,
            rule,
            approves,
            matter,
            directs,
            tone,
            text,
            by,
            to_at=to_at,
        )
        self.scene.exchange.send(message, cause, also)

    def thinking_s(self, *names: str) -> int:
        """Return how long it takes to decide on a routine matter, in seconds."""
        if self.scene.policy_of(self.id).instant:
            return 0
        factor = self.world.parameters["staff.thinking_factor"] * self.skill.thinking * thinking_factor(self.world)
        return self.world.luck.seconds(self.desk.thinking.scaled(factor), "thinking", self.id, *names)

    def attend(self, seconds: int, what: str, cause: int | None) -> Process:
        """Process: keep an officer of the desk busy with something.

        Returns:
            Number of the event from which on somebody had time for it: ``cause``, or when an officer was free.
        """
        officers = self.scene.exchange.desks.officers[self.id]
        taken = officers.take()  # as urgent as an order where urgent things go first: a guess
        if not taken.triggered:
            cause = self.world.log.emit("officer.awaited", self.id, what, cause, officers.ahead)
            yield taken
            cause = self.world.log.emit("officer.free", self.id, what, cause, officers.freed_by)
        officers.claim(taken, cause)
        yield self.world.clock.wait(seconds)
        officers.give_back(taken, cause)
        return cause

    def _approve(self, request: Message, read: int) -> Process:
        """Process: find an officer, think it over, and give the word."""
        name = request.approves or ""
        parameter = APPROVAL_DELAYS.get(request.matter or "", "orders.approval_delay")
        median_s = self.world.parameters[parameter] * 60 * self.skill.thinking
        delay = Distribution(Shape.LOGNORMAL, median_s, APPROVAL_SIGMA)
        cause = yield from self.attend(self.world.luck.seconds(delay, "approval", name), request.id, read)
        seq = self.world.log.emit("message.approved", self.id, request.id, cause, (read,), by=self.id)
        self.acts_on((read,), seq)
        shown = dict.fromkeys("place/hurt" if one.fact.endswith("/hurt") else one.fact for one in request.facts)
        self.send(request.sender, "reply", f"{request.id}/reply", seq, approves=name, facts=tuple(shown))

    def _reply(self, request: Message, read: int) -> Process:
        """Process: think, then answer what was asked with what is held."""
        thinking = self.thinking_s("reply", request.id)
        cause = (yield from self.attend(thinking, request.id, read)) if thinking else read
        self.acts_on((read,), cause)
        self.send(request.sender, "reply", f"{request.id}/reply", cause, facts=request.asks)
