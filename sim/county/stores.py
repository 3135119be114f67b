"""Stores: how much of what is where. Nothing comes out of nothing: every amount is taken where it was."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sim.engine import Occurrence, World
from sim.spec.county import Unit

Spot = tuple[str, str]
"""Who or what holds it (a place, a unit, a supplier, a consignment), and the item."""


class Stores:
    """What places, units, suppliers and consignments hold, in the units of the items.

    Args:
        world: The run.
        units: Units that are on duty, with what they have on board.
    """

    def __init__(self, world: World, units: Iterable[Unit]) -> None:
        county, factor = world.exercise.county, world.parameters["supply.stock_factor"]
        self._world = world
        self._held: dict[Spot, int] = {}
        self._since: dict[Spot, int] = {}
        self._coming: dict[Spot, Occurrence] = {}
        for stock in county.stocks:
            self._held[stock.place, stock.item] = math.floor(stock.amount * factor)
        for supplier in county.suppliers:
            self._held[supplier.id, supplier.item] = math.floor(supplier.amount * factor)
        for unit in units:
            for item, amount in unit.carries.items():
                self._held[unit.id, item] = amount

    def begin(self, start: int) -> None:
        """Say in the record what there is at the beginning."""
        if not self._held:
            return
        held: dict[str, dict[str, int]] = {}
        for (where, item), amount in self._held.items():
            held.setdefault(where, {})[item] = amount
        county = self._world.exercise.county.id
        seq = self._world.log.emit("supplies.counted", "", county, start, held=held)
        self._since = dict.fromkeys(self._held, seq)

    def held(self, where: str, item: str) -> int:
        """Return how much of an item somebody or some place holds."""
        return self._held.get((where, item), 0)

    def since(self, *where: str, item: str) -> tuple[int, ...]:
        """Return the numbers of the events since which they hold as much of an item as they do."""
        return tuple(self._since[one, item] for one in where if (one, item) in self._since)

    def move(self, item: str, amount: int, start: str | None, end: str | None, seq: int) -> None:
        """Move an amount; from nowhere when it is made, to nowhere when it is used up or lost.

        Raises:
            ValueError: If there is not so much where it is taken.
        """
        if not amount:
            return
        if start is not None:
            if not 0 <= amount <= self.held(start, item):
                raise ValueError(f"{start!r} does not hold {amount} of {item!r}")
            self._held[start, item] -= amount
            self._since[start, item] = seq
        if end is not None:
            self._held[end, item] = self.held(end, item) + amount
            self._since[end, item] = seq
            if (coming := self._coming.pop((end, item), None)) is not None:
                coming.succeed(seq)

    def coming(self, where: str, item: str) -> Occurrence:
        """Return what occurs, with the number of the event, when more of an item comes somewhere."""
        if (where, item) not in self._coming:
            self._coming[where, item] = self._world.clock.occurrence()
        return self._coming[where, item]

    def everything(self) -> dict[Spot, int]:
        """Return all that there is, by holder and item."""
        return dict(self._held)
