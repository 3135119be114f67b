"""Warning people: weather warnings in four colors, and ways that reach more and more people of a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from sim.actors.organization import Organization
from sim.actors.scene import Scene
from sim.actors.warning.callout import call_out
from sim.comms.message import Message, Stated
from sim.county.reach import HORIZON_S, WAVES, Begun, reached, teams_for, when
from sim.engine import Process
from sim.spec.base import FactValue, Text
from sim.spec.warnings import COLOR, COLORS, LIFTED, CallOut, Way

WEATHER = "weather"
"""Organization that issues weather warnings."""
Reached = Callable[[str, int, str, int], None]
"""Hears that warnings have reached more people: place, how many, a name for their luck, and number of the event."""
COLOR_WORDS = {"blue": "蓝色", "yellow": "黄色", "orange": "橙色", "red": "红色"}


def watch_weather(scene: Scene) -> None:
    """Let the weather service issue a warning whenever its color truly changes; the thinking of its desk is the delay.

    It tells those who by the plan need to know, and by that changes no grade and no response level. Whom it has not
    called yet, it calls about the newest color only.
    """
    weather = scene.organizations.get(WEATHER)
    kinds = [kind for kind in scene.world.exercise.plan.facts if kind.key == COLOR]
    if weather is None or not kinds:
        return
    tells = [role for role in kinds[0].need_to_know if role != WEATHER]
    issued: dict[FactValue, int] = {}
    called: list[str] = []

    def notice(key: str, value: FactValue, seq: int) -> None:
        if key == COLOR and value in (*COLORS, LIFTED):
            issued[value] = issued.get(value, 0) + 1
            name = str(value) if issued[value] == 1 else f"{value}#{issued[value]}"
            scene.world.clock.start(_issue(weather, tells, called, name, value, seq))

    scene.world.truth.watch(notice)


def _issue(
    weather: Organization, tells: Sequence[str], called: list[str], name: str, color: FactValue, seq: int
) -> Process:
    """Process: write a weather warning, issue it, and tell those who need to know."""
    world, as_of_s = weather.world, weather.world.clock.now
    yield world.clock.wait(weather.thinking_s("warning", name))
    issued = world.log.emit("warning.issued", WEATHER, COLOR, seq, color=color)
    stated = Stated(COLOR, color, as_of_s, WEATHER, True)
    weather.learn(stated, issued, "own")
    zh = "解除气象预警。" if color == LIFTED else f"发布气象{COLOR_WORDS[str(color)]}预警。"
    en = "The weather warning is lifted." if color == LIFTED else f"A {color} weather warning is issued."
    text = Text(zh=zh, en=en).marked().model_dump()
    exchange = weather.scene.exchange
    exchange.supersede(called, issued)
    called[:] = [exchange.unique(f"{WEATHER}/{name}>{to}") for to in tells]
    for ident, to in zip(called, tells, strict=True):
        exchange.send(Message(ident, WEATHER, to, "notice", (stated,), text=text), issued)


@dataclass(eq=False)
class _Use:
    """One use of a way at a place, or at a cell of it.

    Attributes:
        begun: The way at work, as the formulas take it.
        desk: Place of the desk that warns.
        seq: Number of the event since which it works or does not.
        down: Whether it is at a standstill.
    """

    begun: Begun
    desk: str | None
    seq: int
    down: bool = False


@dataclass(eq=False)
class _Place:
    """Who has been warned at a place.

    Attributes:
        people: How many people are to be told.
        uses: Ways at work.
        told: People reached of whom others have heard.
        groups: Groups in which they have heard of them.
        turn: Grows whenever a way begins, stops or goes on, so that what was foreseen before counts no more.
        last: Number of the last event of people reached.
    """

    people: int
    uses: list[_Use] = field(default_factory=list)
    told: int = 0
    groups: int = 0
    turn: int = 0
    last: tuple[int, ...] = ()


class Warnings:
    """All warnings of a run that go to people.

    Args:
        scene: The run.
        people_of: How many people there are to be warned at a place, asked when it is first warned.
        on_reached: Hears of people whom a warning has newly reached, in groups of about a tenth of a place.

    Attributes:
        scene: The run.
        people_of: How many people there are to be warned at a place.
    """

    def __init__(self, scene: Scene, people_of: Callable[[str], int], on_reached: Reached) -> None:
        self.scene = scene
        self.people_of = people_of
        self._world = scene.world
        self._on_reached = on_reached
        self._ways = {way.id: way for way in scene.world.exercise.county.ways}
        self._channels = {channel.id: channel for channel in scene.world.exercise.county.channels}
        self._places: dict[str, _Place] = {}
        scene.exchange.outages.watch(self._changed)

    def told(self, place: str) -> int:
        """Return how many people of a place are known to have been reached."""
        return self._places[place].told if place in self._places else 0

    def warn(self, by: Organization, places: Sequence[str], ways: Sequence[str], name: str, cause: int) -> None:
        """Warn the people of some places by some ways, from now on.

        Args:
            by: Who warns.
            places: Ids of places.
            ways: Ids of ways of the county file.
            name: Name of the order, part of the key of its luck.
            cause: Number of the event of the order.
        """
        for ident in ways:
            way = self._ways[ident]
            unique = self.scene.exchange.unique(f"warn/{name}/{ident}")
            begins_s = self._world.luck.seconds(way.starts, "warning starts", unique)
            if isinstance(way, CallOut):
                self._world.clock.at(begins_s, partial(call_out, self, by, way, tuple(places), unique, cause))
            else:
                for place in places:
                    self._world.clock.at(begins_s, partial(self.begin, by, place, way, cause))

    def knock(self, by: Organization, place: str, teams: int, cause: int) -> None:
        """Let teams that have come to a place knock at its doors, by the first way of the county that is door to door.

        Args:
            by: Whose teams they are.
            place: The place.
            teams: How many teams.
            cause: Number of the event of their work.
        """
        way = next((one for one in self._ways.values() if one.kind == "door"), None)
        if way is not None:
            self.begin(by, place, way, cause, teams=teams)

    def begin(
        self, by: Organization, place: str, way: Way, cause: int, of: int | None = None, teams: int | None = None
    ) -> None:
        """Let a way work at a place from now on.

        Args:
            by: Who warns.
            place: The place.
            way: The way.
            cause: Number of the event of it.
            of: People whom it addresses; all if this is None.
            teams: Teams that knock, where helpers do; the way's own number if this is None.
        """
        state = self._places.setdefault(place, _Place(self.people_of(place)))
        addressed = state.people if of is None else of
        knocking = teams_for(way, addressed) if teams is None else teams
        data = {"teams": knocking} if knocking else {}
        seq = self._world.log.emit("warning.begun", by.id, place, cause, state.last, way=way.id, of=addressed, **data)
        begun = Begun(way, self._world.clock.now, of, teams)
        state.uses.append(_Use(begun, self.scene.desk_at(by.id), seq))
        if not isinstance(way, CallOut):  # whoever has confirmed goes from door to door
            self._check(place, state.uses[-1], seq)
        self._foresee(place)

    # --- who is reached when -------------------------------------------------------------------------------------

    def _foresee(self, place: str) -> None:
        """Let the next group of people be told of at the moment at which it will have been reached."""
        state, now = self._places[place], self._world.clock.now
        state.turn += 1
        ways = [use.begun for use in state.uses]
        most = reached(state.people, ways, now + HORIZON_S)
        if most > state.told:
            number = min(most, state.told + max(1, -(-state.people // WAVES)))
            at_s = when(state.people, ways, number, now, now + HORIZON_S)
            self._world.clock.at(at_s - now, partial(self._tell, place, state.turn))

    def _tell(self, place: str, turn: int) -> None:
        state = self._places[place]
        if turn != state.turn:
            return
        now = reached(state.people, [use.begun for use in state.uses], self._world.clock.now)
        people, state.told = now - state.told, now
        *others, last = (use.seq for use in state.uses)
        also = (*others, *state.last)
        seq = self._world.log.emit("warning.reached", "", place, last, also, people=people, of=state.people)
        state.last = (seq,)
        state.groups += 1
        self._on_reached(place, people, f"{place}/{state.groups}", seq)
        self._foresee(place)

    # --- what a way needs ----------------------------------------------------------------------------------------

    def down(self, way: Way, desk: str | None, place: str) -> tuple[int, ...] | None:
        """Return None if a way works from a desk to a place, else the numbers of the events by which it does not."""
        for at in (desk, place):
            if (missing := self.scene.lifelines.missing(way.needs, at)) is not None:
                return missing
        channel = None if way.channel is None else self._channels.get(way.channel)
        return None if channel is None else self.scene.exchange.outages.down(channel, (desk, place))

    def _check(self, place: str, use: _Use, cause: int) -> bool:
        """Stop a way that does not work any more, or let it go on; return whether anything changed."""
        way, now = use.begun.way, self._world.clock.now
        missing = self.down(way, use.desk, place)
        if (missing is not None) == use.down:
            return False
        use.down = missing is not None
        if missing is not None:
            use.begun = use.begun._replace(until_s=now)
            use.seq = self._world.log.emit("warning.blocked", "", place, cause, (*missing, use.seq), way=way.id)
        else:
            stood_s = now - (use.begun.until_s or 0)
            use.begun = use.begun._replace(since_s=use.begun.since_s + stood_s, until_s=None)
            use.seq = self._world.log.emit("warning.resumed", "", place, cause, (use.seq,), way=way.id)
        return True

    def _changed(self, seq: int) -> None:
        for place, state in self._places.items():
            changed = [self._check(place, use, seq) for use in state.uses if not isinstance(use.begun.way, CallOut)]
            if any(changed):
                self._foresee(place)
