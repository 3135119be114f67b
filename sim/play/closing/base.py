"""Closing a gap: in a run that goes on, what was owed is met as soon as its limit runs out. One rule for each type.

A rule goes by ids and limits, never by moments: in another future the same obligation may arise earlier, later or not
at all. It looks at the record as it grows; when a limit runs out and what was owed has not come, it asks whether to
act. Up to that moment a run with a gap closed is the run without, event for event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from sim.actors.organization import Organization
from sim.actors.scene import Scene
from sim.comms.message import Message, Stated
from sim.engine import World
from sim.record.events import Event
from sim.record.picture import TRUTH
from sim.spec.controls import TRAINER


class Gap(NamedTuple):
    """A gap that shall be closed.

    Attributes:
        id: Its id, the same in any run in which the obligation arises.
        type: Its type.
        from_s: When it can be met at the soonest in the run that has it, in seconds since the start.
        limit_s: How long after it was owed its limit runs out, in seconds.
        number: For a wait, which one of the task, from 1.
    """

    id: str
    type: str
    from_s: int
    limit_s: int
    number: int = 1

    @property
    def about(self) -> str:
        """What the id says after the type."""
        return self.id.partition("/")[2]


Due = Callable[[str], bool]
"""Asked, by the id of the gap, when a limit has run out and what was owed has not come: whether to meet it now."""
Rule = Callable[["Closer", Gap], None]
"""Watches a run for the obligation of a gap."""


class Closer:
    """Meets what is owed in a run.

    Args:
        world: The run.
        scene: Its organizations, channels and the like.
        due: Whether to act.
    """

    def __init__(self, world: World, scene: Scene, due: Due) -> None:
        self.world = world
        self.scene = scene
        self.due = due

    @property
    def events(self) -> list[Event]:
        """The record so far."""
        return self.world.log.events

    def on(self, kind: str, subject: str | None, hear: Callable[[Event], None]) -> None:
        """Call a function after every event of a kind, of one subject if one is named."""
        self.world.log.watch(kind, lambda event: hear(event) if subject in (None, event.subject) else None)

    def opens(self, gap: Gap, owed: Callable[[], bool], act: Callable[[int], None], limit_s: int | None = None) -> None:
        """Hear that something is owed from now on; act when its limit runs out, if it is owed still.

        Args:
            gap: The gap, which must be one that shall be closed.
            owed: Whether what was owed has still not come.
            act: Meets it; called with the number of the event that says so.
            limit_s: The limit in seconds; that of the gap by default.
        """
        self.world.clock.at(gap.limit_s if limit_s is None else limit_s, partial(self._act, gap.id, owed, act))

    def _act(self, ident: str, owed: Callable[[], bool], act: Callable[[int], None]) -> None:
        if owed() and self.due(ident):
            act(self.world.log.emit("control.given", TRAINER, ident, 0, (), do="close"))

    def last(self, subject: str, *kinds: str) -> Event | None:
        """Return the last event of a subject, of one of the kinds."""
        return next((one for one in reversed(self.events) if one.subject == subject and one.kind in kinds), None)

    def message(self, composed: Event) -> Message:
        """Return a message from the event in which it was wanted."""
        data = dict(composed.data)
        facts = tuple(Stated(**fact) for fact in data.pop("facts"))
        asks = tuple(data.pop("asks", ()))
        return Message(composed.subject, composed.actor, data.pop("to"), data.pop("kind"), facts, asks, **data)

    def hand_over(self, composed: Event, cause: int) -> None:
        """Let a message be read, if it was not, and acknowledged now."""
        read = self.last(composed.subject, "message.read")
        self.scene.exchange.hand_over(self.message(composed), cause, None if read is None else read.seq)

    def true(self, organization: Organization, keys: Sequence[str]) -> tuple[Stated, ...]:
        """Return how some things truly are, where somebody holds otherwise or nothing."""
        now, known = self.world.clock.now, {key: self.world.truth.value(key) for key in keys}
        return tuple(
            Stated(key, value, now, TRUTH, True)
            for key, value in known.items()
            if value is not None and organization.picture.value(key) != value
        )

    def tell(self, organization: Organization, keys: Sequence[str], cause: int) -> None:
        """Let somebody know how some things truly are now."""
        for stated in self.true(organization, keys):
            organization.learn(stated, cause, TRUTH)
