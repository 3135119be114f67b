"""The script: sends the scenario's injects through the channels, and makes true what the scenario says."""

from __future__ import annotations

from sim.actors.scene import Scene
from sim.comms.message import Message, Stated
from sim.engine import Process
from sim.spec.base import all_hold
from sim.spec.scenario import Inject, ScriptedTruth


def start_script(scene: Scene, cause: int) -> None:
    """Start every inject and scripted truth of the scenario, in the order of the file."""
    for truth in scene.world.exercise.scenario.truths:
        scene.world.clock.start(_come_true(scene, truth, cause))
    for inject in scene.world.exercise.scenario.injects:
        scene.world.clock.start(_speak(scene, inject, cause))


def _come_true(scene: Scene, scripted: ScriptedTruth, cause: int) -> Process:
    yield scene.world.clock.wait(scripted.at)
    truth = scene.world.truth
    if not scripted.unless or not all_hold(scripted.unless, truth.value):
        truth.change(scripted.fact, scripted.value, cause, _since(scene, [c.fact for c in scripted.unless if c.fact]))


def _since(scene: Scene, keys: list[str]) -> tuple[int, ...]:
    seqs = [scene.world.truth.seq(key) for key in keys]
    return tuple(seq for seq in seqs if seq is not None)


def _speak(scene: Scene, inject: Inject, cause: int) -> Process:
    world, now = scene.world, inject.at
    yield world.clock.wait(inject.at)
    keys = [key for clause in inject.unless for key in clause.facts()]
    also = _since(scene, [*keys, *(fact.fact for fact in inject.facts if fact.value is None)])
    if inject.unless and all_hold(inject.unless, world.truth.value):
        world.log.emit("inject.skipped", inject.sender, inject.id, cause, also)
        return
    stated = []
    for fact in inject.facts:
        value = world.truth.value(fact.fact) if fact.value is None else fact.value
        if value is not None:
            stated.append(Stated(fact.fact, value, now, inject.sender, inject.sender == "weather"))
    seq = world.log.emit("inject.sent", inject.sender, inject.id, cause, also, to=list(inject.to))
    for to in inject.to:
        ident = scene.exchange.unique(f"{inject.id}>{to}")
        text = inject.text.model_dump()
        message = Message(ident, inject.sender, to, inject.kind, tuple(stated), inject.asks, inject.channel, text=text)
        scene.exchange.send(message, seq)
