"""The public: people who notice danger and call, who hear orders and follow them, and who pass rumors on."""

from __future__ import annotations

from sim.actors.organization import Organization
from sim.actors.public.gathering import ASK
from sim.actors.public.leaving import leave
from sim.actors.public.returning import go_home, shadow
from sim.actors.public.rumor import Rumor
from sim.actors.publicity.outlets import Outlets
from sim.actors.scene import Scene
from sim.actors.supplies.using import spend
from sim.comms.message import Message, Stated
from sim.county.cohorts import Where
from sim.county.settlement import Settlement
from sim.engine import Process
from sim.spec.base import FactValue
from sim.spec.command import RETURN
from sim.spec.county import Organization as Desk
from sim.spec.hazards import INCIDENT

WAVES = 4
"""Groups in which the people of a place hear an order, one after another."""
CONFUSED = 0.7
"""Share of those who comply who still do after two bodies ordered different things. A guess."""
PROTECTED_SHARE = 0.8
"""Share of a place's people that must be sheltered or away for the place to count as protected. A guess."""
LOOK_AROUND_S = 300
"""How often people in danger count the hurt and call again, in seconds. A guess."""
BY_THREAT = 0.05
"""What fear gains by a statement that states no fact, such as one that only threatens. A guess."""


class Public(Organization):
    """The people of the county.

    Attributes:
        mood: Their trust and fear.
        outlets: Who speaks to them, and what was said.
        rumor: The rumor among them.
    """

    def __init__(self, scene: Scene, desk: Desk) -> None:
        super().__init__(scene, desk)
        self.rumor = Rumor(scene)
        self.mood = self.rumor.mood
        self.outlets = Outlets(scene, self.mood, self.rumor)
        self._behavior = scene.world.exercise.scenario.population
        self._county = scene.world.exercise.county
        self._waiting: dict[str, int] = {}
        self._called: dict[str, int] = {}
        self._called_trapped: dict[str, int] = {}
        self._looking: dict[str, None] = {}
        self._orders: dict[str, int] = {}
        self._living = {place.id: place.people for place in self._county.places}
        self._wanting: dict[tuple[str, str], int] = {}  # for how many there was nothing to take them in with
        self._outside: dict[str, int] = {}  # who was outside for want of a house when the place was told to shelter
        scene.world.truth.watch(self._notice)

    # --- calls ---------------------------------------------------------------------------------------------------

    def _notice(self, key: str, value: FactValue, seq: int) -> None:
        place, _, attribute = key.partition("/")
        settlement = self.scene.county.places.get(place)
        if settlement is None or not (settlement.people or settlement.place.passing_per_min):
            return
        if attribute in ("danger", "hurt") and value and place not in self._looking:
            self._looking[place] = None
            self.world.clock.start(self._call_about(settlement, seq))

    def _call_about(self, settlement: Settlement, seq: int) -> Process:
        """Process: somebody calls when there is danger or harm, and again whenever the number of hurt has doubled."""
        place = settlement.place.id
        if place not in self._called:
            self._called[place] = 0
            self.mood.stir(seq)
            yield self.world.clock.wait(self.world.luck.seconds(self._behavior.call_after, "call after", place))
            sign: list[tuple[str, FactValue]] = [(f"{INCIDENT}/sign", True)]
            self._phone(self._county.desk("duty"), place, seq, self._danger_at(settlement) + sign)
        while True:
            patients = self.scene.county.casualties.within(place)
            hurt = len(patients.all)
            if hurt and hurt >= 2 * self._called[place]:
                self._called[place] = hurt
                self._phone("health", place, seq, [(f"{place}/hurt", hurt), *self._danger_at(settlement)])
                self.outlets.seen_hurt(place, hurt, seq, tuple(patient.seq for patient in patients.all))
            self._call_for_trapped(settlement, seq)
            if not settlement.danger:
                break  # they look once more after the danger has gone
            yield self.world.clock.wait(LOOK_AROUND_S)
        del self._looking[place]

    def _call_for_trapped(self, settlement: Settlement, cause: int) -> None:
        """Let somebody call for those who are trapped, and again whenever their number has doubled."""
        place = settlement.place.id
        trapped = self.world.truth.value(f"{place}/trapped")
        if isinstance(trapped, int) and trapped and trapped >= 2 * self._called_trapped.get(place, 0):
            self._called_trapped[place] = trapped
            self._phone("emergency", place, cause, [(f"{place}/trapped", trapped), *self._danger_at(settlement)])

    @staticmethod
    def _danger_at(settlement: Settlement) -> list[tuple[str, FactValue]]:
        return [(f"{settlement.place.id}/danger", True)] if settlement.danger else []

    def _phone(self, to: str, place: str, cause: int, facts: list[tuple[str, FactValue]]) -> None:
        now = self.world.clock.now
        stated = tuple(Stated(key, value, now, self.id, False) for key, value in facts)
        ident = self.scene.exchange.unique(f"{self.id}/{place}>{to}")
        danger = self.scene.county.places[place].danger_seq
        so_since = tuple(seq for key, _ in facts if (seq := self.world.truth.seq(key)) is not None)
        so_since += () if danger is None else (danger,)
        self.scene.exchange.send(Message(ident, self.id, to, "report", stated, from_at=place), cause, so_since)

    # --- protection ----------------------------------------------------------------------------------------------

    def receive(self, message: Message, read: int) -> None:
        """Hear a message; an order to shelter or leave sets the people of that place in motion."""
        super().receive(message, read)
        if message.tone:
            self._hear_statement(message, read)
        for fact in message.facts:
            place, _, attribute = fact.fact.partition("/")
            if attribute == "ordered":
                self._obey(place, str(fact.value), read)
            elif attribute == RETURN and fact.value is True:
                self._go_home(place, read)

    def _hear_statement(self, message: Message, read: int) -> None:
        """Hear a statement; one that states nothing answers nothing, and leaves people more afraid."""
        heard = self.outlets.heard(message.id, read)
        if heard is None:
            self.mood.turn("states_nothing", read, fear=BY_THREAT)
            return
        verified = any(fact.verified for fact in message.facts)
        self.rumor.heard_statement(str(message.tone), heard.seq, verified=verified, reach=heard.factor)
        if heard.hotline:
            self.rumor.callers.publish_hotline(heard.seq)
            self.scene.gatherings.can_ask(ASK, heard.seq)
        self.scene.gatherings.can_ask(heard.patients, heard.seq)

    def _obey(self, place: str, by: str, cause: int) -> None:
        settlement = self.scene.county.places[place]
        comply = self._comply * self._able(place, by)
        self._outside[place] = settlement.unhoused if by == "shelter" else 0
        seq = self._hear(place, by, comply, cause)
        self._orders[place] = number = self._orders.get(place, 0) + 1
        for wave in range(WAVES):
            name = f"{by}/{number}/{wave}"
            delay = self.world.luck.seconds(self._behavior.notice, "notice", place, name)
            people = _share(settlement.people, comply, wave + 1, WAVES) - _share(settlement.people, comply, wave, WAVES)
            self.world.clock.start(self._wave(settlement, by, people, delay, name, seq))
        if by == "evacuate" and place not in self.scene.commanding.assessed:
            shadow(self, place, f"{place}/{number}", seq)

    def _able(self, place: str, by: str) -> float:
        """Return which share of those who comply can, and know what to do.

        Those who cannot leave by themselves are forgotten in part where nobody assessed what the order means.
        """
        commanding, share = self.scene.commanding, 1.0
        if place in commanding.contested:
            share = CONFUSED
        if by == "evacuate" and place not in commanding.assessed and (living := self._living[place]):
            forgotten = self.world.parameters["impact.left_behind"]
            share *= 1 - forgotten * min(1.0, self._county.vulnerable(place).helpless / living)
        return share

    def _go_home(self, place: str, cause: int) -> None:
        self._orders[place] = number = self._orders.get(place, 0) + 1
        self._waiting.pop(place, None)
        for wave in range(WAVES):
            self.world.clock.start(go_home(self, place, wave, WAVES, f"home/{number}/{wave}", cause))

    def warned(self, place: str, people: int, name: str, cause: int) -> None:
        """Hear that a warning has reached more people of a place; those who comply do what was ordered there.

        Where nothing was ordered, those who warn say what is known of a rumor.
        """
        by = self.world.truth.value(f"{place}/ordered")
        if by is None or not people:
            self.rumor.told_in_person(place, people, cause)
            return
        comply, told = self._comply * self._able(place, str(by)), self.scene.warnings.told(place)
        seq = self._hear(place, str(by), comply, cause)
        some = _share(told, comply, 1, 1) - _share(told - people, comply, 1, 1)
        self.world.clock.start(self._wave(self.scene.county.places[place], str(by), some, 0, f"{by}/{name}", seq))

    @property
    def _comply(self) -> float:
        return self.mood.complying(self._behavior.comply)

    def _hear(self, place: str, by: str, comply: float, cause: int) -> int:
        ordered = self.world.truth.seq(f"{place}/ordered")
        commanding = self.scene.commanding
        looked_at = (
            self.rumor.seq,
            self.mood.seq,
            ordered,
            commanding.contested.get(place),
            commanding.assessed.get(place),
        )
        also = tuple(dict.fromkeys(seq for seq in looked_at if seq is not None))
        pct = round(100 * comply)
        return self.world.log.emit("protect.heard", self.id, place, cause, also, by=by, comply_pct=pct, place=place)

    def _wave(self, settlement: Settlement, by: str, people: int, delay: int, name: str, cause: int) -> Process:
        """Process: let one group of a place do what was ordered."""
        yield self.world.clock.wait(delay)
        if by == "shelter":
            if outside := self._outside.get(settlement.place.id, 0):  # those who have a house stay there
                self._take_in(settlement, round(people * outside / settlement.people), cause, name)
                self._tell_if_protected(settlement)
                yield from self._take_in_later(settlement, name)
            else:
                settlement.move(people, Where.INDOORS, Where.SEALED, cause, name)
            self._tell_if_protected(settlement)
            return
        place = settlement.place.id
        walkers = round(people * self._behavior.on_foot * (1 - self.scene.grid.need_help(place)))
        waiting = settlement.move(people - walkers, Where.INDOORS, Where.SEALED, cause, f"{name}/bus")
        sheltered = settlement.count(Where.SEALED) - waiting - self.waiting_for_bus(place)
        waiting += max(0, min(people - walkers - waiting, sheltered))
        self._waiting[place] = self.waiting_for_bus(place) + waiting
        outside = min(walkers, settlement.unhoused)
        settlement.unhoused -= outside
        outside += settlement.move(walkers - outside, Where.INDOORS, Where.OUTSIDE, cause, f"{name}/out")
        outside += settlement.move(walkers - outside, Where.SEALED, Where.OUTSIDE, cause, f"{name}/out2")
        yield from leave(self, place, outside, name)
        if outside and settlement.moved_seq is not None:
            settlement.move(outside, Where.OUTSIDE, Where.AWAY, settlement.moved_seq, f"{name}/away")
        self._tell_if_protected(settlement)

    def _take_in(self, settlement: Settlement, people: int, cause: int, name: str) -> None:
        """Take in people who stay outside for want of a house; those for whom there is no quilt wait outside."""
        people = min(people, settlement.unhoused)
        need, place = self.world.exercise.plan.shelter, settlement.place.id
        wanting = 0 if need is None else people - round(people * need.own)
        given, cause = (0, cause) if need is None else spend(self.scene, self.id, need.item, wanting, place, cause)
        people -= wanting - given
        self._wanting[name, place] = wanting - given
        settlement.unhoused -= settlement.move(people, Where.OUTSIDE, Where.SEALED, cause, name)

    def _take_in_later(self, settlement: Settlement, name: str) -> Process:
        """Process: take in those for whom there was nothing, as it comes."""
        need, place, time = self.world.exercise.plan.shelter, settlement.place.id, 0
        while need is not None and (wanting := min(self._wanting[name, place], settlement.unhoused)):
            came = yield self.scene.supplies.stores.coming(place, need.item)
            time += 1
            given, cause = spend(self.scene, self.id, need.item, wanting, place, came, again=True)
            self._wanting[name, place] = wanting - given
            some = min(given, settlement.unhoused)
            settlement.unhoused -= settlement.move(some, Where.OUTSIDE, Where.SEALED, cause, f"{name}/later {time}")
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
        outside = self._outside.get(settlement.place.id, 0)
        concerned = outside or settlement.people
        inside = settlement.count(Where.SEALED) + settlement.count(Where.AWAY)
        safe = outside - settlement.unhoused if outside else inside
        if safe >= PROTECTED_SHARE * concerned and not self.world.truth.value(key):
            seq = self.world.log.emit("people.protected", self.id, settlement.place.id, settlement.moved_seq)
            self.world.truth.change(key, True, seq)
            self._phone(self._county.desk("command"), settlement.place.id, seq, [(key, True)])


def _share(people: int, comply: float, part: int, of: int) -> int:
    """Return how many of so many people comply, in the first of some equal parts, as a whole number."""
    return round(people * comply * part / of)
