"""Outages: which channels are down, by themselves or because what they depend on is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from sim.engine import Occurrence, World
from sim.spec.channels import Channel

Ends = tuple[str | None, str | None]
"""Places of sender and addressee; None for somebody who needs no lifeline of the county."""


class Served(Protocol):
    """What tells whether a place is served by what a channel needs."""

    def missing(self, needs: Sequence[str], place: str | None) -> tuple[int, ...] | None:
        """Return None if a place has all that is needed, else the numbers of the events by which it has not."""

    def watch(self, listener: Callable[[int], None]) -> None:
        """Call the listener with the number of the event whenever something fails or comes back."""


class Outages:
    """What is down at the moment.

    Args:
        world: The world.
        lifelines: What the channels depend on; None where they depend on nothing.
    """

    def __init__(self, world: World, lifelines: Served | None) -> None:
        self._world = world
        self._lifelines = lifelines
        self._cut: dict[str, dict[str, int]] = {}
        self._changed: Occurrence | None = None
        self._listeners: list[Callable[[int], None]] = []
        if lifelines is not None:
            lifelines.watch(self._tell)

    def watch(self, listener: Callable[[int], None]) -> None:
        """Call the listener with the number of the event whenever anything goes down or comes back."""
        self._listeners.append(listener)

    def change(self) -> Occurrence:
        """Return what occurs, with the number of the event, when anything next goes down or comes back."""
        if self._changed is None:
            self._changed = self._world.clock.occurrence()
        return self._changed

    def cut(self, channel: str, by: str, cause: int) -> None:
        """Take a channel down: attempts to use it fail until everything that cut it is over.

        Args:
            channel: Id of the channel.
            by: What cuts it.
            cause: Number of the event of it.
        """
        seq = self._cut.setdefault(channel, {})[by] = self._world.log.emit("channel.cut", "", channel, cause)
        self._tell(seq)

    def restore(self, channel: str, by: str | None, cause: int) -> None:
        """End one of the things that cut a channel, or all of them; it is up when none is left."""
        cuts = self._cut.get(channel, {})
        ended = tuple(seq for name, seq in cuts.items() if by in (None, name))
        left = {} if by is None else {name: seq for name, seq in cuts.items() if name != by}
        if left:
            self._cut[channel] = left
        else:
            self._cut.pop(channel, None)
        if ended and not left:
            self._tell(self._world.log.emit("channel.restored", "", channel, cause, ended))

    def concern(self, channel: Channel) -> bool:
        """Return whether a channel may be down between some places."""
        return channel.id in self._cut or (self._lifelines is not None and bool(channel.needs))

    def down(self, channel: Channel, ends: Ends) -> tuple[int, ...] | None:
        """Return None if a channel works between two places, else the numbers of the events by which it does not."""
        if self._cut and channel.id in self._cut:
            return tuple(self._cut[channel.id].values())
        if self._lifelines is None or not channel.needs:
            return None
        here = self._lifelines.missing(channel.needs, ends[0])
        return here if here is not None else self._lifelines.missing(channel.needs, ends[1])

    def _tell(self, seq: int) -> None:
        changed, self._changed = self._changed, None
        if changed is not None:
            changed.succeed(seq)
        for listener in self._listeners:
            listener(seq)
