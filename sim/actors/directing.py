"""What the trainer does to a run, carried out: one small case for each."""

from __future__ import annotations

from sim.actors.cast import use_platform
from sim.actors.desks.spot_check import check_duty
from sim.actors.scene import Scene
from sim.spec.controls import (
    TRAINER,
    Control,
    Cut,
    DutyCheck,
    Hold,
    Release,
    Restore,
    SendNow,
    SetParameter,
    Skip,
)
from sim.spec.parameters import parse_overrides


def direct(scene: Scene, control: Control, key: str) -> None:
    """Carry out a control.

    Args:
        scene: The run.
        control: What the trainer wants.
        key: Key of its line in the journal.
    """
    world = scene.world
    data = control.model_dump(mode="json", exclude_none=True)
    if isinstance(control, SetParameter):
        data["value"] = repr(control.value)  # the record holds no floats
    seq = world.log.emit("control.given", TRAINER, key, 0, (), **data)
    match control:
        case Hold():
            scene.script.hold(control.inject)
        case Release():
            scene.script.release(control.inject, seq)
        case Skip():
            scene.script.skip(control.inject, seq)
        case SendNow():
            scene.script.send_now(control.inject, seq)
        case SetParameter():
            world.parameters = parse_overrides({**dict(world.parameters.overrides), control.name: control.value})
            scene.lifelines.tune(seq)
            scene.exchange.tune(seq)
            scene.monitoring.tune(seq)
            use_platform(scene)
        case DutyCheck():
            check_duty(scene, control.organization, key, seq)
        case Cut(lifeline=str(ident)):
            scene.lifelines.cut(ident, TRAINER, seq, None)
        case Cut(channel=str(ident)):
            scene.exchange.outages.cut(ident, TRAINER, seq)
        case Restore(lifeline=str(ident)):
            scene.lifelines.restore(ident, None, seq)
        case Restore(channel=str(ident)):
            scene.exchange.outages.restore(ident, None, seq)
        case _:
            world.clock.halt()
            world.stopped = True  # a real event; all other controls concern the session, not the run
