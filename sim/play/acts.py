"""What people do besides answering questions: orders of a seat, and the trainer's injects and controls.

Each is written to the journal when it is given and takes effect at a later second, before all else of that second.
So it never matters where the session happened to stand still, and what is given in one second takes effect in the
order of the keys, never of the clicks.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from sim.actors.directing import direct
from sim.actors.scene import Scene
from sim.engine import World
from sim.record.journal import Entry
from sim.record.view import view
from sim.spec.controls import TRAINER, AdHoc, Control
from sim.spec.orders import Order

ORDER: TypeAdapter[Any] = TypeAdapter(Order)
CONTROL: TypeAdapter[Any] = TypeAdapter(Control)
OF_THE_SESSION = ("start", "pause", "step", "run_to", "run_to_question", "undo", "wait", "allow_whatif")
"""Controls that change nothing in the run itself."""


def takes_effect(entry: Entry) -> bool:
    """Return whether an entry does something in the run at its time, besides answering."""
    return entry.kind in ("order", "inject") or (entry.kind == "control" and entry.choice not in OF_THE_SESSION)


def key_for(entries: Iterable[Entry], who: str, what: str, at_s: int) -> str:
    """Return a key for something given at a time; it depends on nothing that others do.

    Args:
        entries: What counts of the journal so far.
        who: Seat, trainer or watcher.
        what: Kind of the entry.
        at_s: When, in seconds since the start.
    """
    stem = f"{who}/{what}/{at_s}"
    count = sum(entry.key.partition(".")[0] == stem for entry in entries)
    return f"{stem}.{count + 1}" if count else stem


class Acts:
    """What has been given and has not taken effect yet.

    Attributes:
        unlike: Keys of orders that were given on another view than the one that this run shows.
    """

    def __init__(self, world: World, scene: Scene) -> None:
        self._world = world
        self._scene = scene
        self._due: dict[int, list[Entry]] = {}
        self.unlike: list[str] = []

    def add(self, entry: Entry) -> None:
        """Let an entry take effect at its time.

        Args:
            entry: An entry whose time still lies ahead.
        """
        at_s = entry.takes_effect_s
        if at_s not in self._due:
            self._due[at_s] = []
            self._world.clock.first_at(at_s - self._world.clock.now, partial(self._happen, at_s))
        self._due[at_s].append(entry)

    def stop_at(self, at_s: int) -> bool:
        """Return whether a real event stops the exercise at a time."""
        return any(entry.choice == "real_event" for entry in self._due.get(at_s, ()))

    def _happen(self, at_s: int) -> None:
        for entry in sorted(self._due.pop(at_s), key=lambda entry: entry.key):
            if entry.kind == "control":
                direct(self._scene, CONTROL.validate_python(entry.arguments), entry.key)
            elif entry.kind == "inject":
                self._speak(entry)
            else:
                self._order(entry)

    def _speak(self, entry: Entry) -> None:
        spoken = AdHoc.model_validate(entry.arguments)
        seq = self._world.log.emit(
            "control.given", TRAINER, entry.key, 0, (), do="inject", to=list(spoken.to), text=spoken.text.model_dump()
        )
        self._scene.script.say(spoken, entry.key, seq)

    def _order(self, entry: Entry) -> None:
        events = self._world.log.events
        if view(events[: entry.arguments["seen"]], entry.seat, entry.at_s).digest() != entry.view:
            self.unlike.append(entry.key)
        learned = self._scene.organizations[entry.seat].learned
        order = ORDER.validate_python(entry.arguments["order"])
        self._scene.staff[entry.seat].give(order, entry.key, max(learned.values(), default=0))
