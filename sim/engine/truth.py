"""Truth: what is so, whoever knows it."""

from __future__ import annotations

from collections.abc import Callable

from sim.engine.log import Log
from sim.spec.base import FactValue


class Truth:
    """Facts as they truly are; each change is an event, and watchers hear of it in the same instant."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._values: dict[str, FactValue] = {}
        self._since: dict[str, int] = {}
        self._watchers: list[Callable[[str, FactValue, int], None]] = []

    def value(self, key: str) -> FactValue | None:
        """Return how it is, or None where nothing is so."""
        return self._values.get(key)

    def seq(self, key: str) -> int | None:
        """Return the number of the event since which it is so."""
        return self._since.get(key)

    def items(self) -> list[tuple[str, FactValue]]:
        """Return all facts, in the order in which they first became so."""
        return list(self._values.items())

    def watch(self, watcher: Callable[[str, FactValue, int], None]) -> None:
        """Call ``watcher(key, value, seq)`` at every change."""
        self._watchers.append(watcher)

    def change(self, key: str, value: FactValue, cause: int | None, also: tuple[int, ...] = ()) -> int | None:
        """Make something so; return the number of the event, or None if it was so already."""
        if self._values.get(key) == value and key in self._values:
            return None
        self._values[key] = value
        seq = self._log.emit("truth.changed", "", key, cause, also, value=value)
        self._since[key] = seq
        for watcher in self._watchers:
            watcher(key, value, seq)
        return seq
