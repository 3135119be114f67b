"""Cascades in a run: one thing leads to another, unless luck or what was done in time prevents it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.engine import Process, World
from sim.spec.base import FactValue, all_hold, facts_of
from sim.spec.cascade import Effect, Link

Carry = Callable[[Effect, str, int], None]
"""Has an effect: called with it, the id of the link, and the number of the event of the link."""


class Cascade:
    """The links of a scenario, each of which works at most once.

    Args:
        world: The world.
        links: The links, in the order of the scenario.
        carry: Has their effects.
    """

    def __init__(self, world: World, links: Sequence[Link], carry: Carry) -> None:
        self._world = world
        self._carry = carry
        self._waiting: dict[str, list[Link]] = {}
        self._met: dict[str, None] = {}
        for link in links:
            for fact in facts_of(link.when):
                self._waiting.setdefault(fact, []).append(link)
        if links:
            world.truth.watch(self._changed)

    def _changed(self, key: str, value: FactValue, seq: int) -> None:  # noqa: ARG002 - the signature of all watchers
        for link in self._waiting.get(key, ()):
            if link.id not in self._met and all_hold(link.when, self._world.truth.value):
                self._met[link.id] = None
                if self._world.luck.chance(link.chance, "cascade", link.id):
                    self._world.clock.start(self._lead_on(link, seq))

    def _lead_on(self, link: Link, cause: int) -> Process:
        """Process: after the delay of a link, have its effect, unless it is prevented meanwhile."""
        world = self._world
        yield world.clock.wait(world.luck.seconds(link.delay, "cascade delay", link.id))
        seqs = (world.truth.seq(fact) for fact in facts_of((*link.when, *link.unless)))
        also = tuple(seq for seq in seqs if seq is not None)
        if link.unless and all_hold(link.unless, world.truth.value):
            world.log.emit("cascade.prevented", "", link.id, cause, also)
            return
        self._carry(link.effect, link.id, world.log.emit("cascade.led", "", link.id, cause, also))
