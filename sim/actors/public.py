"""The public: people who smell gas and call, who hear orders and follow them, and who pass rumors on."""

from __future__ import annotations

from sim.actors.organization import Organization
from sim.actors.rumor import Rumor
from sim.actors.scene import Scene
from sim.comms.message import Message, Stated
from sim.county.settlement import Settlement, Where
from sim.engine import Process
from sim.spec.base import FactValue
from sim.spec.county import Organization as Desk

WAVES = 4
"""Groups in which the people of a place hear an order, one after another."""
PROTECTED_SHARE = 0.8
"""Share of a place's people that must be sheltered or away for the place to count as protected. A guess."""
LOOK_AROUND_S = 300
"""How often people in the gas count the hurt and call again, in seconds. A guess."""


class Public(Organization):
    """The people of the county."""

    def __init__(self, scene: Scene, desk: Desk) -> None:
        super().__init__(scene, desk)
        self.rumor = Rumor(scene)
        self._behavior = scene.world.exercise.scenario.population
        self._county = scene.world.exercise.county
        self._waiting: dict[str, int] = {}
        self._called: dict[str, int] = {}
        self._orders: dict[str, int] = {}
        scene.world.truth.watch(self._notice)

    # --- calls ---------------------------------------------------------------------------------------------------

    def _notice(self, key: str, value: FactValue, seq: int) -> None:
        place, _, attribute = key.partition("/")
        settlement = self.scene.county.places.get(place)
        inhabited = settlement is not None and (settlement.place.people or settlement.place.passing_per_min)
        if attribute == "gas" and value and settlement is not None and inhabited:
            self.world.clock.start(self._call_about(settlement, seq))

    def _call_about(self, settlement: Settlement, seq: int) -> Process:
        """Process: somebody calls when there is gas, and again whenever the number of hurt has doubled."""
        place = settlement.place.id
        first = place not in self._called
        if first:
            self._called[place] = 0
            yield self.world.clock.wait(self.world.luck.seconds(self._behavior.call_after, "call after", place))
            self._phone(self._county.desk("duty"), place, seq, [(f"{place}/gas", True), ("leak/smell", True)])
        while True:
            hurt = len(self.scene.county.casualties.within(place).all)
            if hurt and hurt >= 2 * self._called[place]:
                self._called[place] = hurt
                self._phone("health", place, seq, [(f"{place}/hurt", hurt), (f"{place}/gas", True)])
            if not settlement.gas:
                return  # they look once more after the gas has gone
            yield self.world.clock.wait(LOOK_AROUND_S)

    def _phone(self, to: str, place: str, cause: int, facts: list[tuple[str, FactValue]]) -> None:
        now = self.world.clock.now
        stated = tuple(Stated(key, value, now, self.id, False) for key, value in facts)
        ident = self.scene.exchange.unique(f"{self.id}/{place}>{to}")
        gas = self.scene.county.places[place].gas_seq
        so_since = tuple(seq for key, _ in facts if (seq := self.world.truth.seq(key)) is not None)
        so_since += () if gas is None else (gas,)
        self.scene.exchange.send(Message(ident, self.id, to, "report", stated, from_at=place), cause, so_since)

    # --- protection ----------------------------------------------------------------------------------------------

    def receive(self, message: Message, read: int) -> None:
        """Hear a message; an order to shelter or leave sets the people of that place in motion."""
        super().receive(message, read)
        if message.tone:
            self.rumor.heard_statement(message.tone, read)
        for fact in message.facts:
            place, _, attribute = fact.fact.partition("/")
            if attribute == "ordered":
                self._obey(place, str(fact.value), read)

    def _obey(self, place: str, by: str, cause: int) -> None:
        settlement = self.scene.county.places[place]
        comply = self._behavior.comply * self.rumor.trust
        also = () if self.rumor.seq is None else (self.rumor.seq,)
        seq = self.world.log.emit(
            "protect.heard", self.id, place, cause, also, by=by, comply_pct=round(100 * comply), place=place
        )
        self._orders[place] = number = self._orders.get(place, 0) + 1
        for wave in range(WAVES):
            name = f"{by}/{number}/{wave}"
            delay = self.world.luck.seconds(self._behavior.notice, "notice", place, name)
            people = round(settlement.place.people * comply * (wave + 1) / WAVES)
            people -= round(settlement.place.people * comply * wave / WAVES)
            self.world.clock.start(self._wave(settlement, by, people, delay, name, seq))

    def _wave(self, settlement: Settlement, by: str, people: int, delay: int, name: str, cause: int) -> Process:
        yield self.world.clock.wait(delay)
        if by == "shelter":
            settlement.move(people, Where.INDOORS, Where.SEALED, cause, name)
            self._tell_if_protected(settlement)
            return
        walkers = round(people * self._behavior.on_foot)
        place = settlement.place.id
        waiting = settlement.move(people - walkers, Where.INDOORS, Where.SEALED, cause, f"{name}/bus")
        sheltered = settlement.count(Where.SEALED) - waiting - self.waiting_for_bus(place)
        waiting += max(0, min(people - walkers - waiting, sheltered))
        self._waiting[place] = self.waiting_for_bus(place) + waiting
        outside = settlement.move(walkers, Where.INDOORS, Where.OUTSIDE, cause, f"{name}/out")
        outside += settlement.move(walkers - outside, Where.SEALED, Where.OUTSIDE, cause, f"{name}/out2")
        left = self.world.luck.seconds(self._behavior.leave, "leave", place, name)
        yield self.world.clock.wait(left)
        if outside and settlement.moved_seq is not None:
            settlement.move(outside, Where.OUTSIDE, Where.AWAY, settlement.moved_seq, f"{name}/away")
        self._tell_if_protected(settlement)

    def waiting_for_bus(self, place: str) -> int:
        """Return how many people of a place wait for a bus."""
        return self._waiting.get(place, 0)

    def moved(self, place: str) -> tuple[int, ...]:
        """Return the number of the event by which people of a place last moved, if any did."""
        seq = self.scene.county.places[place].moved_seq
        return () if seq is None else (seq,)

    def board(self, place: str, seats: int, cause: int, name: str) -> int:
        """Let people get on a bus; returns how many."""
        settlement = self.scene.county.places[place]
        riders = settlement.move(min(seats, self.waiting_for_bus(place)), Where.SEALED, Where.AWAY, cause, name)
        self._waiting[place] = self.waiting_for_bus(place) - riders if riders else 0
        self._tell_if_protected(settlement)
        return riders

    def _tell_if_protected(self, settlement: Settlement) -> None:
        if settlement.moved_seq is None:
            return  # nobody lives there, or nobody has stirred
        key = f"{settlement.place.id}/protected"
        safe = settlement.count(Where.SEALED) + settlement.count(Where.AWAY)
        if safe >= PROTECTED_SHARE * settlement.place.people and not self.world.truth.value(key):
            seq = self.world.log.emit("people.protected", self.id, settlement.place.id, settlement.moved_seq)
            self.world.truth.change(key, True, seq)
            self._phone(self._county.desk("command"), settlement.place.id, seq, [(key, True)])
