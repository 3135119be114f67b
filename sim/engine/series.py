"""Sampled quantities, kept by Mesa's data collector at fixed times of the clock."""

from __future__ import annotations

from collections.abc import Callable

from mesa.datacollection import DataCollector

from sim.engine.clock import Process
from sim.engine.world import World

EVERY_S = 300
"""Time between samples, in seconds."""


class Series:
    """Samples of a world, one row every five minutes.

    Args:
        world: The world.
        quantities: What to sample, by column name; each returns an integer.
    """

    def __init__(self, world: World, quantities: dict[str, Callable[[], int]]) -> None:
        self._world = world
        columns = {"at_s": lambda: world.clock.now, **quantities}
        self._collector = DataCollector(
            model_reporters={name: _reporter(quantity) for name, quantity in columns.items()}
        )
        world.clock.start(self._sample())

    def rows(self) -> list[dict[str, int]]:
        """Return the samples so far."""
        columns = self._collector.model_vars
        return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]

    def _sample(self) -> Process:
        """Process: take a sample every five minutes."""
        while True:
            self._collector.collect(self._world)
            yield self._world.clock.wait(EVERY_S)


def _reporter(quantity: Callable[[], int]) -> Callable[[World], int]:
    def report(_: World) -> int:
        return quantity()

    return report
