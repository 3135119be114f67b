"""Monitoring: gauges and detectors that notice what becomes so, late, not always, and not without power and network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sim.actors.scene import Scene
from sim.comms.message import Message, Stated
from sim.engine import Process
from sim.spec.base import FactValue, Text
from sim.spec.load import Exercise
from sim.spec.monitors import NONE, SLOTS_A_DAY, Monitor
from sim.spec.plan import PLACE

SLOT_S = 24 * 3600 // SLOTS_A_DAY
FALSE_LASTS_S = 10 * 60
"""How long a false alarm lasts before the monitor shows what it showed before, in seconds. A guess."""
HOW = "monitor"
"""How an organization learns what its monitor shows."""


@dataclass(eq=False)
class _Reading:
    """Something that a monitor shall show: that its value is reached, or that it is over.

    Attributes:
        name: What the luck of showing it goes by.
        seq: Number of the event of it.
        value: What it shows.
        at_s: Since when it is so.
        over: Whether it is that a value is over.
        missed: Whether it is not noticed; None while that is open. That a value is over is always noticed.
        tries: How often the monitor has begun to show it; it begins again when it has been blind.
        shown: Whether it was shown; that a value is over can be shown again.
    """

    name: str
    seq: int
    value: FactValue
    at_s: int
    over: bool = False
    missed: bool | None = None
    tries: int = 0
    shown: bool = False


@dataclass(eq=False)
class _State:
    """What has become of one monitor.

    Attributes:
        spec: How the county file describes it.
        reached: That its value is reached, as long as it is.
        over: That it is not so any more, until it is so again.
        alarming: Whether it shows an alarm.
        times: How often its value was reached.
        short: Number of the event since which something that it needs is missing.
        blind: Number of the event since which it shows nothing.
        sight: Grows whenever what it was about to show is lost.
        last: Number of the last event of its own.
    """

    spec: Monitor
    reached: _Reading | None = None
    over: _Reading | None = None
    alarming: bool = False
    times: int = 0
    short: int | None = None
    blind: int | None = None
    sight: int = 0
    last: tuple[int, ...] = ()


def monitors_of(exercise: Exercise) -> list[Monitor]:
    """Return the monitors that matter in an exercise: their fact is in its plan, and a hazard that they sense in it.

    Nobody would know what an alarm of another one means.
    """
    known = [kind.key for kind in exercise.plan.facts]
    hazards = [hazard.own for hazard in (exercise.scenario.hazard, *exercise.scenario.secondary)]
    return [
        spec
        for spec in exercise.county.monitors
        if (spec.fact in known or f"{PLACE}/{spec.fact.partition('/')[2]}" in known)
        and (not spec.senses or any(one in hazards for one in spec.senses))
    ]


class Monitoring:
    """All monitors of a run.

    Args:
        scene: The run.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._world = scene.world
        self._level = int(scene.world.parameters["monitoring.level"])
        self._named: dict[str, int] = {}
        self._all = [_State(spec) for spec in monitors_of(scene.world.exercise)]
        self._by_fact: dict[str, list[_State]] = {}
        for one in self._all:
            self._by_fact.setdefault(one.spec.fact, []).append(one)
        if self._all:
            scene.world.truth.watch(self._notice)
            scene.lifelines.watch(self._supply_all)

    def begin(self, start: int) -> None:
        """Let the monitors watch.

        Args:
            start: Number of the event of the beginning.
        """
        self._supply_all(start)
        if any(one.spec.false_per_day for one in self._all):
            self._world.clock.start(self._false_alarms(start))

    def tune(self, cause: int) -> None:
        """Go by the level of monitoring as it is now; what a monitor was about to show, it begins anew.

        Args:
            cause: Number of the event by which it changed.
        """
        before, self._level = self._level, int(self._world.parameters["monitoring.level"])
        if before == self._level:
            return
        for one in self._all:
            one.sight += 1
        self._supply_all(cause)
        for one in self._all:
            self._take_up(one)

    def blind(self) -> tuple[str, ...]:
        """Return the ids of the monitors that show nothing for want of power or network, in the order of the file."""
        return tuple(one.spec.id for one in self._all if one.blind is not None)

    # --- what is so ----------------------------------------------------------------------------------------------

    def _notice(self, key: str, value: FactValue, seq: int) -> None:
        for one in self._by_fact.get(key, ()):
            now = self._world.clock.now
            if one.spec.alarms_at(value) and one.reached is None and self._senses(one.spec, seq):
                one.times += 1
                name = one.spec.id if one.times == 1 else f"{one.spec.id}#{one.times}"
                one.reached, one.over = _Reading(name, seq, value, now), None
                self._take_up(one)
            elif one.reached is not None and not one.spec.alarms_at(value):
                one.over = _Reading(f"{one.reached.name}/over", seq, value, now, over=True)
                one.reached = None
                self._take_up(one)

    def _senses(self, spec: Monitor, seq: int) -> bool:
        """Return whether a monitor can sense what brought a change of truth about."""
        events = self._world.log.events
        cause = events[seq].cause
        of = None if cause is None else events[cause].data.get("of")
        return not spec.senses or of is None or of in spec.senses

    def _take_up(self, one: _State) -> None:
        """Begin to show what is so and is not shown yet."""
        if one.reached is not None and not one.reached.shown:
            self._show_later(one, one.reached)
        elif one.over is not None and one.alarming:
            self._show_later(one, one.over)

    def _show_later(self, one: _State, reading: _Reading) -> None:
        if self._level == NONE or one.blind is not None:
            return
        world, spec = self._world, one.spec
        if reading.missed is None and not reading.over:
            reading.missed = world.luck.chance(spec.miss_at(self._level), "monitor misses", reading.name)
            if reading.missed:
                self._emit(one, "monitor.missed", reading.seq, value=reading.value)
        if reading.missed:
            return
        reading.tries += 1
        delay_s = world.luck.seconds(spec.delay_at(self._level), "monitor", f"{reading.name}/{reading.tries}")
        world.clock.at(delay_s, partial(self._show, one, reading, one.sight))

    def _show(self, one: _State, reading: _Reading, sight: int) -> None:
        if sight != one.sight:
            return  # it went blind in between, and begins anew when it sees again
        if reading.over:
            if reading is one.over and one.alarming:
                self._clear(one, reading)
        elif not reading.shown:
            reading.shown = True
            self._tell(one, reading, self._emit(one, "monitor.alarmed", reading.seq, value=reading.value, false=False))
            if one.reached is None:
                self._take_up(one)

    # --- what is not so ------------------------------------------------------------------------------------------

    def _false_alarms(self, start: int) -> Process:
        """Process: let each monitor raise false alarms, at most one in each slot of the day."""
        luck, clock, slot = self._world.luck, self._world.clock, 0
        while True:
            for one in self._all:
                chance = one.spec.false_per_day / SLOTS_A_DAY
                if luck.chance(chance, "false alarm", one.spec.id, str(slot)):
                    at_s = int(SLOT_S * luck.uniform("false alarm at", one.spec.id, str(slot)))
                    clock.at(at_s, partial(self._alarm_falsely, one, slot, start))
            slot += 1
            yield clock.wait(SLOT_S)

    def _alarm_falsely(self, one: _State, slot: int, start: int) -> None:
        if self._level == NONE or one.blind is not None or one.alarming or one.reached is not None:
            return
        spec, now = one.spec, self._world.clock.now
        seq = self._emit(one, "monitor.alarmed", start, value=spec.pretends, false=True)
        self._tell(one, _Reading(f"{spec.id}/false/{slot}", seq, spec.pretends, now), seq)
        if spec.rests is not None or self._world.truth.value(spec.fact) is not None:
            one.over = _Reading(f"{spec.id}/false/{slot}/over", seq, spec.rests or False, now, over=True)
            self._world.clock.at(FALSE_LASTS_S, partial(self._show, one, one.over, one.sight))

    # --- who is told ---------------------------------------------------------------------------------------------

    def _tell(self, one: _State, reading: _Reading, seq: int) -> None:
        one.alarming = True
        words = one.spec.name
        text = Text(zh=f"{words.zh}报警。", en=f"Alarm: {words.en}.")
        self._pass_on(one, reading, seq, "report", text)

    def _clear(self, one: _State, reading: _Reading) -> None:
        """Show that it is over, by the value that holds now."""
        truth, key, words = self._world.truth, one.spec.fact, one.spec.name
        value, since = truth.value(key), truth.seq(key)
        one.alarming = False
        reading.at_s = self._world.clock.now
        reading.value = reading.value if value is None else value
        also = () if since is None else (since,)
        seq = self._emit(one, "monitor.cleared", reading.seq, also, value=reading.value)
        self._pass_on(one, reading, seq, "notice", Text(zh=f"{words.zh}恢复正常。", en=f"No more alarm: {words.en}."))

    def _pass_on(self, one: _State, reading: _Reading, seq: int, kind: str, text: Text) -> None:
        spec = one.spec
        # Not verified: a device is no eye on the spot, and its owner cannot tell a false alarm from a true one.
        stated = Stated(spec.fact, reading.value, reading.at_s, spec.id, False)
        self._scene.organizations[spec.owner].learn(stated, seq, HOW)
        words = text.marked().model_dump()
        for to in spec.tells:
            ident = self._scene.exchange.unique(f"monitor/{reading.name}>{to}")
            message = Message(ident, spec.owner, to, kind, (stated,), channel=spec.channel, text=words)
            self._scene.exchange.send(message, seq)

    def _emit(self, one: _State, kind: str, cause: int, also: tuple[int, ...] = (), **data: FactValue) -> int:
        seq = self._world.log.emit(kind, "", one.spec.id, cause, (*also, *one.last), fact=one.spec.fact, **data)
        one.last = (seq,)
        return seq

    # --- power and network ---------------------------------------------------------------------------------------

    def _supply_all(self, cause: int) -> None:
        if self._level != NONE:
            for one in self._all:
                self._supply(one, cause)

    def _supply(self, one: _State, cause: int) -> None:
        """Take note of whether a monitor has all that it needs."""
        missing = self._scene.lifelines.missing(one.spec.needs_at(self._level), one.spec.at)
        if missing is not None and one.short is None:
            one.short = cause
            if lasts_s := self._battery_s(one, missing):
                self._world.clock.at(lasts_s, partial(self._go_blind, one, cause))
            else:
                self._go_blind(one, cause)
        elif missing is None and one.short is not None:
            one.short = None
            if one.blind is not None:
                also, one.blind = (one.blind,), None
                self._emit(one, "monitor.back", cause, also)
                self._take_up(one)

    def _battery_s(self, one: _State, missing: tuple[int, ...]) -> int:
        if one.spec.battery is None:
            return 0
        by = f"{self._world.log.events[missing[0]].subject}>{one.spec.id}"
        number = self._named[by] = self._named.get(by, 0) + 1
        length = one.spec.battery.scaled(self._world.parameters["lifelines.battery_factor"])
        return self._world.luck.seconds(length, "monitor battery", by if number == 1 else f"{by}#{number}")

    def _go_blind(self, one: _State, short: int) -> None:
        """Show nothing from now on, if what went missing by an event is still missing."""
        if one.short != short or one.blind is not None or self._level == NONE:
            return
        missing = self._scene.lifelines.missing(one.spec.needs_at(self._level), one.spec.at) or ()
        one.blind = self._emit(one, "monitor.blind", short, missing)
        one.sight += 1
