"""The script: sends injects through the channels, makes true what the scenario says, and takes channels down."""

from __future__ import annotations

from functools import partial

from sim.actors.scene import Scene
from sim.comms.message import Message, Stated
from sim.engine import Occurrence, Process
from sim.spec.base import FactValue, all_hold, facts_of
from sim.spec.scenario import Inject, ScriptedTruth, Spoken


class Script:
    """The injects of one run, and what the trainer did to them.

    Attributes:
        settled: Number of the event by which each inject was sent, or left out for good.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._world = scene.world
        self._injects = {inject.id: inject for inject in scene.world.exercise.scenario.injects}
        self._sent = {inject.after: scene.world.clock.occurrence() for inject in self._injects.values() if inject.after}
        self._held: dict[str, Occurrence] = {}
        self._awaited: dict[str, tuple[Inject, Occurrence]] = {}
        self.settled: dict[str, int] = {}
        scene.world.truth.watch(self._truth_changed)

    def start(self, cause: int) -> None:
        """Start every scripted truth, inject and outage, in the order of the file."""
        clock, scenario = self._world.clock, self._world.exercise.scenario
        for truth in scenario.truths:
            clock.start(self._come_true(truth, cause))
        for inject in scenario.injects:
            if not inject.by_hand:
                clock.start(self._life(inject, cause))
        outages, lifelines = self._scene.exchange.outages, self._scene.lifelines
        for outage in scenario.outages:
            by = f"script {outage.at}" + ("" if outage.lasts is None else f"-{outage.until}")
            if outage.lifeline is not None:
                clock.at(outage.at, partial(lifelines.cut, outage.lifeline, by, cause, outage.lasts))
            elif outage.channel is not None:
                clock.at(outage.at, partial(outages.cut, outage.channel, by, cause))
                clock.at(outage.until, partial(outages.restore, outage.channel, by, cause))

    def is_held(self, ident: str) -> bool:
        """Return whether the trainer holds an inject back."""
        return ident in self._held

    def hold(self, ident: str) -> None:
        """Hold an inject back."""
        self._held.setdefault(ident, self._world.clock.occurrence())

    def release(self, ident: str, cause: int) -> None:
        """Let a held inject go."""
        self._held.pop(ident).succeed(cause)

    def skip(self, ident: str, cause: int) -> None:
        """Leave an inject out for good."""
        self.settled[ident] = self._world.log.emit("inject.skipped", self._injects[ident].sender, ident, cause)

    def send_now(self, ident: str, cause: int) -> None:
        """Send an inject whatever its time and condition."""
        self._held.pop(ident, None)
        self._settle(self._injects[ident], cause, ())

    def say(self, spoken: Spoken, ident: str, cause: int, also: tuple[int, ...] = (), matter: str | None = None) -> int:
        """Send what somebody says to each addressee; returns the number of the event.

        Args:
            spoken: What is said.
            ident: Id of it.
            cause: Number of the event by which it is said.
            also: Numbers of other events on which that depends.
            matter: What it is about, where the addressee must do something of its own about it.
        """
        world, stated = self._world, []
        learned = self._scene.organizations[spoken.sender].learned
        for fact in spoken.facts:
            value = world.truth.value(fact.fact) if fact.value is None else fact.value
            if value is not None:
                sure = spoken.sender == "weather" or self._saw(spoken.sender, fact.fact, value)
                stated.append(Stated(fact.fact, value, world.clock.now, spoken.sender, sure))
                also += (learned[fact.fact],) if fact.fact in learned else ()
        asked_truth = [fact.fact for fact in spoken.facts if fact.value is None]
        seq = world.log.emit(
            "inject.sent", spoken.sender, ident, cause, (*also, *self._since(asked_truth)), to=list(spoken.to)
        )
        text = spoken.text.marked().model_dump()
        for to in spoken.to:
            name = self._scene.exchange.unique(f"{ident}>{to}")
            message = Message(
                name,
                spoken.sender,
                to,
                spoken.kind,
                tuple(stated),
                spoken.asks,
                spoken.channel,
                matter=matter,
                text=text,
            )
            self._scene.exchange.send(message, seq)
        return seq

    def _saw(self, sender: str, fact: str, value: FactValue) -> bool:
        """Return whether a sender has seen himself that something is so, such as the owner of a dam."""
        held = self._scene.organizations[sender].picture.held.get(fact)
        return held is not None and held.source == sender and held.says(value)

    def _come_true(self, scripted: ScriptedTruth, cause: int) -> Process:
        """Process: make true what the script says, when it says so."""
        yield self._world.clock.wait(scripted.at)
        truth = self._world.truth
        if not scripted.unless or not all_hold(scripted.unless, truth.value):
            truth.change(scripted.fact, scripted.value, cause, self._since(facts_of(scripted.unless)))

    def _since(self, keys: list[str] | tuple[str, ...]) -> tuple[int, ...]:
        seqs = [self._world.truth.seq(key) for key in keys]
        return tuple(seq for seq in seqs if seq is not None)

    def _life(self, inject: Inject, cause: int) -> Process:
        """Process: wait for the time, the condition and the trainer, then send or leave out."""
        if inject.after:
            cause = yield self._sent[inject.after]
        if inject.at is not None:
            yield self._world.clock.wait(inject.at)
        if inject.kind == "report" and inject.sender == self._world.exercise.scenario.hazard.owner:
            yield self._world.clock.wait(round(self._world.parameters["enterprise.report_delay"] * 60))
        if inject.when and not all_hold(inject.when, self._world.truth.value):
            met = self._world.clock.occurrence()
            self._awaited[inject.id] = (inject, met)
            yield met
        also: tuple[int, ...] = ()
        while inject.id in self._held and inject.id not in self.settled:
            also = ((yield self._held[inject.id]),)
        if inject.id not in self.settled:
            self._settle_if_it_fits(inject, cause, also)

    def _truth_changed(self, key: str, value: FactValue, seq: int) -> None:
        for ident, (inject, met) in list(self._awaited.items()):
            if key in facts_of(inject.when) and all_hold(inject.when, self._world.truth.value):
                del self._awaited[ident]
                met.succeed(seq)

    def _settle_if_it_fits(self, inject: Inject, cause: int, also: tuple[int, ...]) -> None:
        also += self._since((*facts_of(inject.unless), *facts_of(inject.when)))
        came = self._came(inject.missing) if inject.missing else None
        if came is not None or (inject.unless and all_hold(inject.unless, self._world.truth.value)):
            also += () if came is None else (came,)
            self.settled[inject.id] = self._world.log.emit("inject.skipped", inject.sender, inject.id, cause, also)
        else:
            self._settle(inject, cause, also)

    def _settle(self, inject: Inject, cause: int, also: tuple[int, ...]) -> None:
        seq = self.settled[inject.id] = self.say(inject, inject.id, cause, also)
        if inject.id in self._sent and not self._sent[inject.id].triggered:
            self._sent[inject.id].succeed(seq)

    def _came(self, ident: str) -> int | None:
        """Return the number of the event that reached a milestone of the rubric, or None."""
        milestone = next(one for one in self._world.exercise.rubric.milestones if one.id == ident)
        for event in self._world.log.events:
            if any(match.fits(event.kind, event.actor, event.subject, event.data) for match in milestone.match):
                return event.seq
        return None
