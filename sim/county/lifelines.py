"""Lifelines in a run: power, base stations and machine rooms that are cut, run on batteries, fail and are repaired."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from sim.engine import Occurrence, Process, World
from sim.spec.channels import Profile
from sim.spec.lifelines import Lifeline
from sim.spec.profiles import profile_of


class _Cut(NamedTuple):
    """One thing that cuts an installation.

    Attributes:
        by: What cuts it.
        seq: Number of the event of it.
        over: Occurs when it ends in another way than by the crew that repairs it.
    """

    by: str
    seq: int
    over: Occurrence


@dataclass(eq=False)
class _Shortage:
    """A time in which something that an installation needs is missing.

    Attributes:
        path: By which cut, and by way of which installations.
        seq: Number of the event by which the installation lives on its battery, or is down without one.
        empty: Whether the battery is empty.
    """

    path: str
    seq: int
    empty: bool = False


@dataclass(eq=False)
class _Installation:
    """What has become of one installation.

    Attributes:
        spec: How the county file describes it.
        cuts: What cuts it, by a name that no other cut of the run has.
        shortage: The shortage that it suffers.
        path: Why it is down: a cut, and the installations by way of which it is felt here.
    """

    spec: Lifeline
    cuts: dict[str, _Cut] = field(default_factory=dict)
    shortage: _Shortage | None = None
    path: str = ""


class _Map(NamedTuple):
    """Who depends on whom: installations by what they need, and by kind and place that they serve."""

    fed: Mapping[str, tuple[str, ...]]
    serving: Mapping[tuple[str, str], tuple[str, ...]]


def _map(lifelines: Sequence[Lifeline]) -> _Map:
    fed: dict[str, tuple[str, ...]] = {}
    serving: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in lifelines:
        for need in dict.fromkeys(one.needs):
            fed[need] = (*fed.get(need, ()), one.id)
        for place in dict.fromkeys(one.serves):
            serving[one.kind, place] = (*serving.get((one.kind, place), ()), one.id)
    return _Map(fed, serving)


class Lifelines:
    """All installations of a county, and the crews that repair them.

    An installation works while nothing cuts it and all that it needs works, or its battery lasts. The battery runs from
    the moment at which something that it needs goes missing, cut or not, and is full again as soon as all is back (a
    simplification: real ones take hours to charge).

    Args:
        world: The world.
    """

    def __init__(self, world: World) -> None:
        county = world.exercise.county
        self._world = world
        self._all = {one.id: _Installation(one) for one in county.lifelines}
        self._map = world.exercise.derived("lifelines", lambda: _map(county.lifelines))
        self._down: dict[str, int] = {}
        self._crews = world.clock.line(county.repair_crews)
        self._listeners: list[Callable[[int], None]] = []
        self._named: dict[str, int] = {}
        self._topped_up: dict[str, float] = {}
        self._profile: Profile | None = None
        self._chosen = 0

    # --- what others ask -----------------------------------------------------------------------------------------

    def missing(self, needs: Sequence[str], place: str | None) -> tuple[int, ...] | None:
        """Return None if a place has all that is needed, else the numbers of the events by which it has not.

        Args:
            needs: Kinds of installation; of each kind, one that works and serves the place is enough.
            place: The place; None for somebody who needs no installation of the county.
        """
        if not self._down or place is None:
            return None
        events: tuple[int, ...] = ()
        for kind in needs:
            serving = self._map.serving.get((kind, place), ())
            down = tuple(self._down[ident] for ident in serving if ident in self._down)
            if len(down) == len(serving):
                events += down
        return events or None

    def watch(self, listener: Callable[[int], None]) -> None:
        """Call the listener with the number of the event whenever an installation fails or comes back."""
        self._listeners.append(listener)

    # --- what brings them down and back ------------------------------------------------------------------------------

    def begin(self, cause: int) -> None:
        """Take down, when its time comes, what the profile of the run has down; its times count from now.

        Args:
            cause: Number of the event by which the profile is in force.
        """
        self._profile = profile_of(self._world.exercise.county, self._world.parameters)
        self._chosen += 1
        if self._profile is None or not self._profile.down:
            return
        if self._profile.at:
            self._world.clock.at(self._profile.at, partial(self._take_down, self._chosen, self._profile, cause))
        else:
            self._take_down(self._chosen, self._profile, cause)

    def _take_down(self, chosen: int, profile: Profile, cause: int) -> None:
        if chosen == self._chosen:
            for ident, one in self._all.items():
                if ident in profile.down or one.spec.kind in profile.down:
                    self.cut(ident, f"profile {profile.id}", cause, profile.lasts)

    def tune(self, cause: int = 0) -> None:
        """Go by the parameters as they are now; batteries and repairs that have begun keep the times that were drawn.

        Args:
            cause: Number of the event by which they changed.
        """
        before, now = self._profile, profile_of(self._world.exercise.county, self._world.parameters)
        if now == before:
            return
        if before is not None:
            for ident in self._all:
                self.restore(ident, f"profile {before.id}", cause)
        self.begin(cause)

    def top_up(self, ident: str, factor: float) -> None:
        """Let the own power supply of an installation last longer by a factor the next times that it is needed."""
        self._topped_up[ident] = factor

    def cut(self, ident: str, by: str, cause: int, lasts: int | None) -> None:
        """Take an installation down, until everything that cut it is over.

        Args:
            ident: The installation.
            by: What cuts it. It may cut the same thing again; each time is over by itself.
            cause: Number of the event of it.
            lasts: Seconds after which it is over by itself; None if a repair crew has to come.
        """
        one, name = self._all[ident], self._unique(f"{by}>{ident}")
        length = {} if lasts is None else {"lasts_s": lasts}
        seq = self._world.log.emit("lifeline.cut", "", ident, cause, by=by, **length)
        cut = one.cuts[name] = _Cut(by, seq, self._world.clock.occurrence())
        if lasts is None:
            self._world.clock.start(self._repair(one, name, cut))
        else:
            self._world.clock.at(lasts, partial(self._end, one, (name,), seq))
        self._fail(one, name, seq)

    def restore(self, ident: str, by: str | None, cause: int) -> None:
        """End what somebody did to an installation, or all that cuts it; it is up when nothing cuts it.

        Args:
            ident: The installation.
            by: What cut it; None for everything.
            cause: Number of the event of it.
        """
        one = self._all[ident]
        self._end(one, tuple(name for name, cut in one.cuts.items() if by in (None, cut.by)), cause)

    def _unique(self, name: str) -> str:
        count = self._named[name] = self._named.get(name, 0) + 1
        return name if count == 1 else f"{name}#{count}"

    def _end(self, one: _Installation, names: tuple[str, ...], cause: int) -> None:
        ended = [one.cuts.pop(name) for name in names if name in one.cuts]
        for cut in ended:
            cut.over.succeed(cause)
        if ended:
            self._come_back(one, cause, tuple(cut.seq for cut in ended))

    def _repair(self, one: _Installation, name: str, cut: _Cut) -> Process:
        """Process: wait for a crew, which repairs what a cut did; called off when the cut is over before."""
        request = self._crews.take()
        also: tuple[int, ...] = ()
        if not request.triggered:
            also = self._crews.ahead
            yield request | cut.over
            also += self._crews.freed_by
        if not request.triggered:
            self._crews.give_up(request)
        elif cut.over.triggered:
            self._crews.give_back(request, cut.over.value)
        else:
            begun = self._world.log.emit("repair.begun", "", one.spec.id, cut.seq, also)
            self._crews.claim(request, begun)
            length = one.spec.repair.scaled(self._world.parameters["lifelines.repair_factor"])
            yield self._world.clock.wait(self._world.luck.seconds(length, "repair", name)) | cut.over
            if cut.over.triggered:
                self._crews.give_back(request, cut.over.value)
                return
            done = self._world.log.emit("repair.done", "", one.spec.id, begun)
            self._crews.give_back(request, done)
            self._end(one, (name,), done)

    # --- how it spreads ----------------------------------------------------------------------------------------------

    def _fail(self, one: _Installation, path: str, cause: int, also: tuple[int, ...] = ()) -> None:
        if one.spec.id not in self._down:
            one.path = path
            self._changed(one, "lifeline.failed", cause, also)

    def _come_back(self, one: _Installation, cause: int, also: tuple[int, ...]) -> None:
        short = one.shortage is not None and one.shortage.empty
        if one.spec.id in self._down and not one.cuts and not short:
            self._changed(one, "lifeline.restored", cause, (*also, self._down[one.spec.id]))

    def _changed(self, one: _Installation, kind: str, cause: int, also: tuple[int, ...]) -> None:
        ident = one.spec.id
        seq = self._world.log.emit(kind, "", ident, cause, also)
        if kind == "lifeline.failed":
            self._down[ident] = seq
        else:
            del self._down[ident]
        for listener in self._listeners:
            listener(seq)
        for fed in self._map.fed.get(ident, ()):
            self._supply(self._all[fed], one, seq)

    def _supply(self, one: _Installation, need: _Installation, cause: int) -> None:
        """Take note that something which an installation needs has failed or come back."""
        lacks = any(ident in self._down for ident in one.spec.needs)
        if lacks and one.shortage is None:
            self._run_short(one, need, cause)
        elif not lacks and one.shortage is not None:
            ended, one.shortage = one.shortage, None
            if one.spec.id in self._down:
                self._come_back(one, cause, (ended.seq,))
            else:
                self._world.log.emit("lifeline.powered", "", one.spec.id, cause, (ended.seq,))

    def _run_short(self, one: _Installation, need: _Installation, cause: int) -> None:
        # The name of the luck is the way by which the cut is felt here; the same way leads here once for each cut,
        # because whatever is down by it stays down until all that it needs is back.
        lasts, path = 0, f"{need.path}>{one.spec.id}"
        if one.spec.battery is not None:
            length = one.spec.battery.scaled(self._world.parameters["lifelines.battery_factor"])
            lasts = round(self._world.luck.seconds(length, "battery", path) * self._topped_up.get(one.spec.id, 1.0))
        if not lasts:
            one.shortage = _Shortage(path, cause, empty=True)
            self._fail(one, path, cause)
            return
        seq = self._world.log.emit("lifeline.on_battery", "", one.spec.id, cause, lasts_s=lasts)
        one.shortage = _Shortage(path, seq)
        self._world.clock.at(lasts, partial(self._run_out, one, one.shortage))

    def _run_out(self, one: _Installation, shortage: _Shortage) -> None:
        if one.shortage is shortage:
            shortage.empty = True
            lacking = tuple(self._down[ident] for ident in one.spec.needs if ident in self._down)
            self._fail(one, shortage.path, shortage.seq, lacking)
