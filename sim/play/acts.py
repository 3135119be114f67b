"""What people do besides answering questions: orders of a seat, and the trainer's injects and controls.

Each is written to the journal when it is given and takes effect at a later second, before all else of that second.
So it never matters where the session happened to stand still, and what is given in one second takes effect in the
order of the keys, never of the clicks.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import partial

from pydantic import ValidationError

from sim.actors.directing import direct
from sim.actors.scene import Scene
from sim.engine import World
from sim.errors import BadInput, RecordBroken
from sim.record.journal import Entry, is_undo
from sim.record.view import view
from sim.spec.checks.names import Names
from sim.spec.controls import CONTROL, TRAINER, AdHoc, Control, Hold, Release, SendNow, SetParameter, Skip
from sim.spec.orders import ORDER
from sim.spec.parameters import parse_overrides
from sim.spec.profiles import check_has

OF_THE_SESSION = ("start", "pause", "step", "run_to", "run_to_question", "undo", "wait", "allow_whatif")
"""Controls that change nothing in the run itself."""


def takes_effect(entry: Entry) -> bool:
    """Return whether an entry does something in the run at its time, besides answering."""
    return entry.kind in ("order", "inject") or (entry.kind == "control" and entry.choice not in OF_THE_SESSION)


def moves_time(entry: Entry) -> bool:
    """Return whether an entry shows how far the exercise had come: not so an undoing, which is written later."""
    return entry.kind != "note" and not is_undo(entry)


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


def _turn(entry: Entry) -> tuple[str, str, int, int]:
    """Return the turn of an entry in its second: by who gave it, then in the order in which he gave it."""
    return entry.seat, entry.kind, entry.at_s, int(entry.key.partition(".")[2] or 1)


def _unknown(scene: Scene, entry: Entry) -> Iterator[str]:
    """Yield the names in an entry that do not exist; what a door has checked has none."""
    names, told = Names(scene.world.exercise), entry.arguments
    _turn(entry)
    if entry.kind == "order":
        order = ORDER.validate_python(told["order"])
        yield from (what for _, what, _ in (*names.orders([order], ()), *names.facts(told["order"], ())))
        known: tuple[tuple[object, Container[object]], ...] = ((entry.seat, scene.staff),)
    elif entry.kind == "inject":
        spoken = AdHoc.model_validate(told)
        yield from (what for _, what, _ in names.facts(told, ()))
        known = tuple((one, names.organizations) for one in (spoken.sender, *spoken.to))
        known += ((spoken.channel, names.channels),)
    else:
        control = CONTROL.validate_python(told)
        if isinstance(control, SetParameter):
            check_has(scene.world.exercise.county, parse_overrides({control.name: control.value}))
        injects = [one.id for one in scene.world.exercise.scenario.injects]
        about: dict[str, Container[object]] = {
            "inject": injects,
            "channel": (*names.channels, None),
            "lifeline": (*names.lifelines, None),
            "organization": (*names.seats, None),
        }
        known = tuple((getattr(control, field), about[field]) for field in about if hasattr(control, field))
    yield from (f"no {one!r}" for one, there in known if one not in there)


class Acts:
    """What has been given and has not taken effect yet.

    Attributes:
        unlike: Keys of orders that were given on another view than the one that this run shows.
    """

    def __init__(self, world: World, scene: Scene) -> None:
        self._world = world
        self._scene = scene
        self._due: dict[int, list[Entry]] = {}
        self._last = -1
        self.unlike: list[str] = []

    def take_up(self, entries: Iterable[Entry]) -> None:
        """Let what was given since the last time take effect at its time, which still lies ahead."""
        for entry in entries:
            if entry.seq > self._last:
                self._last = entry.seq
                if takes_effect(entry):
                    self._add(entry)

    def _add(self, entry: Entry) -> None:
        try:
            wrong = tuple(_unknown(self._scene, entry))
        except (ValidationError, BadInput, KeyError, ValueError) as error:
            raise RecordBroken("the journal", f"line {entry.seq + 1} says nothing that can be carried out") from error
        if wrong:
            raise RecordBroken("the journal", f"line {entry.seq + 1}: {wrong[0]}")
        at_s = entry.takes_effect_s
        if at_s not in self._due:
            self._due[at_s] = []
            self._world.clock.first_at(at_s - self._world.clock.now, partial(self._happen, at_s))
        self._due[at_s].append(entry)

    def stop_at(self, at_s: int) -> bool:
        """Return whether a real event stops the exercise at a time."""
        return any(entry.choice == "real_event" for entry in self._due.get(at_s, ()))

    def _happen(self, at_s: int) -> None:
        for entry in sorted(self._due.pop(at_s), key=_turn):
            if entry.kind == "control":
                control = CONTROL.validate_python(entry.arguments)
                if self._still_fits(control):
                    direct(self._scene, control, entry.key)
            elif entry.kind == "inject":
                self._speak(entry)
            else:
                self._order(entry)

    def _still_fits(self, control: Control) -> bool:
        """Return whether the inject of a control has not been settled in the second since it was given."""
        script = self._scene.script
        if isinstance(control, Release):
            return script.is_held(control.inject)
        return not (isinstance(control, Hold | Skip | SendNow) and control.inject in script.settled)

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
